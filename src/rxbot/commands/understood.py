"""Word what was understood of a service's record, each with the sentence it was read from, for whoever keeps the directory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rxbot.directory.languages import is_limited
from rxbot.directory.model import Address, Location, Schedule, Service
from rxbot.directory.rules.access import Access, access_rule
from rxbot.directory.rules.age import ages_of
from rxbot.directory.rules.ages import NO_LIMIT, Ages
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import served_by
from rxbot.directory.rules.asked import asked_of
from rxbot.directory.rules.cost import cost_of
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.gender import Gender, genders_of
from rxbot.directory.rules.given import Given, given_rule
from rxbot.directory.rules.hours import read_schedule
from rxbot.directory.rules.language import languages_of
from rxbot.directory.rules.openings import DAY, Opening, Sheet
from rxbot.directory.rules.recurrence import Days
from rxbot.directory.rules.whom import people_rule, whom_rule

FIELD = ""
"""The sentence of what stands in a field of its own."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = {0: "", 1: "first ", 2: "second ", 3: "third ", 4: "fourth ", 5: "fifth ", -1: "last "}
SAME_AT_ALL = {"WEEKLY": "", "MONTHLY": " of the month", "DAILY": "every day", "YEARLY": " of the year"}
GENDERS = {Gender.FEMALE: "women", Gender.MALE: "men"}
COSTS = {
    Cost.FREE: "free",
    Cost.DONATION: "people give what they like",
    Cost.SLIDING: "the price follows income",
    Cost.FIXED: "there is a fixed price",
    Cost.MEMBERSHIP: "for members, who pay",
    Cost.INSURANCE: "insurance pays",
}
ENTRIES = {
    Entry.WALK_IN: "people can just walk in",
    Entry.SELF_REFERRAL: "people can ask for it themselves",
    Entry.REFERRAL: "a professional has to refer them",
}
GIVEN = {Given.BY_PHONE: "by phone", Given.ONLINE: "online", Given.AT_HOME: "it comes to people's homes"}
STEPS = {Answer.YES: "there is a way in without steps", Answer.NO: "there are steps"}


@dataclass(frozen=True)
class Understood:
    """One thing that was understood, and the sentence it was read from: nothing, where a field of its own says it."""

    what: str
    sentence: str = FIELD


@dataclass(frozen=True)
class Part:
    """All that was understood of one thing; nothing, where it is unknown. `said` are the words that nothing was read from."""

    name: str
    found: tuple[Understood, ...]
    said: tuple[str, ...] = ()


def parts_of(service: Service) -> tuple[Part, ...]:
    """Give what was understood, thing by thing."""
    cost, entry, given = cost_of(service), entry_of(service), given_rule(service)
    steps = access_rule(service, Access.STEP_FREE)
    return (
        Part("ages", tuple(Understood(_ages(ages), sentence) for ages, sentence in ages_of(service))),
        Part("for whom", tuple(_whom(service)), _texts(service.eligibility_description, *service.audience)),
        Part("languages", tuple(_languages(service))),
        *_times(service),
        Part("price", _one(COSTS.get(cost.value), cost.sentence), _texts(service.fees_description)),
        Part("area", tuple(_areas(service))),
        Part("place", tuple(map(_place, service.locations))),
        Part("without going", _one(GIVEN.get(given.value), given.sentence)),
        Part("steps", _one(STEPS.get(steps.value), steps.sentence)),
        Part("how to get in", _one(ENTRIES.get(entry.value), entry.sentence), _texts(service.application_process)),
    )


def _one(what: str | None, sentence: str) -> tuple[Understood, ...]:
    return (Understood(what, sentence),) if what else ()


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def _ages(ages: Ages) -> str:
    gaps = "".join(f", but not {low:g} to {high:g}" for low, high in ages.gaps)
    more = gaps + (", with whoever brings them" if ages.brought else "") + ("" if ages.sure else ", with exceptions")
    if ages.high >= NO_LIMIT:
        return (f"{ages.low:g} and over" if ages.low else "all ages") + more
    return (f"{ages.low:g} to {ages.high:g}" if ages.low else f"up to {ages.high:g}") + more


def _whom(service: Service) -> Iterator[Understood]:
    people = people_rule(service)
    if people.value is Answer.NO:
        yield Understood("organizations or professionals", people.sentence)
    for gender, sentence in genders_of(service):
        yield Understood(GENDERS.get(gender, gender.value), sentence)
    for asked in asked_of(service):
        yield Understood(
            f"people of whom this is true: {' or '.join(_plain(one) for one in sorted(asked.any_of))}", asked.sentence
        )
    whom = whom_rule(service, None)
    if whom.value is Answer.YES:
        yield Understood("everybody of the right age and area", whom.sentence)


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _languages(service: Service) -> Iterator[Understood]:
    for one in languages_of(service):
        limits = f" (with limits: {one.note})" if is_limited(one) and one.note else " (with limits)" if is_limited(one) else ""
        yield Understood(f"{one.name}{limits}{'' if one.code else ': no language we know'}")
    if service.interpretation:
        yield Understood("others may be possible", service.interpretation)


def _areas(service: Service) -> Iterator[Understood]:
    served = served_by(service)
    if served.everywhere:
        yield Understood("the whole country")
    yield from (Understood(area) for area in served.areas)
    yield from (Understood(f"inside an outline on the map{f', {one.name}' if one.name else ''}") for one in served.outlines)
    for home in served.homes:
        yield Understood("only people who live there" if home.only and home.sure else "people who live there", home.sentence)


def _times(service: Service) -> Iterator[Part]:
    """Give the days and times of the service, and of each of its places that has its own."""
    places = [one for one in service.locations if one.schedules]
    if service.schedules or not places:
        yield _opening("days and times", service.schedules)
    for one in places:
        yield _opening(f"days and times at {_named(one)}" if len(service.locations) > 1 else "days and times", one.schedules)


def _opening(name: str, schedules: Iterable[Schedule]) -> Part:
    sheets = [read_schedule(one) for one in schedules]
    known = [(sheet, what) for sheet in sheets if (what := _sheet(sheet))]
    unread = tuple(sheet.sentence for sheet in sheets if sheet.sentence and not _sheet(sheet))
    return Part(name, tuple(Understood(what, sheet.sentence) for sheet, what in known), unread)


def _sheet(sheet: Sheet) -> str:
    doubts = [f"perhaps {_days(days)}" for days in sheet.doubts]
    closed = ["closed"] if sheet.is_exception else []
    until = f", until {sheet.valid_to}" if sheet.valid_to else ""
    told = [*map(_hours, sheet.openings), *doubts, *closed]
    return f"{'; '.join(told)}{until}" if told else ""


def _hours(one: Opening) -> str:
    if (one.opens, one.closes) == (0, DAY):
        return f"{_days(one.days)}, day and night"
    closes = "" if one.closes is None else f"-{_clock(one.closes)}"
    return f"{_days(one.days)} {'' if closes else 'from '}{_clock(one.opens)}{closes}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _days(days: Days) -> str:
    named = ", ".join(f"{NTH.get(one.nth, f'{one.nth}th ')}{WEEKDAYS[one.day]}" for one in days.byday)
    numbered = ", ".join(f"day {day}" for day in days.bymonthday)
    every = f", every {days.interval} weeks" if days.interval > 1 else ""
    seasons = "".join(f" from {a[1]}/{a[0]} to {b[1]}/{b[0]} (day/month)" for a, b in days.seasons)
    return f"{named or numbered}{SAME_AT_ALL.get(days.freq, '')}{every}{seasons}"


def _place(location: Location) -> Understood:
    spot = (
        "on the map, where others of its postcode or town are"
        if location.is_rough
        else f"on the map at {location.place.lat:g}, {location.place.lon:g}"
        if location.place
        else "not on the map"
    )
    return Understood(f"{_named(location)} ({spot})")


def _named(location: Location) -> str:
    return (
        ", ".join(filter(None, (location.name, *map(_address, location.addresses)))) or location.type or "a place without a name"
    )


def _address(address: Address) -> str:
    return ", ".join(filter(None, (address.address_1, address.city, address.postal_code)))
