"""The composition root: picks the real store, content, client and clock, and runs the loops until told to stop."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import structlog
import uvicorn
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from rxbot import clock, outbox
from rxbot.carry_out import post_brief_again, tell_unreachable
from rxbot.channels.telegram import intake
from rxbot.channels.telegram.desk import Desk
from rxbot.channels.telegram.menu import set_menu
from rxbot.channels.telegram.receive import Receive
from rxbot.channels.telegram.send import TelegramChannel
from rxbot.clinic.pages import House
from rxbot.content.load import Release, load, shipped
from rxbot.errors import SettingsWrong
from rxbot.inbox import Ack, Worked, work_off
from rxbot.settings import Settings, need_token
from rxbot.store import inbox_rows, short_codes
from rxbot.store.erase import finish_erasures
from rxbot.store.keys import Keys
from rxbot.store.schema import prepare
from rxbot.store.unit import Store, Unit
from rxbot.web import create_web

log = structlog.get_logger()
R = TypeVar("R")
SWEEP = 1.0  # seconds between looks at the inbox and the timers when nobody woke us
HOUSEKEEPING = 3600.0  # seconds


def now_of(settings: Settings) -> clock.Now:
    """Choose the clock."""
    return clock.movable_now(settings.test_clock) if settings.test_clock else clock.real_now


def open_store(settings: Settings) -> Store:
    """Open the database and its keys, and check that it is ours. The files are for their owner alone."""
    os.umask(0o077)
    url = settings.database_url
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    store = Store(url, Keys(settings.where_keys_are(), settings.master_key()))
    prepare(store)
    return store


def load_release(settings: Settings, now: datetime) -> Release:
    """Read the content."""
    return load(settings.content or shipped(), now.date())


def make_bot(settings: Settings) -> Bot:
    """Make the client. Its own pool is small: Telegram allows about 30 sends a second."""
    return Bot(
        need_token(settings),
        base_url=f"{settings.telegram_api.rstrip('/')}/bot",
        request=HTTPXRequest(connection_pool_size=16, pool_timeout=30),
        get_updates_request=HTTPXRequest(connection_pool_size=1, read_timeout=intake.POLL + 10),
    )


@dataclass
class App:
    """One running rxbot."""

    store: Store
    release: Release
    bot: Bot
    now: clock.Now
    settings: Settings
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self) -> None:
        """Serve people and clinics until cancelled."""
        async with self.ready() as loops:
            await asyncio.gather(self._serve_pages(), *loops)

    def house(self) -> House:
        """Give the clinics' pages what they need."""
        return House(self.store, self.release, self.now, lambda: self.bot.username, self.settings.pages_url)

    async def _serve_pages(self) -> None:
        config = uvicorn.Config(create_web(self.house()), self.settings.host, self.settings.port, log_config=None, ws="none")
        await uvicorn.Server(config).serve()

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[list[asyncio.Task[None]]]:
        """Start every loop; on leaving, stop taking in, finish what is on its way, and let go."""
        finish_erasures(self.store, self.now())
        await self._greet_telegram()
        content = self.release.content
        sender = outbox.Outbox(
            self.store,
            TelegramChannel(self.bot),
            self.release.words,
            self.now,
            lambda unit, letter, now: tell_unreachable(unit, content, letter, now),
            lambda unit, letter, now: post_brief_again(unit, content, letter, now),
        )
        receive = Receive(self.bot, Desk(content, self.release.words, self.bot.id, self.bot.username))
        loops = (
            intake.poll(self.bot, self._accept),
            self._work(receive, sender),
            self._watch_clock(sender),
            self._keep_house(),
            sender.run(),
        )
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            yield tasks
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await sender.finish()
            await self.bot.shutdown()

    async def _greet_telegram(self) -> None:
        while True:
            try:
                await self.bot.initialize()
                await self.bot.delete_webhook()
                await set_menu(self.bot, self.release.words, self.release.content.scheme.languages)
                break
            except NetworkError as away:
                log.warning("telegram_away", error=type(away).__name__)
                await asyncio.sleep(2)
            except TelegramError as refused:
                raise SettingsWrong(
                    f"Telegram refused: {refused.message.rstrip('.')}.", "Check RXBOT_TOKEN and RXBOT_TELEGRAM_API."
                ) from refused
        log.info("serving", bot=self.bot.username, release=self.release.content.release)

    async def _accept(self, arrived: Iterable[inbox_rows.Arrived]) -> None:
        """Commit what came, then wake the worker. Only when this returns may the offset move."""
        name = str(self.bot.id)
        await self.ask(lambda unit: inbox_rows.accept(unit, name, arrived, self.now()))
        self._arrived.set()

    async def _work(self, receive: Receive, sender: outbox.Outbox) -> None:
        while True:
            self._arrived.clear()
            worked: Worked = await self.ask(lambda unit: work_off(unit, receive, self.now()))
            if worked.count:
                sender.wake()
                await asyncio.gather(*(self._answer_tap(ack) for ack in worked.acks))
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(SWEEP):  # unlike wait_for, it never swallows that we are told to stop
                        await self._arrived.wait()

    async def _answer_tap(self, ack: Ack) -> None:
        """Stop the spinner on the button. It may be too late for that, and nothing hangs on it."""
        with suppress(TelegramError):
            await self.bot.answer_callback_query(ack.tap_id, ack.words or None, show_alert=ack.alert)

    async def _watch_clock(self, sender: outbox.Outbox) -> None:
        while True:
            await asyncio.wrap_future(self.store.submit(finish_erasures, self.store, self.now()))
            if await self.ask(lambda unit: clock.let_due_happen(unit, self.release.content, self.now())):
                sender.wake()
            else:
                await asyncio.sleep(SWEEP)

    async def _keep_house(self) -> None:
        while True:
            await self.ask(lambda unit: inbox_rows.forget_old(unit, self.now()))
            await self.ask(lambda unit: short_codes.forget_old(unit, self.now()))
            await asyncio.sleep(HOUSEKEEPING)

    async def ask(self, work: Callable[[Unit], R]) -> R:
        """Ask the store something, or change something in it, on its own thread."""
        return await asyncio.wrap_future(self.store.unit_of(work))


def make_app(settings: Settings) -> App:
    """Put the parts together."""
    now = now_of(settings)
    release = load_release(settings, now())
    return App(open_store(settings), release, make_bot(settings), now, settings)


async def bot_name(settings: Settings) -> str:
    """Ask Telegram for the bot's name, which every link needs."""
    try:
        async with make_bot(settings) as bot:
            return bot.username
    except TelegramError as error:
        raise SettingsWrong(
            f"Telegram does not answer: {error.message.rstrip('.')}.", "Check RXBOT_TOKEN and RXBOT_TELEGRAM_API."
        ) from error


def run_until_stopped(main: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a coroutine until it ends or the process is asked to stop; SIGTERM and Ctrl-C end it in good order."""

    async def whole() -> None:
        task = asyncio.create_task(main())
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(whole())
