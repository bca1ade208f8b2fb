"""The drill of README's "Privacy at rest" with the real process: after a restore the words are gone, the counts are not."""

import json
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from process import Process, first_day, process
from test_serve import walk
from thief import readable

from rxbot.sandbox.script import Person

pytestmark = pytest.mark.timeout(300)  # processes of their own, on a computer that may be busy
WORDS = {"Tom": "zebrafinch lighthouse", "Amina": "marmalade quincetree"}


async def comes(one: Process, name: str) -> Person:
    """Answer from a link to the review, in words of their own."""
    (made,) = json.loads(await one.command("invite", "harbour", "--ref", f"ref {name}", "--json"))
    who = one.telegram.person(name)
    who.opens_link(made["link"].partition("?start=")[2])
    await one.until("the languages are shown", lambda: "English" in who.screen[-1].buttons)
    await walk(one, who, "English", "yes", "yes", "yes", "44", "no, for somebody else", "food", "sometimes", "no")
    await walk(one, who, "none of these", "skip", "Old Town", "any time of day", WORDS[name])
    await one.until("the review is shown", lambda: "Is it right?" in who.screen[-1].text)
    return who


def stolen(one: Process, name: str) -> Path:
    """Copy every file there is, the write-ahead logs and a dump among them, but not the copies taken before."""
    folder = one.folder / name
    folder.mkdir()
    for file in one.folder.iterdir():
        if file.is_file() and file.name != "log":
            shutil.copy(file, folder)
    with closing(sqlite3.connect(folder / "rxbot.db")) as raw:
        (folder / "dump.sql").write_text("\n".join(raw.iterdump()))
    return folder


def wrapped_keys(folder: Path) -> set[bytes]:
    with closing(sqlite3.connect(folder / "rxbot.keys.db")) as raw:
        return {row[0] for row in raw.execute("SELECT wrapped FROM wrapped_key")}


def counted(one: Process) -> list[str]:
    with closing(sqlite3.connect(one.folder / "rxbot.db")) as raw:
        return [row[0] for row in raw.execute("SELECT fact FROM ledger ORDER BY id")]


async def test_after_a_backup_an_erase_and_a_restore_the_words_are_gone_and_the_counts_are_not(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await first_day(one)
        tom, amina = await comes(one, "Tom"), await comes(one, "Amina")
        said = await one.command("backup", str(tmp_path / "copy.backup"))
        assert "is whole" in said
        assert "2 episode" in said
        assert said == await one.command("backup", "--check", str(tmp_path / "copy.backup"))

        key = (tmp_path / "rxbot.keys.key").read_text()
        before = stolen(one, "before")
        for words in WORDS.values():
            assert words in readable(before, key), "the same thief could read it before"
        facts = counted(one)

        await walk(one, tom, "forget me")
        tom.taps("Yes, erase it all")
        await one.until("it is done", lambda: "It is done" in tom.screen[-1].text)
        await one.until("the keys are gone", lambda: not _unfinished(tmp_path))
        after = stolen(one, "after")
        read = readable(after, key)
        assert WORDS["Tom"] not in read
        assert WORDS["Amina"] in read
        destroyed = wrapped_keys(before) - wrapped_keys(after)
        assert len(destroyed) == 1
        for file in after.iterdir():
            content = file.read_bytes()
            assert not [wrapped for wrapped in destroyed if wrapped in content or wrapped.hex().encode() in content.lower()], file

        refused = await one.refused("restore", str(tmp_path / "copy.backup"), "--replace")
        assert "Stop `rxbot serve`" in refused
        one.kill(signal.SIGTERM)
        assert "The database is not empty" in await one.refused("restore", str(tmp_path / "copy.backup"))
        restored = await one.command("restore", str(tmp_path / "copy.backup"), "--replace")
        assert "1 erased again" in restored
        again = stolen(one, "again")
        (again / "rxbot.db.until").unlink(missing_ok=True)
        assert WORDS["Tom"] not in readable(again, key)
        assert WORDS["Amina"] in readable(again, key)
        assert str(tom.id).encode() not in (tmp_path / "rxbot.db").read_bytes()
        assert counted(one) == [*facts, "erased"]

        one.start()
        await walk(one, amina, "yes that is right")
        await one.until("she goes on", lambda: "Is it right?" not in amina.screen[-1].text)
        before_that = tom.screen[-1].id
        tom.types("hello")
        await one.until("he is a stranger", lambda: tom.screen[-1].id > before_that + 1)
        assert "link" in tom.screen[-1].text


def _unfinished(folder: Path) -> list[object]:
    with closing(sqlite3.connect(folder / "rxbot.db")) as raw:
        return raw.execute("SELECT 1 FROM erasure WHERE done_at IS NULL").fetchall()


async def test_a_person_who_asks_on_paper_gets_all_of_it_and_is_erased(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await first_day(one)
        tom = await comes(one, "Tom")
        assert "Nobody is kept" in await one.refused("export", "harbour/A17")
        await one.command("export", "harbour/ref Tom", "--folder", str(tmp_path / "paper"))
        files = {path.name: path for path in (tmp_path / "paper").iterdir()}
        assert sorted(files) == ["1-my-data.html", "1-my-data.json"]
        for file in files.values():
            assert WORDS["Tom"] in file.read_text()
            assert file.stat().st_mode & 0o777 == 0o600

        assert "Nothing was erased" in await one.refused("erase", "harbour/ref Tom", "--confirm", "yes")
        said = await one.command("erase", "harbour/ref Tom", "--confirm", "harbour/ref Tom")
        assert "This cannot reach" in said
        await one.until("he is told", lambda: "It is done" in tom.screen[-1].text)
        await one.until("the keys are gone", lambda: not _unfinished(tmp_path))
        key = (tmp_path / "rxbot.keys.key").read_text()
        shutil.rmtree(tmp_path / "paper")
        assert WORDS["Tom"] not in readable(stolen(one, "after"), key)
        with closing(sqlite3.connect(tmp_path / "rxbot.db")) as raw:
            acts = [row[0] for row in raw.execute("SELECT act FROM audit WHERE actor = 'operator'")]
        assert acts == ["export", "erase"]


async def test_a_rotated_key_opens_everything_and_a_serve_with_the_old_one_loses_nothing(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await first_day(one)
        tom = await comes(one, "Tom")
        old = (tmp_path / "rxbot.keys.key").read_text()
        assert "wrapped anew" in await one.command("keys", "rotate")
        new = (tmp_path / "rxbot.keys.key").read_text()
        assert WORDS["Tom"] in readable(stolen(one, "copy"), new)
        with pytest.raises(AssertionError, match="cannot even open"):
            readable(tmp_path / "copy", old)
        (made,) = json.loads(await one.command("invite", "harbour", "--json"))
        amina = one.telegram.person("Amina")
        amina.opens_link(made["link"].partition("?start=")[2])
        await one.until("it says what to do", lambda: b"key_rotated" in one.log.read_bytes())
        one.kill(signal.SIGTERM)
        one.start()
        await one.until("nothing is lost", lambda: "English" in amina.screen[-1].buttons)
        await walk(one, tom, "yes that is right")
