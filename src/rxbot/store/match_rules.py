"""What the rules read in records, as the index keeps it: once, however many records say the same."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from pydantic import TypeAdapter

from rxbot.directory.rules.record import Rules
from rxbot.store.rows import Lists
from rxbot.store.unit import Unit

_rules = TypeAdapter(Rules)


def written(rules: Rules) -> str:
    """Give rules as they are stored."""
    return _rules.dump_json(rules, exclude_defaults=True).decode()


@lru_cache(maxsize=2**14)
def number_of(text: str) -> int:
    """Number rules by what they say."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


def rules_of(unit: Unit, numbers: Iterable[int]) -> dict[int, Rules]:
    """Give the rules that have these numbers. The same ones are asked for in search after search, and never say anything else."""
    asked = {*numbers}
    known = {number: rules for number in asked if (rules := _remembered.get(number)) is not None}
    if len(known) == len(asked):
        return known
    read = {number: _rules.validate_json(text) for number, text in _RULES.rows(unit, [*asked - known.keys()])}
    if len(_remembered) > REMEMBERED:
        _remembered.clear()
    _remembered.update(read)
    return known | read


_remembered: dict[int, Rules] = {}
REMEMBERED = 4096
"""So many rules, of a few kB each, are remembered at least."""
_RULES = Lists(
    "SELECT rules.id, rules.rules FROM json_each(?) AS asked CROSS JOIN match_rules AS rules ON rules.id = asked.value",
    "SELECT id, rules FROM match_rules WHERE id = ANY (%s)",
)


def keep(unit: Unit, spots: Mapping[str, int]) -> None:
    """Keep these rules for so many spots more."""
    _KEEP.send(unit, [(number_of(text), text, many) for text, many in spots.items()])


def let_go(unit: Unit, spots: Mapping[int, int]) -> None:
    """Keep rules, by their numbers, for so many spots less, and those for none no longer."""
    _LESS.send(unit, [(many, number) for number, many in spots.items()])
    _DELETE.send(unit, [(number,) for number in spots])


_KEEP = Lists(
    "INSERT INTO match_rules (id, rules, spots) VALUES (?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET spots = match_rules.spots + excluded.spots",
    "INSERT INTO match_rules (id, rules, spots) SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[])"
    " ON CONFLICT (id) DO UPDATE SET spots = match_rules.spots + excluded.spots",
)
_LESS = Lists(
    "UPDATE match_rules SET spots = spots - ? WHERE id = ?",
    "UPDATE match_rules SET spots = spots - less.many FROM unnest(%s::int[], %s::bigint[]) AS less (many, id)"
    " WHERE match_rules.id = less.id",
)
_DELETE = Lists(
    "DELETE FROM match_rules WHERE id = ? AND spots <= 0",
    "DELETE FROM match_rules WHERE id = ANY (%s) AND spots <= 0",
)
