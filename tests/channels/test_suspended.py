"""A service that two people say is wrong: the team's group hears of it once, and a worker who has checked it shows it again."""

from dataclasses import replace

from room import Room

from rxbot.carry_out import happen
from rxbot.channels.telegram.desk import CHECKED
from rxbot.directory.model import Phone, Service
from rxbot.episode.events import Tapped
from rxbot.episode.model import Offer
from rxbot.episode.taps import carried, checked
from rxbot.sandbox.script import Person
from rxbot.store import episodes
from rxbot.store.directory_reports import suspended
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.tables import audit

KEY = service_key("town", "1")
NAME = "Food Bank"


async def says_it_is_wrong(room: Room, person: Person, kind: str) -> None:
    """Let somebody who was shown the service say so."""
    await room.asks_for_a_person(person)
    with room.store.begin() as unit:
        save_feed(unit, "town", [Service("1", NAME, phones=(Phone("01632 960111"),))], room.now)
        held = episodes.latest(unit, "telegram", str(person.id))
        assert held is not None
        shown = held.now(replace(held.episode, state="following_up", offers=(Offer("food", KEY, NAME, 1, wanted=True),)))
        episodes.save(unit, shown, room.now)
        happen(unit, room.release.content, shown, Tapped(room.now, carried(shown.episode.id, 1, f"x:1:{kind}"), "1:1"))
    await room.settles()


def told(room: Room) -> list[str]:
    return [message.text for message in room.team.screen(0) if NAME in message.text]


def is_suspended(room: Room) -> bool:
    with room.store.begin() as unit:
        return bool(suspended(unit))


async def test_the_group_is_told_once_what_is_said_and_nobodys_name(room: Room) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    assert told(room) == []
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    await says_it_is_wrong(room, room.telegram.person("Rosa"), "closed")
    [words] = told(room)
    assert "01632 960111" in words
    assert "The number is wrong (1)" in words
    assert "It is not there any more (1)" in words
    assert not any(name in words for name in ("Tom", "Amina"))
    assert is_suspended(room)


async def test_who_is_enrolled_shows_it_again_and_the_group_reads_who_did(room: Room) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    robin, sam = room.robin.in_group(room.team), room.sam.in_group(room.team)
    room.presses(robin, checked(KEY))
    await room.settles()
    assert robin.toasts[-1].text == room.says("desk_refused")
    assert is_suspended(room)
    room.presses(sam, checked(KEY))
    await room.settles()
    assert not is_suspended(room)
    assert f"Sam has checked {NAME}" in told(room)[-1]
    room.presses(sam, checked(KEY))
    await room.settles()
    assert sam.toasts[-1].text == room.says("shown_already")
    noted = [(row.act, row.subject, row.allowed) for row in room.rows(audit) if row.act == CHECKED.name]
    assert noted == [(CHECKED.name, KEY, False), (CHECKED.name, KEY, True), (CHECKED.name, KEY, True)]
