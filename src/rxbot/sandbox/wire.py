"""What Telegram keeps, in the shapes of the Bot API."""

from rxbot.sandbox.world import ALL_RIGHTS, Chat, Json, Member, Message, Topic, User

TOPIC_COLOUR = 7322096
ADMIN_RIGHTS = (
    *ALL_RIGHTS,
    *("can_manage_chat", "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info"),
    *("can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"),
    "can_send_welcome_messages",
)
MEMBER_RIGHTS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
)
NO_RIGHTS = dict.fromkeys((*MEMBER_RIGHTS, "can_edit_tag", "can_react_to_messages"), False)
MORE: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "restricted": {"is_member": True, "until_date": 0} | NO_RIGHTS,  # somebody who may read, and nothing else
    "kicked": {"until_date": 0},
}


def user_of(user: User) -> Json:
    optional = {"username": user.username, "language_code": user.language_code}
    return {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name} | present(optional)


def me(bot: User) -> Json:
    cannot = ("can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app")
    return user_of(bot) | {"can_join_groups": True} | dict.fromkeys(cannot, False)


def chat_of(chat: Chat, users: dict[int, User]) -> Json:
    if chat.type == "private":
        user = users[chat.id]
        return {"id": chat.id, "first_name": user.first_name, "type": "private"} | present({"username": user.username})
    return {"id": chat.id, "title": chat.title, "type": chat.type} | present({"is_forum": chat.is_forum})


def full_chat(chat: Chat, users: dict[int, User]) -> Json:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    body = chat_of(chat, users) | {"accent_color_id": 0, "max_reaction_count": 11}
    body["accepted_gift_types"] = dict.fromkeys(gifts, False)
    if chat.type != "private":
        body["permissions"] = dict.fromkeys(MEMBER_RIGHTS, True)
    if chat.pinned:
        body["pinned_message"] = message_of(chat.messages[chat.pinned[-1]], chat, users)
    return body


def member_of(user: User, member: Member) -> Json:
    body: Json = {"user": user_of(user), "status": member.status}
    if member.status == "administrator":
        rights = {right: right in member.rights for right in ADMIN_RIGHTS}
        return body | {"can_be_edited": False, "is_anonymous": False} | rights
    return body | MORE.get(member.status, {})


def topic_of(topic: Topic) -> Json:
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": TOPIC_COLOUR}


def reaction_of(emoji: str) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def message_of(message: Message, chat: Chat, users: dict[int, User], *, with_reply: bool = True) -> Json:
    text, entities = ("caption", "caption_entities") if message.takes_caption else ("text", "entities")
    body: Json = {
        "message_id": message.id,
        "from": user_of(users[message.sender]),
        "chat": chat_of(chat, users),
        "date": message.at,
    }
    optional = {
        "edit_date": message.edited,
        "message_thread_id": message.topic,
        "is_topic_message": message.topic > 0,
        text: message.text,
        entities: message.entities,
        "forward_origin": message.origin,
        "link_preview_options": message.link_preview,
        "has_protected_content": message.protected,
        "reply_markup": {"inline_keyboard": message.keyboard} if message.keyboard else None,
        "reply_to_message": replied(message, chat, users) if with_reply else None,
    }
    return body | present(optional) | message.content


def replied(message: Message, chat: Chat, users: dict[int, User]) -> Json | None:
    """Return the message replied to; inside a topic, what replies to nothing hangs on the topic's first message."""
    for message_id in (message.reply_to, message.topic):
        if message_id != message.id and message_id in chat.messages:
            return message_of(chat.messages[message_id], chat, users, with_reply=False)
    return None


def present(optional: Json) -> Json:
    return {name: value for name, value in optional.items() if value}
