"""Faults on purpose: what was done and what was not, and what whoever called can know of it."""

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from rxbot.sandbox import refusals as no
from rxbot.sandbox.faults import Fault
from rxbot.sandbox.refusals import too_many_requests
from rxbot.sandbox.script import Person
from rxbot.sandbox.telegram import Telegram


def texts(person: Person) -> list[str]:
    return [seen.text for seen in person.screen if seen.from_bot]


async def test_a_broken_gateway_answers_with_a_page(bot: Bot, http: httpx.AsyncClient, telegram: Telegram, amina: Person) -> None:
    telegram.faults.add(Fault("page", times=2))
    answer = await http.get(f"/bot{telegram.token}/getMe")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "<h1>502 Bad Gateway</h1>" in answer.text
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(amina.id, "lost")
    await bot.send_message(amina.id, "sent")
    assert texts(amina) == ["sent"]


async def test_a_cut_before_does_nothing_and_a_cut_after_has_done_it(bot: Bot, telegram: Telegram, amina: Person) -> None:
    telegram.faults.add(Fault("cut_before", ("sendMessage",), times=1))
    telegram.faults.add(Fault("cut_after", ("sendMessage",), times=1))
    for words in ("never arrives", "arrives"):
        with pytest.raises(NetworkError):
            await bot.send_message(amina.id, words)
    assert texts(amina) == ["arrives"]


async def test_nothing_of_an_answer_is_seen_when_the_connection_is_cut(http: httpx.AsyncClient, telegram: Telegram) -> None:
    telegram.faults.add(Fault("cut_after", times=1))
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await http.get(f"/bot{telegram.token}/getMe")


async def test_a_slow_answer_comes_too_late_for_what_was_done(telegram: Telegram, url: str, amina: Person) -> None:
    telegram.faults.add(Fault("slow", seconds=1, times=1))
    hasty = HTTPXRequest(read_timeout=0.3, httpx_kwargs={"verify": False})
    bot = Bot(telegram.token, f"{url}/bot", request=hasty)
    with pytest.raises(TimedOut):
        await bot.send_message(amina.id, "done, but who knows")
    assert texts(amina) == ["done, but who knows"]
    await hasty.shutdown()


async def test_refusals_are_faults_too(bot: Bot, telegram: Telegram, amina: Person) -> None:
    telegram.refuse_next("sendMessage", too_many_requests(7))
    telegram.refuse_next("sendMessage", no.BLOCKED)
    telegram.refuse_next("getMe", no.Refusal(500, "Internal Server Error"))
    with pytest.raises(RetryAfter):
        await bot.send_message(amina.id, "one")
    with pytest.raises(Forbidden):
        await bot.send_message(amina.id, "two")
    await bot.send_message(amina.id, "three")
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_me()


async def test_a_poll_that_is_cut_loses_nothing(bot: Bot, telegram: Telegram, amina: Person) -> None:
    amina.types("kept")
    telegram.faults.add(Fault("cut_after", ("getUpdates",), times=1))
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert [update.message.text for update in await bot.get_updates()] == ["kept"]


async def test_the_same_seed_strikes_the_same_calls(http: httpx.AsyncClient, telegram: Telegram) -> None:
    async def struck(seed: int) -> list[bool]:
        telegram.faults.seed(seed)
        telegram.faults.add(Fault("refuse", ("getMe",), share=0.5))
        answers = [await http.get(f"/bot{telegram.token}/getMe") for _ in range(20)]
        telegram.faults.clear()
        return [answer.status_code == 502 for answer in answers]

    first = await struck(1)
    assert first == await struck(1) != await struck(2)
    assert 0 < sum(first) < 20


async def test_another_process_asks_for_faults(http: httpx.AsyncClient, telegram: Telegram) -> None:
    asked = {"do": "refuse", "code": 429, "description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}}
    added = await http.post("/sandbox/faults", json=asked | {"methods": ["getMe"], "times": 1, "seed": 5})
    assert added.json()["waiting"][0]["methods"] == ["getMe"]
    assert (await http.get(f"/bot{telegram.token}/getMe")).json()["parameters"] == {"retry_after": 3}
    assert (await http.get("/sandbox/faults")).json() == {"struck": 1, "waiting": []}
    await http.post("/sandbox/faults", json={"do": "cut_before"})
    assert (await http.delete("/sandbox/faults")).json()["waiting"] == []
    assert (await http.get(f"/bot{telegram.token}/getMe")).status_code == 200
    wrong = await http.post("/sandbox/faults", json={"do": "explode"})
    assert wrong.json()["complaint"] == "'explode' is no fault."
    wrong = await http.post("/sandbox/faults", json={"do": "slow", "minutes": 1})
    assert wrong.json()["complaint"] == "A fault has no minutes."
    as_form = await http.post("/sandbox/faults", content='{"do": "slow"}', headers={"content-type": "text/plain"})
    assert as_form.status_code == 415


async def test_many_at_once_are_cut_each_for_itself(http: httpx.AsyncClient, telegram: Telegram) -> None:
    telegram.faults.add(Fault("cut_before", share=0.5))
    calls = [http.get(f"/bot{telegram.token}/getMe") for _ in range(40)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    good = [answer for answer in answers if isinstance(answer, httpx.Response)]
    assert 0 < len(good) < 40
    assert all(answer.status_code == 200 for answer in good)
    assert len(good) + telegram.faults.struck == 40
