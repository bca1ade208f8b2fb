"""What the coordinator does about the directory, by the commands."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rxbot import app as root
from rxbot.__main__ import cli
from rxbot.clinic.pages import House
from rxbot.clock import real_now
from rxbot.content.load import Release
from rxbot.directory.checks import Amendment, Told
from rxbot.directory.model import Organization, Service
from rxbot.errors import Refused
from rxbot.settings import read_settings
from rxbot.store import service_checks
from rxbot.store.directory_rows import save_feed, service_key, service_of
from rxbot.store.service_checks import Speaker

BANK = Service("1", "Food Bank", Organization("o", "The Larder", email="post@larder.example.org"), status="active")
KEY = service_key("town", "1")
PAT = Speaker("Pat Brook", "manager")


@pytest.fixture
def operated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> House:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setenv("RXBOT_PUBLIC_URL", "https://clinic.test")
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    monkeypatch.setattr(root.os, "umask", lambda _: None)
    house = House(root.open_store(read_settings()), release, real_now, lambda: "marrow_bay_bot", "https://clinic.test")
    with house.store.begin() as unit:
        save_feed(unit, "town", [BANK], real_now())
    return house


def says(*command: str) -> str:
    told = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.output


def is_told(house: House, told: Told) -> None:
    with house.store.begin() as unit:
        service_checks.check(unit, KEY, told, PAT, real_now(), real_now().date())


def test_answers_are_listed_until_they_are_settled(operated: House) -> None:
    is_told(operated, Told("changed", "We moved", Amendment(phone="01632 960777")))
    listed = says("directory", "answers")
    assert all(words in listed for words in ("Food Bank", "Pat Brook, manager", "We moved", "01632 960777", "1 waiting"))
    [row] = json.loads(says("directory", "answers", "--json"))
    assert (row["service"], row["told"]["amendment"]["phone"]) == (KEY, "01632 960777")
    assert "People are shown" in says("directory", "settle", str(row["number"]), "take", "--by", "Kim")
    with operated.store.begin() as unit:
        service = service_of(unit, KEY)
    assert service
    assert service.phones[0].number == "01632 960777"
    assert "0 waiting" in says("directory", "answers")
    with pytest.raises(Refused, match="No answer"):
        says("directory", "settle", str(row["number"]), "leave", "--by", "Kim")


def test_an_import_tells_of_what_providers_say_otherwise(operated: House, tmp_path: Path) -> None:
    is_told(operated, Told("closed"))
    feed = tmp_path / "town.json"
    feed.write_text(json.dumps([{"id": "1", "name": "Food Bank", "status": "active", "organization": {"id": "o", "name": "L"}}]))
    assert "Of 1 their provider has said otherwise" in says("directory", "import", str(feed))
