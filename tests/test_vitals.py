"""/healthz over HTTP: well when all goes round, and naming what does not. What stops each loop is what does so in earnest."""

import asyncio
import json
import signal
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from process import process
from stage import Stage, free_port, stage

import rxbot.app
import rxbot.vitals
import rxbot.web
from rxbot.channels.telegram import intake
from rxbot.channels.telegram.receive import Receive
from rxbot.outbox import sender
from rxbot.sandbox import refusals as no
from rxbot.sandbox.faults import Fault
from rxbot.sandbox.serving import serve

pytestmark = pytest.mark.timeout(60)
LIMIT = 1.6  # seconds; a poll takes one


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what takes a minute in earnest take a moment."""
    monkeypatch.setattr(rxbot.vitals, "LIMITS", dict.fromkeys(rxbot.vitals.LIMITS, LIMIT))
    monkeypatch.setattr(sender, "LONGEST", 0.6)
    monkeypatch.setattr(sender, "LEAVE_WITHIN", 0.1)
    monkeypatch.setattr(rxbot.web, "PATIENCE", 0.5)
    monkeypatch.setattr(intake, "POLL", 1)


Health = tuple[int, dict[str, Any]]


@asynccontextmanager
async def asked(one: Stage) -> AsyncIterator[Callable[[], Any]]:
    """Serve the pages, and give a way to ask /healthz."""
    async with serve(one.app.web()) as url, httpx.AsyncClient(base_url=url) as http:

        async def ask() -> Health:
            answer = await http.get("/healthz")
            return answer.status_code, answer.json()

        yield ask


async def until_unwell(ask: Callable[[], Any], *names: str) -> dict[str, Any]:
    """Ask until it is not well; exactly these are named."""
    while (health := await ask())[0] == 200 or set(health[1]["unwell"]) < set(names):
        await asyncio.sleep(0.05)
    assert health[0] == 503
    assert sorted(health[1]["unwell"]) == sorted(names)
    return dict(health[1])


async def test_well_and_nothing_is_told_of_anybody(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        await asyncio.sleep(LIMIT * 1.2)
        status, told = await ask()
        assert (status, told["ok"], told["database"], told["unwell"]) == (200, True, "answers", [])
        assert {name: loop["state"] for name, loop in told["loops"].items()} == dict.fromkeys(
            ("poller", "worker", "clock", "sender", "housekeeping", "menu"), "going"
        )
        assert told["telegram"]["seconds"] < LIMIT
        for secret in (one.telegram.token, str(one.telegram.bot.id), str(one.sam.id), str(one.team.id), str(tmp_path)):
            assert secret not in str(told)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault("drip", ("getUpdates",), seconds=30), None),  # no time-out of the client ends it
        (Fault("refuse", ("getUpdates",), code=409, description=no.CONFLICT.description), "another_poller"),
        (Fault("refuse", ("getUpdates",), code=409, description=no.WEBHOOK_ACTIVE.description), "webhook_set"),
        (Fault("cut_before", ("getUpdates",)), "telegram_away"),
    ],
)
async def test_a_poller_that_hears_nothing_is_stuck(tmp_path: Path, fault: Fault, trouble: str | None) -> None:
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        one.telegram.faults.add(fault)
        told = await until_unwell(ask, "poller")
        assert told["loops"]["poller"]["state"] == "stuck"
        assert told["loops"]["poller"].get("trouble") == trouble
        assert told["telegram"]["seconds"] > LIMIT / 2
        assert told["database"] == "answers"
        one.telegram.faults.clear()
        if trouble == "telegram_away":  # it goes on by itself
            while (await ask())[0] != 200:
                await asyncio.sleep(0.05)


async def test_a_sender_is_stuck_when_a_letter_never_arrives(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        one.telegram.faults.add(Fault("drip", ("sendMessage",), seconds=30))
        one.telegram.person("Tom").opens_link(await one.invites(language="en"))
        told = await until_unwell(ask, "sender")
        assert told["loops"]["sender"]["state"] == "stuck"


async def test_a_sender_that_has_to_wait_is_not_stuck(tmp_path: Path) -> None:
    """One letter is slow, one breaks Telegram down, and then it is too fast for Telegram."""
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        one.telegram.faults.add(Fault("slow", ("sendMessage",), seconds=0.4, times=1))
        one.telegram.faults.add(Fault("page", ("sendMessage",), times=1))
        one.telegram.faults.add(Fault.of(no.too_many_requests(60), "sendMessage"))
        for name in ("Ann", "Bob", "Tom"):
            one.telegram.person(name).opens_link(await one.invites(language="en"))
        end = time.monotonic() + LIMIT + 0.5
        while time.monotonic() < end:
            status, told = await ask()
            assert status == 200, told
            await asyncio.sleep(0.2)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Somebody opened the database with another program, and holds it."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def test_a_database_that_is_held_stops_all_who_need_it(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        with locked(tmp_path / "rxbot.db"):
            assert (await ask())[1]["database"] == "silent"
            told = await until_unwell(ask, "worker", "clock", "sender")
            assert told["database"] == "silent"
        while (await ask())[0] != 200:
            await asyncio.sleep(0.05)


async def test_a_turn_that_does_not_end_stops_all_who_need_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite all turns are taken on one thread, one after the other."""
    ends = threading.Event()
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        with monkeypatch.context() as hanging:
            hanging.setattr(Receive, "__call__", lambda *_: ends.wait(30) and ())
            one.telegram.person("Tom").opens_link("nothing")
            told = await until_unwell(ask, "poller", "worker", "clock", "sender")  # what is fetched cannot be committed
            assert told["database"] == "silent"
            ends.set()
            while (await ask())[0] != 200:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize(("table", "loops"), [("inbox", ("worker",)), ("timer", ("clock",)), ("outbox", ("sender", "worker"))])
async def test_a_loop_that_has_ended_is_named(tmp_path: Path, table: str, loops: tuple[str, ...]) -> None:
    """A damaged database ends a loop with an error that nobody foresaw; `rxbot serve` then ends as a whole."""
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        with sqlite3.connect(tmp_path / "rxbot.db") as other:
            other.execute(f"DROP TABLE {table}")
        told = await until_unwell(ask, *loops)
        assert {told["loops"][loop]["state"] for loop in loops} == {"ended"}


async def test_where_telegram_brings_updates_it_is_said_whether_it_reaches_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no reason to take us out of service: then it would reach nobody."""
    monkeypatch.setattr(rxbot.app, "EVERY", rxbot.app.EVERY / 100)
    async with stage(tmp_path, town=False, webhook=True) as one, asked(one) as ask:
        status, told = await ask()
        assert (status, told["loops"]["door"]["state"]) == (200, "going")
        one.telegram.hook.secret = "not ours"
        one.telegram.person("Tom").opens_link("nothing")
        while (health := await ask())[1]["loops"]["door"].get("trouble") != "not_reached":
            await asyncio.sleep(0.05)
        assert health[0] == 200


async def test_standing_by_is_well(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one, asked(one) as ask:
        one.app.vitals.loop("follower").stand_by()
        status, told = await ask()
        assert (status, told["loops"]["follower"]["state"]) == (200, "standing_by")


async def test_the_real_process_tells_how_it_is_and_keeps_its_numbers_to_itself(tmp_path: Path) -> None:
    numbers = f"127.0.0.1:{free_port()}"
    async with process(tmp_path, RXBOT_METRICS_LISTEN=numbers) as one, httpx.AsyncClient() as http:
        one.start()
        await one.until("the menu is set", lambda: any(method == "setMyCommands" for method, _ in one.telegram.calls))
        pages = one.environment["RXBOT_LISTEN"]
        for address in (pages, numbers):
            assert (await http.get(f"http://{address}/healthz")).json()["ok"]
        assert "rxbot_turns_total" in (await http.get(f"http://{numbers}/metrics")).text
        assert (await http.get(f"http://{pages}/metrics")).status_code == 404
        one.kill(signal.SIGTERM)
        assert one.running
        assert one.running.exitcode == 0
        assert all(json.loads(line)["event"] for line in one.log.read_text().splitlines())
        one.start()
        await one.until("it serves again", lambda: one.log.read_text().count('"serving"') == 2)
        with sqlite3.connect(tmp_path / "rxbot.db") as other:
            other.execute("DROP TABLE timer")
        await asyncio.to_thread(one.running.join, 30)
        assert one.running.exitcode == 1  # so that whoever watches it starts it again
