"""The sandbox over HTTP: the Bot API and its files, as Telegram has them, and /sandbox/ for the page that shows the phones."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rxbot.errors import Refused
from rxbot.sandbox import faults, faulty, files, methods, parameters
from rxbot.sandbox.bell import Bell
from rxbot.sandbox.bodies import parameters_of
from rxbot.sandbox.page_api import act, opened_file, state
from rxbot.sandbox.polling import get_updates
from rxbot.sandbox.refusals import NOT_FOUND, UNAUTHORIZED, Declined
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.webhook import sending
from rxbot.sandbox.world import Json

SAVE_AFTER_SECONDS = 0.3


def create_app(telegram: Telegram, extra_routes: Iterable[BaseRoute] = (), *, save_to: Path | None = None) -> Starlette:
    """Return the application; with `save_to` it writes everything to that file soon after each change."""

    async def bot_api(request: Request) -> Response:
        if request.path_params["token"] != telegram.token:
            return JSONResponse(UNAUTHORIZED.answer(), UNAUTHORIZED.code)
        fault = telegram.faults.strike(request.path_params["method"])
        return await faulty.answered(request, fault, lambda: carried_out(request))

    async def carried_out(request: Request) -> Response:
        try:
            name, raw = request.path_params["method"], await parameters_of(request)
            if name.lower() == "getupdates":
                result = await get_updates(telegram, **parameters.read(get_updates, raw))
            else:
                result = methods.call(telegram, name, raw)
        except Declined as declined:
            return JSONResponse(declined.refusal.answer(), declined.refusal.code)
        return JSONResponse({"ok": True, "result": result})

    async def download(request: Request) -> Response:
        try:
            if request.path_params["token"] != telegram.token:
                raise Declined(NOT_FOUND)
            data, kind = files.fetched(telegram, request.path_params["path"])
        except Declined as declined:
            return JSONResponse(declined.refusal.answer(), declined.refusal.code)
        return Response(data, media_type=kind)

    async def show(request: Request) -> JSONResponse:
        since = parameters.whole(request.query_params.get("since"), "since")
        return JSONResponse(state(telegram, since))

    async def do(request: Request) -> JSONResponse:
        try:
            return JSONResponse({"ok": True, "result": act(telegram, await told(request))})
        except Refused as refused:
            return JSONResponse({"ok": False, "complaint": refused.complaint, "remedy": refused.remedy}, 400)

    async def faults_asked(request: Request) -> JSONResponse:
        try:
            if request.method == "DELETE":
                telegram.faults.clear()
            if request.method == "POST":
                asked = await told(request)
                telegram.faults.seed(asked.pop("seed")) if "seed" in asked else None
                telegram.faults.add(faults.read(asked))
            return JSONResponse(faults.told(telegram.faults))
        except Refused as refused:
            return JSONResponse({"ok": False, "complaint": refused.complaint, "remedy": refused.remedy}, 400)

    async def file(request: Request) -> Response:
        return opened_file(telegram, request.path_params["chat"], request.path_params["message"])

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with sending(telegram), saving(telegram, save_to):
            yield

    routes: list[BaseRoute] = [
        Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
        Route("/sandbox/state", show),
        Route("/sandbox/act", do, methods=["POST"]),
        Route("/sandbox/faults", faults_asked, methods=["GET", "POST", "DELETE"]),
        Route("/sandbox/files/{chat:int}/{message:int}", file),
    ]
    ours = [Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])]
    return Starlette(routes=[*routes, *extra_routes], lifespan=lifespan, middleware=[*ours, Middleware(Dated, now=telegram.now)])


class Dated:
    """Dates every answer by the one clock."""

    def __init__(self, app: ASGIApp, now: Callable[[], datetime]) -> None:
        self.app, self.now = app, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"date", format_datetime(self.now(), usegmt=True).encode())]
            await send(message)

        await self.app(scope, receive, dated)


async def told(request: Request) -> Json:
    """Read what the page asks for. A form of another site cannot send JSON without asking us first, so nothing else is read."""
    if "json" not in request.headers.get("content-type", ""):
        raise HTTPException(415)
    body: Json = await request.json()
    return body


@asynccontextmanager
async def saving(telegram: Telegram, path: Path | None) -> AsyncIterator[None]:
    """Save soon after each change and at the end, if there is a file to save to."""
    if not path:
        yield
        return
    saver = asyncio.create_task(keep_saved(telegram, path))
    yield
    saver.cancel()
    telegram.save(path)


async def keep_saved(telegram: Telegram, path: Path) -> None:
    """Save soon after each change, once for changes that come together."""
    with Bell(telegram) as bell:
        while True:
            await bell.wait()
            await asyncio.sleep(SAVE_AFTER_SECONDS)
            telegram.save(path)
