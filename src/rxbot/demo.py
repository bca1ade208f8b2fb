"""The demo: the real thing against our own Bot API, with an invented town, two people, a team and a clinic.

It lives in a folder of its own and goes on where it was when started again. Pages that an author changes meanwhile are taken
into use at once; while something is wrong with them, the page and the terminal say what.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import BaseRoute, Mount, Route

from rxbot import app as root
from rxbot.clinic.pages import HOME
from rxbot.clinic.sign_in import issue_sign_in
from rxbot.clock import movable_now, move, real_now
from rxbot.content.load import load, shipped
from rxbot.content.watch import Stamps, stamps
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Service
from rxbot.episode import phrases
from rxbot.episode.content import Scheme
from rxbot.errors import ContentWrong
from rxbot.feeds import open_feed
from rxbot.sandbox.api import create_app, told
from rxbot.sandbox.limits import Limits
from rxbot.sandbox.page_routes import page_routes
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.settings import Settings
from rxbot.store import staff
from rxbot.store.directory_rows import save_feed
from rxbot.store.unit import Unit

TOWN = Path(__file__).parent / "sandbox" / "town" / "services.json"
INVENTED_ON = date(2026, 3, 2)  # the day from which the days of its last checks look back
TEAM = "Kittersea link workers"
CLINIC_URL = "/sandbox/clinic"
CONTENT_URL = "/sandbox/content"
DAY = timedelta(days=1)
PATIENCE = 20  # seconds for the first day to be over
LOOK_AGAIN = 0.5  # seconds between looks at the pages; what has changed is read when it has rested for as long


@dataclass(frozen=True)
class Cast:
    """Who plays in the demo."""

    sam: Person
    stranger: Person
    team: Group


def cast(telegram: Telegram) -> Cast:
    """Bring everybody on stage; those who are there already stay as they are."""
    telegram.person("Amina", language_code="ar")
    telegram.person("Rosa", language_code="es")
    telegram.person("Tom", language_code="en")
    sam = telegram.person("Sam", language_code="en")
    stranger = telegram.person("Robin (not enrolled)", language_code="en")
    team = telegram.group(TEAM, members=[sam, stranger])
    return Cast(sam, stranger, team)


@dataclass
class Author:
    """Somebody who writes pages in this folder while the demo runs: what is in use of them, and what is `wrong` with the rest."""

    folder: Path
    tell: Callable[[str], None]
    used: Stamps = field(init=False)
    wrong: str = ""

    def __post_init__(self) -> None:
        self.used = stamps(self.folder)

    async def follow(self, app: root.App) -> None:
        """Take every change into use, until cancelled."""
        before = self.used
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            seen = stamps(self.folder)
            if seen == before != self.used:  # a file that is being written is left alone
                self.used = seen
                await self.take(app)
            before = seen

    async def take(self, app: root.App) -> None:
        """Read the pages and go on with them. When they are wrong, all goes on as it was."""
        try:
            release = await asyncio.to_thread(load, self.folder, app.now().date(), being_written=True)
        except ContentWrong as wrong:
            self.complain(str(wrong))
        except Exception as slip:  # a page so wrong that no complaint of ours fits must not end the demo
            self.complain(f"The pages cannot be read: {type(slip).__name__}: {slip}. Undo the last change.")
        else:
            app.take(release)
            self.wrong = ""
            self.tell(f"  The pages were read anew and are in use: {release.content.release}.")

    def complain(self, wrong: str) -> None:
        """Say what is wrong; it stays on the demo's page until it is mended."""
        self.wrong = wrong
        self.tell(f"\n  The pages cannot be used yet. The demo goes on with those before.\n\n{wrong}\n")


async def run_demo(folder: Path, port: int, content: Path | None, tell: Callable[[str], None]) -> None:
    """Serve the demo until cancelled, with the pages of `content` or those that ship; `tell` says what an author should know."""
    folder.mkdir(parents=True, exist_ok=True)
    clock_file, saved = folder / "clock", folder / "telegram.json"
    now = movable_now(clock_file)
    telegram = Telegram.load(saved, now=now) if saved.exists() else Telegram(now=now)
    players = cast(telegram)
    if not saved.exists():
        players.team.add_bot()
    address = f"http://127.0.0.1:{port}"
    author = Author(content or shipped(), tell)
    settings = Settings(
        token=telegram.token,
        telegram_api=address,
        database_url=f"sqlite:///{folder / 'rxbot.db'}",
        listen=f"127.0.0.1:{port}",
        content=author.folder,
        send_limits="off",
        test_clock=clock_file,
    )
    app = root.make_app(settings, being_written=True)
    fill(app)
    routes = [*page_routes(), *stage_routes(app, clock_file, author), Mount("/", app=app.web())]
    async with serve(create_app(telegram, routes, save_to=saved), port), app.ready() as loops:
        await set_up_team(app, players.sam, players.team)
        tell(f"\n  Open {address} in a browser. Press Ctrl-C to stop; the demo goes on where it was.\n")
        tell(f"  Change a page below {author.folder / 'dialogs'}: the next message says it.\n")
        await asyncio.gather(*loops, author.follow(app))


def fill(app: root.App) -> None:
    """Bring the invented town into the directory."""
    services, _ = read_services(open_feed(TOWN))
    now = app.now()
    with app.store.begin() as unit:
        save_feed(unit, "Kittersea", [_as_fresh_as_invented(one, now.date()) for one in services], now)


def _as_fresh_as_invented(service: Service, today: date) -> Service:
    """Move the days of the last check along: a record would be called stale some year, though nobody's service is."""
    gone_by = max(today - INVENTED_ON, timedelta(0))
    days = {name: day + gone_by for name in ("assured_date", "last_modified") if (day := getattr(service, name))}
    return replace(service, **days)


async def set_up_team(app: root.App, worker: Person, group: Group) -> None:
    """Do what an operator and a link worker do on the first day, through the same doors."""
    if await app.ask(staff.teams_ready):
        return
    enrolment, binding = secrets.token_urlsafe(16), secrets.token_hex(4)

    def issue(unit: Unit) -> None:
        now, staff_id = app.now(), secrets.token_urlsafe(8)
        staff.add_worker(unit, staff_id, worker.name, "link_worker", now)
        staff.issue(unit, enrolment, "enrol", staff_id, now + DAY)
        staff.issue(unit, binding, "bind", "", now + DAY)

    await app.ask(issue)
    seen = app.release.words.label(phrases.ACKNOWLEDGE(), app.release.content.scheme.team_language)
    worker.opens_link(f"enrol-{enrolment}")
    seat = worker.in_group(group)
    seat.types(f"/bind {binding}")
    async with asyncio.timeout(PATIENCE):
        while not any(seen in message.buttons for message in seat.screen):
            await asyncio.sleep(0.02)
        seat.taps(seen)
        while not await app.ask(staff.teams_ready):
            await asyncio.sleep(0.02)


def span_of(scheme: Scheme, now: datetime, seconds: float) -> float:
    """Give how far the clock moves. A whole day ends when people are awake: else what waits for the morning would never come."""
    then = now + timedelta(seconds=seconds)
    return (scheme.waking(then) - now).total_seconds() if seconds >= DAY.total_seconds() else seconds


def stage_routes(app: root.App, clock_file: Path, author: Author) -> list[BaseRoute]:
    """Give what the demo's page needs besides Telegram: the clock, the clinic's address, and how the author's pages stand."""

    async def read_clock(_request: Request) -> JSONResponse:
        return JSONResponse({"now": app.now().isoformat()})

    async def move_clock(request: Request) -> JSONResponse:
        seconds = float((await told(request))["seconds"])
        move(clock_file, span_of(app.release.content.scheme, app.now(), max(0.0, seconds)))
        return JSONResponse({"now": app.now().isoformat()})

    async def enter_clinic(_request: Request) -> RedirectResponse:
        content = app.release.content
        clinic = next(iter(content.scheme.clinics))
        door = await app.ask(lambda unit: issue_sign_in(unit, content, clinic, app.now(), ""))
        return RedirectResponse(door, 303)

    async def config(_request: Request) -> JSONResponse:
        content = app.release.content
        return JSONResponse(
            {
                "clinic_url": CLINIC_URL,
                "clinic_home": HOME,
                "time_zone": str(content.scheme.time_zone),
                "content_url": CONTENT_URL,
            }
        )

    async def read_content(_request: Request) -> JSONResponse:
        return JSONResponse({"release": app.release.content.release, "wrong": author.wrong})

    return [
        Route("/sandbox/clock", read_clock, methods=["GET"]),
        Route("/sandbox/clock", move_clock, methods=["POST"]),
        Route("/sandbox/config", config),
        Route(CLINIC_URL, enter_clinic),
        Route(CONTENT_URL, read_content),
    ]


async def run_sandbox(port: int, token: str, tell: Callable[[str], None]) -> None:
    """Serve only the Bot API and its page, as strict as Telegram, for a rxbot that runs somewhere else on this computer."""
    telegram = Telegram(now=real_now, token=token)
    telegram.strict_polls, telegram.limits = True, Limits()
    players = cast(telegram)
    players.team.add_bot()
    async with serve(create_app(telegram, page_routes()), port) as address:
        tell(f"{address}  token {token}")
        await asyncio.Event().wait()
