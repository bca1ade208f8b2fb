"""What comes of the refusals of methods other than sendMessage; and that no refusal of our Bot API has been forgotten."""

from types import FunctionType

import pytest
from desk import Desk
from proofs import is_there
from structlog.testing import capture_logs
from test_refusals import (
    FLOOD,
    TABLE,
    Outcome,
    after_a_moment,
    the_group_waits,
    the_topic_is_told,
)

from rxbot.channels.telegram.commands import REPLY
from rxbot.episode import phrases
from rxbot.episode.effects import CloseTopic, DeleteTopic, Give, RewriteBrief, Say, TitleTopic
from rxbot.message import Message, verbatim
from rxbot.outbox.channel import MENDING
from rxbot.paper import Data
from rxbot.sandbox import refusals as no
from rxbot.sandbox.refusals import Refusal
from rxbot.store import outbox_rows
from rxbot.store.outbox_rows import handoff_lane, person_lane, team_lane

# What can come of a refusal. Each leaves the desk as it was, so that all of a method share one


async def changed_words(desk: Desk, refusal: Refusal, method: str) -> list[str]:
    """Let Sam change what Tom has read; give what Tom reads that is new."""
    seat = desk.room.sam.in_group(desk.room.team)
    said = seat.types(f"{REPLY} first", topic=desk.topic)
    await desk.room.settles()
    before = len(desk.tom_reads())
    desk.refuse(method, refusal)
    seat.edits(said, f"{REPLY} second")
    await desk.room.settles()
    return [text for text in desk.tom_reads()[before - 1 :] if "second" in text]


async def the_change_is_said(desk: Desk, refusal: Refusal, method: str) -> None:
    added = await changed_words(desk, refusal, method)
    assert len(added) == 1
    assert "first" in desk.tom_reads()[-2]


async def the_change_counts_as_made(desk: Desk, refusal: Refusal, method: str) -> None:
    assert await changed_words(desk, refusal, method) == []
    assert desk.last() == ("sent", "")


async def the_change_is_made_in_bare_words(desk: Desk, refusal: Refusal, method: str) -> None:
    assert await changed_words(desk, refusal, method) == [desk.tom_reads()[-1]]


async def the_change_waits(desk: Desk, refusal: Refusal, method: str) -> None:
    assert await changed_words(desk, refusal, method) == []
    await desk.passes(7.1)
    assert "second" in desk.tom_reads()[-1]


async def caption(desk: Desk, refusal: Refusal, method: str) -> str:
    """Let Sam change the words under a file; give what stands under it then."""
    seat = desk.room.sam.in_group(desk.room.team)
    ours = next(one for one in reversed(desk.room.team.screen(desk.topic)) if one.from_bot and one.text)
    sent = seat.sends_document("form.pdf", b"%PDF", "first", topic=desk.topic, reply_to=ours)
    await desk.room.settles()
    desk.refuse(method, refusal)
    seat.edits(sent, "second")
    await desk.room.settles()
    return desk.tom_reads()[-1]


async def the_caption_is_made_in_bare_words(desk: Desk, refusal: Refusal, method: str) -> None:
    assert await caption(desk, refusal, method) == "second"
    assert desk.last() == ("sent", "")


async def the_caption_is_said(desk: Desk, refusal: Refusal, method: str) -> None:
    assert "second" in await caption(desk, refusal, method)
    assert "first" in desk.tom_reads()[-2]


async def what_was_not_copied_is_told(desk: Desk, refusal: Refusal, method: str) -> None:
    """Either side's voice note stays behind, and the topic says so."""
    ours = next(one for one in reversed(desk.room.team.screen(desk.topic)) if one.from_bot and one.text)
    for sends, told in (
        (lambda: desk.room.tom.sends_voice(), "not_copied"),
        (lambda: desk.room.sam.in_group(desk.room.team).sends_voice(topic=desk.topic, reply_to=ours), "person_unreachable"),
    ):
        desk.refuse(method, refusal)
        sends()
        await desk.room.settles()
        assert desk.room.says(told) in desk.team_reads()[-2:]
        if told == "not_copied":
            assert desk.tom_reads()[-1] == desk.room.says("not_brought"), "they were told that it was passed on"
    await desk.to_topic("the next")
    assert desk.team_reads()[-1] == "the next"


async def the_copy_waits(desk: Desk, refusal: Refusal, method: str) -> None:
    before = copies(desk)
    desk.refuse(method, refusal)
    desk.room.tom.sends_voice()
    await desk.room.settles()
    assert copies(desk) == before
    await desk.passes(7.1)
    assert copies(desk) == before + 1


def copies(desk: Desk) -> int:
    return sum(one.media == "voice" for one in desk.room.team.chat.messages.values() if one.topic == desk.topic)


async def the_file_comes(desk: Desk, refusal: Refusal, method: str) -> None:
    before = len(desk.room.tom.documents)
    desk.refuse(method, refusal)
    await gives_a_file(desk)
    assert len(desk.room.tom.documents) == before + 1


async def the_file_waits(desk: Desk, refusal: Refusal, method: str) -> None:
    before = len(desk.room.tom.documents)
    desk.refuse(method, refusal)
    await gives_a_file(desk)
    assert len(desk.room.tom.documents) == before
    await desk.passes(7.1)
    assert len(desk.room.tom.documents) == before + 1


async def that_no_file_came_is_told(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await gives_a_file(desk)
    assert desk.team_reads()[-1] == desk.room.says("person_unreachable")


async def gives_a_file(desk: Desk) -> None:
    await desk.write(person_lane(desk.person_id), Give("person", Data("kept", "{}"), phrases.WELCOME_BACK()))


async def it_goes_without_a_pin(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.write(handoff_lane(desk.handoff_id), Say("topic", Message((verbatim("on top"),)), "relay", pin=True))
    assert desk.team_reads()[-1] == "on top"


async def it_is_pinned_later(desk: Desk, refusal: Refusal, method: str) -> None:
    """It is said once; a change of it that comes meanwhile is made too."""
    desk.refuse(method, refusal)
    await desk.write(handoff_lane(desk.handoff_id), Say("topic", Message((verbatim("at last"),)), "relay", pin=True))
    chat, room = desk.room.team.chat, desk.room
    (said,) = [number for number, message in chat.messages.items() if message.text == "at last"]
    assert said not in chat.pinned
    change = RewriteBrief(desk.handoff_id, Message((verbatim("changed"),)), at_once=True)
    with room.store.begin() as unit:
        outbox_rows.put_brief(unit, change, room.now, "en", "r", desk.handoff_id.rpartition("-")[0])
    await desk.passes(7.1)
    assert chat.pinned[-1] == said
    assert [number for number, message in chat.messages.items() if message.text == "changed"] == [said]


async def a_topic_waits_for_somebody_to_mend_it(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.room.team.delete_topic(desk.room.team.topics[-1].id)
    desk.refuse(method, refusal, 9)  # until it is mended
    with capture_logs() as logs:
        await desk.to_topic("not lost")
    assert [one for one in logs if one["log_level"] == "error" and one["remedy"]]
    assert desk.room.team.topics == []
    desk.room.telegram.faults.clear()
    await desk.passes(MENDING + 1)
    assert "not lost" in [text for topic in desk.room.team.topics for text in desk.team_reads(topic.id)]


async def a_title_keeps_nothing_waiting(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.write(handoff_lane(desk.handoff_id), TitleTopic(desk.handoff_id, alarming=True))
    await desk.to_topic("not lost")
    assert desk.team_reads()[-1] == "not lost"


async def closing_keeps_nothing_waiting(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.write(handoff_lane(desk.handoff_id), CloseTopic(desk.handoff_id))
    await desk.to_topic("not lost")
    assert desk.team_reads()[-1] == "not lost"


async def no_alarm_waits_behind_it(desk: Desk, refusal: Refusal, method: str) -> None:
    before = len(desk.team_reads(0))
    desk.refuse(method, refusal)
    await desk.write(team_lane(1), DeleteTopic(desk.topic, "7"))
    await desk.write(team_lane(1), Say("team", Message((verbatim("alarm"),)), "crisis"))
    assert "alarm" in desk.team_reads(0)[-2:]
    await desk.passes(5)
    by_hand = desk.room.release.words.wording("en")["delete_by_hand"].replace("{number}", "7")
    told = by_hand in desk.team_reads(0)[before:]
    assert told == (refusal is no.CANNOT_DELETE_TOPIC), "a human removes what we could not"


async def it_is_deleted_later(desk: Desk, refusal: Refusal, method: str) -> None:
    desk.refuse(method, refusal)
    await desk.write(team_lane(1), DeleteTopic(desk.topic))
    assert desk.topic in [one.id for one in desk.room.team.topics]
    await desk.passes(7.1)
    assert desk.topic not in [one.id for one in desk.room.team.topics]


ODD = no.bad("SOMETHING_NOBODY_KNOWS")
ROWS: dict[tuple[str, Outcome], tuple[Refusal, ...]] = {
    ("sendMessage", the_topic_is_told): (no.TEXT_BLANK, no.REPLY_NOT_FOUND, no.MARKUP_TOO_LONG, no.wrong_button_url("//"), ODD),
    ("sendMessage", after_a_moment): (no.NOT_FOUND,),
    ("sendMessage", the_group_waits): (no.NOT_A_MEMBER_OF_GROUP, no.KICKED_FROM_GROUP),
    ("editMessageText", the_change_is_said): (no.EDIT_NOT_FOUND, no.CANNOT_EDIT, no.NO_TEXT_TO_EDIT, no.MESSAGE_ID_EMPTY, ODD),
    ("editMessageText", the_change_counts_as_made): (no.NOT_MODIFIED,),
    ("editMessageText", the_change_is_made_in_bare_words): (no.MESSAGE_TOO_LONG, no.cannot_parse("x")),
    ("editMessageText", the_change_waits): (FLOOD,),
    ("editMessageCaption", the_caption_is_made_in_bare_words): (no.MEDIA_CAPTION_TOO_LONG, no.cannot_parse("x")),
    ("editMessageCaption", the_caption_is_said): (no.NO_CAPTION_TO_EDIT, no.EDIT_NOT_FOUND),
    ("copyMessage", what_was_not_copied_is_told): (
        *(no.COPY_NOT_FOUND, no.CANNOT_COPY, no.bad("VOICE_MESSAGES_FORBIDDEN"), no.CAPTION_TOO_LONG),
    ),
    ("copyMessage", the_copy_waits): (FLOOD,),
    ("sendDocument", the_file_comes): (no.CAPTION_TOO_LONG, no.cannot_parse("x")),
    ("sendDocument", the_file_waits): (FLOOD,),
    ("sendDocument", that_no_file_came_is_told): (no.FILE_EMPTY, no.no_file("document")),
    ("pinChatMessage", it_goes_without_a_pin): (no.CANNOT_PIN, no.PIN_NOT_FOUND),
    ("pinChatMessage", it_is_pinned_later): (FLOOD,),
    ("createForumTopic", a_topic_waits_for_somebody_to_mend_it): (
        *(no.NOT_A_FORUM, no.CANNOT_CREATE_TOPIC, no.TOPIC_TITLE_EMPTY),
    ),
    ("editForumTopic", a_title_keeps_nothing_waiting): (no.CANNOT_EDIT_TOPIC, no.TOPIC_NOT_MODIFIED, no.TOPIC_INVALID),
    ("closeForumTopic", closing_keeps_nothing_waiting): (no.CANNOT_EDIT_TOPIC, no.TOPIC_NOT_MODIFIED, no.TOPIC_INVALID),
    ("deleteForumTopic", no_alarm_waits_behind_it): (no.CANNOT_DELETE_TOPIC, no.TOPIC_INVALID),
    ("deleteForumTopic", it_is_deleted_later): (FLOOD,),
}


@pytest.mark.parametrize("method", dict.fromkeys(method for method, _ in ROWS))
async def test_a_refusal_has_its_outcome(desk: Desk, method: str) -> None:
    for (refused, outcome), refusals in ROWS.items():
        for refusal in refusals if refused == method else ():
            await outcome(desk, refusal, method)


# That none is forgotten

NEVER_CALLED = "rxbot calls no method that is refused so"
AS_ANY_OTHER = "never written so by our client; if it came, a 400 we do not know like any other, as ODD in the rows"
STARTING = "only while starting: the sandbox refuses it too, and no story would start"
# Those proved by a test of their own, or why there is nothing to prove.
WITHOUT_A_ROW = {
    "CONFLICT": "tests/channels/test_intake.py::test_polling_goes_on_after_a_refusal",
    "WEBHOOK_WAS_SET": "tests/channels/test_intake.py::test_polling_goes_on_after_a_refusal",
    "WEBHOOK_ACTIVE": "tests/channels/test_intake.py::test_polling_goes_on_after_a_refusal",
    "WEBHOOK_URL_INVALID": "tests/channels/test_webhook.py::test_an_address_telegram_would_refuse_is_refused",
    "QUERY_TOO_OLD": "tests/test_refusals.py::test_a_tap_that_is_too_old_to_answer_is_nothing",
    **dict.fromkeys(
        (
            *("USER_ID_INVALID", "USER_NOT_FOUND", "NO_ADMINISTRATORS", "CANNOT_LEAVE", "ACTION_WRONG"),
            *("FILE_ID_EMPTY", "FILE_ID_WRONG", "FILE_ID_UNKNOWN", "FILE_TOO_BIG", "wrong_kind"),
            *("LATITUDE_EMPTY", "LONGITUDE_EMPTY", "LOCATION_WRONG", "VENUE_LOCATION_WRONG", "PHONE_EMPTY", "FIRST_NAME_EMPTY"),
            *("DELETE_NOT_FOUND", "CANNOT_DELETE", "CANNOT_DELETE_OLD", "MESSAGE_IDS_EMPTY", "MESSAGE_IDS_TOO_MANY"),
            *("FORWARD_NOT_FOUND", "CANNOT_FORWARD", "UNPIN_NOT_FOUND"),
            *("REACT_NOT_FOUND", "REACTION_INVALID", "REACTIONS_TOO_MANY", "wrong_reaction", "wrong_entity", "entity_beyond"),
        ),
        NEVER_CALLED,
    ),
    **dict.fromkeys(
        (
            *("CHAT_ID_EMPTY", "TEXT_EMPTY", "UNKNOWN_PARSE_MODE", "LOCATION_IN_PRIVATE_ONLY", "CONTACT_IN_PRIVATE_ONLY"),
            *("BUTTON_DOES_NOTHING", "BUTTON_TEXT_MISSING", "BUTTON_NO_OBJECT", "KEYBOARD_NO_ROWS", "INLINE_EXPECTED"),
            *("KEY_TEXT_MISSING", "KEY_NO_OBJECT", "not_json", "wrong_shape", "wrong_part", "not_here"),
        ),
        AS_ANY_OTHER,
    ),
    **dict.fromkeys(
        (
            *("SECRET_TOO_LONG", "SECRET_INVALID", "LANGUAGE_INVALID", "DESCRIPTION_TOO_LONG"),
            *("COMMAND_INVALID", "COMMAND_DESCRIPTION_INVALID", "TOO_MANY_COMMANDS", "wrong_command", "wrong_scope"),
        ),
        STARTING,
    ),
}
MADE_IN_ROWS = {
    "bad",
    "forbidden",
    "cannot_parse",
    "no_file",
    "wrong_button_url",
    "too_many_requests",
    "migrated",
}


def test_no_refusal_is_without_a_row_or_a_reason() -> None:
    constants = {name: one for name, one in vars(no).items() if isinstance(one, Refusal)}
    made = {
        name
        for name, one in vars(no).items()
        if isinstance(one, FunctionType) and one.__annotations__.get("return") in (Refusal, "Refusal")
    }
    with_a_row = [one for _, one, _ in TABLE] + [one for refusals in ROWS.values() for one in refusals]
    without = {name for name, one in constants.items() if one not in with_a_row} | (made - MADE_IN_ROWS)
    assert without == WITHOUT_A_ROW.keys()


@pytest.mark.parametrize("proof", sorted({one for one in WITHOUT_A_ROW.values() if one.startswith("tests/")}))
def test_what_proves_a_refusal_is_there(proof: str) -> None:
    assert is_there(proof)
