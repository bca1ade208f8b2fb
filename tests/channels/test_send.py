"""How a letter leaves by Telegram, and how each way to fail is sorted."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from room import client

from rxbot.channels.telegram.send import TelegramChannel
from rxbot.outbox.channel import (
    ChatClosed,
    ChatMoved,
    Flooded,
    Impossible,
    Key,
    NoRights,
    NotSent,
    OutcomeUnknown,
    ServerFailed,
    TopicClosed,
    TopicGone,
)
from rxbot.sandbox import refusals
from rxbot.sandbox.api import create_app
from rxbot.sandbox.faults import Fault
from rxbot.sandbox.refusals import Refusal
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.store.outbox_rows import Destination

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(now=lambda: NOW)


@pytest.fixture
async def channel(telegram: Telegram) -> AsyncIterator[TelegramChannel]:
    async with serve(create_app(telegram)) as url, client(url, telegram.token) as bot:
        yield TelegramChannel(bot)


@pytest.fixture
def tom(telegram: Telegram) -> Destination:
    person = telegram.person("Tom")
    person.opens_link()
    return Destination(str(person.id))


@pytest.mark.parametrize(
    ("refusal", "sorted_as"),
    [
        (refusals.BLOCKED, ChatClosed),
        (refusals.NEVER_STARTED, ChatClosed),
        (refusals.KICKED, ChatClosed),
        (refusals.forbidden("user is deactivated"), ChatClosed),
        (refusals.CHAT_NOT_FOUND, ChatClosed),
        (refusals.BUTTON_DATA_INVALID, Impossible),
        (refusals.TOPIC_CLOSED, TopicClosed),
        (refusals.bad("not enough rights to send text messages to the chat"), NoRights),
        (refusals.bad("CHAT_WRITE_FORBIDDEN"), NoRights),
        (refusals.migrated(-1009), ChatMoved),
        (refusals.THREAD_NOT_FOUND, TopicGone),
        (refusals.TOPIC_INVALID, TopicGone),
        (refusals.bad("TOPIC_DELETED"), TopicGone),
        (refusals.too_many_requests(7), Flooded),
        (refusals.UNAUTHORIZED, NotSent),
        (refusals.CONFLICT, NotSent),
        (refusals.bad("CHAT_SEND_PLAIN_FORBIDDEN"), NoRights),
        (refusals.bad("USER_IS_BLOCKED"), ChatClosed),
        (refusals.FILE_TOO_LARGE, Impossible),
        (Refusal(500, "Internal Server Error"), ServerFailed),
        (Refusal(502, "Bad Gateway"), ServerFailed),
    ],
    ids=lambda one: one.description[:40] if isinstance(one, Refusal) else one.__name__,
)
async def test_each_refusal_is_sorted(
    telegram: Telegram, channel: TelegramChannel, tom: Destination, refusal: Refusal, sorted_as: type[Exception]
) -> None:
    for method, call in (
        ("sendMessage", lambda: channel.say(tom, "x", (), False, "")),
        ("copyMessage", lambda: channel.copy(tom, f"{tom.address}:1", "")),
    ):
        telegram.refuse_next(method, refusal)
        with pytest.raises(sorted_as):
            await call()
    assert len(telegram.chats[int(tom.address)].messages) == 1


async def test_a_flood_limit_says_how_long_to_wait(telegram: Telegram, channel: TelegramChannel, tom: Destination) -> None:
    telegram.refuse_next("sendMessage", refusals.too_many_requests(7))
    with pytest.raises(NotSent) as wait:
        await channel.say(tom, "x", (), False, "")
    assert (wait.value.reason, wait.value.after) == ("flood", 7)


async def test_nobody_there_means_surely_not_sent(telegram: Telegram) -> None:
    async with serve(create_app(telegram)) as url:
        gone = url
    with pytest.raises(NotSent, match="away"):
        await calling(gone, telegram.token)


async def test_no_answer_or_a_cut_line_means_that_nobody_knows(telegram: Telegram) -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the other side hangs up

    async def cutting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async def babbling(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ht>")
        await writer.drain()

    for answers in (silent, cutting):
        async with wire(answers) as url:
            with pytest.raises(OutcomeUnknown):
                await calling(url, telegram.token)
    async with wire(babbling) as url:
        with pytest.raises(ServerFailed):
            await calling(url, telegram.token)


@pytest.mark.parametrize("code", [400, 403, 404, 500, 502])
async def test_a_page_of_a_gateway_closes_no_chat(
    telegram: Telegram, channel: TelegramChannel, tom: Destination, code: int
) -> None:
    """Whatever its code, it is not Telegram that answers."""
    telegram.faults.add(Fault("page", ("sendMessage",), code=code))
    with pytest.raises(ServerFailed):
        await channel.say(tom, "x", (), False, "")


@asynccontextmanager
async def wire(
    answers: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """Listen, answer so, and hang up."""
    done = set[asyncio.Task[None] | None]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        done.add(asyncio.current_task())
        try:
            await answers(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*filter(None, done))


async def calling(
    url: str,
    token: str,
    call: Callable[[TelegramChannel], Awaitable[str]] = lambda channel: channel.say(Destination("7"), "x", (), False, ""),
) -> str:
    """Send by a client that was never greeted."""
    bot = client(url, token, timeout=0.2)
    for request in bot._request:
        await request.initialize()
    try:
        return await call(TelegramChannel(bot))
    finally:
        for request in bot._request:
            await request.shutdown()


async def test_a_message_goes_with_its_buttons_and_gives_its_name(
    telegram: Telegram, channel: TelegramChannel, tom: Destination
) -> None:
    name = await channel.say(
        tom, "<b>x</b> https://example.org", ((Key("a", "data"), Key("b", "", "https://example.org/")),), False, ""
    )
    seen = telegram.person("Tom").screen[-1]
    assert (seen.id, seen.text) == (int(name), "x https://example.org")
    assert [[(key["text"], key["data"], key["url"]) for key in row] for row in seen.keyboard] == [
        [("a", "data", ""), ("b", "", "https://example.org/")]
    ]
    assert telegram.calls[-1][1]["link_preview_options"]


async def test_a_file_goes_with_its_name_its_kind_and_a_caption(telegram: Telegram) -> None:
    heard: list[EmailMessage] = []

    async def taking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(message_from_bytes(head, policy=policy.HTTP)["Content-Length"])
        heard.append(message_from_bytes(head + await reader.readexactly(length), policy=policy.HTTP))
        assert b"/sendDocument " in line
        answer = json.dumps({"ok": True, "result": {"message_id": 5, "date": 1, "chat": {"id": -100, "type": "supergroup"}}})
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n{answer}".encode())
        await writer.drain()

    page = "<p>خطتك</p>".encode()
    async with wire(taking) as url:
        to = Destination("-100", 41)
        given = await calling(url, telegram.token, lambda channel: channel.give(to, "plan", "text/calendar", page, "<b>خطتك</b>"))
    assert given == "5"
    parts = {str(part.get_param("name", header="content-disposition")): part for part in heard[0].iter_parts()}
    file = parts.pop("document")
    assert (file.get_filename(), file.get_content_type(), file.get_payload(decode=True)) == ("plan", "text/calendar", page)
    assert {name: part.get_payload(decode=True).decode() for name, part in parts.items()} == {
        "chat_id": "-100",
        "message_thread_id": "41",
        "caption": "<b>خطتك</b>",
        "parse_mode": "HTML",
    }


async def test_buttons_are_changed_and_what_cannot_be_is_fine(
    telegram: Telegram, channel: TelegramChannel, tom: Destination
) -> None:
    name = await channel.say(tom, "x", ((Key("a", "a"),),), False, "")
    await channel.redraw(tom, name, ((Key("b", "b"),),))
    await channel.redraw(tom, name, ((Key("b", "b"),),))
    assert telegram.person("Tom").screen[-1].buttons == ["b"]
    await channel.redraw(tom, "999", ((Key("b", "b"),),))
    telegram.refuse_next("editMessageReplyMarkup", refusals.too_many_requests(3))
    with pytest.raises(NotSent):
        await channel.redraw(tom, name, ())


async def test_a_topic_is_opened_pinned_in_closed_and_removed_once_or_twice(telegram: Telegram, channel: TelegramChannel) -> None:
    team = telegram.group("Team", members=[telegram.person("Sam")])
    team.add_bot()
    address = str(team.id)
    thread = await channel.open_topic(address, "#1")
    to = Destination(address, thread)
    name = await channel.say(to, "brief", (), True, "")
    assert [m.id for m in team.screen(thread) if m.pinned] == [int(name)]
    for _ in range(2):
        await channel.close_topic(to)
    for _ in range(2):
        await channel.delete_topic(address, thread)
    assert team.topics == []
    with pytest.raises(TopicGone):
        await channel.say(to, "late", (), False, "")


async def test_a_message_that_cannot_be_pinned_is_sent_all_the_same(telegram: Telegram, channel: TelegramChannel) -> None:
    team = telegram.group("Team", members=[telegram.person("Sam")])
    team.add_bot(can_pin_messages=False)
    await channel.say(Destination(str(team.id)), "brief", (), True, "")
    assert team.screen()[-1].text == "brief"


async def test_a_group_that_lets_us_open_no_topic_says_so(telegram: Telegram, channel: TelegramChannel) -> None:
    team = telegram.group("Team", members=[telegram.person("Sam")])
    team.add_bot(can_manage_topics=False)
    with pytest.raises(NoRights):
        await channel.open_topic(str(team.id), "#1")
