"""Find the services for a need near a place: the index says what may fit and how well, the rank decides, and only what is
shown is read whole.

The index is asked for every spot that a key of the search is found in. The most its words can be worth says which spots are
weighed first, and when no other can come among the best any more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, select, union_all

from rxbot.directory.grid import ANYWHERE, cell_of_area, regions_around, stretches
from rxbot.directory.index import Rarity, rarity
from rxbot.directory.model import Place, Service
from rxbot.directory.names import by_name
from rxbot.directory.outcomes import NOBODY_TOLD
from rxbot.directory.rank import Candidate, Explained, Match, Search, Spot, explain, most, score
from rxbot.directory.rules.area import UNCHARTED, Around, names_in
from rxbot.directory.rules.record import Rules
from rxbot.store.directory_reports import IS_SUSPENDED
from rxbot.store.directory_rows import SAID, service_from
from rxbot.store.directory_tables import directory_place, directory_service, match_posting, match_spot
from rxbot.store.match_index import EVERY, NO_SPOT, THOUSANDTHS, Known, known_words, read_stored_rules
from rxbot.store.rows import MANY, slices
from rxbot.store.service_checks import capacities
from rxbot.store.service_outcomes import outcomes
from rxbot.store.service_standards import standings
from rxbot.store.unit import Unit

posting = match_posting.c
AT_ONCE = 48  # spots weighed at a time
MOST_ROWS = 60  # of the map, each a part of the statement: 300 km from south to north
SUSPENDED = select(directory_service.c.key).where(IS_SUSPENDED)


def find_services(unit: Unit, search: Search) -> tuple[Match, ...]:
    """Give the best services for a search, with reasons and open questions."""
    return tuple(one.match for one in explain_services(unit, search))


def explain_services(unit: Unit, search: Search) -> tuple[Explained, ...]:
    """Give the best services for a search with the workings."""
    words = known_words(unit, {*search.keys, EVERY})
    rare = _rarity(words)
    hits = _hits(unit, search, words)
    best = _candidates(unit, _best(unit, search, hits, rare), hits)
    return explain(search, best, rare, around(unit, [one.rules for one in best]))


def around(unit: Unit, rules: Iterable[Rules]) -> Around:
    """Give where the towns lie that people are to live in, wherever one of these takes only those who live there."""
    only = {name for one in rules for home in one.served.homes if home.only for name in names_in(home.places)}
    table = directory_place.c
    asked = select(table.name, table.lat, table.lon, table.label).where(table.name.in_(only), table.is_code.is_(False))
    return Around({name: Place(lat, lon, label) for name, lat, lon, label in unit.execute(asked)}) if only else UNCHARTED


def find_named(unit: Unit, words: str, search: Search) -> tuple[Match, ...]:
    """Give the services in reach that a worker may mean by these words."""
    found = by_name(words, (one.service for one in candidates(unit, search)))
    return _known(unit, found)


def service_by_key(unit: Unit, key: str) -> Match | None:
    """Give a service that is already chosen, as it can be shown; nothing speaks for it or against it."""
    service = _services(unit, [key]).get(key) if key else None
    return _known(unit, [service])[0] if service else None


def candidates(unit: Unit, search: Search) -> list[Candidate]:
    """Give every offered service that anything speaks for: in reach, or found whatever the place. None that is suspended."""
    hits = _hits(unit, search, known_words(unit, search.keys))
    return _candidates(unit, hits, hits)


Hits = dict[int, dict[str, float]]


def _hits(unit: Unit, search: Search, words: dict[str, Known]) -> Hits:
    """Give every spot in reach that a key of the search is found in, with the keys and how much its record speaks of them."""
    keys = {one.id: key for key, one in words.items() if key != EVERY}
    hits: Hits = defaultdict(dict)
    if keys:
        statement, values = _asked(search.place, search.reach_km, list(keys))
        for word, spot, weight in unit.execute(statement, values):
            hits[spot][keys[word]] = weight / THOUSANDTHS
    return hits


def _asked(place: Place | None, km: float, words: list[int]) -> tuple[Executable, dict[str, object]]:
    """Give the statement and its values: a part for each row of the map, so that the table's key is used to its end."""
    if place is None:
        return _part(), {"words": words}
    rows = tuple(stretches(place, km))
    if len(rows) > MOST_ROWS:  # nobody goes so far; what is found beyond the reach is left out by the rank
        rows = ((rows[0][0], rows[-1][1]),)
    cells = [ANYWHERE, *regions_around(place), *map(cell_of_area, place.names)]
    values = {f"{end}_{row}": cell for row, pair in enumerate(rows) for end, cell in zip(("from", "to"), pair, strict=True)}
    return _all_parts(len(rows)), {"words": words, "cells": cells, **values}


def _part(*where: ColumnElement[bool]) -> Select[Any]:
    columns = select(posting.word, posting.spot, posting.weight)
    return columns.where(posting.word.in_(bindparam("words", expanding=True)), *where)


@lru_cache(maxsize=64)
def _all_parts(rows: int) -> Executable:
    on_the_map = [_part(posting.cell.between(bindparam(f"from_{row}"), bindparam(f"to_{row}"))) for row in range(rows)]
    return union_all(*on_the_map, _part(posting.cell.in_(bindparam("cells", expanding=True))))


def _rarity(words: dict[str, Known]) -> Rarity:
    services = words[EVERY].services if EVERY in words else 0
    rare = {key: rarity(services, one.services) for key, one in words.items()}
    return lambda key: rare.get(key, 0.0)


def _best(unit: Unit, search: Search, hits: Hits, rare: Rarity) -> list[int]:
    """Give the spots of the best services, weighing no more of them than it takes to be sure."""
    worth = most(search, rare)
    bounds = {spot: sum(worth[key] * weight for key, weight in found.items()) for spot, found in hits.items()}
    best: dict[str, tuple[tuple[float, bytes], int]] = {}
    for some in slices(sorted(bounds, key=bounds.__getitem__, reverse=True), AT_ONCE):
        firsts = sorted(rank_of for rank_of, _ in best.values())[: search.limit]
        if len(firsts) == search.limit and -firsts[-1][0] > round(bounds[some[0]], 3):
            break
        spots = list(_spots(unit, some))
        towns = around(unit, [rules for _, _, _, rules in spots])
        keys = [service for _, service, _, _ in spots]
        room, came = capacities(unit, keys), outcomes(unit, keys)
        for spot, service, place, rules in spots:
            scored = score(
                search, Spot(service, place, rules, hits[spot], room.get(service), came.get(service, NOBODY_TOLD)), rare, towns
            )
            if scored and (service not in best or scored.order(search.now, service) < best[service][0]):
                best[service] = scored.order(search.now, service), spot
    return [spot for _, spot in sorted(best.values())[: search.limit]]


def _spots(unit: Unit, ids: Sequence[int]) -> Iterator[tuple[int, str, Place | None, Rules]]:
    """Give what the index knows of these spots, in the order of their service's places; of those suspended, nothing."""
    spot = match_spot.c
    rows = select(spot.id, spot.service, spot.lat, spot.lon, spot.rules).where(
        spot.id.in_(bindparam("ids", expanding=True)), spot.service.not_in(SUSPENDED)
    )
    for id, service, lat, lon, rules in unit.execute(rows.order_by(spot.service, spot.spot), {"ids": list(ids)}):
        yield id, service, None if lat is None else Place(lat, lon), read_stored_rules(rules)


def _candidates(unit: Unit, spots: Iterable[int], hits: Hits) -> list[Candidate]:
    """Read services whole, at these spots."""
    spot = match_spot.c
    rows = [
        row
        for some in slices(list(spots), MANY)
        for row in unit.execute(
            select(spot.id, spot.service, spot.spot, spot.rules).where(spot.id.in_(some), spot.service.not_in(SUSPENDED))
        )
    ]
    keys = sorted({service for _, service, _, _ in rows})
    services = _services(unit, keys)
    room = {key: told for some in slices(keys, MANY) for key, told in capacities(unit, some).items()}
    came = {key: told for some in slices(keys, MANY) for key, told in outcomes(unit, some).items()}

    def candidate(id: int, key: str, number: int, rules: str) -> Candidate:
        location = None if number == NO_SPOT else services[key].locations[number]
        return Candidate(services[key], location, hits[id], read_stored_rules(rules), room.get(key), came.get(key, NOBODY_TOLD))

    return [candidate(*row) for row in sorted(rows, key=lambda row: (row.service, row.spot))]


def _services(unit: Unit, keys: Iterable[str]) -> dict[str, Service]:
    asked = (select(*SAID).where(directory_service.c.key.in_(some)) for some in slices(sorted(keys), MANY))
    return {row.key: service_from(row) for statement in asked for row in unit.execute(statement)}


def _known(unit: Unit, services: Sequence[Service]) -> tuple[Match, ...]:
    """Give services that a worker chose, full or not, with all that is known of them."""
    keys = [one.key for one in services]
    standing, room = standings(unit, keys), capacities(unit, keys)
    return tuple(replace(_chosen(one), standing=standing[one.key], capacity=room.get(one.key)) for one in services)


def _chosen(service: Service) -> Match:
    return Match(service, next(iter(service.locations), None), None, (), ())
