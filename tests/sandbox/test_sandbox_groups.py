"""A forum: topics, rights, privacy, and how replies look inside a topic."""

import pytest
from sandbox_refused import refused
from telegram import Bot
from telegram.error import Forbidden

from rxbot.errors import Refused
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram


async def test_adding_the_bot_tells_it_its_rights_and_who_came(bot: Bot, telegram: Telegram, sam: Person) -> None:
    team = telegram.group("New team", members=[sam])
    team.add_bot(admin=True, can_manage_topics=False)
    standing, joined = await bot.get_updates()
    member = standing.my_chat_member.new_chat_member
    assert standing.my_chat_member.old_chat_member.status == "left"
    assert (member.status, member.can_manage_topics, member.can_pin_messages) == ("administrator", False, True)
    assert [user.id for user in joined.message.new_chat_members] == [bot.id]
    assert joined.message.chat.is_forum


async def test_a_stranger_added_later_is_announced(bot: Bot, telegram: Telegram, team: Group) -> None:
    team.add(telegram.person("Stranger"))
    [update] = await bot.get_updates()
    assert [user.first_name for user in update.message.new_chat_members] == ["Stranger"]


async def test_who_leaves_is_told_of_only_where_it_was_asked_for_by_name(bot: Bot, team: Group, sam: Person) -> None:
    team.add(amina := team.telegram.person("Amina"))
    await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1, allowed_updates=[])
    team.remove(amina)
    assert not await bot.get_updates(allowed_updates=["chat_member"])
    with pytest.raises(Refused, match="Amina is not in"):
        amina.in_group(team).types("Hello?")
    team.remove(sam)
    [update] = await bot.get_updates()
    assert update.chat_member
    assert (update.chat_member.new_chat_member.user.id, update.chat_member.new_chat_member.status) == (sam.id, "left")


async def test_a_topic_is_made_renamed_closed_reopened_and_the_bot_hears_of_each(bot: Bot, team: Group) -> None:
    topic = await bot.create_forum_topic(team.id, "Amina, housing")
    await bot.edit_forum_topic(team.id, topic.message_thread_id, name="Amina, settled")
    await bot.close_forum_topic(team.id, topic.message_thread_id)
    assert [(kept.name, kept.closed) for kept in team.topics] == [("Amina, settled", True)]
    with refused("TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(team.id, topic.message_thread_id)
    await bot.reopen_forum_topic(team.id, topic.message_thread_id)
    messages = [update.message for update in await bot.get_updates()]
    assert messages[0].message_id == messages[0].message_thread_id == topic.message_thread_id
    assert messages[0].forum_topic_created.name == "Amina, housing"
    assert messages[1].forum_topic_edited.name == "Amina, settled"
    assert messages[2].forum_topic_closed
    assert messages[3].forum_topic_reopened


async def test_without_the_right_the_bot_makes_no_topic(bot: Bot, team: Group) -> None:
    topic = await bot.create_forum_topic(team.id, "One")
    team.add_bot(admin=True, can_manage_topics=False, can_delete_messages=False)
    with refused("not enough rights to create a topic"):
        await bot.create_forum_topic(team.id, "Two")
    with refused("not enough rights to edit the topic"):
        await bot.close_forum_topic(team.id, topic.message_thread_id)
    with refused("not enough rights to delete the topic"):
        await bot.delete_forum_topic(team.id, topic.message_thread_id)
    team.add_bot(admin=False)
    with refused("not enough rights to create a topic"):
        await bot.create_forum_topic(team.id, "Two")
    with refused("not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(team.id, topic.message_thread_id)


async def test_a_topic_needs_a_forum_and_a_name(bot: Bot, telegram: Telegram, sam: Person, team: Group) -> None:
    plain = telegram.group("Plain", members=[sam], is_forum=False)
    plain.add_bot(admin=True)
    with refused("the chat is not a forum"):
        await bot.create_forum_topic(plain.id, "One")
    with refused("title must be non-empty"):
        await bot.create_forum_topic(team.id, " ")
    assert (await bot.create_forum_topic(team.id, "x" * 200)).name == "x" * 128


async def test_a_thread_that_is_not_there_is_not_found(bot: Bot, team: Group, amina: Person) -> None:
    with refused("message thread not found"):
        await bot.send_message(team.id, "hi", message_thread_id=999)
    with refused("message thread not found"):
        await bot.send_message(amina.id, "hi", message_thread_id=999)
    with refused("TOPIC_ID_INVALID"):
        await bot.edit_forum_topic(team.id, 999, name="x")


async def test_a_deleted_topic_is_gone_with_its_messages_and_nobody_is_told(bot: Bot, team: Group) -> None:
    topic = (await bot.create_forum_topic(team.id, "One")).message_thread_id
    await bot.send_message(team.id, "inside", message_thread_id=topic)
    told = len(await bot.get_updates())
    team.delete_topic(topic)
    assert len(await bot.get_updates()) == told
    assert team.topics == []
    assert "inside" not in [seen.text for seen in team.screen()]
    with refused("message thread not found"):
        await bot.send_message(team.id, "more", message_thread_id=topic)
    other = (await bot.create_forum_topic(team.id, "Two")).message_thread_id
    await bot.delete_forum_topic(team.id, other)
    assert team.topics == []


async def test_in_a_topic_what_replies_to_nothing_hangs_on_its_first_message(bot: Bot, team: Group, sam: Person) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    brief = await bot.send_message(team.id, "brief", message_thread_id=topic)
    assert brief.reply_to_message.forum_topic_created
    sam.in_group(team).types("just thinking", topic=topic)
    sam.in_group(team).types("to the person", reply_to=brief.message_id)
    _, thought, reply = [update.message for update in await bot.get_updates()]
    assert (thought.message_thread_id, thought.is_topic_message) == (topic, True)
    assert thought.reply_to_message.message_id == topic
    assert thought.reply_to_message.forum_topic_created
    assert (reply.message_thread_id, reply.reply_to_message.text) == (topic, "brief")


async def test_outside_topics_a_message_hangs_on_nothing(bot: Bot, team: Group, sam: Person) -> None:
    sam.in_group(team).types("general")
    [update] = await bot.get_updates()
    assert update.message.reply_to_message is None
    assert update.message.message_thread_id is None


async def test_members_tap_edit_and_cannot_write_where_it_is_closed(
    bot: Bot, telegram: Telegram, team: Group, sam: Person
) -> None:
    lena = telegram.person("Lena").in_group(team)
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    lena.edits(lena.types("a", topic=topic), "b")
    await bot.close_forum_topic(team.id, topic)
    with pytest.raises(Refused, match="it is closed"):
        lena.types("c", topic=topic)
    sam.in_group(team).types("the owner may", topic=topic)
    await bot.send_message(team.id, "the bot may", message_thread_id=topic)
    assert [seen.text for seen in team.screen(topic) if seen.text] == ["b", "the owner may", "the bot may"]
    with pytest.raises(Refused, match="not in Care team"):
        telegram.person("Omar").in_group(team).types("let me in")


async def test_only_an_admin_bot_reads_everything(bot: Bot, telegram: Telegram, sam: Person) -> None:
    team = telegram.group("Private talk", members=[sam])
    team.add_bot(admin=False)
    sent = await bot.send_message(team.id, "I am here")
    seat = sam.in_group(team)
    seat.types("between us")
    seat.types("/help")
    seat.types("@rxbot_demo_bot hello")
    seat.types("a reply", reply_to=sent.message_id)
    texts = [update.message.text for update in await bot.get_updates() if update.message]
    assert texts == [None, "/help", "@rxbot_demo_bot hello", "a reply"]


async def test_a_bot_that_was_removed_hears_and_says_nothing(bot: Bot, team: Group, sam: Person) -> None:
    team.remove_bot()
    sam.in_group(team).types("/help")
    [update] = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(team.id, "hi")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.get_chat(team.id)


async def test_chats_and_members_can_be_asked_for(bot: Bot, team: Group, sam: Person, amina: Person) -> None:
    chat = await bot.get_chat(team.id)
    assert (chat.type, chat.title, chat.is_forum) == ("supergroup", "Care team", True)
    assert (await bot.get_chat_member(team.id, sam.id)).status == "creator"
    assert (await bot.get_chat_member(team.id, amina.id)).status == "left"
    admins = {admin.user.id: admin.status for admin in await bot.get_chat_administrators(team.id)}
    assert admins == {sam.id: "creator", bot.id: "administrator"}
    with refused("user not found"):
        await bot.get_chat_member(team.id, 5)
    with refused("invalid user_id specified"):
        await bot.get_chat_member(team.id, 0)
    with refused("there are no administrators in the private chat"):
        await bot.get_chat_administrators(amina.id)
    assert (await bot.get_chat(amina.id)).first_name == "Amina"
