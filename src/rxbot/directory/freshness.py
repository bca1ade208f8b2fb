"""How fresh a record is, by the day somebody last vouched for it: the one rule for ranking, for cards and for briefs.

Half a year is the mark a directory for social prescribing is measured by: nine records in ten checked within 180 days.
Directories of information and referral check each record once a year; who is half a year late has let go of it: 548 days.
A day that is still to come vouches for nothing: it is a slip of the publisher's, but for tomorrow, which has begun elsewhere.
"""

from datetime import date, timedelta
from enum import StrEnum

FRESH_DAYS, AGEING_DAYS = 180, 548
TOMORROW = timedelta(days=1)


class Freshness(StrEnum):
    """What the last check of a record is worth today."""

    FRESH = "fresh"
    """Checked within half a year."""
    AGEING = "ageing"
    """Checked within a year and a half: to be rung up before somebody goes."""
    STALE = "stale"
    """Checked longer ago: it may not be there any more."""
    UNKNOWN = "unknown"
    """Nobody says when it was checked."""


def is_to_come(checked: date, today: date) -> bool:
    """Say whether nobody can have checked it on this day yet."""
    return checked > today + TOMORROW


def freshness_of(checked: date | None, today: date) -> Freshness:
    """Say how fresh a record is today that was last checked on this day."""
    if checked is None or is_to_come(checked, today):
        return Freshness.UNKNOWN
    days = (today - checked).days
    return Freshness.FRESH if days <= FRESH_DAYS else Freshness.AGEING if days <= AGEING_DAYS else Freshness.STALE
