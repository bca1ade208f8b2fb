"""What a typed reply means for the question on screen. Nothing is guessed: a label, a number, or a word an author listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rxbot.dialog.model import Option, Question, Understood
from rxbot.dialog.plain import number, plain

Labels = Mapping[str, str]
_COMMAS = re.compile(r"[,;،؛\n+&/]")
_AND = re.compile(r" and | y | و")


@dataclass(frozen=True)
class Lexicon:
    """What people type in one language: by option, the words that ask for a way out, and phrases that mean danger."""

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    escapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    red_flags: tuple[str, ...] = ()


def understand(
    question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]
) -> tuple[tuple[str, ...], Understood] | None:
    """Read typed words as options of this question. `labels` and `lexicons` come with the person's own language first."""
    whole = _one(question, words, labels, lexicons)
    if whole:
        return (whole[0],), whole[1]
    if question.most == 1:
        return None
    read = [_list_item(question, part, labels, lexicons) for part in _COMMAS.split(words) if part.strip()]
    found = [pair for pairs in read for pair in pairs]
    if not all(read):
        return None
    picked = tuple(dict.fromkeys(option for option, _ in found))
    return (picked, found[-1][1]) if 0 < len(picked) <= question.most else None


def escape(words: str, lexicons: Iterable[Lexicon]) -> str | None:
    """Name the way out these words ask for (stop, help, person ...), only when they are the whole message."""
    said = plain(words)
    return next(
        (way for lexicon in lexicons for way, all_words in lexicon.escapes.items() if said in map(plain, all_words)),
        None,
    )


def _list_item(
    question: Question, part: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]
) -> list[tuple[str, Understood]]:
    """Read one item of a list, whole first: what looks like an "and" may begin a word, as in Arabic.

    Nothing when any part of it is not understood.
    """
    whole = _one(question, part, labels, lexicons)
    if whole:
        return [whole]
    pieces = [_one(question, piece, labels, lexicons) for piece in _AND.split(part) if piece.strip()]
    known = [piece for piece in pieces if piece]
    return known if len(known) == len(pieces) else []


def _one(question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> tuple[str, Understood] | None:
    return _by_label(question, words, labels) or _by_number(question, words) or _by_lexicon(question, words, lexicons)


def _by_label(question: Question, words: str, labels: Sequence[Labels]) -> tuple[str, Understood] | None:
    said = plain(words)
    for shown in labels:
        for option in question.options:
            if said and said == plain(shown.get(option.label, "")):
                return option.id, "label"
    return None


def _by_number(question: Question, words: str) -> tuple[str, Understood] | None:
    count = number(words)
    if count is None:
        return None
    if any(o.years for o in question.options):
        option = next((o for o in question.options if o.years and o.years[0] <= count <= o.years[1]), None)
        return (option.id, "number") if option else None
    return (question.options[count - 1].id, "number") if 1 <= count <= len(question.options) else None


def _by_lexicon(question: Question, words: str, lexicons: Sequence[Lexicon]) -> tuple[str, Understood] | None:
    said = plain(words)
    for lexicon in lexicons:
        for option in question.options:
            if said in map(plain, _spellings(lexicon, option)):
                return option.id, "lexicon"
    return None


def _spellings(lexicon: Lexicon, option: Option) -> tuple[str, ...]:
    return lexicon.options.get(option.label, ())
