"""What the demo page asks for: everything on all screens, acting as somebody, and the documents that were sent."""

import base64
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rxbot.errors import Refused
from rxbot.sandbox.screen import Document, Seen, screen
from rxbot.sandbox.script import Person, Seat
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Chat, Json

# A page that was sent opens in the browser, but as a stranger here: it may run nothing, load nothing, and reach nothing.
FILE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def state(telegram: Telegram, since: int) -> Json:
    """Return everything, or only the revision if nothing changed since that one."""
    if since == telegram.revision:
        return {"revision": telegram.revision}
    return {
        "revision": telegram.revision,
        "now": telegram.now().isoformat(),
        "bot": asdict(telegram.bot),
        "people": [person_of(telegram, user.id) for user in telegram.users.values() if not user.is_bot],
        "chats": [chat_of(telegram, chat) for chat in telegram.chats.values() if not chat.moved_to],
        "toasts": [asdict(toast) for toast in telegram.toasts],
    }


def person_of(telegram: Telegram, user_id: int) -> Json:
    person = Person(telegram, telegram.users[user_id])
    chat = telegram.chats.get(user_id)
    standing = chat.members[telegram.bot.id].status if chat else "left"
    return asdict(person.user) | {"started": chat is not None, "blocked": standing == "kicked", "commands": person.menu}


def chat_of(telegram: Telegram, chat: Chat) -> Json:
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title or telegram.users[chat.id].first_name,
        "is_forum": chat.is_forum,
        "members": list(chat.members),
        "topics": [asdict(topic) for topic in chat.topics.values()],
        "pinned": chat.pinned,
        "keys": chat.reply_keyboard.keys if chat.reply_keyboard else [],
        "messages": [_drawn(seen) for seen in screen(chat, telegram.users)],
    }


def opened_file(telegram: Telegram, chat: int, message: int) -> Response:
    """Give a document to the browser: a page to look at, anything else to keep."""
    found = telegram.chats[chat].messages.get(message) if chat in telegram.chats else None
    if not found or found.media != "document":
        raise HTTPException(404)
    document = Document.of(found)
    way = "inline" if document.mime == "text/html" else "attachment"
    headers = {
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Security-Policy": FILE_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(document.data, media_type=document.mime, headers=headers)


def act(telegram: Telegram, asked: Json) -> Json:
    """Do what somebody does in their app: {"who": id or name, "chat": id, "do": "type", "text": ...}."""
    user = next((u for u in telegram.users.values() if asked.get("who") in (u.id, u.first_name) and not u.is_bot), None)
    if not user:
        raise Refused(f"There is nobody called {asked.get('who')!r}.")
    if asked.get("do") not in ACTS:
        raise Refused(f"Nobody can {asked.get('do')!r}.", f"They can {', '.join(ACTS)}.")
    try:
        done = ACTS[asked["do"]](Person(telegram, user), Seat(telegram, user, asked.get("chat", user.id)), asked)
    except KeyError as missing:
        raise Refused(f"To {asked['do']}, say {missing} too.") from None
    return _drawn(done) if isinstance(done, Seen) else {"url": done or ""}


def where(asked: Json) -> Json:
    return {"topic": asked.get("topic", 0), "reply_to": asked.get("reply_to", 0)}


ACTS: dict[str, Callable[[Person, Seat, Json], Any]] = {
    "open_link": lambda person, _, asked: person.opens_link(asked.get("payload", "")),
    "block": lambda person, _, __: person.blocks(),
    "unblock": lambda person, _, __: person.unblocks(),
    "type": lambda _, seat, asked: seat.types(asked["text"], **where(asked)),
    "voice": lambda _, seat, asked: seat.sends_voice(**where(asked)),
    "photo": lambda _, seat, asked: seat.sends_photo(asked.get("text", ""), **where(asked)),
    "document": lambda _, seat, asked: seat.sends_document(
        asked["name"], base64.b64decode(asked["data"]), asked.get("text", ""), **where(asked)
    ),
    "location": lambda _, seat, asked: seat.sends_location(*asked["place"], **where(asked)),
    "press": lambda person, _, asked: person.presses(asked["key"]),
    "share_location": lambda person, _, asked: person.shares_location(*asked["place"]),
    "share_contact": lambda person, _, asked: person.shares_contact(asked.get("number", "")),
    "react": lambda _, seat, asked: seat.reacts(asked["message"], asked.get("emoji", "")),
    "edit": lambda _, seat, asked: seat.edits(asked["message"], asked["text"]),
    "tap": lambda _, seat, asked: seat.taps(asked["button"], asked.get("message", 0)),
}


def _drawn(seen: Seen) -> Json:
    return asdict(seen) | {"html": seen.html}
