"""Sending, editing, copying, deleting, pinning and answering taps, as strictly as Telegram."""

import pytest
from sandbox_clock import Clock
from sandbox_refused import refused
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import Forbidden

from rxbot.errors import Refused
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(f"Button {one}", callback_data=one)] for one in data])


async def test_a_message_arrives_with_its_entities_and_options(bot: Bot, amina: Person) -> None:
    message = await bot.send_message(
        amina.id,
        "<b>مرحبا</b> 😀 <a href='https://example.org/x'>link</a>",
        parse_mode="HTML",
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=keyboard("yes"),
    )
    assert message.text == "مرحبا 😀 link"
    assert message.parse_entities() == {message.entities[0]: "مرحبا", message.entities[1]: "link"}
    assert message.has_protected_content
    assert message.link_preview_options.is_disabled
    assert amina.screen[-1].html.startswith("<b>مرحبا</b> 😀 <a href=")


async def test_4096_units_is_the_most_and_an_emoji_is_two(bot: Bot, amina: Person) -> None:
    await bot.send_message(amina.id, "😀" * 2048)
    await bot.send_message(amina.id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    with refused("message is too long"):
        await bot.send_message(amina.id, "😀" * 2048 + "a")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        ("   ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("<b>open", """can't parse entities: Can't find end tag corresponding to start tag "b\""""),
    ],
)
async def test_what_has_no_text_is_refused(bot: Bot, amina: Person, text: str, refusal: str) -> None:
    with refused(refusal):
        await bot.send_message(amina.id, text, parse_mode="HTML")


async def test_other_parse_modes_are_refused(bot: Bot, amina: Person) -> None:
    with refused("parse mode MarkdownV2 is not supported by the sandbox"):
        await bot.send_message(amina.id, "*hi*", parse_mode="MarkdownV2")
    with refused("unsupported parse_mode"):
        await bot.send_message(amina.id, "hi", parse_mode="RTF")


@pytest.mark.parametrize("data", ["ن" * 32, "a" * 64])
async def test_64_bytes_of_data_fit_on_a_button(bot: Bot, amina: Person, data: str) -> None:
    await bot.send_message(amina.id, "?", reply_markup=keyboard(data))
    amina.taps(data)
    assert (await bot.get_updates())[0].callback_query.data == data


@pytest.mark.parametrize("data", ["ن" * 32 + "a", "a" * 65, ""])
async def test_more_than_64_bytes_of_data_or_none_is_refused(bot: Bot, amina: Person, data: str) -> None:
    with refused("BUTTON_DATA_INVALID"):
        await bot.send_message(amina.id, "?", reply_markup=keyboard(data))


async def test_a_link_button_needs_a_real_link_and_tells_the_bot_nothing(bot: Bot, amina: Person) -> None:
    def link(url: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("Site", url=url)]])

    await bot.send_message(amina.id, "?", reply_markup=link("https://example.org/"))
    assert amina.taps("Site") == "https://example.org/"
    assert await bot.get_updates() == ()
    with refused("inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL"):
        await bot.send_message(amina.id, "?", reply_markup=link("nonsense"))


async def test_a_button_that_does_nothing_or_something_else_is_refused(bot: Bot, amina: Person) -> None:
    with refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"):
        await bot.send_message(amina.id, "?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Nothing")]]))
    pay = InlineKeyboardMarkup([[InlineKeyboardButton("Pay", pay=True)]])
    with refused("button with pay is not supported by the sandbox"):
        await bot.send_message(amina.id, "?", reply_markup=pay)


async def test_the_bot_cannot_write_first(bot: Bot, telegram: Telegram) -> None:
    stranger = telegram.person("Omar")
    with pytest.raises(Forbidden, match="Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "hi")
    stranger.opens_link("ref_1")
    await bot.send_message(stranger.id, "hi")
    with pytest.raises(Refused, match="not pressed Start"):
        telegram.person("Nobody").types("hi")


async def test_a_person_can_block_and_come_back(bot: Bot, amina: Person) -> None:
    amina.blocks()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(amina.id, "hi")
    with pytest.raises(Refused, match="blocked the bot"):
        amina.types("hi")
    amina.opens_link("again")
    await bot.send_message(amina.id, "hi")
    blocked, unblocked, started = await bot.get_updates()
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert started.message.text == "/start again"
    assert started.message.parse_entities() == {started.message.entities[0]: "/start"}


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with refused("chat not found"):
        await bot.send_message(1, "hi")


async def test_an_edit_changes_text_and_keyboard_and_says_when(bot: Bot, amina: Person, clock: Clock) -> None:
    sent = await bot.send_message(amina.id, "?", reply_markup=keyboard("a", "b"))
    clock.passes(minutes=1)
    edited = await bot.edit_message_text("<i>a</i>", amina.id, sent.message_id, parse_mode="HTML")
    assert (edited.text, edited.reply_markup, edited.edit_date) == ("a", None, clock())
    assert amina.screen[-1].edited
    marked = await bot.edit_message_reply_markup(amina.id, sent.message_id, reply_markup=keyboard("c"))
    assert (marked.text, marked.reply_markup) == ("a", keyboard("c"))
    assert await bot.get_updates() == ()


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, amina: Person) -> None:
    sent = await bot.send_message(amina.id, "<b>hi</b>", parse_mode="HTML", reply_markup=keyboard("a"))
    words = (
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    with refused(words):
        await bot.edit_message_text("<b>hi</b>", amina.id, sent.message_id, parse_mode="HTML", reply_markup=keyboard("a"))
    with refused(words):
        await bot.edit_message_reply_markup(amina.id, sent.message_id, reply_markup=keyboard("a"))
    await bot.edit_message_text("hi", amina.id, sent.message_id, reply_markup=keyboard("a"))


async def test_only_what_is_there_and_its_own_can_the_bot_edit(bot: Bot, amina: Person) -> None:
    with refused("message to edit not found"):
        await bot.edit_message_text("x", amina.id, 999)
    with refused("message can't be edited"):
        await bot.edit_message_text("x", amina.id, amina.types("mine").id)
    sent = await bot.send_message(amina.id, "short")
    with refused("MESSAGE_TOO_LONG"):
        await bot.edit_message_text("x" * 4097, amina.id, sent.message_id)


async def test_a_tap_brings_the_message_and_its_answer_is_shown_once(bot: Bot, amina: Person) -> None:
    sent = await bot.send_message(amina.id, "?", reply_markup=keyboard("yes"))
    amina.taps("Button yes")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert (query.data, query.from_user.id) == ("yes", amina.id)
    assert query.chat_instance
    assert isinstance(query.message, Message)
    assert (query.message.message_id, query.message.reply_markup) == (sent.message_id, keyboard("yes"))
    await query.answer("Thank you", show_alert=True)
    await query.answer("Thank you", show_alert=True)
    assert [(toast.text, toast.alert) for toast in amina.toasts] == [("Thank you", True)]


async def test_a_tap_answered_late_or_never_made_is_refused(bot: Bot, amina: Person, clock: Clock) -> None:
    await bot.send_message(amina.id, "?", reply_markup=keyboard("yes"))
    amina.taps("yes")
    [update] = await bot.get_updates()
    clock.passes(seconds=151)
    words = "query is too old and response timeout expired or query ID is invalid"
    with refused(words):
        await update.callback_query.answer()
    with refused(words):
        await bot.answer_callback_query("12345")


async def test_the_newest_button_is_tapped_unless_a_message_is_named(bot: Bot, amina: Person) -> None:
    first = await bot.send_message(amina.id, "1", reply_markup=keyboard("yes"))
    second = await bot.send_message(amina.id, "2", reply_markup=keyboard("yes"))
    amina.taps("yes")
    amina.taps("yes", first.message_id)
    tapped = [update.callback_query.message.message_id for update in await bot.get_updates()]
    assert tapped == [second.message_id, first.message_id]
    with pytest.raises(Refused, match=r"no button 'no'.*Button yes"):
        amina.taps("no")


async def test_a_copy_has_no_link_to_its_origin(bot: Bot, amina: Person, team: Group) -> None:
    voice = amina.sends_voice()
    copied = await bot.copy_message(team.id, amina.id, voice.id, caption="<b>From a patient</b>", parse_mode="HTML")
    [copy] = [seen for seen in team.screen() if seen.id == copied.message_id]
    assert copied.to_dict() == {"message_id": copy.id}
    assert (copy.who, copy.media, copy.html) == ("rxbot", "voice", "<b>From a patient</b>")
    with refused("message to copy not found"):
        await bot.copy_message(team.id, amina.id, 999)
    protected = await bot.send_message(amina.id, "for you only", protect_content=True)
    with refused("message can't be copied"):
        await bot.copy_message(team.id, amina.id, protected.message_id)


async def test_a_deleted_message_is_gone(bot: Bot, amina: Person, clock: Clock) -> None:
    sent = await bot.send_message(amina.id, "soon gone")
    await bot.delete_message(amina.id, sent.message_id)
    assert [seen.text for seen in amina.screen] == ["/start"]
    with refused("message to delete not found"):
        await bot.delete_message(amina.id, sent.message_id)
    old = await bot.send_message(amina.id, "old")
    clock.passes(hours=49)
    with refused("message can't be deleted for everyone"):
        await bot.delete_message(amina.id, old.message_id)


async def test_a_pin_shows_and_the_bot_hears_of_its_own_pinning(bot: Bot, amina: Person) -> None:
    sent = await bot.send_message(amina.id, "keep this")
    await bot.pin_chat_message(amina.id, sent.message_id)
    assert [seen.text for seen in amina.screen if seen.pinned] == ["keep this"]
    [update] = await bot.get_updates()
    assert update.message.pinned_message.message_id == sent.message_id
    assert (await bot.get_chat(amina.id)).pinned_message.text == "keep this"
    with refused("message to pin not found"):
        await bot.pin_chat_message(amina.id, 999)


async def test_a_reply_carries_the_message_replied_to(bot: Bot, amina: Person) -> None:
    mine = amina.types("question")
    answer = await bot.send_message(amina.id, "answer", reply_to_message_id=mine.id)
    assert answer.reply_to_message.text == "question"
    amina.types("thanks", reply_to=answer.message_id)
    last = (await bot.get_updates())[-1].message
    assert last.reply_to_message.text == "answer"
    assert last.reply_to_message.reply_to_message is None
    with refused("message to be replied not found"):
        await bot.send_message(amina.id, "answer", reply_to_message_id=999)
    await bot.send_message(amina.id, "answer", reply_to_message_id=999, allow_sending_without_reply=True)


async def test_a_person_edits_and_sends_voice_and_photo(bot: Bot, amina: Person) -> None:
    mine = amina.types("helo")
    amina.edits(mine, "hello")
    amina.sends_voice(5)
    amina.sends_photo("my door")
    typed, edited, voice, photo = await bot.get_updates()
    assert typed.message.text == "helo"
    assert (edited.edited_message.message_id, edited.edited_message.text) == (mine.id, "hello")
    assert voice.message.voice.to_dict()["duration"] == 5
    assert (photo.message.caption, len(photo.message.photo)) == ("my door", 2)


async def test_message_ids_are_counted_over_all_private_chats_and_per_group(
    bot: Bot, telegram: Telegram, amina: Person, team: Group
) -> None:
    other = telegram.person("Omar")
    assert other.opens_link().id == amina.screen[-1].id + 1
    in_group = await bot.send_message(team.id, "hi")
    assert in_group.message_id == team.screen()[-2].id + 1
