"""The web application: the clinic's pages, and one address that says whether we are well."""

import asyncio

import structlog
from secure.middleware import SecureASGIMiddleware
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rxbot.clinic.headers import safe_headers
from rxbot.clinic.pages import House, clinic_routes
from rxbot.clinic.sign_in import is_https
from rxbot.store import staff
from rxbot.store.unit import Store

log = structlog.get_logger()
PATIENCE = 5.0  # seconds to wait for the database before saying that it is not well


def create_web(house: House) -> Starlette:
    """Put the application together."""

    async def health(_request: Request) -> Response:
        well = await is_well(house.store)
        return JSONResponse({"ok": well}, 200 if well else 503)

    headers = Middleware(SecureASGIMiddleware, secure=safe_headers(is_https(house.public_url)))
    return Starlette(routes=[Route("/healthz", health), *clinic_routes(house)], middleware=[headers])


async def is_well(store: Store) -> bool:
    """Say whether the database answers."""
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.wrap_future(store.unit_of(staff.teams_ready))
    except Exception as unwell:  # whatever it is, the one who asks needs a plain no
        log.warning("database_silent", error=type(unwell).__name__)
        return False
    return True
