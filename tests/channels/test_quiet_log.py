"""The log tells of events and ids, and never holds a word or an account of anybody."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from stage import Stage, stage

from rxbot.log import set_up_logging
from rxbot.sandbox import refusals
from rxbot.sandbox.script import Person
from rxbot.store.episodes import Held

NAME, OWN, LATE, WORKER, CAPTION = "Zebedee", "marmalade-in-my-own-words", "xylophone words", "tangerine reply", "walrus caption"


pytestmark = pytest.mark.usefixtures("logging_kept")
COMES_IN = ("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:other")
COMES_TO_AN_END = ("a:rest:nothing", "n:strengths:skipped", "p:0", "a:contact.when:any")


@asynccontextmanager
async def somebody(folder: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[tuple[Stage, Person]]:
    """Let somebody open a link. All is logged, as the service does and as a worried operator might."""
    caplog.set_level(logging.INFO)
    set_up_logging()
    async with stage(folder) as one:
        tom = one.telegram.person(NAME)
        tom.opens_link(await one.invites(ref="REF-0815"))
        await one.settles()
        yield one, tom


async def presses(one: Stage, who: Person, *codes: str) -> None:
    """Press the newest button that carries each of these."""
    for code in codes:
        data = [key["data"] for message in who.screen for row in message.keyboard for key in row]
        who.taps(next(d for d in reversed(data) if d.partition("~")[2] == code))
        await one.settles()


async def test_a_whole_conversation_leaves_no_word_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with somebody(tmp_path, caplog) as (one, tom):
        await presses(one, tom, *COMES_IN, "t:matters:food:1", "d:matters", "a:food.need:yes", "a:food.help:yes",
                      "a:food.what:now", *COMES_TO_AN_END)  # fmt: skip
        tom.types(OWN)
        await one.settles()
        await presses(one, tom, "right")
        tom.types(f"{LATE}, I want to die")
        tom.sends_photo(CAPTION)
        one.telegram.queue.put("message", {"text": LATE, "from": NAME}, one.app.now().timestamp())
        await one.settles()
        one.seat(one.sam).types(f"/r {WORKER}", topic=one.team.topics[-1].id)
        one.seat(one.robin).types(f"/r {WORKER}", topic=one.team.topics[-1].id)
        await one.settles()
        for _ in ("the person's letter", "the topic's"):  # they leave in any order
            one.telegram.refuse_next("sendMessage", refusals.BUTTON_DATA_INVALID)
        one.telegram.refuse_next("sendMessage", refusals.Refusal(502, "Bad Gateway"))
        tom.types("stop")
        await one.passes(seconds=5)
        held = await one.held(tom)
        token = one.telegram.token
    assert isinstance(held, Held)
    assert held.episode.sheets["intake"]["words"].raw == OWN  # so that there was something to be told
    shown = capsys.readouterr()
    logged = shown.err + shown.out + caplog.text
    assert {"serving", "update_failed", "letter_given_up", "desk_refused"} <= {e for e in EVENTS if e in logged}
    for words in (NAME, OWN, LATE, WORKER, CAPTION, "die", "REF-0815", str(tom.id), token):
        assert words not in logged, words


async def test_what_they_are_asked_and_answer_about_themselves_is_in_no_log_and_goes_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with somebody(tmp_path, caplog) as (one, tom):
        await presses(one, tom, *COMES_IN, "t:matters:caring:1", "d:matters", "a:caring.need:yes", "a:caring.help:yes",
                      "a:caring.what:children", *COMES_TO_AN_END, "n:words:skipped", "right", "a:children:no")  # fmt: skip
        held = await one.held(tom)
        await presses(one, tom, "more", "forget", "forget_yes")
        gone = await one.held(tom)
    assert held is not None
    assert {*held.episode.sheets["eligibility"]} == {"children"}
    assert gone is None
    shown = capsys.readouterr()
    logged = shown.err + shown.out + caplog.text
    assert "turn_taken" in logged
    for words in ("children", "eligibility/"):
        assert words not in logged, words


EVENTS = ("serving", "update_failed", "letter_given_up", "letter_outcome_unknown", "desk_refused", "bind")
