"""What a place lacks: the needs people have, by area, language and age band, beside the services there are for them.

A figure about fewer than five people is hidden, and so is whatever would let somebody work one out from the rest: each
number that is hidden could still be any small one. Figures overlap in people only where this reckons with it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

Source: TypeAlias = Literal["referred", "survey"]
By: TypeAlias = Literal["all", "area", "language", "age"]
Shown: TypeAlias = int | Literal["hidden"]
SOURCES: tuple[Source, ...] = get_args(Source)
GROUPED: tuple[By, ...] = get_args(By)[1:]
LEAST = 5  # people, for a figure about them to be shown
ALL = ""  # the group of everybody


@dataclass(frozen=True)
class CountedPerson:
    """One person's answers as they are counted. `found` says of each need looked for whether there was any service."""

    needs: frozenset[str]
    wanted: frozenset[str]
    area: str = ""
    language: str = ""
    age: str = ""
    found: Mapping[str, bool] | None = None

    def group(self, by: By) -> str:
        """Name the group this person belongs to."""
        return {"all": ALL, "area": self.area, "language": self.language, "age": self.age}[by]


@dataclass(frozen=True)
class Supply:
    """The services for a need in a group, of how many it is known whether there is room, and of these, how many have none."""

    offered: int = 0
    known: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Gap:
    """One row: a need in a group of people, beside the services for it. No `supply`: the area is in no directory now."""

    source: Source
    by: By
    group: str
    need: str
    wanted: Shown
    unwanted: Shown
    nothing: Shown | None
    supply: Supply | None

    @property
    def rate(self) -> float | None:
        """Give the part of the searches that found nothing; None where a number for it is not shown."""
        return rate_without_a_service(self.nothing, self.wanted)

    @property
    def figures(self) -> tuple[int | float | str | None, ...]:
        """Give every figure in the order of their definitions; None for what is not known, or was not asked."""
        there = self.supply
        counted = [
            figure(there) if there else None for figure in (services_offered, services_of_known_room, services_with_a_wait)
        ]
        return (self.wanted, self.unwanted, self.nothing, self.rate, *counted)


def people_who_want_help(people: Iterable[CountedPerson], need: str) -> int:
    """People who want help with the need, each once. Of referred people: those for whom services were looked for."""
    return sum(need in one.wanted for one in people)


def people_who_want_none(people: Iterable[CountedPerson], need: str) -> int:
    """People who named the need and want no help with it now, or get help already. They are not among those who want it."""
    return sum(need in one.needs and need not in one.wanted for one in people)


def people_without_a_service(people: Iterable[CountedPerson], need: str) -> int:
    """Of those who want help: people for whom the first search found no service that fits. A survey looks for none."""
    return sum(one.found is not None and one.found.get(need) is False for one in people)


def rate_without_a_service(nothing: Shown | None, wanted: Shown) -> float | None:
    """The part of the searches that found no service that fits: nothing suitable of want help."""
    return nothing / wanted if isinstance(nothing, int) and isinstance(wanted, int) and wanted else None


def services_offered(supply: Supply) -> int:
    """Services a search for the need finds now: within reach of the middle of the area; speaking the language; for the age."""
    return supply.offered


def services_of_known_room(supply: Supply) -> int:
    """Of these: services of which the directory says whether there is room, or how long one waits."""
    return supply.known


def services_with_a_wait(supply: Supply) -> int:
    """Of those whose room is known: services that are full, or where one waits."""
    return supply.waiting


FIGURES: Mapping[str, Callable[..., object]] = {
    "want help": people_who_want_help,
    "want none now": people_who_want_none,
    "nothing suitable": people_without_a_service,
    "rate": rate_without_a_service,
    "services": services_offered,
    "room known": services_of_known_room,
    "waiting": services_with_a_wait,
}
HIDDEN = (
    f"Hidden: fewer than {LEAST} people, or a number from which such a one could be worked out. "
    "Referred people and those of a survey are counted apart, and are never added up."
)


def definitions() -> tuple[tuple[str, str], ...]:
    """Give each figure with what it counts."""
    return tuple((name, " ".join((figure.__doc__ or "").split())) for name, figure in FIGURES.items())


def gaps(
    told: Mapping[Source, Collection[CountedPerson]], needs: Iterable[str], supply: Mapping[tuple[By, str, str], Supply]
) -> tuple[Gap, ...]:
    """Give every row, with what is about too few people hidden: everybody first, then group by group, each with all needs."""
    listed = tuple(needs)
    rows = (row for source in SOURCES if told.get(source) for need in listed for row in _rows(source, need, told[source], supply))
    by = ("all", *GROUPED)
    return tuple(sorted(rows, key=lambda row: (SOURCES.index(row.source), by.index(row.by), not row.group, row.group)))


def with_areas_in_words(told: Collection[tuple[CountedPerson, str]]) -> tuple[CountedPerson, ...]:
    """Give people with the area they wrote where no directory knew it. What fewer than five wrote is repeated to nobody."""
    often = Counter(one.area or words for one, words in told)
    return tuple(replace(one, area=words) if not one.area and often[words] >= LEAST else one for one, words in told)


def groups_of(told: Iterable[CountedPerson], by: By) -> tuple[str, ...]:
    """Name the groups that people belong to, in order; those of whom it is not known come last."""
    return tuple(sorted({one.group(by) for one in told}, key=lambda group: (not group, group)))


def _rows(
    source: Source, need: str, told: Collection[CountedPerson], supply: Mapping[tuple[By, str, str], Supply]
) -> Iterable[Gap]:
    tables = {by: _table(need, told, by) for by in GROUPED}
    whole = _Cell(people_who_want_help(told, need), people_who_want_none(told, need), people_without_a_service(told, need))
    hides = {by: _hide(table) for by, table in tables.items()}
    searched = source == "referred"
    all_hidden = any(one.nothing is None for one in hides.values())
    yield Gap(
        source,
        "all",
        ALL,
        need,
        _shown(whole.wanted, hide=_is_small(whole.wanted)),
        _shown(whole.unwanted, hide=_is_small(whole.unwanted)),
        _shown(whole.nothing, hide=all_hidden) if searched else None,
        supply.get(("all", ALL, need)),
    )
    for by, table in tables.items():
        hide = hides[by]
        for group, cell in table.items():
            is_nobody = not cell.wanted and group not in hide.wanted
            yield Gap(
                source,
                by,
                group,
                need,
                _shown(cell.wanted, hide=group in hide.wanted),
                _shown(cell.unwanted, hide=group in hide.unwanted),
                _shown(cell.nothing, hide=(all_hidden and not is_nobody) or group in (hide.nothing or ())) if searched else None,
                supply.get((by, group, need)),
            )


def _shown(count: int, *, hide: bool) -> Shown:
    return "hidden" if hide else count


# Hiding. What follows takes the totals for known, since each is the same in every table. Where nobody is in a cell, nobody
# can be recognised in it, and it says 0; who reads the tables knows then that what is hidden is 1 at the least.


@dataclass(frozen=True)
class _Cell:
    """How many people of a group want help, want none, and were found nothing."""

    wanted: int
    unwanted: int
    nothing: int


_Part: TypeAlias = Callable[[_Cell], int]


def _nothing(cell: _Cell) -> int:
    return cell.nothing


def _found(cell: _Cell) -> int:
    return cell.wanted - cell.nothing


@dataclass(frozen=True)
class _Hide:
    """The groups to hide in each figure of one table; `nothing` is None where not even its total may be shown."""

    wanted: frozenset[str]
    unwanted: frozenset[str]
    nothing: frozenset[str] | None


def _table(need: str, told: Collection[CountedPerson], by: By) -> dict[str, _Cell]:
    people = {group: [one for one in told if one.group(by) == group] for group in groups_of(told, by)}
    return {
        group: _Cell(people_who_want_help(some, need), people_who_want_none(some, need), people_without_a_service(some, need))
        for group, some in people.items()
    }


def _hide(table: Mapping[str, _Cell]) -> _Hide:
    wanted = hidden_of({group: cell.wanted for group, cell in table.items()})
    return _Hide(wanted, hidden_of({group: cell.unwanted for group, cell in table.items()}), _hidden_within(table, wanted))


def _is_small(count: int) -> bool:
    return 0 < count < LEAST


def hidden_of(counts: Mapping[str, int]) -> frozenset[str]:
    """Name the groups to hide: the small ones, and as many of the next smallest as it takes to blur them.

    All are hidden where that is not enough; then none says 0 either, and a hidden one may be any number.
    """
    hidden = {group for group, count in counts.items() if _is_small(count)}
    spare = sorted((count, group) for group, count in counts.items() if count >= LEAST)
    if _is_small(sum(counts.values())):
        return frozenset(counts)
    while hidden and not _is_blurred([counts[group] for group in hidden]):
        if not spare:
            return frozenset(counts)
        hidden.add(spare.pop(0)[1])
    return frozenset(hidden)


def _is_blurred(hidden: Collection[int]) -> bool:
    """Say whether each may be any small number, from 1 on, when their sum is known and all others are at least 1."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= LEAST - 1


def _hidden_within(table: Mapping[str, _Cell], unknown: frozenset[str]) -> frozenset[str] | None:
    """Name the groups whose `nothing` is hidden: part of a number of people that is shown for all but the `unknown` groups.

    Whoever knows both knows how many were found something: it is hidden too where that is small.
    """
    none, found = sum(cell.nothing for cell in table.values()), sum(map(_found, table.values()))
    if _is_small(none + found) or _is_small(none) or _is_small(found):
        return None
    some = {group: cell for group, cell in table.items() if cell.nothing}  # where there is none it says 0
    hidden = {group for group, cell in some.items() if group in unknown or _is_small(cell.nothing) or _is_small(_found(cell))}
    spare = sorted((cell.wanted, group) for group, cell in some.items() if group not in hidden and _found(cell))
    while hidden and not _may_vary(table, hidden, unknown):
        if not spare:
            return None
        hidden.add(spare.pop(0)[1])
    return frozenset(hidden)


def _may_vary(cells: Mapping[str, _Cell], hidden: Collection[str], unknown: Collection[str]) -> bool:
    """Say whether each hidden part may be any small number, by a trade with the other hidden ones that leaves all sums alone.

    A part is known to be at least 1, but not how many were found something where it is not known how many there are.
    """

    def least(group: str, part: _Part) -> int:
        return 0 if part is _found and group in unknown else 1

    def spared(group: str, part: _Part) -> int:
        return sum(part(cells[other]) - least(other, part) for other in hidden if other != group)

    def is_free(group: str, part: _Part, rest: _Part) -> bool:
        count, low = part(cells[group]), least(group, part)
        top = LEAST - 1 if group in unknown else min(LEAST - 1, cells[group].wanted - least(group, rest))
        if count >= LEAST:
            return spared(group, part) > 0 or spared(group, rest) > 0
        return spared(group, part) >= top - count and spared(group, rest) >= count - low

    return all(is_free(group, _nothing, _found) and is_free(group, _found, _nothing) for group in hidden)
