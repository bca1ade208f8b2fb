"""How fresh a record is: half a year, a year and a half, and what nobody can know."""

from datetime import date, timedelta

import pytest

from rxbot.directory.freshness import Freshness, freshness_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days_ago", "found"),
    [(0, Freshness.FRESH), (180, Freshness.FRESH), (181, Freshness.AGEING), (548, Freshness.AGEING), (549, Freshness.STALE)],
)
def test_a_record_ages_with_the_day_of_its_last_check(days_ago: int, found: Freshness) -> None:
    assert freshness_of(TODAY - timedelta(days=days_ago), TODAY) is found


def test_what_nobody_says_and_a_day_to_come_are_no_check() -> None:
    """Tomorrow is let pass: it may have begun where the publisher is."""
    assert freshness_of(None, TODAY) is Freshness.UNKNOWN
    assert freshness_of(TODAY + timedelta(days=1), TODAY) is Freshness.FRESH
    assert freshness_of(TODAY + timedelta(days=2), TODAY) is Freshness.UNKNOWN
