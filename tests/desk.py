"""A desk where Tom is in touch with Sam; letters are written by hand from there on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from channels.room import Room, open_room

from rxbot.channels.telegram.commands import REPLY
from rxbot.content.load import Release
from rxbot.episode.effects import Say
from rxbot.message import Message, verbatim
from rxbot.sandbox.refusals import Refusal
from rxbot.store import outbox_rows
from rxbot.store.outbox_rows import handoff_lane, person_lane
from rxbot.store.tables import outbox


@dataclass
class Desk:
    """Tom is in touch with Sam; letters are written by hand from here on."""

    room: Room
    topic: int
    person_id: str
    handoff_id: str

    async def write(self, lane: str, parcel: outbox_rows.Parcel, times: int = 1) -> None:
        episode_id = self.handoff_id.rpartition("-")[0]
        with self.room.store.begin() as unit:
            for _ in range(times):
                about = (self.person_id, episode_id, self.handoff_id)
                outbox_rows.put(unit, lane, parcel, self.room.now, "en", "r", *about)
        self.room.box.wake()
        await self.room.settles()

    async def to_tom(self, words: str, urgency: str = "relay", times: int = 1) -> None:
        await self.write(person_lane(self.person_id), say(words, urgency), times)

    async def to_topic(self, words: str) -> None:
        await self.write(handoff_lane(self.handoff_id), say(words, "relay"))

    async def passes(self, seconds: float) -> None:
        self.room.now += timedelta(seconds=seconds)
        self.room.box.wake()
        await self.room.settles()

    def refuse(self, method: str, refusal: Refusal, times: int = 1) -> None:
        for _ in range(times):
            self.room.telegram.refuse_next(method, refusal)

    def tom_reads(self) -> list[str]:
        return [message.text for message in self.room.tom.screen if message.from_bot]

    def team_reads(self, topic: int | None = None) -> list[str]:
        return [message.text for message in self.room.team.screen(self.topic if topic is None else topic)]

    def is_the_brief(self, text: str) -> bool:
        return self.room.says("brief_head") in text

    def calls(self, method: str) -> int:
        return sum(name == method for name, _ in self.room.telegram.calls)

    def last(self) -> tuple[str, str]:
        row = self.room.rows(outbox)[-1]
        return row.status, row.error


def say(words: str, urgency: str = "relay") -> Say:
    return Say("person", Message((verbatim(words),)), urgency)  # type: ignore[arg-type]


@asynccontextmanager
async def open_office(folder: Path, release: Release) -> AsyncIterator[Room]:
    """Let Sam enrol, and the team bind."""
    async with open_room(folder, release) as room:
        await room.lets(room.sam, "Sam")
        await room.binds(room.team)
        yield room


@asynccontextmanager
async def open_desk(folder: Path, release: Release) -> AsyncIterator[Desk]:
    """Let Tom ask for a person, and Sam answer him."""
    async with open_office(folder, release) as room:
        topic = await room.asks_for_a_person(room.tom)
        room.sam.in_group(room.team).types(f"{REPLY} Hello", topic=topic)
        await room.settles()
        held = room.held(room.tom)
        assert held.episode.handoff is not None
        yield Desk(room, topic, held.person_id, held.episode.handoff.id)
