"""The real process: `rxbot serve` as an operator sets it up, beside a Telegram of ours; and the first day of a team."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, STDOUT
from threading import Thread

from stage import free_port

from rxbot.clock import Now, real_now
from rxbot.demo import TOWN
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram

PATIENCE = 60.0


@dataclass
class Process:
    """`rxbot serve` as an operator runs it, and the commands beside it."""

    folder: Path
    telegram: Telegram
    environment: dict[str, str]
    log: Path = field(init=False)
    running: subprocess.Popen[bytes] | None = None
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
        command, environment = [sys.executable, "-m", "rxbot", "serve"], self.environment | more
        self.running = subprocess.Popen(command, env=environment, stdout=PIPE, stderr=STDOUT, cwd=self.folder)
        self._reader = Thread(target=self._keep, args=(self.running,), daemon=True)
        self._reader.start()

    def _keep(self, running: subprocess.Popen[bytes]) -> None:
        assert running.stdout
        with running.stdout as said, self.log.open("ab", buffering=0) as log:
            for line in said:
                log.write(line)

    @property
    def is_running(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self.running
        self.running.send_signal(how)
        self.running.wait(PATIENCE)
        self._reader.join(PATIENCE)

    async def command(self, *words: str) -> str:
        done = await self._run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def refused(self, *words: str) -> str:
        """Run a command that is refused; give what it says."""
        done = await self._run(*words)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr

    async def _run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "rxbot", *words]
        return await asyncio.to_thread(
            subprocess.run,
            command,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    async def until(self, what: str, seen: object) -> None:
        """Wait until this is so."""
        async with asyncio.timeout(PATIENCE):
            while not seen():  # type: ignore[operator]
                assert self.running is None or self.running.poll() is None, self.log.read_text()
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
