"""The needs and the sample town, read from the files that ship."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from rxbot.content.complaints import Complaints
from rxbot.content.needs import read_needs
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Need, Service
from rxbot.feeds import open_feed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def needs() -> Mapping[str, Need]:
    return read_needs(ROOT, Complaints()).known


@pytest.fixture(scope="session")
def town() -> tuple[Service, ...]:
    services, _ = read_services(open_feed(ROOT / "src/rxbot/sandbox/town"))
    return services
