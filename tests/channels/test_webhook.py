"""Telegram brings updates: only who knows the secret may, and none is taken before it is committed."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from room import client
from sqlalchemy import func, select
from starlette.applications import Starlette
from structlog.testing import capture_logs

from rxbot.channels.telegram import webhook
from rxbot.channels.telegram.webhook import LARGEST, SECRET_HEADER, Door
from rxbot.errors import SettingsWrong, StoreAway
from rxbot.sandbox.api import create_app
from rxbot.sandbox.refusals import Refusal
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.updates import Waiting
from rxbot.settings import Settings, read_settings
from rxbot.store import inbox_rows
from rxbot.store.inbox_rows import Arrived
from rxbot.store.tables import inbox
from rxbot.store.unit import Store, Unit

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ADDRESS = "https://clinic.example.org/telegram"
SECRET = "a-secret-of-telegram-and-us"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "hello"}}


class Inbox:
    """Takes what comes in into a database, unless that is away."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.away = False
        self.asked = 0

    async def accept(self, arrived: Iterable[Arrived]) -> None:
        self.asked += 1
        if self.away:
            raise StoreAway
        await asyncio.wrap_future(self.store.unit_of(lambda unit: inbox_rows.accept(unit, "bot", arrived, NOW)))

    def held(self) -> int:
        with self.store.begin() as unit:
            return unit.execute(select(func.count()).select_from(inbox)).scalar_one()


@pytest.fixture
async def box(store: Store) -> Inbox:
    return Inbox(store)


@pytest.fixture
async def telegram(box: Inbox) -> AsyncIterator[httpx.AsyncClient]:
    house = Starlette(routes=[webhook.route(ADDRESS, SECRET, box.accept)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(house), base_url="https://clinic.example.org") as client:
        client.headers[SECRET_HEADER] = SECRET
        yield client


async def test_who_tries_many_secrets_has_to_wait_and_telegram_never_does(telegram: httpx.AsyncClient, box: Inbox) -> None:
    with capture_logs() as log:
        answers = [await telegram.post("/telegram", json=UPDATE, headers={SECRET_HEADER: f"wrong-{n}"}) for n in range(25)]
    assert [answer.status_code for answer in answers] == [403] * 20 + [429] * 5
    assert answers[-1].headers["retry-after"] == "60"
    assert len(log) == 20, "the log is not filled by it"
    assert box.held() == 0
    assert (await telegram.post("/telegram", json=UPDATE)).status_code == 200, "from the very same address"


async def test_what_is_answered_with_ok_is_committed(telegram: httpx.AsyncClient, box: Inbox) -> None:
    assert (await telegram.post("/telegram", json=UPDATE)).status_code == 200
    with box.store.begin() as unit:
        (row,) = inbox_rows.open_rows(unit, NOW, 9)
        assert (row.lane, json.loads(inbox_rows.body_of(unit, row))) == ("5:0", UPDATE)


async def test_what_is_brought_twice_is_kept_once(telegram: httpx.AsyncClient, box: Inbox) -> None:
    for _ in range(2):
        assert (await telegram.post("/telegram", json=UPDATE)).status_code == 200
    assert box.held() == 1


@pytest.mark.parametrize("secret", ["", SECRET[:-1], SECRET + "x", SECRET.upper(), "ü"])
async def test_who_does_not_know_the_secret_brings_nothing(telegram: httpx.AsyncClient, box: Inbox, secret: str) -> None:
    telegram.headers = httpx.Headers([(SECRET_HEADER, secret)] if secret else [], encoding="utf-8")
    assert (await telegram.post("/telegram", json=UPDATE)).status_code == 403
    assert box.held() == 0


async def test_more_than_an_update_can_hold_is_not_read(telegram: httpx.AsyncClient, box: Inbox) -> None:
    assert (await telegram.post("/telegram", content=b" " * (LARGEST + 1))).status_code == 413
    assert box.held() == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"{}", b'{"update_id": "7"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(telegram: httpx.AsyncClient, box: Inbox, body: bytes) -> None:
    assert (await telegram.post("/telegram", content=body)).status_code == 400
    assert box.held() == 0


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(
    telegram: httpx.AsyncClient, box: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "AWAY_FOR", 0)
    box.away = True
    answer = await telegram.post("/telegram", json=UPDATE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    box.away = False
    assert (await telegram.post("/telegram", json=UPDATE)).status_code == 200
    assert box.held() == 1


async def test_who_holds_the_database_does_not_keep_what_is_brought(
    telegram: httpx.AsyncClient, box: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is answered while the store still waits for the first: they do not queue. Then the store is not asked for a moment."""
    monkeypatch.setattr(webhook, "ANSWER_WITHIN", 0.1)
    monkeypatch.setattr(webhook, "AWAY_FOR", 9)
    updates = [UPDATE | {"update_id": number} for number in range(5)]
    with closing(sqlite3.connect(tmp_path / "rxbot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        busy = box.store.submit(box.held)
        answers = await asyncio.gather(*(telegram.post("/telegram", json=one) for one in updates))
        assert [(one.status_code, one.headers.get("Retry-After")) for one in answers] == [(503, "5")] * 5
        asked = box.asked
        assert (await telegram.post("/telegram", json=updates[0])).status_code == 503
        assert box.asked == asked
        assert not busy.done()
        other.execute("ROLLBACK")
    await asyncio.wrap_future(busy)
    monkeypatch.undo()  # nobody holds it any more, but the computer may be busy
    again = Starlette(routes=[webhook.route(ADDRESS, SECRET, box.accept)])  # the moment is over
    telegram._transport = httpx.ASGITransport(again)
    for update in updates:
        assert (await telegram.post("/telegram", json=update)).status_code == 200
    assert box.held() == 5


def test_a_full_disk_is_noticed_and_changes_nothing(box: Inbox) -> None:
    """SQLite is given no more pages, which is what it says of a full disk too."""
    big = [Arrived(number, "5:0", b"x" * 100_000) for number in range(50)]
    with box.store.begin() as unit:
        unit.connection.exec_driver_sql("PRAGMA max_page_count=1")

    def fill(unit: Unit) -> None:
        with unit.savepoint():
            inbox_rows.accept(unit, "bot", big, NOW)

    with pytest.raises(StoreAway), box.store.begin() as unit:
        fill(unit)
    assert box.held() == 0
    with box.store.begin() as unit:
        unit.connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        fill(unit)
    assert box.held() == 50


async def test_telegram_is_asked_whether_it_reaches_us() -> None:
    """What waits may just have come: it is complained of when it still waits at the next look, and nothing came."""
    telegram = Telegram(now=lambda: NOW)
    url = "http://127.0.0.1:9/telegram"  # nobody is there, and nothing is sent: what Telegram would note is noted by hand
    async with serve(create_app(telegram)) as api, client(api, telegram.token) as bot:
        door = Door(bot, url)
        await door.announce(SECRET)
        hook, pending = telegram.hook, telegram.queue.pending

        async def looks(anything_came: bool = False) -> tuple[bool, list[str]]:
            with capture_logs() as logs:
                return await door.is_reached(anything_came), [line["event"] for line in logs]

        assert await looks() == (True, [])
        hook.last_error_date = 7
        assert await looks() == (False, ["not_reached"])
        assert await looks() == (True, [])
        pending.append(Waiting(UPDATE, until=NOW.timestamp() + 9, not_before=NOW.timestamp() + 9))
        assert await looks() == (False, [])
        assert await looks(anything_came=True) == (False, [])
        assert await looks() == (False, ["not_reached"])
        pending.clear()
        assert await looks() == (True, [])
        telegram.refuse_next("getWebhookInfo", Refusal(502, "Bad Gateway"))
        assert await looks() == (False, ["telegram_away"])
        hook.url = ""
        assert await looks() == (False, ["webhook_elsewhere"])


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("clinic.example.org/telegram", "no address of its own"),
        ("https://clinic.example.org", "no address of its own"),
        ("https://clinic.example.org/", "no address of its own"),
        ("http://clinic.example.org/telegram", "wants https"),
        ("https://clinic.example.org:8080/telegram", "443, 80, 88 or 8443"),
    ],
)
def test_an_address_telegram_would_refuse_is_refused(monkeypatch: pytest.MonkeyPatch, address: str, complaint: str) -> None:
    monkeypatch.setenv("RXBOT_WEBHOOK_URL", address)
    with pytest.raises(SettingsWrong, match=complaint):
        read_settings()


def test_an_address_telegram_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RXBOT_WEBHOOK_URL", ADDRESS)
    assert read_settings().webhook_url == ADDRESS
    assert Settings(webhook_url="http://127.0.0.1:1/telegram", telegram_api="http://127.0.0.1:2").webhook_url
