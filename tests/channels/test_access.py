"""Who gets in where, on Telegram: every act of the staff, tried by everybody who has no business there; and who is watched."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from room import Room

from rxbot.access import IN_THE_GROUP, MAY, TEAM
from rxbot.carry_out import give_back
from rxbot.channels.telegram import desk
from rxbot.channels.telegram.commands import COMMANDS, SAY, TAPS, UNKNOWN, Act
from rxbot.channels.telegram.intake import arrived
from rxbot.clinic.invitations import invite
from rxbot.episode.model import Episode
from rxbot.pace import CRISIS
from rxbot.sandbox.script import Person
from rxbot.store import inbox_rows, staff
from rxbot.store.invitations import Private
from rxbot.store.tables import audit, inbox, outbox

FORGED_DATA = "abcd.1~{}"


def acts() -> Iterator[Act]:
    yield from COMMANDS.values()
    yield from TAPS.values()
    yield from (SAY, UNKNOWN, desk.EDIT, desk.ACKNOWLEDGE, desk.CHECKED, desk.OPEN_AGAIN, desk.FORGED)


def test_every_act_stands_in_the_table_and_the_table_names_no_other() -> None:
    assert {act.name for act in acts()} == set(IN_THE_GROUP)
    assert all(MAY[act.name] == TEAM for act in acts())


def does_everything(room: Room, person: Person, topic: int) -> None:
    """Try every command and every button there is, and a change of what was said."""
    group = room.team
    seat = person.in_group(group)
    brief = next(m for m in group.chat.messages.values() if m.topic == topic and m.keyboard)
    for command in COMMANDS:
        seat.types(f"{command} 1 words", topic=topic)
    seat.types("/unheard_of", topic=topic)
    said = seat.types("words in reply", topic=topic, reply_to=brief.id)
    seat.edits(said, "other words")
    for code in (*TAPS, "seen", "checked", "open_again", "anything"):
        room.telegram.tap(person.user, brief, FORGED_DATA.format(code))


async def tried(room: Room, topic: int, person: Person) -> tuple[Episode, list[tuple[str, bool]]]:
    """Give the person's episode, and what was noted, after everything was tried."""
    before, screen = room.held(room.tom).episode, len(room.tom.screen)
    noted = len(room.acts())
    does_everything(room, person, topic)
    await room.settles()
    assert len(room.tom.screen) == screen, "nothing of it reached Tom"
    assert room.held(room.tom).episode == before
    return before, room.acts()[noted:]


def all_refused(noted: list[tuple[str, bool]]) -> bool:
    return {name for name, _ in noted} == set(IN_THE_GROUP) and not any(allowed for _, allowed in noted)


async def test_a_stranger_may_nothing_at_all(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    _, noted = await tried(room, topic, room.robin)
    assert all_refused(noted)


@pytest.mark.parametrize("role", ["clinician", "reception", "operator", ""])
async def test_a_role_of_elsewhere_may_nothing_at_all(room: Room, role: str) -> None:
    topic = await room.asks_for_a_person(room.tom)
    await room.lets(room.robin, "Robin", role=role)
    _, noted = await tried(room, topic, room.robin)
    assert all_refused(noted)


@pytest.mark.parametrize("why", ["has a new account", "has left"])
async def test_an_account_that_is_no_longer_enrolled_may_nothing_at_all(room: Room, why: str) -> None:
    topic = await room.asks_for_a_person(room.tom)
    with room.store.begin() as unit:
        staff.issue(unit, "new", "enrol", "Sam", room.now + timedelta(days=1))
        if why == "has left":
            assert staff.end_enrolment(unit, "Sam") == ("Sam",)
    room.robin.opens_link("enrol-new")
    await room.settles()
    _, noted = await tried(room, topic, room.sam)
    assert all_refused(noted)
    if why == "has left":
        assert room.robin.screen[-1].text == room.says("enrol_link_used"), "a link of theirs is worth nothing either"


async def test_what_somebody_had_whose_enrolment_ends_goes_back_to_the_team(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    room.presses(room.sam.in_group(room.team), "claim")
    await room.settles()
    with room.store.begin() as unit:
        give_back(unit, room.release.content, "Sam", room.now)
    handoff = room.held(room.tom).episode.handoff
    assert handoff is not None
    assert handoff.state == "waiting"


async def test_a_worker_in_another_teams_group_reaches_nobody_of_this_one(room: Room) -> None:
    """The topic's number is the same there; whose it is, the group decides."""
    topic = await room.asks_for_a_person(room.tom)
    other = room.telegram.group("Others", members=[room.sam])
    other.add_bot()
    await room.binds(other)
    before, screen = room.held(room.tom).episode, len(room.tom.screen)
    there = room.telegram.post(
        other.chat, room.telegram.bot, keyboard=[[{"text": "x", "callback_data": FORGED_DATA.format("claim")}]], text="x"
    )
    there.topic = topic
    for code in TAPS:
        room.telegram.tap(room.sam.user, there, FORGED_DATA.format(code))
    for command in COMMANDS:
        room.sam.in_group(other).types(f"{command} 1 words")
    await room.settles()
    assert room.held(room.tom).episode == before
    assert len(room.tom.screen) == screen


@pytest.mark.parametrize("role", ["link_worker", "lead"])
async def test_whoever_is_of_the_team_may_all_of_it(room: Room, role: str) -> None:
    """So that those who are refused above are refused for who they are."""
    topic = await room.asks_for_a_person(room.tom)
    await room.lets(room.robin, "Robin", role=role)
    noted = len(room.acts())
    does_everything(room, room.robin, topic)
    await room.settles()
    assert {name for name, allowed in room.acts()[noted:] if allowed} == set(IN_THE_GROUP)
    assert all(allowed for _, allowed in room.acts()[noted:])


async def test_what_comes_twice_is_done_once(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    does_everything(room, room.sam, topic)
    updates = room.telegram.queue.take(0, 100, room.telegram.time)
    await room.settles()
    before, noted, screen = room.held(room.tom).episode, room.acts(), len(room.tom.screen)
    with room.store.begin() as unit:
        inbox_rows.accept(unit, "bot", [arrived(update) for update in updates], room.now)
    await room.settles()
    assert len(updates) > len(COMMANDS)
    assert (room.held(room.tom).episode, room.acts(), len(room.tom.screen)) == (before, noted, screen)
    assert not [row for row in room.rows(inbox) if row.done_at is None]


# Who tries and tries


def private(room: Room) -> Private:
    with room.store.begin() as unit:
        (one,) = invite(unit, room.release.content, room.now, clinic="harbour", made_by="test")
    assert one.private is not None
    return one.private


async def test_an_account_that_tries_many_links_has_to_wait_until_tomorrow(room: Room) -> None:
    right = private(room)
    for n in range(11):
        room.tom.opens_link(f"wrong-{n}")
        await room.settles()
        assert room.tom.screen[-1].text.startswith(room.says("link_rests" if n == 10 else "no_link"))
    room.tom.opens_link(right.token)
    await room.settles()
    assert room.tom.screen[-1].text.startswith(room.says("link_rests"))
    assert room.release.content.emergency.number in room.tom.screen[-1].text
    room.now += timedelta(days=1)
    room.tom.opens_link(right.token)
    await room.settles()
    assert room.tom.screen[-1].text.startswith(room.says("which_language"))


async def test_whoever_tried_many_links_may_still_type_their_code(room: Room) -> None:
    for n in range(12):
        room.tom.opens_link(f"wrong-{n}")
    await room.settles()
    room.tom.types(private(room).code)
    await room.settles()
    assert room.tom.screen[-1].text.startswith(room.says("which_language"))


async def test_somebody_in_touch_loses_nothing_by_wrong_links(room: Room) -> None:
    await room.asks_for_a_person(room.tom)
    for n in range(12):
        room.tom.opens_link(f"wrong-{n}")
    await room.settles()
    assert not any(room.says("link_rests") in message.text for message in room.tom.screen)
    room.robin.opens_link("wrong")
    for n in range(12):
        room.robin.opens_link(f"wrong-{n}")
    await room.settles()
    assert any(room.says("link_rests") in message.text for message in room.robin.screen), "nobody is in touch with Robin"


async def test_an_account_that_tries_many_enrolments_has_to_wait_until_tomorrow(room: Room) -> None:
    with room.store.begin() as unit:
        staff.add_worker(unit, "w", "Lena", "link_worker", room.now)
        staff.issue(unit, "right", "enrol", "w", room.now + timedelta(days=7))
    for n in range(11):
        room.robin.opens_link(f"enrol-wrong-{n}")
    room.robin.opens_link("enrol-right")
    await room.settles()
    assert room.robin.screen[-1].text == room.says("tries_rest")
    room.now += timedelta(days=1)
    room.robin.opens_link("enrol-right")
    await room.settles()
    assert room.robin.screen[-1].text.startswith("Welcome, Lena.")


async def test_an_account_that_tries_many_binding_codes_has_to_wait_until_tomorrow(room: Room) -> None:
    other = room.telegram.group("Somebody's", members=[room.robin])
    other.add_bot()
    with room.store.begin() as unit:
        staff.issue(unit, "right", "bind", "", room.now + timedelta(days=7))
    for n in range(15):
        room.robin.in_group(other).types(f"/bind wrong-{n}")
    room.robin.in_group(other).types("/bind right")
    await room.settles()
    assert other.screen(0)[-1].text == room.says("tries_rest")
    reports = [message for message in room.team.screen(0) if message.text == room.says("bind_report")]
    assert len(reports) == 11, "the team's group is not to be filled by it"
    assert len(room.teams()) == 1
    room.now += timedelta(days=1)
    room.robin.in_group(other).types("/bind right")
    await room.settles()
    assert len(room.teams()) == 2


async def test_a_stranger_who_goes_on_and_on_does_not_fill_the_group(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    robin = room.robin.in_group(room.team)
    said = [robin.types("/r Hello", topic=topic) for _ in range(20)]
    await room.settles()
    for n, one in enumerate(said):
        robin.edits(one, f"/r Hello {n}")
    await room.settles()
    assert sum(room.says("reply_refused") in message.text for message in room.team.screen(topic)) == 10
    assert not any(room.says("edit_not_passed_on") in message.text for message in room.team.screen(topic))
    assert room.acts().count(("reply", False)) == 20
    assert sum("tried to act here: Robin" in message.text for message in room.team.screen(0)) == 11


async def test_a_stranger_who_comes_and_goes_does_not_fill_the_group_either(room: Room) -> None:
    stranger = room.telegram.person("Max")
    for _ in range(15):
        room.team.add(stranger)
        room.team.remove(stranger)
    await room.settles()
    assert room.acts().count(("join", False)) == 15
    assert sum("Max is in this group" in message.text for message in room.team.screen(0)) == 11


# Who is in the group


async def with_a_lead(room: Room) -> Person:
    kim = room.telegram.person("Kim")
    await room.lets(kim, "Kim", role="lead")
    return kim


async def test_a_stranger_who_comes_is_reported_to_team_and_leads_at_once_and_noted(room: Room) -> None:
    kim, stranger = await with_a_lead(room), room.telegram.person("Max <b>")
    room.team.add(stranger, by=room.sam)
    await room.settles()
    assert "Max <b> is in this group and is not enrolled" in room.team.screen(0)[-1].text
    assert "Max <b> is in the group Team and is not enrolled" in kim.screen[-1].text
    assert {row.urgency for row in room.rows(outbox)[-2:]} == {CRISIS}
    last = room.rows(audit)[-1]
    assert (last.actor, last.act, last.subject, last.allowed) == (str(stranger.id), "join", "1", False)


async def test_without_a_lead_the_team_is_still_told_of_a_stranger(room: Room) -> None:
    room.team.add(room.telegram.person("Max"))
    await room.settles()
    assert "Max is in this group" in room.team.screen(0)[-1].text


async def test_a_stranger_is_reported_each_time_they_come_and_when_they_may_rule(room: Room) -> None:
    stranger = room.telegram.person("Max")
    owner = room.sam.user
    for status in ("member", "restricted", "administrator", "administrator", "left", "member", "kicked"):
        room.telegram.move_member(room.team.chat, owner, stranger.user, status)
        await room.settles()
    reported = [message for message in room.team.screen(0) if "Max is in this group" in message.text]
    assert len(reported) == 3, "came, became an administrator, came back"


async def test_a_worker_who_comes_is_noted_and_nobody_is_alarmed(room: Room) -> None:
    lena, before = room.telegram.person("Lena"), len(room.team.screen(0))
    await room.lets(lena, "Lena")
    room.team.add(lena)
    await room.settles()
    assert room.acts()[-1] == ("join", True)
    assert [message for message in room.team.screen(0)[before:] if message.from_bot and message.text] == []


async def test_a_stranger_who_was_there_before_is_reported_when_they_write_once(room: Room) -> None:
    topic = await room.asks_for_a_person(room.tom)
    for words in ("Good morning", "Who is this?"):
        room.robin.in_group(room.team).types(words, topic=topic)
    room.sam.in_group(room.team).types("A word among us", topic=topic)
    await room.settles()
    assert sum("Robin is in this group" in message.text for message in room.team.screen(0)) == 1
    assert room.acts().count(("write", False)) == 1


async def test_in_a_group_that_is_no_teams_nobody_is_watched(room: Room) -> None:
    other = room.telegram.group("Somebody's", members=[room.robin])
    other.add_bot()
    other.add(room.telegram.person("Max"))
    room.robin.in_group(other).types("Hello")
    other.add_bot(admin=False)
    await room.settles()
    assert room.acts() == [("enrol", True)]


@pytest.mark.parametrize("rights", [{"admin": False}, {"can_manage_topics": False}])
async def test_a_bot_that_may_no_longer_work_in_the_group_tells_team_and_leads(room: Room, rights: dict[str, bool]) -> None:
    kim = await with_a_lead(room)
    room.team.add_bot(**rights)
    await room.settles()
    for screen in (kim.screen, room.team.screen(0)):
        assert "I may no longer manage topics in the group Team." in screen[-1].text
    assert room.acts()[-1] == ("demote_bot", False)


async def test_a_bot_that_is_taken_out_of_the_group_tells_the_leads(room: Room) -> None:
    kim = await with_a_lead(room)
    room.team.remove_bot()
    await room.settles()
    assert "I was taken out of the group Team." in kim.screen[-1].text
    assert room.acts()[-1] == ("remove_bot", False)


async def test_without_a_lead_another_team_hears_that_the_bot_was_taken_out(room: Room) -> None:
    other = room.telegram.group("Others", members=[room.sam])
    other.add_bot()
    await room.binds(other)
    room.team.remove_bot()
    await room.settles()
    assert "I was taken out of the group Team." in other.screen(0)[-1].text


async def test_a_bot_that_gets_its_rights_alarms_nobody(room: Room) -> None:
    kim = await with_a_lead(room)
    before = len(kim.screen)
    room.team.add_bot()
    await room.settles()
    assert len(kim.screen) == before
