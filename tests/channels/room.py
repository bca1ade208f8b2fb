"""A room to try the channel in: our Bot API, the client, the store, and both doors, without polling."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from blank import blank_store
from sqlalchemy import Table, select
from telegram import Bot
from telegram.error import TelegramError

from rxbot.carry_out import happen, move_group, post_brief_again, tell_unreachable
from rxbot.channels.telegram.desk import Desk
from rxbot.channels.telegram.intake import WANTED, arrived
from rxbot.channels.telegram.receive import Receive
from rxbot.channels.telegram.request import AiohttpRequest
from rxbot.channels.telegram.send import TelegramChannel
from rxbot.clinic.invitations import invite
from rxbot.content.load import Release
from rxbot.episode.events import Event
from rxbot.inbox import work_off
from rxbot.outbox.sender import Sender
from rxbot.pace import Pace
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Group, Person, Seat
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.store import episodes, inbox_rows, outbox_rows, staff
from rxbot.store.episodes import Held
from rxbot.store.tables import audit, outbox, team
from rxbot.store.unit import Store, Unit

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
outbox_rows.JOINED_WITHIN = timedelta(0)  # what is written quickly is joined when it waits anyway, and not waited for


def client(url: str, token: str, timeout: float = 5) -> Bot:
    """Make a client as rxbot does."""
    wires = [AiohttpRequest(60, read=timeout) for _ in range(2)]
    return Bot(token, f"{url}/bot", request=wires[0], get_updates_request=wires[1])


@dataclass
class Room:
    """Tom has a phone; Sam is enrolled; Robin is in the team's group too, and is not."""

    telegram: Telegram
    store: Store
    release: Release
    bot: Bot
    box: Sender
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.tom, self.sam, self.robin = (self.telegram.person(name) for name in ("Tom", "Sam", "Robin"))
        self.team = self.telegram.group("Team", members=[self.sam, self.robin])
        self.receive = Receive(Desk(self.release.content, self.release.words, self.bot.id, self.bot.username))

    async def settles(self) -> None:
        """Work off every update and send every letter."""
        quiet = 0
        while quiet < 2:
            idle = not await self.work()
            await asyncio.sleep(0.005)
            with self.store.begin() as unit:
                idle = idle and not self.sends(unit)
            quiet = quiet + 1 if idle else 0

    def sends(self, unit: Unit) -> bool:
        """Say whether a letter is on its way, or could leave now: not one whose chat rests, or that waits behind another."""
        leased = unit.execute(select(outbox.c.id).where(outbox.c.status == "leased").limit(1)).scalar()
        return bool(leased) or any(True for _ in outbox_rows.due(unit, self.now))

    async def work(self) -> bool:
        updates = self.telegram.queue.take(0, 100, NOW.timestamp())
        self.telegram.queue.pending.clear()
        if updates:
            with self.store.begin() as unit:
                inbox_rows.accept(unit, "bot", [arrived(update) for update in updates], self.now)
        with self.store.begin() as unit:
            worked = work_off(unit, self.receive, self.now)
        for ack in worked.acks:
            with suppress(TelegramError):
                await self.bot.answer_callback_query(ack.tap_id, ack.words or None, show_alert=ack.alert)
        self.box.wake()
        return bool(updates)

    async def lets(self, person: Person, name: str, role: str = "link_worker") -> None:
        """Enrol somebody."""
        with self.store.begin() as unit:
            staff.add_worker(unit, name, name, role, self.now)
            staff.issue(unit, f"code-{name}", "enrol", name, self.now + timedelta(days=1))
        person.opens_link(f"enrol-code-{name}")
        await self.settles()

    async def binds(self, group: Group) -> None:
        with self.store.begin() as unit:
            staff.acknowledge(unit, staff.bind(unit, str(group.id), self.now), self.now)

    async def asks_for_a_person(self, person: Person) -> int:
        """Let somebody begin and ask for a person; give the topic."""
        with self.store.begin() as unit:
            (one,) = invite(unit, self.release.content, self.now, clinic="harbour", made_by="test")
        assert one.private is not None
        person.opens_link(one.private.token)
        await self.settles()
        for code in ("l:en", "a:consent.keep:yes", "a:consent.share:yes", "person"):
            self.presses(person, code)
            await self.settles()
        return self.team.topics[-1].id

    def presses(self, person: Seat, code: str) -> None:
        """Press the newest button that means this."""
        data = [key["data"] for message in person.screen for row in message.keyboard for key in row]
        person.taps(next(one for one in reversed(data) if one.partition("~")[2] == code))

    def says(self, text_id: str) -> str:
        """Give the beginning of a text as a screen shows it, up to its first place."""
        return re.sub("<[^>]+>", "", self.release.words.wording("en")[text_id].partition("{")[0])

    def held(self, person: Person) -> Held:
        with self.store.begin() as unit:
            held = episodes.latest(unit, "telegram", str(person.id))
        assert held is not None
        return held

    async def meets(self, person: Person, event: Event) -> None:
        """Let something happen to somebody's episode."""
        with self.store.begin() as unit:
            held = episodes.latest(unit, "telegram", str(person.id))
            assert held is not None
            happen(unit, self.release.content, held, event)
        await self.settles()

    def acts(self) -> list[tuple[str, bool]]:
        """Give what was done or tried in the staff's rooms."""
        with self.store.begin() as unit:
            return [(row.act, row.allowed) for row in unit.execute(select(audit.c.act, audit.c.allowed).order_by(audit.c.id))]

    def teams(self) -> list[Any]:
        return self.rows(team)

    def rows(self, table: Table) -> list[Any]:
        with self.store.begin() as unit:
            return list(unit.execute(select(table)).all())


@asynccontextmanager
async def open_room(folder: Path, release: Release) -> AsyncIterator[Room]:
    telegram = Telegram(now=lambda: NOW)
    telegram.queue.allow(list(WANTED))  # as whoever fetches them asks for
    store = blank_store(folder)
    async with serve(create_app(telegram)) as url, client(url, telegram.token) as bot:
        box = Sender(
            store,
            TelegramChannel(bot),
            lambda _: release.words,
            lambda: room.now,
            Pace(None),
            lambda unit, letter, reason, now: tell_unreachable(unit, release.content, letter, reason, now),
            lambda unit, letter, now: post_brief_again(unit, release.content, letter.handoff_id, now),
            lambda unit, old, new, now: move_group(unit, release.content, old, new, now),
        )
        room = Room(telegram, store, release, bot, box)
        room.team.add_bot()
        running = asyncio.create_task(box.run())
        try:
            yield room
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await box.finish()
            store.close()
