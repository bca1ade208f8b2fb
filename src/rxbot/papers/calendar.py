"""Days for the person's own calendar, as iCalendar (RFC 5545). A calendar may be seen by others: all is private and plain."""

import re
from datetime import datetime

import icalendar
from icalendar.enums import CLASS, STATUS, TRANSP

from rxbot.message import Text
from rxbot.paper import Calendar, CalendarEntry
from rxbot.words import Facts, Words

MARKS = re.compile("[\u2068\u2069\u200f]")  # of direction: calendars show them as boxes


def calendar_text(paper: Calendar, words: Words, language: str, facts: Facts, now: datetime) -> bytes:
    """Write the calendar. A day given again has its old UID and a higher SEQUENCE, so that it is changed and not doubled."""

    def plain(text: Text) -> str:
        return MARKS.sub("", words.label(text, language, facts))

    def event(entry: CalendarEntry) -> icalendar.Event:
        return icalendar.Event.new(
            uid=f"{entry.id}@rxbot",
            stamp=now,
            start=entry.day,
            summary=plain(entry.title),
            description=plain(entry.note),
            classification=CLASS.PRIVATE,
            transparency=TRANSP.TRANSPARENT,  # the day stays free for other things
            sequence=paper.version,
            status=STATUS.CANCELLED if entry.cancelled else None,
        )

    calendar = icalendar.Calendar(version="2.0", prodid=f"-//rxbot//rxbot//{language.upper()}", method="PUBLISH")
    for entry in paper.entries:
        calendar.add_component(event(entry))
    written: bytes = calendar.to_ical()
    return written
