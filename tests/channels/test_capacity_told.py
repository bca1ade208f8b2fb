"""A worker tells whether a service has room: by number or by name, and people see it with the day it was told."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from channels.room import Room, open_room

from rxbot.content.load import Release
from rxbot.directory.capacity import Capacity
from rxbot.directory.model import Location, Organization, Place, Service
from rxbot.store import service_checks
from rxbot.store.directory_rows import save_feed, service_key

HERE = (Location("l", place=Place(53.07, 0.42)),)
CHOIR = Service("1", "Moon Choir", Organization("o", "Moon Society"), status="active", locations=HERE)
CLUB = Service("2", "Chess Club", Organization("p", "Knights"), locations=HERE)
OTHER_CLUB = Service("3", "Chess Club", Organization("q", "Rooks"), locations=HERE)
KEYS = {one.id: service_key("town", one.id) for one in (CHOIR, CLUB, OTHER_CLUB)}
TODAY = date(2026, 3, 2)


@pytest.fixture
async def team(tmp_path: Path, release: Release) -> AsyncIterator[Room]:
    async with open_room(tmp_path, release) as room:
        await room.lets(room.sam, "Sam")
        await room.binds(room.team)
        with room.store.begin() as unit:
            save_feed(unit, "town", [CHOIR, CLUB, OTHER_CLUB], room.now)
        await room.asks_for_a_person(room.tom)
        yield room


async def writes(room: Room, command: str) -> str:
    topic = room.team.topics[-1].id
    room.sam.in_group(room.team).types(command, topic=topic)
    await room.settles()
    return room.team.screen(topic)[-1].text


def told(room: Room) -> dict[str, Capacity]:
    with room.store.begin() as unit:
        found = service_checks.capacities(unit, list(KEYS.values()))
    return {id: found[key] for id, key in KEYS.items() if key in found}


@pytest.mark.parametrize(
    ("words", "capacity"),
    [
        ("open", Capacity("capacity", TODAY)),
        ("Waiting 6", Capacity("waitlist", TODAY, 6)),
        ("waiting", Capacity("waitlist", TODAY)),
        ("full", Capacity("no-capacity", TODAY)),
        ("assessment", Capacity("additional-assessment-required", TODAY)),
    ],
)
async def test_what_a_worker_tells_is_noted_with_the_day(team: Room, words: str, capacity: Capacity) -> None:
    assert "Noted for Moon Choir" in await writes(team, f"/capacity moon choir {words}")
    assert told(team) == {"1": capacity}
    assert team.acts()[-1] == ("tell_capacity", True)


@pytest.mark.parametrize("words", ["", "Moon Choir", "Moon Choir perhaps", "full"])
async def test_what_tells_nothing_is_answered_with_how_it_is_written(team: Room, words: str) -> None:
    assert "/capacity 2" in await writes(team, f"/capacity {words}")
    assert told(team) == {}


async def test_where_several_are_meant_the_one_who_runs_it_tells_them_apart(team: Room) -> None:
    said = await writes(team, "/capacity chess club full")
    assert "Knights" in said
    assert "Rooks" in said
    assert told(team) == {}
    await writes(team, "/capacity chess club rooks full")
    assert list(told(team)) == ["3"]


async def test_a_name_that_nobody_knows_is_said_to_be_unknown(team: Room) -> None:
    assert "I know no service of that name within 10 km." in await writes(team, "/capacity Sun Circle full")
    assert "There is nothing of this number." in await writes(team, "/capacity 7 full")


@pytest.mark.parametrize(
    ("told", "warns"),
    [
        ("full", "⚠️ Moon Choir: It was full (told on 2 March 2026). Ask whether there is room now"),
        ("waiting 6", "⚠️ Moon Choir: There is a waiting list of about 6 weeks (told on 2 March 2026)"),
        ("open", ""),
    ],
)
async def test_who_refers_to_a_place_that_has_no_room_reads_so(team: Room, told: str, warns: str) -> None:
    await writes(team, f"/capacity moon choir {told}")
    await writes(team, "/refer Moon Choir")
    topic = [one.text for one in team.team.screen(team.team.topics[-1].id)]
    assert [one for one in topic if one.startswith("⚠️")] == ([warns] if warns else [])
    assert [one.name for one in team.held(team.tom).episode.referrals] == ["Moon Choir"]


async def test_what_was_told_stands_on_the_card_and_the_last_word_counts(team: Room) -> None:
    await writes(team, "/capacity moon choir full")
    await writes(team, "/capacity moon choir waiting 6")
    await writes(team, "/signpost Moon Choir")
    shown = next(one.text for one in reversed(team.tom.screen) if "Moon Choir" in one.text)
    assert "There is a waiting list of about 6 weeks (told on 2 March 2026)" in shown
