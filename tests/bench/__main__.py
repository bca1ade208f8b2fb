"""`make bench`: rxbot beside what python-telegram-bot does by itself, in one run. Prints the table that README quotes."""

import asyncio
import logging
import os
import platform
import sys
import tempfile
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import structlog

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "episode"))

import importing
import matching
from crowd import Crowd
from houses import SECOND, Bot, at_rest, at_the_first_question, library, rxbot
from stored import due_timer, start

from rxbot.content.load import load, shipped

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
PEOPLE = [int(many) for many in os.environ.get("BENCH_PEOPLE", "1 100 1000").split()]
BOTS = os.environ.get("BENCH_BOTS", "echo talk sqlite postgresql").split()
ACTS = os.environ.get("BENCH_ACTS", "words taps").split()
STORED = [int(many) for many in os.environ.get("BENCH_STORED", "0 1000 100000 1000000").split()]
AWAY = 0.05


async def measured(what: str, which: str, many: int, away: float = 0.0) -> None:
    """Measure one bot with so many people, and print a line."""
    release = load(shipped(), date.today())  # noqa: DTZ011
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(away)
        crowd.comes(many)
        async with crowd.served() as api:
            if which in ("echo", "talk"):
                house: AbstractContextManager[Bot] = library(which, crowd, api, Path(folder))
            else:
                walked = at_rest if what == "words" else at_the_first_question
                house = rxbot(which, crowd, api, Path(folder), release, walked)
            with house as bot:
                await polls(crowd)
                await crowd.presses_start()
                before = bot.core_seconds
                came = await crowd.lives(bot.words if what == "words" else bot.taps, SECONDS)
                spent = bot.core_seconds - before
                each = 1000 * spent / max(came.turns, 1) * SECONDS / (SECONDS + 2)
                figures = (
                    f"{came.rate:,.0f}",
                    f"{each:.2f}",
                    f"{came.wait(0.5):.1f}",
                    f"{came.wait(0.99):.1f}",
                    f"{bot.megabytes:.0f}",
                )
                print(f"| {what} | {many} | {1000 * away:.0f} | {bot.name} | " + " | ".join(figures) + " |", flush=True)  # noqa: T201


async def measured_at_rest(many: int) -> None:
    """Measure rxbot with so many people stored who do nothing, and print a line."""
    release, crowd = load(shipped(), date.today()), Crowd()  # noqa: DTZ011
    async with crowd.served() as api:
        took, megabytes = await start(many, release, crowd, api)
    print(f"| {many:,} | {took:.1f} | {megabytes:.0f} | {due_timer(many, release):.2f} |", flush=True)  # noqa: T201


async def polls(crowd: Crowd) -> None:
    """Wait until the bot asks for updates."""
    while not crowd.telegram.queue.poll:
        await asyncio.sleep(0.05)


async def main() -> None:
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    os.sched_setaffinity(0, SECOND)
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%d %B %Y}, {machine}; the bot on one core, people and Telegram on another\n")  # noqa: T201
    print("| What | People | ms to Telegram | Bot | Turns a second | ms of a core a turn | p50 ms | p99 ms | MB |")  # noqa: T201
    print("|---|---|---|---|---|---|---|---|---|")  # noqa: T201
    for what in ACTS:
        for many in PEOPLE:
            for which in BOTS:
                if (what, which) != ("taps", "echo"):
                    await measured(what, which, many)
    for which in BOTS:
        await measured("words", which, 100, AWAY)
    print("\n| People stored | seconds to start | MB | ms of a core for a timer that is due |")  # noqa: T201
    print("|---|---|---|---|")  # noqa: T201
    for many in STORED:
        await measured_at_rest(many)


def all_of_it() -> None:
    """Measure the parts that were asked for."""
    needs = dict(load(shipped(), date.today()).content.needs)  # noqa: DTZ011
    parts = {
        "turns": lambda: asyncio.run(main()),
        "matching": lambda: matching.main(needs),
        "importing": lambda: importing.main(needs),
    }
    for part in os.environ.get("BENCH", " ".join(parts)).split():
        parts[part]()


if __name__ == "__main__":
    all_of_it()
