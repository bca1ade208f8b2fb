"""Every way in which Telegram says no, and what comes of it: each a row, proved on our Bot API with the real channel."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from desk import Desk, say
from sqlalchemy import select
from structlog.testing import capture_logs

from rxbot.channels.telegram.commands import REPLY
from rxbot.channels.telegram.tap_answers import TapAnswers
from rxbot.episode.effects import Copy, Rewrite, RewriteBrief, Say, TitleTopic
from rxbot.inbox import Ack
from rxbot.message import Button, Message, verbatim
from rxbot.outbox import outcomes
from rxbot.outbox.channel import MENDING
from rxbot.outbox.outcomes import SOME_TRIES
from rxbot.pace import back_off
from rxbot.sandbox import refusals as no
from rxbot.sandbox.faults import Fault, Kind
from rxbot.sandbox.refusals import Refusal
from rxbot.sandbox.world import Member
from rxbot.store import outbox_rows, pauses
from rxbot.store.outbox_rows import REFUSED, handoff_lane, person_lane, team_lane
from rxbot.store.tables import handoff, outbox, person, relay, team

LONG = "word " * 2000


# What can come of a refusal


async def it_arrives_after(desk: Desk, refusal: Refusal, method: str, seconds: float) -> None:
    """The letter waits so long, then it arrives once; another chat is not kept waiting."""
    desk.refuse(method, refusal)
    await desk.to_tom("see you at ten")
    assert "see you at ten" not in desk.tom_reads()
    await desk.to_topic("meanwhile")
    assert desk.team_reads()[-1] == "meanwhile"
    await desk.passes(seconds + 0.1)
    assert desk.tom_reads().count("see you at ten") == 1


async def after_a_pause(desk: Desk, refusal: Refusal, method: str) -> None:
    await it_arrives_after(desk, refusal, method, 7)


async def after_two_seconds(desk: Desk, refusal: Refusal, method: str) -> None:
    await it_arrives_after(desk, refusal, method, 2)


async def after_a_moment(desk: Desk, refusal: Refusal, method: str) -> None:
    await it_arrives_after(desk, refusal, method, 5)


async def the_chat_is_closed(desk: Desk, refusal: Refusal, method: str) -> None:
    """The person counts as unreachable, what waits does not try, and the topic is told once."""
    before, told = desk.calls(method), len(desk.team_reads())
    desk.refuse(method, refusal)
    with desk.room.store.begin() as unit:
        lane = person_lane(desk.person_id)
        for urgency in ("relay", "reminder", "reminder", "crisis"):
            outbox_rows.put(unit, lane, say("x", urgency), desk.room.now, "en", "r", desk.person_id, None, desk.handoff_id)
    desk.room.box.wake()
    await desk.room.settles()
    to_tom = [row for row in desk.room.rows(outbox) if row.lane == lane][-4:]
    assert {(row.status, row.sealed) for row in to_tom} == {("given_up", None)}
    assert desk.calls(method) == before + 1  # the word to the topic; the one that was refused is not carried out
    assert [text == desk.room.says("person_unreachable") for text in desk.team_reads()[told:]] == [True]
    with desk.room.store.begin() as unit:
        assert unit.execute(select(person.c.reachable).where(person.c.id == desk.person_id)).scalar() is False


async def the_topic_is_told(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.to_tom("x")
    assert desk.team_reads()[-1] == desk.room.says("person_unreachable")
    await desk.to_tom("the next")
    assert desk.tom_reads()[-1] == "the next"


async def it_goes_plain(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.to_tom("I <3 you & <b>all</b>")
    assert desk.tom_reads()[-1] == "I <3 you & <b>all</b>"


async def it_goes_in_parts(desk: Desk, _refusal: Refusal, _method: str) -> None:
    """Nobody has to refuse this on purpose."""
    await desk.to_tom(LONG)
    assert " ".join(desk.tom_reads()[-3:]).split() == LONG.split()


async def the_group_waits(desk: Desk, refusal: Refusal, method: str) -> None:
    """Letters to the group wait, the log says what to do, and people are written to as ever."""
    desk.refuse(method, refusal)
    with capture_logs() as logs:
        await desk.to_topic("first")
    assert [one for one in logs if one["log_level"] == "error" and one["remedy"]]
    await desk.to_topic("second")
    await desk.to_tom("meanwhile")
    assert desk.tom_reads()[-1] == "meanwhile"
    await desk.passes(MENDING + 1)
    assert desk.team_reads()[-2:] == ["first", "second"]


async def a_new_topic(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.to_topic("not lost")
    new = desk.room.team.topics[-1].id
    assert new != desk.topic
    assert "not lost" in desk.team_reads(new)
    assert any(desk.is_the_brief(text) for text in desk.team_reads(new))


async def the_topic_is_opened_again(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.room.team.chat.topics[desk.topic].closed = True
    desk.refuse(method, refusal)
    await desk.to_topic("not lost")
    assert desk.team_reads()[-1] == "not lost"
    assert not desk.room.team.chat.topics[desk.topic].closed


async def the_group_has_a_new_address(desk: Desk, refusal: Refusal, method: str) -> None:
    """The same letter arrives there, in a new topic with its brief."""
    new = desk.room.telegram.group("Team, grown", members=[desk.room.sam])
    new.add_bot()
    desk.refuse(method, no.migrated(new.id))
    await desk.to_topic("not lost")
    await desk.passes(2)
    with desk.room.store.begin() as unit:
        assert list(unit.execute(select(team.c.address)).scalars()) == [str(new.id)]
    said = [message.text for topic in new.topics for message in new.screen(topic.id)]
    assert "not lost" in said
    assert any(map(desk.is_the_brief, said))


Outcome = Callable[[Desk, Refusal, str], Awaitable[None]]
METHOD = {Say: "sendMessage", Copy: "copyMessage"}
FLOOD, BUSY, GATEWAY = no.too_many_requests(7), Refusal(500, "Internal Server Error"), Refusal(502, "Bad Gateway")
NO_RIGHT_TO_WRITE = no.bad("not enough rights to send text messages to the chat")
TABLE: tuple[tuple[str, Refusal, Outcome], ...] = (
    # to a person
    ("sendMessage", FLOOD, after_a_pause),
    ("sendMessage", BUSY, after_two_seconds),
    ("sendMessage", GATEWAY, after_two_seconds),
    ("sendMessage", no.UNAUTHORIZED, after_a_moment),
    ("sendMessage", no.BLOCKED, the_chat_is_closed),
    ("sendMessage", no.forbidden("user is deactivated"), the_chat_is_closed),
    ("sendMessage", no.NEVER_STARTED, the_chat_is_closed),
    ("sendMessage", no.CHAT_NOT_FOUND, the_chat_is_closed),
    ("sendMessage", no.bad("USER_IS_BLOCKED"), the_chat_is_closed),
    ("sendMessage", no.bad("INPUT_USER_DEACTIVATED"), the_chat_is_closed),
    ("sendMessage", no.bad("USER_DEACTIVATED"), the_chat_is_closed),
    ("sendMessage", no.bad("PEER_ID_INVALID"), the_chat_is_closed),
    ("sendMessage", no.bad("CHAT_RESTRICTED"), the_chat_is_closed),
    ("sendMessage", no.FILE_TOO_LARGE, the_topic_is_told),
    ("sendMessage", no.BUTTON_DATA_INVALID, the_topic_is_told),
    ("sendMessage", no.cannot_parse("Unexpected end tag at byte offset 3"), it_goes_plain),
    ("sendMessage", no.TOO_LONG, it_goes_in_parts),
    # to the team's group
    ("sendMessage", no.THREAD_NOT_FOUND, a_new_topic),
    ("sendMessage", no.bad("TOPIC_DELETED"), a_new_topic),
    ("sendMessage", no.TOPIC_INVALID, a_new_topic),
    ("sendMessage", no.TOPIC_CLOSED, the_topic_is_opened_again),
    ("sendMessage", NO_RIGHT_TO_WRITE, the_group_waits),
    ("sendMessage", no.bad("CHAT_WRITE_FORBIDDEN"), the_group_waits),
    ("sendMessage", no.bad("CHAT_RESTRICTED"), the_group_waits),
    ("sendMessage", no.bad("CHAT_SEND_PLAIN_FORBIDDEN"), the_group_waits),
    ("sendMessage", no.bad("CHAT_FORBIDDEN"), the_group_waits),
    ("sendMessage", no.bad("CHANNEL_PRIVATE"), the_group_waits),
    ("sendMessage", no.bad("need administrator rights in the channel chat"), the_group_waits),
    ("sendMessage", no.KICKED, the_group_waits),
    ("sendMessage", no.NOT_A_MEMBER, the_group_waits),
    ("sendMessage", no.CHAT_NOT_FOUND, the_group_waits),
    ("sendMessage", no.migrated(0), the_group_has_a_new_address),
)


@pytest.mark.parametrize(
    ("method", "refusal", "outcome"), TABLE, ids=[f"{one.description[:45]} - {then.__name__}" for _, one, then in TABLE]
)
async def test_a_refusal_has_its_outcome(desk: Desk, method: str, refusal: Refusal, outcome: Outcome) -> None:
    await outcome(desk, refusal, method)


# Several in a row

CUT = Fault("cut_before", ("sendMessage",))


@pytest.mark.parametrize(("failure", "times"), [(BUSY, 2), (GATEWAY, 10)])
async def test_a_server_that_fails_again_and_again_loses_nothing(desk: Desk, failure: Refusal, times: int) -> None:
    """It is asked later and later; the letter arrives once, and nobody is told anything."""
    told = len(desk.team_reads())
    for urgency in ("crisis", "reply", "relay", "reminder"):
        desk.refuse("sendMessage", failure, times)
        await desk.to_tom(urgency, urgency)
        for tries in range(1, times + 1):
            assert urgency not in desk.tom_reads()
            await desk.passes(back_off(tries) - 0.1)
            await desk.passes(0.2)
        assert desk.tom_reads().count(urgency) == 1
    assert len(desk.team_reads()) == told


@pytest.mark.parametrize(
    ("urgency", "arrives_after", "ends_after"),
    [("crisis", (1, 10), ()), ("reply", (1,), (2,)), ("relay", (1,), (2,)), ("check_in", (1,), (2,)), ("reminder", (), (1,))],
)
async def test_where_the_line_is_cut_again_and_again_it_arrives_or_the_topic_is_told(
    desk: Desk, urgency: str, arrives_after: tuple[int, ...], ends_after: tuple[int, ...]
) -> None:
    """A reminder is not said twice, danger until somebody answers, anything else once more."""
    for cuts in arrives_after + ends_after:
        told, words = len(desk.team_reads()), f"after {cuts}"
        desk.room.telegram.faults.add(replace(CUT, times=cuts))
        with capture_logs() as logs:
            await desk.to_tom(words, urgency)
            for _ in range(cuts):
                await desk.passes(61)
        ended = cuts in ends_after
        assert (words in desk.tom_reads()) != ended
        assert desk.team_reads()[told:] == ([desk.room.says("person_perhaps_unreached")] if ended else [])
        assert bool([one for one in logs if one["log_level"] == "error" and one["remedy"]]) == ended


@pytest.mark.parametrize(
    ("lane", "parcel", "has_lead"),
    [
        ("team", say("handoff 1 waits", "crisis"), True),
        ("team", say("handoff 1 waits", "crisis"), False),
        ("handoff", say("handoff 1 waits", "crisis"), True),
        ("handoff", Copy("topic", "1:1", words="words of Tom"), True),
        ("handoff", Say("topic", Message((verbatim("words of Tom"), verbatim("and more"))), "relay", source="1:1"), True),
    ],
    ids=["an alarm", "an alarm without leads", "a word of ours", "words", "joined words"],
)
async def test_what_a_group_refuses_in_words_unknown_is_tried_some_times_and_then_told_elsewhere(
    desk: Desk, lane: str, parcel: outbox_rows.Parcel, has_lead: bool
) -> None:
    room, other = desk.room, desk.room.telegram.group("Others", members=[desk.room.sam])
    other.add_bot()
    await room.binds(other)
    kim = room.telegram.person("Kim")
    if has_lead:
        await room.lets(kim, "Kim", role="lead")
    room.telegram.faults.add(Fault("refuse", (METHOD[type(parcel)],), times=SOME_TRIES, code=400, description="Bad Request: ODD"))
    before = len(desk.team_reads())
    with capture_logs() as logs:
        await desk.write(team_lane(1) if lane == "team" else handoff_lane(desk.handoff_id), parcel)
        for tries in range(1, SOME_TRIES):
            assert desk.last() == ("waiting", REFUSED)
            await desk.passes(back_off(tries) + 0.1)
    assert [one for one in logs if one["event"] == REFUSED and one["remedy"]]
    told = [one.text for one in (kim.screen if has_lead else other.screen())][-1]
    if lane == "team":
        assert told.split("\n") == [room.says("not_in_team"), "handoff 1 waits"]
    else:
        assert told.startswith(room.says("not_in_topic"))
    is_from_tom = isinstance(parcel, Copy) or bool(isinstance(parcel, Say) and parcel.source)
    assert desk.team_reads()[before:] == ([room.says("not_copied")] if is_from_tom else [])


async def test_a_letter_that_no_server_ever_takes_is_told_at_last_and_keeps_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "MANY_TRIES", 3)
    desk.refuse("sendMessage", BUSY, 3)
    await desk.to_tom("x", "crisis")
    await desk.to_tom("the next")
    await desk.passes(2.1)
    await desk.passes(4.1)
    assert desk.team_reads()[-1] == desk.room.says("person_perhaps_unreached")
    assert (desk.tom_reads()[-1], "x" in desk.tom_reads()) == ("the next", False)


async def test_what_nobody_can_be_told_of_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The group refuses the alarm, the lead has blocked us, and the other team's group refuses it too."""
    monkeypatch.setattr(outcomes, "SOME_TRIES", 1)
    room, other, kim = desk.room, desk.room.telegram.group("Others", members=[desk.room.sam]), desk.room.telegram.person("Kim")
    other.add_bot()
    await room.binds(other)
    await room.lets(kim, "Kim", role="lead")
    before = len(room.rows(outbox))
    desk.refuse("sendMessage", no.bad("ODD"))
    desk.refuse("sendMessage", no.BLOCKED)
    desk.refuse("sendMessage", no.bad("ODD"))
    await desk.write(team_lane(1), say("handoff 1 waits", "crisis"))
    ended = room.rows(outbox)[before:]
    assert [(row.lane.partition(":")[0], row.status) for row in ended] == [
        ("team", "given_up"),
        ("staff", "given_up"),
        ("team", "given_up"),
    ]


# Those that need more to be told


async def test_a_second_chat_that_is_too_fast_makes_all_of_them_rest_also_after_a_restart(desk: Desk) -> None:
    desk.refuse("sendMessage", FLOOD, 2)
    await desk.to_tom("a")
    await desk.to_topic("b")
    tried = desk.calls("sendMessage")
    with desk.room.store.begin() as unit:  # all that a new process knows
        assert pauses.EVERYTHING in pauses.resting(unit, desk.room.now)
        outbox_rows.put(unit, "chat:7", say("c", "crisis"), desk.room.now, "en", "r")
        assert outbox_rows.claim(unit, desk.room.now, 9) == []
    await desk.passes(6)
    assert desk.calls("sendMessage") == tried
    await desk.passes(1.1)
    assert (desk.tom_reads()[-1], desk.team_reads()[-1]) == ("a", "b")


async def test_a_flood_while_a_topic_is_opened_makes_the_group_rest_and_loses_nothing(desk: Desk) -> None:
    desk.room.team.delete_topic(desk.topic)
    desk.refuse("createForumTopic", FLOOD)
    await desk.to_topic("first")
    await desk.write(team_lane(1), say("to the group"))
    await desk.to_tom("meanwhile")
    assert desk.tom_reads()[-1] == "meanwhile"
    assert desk.room.team.topics == []
    assert "to the group" not in [message.text for message in desk.room.team.screen()]
    await desk.passes(7.1)
    (new,) = desk.room.team.topics
    assert "first" in desk.team_reads(new.id)


async def test_words_and_brief_that_meet_a_deleted_topic_at_once_open_one_new_topic(desk: Desk) -> None:
    episode_id, now = desk.handoff_id.rpartition("-")[0], desk.room.now
    desk.room.team.delete_topic(desk.topic)
    brief = RewriteBrief(desk.handoff_id, Message((verbatim("as it reads now"),)), at_once=True)
    with desk.room.store.begin() as unit:
        outbox_rows.put_brief(unit, brief, now, "en", "r", episode_id)
    await desk.to_topic("their words")
    (new,) = desk.room.team.topics
    assert "their words" in desk.team_reads(new.id)
    desk.room.sam.in_group(desk.room.team).types(f"{REPLY} An answer", topic=new.id)
    await desk.room.settles()
    assert "An answer" in desk.tom_reads()[-1]


async def test_a_long_text_leaves_piece_by_piece_and_none_twice_however_often_one_is_refused(desk: Desk) -> None:
    """Each piece is tried for itself, keeps its place before what follows, and only the last has the buttons."""
    numbered = " ".join(f"{number:05}" for number in range(1900))
    buttons = ((Button(verbatim("Go on"), "go"),),)
    with desk.room.store.begin() as unit:
        for said in (Say("person", Message((verbatim(numbered),), buttons), wait=99), say("the next")):
            outbox_rows.put(
                unit, person_lane(desk.person_id), said, desk.room.now, "en", "r", desk.person_id, None, desk.handoff_id
            )
    before = len(desk.room.tom.screen)
    desk.room.telegram.faults.add(replace(Fault.of(FLOOD, "sendMessage"), share=0.6, times=6))
    there = []
    for _ in range(7):
        await desk.passes(7.1)
        there.append(len(desk.room.tom.screen) - before)
    assert 1 in there or 2 in there  # it was refused in the midst of them
    *pieces, last = desk.room.tom.screen[before:]
    assert " ".join(one.text for one in pieces).split() == numbered.split()
    assert last.text == "the next"
    assert [bool(one.keyboard) for one in pieces] == [False, False, True]


async def test_rows_behind_one_that_was_refused_keep_their_order(desk: Desk) -> None:
    desk.refuse("sendMessage", FLOOD)
    for words in ("one", "two", "three"):
        await desk.to_tom(words)
    await desk.passes(7.1)
    assert desk.tom_reads()[-3:] == ["one", "two", "three"]


async def test_a_closed_topic_that_may_not_be_opened_waits_and_says_so(desk: Desk) -> None:
    desk.room.team.chat.topics[desk.topic].closed = True
    members = desk.room.team.chat.members
    bot = desk.room.telegram.bot.id
    before, members[bot] = members[bot], Member("administrator", ["can_delete_messages"])
    with capture_logs() as logs:
        await desk.to_topic("not lost")
    assert any(one.get("remedy") for one in logs)
    assert "not lost" not in desk.team_reads()
    members[bot] = before
    await desk.passes(MENDING + 1)
    assert desk.team_reads()[-1] == "not lost"


async def test_a_title_that_may_not_be_changed_keeps_no_words_waiting(desk: Desk) -> None:
    desk.refuse("editForumTopic", no.CANNOT_EDIT_TOPIC)
    await desk.write(handoff_lane(desk.handoff_id), TitleTopic(desk.handoff_id, alarming=True))
    await desk.to_topic("not lost")
    assert desk.team_reads()[-1] == "not lost"


@pytest.mark.parametrize("refusal", [no.NOT_MODIFIED, no.EDIT_NOT_FOUND, no.CANNOT_EDIT], ids=lambda one: one.description[:40])
async def test_a_change_is_made_or_is_there_already_or_is_said(desk: Desk, refusal: Refusal) -> None:
    before = len(desk.tom_reads())
    with desk.room.store.begin() as unit:
        said = unit.execute(select(relay.c.source).limit(1)).scalar_one()
    desk.refuse("editMessageText", refusal)
    await desk.write(person_lane(desk.person_id), Rewrite("person", said, Message((verbatim("Sam: changed"),))))
    assert desk.last() == ("sent", "")
    added = desk.tom_reads()[before:]
    assert added == ([] if refusal is no.NOT_MODIFIED else ["Sam: changed"])


async def test_a_change_that_is_too_long_is_shortened(desk: Desk) -> None:
    with desk.room.store.begin() as unit:
        said = unit.execute(select(relay.c.source).limit(1)).scalar_one()
    await desk.write(person_lane(desk.person_id), Rewrite("person", said, Message((verbatim(LONG),))))
    assert desk.tom_reads()[-1].endswith("word…")
    assert len(desk.tom_reads()[-1]) > 4000


async def test_what_cannot_be_copied_is_said_in_the_topic(desk: Desk) -> None:
    desk.refuse("copyMessage", no.COPY_NOT_FOUND)
    await desk.write(handoff_lane(desk.handoff_id), Copy("topic", "1:1"))
    assert desk.team_reads()[-1] == desk.room.says("not_copied")


async def test_a_tap_that_is_too_old_to_answer_is_nothing(desk: Desk) -> None:
    before = desk.calls("answerCallbackQuery")
    taps = TapAnswers(desk.room.bot)
    taps.give([Ack("no such tap", "words")])
    while taps._on_their_way:
        await asyncio.sleep(0.005)
    assert desk.calls("answerCallbackQuery") == before + 1


async def test_a_message_that_cannot_be_pinned_is_there_all_the_same(desk: Desk) -> None:
    desk.refuse("pinChatMessage", no.CANNOT_PIN)
    await desk.write(handoff_lane(desk.handoff_id), Say("topic", Message((verbatim("on top"),)), "relay", pin=True))
    assert desk.team_reads()[-1] == "on top"


@pytest.mark.parametrize("fault", ["refuse", "page", "cut_before", "cut_after"])
async def test_a_pin_that_the_line_or_the_server_swallows_comes_later_and_the_message_comes_once(desk: Desk, fault: Kind) -> None:
    desk.room.telegram.faults.add(Fault(fault, ("pinChatMessage",), times=2))
    await desk.write(handoff_lane(desk.handoff_id), Say("topic", Message((verbatim("on top"),)), "relay", pin=True))
    before = desk.calls("pinChatMessage")
    for _ in range(4):
        await desk.passes(3)
    chat = desk.room.team.chat
    assert desk.calls("pinChatMessage") > before  # also where it was done already: nobody has said so
    (said,) = [number for number, message in chat.messages.items() if message.text == "on top"]
    assert chat.pinned[-1] == said


async def test_a_change_that_is_said_anew_arrives_whole_though_it_is_as_long_as_a_message_can_be(desk: Desk) -> None:
    first = desk.room.tom.types("first")
    await desk.room.settles()
    desk.refuse("editMessageText", no.EDIT_NOT_FOUND)
    words = ("word " * 818).strip()
    before = len(desk.team_reads())
    desk.room.tom.edits(first, words)
    await desk.room.settles()
    told = desk.team_reads()[before:]
    assert len(told) > 1
    assert " ".join(told).split() == [*desk.room.says("changed_later").split(), *words.split()]


async def test_what_was_for_a_group_of_no_team_follows_it_to_its_new_address(desk: Desk) -> None:
    """Somebody binds a group without topics, and switches them on before our answer has left: that makes another group of it."""
    flat = desk.room.telegram.group("Flat", members=[desk.room.sam], is_forum=False, type="group")
    flat.add_bot()
    desk.refuse("sendMessage", FLOOD)
    desk.room.sam.in_group(flat).types("/bind soon")
    await desk.room.settles()
    flat.upgrade()
    await desk.passes(7.1)
    await desk.passes(1.1)
    assert flat.screen()[-1].text == desk.room.says("bind_needs_topics")


async def test_a_group_that_says_it_has_moved_is_believed(desk: Desk) -> None:
    """Telegram tells it by a message in the old group too. Every open handoff gets a topic in the new one."""
    new = desk.room.telegram.group("Team, grown", members=[desk.room.sam])
    new.add_bot()
    await desk.write(f"chat:{desk.room.team.id}", say("later"))
    body = {"migrate_to_chat_id": new.id}
    desk.room.telegram.post(desk.room.team.chat, desk.room.sam.user, content=body)
    await desk.room.settles()
    with desk.room.store.begin() as unit:
        assert list(unit.execute(select(team.c.address)).scalars()) == [str(new.id)]
        thread = unit.execute(select(handoff.c.thread)).scalar()
    assert [topic.id for topic in new.topics] == [thread]
    assert any(desk.is_the_brief(message.text) for message in new.screen(thread))
    await desk.to_topic("here now")
    assert new.screen(thread)[-1].text == "here now"
