"""What `test_aiogram.py` does with aiogram, whose models take several seconds to import."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiogram.methods
import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.methods import Response
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from pydantic import BaseModel
from stage import free_port, stage
from test_stories import FOLDER, Teller, read_story

from rxbot.sandbox import methods
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.updates import UpdateQueue

KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
YES = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="y")]])
FILE = BufferedInputFile(b"the plan", filename="plan.txt")


def unknown(value: object, path: str = "") -> list[str]:
    """Name all in an answer that its model does not know."""
    if isinstance(value, list):
        return [name for number, one in enumerate(value) for name in unknown(one, f"{path}[{number}]")]
    if not isinstance(value, BaseModel):
        return []
    inside = [name for field, one in value for name in unknown(one, f"{path}.{field}")]
    return inside + [f"{path}.{name}" for name in value.model_extra or {}]


class Validating(AiohttpSession):
    """Notes every method that was answered, and whatever of the answers is unknown."""

    def __init__(self, base: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base))
        self.answered: set[str] = set()
        self.unknown: list[str] = []

    def check_response(self, bot: Bot, method: Any, status_code: int, content: str) -> Any:
        response = super().check_response(bot, method, status_code, content)
        self.answered.add(method.__api_method__)
        self.unknown += unknown(response.result, method.__api_method__)
        return response


@asynccontextmanager
async def connected(url: str, token: str) -> AsyncIterator[Bot]:
    """Give a bot whose session validates; in the end nothing was unknown."""
    session = Validating(url)
    yield Bot(token, session=session)
    await session.close()
    assert session.unknown == []


async def asks_every_method(bot: Bot, amina: Person, team: Group, sam: Person) -> None:
    await asks_about_chats(bot, team, sam)
    await writes(bot, amina)
    await sends_files_and_places(bot, amina)
    await passes_on(bot, amina, team, sam)
    await keeps_a_forum(bot, team)
    await describes_itself(bot)
    await sets_a_webhook(bot)
    await bot.leave_chat(team.id)
    assert isinstance(bot.session, Validating)
    assert methods.METHODS.keys() | {"getUpdates"} == bot.session.answered


async def asks_about_chats(bot: Bot, team: Group, sam: Person) -> None:
    await bot.get_me()
    chat = await bot.get_chat(team.id)
    assert (chat.type, chat.is_forum) == ("supergroup", True)
    assert (await bot.get_chat_member(team.id, sam.id)).status == "creator"
    assert len(await bot.get_chat_administrators(team.id)) == 2
    assert await bot.get_chat_member_count(team.id) == 3


async def writes(bot: Bot, amina: Person) -> None:
    await bot.send_chat_action(amina.id, "typing")
    sent = await bot.send_message(amina.id, "<b>Well?</b> https://example.org", parse_mode="HTML", reply_markup=YES)
    assert [entity.type for entity in sent.entities or []] == ["bold", "url"]
    await bot.edit_message_text("Well then", chat_id=amina.id, message_id=sent.message_id, reply_markup=YES)
    await bot.edit_message_reply_markup(chat_id=amina.id, message_id=sent.message_id)
    await bot.pin_chat_message(amina.id, sent.message_id)
    assert (await bot.get_chat(amina.id)).pinned_message
    await bot.unpin_chat_message(chat_id=amina.id)
    await bot.set_message_reaction(amina.id, amina.screen[0].id, [ReactionTypeEmoji(emoji="👍")])
    sent = await bot.send_message(amina.id, "Sure?", reply_markup=YES)
    amina.taps("Yes", sent.message_id)
    [update] = [one for one in await bot.get_updates() if one.callback_query]
    assert isinstance(update.callback_query.message, Message)  # type: ignore[union-attr]
    await bot.answer_callback_query(update.callback_query.id, text="Noted")  # type: ignore[union-attr]
    await bot.delete_message(amina.id, sent.message_id)
    await bot.delete_messages(amina.id, [amina.screen[-1].id])


async def sends_files_and_places(bot: Bot, amina: Person) -> None:
    document = await bot.send_document(amina.id, FILE, caption="Your plan", reply_markup=YES)
    await bot.edit_message_caption(chat_id=amina.id, message_id=document.message_id, caption="Our plan")
    assert document.document
    again = await bot.send_document(amina.id, document.document.file_id)
    assert again.document == document.document
    found = await bot.download(document.document)
    assert found
    assert found.read() == b"the plan"
    await bot.get_file(document.document.file_id)
    await bot.send_photo(amina.id, BufferedInputFile(b"a map", "map.jpg"), caption="Here")
    await bot.send_voice(amina.id, BufferedInputFile(b"a word", "word.oga"), duration=3)
    await bot.send_location(amina.id, 53.07, 0.42)
    await bot.send_venue(amina.id, 53.07, 0.42, "Kitchen", "1 Quay")
    await bot.send_contact(amina.id, "+441", "Sam")
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="My number", request_contact=True)]])
    await bot.send_message(amina.id, "May we ring?", reply_markup=keys)
    await bot.send_message(amina.id, "Never mind", reply_markup=ReplyKeyboardRemove())


async def passes_on(bot: Bot, amina: Person, team: Group, sam: Person) -> None:
    words = amina.types("hello")
    await bot.copy_message(team.id, amina.id, words.id)
    passed = await bot.forward_message(team.id, amina.id, words.id)
    assert passed.forward_origin
    sam.in_group(team).types("a reply", reply_to=passed.message_id)


async def keeps_a_forum(bot: Bot, team: Group) -> None:
    topic = await bot.create_forum_topic(team.id, "Amina")
    thread = topic.message_thread_id
    await bot.send_message(team.id, "brief", message_thread_id=thread)
    await bot.edit_forum_topic(team.id, thread, name="Amina, housing")
    await bot.close_forum_topic(team.id, thread)
    await bot.reopen_forum_topic(team.id, thread)
    await bot.delete_forum_topic(team.id, thread)
    await bot.close_general_forum_topic(team.id)
    await bot.reopen_general_forum_topic(team.id)
    await bot.hide_general_forum_topic(team.id)
    await bot.unhide_general_forum_topic(team.id)


async def describes_itself(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(command="help", description="Get help")])
    assert [one.command for one in await bot.get_my_commands()] == ["help"]
    await bot.delete_my_commands()
    await bot.set_my_name("Helper")
    await bot.set_my_description("Finds help near you.")
    await bot.set_my_short_description("Finds help.")
    assert (await bot.get_my_name()).name == "Helper"
    assert (await bot.get_my_description()).description == "Finds help near you."
    assert (await bot.get_my_short_description()).short_description == "Finds help."


async def sets_a_webhook(bot: Bot) -> None:
    await bot.get_updates(offset=-1)
    await bot.set_webhook("http://127.0.0.1:1/", allowed_updates=KINDS, secret_token="s")
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("http://127.0.0.1:1/", KINDS)
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    await bot.delete_webhook()


async def understands_refusals(bot: Bot, telegram: Telegram, amina: Person, sam: Person) -> None:
    plain = telegram.group("Plain", members=[sam], type="group")
    plain.add_bot()
    old = plain.upgrade()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old, "hi")
    assert moved.value.migrate_to_chat_id == plain.id
    sent = await bot.send_message(amina.id, "hi")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("hi", chat_id=amina.id, message_id=sent.message_id)
    await bot.set_webhook("http://127.0.0.1:1/")
    with pytest.raises(TelegramRetryAfter):
        await bot.set_webhook("http://127.0.0.1:1/")


def everything_happens(telegram: Telegram, amina: Person, team: Group, sam: Person, brief: int, asked: int) -> None:
    """Let there be an update of every kind, and every kind of message in them."""
    seat = sam.in_group(team)
    lena = telegram.person("Lena")
    amina.edits(amina.types("helo"), "hello @rxbot_demo_bot /help me@example.org")
    amina.sends_photo("my door")
    amina.sends_voice()
    amina.sends_document("letter.pdf", b"a letter", "a letter")
    amina.sends_location(53.07, 0.42)
    amina.types("so it is", reply_to=amina.screen[-1])
    amina.shares_contact()
    amina.taps("Yes", asked)
    amina.blocks()
    amina.unblocks()
    seat.reacts(brief, "👀")
    seat.reacts(brief)
    team.remove(lena)
    team.add(lena)
    plain = telegram.group("Plain", members=[sam], type="group")
    plain.add_bot()
    plain.upgrade()
    plain.remove_bot()


class Seen:
    """Every update the dispatcher was given."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self.updates: list[Update] = []
        dispatcher.update.outer_middleware(self.keep)
        dispatcher.message.register(self.answer)
        dispatcher.callback_query.register(lambda tap: tap.answer("thank you"))

    async def keep(self, handler: Callable[..., Awaitable[Any]], update: Any, data: dict[str, Any]) -> Any:
        self.updates.append(update)
        return await handler(update, data)

    async def answer(self, message: Message) -> Any:
        return message.answer("heard") if message.text and message.chat.type == "private" else None

    @property
    def kinds(self) -> set[str]:
        return {update.event_type for update in self.updates}

    async def all_of(self, telegram: Telegram) -> None:
        async with asyncio.timeout(20):
            while telegram.queue.pending:
                await asyncio.sleep(0.02)
        assert self.kinds == set(KINDS)
        assert [name for update in self.updates for name in unknown(update)] == []


@asynccontextmanager
async def polling(bot: Bot) -> AsyncIterator[Seen]:
    dispatcher = Dispatcher()
    seen = Seen(dispatcher)
    polls = dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False, allowed_updates=KINDS, polling_timeout=5)
    task = asyncio.create_task(polls)
    try:
        yield seen
    finally:
        await dispatcher.stop_polling()
        await task


@asynccontextmanager
async def webhook(bot: Bot) -> AsyncIterator[Seen]:
    dispatcher, app, port = Dispatcher(), web.Application(), free_port()
    seen = Seen(dispatcher)
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s3cret").register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", allowed_updates=KINDS, secret_token="s3cret")
    try:
        yield seen
    finally:
        await runner.cleanup()


async def hears_everything(bot: Bot, telegram: Telegram, amina: Person, team: Group, sam: Person, way: str) -> None:
    """Be told of every kind of update by one of the two ways."""
    telegram.queue.allow(KINDS)
    brief = await bot.send_message(team.id, "brief")
    asked = await bot.send_message(amina.id, "Well?", reply_markup=YES)
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="My number", request_contact=True)]])
    await bot.send_message(amina.id, "May we ring?", reply_markup=keys)
    async with {"polling": polling, "webhook": webhook}[way](bot) as seen:
        everything_happens(telegram, amina, team, sam, brief.message_id, asked.message_id)
        await seen.all_of(telegram)
        async with asyncio.timeout(20):
            while not (amina.toasts and [one.text for one in amina.screen].count("heard") == 2):
                await asyncio.sleep(0.02)
    assert telegram.hook.last_error_message == ""


async def reads_a_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read what rxbot itself is sent and answered, in a story with a worker, a topic and a talk."""
    updates: list[Any] = []
    answers: list[tuple[str, Any]] = []
    put, call = UpdateQueue.put, methods.call

    def kept_put(queue: UpdateQueue, kind: str, body: dict[str, Any], now: float) -> Any:
        updates.append(json.loads(json.dumps(update := put(queue, kind, body, now))))
        return update

    def kept_call(telegram: Telegram, name: str, raw: dict[str, Any]) -> Any:
        result = call(telegram, name, raw)
        answers.append((name, json.loads(json.dumps(result))))
        return result

    monkeypatch.setattr(UpdateQueue, "put", kept_put)
    monkeypatch.setattr(methods, "call", kept_call)
    async with stage(tmp_path) as one:
        teller = Teller(one, "es")
        for step in read_story(FOLDER / "worker_talks.yaml")["do"]:
            await teller.play(step)
    assert len(updates) > 20
    assert [name for update in filter(None, updates) for name in unknown(Update.model_validate(update))] == []
    classes = {one.__api_method__: one for one in vars(aiogram.methods).values() if hasattr(one, "__api_method__")}
    for name, result in answers:
        returned = classes[name].__returning__
        read = Response[returned].model_validate({"ok": True, "result": result})  # type: ignore[valid-type]
        assert unknown(read.result, name) == []
    assert {"sendMessage", "editMessageText", "createForumTopic", "copyMessage"} & {name for name, _ in answers}
