"""The web application: pages of clinics and providers, the published directory, and an address that says whether we are well."""

import asyncio

import structlog
from secure.middleware import SecureASGIMiddleware
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from rxbot import metrics
from rxbot.clinic.headers import open_headers, safe_headers
from rxbot.clinic.pages import House, clinic_routes
from rxbot.clinic.sign_in import is_https
from rxbot.clock import Now
from rxbot.provider.nowhere import nowhere
from rxbot.provider.pages import provider_routes
from rxbot.published.pages import ROOT, published_routes
from rxbot.store import backlog, staff
from rxbot.store.backlog import Backlog
from rxbot.store.unit import Store
from rxbot.vitals import Vitals

log = structlog.get_logger()
PATIENCE = 5.0  # seconds to wait for the database before saying that it is not well


def create_web(house: House, vitals: Vitals | None = None) -> Starlette:
    """Put the application together."""
    ours = [*clinic_routes(house), *provider_routes(house), *published_routes(house)]
    routes = [health_route(house.store, vitals or Vitals()), *ours]
    safe = Middleware(SafeHeaders, https=is_https(house.public_url))
    return Starlette(routes=routes, middleware=[safe], exception_handlers={HTTPException: nowhere(house)})


class SafeHeaders:
    """Gives every answer its headers: those of our own pages, or those of what is published for everybody."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self.our_own = SecureASGIMiddleware(app, secure=safe_headers(https))
        self.for_everybody = SecureASGIMiddleware(app, secure=open_headers(https))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_published = str(scope.get("path", "")).startswith(f"{ROOT}/")
        await (self.for_everybody if is_published else self.our_own)(scope, receive, send)  # type: ignore[arg-type]


def create_metrics(store: Store, vitals: Vitals, now: Now) -> Starlette:
    """Put together what only the operator's own programs may read: counts tell of people, if only how many."""

    async def numbers(_request: Request) -> Response:
        return Response(metrics.page(await read_backlog(store, now), vitals), media_type=metrics.CONTENT_TYPE)

    return Starlette(routes=[health_route(store, vitals), Route("/metrics", numbers)])


def health_route(store: Store, vitals: Vitals) -> Route:
    """Say whether the database answers and every loop goes round: 200 when all is well, 503 with what is not."""

    async def health(_request: Request) -> Response:
        answers = await is_well(store)
        well = answers and not vitals.unwell
        told = {"ok": well, "database": "answers" if answers else "silent", "unwell": vitals.unwell, **vitals.as_json()}
        return JSONResponse(told, 200 if well else 503, {"Cache-Control": "no-store"})

    return Route("/healthz", health)


async def is_well(store: Store) -> bool:
    """Say whether the database answers."""
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.wrap_future(store.unit_of(staff.teams_ready))
    except Exception as unwell:  # whatever it is, the one who asks needs a plain no
        log.warning("database_silent", error=type(unwell).__name__)
        return False
    return True


async def read_backlog(store: Store, now: Now) -> Backlog | None:
    """Look at what waits; none when the database does not answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.wrap_future(store.unit_of(lambda unit: backlog.look(unit, now())))
    except Exception as unwell:
        log.warning("database_silent", error=type(unwell).__name__)
        return None
