"""The columns of the coordinator's sheet: what each is called, what to write there, and two invented rows."""

import re
from dataclasses import dataclass

from rxbot.directory.formats import sheet_cells as cells
from rxbot.directory.stems import fold


@dataclass(frozen=True)
class Column:
    """A column: its name, the template's explanation, what else people call it, and how a cell is read."""

    name: str
    explained: str
    also: tuple[str, ...] = ()
    read: cells.Read = cells.text
    is_needed: bool = False
    wanted: str = ""


COLUMNS = (
    Column(
        "organization",
        "Who runs it. Must be filled in. This row is only an explanation and is skipped.",
        ("organisation", "provider", "organization name", "organisation name", "charity", "run by"),
        is_needed=True,
        wanted="who runs the service",
    ),
    Column(
        "service",
        "What it is called. Must be filled in.",
        ("service name", "name of service", "name", "activity", "group"),
        is_needed=True,
        wanted="what the service is called",
    ),
    Column("what it does", "In a few plain sentences; people read this.", ("description", "about", "what", "details")),
    Column("for whom", "In words, such as: Anyone who feels lonely.", ("eligibility", "who for", "who it is for", "audience")),
    Column("lowest age", "A number. Empty: no lowest age.", ("minimum age", "min age", "age from", "youngest"), cells.lowest_age),
    Column("highest age", "A number. Empty: no highest age.", ("maximum age", "max age", "age to", "oldest"), cells.highest_age),
    Column("languages", "Spoken there, with commas between.", ("language", "languages spoken"), cells.listed),
    Column(
        "area",
        "Where people must live to use it, or, without a latitude, where it is; semicolons between. Empty: anywhere.",
        ("areas", "service area", "area served", "areas served", "coverage"),
        cells.areas,
    ),
    Column("address", "House and street. Empty when it is by phone or online.", ("street", "address 1", "street address")),
    Column("town", "The town or city.", ("city", "town or city", "place")),
    Column("postcode", "The postcode or ZIP code.", ("post code", "postal code", "zip", "zip code"), cells.postcode),
    Column(
        "latitude",
        "Right-click the place on a web map and copy the first number, such as 53.4631. Without it, it is found by area only.",
        ("lat",),
        cells.latitude,
    ),
    Column("longitude", "The second number of the map, such as -2.2913.", ("lon", "lng", "long"), cells.longitude),
    Column(
        "phone",
        "With a space in it, or Excel takes the first 0 away. Semicolons between, when there are several.",
        ("telephone", "tel", "phone number", "telephone number", "phones"),
        cells.phones,
    ),
    Column("email", "For people who want to ask or join.", ("e-mail", "mail", "email address"), cells.email),
    Column("web page", "Such as https://example.org.", ("website", "web site", "web", "url", "link"), cells.web_page),
    Column(
        "opening times",
        "Such as: Mondays, 10am to noon; Fridays, 2pm to 4pm.",
        ("opening hours", "hours", "times", "when"),
        cells.opening_times,
    ),
    Column("cost", "In words, such as: Free, or: 2 pounds a visit.", ("price", "fees", "fee", "costs"), cells.cost),
    Column(
        "how to get in", "Such as: Just come. Or: Phone first. Or: By a GP's referral.", ("how to join", "referral", "access")
    ),
    Column(
        "needs",
        "What it helps with, one or more of these with semicolons between:",
        ("need", "categories", "category", "topics"),
    ),
    Column(
        "last checked",
        "The day somebody last made sure that all this is right, with the month as a word: 25 March 2026.",
        ("checked", "checked on", "last updated", "date checked"),
        cells.day,
    ),
    Column("id", "Leave it empty, or write a number of your own and never change it.", ("service id", "reference")),
)

EXAMPLES = (
    {
        "organization": "Example: Lantern Street Community House",
        "service": "Example: Soup and company",
        "what it does": "A hot lunch at one long table. Stay as long as you like, or take it home.",
        "for whom": "Anyone who would like a meal or some company.",
        "languages": "English, Polish",
        "address": "12 Lantern Street",
        "town": "Kittersea",
        "postcode": "QM1 4AA",
        "latitude": "53.0712",
        "longitude": "0.4187",
        "phone": "01632 960101",
        "email": "lunch@example.org",
        "web page": "https://example.org/lunch",
        "opening times": "Tuesdays and Fridays, noon to 2pm",
        "cost": "Free",
        "how to get in": "Just come.",
        "needs": "food; social connection",
        "last checked": "25 March 2026",
    },
    {
        "organization": "Example: Harbour Advice",
        "service": "Example: Debt advice by phone",
        "what it does": "We go through your letters with you and make a plan.",
        "for whom": "Anyone with debts who lives in Kittersea or Eastmarch.",
        "lowest age": "18",
        "languages": "English, Arabic",
        "area": "Kittersea; Eastmarch",
        "phone": "01632 960102",
        "email": "advice@example.org",
        "opening times": "Monday to Friday, 9am to 5pm",
        "cost": "Free",
        "how to get in": "Phone first. No referral needed.",
        "needs": "money benefits",
        "last checked": "25 March 2026",
    },
)
"""Rows to write over. Streets, people and numbers are invented."""


def column_called(header: str) -> Column | None:
    """Give the column of this name, however it is spaced and written."""
    return BY_NAME.get(_bare(header))


def _bare(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(header))


BY_NAME = {_bare(name): column for column in COLUMNS for name in (column.name, *column.also)}
