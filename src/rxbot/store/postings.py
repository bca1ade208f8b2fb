"""The postings as they are kept: for each word in each cell of the map one row, which holds slots of the cell and weights.

A row is a row of numbers, six bytes a spot, so that a million services take little room and are soon read; a new one is
written behind the others. The statements are the database's own: they are sent very often, or for very many rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct

from sqlalchemy import bindparam, delete, select, update

from rxbot.store.directory_tables import match_posting
from rxbot.store.rows import MANY, Lists, many, slices
from rxbot.store.unit import Unit

posting = match_posting.c
At = tuple[int, int]
"""A word and a cell."""
FIELDS = (("slot", "<u4"), ("weight", "<u2"))
ONE = Struct("<IH")
"""A slot of the cell (see `store/cells.py`), and how much its record speaks of the word, in thousandths."""


def add(unit: Unit, found: Mapping[At, bytes | bytearray]) -> None:
    """Add slots that are not there yet to what is kept, in the order of the table."""
    _ADD.send(unit, [(word, cell, found[word, cell]) for word, cell in sorted(found)])


_ADD = Lists(
    "INSERT INTO match_posting (word, cell, spots) VALUES (?, ?, ?)"
    " ON CONFLICT (word, cell) DO UPDATE SET spots = CAST(match_posting.spots || excluded.spots AS BLOB)",
    "INSERT INTO match_posting (word, cell, spots) SELECT * FROM unnest(%s::int[], %s::int[], %s::bytea[])"
    " ON CONFLICT (word, cell) DO UPDATE SET spots = match_posting.spots || excluded.spots",
)


def remove(unit: Unit, gone: Mapping[At, set[int]]) -> None:
    """Take these slots away from what is kept."""
    here = (posting.word == bindparam("of_word"), posting.cell == bindparam("in_cell"))
    less: list[dict[str, object]] = []
    none: list[dict[str, object]] = []
    for (word, cell), kept in _kept(unit, gone):
        left = b"".join(ONE.pack(*one) for one in ONE.iter_unpack(kept) if one[0] not in gone[word, cell])
        (less if left else none).append({"of_word": word, "in_cell": cell, "left": left})
    many(unit, update(match_posting).where(*here).values(spots=bindparam("left")), less)
    many(unit, delete(match_posting).where(*here), ({"of_word": row["of_word"], "in_cell": row["in_cell"]} for row in none))


def _kept(unit: Unit, at: Iterable[At]) -> Iterator[tuple[At, bytes]]:
    """Give what is kept there, held until the end of the unit."""
    cells: dict[int, list[int]] = {}
    for word, cell in sorted(at):
        cells.setdefault(cell, []).append(word)
    for cell, words in cells.items():
        for some in slices(words, MANY):
            asked = select(posting.word, posting.spots).where(posting.cell == cell, posting.word.in_(some))
            yield from (((word, cell), kept) for word, kept in unit.execute(asked.with_for_update()).all())


def rows_of(unit: Unit, words: Sequence[int], stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int, bytes]]:
    """Give the rows of these words in these stretches of cells: the word, the cell, and what is kept."""
    firsts, lasts = zip(*stretches, strict=True)
    return _IN_REACH.rows(unit, list(firsts), list(lasts), words)


_IN_REACH = Lists(
    "WITH stretch AS MATERIALIZED (SELECT first.value AS first, last.value AS last"
    " FROM json_each(?) AS first JOIN json_each(?) AS last ON first.key = last.key)"
    " SELECT word.value, posting.cell, posting.spots FROM json_each(?) AS word CROSS JOIN stretch"
    " CROSS JOIN match_posting AS posting ON posting.word = word.value AND posting.cell BETWEEN stretch.first AND stretch.last",
    # OFFSET 0 keeps the planner, which cannot know how few these are, from reading the whole table
    "SELECT word, posting.cell, posting.spots FROM unnest(%s::int[], %s::int[]) AS stretch (first, last)"
    " CROSS JOIN unnest(%s::int[]) AS word CROSS JOIN LATERAL"
    " (SELECT cell, spots FROM match_posting WHERE match_posting.word = word.word AND cell BETWEEN first AND last OFFSET 0)"
    " AS posting",
)
