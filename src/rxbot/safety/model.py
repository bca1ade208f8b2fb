"""Red flags favour false alarms: one costs a tap, a missed one may cost a life. They are no substitute for the help button."""

from collections.abc import Iterable
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
    said = f" {plain(words)} "
    return any(f" {phrase} " in said for lexicon in lexicons for phrase in lexicon.red_flags)
