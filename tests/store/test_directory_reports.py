"""Two people say that a service is wrong: nobody is shown it from then on, until somebody has checked it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from store_acts import NOW, begin

from rxbot.directory.model import Location, Need, Place, Service
from rxbot.directory.reports import ReportKind
from rxbot.directory.search import Search
from rxbot.store.candidates import find_named, find_services, service_by_key
from rxbot.store.directory_reports import report, restore, said_of, suspended, suspended_among, take_back
from rxbot.store.directory_rows import save_feed, service_key, service_of
from rxbot.store.erase import erase_episodes, erase_person
from rxbot.store.unit import Store, Unit

HERE = Place(53.07, 0.42, "Kittersea")
SEARCH = Search(needs=(Need("food", "Food", keywords=("food bank",)),), place=HERE, now=NOW.date())
BANK = Service("1", "Food Bank", locations=(Location("l", place=HERE),))
KEY = service_key("town", "1")
WRONG, CLOSED = ReportKind.WRONG_NUMBER, ReportKind.CLOSED


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    with store.begin() as unit:
        for n in (1, 2, 3):
            begin(unit, f"p{n}", f"700{n}", f"e{n}")
        save_feed(unit, "town", [BANK], NOW)
        yield unit


def found(unit: Unit) -> list[str]:
    return [match.service.name for match in find_services(unit, SEARCH)]


def says(unit: Unit, person: int, kind: ReportKind = WRONG) -> bool:
    return report(unit, KEY, kind, f"p{person}", f"e{person}", NOW)


def test_one_person_counts_once_and_by_their_last_word(unit: Unit) -> None:
    assert not says(unit, 1)
    assert not says(unit, 1, CLOSED)
    assert said_of(unit, KEY) == {CLOSED: 1}
    assert found(unit) == ["Food Bank"]


def test_what_is_taken_back_counts_no_more(unit: Unit) -> None:
    says(unit, 1)
    take_back(unit, KEY, "p1")
    assert said_of(unit, KEY) == {}
    assert not says(unit, 2)


def test_the_second_person_suspends_it_and_a_third_does_so_no_more(unit: Unit) -> None:
    assert [says(unit, 1), says(unit, 2, CLOSED), says(unit, 3)] == [False, True, False]
    assert found(unit) == []
    assert find_named(unit, "Food Bank", SEARCH) == ()
    assert [service.key for service in suspended(unit)] == [KEY]
    assert suspended_among(unit, [KEY, "another"]) == (KEY,)
    assert service_by_key(unit, KEY) is not None, "who was sent there can still be told about it"


def test_a_newer_export_does_not_bring_it_back(unit: Unit) -> None:
    says(unit, 1)
    says(unit, 2)
    save_feed(unit, "town", [Service("1", "Food Bank", description="New words", locations=BANK.locations)], NOW)
    assert found(unit) == []


def test_who_has_checked_it_brings_it_back_and_vouches_for_it(unit: Unit) -> None:
    says(unit, 1)
    says(unit, 2)
    later = NOW + timedelta(days=9)
    assert restore(unit, KEY, later.date())
    assert not restore(unit, KEY, later.date())
    assert found(unit) == ["Food Bank"]
    service = service_of(unit, KEY)
    assert service is not None
    assert service.checked == later.date()
    assert not says(unit, 1), "what was looked into counts no more"


def test_nobody_vouches_for_a_service_that_was_never_in_doubt(unit: Unit) -> None:
    assert not restore(unit, KEY, NOW.date())
    service = service_of(unit, KEY)
    assert service is not None
    assert service.checked is None


def test_what_somebody_said_goes_with_them_and_with_their_support(unit: Unit) -> None:
    says(unit, 1)
    erase_person(unit, "p1", NOW)
    assert said_of(unit, KEY) == {}
    says(unit, 2)
    erase_episodes(unit, ["e2"], NOW)
    assert said_of(unit, KEY) == {}


def test_a_suspended_service_stays_so_when_those_who_spoke_are_forgotten(unit: Unit) -> None:
    says(unit, 1)
    says(unit, 2)
    erase_person(unit, "p1", NOW)
    assert found(unit) == []


def test_a_service_that_no_directory_has_is_not_kept(unit: Unit) -> None:
    assert not report(unit, "nowhere", WRONG, "p1", "e1", NOW)
    assert said_of(unit, "nowhere") == {}
