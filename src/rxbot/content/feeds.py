"""Open a directory as its publisher delivers it: a JSON file, a file of JSON lines, or a folder of such files."""

import json
from collections.abc import Iterator
from pathlib import Path

from rxbot.errors import FeedWrong

LINES = (".ndjson", ".jsonl")
SUFFIXES = (".json", *LINES)


def open_feed(path: Path) -> Iterator[tuple[str, object]]:
    """Give each JSON record of a path with where it stands, such as "services.ndjson:12"."""
    for file in _files(path):
        yield from _lines(file) if file.suffix.lower() in LINES else _whole(file)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise FeedWrong(f"{path} is not there.", "Give the path of a .json or .ndjson file, or of a folder of them.")
    if not path.is_dir() and not _is_json(path):
        raise FeedWrong(f"{path} is not a format we read.", "Give a .json, .ndjson or .jsonl file.")
    files = sorted(filter(_is_json, path.iterdir())) if path.is_dir() else [path]
    if not files:
        raise FeedWrong(f"{path} holds no .json or .ndjson file.", "Give the folder the feed was saved in.")
    return files


def _is_json(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES


def _whole(file: Path) -> Iterator[tuple[str, object]]:
    text = _text(file)
    if not text.strip():
        raise FeedWrong(f"{file}:1 The file is empty.", "Ask the publisher for a new export.")
    yield file.name, _parsed(text, file, 1)


def _lines(file: Path) -> Iterator[tuple[str, object]]:
    rows = [(number, line) for number, line in enumerate(_text(file).split("\n"), 1) if line.strip()]
    if not rows:
        raise FeedWrong(f"{file}:1 The file is empty.", "Ask the publisher for a new export.")
    for number, line in rows:
        yield f"{file.name}:{number}", _parsed(line, file, number)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = file.read_bytes()[: wrong.start].count(b"\n") + 1
        raise FeedWrong(f"{file}:{line} This is not UTF-8 text.", "Save the file as UTF-8.") from wrong
    except OSError as wrong:
        raise FeedWrong(f"{file} cannot be opened: {wrong.strerror}.", "Check the path and who may read it.") from wrong


def _parsed(text: str, file: Path, line: int) -> object:
    """Parse one JSON text that begins on this line of the file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        at = line + wrong.lineno - 1
        raise FeedWrong(f"{file}:{at} This is not JSON: {wrong.msg}.", "Ask the publisher for a new export.") from wrong
    except (RecursionError, ValueError) as wrong:
        raise FeedWrong(
            f"{file}:{line} This JSON is nested too deeply or has endless numbers.", "Ask for a new export."
        ) from wrong
