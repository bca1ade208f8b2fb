"""Which day typed words name: "on Tuesday", "el martes que viene", "3/12". It is shown back, so that a wrong guess is seen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from rxbot.dialog.plain import plain

FARTHEST = 300  # days ahead: a day that is written without its year must not be taken for one of another year
NEXT_MONTHS = 62  # days in which every day of the month that there is comes once at least
_IN_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-\u2013]\s*(\d{1,2})(?:\s*[/.\-\u2013]\s*(\d{4}|\d{2}))?(?!\d)")
_COUNTED = re.compile(r"(\d{1,2})(st|nd|rd|th|o|a|er|ro)?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DAY = re.compile(r"\d{1,2}")
_HOUR = r"\d{1,2}(?:\s*[:.h]\s*\d{2})?(?:\s*(?:h|hrs|[ap]\.?m\.?))?(?!\w)"
_YEAR = re.compile(r"20\d\d")
_HOURS = re.compile(r"(?<!\d)\d{1,2}\s*[.\-\u2013]\s*\d{1,2}(?!\d|[.\-\u2013]\d)")  # "10.30", "2-4": in a sentence hardly a day
MOST_WORDS = 7  # that name one day
SHORT = 3  # letters: "sat" and "sun" are words of their own in a sentence


@dataclass(frozen=True)
class DayWords:
    """What days are called in one language, in plain form, by their place: weekdays from Monday, months from January, `ahead`
    from today. After `hours` comes an hour of the day, after `dated` a day of the month. `beside` are words and phrases that
    may stand around them and do not change which day it is.
    """

    weekdays: tuple[tuple[str, ...], ...] = ()
    months: tuple[tuple[str, ...], ...] = ()
    ahead: tuple[tuple[str, ...], ...] = ()
    hours: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("weekdays", "months", "ahead"):
            object.__setattr__(self, name, tuple(tuple(map(_bare, spellings)) for spellings in getattr(self, name)))
        for name in ("dated", "beside"):
            object.__setattr__(self, name, tuple(map(_bare, getattr(self, name))))

    @cached_property
    def hour(self) -> re.Pattern[str]:
        """Match an hour of the day, which does not change which day it is: "at 10", "a las 10:30"."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.hours)) or '(?!)'}) {_HOUR}", re.IGNORECASE)


def day_named(words: str, today: date, languages: Iterable[DayWords]) -> date | None:
    """Give the one day to come that these words name, and nothing beside it; they are of one language. Numbers: the day first."""
    read = (_read(words, today, names) for names in languages)
    return next((day for day in read if day and timedelta() <= day - today <= timedelta(FARTHEST)), None)


def day_within(words: str, today: date, names: DayWords) -> date | None:
    """Give the one day to come that is named somewhere in a sentence; none where it names several."""
    weekdays = tuple(tuple(one for one in same if len(one) > SHORT) for same in names.weekdays)
    left, found = _HOURS.sub(" ", words).split(), set[date]()
    for length in range(min(MOST_WORDS, len(left)), 0, -1):
        for start in range(len(left) - length + 1):
            day = day_named(" ".join(left[start : start + length]), today, (replace(names, weekdays=weekdays),))
            if day:
                found.add(day)
                left[start : start + length] = ["\0"] * length
    return next(iter(found)) if len(found) == 1 else None


def _read(words: str, today: date, names: DayWords) -> date | None:
    words = names.hour.sub(" ", words, count=1)
    numbers = _IN_NUMBERS.search(words)
    said = _Said(words.replace(numbers[0], " ", 1) if numbers else words, names)
    ahead, weekday = said.take(names.ahead), said.take(names.weekdays)
    day = _in_numbers(numbers, today) if numbers else _in_words(said, today) or _of_month(said, today, weekday)
    named = day or (today + timedelta(ahead) if ahead is not None else _coming(weekday, today))
    fits = named and weekday in (None, named.weekday()) and (ahead is None or named == today + timedelta(ahead))
    return named if fits and not said.left and not (numbers and day is None) else None


class _Said:
    """What was typed; whatever is understood is taken away."""

    def __init__(self, words: str, names: DayWords) -> None:
        self.names = names
        self._words = _bare(words)
        phrases = (one for one in names.beside if " " in one)
        self._away(phrases)

    def take(self, listed: Sequence[tuple[str, ...]]) -> int | None:
        """Take away the longest of these names that stands there, and give its place."""
        spelled = sorted(((one, place) for place, same in enumerate(listed) for one in same), key=lambda one: -len(one[0]))
        found = next(((one, place) for one, place in spelled if f" {one} " in f" {self._words} "), None)
        if found is None:
            return None
        self._away([found[0]])
        return found[1]

    def take_matching(self, pattern: re.Pattern[str]) -> str:
        """Take away the first word that is all of this, and give what stands in its first group."""
        found = next((match for one in self._words.split() if (match := pattern.fullmatch(one))), None)
        if found is None:
            return ""
        self._away([found[0]])
        return found[1] if found.re.groups else found[0]

    @property
    def is_dated(self) -> bool:
        """Say whether a number stands behind a word for a day of the month."""
        said = self._words.split()
        return any(before in self.names.dated and _DAY.fullmatch(one) for before, one in pairwise(said))

    @property
    def left(self) -> bool:
        """Say whether something stands there that says more."""
        return any(one not in self.names.beside for one in self._words.split())

    def _away(self, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            self._words = " ".join(f" {self._words} ".replace(f" {phrase} ", " ", 1).split())


def _in_words(said: _Said, today: date) -> date | None:
    month = said.take(said.names.months)
    if month is None:
        return None
    year, day = said.take_matching(_YEAR), said.take_matching(_COUNTED)
    return _date(int(day), month + 1, int(year or 0), today) if day else None


def _of_month(said: _Said, today: date, weekday: int | None) -> date | None:
    """Give the next day of this number; a bare number is none, unless a weekday or a word for it stands beside it."""
    day = said.take_matching(_ORDINAL) or (said.take_matching(_DAY) if weekday is not None or said.is_dated else "")
    coming = (today + timedelta(ahead) for ahead in range(NEXT_MONTHS))
    return next((one for one in coming if one.day == int(day)), None) if day else None


def _in_numbers(found: re.Match[str], today: date) -> date | None:
    day, month, year = (int(number or 0) for number in found.groups())
    return _date(day, month, year + 2000 if 0 < year < 100 else year, today)


def _date(day: int, month: int, year: int, today: date) -> date | None:
    """Give the day of the calendar; without a year the next one there is."""
    for one in (year,) if year else (today.year, today.year + 1):
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _coming(weekday: int | None, today: date) -> date | None:
    """Give the next such day after today: nobody calls today by its name."""
    return None if weekday is None else today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _bare(words: str) -> str:
    """Fold as ever, and leave out the Arabic sign that many do not write at the end of a day's name."""
    return " ".join(one.removesuffix("ء") for one in plain(words).split())
