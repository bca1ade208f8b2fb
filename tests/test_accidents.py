"""What people and workers do by accident, where no story shows it, and the table of all such accidents."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from channels.room import Room, open_room
from test_refusals import Desk

from rxbot.channels.telegram.commands import REPLY
from rxbot.channels.telegram.desk import BIND
from rxbot.content.load import Release
from rxbot.sandbox.script import Group
from rxbot.store import staff


@pytest.fixture
async def room(tmp_path: Path, release: Release) -> AsyncIterator[Room]:
    async with open_room(tmp_path, release) as one:
        await one.lets(one.sam, "Sam")
        await one.binds(one.team)
        yield one


@pytest.fixture
async def desk(room: Room) -> Desk:
    """Tom is in touch with Sam."""
    topic = await room.asks_for_a_person(room.tom)
    room.sam.in_group(room.team).types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    held = room.held(room.tom)
    assert held.episode.handoff is not None
    return Desk(room, topic, held.person_id, held.episode.handoff.id)


async def test_a_grown_group_that_is_bound_before_its_move_is_noticed_gets_all_that_waits(desk: Desk) -> None:
    room = desk.room
    new = Group(room.telegram, room.telegram.upgrade(room.team.chat, room.sam.user, is_forum=True))
    room.telegram.queue.pending.clear()  # what Telegram tells of it comes too late
    with room.store.begin() as unit:
        staff.issue(unit, "grown", "bind", "", room.now + timedelta(days=1))
    room.sam.in_group(new).types(f"{BIND} grown")
    await room.settles()
    assert len(room.teams()) == 2
    await desk.to_topic("not lost")
    await desk.passes(1.1)
    (topic,) = new.topics
    seen = [message.text for message in new.screen(topic.id)]
    assert "not lost" in seen
    assert any(desk.is_the_brief(text) for text in seen)
    (team,) = room.teams()
    assert (team.address, team.acknowledged_at is not None) == (str(new.id), True)
    room.sam.in_group(new).types(f"{REPLY} I am still here", topic=topic.id)
    await room.settles()
    assert any("I am still here" in text for text in desk.tom_reads())
