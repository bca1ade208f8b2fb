"""How the client reaches Telegram: the library's own way of asking, carried by aiohttp, which takes a third of the time."""

import ssl
from functools import cache
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)  # no connection: nothing has left us
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CONNECT, READ, WRITE, WRITE_FILE = 5.0, 5.0, 5.0, 20.0  # seconds, as the library has them


class AiohttpRequest(BaseRequest):
    """Asks Telegram over so many connections at once; who finds none free waits `pool` seconds for one."""

    def __init__(self, connections: int, pool: float = 1.0, read: float = READ) -> None:
        self._connections, self._pool, self._read = connections, pool, read
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        """Open the pool, unless it is open."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ssl=_trusted())
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask, and give status and body. What has no connection never left; of all else that fails nobody knows."""
        if self._session is None:
            raise RuntimeError("This request is not initialized.")
        files = request_data.multipart_data if request_data else {}
        read, connect = _given(read_timeout, self._read), _given(connect_timeout, CONNECT)
        wait = _given(pool_timeout, self._pool) + connect
        write = _given(write_timeout, WRITE_FILE if files else WRITE)
        timeout = aiohttp.ClientTimeout(total=wait + write + read, connect=wait, sock_connect=connect, sock_read=read)
        try:
            body, headers = _body(request_data)
            proxy = _proxy_to("/".join(url.split("/", 3)[:3]))
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout, proxy=proxy) as answer:
                return answer.status, await answer.read()
        except TimeoutError as late:
            raise TimedOut from late
        except (aiohttp.ClientError, OSError) as failed:
            raise NetworkError(f"{type(failed).__name__}: {failed}") from failed


def _body(data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    """Give what is asked as a body, and what it is. Only files need parts of their own, and cost what those do."""
    if data is None:
        return None, None
    if not data.multipart_data:
        return urlencode(data.json_parameters).encode(), FORM
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, None


def _given(asked: object, usual: float) -> float:
    return asked if isinstance(asked, int | float) else usual


@cache
def _proxy_to(origin: str) -> str | None:
    """Give the proxy that the environment names on the way there. The session would look it up with every request."""
    parts = urlsplit(origin)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


@cache
def _trusted() -> ssl.SSLContext:
    """Trust whom the library's other client trusts, whose certificates come with it."""
    return httpx.create_ssl_context()
