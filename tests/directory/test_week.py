"""Which opening times can be said in any language: those of every week, as far as nothing else is told."""

from dataclasses import replace

import pytest

from rxbot.directory.model import Schedule
from rxbot.directory.week import WeekHours, is_weekly, week_of

TUESDAY = Schedule("Tuesday and Saturday, 10 to 2", freq="WEEKLY", byday="SA,TU", opens_at="10:00", closes_at="14:00")
TEN_TO_TWO = (600, 840)


@pytest.mark.parametrize("words", ["", "Tuesday and Saturday mornings, 10am to 2pm", "Tue, Sat 10-2"])
def test_days_of_every_week_are_told_in_the_order_of_the_week(words: str) -> None:
    assert week_of([replace(TUESDAY, description=words)]) == (WeekHours((1, 5), (TEN_TO_TWO,)),)


def test_times_of_two_schedules_that_run_into_each_other_are_one() -> None:
    later = Schedule(freq="WEEKLY", byday="TU", opens_at="14:00", closes_at="16:00")
    assert week_of([TUESDAY, later]) == (WeekHours((1,), ((600, 960),)), WeekHours((5,), (TEN_TO_TWO,)))


@pytest.mark.parametrize("words", ["Tuesday evenings, in term time", "By appointment", "Tuesday at the church, Friday here"])
def test_where_the_words_tell_more_the_fields_are_not_enough(words: str) -> None:
    assert not is_weekly(replace(TUESDAY, description=words))


@pytest.mark.parametrize(
    "other", [{"freq": "MONTHLY"}, {"interval": "2"}, {"byday": "1MO"}, {"byday": ""}, {"opens_at": ""}, {"closes_at": ""}]
)
def test_what_is_not_every_week_is_left_to_the_words(other: dict[str, str]) -> None:
    assert not is_weekly(replace(TUESDAY, description="", **other))  # type: ignore[arg-type]
