"""Read when a service is open: days and times that can be said in any language, where its fields tell all there is."""

from rxbot.directory.model import Schedule
from rxbot.directory.stems import stems

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TOLD_BY_FIELDS = frozenset(
    stems(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun weekday "
        "day daily every each week weekly morning afternoon evening night noon midday midnight am pm open opening hour "
        "until till o'clock"
    )
)


def weekly_days(schedule: Schedule) -> tuple[int, ...]:
    """Number the days it is open every week, Monday being 0. None where its words tell more, such as "in term time"."""
    days = tuple(day.strip().upper() for day in schedule.byday.split(","))
    timed = schedule.opens_at and schedule.closes_at
    every_week = schedule.freq.upper() == "WEEKLY" and schedule.interval in ("", "1")
    if timed and every_week and all(day in DAYS for day in days) and not tells_more(schedule.description):
        return tuple(sorted(map(DAYS.index, days)))
    return ()


def tells_more(words: str) -> bool:
    """Say whether words tell more than days and times."""
    return any(word not in TOLD_BY_FIELDS and not word[0].isdigit() for word in stems(words))
