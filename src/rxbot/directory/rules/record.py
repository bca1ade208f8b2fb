"""Everything the rules read in one record, as values: read once when it is imported, so that a search need not read prose.

The sentences the values came from are given by the rules themselves, for the few records that are shown.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TypeVar

from rxbot.directory.grid import km_between
from rxbot.directory.languages import are_kin
from rxbot.directory.model import Place, Service
from rxbot.directory.region import Region
from rxbot.directory.rules import values
from rxbot.directory.rules.ages import Ages
from rxbot.directory.rules.answers import Answer, Finding, worst
from rxbot.directory.rules.area import Served, served_by
from rxbot.directory.rules.around import UNCHARTED, Around
from rxbot.directory.rules.asked import asked_alone
from rxbot.directory.rules.circumstances import HURT, OF_WHOEVER_CARES, WIDER
from rxbot.directory.rules.closed import Closed, closed_rule
from rxbot.directory.rules.cost import is_never_free
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry
from rxbot.directory.rules.gender import Gender, takes
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.known import Known
from rxbot.directory.rules.language import taught_by, unspoken_of
from rxbot.directory.rules.named import named_anywhere
from rxbot.directory.rules.purpose import Purpose, purpose_of
from rxbot.directory.rules.seeming import seeming_ages, seeming_asked, seeming_genders
from rxbot.directory.rules.values import COMES_KM

T = TypeVar("T")
NOWHERE, COUNTIES_OF_A_REGION = Served(), 3


def by(read: Callable[[Service], T], unread: T) -> T:
    """Declare a field that is read in a record in this way, and is this where nothing was read."""
    return field(default=unread, metadata={READ: read})


READ = "read"


@dataclass(frozen=True)
class Rules:
    """What a record says, read as rules.

    `spoken` and `partly` are ISO codes: languages that are always spoken, and those with limits. `interpreted` says that
    others may be possible; those `unspoken` nearly all others of its publisher name, and it does not. Each of `asked` is a set
    of circumstances of which one has to be true; `alone` is one that it asks for and nothing else. It is `afar` when its
    publisher lists it for people who live too far away to go there. Of what few people are, it speaks of those `named`. What
    comes to people's homes, or is rung up or written to, `comes_from` about there, as far as `comes_km`.
    """

    offered: bool = by(values.offered, True)
    for_people: bool = by(values.for_people, True)
    purpose: Purpose = by(purpose_of, Purpose.HELP)
    ages: tuple[Ages, ...] = by(values.ages, ())
    genders: tuple[Gender, ...] = by(values.genders, ())
    asked: tuple[tuple[str, ...], ...] = by(values.asked, ())
    alone: tuple[str, ...] = by(asked_alone, ())
    seeming_ages: tuple[Ages, ...] = by(seeming_ages, ())
    seeming_genders: tuple[Gender, ...] = by(seeming_genders, ())
    seeming_asked: tuple[tuple[str, ...], ...] = by(seeming_asked, ())
    spoken: tuple[str, ...] = by(values.spoken, ())
    partly: tuple[str, ...] = by(values.partly_spoken, ())
    unspoken: tuple[str, ...] = ()
    teaches: tuple[str, ...] = by(taught_by, ())
    interpreted: bool = by(values.interpreted, False)
    for_everybody: bool = by(values.for_everybody, False)
    cost: Cost = by(values.cost, Cost.UNKNOWN)
    amount: float | None = by(values.amount, None)
    never_free: bool = by(is_never_free, False)
    entry: Entry = by(values.entry, Entry.UNKNOWN)
    given: Given = by(values.given, Given.UNKNOWN)
    step_free: Answer = by(values.step_free, Answer.UNKNOWN)
    evening: Answer = by(values.evening, Answer.UNKNOWN)
    served: Served = by(served_by, NOWHERE)
    comes_from: Place | None = by(values.comes_from, None)
    comes_km: float = by(values.comes_km, COMES_KM)
    has_place: bool = by(values.has_place, False)
    afar: bool = False
    checked: date | None = by(values.checked, None)
    alert: bool = by(values.alert, False)
    closed: Closed | None = by(closed_rule, None)
    named: tuple[str, ...] = by(named_anywhere, ())

    def age(self, band: tuple[int, int] | None) -> Answer:
        """Say whether this age band is taken."""
        return worst(Finding(ages.takes(band)) for ages in self.ages).value if band else Answer.UNKNOWN

    def is_for_others(self, band: tuple[int, int] | None) -> bool:
        """Say whether all that is said of age names other ages, with exceptions or without: "over 55 for most programs"."""
        return band is not None and bool(self.ages) and all(ages.is_apart(band) for ages in self.ages)

    def is_mostly_for_others(self, band: tuple[int, int] | None) -> bool:
        """Say whether of those it names other ages it says that most of it is for them."""
        return self.is_for_others(band) and any(ages.mostly for ages in self.ages)

    def gender(self, gender: Gender | None) -> Answer:
        """Say whether this gender is taken."""
        return worst(Finding(takes(only, gender)) for only in self.genders).value if gender else Answer.UNKNOWN

    def language(self, wanted: str, home: str) -> Answer:
        """Say whether a language is spoken; the home language is, if nothing is said of it. See `language_rule`."""
        if wanted in self.spoken or (wanted == home and home not in self.unspoken):
            return Answer.YES
        near = wanted in self.partly or any(not code or are_kin(code, wanted) for code in (*self.spoken, *self.partly))
        return Answer.NO if (self.spoken or self.partly) and not self.interpreted and not near else Answer.UNKNOWN

    def serves(self, place: Place | None, around: Around = UNCHARTED) -> Answer:
        """Say whether a place is served."""
        return self.served.at(place, around).value if place else Answer.UNKNOWN

    def hardly_serves(self, place: Place | None, around: Around = UNCHARTED) -> bool:
        """Say whether a place is hardly served, though nothing certain speaks against it."""
        return bool(self.served.homes) and place is not None and self.served.hardly_at(place, around)

    def is_for_other_towns(self, place: Place | None, around: Around = UNCHARTED) -> bool:
        """Say whether all the areas it names are towns where a person does not live."""
        return bool(self.served.areas) and place is not None and self.served.is_for_other_towns(place, around)

    def is_for_the_town_of(self, place: Place | None) -> bool:
        """Say whether the very town of a place is named."""
        return place is not None and self.served.is_for_the_town_of(place)

    def shares_out_elsewhere(self, place: Place | None, around: Around = UNCHARTED) -> bool:
        """Say the same of help that is divided between towns: what stands above a heading in its areas is for other help."""
        return bool(self.served.areas) and place is not None and self.served.below_its_heading.is_for_other_towns(place, around)

    @property
    def is_had_from_afar(self) -> bool:
        """Say whether one rings or writes, and does not go there: it is never out of reach."""
        return self.afar or self.given in (Given.BY_PHONE, Given.ONLINE)

    @property
    def is_had_without_going(self) -> bool:
        """Say whether it can be had at one's home: from afar, everywhere, or because it comes there in the area it names."""
        comes = self.comes_from is not None or (self.given is Given.AT_HOME and bool(self.served.areas))
        return self.is_had_from_afar or self.served.everywhere or comes

    def is_in_person_at(self, place: Place | None) -> bool:
        """Say whether one can go there, to this place of it, or it comes to one's home."""
        return place is not None or self.given is Given.AT_HOME

    def may_come_to(self, place: Place, around: Around = UNCHARTED) -> bool:
        """Say whether it comes to people's homes, from so near that it may come to this place, and is not for other towns.

        Who rings from another county may be refused; of a whole region we hardly know the counties by their names.
        """
        is_near = self.comes_from is not None and km_between(self.comes_from, place) <= self.comes_km
        is_for_others = self.comes_km > COMES_KM and 0 < len(self.served.areas) < COUNTIES_OF_A_REGION
        elsewhere = is_for_others or self.is_for_other_towns(place, around) or self.hardly_serves(place, around)
        return is_near and not elsewhere

    def chance(self, known: Known, least: float = 0.0) -> float:
        """Give how likely somebody of whom this is known is one of those it is for, from 0 to 1.

        It is `least` at least, but for what is true of whoever cares and not of whom they care for, and for an illness of many.
        """
        return min((max(known.chance(one), least * _share_of_least(one)) for one in self.asked), default=1.0)

    def seems_for(self, band: tuple[int, int] | None, gender: Gender | None) -> bool:
        """Say whether nothing in its name or first sentence sounds as if it were for other ages, or the other gender."""
        young_or_old = band and self.seeming_ages and all(band[1] < ages.low or ages.high < band[0] for ages in self.seeming_ages)
        return not young_or_old and not any(gender and takes(only, gender) is Answer.NO for only in self.seeming_genders)

    def seeming_chance(self, known: Known) -> float:
        """Give how likely somebody is one of those it seems to be for."""
        return min((known.chance(asked) for asked in self.seeming_asked), default=1.0)


def _share_of_least(asked: Collection[str]) -> float:
    """Say how much of what is likely of whom somebody cares for is likely here."""
    return 0.0 if OF_WHOEVER_CARES.issuperset(asked) else ONE_OF_MANY if OF_FEW_CARED_FOR.issuperset(asked) else 1.0


OF_FEW_CARED_FOR, ONE_OF_MANY = WIDER.keys() | HURT, 0.25
"""Most who care do so for somebody old, ill or disabled: for few who were hurt, or have this one illness of many."""


def read_rules(service: Service, region: Region | None = None) -> Rules:
    """Read what a record says; `region` is where its publisher's services are."""
    [rules] = read_all_rules([service], region)
    return rules


def read_all_rules(services: Sequence[Service], region: Region | None = None) -> list[Rules]:
    """Read what records say, one rule after another of all of them.

    It takes a fifth less time than all rules of one after another: they are more than a processor has at hand at once.
    """
    columns = [[read(service) for service in services] for read in READ_BY.values()]
    found = [Rules(**dict(zip(READ_BY, row, strict=True))) for row in zip(*columns, strict=True)]
    return [_as_listed(rules, one, region) for one, rules in zip(services, found, strict=True)] if region else found


READ_BY = {one.name: one.metadata[READ] for one in fields(Rules) if READ in one.metadata}


def _as_listed(rules: Rules, service: Service, region: Region) -> Rules:
    """Give rules with what only the whole list tells. The place of what is too far away to go to counts for nothing."""
    listed = replace(rules, unspoken=unspoken_of(service, region.languages))
    return replace(listed, afar=True, has_place=False, comes_from=None) if region.is_far(service) else listed
