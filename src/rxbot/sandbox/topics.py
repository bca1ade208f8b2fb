"""The topics of a forum."""

from rxbot.sandbox import refusals as no
from rxbot.sandbox import wire
from rxbot.sandbox.chats import reachable, standing
from rxbot.sandbox.refusals import Refusal, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Chat, Json, Topic

NAME_LIMIT = 128


def create_forum_topic(telegram: Telegram, *, chat_id: int, name: str = "") -> Json:
    chat = forum(telegram, chat_id, "can_manage_topics", no.CANNOT_CREATE_TOPIC)
    title = topic_name(name)
    created = telegram.post(chat, telegram.bot, content={"forum_topic_created": {"name": title, "icon_color": wire.TOPIC_COLOUR}})
    topic = chat.topics[created.id] = Topic(created.id, title)
    return wire.topic_of(topic)


def edit_forum_topic(telegram: Telegram, *, chat_id: int, message_thread_id: int = 0, name: str = "") -> bool:
    chat = forum(telegram, chat_id, "can_manage_topics", no.CANNOT_EDIT_TOPIC)
    topic = topic_of(chat, message_thread_id)
    title = topic_name(name)
    require(title != topic.name, no.TOPIC_NOT_MODIFIED)
    topic.name = title
    telegram.post(chat, telegram.bot, content={"forum_topic_edited": {"name": title}}, topic=topic.id)
    return True


def close_forum_topic(telegram: Telegram, *, chat_id: int, message_thread_id: int = 0) -> bool:
    return turn_topic(telegram, chat_id, message_thread_id, closed=True)


def reopen_forum_topic(telegram: Telegram, *, chat_id: int, message_thread_id: int = 0) -> bool:
    return turn_topic(telegram, chat_id, message_thread_id, closed=False)


def turn_topic(telegram: Telegram, chat_id: int, thread: int, *, closed: bool) -> bool:
    chat = forum(telegram, chat_id, "can_manage_topics", no.CANNOT_EDIT_TOPIC)
    topic = topic_of(chat, thread)
    require(topic.closed != closed, no.TOPIC_NOT_MODIFIED)
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    telegram.post(chat, telegram.bot, content={kind: {}}, topic=topic.id)
    return True


def delete_forum_topic(telegram: Telegram, *, chat_id: int, message_thread_id: int = 0) -> bool:
    chat = forum(telegram, chat_id, "can_delete_messages", no.CANNOT_DELETE_TOPIC)
    telegram.delete_topic(chat, topic_of(chat, message_thread_id).id)
    return True


def forum(telegram: Telegram, chat_id: int, right: str, otherwise: Refusal) -> Chat:
    chat = reachable(telegram, chat_id)
    require(chat.is_forum, no.NOT_A_FORUM)
    require(standing(telegram, chat).may(right), otherwise)
    return chat


def topic_of(chat: Chat, thread: int) -> Topic:
    require(thread in chat.topics, no.TOPIC_INVALID)
    return chat.topics[thread]


def topic_name(name: str) -> str:
    title = name.strip()[:NAME_LIMIT]
    require(title, no.TOPIC_TITLE_EMPTY)
    return title
