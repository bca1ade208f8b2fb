"""Documents, locations and other things that are no text: sent by the bot and by people, copied, and captioned anew."""

import pytest
from httpx import AsyncClient
from sandbox_clock import Clock
from sandbox_refused import refused
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, ReplyParameters
from telegram.error import NetworkError

from rxbot.errors import Refused
from rxbot.sandbox import files
from rxbot.sandbox.screen import Document
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram

PLAN = "<h1>خطتي</h1>".encode()
DONE = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d")]])


async def test_a_document_arrives_with_its_bytes_caption_and_keyboard(bot: Bot, amina: Person) -> None:
    asked = amina.types("my plan, please")
    sent = await bot.send_document(
        amina.id,
        PLAN,
        filename="خطتي.html",
        caption="<b>Your plan</b>",
        parse_mode="HTML",
        reply_markup=DONE,
        protect_content=True,
        reply_parameters=ReplyParameters(asked.id),
    )
    document = sent.document
    assert (document.file_name, document.mime_type, document.file_size) == ("خطتي.html", "text/html", len(PLAN))
    assert (sent.caption, sent.parse_caption_entities()) == ("Your plan", {sent.caption_entities[0]: "Your plan"})
    assert (sent.text, sent.reply_markup, sent.has_protected_content) == (None, DONE, True)
    assert sent.reply_to_message.text == "my plan, please"
    assert amina.documents == [Document(sent.message_id, "خطتي.html", "text/html", PLAN)]
    seen = amina.screen[-1]
    assert (seen.media, seen.file_name, seen.file_size, seen.text) == ("document", "خطتي.html", len(PLAN), "Your plan")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("visit.ics", "text/calendar"),
        ("all.json", "application/json"),
        ("letter.PDF", "application/pdf"),
        ("what.ever", "application/octet-stream"),
    ],
)
async def test_the_kind_of_a_document_follows_from_its_name(bot: Bot, amina: Person, name: str, kind: str) -> None:
    sent = await bot.send_document(amina.id, InputFile(b"x", filename=name))
    assert (sent.document.mime_type, sent.caption) == (kind, None)


async def test_a_document_goes_into_a_topic(bot: Bot, team: Group, sam: Person) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    await bot.send_document(team.id, b"x", filename="brief.txt", message_thread_id=topic)
    assert [seen.media for seen in team.screen(topic)] == ["", "document"]
    assert [document.name for document in sam.in_group(team).documents] == ["brief.txt"]
    with refused("message thread not found"):
        await bot.send_document(team.id, b"x", filename="brief.txt", message_thread_id=999)


async def test_what_is_no_document_is_refused(
    bot: Bot, http: AsyncClient, telegram: Telegram, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = await http.post(f"/bot{telegram.token}/sendDocument", json={"chat_id": amina.id})
    assert nothing.json()["description"] == "Bad Request: there is no document in the request"
    with refused("wrong file identifier/HTTP URL specified"):
        await bot.send_document(amina.id, "AwACabc")
    with refused("document by URL is not supported by the sandbox"):
        await bot.send_document(amina.id, "https://example.org/plan.pdf")
    with refused("file must be non-empty"):
        await bot.send_document(amina.id, b"", filename="empty.txt")
    with refused("message caption is too long"):
        await bot.send_document(amina.id, b"x", filename="x.txt", caption="x" * 1025)
    monkeypatch.setattr(files, "UPLOAD_LIMIT", 3)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(amina.id, b"four", filename="x.txt")
    assert len(amina.screen) == 1


async def test_people_send_documents_and_locations_as_telegram_does(bot: Bot, amina: Person, team: Group, sam: Person) -> None:
    question = await bot.send_message(amina.id, "Where is it?")
    amina.sends_document("letter.pdf", b"%PDF", "my letter")
    amina.sends_location(53.07, 0.42, reply_to=question.message_id)
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    place = sam.in_group(team).sends_location(53.1, 0.4, topic=topic)
    sam.in_group(team).sends_document("form.txt", b"x", reply_to=place)
    letter, where, _, there, form = [update.message for update in await bot.get_updates()]
    assert (letter.document.file_name, letter.document.mime_type, letter.caption) == (
        "letter.pdf",
        "application/pdf",
        "my letter",
    )
    assert where.location.to_dict() == {"latitude": 53.07, "longitude": 0.42}
    assert (where.text, where.reply_to_message.text) == (None, "Where is it?")
    assert (there.message_thread_id, there.location.latitude) == (topic, 53.1)
    assert (form.message_thread_id, form.reply_to_message.message_id, form.caption) == (topic, place.id, None)
    assert amina.screen[-1].place == (53.07, 0.42)
    assert amina.documents == [], "an own document is nothing that was received"
    with pytest.raises(Refused, match="cannot be empty"):
        amina.sends_document("empty.txt", b"")


async def test_everything_a_person_sends_can_be_copied_into_a_topic(bot: Bot, amina: Person, team: Group, sam: Person) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    brief = await bot.send_message(team.id, "brief", message_thread_id=topic)
    sent = [
        amina.types("in words"),
        amina.sends_voice(),
        amina.sends_photo("my door"),
        amina.sends_document("letter.txt", b"the letter", "a letter"),
        amina.sends_location(53.07, 0.42),
    ]
    reply = ReplyParameters(brief.message_id)
    for one in sent:
        await bot.copy_message(team.id, amina.id, one.id, message_thread_id=topic, reply_parameters=reply)
    copies = team.screen(topic)[2:]
    assert [(copy.media, copy.text) for copy in copies] == [(one.media, one.text) for one in sent]
    assert {(copy.who, copy.reply_to) for copy in copies} == {("rxbot", brief.message_id)}
    assert copies[-1].place == (53.07, 0.42)
    [letter] = sam.in_group(team).documents
    assert (letter.name, letter.data) == ("letter.txt", b"the letter")


async def test_a_copy_takes_a_new_caption_where_there_can_be_one(bot: Bot, amina: Person, team: Group) -> None:
    for sent in (amina.sends_document("letter.txt", b"x", "old"), amina.sends_location(53.07, 0.42)):
        await bot.copy_message(team.id, amina.id, sent.id, caption="<i>new</i>", parse_mode="HTML")
    assert [(seen.media, seen.text) for seen in team.screen()[-2:]] == [("document", "new"), ("location", "")]


async def test_a_copy_replies_only_to_what_is_there(bot: Bot, amina: Person, team: Group) -> None:
    words = amina.types("hello")
    with refused("message to be replied not found"):
        await bot.copy_message(team.id, amina.id, words.id, reply_parameters=ReplyParameters(999))
    kindly = ReplyParameters(999, allow_sending_without_reply=True)
    await bot.copy_message(team.id, amina.id, words.id, reply_parameters=kindly)
    assert (team.screen()[-1].text, team.screen()[-1].reply_to) == ("hello", 0)
    with refused("reply parameter quote is not supported by the sandbox"):
        await bot.send_message(amina.id, "hi", reply_parameters=ReplyParameters(words.id, quote="hell"))


async def test_a_reply_stays_in_its_topic(bot: Bot, team: Group) -> None:
    one, two = [(await bot.create_forum_topic(team.id, name)).message_thread_id for name in ("One", "Two")]
    inside = await bot.send_message(team.id, "inside", message_thread_id=one)
    await bot.send_message(team.id, "follows it", reply_parameters=ReplyParameters(inside.message_id))
    assert team.screen(one)[-1].text == "follows it"
    with refused("reply to a message of another topic is not supported by the sandbox"):
        await bot.send_message(team.id, "hi", message_thread_id=two, reply_parameters=ReplyParameters(inside.message_id))


async def test_a_caption_is_edited_like_a_text(bot: Bot, amina: Person) -> None:
    sent = await bot.send_document(amina.id, PLAN, filename="plan.html", caption="Your plan", reply_markup=DONE)
    edited = await bot.edit_message_caption(amina.id, sent.message_id, caption="<b>New plan</b>", parse_mode="HTML")
    assert (edited.caption, edited.reply_markup, edited.document.file_name) == ("New plan", None, "plan.html")
    with refused("there is no text in the message to edit"):
        await bot.edit_message_text("New plan", amina.id, sent.message_id)
    with refused("MEDIA_CAPTION_TOO_LONG"):
        await bot.edit_message_caption(amina.id, sent.message_id, caption="x" * 1025)
    await bot.edit_message_caption(amina.id, sent.message_id)
    assert (amina.screen[-1].text, amina.screen[-1].media) == ("", "document")
    words = await bot.send_message(amina.id, "words")
    with refused("there is no caption in the message to edit"):
        await bot.edit_message_caption(amina.id, words.message_id, caption="caption")


async def test_a_person_edits_an_own_message_and_the_bot_hears_of_it(bot: Bot, amina: Person, clock: Clock) -> None:
    asked = await bot.send_message(amina.id, "And then?")
    words, photo = amina.types("helo", reply_to=asked.message_id), amina.sends_photo("my dor")
    clock.passes(minutes=1)
    amina.edits(words, "hello")
    amina.edits(words, "hello")
    assert amina.edits(photo, "my door").edited
    *_, first, second = await bot.get_updates()
    assert len(await bot.get_updates()) == 4, "an edit that changes nothing is none"
    assert (first.edited_message.text, first.edited_message.edit_date) == ("hello", clock())
    assert first.edited_message.reply_to_message.text == "And then?"
    assert (second.edited_message.caption, second.edited_message.message_id) == ("my door", photo.id)


async def test_an_edit_nobody_allowed_is_not_told(bot: Bot, amina: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    amina.edits(amina.types("helo"), "hello")
    assert [bool(update.edited_message) for update in await bot.get_updates()] == [False]
    await bot.get_updates(allowed_updates=["message", "edited_message"])
    amina.edits(amina.screen[-1], "hello there")
    assert (await bot.get_updates())[-1].edited_message.text == "hello there"


async def test_what_an_app_lets_nobody_edit(bot: Bot, amina: Person, clock: Clock) -> None:
    sent = await bot.send_message(amina.id, "mine")
    words, place = amina.types("words"), amina.sends_location(53.07, 0.42)
    for message, new, why in (
        (sent.message_id, "yours", "did not write"),
        (place, "here", "location cannot be edited"),
        (words, " ", "cannot be emptied"),
        (words, "x" * 4097, "4096 letters"),
    ):
        with pytest.raises(Refused, match=why):
            amina.edits(message, new)
    clock.passes(days=2)
    with pytest.raises(Refused, match="for two days"):
        amina.edits(words, "later")
