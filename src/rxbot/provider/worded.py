"""Pages in the reader's language: what a template needs to word them, and which language is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rxbot.clinic.frame import templates_in
from rxbot.content.load import Release
from rxbot.directory.eligibility import words_on_eligibility
from rxbot.directory.index import categories_of
from rxbot.directory.model import CostOption, Location, Need, Schedule, Service
from rxbot.directory.rules.areas import areas_of, extents_of
from rxbot.directory.week import WeekHours, is_weekly, week_of
from rxbot.episode import provider_phrases
from rxbot.episode.fitting import short
from rxbot.episode.screens import KINDS, tongues_of
from rxbot.message import Day, Listed, Phrase, Text, TimeOfDay, Value, Weekdays, verbatim
from rxbot.provider.answers import MOST
from rxbot.store.service_checks import ListedService

HERE = Path(__file__).parent
LONGEST, AREAS = 1_500, 20
"""Letters of a description, and areas, that a page shows of one service."""


class Worded:
    """Makes pages of the templates beside this file."""

    def __init__(self, release: Release) -> None:
        self.words, scheme = release.words, release.content.scheme
        self.own = scheme.team_language
        self.templates = templates_in(HERE / "templates", self.words)
        self.templates.globals.update(scheme=scheme, most=MOST, words=provider_phrases, here=lambda code: f"?language={code}")
        self.templates.filters["day"] = lambda at: Day(scheme.day(at))
        self.templates.filters["places"] = places_of
        self.templates.filters["spoken"] = spoken_of
        self.templates.filters["whom"] = words_on_eligibility
        self.templates.filters["price"] = price_as_written
        self.templates.filters["begins"] = lambda text: short(text, LONGEST)
        self.templates.filters["kinds"] = partial(kinds_of, needs=tuple(release.content.needs.values()))
        self.templates.filters["area"] = area_of
        self.templates.filters["ages"] = ages_of
        self.templates.tests["of_two_lists"] = is_of_two_lists

    def asked(self, request: Request) -> str:
        """Give the language that the address asks for, if there is one and we have it."""
        return self.known(request.query_params.get("language", ""))

    def known(self, language: str) -> str:
        """Give a language if we have it."""
        return language if language in self.words.languages else ""

    def page(self, asked: str, template: str, status: int = 200, **values: object) -> Response:
        """Make a page in this language, or else in the scheme's own."""
        language = asked or self.own

        def say(text: Text | Phrase, **places: Value) -> str:
            return self.words.label(text(**places) if isinstance(text, Phrase) else text, language)

        direction = "rtl" if self.words.runs_right_to_left(language) else "ltr"
        html = self.templates.get_template(template).render(language=language, direction=direction, say=say, **values)
        return HTMLResponse(html, status)


@dataclass(frozen=True)
class Shown:
    """What is known of a service at one of its places: where it is, the number people are given, its times, and how to get in."""

    where: str = ""
    phone: str = ""
    opening: tuple[Text, ...] = ()
    access: str = ""


def places_of(service: Service) -> tuple[Shown, ...]:
    """Say what people are shown of each place; what is the same of several, once."""
    found = [_shown(service, place) for place in service.locations or (None,)]
    return tuple(one for number, one in enumerate(found) if one not in found[:number])


def _shown(service: Service, place: Location | None) -> Shown:
    """A place's own phones and times are shown, the service's where it has none: as on the cards that people get."""
    phones = (*(place.phones if place else ()), *service.phones)
    schedules = (place.schedules if place else ()) or service.schedules
    access = "; ".join(place.accessibility) if place else ""
    return Shown(_where(place) if place else "", phones[0].number if phones else "", opening_of(schedules), access)


def opening_of(schedules: Sequence[Schedule]) -> tuple[Text, ...]:
    """Say when it is open as people are told it: every week by its days, and what is more in the provider's words."""
    others = dict.fromkeys(" ".join(one.description.split()) for one in schedules if not is_weekly(one))
    return (*(line for hours in week_of(schedules) for line in _in_the_week(hours)), *map(verbatim, filter(None, others)))


def _in_the_week(hours: WeekHours) -> tuple[Text, ...]:
    days = Weekdays(hours.days)
    if hours.all_day:
        return (provider_phrases.OPEN_ALL_DAY(weekdays=days),)
    times = ((_time_at(opens), _time_at(closes)) for opens, closes in hours.spans)
    return tuple(provider_phrases.OPEN_ON(weekdays=days, opens=opens, closes=closes) for opens, closes in times)


def _time_at(minute: int) -> TimeOfDay:
    return TimeOfDay(time(minute // 60 % 24, minute % 60))


def kinds_of(service: Service, needs: Sequence[Need]) -> Text | None:
    """Name what kinds of help people read that it is: those of our needs that its categories stand for."""
    kinds = tuple(Text(one.label) for one in categories_of(service, needs) if one.label)[:KINDS]
    return Text("listed", {"items": Listed(kinds)}) if kinds else None


def area_of(service: Service) -> Text | None:
    """Name the areas it is for: people who live elsewhere are not told of it."""
    drawn = any(not one.name for one in extents_of(service))
    names = (*map(verbatim, dict.fromkeys(areas_of(service))), *((provider_phrases.AREA_DRAWN(),) if drawn else ()))
    if not names:
        return None
    listed = Text("listed", {"items": Listed(names[:AREAS])})
    return provider_phrases.AREAS_MORE(areas=listed, count=len(names) - AREAS) if len(names) > AREAS else listed


def ages_of(service: Service) -> Text | None:
    """Say which ages its record gives in figures."""
    low, high = service.minimum_age, service.maximum_age
    if high is None:
        return provider_phrases.AGES_FROM(low=f"{low:g}") if low else None
    return provider_phrases.AGES_BETWEEN(low=f"{low:g}", high=f"{high:g}") if low else provider_phrases.AGES_TO(high=f"{high:g}")


def is_of_two_lists(one: ListedService, listed: Sequence[ListedService]) -> bool:
    """Say whether another publisher's list has a service of the same name on this page."""
    return any(other.publisher != one.publisher and other.service.name == one.service.name for other in listed)


def spoken_of(service: Service) -> Text | None:
    """Name the languages that are spoken there, in the reader's own."""
    tongues = tongues_of(service)
    return Text("listed", {"items": Listed(tongues)}) if tongues else None


def _where(place: Location) -> str:
    """Give an address, or what the place is called where no address is known."""
    written = (", ".join(filter(None, (one.address_1, one.city, one.postal_code))) for one in place.addresses)
    return next(written, place.place.label if place.place else place.name)


def price_as_written(service: Service) -> str:
    """Say what it costs, in the directory's own words."""
    return service.fees_description or "; ".join(dict.fromkeys(filter(None, map(_price, service.costs))))


def _price(cost: CostOption) -> str:
    amount = "" if cost.amount is None else f"{cost.amount:g} {cost.currency}"
    return ", ".join(filter(None, map(str.strip, (cost.option, amount, cost.amount_description))))
