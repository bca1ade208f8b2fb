"""The lists at /hsds: both databases give the same, and a record keeps its UUID for as long as it stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rxbot.directory.checks import Statement
from rxbot.directory.formats.records import term_id
from rxbot.directory.model import Category, Location, Organization, Place, Service, Term
from rxbot.published.catalogue import writer_of
from rxbot.store import published_lists, service_checks
from rxbot.store.directory_rows import retire_publisher, save_feed, service_key
from rxbot.store.published import state_of
from rxbot.store.published_lists import LISTS, ListFilter
from rxbot.store.service_checks import Speaker
from rxbot.store.unit import Store, Unit

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PAT = Speaker("Pat", "manager")
OURS = ("Town",)
LARDER, HALL = Organization("o", "The Larder"), Organization("h", "The Hall", description="50% off_season")
HERE, THERE = Location("a", place=Place(53.07, 0.42)), Location("b", "physical", "Quay Room", place=Place(53.5, 0.42))
FOOD, COMPANY = Term("needs", "1", "Food"), Term("needs", "2", "Company")
SOUP = Service("1", "Soup", LARDER, status="active", locations=(HERE,), terms=(FOOD, COMPANY))
CHOIR = Service("2", "Choir", HALL, status="active", locations=(HERE, THERE), terms=(COMPANY,))
ASLEEP = Service("3", "Asleep", LARDER, status="inactive", terms=(Term("needs", "3", "Sleep"),))


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    with store.begin() as unit:
        save_feed(unit, "Town", [SOUP, CHOIR, ASLEEP], NOW)
        save_feed(unit, "Else", [replace(SOUP, name="Other soup")], NOW)
        yield unit


def counts(unit: Unit, **wanted: object) -> dict[str, int]:
    return {name: published_lists.count(unit, name, ListFilter(OURS, **wanted)) for name in LISTS}  # type: ignore[arg-type]


def names(unit: Unit, **wanted: object) -> list[str]:
    found = published_lists.rows(unit, "services", ListFilter(OURS, **wanted), 10)  # type: ignore[arg-type]
    return sorted(one.said.service.name for one in published_lists.listed(unit, {row.service for row in found}).values())


def test_a_category_that_no_service_has_is_listed_with_what_it_stands_below(unit: Unit) -> None:
    later = NOW + timedelta(days=1)
    needs, sleep = Term("needs", "0", "Needs"), Term("needs", "3", "Sleep")
    listed = [Category(needs), Category(FOOD, needs), Category(COMPANY, needs), Category(sleep, needs)]
    mark = state_of(unit, OURS)
    save_feed(unit, "Town", [SOUP, CHOIR, ASLEEP], later, categories=listed)
    assert state_of(unit, OURS) != mark
    assert (counts(unit)["taxonomy_terms"], counts(unit)["taxonomies"]) == (4, 1)
    assert counts(unit, top_only=True)["taxonomy_terms"] == 1
    assert counts(unit, parent=term_id(needs))["taxonomy_terms"] == 3
    assert counts(unit, words=("sleep",))["taxonomy_terms"] == 1
    assert counts(unit, organization="nobody")["taxonomy_terms"] == 0
    ids = {term_id(one.term) for one in listed}
    assert published_lists.row(unit, "taxonomy_terms", OURS, term_id(sleep)) is not None
    assert published_lists.row(unit, "taxonomy_terms", ("Else",), term_id(sleep)) is None
    assert published_lists.parents(unit, OURS, ids) == {id: term_id(needs) for id in ids - {term_id(needs)}}
    assert published_lists.changes(unit, "taxonomy_terms", OURS, list(ids)) == dict.fromkeys(ids, later)
    save_feed(unit, "Town", [SOUP, CHOIR, ASLEEP], later + timedelta(days=1), categories=listed)
    assert published_lists.changes(unit, "taxonomy_terms", OURS, list(ids)) == dict.fromkeys(ids, later)
    save_feed(unit, "Town", [SOUP, CHOIR, ASLEEP], later, categories=listed[:2], cut=True)
    assert counts(unit)["taxonomy_terms"] == 4
    save_feed(unit, "Town", [SOUP, CHOIR, ASLEEP], later, categories=listed[:2])
    assert (counts(unit)["taxonomy_terms"], counts(unit, top_only=True)["taxonomy_terms"]) == (3, 2)
    retire_publisher(unit, "Town", later)
    assert counts(unit)["taxonomy_terms"] == 0


def test_each_list_holds_what_its_publishers_offer(unit: Unit) -> None:
    everything = {"services": 2, "organizations": 2, "service_at_locations": 3, "taxonomies": 1, "taxonomy_terms": 2}
    assert counts(unit) == everything
    for name, count in everything.items():
        rows = published_lists.rows(unit, name, ListFilter(OURS), 10)
        assert [row.id for row in rows] == sorted({row.id for row in rows})
        assert len(rows) == count
        assert published_lists.rows(unit, name, ListFilter(OURS), 10, after=rows[0].id) == rows[1:]
        assert published_lists.rows(unit, name, ListFilter(OURS), 1, skip=count - 1) == rows[-1:]
        assert published_lists.row(unit, name, OURS, rows[0].id).id == rows[0].id  # type: ignore[union-attr]
        assert published_lists.row(unit, name, ("Nobody",), rows[0].id) is None
        assert published_lists.changes(unit, name, OURS, [row.id for row in rows]) == {row.id: NOW for row in rows}
    assert published_lists.count(unit, "services", ListFilter(("Town", "Else"))) == 3


def test_what_is_asked_narrows_each_list(unit: Unit) -> None:
    assert names(unit, words=("soup",)) == ["Soup"]
    assert names(unit, words=("quay",)) == []
    assert counts(unit, words=("quay",))["service_at_locations"] == 1
    assert counts(unit, words=("50%", "off_season"))["organizations"] == 1
    assert counts(unit, words=("5_%",))["organizations"] == 0
    food = next(id for id, term in published_lists.terms(unit, _term_ids(unit)).items() if term == FOOD)
    assert names(unit, term=food) == ["Soup"]
    assert counts(unit, term=food)["taxonomy_terms"] == 1
    assert counts(unit, changed_from=NOW + timedelta(seconds=1)) == dict.fromkeys(LISTS, 0)
    assert published_lists.count(unit, "service_at_locations", ListFilter(OURS, near=Place(53.07, 0.42), km=5.0)) == 2
    assert published_lists.count(unit, "service_at_locations", ListFilter(OURS, near=Place(0, 180), km=20_000.0)) == 3


def _term_ids(unit: Unit) -> list[str]:
    return [row.id for row in published_lists.rows(unit, "taxonomy_terms", ListFilter(OURS), 10)]


def test_what_does_not_stand_is_in_no_list_and_comes_back(unit: Unit) -> None:
    marks = [state_of(unit, OURS)]

    def stand(*expected: str) -> None:
        assert names(unit) == list(expected)
        marks.append(state_of(unit, OURS))
        assert len(set(marks)) == len(marks), "whoever has an answer already hears of it"

    soup, later = service_key("Town", "1"), NOW + timedelta(days=1)
    service_checks.check(unit, soup, Statement("closed"), PAT, later, later.date())
    stand("Choir")
    [one] = service_checks.waiting(unit)
    service_checks.settle(unit, one.number, "leave", "Kim", later, later.date())
    stand("Choir", "Soup")
    save_feed(unit, "Town", [CHOIR, ASLEEP], later)
    stand("Choir")
    save_feed(unit, "Town", [SOUP, CHOIR, ASLEEP], later + timedelta(days=1))
    stand("Choir", "Soup")
    retire_publisher(unit, "Town", later)
    stand()


def test_two_providers_that_say_different_things_under_one_id_have_two_uuids(unit: Unit) -> None:
    other = replace(SOUP, id="4", name="Stew", organization=replace(LARDER, description="Another"))
    save_feed(unit, "Town", [SOUP, CHOIR, other], NOW)
    assert counts(unit)["organizations"] == 3
    by_name = {one.said.service.name: one for one in published_lists.listed(unit, _keys(unit)).values()}
    assert by_name["Soup"].organization != by_name["Stew"].organization
    for one in by_name.values():
        said = one.said.service
        assert writer_of(one).organization_id(said.organization) == one.organization
        assert [id for id, _ in writer_of(one).places(said)] == list(one.locations)
    save_feed(unit, "Town", [other, CHOIR], NOW)
    [stew] = (one for one in published_lists.listed(unit, _keys(unit)).values() if one.said.service.name == "Stew")
    assert writer_of(stew).organization_id(stew.said.service.organization) == by_name["Stew"].organization


def test_a_provider_that_changes_keeps_its_uuid(unit: Unit) -> None:
    before = {one.id for one in published_lists.rows(unit, "organizations", ListFilter(OURS), 10)}
    save_feed(unit, "Town", [replace(SOUP, organization=replace(LARDER, url="https://larder.example.org")), CHOIR], NOW)
    assert {one.id for one in published_lists.rows(unit, "organizations", ListFilter(OURS), 10)} == before


def _keys(unit: Unit) -> set[str]:
    return {row.service for row in published_lists.rows(unit, "services", ListFilter(OURS), 10)}
