"""The composition root: picks the real store, content, client and clock, and runs the loops until told to stop."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Scope, Send
from starlette.types import Receive as Hear
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from rxbot import clock, metrics
from rxbot.carry_out import move_group, post_brief_again, tell_unreachable
from rxbot.channels.telegram import intake, tap_answers, webhook
from rxbot.channels.telegram.desk import Desk
from rxbot.channels.telegram.menu import set_menu
from rxbot.channels.telegram.receive import Receive
from rxbot.channels.telegram.request import AiohttpRequest
from rxbot.channels.telegram.send import TelegramChannel, is_page, seconds_of
from rxbot.clinic.pages import House
from rxbot.content.load import Release, load, shipped
from rxbot.errors import SettingsWrong, StoreWrong
from rxbot.inbox import Worked, work_off
from rxbot.outbox.sender import AT_ONCE, Sender
from rxbot.pace import TELEGRAM, Pace
from rxbot.patience import A_MOMENT, ask_of, until_answered
from rxbot.pulse import EVERY, Pulse
from rxbot.retention import let_go
from rxbot.seated import whenever_ours, while_ours
from rxbot.settings import Settings, host_of, need_token, port_of
from rxbot.store import inbox_rows, wrong_tries
from rxbot.store.directory_rows import index_for
from rxbot.store.erase import OLDEST_KEYS, destroy_again, finish_erasures
from rxbot.store.keys import Keys, is_there
from rxbot.store.looking import holds_words
from rxbot.store.schema import prepare
from rxbot.store.seats import Seat
from rxbot.store.unit import INBOX, KEYS_PUT_BACK, OUTBOX, PUT_BACK, Store, Unit, opening
from rxbot.vitals import Vitals
from rxbot.web import create_metrics, create_web
from rxbot.words import Words

log = structlog.get_logger()
R = TypeVar("R")
SWEEP = 1.0  # seconds between looks at the inbox and the timers when nobody woke us
HOUSEKEEPING = 3600.0  # seconds
BREATH = 0.2  # seconds between two portions of what is let go of, so that people's turns come in between
MENU_AGAIN = 60.0  # seconds until the menu is told once more, where Telegram did not take it
TOKEN_REMEDY = "Check RXBOT_TOKEN and RXBOT_TELEGRAM_API."  # nosec B105  # says which variable to look at
WEBHOOK_REMEDY = "Check RXBOT_WEBHOOK_URL: an https address that Telegram can open, on port 443, 80, 88 or 8443."
RELEASES_KEPT = 8  # so many are remembered for letters that are still on their way


def now_of(settings: Settings) -> clock.Now:
    """Choose the clock."""
    return clock.movable_now(settings.test_clock) if settings.test_clock else clock.real_now


def open_store(settings: Settings, older_too: bool = False) -> Store:
    """Open the database and its keys, and check that it is ours. The files are for their owner alone."""
    os.umask(0o077)
    url = settings.database_url
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    store = Store(url, open_keys(settings))
    try:
        with opening("The database", PUT_BACK):
            prepare(store, older_too)
    except BaseException:
        store.close()
        raise
    return store


def open_keys(settings: Settings) -> Keys:
    """Open the key store. A new one is made only where nothing was said yet: it would hide that the keys are lost."""
    url = settings.where_keys_are()
    with opening("The key store", KEYS_PUT_BACK):
        if not is_there(url) and holds_words(settings.database_url):
            raise StoreWrong("The key store is not there: nothing that was said can be read.", KEYS_PUT_BACK)
        return Keys(url, settings.master_key())


def load_release(settings: Settings, now: datetime, being_written: bool = False) -> Release:
    """Read the content."""
    return load(settings.content or shipped(), now.date(), being_written)


def make_bot(settings: Settings) -> Bot:
    """Make the client. Every letter and every answer to a tap finds a connection of its own, and one is left for the rest."""
    connections = AT_ONCE + tap_answers.AT_ONCE + 1
    return Bot(
        need_token(settings),
        base_url=f"{settings.telegram_api.rstrip('/')}/bot",
        request=AiohttpRequest(connections, pool=30),
        get_updates_request=AiohttpRequest(1, read=intake.POLL + 10),
    )


@dataclass
class App:
    """One running rxbot.

    `release` is asked for anew by whatever begins: a round of the inbox, a timer, a request. What has begun ends with the one
    it began with, and a letter is worded by the one it was written with.
    """

    store: Store
    release: Release
    bot: Bot
    now: clock.Now
    settings: Settings
    vitals: Vitals = field(default_factory=Vitals)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _brought: asyncio.Event = field(default_factory=asyncio.Event)
    _taken: asyncio.Event = field(default_factory=asyncio.Event)
    _words: dict[str, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words[self.release.content.release] = self.release.words
        self._door = webhook.Door(self.bot, self.settings.webhook_url)

    def take(self, release: Release) -> None:
        """Go on with other pages."""
        self.release = release
        self._words = {**dict(list(self._words.items())[1 - RELEASES_KEPT :]), release.content.release: release.words}
        self._taken.set()
        log.info("release_taken", release=release.content.release)

    def words_of(self, release: str) -> Words:
        """Give the words of a release by its name; those of the one in use where it is not remembered."""
        return self._words.get(release, self.release.words)

    async def serve(self) -> None:
        """Serve people and clinics until cancelled."""
        gc.freeze()  # what is loaded by now stays, and need not be looked through again and again
        async with self.ready() as loops:
            await asyncio.gather(*self._servers(), *loops)

    def web(self) -> ASGIApp:
        """Serve the clinics' pages, and the door for Telegram where it brings the updates."""
        pages = self._pages()
        if not self.settings.webhook_url:
            return pages
        door = webhook.route(self.settings.webhook_url, self._webhook_secret, self._accept_brought)
        return Starlette(routes=[door, Mount("/", pages)])

    @property
    def _webhook_secret(self) -> str:
        """The same on every start and on every computer that has the operator's key; another for another bot."""
        return self.store.keys.derive(f"webhook {self.bot.token}").hex()

    def _pages(self) -> ASGIApp:
        """Put the clinics' pages together, once for each release."""
        made: dict[str, ASGIApp] = {}

        async def pages(scope: Scope, hear: Hear, send: Send) -> None:
            release = self.release
            name = release.content.release
            if name not in made:
                made.clear()
                house = House(self.store, release, self.now, lambda: self.bot.username, self.settings.pages_url)
                made[name] = create_web(house, self.vitals)
            await made[name](scope, hear, send)

        return pages

    def _servers(self) -> list[Coroutine[None, None, None]]:
        """Serve the pages, and the numbers where they are asked for: at an address of their own, which is not for everybody."""
        servers = [uvicorn.Server(self.web_server()).serve()]
        if self.settings.metrics_listen:
            numbers = create_metrics(self.store, self.vitals, self.now)
            servers.append(uvicorn.Server(self._server(numbers, self.settings.metrics_listen)).serve())
        return servers

    def web_server(self) -> uvicorn.Config:
        """Say how the pages are served."""
        return self._server(self.web(), self.settings.listen)

    def _server(self, app: ASGIApp, listen: str) -> uvicorn.Config:
        """Say how something is served. Only a web server that we know may tell us from which address somebody comes."""
        return uvicorn.Config(
            app,
            host_of(listen),
            port_of(listen),
            log_config=None,
            ws="none",
            lifespan="off",
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=self.settings.trusted_proxies,
        )

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[list[asyncio.Task[None]]]:
        """Start every loop; on leaving, stop taking in, finish what is on its way, and let go."""
        if back := destroy_again(self.store, self.now() - OLDEST_KEYS, self.now()):
            log.warning("keys_brought_back", destroyed_again=back, remedy="Keep one copy of the key store only, the newest.")
        finish_erasures(self.store, self.now())
        await self._greet_telegram()
        sender = Sender(
            self.store,
            TelegramChannel(self.bot),
            self.words_of,
            self.now,
            Pace(TELEGRAM if self.settings.send_limits == "telegram" else None),
            lambda unit, letter, reason, now: tell_unreachable(unit, self.release.content, letter, reason, now),
            lambda unit, letter, now: post_brief_again(unit, self.release.content, letter.handoff_id, now),
            lambda unit, old, new, now: move_group(unit, self.release.content, old, new, now),
            self.vitals.loop("sender").came_round,
        )
        taps = tap_answers.TapAnswers(self.bot)
        pulse = Pulse(self.store, str(self.bot.id), self.now)
        await pulse.felt()
        self._listen(sender)
        loops = {
            "door" if self.settings.webhook_url else "poller": self._hear(pulse, sender, taps),
            "worker": self._work(sender, taps),
            "clock": self._seated("clock", lambda seat: self._watch_clock(seat, sender)),
            "housekeeping": self._seated("housekeeping", self._keep_house),
            "menu": self._keep_menu(),
            "sender": self._seated("sender", lambda seat: self._send(seat, sender)),
        }
        tasks = [asyncio.create_task(loop) for loop in loops.values()]
        for name, task in zip(loops, tasks, strict=True):
            self.vitals.loop(name).runs_as(task)
        try:
            yield tasks
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await taps.drop()
            await pulse.stop()
            await self.bot.shutdown()

    def _listen(self, sender: Sender) -> None:
        """Be woken by what other processes write down."""
        loop = asyncio.get_running_loop()
        wakes = {INBOX: self._arrived.set, OUTBOX: sender.wake}

        def heard(what: str) -> None:
            with suppress(RuntimeError):  # we are gone
                loop.call_soon_threadsafe(wakes.get(what, lambda: None))

        self.store.listen(heard)

    def _seated(self, name: str, work: Callable[[Seat], Awaitable[None]]) -> Coroutine[None, None, None]:
        return whenever_ours(self.store, name, self.vitals.loop(name).stand_by, work)

    async def _send(self, seat: Seat, sender: Sender) -> None:
        """Send; what is on its way when we have to stop is waited for before another may begin."""
        try:
            await sender.run(seat)
        finally:
            await sender.finish()

    async def _greet_telegram(self) -> None:
        while True:
            try:
                await self.bot.initialize()
                if self.settings.webhook_url:
                    await self._door.announce(self._webhook_secret)
                else:
                    await self.bot.delete_webhook()
                break
            except RetryAfter as wait:
                metrics.TOO_FAST.labels("start").inc()
                log.warning("too_fast", after=seconds_of(wait))
                await asyncio.sleep(seconds_of(wait))
            except TelegramError as failed:
                if _will_be_refused_again(failed):
                    remedy = WEBHOOK_REMEDY if isinstance(failed, BadRequest) else TOKEN_REMEDY
                    raise SettingsWrong(f"Telegram refused: {failed.message.rstrip('.')}.", remedy) from failed
                log.warning("telegram_away", error=type(failed).__name__)
                await asyncio.sleep(2)
        log.info("serving", bot=self.bot.username, release=self.release.content.release)

    async def _accept(self, arrived: Iterable[inbox_rows.Arrived]) -> None:
        """Commit what came, then wake the worker. Only when this returns may the offset move."""
        name = str(self.bot.id)
        await self.ask(lambda unit: inbox_rows.accept(unit, name, arrived, self.now()))
        self._arrived.set()

    async def _accept_brought(self, arrived: Iterable[inbox_rows.Arrived]) -> None:
        """Commit what was brought, which shows that we are reached."""
        await self._accept(arrived)
        self._brought.set()

    async def _poll(self, seat: Seat, pulse: Pulse, sender: Sender, taps: tap_answers.TapAnswers) -> None:
        """Fetch. What was fetched is kept until it is committed; if the seat is lost before that, the next will fetch it.

        Where there is no other process to leave the work to, it is worked off with the same commit.
        """
        name = str(self.bot.id)

        async def accept(arrived: Iterable[inbox_rows.Arrived]) -> None:
            held = list(arrived)
            if self.store.shared:
                await ask_of(seat, lambda unit: inbox_rows.accept(unit, name, held, self.now()))
                self._arrived.set()
            elif held:
                await self._work_once(sender, taps, lambda unit: inbox_rows.accept(unit, name, held, self.now()))

        kept_by = self.vitals.loop("poller").kept_by
        await while_ours(seat, intake.poll(self.bot, accept, lambda: self._polled(pulse), kept_by))

    async def _work(self, sender: Sender, taps: tap_answers.TapAnswers) -> None:
        while True:
            self._arrived.clear()
            worked = await self._work_once(sender, taps)
            self.vitals.loop("worker").came_round()
            if worked.busy:
                await asyncio.sleep(A_MOMENT)
            elif not worked.is_more:
                with suppress(TimeoutError):
                    async with asyncio.timeout(SWEEP):  # unlike wait_for, it never swallows that we are told to stop
                        await self._arrived.wait()

    async def _work_once(
        self, sender: Sender, taps: tap_answers.TapAnswers, first: Callable[[Unit], None] = lambda _: None
    ) -> Worked:
        """Work off some of what came, after something else that is done with the same commit."""

        def work(unit: Unit) -> Worked:
            first(unit)
            return work_off(unit, self._receive(), self.now())

        worked = await sender.go_along(work)
        taps.give(worked.acks)
        if worked.is_more:
            self._arrived.set()
        return worked

    async def _hear(self, pulse: Pulse, sender: Sender, taps: tap_answers.TapAnswers) -> None:
        """Fetch updates; where Telegram brings them, ask it again and again whether it reaches us."""
        if not self.settings.webhook_url:
            await self._seated("poller", lambda seat: self._poll(seat, pulse, sender, taps))
        while True:
            came = await self._feel_what_is_brought(pulse, EVERY.total_seconds())
            is_reached = await self._door.is_reached(came)
            self.vitals.loop("door").came_round()
            if is_reached:
                await self._feel(pulse)
            elif not came:
                self.vitals.loop("door").kept_by("not_reached")

    async def _polled(self, pulse: Pulse) -> None:
        """Telegram has answered a poll: that is what a poller is there for, so that one whose polls all fail is stuck."""
        self.vitals.loop("poller").came_round()
        await self._feel(pulse)

    async def _feel(self, pulse: Pulse) -> None:
        self.vitals.in_touch()
        await pulse.felt()

    async def _feel_what_is_brought(self, pulse: Pulse, seconds: float) -> bool:
        """We are in touch at each update that is brought; say whether any was within so many seconds."""
        loop, came = asyncio.get_running_loop(), False
        end = loop.time() + seconds
        while loop.time() < end:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(end):
                    await self._brought.wait()
            if self._brought.is_set():
                self._brought.clear()
                came = True
                await self._feel(pulse)
        return came

    def _receive(self) -> Receive:
        release = self.release
        return Receive(Desk(release.content, release.words, self.bot.id, self.bot.username))

    async def _watch_clock(self, seat: Seat, sender: Sender) -> None:
        while True:
            await until_answered(lambda: asyncio.wrap_future(self.store.submit(finish_erasures, self.store, self.now())))
            due = await ask_of(seat, lambda unit: clock.let_due_happen(unit, self.release.content, self.now()))
            self.vitals.loop("clock").came_round()
            if due:
                sender.wake()
            else:
                await asyncio.sleep(SWEEP)

    async def _keep_house(self, seat: Seat) -> None:
        while True:
            await ask_of(seat, lambda unit: inbox_rows.forget_old(unit, self.now()))
            await ask_of(seat, lambda unit: wrong_tries.forget_old(unit, self.now()))
            more = await ask_of(seat, lambda unit: let_go(unit, self.release.content, self.now()))
            await asyncio.sleep(BREATH if more else HOUSEKEEPING)

    async def _keep_menu(self) -> None:
        """Tell Telegram the menu, and anew with other pages. While it takes none, all else goes on."""
        told: set[str] = set()
        while True:
            self._taken.clear()
            release, offered = self.release, self.release.content.scheme.languages
            told |= set(offered)
            try:
                await set_menu(self.bot, release.words, offered, gone=sorted(told.difference(offered)))
            except TelegramError as refused:
                after = seconds_of(refused) if isinstance(refused, RetryAfter) else MENU_AGAIN
                metrics.TOO_FAST.labels("menu").inc(isinstance(refused, RetryAfter))
                log.warning("menu_put_off", error=type(refused).__name__, after=after)
                await asyncio.sleep(after)
            else:
                await self._taken.wait()

    async def ask(self, work: Callable[[Unit], R]) -> R:
        """Ask the store something, or change something in it, on its own thread."""
        return await asyncio.wrap_future(self.store.unit_of(work))


def _will_be_refused_again(failed: TelegramError) -> bool:
    """Tell what Telegram does not take from Telegram's being away. The client holds a bad request for the latter."""
    return not isinstance(failed, NetworkError) or (isinstance(failed, BadRequest) and not is_page(failed))


def make_app(settings: Settings, being_written: bool = False) -> App:
    """Put the parts together."""
    now = now_of(settings)
    release = load_release(settings, now(), being_written)
    store = open_store(settings)
    with opening("The database", PUT_BACK), store.begin() as unit:
        index_for(unit, release.content.needs.values())
    return App(store, release, make_bot(settings), now, settings)


async def bot_name(settings: Settings) -> str:
    """Ask Telegram for the bot's name, which every link needs."""
    try:
        async with make_bot(settings) as bot:
            return bot.username
    except TelegramError as error:
        raise SettingsWrong(f"Telegram does not answer: {error.message.rstrip('.')}.", TOKEN_REMEDY) from error


def run_until_stopped(main: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a coroutine until it ends or the process is asked to stop; SIGTERM and Ctrl-C end it in good order."""

    async def whole() -> None:
        task = asyncio.create_task(main())
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(whole())
