"""What each rule reads in a record as a plain value, without the sentence it was read from: one for each field of `Rules`."""

from datetime import date

from rxbot.directory.gazetteer import is_post_box, middle
from rxbot.directory.languages import is_limited
from rxbot.directory.model import Place, Schedule, Service
from rxbot.directory.rules.access import Access, access_rule
from rxbot.directory.rules.age import ages_of
from rxbot.directory.rules.ages import Ages
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.asked import asked_of
from rxbot.directory.rules.cost import amounts_of, cost_of
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.gender import Gender, genders_of
from rxbot.directory.rules.given import Given, comes_to_homes, given_rule, is_had_by_phone_too
from rxbot.directory.rules.hours import are_of_an_office, hours_of, open_in_evening, shut_notice
from rxbot.directory.rules.language import languages_of
from rxbot.directory.rules.openings import Hours
from rxbot.directory.rules.whom import people_rule, whom_rule

COMES_KM, SPEAKS_KM = 30.0, 60.0
"""So far somebody drives to those they help at home, and so far they are rung up, where nothing else is said."""


def offered(service: Service) -> bool:
    """Say whether its directory offers it."""
    return service.offered


def for_people(service: Service) -> bool:
    """Say whether a person may come."""
    return people_rule(service).value is not Answer.NO


def for_everybody(service: Service) -> bool:
    """Say whether anybody of the right age may come."""
    return whom_rule(service, place=None).value is Answer.YES


def ages(service: Service) -> tuple[Ages, ...]:
    """Give each range of ages that is said."""
    return tuple(one for one, _ in ages_of(service))


def genders(service: Service) -> tuple[Gender, ...]:
    """Give the gender of each text that names one alone."""
    return tuple(only for only, _ in genders_of(service))


def asked(service: Service) -> tuple[tuple[str, ...], ...]:
    """Give each set of circumstances of which one has to be true."""
    return tuple(dict.fromkeys(tuple(sorted(one.any_of)) for one in asked_of(service)))


def spoken(service: Service) -> tuple[str, ...]:
    """Give the codes of the languages that are always spoken."""
    return tuple(sorted({row.code for row in languages_of(service) if not is_limited(row)}))


def partly_spoken(service: Service) -> tuple[str, ...]:
    """Give the codes of the languages that are spoken with limits."""
    return tuple(sorted({row.code for row in languages_of(service) if is_limited(row)}))


def interpreted(service: Service) -> bool:
    """Say whether other languages may be possible."""
    return bool(service.interpretation)


def cost(service: Service) -> Cost:
    """Give the kind of its price."""
    return cost_of(service).value


def amount(service: Service) -> float | None:
    """Give the largest amount it names."""
    return max((money.amount for money in amounts_of(service)), default=None)


def entry(service: Service) -> Entry:
    """Say how people get in."""
    return entry_of(service).value


def given(service: Service) -> Given:
    """Say how it is given where nobody has to travel."""
    return given_rule(service).value


def step_free(service: Service) -> Answer:
    """Say whether it can be used without steps."""
    return access_rule(service, Access.STEP_FREE).value


def evening(service: Service) -> Answer:
    """Say whether it is open in the evening, at any of its places."""
    answers = {_in_evening(hours_of(sheet), service) for sheet in _sheets(service) if sheet}
    return next((one for one in (Answer.YES, Answer.UNKNOWN, Answer.NO) if one in answers), Answer.UNKNOWN)


def _in_evening(hours: Hours, service: Service) -> Answer:
    """Say whether it is open in the evening by these hours: those of an office are not those of the groups it has."""
    answer = open_in_evening(hours).value
    return Answer.UNKNOWN if answer is Answer.NO and are_of_an_office(service, hours) else answer


def alert(service: Service) -> bool:
    """Say whether it has a note, in its own field or in place of opening times."""
    return bool(service.alert or shut_notice(tuple(one for sheet in _sheets(service) for one in sheet)))


def _sheets(service: Service) -> tuple[tuple[Schedule, ...], ...]:
    return (service.schedules, *(location.schedules for location in service.locations))


def checked(service: Service) -> date | None:
    """Give when it was checked."""
    return service.checked


def has_place(service: Service) -> bool:
    """Say whether it is known where it is."""
    return any(location.place for location in service.locations)


def comes_from(service: Service) -> Place | None:
    """Give about where it has its place, if one need not go there: many records have the same."""
    places = [location.place for location in service.locations if location.place]
    if not places or not (comes_to_homes(service) or _is_spoken_with(service)):
        return None
    about = middle(places, "")
    return Place(round(about.lat, 1), round(about.lon, 1))


def comes_km(service: Service) -> float:
    """Say how far it comes to somebody's home, or is rung up from."""
    return COMES_KM if comes_to_homes(service) else SPEAKS_KM


def _is_spoken_with(service: Service) -> bool:
    """Say whether it is had by phone too, or all its places are post boxes."""
    boxes = [location.is_rough and all(map(is_post_box, location.addresses)) for location in service.locations]
    return (bool(boxes) and all(boxes)) or is_had_by_phone_too(service)
