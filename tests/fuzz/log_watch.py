"""What the process logs and prints, kept to be searched: no word, no name, no token, no number of anybody."""

import io
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import structlog

from fuzz.complaints import Complaints
from fuzz.odd_words import CANARY, PHONE, UNSEEN
from rxbot.log import set_up_logging

BAD_EVENTS = ("timer_failed", "update_given_up_untold", "letter_spoilt", "letter_not_marked", "letter_given_up")
FORMS = ("utf-8", "utf-16-le", "utf-16-be")


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


def look_through(kept: io.StringIO, secrets: Iterable[str], complaints: Complaints) -> None:
    """Complain of every secret in the log, and of every event that must not be there."""
    log = kept.getvalue()
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
        if event.get("event") in BAD_EVENTS and event.get("reason") not in ("forbidden", "bad_request"):
            complaints.note(event["event"], line[:300])


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
