"""Messages as the Bot API describes them: every kind of content, every service message, everything that may stand around them."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from fuzz.odd_words import CANARY, CAPTION, PHONE, odd, wall, with_canary

Json = dict[str, Any]
BOT_ID = 4242424242
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "rxbot", "username": "rxbot"}
SOMEBODY = {"id": 777000123, "is_bot": False, "first_name": f"Zoe{CANARY}"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": -1009999999999, "type": "channel", "title": f"News {CANARY}", "username": "news"}
SENT_AT = 1_772_445_600


def user(id: int, name: str, language: str = "", **more: Any) -> Json:
    return {"id": id, "is_bot": False, "first_name": name, **({"language_code": language} if language else {}), **more}


def private(id: int, name: str) -> Json:
    return {"id": id, "type": "private", "first_name": name}


def file(rng: Random, **more: Any) -> Json:
    return {
        "file_id": f"AgAD{rng.getrandbits(64):x}",
        "file_unique_id": f"{rng.getrandbits(40):x}",
        "file_size": rng.randrange(2**33),
        **more,
    }


def picture(rng: Random) -> Json:
    return file(rng, width=90, height=90)


def caption(rng: Random) -> Json:
    """Give words under a file, or none."""
    if rng.random() < 0.5:
        return {}
    words = wall(rng, CAPTION) if rng.random() < 0.1 else odd(rng)[:CAPTION]
    return {"caption": words or CANARY, "caption_entities": []}


def media(rng: Random) -> Json:
    """Give what a message holds that is not plain text."""
    kind = rng.choice(tuple(MEDIA))
    return MEDIA[kind](rng)


def _location(rng: Random) -> Json:
    near = rng.random() < 0.5
    latitude, longitude = (53.07, 0.42) if near else (rng.uniform(-90, 90), rng.uniform(-180, 180))
    if rng.random() < 0.1:
        latitude, longitude = rng.choice(((90, 180), (-90, -180), (0, 0), (89.999, 179.999)))
    return {"latitude": latitude, "longitude": longitude}


def _live(rng: Random) -> Json:
    return _location(rng) | {
        "live_period": 0x7FFFFFFF,
        "heading": 359,
        "horizontal_accuracy": 1500,
        "proximity_alert_radius": 100000,
    }


def _poll(rng: Random) -> Json:
    return {
        "id": str(rng.getrandbits(60)),
        "question": with_canary(rng, "?"),
        "options": [
            {"text": CANARY, "voter_count": 0, "persistent_id": "1"},
            {"text": "b", "voter_count": 2**31, "persistent_id": "2"},
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": rng.choice(("regular", "quiz")),
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }


def _sticker(rng: Random) -> Json:
    return file(rng, type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="😀")


def _venue(rng: Random) -> Json:
    where = _location(rng)
    return {"venue": {"location": where, "title": CANARY, "address": CANARY}, "location": where}


MEDIA: Mapping[str, Callable[[Random], Json]] = {
    "animation": lambda rng: (f := {"animation": picture(rng) | {"duration": 3}}) | {"document": f["animation"]} | caption(rng),
    "audio": lambda rng: {"audio": file(rng, duration=3, title=CANARY)} | caption(rng),
    "document": lambda rng: {"document": file(rng, file_name=f"{CANARY}.pdf")} | caption(rng),
    "paid_media": lambda rng: {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}} | caption(rng),
    "photo": lambda rng: {"photo": [picture(rng), picture(rng)]} | caption(rng),
    "sticker": lambda rng: {"sticker": _sticker(rng)},
    "story": lambda rng: {"story": {"chat": CHANNEL, "id": 3}},
    "video": lambda rng: {"video": picture(rng) | {"duration": 3}} | caption(rng),
    "video_note": lambda rng: {"video_note": file(rng, length=240, duration=3)},
    "voice": lambda rng: {"voice": file(rng, duration=3)} | caption(rng),
    "contact": lambda rng: {"contact": {"phone_number": PHONE, "first_name": CANARY, "vcard": f"BEGIN:VCARD {CANARY}"}},
    "dice": lambda rng: {"dice": {"emoji": "🎲", "value": rng.randrange(1, 7)}},
    "game": lambda rng: {"game": {"title": CANARY, "description": CANARY, "photo": [picture(rng)]}},
    "poll": lambda rng: {"poll": _poll(rng)},
    "venue": _venue,
    "location": lambda rng: {"location": _location(rng)},
    "live_location": lambda rng: {"location": _live(rng)},
    "checklist": lambda rng: {"checklist": {"title": CANARY, "tasks": [{"id": 1, "text": CANARY}]}},
    "invoice": lambda rng: {
        "invoice": {"title": CANARY, "description": "d", "start_parameter": "", "currency": "GBP", "total_amount": 1}
    },
    "giveaway": lambda rng: {"giveaway": {"chats": [CHANNEL], "winners_selection_date": SENT_AT, "winner_count": 1}},
    "giveaway_winners": lambda rng: {
        "giveaway_winners": {
            "chat": CHANNEL,
            "giveaway_message_id": 3,
            "winners_selection_date": SENT_AT,
            "winner_count": 1,
            "winners": [SOMEBODY],
        }
    },
    "live_photo": lambda rng: {"live_photo": picture(rng) | {"duration": 3}} | caption(rng),
    "unknown": lambda rng: {"hologram": {"title": CANARY, "depth": 3}},
}


SENT = frozenset(MEDIA) - {"live_location", "unknown"}  # fields that hold what somebody has sent; of what is new we cannot know


def service(rng: Random) -> Json:
    """Give what a service message tells."""
    return rng.choice(services(rng))


def services(rng: Random) -> tuple[Json, ...]:
    """Give all that service messages tell; only of a group that moves the crowd tells."""
    who = SOMEBODY
    return (
        {"new_chat_members": [who, BOT]},
        {"left_chat_member": who},
        {"left_chat_member": BOT},
        {"new_chat_title": CANARY},
        {"new_chat_photo": [picture(rng)]},
        {"delete_chat_photo": True},
        {"group_chat_created": True},
        {"supergroup_chat_created": True},
        {"channel_chat_created": True},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"pinned_message": {"message_id": 5, "date": 0, "chat": CHANNEL}},
        {"pinned_message": {"message_id": 5, "date": SENT_AT, "chat": CHANNEL, "text": CANARY}},
        {"successful_payment": _payment()},
        {"refunded_payment": _payment() | {"currency": "XTR"}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": 1, "first_name": CANARY}]}},
        {"chat_shared": {"request_id": 1, "chat_id": -1001}},
        {"connected_website": "example.org"},
        {"write_access_allowed": {"from_request": True}},
        {"passport_data": {"data": [], "credentials": {"data": "eA==", "hash": "eA==", "secret": "eA=="}}},
        {"proximity_alert_triggered": {"traveler": who, "watcher": who, "distance": 3}},
        {"boost_added": {"boost_count": 1}},
        {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
        {"forum_topic_created": {"name": CANARY, "icon_color": 7322096}},
        {"forum_topic_edited": {"name": CANARY}},
        {"forum_topic_edited": {}},
        {"forum_topic_closed": {}},
        {"forum_topic_reopened": {}},
        {"general_forum_topic_hidden": {}},
        {"general_forum_topic_unhidden": {}},
        {"giveaway_created": {}},
        {"giveaway_completed": {"winner_count": 1}},
        {"video_chat_scheduled": {"start_date": SENT_AT}},
        {"video_chat_started": {}},
        {"video_chat_ended": {"duration": 3}},
        {"video_chat_participants_invited": {"users": [who]}},
        {"web_app_data": {"data": CANARY, "button_text": CANARY}},
        {"paid_message_price_changed": {"paid_message_star_count": 3}},
        {"direct_message_price_changed": {"are_direct_messages_enabled": True}},
        {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
        {"something_new": {"happened": CANARY}},
        {"gift": _gift(rng)},
        {"gift_upgrade_sent": _gift(rng)},
        {"unique_gift": _unique_gift(rng)},
        {"checklist_tasks_added": {"tasks": [{"id": 2, "text": CANARY}]}},
        {"suggested_post_approved": {"send_date": SENT_AT}},
        {"suggested_post_approval_failed": {"price": {"currency": "XTR", "amount": 1}}},
        {"suggested_post_declined": {"comment": CANARY}},
        {"suggested_post_paid": {"currency": "XTR", "star_amount": {"amount": 1}}},
        {"suggested_post_refunded": {"reason": "post_deleted"}},
        {"chat_owner_left": {}},
        {"chat_owner_left": {"new_owner": who}},
        {"chat_owner_changed": {"new_owner": who}},
        {"poll_option_added": {"option_persistent_id": "1", "option_text": CANARY}},
        {"poll_option_deleted": {"option_persistent_id": "1", "option_text": CANARY}},
        {"managed_bot_created": {"bot": BOT}},
        {},
    )


def _gift(rng: Random) -> Json:
    return {"gift": {"id": "5", "sticker": _sticker(rng), "star_count": 1}, "text": CANARY}


def _unique_gift(rng: Random) -> Json:
    colors = {"center_color": 1, "edge_color": 2, "symbol_color": 3, "text_color": 4}
    part = {"name": "x", "sticker": _sticker(rng), "rarity_per_mille": 3}
    backdrop = {"name": "x", "colors": colors, "rarity_per_mille": 3}
    gift = {"gift_id": "5", "base_name": "x", "name": "x-1", "number": 1, "model": part, "symbol": part, "backdrop": backdrop}
    return {"gift": gift, "origin": "upgrade"}


def _payment() -> Json:
    return {
        "currency": "GBP",
        "total_amount": 1,
        "invoice_payload": "x",
        "telegram_payment_charge_id": "x",
        "provider_payment_charge_id": "x",
    }


def around(rng: Random, chat: Json, other: int) -> Json:
    """Give what may stand around the content of a message: what it answers, where it came from, by which bot."""
    return {} if rng.random() < 0.7 else rng.choice(surroundings(chat, other))


def surroundings(chat: Json, other: int) -> tuple[Json, ...]:
    """Give all that may stand around the content of a message."""
    return (
        {"forward_origin": {"type": "user", "date": SENT_AT, "sender_user": SOMEBODY}},
        {"forward_origin": {"type": "hidden_user", "date": SENT_AT, "sender_user_name": CANARY}},
        {
            "forward_origin": {
                "type": "channel",
                "date": SENT_AT,
                "chat": CHANNEL,
                "message_id": 3,
                "author_signature": CANARY,
            }
        },
        {"forward_origin": {"type": "chat", "date": SENT_AT, "sender_chat": CHANNEL}, "is_automatic_forward": True},
        {"reply_to_message": {"message_id": other, "date": SENT_AT, "chat": chat, "from": BOT, "text": "x"}},
        {"reply_to_message": {"message_id": other, "date": SENT_AT, "chat": chat, "from": SOMEBODY, "text": CANARY}},
        {"reply_to_message": {"message_id": other, "date": SENT_AT, "chat": chat, "text": CANARY}},
        {
            "external_reply": {"origin": {"type": "hidden_user", "date": SENT_AT, "sender_user_name": CANARY}},
            "quote": {"text": CANARY, "position": 0},
        },
        {"quote": {"text": CANARY, "position": 3, "is_manual": True}},
        {"reply_to_story": {"chat": CHANNEL, "id": 3}},
        {"via_bot": {"id": 99, "is_bot": True, "first_name": "gif"}},
        {"has_protected_content": True},
        {"is_from_offline": True},
        {"media_group_id": "13"},
        {"effect_id": "5", "show_caption_above_media": True, "has_media_spoiler": True},
        {"sender_boost_count": 3, "author_signature": CANARY, "paid_star_count": 7},
        {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "https://example.org"}]]}},
        {"link_preview_options": {"is_disabled": True}},
        {
            "entities": [
                {"type": "bold", "offset": 0, "length": 1},
                {"type": "text_mention", "offset": 0, "length": 1, "user": SOMEBODY},
            ]
        },
        {
            "entities": [
                {"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "5"},
                {"type": "brand_new", "offset": 0, "length": 1},
            ]
        },
        {"some_new_field": {"deep": [[{"er": CANARY}]]}, "another": None},
        {"business_connection_id": "b1"},
        {"direct_messages_topic": {"topic_id": 3}},
        {"message_thread_id": 31, "is_topic_message": True},
        {"message_thread_id": 31},
        {"sender_business_bot": BOT},
        {"sender_tag": CANARY},
        {"is_paid_post": True, "suggested_post_info": {"state": "pending"}},
        {"reply_to_checklist_task_id": 1},
        {"reply_to_poll_option_id": "1"},
        {"guest_query_id": "5", "guest_bot_caller_user": SOMEBODY, "guest_bot_caller_chat": CHANNEL},
    )
