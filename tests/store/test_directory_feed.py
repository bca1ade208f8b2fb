"""Importing a feed: doing it twice changes nothing, what is gone is retired, publishers do not meet."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, event, select, update

from rxbot.directory.capacity import Capacity
from rxbot.directory.checks import Amendment, Statement
from rxbot.directory.grid import ANYWHERE, cell_of, cell_of_region
from rxbot.directory.model import Address, Location, Need, Place, Service
from rxbot.directory.search import Search
from rxbot.errors import FeedWrong
from rxbot.store import cells, postings
from rxbot.store.candidates import find_services
from rxbot.store.directory_rows import (
    ImportReport,
    index_for,
    no_longer_offered,
    retire_publisher,
    save_feed,
    service_key,
    service_of,
    work_ahead,
)
from rxbot.store.directory_tables import (
    directory_place,
    directory_service,
    match_area,
    match_index,
    match_posting,
    match_region,
    match_rules,
    match_word,
)
from rxbot.store.places import find_places, guess_places
from rxbot.store.schema import prepare
from rxbot.store.service_checks import Speaker, check, tell_capacity
from rxbot.store.unit import Store, Unit

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
HERE = Place(53.07, 0.42, "Kittersea")
FOOD = Need("food", "Food", keywords=("food",))
SEARCH = Search(needs=(FOOD,), place=HERE, reach_km=5, limit=9, now=date(2026, 6, 1))


def located(id: str, lat: float = HERE.lat, lon: float = HERE.lon, **address: str) -> Location:
    given = {"city": "Kittersea", "state_province": "Eastmarch", "postal_code": "QM1 2AB"} | address
    return Location(id, "physical", place=Place(lat, lon), addresses=(Address(**given),))


BANK = Service("1", "Food Bank", status="active", locations=(located("a"),))
LARDER = Service("2", "Food Larder", locations=(located("b", lat=53.08),))


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    with store.begin() as unit:
        yield unit


def rows(unit: Unit) -> list[list[tuple[object, ...]]]:
    tables = (directory_service, match_posting, directory_place)
    return [sorted(map(tuple, unit.execute(select(table)).all()), key=repr) for table in tables]


def found(unit: Unit) -> set[str]:
    return {match.service.name for match in find_services(unit, SEARCH)}


def test_what_has_no_place_moves_with_the_region_of_the_others(unit: Unit) -> None:
    """A wrong place that is mended, or the first place of all, is about every service that has none."""
    line = Service("3", "Food Line")
    in_the_sea = replace(BANK, locations=(located("a", lat=0.42, lon=53.07),))
    save_feed(unit, "town", [in_the_sea, line], NOW)
    assert found(unit) == set()
    save_feed(unit, "town", [BANK, line], NOW)
    assert found(unit) == {"Food Bank", "Food Line"}
    save_feed(unit, "town", [in_the_sea], NOW, unread=["3"])
    assert found(unit) == set()
    save_feed(unit, "town", [BANK], NOW, unread=["3"])
    assert found(unit) == {"Food Bank", "Food Line"}
    once = rows(unit)[1]
    assert len(once) == len(set(once))


def test_others_write_while_a_feed_is_worked_out_and_it_is_brought_in_as_it_says_all_the_same(store: Store) -> None:
    """The same publisher's list, and other needs, come in between: what was worked out before is not taken for what is now."""
    old = replace(BANK, name="Food Cupboard")

    def meanwhile(done: int, of: int) -> None:
        if done < of:
            with store.begin() as unit:
                save_feed(unit, "town", [old], NOW)
                index_for(unit, [FOOD])

    ahead = work_ahead(store, "town", [BANK, LARDER], meanwhile)
    with store.begin() as unit:
        report = save_feed(unit, "town", [BANK, LARDER], NOW, ahead=ahead)
        assert (report.added, report.changed) == (1, 1)
        assert found(unit) == {"Food Bank", "Food Larder"}
        brought = rows(unit), services_by_key(unit)
        save_feed(unit, "town", [LARDER], NOW, take_fewer=True)
        save_feed(unit, "town", [BANK, LARDER], NOW)
        assert (rows(unit)[0], services_by_key(unit)) == (brought[0][0], brought[1])


def services_by_key(unit: Unit) -> dict[str, int]:
    return {key: services for key, services in unit.execute(select(match_word.c.key, match_word.c.services)) if services}


def test_a_service_is_found_after_its_import_with_a_key_of_our_own(unit: Unit) -> None:
    assert save_feed(unit, "town", [BANK, LARDER], NOW) == ImportReport("town", 2, 2, 2, 0, 0, 0)
    one, other = find_services(unit, SEARCH)
    first = next(match for match in (one, other) if match.service.id == "1")
    assert first.service.key == service_key("town", "1")
    assert service_of(unit, first.service.key) == first.service


def test_an_import_done_twice_changes_nothing(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    before = rows(unit)
    assert save_feed(unit, "town", [BANK, LARDER], NOW + timedelta(days=1)) == ImportReport("town", 2, 2, 0, 0, 2, 0)
    assert rows(unit) == before


def test_a_changed_record_is_found_by_what_it_says_now(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    chess = replace(BANK, name="Chess Club")
    assert save_feed(unit, "town", [chess, LARDER], NOW) == ImportReport("town", 2, 2, 0, 1, 1, 0)
    assert found(unit) == {"Food Larder"}
    stored = service_of(unit, service_key("town", "1"))
    assert stored
    assert stored.name == "Chess Club"


def test_what_is_gone_from_the_feed_is_retired_kept_and_may_come_back(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    assert save_feed(unit, "town", [LARDER], NOW) == ImportReport("town", 1, 1, 0, 0, 1, 1, gone=(BANK.name,))
    assert found(unit) == {"Food Larder"}
    assert service_of(unit, service_key("town", "1"))
    assert save_feed(unit, "town", [LARDER], NOW).retired == 0
    assert save_feed(unit, "town", [BANK, LARDER], NOW) == ImportReport("town", 2, 2, 0, 1, 1, 0)
    assert found(unit) == {"Food Bank", "Food Larder"}


def test_what_is_offered_no_more_is_told_apart_from_what_is(unit: Unit) -> None:
    """Whoever had it in mind is told so: its publisher took it back, or says it is closed, or its provider does."""
    van, kitchen = (Service(id, f"Food {id}", locations=(located(id),)) for id in ("van", "kitchen"))
    save_feed(unit, "town", [BANK, LARDER, van, kitchen], NOW)
    keys = [service_key("town", one.id) for one in (BANK, LARDER, van, kitchen)]
    assert no_longer_offered(unit, keys) == ()
    save_feed(unit, "town", [LARDER, replace(van, status="defunct"), kitchen], NOW)
    check(unit, keys[3], Statement("closed", "", Amendment()), Speaker("Pat", "manager"), NOW, NOW.date())
    assert set(no_longer_offered(unit, keys)) == {keys[0], keys[2], keys[3]}
    assert no_longer_offered(unit, [keys[1], "never heard of"]) == ()


def test_what_is_gone_leaves_nothing_in_the_index(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER, Service("3", "Food Line")], NOW, take_fewer=True)
    save_feed(unit, "town", [LARDER], NOW)
    [(cell, kept)] = cells.kept(unit, [cell_of(HERE), cell_of_region(HERE), ANYWHERE]).items()
    [(_, left)] = [(slot, whose) for slot, whose in enumerate(kept.whose) if any(whose)]
    assert left.startswith(bytes.fromhex(service_key("town", "2")))
    assert cell == cell_of(HERE)
    posted = postings.read(unit.execute(select(match_posting.c.id, match_posting.c.spots)).all())
    assert {*posted.slot.tolist()} == {kept.whose.index(left)}
    assert not unit.execute(select(match_area)).all()
    assert len(unit.execute(select(match_rules)).all()) == 1


def test_a_publisher_that_is_retired_leaves_nothing_in_the_index_and_comes_back_with_its_list(unit: Unit) -> None:
    save_feed(unit, "Town", [BANK, LARDER], NOW)
    assert retire_publisher(unit, "Town", NOW) == 2
    for table in (match_posting, match_area, match_rules, match_region):
        assert not unit.execute(select(table)).all()
    save_feed(unit, "Town", [BANK, LARDER], NOW)
    assert {one.service.name for one in find_services(unit, SEARCH)} == {"Food Bank", "Food Larder"}


def test_a_slot_that_is_free_is_taken_by_the_next(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    for name in ("Chess Club", "Bridge Club", "Food Truck"):
        save_feed(unit, "town", [replace(BANK, name=name), LARDER], NOW)
    assert len(cells.kept(unit, [cell_of(HERE)])[cell_of(HERE)].whose) == 2
    assert found(unit) == {"Food Truck", "Food Larder"}


def test_as_many_as_fill_several_portions_are_found_and_taken_down_again(unit: Unit) -> None:
    many = [replace(LARDER, id=str(number), name=f"Food {number}") for number in range(3 * cells.PORTION)]
    save_feed(unit, "town", [BANK, *many], NOW)
    assert len(found(unit)) == SEARCH.limit
    save_feed(unit, "town", [BANK, many[-1]], NOW, take_fewer=True)
    assert found(unit) == {BANK.name, many[-1].name}


def test_publishers_with_the_same_ids_live_side_by_side(unit: Unit) -> None:
    save_feed(unit, "town", [BANK], NOW)
    save_feed(unit, "county", [replace(BANK, name="Food Van")], NOW)
    assert found(unit) == {"Food Bank", "Food Van"}
    save_feed(unit, "county", [replace(BANK, id="9", name="Food Truck")], NOW)
    assert found(unit) == {"Food Bank", "Food Truck"}


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed", "open"])
def test_only_what_is_active_is_offered_and_the_report_says_how_much(unit: Unit, status: str) -> None:
    report = save_feed(unit, "town", [replace(BANK, status=status)], NOW)
    assert (report.as_json()["read"], report.as_json()["offered"]) == (1, 0)
    assert found(unit) == set()
    save_feed(unit, "town", [BANK], NOW)
    assert found(unit) == {"Food Bank"}


def test_a_feed_without_a_service_is_refused_and_nothing_is_lost(unit: Unit) -> None:
    save_feed(unit, "town", [BANK], NOW)
    with pytest.raises(FeedWrong, match="holds no service"):
        save_feed(unit, "town", [], NOW)
    assert found(unit) == {"Food Bank"}


def test_a_place_is_found_by_town_part_and_postal_code(unit: Unit) -> None:
    fields = located("c", 53.09, 0.41, region="Nørth-Fields", postal_code="QM2 4QU")
    quay = located("d", 53.05, 0.43, postal_code="QM1 9ZZ")
    save_feed(unit, "town", [replace(BANK, locations=(located("a"), fields, quay))], NOW)
    assert labels(unit, "kittersea") == ["Kittersea, Eastmarch"]
    assert find_places(unit, "KITTERSEA")[0] == Place(53.07, 0.42, "Kittersea, Eastmarch")
    assert labels(unit, "north fields") == ["Nørth-Fields, Kittersea"]
    assert labels(unit, "qm24qu") == ["QM2 4QU, Kittersea"]
    assert labels(unit, "qm1") == ["QM1, Kittersea"]
    assert find_places(unit, "qm1")[0].lat == pytest.approx(53.06)
    assert labels(unit, "kitter") == ["Kittersea, Eastmarch"]
    assert labels(unit, "Paris") == labels(unit, "") == labels(unit, "%") == labels(unit, "q") == []


def test_a_slip_in_the_name_of_a_place_is_guessed_and_anything_else_is_not(unit: Unit) -> None:
    quay = located("q", 53.05, 0.43, region="Harbourside", postal_code="QM1 9ZZ")
    save_feed(unit, "town", [replace(BANK, locations=(located("a"), quay))], NOW)
    for slip in ("harborside", "Harbersid", "HARBOURSIED"):
        assert labels(unit, slip) == []
        assert [place.label for place in guess_places(unit, slip)] == ["Harbourside, Kittersea"]
    assert [guess_places(unit, words) for words in ("Paris", "har", "x" * 4096, "", "hola")] == [()] * 5


def test_words_longer_than_any_name_are_no_place(unit: Unit) -> None:
    """One Arabic sign stands for eighteen letters: SQLite would refuse to look for a message full of them."""
    save_feed(unit, "town", [BANK], NOW)
    assert labels(unit, "ﷺ" * 4096) == []


def labels(unit: Unit, words: str) -> list[str]:
    return [place.label for place in find_places(unit, words)]


def test_of_two_towns_of_one_name_the_nearer_comes_first_and_no_more_than_asked(unit: Unit) -> None:
    towns = [located(str(n), 50 + n, 0, city="Newton", state_province=f"County {n}", postal_code="") for n in range(5)]
    save_feed(unit, "far", [replace(BANK, locations=tuple(towns))], NOW)
    places = find_places(unit, "newton", near=Place(53.1, 0))
    assert [place.label for place in places] == [f"Newton, County {n}" for n in (3, 4, 2, 1)]
    assert len(find_places(unit, "newton", limit=2)) == 2


def test_two_publishers_of_one_town_give_one_place(unit: Unit) -> None:
    save_feed(unit, "town", [BANK], NOW)
    save_feed(unit, "county", [LARDER], NOW)
    assert labels(unit, "Kittersea") == ["Kittersea, Eastmarch"]


def test_what_is_full_is_not_shown_for_thirty_days_and_then_with_the_day_it_was_told(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    tell_capacity(unit, service_key("town", "1"), "no-capacity", None, "Sam", NOW)
    assert found(unit) == {"Food Larder"}
    [both, _] = (find_services(unit, replace(SEARCH, now=SEARCH.now + timedelta(days=days))) for days in (31, 30))
    assert {(one.service.name, one.capacity) for one in both} == {
        ("Food Bank", Capacity("no-capacity", NOW.date())),
        ("Food Larder", None),
    }


def test_the_place_of_what_is_full_goes_to_the_next(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    [first] = find_services(unit, replace(SEARCH, limit=1))
    tell_capacity(unit, first.service.key, "no-capacity", None, "Sam", NOW)
    [second] = find_services(unit, replace(SEARCH, limit=1))
    assert {first.service.name, second.service.name} == {"Food Bank", "Food Larder"}


def test_whether_there_is_room_is_not_asked_service_by_service(unit: Unit) -> None:
    save_feed(unit, "town", [BANK, LARDER], NOW)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    for service in find_services(unit, SEARCH):
        tell_capacity(unit, service.service.key, "capacity", None, "Sam", NOW)
    event.listen(unit.connection, "before_cursor_execute", note)
    assert len(find_services(unit, SEARCH)) == 2
    assert sum("service_capacity.weeks" in one for one in asked) == 1


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from rxbot.directory.model import Service
from rxbot.store.directory_rows import save_feed
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.unit import Store

store = Store(sys.argv[1], Keys("sqlite://", new_master_key()))
with store.begin() as unit:
    feed = [Service("2", "Food Larder"), Service("3", "Food Van")]
    save_feed(unit, "town", feed, datetime.now(UTC), lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_an_import_killed_in_the_middle_leaves_what_was_and_comes_in_whole_when_it_is_done_again(store: Store) -> None:
    with store.begin() as unit:
        save_feed(unit, "town", [BANK, LARDER], NOW)
        before = rows(unit)
    address = store.engine.url.render_as_string(hide_password=False)
    killed = subprocess.run([sys.executable, "-c", KILLED, address], capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr.decode()
    with store.begin() as unit:
        assert rows(unit) == before
        assert found(unit) == {"Food Bank", "Food Larder"}
        save_feed(unit, "town", [LARDER], NOW)
        assert found(unit) == {"Food Larder"}


def test_an_index_that_was_made_by_an_older_reading_is_made_anew_when_the_store_is_opened(store: Store) -> None:
    with store.begin() as unit:
        save_feed(unit, "town", [BANK, LARDER], NOW)
        before = rows(unit)
        unit.execute(delete(match_posting))
        unit.execute(update(match_index).values(reading=0))
    with store.begin() as unit:
        assert found(unit) == set(), "this is what an older reading looks like"
    prepare(store)
    with store.begin() as unit:
        assert found(unit) == {"Food Bank", "Food Larder"}
        assert len(rows(unit)[1]) == len(before[1])
    prepare(store)
    with store.begin() as unit:
        assert found(unit) == {"Food Bank", "Food Larder"}
