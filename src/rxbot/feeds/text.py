"""Tell by its content what a file is, and read JSON and JSON lines without believing any of it."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from rxbot.directory.defects import Defects
from rxbot.errors import FeedWrong
from rxbot.feeds.files import ASK_AGAIN, FROM_EXCEL, File

DEEPEST = 60
JSON_NAMES = (".json", ".ndjson", ".jsonl")
OTHER_KINDS = {
    b"%PDF": ("a PDF", "Ask the publisher for CSV or JSON."),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", FROM_EXCEL),
    b"SQLite format": ("a database", "Ask the publisher for CSV or JSON."),
}


class Kind(StrEnum):
    """What a file is."""

    JSON = "JSON"
    TABLE = "a table"


def kind_of(file: File) -> Kind:
    """Say what a file is, by what is in it. The name decides only where the content leaves it open."""
    for magic, (kind, remedy) in OTHER_KINDS.items():
        if file.data.startswith(magic):
            raise FeedWrong(f"{file.name} is {kind}.", remedy)
    start = file.data[:4000].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    if start.startswith((b"{", b"[")):
        return Kind.JSON
    if start.startswith(b"<"):
        raise FeedWrong(
            f"{file.name} is a web page or XML, not a directory.", "Give the address of the list itself, or a JSON or CSV file."
        )
    if b"\0" in file.data[:4000] and not file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FeedWrong(f"{file.name} is not text.", "Give a JSON or CSV file.")
    return Kind.JSON if file.name.lower().endswith(JSON_NAMES) else Kind.TABLE


def read_json(file: File, defects: Defects) -> Iterator[tuple[str, object]]:
    """Give each JSON record of a file with where it stands, such as "services.ndjson:12"."""
    text = _decoded(file, defects)
    if not text.strip():
        raise FeedWrong(f"{file.name}:1 The file is empty.", ASK_AGAIN)
    if not _is_lines(text):
        yield file.name, _parsed(text, file.name, 1)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{file.name}:{number}", _parsed(line, file.name, number)


def _is_lines(text: str) -> bool:
    """Say whether each line is JSON of its own: the first one is, and more follow."""
    first, _, rest = text.lstrip().partition("\n")
    if not rest.strip():
        return False
    try:
        json.loads(first, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _decoded(file: File, defects: Defects) -> str:
    """JSON is UTF-8. What Windows wrote in its own way is read so and told of."""
    try:
        return file.data.decode("utf-16" if file.data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = file.data[: wrong.start].count(b"\n") + 1
        defects.count("not_utf8", f"{file.name}:{line}")
        return file.data.decode("cp1252", errors="replace")


def _parsed(text: str, name: str, line: int) -> object:
    """Parse one JSON text that begins on this line of the file. Bare control characters are told of later."""
    try:
        page = json.loads(text, strict=False)
    except json.JSONDecodeError as wrong:
        at = line + wrong.lineno - 1
        raise FeedWrong(f"{name}:{at} This is not JSON: {wrong.msg}.", ASK_AGAIN) from wrong
    except (RecursionError, ValueError) as wrong:
        raise FeedWrong(f"{name}:{line} This JSON is nested too deeply or has endless numbers.", ASK_AGAIN) from wrong
    if _is_deep(page):
        raise FeedWrong(f"{name}:{line} This JSON is nested too deeply.", ASK_AGAIN)
    return page


def _is_deep(page: object) -> bool:
    """Say whether it is nested deeper than any record; nothing that reads it needs to be afraid then."""
    level: list[Any] = [page]
    for _ in range(DEEPEST):
        level = [child for one in level for child in _children(one) if isinstance(child, dict | list)]
        if not level:
            return False
    return True


def _children(one: Any) -> Any:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
