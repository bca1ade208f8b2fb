"""A call as its caller meets it when things go wrong on purpose."""

import asyncio
from asyncio import Transport
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from rxbot.sandbox.faults import Fault

DROPS_APART = 0.1  # seconds
CarryOut = Callable[[], Awaitable[Response]]


async def answered(request: Request, fault: Fault | None, carry_out: CarryOut) -> Response:
    """Carry out a call, or not, and answer it, or not, as the fault has it."""
    return await (WAYS[fault.do](request, fault, carry_out) if fault else carry_out())


async def refuse(_request: Request, fault: Fault, _carry_out: CarryOut) -> Response:
    return JSONResponse(fault.refusal.answer(), fault.code)


async def page(_request: Request, fault: Fault, _carry_out: CarryOut) -> Response:
    return HTMLResponse(fault.page, fault.code)


async def slow(_request: Request, fault: Fault, carry_out: CarryOut) -> Response:
    answer = await carry_out()
    await asyncio.sleep(fault.seconds)
    return answer


async def drip(_request: Request, fault: Fault, carry_out: CarryOut) -> Response:
    answer, now = await carry_out(), asyncio.get_running_loop().time
    end = now() + fault.seconds

    async def drops() -> AsyncIterator[bytes]:
        while now() < end:
            yield b" "  # which JSON may begin with
            await asyncio.sleep(DROPS_APART)
        yield bytes(answer.body)

    return StreamingResponse(drops(), answer.status_code, media_type="application/json")


async def cut_before(request: Request, _fault: Fault, _carry_out: CarryOut) -> Response:
    return cut(request)


async def cut_after(request: Request, _fault: Fault, carry_out: CarryOut) -> Response:
    await carry_out()
    return cut(request)


def cut(request: Request) -> Response:
    """End the connection; what is returned reaches nobody."""
    transport: Transport = request.state.transport
    transport.abort()
    return Response()


WAYS: dict[str, Callable[[Request, Fault, CarryOut], Awaitable[Response]]] = {
    "refuse": refuse,
    "page": page,
    "slow": slow,
    "drip": drip,
    "cut_before": cut_before,
    "cut_after": cut_after,
}
