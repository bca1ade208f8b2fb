"""Stand-in."""

from collections.abc import Iterator, Mapping

from rxbot.directory.defects import Defects
from rxbot.directory.formats.tables import Row


def read_ohana(tables: Mapping[str, tuple[Row, ...]], defects: Defects) -> Iterator[tuple[str, dict[str, object]]]:
    """Stand-in."""
    yield from ((row.where, dict[str, object](row.fields)) for row in tables["services"] if defects)
