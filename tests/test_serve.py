"""The real process: `rxbot serve` as an operator sets it up, killed in the middle, and what it leaves behind."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from stage import free_port

from rxbot.clock import real_now
from rxbot.demo import TOWN
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.store.episodes import latest
from rxbot.store.keys import Keys
from rxbot.store.unit import Store

PATIENCE = 60.0
pytestmark = pytest.mark.timeout(300)  # processes of their own, on a computer that may be busy


@dataclass
class Process:
    """`rxbot serve` as an operator runs it, and the commands beside it."""

    folder: Path
    telegram: Telegram
    environment: dict[str, str]
    log: Path = field(init=False)
    running: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.log = self.folder / "log"

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "rxbot", "serve"]
            self.running = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=self.folder)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self.running
        self.running.send_signal(how)
        self.running.wait(PATIENCE)

    async def command(self, *words: str) -> str:
        command = [sys.executable, "-m", "rxbot", *words]
        done = await asyncio.to_thread(
            subprocess.run,
            command,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def until(self, what: str, seen: object) -> None:
        """Wait until this is so."""
        async with asyncio.timeout(PATIENCE):
            while not seen():  # type: ignore[operator]
                assert self.running is None or self.running.poll() is None, self.log.read_text()
                await asyncio.sleep(0.02)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}


@asynccontextmanager
async def process(folder: Path) -> AsyncIterator[Process]:
    telegram = Telegram(now=real_now)
    telegram.deliver_twice = True
    async with serve(create_app(telegram)) as url:
        environment = {
            "PATH": os.environ["PATH"],
            "RXBOT_TELEGRAM_API": url,
            "RXBOT_TOKEN": telegram.token,
            "RXBOT_SEND_LIMITS": "off",  # people here answer quicker than anybody could
            "RXBOT_DATABASE_URL": f"sqlite:///{folder / 'rxbot.db'}",
            "RXBOT_LISTEN": f"127.0.0.1:{free_port()}",
        }
        one = Process(folder, telegram, environment)
        try:
            yield one
        finally:
            if one.running and one.running.poll() is None:
                one.kill()


async def first_day(one: Process) -> Person:
    """Do what an operator does: start, import, enrol, bind."""
    sam = one.telegram.person("Sam")
    team = one.telegram.group("Team", members=[sam])
    team.add_bot()
    one.start()
    await one.until("the menu is set", lambda: any(method == "setMyCommands" for method, _ in one.telegram.calls))
    assert "95 services read" in await one.command("directory", "import", str(TOWN), "--publisher", "Kittersea")
    enrolment = (await one.command("worker", "enrol", "Sam")).strip()
    code = (await one.command("team", "bind")).split("/bind ")[1].strip()
    sam.opens_link(enrolment.partition("?start=")[2])
    await one.until("Sam is enrolled", lambda: sam.screen[-1].from_bot)
    seat = sam.in_group(team)
    seat.types(f"/bind {code}")
    await one.until("the test alert is there", lambda: "I see alerts here" in seat.screen[-1].buttons)
    seat.taps("I see alerts here")
    await one.until("it is acknowledged", lambda: "Sam sees alerts" in seat.screen[-1].text)
    return sam


async def walk(one: Process, tom: Person, *replies: str) -> None:
    """Answer, and wait each time for what comes back."""
    for reply in replies:
        before = tom.screen[-1].id
        tom.types(reply)
        own = tom.screen[-1].id

        def answered(own: int = own) -> bool:
            last = tom.screen[-1]
            return last.id > own and last.from_bot and bool(last.buttons or tom.keys)

        await one.until(reply, answered)
        assert tom.screen[-1].id > before


async def test_killed_in_the_middle_nothing_is_lost(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await first_day(one)
        (made,) = json.loads(await one.command("invite", "harbour", "--language", "en", "--json"))
        tom = one.telegram.person("Tom")
        tom.opens_link(made["link"].partition("?start=")[2])
        await one.until("the languages are shown", lambda: "English" in tom.screen[-1].buttons)
        await walk(one, tom, "English", "yes", "yes", "yes", "44", "no, for somebody else", "food, money")
        tom.types("sometimes")
        one.kill(signal.SIGKILL)
        tom.types("yes please")  # said while nobody is there
        one.start()
        await one.until("both are answered", lambda: "What would help most with money" in tom.screen[-1].text)
        await walk(one, tom, "help with debts")
        tom.types("yes")
        one.kill(signal.SIGTERM)
        tom.types("yes please")
        one.start()
        await one.until("both are answered", lambda: "What would help most with food" in tom.screen[-1].text)
        await walk(one, tom, "meals with other people", "none of these", "skip", "Old Town", "any time of day", "I like cooking")
        await one.until("the review is shown", lambda: "Is it right?" in tom.screen[-1].text)
        review = tom.screen[-1].text
        for line in (
            "What matters: Money, Food",
            "Money: Sometimes",
            "Help with money: Yes, please",
            "Help with food: Yes, please",
            "In my own words: I like cooking",
        ):
            assert line in review
        asked = [message.text.splitlines()[0] for message in tom.screen if message.from_bot]
        # a kill between sending and marking: it goes once more, with the same buttons; a stop in good order ends what it began
        assert 1 <= asked.count("Do you ever run short of money for food, rent or heating?") <= 2
        assert asked.count(asked[-1]) == 1


async def test_forget_me_leaves_no_word_in_the_files_or_the_log(tmp_path: Path) -> None:
    words = "zebrafinch lighthouse marmalade"
    async with process(tmp_path) as one:
        await first_day(one)
        (made,) = json.loads(await one.command("invite", "harbour", "--ref", "quincetree-77", "--json"))
        tom = one.telegram.person("Tom")
        address = str(tom.id)
        tom.opens_link(made["link"].partition("?start=")[2])
        await one.until("the languages are shown", lambda: "English" in tom.screen[-1].buttons)
        await walk(one, tom, "English", "yes", "yes", "yes", "44", "no, for somebody else", "food", "sometimes", "no")
        await walk(one, tom, "none of these", "skip", "Old Town", "any time of day", words)
        await one.until("the review is shown", lambda: "Is it right?" in tom.screen[-1].text)

        store = Store(one.environment["RXBOT_DATABASE_URL"], Keys(f"sqlite:///{tmp_path / 'rxbot.keys.db'}", _key(tmp_path)))
        with store.begin() as unit:  # the same search finds the words through the store
            held = latest(unit, "telegram", address)
        assert held is not None
        assert held.episode.sheets["intake"]["words"].raw == words
        assert address.encode() in b"".join(one.files().values())
        for name, content in one.files().items():
            for word in (*words.split(), "quincetree"):
                assert word.encode() not in content, f"{word} can be read in {name}"

        await walk(one, tom, "forget me")
        tom.taps("Yes, erase it all")
        await one.until("it is done", lambda: "It is done" in tom.screen[-1].text)
        await one.until("the keys are gone", lambda: not _open_erasures(store))
        with store.begin() as unit:
            assert latest(unit, "telegram", address) is None
            with pytest.raises(Exception, match="not in the key store"):
                Keys(f"sqlite:///{tmp_path / 'rxbot.keys.db'}", _key(tmp_path)).unseal(held.episode.id, b"0" * 40)
        store.close()
        for name, content in one.files().items():
            for word in (*words.split(), "quincetree", address):
                assert word.encode() not in content, f"{word} can be read in {name}"


def _key(folder: Path) -> str:
    return (folder / "rxbot.keys.key").read_text()


def _open_erasures(store: Store) -> int:
    with store.begin() as unit:
        return len(unit.connection.exec_driver_sql("SELECT 1 FROM erasure WHERE done_at IS NULL").all())


async def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await one.command("team", "bind")
        kept = [path for path in tmp_path.iterdir() if path.suffix in (".db", ".key")]
        assert sorted(path.name for path in kept) == ["rxbot.db", "rxbot.keys.db", "rxbot.keys.key"]
        assert {path.stat().st_mode & 0o077 for path in kept} == {0}
