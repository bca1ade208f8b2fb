"""The real house in one process: inbox, desk, timers and outbox on SQLite, with a clock that stands still until it is moved.

Only the disk is not waited for, and only the channel at the end is ours.
"""

import asyncio
import json
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast
from unittest.mock import patch

from sqlalchemy import text

from fuzz.answers import Topic, Written, is_given, owed
from fuzz.bodies import BOT_ID, Json
from fuzz.complaints import Complaints
from fuzz.directory import Directory
from fuzz.phones import Phones
from rxbot.carry_out import move_group, post_brief_again, tell_unreachable
from rxbot.channels.telegram.desk import Desk
from rxbot.channels.telegram.intake import arrived
from rxbot.channels.telegram.receive import Receive
from rxbot.clinic.invitations import invite
from rxbot.clock import let_due_happen
from rxbot.content.load import Release, load
from rxbot.demo import TOWN
from rxbot.directory.hsds import read_services
from rxbot.feeds import open_feed
from rxbot.inbox import Ack, work_off
from rxbot.outbox.sender import Sender
from rxbot.pace import Gate, Pace
from rxbot.patience import ask_of
from rxbot.sandbox.html import units
from rxbot.store import episodes, inbox_rows, outbox_rows, sqlite, wrong_tries
from rxbot.store.directory_rows import save_feed
from rxbot.store.episodes import Held
from rxbot.store.erase import finish_erasures
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.schema import prepare
from rxbot.store.unit import Store, Unit

R = TypeVar("R")
sqlite.SYNCHRONOUS = "OFF"
ROOT = Path(__file__).resolve().parents[2]
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday morning
TOKEN = f"{BOT_ID}:AAqanarytoken"
TEAM = -1001111111111
TOAST_LIMIT = 200
TRIES = 40  # hours in which what broke the schema is set aside: each is tried five times, in one topic one after the other
WAVES, TURNS = 400, 400  # looks at what is left in one round, and turns of the loop between two

# Whose episode a row tells of, noted by the database itself whenever one is written, changed or removed.
NOTE = "INSERT INTO touched SELECT address FROM person WHERE id = {row}.person_id"
WATCHED = {
    "episode": ("INSERT", "UPDATE", "DELETE"),
    "outbox": ("INSERT",),
    "timer": ("INSERT", "UPDATE"),
    "handoff": ("INSERT", "UPDATE"),
}


class QuickStore(Store):
    """A store whose hand is the caller's own: no thread to wait for, the same order every time, and many units in one commit."""

    _standing: Unit | None = None

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        if self._standing is None:
            connection = self.engine.connect()
            connection.begin()
            self._standing = Unit(connection, self.keys)
        yield self._standing

    def unit_of(self, work: Callable[[Unit], R]) -> "Future[R]":
        done: Future[R] = Future()
        try:
            with self.begin() as unit:
                done.set_result(work(unit))
        except Exception as slip:
            done.set_exception(slip)
        return done

    def commit(self) -> None:
        if self._standing is not None:
            self._standing.connection.commit()
            self._standing.connection.close()
            self._standing = None


class WholeStore:
    """The same store for what commits by itself."""

    def __init__(self, store: QuickStore) -> None:
        self._store = store
        self.keys, self.fold_log = store.keys, store.fold_log

    def begin(self) -> AbstractContextManager[Unit]:
        return Store.begin(self._store)


class Box(Sender):
    """The sender, which asks for the next letters when all those before have arrived. `idle`: nothing more may leave."""

    idle = False

    async def _gather(self) -> None:
        await asyncio.sleep(0)  # nobody's time passes here

    def wake(self) -> None:
        if not self._on_their_way:
            super().wake()

    async def _go_round(self, gate: Gate, work: Callable[[Unit], R]) -> tuple[R, bool]:
        if self._on_their_way:
            return await ask_of(self._store, work), False
        done, have_left = await super()._go_round(gate, work)
        self.idle = not have_left
        return done, have_left


@dataclass
class House:
    """Everything that is rxbot, and what is watched about it."""

    folder: Path
    store: QuickStore
    release: Release
    phones: Phones
    complaints: Complaints
    now: datetime = BEGIN
    box: Box = field(init=False)
    receive: Receive = field(init=False)
    absurd: set[int] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    transcript: list[Json] = field(default_factory=list)
    secrets: set[str] = field(default_factory=lambda: {TOKEN, str(TEAM)})  # tokens, codes and ids of chats
    typed: set[str] = field(default_factory=set)
    team: int = TEAM  # the number of the team's group, which may change
    last_id: int = 700_000_000

    directory: Directory = field(init=False)
    town: Path = TOWN
    dice: Random = field(default_factory=Random)

    def __post_init__(self) -> None:
        self.directory = Directory(self, self.dice)
        content, words = self.release.content, self.release.words
        self.receive = Receive(Desk(content, words, BOT_ID, "rxbot"))
        self.box = Box(
            self.store,
            self.phones,
            lambda _: words,
            lambda: self.now,
            Pace(None),
            lambda unit, letter, reason, now: tell_unreachable(unit, content, letter, reason, now),
            lambda unit, letter, now: post_brief_again(unit, content, letter.handoff_id, now),
            lambda unit, old, new, now: move_group(unit, content, old, new, now),
        )

    def numbered(self, update: Json) -> Json:
        """Give an update the next number."""
        self.last_id += 1
        return {"update_id": self.last_id, **update}

    async def takes(self, updates: list[Json]) -> None:
        """Take updates in, work them off, and send what came of them."""
        self.transcript = [*self.transcript[-400:], *updates]
        self.typed.update(filter(None, map(words_of, updates)))
        try:
            came = [arrived(update) for update in updates]
            with self.store.begin() as unit:
                inbox_rows.accept(unit, "bot", came, self.now)
        except Exception as slip:  # the poller would die of it, and everybody with it
            self.complaints.note("intake stopped", f"{type(slip).__name__}: {slip}"[:300])
            return
        await self.works_off()

    async def works_off(self) -> None:
        for _ in range(100):
            with self.store.begin() as unit:
                worked = work_off(unit, Watched(self), self.now)
            for ack in worked.acks:
                if units(ack.words) > TOAST_LIMIT:
                    self.complaints.note("refused toast", ack.words[:80])
            if not worked.count:
                break
        await self.letters_leave()

    async def passes(self, **span: float) -> None:
        """Let time pass, and what is due happen."""
        self.now += timedelta(**span)
        self.sql("DELETE FROM touched")
        for _ in range(40):
            with self.store.begin() as unit:
                if not let_due_happen(unit, self.release.content, self.now):
                    break
        self.directory.look(self._touched(), self.complaints)
        await self.works_off()

    async def reads_all(self) -> None:
        """Let hours pass until nothing waits to be read: what cannot be is tried again, and what came after it waits."""
        for _ in range(TRIES):
            if not self.open_updates():
                break
            await self.passes(hours=1)

    def keeps_house(self) -> None:
        """Commit, and finish what was to be erased."""
        self.store.commit()
        finish_erasures(cast(Store, WholeStore(self.store)), self.now)

    async def letters_leave(self) -> None:
        for _ in range(WAVES):
            if not self._letters_due():
                return
            self.box.idle = False
            self.box.wake()
            for _ in range(TURNS):
                if self.box.idle:
                    break
                await asyncio.sleep(0)
        self.complaints.note("letters do not leave", str(self._letters_due()))

    def asks(self, work: Callable[[Unit], R]) -> R:
        with self.store.begin() as unit:
            return work(unit)

    def held(self, chat: int | str) -> Held | None:
        return self.asks(lambda unit: episodes.latest(unit, "telegram", str(chat)))

    def state_of(self, chat: int | str) -> str:
        """Give where somebody is; nothing for those we keep nothing about."""
        words = (
            "SELECT state FROM episode JOIN person ON person.id = person_id WHERE address = ? ORDER BY opened_at DESC, episode.id"
        )
        rows = self.sql(words, str(chat))
        return str(rows[0][0]) if rows else ""

    def is_not_told(self, account: str) -> bool:
        """Say whether an account tried so often today what it may not that no topic tells it so again."""
        return self.asks(lambda unit: not wrong_tries.may_try(unit, "desk", account, self.now))

    def reads_right_to_left(self, chat: int | str) -> bool:
        words = "SELECT language FROM episode JOIN person ON person.id = person_id WHERE address = ? ORDER BY opened_at DESC"
        return bool((rows := self.sql(words, str(chat))) and rows[0][0] == "ar")

    def talks(self, chat: int | str) -> bool:
        """Say whether a link worker is talking with somebody."""
        words = "SELECT 1 FROM handoff JOIN person ON person.id = person_id WHERE address = ? AND state = 'talking'"
        return bool(self.sql(words, str(chat)))

    def topics(self) -> list[tuple[int, str]]:
        """Give the topics with a handoff, and whose it is."""
        words = (
            "SELECT thread, address FROM handoff JOIN person ON person.id = person_id WHERE thread IS NOT NULL ORDER BY number"
        )
        return [(row[0], row[1]) for row in self.sql(words)]

    def invites(self, language: str = "", expired: bool = False, survey: bool = False) -> tuple[str, str]:
        """Make a link; give its token and its short code."""
        at, content = self.now - timedelta(days=400) if expired else self.now, self.release.content
        (one,) = self.asks(
            lambda unit: invite(unit, content, at, clinic="harbour", language=language, survey=survey, made_by="x")
        )
        assert one.private is not None
        self.secrets |= {one.private.token, one.private.code}
        return one.private.token, one.private.code

    def open_updates(self) -> int:
        return int(self.sql("SELECT count(*) FROM inbox WHERE done_at IS NULL")[0][0])

    def topic(self, chat: int, thread: int | None) -> Topic | None:
        """Give whose topic a thread is, by the number its group has now."""
        words = (
            "SELECT handoff.id, person.address FROM handoff JOIN person ON person.id = person_id JOIN team ON team.id = team_id "
            "WHERE team.address = ? AND thread = ?"
        )
        rows = self.sql(words, str(chat), thread) if thread else ()
        return Topic(*rows[0]) if rows else None

    def newest_letter(self) -> int:
        return int(self.sql("SELECT coalesce(max(id), 0) FROM outbox")[0][0])

    def written(self, since: int) -> list[Written]:
        """Give what was written down to be sent after this letter."""
        words = "SELECT lane, address, what, texts FROM outbox LEFT JOIN person ON person.id = person_id WHERE outbox.id > ?"
        return [
            Written(lane, address or "", what, tuple(json.loads(texts))) for lane, address, what, texts in self.sql(words, since)
        ]

    def _letters_due(self) -> int:
        """Count what is on its way or may leave; what stands behind something that waits, or in a chat that rests, may not."""
        if not self.sql("SELECT 1 FROM outbox WHERE done_at IS NULL AND not_before <= ? LIMIT 1", self._stamp()):
            return 0
        leased = int(self.sql("SELECT count(*) FROM outbox WHERE status = 'leased'")[0][0])
        return leased or self.asks(lambda unit: sum(1 for _ in outbox_rows.due(unit, self.now)))

    def _stamp(self) -> str:
        return self.now.strftime("%Y-%m-%d %H:%M:%S.%f")

    def sql(self, words: str, *values: object) -> list[Any]:
        """Ask the driver in its own words, which is quick enough to be done after every update."""
        with self.store.begin() as unit:
            driver = unit.connection.connection.driver_connection
            assert driver is not None
            return list(driver.execute(words, values))

    def watched(self, unit: Unit, body: bytes, now: datetime) -> tuple[Ack, ...]:
        """Let the update happen, and see to it that it touches nobody else."""
        update: Json = json.loads(body)
        chat, may_touch = self._reach_of(update)
        self.sql("DELETE FROM touched")
        answer, newest = owed(self, update), self.newest_letter()
        try:
            acks = self.receive(unit, body, now)
        except Exception as slip:
            self._note_failure(update, slip, chat)
            raise
        touched = self._touched()
        if may_touch is not None and not touched <= may_touch:
            self.complaints.note("touched somebody else", f"chat {chat} touched {touched - may_touch}: {body[:600]!r}")
        if answer and not is_given(self, answer, newest, acks):
            self.complaints.note(f"no answer to {answer.to}", f"{self.state_of(answer.address)}: {body[:700]!r}", chat)
        self.directory.look(touched, self.complaints)
        for address in touched:
            self.states[self.state_of(address)] += 1
        self.done[kind_of(update)] += 1
        return acks

    def _touched(self) -> set[str]:
        return {row[0] for row in self.sql("SELECT DISTINCT address FROM touched")}

    def _reach_of(self, update: Json) -> tuple[Any, set[str] | None]:
        """Say in which chat an update belongs, and whose episode it may touch; None: that of many."""
        if "chat_member" in update:
            return TEAM, None  # a worker who leaves gives back all they had
        inside = next((one for key, one in update.items() if key != "update_id" and isinstance(one, dict)), {})
        inside = inside.get("message", inside) if "chat_instance" in inside else inside
        chat = inside.get("chat") if isinstance(inside, dict) else None
        number = chat.get("id") if isinstance(chat, dict) else None
        if isinstance(inside, dict) and "migrate_to_chat_id" in inside:
            return number, None  # all open handoffs get new topics
        if not self.sql("SELECT 1 FROM team WHERE address = ?", str(number)):
            return number, {str(number)}
        thread = inside.get("message_thread_id")
        return number, {address for topic, address in self.topics() if topic == thread}

    def _note_failure(self, update: Json, slip: Exception, chat: object) -> None:
        frames = traceback.extract_tb(slip.__traceback__)
        ours = [
            f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames if "rxbot" in f.filename or "telegram" in f.filename
        ]
        if update["update_id"] in self.absurd:
            self.failed[type(slip).__name__] += 1
            return
        told = f"{type(slip).__name__}: {str(slip)[:200]} at {' < '.join(reversed(ours[-4:]))}"
        self.complaints.note("update failed", f"{told} :: {json.dumps(update)[:700]}", chat)


@dataclass(frozen=True)
class Watched:
    """The real Receive, with the house looking on."""

    house: House

    def __call__(self, unit: Unit, body: bytes, now: datetime) -> tuple[Ack, ...]:
        return self.house.watched(unit, body, now)

    def given_up(self, unit: Unit, lane: str, seq: int, now: datetime) -> None:
        self.house.receive.given_up(unit, lane, seq, now)


def words_of(update: Json) -> str:
    """Give what somebody typed."""
    message = update.get("message") or update.get("edited_message")
    words = (message.get("text") or message.get("caption")) if isinstance(message, dict) else ""
    return words if isinstance(words, str) else ""


def kind_of(update: Json) -> str:
    return next((key for key in update if key != "update_id"), "nothing")


@asynccontextmanager
async def open_house(seed: int, complaints: Complaints) -> AsyncIterator[House]:
    """Open a house with the invented town in its directory, and Sam, Kim and Ida enrolled in a team's group."""
    rng = Random(seed)

    def token(size: int = 32) -> str:
        return f"{rng.getrandbits(8 * size):0{2 * size}x}"[: size * 4 // 3]

    with TemporaryDirectory() as folder, patch("secrets.token_urlsafe", token), patch("secrets.choice", rng.choice):
        path = Path(folder)
        (path / "rxbot.db").write_bytes(town_database())
        store = quick_store(path)
        house = House(path, store, release(), Phones(complaints), complaints, dice=rng)
        running = asyncio.create_task(house.box.run())
        try:
            yield house
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await house.box.finish()
            store.commit()
            store.close()


def quick_store(folder: Path) -> QuickStore:
    keys = Keys(f"sqlite:///{folder / 'keys.db'}", new_master_key())
    return QuickStore(f"sqlite:///{folder / 'rxbot.db'}", keys)


@cache
def release() -> Release:
    return load(ROOT, BEGIN.date())


@cache
def town_database() -> bytes:
    """Make what every house begins with, once a process."""
    with TemporaryDirectory() as folder:
        store = quick_store(Path(folder))
        prepare(store)
        services, _ = read_services(open_feed(TOWN))
        with Store.begin(store) as unit:
            save_feed(unit, "Kittersea", services, BEGIN)
            unit.execute(text("CREATE TABLE touched (address TEXT)"))
            for table, acts in WATCHED.items():
                for act in acts:
                    row = "OLD" if act == "DELETE" else "NEW"
                    unit.execute(text(f"CREATE TRIGGER {table}_{act} AFTER {act} ON {table} BEGIN {NOTE.format(row=row)}; END"))
        store.fold_log()
        store.close()
        return (Path(folder) / "rxbot.db").read_bytes()
