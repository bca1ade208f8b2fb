"""The addresses below /hsds. They are for whoever comes, and there only where the scheme names publishers to pass on.

What is published is put together anew when the directory has changed, a few services at a time, so that people who write
to the bot meanwhile do not wait for it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from email.utils import format_datetime
from hashlib import sha256
from math import ceil
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from rxbot.clinic.pages import House
from rxbot.directory.formats.records import Record
from rxbot.directory.model import Place
from rxbot.published.catalogue import LISTS, Catalogue, Item, catalogue_of
from rxbot.published.openapi import PROBLEM, PROFILE, VERSION, describe
from rxbot.published.parameters import PER_PAGE, Asked, ParameterWrong, read_parameters
from rxbot.store.places import find_places
from rxbot.store.published import Published, published, state_of
from rxbot.store.unit import Unit

ROOT = "/hsds"
AT_ONCE = 200  # services that are read while others wait for the database
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Last-Modified"}
R = TypeVar("R")
Answer = Callable[[Request], Awaitable[Response]]


def published_routes(house: House) -> list[BaseRoute]:
    """Give everything below /hsds; nothing where nothing is published."""
    if not house.release.content.scheme.publish:
        return []
    pages = Pages(house)
    below = [
        Route("/", pages.asked(pages.root), methods=["GET"], name="hsds_root"),
        Route("/openapi.json", pages.asked(pages.description), methods=["GET"], name="hsds_description"),
        *(Route(f"/{name}", pages.asked(pages.listing(name)), methods=["GET"], name=f"hsds_{name}") for name in LISTS),
        *(Route(f"/{name}/{{id}}", pages.asked(pages.record(name)), methods=["GET"], name=f"hsds_{name}_one") for name in LISTS),
    ]
    return [Mount(ROOT, Starlette(routes=below, exception_handlers={HTTPException: _refused}))]


class Pages:
    """One method a page."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.publishers = house.release.content.scheme.publish
        self.url = f"{house.public_url.rstrip('/')}{ROOT}"
        self._kept = Catalogue("")
        self._one_at_a_time = asyncio.Lock()

    def asked(self, answer: Answer) -> Answer:
        """Let nobody ask so often that others have to wait, and say what is wrong with what is asked."""

        async def checked(request: Request) -> Response:
            address, asked_by = request.client.host if request.client else "", self.house.asked_by
            if asked_by.must_wait(address):
                return _problem(
                    429, "Too many requests", f"Wait {asked_by.seconds} seconds.", {"Retry-After": str(asked_by.seconds)}
                )
            asked_by.note(address)
            try:
                return await answer(request)
            except ParameterWrong as wrong:
                return _problem(400, "A parameter is wrong", " ".join(wrong.wrongs))

        return checked

    async def root(self, _request: Request) -> Response:
        said = {"version": VERSION, "profile": PROFILE, "openapi_url": f"{self.url}/openapi.json"}
        return JSONResponse(said, headers=FOR_ALL)

    async def description(self, _request: Request) -> Response:
        return JSONResponse(describe(self.house.release.content.scheme.name, self.url), headers=FOR_ALL)

    def listing(self, name: str) -> Answer:
        """Give the page that lists these records."""

        async def answer(request: Request) -> Response:
            asked = read_parameters(request.query_params)
            catalogue = await self._catalogue()
            headers = _headers(catalogue, request)
            if _has(request, headers["ETag"]):
                return Response(status_code=304, headers=headers)
            near = await self._place_of(asked.postcode)
            if asked.postcode and near is None:
                return _problem(404, "No such postcode", "Nothing that is published is near it.")
            found = await asyncio.to_thread(catalogue.find, name, asked, near)
            if found:
                headers["Last-Modified"] = _http_day(found)
            if asked.format == "ndjson":
                lines = (f"{json.dumps(_written(item, asked), ensure_ascii=False)}\n" for item in found)
                return StreamingResponse(lines, headers=headers, media_type="application/x-ndjson")
            return await asyncio.to_thread(lambda: JSONResponse(_page(found, asked), headers=headers))

        return answer

    def record(self, name: str) -> Answer:
        """Give the page that shows one of these records whole."""

        async def answer(request: Request) -> Response:
            catalogue = await self._catalogue()
            item = catalogue.lists[name].get(str(request.path_params["id"]))
            if item is None:
                return _problem(404, "No such record", "It may have been taken back since.")
            headers = {**_headers(catalogue, request), "Last-Modified": _http_day([item])}
            if _has(request, headers["ETag"]):
                return Response(status_code=304, headers=headers)
            return JSONResponse(item.write(), headers=headers)

        return answer

    async def _catalogue(self) -> Catalogue:
        """Give what is published now."""
        async with self._one_at_a_time:
            state = await self._do(lambda unit: state_of(unit, self.publishers))
            if state != self._kept.state:
                found = await self._read()
                self._kept = await asyncio.to_thread(catalogue_of, state, found)
            return self._kept

    async def _read(self) -> list[Published]:
        found: list[Published] = []
        while True:
            after = found[-1].service.key if found else ""
            some = await self._do(lambda unit, after=after: published(unit, self.publishers, after, AT_ONCE))  # type: ignore[misc]
            found += some
            if len(some) < AT_ONCE:
                return found

    async def _place_of(self, postcode: str) -> Place | None:
        found = await self._do(lambda unit: find_places(unit, postcode, limit=1)) if postcode else ()
        return found[0] if found else None

    async def _do(self, work: Callable[[Unit], R]) -> R:
        return await asyncio.wrap_future(self.house.store.unit_of(work))


def _page(found: Sequence[Item], asked: Asked) -> Record:
    """Wrap a page of what was found; ids alone all fit on one page."""
    size = asked.per_page or (max(len(found), 1) if asked.minimal else PER_PAGE)
    pages = max(ceil(len(found) / size), 1)
    shown = found[(asked.page - 1) * size : asked.page * size]
    return {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(shown),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not shown,
        "contents": [_written(item, asked) for item in shown],
    }


def _written(item: Item, asked: Asked) -> Record:
    return item.minimal() if asked.minimal else item.write() if asked.full else item.shallow()


def _headers(catalogue: Catalogue, request: Request) -> dict[str, str]:
    """Name this answer: the same as long as the directory and what is asked for are."""
    mark = sha256(f"{VERSION}\n{catalogue.state}\n{request.url.path}?{request.url.query}".encode()).hexdigest()[:32]
    return {**FOR_ALL, "ETag": f'"{mark}"'}


def _has(request: Request, mark: str) -> bool:
    """Say whether whoever asks has this answer already."""
    said = request.headers.get("if-none-match", "")
    return said.strip() == "*" or mark in {one.strip().removeprefix("W/") for one in said.split(",")}


def _http_day(items: Sequence[Item]) -> str:
    return format_datetime(max(item.changed_at for item in items), usegmt=True)


def _problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(said, status, {**FOR_ALL, **(headers or {})}, PROBLEM)


async def _refused(_request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    return _problem(wrong.status_code, wrong.detail, "See openapi.json for what there is.", dict(wrong.headers or {}))
