"""The demo: the real thing against our own Bot API, with an invented town, two people, a team and a clinic.

It lives in a folder of its own and goes on where it was when started again.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route

from rxbot import app as root
from rxbot.clinic.pages import HOME
from rxbot.clinic.sign_in import issue_sign_in
from rxbot.clock import movable_now, move, real_now
from rxbot.content.feeds import open_feed
from rxbot.directory.hsds import read_services
from rxbot.episode import phrases
from rxbot.sandbox.api import create_app, told
from rxbot.sandbox.page_routes import page_routes
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.settings import Settings
from rxbot.store import staff
from rxbot.store.directory_rows import save_feed
from rxbot.store.unit import Unit
from rxbot.web import create_web

TOWN = Path(__file__).parent / "sandbox" / "town" / "services.json"
TEAM = "Kittersea link workers"
CLINIC = "harbour"
DAY = timedelta(days=1)
PATIENCE = 20  # seconds for the first day to be over


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


async def run_demo(folder: Path, port: int, opened: Callable[[str], None]) -> None:
    """Serve the demo until cancelled; `opened` is told its address."""
    folder.mkdir(parents=True, exist_ok=True)
    clock_file, saved = folder / "clock", folder / "telegram.json"
    now = movable_now(clock_file)
    telegram = Telegram.load(saved, now=now) if saved.exists() else Telegram(now=now)
    players = cast(telegram)
    if not saved.exists():
        players.team.add_bot()
    address = f"http://127.0.0.1:{port}"
    settings = Settings(
        token=telegram.token,
        telegram_api=address,
        database_url=f"sqlite:///{folder / 'rxbot.db'}",
        listen=f"127.0.0.1:{port}",
        test_clock=clock_file,
    )
    app = root.make_app(settings)
    fill(app)
    routes = [*page_routes(), *stage_routes(app, clock_file), Mount("/", app=create_web(app.house()))]
    async with serve(create_app(telegram, routes, save_to=saved), port), app.ready() as loops:
        await set_up_team(app, players.sam, players.team)
        opened(address)
        await asyncio.gather(*loops)


def fill(app: root.App) -> None:
    """Bring the invented town into the directory."""
    services, _ = read_services(open_feed(TOWN))
    with app.store.begin() as unit:
        save_feed(unit, "Kittersea", services, app.now())


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


def stage_routes(app: root.App, clock_file: Path) -> list[BaseRoute]:
    """Give what the demo's page needs besides Telegram: the clock, and where the clinic's page is."""

    async def read_clock(_request: Request) -> JSONResponse:
        return JSONResponse({"now": app.now().isoformat()})

    async def move_clock(request: Request) -> JSONResponse:
        seconds = float((await told(request))["seconds"])
        move(clock_file, max(0.0, seconds))
        return JSONResponse({"now": app.now().isoformat()})

    async def config(_request: Request) -> JSONResponse:
        content = app.release.content
        door = await app.ask(lambda unit: issue_sign_in(unit, content, CLINIC, app.now(), ""))
        return JSONResponse({"clinic_url": door, "clinic_home": HOME, "time_zone": str(content.scheme.time_zone)})

    return [
        Route("/sandbox/clock", read_clock, methods=["GET"]),
        Route("/sandbox/clock", move_clock, methods=["POST"]),
        Route("/sandbox/config", config),
    ]


async def run_sandbox(port: int, token: str, tell: Callable[[str], None]) -> None:
    """Serve only the Bot API and its page, for a rxbot that runs somewhere else on this computer."""
    telegram = Telegram(now=real_now, token=token)
    players = cast(telegram)
    players.team.add_bot()
    async with serve(create_app(telegram, page_routes()), port) as address:
        tell(f"{address}  token {token}")
        await asyncio.Event().wait()
