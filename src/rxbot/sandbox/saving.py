"""The whole of Telegram as one JSON file, so that the demo can be killed and come back with its chats."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rxbot.sandbox.updates import UpdateQueue, Waiting
from rxbot.sandbox.world import Chat, Hook, Json, Member, Message, Profile, ReplyKeyboard, Tap, Toast, Topic, User

if TYPE_CHECKING:
    from rxbot.sandbox.telegram import Telegram


LEAP = 1000


def save(telegram: Telegram, path: Path) -> None:
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(frozen(telegram), file, ensure_ascii=False, default=as_text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def load(kind: type[Telegram], path: Path, now: Callable[[], datetime]) -> Telegram:
    saved = json.loads(path.read_text(encoding="utf-8"))
    bot = User(**saved["bot"])
    telegram = kind(now=now, bot_name=bot.username, token=saved["token"], title=bot.first_name)
    telegram.users |= {user["id"]: User(**user) for user in saved["users"]}
    telegram.bot = telegram.users[bot.id]
    telegram.chats = {chat["id"]: thawed_chat(chat) for chat in saved["chats"]}
    telegram.queue = UpdateQueue(**saved["queue"] | {"pending": [Waiting(**w) for w in saved["queue"]["pending"]]})
    telegram.taps = {tap["id"]: Tap(**tap) for tap in saved["taps"]}
    telegram.toasts = [Toast(**toast) for toast in saved["toasts"]]
    telegram.profile = Profile(**saved["profile"])
    telegram.hook = Hook(**saved.get("hook", {}))
    telegram.private_messages, telegram.revision = saved["private_messages"], saved["revision"]
    # What happened just before a kill may not be saved. Numbers given out then must not be given out again.
    telegram.queue.next_id += LEAP
    telegram.private_messages += LEAP
    for chat in telegram.chats.values():
        chat.last_message += LEAP
    return telegram


def frozen(telegram: Telegram) -> Json:
    return {
        "token": telegram.token,
        "bot": asdict(telegram.bot),
        "users": [asdict(user) for user in telegram.users.values()],
        "chats": [asdict(chat) for chat in telegram.chats.values()],
        "queue": asdict(telegram.queue),
        "taps": [asdict(tap) for tap in telegram.taps.values()],
        "toasts": [asdict(toast) for toast in telegram.toasts],
        "profile": asdict(telegram.profile),
        "hook": asdict(telegram.hook),
        "private_messages": telegram.private_messages,
        "revision": telegram.revision,
    }


def as_text(file: bytes) -> str:
    return base64.b64encode(file).decode()


def thawed_chat(saved: Json) -> Chat:
    """JSON turns the ids that are keys into strings; make them numbers again."""
    made: dict[str, Callable[..., object]] = {"members": Member, "messages": thawed_message, "topics": Topic}
    kept: Json = {name: {int(id): make(**value) for id, value in saved[name].items()} for name, make in made.items()}
    keyboard = saved.get("reply_keyboard")
    return Chat(**saved | kept | {"reply_keyboard": ReplyKeyboard(**keyboard) if keyboard else None})


def thawed_message(*, file: str = "", reactions: dict[str, str] | None = None, **saved: Any) -> Message:
    by_person = {int(person): emoji for person, emoji in (reactions or {}).items()}
    return Message(**saved, file=base64.b64decode(file), reactions=by_person)
