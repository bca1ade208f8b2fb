"""Pages in the reader's language: what a template needs to word them, and which language is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rxbot.clinic.frame import templates_in
from rxbot.content.load import Release
from rxbot.directory.eligibility import words_on_eligibility
from rxbot.directory.model import CostOption, Location, Schedule, Service
from rxbot.directory.week import WeekHours, is_weekly, week_of
from rxbot.episode import provider_phrases
from rxbot.episode.screens import tongues_of
from rxbot.message import Day, Listed, Phrase, Text, TimeOfDay, Value, Weekdays, verbatim
from rxbot.provider.answers import MOST

HERE = Path(__file__).parent


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
    """What people are shown of a service at one of its places: where it is, the number they are given, and its times."""

    where: str = ""
    phone: str = ""
    opening: tuple[Text, ...] = ()


def places_of(service: Service) -> tuple[Shown, ...]:
    """Say what people are shown of each place; what is the same of several, once."""
    found = [_shown(service, place) for place in service.locations or (None,)]
    return tuple(one for number, one in enumerate(found) if one not in found[:number])


def _shown(service: Service, place: Location | None) -> Shown:
    """A place's own phones and times are shown, the service's where it has none: as on the cards that people get."""
    phones = (*(place.phones if place else ()), *service.phones)
    schedules = (place.schedules if place else ()) or service.schedules
    return Shown(_where(place) if place else "", phones[0].number if phones else "", opening_of(schedules))


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
