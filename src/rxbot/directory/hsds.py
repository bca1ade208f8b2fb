"""Read services out of HSDS 3.x JSON, as real files write it.

Every shape a publisher uses is unwrapped: one service, a list, a page of an API, organizations that nest services.
No wrong value raises; what cannot be read is taken as unknown and counted.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from hashlib import sha256
from html import unescape
from math import isfinite, nan
from typing import Any, NamedTuple, TypeVar

from rxbot.directory.categories import Categories
from rxbot.directory.defects import Defect, Defects
from rxbot.directory.languages import interpretation_in, read_languages
from rxbot.directory.model import (
    Address,
    Category,
    CostOption,
    Extent,
    Language,
    Location,
    Organization,
    Phone,
    Place,
    Schedule,
    Service,
    Term,
)
from rxbot.directory.organizations import as_one, under_two_names

PAGE_OF = ("contents", "content", "items", "results", "data")
SAYS_SERVICE = {
    "id", "name", "alternate_name", "description", "status", "organization", "organization_id", "service_at_locations",
    "attributes",
}  # fmt: skip
"""Fields of which a service has at least one; other kinds of page have none."""
ONLY_ORGANIZATION = {
    "legal_status",
    "organization_identifiers",
    "year_incorporated",
    "tax_status",
    "tax_id",
    "programs",
    "website",
}
ONLY_TERM = {"code", "taxonomy", "taxonomy_id", "taxonomy_detail", "parent_id", "term_uri"}
NO_TERM = {
    "status", "organization", "organization_id", "service_at_locations", "phones", "schedules", "languages", "url", "email",
    "fees", "fees_description", "eligibility_description", "application_process", "$schema",
}  # fmt: skip
OF_OUR_OWN = (Term("", "", "keyword"), Term("", "", "intended audience"))
"""What our own exports put free words in, for in tables each has to be in a category: it is none of the publisher's."""
STATUSES = ("", "active", "inactive", "defunct", "temporarily closed")
AUDIENCE = ("target group", "target population", "eligibility", "intended audience", "audience")
OLDEST = 130
WHERE = "@where"
"""The key under which a nested record may say where it stands itself, such as "locations.csv:12"."""
FITTED = "rxbot export"
"""Who has changed a field, in the notes that our own exports make where a value had to be written otherwise."""
T = TypeVar("T")
WORDLIKE = r"[!#-%'-;=?-\[\]-~\xa1-\u167f–—‘’“”•]++"
PLAIN = re.compile(rf"{WORDLIKE}(?:(?: |\n+){WORDLIKE})*+")
"""What stands as it is: the usual signs, with a blank or line ends between words. Anything else is looked at more closely."""
is_plain = PLAIN.fullmatch
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
IN_A_LINE = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|u)(?:\s[^<>]*)?>", re.IGNORECASE)
"""Marks that put no blank between words: "<b>Mondays</b>." is one word and a full stop."""
PROGRAM = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""What is for a browser alone: nobody reads what stands in it."""
NO_TEXT = (bool, list, dict)
LONGEST, LONGEST_OUTLINE = 20_000, 5_000_000
"""Letters of a text, three times the longest that is known, and of an outline on the map: every rule reads the whole of it."""
NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True)
class Listing:
    """The services of a list, what is wrong with it, where each service stands, by its id, and all categories it names."""

    services: tuple[Service, ...]
    defects: tuple[Defect, ...]
    places: Mapping[str, str]
    categories: tuple[Category, ...] = ()


def read_services(
    pages: Iterable[tuple[str, object]], defects: Defects | None = None
) -> tuple[tuple[Service, ...], tuple[Defect, ...]]:
    """Read every service of these (where, page) pairs, and say what was wrong with them and with what was read before."""
    listing = read_listing(pages, defects)
    return listing.services, listing.defects


def read_listing(pages: Iterable[tuple[str, object]], defects: Defects | None = None) -> Listing:
    """Read the same, and keep where each service stands."""
    defects = Defects() if defects is None else defects
    services: dict[str, Service] = {}
    places: dict[str, str] = {}
    shared = Shared()
    for where, page in pages:
        for raw in told(where, page, defects):
            service = None if is_category(raw.page) else _service(raw, shared)
            if is_category(raw.page):
                shared.category(raw)
            elif service and service.id in services:
                raw.wrong("repeated_id")
            elif service:
                services[service.id], places[service.id] = service, raw.where
    for service in under_two_names(services.values()):
        defects.count("organization_renamed", places[service.id])
    for service, said_else in as_one(tuple(services.values())):
        services[service.id] = service
        if said_else:
            defects.count("organization_differs", places[service.id])
    categories = shared.categories.all(defects)
    if services and not any(service.offered for service in services.values()):
        for where in (*defects.places("not_active"), *defects.places("unknown_status")):
            defects.count("none_active", where)
    return Listing(tuple(services.values()), defects.listing(), places, categories)


class Raw(NamedTuple):
    """A record as published. Gives its fields as the kinds of value we need and counts whatever is not so."""

    page: Mapping[str, object]
    where: str
    defects: Defects

    def wrong(self, code: str) -> None:
        """Count a defect here."""
        self.defects.count(code, self.where)

    def text(self, name: str, longest: int = LONGEST) -> str:
        """Give a field as plain text, without markup and outer blanks, and cut where it is longer than any."""
        text = self.page.get(name)
        if text is None or text == "":
            return ""
        if not isinstance(text, str):
            if isinstance(text, NO_TEXT):
                self.wrong("wrong_type")
                return ""
            text = str(text)
        if len(text) > longest:
            self.wrong("huge_field")
            text = text[:longest]
        if text.isalnum() or is_plain(text):  # most are: numbers, times, names
            return text
        if "<" in text and TAG.search(text):
            self.wrong("markup")
        if CONTROL.search(text):
            self.wrong("control_character")
        return _plain(text)

    def number(self, name: str) -> float | None:
        """Give a field as a number; digits in quotes will do."""
        text = self.text(name)
        try:
            value = float(text) if text else None
        except ValueError:
            value = nan
        if value is not None and not isfinite(value):
            self.defects.count("not_a_number", self.where, name)
            return None
        return value

    def day(self, name: str) -> date | None:
        """Give a field as a date; a time after it is not needed."""
        value = self.text(name)
        try:
            return date.fromisoformat(value[:10]) if value else None
        except ValueError:
            self.wrong("not_a_date")
            return None

    def one(self, name: str) -> "Raw":
        """Give the record in this field, empty when there is none."""
        value = self.page.get(name)
        if value is not None and not isinstance(value, dict):
            self.wrong("wrong_type")
        return self._nested(value) if isinstance(value, dict) else Raw(NOTHING, self.where, self.defects)

    def many(self, name: str) -> list["Raw"]:
        """Give the records listed in this field; one record alone is a list of one."""
        value = self.page.get(name)
        if value is None:
            return []
        rows = value if isinstance(value, list) else [value]
        found = [self._nested(row) for row in rows if isinstance(row, dict)]
        if len(found) < len(rows):
            self.wrong("wrong_type")
        return found

    def _nested(self, row: Mapping[str, object]) -> "Raw":
        return Raw(as_published(row) if "metadata" in row else row, str(row.get(WHERE, self.where)), self.defects)


class Shared:
    """Reads a page that many records share once, such as that of a category or a provider in tables.

    It says where it stands itself, so that what is wrong with it is wrong there alone.
    """

    def __init__(self) -> None:
        self.categories = Categories()
        self._known: dict[int, tuple[Mapping[str, object], Any]] = {}

    def category(self, raw: Raw) -> Term | None:
        """Read a category, and remember what it stands below."""
        term = _term(raw)
        if term and term not in OF_OUR_OWN:
            self.categories.note(raw.text("id"), term, raw.text("parent_id"), raw.where)
        return term

    def once(self, raw: Raw, read: Callable[[Raw], T]) -> T:
        """Read it, or give what was read of it before."""
        if WHERE not in raw.page:
            return read(raw)
        if (known := self._known.get(id(raw.page))) is None:
            known = self._known[id(raw.page)] = raw.page, read(raw)  # no other page has its id while it is kept
        found: T = known[1]
        return found


def as_published(page: Mapping[str, object]) -> Mapping[str, object]:
    """Put back what its publisher wrote, in a record of which our export has noted that it had to be made to fit."""
    notes = page.get("metadata")
    if not isinstance(notes, list):
        return page
    ours = (note for note in notes if isinstance(note, Mapping) and note.get("updated_by") == FITTED)
    return {**page, **{str(note.get("field_name", "")): note.get("previous_value", "") for note in ours}}


def plain(text: str) -> str:
    """Take out markup, written-out line ends, outer blanks and what no database can hold."""
    return text if is_plain(text) else _plain(text)


@lru_cache(maxsize=1024)  # a provider's description comes again with each of its services
def _plain(text: str) -> str:
    """Go on until nothing is left to take out: some publishers write "&amp;amp;lt;", and what was read can be read again."""
    while (plainer := _plainer(text)) != text:
        text = plainer
        if is_plain(text):
            break
    return text


def _plainer(text: str) -> str:
    legible = CONTROL.sub("", unescape(text).encode(errors="replace").decode())
    bare = (
        TAG.sub(" ", IN_A_LINE.sub("", PROGRAM.sub(" ", legible)) if "<" in legible else legible)
        .replace("\\n", "\n")
        .replace("\r", "")
        .strip()
    )
    return "\n".join(" ".join(line.split()) for line in _unquoted(bare).split("\n")).strip()


def _unquoted(text: str) -> str:
    """Take off the quotation marks around a text; those of words in it stay."""
    bare = text.strip('"')
    return text if '"' in bare else bare


def records(where: str, page: object, defects: Defects) -> Iterator[Raw]:
    """Give the services of a page, whatever it is wrapped in, each with its organization nested."""
    return (raw for raw in told(where, page, defects) if not is_category(raw.page))


def is_category(page: Mapping[str, object]) -> bool:
    """Say whether a record is a category in a list of its own, and no service."""
    return bool(ONLY_TERM & page.keys()) and not NO_TERM & page.keys()


def told(where: str, page: object, defects: Defects) -> Iterator[Raw]:
    """Give the services and categories of a page."""
    if isinstance(page, list):
        for number, item in enumerate(page, 1):
            yield from told(f"{where} item {number}", item, defects)
    elif not isinstance(page, Mapping):
        defects.count("not_a_record", where)
    elif (rows := next((page[key] for key in PAGE_OF if isinstance(page.get(key), list)), None)) is not None:
        yield from told(where, rows, defects)
    elif isinstance(page.get("services"), list):
        yield from told(where, list(_with_organization(page)), defects)
    elif ONLY_ORGANIZATION & page.keys() and "status" not in page:
        defects.count("no_services", where)
    elif "$schema" in page or ("name" not in page and "location" in page) or not SAYS_SERVICE & page.keys():
        defects.count("not_a_service", where)
    else:
        yield Raw(as_published(page), where, defects)


def _with_organization(page: Mapping[str, object]) -> Iterator[object]:
    """Give the services nested in an organization, each naming it."""
    organization = {key: value for key, value in page.items() if key != "services"}
    rows = page["services"]
    for row in rows if isinstance(rows, list) else ():
        yield {"organization": organization, **row} if isinstance(row, Mapping) else row


def _service(raw: Raw, shared: Shared) -> Service | None:
    organization = _organization(raw, shared)
    name = raw.text("name") or organization.name
    if not name:
        raw.wrong("no_name")
        return None
    if not organization.name:
        raw.wrong("organization_unknown" if organization.id else "no_organization")
    if raw.page.get("capacities"):
        raw.wrong("capacity_not_read")
    languages = raw.many("languages")
    low, high = _ages(raw)
    attributes = [shared.once(row, partial(_attribute, shared)) for row in raw.many("attributes")]
    return Service(
        id=raw.text("id") or _made_id(raw, organization.name, name),
        name=name,
        organization=organization,
        alternate_name=raw.text("alternate_name"),
        description=raw.text("description"),
        url=raw.text("url"),
        email=raw.text("email"),
        status=_status(raw),
        alert=raw.text("alert"),
        application_process=raw.text("application_process"),
        fees_description=raw.text("fees_description") or raw.text("fees"),
        eligibility_description=raw.text("eligibility_description"),
        minimum_age=low,
        maximum_age=high,
        interpretation="; ".join(filter(None, (raw.text("interpretation_services"), *map(_interpretation, languages)))),
        wait_time=raw.text("wait_time"),
        assured_date=raw.day("assured_date"),
        last_modified=raw.day("last_modified"),
        phones=_phones(raw),
        schedules=_schedules(raw),
        areas=_areas(raw),
        extents=_extents(raw),
        languages=_languages(raw),
        costs=tuple(map(_cost, raw.many("cost_options"))),
        documents=_texts(raw.many("required_documents"), "document"),
        terms=_distinct(one.term for one in attributes if one.term),
        keywords=_distinct(one.keyword for one in attributes if one.keyword),
        audience=_distinct(one.audience for one in attributes if one.audience),
        locations=tuple(map(_location, raw.many("service_at_locations"))),
    )


def _made_id(raw: Raw, organization: str, name: str) -> str:
    raw.wrong("no_id")
    return made_id(organization, name)


def made_id(*names: str) -> str:
    """Make an id for a record that has none, the same as long as what names it stays the same."""
    return sha256("\n".join(names).encode(errors="replace")).hexdigest()[:32]


def _status(raw: Raw) -> str:
    status = raw.text("status").casefold()
    if status not in STATUSES:
        raw.wrong("unknown_status")
    elif status not in ("", "active"):
        raw.wrong("not_active")
    return status


def _ages(raw: Raw) -> tuple[float | None, float | None]:
    low, high = _age(raw, "minimum_age"), _age(raw, "maximum_age") or None  # a highest age of 0 is an empty field
    if low is not None and high is not None and low > high:
        raw.wrong("ages_crossed")
        return None, None
    return low, high


def _age(raw: Raw, name: str) -> float | None:
    age = raw.number(name)
    if age is not None and not 0 <= age <= OLDEST:
        raw.wrong("age_out_of_range")
        return None
    return age


def _organization(raw: Raw, shared: Shared) -> Organization:
    found = shared.once(raw.one("organization"), _provider)
    return found if found.id else replace(found, id=raw.text("organization_id"))


def _provider(page: Raw) -> Organization:
    _tell_of_attributes(page)
    return Organization(
        id=page.text("id"),
        name=page.text("name"),
        alternate_name=page.text("alternate_name"),
        description=page.text("description"),
        url=page.text("website") or page.text("url"),
        email=page.text("email"),
        phones=_phones(page),
    )


def _location(at: Raw) -> Location:
    """Read a location together with what is said of the service there."""
    raw = at.one("location")
    _tell_of_attributes(raw)
    _tell_of_attributes(at)
    accessibility = raw.many("accessibility")
    return Location(
        id=raw.text("id") or at.text("location_id"),
        type=raw.text("location_type"),
        name=raw.text("name"),
        description=at.text("description") or raw.text("description"),
        transportation=raw.text("transportation"),
        place=place_of(raw),
        addresses=tuple(map(_address, raw.many("addresses"))),
        accessibility=_texts(accessibility, "description") + _texts(accessibility, "details"),
        languages=_languages(raw),
        phones=_distinct(_phones(at) + _phones(raw)),
        schedules=_schedules(at) or _schedules(raw),
        areas=_areas(at),
        extents=_extents(at),
    )


def _tell_of_attributes(raw: Raw) -> None:
    """Count categories that are said of something else than a service."""
    if raw.page.get("attributes"):
        raw.wrong("attributes_not_read")


def place_of(raw: Raw) -> Place | None:
    """Give the point of a location, where it has one that can be."""
    lat, lon = raw.number("latitude"), raw.number("longitude")
    if lat is None or lon is None:
        if raw.text("location_type") != "virtual":
            raw.wrong("no_coordinates")
        return None
    if (lat, lon) == (0, 0):
        raw.wrong("zero_zero")
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        raw.wrong("off_the_map")
        return None
    return Place(lat, lon, raw.text("name"))


def _address(raw: Raw) -> Address:
    names = ("address_1", "address_2", "city", "region", "state_province", "postal_code", "country")
    return Address(**{name: raw.text(name) for name in names if name in raw.page}, type=raw.text("address_type"))


def _phones(raw: Raw) -> tuple[Phone, ...]:
    """Read the phones here and those of contacts, whose names are left behind."""
    if "phones" not in raw.page and "contacts" not in raw.page:
        return ()
    rows = [*raw.many("phones"), *(phone for contact in raw.many("contacts") for phone in contact.many("phones"))]
    return _distinct(phone for row in rows if (phone := _phone(row)))


def _phone(raw: Raw) -> Phone | None:
    if not (number := raw.text("number")):
        raw.wrong("phone_without_number")
        return None
    return Phone(number, raw.text("extension"), raw.text("type"), raw.text("description"))


def _schedules(raw: Raw) -> tuple[Schedule, ...]:
    return _distinct(map(_schedule, raw.many("schedules")))


def _schedule(raw: Raw) -> Schedule:
    texts = (
        "description", "freq", "interval", "byday", "bymonthday", "byweekno", "byyearday", "wkst", "count", "timezone",
        "opens_at", "closes_at", "attending_type", "notes",
    )  # fmt: skip
    said = {name: raw.text(name) for name in texts if name in raw.page}
    days = {name: raw.day(name) for name in ("dtstart", "until", "valid_from", "valid_to") if name in raw.page}
    return Schedule(**said, **days)  # type: ignore[arg-type]


def _cost(raw: Raw) -> CostOption:
    return CostOption(
        raw.text("option"),
        raw.number("amount"),
        raw.text("currency").upper(),
        raw.text("amount_description"),
        raw.day("valid_from"),
        raw.day("valid_to"),
    )


def _languages(raw: Raw) -> tuple[Language, ...]:
    found: list[Language] = []
    for row in raw.many("languages"):
        languages = _languages_of(row.text("name"), row.text("code"), row.text("note"))
        if not languages and not _interpretation(row):
            row.wrong("language_without_name")
        if not all(language.code for language in languages):
            row.wrong("unknown_language")
        found += languages
    return _distinct(found)


@lru_cache(maxsize=4096)
def _languages_of(name: str, code: str, note: str) -> tuple[Language, ...]:
    return tuple(read_languages(name, code, note))


def _interpretation(row: Raw) -> str:
    return "" if row.text("code") else _interpretation_in(row.text("name"))


_interpretation_in = lru_cache(maxsize=4096)(interpretation_in)


def _areas(raw: Raw) -> tuple[str, ...]:
    return tuple(filter(None, (row.text("name") or row.text("description") for row in raw.many("service_areas"))))


def _extents(raw: Raw) -> tuple[Extent, ...]:
    found = (_extent(row) for row in raw.many("service_areas"))
    return tuple(extent for extent in found if extent.extent or extent.uri)


def _extent(raw: Raw) -> Extent:
    """Read an outline; it stands there as text, or as the object itself."""
    drawn = raw.page.get("extent")
    extent = json.dumps(drawn, separators=(",", ":")) if isinstance(drawn, Mapping) else raw.text("extent", LONGEST_OUTLINE)
    return Extent(raw.text("name"), extent, raw.text("extent_type").casefold(), raw.text("uri"))


class Attribute(NamedTuple):
    """One of these: a category, a free keyword, or whom the service is for."""

    term: Term | None = None
    keyword: str = ""
    audience: str = ""


def _attribute(shared: Shared, row: Raw) -> Attribute:
    """Tell what an attribute is. In tables a word of the publisher's own has to name a category all the same."""
    said = (row.text("label") or row.text("link_type")).casefold()
    if said in AUDIENCE:
        return Attribute(audience=row.text("value") or row.one("taxonomy_term").text("name"))
    if not row.page.get("taxonomy_term") or (said == "keyword" and row.text("value")):
        return Attribute(keyword=row.text("value"))
    return Attribute(term=shared.category(row.one("taxonomy_term")))


def _term(raw: Raw) -> Term | None:
    taxonomy = raw.text("taxonomy") or raw.one("taxonomy_detail").text("name")
    term = Term(taxonomy, raw.text("code"), raw.text("name"))
    if not (term.code or term.name):
        raw.wrong("term_without_name")
        return None
    return term


def _texts(rows: Iterable[Raw], name: str) -> tuple[str, ...]:
    return tuple(filter(None, (row.text(name) for row in rows)))


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    """Rows are the same when they say the same: ids of rows repeat in real files, or are missing."""
    found = tuple(values)
    return tuple(dict.fromkeys(found)) if len(found) > 1 else found
