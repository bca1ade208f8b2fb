"""The chats the bot knows and may write to, and who is in them."""

from rxbot.sandbox import refusals as no
from rxbot.sandbox import wire
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Chat, Json, Member

UNREACHABLE = {
    ("private", "kicked"): no.BLOCKED,
    ("group", "left"): no.NOT_A_MEMBER_OF_GROUP,
    ("group", "kicked"): no.KICKED_FROM_GROUP,
    ("supergroup", "left"): no.NOT_A_MEMBER,
    ("supergroup", "kicked"): no.KICKED,
}
ACTIONS = (
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"),
    *("choose_sticker", "find_location", "record_video_note", "upload_video_note", "cancel"),
)


def known(telegram: Telegram, chat_id: int) -> Chat:
    """Return a chat the bot may read of: a supergroup only while it is in it."""
    if chat_id not in telegram.chats:
        raise Declined(no.NEVER_STARTED if chat_id in telegram.users else no.CHAT_NOT_FOUND)
    chat = telegram.chats[chat_id]
    if chat.moved_to:
        raise Declined(no.migrated(chat.moved_to))
    if chat.type == "supergroup":
        check_reach(telegram, chat)
    return chat


def reachable(telegram: Telegram, chat_id: int) -> Chat:
    """Return a chat the bot may write to."""
    chat = known(telegram, chat_id)
    check_reach(telegram, chat)
    return chat


def check_reach(telegram: Telegram, chat: Chat) -> None:
    refusal = UNREACHABLE.get((chat.type, standing(telegram, chat).status))
    if refusal:
        raise Declined(refusal)


def standing(telegram: Telegram, chat: Chat) -> Member:
    return chat.members.get(telegram.bot.id, Member("left"))


def get_chat(telegram: Telegram, *, chat_id: int) -> Json:
    return wire.full_chat(known(telegram, chat_id), telegram.users)


def get_chat_member(telegram: Telegram, *, chat_id: int, user_id: int = 0) -> Json:
    require(user_id > 0, no.USER_ID_INVALID)
    chat = known(telegram, chat_id)
    require(user_id in telegram.users, no.USER_NOT_FOUND)
    return wire.member_of(telegram.users[user_id], chat.members.get(user_id, Member("left")))


def get_chat_administrators(telegram: Telegram, *, chat_id: int) -> list[Json]:
    chat = known(telegram, chat_id)
    require(chat.type != "private", no.NO_ADMINISTRATORS)
    return [wire.member_of(telegram.users[id], member) for id, member in chat.members.items() if member.is_admin]


def get_chat_member_count(telegram: Telegram, *, chat_id: int) -> int:
    return sum(member.status not in ("left", "kicked") for member in known(telegram, chat_id).members.values())


def leave_chat(telegram: Telegram, *, chat_id: int) -> bool:
    chat = reachable(telegram, chat_id)
    require(chat.type != "private", no.CANNOT_LEAVE)
    telegram.move_bot(chat, telegram.bot, "left")
    return True


def send_chat_action(telegram: Telegram, *, chat_id: int, action: str = "", message_thread_id: int = 0) -> bool:
    """Say that the bot is typing, which a moment later nobody knows any more."""
    chat = reachable(telegram, chat_id)
    require(action.lower() in ACTIONS, no.ACTION_WRONG)
    require(not message_thread_id or message_thread_id in chat.topics, no.THREAD_NOT_FOUND)
    return True
