"""Everything the rules read in one record, as values: read once when it is imported, so that a search need not read prose.

The sentences the values came from are given by the rules themselves, for the few records that are shown.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from rxbot.directory.gazetteer import is_post_box, middle
from rxbot.directory.grid import km_between
from rxbot.directory.languages import are_kin, is_limited
from rxbot.directory.model import Place, Schedule, Service
from rxbot.directory.region import Region
from rxbot.directory.rules.access import Access, access_rule
from rxbot.directory.rules.age import Ages, ages_of
from rxbot.directory.rules.answers import Answer, Finding, worst
from rxbot.directory.rules.area import UNCHARTED, Around, Served, served_by
from rxbot.directory.rules.asked import asked_alone, asked_of
from rxbot.directory.rules.circumstances import HURT, OF_WHOEVER_CARES, WIDER
from rxbot.directory.rules.closed import Closed, closed_rule
from rxbot.directory.rules.cost import Cost, amounts_of, cost_of, is_never_free
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.gender import Gender, genders_of, takes
from rxbot.directory.rules.given import Given, comes_to_homes, given_rule, is_had_by_phone_too
from rxbot.directory.rules.hours import are_of_an_office, hours_of, open_in_evening, shut_notice
from rxbot.directory.rules.known import Known
from rxbot.directory.rules.language import languages_of
from rxbot.directory.rules.named import named_anywhere
from rxbot.directory.rules.openings import Hours
from rxbot.directory.rules.seeming import seeming_ages, seeming_asked, seeming_genders
from rxbot.directory.rules.sells import sells
from rxbot.directory.rules.volunteers import by_volunteers, seeks_helpers, wants_volunteers
from rxbot.directory.rules.whom import people_rule, seems_for_helpers, whom_rule

T = TypeVar("T")
NOWHERE, COUNTIES_OF_A_REGION = Served(), 3
COMES_KM, SPEAKS_KM = 30.0, 60.0
"""So far somebody drives to those they help at home, and so far they are rung up, where nothing else is said."""


@dataclass(frozen=True)
class Rules:
    """What a record says, read as rules.

    `spoken` and `partly` are ISO codes: languages that are always spoken, and those with limits. `interpreted` says that
    others may be possible. Each of `asked` is a set of circumstances of which one has to be true; `alone` is one that it asks for
    and nothing else. It is `afar` when its publisher lists it for people who live too far away to go there. Of what few people
    are, it speaks of those `named`. What comes to people's homes, or is rung up or written to, `comes_from` about
    there, as far as `comes_km`.
    """

    offered: bool = True
    for_people: bool = True
    ages: tuple[Ages, ...] = ()
    genders: tuple[Gender, ...] = ()
    asked: tuple[tuple[str, ...], ...] = ()
    alone: tuple[str, ...] = ()
    seeming_ages: tuple[Ages, ...] = ()
    seeming_genders: tuple[Gender, ...] = ()
    seeming_asked: tuple[tuple[str, ...], ...] = ()
    spoken: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    interpreted: bool = False
    for_everybody: bool = False
    cost: Cost = Cost.UNKNOWN
    amount: float | None = None
    never_free: bool = False
    entry: Entry = Entry.UNKNOWN
    given: Given = Given.UNKNOWN
    step_free: Answer = Answer.UNKNOWN
    evening: Answer = Answer.UNKNOWN
    served: Served = NOWHERE
    comes_from: Place | None = None
    comes_km: float = COMES_KM
    has_place: bool = False
    afar: bool = False
    checked: date | None = None
    alert: bool = False
    closed: Closed | None = None
    sells: bool = False
    wants_volunteers: bool = False
    seeks_helpers: bool = False
    by_volunteers: bool = False
    seems_for_helpers: bool = False
    named: tuple[str, ...] = ()

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
        """Say whether a language is spoken; the home language always is. See `language_rule`."""
        if wanted == home or wanted in self.spoken:
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

    @property
    def is_had_from_afar(self) -> bool:
        """Say whether one rings or writes, and does not go there: it is never out of reach."""
        return self.afar or self.given in (Given.BY_PHONE, Given.ONLINE)

    @property
    def is_had_without_going(self) -> bool:
        """Say whether it can be had at one's home: from afar, everywhere, or because it comes there in the area it names."""
        comes = self.comes_from is not None or (self.given is Given.AT_HOME and bool(self.served.areas))
        return self.is_had_from_afar or self.served.everywhere or comes

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

    def each(read: Callable[[Service], T]) -> Iterator[T]:
        return iter([read(service) for service in services])

    people, ages, genders = each(people_rule), each(ages_of), each(genders_of)
    asked, alone = each(asked_of), each(asked_alone)
    seems_of_ages, seems_of_genders, seems_asked = each(seeming_ages), each(seeming_genders), each(seeming_asked)
    spoken, partly = each(partial(_codes, limited=False)), each(partial(_codes, limited=True))
    whom, cost, amounts, never_free = each(partial(whom_rule, place=None)), each(cost_of), each(amounts_of), each(is_never_free)
    entry, given, evening, served = each(entry_of), each(given_rule), each(_evening), each(served_by)
    step_free = each(partial(access_rule, wanted=Access.STEP_FREE))
    closed, selling = each(closed_rule), each(sells)
    volunteers, seeking, by_them = each(wants_volunteers), each(seeks_helpers), each(by_volunteers)
    helpers, named = each(seems_for_helpers), each(named_anywhere)
    afar = [region is not None and region.is_far(service) for service in services]
    return [
        Rules(
            offered=service.offered,
            for_people=next(people).value is not Answer.NO,
            ages=tuple(one for one, _ in next(ages)),
            genders=tuple(only for only, _ in next(genders)),
            asked=tuple(dict.fromkeys(tuple(sorted(one.any_of)) for one in next(asked))),
            alone=next(alone),
            seeming_ages=next(seems_of_ages),
            seeming_genders=next(seems_of_genders),
            seeming_asked=next(seems_asked),
            spoken=next(spoken),
            partly=next(partly),
            interpreted=bool(service.interpretation),
            for_everybody=next(whom).value is Answer.YES,
            cost=next(cost).value,
            amount=max((money.amount for money in next(amounts)), default=None),
            never_free=next(never_free),
            entry=next(entry).value,
            given=next(given).value,
            step_free=next(step_free).value,
            evening=next(evening),
            served=next(served),
            comes_from=None if far else _comes_from(service),
            comes_km=COMES_KM if comes_to_homes(service) else SPEAKS_KM,
            has_place=not far and _has_place(service),
            afar=far,
            checked=service.checked,
            alert=bool(service.alert or shut_notice(_all_schedules(service))),
            closed=next(closed),
            sells=next(selling),
            wants_volunteers=next(volunteers),
            seeks_helpers=next(seeking),
            by_volunteers=next(by_them),
            seems_for_helpers=next(helpers),
            named=next(named),
        )
        for service, far in zip(services, afar, strict=True)
    ]


def _has_place(service: Service) -> bool:
    return any(location.place for location in service.locations)


def _codes(service: Service, limited: bool) -> tuple[str, ...]:
    """Give the languages that are spoken with limits, or without."""
    return tuple(sorted({row.code for row in languages_of(service) if is_limited(row) is limited}))


def _comes_from(service: Service) -> Place | None:
    """Give about where it has its place, if one need not go there: many records have the same."""
    places = [location.place for location in service.locations if location.place]
    if not places or not (comes_to_homes(service) or _is_spoken_with(service)):
        return None
    about = middle(places, "")
    return Place(round(about.lat, 1), round(about.lon, 1))


def _is_spoken_with(service: Service) -> bool:
    """Say whether it is had by phone too, or all its places are post boxes."""
    boxes = [location.is_rough and all(map(is_post_box, location.addresses)) for location in service.locations]
    return (bool(boxes) and all(boxes)) or is_had_by_phone_too(service)


def _evening(service: Service) -> Answer:
    """Say whether it is open in the evening, at any of its places."""
    sheets = _all_sheets(service)
    answers = {_evening_by(hours_of(sheet), service) for sheet in sheets if sheet}
    return next((one for one in (Answer.YES, Answer.UNKNOWN, Answer.NO) if one in answers), Answer.UNKNOWN)


def _all_sheets(service: Service) -> tuple[tuple[Schedule, ...], ...]:
    return (service.schedules, *(location.schedules for location in service.locations))


def _all_schedules(service: Service) -> tuple[Schedule, ...]:
    return tuple(one for sheet in _all_sheets(service) for one in sheet)


def _evening_by(hours: Hours, service: Service) -> Answer:
    """Say whether it is open in the evening by these hours: those of an office are not those of the groups it has."""
    answer = open_in_evening(hours).value
    return Answer.UNKNOWN if answer is Answer.NO and are_of_an_office(service, hours) else answer
