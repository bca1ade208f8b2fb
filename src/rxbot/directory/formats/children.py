"""The rows that hang on services, locations and organizations: what each is called, what it may hang on, how it is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rxbot.directory.defects import Defects
from rxbot.directory.formats.known_records import AT
from rxbot.directory.formats.schedules import holiday, schedule
from rxbot.directory.formats.tables import Row
from rxbot.directory.hsds import WHERE

Page = dict[str, object]
EXTENSION = re.compile(r"\s+(?:x|ext).*", re.IGNORECASE)
PHONE_NUMBER = re.compile(r"[-+()./\s\w]+")
DIGITS = range(7, 16)  # letters count, as in (800) 370-LEAD; 15 is the most a number may have in the world
NOT_DIGIT = re.compile(r"\W|_")


@dataclass(frozen=True)
class Child:
    """A table whose rows hang on others. `nearest` names the kinds of record it may hang on, the most telling first."""

    table: str
    key: str
    nearest: tuple[str, ...]
    read: Callable[[Row, Defects], Page]
    kind: str = ""


def _as_it_is(row: Row, _: Defects) -> Page:
    return {**row.fields, WHERE: row.where}


def _phone(row: Row, defects: Defects) -> Page:
    number = EXTENSION.sub("", row.fields.get("number", "").strip('"'))
    if number and not (PHONE_NUMBER.fullmatch(number) and len(NOT_DIGIT.sub("", number)) in DIGITS):
        defects.count("odd_phone", row.where)
    return _as_it_is(row, defects)


def _contact(row: Row, defects: Defects) -> Page:
    """Read the phone alone: names and mailboxes of staff stay behind. Older packages put the number into the contact."""
    area, number = row.fields.get("phone_areacode", ""), row.fields.get("phone_number", "")
    digits = len(NOT_DIGIT.sub("", number))
    if not number:
        return {WHERE: row.where}
    if digits < (6 if area else 7):
        defects.count("broken_phone", row.where)
        return {WHERE: row.where}
    phone = {"number": f"{area} {number}".strip(), "extension": row.fields.get("phone_extension", ""), WHERE: row.where}
    return {"phones": [phone], WHERE: row.where}


def _address(kind: str) -> Callable[[Row, Defects], Page]:
    def read(row: Row, _: Defects) -> Page:
        said = row.fields
        more = ", ".join(filter(None, (said.get(f"address_{number}") for number in (2, 3, 4))))
        return {**said, "address_2": more, "address_type": said.get("address_type") or kind, WHERE: row.where}

    return read


CHILDREN = (
    Child("languages", "languages", ("service", "location", "phone"), _as_it_is),
    Child("phones", "phones", (AT, "service", "location", "organization", "contact"), _phone, "phone"),
    Child("contacts", "contacts", (AT, "service", "location", "organization"), _contact, "contact"),
    Child("schedules", "schedules", (AT, "service", "location"), schedule),
    Child("regular_schedules", "schedules", (AT, "service", "location"), schedule),
    Child("holiday_schedules", "schedules", (AT, "service", "location"), holiday),
    Child("addresses", "addresses", ("location",), _address("")),
    Child("physical_addresses", "addresses", ("location",), _address("physical")),
    Child("postal_addresses", "addresses", ("location",), _address("postal")),
    Child("accessibility", "accessibility", ("location",), _as_it_is),
    Child("service_areas", "service_areas", (AT, "service"), _as_it_is),
    Child("cost_options", "cost_options", ("service",), _as_it_is),
    Child("required_documents", "required_documents", ("service",), _as_it_is),
    Child("eligibility", "eligibility", ("service",), _as_it_is),
    Child("capacities", "capacities", ("service",), _as_it_is),
)
"""In the order in which they hang on each other: a language on a phone, a phone on a contact."""


def merged(page: Page, more: Mapping[str, list[Page]]) -> Page:
    """Give a record with what hangs on it."""
    lists = {key: [*own, *rows] if isinstance(own := page.get(key), list) else rows for key, rows in more.items()}
    return {**page, **lists}
