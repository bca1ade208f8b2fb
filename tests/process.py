"""The real process: `rxbot serve` as an operator sets it up, beside a Telegram of ours; and the first day of a team.

It is a process of its own, with an environment of its own, and is killed as any other. Only what it would import first is there
already when it begins (`warm.py`); `python -m rxbot` from nothing is what `tests/test_readme.py` and `tests/test_doctor.py` run.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Thread
from unittest.mock import patch

from stage import free_port

from rxbot.clock import Now, real_now
from rxbot.demo import TOWN
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram

PATIENCE = 60.0


@cache
def warmed() -> ForkServerContext:
    """Begin the server that forks. It looks for what it imports by the environment alone."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["warm"])
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, sys.path))):
        forkserver.ensure_running()
    return context


def run(words: list[str], environment: dict[str, str], folder: Path, out: Connection | Path, wrong: Path | None) -> None:
    """Be `rxbot` with these words."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    said = out.fileno() if isinstance(out, Connection) else os.open(out, os.O_WRONLY | os.O_CREAT)
    os.dup2(said, 1)
    os.dup2(os.open(wrong, os.O_WRONLY | os.O_CREAT) if wrong else said, 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1) for number in (1, 2))
    sys.argv = ["rxbot", *words]
    import rxbot.__main__

    rxbot.__main__.main()


@dataclass
class Process:
    """`rxbot serve` as an operator runs it, and the commands beside it."""

    folder: Path
    telegram: Telegram
    environment: dict[str, str]
    log: Path = field(init=False)
    running: ForkServerProcess | None = None
    _reader: Thread = field(init=False)
    _begun: int = 0

    def __post_init__(self) -> None:
        self.log = self.folder / "log"

    def said(self) -> str:
        """Read what it has logged since it was started last."""
        return self.log.read_bytes()[self._begun :].decode() if self.log.exists() else ""

    def start(self, **more: str) -> None:
        """Start it, with these in its environment too. It logs into a pipe: a disk that is full for it is not for its log."""
        self._begun = self.log.stat().st_size if self.log.exists() else 0
        said, out = multiprocessing.Pipe(duplex=False)
        about = (["serve"], self.environment | more, self.folder, out, None)
        self.running = warmed().Process(target=run, args=about, daemon=True)
        self.running.start()
        out.close()
        self._reader = Thread(target=self._keep, args=(said,), daemon=True)
        self._reader.start()

    def _keep(self, said: Connection) -> None:
        with os.fdopen(os.dup(said.fileno()), "rb") as lines, self.log.open("ab", buffering=0) as log:
            said.close()
            for line in lines:
                log.write(line)

    @property
    def is_running(self) -> bool:
        return self.running is not None and self.running.is_alive()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self.running
        assert self.running.pid
        os.kill(self.running.pid, how)
        self.running.join(PATIENCE)
        self._reader.join(PATIENCE)

    async def command(self, *words: str) -> str:
        """Run a command; give what it says."""
        code, said, complaint = await self._runs(*words)
        assert code == 0, complaint
        return said

    async def refused(self, *words: str) -> str:
        """Run a command that is refused; give what it says."""
        code, said, complaint = await self._runs(*words)
        assert code == 1, said
        assert "Traceback" not in complaint
        return complaint

    async def _runs(self, *words: str) -> tuple[int | None, str, str]:
        with tempfile.TemporaryDirectory() as folder:
            out, wrong = Path(folder) / "out", Path(folder) / "wrong"
            one = warmed().Process(target=run, args=([*words], self.environment, self.folder, out, wrong), daemon=True)
            one.start()
            await asyncio.to_thread(one.join, PATIENCE)
            return one.exitcode, out.read_text(), wrong.read_text()

    async def until(self, what: str, seen: object) -> None:
        """Wait until this is so."""
        async with asyncio.timeout(PATIENCE):
            while not seen():  # type: ignore[operator]
                assert self.running is None or self.running.is_alive(), self.log.read_text()
                await asyncio.sleep(0.02)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}


@asynccontextmanager
async def process(folder: Path, now: Now = real_now, **more: str) -> AsyncIterator[Process]:
    telegram = Telegram(now=now)
    telegram.deliver_twice = True
    async with serve(create_app(telegram)) as url:
        environment = {
            "PATH": os.environ["PATH"],
            "RXBOT_TELEGRAM_API": url,
            "RXBOT_TOKEN": telegram.token,
            "RXBOT_SEND_LIMITS": "off",  # people here answer quicker than anybody could
            "RXBOT_DATABASE_URL": f"sqlite:///{folder / 'rxbot.db'}",
            "RXBOT_LISTEN": f"127.0.0.1:{free_port()}",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            **more,
        }
        one = Process(folder, telegram, environment)
        try:
            yield one
        finally:
            if one.is_running:
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
