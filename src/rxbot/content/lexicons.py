"""Read what people type in a language: dialogs/lexicon/<language>.yaml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, zip_longest
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from rxbot.content.complaints import Complaints
from rxbot.content.pages import Block, Shape, Typed, read_page, shaped
from rxbot.dialog.days import DayWords
from rxbot.dialog.plain import plain, plain_label
from rxbot.dialog.understand import Lexicon
from rxbot.words import month_names, weekday_names

WayOut = Literal[
    "back", "skip", "person", "help", "stop", "erase", "unsure", "refuse", "language", "more", "plan", "data", "finish", "change",
    "about",
]  # fmt: skip
SAFETY = ("help", "person", "stop", "erase")  # nobody may be left without a word for these
MOST = 2_000  # spellings of one phrase: more of them no author can think through
BRACKETS = 'Write it like "(my | her) son", or on several lines.'
_CHOICE = re.compile(r"\(([^()]*)\)")  # the innermost brackets


def _letters(words: str) -> str:
    if not plain_label(words):
        raise ValueError(f"{words!r} has no letter and no digit")
    return words


Names: TypeAlias = tuple[tuple[str, ...], ...]
Beside: TypeAlias = tuple[Annotated[Typed, AfterValidator(_letters)], ...]
Spellings = Annotated[tuple[Annotated[Typed, AfterValidator(_letters)], ...], Field(min_length=1)]


class DaysShape(Shape):
    """What people type for days, beside the names that every language's calendar has; by their place, as DayWords."""

    weekdays: Annotated[tuple[Beside, ...], Field(max_length=7)] = ()
    months: Annotated[tuple[Beside, ...], Field(max_length=12)] = ()
    ahead: tuple[Spellings, ...] = ()
    hours: Beside = ()
    dated: Beside = ()
    beside: Beside = ()

    def in_language(self, code: str) -> DayWords:
        """Give them with the names the calendar has."""
        weekdays, months = _joined(weekday_names(code), self.weekdays), _joined(month_names(code), self.months)
        return DayWords(weekdays, months, self.ahead, self.hours, self.dated, self.beside)


def _joined(names: Names, more: Names) -> Names:
    return tuple((*one, *others) for one, others in zip_longest(names, more, fillvalue=()))


class LexiconShape(Shape):
    """The page."""

    escapes: Mapping[WayOut, Spellings]
    options: Mapping[str, Spellings]
    red_flags: Spellings
    numbers: tuple[Spellings, ...]
    ordinals: tuple[Spellings, ...]
    beside_numbers: Beside = ()
    beside_yes: Beside = ()
    beside_no: Beside = ()
    openers: Beside = ()
    questions: Beside = ()
    courtesies: Beside = ()
    somebody: Beside = ()
    languages: Mapping[str, Spellings] = {}
    days: DaysShape = DaysShape()
    before_places: Beside = ()


def page_of(code: str) -> str:
    """Name the page of a language."""
    return f"dialogs/lexicon/{code}.yaml"


def read_lexicon(folder: Path, code: str, options: Mapping[str, frozenset[str]], complaints: Complaints) -> Lexicon | None:
    """Read one language of a content folder; complain of all that is wrong in it.

    `options` are the label ids of every answer that can be given, each with the questions it is given to.
    """
    page = page_of(code)
    block = read_page(folder, page, complaints)
    shape = shaped(LexiconShape, block, page, complaints) if block is not None else None
    if shape is None or block is None:
        return None
    _look_at_names(block["options"], page, options, complaints)
    escapes = _ways_out(block["escapes"], page, complaints)
    red_flags = frozenset(_red_flags(block, page, complaints))
    return Lexicon(
        shape.options,
        escapes,
        red_flags,
        shape.red_flags,
        shape.numbers,
        shape.ordinals,
        shape.beside_numbers,
        shape.beside_yes,
        shape.beside_no,
        shape.openers,
        shape.questions,
        shape.courtesies,
        shape.somebody,
        shape.before_places,
        shape.languages,
        shape.days.in_language(code),
    )


@lru_cache(maxsize=10_000)
def spelled_out(phrase: str) -> tuple[str, ...]:
    """Write a phrase out in each of its plain spellings: "(my | a) son" is "my son" and "a son"."""
    rest = phrase
    while rest != (rest := _CHOICE.sub(" ", rest)):
        pass
    if set("(|)") & set(rest):
        raise ValueError("has a bracket without its other one, or a bar outside brackets")
    spellings = tuple(dict.fromkeys(map(plain, islice(_spellings(phrase), MOST + 1))))
    if len(spellings) > MOST:
        raise ValueError(f"stands for more than {MOST} phrases")
    if "" in spellings:
        raise ValueError("may stand for nothing at all")
    if any(len(one) == 1 for one in spellings):
        raise ValueError("may stand for one letter, which is in many a harmless message")
    return spellings


def _spellings(phrase: str) -> Iterator[str]:
    choice = _CHOICE.search(phrase)
    if not choice:
        yield phrase
        return
    before, after = phrase[: choice.start()], phrase[choice.end() :]
    for one in choice[1].split("|"):
        yield from _spellings(before + one.strip() + after)


def _red_flags(block: Block, page: str, complaints: Complaints) -> Iterator[str]:
    for phrase, line in zip(map(str, block["red_flags"]), block["red_flags"].lines, strict=True):
        try:
            yield from spelled_out(phrase)
        except ValueError as wrong:
            complaints.add("L04", page, line, f"{phrase!r} {wrong}.", BRACKETS)


def _look_at_names(block: Block, page: str, options: Mapping[str, frozenset[str]], complaints: Complaints) -> None:
    means: dict[tuple[str, str], str] = {}
    for label, spellings in block.items():
        if options and label not in options:
            complaints.add("L01", page, block.lines[label], f"{label} is no answer.", "Mend the name, or take it out.")
        for question in options.get(label, ()):
            for word in map(plain_label, map(str, spellings)):
                if (other := means.setdefault((question, word), label)) != label:
                    says = f"{word!r} means both {other} and {label}."
                    complaints.add("L02", page, block.lines[label], says, "Take it out of one of them.")


def _ways_out(block: Block, page: str, complaints: Complaints) -> dict[str, tuple[str, ...]]:
    for way in (way for way in SAFETY if way not in block):
        complaints.add("L03", page, block.line, f"Nothing people type means `{way}:`.", "Add the words they would use.")
    means: dict[str, str] = {}
    for way, phrases in block.items():
        for word in _spelled_out(way, phrases, block, page, complaints):
            if (other := means.setdefault(word, way)) != way:
                says = f"{word!r} means both {other} and {way}."
                complaints.add("L02", page, block.lines[way], says, "Take it out of one of them.")
    return {way: tuple(word for word, meant in means.items() if meant == way) for way in block}


def _spelled_out(name: str, phrases: Iterable[object], block: Block, page: str, complaints: Complaints) -> Iterator[str]:
    """Write phrases out; what holds no brackets may be as short as a letter, since it is the whole message."""
    for phrase in map(str, phrases):
        try:
            yield from spelled_out(phrase) if "(" in phrase else (plain_label(phrase),)
        except ValueError as wrong:
            complaints.add("L04", page, block.lines[name], f"{phrase!r} {wrong}.", BRACKETS)
