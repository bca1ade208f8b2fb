"""Serve an application on loopback, from inside a running loop: for the demo and for tests."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from rxbot.errors import SettingsWrong

LOOPBACK = "127.0.0.1"


class Cuttable(H11Protocol):
    """Lets the application have its connection, as `request.state.transport`, so that it can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


@asynccontextmanager
async def serve(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Serve until the block ends, and give the base URL; port 0 takes a free one.

    Signals stay with whoever runs the loop, and polls that still wait at the end are cut.
    """
    config = uvicorn.Config(
        app, http=Cuttable, log_config=None, log_level="error", ws="none", date_header=False, timeout_graceful_shutdown=0
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    # Named as TCP, so that asyncio turns off Nagle's delay: otherwise each answer takes 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SettingsWrong(f"Port {port} cannot be opened: {reason}.", "Choose another, such as --port 8010.") from error
        await server.startup(sockets=[listening])
        try:
            yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        finally:
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # it would complain of the cut polls
            await server.shutdown(sockets=[listening])
