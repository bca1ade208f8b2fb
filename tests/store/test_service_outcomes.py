"""What came of it when people were sent to a service: counted for the service, and what goes well comes first."""

from datetime import UTC, date, datetime

from rxbot.directory.model import Location, Need, Place, Service
from rxbot.directory.outcomes import Came, Outcomes
from rxbot.directory.search import Search
from rxbot.store.candidates import find_services
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.service_outcomes import count, outcomes
from rxbot.store.unit import Store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HERE = Place(53.07, 0.42, "Kittersea")
SEARCH = Search(needs=(Need("food", "Food", keywords=("food bank",)),), place=HERE, now=date(2026, 6, 1))


def bank(id: str) -> Service:
    return Service(id, "Food Bank", locations=(Location(id, place=HERE),))


def test_what_went_well_comes_before_what_nobody_told_of_and_that_before_what_went_badly(store: Store) -> None:
    with store.begin() as unit:
        save_feed(unit, "town", [bank("bad"), bank("good"), bank("new")], NOW)
        for _ in range(4):
            count(unit, service_key("town", "bad"), Came.REJECTED)
            count(unit, service_key("town", "good"), Came.HELPED)
        count(unit, service_key("town", "good"), Came.ATTENDED)
        count(unit, "a service that is not there", Came.HELPED)
        assert outcomes(unit, [service_key("town", one) for one in ("bad", "good", "new")]) == {
            service_key("town", "bad"): Outcomes(0, 4),
            service_key("town", "good"): Outcomes(5, 0),
        }
        assert [match.service.id for match in find_services(unit, SEARCH)] == ["good", "new", "bad"]


def test_one_bad_day_weighs_little() -> None:
    assert Outcomes().worth - Outcomes(0, 1).worth < 0.04
    assert Outcomes(0, 50).worth < 0.75 < Outcomes(50, 0).worth <= 1.0
