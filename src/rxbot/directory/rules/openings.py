"""Opening times as read: what is open, what is closed, and where nobody can tell."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.recurrence import Days, every_week

DAY = 24 * 60  # minutes


@dataclass(frozen=True)
class Opening:
    """Open on these days, from one minute of the day to another, after midnight beyond 1440. None: until when is not said."""

    days: Days
    opens: int
    closes: int | None


EVERY_DAY, ALL_OF_IT = tuple(range(7)), (0, DAY)
ALWAYS = Opening(every_week(*EVERY_DAY), *ALL_OF_IT)


@dataclass(frozen=True)
class Sheet:
    """What one schedule says, with its sentence. It knows nothing of days before `valid_from` and after `valid_to`.

    On days of `doubts` nothing is certain. `rest` is what holds outside of the openings: no is closed. `offsets` are the
    distances from UTC it was written for, where it says so.
    """

    openings: tuple[Opening, ...] = ()
    doubts: tuple[Days, ...] = ()
    rest: Answer = Answer.UNKNOWN
    sentence: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    offsets: frozenset[timedelta] = frozenset()

    def valid_on(self, day: date) -> bool:
        """Say whether it speaks of this day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_exception(self) -> bool:
        """Say whether it closes some days: it names no opening at all, and until when that is so."""
        return self.rest is Answer.NO and not (self.openings or self.doubts) and None not in (self.valid_from, self.valid_to)

    @property
    def says_something(self) -> bool:
        """Say whether anything is certain."""
        return bool(self.openings) or self.rest is Answer.NO


@dataclass(frozen=True)
class Hours:
    """The opening times of a service at one place: all that its schedules say together."""

    sheets: tuple[Sheet, ...] = ()


def all_doubtful(sheet: Sheet) -> Sheet:
    """Give what is left where none of the openings is certain: what is closed stays closed."""
    return replace(sheet, openings=(), doubts=(*sheet.doubts, *dict.fromkeys(one.days for one in sheet.openings)))
