"""Updates beside what people write: memberships, kinds we never asked for, orders of workers, and what breaks the schema."""

from random import Random
from typing import Any

from fuzz.bodies import BOT, CHANNEL, SENT_AT, SOMEBODY, Json, media, private, user
from fuzz.odd_words import CANARY, odd, wall

RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_react_to_messages", "can_manage_tags",
)  # fmt: skip
PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_edit_tag", "can_react_to_messages",
)  # fmt: skip
ORDERS = (
    "/r {odd}", "/r {wall}", "/r", "/R hello", "/r@rxbot hello", "/r@other hello", "/say", "/say good_time", "/say safe",
    "/say {odd}", "/SAY ring_when", "/refer", "/refer 1", "/refer 2 because {odd}", "/refer 999", "/refer ١",
    "/refer {odd}", '/refer "{odd}"', '/refer "{wall}"', "/refer {wall}", "/refer food bank", "/outcome 1 attended",
    "/outcome 1 need_met", "/outcome ١ not_met", "/outcome 99999999999999999999999 attended", "/outcome {odd}",
    "/outcome 0 attended", "/capacity", "/capacity 1 open", "/capacity {odd} full", "/capacity {wall} waiting 6",
    "/signpost", "/signpost 1", "/signpost {odd}", "/signpost {wall}",
    "/signpost Cafe, 01632 960001", "/signpost {wall}, x", "/clinic soon {odd}", "/clinic urgent {wall}",
    "/clinic routine", "/clinic {odd}", "/step 1 {odd}", "/step 1 {wall}", "/step 2 walk", "/step ١ walk", "/step 99 x",
    "/step {odd}", "/note {odd}", "/note {wall}", "/note", "/snooze 3d", "/snooze 12h", "/snooze 0d", "/snooze 99d",
    "/snooze ٣h", "/snooze {odd}", "/bot", "/bot now", "/help", "/start", "/nothing", "/bind wrong", "/{odd}",
)  # fmt: skip
RARE_ORDERS = ("/stop_contact other", "/stop_contact died", "/stop_contact admitted", "/stop_contact", "/stop_contact {odd}")


def order(rng: Random) -> str:
    """Give a command as a worker types it, with odd words behind it."""
    chosen = rng.choice(RARE_ORDERS if rng.random() < 0.02 else ORDERS)
    return chosen.replace("{odd}", odd(rng)).replace("{wall}", wall(rng, 4096))


def moved(chat: Json, by: Json, whom: Json, before: str, after: str) -> Json:
    """Tell of somebody's standing in a chat."""
    return {
        "chat": chat,
        "from": by,
        "date": SENT_AT,
        "old_chat_member": _standing(whom, before),
        "new_chat_member": _standing(whom, after),
    }


def _standing(whom: Json, status: str) -> Json:
    more: dict[str, Json] = {
        "creator": {"is_anonymous": False},
        "administrator": {"can_be_edited": False, "is_anonymous": True, **dict.fromkeys(RIGHTS, True)},
        "restricted": {"is_member": True, "until_date": 0, **dict.fromkeys(PERMISSIONS, False)},
        "kicked": {"until_date": 0},
    }
    return {"user": whom, "status": status, **more.get(status, {})}


def unknown(rng: Random, chat_id: int) -> Json:
    """Give a kind of update that we never asked for, or that is not invented yet: all of them are nothing."""
    return rng.choice(unknowns(rng, chat_id))


def unknowns(rng: Random, chat_id: int) -> tuple[Json, ...]:
    """Give all of these kinds."""
    who, chat = user(chat_id, f"Nomen{CANARY}"), private(chat_id, CANARY)
    message = {
        "message_id": 5,
        "date": SENT_AT,
        "chat": chat,
        "from": who,
        **(media(rng) if rng.random() < 0.5 else {"text": odd(rng)}),
    }
    post = {"message_id": 5, "date": SENT_AT, "chat": CHANNEL, "sender_chat": CHANNEL, "text": CANARY}
    reaction = {
        "chat": chat,
        "message_id": 5,
        "date": SENT_AT,
        "user": who,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "👍"}, {"type": "paid"}],
    }
    boost = {"boost_id": "1", "add_date": SENT_AT, "expiration_date": SENT_AT, "source": {"source": "premium", "user": who}}
    poll = {
        "id": "1",
        "question": CANARY,
        "options": [],
        "total_voter_count": 0,
        "is_closed": True,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return (
        {"channel_post": post},
        {"guest_message": message},
        {"managed_bot": {"user": who, "bot": BOT}},
        {"edited_channel_post": {**post, "edit_date": SENT_AT}},
        {"business_connection": {"id": "b", "user": who, "user_chat_id": chat_id, "date": SENT_AT, "is_enabled": True}},
        {"business_message": {**message, "business_connection_id": "b"}},
        {"edited_business_message": {**message, "business_connection_id": "b"}},
        {"deleted_business_messages": {"business_connection_id": "b", "chat": chat, "message_ids": [1, 2]}},
        {"message_reaction": reaction},
        {"message_reaction": {**reaction, "new_reaction": [{"type": "custom_emoji", "custom_emoji_id": "5"}]}},
        {"message_reaction_count": {"chat": chat, "message_id": 5, "date": SENT_AT, "reactions": []}},
        {"inline_query": {"id": "1", "from": who, "query": odd(rng), "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": who, "query": CANARY}},
        {"shipping_query": {"id": "1", "from": who, "invoice_payload": CANARY, "shipping_address": _address()}},
        {"pre_checkout_query": {"id": "1", "from": who, "currency": "GBP", "total_amount": 1, "invoice_payload": CANARY}},
        {"purchased_paid_media": {"from": who, "paid_media_payload": CANARY}},
        {"poll": poll},
        {"poll_answer": {"poll_id": "1", "user": who, "option_ids": [0], "option_persistent_ids": ["1"]}},
        {"poll_answer": {"poll_id": "1", "voter_chat": CHANNEL, "option_ids": [], "option_persistent_ids": []}},
        {"my_chat_member": moved(CHANNEL, SOMEBODY, BOT, "left", "administrator")},
        {"chat_member": moved({"id": -1007, "type": "supergroup", "title": "x"}, SOMEBODY, SOMEBODY, "member", "left")},
        {"my_chat_member": moved(private(77, "x"), user(77, "x"), BOT, "member", "kicked")},
        {"my_chat_member": moved(private(77, "x"), user(77, "x"), BOT, "member", "banished")},
        {"chat_join_request": {"chat": CHANNEL, "from": who, "user_chat_id": chat_id, "date": SENT_AT, "bio": CANARY}},
        {"chat_boost": {"chat": CHANNEL, "boost": boost}},
        {"removed_chat_boost": {"chat": CHANNEL, "boost_id": "1", "remove_date": SENT_AT, "source": boost["source"]}},
        {"telepathy": {"chat": chat, "thought": CANARY}},
        {"telepathy": 5},
        {"telepathy": None},
        {},
    )


def _address() -> Json:
    return {"country_code": "GB", "state": "", "city": CANARY, "street_line1": CANARY, "street_line2": "", "post_code": "x"}


def absurd(rng: Random, sender: int, place: Json | None = None) -> Json:
    """Give an update that breaks the schema. It may be set aside; nobody else may be kept by it. `place`: a topic of a group."""
    whole: Json = {
        "message_id": 5,
        "date": SENT_AT,
        "chat": private(sender, CANARY),
        "from": user(sender, CANARY),
        "text": CANARY,
        **(place or {}),
    }
    key = rng.choice(tuple(whole))
    word = "x" if key == "message_id" else CANARY  # by its number a message is named in the data: nobody wrote that
    return rng.choice(
        (
            {"message": {name: value for name, value in whole.items() if name != key}},
            {"message": {**whole, key: _wrong(rng, word)}},
            {"message": {**whole, "chat": {**whole["chat"], rng.choice(("id", "type")): _wrong(rng)}}},
            {
                "message": {
                    **whole,
                    "from": {**whole["from"], rng.choice(("id", "is_bot", "first_name", "language_code")): _wrong(rng)},
                }
            },
            {"message": {**whole, "entities": _wrong(rng)}},
            {
                "message": {
                    **whole,
                    "text": "/x",
                    "entities": [{"type": "bot_command", "offset": 0, "length": rng.choice((-1, 0, 2**40))}],
                }
            },
            {"message": {**whole, "location": _wrong(rng)}},
            {"message": {**whole, "reply_to_message": _wrong(rng)}},
            {"message": {**whole, "message_thread_id": _wrong(rng)}},
            {"message": _wrong(rng)},
            {"edited_message": {**whole, key: _wrong(rng, word)}},
            {"callback_query": _wrong(rng)},
            {
                "callback_query": {
                    "id": "1",
                    "from": whole["from"],
                    "message": _wrong(rng),
                    "data": _wrong(rng),
                    "chat_instance": "1",
                }
            },
            {"callback_query": {"id": "1", "message": whole, "data": "abcd.1~stop", "chat_instance": "1"}},
            {"my_chat_member": _wrong(rng)},
            {"my_chat_member": {"chat": whole["chat"], "from": whole["from"], "date": SENT_AT}},
            {"chat_member": {"chat": whole["chat"], "new_chat_member": _wrong(rng)}},
            {"message": whole, "callback_query": {"id": "1"}},
            {"message": {**whole, "text": "\ud83d half of a pair"}},
            {"message": {**whole, "text": "a\x00b"}},
            {"message": {**whole, "text": ""}},
        )
    )


def _wrong(rng: Random, word: str = CANARY) -> Any:
    deep: Any = word
    for _ in range(200):
        deep = [deep] if rng.random() < 0.5 else {"x": deep}
    return rng.choice(
        (
            None,
            True,
            -1,
            0,
            2**31,
            2**63,
            10**400,
            -(2**64),
            1.5,
            float("1e308"),
            "",
            word,
            "5",
            [],
            [1],
            {},
            {"id": 1},
            deep,
            [None],
            "🙂" * 9000,
        )
    )
