"""An address at which there is nothing: a page that says what to do, or JSON where programs ask."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rxbot.clinic.pages import House
from rxbot.provider.worded import Worded

FOR_PROGRAMS = ("hsds", "api")
PROBLEM = "application/problem+json"
Answer: TypeAlias = Callable[[Request, Exception], Awaitable[Response]]


def nowhere(house: House) -> Answer:
    """Answer whoever asks for what is not there."""
    worded = Worded(house.release)

    async def answer(request: Request, wrong: Exception) -> Response:
        assert isinstance(wrong, HTTPException)
        if request.url.path.split("/")[1] in FOR_PROGRAMS:
            said = {"type": "about:blank", "title": wrong.detail, "status": wrong.status_code}
            page: Response = JSONResponse(said, wrong.status_code, media_type=PROBLEM)
        else:
            page = worded.page(worded.asked(request), "nowhere.html", wrong.status_code)
        page.headers.update(wrong.headers or {})
        return page

    return answer
