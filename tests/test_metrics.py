"""/metrics over HTTP, read as a monitor reads it: a story is lived through, and the numbers tell of it and of nobody."""

import asyncio
import sqlite3
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from stage import Stage, stage
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

import rxbot.web
from rxbot.clock import move
from rxbot.episode.effects import Say
from rxbot.message import Message, verbatim
from rxbot.sandbox import refusals as no
from rxbot.sandbox.serving import serve
from rxbot.store import outbox_rows
from rxbot.store.unit import Unit
from rxbot.web import create_metrics

Numbers = dict[str, float]


async def page(one: Stage) -> str:
    """Read the page."""
    async with serve(create_metrics(one.app.store, one.app.vitals, one.app.now)) as url, httpx.AsyncClient(base_url=url) as http:
        answer = await http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


async def numbers(one: Stage) -> Numbers:
    """Read every figure; what was counted in other tests of this process is in it too."""
    found: Numbers = defaultdict(float)
    for family in text_string_to_metric_families(await page(one)):
        for sample in family.samples:
            found[",".join((sample.name, *sample.labels.values()))] = sample.value
    return found


async def grown(one: Stage, before: Numbers) -> Numbers:
    """Give by how much each figure has grown."""
    after = await numbers(one)
    return defaultdict(float, {name: value - before[name] for name, value in after.items() if value != before[name]})


async def test_the_numbers_tell_what_happened(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        before, tom = await numbers(one), one.telegram.person("Tom")
        one.telegram.refuse_next("sendMessage", no.too_many_requests(1))
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        await one.passes(seconds=2)
        tom.taps("English")
        await one.settles()
        tom.types("I want to die")
        await one.settles()
        seen = await grown(one, before)
        assert [seen[f"rxbot_turns_total,{on}"] for on in ("link_opened", "tapped", "typed")] == [1, 1, 1]
        assert seen["rxbot_turn_seconds_count"] == 3
        assert seen["rxbot_updates_total,done"] >= 3
        assert (seen["rxbot_sends_total,flooded"], seen["rxbot_too_many_requests_total,send"]) == (1, 1)
        assert seen["rxbot_sends_total,sent"] >= 5
        assert seen["rxbot_send_seconds_count"] == seen["rxbot_sends_total,sent"] + seen["rxbot_sends_total,flooded"]
        assert seen["rxbot_taps_answered_total,answered"] == 1
        assert (seen["rxbot_alarms_total"], seen["rxbot_handoffs_opened_total,true"]) == (1, 1)
        tom.blocks()
        before = await numbers(one)
        one.telegram.refuse_next("sendMessage", no.BUTTON_DATA_INVALID)
        one.telegram.queue.put("message", {"text": "no update"}, one.app.now().timestamp())
        one.telegram.person("Ann").opens_link("nothing")
        for _ in range(5):
            await one.settles()
            await one.passes(minutes=2)
        seen = await grown(one, before)
        assert (seen["rxbot_sends_total,refused"], seen["rxbot_letters_given_up_total"]) == (1, 1)
        assert (seen["rxbot_updates_total,failed"], seen["rxbot_updates_total,given_up"]) == (4, 1)


async def test_the_numbers_tell_what_waits(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        now = await numbers(one)
        assert (now["rxbot_database_answers"], now["rxbot_loop_well,worker"], now["rxbot_outbox_rows,crisis"]) == (1, 1, 0)
        one.telegram.refuse_next("sendMessage", no.too_many_requests(10_000))

        def write(unit: Unit) -> None:
            said = Say("person", Message((verbatim("words"),)), "crisis")
            outbox_rows.put(unit, f"chat:{tom.id}", said, one.app.now(), "en", "r")

        await one.app.ask(write)
        one.telegram.queue.put("message", {"text": "no update"}, one.app.now().timestamp())
        one.telegram.changed()
        while not ((now := await numbers(one))["rxbot_outbox_rows,crisis"] and now["rxbot_inbox_rows"]):
            pass
        for loop in one.loops:
            loop.cancel()  # so that what waits goes on waiting
        await asyncio.gather(*one.loops, return_exceptions=True)
        await one.app.ask(lambda _: None)  # the store has ended what it had begun for them
        move(tmp_path / "clock", timedelta(days=100).total_seconds())
        now = await numbers(one)
        for name in ("rxbot_outbox_oldest_seconds,crisis", "rxbot_inbox_oldest_seconds"):
            assert now[name] == pytest.approx(timedelta(days=100).total_seconds(), abs=60), name
        assert now["rxbot_timers_late"] >= 1
        assert now["rxbot_timers_late_oldest_seconds"] > timedelta(days=60).total_seconds()
        assert now["rxbot_loop_well,worker"] == 0


async def test_no_label_names_anybody(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        held, text = await one.held(tom), await page(one)
        assert held
        for secret in (str(tom.id), held.person_id, held.episode.id, str(one.team.id), one.telegram.token, "harbour"):
            assert secret not in text
        labels = {key for family in text_string_to_metric_families(text) for one in family.samples for key in one.labels}
        assert labels == {"result", "event", "urgency", "urgent", "call", "loop", "le"}


async def test_without_the_database_the_rest_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rxbot.web, "PATIENCE", 0.2)
    async with stage(tmp_path, town=False) as one:
        other = sqlite3.connect(tmp_path / "rxbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        now = await numbers(one)
        other.close()
        assert now["rxbot_database_answers"] == 0
        assert "rxbot_inbox_rows" not in now
        assert "rxbot_loop_age_seconds,sender" in now


async def test_a_line_of_the_log_says_of_which_episode_it_tells_and_on_what_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, town=False) as one:
        tom = one.telegram.person("Tom")
        with capture_logs(processors=[merge_contextvars]) as logs:
            tom.opens_link(await one.invites(language="en"))
            await one.settles()
            held = await one.held(tom)
            one.telegram.refuse_next("sendMessage", no.BUTTON_DATA_INVALID)
            tom.taps("English")
            await one.settles()
            monkeypatch.setattr("rxbot.carry_out.take_turn", None)
            tom.types("something")
            while not any(line["event"] == "update_failed" for line in logs):
                await one.app.ask(lambda _: None)
        assert held
        of_tom = [(line["event"], line.get("on")) for line in logs if line.get("episode") == held.episode.id]
        assert of_tom[:3] == [("turn_taken", "link_opened"), ("turn_taken", "tapped"), ("letter_given_up", None)]
        assert ("turn_failed", "typed") in of_tom
        assert not [line for line in logs if line["event"] == "serving" and "episode" in line]
