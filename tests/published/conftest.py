"""A house that publishes the invented town, and whoever asks for it."""

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import postgres
import pytest
from limits import RateLimitItemPerMinute

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/clinic"))

from clinic_acts import Clock, browser_of  # noqa: E402

from rxbot.clinic.pages import House  # noqa: E402
from rxbot.content.load import Release  # noqa: E402
from rxbot.directory.hsds import read_services  # noqa: E402
from rxbot.directory.model import Service  # noqa: E402
from rxbot.feeds import open_feed  # noqa: E402
from rxbot.store.directory_rows import save_feed  # noqa: E402
from rxbot.store.unit import Store  # noqa: E402
from rxbot.throttle import Throttle  # noqa: E402

TOWN = ROOT / "src/rxbot/sandbox/town"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(store: Store, release: Release, clock: Clock) -> House:
    """A house that publishes what "Town" says, and nothing else."""
    return house_of(store, release, clock)


@pytest.fixture
def on_postgresql(tmp_path: Path, release: Release, clock: Clock) -> Iterator[House]:
    """The same house, with nothing in it yet, on PostgreSQL."""
    store = postgres.store_at(postgres.emptied_url(), tmp_path)
    yield house_of(store, release, clock)
    store.close()


def house_of(store: Store, release: Release, clock: Clock) -> House:
    scheme = replace(release.content.scheme, publish=("Town",))
    content = replace(release.content, scheme=scheme)
    patient = Throttle(RateLimitItemPerMinute(100_000))
    return House(store, replace(release, content=content), clock, lambda: "bot", "http://town.test", asked_by=patient)


@pytest.fixture
def town() -> tuple[Service, ...]:
    return read_services(open_feed(TOWN))[0]


@pytest.fixture
def published(house: House, town: tuple[Service, ...]) -> House:
    """The town was brought in."""
    with house.store.begin() as unit:
        save_feed(unit, "Town", town, house.now())
    return house


@pytest.fixture
async def reader(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(house) as one:
        yield one
