"""What the ledger holds of needs, and the services there are for them: the same on each database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rxbot.content.load import Release, load
from rxbot.directory.model import Address, Language, Location, Place, Service, Term
from rxbot.directory.rules.room import Room, room_of
from rxbot.report.gaps import Supply
from rxbot.store import ledger
from rxbot.store.directory_rows import save_feed
from rxbot.store.gaps import find_gaps, supply, told
from rxbot.store.places import area_of
from rxbot.store.unit import Store, Unit

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EAST, WEST = Place(53.07, 0.42), Place(53.07, 1.42)


@pytest.fixture(scope="module")
def release() -> Release:
    return load(ROOT, NOW.date())


def food(id: str, spot: Place, city: str, **parts: object) -> Service:
    place = Location("1", place=spot, addresses=(Address(city=city, postal_code=f"QM{id} 2AB"),))
    terms = (Term("Open Eligibility", "", "Food Pantry"),)
    return replace(Service(id, f"Food {id}", status="active", terms=terms, locations=(place,)), **parts)


def town(unit: Unit) -> None:
    feed = [
        food("1", EAST, "Eastbury", wait_time="Two weeks", languages=(Language("Arabic", "ar"), Language("English", "en"))),
        food("2", EAST, "Eastbury", wait_time="No wait", minimum_age=65.0),
        food("3", WEST, "Westbury", languages=(Language("English", "en"),)),
    ]
    save_feed(unit, "town", feed, NOW)


def comes(unit: Unit, episode: str, at: datetime, *searches: tuple[str, str], needs: str = "food") -> None:
    codes = {"needs": needs, "area": "Eastbury", "language": "ar", "age": "a26"}
    ledger.record(unit, episode, "harbour", "needs_named", codes, at)
    for need, found in searches:
        ledger.record(unit, episode, "harbour", "searched", {"needs": need, "found": found}, at)


def test_the_first_look_counts_and_what_was_asked_for_again_does_not(store: Store) -> None:
    with store.begin() as unit:
        comes(unit, "e1", NOW, ("food", "0"), ("money_benefits,food", "2"), needs="food,money_benefits,legal_rights")
        comes(unit, "e2", NOW, ("food", "0"))
        ledger.record(unit, "e2", "harbour", "searched", {"needs": "food", "found": "3"}, NOW + timedelta(days=3))
        one, two = told(unit, None, NOW + timedelta(days=9))["referred"]
    assert one.wanted == {"food", "money_benefits"}
    assert one.found == {"food": True, "money_benefits": True}
    assert (one.area, one.language, one.age) == ("Eastbury", "ar", "a26")
    assert two.found == {"food": False}


def test_only_the_days_asked_for_count(store: Store) -> None:
    with store.begin() as unit:
        for n, days in enumerate((-2, 0, 2)):
            comes(unit, f"e{n}", NOW + timedelta(days=days))
        ledger.record(unit, "e0", "harbour", "searched", {"needs": "food", "found": "1"}, NOW)
        found = told(unit, NOW, NOW + timedelta(days=1))
    assert [len(people) for people in found.values()] == [1, 0]


def test_services_are_those_a_search_finds_there_in_that_language_for_that_age(store: Store, release: Release) -> None:
    with store.begin() as unit:
        town(unit)
        there = supply(unit, release.content, ["Eastbury", "Westbury", "gone"], ["en", "ar", "es"], NOW.date())
    assert there["all", "", "food"] == Supply(3, 2, 1)
    assert there["area", "Eastbury", "food"] == Supply(2, 2, 1)
    assert there["area", "Westbury", "food"] == Supply(1, 0, 0)
    assert ("area", "gone", "food") not in there
    assert there["language", "ar", "food"] == Supply(1, 1, 1)
    assert there["age", "a26", "food"].offered == 2
    assert there["age", "a80", "food"].offered == 3


def test_a_gap_has_people_and_services_in_one_row(store: Store, release: Release) -> None:
    with store.begin() as unit:
        town(unit)
        for n in range(7):
            comes(unit, f"e{n}", NOW, ("food", "2"))
        rows = find_gaps(unit, release.content, None, NOW + timedelta(days=1))
    [row] = [one for one in rows if (one.by, one.group, one.need) == ("area", "Eastbury", "food")]
    assert row.figures == (7, 0, 0, 0.0, 2, 2, 1)


def test_an_area_is_a_town_and_never_a_postal_code_or_a_spot(store: Store) -> None:
    with store.begin() as unit:
        town(unit)
        assert area_of(unit, Place(53.08, 0.43, "QM1 2AB, Eastbury")) == "Eastbury"
        assert area_of(unit, Place(10.0, 10.0, "10.00, 10.00")) == ""


@pytest.mark.parametrize(
    ("says", "room"),
    [("No wait", Room.NOW), ("None.", Room.NOW), ("1-2 weeks", Room.WAITING), ("Varies", Room.UNKNOWN), ("", Room.UNKNOWN)],
)
def test_whether_there_is_room_is_read_from_what_the_directory_says(says: str, room: Room) -> None:
    assert room_of(Service("1", "x", wait_time=says)) is room
