"""The needs and the sample town, read from the files that ship."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from rxbot.content.feeds import open_feed
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Need, Service, read_needs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def needs() -> Mapping[str, Need]:
    return read_needs(yaml.safe_load((ROOT / "dialogs/needs.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def town() -> tuple[Service, ...]:
    services, _ = read_services(open_feed(ROOT / "src/rxbot/sandbox/town"))
    return services
