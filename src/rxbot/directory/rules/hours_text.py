"""Read opening times out of plain English, as directories write them: "Mon-Fri 9-5; first Saturday of the month, 10-12".

A text is read whole or not at all: a word that is not known here may turn everything round. Other languages stay unread.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from rxbot.directory.rules import clock
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.hours_words import Token, Unread, tokens_of
from rxbot.directory.rules.openings import ALL_OF_IT, ALWAYS, EVERY_DAY, Opening, Sheet, all_doubtful
from rxbot.directory.rules.recurrence import ByDay, Days, Season, every_week

WEEKDAYS, WEEKEND = tuple(range(5)), (5, 6)
DAY_BEGINS = ("mo", "tu", "we", "th", "fr", "sa", "su")
BY_LETTERS = {"m-f": WEEKDAYS, "m-th": (0, 1, 2, 3), "m-w": (0, 1, 2), "mwf": (0, 2, 4), "tth": (1, 3), "tuth": (1, 3)}
NTH = {"fir": 1, "1st": 1, "sec": 2, "2nd": 2, "thi": 3, "3rd": 3, "fou": 4, "4th": 4, "fif": 5, "5th": 5, "las": -1}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
AT = ("time", "noon", "midnight")
RANGE = ("dash", "until")


@dataclass(frozen=True)
class Item:
    """A part of a clause: days, times, seasons, or a mark between them."""

    kind: str
    days: tuple[Days, ...] = ()
    spans: tuple[clock.Span, ...] = ()
    seasons: tuple[Season, ...] = ()

    def __add__(self, other: "Item") -> "Item":
        """Join two of a kind."""
        return Item(self.kind, self.days + other.days, self.spans + other.spans, self.seasons + other.seasons)


@lru_cache(maxsize=5_000)
def read_text(text: str) -> Sheet:
    """Read the opening times of a text; where it is not understood, all is unknown."""
    try:
        return replace(_sheet(text), sentence=text)
    except Unread:
        return Sheet(sentence=text)


def _sheet(text: str) -> Sheet:
    clauses = [_Pairing(items) for clause in _clauses(tokens_of(text)) if (items := _items(clause))]
    by_appointment = any(one.by_appointment for one in clauses)
    more = by_appointment or any(one.more for one in clauses)
    closed = {day for one in clauses for day in one.closed}
    breaks = [span for one in clauses for span in one.breaks]
    openings = [cut for one in clauses for opening in one.openings for cut in _cut(opening, closed, breaks)]
    doubts = tuple(dict.fromkeys(day for one in clauses for day in one.doubts))
    if not (openings or doubts or more):
        raise Unread(text)
    if any(one.breaks and one.openings for one in clauses) and len([one for one in clauses if one.openings]) > 1:
        raise Unread("a break on some of the days")
    if len(openings) > 1 and ALWAYS in openings:
        raise Unread("open day and night, and then not")
    sheet = Sheet(tuple(openings), doubts, Answer.UNKNOWN if more else Answer.NO)
    return all_doubtful(sheet) if by_appointment else sheet


def _cut(opening: Opening, closed: set[int], breaks: list[clock.Span]) -> Iterator[Opening]:
    """Give what is left of an opening beside closed days and the breaks of every day."""
    days = _but(opening.days, closed)
    left = [(opening.opens, opening.closes)] if days.byday else []
    for begin, end in breaks:
        left = [part for one in left for part in _around(one, begin, end)]
    yield from (Opening(days, opens, closes) for opens, closes in left)


def _but(days: Days, closed: set[int]) -> Days:
    return replace(days, byday=tuple(one for one in days.byday if one.day not in closed))


def _around(span: clock.Span, begin: int, end: int | None) -> list[clock.Span]:
    opens, closes = span
    if closes is None or end is None:
        raise Unread("a break in what has no end")
    parts: list[tuple[int, int]] = [(opens, min(closes, begin)), (max(opens, end), closes)]
    return [(a, b) for a, b in parts if a < b]


def _clauses(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    for ends, clause in groupby(tokens, key=lambda one: one.kind == "break"):
        if not ends:
            yield list(clause)


def _items(tokens: list[Token]) -> list[Item]:
    """Give the parts of a clause in order, neighbours of a kind as one."""
    reader, items = _Clause(tokens), list[Item]()
    while reader.left:
        item = reader.item()
        if item and items and items[-1].kind == item.kind:
            items[-1] += item
        elif item:
            items.append(item)
    return items


class _Clause:
    """Reads a clause from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self.left = list(tokens)
        halves = {"a" if one.words.startswith("m") else "p" for one in tokens if one.kind == "part"}
        if len(halves) > 1:
            raise Unread("mornings and afternoons")
        self.half = "".join(halves)
        self.before = ""

    def item(self) -> Item | None:
        """Take the next part; None for what only joins."""
        kind = self.left[0].kind
        if kind == "dash" and self.before not in RANGE:
            self._joining_dash()
            return None
        read = {
            **dict.fromkeys(AT, self._times), "whole": self._whole, "nth": self._nth, "month": self._season,
            "alternate": self._alternate, **dict.fromkeys(("day", "every", "weekdays", "weekend", "letters"), self._days),
        }.get(kind)  # fmt: skip
        self.before = kind
        if read:
            return read()
        if kind in RANGE or kind == "monthly":
            raise Unread(kind)
        self.left.pop(0)
        return None if kind == "join" else Item(kind)

    def _joining_dash(self) -> None:
        """A dash may stand between a day and its times, as a comma does."""
        following = self.left[1].kind if len(self.left) > 1 else ""
        day_first = self.before == "days" and following in (*AT, "whole", "appointment", "closed")
        if not day_first and not (self.before == "times" and following in ("day", "nth", "every", "weekdays", "weekend")):
            raise Unread("-")
        self.left.pop(0)

    def _next_is(self, *kinds: str) -> bool:
        return bool(self.left) and self.left[0].kind in kinds

    def _times(self) -> Item:
        self.before = "times"
        opens = self._at()
        if self._next_is(*RANGE) and len(self.left) > 1 and self.left[1].kind in AT:
            self.left.pop(0)
            span = clock.span(opens, self._at(), self.half)
        else:
            span = clock.start(opens, self.half)
        if span is None:
            raise Unread("morning or evening")
        return Item("times", spans=(span,))

    def _at(self) -> clock.Written:
        at = self.left.pop(0).at
        assert at is not None
        return at

    def _whole(self) -> Item:
        self.before = "times"
        self.left.pop(0)
        return Item("times", spans=(ALL_OF_IT,))

    def _days(self) -> Item:
        self.before = "days"
        first = self._weekdays()
        if len(first) == 1 and self._next_is(*RANGE) and len(self.left) > 1 and self.left[1].kind == "day":
            self.left.pop(0)
            [last] = self._weekdays()
            if (first[0], last) == (6, 0):
                raise Unread("Sunday to Monday: two days, or all")
            first = tuple((first[0] + n) % 7 for n in range((last - first[0]) % 7 + 1))
        return Item("days", (every_week(*first),))

    def _weekdays(self) -> tuple[int, ...]:
        one = self.left.pop(0)
        match one.kind:
            case "every":
                return EVERY_DAY
            case "weekdays":
                return WEEKDAYS
            case "weekend":
                return WEEKEND
            case "letters":
                return BY_LETTERS[re.sub(r"[ /&]", "", one.words)]
            case "day":
                return (DAY_BEGINS.index(one.words[:2]),)
        raise Unread(one.words)

    def _nth(self) -> Item:
        """Read "first and third Saturday of the month"."""
        self.before = "days"
        numbers = [NTH[self.left.pop(0).words[:3]]]
        while self._next_is("join", "nth"):
            one = self.left.pop(0)
            numbers += [NTH[one.words[:3]]] if one.kind == "nth" else []
        if not self._next_is("day"):
            raise Unread("which day")
        [day] = self._weekdays()
        while self._next_is("part", "monthly"):
            self.left.pop(0)
        return Item("days", (Days("MONTHLY", tuple(ByDay(day, nth) for nth in numbers)),))

    def _alternate(self) -> Item:
        """Every second week, but nobody says which."""
        self.left.pop(0)
        if not self._next_is("day"):
            raise Unread("alternate")
        return Item("alternate", self._days().days)

    def _season(self) -> Item:
        self.before = "season"
        first, day = self._month(), self._day_of_month()
        if self._next_is(*RANGE) and len(self.left) > 1 and self.left[1].kind == "month":
            self.left.pop(0)
            last, end = self._month(), self._day_of_month()
            return Item("season", seasons=(((first, day or 1), (last, end or 31)),))
        if day:
            raise Unread("a date")
        return Item("season", seasons=(((first, 1), (first, 31)),))

    def _month(self) -> int:
        return MONTHS.index(self.left.pop(0).words[:3]) + 1

    def _day_of_month(self) -> int:
        if not self._next_is("time"):
            return 0
        at = self._at()
        if at.half or at.minute % 60 or not 1 <= at.minute // 60 <= 31:
            raise Unread("a date")
        return at.minute // 60


class _Pairing:
    """Puts the days and times of a clause together, whichever come first, and finds what is closed."""

    def __init__(self, items: list[Item]) -> None:
        self.openings: list[Opening] = []
        self.doubts: list[Days] = []
        self.closed: set[int] = set()
        self.breaks: list[clock.Span] = []
        self.more = any(one.kind == "more" for one in items)
        self.by_appointment = [one.kind for one in items if one.kind != "more"] == ["appointment"]
        self._days: tuple[Days, ...] = ()
        self._spans: tuple[clock.Span, ...] = ()
        self._seasons: tuple[Season, ...] = ()
        self._out_of_season = False
        self._only_asked = False
        left = [one for one in items if one.kind not in ("more", "part")]
        self._days_first = next((one.kind != "times" for one in left if one.kind in ("days", "times")), True)
        while left and not self.by_appointment:
            left = self._take(left[0], left[1:])
        self._end()

    def _take(self, item: Item, following: list[Item]) -> list[Item]:
        """Take one part, and give what follows it and was not taken along."""
        match item.kind:
            case "days":
                self._take_days(item.days)
            case "times":
                self._take_times(item.spans)
            case "season":
                self._take_season(item.seasons)
            case "alternate":
                self.doubts += item.days
                self._spans = ()
                return following[1:] if following and following[0].kind == "times" else following
            case "appointment":
                self._ask_first()
            case "closed" if self._days and self._days_first:
                self.closed |= _weekdays(self._days)
                self._days = ()
            case "closed":
                return self._close(following)
            case "but":
                return self._leave_out(following)
            case "holidays":
                pass
            case _:
                raise Unread(item.kind)
        return following

    def _take_days(self, days: tuple[Days, ...]) -> None:
        if any(a.freq == "MONTHLY" and b.freq == "WEEKLY" for a, b in pairwise(days)):
            raise Unread("first Monday and Tuesday")
        weekly = _weekdays((*self._days, *days))
        others = (one for one in (*self._days, *days) if one.freq != "WEEKLY")
        self._days = (*((every_week(*sorted(weekly)),) if weekly else ()), *others)
        if not self._days_first:
            self._pair()

    def _take_times(self, spans: tuple[clock.Span, ...]) -> None:
        if ALL_OF_IT in spans and len(spans) > 1:
            raise Unread("all day, and then not")
        self._spans = spans
        if self._days_first:
            self._pair()

    def _pair(self) -> None:
        if not (self._days and self._spans) or self._out_of_season:
            raise Unread("days without times, or times without days")
        days = [replace(one, seasons=self._seasons) for one in self._days]
        self.openings += (Opening(one, *span) for one in days for span in self._spans)
        self._days, self._spans = (), ()

    def _take_season(self, seasons: tuple[Season, ...]) -> None:
        """A season before the days is theirs; one at the end is that of all before it."""
        if self.openings and not self._seasons:
            self.openings = [replace(one, days=replace(one.days, seasons=seasons)) for one in self.openings]
            self._out_of_season = True
        self._seasons = seasons

    def _ask_first(self) -> None:
        """By appointment: on the days just named, or else whenever this clause says."""
        self._only_asked = self._only_asked or not self._days
        self._leave_open_days()

    def _close(self, following: list[Item]) -> list[Item]:
        """Take what is closed, up to the end of the clause: days, or a time of every day."""
        days = tuple(day for one in following if one.kind == "days" for day in one.days)
        spans = [span for one in following if one.kind == "times" for span in one.spans]
        kinds = {one.kind for one in following}
        if not kinds or kinds - {"days", "times", "holidays", "lunch", "alternate"}:
            raise Unread("closed")
        if spans and days and _weekdays(days) != set(EVERY_DAY):
            raise Unread("closed at some time of some day")
        self.breaks += spans
        self.doubts += (day for one in following if one.kind == "alternate" for day in one.days)
        self.doubts += (one for one in days if one.freq != "WEEKLY")
        self.closed |= set() if spans else _weekdays(days)
        return []

    def _leave_out(self, following: list[Item]) -> list[Item]:
        """Take the days that are an exception out of those before it."""
        if not following or following[0].kind not in ("days", "holidays"):
            raise Unread("except")
        while following and following[0].kind in ("days", "holidays"):
            days, following = following[0].days, following[1:]
            self.doubts += (one for one in days if one.freq != "WEEKLY")
            closed = _weekdays(days)
            self._days = tuple(_but(one, closed) for one in self._days)
            self.openings = [replace(one, days=_but(one.days, closed)) for one in self.openings]
        return following

    def _leave_open_days(self) -> None:
        self.doubts += (replace(one, seasons=self._seasons) for one in self._days)
        self._days = ()

    def _end(self) -> None:
        if self._spans == (ALL_OF_IT,) and not self.openings:
            self._take_days((every_week(*EVERY_DAY),))
        if self._spans or (self._seasons and not (self.openings or self._days or self.doubts)):
            raise Unread("when")
        self._leave_open_days()
        if self._only_asked:
            self.doubts += dict.fromkeys(one.days for one in self.openings)
            self.openings = []


def _weekdays(days: Iterable[Days]) -> set[int]:
    """Give the days of the week that are meant every week."""
    return {one.day for some in days if some.freq == "WEEKLY" for one in some.byday}
