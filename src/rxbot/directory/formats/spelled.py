"""Read the needs a coordinator writes in a sheet: by id, name, category or code; a word that is none gets a hint."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from rxbot.directory.model import Need, TermRef
from rxbot.directory.stems import fold

JOINED = re.compile(r"\s*(?:&|\+|\band\b)\s*|[\s_-]+")


ALIKE = 0.8
"""From here on a word is another one with a slip. "Gardening" is no "parenting", though it looks like it (0.78)."""
LIST_BELOW = "Write one or more of the needs in the list below."


@dataclass(frozen=True)
class Spelled:
    """Everything that can be written for a need, with its category, and what else people may mean by one."""

    terms_of: Mapping[str, TermRef]
    hints: Mapping[str, str]

    def terms(self, cell: str) -> tuple[tuple[TermRef, ...], tuple[str, ...]]:
        """Give the categories of a cell, and a complaint for each word that is none."""
        names = tuple(self._names(cell))
        known = dict.fromkeys(term for name in names if (term := self._term(name)))
        return tuple(known), tuple(self._complaint(name) for name in names if not self._term(name))

    def _term(self, name: str) -> TermRef | None:
        return self.terms_of.get(fold(name)) or self.terms_of.get(_plain(name))

    def _names(self, cell: str) -> Iterator[str]:
        """Give what is written in a cell. Some names hold a comma."""
        for part in filter(None, map(str.strip, re.split(r"[;\n]", cell))):
            yield from [part] if self._term(part) else filter(None, map(str.strip, re.split("[,/]", part)))

    def _complaint(self, name: str) -> str:
        close = get_close_matches(fold(name), self.hints, n=1, cutoff=ALIKE)
        if close:
            return f"We do not know '{name}'. Write '{self.hints[close[0]]}', if that is what you mean."
        return f"We do not know '{name}'. {LIST_BELOW}"


def spell(needs: Mapping[str, Need]) -> Spelled:
    """Prepare what can be written for these needs. A need is a category of our own: a public one says something else."""
    terms = [term for need in needs.values() for term in need.terms]
    known = {fold(written): term for term in reversed(terms) for written in (term.name, *term.codes)}
    hints = {fold(word): _written(need) for need in reversed([*needs.values()]) for word in need.keywords}
    hints |= {fold(term.name): term.name for term in terms}
    for need in needs.values():
        own = need.own or TermRef(need.label)
        names = [fold(name) for name in (need.id, _written(need), need.label)]
        known |= dict.fromkeys([*names, *map(_plain, names)], own)
        hints |= dict.fromkeys(names, _written(need))
    return Spelled(known, hints)


def written_needs(needs: Mapping[str, Need]) -> str:
    """Write every need as it may be written in a sheet."""
    return "; ".join(map(_written, needs.values()))


def need_written(words: str, needs: Mapping[str, Need]) -> str:
    """Give the id of the need that is written so; nothing where none is."""
    names = {_plain(name): need.id for need in needs.values() for name in (need.id, _written(need), need.label)}
    return names.get(_plain(words), "")


def meant(word: str, known: Iterable[str]) -> str:
    """Ask whether a word means another one."""
    close = closest_of(word, known)
    return f" Did you mean '{close}'?" if close else ""


def closest_of(word: str, known: Iterable[str]) -> str:
    """Give the known word that is most like this one, if any is."""
    return next(iter(get_close_matches(fold(word), list(known), n=1, cutoff=0.75)), "")


def _plain(name: str) -> str:
    """Give a name as it is compared: "Money & benefits", "money and benefits" and "money benefits" are one."""
    return JOINED.sub(" ", fold(name)).strip()


def _written(need: Need) -> str:
    return need.id.replace("_", " ")
