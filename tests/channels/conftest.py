"""A room where Sam is enrolled and the team's group is bound."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from room import Room, open_room

from rxbot.content.load import Release


@pytest.fixture
async def empty_room(tmp_path: Path, release: Release) -> AsyncIterator[Room]:
    async with open_room(tmp_path, release) as one:
        yield one


@pytest.fixture
async def room(empty_room: Room) -> Room:
    await empty_room.lets(empty_room.sam, "Sam")
    await empty_room.binds(empty_room.team)
    return empty_room
