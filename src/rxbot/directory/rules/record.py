"""Everything the rules read in one record, as values: read once when it is imported, so that a search need not read prose.

The sentences the values came from are given by the rules themselves, for the few records that are shown.
"""

from dataclasses import dataclass
from datetime import date

from rxbot.directory.model import Location, Place, Service
from rxbot.directory.rules.age import Ages, ages_of
from rxbot.directory.rules.answers import Answer, Finding, worst
from rxbot.directory.rules.area import area_rule
from rxbot.directory.rules.circumstances import Asked, Known, asked_of
from rxbot.directory.rules.cost import Cost, cost_of
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.gender import Gender, genders_of, takes
from rxbot.directory.rules.given import Given, given_rule
from rxbot.directory.rules.language import spoken_in
from rxbot.directory.rules.whom import people_rule


@dataclass(frozen=True)
class Rules:
    """What a record says, read as rules. `spoken` are ISO codes; `interpreted`: other languages may be possible."""

    offered: bool = True
    for_people: bool = True
    ages: tuple[Ages, ...] = ()
    genders: tuple[Gender, ...] = ()
    asked: tuple[Asked, ...] = ()
    spoken: frozenset[str] = frozenset()
    interpreted: bool = False
    cost: Cost = Cost.UNKNOWN
    entry: Entry = Entry.UNKNOWN
    given: Given = Given.UNKNOWN
    checked: date | None = None
    alert: bool = False

    def age(self, band: tuple[int, int] | None) -> Answer:
        """Say whether this age band is taken."""
        return worst(Finding(ages.takes(band)) for ages in self.ages).value if band else Answer.UNKNOWN

    def gender(self, gender: Gender | None) -> Answer:
        """Say whether this gender is taken."""
        return worst(Finding(takes(only, gender)) for only in self.genders).value if gender else Answer.UNKNOWN

    def chance(self, known: Known) -> float:
        """Give how likely somebody of whom this is known is one of those it is for, from 0 to 1."""
        return min((known.chance(asked) for asked in self.asked), default=1.0)
