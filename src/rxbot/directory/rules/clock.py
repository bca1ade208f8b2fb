"""Read times of the day as people write them in English: "9", "8:30 a.m.", "noon", "17:00"; minutes from midnight on.

What may be morning or evening ("7-9") is not guessed at.
"""

import re
from dataclasses import dataclass

from rxbot.directory.rules.openings import DAY

NOON = DAY // 2
SHORT, LONGEST = 2 * 60, 19 * 60
NOT_AN_AMOUNT = r"(?![\d%]|[:.]\d|st\b|nd\b|rd\b|th\b|\s*-?\s*(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?)\b)"
WRITTEN = (
    r"(?<![\d.:$£€#])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::00)?)?"
    + NOT_AN_AMOUNT
    + r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?|[ap]\b))?"
)


@dataclass(frozen=True)
class Written:
    """A time as written. Without `half` ("am", "pm") it may be of the morning or of the evening, but on a 24-hour clock."""

    minute: int
    half: str = ""
    named: bool = False
    of_24: bool = False

    @property
    def certain(self) -> bool:
        """Say whether it can be only one time of the day."""
        return bool(self.half) or self.named or self.of_24


NAMED = {"noon": Written(NOON, named=True), "midnight": Written(DAY, named=True)}
Span = tuple[int, int | None]


def written(match: re.Match[str]) -> Written | None:
    """Give what the pattern WRITTEN has found; None where no clock shows it."""
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if minute > 59 or hour > 31 or (half and not 1 <= hour <= 12) or (hour > 23 and match["minute"]):
        return None  # up to 31 it may be a day of the month
    if half:
        return Written(hour % 12 * 60 + minute + (NOON if half == "p" else 0), half)
    return Written(hour * 60 + minute, of_24=hour > 12 or hour == 0 or match["hour"].startswith("0"))


def span(opens: Written, closes: Written, half: str = "") -> Span | None:
    """Give from when to when this is. `half` is the half of the day that words beside it name, such as "evenings"."""
    if max(opens.minute, closes.minute) > DAY:
        return None
    found = [pair for a in _readings(opens) for b in _readings(closes) if (pair := _fits(a, b))]
    return _likeliest(opens, closes, found, half)


def start(opens: Written, half: str = "") -> Span | None:
    """Give a beginning whose end is not said. From one to six it is the afternoon: nobody opens at night."""
    if opens.certain:
        return (opens.minute % DAY, None) if opens.minute <= DAY else None
    if half:
        return opens.minute % NOON + (NOON if half == "p" else 0), None
    hour = opens.minute // 60
    return (opens.minute % NOON + NOON, None) if hour == 12 or 1 <= hour <= 6 else None


def _readings(one: Written) -> tuple[int, ...]:
    if one.named or one.of_24 or one.half:
        return (one.minute,)
    return (one.minute % NOON, one.minute % NOON + NOON)


def _fits(opens: int, closes: int) -> tuple[int, int] | None:
    """Give the span, over midnight where it has to be. One longer than any day's work, or from a night into noon, is a slip."""
    opens, closes = opens % DAY, DAY if closes in (0, DAY - 1) else closes
    end = closes if closes > opens else closes + DAY
    whole = (opens, end) == (0, DAY)
    return (opens, end) if whole or (end - opens <= LONGEST and end <= DAY + NOON) else None


def _likeliest(opens: Written, closes: Written, found: list[tuple[int, int]], half: str) -> Span | None:
    if len(found) <= 1 or (opens.certain and closes.certain):
        return found[0] if found else None
    if half:
        found = [(a, b) for a, b in found if (a >= NOON) == (half == "p")]
        return min(found, key=_length, default=None)
    by_day = [(a, b) for a, b in found if b <= DAY]
    if opens.certain or closes.certain:
        return _with_one_half(opens, closes, by_day)
    return _bare(opens.minute // 60, by_day)


def _with_one_half(opens: Written, closes: Written, by_day: list[tuple[int, int]]) -> Span | None:
    """One of the two says which half it is. "1-4 pm" shares it; "8 am-10" may end in either half."""
    near = [pair for pair in by_day if _length(pair) < NOON]
    if closes.certain:
        return min(near or by_day, key=_length, default=None) if closes.minute < DAY or len(by_day) == 1 else None
    either_half = opens.half == "a" and opens.minute < closes.minute != NOON
    return None if either_half else min(by_day, key=_length, default=None)


def _bare(hour: int, by_day: list[tuple[int, int]]) -> Span | None:
    """Neither says so: doors open from seven to noon in the morning, later in the afternoon, at five or six in either half."""
    wanted = [(a, b) for a, b in by_day if _opens_like(hour, a, b)]
    best = min(wanted, key=_length, default=None)
    if best is None or (_length(best) <= SHORT and best[0] < NOON and best[1] != NOON):
        return None  # "8-9" is an hour, or all the day and the evening
    return best if not (hour == 7 and best[1] < NOON) else None


def _opens_like(hour: int, opens: int, closes: int) -> bool:
    if 7 <= hour <= 11:
        return opens < NOON
    if hour in (5, 6):
        return closes - opens <= 5 * 60 if opens >= NOON else 10 * 60 <= closes - opens <= 14 * 60
    return opens >= NOON


def _length(pair: tuple[int, int]) -> int:
    return pair[1] - pair[0]
