"""What is handed over as a file, before it is put into a language: a page to read, dates for a calendar, data to keep."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rxbot.message import Text


@dataclass(frozen=True)
class Section:
    """A part of a page under its head."""

    head: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Page:
    """One page of HTML, with nothing in it that has to be fetched."""

    name: str
    title: Text
    sections: tuple[Section, ...]
    foot: tuple[Text, ...] = ()
    kind: Literal["page"] = "page"


@dataclass(frozen=True)
class CalendarEntry:
    """A day in a calendar. `title` may be seen by others; what it is about stands in `note`. One that was given before and
    is no more is `cancelled`.
    """

    id: str
    day: date
    title: Text
    note: Text
    cancelled: bool = False


@dataclass(frozen=True)
class Calendar:
    """Days for the person's own calendar (iCalendar, RFC 5545). A later `version` replaces what an earlier one says."""

    name: str
    entries: tuple[CalendarEntry, ...]
    version: int = 0
    kind: Literal["calendar"] = "calendar"


@dataclass(frozen=True)
class Data:
    """A JSON text, made already."""

    name: str
    json: str
    kind: Literal["data"] = "data"


Paper: TypeAlias = Annotated[Page | Calendar | Data, Field(discriminator="kind")]
