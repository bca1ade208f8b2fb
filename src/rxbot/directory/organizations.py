"""Let an organization be one, though records say different things of it under one id: many give a branch's website for its own.

What a record says otherwise is kept with the service, as far as it has a place there: its page, the address to write to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from rxbot.directory.model import Organization, Phone, Service

Named: TypeAlias = tuple[str, str]
"""An id and a name. An id under two names is not taken for one organization: nobody can say which is meant."""


def as_one(services: Iterable[Service]) -> Iterator[tuple[Service, bool]]:
    """Give each service with what holds of its organization, and whether its own record said something else."""
    some = tuple(services)
    said: dict[Named, Counter[Organization]] = defaultdict(Counter)
    for service in some:
        said[_named(service.organization)][service.organization] += 1
    one_of = {named: _together(found) for named, found in said.items() if len(found) > 1 and all(named)}
    for service in some:
        one = one_of.get(_named(service.organization))
        yield (_given_by(service, one), _says_else(service.organization, one)) if one else (service, False)


def under_two_names(services: Iterable[Service]) -> Iterator[Service]:
    """Give each service whose organization has another name than the first had with this id."""
    first: dict[str, str] = {}
    for service in services:
        id, name = _named(service.organization)
        if id and name and first.setdefault(id, name) != name:
            yield service


def _named(organization: Organization) -> Named:
    return organization.id, " ".join(organization.name.casefold().split())


def _together(said: Mapping[Organization, int]) -> Organization:
    """Take of each field what most records say: of as many, the shortest, so that their order in the file says nothing."""

    def texts(name: str) -> str:
        found = Counter[str]()
        for one, times in said.items():
            found[getattr(one, name)] += times
        return min((text for text in found if text), key=lambda text: (-found[text], len(text), text), default="")

    phones = Counter[tuple[Phone, ...]]()
    for one, times in said.items():
        phones[one.phones] += times
    most = min(filter(None, phones), key=lambda some: (-phones[some], -len(some), repr(some)), default=())
    fields = {name: texts(name) for name in ("name", "alternate_name", "description", "url", "email")}
    return Organization(id=next(iter(said)).id, phones=most, **fields)


def _given_by(service: Service, one: Organization) -> Service:
    """Put an organization in the place of what a record says; a website or address that is another goes with the service."""
    own = service.organization
    url = service.url or (own.url if own.url != one.url else "")
    email = service.email or (own.email if own.email != one.email else "")
    return replace(service, organization=one, url=url, email=email)


def _says_else(own: Organization, one: Organization) -> bool:
    """Say whether a record said something else; that it said less is nothing wrong."""
    names = ("alternate_name", "description", "url", "email", "phones")
    return any(getattr(own, name) not in ("", (), getattr(one, name)) for name in names)
