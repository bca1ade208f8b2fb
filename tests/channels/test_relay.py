"""What is said on one side arrives on the other: as an answer to the same words, and as it was changed later."""

import pytest
from room import Room

from rxbot.channels.telegram.commands import REPLY
from rxbot.store.tables import relay


def last(room: Room, topic: int) -> str:
    return room.team.screen(topic)[-1].text


async def test_a_reply_arrives_as_a_reply_both_ways(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    asked = sam.types(f"{REPLY} How are you?", topic=topic)
    await room.settles()
    heard = room.tom.screen[-1]
    room.tom.types("Not well", reply_to=heard)
    await room.settles()
    told = room.team.screen(topic)[-1]
    assert (told.text, told.reply_to) == ("Not well", asked.id)
    theirs = room.tom.screen[-1]
    sam.types("I am sorry", topic=topic, reply_to=told)
    await room.settles()
    assert room.tom.screen[-1].text.endswith("I am sorry")
    assert room.tom.screen[-1].reply_to == theirs.id
    sam.sends_voice(topic=topic, reply_to=told)
    await room.settles()
    assert (room.tom.screen[-1].media, room.tom.screen[-1].reply_to) == ("voice", theirs.id)


async def test_a_reply_to_what_is_gone_or_was_never_passed_on_arrives_alone(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    room.sam.in_group(room.team).types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    room.tom.types("To a question of the bot", reply_to=room.tom.screen[2])
    await room.settles()
    assert (last(room, topic), room.team.screen(topic)[-1].reply_to) == ("To a question of the bot", 0)
    heard = room.tom.screen[-1]
    room.telegram.delete(room.team.chat, [m.id for m in room.team.screen(topic) if "Hello" in m.text])
    room.tom.types("To what was deleted", reply_to=next(m for m in room.tom.screen if m.text.endswith("Hello")))
    await room.settles()
    assert (last(room, topic), heard.text) == ("To what was deleted", "To a question of the bot")


async def test_two_people_talk_with_two_workers_and_never_meet(room: Room) -> None:
    amina = room.telegram.person("Amina")
    toms, aminas = await room.asks_for_a_person(room.tom), await room.asks_for_a_person(amina)
    assert toms != aminas
    sam = room.sam.in_group(room.team)
    sam.types(f"{REPLY} Hello Tom", topic=toms)
    sam.types(f"{REPLY} Hello Amina", topic=aminas)
    await room.settles()
    room.tom.types("I am Tom")
    amina.types("I am Amina")
    await room.settles()
    for person, topic, own, other in ((room.tom, toms, "Tom", "Amina"), (amina, aminas, "Amina", "Tom")):
        assert person.screen[-2].text == f"Sam: Hello {own}"
        assert last(room, topic) == f"I am {own}"
        for screen in (person.screen, room.team.screen(topic)):
            assert not any(other in message.text for message in screen)


async def test_words_changed_later_change_on_the_other_side(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    said = sam.types(f"{REPLY} At ten & <b>not later</b>", topic=topic)
    await room.settles()
    answer = room.tom.types("Fine")
    await room.settles()
    here, there = len(room.tom.screen), len(room.team.screen(topic))
    sam.edits(said, f"{REPLY} At eleven & <i>later</i>")
    room.tom.edits(answer, "Fine, at <11>")
    await room.settles()
    assert room.tom.screen[-2].text == "Sam: At eleven & <i>later</i>"
    assert last(room, topic) == "Fine, at <11>"
    assert (len(room.tom.screen), len(room.team.screen(topic))) == (here, there)


async def test_a_change_that_no_longer_fits_one_message_is_said_anew(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    said = sam.types(f"{REPLY} Short", topic=topic)
    await room.settles()
    sam.edits(said, f"{REPLY} {'long ' * 600}end")
    await room.settles()
    assert room.tom.screen[-1].text.endswith("end")
    sam.edits(said, f"{REPLY} {'long ' * 600}new end")
    await room.settles()
    assert room.tom.screen[-1].text.endswith("new end")


async def test_files_and_places_reach_the_other_side(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    sam.types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    room.tom.sends_voice()
    room.tom.sends_photo("My kitchen")
    room.tom.sends_document("letter.pdf", b"%PDF", "From the landlord")
    room.tom.sends_location(53.07, 0.42)
    await room.settles()
    theirs = [m for m in room.team.screen(topic) if m.media][-4:]
    assert [(m.media, m.text) for m in theirs] == [
        ("voice", ""),
        ("photo", "My kitchen"),
        ("document", "From the landlord"),
        ("location", ""),
    ]
    for sends in (sam.sends_voice, sam.sends_photo):
        sends(topic=topic, reply_to=theirs[-1])
    sam.sends_document("form.pdf", b"%PDF", topic=topic, reply_to=theirs[-1])
    sam.sends_location(53.0, 0.4, topic=topic, reply_to=theirs[-1])
    await room.settles()
    assert [m.media for m in room.tom.screen if m.media and m.from_bot] == ["voice", "photo", "document", "location"]


async def test_words_under_a_file_changed_later_change_on_the_other_side(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    sam.types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    mine = room.tom.sends_photo("My kitchen")
    await room.settles()
    copy = room.team.screen(topic)[-1]
    theirs = sam.sends_photo("Fill this in", topic=topic, reply_to=copy)
    await room.settles()
    room.tom.edits(mine, "My bathroom & hall")
    sam.edits(theirs, "Fill in page 1")
    await room.settles()
    assert room.team.screen(topic)[-2].text == "My bathroom & hall"
    assert room.tom.screen[-1].text == "Fill in page 1"


async def test_an_answer_changed_by_editing_its_message_is_no_new_answer(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    before = room.held(room.tom).episode
    mine = room.tom.types("blah blah")
    await room.settles()
    room.tom.edits(mine, "Under 18")
    await room.settles()
    after = room.held(room.tom).episode
    assert (after.sheets, after.asked, after.misses) == (before.sheets, before.asked, 1)


async def test_danger_written_into_an_old_message_raises_the_alarm(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    mine = room.tom.types("blah blah")
    await room.settles()
    room.tom.edits(mine, "I want to die")
    await room.settles()
    handoff = room.held(room.tom).episode.handoff
    assert handoff is not None
    assert handoff.urgent
    said = [message.text for message in room.team.screen(topic) if message.text]
    assert ("I want to die" in said[-2], "Possible danger" in said[-1]) == (True, True), "the alarm comes below the words"


async def test_danger_edited_in_by_a_stranger_is_answered(room: Room) -> None:
    mine = room.robin.opens_link()
    await room.settles()
    room.robin.edits(mine, "I want to die")
    await room.settles()
    assert room.says("taken_seriously") in room.robin.screen[-1].text


@pytest.mark.parametrize("who", ["robin", "sam"])
async def test_a_change_that_may_not_be_passed_on_is_answered(room: Room, who: str) -> None:
    topic = await room.asks_for_a_person(room.tom)
    seat = getattr(room, who).in_group(room.team)
    said = seat.types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    if who == "sam":
        room.presses(seat, "close")
        await room.settles()
    before = [message.text for message in room.tom.screen]
    seat.edits(said, f"{REPLY} Something else")
    await room.settles()
    assert last(room, topic) == room.says("edit_not_passed_on")
    assert [message.text for message in room.tom.screen] == before
    assert room.acts()[-1] == ("edit", who == "sam")


async def test_what_cannot_be_brought_to_the_topic_is_said_there(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    gone = room.tom.sends_photo("My kitchen")
    room.telegram.delete(room.telegram.chats[room.tom.id], [gone.id])
    await room.settles()
    assert last(room, topic) == room.says("not_copied")


async def test_erasing_a_person_leaves_nothing_of_what_was_passed_on(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    room.sam.in_group(room.team).types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    room.tom.types("Hello Sam")
    await room.settles()
    assert len(room.rows(relay)) == 2
    room.tom.types("/forget")
    await room.settles()
    room.presses(room.tom, "forget_yes")
    await room.settles()
    assert room.rows(relay) == []


async def test_what_is_written_quickly_arrives_as_one_and_each_part_can_be_changed_and_answered(room: Room) -> None:
    topic, sam = await room.asks_for_a_person(room.tom), room.sam.in_group(room.team)
    sam.types(f"{REPLY} Hello", topic=topic)
    await room.settles()
    first, last_one = room.tom.types("I was there"), room.tom.types("it is <closed>")
    await room.settles()
    joined = room.team.screen(topic)[-1]
    assert joined.text == "I was there\nit is <closed>"
    room.tom.edits(first, "I was there at ten")
    await room.settles()
    changed = room.team.screen(topic)[-1]
    assert changed.text == f"{room.says('changed_later')}\nI was there at ten"
    assert changed.reply_to == joined.id
    sam.types("Thank you", topic=topic, reply_to=joined)
    await room.settles()
    assert room.tom.screen[-1].reply_to == last_one.id


async def test_words_with_a_link_behind_them_stay_as_they_are(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    link = [{"type": "text_link", "offset": 0, "length": 4, "url": "https://example.org/"}]
    chat = room.telegram.chats[room.tom.id]
    for words in ("here", "there"):
        room.telegram.post(chat, room.tom.user, text=words, entities=link)
    await room.settles()
    assert [message.text for message in room.team.screen(topic)][-2:] == ["here", "there"]


async def test_an_alarm_goes_to_the_team_that_has_the_handoff(room: Room) -> None:
    second = room.telegram.group("Second team", members=[room.sam])
    second.add_bot()
    await room.binds(second)
    await room.asks_for_a_person(room.tom)
    topic = room.team.topics[-1].id
    ann = room.telegram.person("Ann")
    room.team, first = second, room.team
    await room.asks_for_a_person(ann)
    assert (len(first.topics), len(second.topics)) == (1, 1)
    ann.types("I want to die")
    await room.settles()
    alarm = room.says("urgent_in_team")
    assert [any(alarm in message.text for message in group.screen()) for group in (first, second)] == [False, True]
    assert first.screen(topic)
