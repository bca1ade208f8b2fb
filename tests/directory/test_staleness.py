"""Lights of freshness: where each begins and ends."""

from datetime import date, timedelta

import pytest

from rxbot.directory.model import Need, Service
from rxbot.directory.staleness import Light, Lights, light_of, staleness_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(("days", "light"), [(0, "green"), (180, "green"), (181, "amber"), (548, "amber"), (549, "red")])
def test_a_light_changes_with_the_days(days: int, light: Light) -> None:
    assert light_of(TODAY - timedelta(days=days), TODAY) == light


def test_what_nobody_ever_checked_is_never() -> None:
    assert light_of(None, TODAY) == "never"


def test_a_service_counts_with_every_need_it_helps_with() -> None:
    both = Service("1", "Cooking and company", key="1", assured_date=TODAY)
    one = Service("2", "Company", key="2")
    needs = (Need("food", "Food", keywords=("cooking",)), Need("social", "Company", keywords=("company",)))
    found = staleness_of([("a", both), ("b", one)], needs, (), TODAY)
    assert found.by_need == {"food": Lights(green=1), "social": Lights(green=1, never=1)}
    assert found.by_publisher == {"a": Lights(green=1), "b": Lights(never=1)}
    assert [old.name for old in found.oldest] == ["Company", "Cooking and company"]
