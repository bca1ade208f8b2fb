"""How calls arrive and are answered, whatever the method."""

from datetime import timedelta

import pytest
from httpx import AsyncClient
from sandbox_refused import refused
from telegram import Bot
from telegram.error import ChatMigrated, EndPointNotFound, InvalidToken, RetryAfter

from rxbot.sandbox.refusals import migrated, too_many_requests
from rxbot.sandbox.script import Person
from rxbot.sandbox.telegram import Telegram


async def test_get_me_knows_the_bot(bot: Bot, telegram: Telegram) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (telegram.bot.id, True, "rxbot_demo_bot")


async def test_a_wrong_token_is_unauthorized(http: AsyncClient, url: str) -> None:
    answer = await http.get("/bot1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{url}/bot"):
            pass


async def test_an_unknown_method_is_not_found(bot: Bot, http: AsyncClient, telegram: Telegram) -> None:
    answer = await http.post(f"/bot{telegram.token}/makeTea")
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("makeTea")


async def test_a_method_only_telegram_has_is_refused_by_name(bot: Bot, amina: Person) -> None:
    with refused("method sendPoll is not supported by the sandbox"):
        await bot.send_poll(amina.id, "Tea?", ["yes", "no"])


async def test_a_parameter_that_would_be_lost_is_refused_by_name(bot: Bot, amina: Person) -> None:
    with refused("parameter message_effect_id is not supported by the sandbox"):
        await bot.send_message(amina.id, "hi", message_effect_id="5")


async def test_json_forms_multipart_and_queries_all_arrive(http: AsyncClient, telegram: Telegram, amina: Person) -> None:
    call = f"/bot{telegram.token}/sendMessage"
    keyboard = '{"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}'
    await http.post(call, json={"chat_id": amina.id, "text": "json", "protect_content": True})
    await http.post(call, data={"chat_id": amina.id, "text": "form", "reply_markup": keyboard})
    await http.post(call, files={"chat_id": (None, str(amina.id)), "text": (None, "multipart")})
    await http.get(call, params={"chat_id": amina.id, "text": "query"})
    await http.get(call.replace("sendMessage", "SENDMESSAGE"), params={"chat_id": amina.id, "text": "any case"})
    seen = amina.screen[1:]
    assert [message.text for message in seen] == ["json", "form", "multipart", "query", "any case"]
    assert seen[0].protected
    assert seen[1].buttons == ["Yes"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"text": "hi"}, "Bad Request: chat_id is empty"),
        ({"chat_id": "@nobody", "text": "hi"}, "Bad Request: chat not found"),
        ({"chat_id": 7_000_000_001, "text": "hi", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON"),
        ({"chat_id": 7_000_000_001, "text": "hi", "reply_markup": "[]"}, "Bad Request: object expected as reply markup"),
    ],
)
async def test_what_cannot_be_read_is_refused(
    http: AsyncClient, telegram: Telegram, amina: Person, fields: dict[str, object], refusal: str
) -> None:
    answer = await http.post(f"/bot{telegram.token}/sendMessage", data=fields)
    assert answer.status_code == answer.json()["error_code"] == 400
    assert answer.json()["description"].startswith(refusal)
    assert len(amina.screen) == 1


async def test_a_body_that_is_no_object_is_refused(http: AsyncClient, telegram: Telegram) -> None:
    for body in (b"[1]", b"{"):
        head = {"content-type": "application/json"}
        answer = await http.post(f"/bot{telegram.token}/sendMessage", content=body, headers=head)
        assert answer.status_code == 400


async def test_the_next_call_can_be_refused_on_purpose(bot: Bot, telegram: Telegram, amina: Person) -> None:
    telegram.refuse_next("sendMessage", too_many_requests(7))
    telegram.refuse_next("sendMessage", migrated(-1009))
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(amina.id, "hi")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(amina.id, "hi")
    await bot.send_message(amina.id, "hi")
    assert flood.value.retry_after == timedelta(seconds=7)
    assert moved.value.new_chat_id == -1009


async def test_the_calls_of_the_bot_are_kept(bot: Bot, telegram: Telegram, amina: Person) -> None:
    await bot.send_message(amina.id, "hi")
    assert telegram.calls[-1] == ("sendMessage", {"chat_id": str(amina.id), "text": "hi"})
