"""What comes with a call, or with the answer to a webhook: JSON, a form, multipart, or a query."""

from collections.abc import Mapping

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message

from rxbot.sandbox.parameters import Upload
from rxbot.sandbox.refusals import Declined, not_json
from rxbot.sandbox.world import Json


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


async def parameters_in(headers: Mapping[str, str], body: bytes) -> Json:
    """Read a body that came as an answer."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    kind = [(b"content-type", headers.get("content-type", "").encode())]
    return await parameters_of(Request({"type": "http", "method": "POST", "query_string": b"", "headers": kind}, receive))
