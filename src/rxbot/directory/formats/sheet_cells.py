"""Read one cell of the coordinator's sheet, or say what to write in its place."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from rxbot.directory.formats.times import Times, read_times
from rxbot.directory.stems import fold

OLDEST = 130
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]{2,}")
WEB_PAGE = re.compile(r"(?:https?://)?[^\s/@,;]+\.[^\s/@,;.]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
AGE_MEANT = re.compile(r"(\d+)\s*(?:\+|years?(?: old)?|yrs?|and (?:over|up|above)|or (?:over|older|more))")
DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?|noon|midday|midnight"
OPEN = re.compile(
    rf"(?P<days>.+?)[,:]?\s+(?:from\s+)?(?P<opens>{CLOCK})\s*(?:-|–|to|until|till)\s*(?P<closes>{CLOCK})", re.IGNORECASE
)
EXCEL_DAY_ONE, EXCEL_DAYS = datetime(1899, 12, 30), range(30_000, 80_000)  # noqa: DTZ001  # a day of the calendar
NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
WORDS = {word: n if n < 20 else (n - 18) * 10 for n, word in enumerate(NUMBER_WORDS.split())}


class Wrong(ValueError):
    """What is wrong with a cell, and what to write in its place."""


def text(cell: str) -> str:
    """Take the words as they are."""
    return cell


def age(cell: str) -> float:
    """Read an age in years."""
    number = _number(cell, _age_meant(cell))
    if not 0 <= number <= OLDEST:
        raise Wrong(f"{number:g} is no age. Write a number from 0 to {OLDEST}, or leave it empty for any age.")
    return number


def latitude(cell: str) -> float:
    """Read a latitude."""
    return _degrees(cell, 90, "53.4631")


def longitude(cell: str) -> float:
    """Read a longitude."""
    return _degrees(cell, 180, "-2.2913")


def listed(cell: str) -> tuple[str, ...]:
    """Read several things with commas, semicolons or line ends between them."""
    return tuple(filter(None, (part.strip() for part in re.split(r"[;,\n]", cell))))


def areas(cell: str) -> tuple[str, ...]:
    """Read areas; one such as "Leigh, Wigan" is kept whole where semicolons stand between areas."""
    return tuple(filter(None, (part.strip() for part in re.split(r"[;\n]" if ";" in cell else r"[,\n]", cell))))


def phones(cell: str) -> tuple[str, ...]:
    """Read one number or several."""
    found = tuple(filter(None, (part.strip() for part in re.split(r"[;\n]|,\s|\bor\b| / ", cell))))
    if bad := next((one for one in found if sum(map(str.isdigit, one)) < 3), ""):
        raise Wrong(f"'{_short(bad)}' is no phone number. Write it with its digits, such as 0161 496 0000.")
    if large := next((one for one in found if re.fullmatch(r"\d[.,]\d+E\+\d+", one, re.IGNORECASE)), ""):
        raise Wrong(f"'{large}' is how Excel shortens a long number. Set the cell's format to Text and write it again.")
    return found


def opening_times(cell: str) -> tuple[dict[str, str], ...]:
    """Read opening times as schedules where all of them are plain, such as "Mondays, 10am to noon"; else as words."""
    plain = [_schedule(part) for part in map(str.strip, re.split(r"[;\n]", cell)) if part]
    return tuple(filter(None, plain)) if all(plain) else ({"description": cell},)


def _schedule(words: str) -> dict[str, str] | None:
    written = OPEN.fullmatch(words.rstrip("."))
    times = read_times(written["days"], written["opens"], written["closes"]) if written else Times()
    if times.freq != "WEEKLY" or not (times.opens_at and times.closes_at):
        return None
    columns = {"freq": times.freq, "byday": times.byday, "opens_at": times.opens_at, "closes_at": times.closes_at}
    return {"description": words, **columns}


def email(cell: str) -> str:
    """Read an address for e-mail."""
    if not EMAIL.fullmatch(cell):
        raise Wrong(f"'{_short(cell)}' is no e-mail address. Write one, such as hello@example.org.")
    return cell


def web_page(cell: str) -> str:
    """Read an address of the web, with or without its beginning."""
    if not WEB_PAGE.fullmatch(cell):
        raise Wrong(f"'{_short(cell)}' is no web address. Write one, such as https://example.org.")
    return cell if cell.lower().startswith("http") else f"https://{cell}"


def day(cell: str) -> str:
    """Read a day as YYYY-MM-DD, guessing at nothing."""
    found = _day(cell.removesuffix("T00:00:00").removesuffix(" 00:00:00"))
    if found.year < 1990:
        raise Wrong(f"{found.isoformat()} is too long ago. Write the day somebody last checked it, such as 2026-03-25.")
    return found.isoformat()


def _day(cell: str) -> date:
    if written := DAY.fullmatch(cell):
        return _day_of_numbers(cell, *map(int, written.groups()))
    if cell.isdecimal() and int(cell) in EXCEL_DAYS:
        meant = (EXCEL_DAY_ONE + timedelta(int(cell))).date().isoformat()
        raise Wrong(f"{cell} is how Excel counts days. Write {meant}, if that is the day you mean.")
    for pattern in ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y"):
        try:
            return datetime.strptime(cell, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise Wrong(f"'{_short(cell)}' is no day we can read. Write it as year-month-day, such as 2026-03-25.")


def _day_of_numbers(cell: str, first: int, second: int, year: int) -> date:
    """Read 25/03/2026, which can be only one day. 03/04/2026 can be two."""
    found = {day for order in ((first, second), (second, first)) if (day := _date(year, *reversed(order)))}
    if not found:
        raise Wrong(f"'{cell}' is no day of the calendar. Write it as year-month-day, such as 2026-03-25.")
    if len(found) > 1:
        one, other = sorted(found)
        raise Wrong(f"'{cell}' can be two days. Write {one.isoformat()} or {other.isoformat()}.")
    return found.pop()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _degrees(cell: str, most: int, such_as: str) -> float:
    number = _number(cell, None, such_as)
    if abs(number) > most:
        raise Wrong(f"{number:g} is not on the map. Write a number from -{most} to {most}, such as {such_as}.")
    return number


def _number(cell: str, meant: int | None, such_as: str = "16") -> float:
    if not NUMBER.fullmatch(cell):
        raise Wrong(f"'{_short(cell)}' is not a number. Write {such_as if meant is None else meant}" + _as_example(meant))
    return float(cell.replace(",", "."))


def _as_example(meant: int | None) -> str:
    return "." if meant is not None else " or the like."


def _age_meant(cell: str) -> int | None:
    """Guess what somebody meant who wrote "sixteen" or "18+"."""
    if written := AGE_MEANT.fullmatch(fold(cell)):
        return int(written[1])
    parts = re.split(r"[\s-]+", fold(cell))
    return sum(WORDS[part] for part in parts) if all(part in WORDS for part in parts) else None


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


Read = Callable[[str], object]
