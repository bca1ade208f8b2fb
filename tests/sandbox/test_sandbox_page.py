"""What the demo page uses, and what survives a kill."""

import asyncio
import json
import os
from pathlib import Path

import httpx
import pytest
from sandbox_clock import Clock
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from rxbot.sandbox.api import SAVE_AFTER_SECONDS, create_app
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_the_page_acts_for_a_person_and_sees_what_they_see(http: httpx.AsyncClient, bot: Bot, telegram: Telegram) -> None:
    amina = telegram.person("Amina", language_code="ar")

    async def does(**act: object) -> dict[str, object]:
        answer = await http.post("/sandbox/act", json={"who": "Amina", "chat": amina.id} | act)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    await does(do="open_link", payload="abc")
    typed = await does(do="type", text="helo")
    await does(do="edit", message=typed["id"], text="hello")
    await does(do="voice")
    await does(do="photo", text="my door")
    await bot.send_message(amina.id, "<b>Well?</b>", parse_mode="HTML", reply_markup=YES)
    await does(do="tap", button="y")
    await does(do="block")
    await does(do="unblock")
    updates = await bot.get_updates()
    assert [next(iter(update.to_dict().keys() - {"update_id"})) for update in updates] == [
        *("message", "message", "edited_message", "message", "message"),
        *("callback_query", "my_chat_member", "my_chat_member"),
    ]
    await bot.set_my_commands([BotCommand("help", "مساعدة")], language_code="ar")
    state = (await http.get("/sandbox/state")).json()
    [person], [chat] = state["people"], state["chats"]
    assert (person["first_name"], person["blocked"], person["commands"][0]["description"]) == ("Amina", False, "مساعدة")
    last = chat["messages"][-1]
    assert (last["html"], last["keyboard"]) == ("<b>Well?</b>", [[{"text": "Yes", "data": "y", "url": ""}]])
    assert (last["who"], last["from_bot"], last["at"]) == ("rxbot", True, "2026-03-02T09:00:00+00:00")
    unchanged = (await http.get("/sandbox/state", params={"since": state["revision"]})).json()
    assert unchanged == {"revision": state["revision"]}
    await bot.get_updates(offset=updates[-1].update_id + 1)
    assert telegram.revision == state["revision"], "polling alone is no news for the page"


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        ({"who": "Nobody", "do": "type"}, "There is nobody called 'Nobody'."),
        ({"who": "Amina", "do": "fly"}, "Nobody can 'fly'."),
        ({"who": "Amina", "do": "type"}, "To type, say 'text' too."),
        ({"who": "Amina", "do": "tap", "button": "y"}, "Amina sees no button 'y'."),
        ({"who": "Amina", "do": "open_link", "payload": "ü"}, "'ü' cannot be in a link."),
    ],
)
@pytest.mark.usefixtures("amina")
async def test_what_nobody_could_do_is_complained_about(http: httpx.AsyncClient, act: dict[str, object], complaint: str) -> None:
    answer = await http.post("/sandbox/act", json=act)
    assert answer.status_code == 400
    assert answer.json()["complaint"] == complaint


async def test_everything_survives_saving_and_loading(
    bot: Bot, telegram: Telegram, amina: Person, team: Group, sam: Person, clock: Clock, tmp_path: Path
) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    sam.in_group(team).types("hello", topic=topic)
    await bot.send_message(amina.id, "?", reply_markup=YES)
    amina.taps("Yes")
    await bot.set_my_commands([BotCommand("help", "Get help")])
    waiting = [update.to_dict() for update in await bot.get_updates()]
    telegram.save(tmp_path / "telegram.json")

    loaded = Telegram.load(tmp_path / "telegram.json", now=clock)
    assert os.listdir(tmp_path) == ["telegram.json"]
    assert loaded.person("Amina").screen == amina.screen
    assert loaded.group("Care team").screen() == team.screen()
    assert loaded.group("Care team").topics == team.topics
    async with serve(create_app(loaded)) as url, Bot(loaded.token, base_url=f"{url}/bot") as other:
        updates = await other.get_updates()
        assert [update.to_dict() for update in updates] == waiting
        await updates[-1].callback_query.answer("still answered")
        loaded.person("Amina").types("still here")
        assert (await other.get_updates())[-1].update_id > waiting[-1]["update_id"] + 1, (
            "a number lost in a kill is never given again"
        )
    assert loaded.person("Amina").toasts[-1].text == "still answered"
    assert loaded.person("Omar").id not in telegram.users


async def test_changes_are_saved_soon_and_at_the_end(telegram: Telegram, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "telegram.json"
    amina = telegram.person("Amina")
    async with serve(create_app(telegram, save_to=path)):
        amina.opens_link()
        amina.types("soon")
        await asyncio.sleep(SAVE_AFTER_SECONDS + 0.5)
        assert [seen.text for seen in Telegram.load(path, now=clock).person("Amina").screen] == ["/start", "soon"]
        amina.types("at the end")
    assert Telegram.load(path, now=clock).person("Amina").screen[-1].text == "at the end"


async def test_a_poll_that_waits_does_not_hold_up_the_end(telegram: Telegram) -> None:
    async with serve(create_app(telegram)) as url, httpx.AsyncClient(base_url=url) as client:
        poll = asyncio.create_task(client.get(f"/bot{telegram.token}/getUpdates?timeout=40", timeout=50))
        await asyncio.sleep(0.1)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 2
    with pytest.raises((httpx.HTTPError, RuntimeError)):
        await poll


async def test_another_site_cannot_act_for_anybody(http: httpx.AsyncClient, amina: Person) -> None:
    body = json.dumps({"who": amina.id, "chat": amina.id, "do": "type", "text": "hi"})
    as_form = await http.post("/sandbox/act", content=body, headers={"content-type": "text/plain"})
    by_name = await http.get("/sandbox/state?since=0", headers={"host": "evil.example"})
    assert (as_form.status_code, by_name.status_code) == (415, 400)
