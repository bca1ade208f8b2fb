"""The opening times of every week, put together from all schedules of a place so that they can be said in any language."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rxbot.directory.model import Schedule
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.hours import read_schedule
from rxbot.directory.rules.openings import ALL_OF_IT, EVERY_DAY, Opening

Span = tuple[int, int]
"""From one minute of a day to another, after midnight beyond 1440."""


@dataclass(frozen=True)
class WeekHours:
    """Days of the week, Monday being 0, and when it is open on each of them."""

    days: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def all_day(self) -> bool:
        """Say whether it is open day and night then."""
        return self.spans == (ALL_OF_IT,)

    @property
    def always(self) -> bool:
        """Say whether it never closes."""
        return self.all_day and self.days == EVERY_DAY


def is_weekly(schedule: Schedule) -> bool:
    """Say whether a schedule tells days and times of every week, and nothing else."""
    sheet = read_schedule(schedule)
    return bool(sheet.openings) and not sheet.doubts and sheet.rest is Answer.NO and all(map(_of_every_week, sheet.openings))


def _of_every_week(one: Opening) -> bool:
    days = one.days
    plain = days.freq == "WEEKLY" and days.interval == 1 and days.count is None and not (days.bymonthday or days.seasons)
    return plain and one.closes is not None and bool(days.byday) and not any(day.nth for day in days.byday)


def week_of(schedules: Iterable[Schedule]) -> tuple[WeekHours, ...]:
    """Give the hours of all weekly schedules, days with the same ones together, in the order of the week."""
    openings = [one for schedule in schedules if is_weekly(schedule) for one in read_schedule(schedule).openings]
    told = {(day.day, (one.opens, one.closes)) for one in openings for day in one.days.byday if one.closes is not None}
    spans = {day: tuple(_joined(sorted(span for at, span in told if at == day))) for day in EVERY_DAY}
    open_days = sorted((day for day in EVERY_DAY if spans[day]), key=lambda day: (spans[day], day))
    alike = [WeekHours(tuple(days), same) for same, days in groupby(open_days, key=lambda day: spans[day])]
    return tuple(sorted(alike, key=lambda one: one.days))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Put times into one that run into each other: two of a place's schedules may."""
    joined: list[Span] = []
    for opens, closes in spans:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined
