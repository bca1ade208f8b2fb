"""Pages in the reader's language: what a template needs to word them, and which language is asked for."""

from datetime import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rxbot.clinic.frame import templates_in
from rxbot.content.load import Release
from rxbot.directory.hours import weekly_days
from rxbot.directory.model import CostOption, Schedule, Service
from rxbot.episode import provider_phrases
from rxbot.episode.screens import tongues_of
from rxbot.message import Day, Listed, Phrase, Text, TimeOfDay, Value, Weekdays, verbatim
from rxbot.provider.answers import MOST

HERE = Path(__file__).parent
TIMES = 3


class Worded:
    """Makes pages of the templates beside this file."""

    def __init__(self, release: Release) -> None:
        self.words, scheme = release.words, release.content.scheme
        self.own = scheme.team_language
        self.templates = templates_in(HERE / "templates", self.words)
        self.templates.globals.update(scheme=scheme, most=MOST, words=provider_phrases, here=lambda code: f"?language={code}")
        self.templates.filters["day"] = lambda at: Day(scheme.day(at))
        self.templates.filters["opening"] = opening_of
        self.templates.filters["spoken"] = spoken_of
        self.templates.filters["phone"] = phone_of
        self.templates.filters["place"] = place_of
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


def opening_of(service: Service) -> tuple[Text, ...]:
    """Say when it is open, a line each."""
    schedules = (*service.schedules, *(one for place in service.locations for one in place.schedules))
    return tuple(filter(None, map(_times, dict.fromkeys(schedules[:TIMES]))))


def _times(schedule: Schedule) -> Text | None:
    days, opens, closes = weekly_days(schedule), _clock(schedule.opens_at), _clock(schedule.closes_at)
    if days and opens and closes:
        return provider_phrases.OPEN_ON(weekdays=Weekdays(days), opens=opens, closes=closes)
    return verbatim(schedule.description) if schedule.description else None


def _clock(written: str) -> TimeOfDay | None:
    try:
        return TimeOfDay(time.fromisoformat(written[:5]))
    except ValueError:
        return None


def spoken_of(service: Service) -> Text | None:
    """Name the languages that are spoken there, in the reader's own."""
    tongues = tongues_of(service)
    return Text("listed", {"items": Listed(tongues)}) if tongues else None


def phone_of(service: Service) -> str:
    """Give the number people are shown first."""
    phones = (*(one for place in service.locations[:1] for one in place.phones), *service.phones)
    return phones[0].number if phones else ""


def place_of(service: Service) -> str:
    """Give the address people are shown, or what the place is called where no address is known."""
    addresses = (address for location in service.locations for address in location.addresses)
    labels = (location.place.label for location in service.locations if location.place)
    return next((", ".join(filter(None, (one.address_1, one.city, one.postal_code))) for one in addresses), next(labels, ""))


def price_as_written(service: Service) -> str:
    """Say what it costs, in the directory's own words."""
    return service.fees_description or "; ".join(dict.fromkeys(filter(None, map(_price, service.costs))))


def _price(cost: CostOption) -> str:
    amount = "" if cost.amount is None else f"{cost.amount:g} {cost.currency}"
    return ", ".join(filter(None, map(str.strip, (cost.option, amount, cost.amount_description))))
