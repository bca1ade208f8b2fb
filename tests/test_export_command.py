"""The directory goes out by the command, whole and safe to pass on, and comes back as it was."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from rxbot import app as root
from rxbot.__main__ import cli
from rxbot.content.load import Release
from rxbot.directory.checks import Amendment, Statement
from rxbot.directory.model import Organization, Service
from rxbot.errors import Refused
from rxbot.settings import read_settings
from rxbot.store import match_index, service_checks
from rxbot.store.directory_categories import categories_listed_by
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.directory_tables import directory_service
from rxbot.store.service_checks import Speaker
from rxbot.store.unit import Store

ROOT = Path(__file__).resolve().parents[1]
TOWN = ROOT / "src/rxbot/sandbox/town"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAT = Speaker("Pat Brook", "manager")
SETS = ("san-mateo-cip", "dc-community-resources/data", "greater-manchester/oruk3", "miami-open211", "ohana-sample")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> Iterator[Store]:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    monkeypatch.setattr(root.os, "umask", lambda _: None)
    opened = root.open_store(read_settings())
    yield opened
    opened.close()


def runs(*command: object) -> str:
    told = CliRunner().invoke(cli, ["directory", *map(str, command)], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.stdout


def imports(source: object, publisher: str = "Us") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(runs("import", source, "--publisher", publisher, "--json"))
    return found


def keeps(store: Store, *services: Service, publisher: str = "Us") -> None:
    with store.begin() as unit:
        save_feed(unit, publisher, services, NOW)


def lines(out: Path) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in map(json.loads, out.read_text("utf-8").splitlines())}


SOUP, CHOIR, HALL = (
    Service(id, name, Organization("o", "Mission"), status="active")
    for id, name in zip("123", ("Soup", "Choir", "Hall"), strict=True)
)


@pytest.mark.parametrize("out", ["town.zip", "town", "town.ndjson"])
def test_what_went_out_comes_in_again_and_changes_nothing(tmp_path: Path, out: str) -> None:
    first = imports(TOWN)
    assert f"{first['read']} services written" in runs("export", tmp_path / out, "--publisher", "Us")
    again = imports(tmp_path / out)
    assert [again[name] for name in ("read", "added", "changed", "retired")] == [first["read"], 0, 0, 0]


PACKAGE = {
    "organizations": "id,name,description\no,Mission,Helps\n",
    "services": "id,organization_id,name,status\n1,o,Soup,active\n",
    "taxonomy_terms": "id,code,name,taxonomy,parent_id\na,1,Food,Town,\nb,1-1,Meals,Town,a\nc,1-2,Tea,Town,a\n",
    "attributes": "id,link_id,link_entity,taxonomy_term_id\nx,1,service,b\n",
}


@pytest.mark.parametrize("out", ["us.zip", "us"])
def test_categories_that_no_service_has_go_out_and_come_in_again(tmp_path: Path, store: Store, out: str) -> None:
    (tmp_path / "package").mkdir()
    for name, text in PACKAGE.items():
        (tmp_path / "package" / f"{name}.csv").write_text(text)
    first = imports(tmp_path / "package")
    runs("export", tmp_path / out)
    again = imports(tmp_path / out, "Them")
    assert (first["taxonomy_terms"], again["taxonomy_terms"]) == (3, 3)
    assert [one["code"] for one in again["defects"] if "parent" in one["code"]] == []
    with store.begin() as unit:
        ours, theirs = categories_listed_by(unit, ["Us"]), categories_listed_by(unit, ["Them"])
    assert [(one.term.name, one.parent.name if one.parent else "") for one in sorted(ours, key=lambda one: one.term.code)] == [
        ("Food", ""), ("Meals", "Food"), ("Tea", "Food"),
    ]  # fmt: skip
    assert theirs == ours


def test_a_line_a_service_tells_of_the_categories_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    for name, text in PACKAGE.items():
        (tmp_path / "package" / f"{name}.csv").write_text(text)
    imports(tmp_path / "package")
    assert "2 categories that no service has" in runs("export", tmp_path / "us.ndjson")


@pytest.mark.parametrize("name", SETS)
def test_a_real_directory_comes_in_again_and_changes_nothing(
    tmp_path: Path, shared: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody searches in it here, and the index would take most of the time."""
    monkeypatch.setattr(match_index, "post", lambda *_: None)
    imports(shared / "directories" / name)
    runs("export", tmp_path / "out.zip")
    again = imports(tmp_path / "out.zip")
    assert [again[name] for name in ("added", "changed", "retired")] == [0, 0, 0]


def test_the_format_goes_by_the_name_or_by_the_option(tmp_path: Path, store: Store) -> None:
    keeps(store, SOUP)
    for out in ("a.zip", "a.ndjson", "a"):
        runs("export", tmp_path / out)
    runs("export", tmp_path / "b", "--format", "zip")
    assert set(ZipFile(tmp_path / "a.zip").namelist()) == {one.name for one in (tmp_path / "a").iterdir()}
    assert ZipFile(tmp_path / "b").namelist() == ZipFile(tmp_path / "a.zip").namelist()
    assert list(lines(tmp_path / "a.ndjson")) == ["Soup"]
    assert not list(tmp_path.glob(".*.part"))


def test_what_is_closed_suspended_or_retired_does_not_go_out(tmp_path: Path, store: Store) -> None:
    gone = Service("4", "Gone", Organization("o", "Mission"))
    keeps(store, SOUP, CHOIR, HALL, gone)
    keeps(store, SOUP, CHOIR, HALL)
    with store.begin() as unit:
        service_checks.check(unit, service_key("Us", "2"), Statement("closed"), PAT, NOW, NOW.date())
        suspended = update(directory_service).where(directory_service.c.key == service_key("Us", "3"))
        unit.execute(suspended.values(suspended_at=NOW))
    runs("export", tmp_path / "a.ndjson")
    assert list(lines(tmp_path / "a.ndjson")) == ["Soup"]


def test_a_service_goes_out_as_its_provider_has_it_and_without_who_said_so(tmp_path: Path, store: Store) -> None:
    keeps(store, SOUP)
    with store.begin() as unit:
        told = Statement("changed", "Ask for Ann", Amendment(phone="01632 960777"))
        service_checks.check(unit, service_key("Us", "1"), told, PAT, NOW, NOW.date())
        [one] = service_checks.waiting(unit)
        service_checks.settle(unit, one.number, "take", "Kim", NOW, NOW.date())
        service_checks.tell_capacity(unit, service_key("Us", "1"), "no-capacity", None, PAT.name, NOW)
    runs("export", tmp_path / "a.ndjson")
    soup = lines(tmp_path / "a.ndjson")["Soup"]
    assert [phone["number"] for phone in soup["phones"]] == ["01632 960777"]
    assert soup["assured_date"] == "2026-03-02"
    assert [one["available"] for one in soup["capacities"]] == [0]
    assert not any(name in (tmp_path / "a.ndjson").read_text() for name in ("Pat", "Kim", "Ann"))


def test_two_directories_go_out_together_and_each_alone(tmp_path: Path, store: Store) -> None:
    keeps(store, SOUP)
    keeps(store, CHOIR, publisher="They")
    assert "several publishers" in runs("export", tmp_path / "all")
    rows = list(csv.DictReader(StringIO((tmp_path / "all/services.csv").read_text("utf-8"))))
    assert {row["name"] for row in rows} == {"Soup", "Choir"}
    assert not (tmp_path / "all/metadata.csv").exists()
    runs("export", tmp_path / "they.ndjson", "--publisher", "They")
    assert list(lines(tmp_path / "they.ndjson")) == ["Choir"]


def test_what_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path, store: Store) -> None:
    with pytest.raises(Refused, match="no service to write"):
        runs("export", tmp_path / "a.zip")
    keeps(store, SOUP)
    with pytest.raises(Refused, match="no publisher 'Them'") as wrong:
        runs("export", tmp_path / "a.zip", "--publisher", "Them")
    assert "Us" in wrong.value.remedy
    with pytest.raises(Refused, match="is not there"):
        runs("export", tmp_path / "nowhere/a.zip")
    (tmp_path / "a.zip").write_text("mine")
    with pytest.raises(Refused, match=r"not written as \.xlsx"):
        runs("export", tmp_path / "out.xlsx")
    with pytest.raises(Refused, match="there already"):
        runs("export", tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_text() == "mine"
