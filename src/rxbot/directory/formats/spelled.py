"""Read the needs a coordinator writes in a sheet: by id, name, category or code; a word that is none gets a hint."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from rxbot.directory.model import Need, TermRef
from rxbot.directory.stems import fold


@dataclass(frozen=True)
class Spelled:
    """Everything that can be written for a need, with its category, and what else people may mean by one."""

    terms_of: Mapping[str, TermRef]
    hints: Mapping[str, str]
    listed: str

    def terms(self, cell: str) -> tuple[tuple[TermRef, ...], tuple[str, ...]]:
        """Give the categories of a cell, and a complaint for each word that is none."""
        names = tuple(self._names(cell))
        known = dict.fromkeys(self.terms_of[fold(name)] for name in names if fold(name) in self.terms_of)
        return tuple(known), tuple(self._complaint(name) for name in names if fold(name) not in self.terms_of)

    def _names(self, cell: str) -> Iterator[str]:
        """Give what is written in a cell. Some names hold a comma."""
        for part in filter(None, map(str.strip, re.split(r"[;\n]", cell))):
            yield from [part] if fold(part) in self.terms_of else filter(None, map(str.strip, part.split(",")))

    def _complaint(self, name: str) -> str:
        close = get_close_matches(fold(name), self.hints, n=1, cutoff=0.75)
        if close:
            return f"We do not know '{name}'. Write '{self.hints[close[0]]}', if that is what you mean."
        return f"We do not know '{name}'. Write one or more of: {self.listed}."


def spell(needs: Mapping[str, Need]) -> Spelled:
    """Prepare what can be written for these needs. A need is its broadest category, which stands first."""
    terms = [term for need in needs.values() for term in need.terms]
    known = {fold(written): term for term in reversed(terms) for written in (term.name, *term.codes)}
    hints = {fold(word): _written(need) for need in reversed([*needs.values()]) for word in need.keywords}
    hints |= {fold(term.name): term.name for term in terms}
    for need in needs.values():
        broadest = need.terms[0] if need.terms else TermRef(need.label)
        names = [fold(name) for name in (need.id, _written(need), need.label)]
        known |= dict.fromkeys(names, broadest)
        hints |= dict.fromkeys(names, _written(need))
    return Spelled(known, hints, written_needs(needs))


def written_needs(needs: Mapping[str, Need]) -> str:
    """Write every need as it may be written in a sheet."""
    return "; ".join(map(_written, needs.values()))


def meant(word: str, known: Iterable[str]) -> str:
    """Ask whether a word means another one."""
    close = get_close_matches(fold(word), list(known), n=1, cutoff=0.75)
    return f" Did you mean '{close[0]}'?" if close else ""


def _written(need: Need) -> str:
    return need.id.replace("_", " ")
