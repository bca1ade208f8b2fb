"""Whom a worker may refer to: below the scheme's line a place's details are given, and nobody is referred."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from channels.room import Room, open_room

from rxbot.content.load import Release
from rxbot.directory.checks import Statement
from rxbot.directory.model import Location, Organization, Place, Service
from rxbot.store import service_checks, service_standards
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.service_checks import Speaker

CHOIR = Service(
    "1", "Moon Choir", Organization("o", "Moon"), status="active", locations=(Location("l", place=Place(53.07, 0.42)),)
)
KEY = service_key("town", "1")
PAT = Speaker("Pat", "manager")


@pytest.fixture
async def strict(tmp_path: Path, release: Release) -> AsyncIterator[Room]:
    """A team whose scheme asks for two things before anybody is referred; Tom asks for a person, and Sam takes it."""
    scheme = replace(release.content.scheme, minimum_standards=("contact", "safeguarding"))
    content = replace(release.content, scheme=scheme)
    async with open_room(tmp_path, replace(release, content=content)) as room:
        await room.lets(room.sam, "Sam")
        await room.binds(room.team)
        with room.store.begin() as unit:
            save_feed(unit, "town", [CHOIR], room.now)
        await room.asks_for_a_person(room.tom)
        yield room


async def writes(room: Room, command: str) -> str:
    topic = room.team.topics[-1].id
    room.sam.in_group(room.team).types(command, topic=topic)
    await room.settles()
    return room.team.screen(topic)[-1].text


def made_sure(room: Room, **found: bool) -> None:
    with room.store.begin() as unit:
        service_standards.note(unit, KEY, found, "Kim", room.now)  # type: ignore[arg-type]


def referrals(room: Room) -> list[str]:
    return [one.name for one in room.held(room.tom).episode.referrals]


async def test_a_place_below_the_line_is_not_referred_to_and_may_be_signposted(strict: Room) -> None:
    made_sure(strict, contact=True, safeguarding=False)
    said = await writes(strict, "/refer Moon Choir")
    assert "nobody has made sure of this yet: safeguarding" in said
    assert referrals(strict) == []
    assert not any("Moon Choir" in message.text for message in strict.tom.screen), "they are not asked either"
    await writes(strict, "/signpost Moon Choir")
    assert [one.service for one in strict.held(strict.tom).episode.signposts] == [KEY]
    assert any("Moon Choir" in message.text for message in strict.tom.screen)


async def test_a_place_that_meets_the_line_is_referred_to(strict: Room) -> None:
    made_sure(strict, contact=True, safeguarding=True)
    await writes(strict, "/refer Moon Choir")
    assert referrals(strict) == ["Moon Choir"]


async def test_a_place_that_stands_in_no_directory_is_below_the_line(strict: Room) -> None:
    assert "contact with them, safeguarding" in (await writes(strict, '/refer "Sun Choir"')).replace(" and ", ", ")
    assert referrals(strict) == []


async def test_a_service_chosen_by_the_button_is_held_to_the_line_too(strict: Room) -> None:
    with strict.store.begin() as unit:
        save_feed(unit, "county", [replace(CHOIR, name="Choir of the Moon")], strict.now)
    topic = strict.team.topics[-1].id
    await writes(strict, "/refer choir")
    buttons = [key["data"] for row in strict.team.screen(topic)[-1].keyboard for key in row]
    assert len(buttons) == 2
    for button in buttons:
        strict.sam.in_group(strict.team).taps(button)
        await strict.settles()
    assert referrals(strict) == []
    made_sure(strict, contact=True, safeguarding=True)
    for button in buttons:
        strict.sam.in_group(strict.team).taps(button)
        await strict.settles()
    assert referrals(strict) == ["Moon Choir"]


async def test_a_provider_that_takes_no_referrals_or_has_closed_is_not_referred_to(strict: Room) -> None:
    made_sure(strict, contact=True, safeguarding=True)
    with strict.store.begin() as unit:
        service_checks.agree(unit, [KEY], False, PAT, strict.now)
    assert "does not take referrals" in await writes(strict, "/refer Moon Choir")
    with strict.store.begin() as unit:
        service_checks.agree(unit, [KEY], True, PAT, strict.now)
        service_checks.check(unit, KEY, Statement("closed"), PAT, strict.now, strict.now.date())
    await writes(strict, "/refer Moon Choir")
    assert referrals(strict) == [], "nobody is found under a name that is not offered"
