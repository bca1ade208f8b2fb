"""What a search through the index is put beside: looking at everything there is, and what one would write first.

The two that are timed do less than a match: a category that fits counts two, each kilometre takes a tenth off, and of the
rules they know ages and languages only. They give the keys of five services, without a reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import cos, radians

from rarities import rarity_among
from sqlalchemy import Index, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from rxbot.directory.candidate import Candidate
from rxbot.directory.grid import DEGREE_KM, km_between
from rxbot.directory.index import Rarity
from rxbot.directory.match import Match
from rxbot.directory.model import Place, Service
from rxbot.directory.rank import rank
from rxbot.directory.reasons import Reason
from rxbot.directory.search import Search
from rxbot.directory.showing import in_reach_or_further
from rxbot.store.directory_rows import service_key
from rxbot.store.unit import Unit


class Base(DeclarativeBase):
    """Tables of the benchmark only."""


class PeerService(Base):
    """A service as a plain table has it."""

    __tablename__ = "peer_service"
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    terms: Mapped[str]
    languages: Mapped[str] = mapped_column(String)
    minimum_age: Mapped[float | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    __table_args__ = (Index("ix_peer_service_place", "lat", "lon"),)


def peer_rows(services: Iterable[Service]) -> list[dict[str, object]]:
    """Give the rows of these services."""
    return [_peer_row(service) for service in services]


def _peer_row(service: Service) -> dict[str, object]:
    place = next((location.place for location in service.locations), None)
    return {
        "key": service.key,
        "name": service.name,
        "terms": "|".join(term.name for term in service.terms),
        "languages": "|".join(language.code for language in service.languages),
        "minimum_age": service.minimum_age,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }


def loaded(unit: Unit, search: Search) -> list[str]:
    """Load every service and look at each."""
    with Session(unit.connection) as session:
        return _five(search, session.scalars(select(PeerService)))


def within_reach(unit: Unit, search: Search) -> list[str]:
    """Let the database give what lies in a box around a place, by an index, and look at that."""
    assert search.place
    up = search.reach_km / DEGREE_KM
    across = up / cos(radians(search.place.lat))
    box = (
        PeerService.lat.between(search.place.lat - up, search.place.lat + up),
        PeerService.lon.between(search.place.lon - across, search.place.lon + across),
    )
    return _five(search, unit.execute(select(PeerService.__table__).where(*box)))


def _five(search: Search, rows: Iterable[PeerService]) -> list[str]:
    wanted = {term.name for need in search.needs for term in need.terms}
    scored = ((score, row.key) for row in rows if (score := _score(search, wanted, row)) is not None)
    return [key for _, key in nlargest(search.limit, scored)]


def _score(search: Search, wanted: set[str], row: PeerService) -> float | None:
    if wanted.isdisjoint(row.terms.split("|")) or row.lat is None or row.lon is None or search.place is None:
        return None
    km = km_between(search.place, Place(row.lat, row.lon))
    if km > search.reach_km or (search.age and row.minimum_age and search.age[1] < row.minimum_age):
        return None
    speaks = not search.language or not row.languages or search.language in row.languages.split("|")
    return 2.0 - 0.1 * km - (0 if speaks else 1)


@dataclass(frozen=True)
class Everything:
    """Every service that is offered, at each of its places, and how telling each key is among them."""

    candidates: tuple[Candidate, ...]
    rare: Rarity

    @classmethod
    def of(cls, feeds: Iterable[tuple[str, Sequence[Service]]]) -> "Everything":
        """Read the services of these publishers."""
        keyed = (replace(one, key=service_key(publisher, one.id)) for publisher, services in feeds for one in services)
        found = [Candidate.all_of(service) for service in keyed if service.offered]
        return cls(tuple(spot for spots in found for spot in spots), rarity_among(spots[0].hits for spots in found))

    def find(self, search: Search) -> tuple[Match, ...]:
        """Give the best services, having weighed each."""
        return tuple(in_reach_or_further(search, lambda one: rank(one, self.candidates, self.rare)))


def shown(matches: Sequence[Match]) -> list[tuple[str, float | None, tuple[Reason, ...]]]:
    """Give what people see of them."""
    return [(match.service.key, match.distance_km, match.reasons) for match in matches]
