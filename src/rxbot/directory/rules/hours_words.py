"""The English words of opening times: every one that the reader understands, and what kind of word it is."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rxbot.directory.rules import clock
from rxbot.directory.stems import fold, stems

LONGEST_TEXT = 600  # letters: nobody's hours, but a page
WEEKDAY = (
    r"mon(?:days?|s)?|mo|tue?s?(?:days?)?|wed(?:nesdays?|s)?|th(?:u(?:rs?(?:days?)?)?)?|fri(?:days?|s)?|fr"
    r"|sat(?:urdays?|s)?|sa|sun(?:days?|s)?|su"
)
MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
LIST = r"\s*(?:,|and|or|&|/)\s*"
FEAST = r"(?:christmas(?: eve| day)?|new year'?s?(?: eve| day)?|thanksgiving(?: day)?|easter(?: sunday| monday)?|boxing day)"
WHOSE = rf"(?:all|most|major|federal|public|bank|national|legal|state|county|city|observed|official|{FEAST})"
HOLIDAYS = rf"(?:{WHOSE}(?:{LIST}|\s+))*(?:holidays?|{FEAST})"
APPOINTMENT = r"(?:appointments?|arrangement)"
BY_APPOINTMENT = (
    rf"(?:services? )?(?:are |is )?(?:provided |available |seen )?by (?:prior |advance )?{APPOINTMENT}(?: only)?"
    r"|appointments? (?:only|(?:is |are )?(?:needed|required|necessary))"
)
OUT_OF_HOURS = (
    rf"(?:(?:saturdays?|sundays?){LIST})*(?:evenings?|weekends?|weeknights?)(?:{LIST}(?:evenings?|weekends?|saturdays?))*"
)
ON_REQUEST = rf"(?:are |also |may be )*(?:available|as (?:scheduled|needed)|by (?:prior )?{APPOINTMENT}|on request)"
ALL_DAY = r"24[\s-]*h(?:ou)?rs?(?:\s+(?:a|per)\s+day)?"
BY_PHONE = r"(?:access|answering|emergency|help ?line|hot ?line|crisis|telephone|phone|voice ?mail|recorded|on[- ]call|service)"
AND_MORE = (
    rf"(?:[;,]\s*)?(?:and|or|also)\s+(?:also\s+)?by (?:prior |advance )?{APPOINTMENT}\b(?! only)",
    rf"(?:(?:some|other|occasional|and|also)\s+)*{OUT_OF_HOURS}(?:\s+(?:hours?|appointments?|activities|classes))*\s+{ON_REQUEST}"
    rf"(?:\s+(?:with|by)\s+(?:an )?{APPOINTMENT})?",
    rf"(?:some|other|occasional|additional)\s+{OUT_OF_HOURS}(?:\s+(?:hours?|appointments?))*",
    r"extended hours (?:are )?available",
    rf"{ALL_DAY}[\s-]+{BY_PHONE}\b[^;\n]*",
    rf"(?:emergency(?: services?)?|(?:crisis|emergency) (?:hot ?|help ?)?line|voice ?mail)\s*[,:-]?\s*{ALL_DAY}(?: daily)?",
)
"""Words that add openings nobody can know, and take none away."""
KNOWN: tuple[tuple[str, str], ...] = (
    ("more", "|".join(AND_MORE)),
    (
        "whole",
        rf"24\s*[/-]\s*7\b|{ALL_DAY}(?:[\s-]+facility)?(?:[,\s]*(?:7|seven) days (?:a|per) week)?"
        r"|around the clock|open at all times|always open",
    ),
    ("every", r"(?:daily|every ?day|all week|(?:7|seven) days (?:a|per) week|each day)\b"),
    ("weekdays", r"(?:week ?days?|working days)\b"),
    ("weekend", r"week ?ends?\b"),
    ("appointment", BY_APPOINTMENT),
    ("holidays", rf"{HOLIDAYS}\b"),
    ("closed", r"(?:we are |is |are )?closed\b"),
    ("but", r"(?:except(?:ing)?(?: for| on)?|excluding|not including)\b"),
    ("alternate", r"(?:every other|alternate|every second(?=\s+[a-z]+(?! (?:of|in|each|every)\b)(?![a-z])))\b"),
    ("monthly", r"(?:of|in) (?:the|each|every) month\b|(?:every|each|a|per) month\b|monthly\b"),
    ("nth", r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\b"),
    ("letters", r"(?:m ?- ?(?:th|f|w)|m/?w/?f|tu?[/&]?th)\b"),
    ("day", rf"(?:{WEEKDAY})\b\.?"),
    ("month", rf"(?:{MONTH})\b\.?"),
    ("part", r"(?:morning|afternoon|evening|night)s?\b"),
    ("lunch", r"(?:for )?lunch(?: ?time| ?break)?\b"),
    ("noon", r"(?:12(?:[:.]00)? ?)?(?:noon|midday)\b"),
    ("midnight", r"(?:12(?:[:.]00)? ?)?midnight\b"),
    ("time", clock.WRITTEN),
    ("dash", r"-"),
    ("until", r"(?:to|until|till?|thru|through)\b"),
    ("break", r"[;\n]|\.(?=\s|$)"),
    ("join", r"[,&+/:()]|(?:and|or)\b"),
    (
        "nothing",
        r"\s+|(?:(?:routine|regular|scheduled) )?appointments?(?= ?:)"
        r"|(?:(?:every|each|per|a) week|weekly|(?:(?:regular|normal|usual|business|office|opening|service|open) )?hours"
        r"|opening times?|times?|open(?:s|ed)?|office|from|the|on|at|are|is|we|every|each|only|o'clock)\b",
    ),
)
"""Every word that is understood, longer ways to say a thing first."""
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KNOWN))
ODD_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


class Unread(ValueError):
    """A text says something that is not known here."""


@dataclass(frozen=True)
class Token:
    """A piece of text that is understood, and its kind."""

    kind: str
    words: str
    at: clock.Written | None = None


FOUR_FIGURES = re.compile(
    r"(?<![\d-])([01]\d|2[0-3])(00|15|30|45)(?:hrs)?\s?(?:-|to|until)\s?([01]\d|2[0-3])(00|15|30|45)(?:\s?(?:hrs|hours))?(?![\d-])"
)
"""Two times as a timetable writes them: "0900-1700". Few numbers of telephones end so."""


def tokens_of(text: str) -> list[Token]:
    """Cut a text into what is understood; Unread where anything is not."""
    words, found, place = FOUR_FIGURES.sub(r"\1:\2-\3:\4", fold(text).translate(ODD_DASHES).strip()), list[Token](), 0
    if len(words) > LONGEST_TEXT:
        raise Unread(text)
    while place < len(words):
        match = TOKEN.match(words, place)
        if not match or not match.lastgroup or match.end() == place:
            raise Unread(words[place:])
        found.append(_token(match))
        place = match.end()
    told = [one for one in found if one.kind != "nothing"]
    dates = {id(one) for before, one in pairwise(told) if before.kind == "month"}
    on_24 = any(one.at and one.at.of_24 for one in told if id(one) not in dates)
    return [replace(one, at=replace(one.at, of_24=True)) if on_24 and one.at and not one.at.certain else one for one in told]


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)  # the outermost one, which ends last
    at = clock.written(match) if kind == "time" else clock.NAMED.get(kind)
    if kind == "time" and at is None:
        raise Unread(match[0])
    return Token(kind, match[0], at)


def tells_more(text: str) -> bool:
    """Say whether a text tells more than days and times, which the fields of a schedule tell as well."""
    return any(word not in TOLD_BY_FIELDS and not word[0].isdigit() for word in stems(text))


TOLD_BY_FIELDS = frozenset(
    stems(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun weekday "
        "day daily every each week weekly morning afternoon evening night noon midday midnight am pm open opening hour "
        "until till o'clock"
    )
)
