"""Read one cell of the coordinator's sheet, or say what to write in its place."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from rxbot.directory.formats.times import Times, read_times
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.hours_text import read_text
from rxbot.directory.rules.openings import DAY as MIDNIGHT
from rxbot.directory.rules.recurrence import DAYS, every_week
from rxbot.directory.stems import fold

OLDEST = 130
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]{2,}")
WEB_PAGE = re.compile(r"(?:https?://)?[^\s/@,;]+\.[^\s/@,;.]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
AGE_FROM = re.compile(
    r"(?:(?:from|aged?) )?(\d+)s?\s*(?:\+|plus|years?(?: old)?|yrs?|and (?:over|up|above)|or (?:over|older|more))"
)
AGE_TO = re.compile(r"(?:(?:up )?to )?(\d+)\s*(?:years?(?: old)?|yrs?|and (?:under|below)|or (?:under|younger))?")
AGE_OVER, AGE_UNDER = re.compile(r"over (\d+)s?"), re.compile(r"under (\d+)s?")
AGE_SPAN = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)(?: ?(?:years?(?: old)?|yrs?))?")
ANY_AGE = {"any", "any age", "all", "all ages", "everyone", "anyone", "no limit"}
DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)")
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
A_DAY = "Write the day, the month as a word, and the year, such as 25 March 2026."
"""So a spreadsheet may write the day in its own way and it can still be only one."""
KEPT = "Write it with spaces, such as 0161 496 0000. Then Excel leaves it alone."
LETTER_IN_NUMBER = re.compile(r"\d ?[oOlI] ?\d")
SIDES = re.compile(r"(-?\d+[.,]?\d*)\s*°?\s*[NSEW]?[,;\s]\s*(-?\d+[.,]?\d*)\s*°?\s*[NSEW]?")
DEGREES = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEW])", re.IGNORECASE)
EXCEL_FAULT = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?|noon|midday|midnight"
OPEN = re.compile(
    rf"(?P<days>.+?)[,:]?\s+(?:from\s+)?(?P<opens>{CLOCK})\s*(?:-|–|to|until|till)\s*(?P<closes>{CLOCK})", re.IGNORECASE
)
EXCEL_DAY_ONE, EXCEL_DAYS = datetime(1899, 12, 30), range(30_000, 80_000)  # noqa: DTZ001  # a day of the calendar
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_IN_WORDS = tuple(
    pattern.replace("M", month).replace("Y", year)
    for pattern in ("%d M Y", "%d-M-Y", "%a %d M Y", "%A %d M Y", "%A, %d M Y", "M %d, Y", "M %d Y", "%d/M/Y")
    for month in ("%B", "%b")
    for year in ("%Y", "%y")
)
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


def check_spreadsheet(cell: str) -> None:
    """Refuse what a spreadsheet writes in place of what somebody wrote."""
    if EXCEL_FAULT.search(cell):
        raise Wrong(
            f"'{_short(cell)}' is what Excel writes where a formula failed. Write the words again, and begin with no = - or +."
        )
    if re.fullmatch("#{3,}", cell):
        raise Wrong("Excel wrote ### because the column is too narrow. Make the column wider, and save as CSV again.")


def lowest_age(cell: str) -> float | None:
    """Read the age from which people may come. "16+" can be only one."""
    said = fold(cell)
    _check_span(cell, said)
    found = AGE_FROM.fullmatch(said)
    return None if said in ANY_AGE else _age(found[1] if found else cell, AGE_OVER.fullmatch(said))


def highest_age(cell: str) -> float | None:
    """Read the age up to which people may come."""
    said = fold(cell)
    _check_span(cell, said)
    found = AGE_TO.fullmatch(said)
    if not found and (begins := AGE_FROM.fullmatch(said) or AGE_OVER.fullmatch(said)):
        raise Wrong(f"'{_short(cell)}' is a lowest age. Write {begins[1]} under 'lowest age', and leave this empty.")
    if under := AGE_UNDER.fullmatch(said):
        raise Wrong(f"'{_short(cell)}' can be two ages. Write {int(under[1]) - 1}, or {under[1]} where that age may come too.")
    return None if said in ANY_AGE else _age(found[1] if found else cell)


def _check_span(cell: str, said: str) -> None:
    if both := AGE_SPAN.fullmatch(said):
        raise Wrong(f"'{_short(cell)}' is two ages. Write {both[1]} under 'lowest age' and {both[2]} under 'highest age'.")


def _age(cell: str, over: re.Match[str] | None = None) -> float:
    number = _number(cell, int(over[1]) if over else _age_in_words(cell))
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
    found = tuple(filter(None, (part.strip() for part in re.split(r"[;\n]|,\s|\bor\b| / |(?<=\d{6})/(?=[\d ]{7})", cell))))
    if bad := next((one for one in found if sum(map(str.isdigit, one)) < 3), ""):
        raise Wrong(f"'{_short(bad)}' is no phone number. Write it with its digits, such as 0161 496 0000.")
    if large := next((one for one in found if re.fullmatch(r"\d(?:[.,]\d+)?E\+\d+", one, re.IGNORECASE)), ""):
        raise Wrong(f"'{large}' is how Excel shortens a long number. {KEPT}")
    if odd := next((one for one in found if LETTER_IN_NUMBER.search(one)), ""):
        raise Wrong(f"'{_short(odd)}' has a letter among its digits. Write 0 for O, and 1 for l.")
    return found


def has_lost_zero(number: str) -> bool:
    """Say whether a number looks as if a spreadsheet had taken its first 0 away, where numbers begin with one."""
    return number.isdecimal() and 9 <= len(number) <= 10 and number[0] != "0"


def postcode(cell: str) -> str:
    """Read a postcode; in every country it has a digit."""
    if not any(map(str.isdigit, cell)):
        raise Wrong(f"'{_short(cell)}' is no postcode. Write the postcode, or leave it empty.")
    return cell


def cost(cell: str) -> str:
    """Take a price in words; a yes or no is none."""
    if fold(cell).strip(" .!") in {"yes", "no", "y", "n"}:
        raise Wrong(f"'{cell}' does not say what it costs. Write Free, or the price, such as: 2 pounds a visit.")
    return cell


def opening_times(cell: str) -> tuple[dict[str, str], ...]:
    """Read opening times as schedules where all of them are plain, such as "Mondays, 10am to noon", "Mon 9-12"; else as words."""
    plain = [_schedule(part) for part in map(str.strip, re.split(r"[;\n]", cell)) if part]
    return tuple(filter(None, plain)) if all(plain) else ({"description": cell},)


def _schedule(words: str) -> dict[str, str] | None:
    written = OPEN.fullmatch(words.rstrip("."))
    times = read_times(written["days"], written["opens"], written["closes"]) if written else Times()
    if times.freq != "WEEKLY" or not (times.opens_at and times.closes_at):
        return _understood(words)
    columns = {"freq": times.freq, "byday": times.byday, "opens_at": times.opens_at, "closes_at": times.closes_at}
    return {"description": words, **columns}


def _understood(words: str) -> dict[str, str] | None:
    """Read days and times as the rules do, where they leave no doubt: "Tuesdays, 12 to 2pm", "Mon 9-12"."""
    sheet = read_text(words)
    if len(sheet.openings) != 1 or sheet.doubts or sheet.rest is not Answer.NO:
        return None
    [one] = sheet.openings
    if one.closes is None or one.closes >= MIDNIGHT or one.days != every_week(*(by.day for by in one.days.byday)):
        return None
    days = ",".join(DAYS[by.day] for by in one.days.byday)
    return {"description": words, "freq": "WEEKLY", "byday": days, "opens_at": _clock(one.opens), "closes_at": _clock(one.closes)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def email(cell: str) -> str:
    """Read an address for e-mail."""
    bare = re.sub(r"^mailto:\s*", "", cell, flags=re.IGNORECASE)
    if EMAIL.fullmatch(bare):
        return bare
    several = EMAIL.findall(bare)
    if len(several) > 1:
        raise Wrong(f"Several addresses stand here. Write the one for people who want to ask or join, such as {several[0]}.")
    move = " Is it for the column 'web page'?" if WEB_PAGE.fullmatch(bare) else ""
    raise Wrong(f"'{_short(cell)}' is no e-mail address. Write one, such as hello@example.org.{move}")


def web_page(cell: str) -> str:
    """Read an address of the web, with or without its beginning."""
    if not WEB_PAGE.fullmatch(cell):
        move = " Is it for the column 'email'?" if EMAIL.fullmatch(cell) else ""
        raise Wrong(f"'{_short(cell)}' is no web address. Write one, such as https://example.org.{move}")
    return cell if cell.lower().startswith("http") else f"https://{cell}"


def day(cell: str) -> str:
    """Read a day as YYYY-MM-DD, guessing at nothing."""
    found = _day(cell.removesuffix("T00:00:00").removesuffix(" 00:00:00"))
    if found.year < 1990:
        raise Wrong(f"{_said(found)} is too long ago. Write the day somebody last checked it, such as 25 March 2026.")
    return found.isoformat()


def _day(cell: str) -> date:
    if written := DAY.fullmatch(cell):
        first, second, year = map(int, written.groups())
        return _day_of_numbers(cell, first, second, year if year > 99 else 2000 + year)
    if cell.isdecimal() and int(cell) in EXCEL_DAYS:
        meant = _said((EXCEL_DAY_ONE + timedelta(int(cell))).date())
        raise Wrong(f"{cell} is how Excel counts days. Write {meant}, if that is the day you mean.")
    bare = " ".join(ORDINAL.sub("", cell).replace(" of ", " ").split())
    for pattern in ("%Y-%m-%d", "%Y/%m/%d", *MONTH_IN_WORDS):
        try:
            return datetime.strptime(bare, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise Wrong(f"'{_short(cell)}' is no day we can read. {A_DAY}")


def _day_of_numbers(cell: str, first: int, second: int, year: int) -> date:
    """Read 25/03/2026, which can be only one day. 03/04/2026 can be two."""
    found = {day for order in ((first, second), (second, first)) if (day := _date(year, *reversed(order)))}
    if not found:
        raise Wrong(f"'{cell}' is no day of the calendar. {A_DAY}")
    if len(found) > 1:
        one, other = sorted(found)
        raise Wrong(f"'{cell}' can be two days. Write {_said(one)} or {_said(other)}.")
    return found.pop()


def _said(day: date) -> str:
    """Write a day so that no spreadsheet can take it for another."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _degrees(cell: str, most: int, such_as: str) -> float:
    if not NUMBER.fullmatch(cell) and (both := SIDES.fullmatch(cell)):
        raise Wrong(f"Two numbers stand here. Write {both[1]} under 'latitude' and {both[2]} under 'longitude'.")
    if written := DEGREES.fullmatch(cell):
        sign = "-" if written[2].upper() in "SW" else ""
        raise Wrong(f"'{_short(cell)}' is not a number. Write {sign}{written[1]}.")
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


def _age_in_words(cell: str) -> int | None:
    """Guess what somebody meant who wrote "sixteen"."""
    parts = re.split(r"[\s-]+", fold(cell))
    return sum(WORDS[part] for part in parts) if all(part in WORDS for part in parts) else None


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


Read = Callable[[str], object]
