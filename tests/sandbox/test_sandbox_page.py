"""What the demo page uses, and what survives a kill."""

import asyncio
import base64
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from sandbox_clock import Clock
from sandbox_refused import refused
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

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


async def test_the_page_sends_documents_and_places_and_presses_keys(
    http: httpx.AsyncClient, bot: Bot, amina: Person, team: Group
) -> None:
    async def does(who: str, chat: int, **act: object) -> None:
        answer = await http.post("/sandbox/act", json={"who": who, "chat": chat} | act)
        assert answer.status_code == 200, answer.text

    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    letter = base64.b64encode(b"the letter").decode()
    await does("Sam", team.id, do="document", name="letter.txt", data=letter, text="a letter", topic=topic)
    await does("Sam", team.id, do="location", place=[53.07, 0.42], topic=topic)
    keys = ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True), "Skip"]])
    asked = await bot.send_message(amina.id, "Where?", reply_markup=keys)
    assert private_chat(await http.get("/sandbox/state"))["keys"] == [
        [{"request_location": True, "text": "Here"}, {"text": "Skip"}]
    ]
    await does("Amina", amina.id, do="press", key="Skip")
    await does("Amina", amina.id, do="share_location", place=[53.06, 0.43])
    await does("Amina", amina.id, do="type", text="done", reply_to=asked.message_id)
    _, document, place, skip, here, done = [update.message for update in await bot.get_updates()]
    assert (document.document.file_name, document.caption, document.message_thread_id) == ("letter.txt", "a letter", topic)
    assert (place.location.latitude, here.location.latitude, skip.text) == (53.07, 53.06, "Skip")
    assert done.reply_to_message.message_id == asked.message_id
    await bot.set_message_reaction(amina.id, done.message_id, "🎉")
    last = private_chat(await http.get("/sandbox/state"))["messages"][-1]
    assert (last["reaction"], last["file_name"], last["place"]) == ("🎉", "", None)


def private_chat(answer: httpx.Response) -> dict[str, Any]:
    chat: dict[str, Any] = next(chat for chat in answer.json()["chats"] if chat["type"] == "private")
    return chat


async def test_a_document_opens_if_it_is_a_page_and_is_kept_if_it_is_not(
    http: httpx.AsyncClient, bot: Bot, amina: Person
) -> None:
    page = await bot.send_document(amina.id, b"<script>alert(1)</script>", filename="plan.html")
    visit = await bot.send_document(amina.id, b"BEGIN:VCALENDAR", filename="زيارة.ics")
    opened = await http.get(f"/sandbox/files/{amina.id}/{page.message_id}")
    assert (opened.content, opened.headers["content-type"]) == (b"<script>alert(1)</script>", "text/html; charset=utf-8")
    assert opened.headers["content-disposition"].startswith("inline")
    assert opened.headers["content-security-policy"].startswith("sandbox; default-src 'none'"), "nothing in it may act here"
    kept = await http.get(f"/sandbox/files/{amina.id}/{visit.message_id}")
    assert kept.content == b"BEGIN:VCALENDAR"
    assert kept.headers["content-disposition"] == "attachment; filename*=UTF-8''%D8%B2%D9%8A%D8%A7%D8%B1%D8%A9.ics"
    await bot.delete_message(amina.id, visit.message_id)
    for chat, message in ((amina.id, visit.message_id), (amina.id, amina.screen[0].id), (1, 1)):
        assert (await http.get(f"/sandbox/files/{chat}/{message}")).status_code == 404


async def test_everything_survives_saving_and_loading(
    bot: Bot, telegram: Telegram, amina: Person, team: Group, sam: Person, clock: Clock, tmp_path: Path
) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    sam.in_group(team).types("hello", topic=topic)
    await bot.send_message(amina.id, "?", reply_markup=YES)
    amina.taps("Yes")
    await bot.set_my_commands([BotCommand("help", "Get help")])
    await bot.send_document(amina.id, bytes(range(256)), filename="all.bin")
    amina.sends_location(53.07, 0.42)
    await bot.set_message_reaction(amina.id, amina.screen[-1].id, "🎉")
    keys = ReplyKeyboardMarkup([["Yes", "No"]], one_time_keyboard=True)
    asked = await bot.send_message(amina.id, "Is it?", reply_markup=keys)
    waiting = [update.to_dict() for update in await bot.get_updates()]
    telegram.save(tmp_path / "telegram.json")

    loaded = Telegram.load(tmp_path / "telegram.json", now=clock)
    assert os.listdir(tmp_path) == ["telegram.json"]
    assert loaded.person("Amina").screen == amina.screen
    assert loaded.person("Amina").documents == amina.documents
    assert loaded.person("Amina").documents[0].data == bytes(range(256))
    assert loaded.person("Amina").keys == ["Yes", "No"]
    assert loaded.group("Care team").screen() == team.screen()
    assert loaded.group("Care team").topics == team.topics
    async with serve(create_app(loaded)) as url, Bot(loaded.token, base_url=f"{url}/bot") as other:
        updates = await other.get_updates()
        assert [update.to_dict() for update in updates] == waiting
        [tap] = [update.callback_query for update in updates if update.callback_query]
        await tap.answer("still answered")
        with refused("message can't be edited"):
            await other.edit_message_text("Is it not?", amina.id, asked.message_id)
        loaded.person("Amina").types("still here")
        assert (await other.get_updates())[-1].update_id > waiting[-1]["update_id"] + 1, (
            "a number lost in a kill is never given again"
        )
    assert loaded.person("Amina").toasts[-1].text == "still answered"
    loaded.person("Amina").presses("No")
    assert loaded.person("Amina").keys == []
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
