"""Red flags favour false alarms: one costs a tap, a missed one may cost a life. They are no substitute for the help button."""

from collections.abc import Iterable, Sequence
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
    said, asked = plain(words).split(), tuple(lexicons)
    runs = _runs(said, max((lexicon.longest_red_flag for lexicon in asked), default=0))
    return not all(lexicon.red_flags.isdisjoint(runs) for lexicon in asked)


def _runs(said: Sequence[str], longest: int) -> frozenset[str]:
    """Give every run of so many words or fewer: looking each up is quicker than looking for each of thousands of phrases."""
    starts = range(len(said))
    return frozenset(
        " ".join(said[start:end]) for start in starts for end in range(start + 1, min(start + longest, len(said)) + 1)
    )
