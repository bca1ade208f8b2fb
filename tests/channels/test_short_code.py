"""The short code of a leaflet, typed to the bot: it does what the link does, and guessing it is hopeless."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from room import Room
from sqlalchemy import func, select

from rxbot.clinic.invitations import invite
from rxbot.store import short_codes
from rxbot.store.invitations import Private
from rxbot.store.tables import episode, outbox, person


@pytest.fixture(autouse=True)
async def _found_by_its_name(room: Room) -> None:
    """Both find the bot by its name and tap Start."""
    room.tom.opens_link()
    room.robin.opens_link()
    await room.settles()


def private(room: Room) -> Private:
    """Make a link; give its secrets."""
    with room.store.begin() as unit:
        (one,) = invite(unit, room.release.content, room.now, clinic="harbour", made_by="test")
    assert one.private is not None
    return one.private


def count(room: Room, table: object) -> int:
    with room.store.begin() as unit:
        return unit.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


async def types(room: Room, words: str) -> str:
    """Let Tom type this; give the answer."""
    room.tom.types(words)
    await room.settles()
    return room.tom.screen[-1].text


def wrong(n: int) -> str:
    return f"2222 22{short_codes.SIGNS[n // 20]}{short_codes.SIGNS[n % 20]}"


@pytest.mark.parametrize("write", [short_codes.shown, str.lower, lambda code: f"{code[:2]} {code[2:]} ", str.upper])
async def test_a_typed_code_opens_the_chat_as_the_link_does(room: Room, write: Callable[[str], str]) -> None:
    code = private(room).code
    assert (await types(room, write(code))).startswith(room.says("which_language"))
    assert room.held(room.tom).episode.clinic == "harbour"
    assert count(room, person) == 1


async def test_a_code_may_be_typed_in_arabic_digits(room: Room) -> None:
    code = private(room).code
    await types(room, code.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩")))
    assert count(room, episode) == 1


async def test_the_way_of_the_leaflet_is_told_at_every_step(room: Room) -> None:
    """Somebody taps Start, and mistypes the code before it works."""
    code = private(room).code
    assert "If you have a code from your clinic, please type it" in room.tom.screen[-1].text
    answer = await types(room, wrong(0))
    assert answer.startswith(room.says("code_unknown"))
    assert room.release.content.emergency.number in answer
    assert (count(room, person), count(room, episode), count(room, outbox)) == (0, 0, 0)
    await types(room, code)
    assert count(room, episode) == 1


async def test_after_more_than_ten_wrong_codes_even_the_right_one_rests_until_tomorrow(room: Room) -> None:
    code = private(room).code
    for n in range(10):
        assert (await types(room, wrong(n))).startswith(room.says("code_unknown"))
    assert (await types(room, wrong(10))).startswith(room.says("code_rests"))
    assert (await types(room, code)).startswith(room.says("code_rests"))
    assert count(room, episode) == 0
    room.robin.types(code[:-1])
    room.robin.types(wrong(0))
    await room.settles()
    assert room.robin.screen[-1].text.startswith(room.says("code_unknown")), "others are not kept waiting"
    room.now += timedelta(days=1)
    await types(room, code)
    assert count(room, episode) == 1


async def test_ten_mistakes_are_forgiven(room: Room) -> None:
    code = private(room).code
    for n in range(10):
        await types(room, wrong(n))
    await types(room, code)
    assert count(room, episode) == 1


async def test_a_code_runs_out_with_its_link_and_belongs_to_who_came_first(room: Room) -> None:
    first, second = private(room), private(room)
    room.robin.opens_link(first.token)
    await room.settles()
    assert (await types(room, first.code)).startswith(room.says("link_used"))
    room.now += timedelta(days=room.release.content.scheme.invitation_days)
    assert (await types(room, second.code)).startswith(room.says("link_old"))


async def test_whoever_typed_it_first_may_come_back_with_it(room: Room) -> None:
    code = private(room).code
    await types(room, code)
    room.presses(room.tom, "l:en")
    await room.settles()
    await types(room, code)
    assert any(room.says("welcome_back") in message.text for message in room.tom.screen[-2:])
    assert count(room, episode) == 1


async def test_a_new_code_after_stopping_begins_anew_and_a_wrong_one_is_told(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    await types(room, "stop")
    before = room.held(room.tom).episode.id
    assert (await types(room, wrong(0))).startswith(room.says("code_unknown"))
    room.now += timedelta(minutes=1)
    await types(room, private(room).code)
    assert room.held(room.tom).episode.id != before


@pytest.mark.parametrize("declines", [False, True], ids=["open", "closed, and in touch"])
async def test_a_number_that_looks_like_a_code_still_reaches_the_worker(room: Room, declines: bool) -> None:
    topic = await room.asks_for_a_person(room.tom)
    if declines:
        room.presses(room.tom, "a:consent.keep:no")
        await room.settles()
        assert room.held(room.tom).episode.state == "closed"
    await types(room, "2345 6789")
    assert any("2345 6789" in message.text for message in room.team.screen(topic))
