"""How long a match takes, at 10,000, 100,000 and a million services, beside what one would write without an index of words."""

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import postgres
from invented import Country
from peers import Base, Everything, PeerService, loaded, peer_rows, shown, within_reach
from pydantic import TypeAdapter
from sqlalchemy import insert, text

from rxbot.commands.sweeping import unswept
from rxbot.directory.index import Vocabulary
from rxbot.directory.model import Need, Service
from rxbot.directory.region import Region, region_of
from rxbot.directory.search import Search
from rxbot.store import match_index
from rxbot.store.candidates import choose, find_services
from rxbot.store.directory_rows import index_for, save_feed, service_key
from rxbot.store.directory_tables import directory_service
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.match_index import Reading, read_records
from rxbot.store.schema import prepare
from rxbot.store.unit import Store, Unit

SIZES = [int(many) for many in os.environ.get("BENCH_SERVICES", "10000 100000 1000000").split()]
STORES = os.environ.get("BENCH_STORES", "sqlite postgresql").split()
PROFILES = int(os.environ.get("BENCH_PROFILES", "10000"))
SEARCHES, SLOW_SEARCHES, COMPARED = 300, 30, 500
SCANNED = {10_000: 5, 100_000: 2}
"""How often everything is loaded: once where it is a million, which is done on SQLite only."""
PORTION = 20_000
NOW = datetime(2026, 6, 1, tzinfo=UTC)
INDEX = ("match_posting", "match_cell", "match_spot", "match_rules", "match_area", "match_region", "match_word", "match_index")
_page = TypeAdapter(Service)


@dataclass
class Times:
    """How long something took, each time, in milliseconds."""

    taken: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Take the time of one."""
        begun = time.perf_counter()
        yield
        self.taken.append(1000 * (time.perf_counter() - begun))

    def part(self, share: float) -> float:
        """Give the time that this share of them took at most."""
        return sorted(self.taken)[min(int(share * len(self.taken)), len(self.taken) - 1)]


def main(needs: dict[str, Need]) -> None:
    """Print all there is to say of matching."""
    print("\n| Services | Database | Way | p50 ms | p99 ms | times a match, p50 | p99 | searches |")  # noqa: T201
    print("|---|---|---|---|---|---|---|---|")  # noqa: T201
    built = [line for size in SIZES for line in measured(size, needs)]
    print("\n| Services | Database | s to read the records | s to write the index | MB of the index | postings a service |")  # noqa: T201
    print("|---|---|---|---|---|---|")  # noqa: T201
    print("\n".join(built))  # noqa: T201
    compared(needs)


def measured(size: int, needs: dict[str, Need]) -> Iterator[str]:
    """Measure one size in each database; print a line for each way, and give one on how the index was built."""
    country = Country(size, needs)
    feeds = tuple((name, services) for name, services in country.feeds())
    readings = Readings()
    gc.collect()
    gc.freeze()  # a million records are no rubbish
    for kind in STORES:
        with opened(kind) as store:
            yield filled(country, kind, store, feeds, readings)
            ways(size, kind, store, country)
    gc.unfreeze()


@contextmanager
def opened(kind: str) -> Iterator[Store]:
    """Open a new store of this kind."""
    with tempfile.TemporaryDirectory() as folder:
        url = postgres.fresh_url() if kind == "postgresql" else f"sqlite:///{Path(folder) / 'rxbot.db'}"
        store = Store(url, Keys(f"sqlite:///{Path(folder) / 'keys.db'}", new_master_key()))
        prepare(store)
        Base.metadata.create_all(store.engine)
        yield store
        store.close()
        if kind == "postgresql":
            postgres.drop(url)


class Readings:
    """Readings of records that are there many times: each different one is read once, and that is what is timed."""

    def __init__(self) -> None:
        self.times = Times()
        self._known: dict[object, Reading] = {}

    def __call__(self, services: Sequence[Service], vocabulary: Vocabulary, region: Region | None) -> list[Reading]:
        return [self._of(one, vocabulary, region) for one in services]

    def _of(self, service: Service, vocabulary: Vocabulary, region: Region | None) -> Reading:
        access = tuple(location.accessibility for location in service.locations)
        like = service.name, service.description, service.organization.name, service.assured_date, service.areas, access
        if like not in self._known:
            with self.times.one():
                [self._known[like]] = read_records([service], vocabulary, region)
        return self._known[like]


def filled(country: Country, kind: str, store: Store, feeds: Sequence[tuple[str, Sequence[Service]]], read: Readings) -> str:
    """Store the services and make the index; say how long that took."""
    writing = postings = 0.0
    vocabulary = Vocabulary.of(country.needs.values())
    with store.begin() as unit:
        index_for(unit, country.needs.values())
    for publisher, services in feeds:
        with store.begin() as unit:
            keyed = [_keyed(publisher, one) for one in services]
            for first in range(0, len(keyed), PORTION):
                some = keyed[first : first + PORTION]
                unit.execute(insert(directory_service), [_row(publisher, one) for one in some])
                unit.execute(insert(PeerService), peer_rows(some))
            offered = [one for one in keyed if one.offered]
            region = region_of(keyed)
            known = {one.key: found for one, found in zip(offered, read(offered, vocabulary, region), strict=True)}
            postings += sum(len(one.weights) for one in known.values())
            begun = time.perf_counter()
            with unswept():  # as the command does
                match_index.post(
                    unit, offered, region, read=lambda some, _needs, _region, known=known: [known[one.key] for one in some]
                )
        writing += time.perf_counter() - begun
    if kind == "postgresql":
        with store.begin() as unit:
            unit.execute(text("SET LOCAL lock_timeout = 0"))  # it may be being cleaned just now
            for table in (*INDEX, directory_service.name, PeerService.__tablename__):
                unit.execute(text(f"ANALYZE {table}"))
    reading = sum(read.times.taken) / 1000 / len(read.times.taken) * country.services
    with store.begin() as unit:
        megabytes = _megabytes(unit, kind)
    many = country.services
    return f"| {many:,} | {kind} | {reading:,.0f} | {writing:.1f} | {megabytes:.0f} | {postings / many:.1f} |"


def _keyed(publisher: str, service: Service) -> Service:
    object.__setattr__(service, "key", service_key(publisher, service.id))  # nobody else has it, and a million copies take long
    return service


def _row(publisher: str, service: Service) -> dict[str, object]:
    page = _page.dump_json(service, exclude_defaults=True).decode()
    return {"key": service.key, "publisher": publisher, "original_id": service.id, "page": page, "changed_at": NOW}


def _megabytes(unit: Unit, kind: str) -> float:
    of = (
        "SELECT sum(pg_total_relation_size(CAST(name AS regclass))) FROM unnest(CAST(:names AS text[])) AS name"
        if kind == "postgresql"
        else "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%match\\_%' ESCAPE '\\'"
    )
    return float(unit.execute(text(of), {"names": list(INDEX)} if kind == "postgresql" else {}).scalar_one()) / 1e6


def ways(size: int, kind: str, store: Store, country: Country) -> None:
    """Measure each way of searching, and print a line for each."""
    people = list(country.searches(SEARCHES))
    once = SCANNED.get(size, 1 if kind == "sqlite" or size < max(SCANNED) else 0)
    timed(store, choose, people[:20])
    best = timed(store, choose, people)
    for name, times in (
        ("rxbot: the five", best),
        ("rxbot: with reasons and open questions", timed(store, find_services, people)),
        ("radius on (lat, lon), the rest in Python", timed(store, within_reach, people[:SLOW_SEARCHES])),
        ("ORM, all loaded, all in Python", timed(store, loaded, people[:once])),
    ):
        if times.taken:
            p50, p99 = times.part(0.5), times.part(0.99)
            times_a_match = f"{p50 / best.part(0.5):,.1f} | {p99 / best.part(0.99):,.1f}"
            row = f"{size:,} | {kind} | {name} | {p50:,.1f} | {p99:,.1f} | {times_a_match} | {len(times.taken)}"
            print(f"| {row} |", flush=True)  # noqa: T201


def timed(store: Store, way: Callable[[Unit, Search], object], people: Sequence[Search]) -> Times:
    """Search this way for each of these, each in a unit of its own."""
    times = Times()
    for search in people:
        with times.one(), store.begin() as unit:
            way(unit, search)
    return times


def compared(needs: dict[str, Need]) -> None:
    """Count how many random people are shown what looking at everything would show them."""
    country = Country(COMPARED, needs)
    feeds = tuple(country.feeds())
    looking = Everything.of(feeds)
    with opened("sqlite") as store, store.begin() as unit:
        index_for(unit, needs.values())
        for publisher, services in feeds:
            save_feed(unit, publisher, services, NOW)
        alike = sum(
            shown(find_services(unit, search)) == shown(looking.find(search))
            for search in islice(country.searches(PROFILES, seed=3), PROFILES)
        )
    print(f"\n{alike:,} of {PROFILES:,} random people are shown what looking at all {COMPARED:,} services would show them.")  # noqa: T201
