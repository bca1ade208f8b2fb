"""Many rows at once: what a statement may bind is limited, and a statement for no rows is not run at all."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from rxbot.store.unit import Unit

T = TypeVar("T")
MANY = 500  # values bound in one statement


def many(unit: Unit, statement: Any, rows: Iterable[dict[str, object]]) -> None:
    """Run one statement for all rows; for none, not at all."""
    if found := list(rows):
        unit.execute(statement, found)


def slices(values: Sequence[T], length: int) -> Iterator[Sequence[T]]:
    """Give the values, so many at a time."""
    yield from (values[start : start + length] for start in range(0, len(values), length))
