"""Profiles to match by hand: what is known of somebody, in the shape of a labelled relevance set, and the search it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rxbot.directory.model import Need, Place
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import known_of
from rxbot.directory.search import Must, Search, Travel, Wish, else_km

SHOWN = 5


@dataclass(frozen=True)
class Profile:
    """What is known of somebody. All but the id may be left out.

    `needs` are the ids of ours; `focus` is what would help most, in the words of directories; `max_km` overrides `travel`;
    `circumstances` are ids of the closed list in `rules/circumstances.py`, others are passed over; `not_so` are those that
    are certainly not true.
    """

    id: str
    needs: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    location: Place | None = None
    max_km: float | None = None
    travel: Travel | None = None
    age: int | None = None
    gender: Gender | None = None
    language: str | None = None
    must: tuple[Must, ...] = ()
    circumstances: tuple[str, ...] = ()
    not_so: tuple[str, ...] = ()

    def search(self, needs: Mapping[str, Need], now: date, reach_km: float = 10.0) -> Search:
        """Give what to look for. `reach_km` is how far one goes where nothing is said of it, and rather than find nothing."""
        years = None if self.age is None else (self.age, self.age)
        return Search(
            needs=tuple(needs[need] for need in self.needs),
            focus=tuple(Wish(words, words) for words in self.focus),
            place=self.location,
            reach_km=self._reach_km(reach_km),
            else_km=0.0 if self.max_km is not None else else_km(self._reach_km(reach_km), reach_km),
            language=self.language,
            age=years,
            gender=self.gender,
            known=known_of(self.circumstances, self.not_so, self.needs, self.language, years, self.focus),
            must=frozenset(self.must),
            limit=SHOWN,
            now=now,
        )

    def _reach_km(self, otherwise: float) -> float:
        if self.max_km is not None:
            return self.max_km
        return self.travel.reach_km if self.travel else otherwise
