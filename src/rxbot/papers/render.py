"""Make a paper into a file, when it leaves, in the reader's language."""

import json
from dataclasses import dataclass
from datetime import datetime

from rxbot.paper import Calendar, Data, Page, Paper
from rxbot.papers.calendar import calendar_text
from rxbot.papers.page import page_html
from rxbot.words import Facts, Words


@dataclass(frozen=True)
class File:
    """A file as a channel hands it over."""

    name: str
    mime: str
    content: bytes


def render(paper: Paper, words: Words, language: str, facts: Facts, now: datetime) -> File:
    """Make the file of a paper; its ending tells a phone what to open it with."""
    match paper:
        case Page(name=name):
            return File(f"{name}.html", "text/html", page_html(paper, words, language, facts).encode())
        case Calendar(name=name):
            return File(f"{name}.ics", "text/calendar", calendar_text(paper, words, language, facts, now))
        case Data(name=name):
            pretty = json.dumps(json.loads(paper.json), ensure_ascii=False, indent=2)
            return File(f"{name}.json", "application/json", pretty.encode())
