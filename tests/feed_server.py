"""A publisher's server on this computer: a paged list of services, files, and everything that can be wrong with either."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    """What a request gets."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Asked = Callable[[str, Mapping[str, str]], Answer]


@dataclass
class Server:
    """Where it is, and what it was asked."""

    address: str
    asked: list[str] = field(default_factory=list)


def as_json(page: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(json.dumps(page).encode(), status, {"content-type": "application/json", **headers})


def zipped(answer: Answer) -> Answer:
    return Answer(gzip.compress(answer.body), answer.status, {**answer.headers, "content-encoding": "gzip"})


def moved(address: str) -> Answer:
    return Answer(b"", 302, {"location": address})


@contextmanager
def serving(answers: Asked) -> Iterator[Server]:
    """Serve what a function gives for path and parameters."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            split = urlsplit(self.path)
            answer = answers(split.path, {name: values[0] for name, values in parse_qs(split.query).items()})
            self.send_response(answer.status)
            for name, value in {"content-length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class House(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of who hangs up, as they do when it gets too much."""

    house = House(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{house.server_port}")
    thread = threading.Thread(target=house.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        house.shutdown()
        house.server_close()
        thread.join()


def paged(records: list[dict[str, Any]], size: int = 3, older: bool = False, first: int = 1) -> Asked:
    """Give records as the pages of HSDS 3, or as Open Referral UK 1.0 called them."""
    names = (
        ("content", "totalElements", "totalPages", "number", "last")
        if older
        else ("contents", "total_items", "total_pages", "page_number", "last_page")
    )
    pages = -(-len(records) // size)

    def answers(path: str, parameters: Mapping[str, str]) -> Answer:
        if path != "/services":
            return as_json({"message": "not here"}, 404)
        number = int(parameters.get("page", first))
        start = (number - first) * size
        values = (records[start : start + size], len(records), pages, number, number - first + 1 >= pages)
        return as_json({**dict(zip(names, values, strict=True)), "size": size})

    return answers
