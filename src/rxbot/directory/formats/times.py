"""Read days and times as people write them into the columns of an HSDS schedule.

"Monday - Friday", "Mon, Wed-Fri", "2nd & 4th Saturday"; "9:00am", "17:00", "24 Hours". What cannot be read is not guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rxbot.directory.rules.recurrence import DAYS

ISO_TIME = re.compile(r"([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?")
CLOCK = re.compile(r"(\d{1,2}?)(?:[:.]?([0-5]\d))?\s*([ap])(?:\.?\s?m\.?)?", re.IGNORECASE)
NAMED_TIMES = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00", "12 midnight": "00:00"}
ALL_DAY = re.compile(r"(open )?(24 ?h(ou)?rs?|24/7|all day|24 hours (a|per) day)\.?")
OPEN_ALL_DAY = ("00:00", "23:59")

DAY = re.compile(
    r"(?P<day>mo|tu|we|th|fr|sa|su|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|weds?|thurs?"
    r"|thu|fri|sat|sun|[1-7])"
)
SPAN = re.compile(rf"{DAY.pattern}\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b)\s*{DAY.pattern.replace('<day>', '<last>')}")
ORDINALS = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4", "fifth": "5",
    "5th": "5", "last": "-1",
}  # fmt: skip
EVERY = {
    "daily": DAYS,
    "every day": DAYS,
    "everyday": DAYS,
    "7 days a week": DAYS,
    "seven days a week": DAYS,
    "weekdays": DAYS[:5],
    "weekday": DAYS[:5],
    "weekends": DAYS[5:],
    "weekend": DAYS[5:],
}
BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\band\b)\s*")
OF_THE_MONTH = re.compile(r"\s*\b(?:(?:of|in) (?:the|each|every) month|monthly)\b\.?\s*$")
RULE_DAY = re.compile(r"([-+]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True)
class Times:
    """When a schedule says it is open. `said` is what could not be read, for people to read."""

    freq: str = ""
    byday: str = ""
    opens_at: str = ""
    closes_at: str = ""
    said: str = ""


@lru_cache(maxsize=4096)
def read_times(days: str, opens: str, closes: str) -> Times:
    """Read a row's days and times. All is left as said where one of them cannot be read."""
    begin, end = _span(opens, closes)
    freq, byday = read_days(days)
    if (days and not byday) or (opens and not begin) or (closes and not end):
        return Times(said=", ".join(filter(None, (days, " - ".join(filter(None, (opens, closes)))))))
    return Times(freq, byday, begin, end)


def read_time(text: str) -> str:
    """Give a time of day as HH:MM, a time that is written so as it stands, or nothing."""
    said = text.strip().casefold()
    if ISO_TIME.fullmatch(text.strip()):
        return text.strip().zfill(5) if len(text.strip()) < 5 else text.strip()
    if said in NAMED_TIMES:
        return NAMED_TIMES[said]
    found = CLOCK.fullmatch(said)
    if not found or not 1 <= int(found[1]) <= 12:
        return ""
    return f"{int(found[1]) % 12 + 12 * (found[3] == 'p'):02}:{found[2] or '00'}"


def read_days(text: str) -> tuple[str, str]:
    """Give how often and on which days, as a recurrence rule says it: ("WEEKLY", "MO,TU") or ("MONTHLY", "2SA")."""
    said = OF_THE_MONTH.sub("", " ".join(text.casefold().split()).strip(" ."))
    if said in EVERY:
        return "WEEKLY", ",".join(EVERY[said])
    days = tuple(_days(BETWEEN.split(said))) if said else ()
    if not days or "" in days:
        return "", ""
    lengths = {len(day) > 2 for day in days}
    if len(lengths) > 1:
        return "", ""
    return ("MONTHLY", ",".join(dict.fromkeys(days))) if True in lengths else ("WEEKLY", in_week_order(days))


def is_rule(byday: str) -> bool:
    """Say whether these days are already written as a recurrence rule has them."""
    return all(RULE_DAY.fullmatch(day.strip()) for day in byday.split(","))


def in_week_order(days: Iterable[str]) -> str:
    """Join days of the week, Monday first, each once."""
    return ",".join(sorted(set(days), key=DAYS.index))


def _span(opens: str, closes: str) -> tuple[str, str]:
    """Read from when until when. "8:00am" to "5:00" is left unread rather than taken for five in the morning."""
    if any(ALL_DAY.fullmatch(text.strip().casefold()) for text in (opens, closes)):
        return OPEN_ALL_DAY
    begin, end = read_time(opens), read_time(closes)
    no_half = ISO_TIME.fullmatch(closes.strip()) and end != "00:00"
    return (begin, "") if no_half and end <= begin < "13:00" else (begin, end)


def _days(parts: Iterable[str]) -> Iterator[str]:
    """Give the days of each part, an empty one for what is none. In "1st, 3rd Tuesday" a number waits for its day."""
    waiting: list[str] = []
    for part in filter(None, parts):
        first, _, rest = part.partition(" ")
        if part in ORDINALS:
            waiting.append(ORDINALS[part])
        elif first in ORDINALS and DAY.fullmatch(rest):
            yield from (f"{number}{_day(rest)}" for number in (*waiting, ORDINALS[first]))
            waiting = []
        elif span := SPAN.fullmatch(part):
            yield from _from_to(_day(span["day"]), _day(span["last"]))
        else:
            yield _day(part) if DAY.fullmatch(part) else ""
    yield from ("" for _ in waiting)


def _day(word: str) -> str:
    return DAYS[int(word) - 1] if word.isdigit() else word[:2].upper()


def _from_to(first: str, last: str) -> tuple[str, ...]:
    """Give the days from one to another, over the end of the week where they say so."""
    begin, end = DAYS.index(first), DAYS.index(last)
    return DAYS[begin : end + 1] if begin <= end else DAYS[begin:] + DAYS[: end + 1]
