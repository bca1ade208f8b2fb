"""What an update means, and what becomes of those we keep nothing about."""

import json
from datetime import timedelta

import pytest
from room import Room
from sqlalchemy import func, select
from telegram.constants import MessageAttachmentType

from rxbot.channels.telegram.updates import BROUGHT
from rxbot.clinic.invitations import invite
from rxbot.store import inbox_rows
from rxbot.store.inbox_rows import Arrived
from rxbot.store.tables import episode, inbox, outbox, person


def count(room: Room, table: object) -> int:
    with room.store.begin() as unit:
        return unit.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def link(room: Room) -> str:
    with room.store.begin() as unit:
        (one,) = invite(unit, room.release.content, room.now, clinic="harbour", made_by="test")
    assert one.private is not None
    return one.private.token


async def test_a_stranger_is_answered_in_their_language_and_nothing_is_kept(empty_room: Room) -> None:
    room = empty_room
    stranger = room.telegram.person("Nora", language_code="ar")
    stranger.opens_link("guessed-token")
    stranger.types("I want to die")
    stranger.sends_voice()
    await room.settles()
    arabic = room.release.words.wording("ar")
    answers = [message.text for message in stranger.screen if message.from_bot]
    assert len(answers) == 3
    assert all(room.release.content.emergency.number in answer for answer in answers)
    assert arabic["no_link"] in answers[0]
    assert (count(room, person), count(room, episode), count(room, outbox)) == (0, 0, 0)
    with room.store.begin() as unit:
        assert set(unit.execute(select(inbox.c.lane)).scalars()) == {""}


async def test_a_button_of_before_an_erasure_is_answered_like_a_strangers(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    room.presses(room.tom, "more")
    await room.settles()
    room.tom.types("/forget")
    await room.settles()
    room.presses(room.tom, "forget_yes")
    await room.settles()
    assert count(room, person) == 0
    room.presses(room.tom, "go_on")
    await room.settles()
    assert room.tom.screen[-1].text.startswith(room.says("no_link"))
    assert count(room, person) == 0


async def test_a_new_link_in_mid_conversation_goes_on_with_it(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    before = room.held(room.tom).episode.id
    room.tom.opens_link(link(room))
    await room.settles()
    assert room.held(room.tom).episode.id == before
    assert count(room, episode) == 1


async def test_a_new_link_after_stopping_begins_anew(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    room.tom.types("stop")
    await room.settles()
    before = room.held(room.tom).episode.id
    room.now += timedelta(minutes=1)
    room.tom.opens_link(link(room))
    await room.settles()
    assert room.held(room.tom).episode.id != before
    assert room.held(room.tom).episode.state == "choosing_language"
    assert count(room, person) == 1


async def test_a_command_may_name_us_and_words_behind_it_stay_whole(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    room.tom.types("/help@rxbot_demo_bot")
    await room.settles()
    assert any(room.says("taken_seriously") in message.text for message in room.tom.screen[-3:])
    for code in (
        "safe",
        "a:consent.clinic:no",
        "a:age:a50",
        "a:self:other",
        "t:matters:food:1",
        "d:matters",
        "a:food.need:no",
        "a:rest:nothing",
    ):
        room.presses(room.tom, code)
        await room.settles()
    room.tom.types("/me writes from tom@example.org @ night")
    await room.settles()
    answer = room.held(room.tom).episode.sheets["intake"]["strengths"]
    assert answer.raw == "/me writes from tom@example.org @ night"


async def test_danger_under_a_picture_is_seen(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    room.tom.sends_photo("I want to die")
    await room.settles()
    handoff = room.held(room.tom).episode.handoff
    assert handoff is not None
    assert handoff.urgent


async def test_what_telegram_tells_of_the_chat_is_nothing_that_was_sent(room: Room) -> None:
    paid = {
        "currency": "GBP",
        "total_amount": 1,
        "invoice_payload": "",
        "telegram_payment_charge_id": "",
        "provider_payment_charge_id": "",
    }
    await room.asks_for_a_person(room.tom)
    before = room.held(room.tom).episode
    for content in ({"successful_payment": paid}, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}):
        told = {"message_id": 99, "date": 1, "chat": {"id": room.tom.id, "type": "private"}, **content}
        room.telegram.queue.put("message", told, room.now.timestamp())
    await room.settles()
    assert room.held(room.tom).episode == before
    with room.store.begin() as unit:
        assert set(unit.execute(select(inbox.c.error)).scalars()) == {""}


@pytest.mark.parametrize(
    "content",
    [
        {"checklist": {"title": "To do", "tasks": [{"id": 1, "text": "Rest"}]}},
        {"giveaway": {"chats": [{"id": -1009, "type": "channel"}], "winners_selection_date": 1, "winner_count": 1}},
    ],
    ids=["checklist", "giveaway"],
)
async def test_a_list_or_a_giveaway_is_answered_as_a_picture_is(room: Room, content: dict[str, object]) -> None:
    await room.asks_for_a_person(room.tom)
    before = len(room.tom.screen)
    sent = {"message_id": 99, "date": 1, "chat": {"id": room.tom.id, "type": "private"}, **content}
    room.telegram.queue.put("message", sent, room.now.timestamp())
    await room.settles()
    assert len(room.tom.screen) > before


async def test_blocking_and_coming_back_are_noted(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    for deed, reachable in ((room.tom.blocks, False), (room.tom.unblocks, True)):
        deed()
        await room.settles()
        with room.store.begin() as unit:
            assert unit.execute(select(person.c.reachable)).scalar_one() is reachable


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"date": "never"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x"}},
        {"edited_message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x"}},
        {"callback_query": {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}},
        {"callback_query": {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "x"}, "chat_instance": "1", "data": "",
                            "message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel", "title": "c"}}},
        {},
    ],
    ids=["no message", "no sender", "edited", "no message to tap", "too old to show", "a channel", "nothing"],
)  # fmt: skip
async def test_whatever_comes_nobody_else_is_kept(empty_room: Room, update: dict[str, object]) -> None:
    room = empty_room
    body = json.dumps({"update_id": 1, **update}).encode()
    with room.store.begin() as unit:
        inbox_rows.accept(unit, "bot", [Arrived(1, "7:0", body)], room.now)
    room.robin.opens_link()
    await room.settles()
    assert room.robin.screen[-1].from_bot


def test_whatever_can_be_sent_beside_words_is_known() -> None:
    """What is missing is to be added to `updates.Message`, when Telegram has invented it."""
    by_themselves = {"location", "successful_payment"}
    assert {kind.value for kind in MessageAttachmentType} - by_themselves <= set(BROUGHT)
