"""Sends updates to the bot's webhook, in the order and at the pace of `hook.py`."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

import httpx

from rxbot.sandbox import hook, methods
from rxbot.sandbox.bell import Bell
from rxbot.sandbox.bodies import parameters_in
from rxbot.sandbox.hook import Lane
from rxbot.sandbox.refusals import Declined
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.updates import Waiting
from rxbot.sandbox.world import Hook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # nosec B105  # the name of a header
IDLE_SECONDS = 60
LOOK_AGAIN = 0.1  # seconds between looks at the clock while something rests, because the clock may be moved
NEVER_EXECUTED = ("setwebhook", "deletewebhook", "close", "logout")
DROPPED: dict[type[httpx.TransportError], str] = {
    httpx.ConnectError: "Connection refused",
    httpx.ConnectTimeout: "Connection timed out",
    httpx.ReadTimeout: "Read timeout expired",
}


@asynccontextmanager
async def sending(telegram: Telegram) -> AsyncIterator[None]:
    """Send updates to the webhook, whenever one is set, until the block ends."""
    sender = asyncio.create_task(send_all(telegram))
    yield
    sender.cancel()
    with suppress(asyncio.CancelledError):
        await sender


async def send_all(telegram: Telegram) -> None:
    under_way: dict[Lane, asyncio.Task[None]] = {}
    async with new_client() as client:
        try:
            with Bell(telegram) as bell:
                while True:
                    start_ready(telegram, client, under_way)
                    await bell.wait(LOOK_AGAIN if hook.next_time(telegram.queue) < float("inf") else None)
        finally:
            for task in under_way.values():
                task.cancel()


def new_client() -> httpx.AsyncClient:
    # Loopback has no certificates to read, and no proxy stands before it.
    unread = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(verify=unread, trust_env=False, timeout=IDLE_SECONDS, limits=httpx.Limits(max_connections=None))


def start_ready(telegram: Telegram, client: httpx.AsyncClient, under_way: dict[Lane, asyncio.Task[None]]) -> None:
    """Send what may leave now, as far as there are connections."""
    target = telegram.hook
    if not target.url:
        return
    for waiting in hook.ready(telegram.queue, under_way, telegram.time):
        if len(under_way) >= target.max_connections:
            return
        lane = hook.lane_of(waiting.update)
        under_way[lane] = asyncio.create_task(send(telegram, client, target, waiting))
        under_way[lane].add_done_callback(partial(clear, telegram, under_way, lane))


def clear(telegram: Telegram, under_way: dict[Lane, asyncio.Task[None]], lane: Lane, done: asyncio.Task[None]) -> None:
    """Free the lane for its next update."""
    del under_way[lane]
    telegram.ring()
    if not done.cancelled():
        done.result()


async def send(telegram: Telegram, client: httpx.AsyncClient, target: Hook, waiting: Waiting) -> None:
    """Send one update and note what came of it, unless the webhook was changed meanwhile."""
    secret = {SECRET_HEADER: target.secret} if target.secret else {}
    try:
        answer = await client.post(target.url, json=waiting.update, headers=secret)
    except httpx.TransportError as error:
        if telegram.hook is target:
            hook.failed(telegram, waiting, DROPPED.get(type(error), "Connection reset by peer"))
        return
    if telegram.hook is target:
        await take_answer(telegram, waiting, answer)


async def take_answer(telegram: Telegram, waiting: Waiting, answer: httpx.Response) -> None:
    if answer.is_success:
        hook.delivered(telegram, waiting)
        await execute(telegram, answer)
        return
    why = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
    hook.failed(telegram, waiting, why, retry_after=seconds_of(answer.headers.get("retry-after", "")))
    if answer.status_code == httpx.codes.GONE:
        hook.gone(telegram)
    else:
        telegram.hook.gone_since = 0


async def execute(telegram: Telegram, answer: httpx.Response) -> None:
    """Carry out the call an answer may hold; nobody ever learns what came of it."""
    with suppress(Declined):
        raw = await parameters_in(answer.headers, answer.content) if answer.content else {}
        name = str(raw.pop("method", ""))
        if name and name.lower() not in NEVER_EXECUTED and not name.lower().startswith("get"):
            methods.call(telegram, name, raw)


def seconds_of(retry_after: str) -> int:
    return int(retry_after) if retry_after.isdigit() else 0
