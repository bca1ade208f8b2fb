"""The keys that services are found by, as the index numbers them, and how many services have each.

Of two words that stand together there is no number: there are too many. They are posted under the first, with the second.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from rxbot.directory.index import pair_of
from rxbot.store.directory_tables import match_word
from rxbot.store.rows import Lists
from rxbot.store.unit import Unit

EVERY = ""
"""The key that every service has."""
SINGLE = 0
"""What follows a key that is no pair."""


class IndexedKey(NamedTuple):
    """A key as the index holds it: its number, that of the word that follows in a pair, and how many services have it."""

    id: int
    follows: int
    services: int


def known_words(unit: Unit, keys: Iterable[str]) -> dict[str, IndexedKey]:
    """Look these keys up; one that no service has ever had is not there."""
    parts = {key: parts_of(key) for key in keys}
    rows = _rows(unit, {part for both in parts.values() for part in both})
    return {
        key: IndexedKey(rows[first][0], rows[then][0] if then else SINGLE, rows[first][1])
        for key, (first, then) in parts.items()
        if first in rows and (not then or then in rows)
    }


def numbers_of(unit: Unit, parts: Iterable[str]) -> dict[str, int]:
    """Give the numbers of these, as `parts_of` gives them; what no service has ever had has none."""
    return {part: id for part, (id, _) in _rows(unit, parts).items()}


def count(unit: Unit, having: Mapping[str, int]) -> dict[str, int]:
    """Count so many services more, or less, that have each of these, as `parts_of` gives them; give its number."""
    known = numbers_of(unit, having)
    last = unit.execute(select(func.coalesce(func.max(match_word.c.id), SINGLE))).scalar_one()
    new = {part: last + place for place, part in enumerate((part for part in having if part not in known), 1)}
    _ADD.send(unit, [(id, part, having[part]) for part, id in new.items()])
    _COUNT.send(unit, [(having[part], id) for part, id in known.items()])
    return known | new


def parts_of(key: str) -> tuple[str, str]:
    """Give the key that a key is posted under, and the word that follows there, if one does."""
    pair = pair_of(key)
    return (f"{BEFORE}{pair[0]}", pair[1]) if pair else (key, "")


BEFORE = "before "


def _rows(unit: Unit, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    return {key: (id, services) for id, key, services in _WORDS.rows(unit, sorted(keys))}


_WORDS = Lists(
    "SELECT word.id, word.key, word.services FROM json_each(?) AS asked CROSS JOIN match_word AS word ON word.key = asked.value",
    "SELECT id, key, services FROM match_word WHERE key = ANY (%s)",
)
_ADD = Lists(
    "INSERT INTO match_word (id, key, services) VALUES (?, ?, ?)",
    "INSERT INTO match_word (id, key, services) SELECT * FROM unnest(%s::int[], %s::text[], %s::int[])",
)
_COUNT = Lists(
    "UPDATE match_word SET services = services + ? WHERE id = ?",
    "UPDATE match_word SET services = services + more.count FROM unnest(%s::int[], %s::int[]) AS more (count, id)"
    " WHERE match_word.id = more.id",
)
