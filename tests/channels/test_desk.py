"""The desk: only the enrolled act, only what is meant for the person reaches them, and every try is noted."""

from datetime import timedelta

import pytest
from room import Room

from rxbot.channels.telegram.commands import COMMANDS
from rxbot.episode.events import HandoffLeftWaiting
from rxbot.store import staff
from rxbot.store.tables import audit


async def issue(room: Room, code: str, **valid: float) -> None:
    with room.store.begin() as unit:
        staff.issue(unit, code, "bind", "", room.now + timedelta(**valid))


# In a topic


async def test_a_stranger_in_the_group_is_refused_reported_and_noted(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    robin = room.robin.in_group(room.team)
    room.presses(robin, "claim")
    await room.settles()
    assert robin.toasts[-1].alert
    assert robin.toasts[-1].text == room.says("desk_refused")
    robin.types("/r I am nobody", topic=topic)
    await room.settles()
    assert room.acts()[-2:] == [("claim", False), ("reply", False)]
    assert sum("Robin" in message.text for message in room.team.screen(0)) == 2
    assert room.held(room.tom).episode.handoff.state == "waiting"  # type: ignore[union-attr]
    assert not any("nobody" in message.text for message in room.tom.screen)


@pytest.mark.parametrize("words", ["/r Hello Tom", "/r@rxbot_demo_bot Hello Tom", "/r@RXBOT_DEMO_BOT   Hello Tom"])
async def test_a_worker_reaches_the_person_with_the_command(room: Room, words: str) -> None:
    topic = await room.asks_for_a_person(room.tom)
    room.sam.in_group(room.team).types(words, topic=topic)
    await room.settles()
    assert room.tom.screen[-1].text.endswith("Hello Tom")


async def test_what_is_not_meant_for_the_person_stays_in_the_topic(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    sam, before = room.sam.in_group(room.team), len(room.tom.screen)
    note = room.robin.in_group(room.team).types("What do you think?", topic=topic)
    brief = next(message for message in room.team.screen(topic) if message.from_bot and message.text)
    sam.types("I will ring her", topic=topic)
    sam.types("Yes, me too", topic=topic, reply_to=note)
    sam.types("A reply to the topic itself", topic=topic, reply_to=topic)
    sam.types("/r@another_bot secret", topic=topic)
    sam.types("/r@another_bot secret", topic=topic, reply_to=brief)
    sam.types("not /r secret", topic=topic)
    sam.types("/r in General")
    await room.settles()
    assert len(room.tom.screen) == before
    assert room.acts() == [("enrol", True), ("write", False)], "nobody acted; that Robin is there was noted"
    sam.types("/report secret", topic=topic)
    sam.types("/report secret", topic=topic, reply_to=brief)
    await room.settles()
    assert len(room.tom.screen) == before
    assert room.acts()[-2:] == [("unknown", True)] * 2
    assert room.says("help_head") in room.team.screen(topic)[-1].text
    sam.types("Hello Tom", topic=topic, reply_to=brief)
    await room.settles()
    assert room.tom.screen[-1].text.endswith("Hello Tom")


async def test_a_command_without_words_passes_nothing_on(room: Room) -> None:
    topic, before = await room.asks_for_a_person(room.tom), len(room.tom.screen)
    room.sam.in_group(room.team).types("/r", topic=topic)
    await room.settles()
    assert len(room.tom.screen) == before
    assert not room.held(room.tom).episode.with_a_worker


async def test_a_worker_answers_a_message_of_the_person_by_replying_to_it(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    room.tom.types("blah blah")
    await room.settles()
    copy = room.team.screen(topic)[-1]
    assert copy.text.endswith("\nblah blah")
    room.sam.in_group(room.team).sends_voice(topic=topic, reply_to=copy)
    await room.settles()
    assert room.held(room.tom).episode.with_a_worker


async def test_a_second_claim_and_a_late_word_are_answered(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    sam = room.sam.in_group(room.team)
    room.presses(sam, "claim")
    room.presses(sam, "claim")  # a tap that was on its way when the button went
    await room.settles()
    assert sam.toasts[-1].text == "Sam has it already."
    room.presses(sam, "close")
    room.presses(sam, "close")
    sam.types("/r Goodbye", topic=topic)
    await room.settles()
    assert sam.toasts[-1].text == room.says("already_closed")
    assert room.says("not_passed_on") in room.team.screen(topic)[-1].text
    assert not any("Goodbye" in message.text for message in room.tom.screen)


async def test_a_forged_button_in_a_topic_does_nothing(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    chat, sam = room.team.chat, room.sam
    brief = next(m for m in chat.messages.values() if m.topic == topic and m.keyboard)
    for data in (
        "abcd.1~more",
        "abcd.1~forget_yes",
        "nothing of ours",
        f"abcd.{'9' * 40}~claim",
        "a.1~rf:x:accepted",
        "a.1~rf:1:agreed",
        "a.1~end:x",
        "a.1~claimed:words of somebody",
    ):
        room.telegram.tap(sam.user, brief, data)
    await room.settles()
    handoff = room.held(room.tom).episode.handoff
    assert handoff is not None
    assert handoff.state == "waiting"
    tried = [row.subject for row in room.rows(audit) if row.act == "forged"]
    assert set(tried) == {handoff.id}, "what such a button carries may be anything, and is not noted"


@pytest.mark.parametrize("command", ["/step 1 {}", "/refer {}", '/refer "{}"', "/signpost {}, 01632 960001"])
async def test_what_would_not_fit_the_messages_it_stands_in_is_refused(room: Room, command: str) -> None:
    topic = await room.asks_for_a_person(room.tom)
    before = room.held(room.tom).episode
    room.sam.in_group(room.team).types(command.format("x" * 301), topic=topic)
    await room.settles()
    assert room.team.screen(topic)[-1].text.startswith(room.says("too_long_here"))
    assert room.held(room.tom).episode == before


async def test_a_group_that_is_not_ours_is_no_desk(room: Room) -> None:
    other = room.telegram.group("Somebody's", members=[room.robin, room.sam])
    other.add_bot()
    room.sam.in_group(other).types("/r Hello")
    message = room.telegram.post(
        other.chat, room.telegram.bot, keyboard=[[{"text": "x", "callback_data": "abcd.1~claim"}]], text="x"
    )
    room.telegram.tap(room.sam.user, message, "abcd.1~claim")
    await room.settles()
    assert [message.text for message in other.screen() if message.from_bot] == ["x"]
    assert room.acts() == [("enrol", True)]


async def test_a_role_that_may_not_is_refused_and_noted(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    await room.lets(room.robin, "Robin", role="reader")
    robin, before = room.robin.in_group(room.team), len(room.tom.screen)
    for words in ("/r Hello", "/stop_contact died", "/help"):
        robin.types(words, topic=topic)
    room.presses(robin, "claim")
    await room.settles()
    assert room.acts()[-4:] == [("reply", False), ("stop_contact", False), ("help", False), ("claim", False)]
    assert len(room.tom.screen) == before
    assert room.says("reply_refused") in room.team.screen(topic)[-1].text


async def test_every_command_is_noted_and_answered_in_the_topic(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    for command, act in COMMANDS.items():
        before = len(room.team.screen(topic))
        sam.types(command, topic=topic)
        await room.settles()
        assert room.acts()[-1] == (act.name, True)
        assert len(room.team.screen(topic)) > before + 1, f"{command} was not answered"


async def test_notes_longer_than_a_message_are_shown_whole_in_several(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    notes = [letter * 3000 for letter in "abc"]
    for note in notes:
        sam.types(f"/note {note}", topic=topic)
    await room.settles()
    before = len(room.team.screen(topic))
    sam.types("/note", topic=topic)
    await room.settles()
    shown = "".join(one.text for one in room.team.screen(topic)[before + 1 :])
    assert [shown.count(letter * 2000) for letter in "abc"] == [1, 1, 1]
    assert sum(shown.count(letter * 1000) for letter in "abc") == 9


async def test_a_command_in_the_topic_of_an_earlier_handoff_changes_nothing(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    room.presses(sam, "close")
    await room.settles()
    room.presses(room.tom, "person")
    await room.settles()
    before = room.held(room.tom).episode
    for command in ("/note old", "/stop_contact died", "/snooze 3d", "/say thanks"):
        sam.types(command, topic=topic)
    await room.settles()
    assert room.held(room.tom).episode == before


async def leaves_waiting(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    for _ in range(3):
        await room.meets(room.tom, HandoffLeftWaiting(room.now))


async def test_the_lead_is_told_in_private(room: Room) -> None:
    await room.lets(room.robin, "Robin", role="lead")
    await leaves_waiting(room)
    assert room.robin.screen[-1].text == "⏰ For the lead: handoff 1 needs somebody. The team has not answered."
    assert not any("For the lead" in m.text for m in room.team.screen(0))


@pytest.mark.parametrize("lead", [True, False])
async def test_without_a_lead_who_can_be_told_the_team_is(room: Room, lead: bool) -> None:
    if lead:
        await room.lets(room.robin, "Robin", role="lead")
        room.robin.blocks()
    await leaves_waiting(room)
    assert any("For the lead: handoff 1" in m.text for m in room.team.screen(0))


# Coming in


async def test_an_enrolment_link_works_once(room: Room) -> None:
    assert "If you are not in the team's group yet" in room.sam.screen[1].text, "nobody tells us whether they are in it"
    room.robin.opens_link("enrol-code-Sam")
    await room.settles()
    assert room.robin.screen[-1].text == room.says("enrol_link_used")
    assert room.acts()[-1] == ("enrol", False)
    with room.store.begin() as unit:
        assert staff.worker_at(unit, str(room.robin.id)) is None
        assert staff.worker_at(unit, str(room.sam.id)) is not None


async def test_an_enrolment_link_that_ran_out_lets_nobody_in(room: Room) -> None:
    with room.store.begin() as unit:
        staff.add_worker(unit, "w", "Lena", "link_worker", room.now)
        staff.issue(unit, "late", "enrol", "w", room.now + timedelta(days=7))
    room.now += timedelta(days=7)
    room.robin.opens_link("enrol-late")
    await room.settles()
    assert room.robin.screen[-1].text == room.says("enrol_link_used")


async def test_a_binding_code_enrols_nobody_and_the_other_way_round(room: Room) -> None:
    await issue(room, "abc", hours=1)
    room.robin.opens_link("enrol-abc")
    with room.store.begin() as unit:
        staff.add_worker(unit, "w", "Lena", "link_worker", room.now)
        staff.issue(unit, "def", "enrol", "w", room.now + timedelta(days=7))
    room.robin.in_group(room.team).types("/bind def")
    await room.settles()
    assert [act for act in room.acts() if act[1]] == [("enrol", True)]


@pytest.mark.parametrize("code", ["wrong", "", "used", "late"])
async def test_a_wrong_used_or_late_code_binds_nothing(empty_room: Room, code: str) -> None:
    room = empty_room
    await issue(room, "used", hours=2)
    await issue(room, "late", hours=1)
    with room.store.begin() as unit:
        assert staff.redeem(unit, "used", "bind", room.now) is not None
    room.now += timedelta(hours=1)
    room.sam.in_group(room.team).types(f"/bind {code}")
    await room.settles()
    assert room.team.screen(0)[-1].text == room.says("bind_wrong")
    assert room.teams() == []
    assert room.acts() == [("bind", False)]


async def test_a_bound_group_becomes_the_team_when_a_worker_sees_its_alert(empty_room: Room) -> None:
    room = empty_room
    await room.lets(room.sam, "Sam")
    await issue(room, "good", hours=1)
    room.sam.in_group(room.team).types("/bind@rxbot_demo_bot good")
    await room.settles()
    room.presses(room.robin.in_group(room.team), "seen")
    await room.settles()
    assert room.teams()[0].acknowledged_at is None
    room.presses(room.sam.in_group(room.team), "seen")
    await room.settles()
    assert room.teams()[0].acknowledged_at == room.now


async def test_a_command_for_another_bot_is_none_of_ours(empty_room: Room) -> None:
    room = empty_room
    await issue(room, "good", hours=1)
    room.sam.in_group(room.team).types("/bind@another_bot good")
    room.sam.in_group(room.team).types("/binding good")
    await room.settles()
    assert room.teams() == []
    assert not any(message.from_bot and message.text for message in room.team.screen())


async def test_a_group_without_topics_is_not_bound_and_the_code_stays_good(empty_room: Room) -> None:
    room = empty_room
    await issue(room, "good", hours=1)
    flat = room.telegram.group("Flat", members=[room.sam], is_forum=False)
    flat.add_bot()
    room.sam.in_group(flat).types("/bind good")
    await room.settles()
    assert flat.screen()[-1].text == room.says("bind_needs_topics")
    room.sam.in_group(room.team).types("/bind good")
    await room.settles()
    assert len(room.teams()) == 1
