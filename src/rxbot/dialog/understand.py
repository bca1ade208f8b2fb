"""What a typed reply means for the question on screen. Nothing is guessed: a label, a number, or a word an author listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from rxbot.dialog.model import Question, Understood
from rxbot.dialog.plain import number, plain

Labels = Mapping[str, str]
Read = tuple[str, Understood]
_COMMAS = re.compile(r"[,;،؛\n+&/]")
_AND = re.compile(r"(?:^|\s)(?:and\s|y\s|و)", re.IGNORECASE)


@dataclass(frozen=True)
class Lexicon:
    """What people type in one language: by option, the words that ask for a way out, and phrases that mean danger.

    All are kept in their plain form, so that each is folded once and not with every message.
    """

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    escapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    red_flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("options", "escapes"):
            folded = {key: tuple(map(plain, spellings)) for key, spellings in getattr(self, name).items()}
            object.__setattr__(self, name, folded)
        object.__setattr__(self, "red_flags", tuple(map(plain, self.red_flags)))


def understand(
    question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]
) -> tuple[tuple[str, ...], Understood] | None:
    """Read typed words as options of this question. `labels` and `lexicons` come with the person's own language first."""
    known = _spellings(question, labels, lexicons)
    whole = _one(question, words, known)
    if whole:
        return (whole[0],), whole[1]
    parts = [part for part in _COMMAS.split(words) if part.strip()]
    if question.most == 1 or len(parts) > len(question.options):
        return None
    read = [_list_item(question, part, known) for part in parts]
    found = [pair for pairs in read for pair in pairs]
    if not all(read):
        return None
    picked = tuple(dict.fromkeys(option for option, _ in found))
    return (picked, found[-1][1]) if 0 < len(picked) <= question.most else None


def escape(words: str, lexicons: Iterable[Lexicon]) -> str | None:
    """Name the way out these words ask for (stop, help, person ...), only when they are the whole message."""
    said = plain(words)
    return next(
        (way for lexicon in lexicons for way, all_words in lexicon.escapes.items() if said in all_words),
        None,
    )


def _list_item(question: Question, part: str, known: Mapping[str, Read]) -> list[Read]:
    """Read one item of a list, the longest piece first: an "and" may stand in a label, and in Arabic may begin a word.

    Nothing when any part of it is not understood.
    """
    whole = _one(question, part, known)
    if whole:
        return [whole]
    joints = list(_AND.finditer(part))
    if len(joints) > 2 * len(question.options):
        return []
    for joint in reversed(joints):
        before, after = part[: joint.start()], part[joint.end() :]
        first = _one(question, before, known)
        if first or not before.strip():
            rest = _list_item(question, after, known)
            return [*filter(None, [first]), *rest] if rest else []
    return []


def _one(question: Question, words: str, known: Mapping[str, Read]) -> Read | None:
    return known.get(plain(words)) or _by_number(question, words)


def _spellings(question: Question, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> Mapping[str, Read]:
    """Give every way to say an option: the labels of all languages, then the words authors listed."""
    known: dict[str, Read] = {}
    for words, option in product(labels, question.options):
        known.setdefault(plain(words.get(option.label, "")), (option.id, "label"))
    for lexicon, option in product(lexicons, question.options):
        for spelling in lexicon.options.get(option.label, ()):
            known.setdefault(spelling, (option.id, "lexicon"))
    known.pop("", None)
    return known


def _by_number(question: Question, words: str) -> Read | None:
    count = number(words)
    if count is None:
        return None
    if any(o.years for o in question.options):
        option = next((o for o in question.options if o.years and o.years[0] <= count <= o.years[1]), None)
        return (option.id, "number") if option else None
    return (question.options[count - 1].id, "number") if 1 <= count <= len(question.options) else None
