"""The page behind the link in a provider's letter: is this still right, is there room, may people be referred to you.

There is no sign-in: whoever has the address may answer for the services it names. It is too long to be guessed, and runs out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from rxbot.access import may
from rxbot.carry_out import hear_provider
from rxbot.clinic.pages import House
from rxbot.clinic.sign_in import MOST_WRONG
from rxbot.provider.answers import FOR_ALL, FOR_EACH, Filled, read_form
from rxbot.provider.letters import path_of
from rxbot.provider.worded import Worded
from rxbot.store import ledger, provider_links, service_checks
from rxbot.store.provider_links import Link
from rxbot.store.service_checks import ListedService, Speaker
from rxbot.store.unit import Unit
from rxbot.throttle import Throttle

log = structlog.get_logger()
PROVIDER = "provider"  # the role, and who did it in the audit: names that were typed stand with the answers alone
LARGEST_FORM = 400_000  # bytes
R = TypeVar("R")


@dataclass(frozen=True)
class Visit:
    """Somebody at a page that is still good."""

    token: str
    link: Link
    asked: str  # the language they asked for, now or before, if any

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
                pages.by_link("GET", "/{token}/stop", "find_stop", pages.where_to_stop),
            ],
        )
    ]


class Pages:
    """One method a page."""

    def __init__(self, house: House) -> None:
        self.house, self.wrong_links = house, Throttle(MOST_WRONG)
        self.worded = Worded(house.release)
        self._page = self.worded.page

    def by_link(self, method: Literal["GET", "POST"], path: str, act: str, page: Page) -> Route:
        """Let only those in who have the address of a page that is still good. Whoever tries many has to wait."""

        async def checked(request: Request) -> Response:
            address, asked = request.client.host if request.client else "", self.worded.asked(request)
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
            if asked and asked != (link.language or self.worded.own):
                await self._do(lambda unit: provider_links.choose_language(unit, link.address, asked, self.house.now()))
            return await page(request, Visit(token, link, asked or self.worded.known(link.language)))

        return Route(path, checked, methods=[method], name=act)

    async def services(self, _request: Request, visit: Visit) -> Response:
        return await self._form(visit, {}, ())

    async def answer(self, request: Request, visit: Visit) -> Response:
        listed = await self._listed(visit)
        typed = await _fields_of(request, len(listed))
        if typed is None:
            return self._page(visit.asked, "too_large.html", 413, visit=visit)
        filled, wrong = read_form(typed, [one.service.key for one in listed])
        if wrong:
            return await self._form(visit, typed, wrong)
        now = self.house.now()
        await self._do(lambda unit: self._keep(unit, filled, now))
        return RedirectResponse(visit.below("thanks"), 303)

    def _keep(self, unit: Unit, filled: Filled, now: datetime) -> None:
        content = self.house.release.content
        by, today = Speaker(filled.name, filled.role), content.scheme.day(now)
        for one in filled.answers:
            if one.statement and service_checks.check(unit, one.service, one.statement, by, now, today):
                hear_provider(unit, content, one.service, one.statement.outcome, now)
            if one.capacity:
                service_checks.tell_capacity(unit, one.service, one.capacity, one.weeks, by.name, now)
            if one.statement or one.capacity:
                ledger.note_act(unit, PROVIDER, "answer_for_services", one.service, True, now)
        if filled.agrees is not None:
            service_checks.agree(unit, [one.service for one in filled.answers], filled.agrees, by, now)

    async def thanks(self, _request: Request, visit: Visit) -> Response:
        def suspended(unit: Unit) -> list[str]:
            listed = service_checks.services_of(unit, visit.link.services)
            return [one.service.name for one in listed if service_checks.said_since_suspended(unit, one.service.key)]

        return self._page(visit.asked, "thanks.html", visit=visit, suspended=await self._do(suspended))

    async def where_to_stop(self, _request: Request, visit: Visit) -> Response:
        """Lead to the button: mail programs that cannot press it open its address, as do those that look into letters."""
        return RedirectResponse(f"{visit.path}#stop", 303)

    async def stop(self, _request: Request, visit: Visit) -> Response:
        now = self.house.now()

        def write(unit: Unit) -> None:
            provider_links.silence(unit, visit.link.address, now)
            ledger.note_act(unit, PROVIDER, "stop_letters", "", True, now)

        await self._do(write)
        return self._page(visit.asked, "stopped.html", visit=visit)

    async def _listed(self, visit: Visit) -> tuple[ListedService, ...]:
        return await self._do(lambda unit: service_checks.services_of(unit, visit.link.services))

    async def _form(self, visit: Visit, typed: Mapping[str, str], wrong: tuple[object, ...]) -> Response:
        listed = await self._listed(visit)
        names = {*FOR_ALL, *(f"{field}-{n}" for field in FOR_EACH for n in range(1, len(listed) + 1))}
        values = {name: typed.get(name, "") for name in names}
        page = "services.html" if listed else "nothing.html"
        return self._page(visit.asked, page, 400 if wrong else 200, visit=visit, services=listed, values=values, wrong=wrong)

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
