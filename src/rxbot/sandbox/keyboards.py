"""The keyboards a bot sends: inline ones below a message, and reply keyboards below a private chat."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rxbot.sandbox import refusals as no
from rxbot.sandbox.html import checked_link
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.world import Chat, Json, Keyboard, Message, ReplyKeyboard

# How tall a reply keyboard is drawn is the app's affair, so `resize_keyboard` leaves nothing here.
KNOWN = {"inline_keyboard", "keyboard", "one_time_keyboard", "resize_keyboard", "remove_keyboard", "force_reply"}
# Nothing of these comes back to a bot.
WITHOUT_TRACE = {"input_field_placeholder", "selective", "is_persistent"}
ASKING = {"request_location", "request_contact"}
# Telegram writes down none of these, others have measured them. A label has no limit of its own: it weighs with the rest.
MOST_BUTTONS, MOST_KEYS, MOST_BYTES = 100, 300, 10_240


@dataclass(frozen=True)
class Markup:
    """What may come with a message: an inline keyboard below it, keys below the chat, or that those go."""

    inline: Keyboard
    keys: Keyboard
    one_time: bool
    removes: bool
    forces: bool = False

    @property
    def steers_chat(self) -> bool:
        return bool(self.keys) or self.removes

    @property
    def is_final(self) -> bool:
        return self.steers_chat or self.forces

    def asks(self, what: str) -> bool:
        return any(key.get(what) for row in self.keys for key in row)


def markup_of(raw: Json) -> Markup:
    others = raw.keys() - KNOWN - WITHOUT_TRACE
    if others:
        raise Declined(no.not_here(f"reply markup {min(others)}"))
    markup = Markup(
        inline=rows_of(raw.get("inline_keyboard", []), button_of),
        keys=rows_of(raw.get("keyboard", []), key_of),
        one_time=bool(raw.get("one_time_keyboard")),
        removes=bool(raw.get("remove_keyboard")),
        forces=bool(raw.get("force_reply")),
    )
    few = sum(map(len, markup.inline)) <= MOST_BUTTONS and sum(map(len, markup.keys)) <= MOST_KEYS
    require(few and weight_of(raw) <= MOST_BYTES, no.MARKUP_TOO_LONG)
    return markup


def weight_of(raw: Json) -> int:
    """Count the bytes of a markup as the shortest JSON."""
    return len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode())


def inline_of(raw: Json) -> Keyboard:
    """Read what an edit may bring: an inline keyboard or none."""
    markup = markup_of(raw)
    require(not markup.is_final, no.INLINE_EXPECTED)
    return markup.inline


def rows_of(rows: list[list[Any]], read: Callable[[Any], Json]) -> Keyboard:
    """Read the rows; what has no label is left out."""
    require(isinstance(rows, list) and all(isinstance(row, list) for row in rows), no.KEYBOARD_NO_ROWS)
    kept = [[button for button in map(read, row) if button["text"]] for row in rows]
    return [row for row in kept if row]


def button_of(button: Json) -> Json:
    require(isinstance(button, dict), no.BUTTON_NO_OBJECT)
    require("text" in button, no.BUTTON_TEXT_MISSING)
    kinds = button.keys() - {"text"}
    if kinds == {"callback_data"}:
        require(1 <= len(str(button["callback_data"]).encode()) <= 64, no.BUTTON_DATA_INVALID)
    elif kinds == {"url"}:
        require(checked_link(str(button["url"])), no.wrong_button_url(button["url"]))
    else:
        raise Declined(no.not_here(f"button with {', '.join(sorted(kinds))}") if kinds else no.BUTTON_DOES_NOTHING)
    return button


def key_of(key: Json | str) -> Json:
    """Read a key of a reply keyboard: it types its text, or asks where the person is or for their number."""
    named = {"text": key} if isinstance(key, str) else key
    require(isinstance(named, dict), no.KEY_NO_OBJECT)
    require("text" in named, no.KEY_TEXT_MISSING)
    others = named.keys() - {"text"} - ASKING
    if others:
        raise Declined(no.not_here(f"key with {', '.join(sorted(others))}"))
    return named


def check(chat: Chat, markup: Markup) -> None:
    """Refuse what cannot stand below this chat."""
    private = chat.type == "private"
    require(private or not markup.asks("request_location"), no.LOCATION_IN_PRIVATE_ONLY)
    require(private or not markup.asks("request_contact"), no.CONTACT_IN_PRIVATE_ONLY)
    require(private or not markup.is_final, no.not_here("reply keyboard in a group"))


def steer(chat: Chat, message: Message, markup: Markup) -> None:
    """Let the newest keys stand below the chat; there is at most one keyboard."""
    if markup.keys:
        chat.reply_keyboard = ReplyKeyboard(message.id, markup.keys, markup.one_time)
    elif markup.removes:
        chat.reply_keyboard = None
