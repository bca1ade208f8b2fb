"""When a service is open, as far as fields tell it."""

from dataclasses import replace

import pytest

from rxbot.directory.hours import weekly_days
from rxbot.directory.model import Schedule

TUESDAY = Schedule("Tuesday and Saturday, 10 to 2", freq="WEEKLY", byday="SA,TU", opens_at="10:00", closes_at="14:00")


@pytest.mark.parametrize("words", ["", "Tuesday and Saturday mornings, 10am to noon", "Weekdays 9.30 - 5", "Every night"])
def test_days_of_every_week_are_told_by_fields(words: str) -> None:
    assert weekly_days(replace(TUESDAY, description=words)) == (1, 5)


@pytest.mark.parametrize("words", ["Tuesday evenings, in term time", "By appointment", "Tuesday at the church, Friday here"])
def test_where_the_words_tell_more_the_fields_are_not_enough(words: str) -> None:
    assert weekly_days(replace(TUESDAY, description=words)) == ()


@pytest.mark.parametrize(
    "other", [{"freq": "MONTHLY"}, {"interval": "2"}, {"byday": "1MO"}, {"byday": ""}, {"opens_at": ""}, {"closes_at": ""}]
)
def test_what_is_not_every_week_is_left_to_the_words(other: dict[str, str]) -> None:
    assert weekly_days(replace(TUESDAY, **other)) == ()  # type: ignore[arg-type]
