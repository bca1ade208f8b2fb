"""Statements that are asked with every turn. SQLAlchemy puts each together once; then the driver is asked in its own words.

SQLAlchemy takes several times as long as the driver over every statement, also over one that it has put together before. What
is asked less often than every turn is not worth it.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Delete, Dialect, Insert, Select, Update, or_
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from rxbot.store.unit import Unit

Statement: TypeAlias = Select[Any] | Insert | Update | Delete
Turned: TypeAlias = Callable[[Any], Any] | None
"""Turns a value into what the driver takes, or back; None leaves it as it is."""


def one_of(column: Column[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """Say that a column holds one of these. Written out, since an IN would be put together anew each time."""
    return or_(*(column == value for value in values))


class Prepared:
    """A statement with names for what is filled in. An insert or update names the columns besides that are given with it."""

    def __init__(self, statement: Statement, *columns: str) -> None:
        self.statement, self._columns = statement, columns
        self._ways: dict[str, _Way] = {}

    def ask(self, unit: Unit, **values: object) -> Iterator[Any]:
        """Ask at once; give the rows one after the other, each with its columns by name."""
        way = self._way(unit)
        return map(way.row, unit.driver.execute(way.words, way.filled(values)))

    def one(self, unit: Unit, **values: object) -> Any:
        """Give the first row, or None."""
        return next(self.ask(unit, **values), None)

    def value(self, unit: Unit, **values: object) -> Any:
        """Give the only value of the first row, or None."""
        row = self.one(unit, **values)
        return row[0] if row else None

    def do(self, unit: Unit, **values: object) -> int:
        """Change something; give in how many rows."""
        way = self._way(unit)
        return int(unit.driver.execute(way.words, way.filled(values)).rowcount)

    def do_each(self, unit: Unit, each: Iterable[Mapping[str, object]]) -> None:
        """Change something once for each of these values."""
        way = self._way(unit)
        for values in each:
            unit.driver.execute(way.words, way.filled(values))

    def _way(self, unit: Unit) -> "_Way":
        dialect = unit.connection.dialect
        if dialect.name not in self._ways:
            self._ways[dialect.name] = _way_of(self.statement, self._columns, dialect)
        return self._ways[dialect.name]


@dataclass(frozen=True)
class _Way:
    """A statement in the words of one kind of database."""

    words: str
    order: tuple[str, ...] | None  # of the values, where they have no names
    known: Mapping[str, Any]  # values that are always the same
    turned: Mapping[str, Turned]
    row: Callable[[Sequence[Any]], Any]

    def filled(self, values: Mapping[str, Any]) -> Any:
        filled = dict(self.known)
        for name, value in values.items():
            turn = self.turned[name]
            filled[name] = turn(value) if turn else value
        return filled if self.order is None else tuple([filled[name] for name in self.order])


def _way_of(statement: Statement, columns: Sequence[str], dialect: Dialect) -> _Way:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    assert isinstance(compiled, SQLCompiler)
    turned = {name: _to_driver(bind.type, dialect) for name, bind in compiled.binds.items()}
    free = {*columns, *(name for name, bind in compiled.binds.items() if bind.required)}
    values = {name: bind.effective_value for name, bind in compiled.binds.items() if name not in free}
    defaults = {column.key: _always(column) for column in compiled.insert_prefetch if column.key not in columns}
    known = {name: turn(value) if (turn := turned[name]) else value for name, value in {**values, **defaults}.items()}
    order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
    return _Way(str(compiled), order, known, turned, _row_of(statement, dialect))


def _always(column: Column[Any]) -> object:
    assert isinstance(column.default, ScalarElementColumnDefault)
    return column.default.arg


def _row_of(statement: Statement, dialect: Dialect) -> Callable[[Sequence[Any]], Any]:
    if not isinstance(statement, Select):
        return tuple
    columns = list(statement.selected_columns)
    row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]
    turns = [_from_driver(column.type, dialect) for column in columns]

    def turned(values: Sequence[Any]) -> Any:
        return row(*[turn(value) if turn else value for turn, value in zip(turns, values, strict=True)])

    return turned if any(turns) else row._make


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> Turned:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(kind: TypeEngine[Any], dialect: Dialect) -> Turned:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
