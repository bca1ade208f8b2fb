"""What is known of the map, and whether the places of a list are by that where somebody lives, next to it, or elsewhere."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rxbot.directory.grid import km_between
from rxbot.directory.model import Place, Service
from rxbot.directory.rules.areas import (
    LARGER,
    PART_OF,
    areas_of,
    bare_name,
    codes_in,
    is_larger,
    is_town,
    names_listed,
    numbered_in,
    states_in,
    states_listed,
)
from rxbot.directory.rules.homes import ONE_TOWN_KM, Home
from rxbot.directory.stems import fold

ELSEWHERE_KM = 25.0
"""From here on a town whose middle is known cannot be where a person lives."""


@dataclass(frozen=True)
class Around:
    """What is known of the map: where towns lie, by the name they are looked up by; of those `named`, no more than that."""

    towns: Mapping[str, Place] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, named: Iterable[tuple[str, Place]], alone: Iterable[str] = ()) -> "Around":
        """Put together what is known of towns. Of a name in several states, as by some slip, none is known."""
        towns: dict[str, Place] = {}
        for name, place in named:
            one = towns.get(name, place)
            towns[name] = place if states_in(one.names[1:]) == states_in(place.names[1:]) else replace(place, label=name)
        return cls(towns, frozenset(alone))


UNCHARTED = Around()


def towns_named(services: Iterable[Service], towns: Container[str]) -> Iterator[str]:
    """Give the towns that several records name as an area beside those known, though no record stands in them."""
    times = Counter(name for service in services for name in _named_beside(areas_of(service), towns))
    yield from sorted(name for name, many in times.items() if many >= SEVERAL)


SEVERAL = 3


def _named_beside(areas: Iterable[str], towns: Container[str]) -> frozenset[str]:
    """Give what areas name beside more towns that are known, and is no larger area itself."""
    named = {name for area in areas if is_town(area) for name in names_listed(area)}
    others = {name for name in named if bare_name(name) not in towns}
    beside = len(others) < len(named) - len(others)
    return frozenset(bare_name(name) for name in others if beside and not is_larger(name)) - {""}


REGION_KM = 120.0
"""From here on nobody lives in the region where a provider is that is named after it."""


def is_elsewhere(home: str, place: Place, codes: frozenset[str], around: Around) -> bool:
    """Say whether all places of a list are for certain not where the person lives."""
    wanted = codes_in(home)
    if wanted:
        own = {code for code in codes if code.isdigit() or len(code) > 2} if codes else set()
        return bool(own) and {code.isdigit() for code in own} == {code.isdigit() for code in wanted}
    if numbered := numbered_in(home):
        return _are_others(numbered, numbered_in(place.label))
    named = names_listed(home)
    if not named or _is_in_other_states(home, place, around):
        return bool(named)
    return not PART_OF.search(fold(home)) and all(_is_far(name, place, around) for name in named)


FEW_NUMBERS = 2


def is_hardly(home: Home, place: Place, around: Around) -> bool:
    """Say whether a person hardly lives in a list of places."""
    if not home.sure:
        far = home.near is not None and km_between(home.near, place) > REGION_KM
        return far or _is_in_other_states(home.places, place, around) or _is_in_another_state(home, place, around)
    return _is_next_to(home.places, place, around) or _is_in_another_state(home, place, around)


def _is_in_another_state(home: Home, place: Place, around: Around) -> bool:
    """Say whether all places of a list are counties of the state that the record is in, as it seems, and not of the person's."""
    own = _states_of(place, around)
    counties = all(name.endswith("county") for name in names_listed(home.places))
    return bool(home.state and own) and counties and home.state not in own


def _is_next_to(home: str, place: Place, around: Around) -> bool:
    """Say whether all places of a list are other towns than the person's, or few of the wards that one may live in."""
    if numbered := numbered_in(home):
        return len(numbered) <= FEW_NUMBERS and not numbered_in(place.label)
    own, named = _own_town(place, around), [bare_name(name) for name in names_listed(home)]
    known = all(_is_known(name, around) and not _is_part_of(own, name, around) for name in named)
    return bool(own and named) and known and not codes_in(home)


def are_other_towns(areas: tuple[str, ...], place: Place, around: Around) -> bool:
    """Say whether areas are other towns than the person's. What is named beside known ones, and no larger area, is one too."""
    own = _own_town(place, around)
    if any(codes_in(area) or numbered_in(area) for area in areas):
        return False
    named = [name for area in areas for name in names_listed(area)]
    unknown = [name for name in named if not _is_known(bare_name(name), around)]
    known = [bare_name(name) for name in named if name not in unknown]
    if any(is_larger(name) and not _is_another_county(name, place) for name in unknown) or (
        own and any(_is_part_of(own, name, around) for name in known)
    ):
        return False
    unknown = [name for name in unknown if not is_larger(name)]
    return len(unknown) < len(known) if own else bool(known) and all(_is_away(name, place, around) for name in known)


def _is_another_county(name: str, place: Place) -> bool:
    """Say whether a name is one of another county than the person's, where theirs is known."""
    return bare_name(name).endswith("county") and _is_far(name, place, UNCHARTED)


def _is_away(name: str, place: Place, around: Around) -> bool:
    """Say whether a name is one of a town so far away that a person who lives elsewhere does not live in its outskirts."""
    return name in around.towns and km_between(around.towns[name], place) > OUTSKIRTS_KM


OUTSKIRTS_KM = 15.0


def _own_town(place: Place, around: Around) -> str:
    """Give the town of a place, or else the one that it stands in, if we know that."""
    names = [bare_name(fold(name)) for name in place.names if bare_name(fold(name)) not in LARGER]
    return next((name for known in (around.towns, around.named) for name in names if name in known), "")


def _is_part_of(town: str, name: str, around: Around) -> bool:
    """Say whether a name is one of a part of this town."""
    larger = around.towns[name].names[1:] if name in around.towns else ()
    return any(bare_name(fold(one)) == town for one in larger)


def _is_known(name: str, around: Around) -> bool:
    return name in around.towns or name.removesuffix("city") in around.towns


def _are_others(wanted: frozenset[tuple[str, int]], own: frozenset[tuple[str, int]]) -> bool:
    """Say whether the person lives in a part of the same kind, and in none of these."""
    kinds = {kind for kind, _ in wanted}
    return bool(own) and not wanted & own and {kind for kind, _ in own} >= kinds


def _is_in_other_states(home: str, place: Place, around: Around) -> bool:
    """Say whether each place of a list is a state, or in one that is named after it, and the person lives in another."""
    states = states_listed(home)
    return bool(states) and all(states) and bool(own := _states_of(place, around)) and own.isdisjoint(states)


def _states_of(place: Place, around: Around) -> frozenset[str]:
    """Give the state that a place is said to be in, or else the largest town that it stands in and that we know."""
    own = states_in(place.names[1:])
    if own:
        return own
    known = (around.towns.get(bare_name(fold(name))) for name in reversed(place.names))
    town = next((one for one in known if one and km_between(one, place) <= ONE_TOWN_KM), None)
    return states_in(town.names[1:]) if town else frozenset()


def _is_far(name: str, place: Place, around: Around) -> bool:
    """Say whether a named county is not the person's, where theirs is known, or a named town lies far away."""
    bare = bare_name(name)
    if bare.endswith("county"):
        own = [county for larger in place.names[1:] if (county := bare_name(fold(larger))).endswith("county")]
        return bool(own) and not any(county.endswith(bare) or bare.endswith(county) for county in own)
    town = around.towns.get(bare)
    return town is not None and km_between(town, place) > ELSEWHERE_KM
