"""Read which languages a record speaks, and which it teaches."""

import re
from collections.abc import Iterable

from rxbot.directory.languages import CODES, are_kin, is_limited
from rxbot.directory.model import Language, Service
from rxbot.directory.rules.answers import Answer, Finding
from rxbot.directory.stems import fold


def language_rule(service: Service, wanted: str, home: str) -> Finding[Answer]:
    """Say whether a language is spoken; the home language always is, where there is one.

    Interpreters leave it open, and so do limits ("Spanish (limited)"), a language close to it, and silence.
    """
    rows = languages_of(service)
    full = [row for row in rows if row.code == wanted and not is_limited(row)]
    if full or wanted == home:
        return Finding(Answer.YES, _names(full))
    near = [row for row in rows if row.code in ("", wanted) or are_kin(row.code, wanted)]
    if rows and not service.interpretation and not near:
        return Finding(Answer.NO, _names(rows))
    return Finding(Answer.UNKNOWN, _names([row for row in near if row.code]) or service.interpretation)


def unspoken_of(service: Service, expected: Iterable[str]) -> tuple[str, ...]:
    """Give those languages that nearly all records of its publisher name, which one that names others does not name."""
    codes = {row.code for row in languages_of(service)}
    return tuple(code for code in expected if code not in codes) if codes and "" not in codes else ()


def languages_of(service: Service) -> tuple[Language, ...]:
    """Give every language of a service, at whichever of its places."""
    return (*service.languages, *(language for location in service.locations for language in location.languages))


def _names(rows: list[Language] | tuple[Language, ...]) -> str:
    return "; ".join(row.name for row in rows)


def taught_by(service: Service) -> tuple[str, ...]:
    """Give the languages that a service teaches, where it is called by nothing else: "Spanish for Beginners".

    A class that is called anything more may be about something else, in that language.
    """
    found = TAUGHT.fullmatch(fold(service.name).strip(" .!"))
    return (CODES[found["learnt"] or found["taught"]],) if found else ()


A_LANGUAGE = "|".join(sorted(map(re.escape, CODES), key=len, reverse=True))
WHOM_OR_HOW = (
    r"(?:(?:absolute )?beginn(?:ers?|ing)(?:['’]s?)?|improvers?(?:['’]s?)?|intermediate|advanced|adults?|free|basic|everyday"
    r"|level \w+|[abc][12]|conversation(?:al)?|introductory|introduction to)"
)
TAUGHT = re.compile(
    rf"(?:{WHOM_OR_HOW} )*learn(?:ing)?(?: to speak)? (?:{WHOM_OR_HOW} )*(?P<learnt>{A_LANGUAGE})(?: language)?(?: for .*)?"
    rf"|(?:{WHOM_OR_HOW} )*(?P<taught>{A_LANGUAGE})(?: language)?(?: {WHOM_OR_HOW})*"
    r" (?:class(?:es)?|lessons?|courses?|tuition|instruction|conversation|as a (?:second|foreign|new) language"
    rf"|for (?:{WHOM_OR_HOW}|everyone|all|holidays?|travel(?:l?ers)?|work|(?:everyday|daily) life))"
    rf"(?: (?:for )?{WHOM_OR_HOW})*"
)
