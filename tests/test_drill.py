"""The drill of docs/privacy.md with the real process: after a restore the words are gone, the counts are not."""

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
        assert WORDS["Tom"] not in readable(again, key)
        assert WORDS["Amina"] in readable(again, key)
        assert str(tom.id).encode() not in (tmp_path / "rxbot.db").read_bytes()
        assert counted(one) == [*facts, "erased"]

        one.start()
        await walk(one, amina, "yes that is right")
        await one.until("she goes on", lambda: "Is it right?" not in amina.screen[-1].text)
        tom.types("hello")
        await one.until("he is a stranger", lambda: tom.screen[-1].from_bot)
        assert "link" in tom.screen[-1].text


def _unfinished(folder: Path) -> list[object]:
    with closing(sqlite3.connect(folder / "rxbot.db")) as raw:
        return raw.execute("SELECT 1 FROM erasure WHERE done_at IS NULL").fetchall()
