"""The bots that are measured, each a process of its own on the first core; the load has the second."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import postgres
from crowd import Crowd, taps, writes
from stage import free_port
from walking import Walk

from rxbot.clock import real_now
from rxbot.content.load import Release
from rxbot.sandbox.script import Person
from rxbot.store import episodes
from rxbot.store.episodes import Held
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.schema import prepare
from rxbot.store.unit import Store

HERE = Path(__file__).parent
FIRST, SECOND = {0}, {min(1, (os.cpu_count() or 1) - 1)}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Bot:
    """A bot at work: its name, its process, and what people do with it."""

    name: str
    process: subprocess.Popen[bytes]
    words: Callable[[Person], object]
    since: float  # when it was started
    taps: Callable[[Person], object] = taps

    @property
    def core_seconds(self) -> float:
        """Give the time it has worked."""
        said = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(said[11]) + int(said[12])) / TICKS

    @property
    def megabytes(self) -> float:
        """Give the memory it holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def begun(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[Bot]:
    """Start a bot on the first core, and stop it."""
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment}
    with (folder / f"{name}.log").open("ab") as log:
        since = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], cwd=folder, env=given, stdout=log, stderr=log)
        os.sched_setaffinity(process.pid, FIRST)
        try:
            yield Bot(name, process, writes("my plan"), since)
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def library(name: str, crowd: Crowd, api: str, folder: Path) -> Iterator[Bot]:
    """Start a bot of python-telegram-bot's own making."""
    with begun(name, [str(HERE / "bots" / f"{name}.py")], folder, {"TOKEN": crowd.telegram.token, "API": api}) as bot:
        yield bot


@contextmanager
def rxbot(
    kind: str,
    crowd: Crowd,
    api: str,
    folder: Path,
    release: Release,
    walked: Callable[[Walk], Walk],
    stored: Callable[[Store], None] = lambda _: None,
) -> Iterator[Bot]:
    """Start rxbot, with everybody in an episode as far as `walked` has brought them, and with what is stored besides."""
    where = folder / kind
    where.mkdir()
    database = postgres.fresh_url() if kind == "postgresql" else f"sqlite:///{where / 'rxbot.db'}"
    settings = {
        "RXBOT_TELEGRAM_API": api,
        "RXBOT_TOKEN": crowd.telegram.token,
        "RXBOT_SEND_LIMITS": "off",
        "RXBOT_DATABASE_URL": database,
        "RXBOT_KEYS_URL": f"sqlite:///{where / 'keys.db'}",
        "RXBOT_KEY": new_master_key(),
        "RXBOT_LISTEN": f"127.0.0.1:{free_port()}",
    }
    store = Store(database, Keys(settings["RXBOT_KEYS_URL"], settings["RXBOT_KEY"]))
    prepare(store)
    fill(store, release, walked, [person.id for person in crowd.people])
    stored(store)
    store.close()
    with begun("rxbot", ["-m", "rxbot", "serve"], where, settings) as bot:
        yield replace(bot, name=f"rxbot, {kind}", taps=answers_and_goes_back)
    if kind == "postgresql":
        postgres.drop(database)


def fill(store: Store, release: Release, walked: Callable[[Walk], Walk], addresses: list[int]) -> None:
    """Let people be there, each with an episode of their own, all come as far."""
    now = real_now() - timedelta(days=1)
    like = walked(Walk(release.content, at=now)).episode
    with store.begin() as unit:
        for number, address in enumerate(addresses):
            episodes.meet(unit, f"p{number}", "telegram", str(address), now)
            unit.keys.make(f"{number:016d}")
            episodes.start(unit, Held(f"p{number}", str(address), replace(like, id=f"{number:016d}")), now)


def at_rest(walk: Walk) -> Walk:
    """All was asked; nobody else reads what they write."""
    return walk.consents(share="no", clinic="no").reviews("food").taps("right", "chosen")


def at_the_first_question(walk: Walk) -> Walk:
    """Come to the first question of the intake about how they are."""
    walk.opens().taps("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own")
    assert walk.episode.asked == "ons4.satisfaction"
    return walk


def answers_and_goes_back(person: Person) -> None:
    """Answer the first question; at the next one, go back to it."""
    newest = next((one for one in reversed(person.chat.messages.values()) if one.keyboard), None)
    if newest is None:
        person.types("hello")
        return
    keys = {str(key.get("callback_data", "")).partition("~")[2]: key["callback_data"] for row in newest.keyboard for key in row}
    person.telegram.tap(person.user, newest, keys.get("a:ons4.satisfaction:5") or keys["back"])
