"""All loops of rxbot together: none keeps another waiting, a start waits where Telegram asks for it, an outage is noticed."""

import asyncio
from pathlib import Path

import pytest
from stage import stage
from telegram import Bot

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
