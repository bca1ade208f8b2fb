"""What a directory says, in the words of Open Referral, and the needs we look for in it.

A record keeps what a person, a matcher or a worker needs. Staff names are never read: a contact gives its phones only.
"""

from dataclasses import dataclass
from datetime import date

OFFERED = ("", "active")  # an empty status means "not said", which is common in older files


@dataclass(frozen=True)
class Place:
    """A point on the map and what people call it, the larger thing after a comma."""

    lat: float
    lon: float
    label: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names it goes by: its own, then the larger things it stands in."""
        return tuple(part for part in map(str.strip, self.label.split(",")) if part)


@dataclass(frozen=True)
class Phone:
    """A number to ring; `type` is voice, text, fax, textphone ... where the publisher says so."""

    number: str
    extension: str = ""
    type: str = ""
    description: str = ""


@dataclass(frozen=True)
class Language:
    """A language spoken. `code` is ISO 639, or empty for a name we do not know."""

    name: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Schedule:
    """Opening times: the pieces of a recurrence rule, and the text that many publishers write instead."""

    description: str = ""
    freq: str = ""
    interval: str = ""
    byday: str = ""
    bymonthday: str = ""
    byweekno: str = ""
    byyearday: str = ""
    wkst: str = ""
    count: str = ""
    timezone: str = ""
    opens_at: str = ""
    closes_at: str = ""
    dtstart: date | None = None
    until: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    attending_type: str = ""
    notes: str = ""


@dataclass(frozen=True)
class CostOption:
    """One price, such as 4 GBP a session."""

    option: str = ""
    amount: float | None = None
    currency: str = ""
    amount_description: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Term:
    """A category the publisher put a service in. `code` may be a CURIE such as esdServiceType:298."""

    taxonomy: str
    code: str
    name: str


@dataclass(frozen=True)
class Category:
    """A category as its publisher lists it, whether a service has it or not, and the one it stands below."""

    term: Term
    parent: Term | None = None


@dataclass(frozen=True)
class Extent:
    """The outline of an area that is served, as text; `type` is geojson, topojson, kml or text, or not said."""

    name: str = ""
    extent: str = ""
    type: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Address:
    """Where post or people go; `type` is physical, postal or virtual."""

    address_1: str = ""
    address_2: str = ""
    city: str = ""
    region: str = ""
    state_province: str = ""
    postal_code: str = ""
    country: str = ""
    type: str = ""


@dataclass(frozen=True)
class Location:
    """A place where a service is given, with the times and phones of the service there. No `place`: not on the map.

    `is_rough`: its place is only where others of its postcode or town are. Nobody is told how far it is.
    """

    id: str
    type: str = ""
    name: str = ""
    description: str = ""
    transportation: str = ""
    place: Place | None = None
    addresses: tuple[Address, ...] = ()
    accessibility: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    areas: tuple[str, ...] = ()
    extents: tuple[Extent, ...] = ()
    is_rough: bool = False


@dataclass(frozen=True)
class Organization:
    """Who gives a service."""

    id: str = ""
    name: str = ""
    alternate_name: str = ""
    description: str = ""
    url: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True)
class Service:
    """A community service as its publisher describes it. `id` is the publisher's, `key` our own, given by the store."""

    id: str
    name: str
    organization: Organization = Organization()
    alternate_name: str = ""
    description: str = ""
    url: str = ""
    email: str = ""
    status: str = ""
    alert: str = ""
    application_process: str = ""
    fees_description: str = ""
    eligibility_description: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    interpretation: str = ""
    wait_time: str = ""
    assured_date: date | None = None
    last_modified: date | None = None
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    areas: tuple[str, ...] = ()
    extents: tuple[Extent, ...] = ()
    languages: tuple[Language, ...] = ()
    costs: tuple[CostOption, ...] = ()
    documents: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    keywords: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    key: str = ""

    @property
    def offered(self) -> bool:
        """Say whether the publisher offers it now."""
        return self.status in OFFERED

    @property
    def checked(self) -> date | None:
        """Give the day somebody last vouched for this record; an edit will do where nobody says so."""
        return self.assured_date or self.last_modified

    @property
    def categories(self) -> tuple[str, ...]:
        """Give the names of its categories."""
        return tuple(term.name for term in self.terms)

    @property
    def filed_under(self) -> tuple[str, ...]:
        """Give all that its publisher puts it under: its categories, and words that are none."""
        return (*self.categories, *self.keywords)


@dataclass(frozen=True)
class TermRef:
    """A category of a public vocabulary, by name and by every code it has had; `label` is the text that people read."""

    name: str
    codes: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Need:
    """A need we can name, and how directories speak of it: `whom` are words for those who have it, which find nothing.

    `own` is the need itself as a category: what a coordinator's sheet puts a service in. Help with it is given `in_person`
    where one has to go for it, if it does not come to the home: nobody eats by telephone.
    """

    id: str
    label: str
    gravity: tuple[str, ...] = ()
    terms: tuple[TermRef, ...] = ()
    keywords: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    own: TermRef | None = None
    in_person: bool = False
