"""The addresses below /hsds. They are for whoever comes, and there only where the scheme names publishers to pass on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from rxbot.clinic.pages import House
from rxbot.directory.formats.identity import IS_UUID
from rxbot.directory.model import Place
from rxbot.directory.stems import fold
from rxbot.published.asked_list import AskedList, near_of, one_of
from rxbot.published.catalogue import LISTS
from rxbot.published.openapi import PROBLEM, PROFILE, VERSION, describe
from rxbot.published.parameters import Asked, ParameterWrong, read_parameters
from rxbot.store.places import find_places
from rxbot.store.published import state_of
from rxbot.store.published_lists import ListFilter
from rxbot.store.unit import Unit

ROOT = "/hsds"
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Last-Modified"}
R = TypeVar("R")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class State:
    """How the directory stands, as a mark of it, and since when, as far as this process has noticed.

    The moment may be later than the change, never earlier, and is another whenever the mark is.
    """

    mark: str
    since: datetime

    def mark_of(self, request: Request) -> str:
        """Name an answer: the same as long as the directory and what is asked for are."""
        whole = f"{VERSION}\n{self.mark}\n{request.url.path}?{request.url.query}"
        return f'"{sha256(whole.encode()).hexdigest()[:32]}"'

    def headers(self, request: Request) -> dict[str, str]:
        """Give the headers by which somebody can ask whether anything has changed."""
        return {**FOR_ALL, "ETag": self.mark_of(request), "Last-Modified": format_datetime(self.since, usegmt=True)}


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
        self._seen = State("", LONG_AGO)

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
            asked = read_parameters(name, request.query_params.multi_items())
            state = await self._state()
            headers = state.headers(request)
            if _has(request, state):
                return Response(status_code=304, headers=headers)
            wanted = await self._wanted(asked)
            if wanted is None:
                return _problem(404, "No such postcode", "Nothing that is published is near it.")
            known = await near_of(self._do, name, wanted) if wanted.near else None
            found = AskedList(self._do, name, asked, wanted, known)
            if asked.format == "ndjson":
                return StreamingResponse(found.lines(), headers=headers, media_type="application/x-ndjson")
            page = await found.page()
            return await asyncio.to_thread(lambda: JSONResponse(page, headers=headers))

        return answer

    def record(self, name: str) -> Answer:
        """Give the page that shows one of these records whole."""

        async def answer(request: Request) -> Response:
            id = str(request.path_params["id"])
            state = await self._state()
            headers = state.headers(request)
            write = await self._do(lambda unit: one_of(unit, name, self.publishers, id)) if IS_UUID.fullmatch(id) else None
            if write and _has(request, state):
                return Response(status_code=304, headers=headers)
            found = write() if write else None
            if found is None:
                return _problem(404, "No such record", "It may have been taken back since.")
            return JSONResponse(found, headers=headers)

        return answer

    async def _state(self) -> State:
        """Give how the directory stands now, and since when, as far as we have noticed."""
        mark = await self._do(lambda unit: state_of(unit, self.publishers))
        if mark != self._seen.mark:
            now = self.house.now().replace(microsecond=0)
            self._seen = State(mark, max(now, self._seen.since + timedelta(seconds=1)))
        return self._seen

    async def _wanted(self, asked: Asked) -> ListFilter | None:
        """Give what is asked for as it is looked up; nothing where it is near a postcode that nobody knows."""
        near = await self._place_of(asked.postcode)
        if asked.postcode and near is None:
            return None
        return ListFilter(
            self.publishers,
            words=tuple(fold(asked.search).split()),
            term=asked.taxonomy_term_id,
            taxonomy=asked.taxonomy_id,
            organization=asked.organization_id,
            changed_from=asked.modified_after,
            near=near,
            parent=asked.parent_id,
            top_only=asked.top_only,
            km=None if asked.proximity is None else asked.proximity / 1000,
        )

    async def _place_of(self, postcode: str) -> Place | None:
        found = await self._do(lambda unit: find_places(unit, postcode, limit=1)) if postcode else ()
        return found[0] if found else None

    async def _do(self, work: Callable[[Unit], R]) -> R:
        return await asyncio.wrap_future(self.house.store.unit_of(work))


def _has(request: Request, state: State) -> bool:
    """Say whether whoever asks has this answer already: by its mark, or else by the moment it was from."""
    said = request.headers.get("if-none-match")
    if said is not None:
        return said.strip() == "*" or state.mark_of(request) in {one.strip().removeprefix("W/") for one in said.split(",")}
    try:
        return parsedate_to_datetime(request.headers.get("if-modified-since", "")) >= state.since
    except (ValueError, TypeError, OverflowError):  # no date, one without a zone, or with one beyond all numbers
        return False


def _problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(said, status, {**FOR_ALL, **(headers or {})}, PROBLEM)


async def _refused(_request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    return _problem(wrong.status_code, wrong.detail, "See openapi.json for what there is.", dict(wrong.headers or {}))
