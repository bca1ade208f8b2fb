"""Copy a whole database into another, of the same kind or not: for a backup, for a restore, and for moving to a larger one.

It is read in one transaction, so that the copy is of one moment, whoever writes meanwhile.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Integer, MetaData, Table, event, func, insert, select, text
from sqlalchemy.engine.interfaces import ReflectedColumn

from rxbot.errors import StoreWrong
from rxbot.store import sqlite
from rxbot.store.schema import METADATA

AT_ONCE = 1000  # rows
NOT_OURS = ("alembic_version",)
AN_EMPTY_ONE = "Make an empty database, and name that one."


def copy_all(source: Engine, target: Engine) -> Mapping[str, int]:
    """Copy every row into an empty database that has the tables; all or nothing. Give the number of rows of each table."""
    with snapshot(source) as reading, target.begin() as writing:
        return copy_rows(reading, writing)


@contextmanager
def snapshot(source: Engine) -> Iterator[Connection]:
    """Read a database as it is at one moment. On SQLite that hinders nobody from writing."""
    if source.dialect.name == "sqlite":
        engine = sqlite.reader(str(source.url))
        with engine.begin() as reading:
            yield reading
        engine.dispose()
        return
    with source.connect().execution_options(isolation_level="REPEATABLE READ") as reading, reading.begin():
        yield reading


def copy_rows(reading: Connection, writing: Connection, tables: Sequence[Table] = METADATA.sorted_tables) -> Mapping[str, int]:
    """Copy the rows of every table, those first that others point to; numbers go on where they were."""
    if filled := [table.name for table in tables if writing.execute(select(table).limit(1)).first()]:
        remedy = AN_EMPTY_ONE if writing.dialect.name == "postgresql" else "To move it aside, say --replace."
        raise StoreWrong(f"The database is not empty: it has rows in {', '.join(filled)}.", remedy)
    counts = {table.name: _copy_table(table, reading, writing) for table in tables}
    for table in tables:
        if numbers(table):
            go_on_from(writing, table, last_number(reading, table))
    return counts


def tables_in(connection: Connection) -> Sequence[Table]:
    """Give our tables as they are there, of whatever release: with kinds that any database can read and write."""
    found = MetaData()
    event.listen(found, "column_reflect", _generically)
    found.reflect(connection, only=lambda name, _: name not in NOT_OURS)
    for table in found.tables.values():  # what SQLite does not tell: whether numbers of rows that are gone come again
        ours = METADATA.tables.get(table.name, table)
        table.dialect_options["sqlite"]["autoincrement"] = ours.dialect_options["sqlite"]["autoincrement"]
    return found.sorted_tables


def _generically(_inspector: object, _table: object, column: ReflectedColumn) -> None:
    column["type"] = column["type"].as_generic()


def _copy_table(table: Table, reading: Connection, writing: Connection) -> int:
    count = 0
    rows = reading.execution_options(yield_per=AT_ONCE).execute(select(table))
    for some in rows.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in some])
        count += len(some)
    return count


def numbers(table: Table) -> bool:
    """Say whether the database itself numbers the rows of this table."""
    column = table.autoincrement_column
    return column is not None and isinstance(column.type, Integer)


def last_number(connection: Connection, table: Table) -> int:
    """Give the last number that a row of this table has had, though that row may be gone; zero when there was none."""
    column = table.autoincrement_column
    assert column is not None
    highest = connection.execute(select(func.max(column))).scalar() or 0
    if connection.dialect.name == "sqlite":
        if not table.dialect_options["sqlite"]["autoincrement"]:
            return int(highest)
        given = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
    else:
        name = connection.execute(_SEQUENCE, {"name": table.name, "column": column.name}).scalar_one()
        row = connection.execute(text(f"SELECT last_value, is_called FROM {name}")).one()  # nosec B608  # the database named it
        given = row.last_value if row.is_called else 0
    return max(int(highest), int(given or 0))


def go_on_from(connection: Connection, table: Table, number: int) -> None:
    """Let the next row that the database numbers have the number after this one."""
    column = table.autoincrement_column
    assert column is not None
    if not number:
        return
    if connection.dialect.name == "sqlite":
        if table.dialect_options["sqlite"]["autoincrement"]:
            row = {"name": table.name, "seq": number}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)
    else:
        position = {"name": table.name, "column": column.name, "seq": number}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, :column), :seq)"), position)


_SEQUENCE = text("SELECT pg_get_serial_sequence(:name, :column)")
