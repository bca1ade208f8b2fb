"""The days on which something happens again and again, as calendars write them (RFC 5545): every week, the first Saturday."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
MonthDay = tuple[int, int]
Season = tuple[MonthDay, MonthDay]


@dataclass(frozen=True)
class ByDay:
    """A day of the week, Monday being 0; with `nth` only that one of a month, the last being -1."""

    day: int
    nth: int = 0


@dataclass(frozen=True)
class Days:
    """Days that come again. `start` also says from where to count every second week; `seasons` are parts of every year."""

    freq: str = "WEEKLY"
    byday: tuple[ByDay, ...] = ()
    bymonthday: tuple[int, ...] = ()
    interval: int = 1
    count: int | None = None
    start: date | None = None
    until: date | None = None
    wkst: int = 0
    seasons: tuple[Season, ...] = ()

    def fall_on(self, day: date) -> bool:
        """Say whether this day is one of them."""
        return day in _in_month(self, day.year, day.month)


def every_week(*days: int) -> Days:
    """Give these days of every week, Monday being 0."""
    return Days(byday=tuple(map(ByDay, days)))


@lru_cache(maxsize=20_000)
def _in_month(days: Days, year: int, month: int) -> frozenset[date]:
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    begin, end = max(days.start or first, first), min(days.until or last, last)
    if begin > end:
        return frozenset()
    found = (at.date() for at in _rule(days, begin).between(_midnight(begin), _midnight(end), inc=True))
    return frozenset(day for day in found if _in_season(days.seasons, day))


def _rule(days: Days, begin: date) -> rrule:
    """Build the rule. Where nothing is counted from its start, it starts where it is asked about: it may be years old."""
    counted = days.start and (days.interval > 1 or days.count is not None)
    return rrule(
        FREQUENCIES[days.freq],
        dtstart=_midnight(days.start if counted and days.start else begin),
        interval=days.interval,
        wkst=days.wkst,
        count=days.count,
        until=None if days.count is not None else _midnight(begin + timedelta(days=31)),
        byweekday=[weekday(one.day, one.nth or None) for one in days.byday] or None,
        bymonthday=days.bymonthday or None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _in_season(seasons: tuple[Season, ...], day: date) -> bool:
    """A season may go over the end of the year."""
    now = (day.month, day.day)
    return not seasons or any(a <= now <= b if a <= b else now >= a or now <= b for a, b in seasons)
