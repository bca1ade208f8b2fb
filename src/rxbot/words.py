"""Put messages into a reader's language, when they leave. The only place that knows how a language writes things.

Values are escaped, and set apart from the direction of the text around them where the two may differ.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, match_skeleton
from babel.messages.catalog import Catalog as PO
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from rxbot.message import Amount, Day, Km, Listed, Message, Month, NearDay, Text, TimeOfDay, Tongue, Value, Weekdays

Facts = Mapping[str, str]
NO_FACTS: Facts = MappingProxyType({})
REVIEWED = re.compile(r'^"X-Reviewed-By:(.*?)\\n"$', re.MULTILINE)
PLACE = re.compile(r"\{(\w+)\}")
PO_LINE = re.compile(r'(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"([^"\\]|\\.)*")?')
TAG = re.compile(r"<[^>]+>")
ISOLATE, POP, RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"


@dataclass(frozen=True)
class Catalog:
    """Every text of one language by its id, and whether a native speaker has reviewed it."""

    texts: Mapping[str, str]
    reviewed: bool = field(default=False)


@dataclass(frozen=True)
class Translated:
    """One entry of a PO file: the text's id, the English it translates, its words, and the line it stands on."""

    id: str
    english: str
    words: str
    fuzzy: bool
    line: int

    def translates(self, english: str) -> bool:
        """Say whether this is the translation of this English: not empty, not a guess, not of an older text."""
        return bool(self.words) and not self.fuzzy and self.english == english


class NotPO(ValueError):
    """A file cannot be read as PO from this line on."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


def open_po(path: Path, language: str | None = None) -> PO:
    """Open a PO file, which is always UTF-8, whatever its header says. Raises NotPO, rather than lose an entry."""
    return _po_of(_read(path), language)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as away:
        raise NotPO(1, f"it cannot be opened, {away.strerror}") from away
    except UnicodeDecodeError as wrong:
        raise NotPO(wrong.object.count(b"\n", 0, wrong.start) + 1, "it is not saved as UTF-8") from wrong


def _po_of(text: str, language: str | None = None) -> PO:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not PO_LINE.fullmatch(line.strip()):
            raise NotPO(number, "a word or a quote is wrong here")
    try:
        po = read_po(lines, locale=language, abort_invalid=True)
    except PoFileError as wrong:
        raise NotPO(wrong.lineno + 1, "something is missing before this line") from wrong
    except Exception as wrong:  # a header may hold anything
        raise NotPO(1, f"its header has a mistake, {wrong}") from wrong
    po.charset = "utf-8"
    return po


def read_translated(path: Path) -> list[Translated]:
    """Read the entries of a PO file that have an id, which is their context. Blanks alone are no words. Raises NotPO."""
    return list(_translated_in(_read(path)))


@lru_cache(maxsize=16)  # whoever saves one language waits for that one, not for all
def _translated_in(text: str) -> tuple[Translated, ...]:
    return tuple(
        Translated(str(one.context), str(one.id), _not_blank(str(one.string or "")), bool(one.fuzzy), one.lineno or 1)
        for one in _po_of(text)
        if one.id and one.context
    )


def _not_blank(words: str) -> str:
    return words if words.strip() else ""


def reviewer_of(path: Path) -> str:
    """Name the native speaker who reviewed a PO file, or nobody."""
    found = REVIEWED.search(path.read_text("utf-8-sig"))
    return found[1].strip() if found else ""


def reviewer_in(folder: Path, language: str) -> str:
    """Name who reviewed a language of this content folder, or nobody."""
    path = folder / "locales" / language / "LC_MESSAGES" / "rxbot.po"
    return reviewer_of(path) if path.exists() else ""


class Words:
    """All catalogs, and the ways languages write days, distances, lists and names of languages."""

    def __init__(self, catalogs: Mapping[str, Catalog], country: str) -> None:
        self._catalogs = catalogs
        self._locales = {code: _locale(code, country) for code in catalogs}

    @property
    def languages(self) -> tuple[str, ...]:
        """Name every language there are words for."""
        return tuple(self._catalogs)

    def wording(self, language: str) -> Mapping[str, str]:
        """Give every text of a language as it stands in its catalog."""
        return {**self._catalogs[language].texts, "own_name": self._own_name(language)}

    def runs_right_to_left(self, language: str) -> bool:
        """Say which way the language runs."""
        return self._locales[language].text_direction == "rtl"

    def html(self, message: Message, language: str, facts: Facts = NO_FACTS) -> str:
        """Word a whole message as Telegram's HTML, a line each."""
        return "\n".join(self._line(line, language, facts) for line in message.lines)

    def label(self, text: Text, language: str, facts: Facts = NO_FACTS) -> str:
        """Word a button: no markup."""
        return unescape(TAG.sub("", self.text(text, language, facts)))

    def text(self, text: Text, language: str, facts: Facts = NO_FACTS) -> str:
        """Word one text as HTML."""
        language = self._language_of(text, language)
        if text.id == "":
            return ""
        if text.id in facts:
            return escape(facts[text.id], quote=False)
        if text.id == "own_name":
            return self._own_name(language)
        if text.id == "verbatim":
            return self._value(text.values["words"], language, facts)
        if text.id == "listed":
            return self._value(text.values["items"], language, facts)
        template = self._catalogs[language].texts[text.id]
        return PLACE.sub(lambda place: self._value(text.values[place[1]], language, facts), template)

    def _line(self, text: Text, language: str, facts: Facts) -> str:
        line = self.text(text, language, facts)
        runs_left = self.runs_right_to_left(self._language_of(text, language))
        return RIGHT_TO_LEFT_MARK + line if runs_left and line and not _starts_right_to_left(line) else line

    def _language_of(self, text: Text, language: str) -> str:
        """Give the language a text asks for, or the reader's where that one is not offered any more."""
        return text.language if text.language in self._locales else language

    def _value(self, value: Value, language: str, facts: Facts) -> str:
        locale = self._locales[language]
        match value:
            case Text():
                return self.text(value, language, facts)
            case Day(day):
                return format_date(day, "long", locale)
            case NearDay(day):
                return _near_day(day, locale)
            case TimeOfDay(at):
                return format_time(at, "short", locale=locale)
            case Month(day):
                return format_skeleton("yMMMM", day, locale=locale)
            case Weekdays(days):
                return self._comma(language).join(_weekdays(days, locale))
            case Amount(amount, currency):
                return _amount(amount, currency, locale)
            case Km(km):
                return format_unit(max(round(km, 1), 0.1), "length-kilometer", "short", locale=locale)
            case Tongue(code, name):
                known = locale.languages.get(code)
                return escape(str(known), quote=False) if known else self._apart(escape(name or code, quote=False), language)
            case Listed(items):
                return self._comma(language).join(self._value(item, language, facts) for item in items)
            case int():
                return str(value)
            case str():
                return self._apart(escape(value, quote=False), language)

    def _comma(self, language: str) -> str:
        return "، " if self.runs_right_to_left(language) else ", "

    def _apart(self, words: str, language: str) -> str:
        """Keep foreign words from turning the line around them."""
        mixed = self.runs_right_to_left(language) != _starts_right_to_left(words)
        return f"{ISOLATE}{words}{POP}" if mixed and words else words

    def _own_name(self, language: str) -> str:
        name = self._locales[language].get_language_name(language) or language
        return name[:1].upper() + name[1:]


def is_language(code: str) -> bool:
    """Say whether this is the code of a language whose days, lists and names we can write; of no country's form of one."""
    try:
        return str(_locale(code, "GB")).partition("_")[0] == code.partition("_")[0] != "root"
    except (UnknownLocaleError, ValueError):
        return False


def _locale(code: str, country: str) -> Locale:
    try:
        return Locale.parse(f"{code}_{country}")
    except UnknownLocaleError:
        return Locale.parse(code)


def _weekdays(days: tuple[int, ...], locale: Locale) -> Iterator[str]:
    """Name days of the week, three or more in a row by the first and the last."""
    names = locale.days["format"]["wide"]
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        yield f"{names[days[0]]} – {names[days[-1]]}"
    else:
        yield from (names[day] for day in days)


def _amount(amount: float, currency: str, locale: Locale) -> str:
    """Write an amount of money; a currency that is no code of three letters is left out."""
    code = currency.strip().upper()
    is_code = len(code) == 3 and code.isascii() and code.isalpha()
    return format_currency(amount, code, locale=locale) if is_code else format_decimal(amount, locale=locale)


def _near_day(day: date, locale: Locale) -> str:
    """Write a day with its weekday and without its year; and without a comma, which would run into a list of days."""
    best = match_skeleton("MMMMEEEEd", locale.datetime_skeletons) or "MMMEd"
    pattern = re.sub(r"[,،]", "", locale.datetime_skeletons[best].pattern)
    return format_date(day, re.sub(r"M+", "MMMM", re.sub(r"E+", "EEEE", pattern)), locale)


def weekday_names(code: str) -> tuple[tuple[str, ...], ...]:
    """Give what a language calls the days of the week, long and short, Monday first."""
    return _names(Locale.parse(code).days, range(7))


def month_names(code: str) -> tuple[tuple[str, ...], ...]:
    """Give what a language calls the months, long and short."""
    return _names(Locale.parse(code).months, range(1, 13))


def _names(forms: Mapping[str, Mapping[str, Mapping[int, str]]], places: range) -> tuple[tuple[str, ...], ...]:
    listed = [names for form in forms.values() for width, names in form.items() if width in ("wide", "abbreviated")]
    return tuple(tuple(dict.fromkeys(names[place] for names in listed)) for place in places)


def _starts_right_to_left(words: str) -> bool:
    """Say which way the first letter runs that has a direction, as a reader's app will."""
    bare = TAG.sub("", words)
    first = next((d for c in bare if (d := unicodedata.bidirectional(c)) in ("L", "R", "AL")), "L")
    return first != "L"
