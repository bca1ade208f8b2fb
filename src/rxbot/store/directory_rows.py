"""Write a publisher's services into the store, so that the store says what the newest feed says and nothing is lost.

A feed is the publisher's whole list: what is new is added, what changed is replaced, what is gone is retired but kept,
for the sake of the people who were sent there. What a provider has answered holds on: an import undoes none of it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select, update

from rxbot.directory.checks import Amendment, HiddenBy, as_answered
from rxbot.directory.gazetteer import known_places
from rxbot.directory.grid import ANYWHERE, cell_of_region
from rxbot.directory.index import Vocabulary
from rxbot.directory.model import Category, Need, Service
from rxbot.directory.region import Region, region_of
from rxbot.errors import FeedWrong
from rxbot.store import match_index, published_index
from rxbot.store.directory_categories import forget_categories, publish_categories, save_categories
from rxbot.store.directory_tables import directory_place, directory_service, service_check
from rxbot.store.match_index import Tell
from rxbot.store.rows import MANY, many, slices
from rxbot.store.unit import Store, Unit

_page = TypeAdapter(Service)
NAMED = 5
"""How many of the services that are retired a report names."""
FEW, SHARE = 4, 0.5
"""Of so many that people are shown, or more, no more than this share vanishes from one list to the next but by a slip."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in services. `offered` of `read` may be shown to people; when it is 0, look at the status.

    Of `answered` their provider has said otherwise than the feed, and its word holds. `kept` stand as they were, because what
    is written of them now cannot be read, or the feed was cut. `gone` names some that are retired;
    `twice` counts what other publishers have too, where this one is new.
    """

    publisher: str
    read: int
    offered: int
    added: int
    changed: int
    same: int
    retired: int
    answered: int = 0
    kept: int = 0
    gone: tuple[str, ...] = ()
    twice: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict[str, str | int]:
        """Give its figures as JSON can hold them."""
        return {name: value for name, value in asdict(self).items() if name not in ("gone", "twice")}


@dataclass(frozen=True)
class Ahead:
    """What is worked out of a feed before the database is held: each service under our key, and as it is written down."""

    services: Mapping[str, Service]
    pages: Mapping[str, str]
    region: Region | None
    read: match_index.Read

    @classmethod
    def of(cls, publisher: str, services: Iterable[Service], read: match_index.Read = match_index.read_records) -> "Ahead":
        """Work out what needs no database."""
        feed = {s.id: replace(s, key=service_key(publisher, s.id)) for s in services}
        pages = {id: _page.dump_json(service).decode() for id, service in feed.items()}
        return cls(feed, pages, region_of(feed.values()), read)


def work_ahead(store: Store, publisher: str, services: Iterable[Service], tell: Tell = lambda *_: None) -> Ahead:
    """Work out all that can be before the database is held, so that whoever else writes waits for the writing alone."""
    ahead = Ahead.of(publisher, services)
    with store.begin() as unit:
        known, vocabulary = _known(unit, publisher), match_index.vocabulary_of(unit)
    new = [one for id, one in ahead.services.items() if one.offered and known.get(id) != ahead.pages[id]]
    return replace(ahead, read=match_index.read_ahead(new[: match_index.AHEAD], vocabulary, ahead.region, tell))


@dataclass(frozen=True)
class Changes:
    """What a feed makes of a publisher's services, by their ids. Those that are `standing` are left as they are.

    Of these, `kept` are not in the feed, and yet not `gone`.
    """

    added: Sequence[str]
    changed: Sequence[str]
    standing: Sequence[str]
    kept: Sequence[str]
    gone: Sequence[str]

    @classmethod
    def of(cls, known: Mapping[str, str | None], ahead: Ahead, unread: Collection[str], keeps_all: bool) -> "Changes":
        """Compare what is stored with a feed, of which some was `unread`; where it `keeps_all`, what it lacks is not gone."""
        feed = ahead.services
        stood = [id for id, page in known.items() if page is not None]
        changed = {id: None for id in feed if id in known and _is_another(known[id], ahead.pages[id], feed[id])}
        kept = {id: None for id in stood if id not in feed and (keeps_all or id in unread)}
        gone = {id: None for id in stood if id not in feed and id not in kept}
        standing = [id for id in stood if id not in changed and id not in gone]
        return cls([id for id in feed if id not in known], [*changed], standing, [*kept], [*gone])


def save_feed(
    unit: Unit,
    publisher: str,
    services: Collection[Service],
    now: datetime,
    tell: Tell = lambda *_: None,
    unread: Collection[str] = (),
    cut: bool = False,
    take_fewer: bool = False,
    ahead: Ahead | None = None,
    categories: Collection[Category] | None = None,
) -> ImportReport:
    """Make the store say what this feed says. Doing it twice changes nothing. See `work_ahead` for what may be done before.

    Services whose id is `unread` stay as they are; so does all that is missing from a feed that is `cut`. One that takes away
    most of what people are shown is refused, for a publisher's slip, unless it is meant so: `take_fewer`. `categories` are
    all that the feed lists; None says nothing of them.
    """
    if not services:
        raise FeedWrong(
            f"The list of {publisher} holds no service that we can take.", "Nothing was changed, so that nothing is lost."
        )
    unit.write_directory(patiently=True)
    known, ahead = _known(unit, publisher), ahead or Ahead.of(publisher, services)
    feed, changes = ahead.services, Changes.of(known, ahead, unread, keeps_all=cut and not take_fewer)
    if not take_fewer:
        _refuse_a_slip(publisher, known, feed, changes)
    twice = {} if any(known.values()) else _had_by_others(unit, feed)
    _write(unit, publisher, ahead, changes, now)
    if categories is not None:
        save_categories(unit, publisher, categories, now, keeps_all=cut and not take_fewer)
    answered = _answered(unit, publisher)
    _ask_again(unit, _keys(publisher, (id for id in changes.changed if id in answered)))
    if changes.added or changes.changed or changes.gone:
        _let_be_found(unit, publisher, ahead, changes, answered, tell)
        _tell_places(unit, publisher, (*feed.values(), *_stored(unit, _keys(publisher, changes.kept))))
    return ImportReport(
        publisher,
        read=len(services),
        offered=sum(service.offered for service in feed.values()),
        added=len(changes.added),
        changed=len(changes.changed),
        same=len(changes.standing) - len(changes.kept),
        retired=len(changes.gone),
        answered=len(answered.keys() & feed.keys()),
        kept=len(changes.kept),
        gone=tuple(one.name for one in _stored(unit, _keys(publisher, changes.gone[:NAMED]))),
        twice=tuple(twice.items()),
    )


def _write(unit: Unit, publisher: str, ahead: Ahead, changes: Changes, now: datetime) -> None:
    """Write the records, and let them be in the lists that are published."""
    feed, pages = ahead.services, ahead.pages
    _add(unit, publisher, [(feed[id], pages[id]) for id in changes.added], now)
    _change(unit, [(feed[id], pages[id]) for id in changes.changed], now)
    _retire(unit, _keys(publisher, changes.gone), now)
    published_index.post(unit, publisher, (feed[id] for id in (*changes.added, *changes.changed)))


def _let_be_found(unit: Unit, publisher: str, ahead: Ahead, changes: Changes, answered: Mapping[str, bool], tell: Tell) -> None:
    """Post what is new, and what was taken down because it changed, unless its provider has closed it.

    Where the region is another now, what stands has to be found there: what has no place goes by it.
    """
    feed, was = ahead.services, match_index.region_of_publisher(unit, publisher)
    moved = changes.standing if _is_found_by(was) != _is_found_by(ahead.region) else ()
    take_down(unit, _keys(publisher, moved))
    posted = [id for id in (*changes.added, *changes.changed, *moved) if not answered.get(id)]
    as_read = [feed[id] for id in posted if id in feed and id not in answered and feed[id].offered]
    others = _findable(unit, _keys(publisher, (id for id in posted if id not in feed or id in answered)))
    match_index.keep_region(unit, publisher, ahead.region)
    match_index.post(unit, [*as_read, *others], ahead.region, tell, ahead.read)


def _is_another(page: str | None, new: str, service: Service) -> bool:
    """Say whether a record says otherwise than it is stored, however an earlier release wrote it down."""
    return page is None or (page != new and read_page(page) != service)


def _refuse_a_slip(publisher: str, known: Mapping[str, str | None], feed: Mapping[str, Service], changes: Changes) -> None:
    """Refuse a list that lacks, or no longer calls active, most of what people are shown. Raises FeedWrong."""
    same, kept = {*changes.standing} & feed.keys(), {*changes.kept}
    before = [feed[id] if id in same else read_page(page) for id, page in known.items() if page is not None]
    shown = [one for one in before if one.offered]
    lost = [one for one in shown if one.id not in kept and not (one.id in feed and feed[one.id].offered)]
    if len(shown) >= FEW and len(lost) > SHARE * len(shown):
        missing = sum(one.id not in feed for one in lost)
        raise FeedWrong(
            f"{len(lost):,} of the {len(shown):,} services of {publisher} that people are shown would be offered no more: "
            f"{missing:,} are missing, {len(lost) - missing:,} are called inactive. "
            "Nothing was changed.",
            "Look whether it is the whole list, and that publisher's. If so many are meant to go, import it with --take-fewer.",
        )


def _had_by_others(unit: Unit, feed: Mapping[str, Service]) -> dict[str, int]:
    """Count the services that other publishers have under the same id and name."""
    c = directory_service.c
    asked = (
        select(c.publisher, c.original_id, c.page).where(c.original_id.in_(some), c.retired_at.is_(None))
        for some in slices(sorted(feed), MANY)
    )
    rows = (row for statement in asked for row in unit.execute(statement))
    return Counter(publisher for publisher, id, page in rows if read_page(page).name == feed[id].name)


def publishers(unit: Unit) -> dict[str, int]:
    """Count the services of each publisher that it has not taken back."""
    c = directory_service.c
    rows = unit.execute(
        select(c.publisher, func.count()).where(c.retired_at.is_(None)).group_by(c.publisher).order_by(c.publisher)
    )
    return {row[0]: row[1] for row in rows}


def retire_publisher(unit: Unit, publisher: str, now: datetime) -> int:
    """Offer nobody the services of this publisher any more, and say how many that were. An import brings them back."""
    unit.write_directory(patiently=True)
    gone = _keys(publisher, (id for id, page in _known(unit, publisher).items() if page is not None))
    _retire(unit, gone, now)
    match_index.keep_region(unit, publisher, None)
    forget_categories(unit, publisher)
    _tell_places(unit, publisher, ())
    return len(gone)


def service_key(publisher: str, original_id: str) -> str:
    """Make our own key of a service: publishers use the same ids, and not only for one thing."""
    return sha256(f"{publisher}\n{original_id}".encode()).hexdigest()[:20]


def _keys(publisher: str, ids: Iterable[str]) -> list[str]:
    return [service_key(publisher, id) for id in ids]


def service_of(unit: Unit, key: str) -> Service | None:
    """Find a service by our key, retired or not."""
    row = unit.execute(select(*SAID).where(directory_service.c.key == key)).one_or_none()
    return service_from(row) if row else None


def no_longer_offered(unit: Unit, keys: Iterable[str]) -> tuple[str, ...]:
    """Name those of these services that were taken back, or that their provider or their publisher says are closed."""
    return tuple(sorted(key for key, service in listed(unit, set(keys)).items() if service is None))


def listed(unit: Unit, keys: Collection[str]) -> Mapping[str, Service | None]:
    """Give services as they are listed now; None for one that its directory or its provider offers no more."""
    stands = and_(*STANDS).label("stands")
    rows = unit.execute(select(*SAID, stands).where(directory_service.c.key.in_(sorted(keys)))).all()
    return {row.key: service if row.stands and (service := service_from(row)).offered else None for row in rows}


def regions_of(unit: Unit, keys: Collection[str]) -> Mapping[str, Region]:
    """Give where the services of the publishers of these services are, where that is known."""
    c = directory_service.c
    rows = unit.execute(select(c.key, c.publisher).where(c.key.in_(sorted(keys)))).all()
    regions = {name: match_index.region_of_publisher(unit, name) for name in {row.publisher for row in rows}}
    return {row.key: region for row in rows if (region := regions[row.publisher])}


def hidden_by(unit: Unit, key: str) -> HiddenBy:
    """Name whose word keeps a service hidden, if any does; what the most has to happen for first."""
    c = directory_service.c
    row = unit.execute(select(*SAID, c.retired_at, c.closed_at, c.suspended_at).where(c.key == key)).one()
    if row.retired_at or not service_from(row).offered:
        return "publisher"
    return "provider" if row.closed_at else "reports" if row.suspended_at else ""


def all_services(unit: Unit, publisher: str = "") -> tuple[tuple[str, Service], ...]:
    """Give every service that is offered, with its publisher: of one publisher, or of all."""
    c = directory_service.c
    rows = unit.execute(select(*SAID, c.publisher).where(*STANDS, *_of(publisher)).order_by(c.key))
    return tuple((row.publisher, service) for row in rows if (service := service_from(row)).offered)


def _of(publisher: str) -> tuple[ColumnElement[bool], ...]:
    return (directory_service.c.publisher == publisher,) if publisher else ()


STANDS = (directory_service.c.retired_at.is_(None), directory_service.c.closed_at.is_(None))
"""A service stands that was neither taken back by its publisher nor closed by its provider."""
SAID = (directory_service.c.key, directory_service.c.page, directory_service.c.assured_on, directory_service.c.amendment)


def service_from(row: Any) -> Service:
    """Read a service of these columns, as its provider's answers have it."""
    return as_answered(read_page(row.page), row.assured_on, Amendment(**row.amendment) if row.amendment else None)


@lru_cache(maxsize=4096)
def read_page(page: str) -> Service:
    """Read a service as it was stored. The same pages are read in search after search."""
    return _page.validate_json(page)


def _answered(unit: Unit, publisher: str) -> dict[str, bool]:
    """Give the services of this publisher of which their provider has said otherwise, by original id: whether it is closed."""
    c = directory_service.c
    otherwise = or_(c.closed_at.is_not(None), c.amendment.is_not(None))
    rows = unit.execute(select(c.original_id, c.closed_at).where(c.publisher == publisher, otherwise))
    return {row.original_id: row.closed_at is not None for row in rows}


def _ask_again(unit: Unit, keys: Sequence[str]) -> None:
    """The feed has changed what its provider had answered: let a coordinator look again at the last answer of each."""
    c = service_check.c
    last = select(func.max(c.number)).where(c.service.in_(keys), c.decision == "take").group_by(c.service)
    unit.execute(update(service_check).where(c.number.in_(last)).values(settled_at=None, settled_by="", decision=""))


def _known(unit: Unit, publisher: str) -> dict[str, str | None]:
    """Give every page of this publisher by its original id; None for one that is retired."""
    table = directory_service.c
    rows = unit.execute(select(table.original_id, table.page, table.retired_at).where(table.publisher == publisher))
    return {id: None if retired_at else page for id, page, retired_at in rows}


def services_before(unit: Unit, publisher: str, ids: Collection[str]) -> dict[str, Service]:
    """Give what this publisher's last list said of these of its services, by its own ids."""
    c, keys = directory_service.c, _keys(publisher, ids)
    asked = (select(c.original_id, c.page).where(c.key.in_(some), c.retired_at.is_(None)) for some in slices(keys, MANY))
    return {row.original_id: read_page(row.page) for statement in asked for row in unit.execute(statement)}


def _add(unit: Unit, publisher: str, rows: Sequence[tuple[Service, str]], now: datetime) -> None:
    for some in slices(rows, match_index.AT_ONCE):
        written = (
            {"key": service.key, "publisher": publisher, "original_id": service.id, "page": page, "changed_at": now}
            for service, page in some
        )
        many(unit, insert(directory_service), written)


def _change(unit: Unit, rows: Sequence[tuple[Service, str]], now: datetime) -> None:
    table = directory_service
    statement = (
        update(table).where(table.c.key == bindparam("this")).values(page=bindparam("new"), changed_at=now, retired_at=None)
    )
    take_down(unit, [service.key for service, _ in rows])
    published_index.take_down(unit, [service.key for service, _ in rows])
    many(unit, statement, ({"this": service.key, "new": page} for service, page in rows))


def _retire(unit: Unit, keys: Sequence[str], now: datetime) -> None:
    statement = update(directory_service).where(directory_service.c.key == bindparam("this")).values(retired_at=now)
    take_down(unit, keys)
    published_index.take_down(unit, keys)
    many(unit, statement, ({"this": key} for key in keys))


def take_down(unit: Unit, keys: Sequence[str]) -> None:
    """Let services not be found any more."""
    unit.write_directory()
    match_index.take_down(unit, _stored(unit, keys))


def post_again(unit: Unit, key: str) -> None:
    """Let a service be found again, unless its publisher has taken it back."""
    take_down(unit, [key])
    c = directory_service.c
    publisher = unit.execute(select(c.publisher).where(c.key == key)).scalar_one()
    match_index.post(unit, _findable(unit, [key]), match_index.region_of_publisher(unit, publisher))


def assure(unit: Unit, key: str, day: date) -> None:
    """Note that a service was checked on this day, for all who see it and for the rank."""
    unit.execute(update(directory_service).where(directory_service.c.key == key).values(assured_on=day))
    if _is_found(unit, key):
        post_again(unit, key)


def _is_found(unit: Unit, key: str) -> bool:
    """Say whether a service is in the index, where its publisher offers it."""
    c = directory_service.c
    return unit.execute(select(c.key).where(c.key == key, *STANDS)).first() is not None


def index_anew(unit: Unit) -> int:
    """Make the index anew where records were read otherwise when it was made; say how many services were posted."""
    unit.write_directory(patiently=True)
    if match_index.is_of_now(unit.connection):
        return 0
    match_index.empty(unit)
    published_index.empty(unit)
    for publisher in publishers(unit):
        _publish_anew(unit, publisher)
    publish_categories(unit)
    offered = all_services(unit)
    for publisher in dict.fromkeys(publisher for publisher, _ in offered):
        services = [service for of, service in offered if of == publisher]
        region = region_of(services)
        match_index.keep_region(unit, publisher, region)
        match_index.post(unit, services, region)
    return len(offered)


def index_for(unit: Unit, needs: Iterable[Need]) -> None:
    """Let the index know how well each service fits each of these needs, where it knows it of others."""
    vocabulary = Vocabulary.of(needs)
    if match_index.vocabulary_of(unit) == vocabulary:
        return
    unit.write_directory(patiently=True)
    match_index.take_needs(unit, vocabulary)
    match_index.post_fits(unit, (service for _, service in all_services(unit)))


def _publish_anew(unit: Unit, publisher: str) -> None:
    c = directory_service.c
    asked = select(*SAID).where(c.publisher == publisher, c.retired_at.is_(None)).order_by(c.key)
    after = ""
    while rows := unit.execute(asked.where(c.key > after).limit(MANY)).all():
        published_index.post(unit, publisher, map(service_from, rows))
        after = rows[-1].key


def _findable(unit: Unit, keys: Sequence[str]) -> list[Service]:
    """Give those of these services that may be found: offered, and not taken back."""
    c = directory_service.c
    return [one for one in _stored(unit, keys, c.retired_at.is_(None)) if one.offered]


def _stored(unit: Unit, keys: Sequence[str], *where: ColumnElement[bool]) -> list[Service]:
    """Give services as they are stored now."""
    asked = (select(*SAID).where(directory_service.c.key.in_(some), *where) for some in slices(keys, MANY))
    return [service_from(row) for statement in asked for row in unit.execute(statement)]


def _is_found_by(region: Region | None) -> tuple[int, int, tuple[str, ...]]:
    """Give what of a region says where its services are found that have no place in it, and how all are read."""
    return (ANYWHERE, 0, ()) if region is None else (cell_of_region(region.middle), region.far_km, region.languages)


def _tell_places(unit: Unit, publisher: str, services: Iterable[Service]) -> None:
    """Rewrite the places this publisher's offered services tell of."""
    unit.execute(delete(directory_place).where(directory_place.c.publisher == publisher))
    found = known_places(location for service in services if service.offered for location in service.locations)
    rows = ({"publisher": publisher, "name": known.name, "is_code": known.is_code, **asdict(known.place)} for known in found)
    many(unit, insert(directory_place), rows)
