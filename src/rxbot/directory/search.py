"""What is looked for, and for whom."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from rxbot.directory.index import Phrase, Wanted, phrase
from rxbot.directory.model import Need, Place
from rxbot.directory.rules.ages import GROWN
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import Known


class Must(StrEnum):
    """What a person cannot do without."""

    FREE = "free"
    FREE_OR_SLIDING = "free_or_sliding"
    STEP_FREE = "step_free"
    ONLINE = "online"
    WITHOUT_GOING = "without_going"
    EVENING = "evening"


class Travel(StrEnum):
    """How a person gets about, and with it how far: the kilometres, as the crow flies, that take about half an hour."""

    WALKING = "walking"
    BUS = "bus"
    CAR = "car"

    @property
    def reach_km(self) -> float:
        """Give how far this goes."""
        return {Travel.WALKING: 2.0, Travel.BUS: 8.0, Travel.CAR: 20.0}[self]


@dataclass(frozen=True)
class Wish:
    """What a person said would help most: an id to name it by, and words that directories may have for it."""

    id: str
    words: str

    @cached_property
    def phrase(self) -> Phrase:
        """Give what to look for."""
        return phrase(self.words)


def else_km(reach_km: float, usual_km: float) -> float:
    """Say how far to look where nothing that is wished for is in reach: twice as far, and at least as far as is usual."""
    return max(2 * reach_km, usual_km)


NOBODY = Known()


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: any of the needs, near a place, for a person of whom this is known; all but the needs may be left out.

    Where nothing that is wished for is in reach, it is looked for further, at last as far as `else_km`. `focus` is what would
    help most. Of the needs whose keys are `posted` an index knows how well each record fits.
    """

    needs: tuple[Need, ...]
    posted: frozenset[str] = frozenset()
    focus: tuple[Wish, ...] = ()
    place: Place | None = None
    reach_km: float = 10.0
    else_km: float = 0.0
    language: str | None = None
    age: tuple[int, int] | None = None
    gender: Gender | None = None
    known: Known = NOBODY
    must: frozenset[Must] = frozenset()
    limit: int = 3
    now: date
    home_language: str = "en"

    @property
    def further(self) -> "tuple[Search, ...]":
        """Give the searches for where nothing is in reach, one after the other: at first only twice as far."""
        ways = dict.fromkeys((min(2 * self.reach_km, self.else_km), self.else_km))
        return tuple(replace(self, reach_km=km) for km in ways if km > self.reach_km)

    @property
    def in_person(self) -> bool:
        """Say whether what is looked for has to be gone for, or to come to the home."""
        return bool(self.needs) and all(need.in_person for need in self.needs)

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """Give what speaks for the needs."""
        return tuple(map(Wanted.by, self.needs))

    @cached_property
    def wished(self) -> frozenset[str]:
        """Give the keys of what would help most."""
        return frozenset(key for wish in self.focus for key in (*wish.phrase.words, *wish.phrase.pairs))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Give every key that speaks for a service."""
        return self.wished.union(*((one.key,) if one.key in self.posted else one.spoken_by for one in self.wanted))

    @cached_property
    def for_another(self) -> bool:
        """Say whether the person asks for somebody they care for, or offers their own help: then a record is not about them."""
        return self.is_only_for(ABOUT_OTHERS)

    def is_only_for(self, needs: frozenset[str]) -> bool:
        """Say whether nothing else is needed than some of these needs."""
        return bool(self._needed) and self._needed <= needs

    @cached_property
    def offers_help(self) -> bool:
        """Say whether the person wants to help others, and nothing else: what asks for nobody's help is no answer then."""
        return self.is_only_for(frozenset({"volunteering"}))

    @cached_property
    def would_help(self) -> bool:
        """Say whether the person wants to help others, or does so."""
        return self.offers_help or "volunteer" in self.known.has

    @cached_property
    def for_ones_child(self) -> bool:
        """Say whether a grown-up asks for help with their child: then a record for children is for them."""
        is_grown = self.age is not None and self.age[0] >= GROWN
        asks_for_nobody_else = self._needed <= {WITH_CHILDREN, "carers"}
        return is_grown and WITH_CHILDREN in self._needed and (asks_for_nobody_else or self._has_children)

    @cached_property
    def tells_of_children(self) -> bool:
        """Say whether the person said that they have children, or asks for help with some."""
        return self._has_children or WITH_CHILDREN in self._needed

    @property
    def _has_children(self) -> bool:
        return "has_children" in self.known.has

    @cached_property
    def _needed(self) -> frozenset[str]:
        return frozenset(need.id for need in self.needs)


WITH_CHILDREN = "family_parenting"
"""What whoever needs help with their children needs."""
ABOUT_OTHERS = frozenset({"carers", "volunteering"})
