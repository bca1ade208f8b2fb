"""Red flags favour false alarms: one costs a tap, a missed one may cost a life. They are no substitute for the help button."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rxbot.dialog.plain import plain
from rxbot.dialog.understand import Lexicon


@dataclass(frozen=True)
class Line:
    """A crisis line that a named person has confirmed."""

    name: str
    tel: str
    hours: str


@dataclass(frozen=True)
class Emergency:
    """Whom to ring in this country. Only confirmed lines are here; the directory is shown either way."""

    number: str
    directory: str
    lines: tuple[Line, ...] = ()


def is_red_flag(words: str, lexicons: Iterable[Lexicon]) -> bool:
    """Say whether these words hold a phrase that means danger, in any language offered."""
    said = plain(words).split()
    return any(not lexicon.red_flags.isdisjoint(_runs(said, lexicon)) for lexicon in lexicons)


def _runs(said: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Give every run of words that may be a phrase: looking each up is quicker than looking for each of thousands of phrases."""
    for start in (place for place, one in enumerate(said) if one in lexicon.red_flag_beginnings):
        for end in range(start + 1, min(start + lexicon.longest_red_flag, len(said)) + 1):
            yield " ".join(said[start:end])
