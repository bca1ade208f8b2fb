"""Where what is not on the map is put: where its postcode is, or its town."""

from dataclasses import replace
from datetime import date

import pytest

from rxbot.directory.gazetteer import ByTown, all_placed
from rxbot.directory.model import Address, Location, Place, Service
from rxbot.directory.nearness import nearness
from rxbot.directory.rules.record import read_rules
from rxbot.directory.search import Search

MARSH = Place(38.0, -80.0)


def at(town: str, state: str = "FL", place: Place | None = None, street: str = "1 Quay") -> Location:
    return Location(f"{town} {street}", place=place, addresses=(Address(street, city=town, state_province=state),))


def placed(location: Location, towns: ByTown = ByTown.WHAT_NAMES_NO_AREA, areas: tuple[str, ...] = ()) -> Service:
    known = Service("hall", "Hall", locations=(at("Marsh", "FL", MARSH),))
    return all_placed([known, Service("s", "Help", locations=(location,), areas=areas)], {}, towns)[1]


@pytest.mark.parametrize(
    ("towns", "areas", "is_placed"),
    [
        (ByTown.NOTHING, (), False),
        (ByTown.WHAT_NAMES_NO_AREA, (), True),
        (ByTown.WHAT_NAMES_NO_AREA, ("Marsh County",), False),
        (ByTown.ALL, ("Marsh County",), True),
    ],
)
def test_what_has_an_address_alone_is_put_in_its_town(towns: ByTown, areas: tuple[str, ...], is_placed: bool) -> None:
    [location] = placed(at("Marsh"), towns, areas).locations
    assert (location.place is not None, location.is_rough) == (is_placed, is_placed)


@pytest.mark.parametrize(("state", "is_placed"), [("FL", True), ("GA", False), ("", True), ("Florida", True)])
def test_a_town_of_the_same_name_in_another_state_is_another(state: str, is_placed: bool) -> None:
    [location] = placed(at("Marsh", state)).locations
    assert (location.place is not None) is is_placed


@pytest.mark.parametrize("street", ["PO Box 12", "P.O. Box 12", "Post Office Box 12", "General Mail Facility"])
def test_what_has_a_post_box_alone_is_had_around_there_and_not_from_far(street: str) -> None:
    near, far = Place(38.2, -80.0), Place(39.0, -80.0)
    box, desk = (read_rules(placed(at("Marsh", street=one))) for one in (street, "1 Quay"))
    search = Search(needs=(), place=near, now=date(2026, 6, 1))
    assert (nearness(search, box, None) > 0, nearness(search, desk, None)) == (True, 0)
    assert nearness(replace(search, place=far), box, None) == 0
