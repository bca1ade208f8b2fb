"""What people and workers do by accident, where no story shows it, and the table of all such accidents."""

from datetime import timedelta
from pathlib import Path

import pytest
from desk import Desk, open_office
from proofs import is_there

from rxbot.channels.telegram.commands import REPLY
from rxbot.channels.telegram.desk import BIND
from rxbot.content.load import Release
from rxbot.sandbox.script import Group
from rxbot.store import staff


async def test_a_grown_group_that_is_bound_before_its_move_is_noticed_gets_all_that_waits(desk: Desk) -> None:
    room = desk.room
    new = Group(room.telegram, room.telegram.upgrade(room.team.chat, room.sam.user, is_forum=True))
    room.telegram.queue.pending.clear()  # what Telegram tells of it comes too late
    with room.store.begin() as unit:
        staff.issue(unit, "grown", "bind", "", room.now + timedelta(days=1))
    room.sam.in_group(new).types(f"{BIND} grown")
    await room.settles()
    assert len(room.teams()) == 2
    await desk.to_topic("not lost")
    await desk.passes(1.1)
    (topic,) = new.topics
    seen = [message.text for message in new.screen(topic.id)]
    assert "not lost" in seen
    assert any(desk.is_the_brief(text) for text in seen)
    (team,) = room.teams()
    assert (team.address, team.acknowledged_at is not None) == (str(new.id), True)
    room.sam.in_group(new).types(f"{REPLY} I am still here", topic=topic.id)
    await room.settles()
    assert any("I am still here" in text for text in desk.tom_reads())


async def test_a_group_bound_twice_is_one_team_that_has_to_see_its_alert_anew(desk: Desk) -> None:
    room = desk.room
    with room.store.begin() as unit:
        staff.issue(unit, "again", "bind", "", room.now + timedelta(days=1))
    room.sam.in_group(room.team).types(f"{BIND} again")
    await room.settles()
    (team,) = room.teams()
    assert team.acknowledged_at is None
    room.presses(room.sam.in_group(room.team), "seen")
    await room.settles()
    (team,) = room.teams()
    assert team.acknowledged_at == room.now
    await desk.to_topic("here still")
    assert desk.team_reads()[-1] == "here still"


@pytest.mark.parametrize("where", ["General", "a topic of no handoff"])
async def test_a_worker_who_writes_where_nobody_reads_is_told(desk: Desk, where: str) -> None:
    room, heard = desk.room, len(desk.tom_reads())
    topic = 0 if where == "General" else (await room.bot.create_forum_topic(room.team.id, "Lunch")).message_thread_id
    room.robin.in_group(room.team).types(f"{REPLY} I am nobody", topic=topic)
    room.sam.in_group(room.team).types("Who has time?", topic=topic)
    room.sam.in_group(room.team).types("/poll@another_bot", topic=topic)
    await room.settles()
    before = desk.team_reads(0)
    room.sam.in_group(room.team).types(f"{REPLY} See you at ten", topic=topic)
    await room.settles()
    told = room.release.words.wording("en")["nobody_reads"].replace("{worker}", "Sam")
    assert told not in before
    assert desk.team_reads(0)[-1] == told
    assert len(desk.tom_reads()) == heard


async def test_who_writes_in_the_groups_name_is_asked_to_write_as_themselves(desk: Desk) -> None:
    room, heard = desk.room, len(desk.tom_reads())
    seen = room.sam.in_group(room.team).types(f"{REPLY} See you at ten", topic=desk.topic)
    await room.settles()
    sent = room.telegram.wired(room.team.chat.messages[seen.id])
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    room.telegram.tell("message", sent | {"message_id": 99001, "from": nobody, "sender_chat": sent["chat"]})
    await room.settles()
    assert desk.team_reads(0)[-1] == room.says("written_by_nobody")
    said = len(desk.team_reads(0))
    changed = {"edit_date": sent["date"] + 60, "text": f"{REPLY} See you at eleven"}
    room.telegram.tell("edited_message", sent | changed | {"message_id": 99001, "from": nobody, "sender_chat": sent["chat"]})
    await room.settles()
    assert desk.team_reads(0)[said:] == [room.says("written_by_nobody")], "who changes it is told again"
    assert len(desk.tom_reads()) == heard + 1


async def test_a_tap_on_a_message_too_old_for_telegram_to_show_us_is_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, sam = desk.room, desk.room.sam.in_group(desk.room.team)
    monkeypatch.setattr(
        room.telegram, "wired", lambda one: {"chat": {"id": one.chat, "type": "supergroup"}, "message_id": 5, "date": 0}
    )
    sam.taps("Close")
    monkeypatch.undo()
    await room.settles()
    assert sam.toasts[-1].text == room.says("old_button_here")


STICKER = {
    **{"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9},
    **{"is_animated": False, "is_video": False, "emoji": "👍"},
}


async def test_a_sticker_is_no_answer_and_the_topic_has_it(tmp_path: Path, release: Release) -> None:
    async with open_office(tmp_path, release) as room:
        topic = await room.asks_for_a_person(room.tom)
        asked = room.held(room.tom).episode.asked
        room.telegram.post(room.tom.chat, room.tom.user, content={"sticker": STICKER})
        await room.settles()
        assert room.held(room.tom).episode.asked == asked
        assert any(room.says("got_media_passed_on") in one.text for one in room.tom.screen[-3:])
        assert any("sticker" in one.content for one in room.team.chat.messages.values() if one.topic == topic)


async def test_what_a_person_forwards_comes_without_the_name_of_who_wrote_it(desk: Desk) -> None:
    room, amina = desk.room, desk.room.telegram.person("Amina")
    origin = {"type": "user", "sender_user": {"id": amina.id, "is_bot": False, "first_name": "Amina"}, "date": 1}
    room.telegram.post(room.tom.chat, room.tom.user, text="I cannot come", origin=origin)
    await room.settles()
    said = [one for one in room.team.chat.messages.values() if one.topic == desk.topic][-1]
    assert (said.text, said.origin) == ("I cannot come", {})
    before = len(room.tom.screen)
    room.telegram.post(room.team.chat, room.sam.user, topic=desk.topic, text="of another chat", origin=origin)
    await room.settles()
    assert len(room.tom.screen) == before, "what a worker forwards into the topic is for the team"


# accident: what comes of it, and the stories and tests that prove it
DESK, RELAY, REFUSED, HERE = "channels/test_desk.py::", "channels/test_relay.py::", "test_refusals.py::", "test_accidents.py::"
ACCIDENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    # people
    "blocks the bot": ("nothing goes to them, the topic is told once, nothing is lost", ("blocked_and_back",)),
    "unblocks it": ("goes on where they were", ("blocked_and_back",)),
    "deletes their account": ("counts as blocked", (f"{REFUSED}the_chat_is_closed",)),
    "deletes what they wrote before it was passed on": (
        "the topic is told",
        (f"{RELAY}test_what_cannot_be_brought_to_the_topic_is_said_there",),
    ),
    "taps twice": ("the second changes nothing", ("double_tap", "phrasebook")),
    "taps an old button": ("corrects that answer, or nothing", ("back_and_change", "nonsense", "double_tap")),
    "taps while we are away": ("is asked again", ("outage",)),
    "types instead of tapping": ("is understood", ("types_every_button", "typing_slips")),
    "writes before the question is there": ("answers nothing that could not be read", ("writes_in_pieces",)),
    "edits an answer": ("is no new answer", (f"{RELAY}test_an_answer_changed_by_editing_its_message_is_no_new_answer",)),
    "edits danger into a message": ("raises the alarm", (f"{RELAY}test_danger_written_into_an_old_message_raises_the_alarm",)),
    "edits what the worker has read": ("changes there", (f"{RELAY}test_words_changed_later_change_on_the_other_side",)),
    "sends a voice note where words are asked": ("is told who has it, and asked again", ("nonsense",)),
    "sends a picture with danger under it": (
        "raises the alarm",
        ("channels/test_receive.py::test_danger_under_a_picture_is_seen",),
    ),
    "sends a sticker": ("as a picture", (f"{HERE}test_a_sticker_is_no_answer_and_the_topic_has_it",)),
    "forwards a message": (
        "counts as their own words, without a name",
        (f"{HERE}test_what_a_person_forwards_comes_without_the_name_of_who_wrote_it",),
    ),
    "opens the link again": ("goes on", ("link_opened_by_another",)),
    "opens somebody else's link": ("is told that it is used", ("link_opened_by_another", "no_link")),
    "opens a new link in the middle": (
        "goes on with it",
        ("channels/test_receive.py::test_a_new_link_in_mid_conversation_goes_on_with_it",),
    ),
    "taps a button from before they were forgotten": (
        "is answered like a stranger",
        ("channels/test_receive.py::test_a_button_of_before_an_erasure_is_answered_like_a_strangers",),
    ),
    # workers
    "leaves the group": ("the team has it again, the person is told", ("worker_leaves_mid_talk",)),
    "closes the topic": ("it is opened again", (f"{REFUSED}the_topic_is_opened_again",)),
    "closes it where the bot may not open it": (
        "words wait, the log says what to do",
        (f"{REFUSED}test_a_closed_topic_that_may_not_be_opened_waits_and_says_so",),
    ),
    "deletes the topic": ("another with the brief", ("topic_deleted", "brief_stays_true")),
    "deletes the topic where the bot may open none": (
        "words wait, the log says what to do",
        ("test_refusals_elsewhere.py::a_topic_waits_for_somebody_to_mend_it",),
    ),
    "demotes the bot": ("words wait, the log says what to do", (f"{REFUSED}the_group_waits",)),
    "removes the bot from the group": ("words wait, the log says what to do", (f"{REFUSED}the_group_waits",)),
    "lets the group become a supergroup": (
        "it goes on there",
        (f"{REFUSED}the_group_has_a_new_address", f"{REFUSED}test_a_group_that_says_it_has_moved_is_believed"),
    ),
    "binds the grown group before its move is noticed": (
        "one team with all that waits",
        (f"{HERE}test_a_grown_group_that_is_bound_before_its_move_is_noticed_gets_all_that_waits",),
    ),
    "binds the same group twice": (
        "one team, which sees its alert anew",
        (f"{HERE}test_a_group_bound_twice_is_one_team_that_has_to_see_its_alert_anew",),
    ),
    "binds with a used code": ("is refused", (f"{DESK}test_a_wrong_used_or_late_code_binds_nothing",)),
    "binds a group without topics": (
        "is told, and the code stays good",
        (f"{DESK}test_a_group_without_topics_is_not_bound_and_the_code_stays_good",),
    ),
    "claims or closes twice": ("is told so", (f"{DESK}test_a_second_claim_and_a_late_word_are_answered",)),
    "writes after it was closed": (
        "is told that it was not passed on",
        (f"{DESK}test_a_second_claim_and_a_late_word_are_answered",),
    ),
    "edits a reply": ("changes for the person", (f"{RELAY}test_words_changed_later_change_on_the_other_side",)),
    "edits a reply after it was closed": ("is told", (f"{RELAY}test_a_change_that_may_not_be_passed_on_is_answered",)),
    "types without a command": ("stays in the topic", ("worker_talks",)),
    "mistypes a command": ("reads what there is", (f"{DESK}test_what_is_not_meant_for_the_person_stays_in_the_topic",)),
    "sends a command without words": ("nothing is passed on", (f"{DESK}test_a_command_without_words_passes_nothing_on",)),
    "speaks as to the person in General, or in a topic that is nobody's": (
        "is told that nobody reads it",
        (f"{HERE}test_a_worker_who_writes_where_nobody_reads_is_told",),
    ),
    "writes in the topic of an earlier handoff": (
        "changes nothing, and is told",
        (f"{DESK}test_a_command_in_the_topic_of_an_earlier_handoff_changes_nothing",),
    ),
    "forwards a message into the topic": (
        "is for the team",
        (f"{HERE}test_what_a_person_forwards_comes_without_the_name_of_who_wrote_it",),
    ),
    "acts without being enrolled": (
        "is refused, and the group is told",
        (f"{DESK}test_a_stranger_in_the_group_is_refused_reported_and_noted",),
    ),
    "opens an enrolment link twice": ("is told", (f"{DESK}test_an_enrolment_link_works_once",)),
    "sends a voice note as a reply": ("reaches the person", (f"{RELAY}test_files_and_places_reach_the_other_side",)),
}


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_what_proves_an_accident_harmless_is_there(accident: str) -> None:
    _, proofs = ACCIDENTS[accident]
    assert proofs
    assert [one for one in proofs if not is_there(one)] == []
