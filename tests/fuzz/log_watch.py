"""What the process logs and prints, kept to be searched: no word, no name, no token, no number of anybody."""

import io
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import structlog

from fuzz.complaints import BAD_EVENTS, Complaints
from fuzz.odd_words import CANARY, PHONE, UNSEEN
from rxbot.log import set_up_logging

FORMS = ("utf-8", "utf-16-le", "utf-16-be")
LONG = 8  # letters; what is shorter is looked for as a whole value, since it stands in many a longer one by chance


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Log as the service does, into a buffer; what is printed comes there too."""
    before, level, handlers = structlog.get_config(), logging.root.level, list(logging.root.handlers)
    logging.root.handlers[:] = []
    kept = io.StringIO()
    with redirect_stdout(kept), redirect_stderr(kept):
        set_up_logging()
        try:
            yield kept
        finally:
            structlog.configure(**before)
            logging.root.handlers[:], logging.root.level = handlers, level


def look_through(kept: io.StringIO, secrets: Iterable[str], complaints: Complaints, typed: Iterable[str] = ()) -> None:
    """Complain of every secret and every word typed in the log, and of every event that must not be there."""
    log = kept.getvalue()
    values: dict[str, str] = {}
    for secret in (CANARY, UNSEEN, json.dumps(UNSEEN)[1:-1], PHONE, *secrets):
        if secret in log:
            line = next((line for line in log.splitlines() if secret in line), "")
            complaints.note("a word in the log", f"{secret!r}: {line[:300]}")
    for line in log.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            complaints.note("not a log line", line[:300])
            continue
        values |= dict.fromkeys(_strings(event), line)
        if event.get("event") in BAD_EVENTS and event.get("reason") not in ("forbidden", "bad_request", "not_there"):
            complaints.note(event["event"], line[:300])
    whole = "\n".join(values)
    for words in {plain for one in typed if CANARY not in one and (plain := one.replace(UNSEEN, "").strip())}:
        if words in values or (len(words) >= LONG and words in whole):
            complaints.note("a word in the log", f"{words!r}: {values.get(words, whole)[:300]}")


def _strings(value: Any) -> Iterator[str]:
    """Give every string in a log line's values."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _strings(inside)


def look_into(files: Iterable[Path], complaints: Complaints) -> None:
    """Complain of every word of a person's that stands unsealed in a file."""
    for file in files:
        data = file.read_bytes()
        for word in (CANARY, UNSEEN, PHONE):
            for form in FORMS:
                at = data.find(word.encode(form))
                if at >= 0:
                    complaints.note("a word in the data file", f"{file.name}: {data[max(0, at - 80) : at + 60]!r}")
            at = data.find(json.dumps(word)[1:-1].encode())
            if at >= 0:
                complaints.note("a word in the data file", f"{file.name}: {data[max(0, at - 80) : at + 60]!r}")
