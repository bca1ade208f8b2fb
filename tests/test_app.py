"""All loops of rxbot together: none keeps another waiting, a start waits where Telegram asks for it, an outage is noticed."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from stage import stage
from structlog.testing import capture_logs
from telegram import Bot

import rxbot.app
import rxbot.pulse
from rxbot.sandbox import refusals as no

pytestmark = pytest.mark.timeout(60)


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
