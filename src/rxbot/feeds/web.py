"""Fetch what stands at an address of the web, with a limit on everything: size, time, redirects, tries."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from math import ceil
from time import monotonic, sleep
from typing import Self

import httpx

from rxbot.errors import FeedWrong
from rxbot.feeds.files import MOST_IN_A_FILE, MOST_IN_ALL, File

ANSWER_WITHIN = httpx.Timeout(30, connect=10)
DONE_WITHIN = 600
"""Seconds for one answer, however busily it drips."""
REDIRECTS = 5
TRIES = 4
LONGEST_PAUSE = 120
"""Seconds; who asks for more is asked another time."""
MOST_DIGITS = 9
"""Of a number of seconds: thirty years. More than that is no number that anybody means."""
BUSY = (429, 502, 503, 504)
REFUSED = {
    401: "It asks for a key. ORUK and HSDS feeds are open: ask the publisher for the open address.",
    403: "It asks for a key. ORUK and HSDS feeds are open: ask the publisher for the open address.",
    404: "Give the address of the list itself, such as https://api.example.org/services, or of a file.",
}
LATER = "Try again later; if it stays so, tell the publisher. Nothing was changed."


@dataclass
class Web:
    """An open line to the web, and how much came over it."""

    client: httpx.Client
    received: int = field(default=0, init=False)

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Self]:
        """Open it, and close it after use."""
        headers = {"User-Agent": "rxbot", "Accept": "application/json, text/csv;q=0.9, */*;q=0.5"}
        with httpx.Client(timeout=ANSWER_WITHIN, follow_redirects=True, max_redirects=REDIRECTS, headers=headers) as client:
            yield cls(client)

    def fetch(self, address: str, parameters: Mapping[str, str] | None = None, may_lack: bool = False) -> File | None:
        """Fetch a file; None where there is nothing, if that may be."""
        try:
            url = httpx.URL(address).copy_merge_params(dict(parameters or {}))
            return self._fetched(url, may_lack)
        except httpx.TooManyRedirects as wrong:
            raise FeedWrong(
                f"{address} leads from one address to the next without end.", "Ask the publisher where it is."
            ) from wrong
        except httpx.TimeoutException as wrong:
            raise FeedWrong(f"{address} does not answer in time.", LATER) from wrong
        except (httpx.DecodingError, httpx.RemoteProtocolError) as wrong:
            raise FeedWrong(f"{address} sends what cannot be unpacked or breaks off: {wrong}.", LATER) from wrong
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as wrong:
            raise FeedWrong(f"{address} is no address we can open.", "Give one that begins with https://.") from wrong
        except httpx.TransportError as wrong:
            raise FeedWrong(f"{address} cannot be reached: {wrong}.", "Look whether the address is right. " + LATER) from wrong

    def _fetched(self, url: httpx.URL, may_lack: bool) -> File | None:
        """Fetch it, in several tries: a server may be busy, and the line may break in the middle of a list."""
        for attempt in range(1, TRIES + 1):
            try:
                with self.client.stream("GET", url) as answer:
                    if answer.status_code in BUSY and attempt < TRIES:
                        pause = _pause(answer, attempt, url)
                    elif answer.status_code == 404 and may_lack:
                        return None
                    else:
                        return self._received(answer, url)
            except httpx.TransportError:
                if not self.received or attempt == TRIES:
                    raise
                pause = 2.0**attempt
            sleep(pause)
        raise AssertionError("the last try gives an answer")

    def _received(self, answer: httpx.Response, url: httpx.URL) -> File:
        if not answer.is_success:
            status = f"{answer.status_code} {answer.reason_phrase}".strip()
            raise FeedWrong(f"{url} answers {status}.", REFUSED.get(answer.status_code, LATER))
        pieces, size, until = [], 0, monotonic() + DONE_WITHIN
        for piece in answer.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > MOST_IN_A_FILE:
                raise _too_much(url, MOST_IN_A_FILE, "one answer")
            if self.received + size > MOST_IN_ALL:
                raise _too_much(url, MOST_IN_ALL, "all")
            if monotonic() > until:
                raise FeedWrong(f"{url} does not come to an end.", LATER)
        self.received += size
        return File(_name(answer), b"".join(pieces), answer.links.get("next", {}).get("url", ""))


def _too_much(url: httpx.URL, most: int, where: str) -> FeedWrong:
    return FeedWrong(f"{url} sends more than {most // 1_000_000} MB in {where}.", "Ask the publisher for smaller files.")


def _pause(answer: httpx.Response, attempt: int, url: httpx.URL) -> float:
    """Give the seconds to wait: what a busy server asks for. Raises FeedWrong where it asks for too many."""
    asked = _asked_to_wait(answer.headers.get("retry-after", ""))
    if asked is not None and asked > LONGEST_PAUSE:
        minutes = ceil(asked / 60)
        raise FeedWrong(
            f"{url} is busy.", f"It asks to be left alone for {minutes:,} minutes. Import it then. Nothing was changed."
        )
    return 2.0**attempt if asked is None else asked


def _asked_to_wait(header: str) -> float | None:
    """Read Retry-After: seconds, or a moment; None where it is neither."""
    if header.isascii() and header.isdecimal() and len(header) <= MOST_DIGITS:
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, OverflowError):  # no date, or a zone beyond all numbers
        return None
    return max((until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp(), 0.0)


def _name(answer: httpx.Response) -> str:
    header = Message()
    header["content-disposition"] = answer.headers.get("content-disposition", "")
    given = header.get_filename() or answer.url.path.rstrip("/").rpartition("/")[2]
    return given or answer.url.host
