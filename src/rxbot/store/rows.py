"""Many rows at once: what a statement may bind is limited, and a statement for no rows is not run at all."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rxbot.store.unit import Unit, noticing

T = TypeVar("T")
MANY = 500  # values bound in one statement


def many(unit: Unit, statement: Any, rows: Iterable[dict[str, object]]) -> None:
    """Run one statement for all rows; for none, not at all."""
    if found := list(rows):
        unit.execute(statement, found)


def slices(values: Sequence[T], length: int) -> Iterator[Sequence[T]]:
    """Give the values, so many at a time."""
    yield from (values[start : start + length] for start in range(0, len(values), length))


@dataclass(frozen=True)
class Lists:
    """A statement for whole lists, in the words of each database: it is the same however long they are.

    It goes to the driver as it is: a search asks very often, and an import writes very many rows.
    """

    sqlite: str
    postgresql: str

    def rows(self, unit: Unit, *lists: Sequence[object]) -> list[Any]:
        """Ask with these lists."""
        with noticing():
            if unit.connection.dialect.name == "sqlite":
                asked = unit.driver.execute(self.sqlite, tuple(map(json.dumps, lists)))
            else:
                asked = unit.driver.execute(self.postgresql, lists)
            return asked.fetchall()  # type: ignore[no-any-return]

    def send(self, unit: Unit, rows: Sequence[tuple[object, ...]]) -> None:
        """Send very many rows at once: a row each to SQLite, a column each to PostgreSQL."""
        if rows and unit.connection.dialect.name == "sqlite":
            unit.connection.exec_driver_sql(self.sqlite, list(rows))
        elif rows:
            unit.connection.exec_driver_sql(self.postgresql, tuple(map(list, zip(*rows, strict=True))))
