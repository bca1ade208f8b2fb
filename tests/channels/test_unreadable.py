"""An update that cannot be read is given up at last, but never in silence: whoever sent it hears so, and whoever has to know."""

from datetime import timedelta
from pathlib import Path

from room import Room

from rxbot.sandbox.script import Group, Person
from rxbot.store.inbox_rows import ATTEMPTS
from rxbot.store.tables import inbox


async def is_given_up(room: Room, chat: Person | Group, **where: int) -> None:
    """Let something arrive that has no date, which Telegram never sends, and let it be tried until it is given up."""
    kind = "supergroup" if isinstance(chat, Group) else "private"
    room.telegram.tell("message", {"message_id": 999, "chat": {"id": chat.id, "type": kind}, "text": "pinetree", **where})
    for _ in range(6):
        await room.settles()
        room.now += timedelta(minutes=2)
    await room.settles()


async def test_the_person_their_topic_and_the_lead_are_told(room: Room) -> None:
    kim = room.telegram.person("Kim")
    await room.lets(kim, "Kim", "lead")
    topic = await room.asks_for_a_person(room.tom)
    await is_given_up(room, room.tom)
    said = [message.text for message in room.tom.screen if message.from_bot]
    assert any(text.startswith(room.says("unreadable")) for text in said[-2:])
    assert room.tom.screen[-1].buttons, "the open question is there again"
    assert any(room.says("unreadable_in_topic") in message.text for message in room.team.screen(topic))
    assert "update" in kim.screen[-1].text
    assert "pinetree" not in kim.screen[-1].text


async def test_the_next_words_of_the_same_person_are_read(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    await is_given_up(room, room.tom)
    room.tom.types("no")
    await room.settles()
    assert room.held(room.tom).episode.answers_of("consent")["consent.clinic"].chosen == ("no",)


async def test_a_team_is_asked_to_write_again(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    await is_given_up(room, room.team, message_thread_id=topic)
    assert any(room.says("unreadable_in_team") in message.text for message in room.team.screen())


async def test_somebody_unknown_stops_nobody(room: Room) -> None:
    stranger = room.telegram.person("Nobody")
    await is_given_up(room, stranger)
    await room.asks_for_a_person(room.tom)
    assert room.tom.screen[-1].from_bot


async def test_words_in_the_place_of_an_id_are_written_down_nowhere(room: Room, tmp_path: Path) -> None:
    await room.asks_for_a_person(room.tom)
    chat, who = {"id": room.team.id, "type": "supergroup"}, {"id": "pinetree", "is_bot": False, "first_name": "Robin"}
    room.telegram.tell("message", {"message_id": 999, "date": 0, "chat": chat, "from": who, "text": "hello"})
    for _ in range(6):
        await room.settles()
        room.now += timedelta(minutes=2)
    room.store.fold_log()
    assert not [file for file in tmp_path.iterdir() if b"pinetree" in file.read_bytes()]
    (given_up,) = [row for row in room.rows(inbox) if row.attempts == ATTEMPTS]
    assert given_up.error == "ValidationError"
