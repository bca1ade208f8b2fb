"""What the operator does about who gets in, by the commands."""

import csv
import json
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from clinic_acts import browser_of, sends
from typer.testing import CliRunner

from rxbot import app as root
from rxbot.__main__ import cli
from rxbot.clinic.pages import House
from rxbot.clock import real_now
from rxbot.content.load import Release
from rxbot.errors import Refused
from rxbot.report.gaps import definitions
from rxbot.settings import read_settings
from rxbot.store import ledger, staff


@pytest.fixture
def operated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> House:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setenv("RXBOT_PUBLIC_URL", "https://clinic.test")
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    monkeypatch.setattr(root.os, "umask", lambda _: None)
    return House(root.open_store(read_settings()), release, real_now, lambda: "marrow_bay_bot", "https://clinic.test")


def says(*command: str) -> str:
    told = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.output


async def signs_in_by(browser: httpx.AsyncClient, *command: str) -> str:
    await sends(browser, await browser.get(says("clinic", "sign-in", *command).strip()))
    return (await browser.get("/clinic/")).text


async def test_the_operator_signs_people_in_by_role_and_out_again(operated: House) -> None:
    async with browser_of(operated) as clinician, browser_of(operated) as reception, browser_of(operated) as other:
        assert "Clinician" in await signs_in_by(clinician, "harbour")
        assert "Reception" in await signs_in_by(reception, "harbour", "--role", "reception")
        assert "Hillside" in await signs_in_by(other, "hillside")
        assert says("clinic", "sign-out", "harbour") == "2 signed out.\n"
        answers = [(await browser.get("/clinic/")).status_code for browser in (clinician, reception, other)]
        assert answers == [303, 303, 200]
    operated.store.close()


def test_a_role_that_is_none_of_a_clinics_is_refused(operated: House) -> None:
    told = CliRunner().invoke(cli, ["clinic", "sign-in", "harbour", "--role", "lead"])
    assert told.exit_code == 2
    assert re.search("clinician.*reception", told.output)
    with pytest.raises(Refused, match="harbour, hillside"):
        says("clinic", "sign-out", "moon")
    operated.store.close()


def test_what_happens_in_a_survey_before_a_team_is_ready_is_said_when_its_links_are_made(
    operated: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def bot_name(_: object) -> str:
        return "marrow_bay_bot"

    monkeypatch.setattr(root, "bot_name", bot_name)
    told = CliRunner().invoke(cli, ["invite", "harbour", "--survey", "--json"], catch_exceptions=False)
    assert "https://t.me/marrow_bay_bot?start=" in json.loads(told.stdout)[0]["link"]
    assert "is shown the numbers to ring" in told.stderr
    assert "rxbot team bind" in told.stderr
    operated.store.close()


def test_where_there_is_nothing_to_tell_of_gaps_no_figure_is_explained(operated: House) -> None:
    assert says("gaps") == "Nobody has told of any needs yet.\n"
    operated.store.close()


def test_an_enrolment_is_ended_by_its_name(operated: House) -> None:
    with operated.store.begin() as unit:
        staff.add_worker(unit, "w", "Sam", "link_worker", operated.now())
        staff.enrol(unit, "w", "7", operated.now())
    assert "Take them out of the Telegram group too." in says("worker", "end", "Sam")
    with operated.store.begin() as unit:
        assert staff.worker_at(unit, "7") is None
    with pytest.raises(Refused, match="as it was enrolled"):
        says("worker", "end", "Samuel")
    operated.store.close()


def test_the_operator_sees_what_is_lacking_and_gives_it_out_with_the_same_hidden(operated: House, tmp_path: Path) -> None:
    with operated.store.begin() as unit:
        for n in range(40):
            area = "Old Town" if n < 2 else "Harbourside" if n < 9 else "=Northfields"
            codes = {"needs": "food", "area": area, "language": "en", "age": "a26"}
            ledger.record(unit, f"e{n}", "harbour", "needs_named", codes, operated.now())
            ledger.record(unit, f"e{n}", "harbour", "searched", {"needs": "food", "found": "1"}, operated.now())
    shown = says("gaps")
    assert all(f"{name}: {means}" in shown for name, means in definitions())
    rows = {(one["by"], one["group"]): one["wanted"] for one in json.loads(says("gaps", "--json")) if one["need"] == "food"}
    assert [rows["area", area] for area in ("Old Town", "Harbourside", "=Northfields")] == ["hidden", "hidden", 31]
    assert "Hidden: fewer than 5 people" in says("gaps", "--csv", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        written = {(one["by"], one["group"]): one["want_help"] for one in csv.DictReader(file) if one["need"] == "food"}
    assert written == {(by, group.replace("=", "'=")): str(wanted) for (by, group), wanted in rows.items()}
    assert all(need.label in shown for need in operated.release.content.needs.values())
    for out, wrong in ((tmp_path, "is a folder"), (tmp_path / "no" / "out.csv", "is not there")):
        with pytest.raises(Refused, match=wrong):
            says("gaps", "--csv", str(out))
    later = f"{operated.now() + timedelta(days=2):%Y-%m-%d}"
    assert "Nobody has told of any needs yet." in says("gaps", "--since", later)
    operated.store.close()
