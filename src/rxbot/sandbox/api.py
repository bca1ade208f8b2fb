"""The sandbox over HTTP: the Bot API under /bot<token>/, and /sandbox/ for the page that shows the phones."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rxbot.errors import Refused
from rxbot.sandbox import methods, parameters
from rxbot.sandbox.page_api import act, opened_file, state
from rxbot.sandbox.parameters import Upload
from rxbot.sandbox.refusals import CONFLICT, UNAUTHORIZED, Declined, not_json
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json

LONGEST_POLL = 50
SAVE_AFTER_SECONDS = 0.3


class Bell:
    """Wakes whoever waits for something to change; may be rung from any thread."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.loop = asyncio.get_running_loop()
        self.rung = asyncio.Event()

    def __enter__(self) -> "Bell":
        self.telegram.bells.add(self.ring)
        return self

    def __exit__(self, *_: object) -> None:
        self.telegram.bells.discard(self.ring)

    def ring(self) -> None:
        self.loop.call_soon_threadsafe(self.rung.set)

    async def wait(self, seconds: float | None = None) -> None:
        """Return when something changed since the last wait, or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self.rung.wait()
        except TimeoutError:
            return
        self.rung.clear()


def create_app(telegram: Telegram, extra_routes: Iterable[BaseRoute] = (), *, save_to: Path | None = None) -> Starlette:
    """Return the application; with `save_to` it writes everything to that file soon after each change."""

    async def bot_api(request: Request) -> JSONResponse:
        try:
            if request.path_params["token"] != telegram.token:
                raise Declined(UNAUTHORIZED)
            name, raw = request.path_params["method"], await parameters_of(request)
            if name.lower() == "getupdates":
                result = await get_updates(telegram, **parameters.read(get_updates, raw))
            else:
                result = methods.call(telegram, name, raw)
        except Declined as declined:
            return JSONResponse(declined.refusal.answer(), declined.refusal.code)
        return JSONResponse({"ok": True, "result": result})

    async def show(request: Request) -> JSONResponse:
        since = parameters.whole(request.query_params.get("since"), "since")
        return JSONResponse(state(telegram, since))

    async def do(request: Request) -> JSONResponse:
        try:
            return JSONResponse({"ok": True, "result": act(telegram, await told(request))})
        except Refused as refused:
            return JSONResponse({"ok": False, "complaint": refused.complaint, "remedy": refused.remedy}, 400)

    async def file(request: Request) -> Response:
        return opened_file(telegram, request.path_params["chat"], request.path_params["message"])

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if not save_to:
            yield
            return
        saver = asyncio.create_task(keep_saved(telegram, save_to))
        yield
        saver.cancel()
        telegram.save(save_to)

    routes: list[BaseRoute] = [
        Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
        Route("/sandbox/state", show),
        Route("/sandbox/act", do, methods=["POST"]),
        Route("/sandbox/files/{chat:int}/{message:int}", file),
    ]
    ours = [Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])]
    return Starlette(routes=[*routes, *extra_routes], lifespan=lifespan, middleware=ours)


async def told(request: Request) -> Json:
    """Read what the page asks for. A form of another site cannot send JSON without asking us first, so nothing else is read."""
    if "json" not in request.headers.get("content-type", ""):
        raise HTTPException(415)
    body: Json = await request.json()
    return body


async def parameters_of(request: Request) -> Json:
    """Read the query and the body, be it JSON, a form or multipart."""
    raw: Json = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        try:
            body: Json = await request.json()
            return raw | body
        except (TypeError, ValueError):
            raise Declined(not_json("request body")) from None
    async with request.form() as form:
        return raw | {name: await part_of(value) for name, value in form.items()}


async def part_of(value: str | UploadFile) -> str | Upload:
    return value if isinstance(value, str) else Upload(value.filename or "", await value.read())


async def get_updates(
    telegram: Telegram,
    *,
    offset: int = 0,
    limit: int = 100,
    timeout: int = 0,  # noqa: ASYNC109 - the parameter is called so in the Bot API
    allowed_updates: list[str] | None = None,
) -> list[Json]:
    """Wait for updates; a newer call ends this one, because only one bot may poll."""
    methods.refuse_on_purpose(telegram, "getUpdates")
    queue, loop = telegram.queue, asyncio.get_running_loop()
    deadline = loop.time() + min(timeout, LONGEST_POLL)
    queue.allowed = queue.allowed if allowed_updates is None else allowed_updates
    start, poll = queue.from_offset(offset), queue.begin_poll()
    telegram.ring()
    with Bell(telegram) as bell:
        while queue.poll == poll:
            updates = queue.take(start, min(max(limit, 1), 100), telegram.time)
            if updates or loop.time() >= deadline:
                return updates
            await bell.wait(deadline - loop.time())
    raise Declined(CONFLICT)


async def keep_saved(telegram: Telegram, path: Path) -> None:
    """Save soon after each change, once for changes that come together."""
    with Bell(telegram) as bell:
        while True:
            await bell.wait()
            await asyncio.sleep(SAVE_AFTER_SECONDS)
            telegram.save(path)
