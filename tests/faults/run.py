"""The run: the real process, people who answer, and whoever strikes, until all strikes have fallen and everybody has arrived."""

import asyncio
import logging
import random
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from time import monotonic

import postgres
from count import Counted, letters_due, letters_leased
from people import Walker
from process import Process, process
from stage import begun, town_database, town_on_postgres

from rxbot.clinic.invitations import invite
from rxbot.clock import movable_now, move
from rxbot.content.load import Release, load, shipped
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram
from rxbot.store import outbox_rows, staff
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.unit import Store

BEAT = 0.05  # seconds between looks at everybody's screen
REST = 0.7  # when so many have nothing to answer, a day passes
ARRIVE_WITHIN = 600.0  # seconds for everybody to arrive when nothing strikes any more
REST_WITHIN = 60.0  # seconds for what is under way then
STILL = 1.0  # seconds without a word or a call before a day passes
LISTEN, QUIET = 0.5, 4  # seconds without a word or a call, so many times in a row: nothing is under way any more
HEARD_WITHIN = 10.0  # seconds, at most, before a kill
PATH = "/telegram"
MENU = ("getMyCommands", "setMyCommands")  # is asked for at each start, and set where it differs


@dataclass(frozen=True)
class Strike:
    """One thing that goes wrong."""

    name: str
    do: "Callable[[Run], Awaitable[None]]"


@dataclass
class Run:
    """What strikes play on. `during` names the strike under way."""

    one: Process
    dice: random.Random
    release: Release
    team: Group
    sam: Person
    during: str = "nothing"
    walkers: list[Walker] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)
    struck: Counter[str] = field(default_factory=Counter)
    days: int = 0
    starts: int = 0
    may_pass: bool = True
    may_act: bool = True
    work: float = 2.0  # seconds that a strike lasts
    uptime: float = 2.0  # seconds at most that it works before a kill, after it has heard from somebody
    last_act: float = 0.0

    @property
    def clock(self) -> Path:
        return self.one.folder / "clock"

    @property
    def telegram(self) -> Telegram:
        return self.one.telegram

    @property
    def pid(self) -> int:
        assert self.one.running
        return self.one.running.pid

    def now_is(self, **later: float) -> None:
        """Put the clock on, or back. Taps that wait are thrown away by Telegram when they have waited for long."""
        then = self.telegram.time + timedelta(**later).total_seconds()
        gone = {one.update["update_id"] for one in self.telegram.queue.pending if one.until <= then}
        for given in (given for walker in self.walkers for given in walker.given):
            given.expired |= given.update in gone
        move(self.clock, timedelta(**later).total_seconds())

    def opened(self) -> closing[Store]:
        """Open the database beside the process, or when it is not there."""
        at = self.one.environment
        return closing(Store(at["RXBOT_DATABASE_URL"], Keys(at["RXBOT_KEYS_URL"], at["RXBOT_KEY"])))

    async def first_day(self) -> None:
        """Start it, and let a worker and a lead enrol and the team bind, with codes that `rxbot worker enrol` would print."""
        await self.is_up()
        now, sam, kim = self.telegram.now(), self.sam, self.telegram.person("Kim")
        with self.opened() as store, store.begin() as unit:
            for name, role in (("Sam", "link_worker"), ("Kim", "lead")):
                staff.add_worker(unit, name, name, role, now)
                staff.issue(unit, f"code-{name}", "enrol", name, now + timedelta(days=1))
            staff.issue(unit, "bind-code", "bind", "", now + timedelta(days=1))
        for one in (sam, kim):
            one.opens_link(f"enrol-code-{one.name}")
        seat = sam.in_group(self.team)
        await self.one.until("both are enrolled", lambda: all(who.screen[-1].from_bot for who in (sam, kim)))
        seat.types("/bind bind-code")
        await self.one.until("the test alert is there", lambda: "I see alerts here" in seat.screen[-1].buttons)
        seat.taps("I see alerts here")
        await self.one.until("it is acknowledged", lambda: "Sam sees alerts" in seat.screen[-1].text)

    def starts_now(self) -> None:
        """Start the process; every second time Telegram brings the updates, and a tap may overtake a message."""
        self.starts += 1
        brings = self.starts % 2 == 0
        self.one.start(**({"RXBOT_WEBHOOK_URL": f"http://{self.one.environment['RXBOT_LISTEN']}{PATH}"} if brings else {}))

    async def is_up(self) -> None:
        """Have the process running and in touch with Telegram."""
        if self.one.is_running:
            return
        before, calls = len(self.telegram.calls), self.telegram.calls
        self.starts_now()
        await self.one.until("the menu is set", lambda: any(method in MENU for method, _ in calls[before:]))

    async def works_for(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        assert self.one.is_running, self.one.log.read_text()[-3000:]

    async def hears(self, answers: int) -> None:
        """Wait until people have given so many more; where they are at rest, not for long."""
        enough, deadline = self.acts + answers, monotonic() + HEARD_WITHIN
        while self.acts < enough and monotonic() < deadline:
            await self.works_for(BEAT)

    @property
    def acts(self) -> int:
        return sum(walker.acts for walker in self.walkers)

    def is_killed(self) -> None:
        """kill -9, and look at what it leaves behind."""
        self.one.kill()
        with self.opened() as store:
            self.counted.found_at_kill(store)
            self.look(store)

    def look(self, store: Store) -> None:
        """See whether what was given is kept; who has come to the end begins anew."""
        for walker in self.counted.look(store, self.walkers, self.release.content):
            self.counted.finished += 1
            self.invites(store, walker)

    def invites(self, store: Store, walker: Walker) -> None:
        """Give somebody a link, which they open."""
        with store.begin() as unit:
            (link,) = invite(unit, self.release.content, self.telegram.now(), clinic="harbour", made_by="test")
        assert link.private
        walker.person.opens_link(link.private.token)

    async def people_act(self) -> None:
        """Let everybody answer what is on their screen, whether rxbot is there or not, and days pass when most are at rest."""
        calls, last_call = 0, monotonic()
        while self.may_act:
            now, asked = monotonic(), 0
            for walker in self.dice.sample(self.walkers, len(self.walkers)):
                asked += walker.looks() is not None or not walker.answered
                if walker.goes_on(now, self.during):
                    self.last_act = now
            if calls != (calls := len(self.telegram.calls)):
                last_call = now
            quiet = self.is_idle and now > max(self.last_act, last_call) + STILL
            if self.may_pass and quiet and asked < (1 - REST) * len(self.walkers):
                with self.opened() as store:
                    self.look(store)
                    waits = letters_due(store, self.telegram.now())
                if not waits:
                    self.sam_works()
                    self.now_is(days=1)
                    self.days += 1
                self.last_act = now
            await asyncio.sleep(BEAT)

    def sam_works(self) -> None:
        """Let the worker claim what has waited since the day before, and close what they claimed then."""
        seat = self.sam.in_group(self.team)
        keys = [(message, key["data"]) for message in seat.screen for row in message.keyboard for key in row if "data" in key]
        for message, data in keys:
            if data.endswith(("~claim", "~close")):
                self.telegram.tap(self.sam.user, self.team.chat.messages[message.id], data)

    @property
    def is_idle(self) -> bool:
        queue = self.telegram.queue
        return self.one.is_running and not queue.pending and not queue.again

    async def ends(self, when_all_have_arrived: bool) -> None:
        """Nothing strikes any more: let everybody come to rest, or only whatever waits be worked off; and count."""
        self.telegram.faults.clear()
        self.may_pass, self.may_act = False, when_all_have_arrived
        await self.is_up()
        await self._leases_run_out()
        await self._comes_to_rest(ARRIVE_WITHIN)
        self.may_act = False  # who is still under way then counts as stuck, but not what they have just given as lost
        await self._comes_to_rest(REST_WITHIN)
        self.one.kill()
        with self.opened() as store:
            self.counted.found_at_kill(store)
            self.counted.look(store, self.walkers, self.release.content, is_last=True)
            self.counted.sum_up(store, self.walkers, self.release, self.one.log)

    async def _leases_run_out(self) -> None:
        """Let what was on its way at the last kill be settled. Where others could still be sending it, that takes its time."""
        self.now_is(seconds=outbox_rows.LEASE.total_seconds())
        deadline = monotonic() + REST_WITHIN
        with self.opened() as store:
            while letters_leased(store) and monotonic() < deadline:
                await self.works_for(LISTEN)

    async def _comes_to_rest(self, seconds: float) -> None:
        deadline, quiet = monotonic() + seconds, 0
        while quiet < QUIET and monotonic() < deadline:
            before = self.last_act, len(self.telegram.calls)
            await self.works_for(LISTEN)
            quiet = quiet + 1 if before == (self.last_act, len(self.telegram.calls)) and self.is_idle else 0


@asynccontextmanager
async def run(folder: Path, people: int, seed: int, thinking: float, kind: str) -> AsyncIterator[Run]:
    """Set up everything: a team at work, and people with a link each."""
    dice = random.Random(seed)
    clock = begun(folder)
    database = f"sqlite:///{folder / 'rxbot.db'}"
    if kind == "postgresql":
        database = postgres.fresh_url(town_on_postgres())
    else:
        (folder / "rxbot.db").write_bytes(town_database())
    settings = {
        "RXBOT_TEST_CLOCK": str(clock),
        "RXBOT_DATABASE_URL": database,
        "RXBOT_KEYS_URL": f"sqlite:///{folder / 'rxbot.keys.db'}",
        "RXBOT_KEY": new_master_key(),
        "RXBOT_CONTENT": str(keeping_letters(folder / "content")),
    }
    async with process(folder, movable_now(clock), **settings) as one:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # calls that end with a kill are what we are here for
        one.telegram.patience = 0.05  # a webhook that fails rests for 2, 4, 8 seconds in earnest
        one.telegram.faults.seed(seed)
        sam = one.telegram.person("Sam")
        team = one.telegram.group("Team", members=[sam])
        team.add_bot()
        release = load(folder / "content", date(2026, 3, 2))
        it = Run(one, dice, release, team, sam)
        await it.first_day()
        with it.opened() as store:
            for number in range(1, people + 1):
                walker = Walker(one.telegram.person(f"Person {number}"), random.Random(f"{seed} {number}"), thinking)
                it.walkers.append(walker)
                it.invites(store, walker)
        acting = asyncio.create_task(it.people_act())
        try:
            yield it
        finally:
            acting.cancel()
            await asyncio.gather(acting, return_exceptions=True)


def keeping_letters(folder: Path) -> Path:
    """Copy the content, with letters kept for longer than a run may last: what left is compared with what is on the screens."""
    for part in ("dialogs", "locales"):
        shutil.copytree(shipped() / part, folder / part)
    scheme = folder / "dialogs/scheme.yaml"
    kept = re.sub(r"(?m)^  letters: \d+", "  letters: 365", scheme.read_text("utf-8"))
    assert "letters: 365" in kept
    scheme.write_text(kept, "utf-8")
    return folder


async def happens(
    folder: Path,
    people: int,
    strikes: Iterable[Strike],
    seed: int,
    work: float,
    uptime: float,
    is_whole: bool,
    thinking: float,
    minutes: float = 60,
    kind: str = "sqlite",
    tell: Callable[[str], object] = lambda _: None,
) -> Run:
    """Let these strike, one after the other, for so long at most; give what came of it."""
    async with run(folder, people, seed, thinking, kind) as one:
        one.work, one.uptime, told = work, uptime, 0
        over = monotonic() + minutes * 60
        for strike in takewhile(lambda _: monotonic() < over, strikes):
            one.during = strike.name
            await strike.do(one)
            one.struck[strike.name] += 1
            one.during = "nothing"
            tell(".")
            tell("".join(f"\n{line}\n" for line in one.counted.lost[told:]))
            told = len(one.counted.lost)
        await one.ends(when_all_have_arrived=is_whole)
        return one
