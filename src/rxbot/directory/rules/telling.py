"""Patterns that are looked for only where it is worth it: most sentences lack all the letters that any match would have.

The letters are read off the pattern itself, so that they can never say otherwise than it does. To look for a few of them
takes a tenth of the time that a long pattern takes, or less.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Signs: TypeAlias = frozenset[str]
"""Letters of which a match has at least one; none where nothing is known, or the empty text."""
Parts: TypeAlias = Iterable[tuple[Any, Any]]
"""A pattern as `re` reads it."""
MOST = 60
"""More are not sooner looked for than the pattern itself."""
SHORTEST, LONG = 3, 7
"""Shorter ones are in every text; longer ones tell no more than these."""
NONE: Signs = frozenset()
EMPTY: Signs = frozenset({""})
WITHOUT_WIDTH = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


class Telling:
    """A pattern that knows the letters of which each match has some. It finds what `re` finds."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.whole = pattern, re.compile(pattern, flags)
        self._any_case = bool(flags & re.IGNORECASE)
        signs = signs_of(pattern)
        self.signs = tuple(sorted({sign.lower() for sign in signs} if self._any_case else signs))

    def may_be_in(self, words: str) -> bool:
        """Say whether these words have any of the letters."""
        if not self.signs or (self._any_case and not words.isascii()):
            return True
        known = words.lower() if self._any_case else words
        for sign in self.signs:  # noqa: SIM110  `any` takes twice as long
            if sign in known:
                return True
        return False

    def search(self, words: str) -> re.Match[str] | None:
        """Look for it anywhere."""
        return self.whole.search(words) if self.may_be_in(words) else None

    def match(self, words: str) -> re.Match[str] | None:
        """Look for it at the beginning."""
        return self.whole.match(words)

    def finditer(self, words: str) -> Iterable[re.Match[str]]:
        """Give each match."""
        return self.whole.finditer(words) if self.may_be_in(words) else ()

    def findall(self, words: str) -> list[Any]:
        """Give what each match holds."""
        return self.whole.findall(words) if self.may_be_in(words) else []

    def sub(self, other: str, words: str) -> str:
        """Put something else in the place of each match."""
        return self.whole.sub(other, words) if self.may_be_in(words) else words


def signs_of(pattern: str) -> Signs:
    """Give letters of which each match of a pattern has some; none where it needs none."""
    found = _best(_read(_parser.parse(pattern)))
    return frozenset(one for one in found if not any(other in one for other in found if other != one))


def _read(parts: Parts) -> tuple[Signs | None, Signs]:
    """Give all that a sequence can be, where that is known and not too much; and letters that it needs."""
    run, letters, needed, is_whole = EMPTY, "", NONE, True
    for kind, part in parts:
        exact, within = _part(kind, part)
        letters = letters + chr(part) if kind is _constants.LITERAL else "" if exact != EMPTY else letters
        needed = _better(needed, frozenset({letters}))
        if exact is not None and len(run) * len(exact) <= MOST:
            run = frozenset(begun + more for begun in run for more in exact)
        else:
            needed, run, is_whole = _better(_better(needed, run), within if exact is None else exact), EMPTY, False
    return (run if is_whole else None), _better(needed, run)


def _part(kind: Any, part: Any) -> tuple[Signs | None, Signs]:
    """Give the same of one part of a sequence."""
    if kind is _constants.LITERAL:
        return frozenset({chr(part)}), NONE
    if kind in WITHOUT_WIDTH:
        return EMPTY, NONE
    if kind is _constants.IN and all(one is _constants.LITERAL for one, _ in part):
        return frozenset(chr(letter) for _, letter in part), NONE
    if kind is _constants.BRANCH:
        return _either([_read(choice) for choice in part[1]])
    if kind is _constants.SUBPATTERN and not (part[1] or part[2]):  # no flags of its own
        return _read(part[3])
    if kind in REPEATS:
        return _repeated(*part)
    return None, NONE


def _either(choices: Sequence[tuple[Signs | None, Signs]]) -> tuple[Signs | None, Signs]:
    exact = [one for one, _ in choices if one is not None]
    needed = [_best(one) for one in choices]
    together = NONE.union(*needed) if all(map(_worth, needed)) else NONE
    return (NONE.union(*exact) if len(exact) == len(choices) else None), together


def _repeated(least: int, most: int, parts: Parts) -> tuple[Signs | None, Signs]:
    found = _read(parts)
    if most == 1 and found[0] is not None:
        return (found[0] if least else found[0] | EMPTY), NONE
    return None, _best(found) if least else NONE


def _best(found: tuple[Signs | None, Signs]) -> Signs:
    exact, needed = found
    return _better(needed, exact or NONE)


def _better(one: Signs, other: Signs) -> Signs:
    return other if _worth(other) >= max(_worth(one), 1) else one


def _worth(signs: Signs) -> int:
    """Say how well these tell a match: the longer the shortest is, and then the fewer they are; zero where they do not."""
    shortest = min(map(len, signs), default=0)
    return min(shortest, LONG) * 2 * MOST - len(signs) if shortest >= SHORTEST and len(signs) <= MOST else 0
