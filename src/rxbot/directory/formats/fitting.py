"""Make values fit the closed lists and types of HSDS 3.1: what a publisher wrote otherwise is written as the standard has it.

What cannot be written so is left empty. Each rule is named for what it gives, and gives what fits already as it is.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from rxbot.directory.formats.schedules import stands_as_rule
from rxbot.directory.formats.times import read_times
from rxbot.directory.rules.recurrence import DAYS

Value = str | int | float
Fit = Callable[[str], Value]
URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.ASCII | re.IGNORECASE)
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#][^\s<>\"{}|\\^`]*)?", re.IGNORECASE)
MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
UNSAFE_BUT_SAID = ":/?#[]@!$&'()*+,;=%~"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
PLACES = ("physical", "postal", "virtual")


def uri(text: str) -> str:
    """Give an address of the web as a URI; one without its scheme gets it."""
    said = f"https://{text}" if HOST.fullmatch(text) else text
    return quote(said, safe=UNSAFE_BUT_SAID) if URI.fullmatch(said) else ""


def mailbox(text: str) -> str:
    """Give an e-mail address: of several the first."""
    found = MAILBOX.search(text)
    return found[0] if found else ""


def number(text: str) -> Value:
    """Give what is written as a whole number as one."""
    return int(text) if re.fullmatch(r"-?(?:0|[1-9]\d{0,8})", text, re.ASCII) else ""


def status(text: str) -> Value:
    """Give whether a service is active. Nothing said means that it is offered; a word that nobody knows, that it is not."""
    return one_of(*STATUSES, otherwise="inactive")(text) if text else "active"


def one_of(*allowed: str, otherwise: str = "") -> Fit:
    """Give what stands in a closed list, however it is capitalized."""
    spelled = {one.casefold(): one for one in allowed}
    return lambda text: spelled.get(text.casefold(), otherwise)


FITS: Mapping[tuple[str, str], Fit] = {
    ("organization", "website"): uri,
    ("organization", "email"): mailbox,
    ("service", "url"): uri,
    ("service", "email"): mailbox,
    ("service", "status"): status,
    ("location", "location_type"): one_of(*PLACES, otherwise="physical"),
    ("address", "address_type"): one_of(*PLACES, otherwise="physical"),
    ("phone", "extension"): number,
    ("schedule", "timezone"): number,
    ("schedule", "count"): number,
    ("schedule", "interval"): number,
    ("schedule", "freq"): one_of("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): one_of(*DAYS),
}


def fit(kind: str, said: Mapping[str, Value]) -> dict[str, Value]:
    """Give the fields of a record as the standard has them."""
    said = {**said, **_times(said)} if kind == "schedule" else said
    said = {**said, "name": said["name"] or said["code"]} if kind == "taxonomy_term" else said
    return {name: FITS[kind, name](str(value)) if (kind, name) in FITS else value for name, value in said.items()}


def _times(said: Mapping[str, Value]) -> dict[str, str]:
    """Give days and times that are written as people write them as a rule has them, or as words where they cannot be read."""
    text = {name: str(value) for name, value in said.items()}
    if text["freq"].casefold() == "daily" and not text["byday"] and text["interval"] in ("", "1"):
        text |= {"freq": "WEEKLY", "byday": ",".join(DAYS)}
    if not stands_as_rule(text):
        read = read_times(text["byday"], text["opens_at"], text["closes_at"])
        times = {name: getattr(read, name) for name in ("byday", "opens_at", "closes_at")}
        text |= {**times, "freq": text["freq"] or read.freq, "description": text["description"] or read.said}
    return {name: text[name] for name in ("freq", "byday", "opens_at", "closes_at", "description")}
