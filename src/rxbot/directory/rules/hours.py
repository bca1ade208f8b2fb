"""Read when a service is open, by its schedules, and say whether it is so at a moment: only what is certain."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from rxbot.directory.model import Schedule, Service
from rxbot.directory.rules import clock
from rxbot.directory.rules.answers import Answer, Finding
from rxbot.directory.rules.hours_text import read_text
from rxbot.directory.rules.hours_words import tells_more
from rxbot.directory.rules.openings import ALWAYS, DAY, Hours, Opening, Sheet
from rxbot.directory.rules.recurrence import DAYS, FREQUENCIES, ByDay, Days
from rxbot.directory.rules.sentences import first_sentence_of
from rxbot.directory.stems import fold

LOOK_AHEAD = timedelta(days=60)
EVENING = 17 * 60 + 30
MANY_CLOSE = frozenset({(1, 1), (12, 25), (12, 26)})  # whatever their week says; other holidays are each country's own
OLDEST = 2000  # what counts from before then is a mistake in a file
FIELD_TIME = re.compile(rf"(?:{clock.WRITTEN})(?::\d\d)?\s*(?P<zone>z|[+-]\d\d:?\d\d)?")
BYDAY = re.compile(r"([+-]?[1-5])?\s*(mo|tu|we|th|fr|sa|su)[a-z]*")
Seen = tuple[Answer, bool]


@dataclass(frozen=True)
class OpenNow:
    """It is open, at least until then; None: for as long as one can see."""

    until: datetime | None


@dataclass(frozen=True)
class OpensAt:
    """It is closed, and opens then."""

    when: datetime


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell from what it says."""


Now = OpenNow | OpensAt | Unknown


def hours_of(schedules: Iterable[Schedule]) -> Hours:
    """Read all that the schedules of one service at one place say."""
    return Hours(tuple(dict.fromkeys(map(read_schedule, schedules))))


SHUT = re.compile(
    r"(?:(?:we|it|this service|the (?:service|centre|center|office|club|group)|our (?:doors|office)) )?(?:is |are |has been )?"
    r"(?:(?:currently|now|presently|still) )?(?:(?:temporarily|indefinitely|permanently) (?:closed|suspended|shut)"
    r"|(?:closed|suspended|shut|not open)"
    r" (?:until further notice|temporarily|indefinitely|permanently|for now|for the time being))"
    r"(?: (?:until further notice|due to|because of|owing to|for)\b[^.;\d]*)?[.! ]*"
)
"""Opening times that say there are none now, and nothing else."""


def is_shut(schedule: Schedule) -> bool:
    """Say whether a schedule says, in place of times, that it is closed for now."""
    return bool(schedule.description) and bool(SHUT.fullmatch(fold(schedule.description).strip()))


def shut_notice(schedules: Iterable[Schedule]) -> str:
    """Give the words by which all of these schedules say that it is closed for now."""
    found = tuple(schedules)
    return found[0].description.strip() if found and all(map(is_shut, found)) else ""


@lru_cache(maxsize=5_000)
def read_schedule(schedule: Schedule) -> Sheet:
    """Read one schedule: by its fields, where its text says no more than they do; else by its text."""
    text = schedule.description.strip()
    if is_shut(schedule):
        return Sheet(rest=Answer.NO, sentence=text)
    told, written = _from_fields(schedule), read_text(text)
    if told is None:
        sheet = Sheet(rest=Answer.NO) if not text and _closes_some_days(schedule) else written
    elif text and (tells_more(text) or written.openings) and not _holds(written, told):
        sheet = Sheet()
    else:
        sheet = written if text and tells_more(text) else Sheet((told,), rest=Answer.NO)
    return replace(sheet, sentence=text, valid_from=schedule.valid_from, valid_to=schedule.valid_to, offsets=_offsets(schedule))


def opening(hours: Hours, at: datetime) -> Now:
    """Say whether it is open at this moment, until when, or when it opens. `at` is in the time zone of the service."""
    if not _are_of_zone(hours, at):
        return Unknown()
    wall = at.replace(tzinfo=None, second=0, microsecond=0, fold=0)
    edges = _edges(hours, wall)
    now = _seen(hours, wall)[0]
    if now is Answer.UNKNOWN:
        return Unknown()
    turns = next((edge for edge in edges if _seen(hours, edge) != (now, False)), None)
    if now is Answer.YES:
        return OpenNow(turns and turns.replace(tzinfo=at.tzinfo))
    if turns is None or _seen(hours, turns) == (Answer.UNKNOWN, False):
        return Unknown()
    return OpensAt(turns.replace(tzinfo=at.tzinfo))


def open_in_evening(hours: Hours) -> Finding[Answer]:
    """Say whether it opens or stays open after half past five on a day from Monday to Friday, with the words that say so."""
    for sheet in hours.sheets:
        if any(_in_evening(one) for one in sheet.openings):
            return Finding(Answer.YES, sheet.sentence)
    unsure = next((sheet for sheet in hours.sheets if _may_be_in_evening(sheet)), None)
    if unsure or not any(sheet.says_something for sheet in hours.sheets):
        return Finding(Answer.UNKNOWN, unsure.sentence if unsure else "")
    return Finding(Answer.NO, hours.sheets[0].sentence)


def are_of_an_office(service: Service, hours: Hours) -> bool:
    """Say whether these are the hours of the office of a body of groups: no group meets from Monday to Friday."""
    days = {one.day for sheet in hours.sheets for opening in sheet.openings for one in opening.days.byday if not one.nth}
    return days >= {*range(FRIDAY + 1)} and _has_groups(service)


FRIDAY = 4


def _has_groups(service: Service) -> bool:
    """Say whether groups are what a service is, and not one thing among others."""
    first = first_sentence_of(service.description)
    filed = any(SELF_HELP.match(fold(one)) for one in service.categories)
    return filed or bool(GROUPS.search(fold(service.name)) or A_GROUP.match(fold(first)))


SELF_HELP = re.compile(r"(?:mutual|self)[- ](?:help|aid|support)\b(?! skills)")
GROUPS = re.compile(r"\b(?:(?:support|peer|discussion|(?:mutual|self)[- ](?:help|aid|support)) groups?|anonymous)\b")
A_GROUP = re.compile(
    r"(?:[\w'’&,()/-]+ ){0,8}?(?:is an?|are|provides|provides an?|offers|offers an?|runs|hosts|holds) (?:[\w-]+ ){0,4}?"
    r"(?:support|(?:mutual|self)[- ](?:help|aid|support)) group(?:s\b(?!,| and)|\b)"
    r"|(?:[\w'’&,()/-]+ ){0,8}?is a fellowship of\b"
)


def _in_evening(one: Opening) -> bool:
    late = one.opens >= EVENING if one.closes is None else one.closes > EVENING
    return late and _on_weekdays(one.days)


def _may_be_in_evening(sheet: Sheet) -> bool:
    no_end = any(one.closes is None and _on_weekdays(one.days) for one in sheet.openings)
    return sheet.rest is not Answer.NO or no_end or any(map(_on_weekdays, sheet.doubts))


def _on_weekdays(days: Days) -> bool:
    return not days.byday or any(one.day < 5 for one in days.byday)


def _seen(hours: Hours, wall: datetime) -> Seen:
    """Say whether it is open at this minute, and whether something begins at it whose end is not said."""
    day = wall.date()
    sheets = [sheet for sheet in hours.sheets if sheet.valid_on(day)]
    if any(sheet.is_exception for sheet in sheets):
        return Answer.NO, False
    if not sheets or _many_close(sheets, day) or any(one.fall_on(day) for s in sheets for one in s.doubts):
        return Answer.UNKNOWN, False
    minute = wall.hour * 60 + wall.minute
    over = minute + DAY, day - timedelta(days=1)
    found = {_at(one, *when) for sheet in sheets for one in sheet.openings for when in ((minute, day), over)}
    begins = any(one.closes is None and one.opens == minute and one.days.fall_on(day) for s in sheets for one in s.openings)
    if Answer.YES in found:
        return Answer.YES, False
    unsure = Answer.UNKNOWN in found or any(sheet.rest is Answer.UNKNOWN for sheet in sheets)
    return (Answer.UNKNOWN if unsure else Answer.NO), begins


def _many_close(sheets: Iterable[Sheet], day: date) -> bool:
    """Say whether this is a day on which nearly all close, but for what never does."""
    return (day.month, day.day) in MANY_CLOSE and not any(ALWAYS in sheet.openings for sheet in sheets)


def _at(one: Opening, minute: int, day: date) -> Answer:
    """Say what an opening means for this minute of this day. Where its end is not said, it may last until midnight."""
    closes = DAY if one.closes is None else one.closes
    if not (one.opens <= minute < closes and one.days.fall_on(day)):
        return Answer.NO
    return Answer.UNKNOWN if one.closes is None else Answer.YES


def _edges(hours: Hours, wall: datetime) -> Iterator[datetime]:
    """Give the moments after this one at which anything may change, in order."""
    minutes = sorted({0} | {m % DAY for s in hours.sheets for one in s.openings for m in (one.opens, one.closes or 0)})
    midnight = datetime.combine(wall.date(), time())
    for days in range(LOOK_AHEAD.days + 1):
        for minute in minutes:
            edge = midnight + timedelta(days=days, minutes=minute)
            if wall < edge <= wall + LOOK_AHEAD:
                yield edge


def _are_of_zone(hours: Hours, at: datetime) -> bool:
    """Say whether what was written for another time zone is written for this one: in winter or in summer."""
    here = {at.replace(month=month, day=1).utcoffset() for month in (1, 7)}
    return all(not sheet.offsets or sheet.offsets & here for sheet in hours.sheets)


def _holds(written: Sheet, told: Opening) -> bool:
    """Say whether a text names the opening that the fields tell: a text of all the week may stand beside each of its days."""
    days = set(told.days.byday)
    return any(days <= set(one.days.byday) and (one.opens, one.closes) == (told.opens, told.closes) for one in written.openings)


def _from_fields(schedule: Schedule) -> Opening | None:
    days, opens, closes = _days(schedule), _minute(schedule.opens_at), _minute(schedule.closes_at)
    if days is None or opens is None or closes is None:
        return None
    span = clock.span(clock.Written(opens, of_24=True), clock.Written(closes, of_24=True))
    if span is None or (opens == closes and opens):
        return None
    return Opening(days, *span)


def _days(schedule: Schedule) -> Days | None:
    """Read the days; None where they are not told, or tell what no calendar knows."""
    freq = schedule.freq.upper() or ("WEEKLY" if schedule.byday else "")
    interval, count = _number(schedule.interval or "1"), _number(schedule.count) if schedule.count else None
    byday, bymonthday = _byday(schedule.byday), _numbers(schedule.bymonthday)
    counted = interval != 1 or schedule.count
    if (
        freq not in FREQUENCIES
        or not interval
        or byday is None
        or bymonthday is None
        or schedule.byweekno
        or schedule.byyearday
        or (schedule.count and not count)
        or (counted and (schedule.dtstart is None or schedule.dtstart.year < OLDEST))
        or (freq in ("DAILY", "WEEKLY") and (bymonthday or any(one.nth for one in byday)))
        or (freq != "DAILY" and not (byday or bymonthday))
        or (freq == "YEARLY")
    ):
        return None
    wkst = schedule.wkst.strip().upper()[:2]
    start = DAYS.index(wkst) if wkst in DAYS else 0
    return Days(freq, byday, bymonthday, interval, count, schedule.dtstart, schedule.until, start)


def _byday(words: str) -> tuple[ByDay, ...] | None:
    parts = [BYDAY.fullmatch(part.strip()) for part in fold(words).split(",")] if words.strip() else []
    if any(part is None for part in parts):
        return None
    return tuple(ByDay(DAYS.index(part[2].upper()), int(part[1] or 0)) for part in parts if part)


def _number(words: str) -> int | None:
    return int(words) if words.strip().isdecimal() and 0 < int(words) < 1000 else None


def _numbers(words: str) -> tuple[int, ...] | None:
    parts = [part.strip() for part in words.split(",")] if words.strip() else []
    if not all(re.fullmatch(r"-?\d{1,2}", part) and 1 <= abs(int(part)) <= 31 for part in parts):
        return None
    return tuple(map(int, parts))


def _minute(words: str) -> int | None:
    match = FIELD_TIME.fullmatch(fold(words).strip())
    at = clock.written(match) if match else None
    return at.minute if at else None


def _offsets(schedule: Schedule) -> frozenset[timedelta]:
    zones = (match["zone"] for at in (schedule.opens_at, schedule.closes_at) if (match := FIELD_TIME.fullmatch(fold(at).strip())))
    hours = [schedule.timezone.strip()] if re.fullmatch(r"[+-]?\d{1,2}(?:\.\d+)?", schedule.timezone.strip()) else []
    return frozenset([*(timedelta(hours=float(one)) for one in hours), *map(_offset, filter(None, zones))])


def _offset(zone: str) -> timedelta:
    if zone == "z":
        return timedelta()
    sign, digits = (-1 if zone[0] == "-" else 1), zone[1:].replace(":", "")
    return sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))


def _closes_some_days(schedule: Schedule) -> bool:
    """Say whether it names days alone, and no time: those on which it is closed."""
    times = schedule.opens_at or schedule.closes_at or schedule.freq or schedule.byday
    return not times and None not in (schedule.valid_from, schedule.valid_to)
