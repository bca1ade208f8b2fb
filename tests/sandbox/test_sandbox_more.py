"""Places, numbers, forwards, several deleted at once, reactions of people, General, and what the bot says of itself."""

import pytest
from httpx import AsyncClient
from sandbox_refused import refused
from telegram import Bot, Chat, ForceReply, KeyboardButton, MessageEntity, ReplyKeyboardMarkup, ReplyParameters
from telegram.constants import MessageOriginType

from rxbot.errors import Refused
from rxbot.sandbox.script import Group, NotOnScreen, Person
from rxbot.sandbox.telegram import Telegram


async def test_places_and_numbers_arrive(bot: Bot, amina: Person) -> None:
    place = await bot.send_location(amina.id, 53.07, 0.42)
    venue = await bot.send_venue(amina.id, 53.07, 0.42, "Kitchen", "1 Quay")
    number = await bot.send_contact(amina.id, "+441", "Sam", last_name="Hill")
    assert (place.location.latitude, place.venue) == (53.07, None)
    assert (venue.venue.title, venue.venue.location, venue.location.longitude) == ("Kitchen", venue.location, 0.42)
    assert (number.contact.phone_number, number.contact.last_name) == ("+441", "Hill")
    assert [(seen.media, seen.about) for seen in amina.screen[1:]] == [
        *(("location", ""), ("venue", "Kitchen"), ("contact", "+441"))
    ]


async def test_a_place_needs_both_numbers(http: AsyncClient, telegram: Telegram, amina: Person) -> None:
    answer = await http.post(f"/bot{telegram.token}/sendLocation", json={"chat_id": amina.id, "longitude": 1})
    assert answer.json()["description"] == "Bad Request: latitude is empty"
    answer = await http.post(f"/bot{telegram.token}/sendLocation", json={"chat_id": amina.id, "latitude": "1"})
    assert answer.json()["description"] == "Bad Request: longitude is empty"


async def test_a_person_shares_their_number_by_its_key_only(bot: Bot, amina: Person, team: Group) -> None:
    with pytest.raises(NotOnScreen):
        amina.shares_contact()
    keys = ReplyKeyboardMarkup([[KeyboardButton("My number", request_contact=True)]], one_time_keyboard=True)
    asked = await bot.send_message(amina.id, "May we ring?", reply_markup=keys)
    with pytest.raises(Refused, match="shares_contact"):
        amina.presses("My number")
    amina.shares_contact()
    [update] = await bot.get_updates()
    assert (update.message.contact.user_id, update.message.reply_to_message.message_id) == (amina.id, asked.message_id)
    assert amina.keys == []
    with refused("phone number can be requested in private chats only"):
        await bot.send_message(team.id, "?", reply_markup=keys)


async def test_a_reply_can_be_asked_for(bot: Bot, amina: Person) -> None:
    asked = await bot.send_message(amina.id, "Your name?", reply_markup=ForceReply(selective=True))
    with refused("message can't be edited"):
        await bot.edit_message_text("Your age?", amina.id, asked.message_id)
    with refused("reply to a message of another chat is not supported by the sandbox"):
        await bot.send_message(amina.id, "hi", reply_parameters=ReplyParameters(1, chat_id=5))


async def test_given_entities_are_kept(bot: Bot, amina: Person) -> None:
    sent = await bot.send_message(amina.id, "bold words", entities=[MessageEntity("bold", 0, 4)])
    assert sent.parse_entities() == {sent.entities[0]: "bold"}


async def test_a_forward_names_who_wrote_it(bot: Bot, amina: Person, team: Group) -> None:
    words = amina.types("my words")
    passed = await bot.forward_message(team.id, amina.id, words.id)
    assert passed.forward_origin.type == MessageOriginType.USER
    assert (passed.forward_origin.sender_user.id, passed.text) == (amina.id, "my words")
    again = await bot.forward_message(amina.id, team.id, passed.message_id)
    assert again.forward_origin.sender_user.id == amina.id
    secret = await bot.send_message(amina.id, "between us", protect_content=True)
    with refused("message can't be forwarded"):
        await bot.forward_message(team.id, amina.id, secret.message_id)
    with refused("message to forward not found"):
        await bot.forward_message(team.id, amina.id, 999)


async def test_several_messages_go_at_once(bot: Bot, amina: Person) -> None:
    sent = [(await bot.send_message(amina.id, str(number))).message_id for number in range(3)]
    assert await bot.delete_messages(amina.id, [*sent[:2], 999])
    assert [seen.text for seen in amina.screen[1:]] == ["2"]
    with refused("message identifiers are not specified"):
        await bot.delete_messages(amina.id, [])
    with refused("too many message identifiers specified"):
        await bot.delete_messages(amina.id, list(range(1, 102)))


async def test_the_newest_pin_goes_first(bot: Bot, team: Group) -> None:
    sent = [(await bot.send_message(team.id, str(number))).message_id for number in range(3)]
    for message in sent:
        await bot.pin_chat_message(team.id, message)
    await bot.unpin_chat_message(team.id)
    await bot.unpin_chat_message(team.id, sent[0])
    assert [seen.text for seen in team.screen() if seen.pinned] == ["1"]
    with refused("message to unpin not found"):
        await bot.unpin_chat_message(team.id, 999)


async def test_reactions_of_people_reach_an_administrator_who_asks_for_them(
    bot: Bot, team: Group, sam: Person, amina: Person
) -> None:
    sent = await bot.send_message(team.id, "brief")
    sam.in_group(team).reacts(sent.message_id, "👀")
    assert await bot.get_updates(allowed_updates=["message_reaction"]) == ()
    sam.in_group(team).reacts(sent.message_id, "👍")
    sam.in_group(team).reacts(sent.message_id, "👍")
    sam.in_group(team).reacts(sent.message_id)
    amina.reacts(amina.screen[0], "👍")
    changed, gone = [update.message_reaction for update in await bot.get_updates()]
    assert [one.emoji for one in (*changed.old_reaction, *changed.new_reaction)] == ["👀", "👍"]
    assert (changed.user.id, changed.message_id, changed.chat.id) == (sam.id, sent.message_id, team.id)
    assert (len(gone.old_reaction), gone.new_reaction) == (1, ())
    with pytest.raises(Refused, match="no reaction"):
        amina.reacts(amina.screen[0], "🚲")


async def test_general_closes_hides_and_comes_back(bot: Bot, team: Group, telegram: Telegram) -> None:
    lena = telegram.person("Lena").in_group(team)
    await bot.close_general_forum_topic(team.id)
    with refused("TOPIC_NOT_MODIFIED"):
        await bot.close_general_forum_topic(team.id)
    with pytest.raises(Refused, match="cannot write in General"):
        lena.types("hello?")
    await bot.send_message(team.id, "an administrator may")
    await bot.hide_general_forum_topic(team.id)
    await bot.unhide_general_forum_topic(team.id)
    await bot.reopen_general_forum_topic(team.id)
    lena.types("hello!")
    updates = [update.message for update in await bot.get_updates()]
    assert updates[0].forum_topic_closed
    assert updates[1].general_forum_topic_hidden
    assert updates[2].general_forum_topic_unhidden
    assert updates[3].forum_topic_reopened
    team.add_bot(can_manage_topics=False)
    with refused("not enough rights to edit the topic"):
        await bot.close_general_forum_topic(team.id)


async def test_the_bot_counts_and_leaves(bot: Bot, team: Group, amina: Person) -> None:
    assert await bot.get_chat_member_count(team.id) == 3
    await bot.leave_chat(team.id)
    [update] = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "left"
    assert update.my_chat_member.chat.type == Chat.SUPERGROUP
    with refused("can't leave private chat"):
        await bot.leave_chat(amina.id)


async def test_what_the_bot_says_of_itself_can_be_read(bot: Bot) -> None:
    assert (await bot.get_my_name()).name == "rxbot"
    await bot.set_my_name("Harbour helper", language_code="en")
    await bot.set_my_description("Finds help near you.")
    await bot.set_my_short_description("Finds help.", language_code="en")
    assert (await bot.get_my_name("en")).name == "Harbour helper"
    assert (await bot.get_my_name("es")).name == "rxbot"
    assert (await bot.get_my_description("ar")).description == "Finds help near you."
    assert (await bot.get_my_short_description("en")).short_description == "Finds help."
    assert (await bot.get_my_short_description()).short_description == ""
    await bot.set_my_commands([("help", "Get help")])
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
