"""Write a publisher's services into the store, so that the store says what the newest feed says and nothing is lost.

A feed is the publisher's whole list: what is new is added, what changed is replaced, what is gone is retired but kept,
for the sake of the people who were sent there.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, insert, select, update

from rxbot.directory.gazetteer import known_places, middle
from rxbot.directory.model import Place, Service
from rxbot.errors import FeedWrong
from rxbot.store.directory_tables import directory_place, directory_service
from rxbot.store.match_index import Tell, empty, is_of_now, post, take_down
from rxbot.store.rows import MANY, many, slices
from rxbot.store.unit import Unit

_page = TypeAdapter(Service)


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in services. `offered` of `read` may be shown to people; when it is 0, look at the status."""

    publisher: str
    read: int
    offered: int
    added: int
    changed: int
    same: int
    retired: int

    def as_json(self) -> dict[str, str | int]:
        """Give it as JSON can hold it."""
        return asdict(self)


def save_feed(
    unit: Unit, publisher: str, services: Collection[Service], now: datetime, tell: Tell = lambda *_: None
) -> ImportReport:
    """Make the store say what this feed says. Doing it twice changes nothing."""
    if not services:
        raise FeedWrong(f"The feed of {publisher} holds no service.", "Nothing was changed, so that nothing is lost.")
    known = _known(unit, publisher)
    feed = {s.id: replace(s, key=service_key(publisher, s.id)) for s in services}
    pages = {id: _page.dump_json(service).decode() for id, service in feed.items()}
    added = [id for id in feed if id not in known]
    changed = [id for id in feed if id in known and known[id] != pages[id]]
    gone = [id for id, page in known.items() if page is not None and id not in feed]
    _add(unit, publisher, [(feed[id], pages[id]) for id in added], now)
    _change(unit, [(feed[id], pages[id]) for id in changed], now)
    _retire(unit, [service_key(publisher, id) for id in gone], now)
    if added or changed or gone:
        post(unit, [feed[id] for id in (*added, *changed) if feed[id].offered], region_of(feed.values()), tell)
        _tell_places(unit, publisher, feed.values())
    offered = sum(service.offered for service in feed.values())
    same = len(feed) - len(added) - len(changed)
    return ImportReport(publisher, len(services), offered, len(added), len(changed), same, len(gone))


def index_anew(unit: Unit) -> int:
    """Make the index anew where records were read otherwise when it was made; say how many services were posted."""
    if is_of_now(unit):
        return 0
    empty(unit)
    table = directory_service.c
    publishers = unit.execute(select(table.publisher).where(table.retired_at.is_(None)).distinct()).scalars().all()
    count = 0
    for publisher in publishers:
        pages = unit.execute(select(table.page).where(table.publisher == publisher, table.retired_at.is_(None))).scalars()
        services = [service for service in map(read_page, pages) if service.offered]
        post(unit, services, region_of(services))
        count += len(services)
    return count


def service_key(publisher: str, original_id: str) -> str:
    """Make our own key of a service: publishers use the same ids, and not only for one thing."""
    return sha256(f"{publisher}\n{original_id}".encode()).hexdigest()[:20]


def service_of(unit: Unit, key: str) -> Service | None:
    """Find a service by our key, retired or not."""
    page = unit.execute(select(directory_service.c.page).where(directory_service.c.key == key)).scalar()
    return read_page(page) if page else None


@lru_cache(maxsize=4096)
def read_page(page: str) -> Service:
    """Read a service as it was stored. The same pages are read in search after search."""
    return _page.validate_json(page)


def _known(unit: Unit, publisher: str) -> dict[str, str | None]:
    """Give every page of this publisher by its original id; None for one that is retired."""
    table = directory_service.c
    rows = unit.execute(select(table.original_id, table.page, table.retired_at).where(table.publisher == publisher))
    return {id: None if retired_at else page for id, page, retired_at in rows}


def _add(unit: Unit, publisher: str, rows: Sequence[tuple[Service, str]], now: datetime) -> None:
    many(
        unit,
        insert(directory_service),
        (
            {"key": service.key, "publisher": publisher, "original_id": service.id, "page": page, "changed_at": now}
            for service, page in rows
        ),
    )


def _change(unit: Unit, rows: Sequence[tuple[Service, str]], now: datetime) -> None:
    table = directory_service
    statement = (
        update(table).where(table.c.key == bindparam("this")).values(page=bindparam("new"), changed_at=now, retired_at=None)
    )
    take_down(unit, _stored(unit, [service.key for service, _ in rows]))
    many(unit, statement, ({"this": service.key, "new": page} for service, page in rows))


def _retire(unit: Unit, keys: Sequence[str], now: datetime) -> None:
    statement = update(directory_service).where(directory_service.c.key == bindparam("this")).values(retired_at=now)
    take_down(unit, _stored(unit, keys))
    many(unit, statement, ({"this": key} for key in keys))


def _stored(unit: Unit, keys: Sequence[str]) -> list[Service]:
    """Give services as they are stored now."""
    table = directory_service.c
    asked = (select(table.page).where(table.key.in_(some)) for some in slices(keys, MANY))
    return [read_page(page) for statement in asked for page in unit.execute(statement).scalars()]


def region_of(services: Iterable[Service]) -> Place | None:
    """Give about where a publisher's services are; nothing where none has a place."""
    places = [location.place for service in services for location in service.locations if location.place]
    return middle(places, "") if places else None


def _tell_places(unit: Unit, publisher: str, services: Iterable[Service]) -> None:
    """Rewrite the places this publisher's offered services tell of."""
    unit.execute(delete(directory_place).where(directory_place.c.publisher == publisher))
    found = known_places(location for service in services if service.offered for location in service.locations)
    rows = ({"publisher": publisher, "name": known.name, "is_code": known.is_code, **asdict(known.place)} for known in found)
    many(unit, insert(directory_place), rows)
