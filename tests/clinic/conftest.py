"""A house with two clinics and two languages, a team that is ready, and a clock that moves when told to."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from clinic_acts import Clock

from rxbot.clinic.pages import House
from rxbot.content.load import Release, load
from rxbot.directory.model import Place
from rxbot.episode.content import Clinic
from rxbot.store import staff
from rxbot.store.unit import Store

ROOT = Path(__file__).resolve().parents[2]
HERE = Place(53.07, 0.42, "Marrow Bay")
CLINICS = {id: Clinic(id, name, HERE) for id, name in (("harbour", "Harbour Street Surgery"), ("hillside", "Hillside Practice"))}


@pytest.fixture(scope="session")
def release() -> Release:
    """What ships, with two clinics of our own and links of thirty days."""
    shipped = load(ROOT, date(2026, 3, 2))
    scheme = replace(shipped.content.scheme, clinics=CLINICS, languages=("en", "ar"), invitation_days=30)
    return replace(shipped, content=replace(shipped.content, scheme=scheme))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def team(store: Store, clock: Clock) -> None:
    """A team whose group has acknowledged its test alert."""
    with store.begin() as unit:
        staff.acknowledge(unit, staff.bind(unit, "-100", clock()), clock())


@pytest.fixture
def house(store: Store, release: Release, clock: Clock) -> House:
    return House(store, release, clock, lambda: "marrow_bay_bot", "http://clinic.test")
