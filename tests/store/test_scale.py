"""What is found through the index is what looking at every service finds, in towns as dense as real ones."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench.invented import Country
from bench.peers import Everything, shown

from rxbot.content.complaints import Complaints
from rxbot.content.needs import read_needs
from rxbot.directory.model import Need
from rxbot.store.candidates import find_services
from rxbot.store.directory_rows import index_for, save_feed
from rxbot.store.unit import Store, Unit

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SERVICES, PROFILES = 500, 100
"""So few services that many words of the needs are in no record: they too have to count alike on both sides."""


@pytest.fixture(scope="module")
def needs() -> Mapping[str, Need]:
    return read_needs(ROOT, Complaints()).known


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    with store.begin() as unit:
        yield unit


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # it takes long; the others show that both answer alike
def test_random_people_are_shown_what_looking_at_everything_would_show_them(unit: Unit, needs: Mapping[str, Need]) -> None:
    country = Country(SERVICES, needs)
    feeds = tuple(country.feeds())
    index_for(unit, needs.values())
    for publisher, services in feeds:
        save_feed(unit, publisher, services, NOW)
    looking = Everything.of(feeds)
    found = 0
    for search in country.searches(PROFILES, seed=3):
        matches = find_services(unit, search)
        found += len(matches)
        assert shown(matches) == shown(looking.find(search))
    assert found > 3 * PROFILES


def test_an_invented_country_is_the_same_each_time(needs: Mapping[str, Need]) -> None:
    one, other = Country(200, needs), Country(200, needs)
    assert list(one.feeds()) == list(other.feeds())
    assert list(one.searches(20)) == list(other.searches(20))
    assert sum(len(services) for _, services in one.feeds()) == 200
