"""Prose cut into the sentences that rules are read from, in English only: what we cannot read is never guessed."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rxbot.directory.stems import cut, fold

ENDS = re.compile(r"(?<=[.!?;])(?<!\b[A-Z]\.)\s+(?=[A-Z0-9*•·(\"'$£€-])|\s*(?:\n|\\n)+\s*|\s+(?=[•·])")
FULL_STOP = re.compile(r"[.!?;](?<!\b[A-Z]\.)\s+(?=[A-Z0-9*•·(\"'$£€-])")
"""The same without what few texts have: bullets, and line ends that are written out. It is looked for in a third of the time."""
ITEM = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)]|[a-z]\))\s*")
ENGLISH = frozenset({
    "a", "all", "an", "and", "any", "are", "at", "be", "by", "call", "for", "free", "from", "if", "in", "is", "may",
    "must", "no", "none", "not", "of", "on", "or", "our", "per", "the", "to", "we", "with", "you", "your",
})  # fmt: skip
OTHERS = frozenset({
    "ak", "al", "ar", "auf", "avec", "con", "czy", "dans", "das", "dei", "della", "der", "des", "dla", "dos", "du", "een",
    "en", "es", "est", "et", "fur", "gan", "het", "il", "ist", "jest", "le", "les", "mit", "nan", "nella", "nie", "oraz",
    "os", "para", "por", "pou", "pour", "que", "se", "si", "sind", "son", "sont", "su", "sur", "um", "uma", "un", "una",
    "und", "une", "van", "von", "voor", "y", "yn", "yr", "zijn",
})  # fmt: skip
"""Small words of other languages, without those that English names of places are made of."""
FOREIGN_SCRIPT = 0.2  # of the letters


def sentences_of(text: str) -> Iterator[str]:
    """Give the sentences and list items of an English text; none of a text in another language."""
    return iter(_sentences(text[:READ]))


def first_sentence_of(text: str) -> str:
    """Give how a text begins, which mostly says what something is; empty where it cannot be read."""
    return next(sentences_of(text), "")


READ = 5_000
"""Letters of a text that rules read: no sentence on who may come stands behind so many others."""


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    """Cut a text up; one rule after another reads the same ones."""
    return tuple(filter(None, map(str.strip, _cut(text)))) if is_english(text) else ()


def _cut(text: str) -> Iterable[str]:
    if "•" in text or "·" in text or "\\n" in text:
        return ENDS.split(text)
    return (part for line in text.split("\n") for part in _cut_line(line))


def _cut_line(line: str) -> Iterator[str]:
    begun = 0
    for end in FULL_STOP.finditer(line):
        yield line[begun : end.start() + 1]
        begun = end.end()
    yield line[begun:]


def is_english(text: str) -> bool:
    """Say whether a text can be read as English: by its script, then by the small words that no language shares."""
    if not text.isascii() and _is_foreign(text):
        return False
    words = cut(fold(text))
    return (
        OTHERS.isdisjoint(words)
        or sum(map(OTHERS.__contains__, words)) <= sum(map(ENGLISH.__contains__, words))
        or len(words) < 3
    )


def _is_foreign(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign > "ɏ" for sign in letters) > len(letters) * FOREIGN_SCRIPT


def bare(item: str) -> str:
    """Give a list item without its mark."""
    return ITEM.sub("", item)


def is_item(sentence: str) -> bool:
    """Say whether a sentence is an item of a list."""
    return bool(ITEM.match(sentence))
