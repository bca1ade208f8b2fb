"""The page behind the link in a provider's letter: is this still right, is there room, may people be referred to you.

There is no sign-in: whoever has the address may answer for the services it names. It is too long to be guessed, and runs out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from rxbot.access import may
from rxbot.carry_out import hear_provider
from rxbot.clinic.pages import House
from rxbot.clinic.sign_in import MOST_WRONG
from rxbot.directory.hours import weekly_days
from rxbot.directory.model import CostOption, Schedule, Service
from rxbot.episode import provider_phrases
from rxbot.message import Day, Listed, Phrase, Text, TimeOfDay, Tongue, Weekdays, verbatim
from rxbot.provider.answers import FOR_ALL, FOR_EACH, MOST, Filled, read_form
from rxbot.provider.letters import path_of
from rxbot.store import ledger, provider_links, service_checks
from rxbot.store.provider_links import Link
from rxbot.store.service_checks import Known, Speaker
from rxbot.store.unit import Unit
from rxbot.throttle import Throttle

log = structlog.get_logger()
HERE = Path(__file__).parent
PROVIDER = "provider"  # the role, and who did it in the audit: names that were typed stand with the answers alone
LARGEST_FORM = 400_000  # bytes
TIMES = 3
R = TypeVar("R")


@dataclass(frozen=True)
class Visit:
    """Somebody at a page that is still good."""

    token: str
    link: Link
    asked: str  # the language they asked for, if any

    @property
    def path(self) -> str:
        """Where the page is, in the language they read it in."""
        return path_of(self.token, self.asked)

    def below(self, name: str) -> str:
        """Where a page below it is."""
        return path_of(f"{self.token}/{name}", self.asked)


Page: TypeAlias = Callable[[Request, Visit], Awaitable[Response]]


def provider_routes(house: House) -> list[BaseRoute]:
    """Give everything below /provider."""
    pages = Pages(house)
    return [
        Mount(
            "/provider",
            routes=[
                pages.by_link("GET", "/{token}", "see_services", pages.services),
                pages.by_link("POST", "/{token}", "answer_for_services", pages.answer),
                pages.by_link("GET", "/{token}/thanks", "thank_provider", pages.thanks),
                pages.by_link("POST", "/{token}/stop", "stop_letters", pages.stop),
            ],
        )
    ]


class Pages:
    """One method a page."""

    def __init__(self, house: House) -> None:
        self.house, self.wrong_links = house, Throttle(MOST_WRONG)
        scheme = house.release.content.scheme
        loader = FileSystemLoader(HERE / "templates")
        self.templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals.update(scheme=scheme, most=MOST, words=provider_phrases, tongues=self._tongues())
        self.templates.filters["day"] = lambda at: Day(scheme.day(at))
        self.templates.filters["opening"] = opening_of
        self.templates.filters["spoken"] = spoken_of
        self.templates.filters["phone"] = phone_of
        self.templates.filters["place"] = place_of
        self.templates.filters["price"] = price_of

    def by_link(self, method: Literal["GET", "POST"], path: str, act: str, page: Page) -> Route:
        """Let only those in who have the address of a page that is still good. Whoever tries many has to wait."""

        async def checked(request: Request) -> Response:
            address, asked = request.client.host if request.client else "", self._asked(request)
            if self.wrong_links.must_wait(address):
                answer = self._page(asked, "wait.html", 429)
                answer.headers["Retry-After"] = str(self.wrong_links.seconds)
                return answer
            token = str(request.path_params["token"])
            link = await self._do(lambda unit: provider_links.find(unit, token, self.house.now()))
            if link is None or not may(PROVIDER, act):
                self.wrong_links.note_wrong(address)
                log.warning("provider_link_refused")
                return self._page(asked, "run_out.html", 404)
            return await page(request, Visit(token, link, asked))

        return Route(path, checked, methods=[method], name=act)

    async def services(self, _request: Request, visit: Visit) -> Response:
        return await self._form(visit, {}, ())

    async def answer(self, request: Request, visit: Visit) -> Response:
        known = await self._known(visit)
        typed = await _fields_of(request, len(known))
        if typed is None:
            return self._page(visit.asked, "too_large.html", 413, visit=visit)
        filled, wrong = read_form(typed, [one.service.key for one in known])
        if wrong:
            return await self._form(visit, typed, wrong)
        now = self.house.now()
        await self._do(lambda unit: self._keep(unit, filled, now))
        return RedirectResponse(visit.below("thanks"), 303)

    def _keep(self, unit: Unit, filled: Filled, now: datetime) -> None:
        content = self.house.release.content
        by, today = Speaker(filled.name, filled.role), content.scheme.day(now)
        for one in filled.answers:
            if one.told and service_checks.check(unit, one.service, one.told, by, now, today):
                hear_provider(unit, content, one.service, one.told.outcome, now)
            if one.capacity:
                service_checks.tell_capacity(unit, one.service, one.capacity, one.weeks, by.name, now)
            if one.told or one.capacity:
                ledger.note_act(unit, PROVIDER, "answer_for_services", one.service, True, now)
        if filled.agrees is not None:
            service_checks.agree(unit, [one.service for one in filled.answers], filled.agrees, by, now)

    async def thanks(self, _request: Request, visit: Visit) -> Response:
        def suspended(unit: Unit) -> list[str]:
            known = service_checks.services_of(unit, visit.link.services)
            return [one.service.name for one in known if service_checks.said_since_suspended(unit, one.service.key)]

        return self._page(visit.asked, "thanks.html", visit=visit, suspended=await self._do(suspended))

    async def stop(self, _request: Request, visit: Visit) -> Response:
        now = self.house.now()

        def write(unit: Unit) -> None:
            provider_links.silence(unit, visit.link.address, now)
            ledger.note_act(unit, PROVIDER, "stop_letters", "", True, now)

        await self._do(write)
        return self._page(visit.asked, "stopped.html", visit=visit)

    async def _known(self, visit: Visit) -> tuple[Known, ...]:
        return await self._do(lambda unit: service_checks.services_of(unit, visit.link.services))

    async def _form(self, visit: Visit, typed: Mapping[str, str], wrong: tuple[object, ...]) -> Response:
        known = await self._known(visit)
        names = {*FOR_ALL, *(f"{field}-{n}" for field in FOR_EACH for n in range(1, len(known) + 1))}
        values = {name: typed.get(name, "") for name in names}
        page = "services.html" if known else "nothing.html"
        return self._page(visit.asked, page, 400 if wrong else 200, visit=visit, known=known, values=values, wrong=wrong)

    def _page(self, asked: str, template: str, status: int = 200, **values: object) -> Response:
        language, words = asked or self.house.release.content.scheme.team_language, self.house.release.words
        read = {
            "language": language,
            "direction": "rtl" if words.runs_right_to_left(language) else "ltr",
            "say": lambda text, **values: words.label(text(**values) if isinstance(text, Phrase) else text, language),
        }
        return HTMLResponse(self.templates.get_template(template).render(**read, **values), status)

    def _asked(self, request: Request) -> str:
        asked = request.query_params.get("language", "")
        return asked if asked in self.house.release.words.languages else ""

    def _tongues(self) -> dict[str, str]:
        """Name each language in its own words."""
        words = self.house.release.words
        return {code: words.wording(code)["own_name"] for code in words.languages}

    async def _do(self, work: Callable[[Unit], R]) -> R:
        return await asyncio.wrap_future(self.house.store.unit_of(work))


async def _fields_of(request: Request, services: int) -> Mapping[str, str] | None:
    """Read a form about so many services; none when it is larger than any that was filled in by hand."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST_FORM:
        return None
    most = len(FOR_ALL) + services * len(FOR_EACH)
    async with request.form(max_files=0, max_fields=most, max_part_size=LARGEST_FORM) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


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
    tongues = tuple(Tongue(one.code) if one.code else one.name for one in service.languages)
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


def price_of(service: Service) -> str:
    """Say what it costs, in the directory's own words."""
    return service.fees_description or "; ".join(dict.fromkeys(filter(None, map(_price, service.costs))))


def _price(cost: CostOption) -> str:
    amount = "" if cost.amount is None else f"{cost.amount:g} {cost.currency}"
    return ", ".join(filter(None, map(str.strip, (cost.option, amount, cost.amount_description))))
