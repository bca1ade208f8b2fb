"""What an operator does beside a running rxbot: a person's data on paper, erasing them, and another RXBOT_KEY."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select
from stage import Stage, stage
from test_retention import rows, says
from thief import readable
from typer.testing import CliRunner

from rxbot.__main__ import cli
from rxbot.errors import Refused
from rxbot.sandbox.script import Person
from rxbot.store.invitations import by_code, of_clinic
from rxbot.store.tables import audit, erasure, ledger

WORDS = "zebrafinch lighthouse"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setenv("RXBOT_TELEGRAM_API", "http://127.0.0.1:1")
    monkeypatch.setenv("RXBOT_TEST_CLOCK", str(tmp_path / "clock"))
    for name in ("RXBOT_KEY", "RXBOT_NEW_KEY", "RXBOT_KEYS_URL", "RXBOT_CONTENT"):
        monkeypatch.delenv(name, raising=False)


async def command(*words: str, typed: str = "") -> str:
    """Run a command as an operator does, beside what serves."""
    run = CliRunner().invoke
    return (await asyncio.to_thread(run, cli, list(words), input=typed, catch_exceptions=False)).output


async def comes(one: Stage, name: str, ref: str) -> Person:
    who = one.telegram.person(name)
    who.opens_link(await one.invites(ref=ref))
    await one.settles()
    await says(one, who, "English", "yes", "yes", "yes", "44", "I want to talk to a person", WORDS)
    return who


async def until(one: Stage, seen: object) -> None:
    async with asyncio.timeout(15):
        while not await seen():  # type: ignore[operator]
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("environment")
async def test_a_person_who_asks_on_paper_gets_all_of_it_and_is_erased(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom, amina = await comes(one, "Tom", "A17"), await comes(one, "Amina", "A18")
        for nobody in ("harbour/A19", "lantern/A17", "77", "CDFH-JKMN"):
            with pytest.raises(Refused, match="Nobody is kept"):
                await command("export", nobody)
        said = await command("export", "harbour/A17", "--folder", str(tmp_path / "paper"))
        files = {path.name: path for path in (tmp_path / "paper").iterdir()}
        assert sorted(files) == ["1-my-data.html", "1-my-data.json"]
        for file in files.values():
            assert str(file) in said
            assert "A17" in file.read_text()
            assert str(tom.id) in file.read_text()
            assert file.stat().st_mode & 0o777 == 0o600
        with pytest.raises(Refused, match="is there already"):
            await command("export", "1", "--folder", str(tmp_path / "paper"))

        with pytest.raises(Refused, match="Nothing was erased"):
            await command("erase", "1", typed="yes\n")
        assert await one.held(tom)
        said = await command("erase", "1", typed="1\n")
        assert "This cannot reach" in said
        await one.settles()
        assert one.says("erased", "en").search(tom.screen[-1].text)
        await until(one, lambda: rows(one, select(erasure.c.key_id).where(erasure.c.done_at.is_not(None))))
        assert not await one.held(tom)
        assert await one.held(amina)
        assert len(one.team.topics) == 1
        acts = await rows(one, select(audit.c.act).where(audit.c.actor == "operator"))
        assert acts == [("export",), ("erase",)]  # an act that was refused wrote nothing
        assert await rows(one, select(ledger.c.codes).where(ledger.c.fact == "erased")) == [({"by": "operator"},)]


@pytest.mark.usefixtures("environment")
async def test_a_link_that_nobody_opened_is_erased_too_and_one_name_for_two_is_refused(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        token = await one.invites(ref="A17")
        with pytest.raises(Refused, match="Nobody has opened this link"):
            await command("export", "harbour/A17")
        await command("erase", "harbour/A17", "--confirm", "harbour/A17")
        tom = one.telegram.person("Tom")
        tom.opens_link(token)
        await one.settles()
        assert one.says("link_old", "en").search(tom.screen[-1].text)
        for _ in range(2):
            await one.invites(ref="A18")
        with pytest.raises(Refused, match="may mean 2 people"):
            await command("erase", "harbour/A18")


@pytest.mark.usefixtures("environment")
async def test_a_rotated_key_opens_everything_and_what_runs_with_the_old_one_loses_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        await comes(one, "Tom", WORDS)
        old = (tmp_path / "rxbot.keys.key").read_text()
        assert WORDS in readable(tmp_path, old)
        token = await one.invites()
        (newest, *_) = await one.app.ask(lambda unit: of_clinic(unit, "harbour", one.app.now()))
        await one.restart()  # it has no key in its memory now
        assert "wrapped anew" in await command("keys", "rotate")
        assert WORDS in readable(tmp_path, (tmp_path / "rxbot.keys.key").read_text())
        with pytest.raises(AssertionError, match="cannot even open"):
            readable(tmp_path, old)
        amina = one.telegram.person("Amina")
        amina.opens_link(token)
        await asyncio.sleep(0.5)
        assert not [message for message in amina.screen if message.from_bot]
        await one.restart()
        await one.settles()
        assert "English" in amina.screen[-1].buttons
        assert newest.private
        assert await one.app.ask(lambda unit: by_code(unit, newest.private.code, one.app.now()))


@pytest.mark.usefixtures("environment")
async def test_an_older_copy_of_the_keys_brings_nobody_back(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        tom = await comes(one, "Tom", "A17")
        held = await one.held(tom)
        assert held
        older = tmp_path / "older.db"
        await command("keys", "backup", str(older))
        await command("erase", "harbour/A17", "--confirm", "harbour/A17")
        await one.settles()
        await one.stop()
        for path in tmp_path.glob("rxbot.keys.db*"):
            path.unlink()
        older.rename(tmp_path / "rxbot.keys.db")
        await one.start()
        await one.settles()
        assert held.episode.id not in one.app.store.keys.all_ids()
        assert held.episode.id in one.app.store.keys.destroyed()
