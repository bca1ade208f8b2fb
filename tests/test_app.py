"""All loops of rxbot together: none keeps another waiting, a start waits where Telegram asks for it, an outage is noticed."""

import asyncio
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx
import postgres
import pytest
from sqlalchemy import func, select
from stage import app_of, stage
from structlog.testing import capture_logs
from telegram import Bot
from telegram.error import Conflict

import rxbot.app
import rxbot.pulse
from rxbot.app import make_bot
from rxbot.channels.telegram.send import TelegramChannel
from rxbot.clock import real_now
from rxbot.content.load import Release
from rxbot.episode.effects import Say
from rxbot.errors import SettingsWrong, StoreMoved
from rxbot.message import Message, verbatim
from rxbot.outbox import sender
from rxbot.pace import REMINDER, REPLY, TELEGRAM, Pace
from rxbot.sandbox import refusals as no
from rxbot.sandbox.api import create_app
from rxbot.sandbox.faults import Fault
from rxbot.sandbox.script import Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.settings import Settings
from rxbot.store import outbox_rows
from rxbot.store.moving import move
from rxbot.store.tables import outbox as outbox_table
from rxbot.store.unit import Store

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize(("front", "believed"), [("127.0.0.1", True), ("10.1.2.3", True), ("192.0.2.9", False)])
async def test_only_a_web_server_that_we_know_tells_from_where_somebody_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, front: str, believed: bool
) -> None:
    """Who tries many codes has to wait. Behind a web server others need not; without one, nobody can pretend to be another."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    async with stage(tmp_path, town=False) as one:
        one.app.settings = one.app.settings.model_copy(update={"trusted_proxies": "127.0.0.1,10.0.0.0/8"})
        config = one.app.web_server()
        config.load()
        wire = httpx.ASGITransport(config.loaded_app, client=(front, 1))
        async with httpx.AsyncClient(transport=wire, base_url="http://clinic.test") as browser:

            async def tries(address: str) -> int:
                page = await browser.get("/clinic/sign-in?code=wrong")
                fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
                return (await browser.post("/clinic/sign-in", data=fields, headers={"X-Forwarded-For": address})).status_code

            assert [await tries("198.51.100.1") for _ in range(11)] == [401] * 10 + [429]
            assert await tries("198.51.100.2") == (401 if believed else 429)


async def test_an_answer_to_a_tap_that_does_not_leave_keeps_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, held = asyncio.Event(), asyncio.Event()

    async def answer(*_: object, **__: object) -> None:
        waiting.set()
        await held.wait()

    async with stage(tmp_path, town=False) as one:
        ann, bob = one.telegram.person("Ann"), one.telegram.person("Bob")
        for person in (ann, bob):
            person.opens_link(await one.invites(language="en"))
        await one.settles()
        monkeypatch.setattr(Bot, "answer_callback_query", answer)
        ann.taps(next(label for message in ann.screen for label in message.buttons))
        await waiting.wait()
        before = len(bob.screen)
        bob.types("I want to die")
        await one.settles()
        assert len(bob.screen) > before + 1
        assert not held.is_set()


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what Telegram calls a second be a moment."""
    monkeypatch.setattr(rxbot.app, "seconds_of", lambda _: 0.01, raising=False)


@pytest.mark.usefixtures("short_waits")
@pytest.mark.parametrize("method", ["getMe", "setWebhook"])
async def test_a_start_that_is_too_fast_waits_as_long_as_telegram_says(tmp_path: Path, method: str) -> None:
    async with stage(tmp_path, town=False, webhook=True) as one:
        await one.stop()
        one.telegram.refuse_next(method, no.too_many_requests(1))
        await one.start()
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        assert tom.screen[-1].from_bot


@pytest.mark.parametrize(("refusal", "mends"), [(no.WEBHOOK_URL_INVALID, "RXBOT_WEBHOOK_URL"), (no.UNAUTHORIZED, "RXBOT_TOKEN")])
async def test_a_start_that_telegram_will_not_have_ends_and_says_what_to_mend(
    tmp_path: Path, refusal: no.Refusal, mends: str
) -> None:
    async with stage(tmp_path, town=False, webhook=True) as one:
        await one.stop()
        one.telegram.refuse_next("setWebhook", refusal)
        with pytest.raises(SettingsWrong, match=mends):
            await one.start()
        await one.app.bot.shutdown()
        await one.restart()


async def test_another_poller_and_a_start_anew_lose_nothing(tmp_path: Path) -> None:
    """Telegram is as strict as in earnest: it holds up an offset asked again, and each of two pollers that end one another."""
    async with stage(tmp_path, town=False) as one:
        one.telegram.strict_polls, one.telegram.patience = True, 0.02
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        with capture_logs() as logs:
            async with make_bot(one.settings) as other:
                for _ in range(2):
                    with suppress(Conflict):
                        await other.get_updates(timeout=1)
        assert "another_poller" in [line["event"] for line in logs]
        for words in ("one", "two"):
            one.takes_time()
            before = len(tom.screen)
            tom.types(words)
            await one.restart()
            await one.settles()
            assert tom.screen[-1].from_bot
            assert len(tom.screen) > before + 1


@pytest.mark.usefixtures("short_waits")
async def test_a_menu_that_is_not_taken_keeps_nobody_and_comes_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told where Telegram does not know it: a start anew tells nothing."""
    monkeypatch.setattr(rxbot.app, "MENU_AGAIN", 0.01)
    async with stage(tmp_path, town=False) as one:
        told = one.telegram.profile.commands
        while "ar" not in one.telegram.profile.descriptions:  # the last that is told
            await asyncio.sleep(0.01)
        await one.stop()
        first, calls = dict(told), one.telegram.calls
        told.clear()
        for refusal in (no.too_many_requests(1), no.Refusal(502, "Bad Gateway")):
            one.telegram.refuse_next("setMyCommands", refusal)
        await one.start()
        while told != first:
            await asyncio.sleep(0.01)
        await one.stop()
        before = len(calls)
        await one.start()
        while ("getMyDescription", {"language_code": "ar"}) not in calls[before:]:
            await asyncio.sleep(0.01)
        assert not [name for name, _ in calls[before:] if name.startswith("setMy")]


async def test_a_tap_that_could_not_be_brought_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before us refuses everything, as with a certificate that is over. Both sides run and reach each other else."""
    monkeypatch.setattr(rxbot.app, "EVERY", timedelta(seconds=0.1))
    monkeypatch.setattr(rxbot.pulse, "TAPS_KEPT", timedelta(seconds=0.5))
    async with stage(tmp_path, town=False, webhook=True) as one:
        ann = one.telegram.person("Ann")
        ann.opens_link(await one.invites(language="en"))
        await one.settles()
        secret, one.telegram.hook.secret = one.telegram.hook.secret, "not ours"
        with capture_logs() as logs:
            ann.taps(next(label for message in ann.screen for label in message.buttons))
            while sum(line["event"] == "not_reached" and "remedy" in line for line in logs) < 6:
                await asyncio.sleep(0.01)
            one.telegram.hook.secret = secret
            before = len(ann.screen)
            await one.passes(minutes=3)  # and Telegram throws the tap away
            while not any(line["event"] == "outage_over" for line in logs):
                await asyncio.sleep(0.01)
        await one.settles()
        assert len(ann.screen) > before


@pytest.mark.parametrize("urgency", ["reply", "reminder"])
async def test_a_crisis_leaves_before_what_is_slow_has_arrived(
    store: Store, release: Release, urgency: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram answers nothing: all that may leave is on its way, when somebody is in danger."""
    monkeypatch.setattr(sender, "LEAVE_WITHIN", 0.01)
    telegram = Telegram(now=real_now)
    *people, tom = [telegram.person(f"P{n}") for n in range(TELEGRAM.overall.most * 2)]
    for person in (*people, tom):
        person.opens_link()
    telegram.faults.add(Fault("slow", ("sendMessage",), seconds=60))

    def write(person: Person, words: str, urgency: str) -> None:
        letter = Say("person", Message((verbatim(words),)), urgency)  # type: ignore[arg-type]
        with store.begin() as unit:
            outbox_rows.put(unit, f"chat:{person.id}", letter, real_now(), "en", "r")

    def nothing(*_: object) -> None:
        return None

    async with serve(create_app(telegram)) as url, make_bot(Settings(token=telegram.token, telegram_api=url)) as bot:
        told = (lambda _: release.words, real_now, Pace(TELEGRAM), nothing, nothing, nothing)
        box = sender.Sender(store, TelegramChannel(bot), *told)
        for person in people:
            write(person, "hello", urgency)
        running = asyncio.create_task(box.run())
        open_to = TELEGRAM.overall.open_to(REPLY if urgency == "reply" else REMINDER)
        while sent(telegram) < open_to:
            await asyncio.sleep(0.01)
        write(tom, "ring 999", "crisis")
        while not any(message.text == "ring 999" for message in tom.screen):
            await asyncio.sleep(0.01)
        with store.begin() as unit:  # nothing has come back: all that left is still on its way
            on_their_way = unit.execute(select(func.count()).where(outbox_table.c.status == "leased")).scalar()
        assert sent(telegram) == on_their_way == open_to + 1
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await box.finish()


def sent(telegram: Telegram) -> int:
    return sum(name == "sendMessage" for name, _ in telegram.calls)


async def test_of_two_that_fetch_one_stands_by_and_goes_on_where_the_other_stops(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False, kind="postgresql") as one:
        tom = one.telegram.person("Tom")
        with capture_logs() as logs:
            other = app_of(one.settings)
            async with other.ready():
                tom.opens_link(await one.invites(language="en"))
                await one.settles()
                before = len(tom.screen)
                assert "seat_taken" not in [line["event"] for line in logs]  # by the other, while the first has all of them
                await one.stop()
                tom.taps("English")
                async with asyncio.timeout(30):
                    while len(tom.screen) <= before or not tom.screen[-1].from_bot:
                        await asyncio.sleep(0.02)
                await one.start()
                await one.settles()
            other.store.close()
        assert "another_poller" not in [line["event"] for line in logs]
        taken = [line["seat"] for line in logs if line["event"] == "seat_taken"]
        assert sorted(taken[:4]) == ["clock", "housekeeping", "poller", "sender"]


async def test_a_scheme_moves_to_postgresql_in_the_midst_of_a_conversation(tmp_path: Path) -> None:
    url = postgres.fresh_url()
    async with stage(tmp_path, town=False) as one:
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        target = Store(url, one.app.store.keys)
        await asyncio.to_thread(move, one.app.store, target)
        target.engine.dispose()
        before = len(tom.screen)
        tom.taps("English")
        with pytest.raises(StoreMoved):
            await asyncio.wait_for(asyncio.gather(*one.loops), 30)
        await one.stop()
        one.settings = one.settings.model_copy(update={"database_url": url})
        await one.start()
        await one.settles()
        assert tom.screen[-1].from_bot
        assert len(tom.screen) > before
    postgres.drop(url)
