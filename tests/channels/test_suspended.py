"""A service that two people say is wrong: the team's group hears of it once, and a worker who has checked it shows it again."""

import secrets
from dataclasses import replace

import httpx
import pytest
from room import Room

from rxbot.carry_out import happen
from rxbot.channels.telegram.desk import CHECKED
from rxbot.clinic.pages import House
from rxbot.directory.model import Phone, Service
from rxbot.episode.events import Tapped
from rxbot.episode.model import Offer
from rxbot.episode.taps import carried, checked, opened_again
from rxbot.provider.letters import path_of
from rxbot.sandbox.script import Person
from rxbot.store import episodes, provider_links, service_checks
from rxbot.store.directory_reports import suspended
from rxbot.store.directory_rows import all_services, hidden_by, save_feed, service_key
from rxbot.store.tables import audit
from rxbot.web import create_web

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


def is_offered(room: Room) -> bool:
    with room.store.begin() as unit:
        return hidden_by(unit, KEY) == "" and KEY in [service.key for _, service in all_services(unit)]


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


async def provider_answers(room: Room, outcome: str, **more: str) -> str:
    """Let the provider answer on the page behind its link; give the page that thanks."""
    house = House(room.store, room.release, lambda: room.now, lambda: "bot", "http://pages.test")
    token = secrets.token_urlsafe()
    with room.store.begin() as unit:
        provider_links.make(unit, token, "post@larder.example.org", [KEY], room.now)
    form = {"outcome-1": outcome, "name": "Pat Brook", "role": "manager"} | more
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_web(house)), base_url=house.public_url) as browser:
        thanks = await browser.post(path_of(token), data=form, follow_redirects=True)
    await room.settles()
    return thanks.text


@pytest.mark.parametrize(
    ("outcome", "more", "says"),
    [
        ("right", {}, "still right"),
        ("changed", {"words-1": "We have moved"}, "something has changed"),
        ("closed", {}, "is closed"),
    ],
)
async def test_what_the_provider_says_reaches_the_group_once_and_lifts_nothing(
    room: Room, outcome: str, more: dict[str, str], says: str
) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    thanks = await provider_answers(room, outcome, **more)
    assert "We do not show" in thanks
    assert is_suspended(room)
    assert says in told(room)[-1]
    assert "Pat" not in told(room)[-1]
    told_so_far = told(room)
    await provider_answers(room, "right")
    await provider_answers(room, outcome, **more)
    assert told(room) == told_so_far
    assert is_suspended(room)


async def test_the_group_hears_nothing_of_a_provider_whom_nobody_contradicts(room: Room) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    assert "We do not show" not in await provider_answers(room, "right")
    assert told(room) == []


async def test_a_worker_lifts_it_from_the_message_about_the_provider(room: Room) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    assert "We do not show" not in await provider_answers(room, "", agree="yes"), "nothing was answered about it yet"
    await provider_answers(room, "right")
    room.sam.in_group(room.team).taps(room.says("checked_it"))
    await room.settles()
    assert not is_suspended(room)


async def test_what_its_provider_closed_stays_hidden_when_it_is_checked_until_a_worker_knows_that_it_is_open(room: Room) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    await provider_answers(room, "closed")
    robin, sam = room.robin.in_group(room.team), room.sam.in_group(room.team)
    room.presses(sam, checked(KEY))
    await room.settles()
    assert f"Sam has checked {NAME}" in told(room)[-1]
    last = room.team.screen(0)[-1].text
    assert "I still show it to nobody: its provider says that it is closed" in last
    assert not is_offered(room)
    room.presses(sam, checked(KEY))
    await room.settles()
    assert sam.toasts[-1].text == room.says("noted_still_hidden")
    room.presses(robin, opened_again(KEY))
    await room.settles()
    assert robin.toasts[-1].text == room.says("desk_refused")
    assert not is_offered(room)
    sam.taps(room.says("known_open"))
    await room.settles()
    assert f"Sam says that {NAME} is open. I show it again." in told(room)[-1]
    assert is_offered(room)
    with room.store.begin() as unit:
        assert service_checks.waiting(unit) == ()
    room.presses(sam, opened_again(KEY))
    await room.settles()
    assert sam.toasts[-1].text == room.says("shown_already")


async def test_what_its_publisher_took_back_stays_hidden_when_it_is_checked(room: Room) -> None:
    await says_it_is_wrong(room, room.tom, "wrong_number")
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    with room.store.begin() as unit:
        save_feed(unit, "town", [Service("2", "Food Van")], room.now)
    room.presses(room.sam.in_group(room.team), checked(KEY))
    await room.settles()
    last = room.team.screen(0)[-1]
    assert "the directory does not offer it any more" in last.text
    assert "I show it again" not in last.text
    assert last.keyboard == []
    assert not is_offered(room)


@pytest.mark.parametrize(("command", "done"), [("/signpost 1", "Signposted"), ("/refer 1", "Referral 1")])
async def test_a_worker_who_gives_a_suspended_service_reads_that_nobody_has_checked_it(
    room: Room, command: str, done: str
) -> None:
    async def writes(topic: int) -> str:
        before = len(room.team.screen(topic))
        room.sam.in_group(room.team).types(command, topic=topic)
        await room.settles()
        return "\n".join(message.text for message in room.team.screen(topic)[before:])

    await says_it_is_wrong(room, room.tom, "wrong_number")
    first = room.team.topics[-1].id
    assert "nobody has checked it yet" not in await writes(first)
    await says_it_is_wrong(room, room.telegram.person("Amina"), "closed")
    told = await writes(room.team.topics[-1].id)
    assert done in told
    assert "nobody has checked it yet" in told
