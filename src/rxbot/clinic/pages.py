"""The clinic's pages: sign in, make a link in three taps, show or print it, see what became of each, and read what came back.

Every page but the door names the act it is; `access.py` says who may.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from rxbot.carry_out import happen
from rxbot.clinic.frame import templates_in
from rxbot.clinic.invitations import LONGEST_REFERENCE, invite, link_of, teams_ready, text_message
from rxbot.clinic.leaflet import leaflet_of
from rxbot.clinic.messages import is_soon, reading_of
from rxbot.clinic.sign_in import (
    MOST_WRONG,
    NotSignedIn,
    Visit,
    begin_session,
    cookie,
    fields_of,
    forget_session,
    redeem_sign_in,
    stamp_of,
    token_of,
    visit_of,
)
from rxbot.content.load import Release
from rxbot.content.needs import text_named
from rxbot.episode import clinic_phrases as words
from rxbot.episode.events import ClinicRead
from rxbot.episode.phrases import LINK_SAY
from rxbot.errors import Refused
from rxbot.message import Day, Phrase, Text, TimeOfDay, Value
from rxbot.report.gaps import Gap
from rxbot.store import clinic_messages, invitations, ledger, sessions
from rxbot.store.clinic_messages import Filed
from rxbot.store.episodes import load
from rxbot.store.gaps import find_gaps
from rxbot.store.invitations import Invitation
from rxbot.store.unit import Store, Unit
from rxbot.throttle import MOST_ASKED, Throttle

log = structlog.get_logger()
HERE = Path(__file__).parent
HOME, SIGN_IN = "/clinic/", "/clinic/sign-in"
PAGE = 50  # links on one page
OPEN_NEWS = 3  # the others fold away: making a link must not slip out of sight
OVER = ("erased", "run out", "closed")  # standings in which a link leads to no chat
SORRY = {
    403: (words.TOO_LONG_OPEN, words.TOO_LONG_OPEN_DO),
    404: (words.NO_SUCH_PAGE, words.NO_SUCH_PAGE_DO),
}
OTHERWISE = (words.NOT_DONE, words.NOT_DONE_DO)
R = TypeVar("R")


@dataclass(frozen=True)
class House:
    """What the pages need of the rest. The bot's name is known only once Telegram was asked."""

    store: Store
    release: Release
    now: Callable[[], datetime]
    bot_name: Callable[[], str]
    public_url: str
    wrong_codes: Throttle = field(default_factory=lambda: Throttle(MOST_WRONG))
    asked_by: Throttle = field(default_factory=lambda: Throttle(MOST_ASKED))


def clinic_routes(house: House) -> list[BaseRoute]:
    """Give everything below /clinic."""
    pages = Pages(house)
    secret = house.store.keys.derive("clinic session").hex()
    session = Middleware(SessionMiddleware, secret_key=secret, **cookie(house.public_url))
    below = [
        pages.staff_only("GET", "/", "see_links", pages.home),
        pages.staff_only("POST", "/", "make_link", pages.make),
        pages.staff_only("GET", "/links/{id}", "see_link", pages.link),
        pages.staff_only("GET", "/links/{id}/leaflet", "print_leaflet", pages.leaflet),
        pages.staff_only("GET", "/messages/{id}", "read_message", pages.message),
        pages.staff_only("POST", "/messages/{id}", "acknowledge", pages.acknowledge),
        pages.staff_only("GET", "/gaps", "see_gaps", pages.gaps),
        pages.staff_only("POST", "/sign-out", "sign_out", pages.sign_out),
        Route("/sign-in", pages.door, methods=["GET"]),
        Route("/sign-in", pages.sign_in, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    answers = {NotSignedIn: pages.to_the_door, Refused: pages.refused, HTTPException: pages.sorry}
    return [Mount("/clinic", Starlette(routes=below, middleware=[session], exception_handlers=answers))]


Page: TypeAlias = Callable[[Request, Visit], Awaitable[Response]]


class Pages:
    """One method a page."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.scheme = house.release.content.scheme
        self._gaps: dict[date, tuple[Gap, ...]] = {}  # of today
        self.templates = templates_in(HERE / "templates", self.house.release.words)
        self.templates.globals.update(scheme=self.scheme, own_names=self._own_names(), words=words)
        self.templates.filters["local"] = lambda at: words.MOMENT(day=self._day(at), opens=self._clock(at))
        self.templates.filters["day"] = self._day
        self.templates.filters["clock"] = self._clock

    def staff_only(self, method: Literal["GET", "POST"], path: str, act: str, page: Page) -> Route:
        """Let only those in who are signed in and may do this. Whoever may not is noted."""

        async def checked(request: Request) -> Response:
            visit = await self._do(lambda unit: self._visit(unit, token_of(request), act))
            if visit is None:
                raise NotSignedIn
            if not visit.may(act):
                return self._sorry(request, 403, words.FOR_CLINICIANS, words.FOR_CLINICIANS_DO)
            return await page(request, visit)

        return Route(path, checked, methods=[method], name=act)

    def _visit(self, unit: Unit, token: str, act: str) -> Visit | None:
        now = self.house.now()
        visit = visit_of(unit, self.house.release.content, token, now)
        if visit and not visit.may(act):
            ledger.note_act(unit, visit.actor, act, "", False, now)
        return visit

    async def door(self, request: Request) -> Response:
        """Ask for one tap before a code is used: programs that preview an address must not use it up."""
        code = request.query_params.get("code")
        if not code:
            return self._page(request, "how_to_sign_in.html", 401)
        return self._page(request, "sign_in.html", code=code)

    async def sign_in(self, request: Request) -> Response:
        code = (await fields_of(request)).get("code", "")
        address, wrong = request.client.host if request.client else "", self.house.wrong_codes
        if wrong.must_wait(address):
            page = self._sorry(request, 429, words.WAIT, words.WAIT_DO)
            page.headers["Retry-After"] = str(wrong.seconds)
            return page
        content, old = self.house.release.content, token_of(request)
        token = await self._do(lambda unit: redeem_sign_in(unit, content, code, old, self.house.now()))
        if token is None:
            wrong.note_wrong(address)
            log.warning("sign_in_refused")
            return self._page(request, "code_used.html", 401)
        begin_session(request, token)
        return _see(HOME)

    async def sign_out(self, request: Request, visit: Visit) -> Response:
        await fields_of(request)

        def write(unit: Unit) -> None:
            sessions.end(unit, token_of(request))
            ledger.note_act(unit, visit.actor, "sign_out", "", True, self.house.now())

        await self._do(write)
        forget_session(request)
        return _see(SIGN_IN)

    async def home(self, request: Request, visit: Visit) -> Response:
        clinic, tells = visit.clinic, visit.may("read_message")
        number = _page_number(request.query_params.get("page", ""))

        def read(unit: Unit) -> dict[str, Any]:
            skip = (number - 1) * PAGE
            links = invitations.of_clinic(unit, clinic.id, self.house.now(), skip=skip, most=PAGE + 1)
            return {
                "ready": teams_ready(unit),
                "unread": clinic_messages.unread_count(unit, clinic.id) if tells else 0,
                "messages": _soonest(clinic_messages.unread_of_clinic(unit, clinic.id, PAGE)) if tells else [],
                "links": [_as_seen_by(visit, one) for one in links[:PAGE]],
                "more": len(links) > PAGE,
            }

        found = await self._do(read)
        known = {"number": number, "longest_reference": LONGEST_REFERENCE, "open_news": OPEN_NEWS}
        return self._page(request, "home.html", visit=visit, **known, **found)

    async def make(self, request: Request, visit: Visit) -> Response:
        fields = await fields_of(request)
        content, now = self.house.release.content, self.house.now()

        def write(unit: Unit) -> invitations.Invitation:
            [one] = invite(
                unit,
                content,
                now,
                clinic=visit.clinic.id,
                language=fields.get("language", ""),
                reason=fields.get("reason", ""),
                reference=fields.get("reference", "").strip(),
                made_by="clinic page",
            )
            ledger.note_act(unit, visit.actor, "make_link", one.id, True, now)
            return one

        one = await self._do(write)
        return _see(f"{HOME}links/{one.id}")

    async def link(self, request: Request, visit: Visit) -> Response:
        clinic, wanted = visit.clinic, request.path_params["id"]

        def read(unit: Unit) -> tuple[Invitation | None, list[Filed]]:
            one = invitations.by_id(unit, clinic.id, wanted, self.house.now())
            tells = one is not None and visit.may("read_message")
            return one, clinic_messages.of_episode(unit, clinic.id, one.episode_id) if one and tells else []

        one, messages = await self._do(read)
        if one is None:
            raise HTTPException(404)
        bot_name = self.house.bot_name()
        if one.standing != "not opened":  # nobody is to be shown it any more
            tells = visit.may("see_what_came_of_it")
            link = link_of(one, bot_name) if tells and one.standing not in OVER else ""
            seen = _as_seen_by(visit, one)
            return self._page(request, "link_standing.html", visit=visit, one=seen, messages=messages, link=link)
        return self._page(
            request,
            "link.html",
            visit=visit,
            one=one,
            leaflet=leaflet_of(self.house.release, one, bot_name),
            gloss=self._say(self._language(request), LINK_SAY),
            text=text_message(self.house.release, one, bot_name),
        )

    async def leaflet(self, request: Request, visit: Visit) -> Response:
        clinic, wanted = visit.clinic, request.path_params["id"]
        one = await self._do(lambda unit: invitations.by_id(unit, clinic.id, wanted, self.house.now()))
        if one is None:
            raise HTTPException(404)
        if one.standing != "not opened":
            return _see(f"{HOME}links/{one.id}")
        leaflet = leaflet_of(self.house.release, one, self.house.bot_name())
        return self._page(request, "leaflet.html", visit=visit, one=one, leaflet=leaflet)

    async def message(self, request: Request, visit: Visit) -> Response:
        clinic, wanted = visit.clinic, request.path_params["id"]

        def read(unit: Unit) -> Filed | None:
            one = clinic_messages.by_id(unit, clinic.id, wanted)
            ledger.note_act(unit, visit.actor, "read_message", wanted, one is not None, self.house.now())
            return one

        one = await self._do(read)
        if one is None:
            return self._page(request, "message_gone.html", 404, visit=visit)
        return self._page(
            request,
            "message.html",
            visit=visit,
            one=one,
            reading=reading_of(self.house.release, one.message, self._language(request)),
        )

    async def acknowledge(self, request: Request, visit: Visit) -> Response:
        clinic, wanted = visit.clinic, request.path_params["id"]
        await fields_of(request)
        now = self.house.now()

        def write(unit: Unit) -> None:
            one = clinic_messages.by_id(unit, clinic.id, wanted)
            theirs = clinic_messages.acknowledge(unit, clinic.id, wanted, now, "clinic page")
            ledger.note_act(unit, visit.actor, "acknowledge", wanted, theirs, now)
            if one and one.acknowledged_at is None and one.message.occasion == "referral_back":
                self._tell_who_asked(unit, one, now)

        await self._do(write)
        return _see(f"{HOME}messages/{wanted}")

    def _tell_who_asked(self, unit: Unit, one: Filed, now: datetime) -> None:
        held = load(unit, one.episode_id)
        if held:
            happen(unit, self.house.release.content, held, ClinicRead(now, self.scheme.day(one.made_at)))

    async def gaps(self, request: Request, visit: Visit) -> Response:
        """Show what places lack, of the whole scheme, in whole months: from one day to the next it would tell of one person."""
        now = self.house.now()
        until = _month_of(now.astimezone(self.scheme.time_zone))
        since = until.replace(year=until.year - 1)
        today = self.scheme.day(now)
        if today not in self._gaps:  # a large directory takes seconds to count, in which nobody else is served
            self._gaps = {today: await self._do(lambda unit: find_gaps(unit, self.house.release.content, since, until))}
        rows = self._gaps[today]
        groups = [
            (source, by, group, list(some)) for (source, by, group), some in groupby(rows, lambda r: (r.source, r.by, r.group))
        ]
        language = self._language(request)
        needs = {id: self._say(language, Text(text_named(need.label))) for id, need in self.house.release.content.needs.items()}
        return self._page(
            request,
            "gaps.html",
            visit=visit,
            since=since,
            until=until,
            groups=groups,
            needs=needs,
            ages=self._ages(language),
        )

    async def to_the_door(self, request: Request, _nobody: Exception) -> Response:
        request.session.pop("token", None)
        return _see(SIGN_IN)

    async def refused(self, request: Request, refused: Exception) -> Response:
        """Say what is wrong, which stands in English only; whoever reads another language is told that it was not done."""
        assert isinstance(refused, Refused)
        if self._language(request) != "en":
            return self._sorry(request, 409, *OTHERWISE)
        return self._page(request, "sorry.html", 409, complaint=refused.complaint, remedy=refused.remedy)

    async def sorry(self, request: Request, wrong: Exception) -> Response:
        assert isinstance(wrong, HTTPException)
        return self._sorry(request, wrong.status_code, *SORRY.get(wrong.status_code, OTHERWISE))

    def _sorry(self, request: Request, status: int, complaint: Phrase, remedy: Phrase) -> Response:
        say = partial(self._say, self._language(request))
        return self._page(request, "sorry.html", status, complaint=say(complaint), remedy=say(remedy))

    def _page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        language = self._language(request)
        html = self.templates.get_template(template).render(
            stamp=lambda: stamp_of(request),
            language=language,
            direction="rtl" if self.house.release.words.runs_right_to_left(language) else "ltr",
            say=partial(self._say, language),
            here=lambda code: f"?{request.url.include_query_params(language=code).query}",
            reasons=lambda: {one: self._reason(language, one) for one in self.scheme.reasons},
            reason=partial(self._reason, language),
            reading_of=lambda one: reading_of(self.house.release, one.message, language),
            **values,
        )
        return HTMLResponse(html, status)

    def _language(self, request: Request) -> str:
        """Give the language somebody asks for, or asked for before in this browser, else the team's."""
        asked, known = request.query_params.get("language", ""), self.house.release.words.languages
        if asked in known:
            request.session["language"] = asked
        chosen = str(request.session.get("language", ""))
        return chosen if chosen in known else self.scheme.team_language

    def _say(self, language: str, text: Text | Phrase, **places: Value) -> str:
        return self.house.release.words.label(text(**places) if isinstance(text, Phrase) else text, language)

    def _reason(self, language: str, reason: str) -> str:
        return self._say(language, Text(f"scheme/reasons.{reason}")) if reason in self.scheme.reasons else reason

    def _day(self, at: datetime) -> Day:
        return Day(at.astimezone(self.scheme.time_zone).date())

    def _clock(self, at: datetime) -> TimeOfDay:
        return TimeOfDay(at.astimezone(self.scheme.time_zone).time())

    async def _do(self, work: Callable[[Unit], R]) -> R:
        return await asyncio.wrap_future(self.house.store.unit_of(work))

    def _own_names(self) -> dict[str, str]:
        wording = self.house.release.content.wording
        return {code: wording[code]["own_name"] for code in self.scheme.languages}

    def _ages(self, language: str) -> dict[str, str]:
        question = self.house.release.content.dialogs["consent"].question("age")
        return {option.id: self._say(language, option.text) for option in question.options} if question else {}


def _as_seen_by(visit: Visit, one: Invitation) -> Invitation:
    """Show whoever gives links out whether this one was opened, and nothing of what came of it."""
    if visit.may("see_what_came_of_it") or one.standing in ("not opened", "run out"):
        return one
    return replace(one, standing="opened")


def _soonest(unread: Iterable[Filed]) -> list[Filed]:
    """Put what is urgent first, then what should be looked into soon; else as they stood."""
    return sorted(unread, key=lambda one: (not one.message.urgent, not is_soon(one.message)))


def _month_of(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _see(path: str) -> Response:
    return RedirectResponse(path, 303)


def _page_number(asked: str) -> int:
    return int(asked) if re.fullmatch(r"[1-9][0-9]{0,4}", asked) else 1
