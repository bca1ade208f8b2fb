"""A stage: the whole of rxbot on our own Bot API, with a clock that can be moved, people, a team and the invented town.

Every update is delivered twice on purpose. What is the same for all is made once: the content is read once for each day,
and every stage begins with a copy of one database that holds the town.
"""

import asyncio
import re
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import SystemRandom
from typing import Any, Literal
from urllib.parse import urlsplit

import postgres
import psycopg
from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import make_url

import rxbot.app
import rxbot.outbox.sender
from rxbot.app import App, make_bot, now_of, open_store
from rxbot.clinic.invitations import invite
from rxbot.clock import movable_now, move, real_now
from rxbot.content.load import Release, load, shipped
from rxbot.demo import TOWN, fill, set_up_team
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Address, Phone
from rxbot.feeds import open_feed
from rxbot.message import Listed, Text, Value
from rxbot.report.message import ClinicMessage
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Group, Person, Seat
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.settings import Settings
from rxbot.store import clinic_messages, outbox_rows, service_checks, staff
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.episodes import Held, latest
from rxbot.store.tables import inbox, ledger, outbox, timer
from rxbot.store.unit import Unit

BEGIN = datetime.fromisoformat("2026-03-02T09:00:00+00:00")  # a Monday morning
PATIENCE = 15.0
READS = 11.0  # seconds
SWEEP = 0.05  # seconds between looks at the clock; a second in earnest
GATHERING = 0.001  # seconds; here nobody else writes meanwhile
NOW = bindparam("now", type_=timer.c.due_at.type)
ANYTHING = select(
    or_(
        exists().where(inbox.c.done_at.is_(None), inbox.c.not_before <= NOW),
        exists().where(outbox.c.done_at.is_(None), outbox.c.not_before <= NOW),
        exists().where(timer.c.due_at <= NOW),
    )
)


@dataclass
class Sent:
    """A letter that was written: to whom, and which texts it holds."""

    lane: str
    texts: list[str]


@dataclass
class Stage:
    """What a test plays on."""

    folder: Path
    telegram: Telegram
    settings: Settings
    sam: Person
    robin: Person
    team: Group
    app: App = field(init=False)
    window: "Window" = field(init=False)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """Start rxbot."""
        self.app = app_of(self.settings)
        self.window = Window(self.settings.database_url)
        if self.settings.webhook_url:
            await self._running.enter_async_context(serve(self.app.web(), urlsplit(self.settings.webhook_url).port or 0))
        self.loops = await self._running.enter_async_context(self.app.ready())

    async def stop(self) -> None:
        """Stop it in good order."""
        await self._running.aclose()
        self.window.close()
        self.app.store.close()

    async def watched(self, work: Coroutine[None, None, None]) -> None:
        """Do this, and fail at once when a loop of rxbot dies meanwhile."""
        done, _ = await asyncio.wait([asyncio.ensure_future(work), *self.loops], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def restart(self) -> None:
        """Stop it and start it again on what it left."""
        await self.stop()
        await self.start()

    async def is_away(self, **times: float) -> None:
        """Stop it, and start it again so much later."""
        await self.stop()
        move(self.folder / "clock", timedelta(**times).total_seconds())
        await self.start()

    def takes_time(self) -> None:
        """Give a person time to read before they write."""
        move(self.folder / "clock", READS)

    async def passes(self, **times: float) -> None:
        """Let time pass, and whatever is due happen."""
        move(self.folder / "clock", timedelta(**times).total_seconds())
        await self.settles()

    async def settles(self) -> None:
        """Wait until every update is worked off and every letter has left."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        quiet = 0
        while quiet < 2:
            for loop in self.loops:
                if loop.done():
                    loop.result()
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"still busy: {await self.app.ask(_open)}")
            told = not self.telegram.queue.pending and not self.telegram.queue.again
            idle = told and not self._is_busy()
            quiet = quiet + 1 if idle else 0
            await asyncio.sleep(0.005)

    def _is_busy(self) -> bool:
        """Say whether anything could happen now: an update, a letter, a timer. The store's own thread has enough to do."""
        return self.window.is_busy(self.app.now())

    async def invites(
        self, clinic: str = "harbour", language: str = "", reason: str = "", ref: str = "", survey: bool = False
    ) -> str:
        """Make a link as the clinic does; give its token."""

        def make(unit: Unit) -> str:
            (one,) = invite(
                unit,
                self.app.release.content,
                self.app.now(),
                clinic=clinic,
                language=language,
                reason=reason,
                reference=ref,
                survey=survey,
                made_by="test",
            )
            assert one.private is not None
            return one.private.token

        return await self.app.ask(make)

    async def enrols(self, name: str) -> str:
        """Make the code by which one more worker enrols."""

        def issue(unit: Unit) -> None:
            staff.add_worker(unit, name, name, "link_worker", self.app.now())
            staff.issue(unit, f"code-{name}", "enrol", name, self.app.now() + timedelta(days=1))

        await self.app.ask(issue)
        return f"code-{name}"

    async def held(self, person: Person) -> Held | None:
        """Read a person's latest episode."""
        return await self.app.ask(lambda unit: latest(unit, "telegram", str(person.id)))

    async def last_letter(self) -> int:
        """Number the last letter written."""
        return await self.app.ask(lambda unit: unit.execute(select(func.max(outbox.c.id))).scalar() or 0)

    async def sent_since(self, last: int) -> list[Sent]:
        """Give the letters written since."""

        def read(unit: Unit) -> list[Sent]:
            rows = unit.execute(select(outbox.c.lane, outbox.c.texts).where(outbox.c.id > last).order_by(outbox.c.id))
            return [Sent(row.lane, row.texts) for row in rows]

        return await self.app.ask(read)

    async def directory_drops(self, name: str) -> None:
        """Bring the town in once more, as its publisher exports it without this service."""
        services, _ = read_services(open_feed(TOWN))
        kept = [one for one in services if one.name != name]
        assert len(kept) < len(services), f"the town has no {name}"
        await self.app.ask(lambda unit: save_feed(unit, "Kittersea", kept, self.app.now()))

    async def directory_renumbers(self, name: str) -> None:
        """Bring the town in once more, with another number and street for this service."""
        services, _ = read_services(open_feed(TOWN))
        known = [one for one in services if one.name == name]
        assert known, f"the town has no {name}"
        there = [replace(one, phones=(), addresses=(Address("7 New Lane", city="Kittersea"),)) for one in known[0].locations]
        moved = replace(known[0], phones=(Phone("01632 960999"),), locations=tuple(there))
        feed = [moved if one is known[0] else one for one in services]
        await self.app.ask(lambda unit: save_feed(unit, "Kittersea", feed, self.app.now()))

    async def provider_says(self, deed: str, name: str) -> None:
        """Let the provider of a service of the town say on its page that it `declines` referrals, or that it `fills` up."""
        services, _ = read_services(open_feed(TOWN))
        [key] = [service_key("Kittersea", one.id) for one in services if one.name == name]

        def say(unit: Unit) -> None:
            if deed == "declines":
                service_checks.agree(unit, [key], False, service_checks.Speaker("Pat", "manager"), self.app.now())
            else:
                assert deed == "fills"
                service_checks.tell_capacity(unit, key, "no-capacity", None, "Pat", self.app.now())

        await self.app.ask(say)

    async def counted(self) -> list[str]:
        """Give the facts of the ledger, the oldest first."""
        return await self.app.ask(lambda unit: list(unit.execute(select(ledger.c.fact).order_by(ledger.c.id)).scalars()))

    async def surveyed(self) -> list[tuple[datetime, str, str, dict[str, str]]]:
        """Give what was counted of surveys: when, under which episode and clinic, and the codes."""
        c = ledger.c
        found = select(c.at, c.episode, c.clinic, c.codes).where(c.fact == "surveyed").order_by(c.id)
        return await self.app.ask(lambda unit: [tuple(row) for row in unit.execute(found)])

    async def clinic_reads(self) -> list[str]:
        """Give what the clinic has not read yet: the occasion of each message, and its texts with those they hold."""

        def read(unit: Unit) -> list[str]:
            unread = clinic_messages.unread_of_clinic(unit, "harbour", most=9)
            return [id for one in unread for id in (one.message.occasion, *_told(one.message))]

        return await self.app.ask(read)

    def seat(self, worker: Person) -> Seat:
        """Seat somebody in the team's group."""
        return worker.in_group(self.team)

    def says(self, text_id: str, language: str) -> re.Pattern[str]:
        """Give what a text looks like on a screen, whatever stands in its places."""
        shown = self.app.release.words.wording(language)[text_id]
        plain = re.sub(r"<[^>]+>", "", shown)
        return re.compile(".*".join(re.escape(part) for part in re.split(r"\{\w+\}", plain)), re.DOTALL)

    def label(self, text_id: str, language: str) -> str:
        """Give the label of a button."""
        return self.app.release.words.label(Text(text_id), language)


class Window:
    """A connection of its own to look at the database through, past SQLAlchemy, which takes longer than the answer."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite:"):
            self._connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            self._asked, self._spells = str(ANYTHING), lambda now: f"{now:%Y-%m-%d %H:%M:%S.%f}"
        else:
            self._connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
            self._asked, self._spells = str(ANYTHING.compile(dialect=postgresql.psycopg.dialect())), lambda now: now
        self.close = self._connection.close

    def is_busy(self, now: datetime) -> bool:
        """Say whether anything could happen now."""
        ((is_busy,),) = self._connection.execute(self._asked, {"now": self._spells(now)}).fetchall()
        return bool(is_busy)


def app_of(settings: Settings) -> App:
    """Put the parts together as `make_app` does, around content that may have been read before."""
    now = now_of(settings)
    release = release_of(settings.content or shipped(), now().date())
    return App(open_store(settings), release, make_bot(settings), now, settings)


@cache
def release_of(folder: Path, day: date) -> Release:
    """Read the content as rxbot does."""
    return load(folder, day)


@cache
def town_database() -> bytes:
    """Give a database with the invented town in its directory and nobody else."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "rxbot.db"
        _fill_with_the_town(Path(folder), f"sqlite:///{database}")
        return database.read_bytes()


@cache
def town_on_postgres() -> str:
    """Name such a database on PostgreSQL, to be copied."""
    url = postgres.fresh_url()
    with tempfile.TemporaryDirectory() as folder:
        _fill_with_the_town(Path(folder), url)
    return str(make_url(url).database)


def _fill_with_the_town(folder: Path, url: str) -> None:
    keys = f"sqlite:///{folder / 'keys.db'}"
    app = app_of(Settings(token="1:none", database_url=url, keys_url=keys, test_clock=begun(folder)))
    fill(app)
    app.store.close()


def begun(folder: Path) -> Path:
    """Give a clock that stands at the beginning."""
    clock = folder / "clock"
    clock.write_text(str((BEGIN - real_now()).total_seconds()))
    return clock


def _told(message: ClinicMessage) -> list[str]:
    return [id for part in message.parts for line in part.lines for id in _ids(line)]


def _ids(value: Value) -> Iterator[str]:
    match value:
        case Text(id=text_id, values=values):
            yield text_id
            for held in values.values():
                yield from _ids(held)
        case Listed(items):
            for item in items:
                yield from _ids(item)


def _open(unit: Unit) -> list[object]:
    rows = unit.execute(select(outbox.c.lane, outbox.c.what, outbox.c.status, outbox.c.error).where(outbox.c.done_at.is_(None)))
    waiting = unit.execute(select(inbox.c.lane, inbox.c.attempts, inbox.c.error).where(inbox.c.done_at.is_(None)))
    return [*rows, *waiting]


@asynccontextmanager
async def stage(
    folder: Path, town: bool = True, webhook: bool = False, kind: Literal["sqlite", "postgresql"] = "sqlite"
) -> AsyncIterator[Stage]:
    """Set everything up and take it down again. Updates are fetched, or brought to a webhook."""
    clock = begun(folder)
    database = f"sqlite:///{folder / 'rxbot.db'}"
    if kind == "postgresql":
        database = postgres.fresh_url(town_on_postgres() if town else postgres.BLANK)
    elif town:
        (folder / "rxbot.db").write_bytes(town_database())
    telegram = Telegram(now=movable_now(clock))
    telegram.deliver_twice = True
    sam, robin = telegram.person("Sam"), telegram.person("Robin")
    team = telegram.group("Team", members=[sam, robin])
    team.add_bot()
    async with serve(create_app(telegram)) as url:
        rxbot.app.SWEEP = SWEEP
        rxbot.outbox.sender.GATHERING = GATHERING
        outbox_rows.JOINED_WITHIN = timedelta(0)
        settings = Settings(
            token=telegram.token,
            telegram_api=url,
            database_url=database,
            keys_url=f"sqlite:///{folder / 'rxbot.keys.db'}",
            send_limits="off",
            test_clock=clock,
            webhook_url=f"http://127.0.0.1:{free_port()}/telegram" if webhook else "",
        )
        one = Stage(folder, telegram, settings, sam, robin, team)
        await one.start()
        try:
            await one.watched(set_up_team(one.app, sam, team))
            await one.settles()
            yield one
        finally:
            await one.stop()
            if kind == "postgresql":
                postgres.drop(database)


def free_port() -> int:
    """Find a port nobody listens on, below those that the system gives to whoever asks for any: nobody else gets it meanwhile."""
    while True:
        port = SystemRandom().randrange(10_000, 32_000)
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port
