"""People for tests, stories and the demo page: what somebody can do in a Telegram app, and what they see there."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rxbot.errors import Refused
from rxbot.sandbox import html, wire
from rxbot.sandbox.screen import Seen, screen
from rxbot.sandbox.world import ALL_RIGHTS, TEXT_LIMIT, Chat, Json, Member, Message, Toast, Topic, User

if TYPE_CHECKING:
    from rxbot.sandbox.telegram import Telegram

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Seat:
    """Somebody in one chat."""

    def __init__(self, telegram: Telegram, user: User, chat_id: int) -> None:
        self.telegram = telegram
        self.user = user
        self.chat_id = chat_id

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    @property
    def chat(self) -> Chat:
        """Return the chat, if this person can write there now."""
        chat = self.telegram.chats.get(self.chat_id)
        if not chat:
            raise Refused(f"{self.name} has not pressed Start.", "Use opens_link() first.")
        if chat.type == "private" and chat.members[self.telegram.bot.id].status == "kicked":
            raise Refused(f"{self.name} has blocked the bot.", "Use unblocks() first.")
        if self.user.id not in chat.members:
            raise Refused(f"{self.name} is not in {chat.title}.", "Use group.add() first.")
        return chat

    @property
    def screen(self) -> list[Seen]:
        """What is in the chat, the newest last; nothing before Start was pressed."""
        chat = self.telegram.chats.get(self.chat_id)
        return screen(chat, self.telegram.users) if chat else []

    @property
    def toasts(self) -> list[Toast]:
        """The bot's answers to taps in this chat, the newest last."""
        return [t for t in self.telegram.toasts if (t.user, t.chat) == (self.user.id, self.chat_id)]

    def types(self, words: str, *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        text, entities = html.plain(words)
        if html.units(text) > TEXT_LIMIT:
            raise Refused(f"A message holds {TEXT_LIMIT} letters at most.", "Send it in parts.")
        return self._sends(topic, reply_to, text=text, entities=entities)

    def sends_voice(self, seconds: int = 3, *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        voice = file_ids() | {"duration": seconds, "mime_type": "audio/ogg"}
        return self._sends(topic, reply_to, content={"voice": voice})

    def sends_photo(self, caption: str = "", *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        text, entities = html.plain(caption)
        sizes = [file_ids() | {"width": side, "height": side} for side in (90, 800)]
        return self._sends(topic, reply_to, text=text, entities=entities, content={"photo": sizes})

    def edits(self, message: Seen | int, words: str) -> Seen:
        mine = self._message(message)
        if mine.sender != self.user.id:
            raise Refused(f"{self.name} did not write message {mine.id}.")
        text, entities = html.plain(words)
        self.telegram.edit(mine, text=text, entities=entities)
        return self._seen(mine)

    def taps(self, button: str, message: Seen | int = 0) -> str:
        """Tap the newest button with this data or label (or the one on this message); return its link if it has one."""
        chat = self.chat
        messages = [self._message(message)] if message else [*reversed(chat.messages.values())]
        for candidate in messages:
            for key in (key for row in candidate.keyboard for key in row):
                if button in (key.get("callback_data"), key["text"]):
                    if "url" in key:
                        return str(key["url"])
                    self.telegram.tap(self.user, candidate, key["callback_data"])
                    return ""
        labels = [key["text"] for candidate in messages for row in candidate.keyboard for key in row]
        raise Refused(f"{self.name} sees no button {button!r}.", f"There are: {labels}")

    def _sends(self, topic: int, reply_to: Seen | int, **fields: object) -> Seen:
        chat = self.chat
        replied = self._message(reply_to).id if reply_to else 0
        thread = topic or (chat.messages[replied].topic if replied else 0)
        if thread and thread not in chat.topics:
            raise Refused(f"{self.name} sees no topic {thread}.")
        if thread and chat.topics[thread].closed and not chat.members[self.user.id].is_admin:
            raise Refused(f"{self.name} cannot write in {chat.topics[thread].name}: it is closed.")
        return self._seen(self.telegram.post(chat, self.user, topic=thread, reply_to=replied, **fields))

    def _message(self, message: Seen | int) -> Message:
        found = self.chat.messages.get(message.id if isinstance(message, Seen) else message)
        if not found:
            raise Refused(f"{self.name} sees no message {message!r}.")
        return found

    def _seen(self, message: Message) -> Seen:
        return Seen.of(message, self.chat, self.telegram.users)


class Person(Seat):
    """Somebody with a phone, in their private chat with the bot."""

    def __init__(self, telegram: Telegram, user: User) -> None:
        super().__init__(telegram, user, user.id)

    def opens_link(self, payload: str = "") -> Seen:
        """Open t.me/<bot>?start=<payload> and press Start, which also unblocks the bot."""
        if not PAYLOAD.fullmatch(payload):
            raise Refused(f"{payload!r} cannot be in a link.", "Use up to 64 of A-Z a-z 0-9 _ and -.")
        new = Chat(self.user.id, "private", members={self.user.id: Member("member"), self.bot.id: Member("member")})
        self.telegram.open(new)
        self.unblocks()
        return self.types(f"/start {payload}".strip())

    def blocks(self) -> None:
        self._turns_bot("kicked")

    def unblocks(self) -> None:
        self._turns_bot("member")

    def in_group(self, group: Group) -> Seat:
        return Seat(self.telegram, self.user, group.id)

    @property
    def bot(self) -> User:
        return self.telegram.bot

    @property
    def menu(self) -> list[Json]:
        """The commands the person's app offers, in their language where there are any."""
        return self.telegram.profile.menu(self.user.language_code, "all_private_chats")

    def _turns_bot(self, status: str) -> None:
        chat = self.telegram.chats.get(self.chat_id)
        if chat and chat.members[self.bot.id].status != status:
            self.telegram.move_bot(chat, self.user, status)


class Group:
    """A supergroup, with topics if it is a forum."""

    def __init__(self, telegram: Telegram, chat: Chat) -> None:
        self.telegram = telegram
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def topics(self) -> list[Topic]:
        return list(self.chat.topics.values())

    def screen(self, topic: int | None = None) -> list[Seen]:
        """What is in the group; with `topic`, only that thread (0 is what is in none)."""
        seen = screen(self.chat, self.telegram.users)
        return [message for message in seen if topic in (None, message.topic)]

    def add(self, *people: Person, by: Person | None = None) -> None:
        for person in people:
            self.chat.members[person.id] = Member("member")
            self._joined(person.user, by)

    def add_bot(
        self,
        *,
        admin: bool = True,
        can_manage_topics: bool = True,
        can_pin_messages: bool = True,
        can_delete_messages: bool = True,
    ) -> None:
        """Add the bot, or give it other rights when it is there."""
        was_here = self.chat.members.get(self.telegram.bot.id, Member("left")).status not in ("left", "kicked")
        wanted = (can_manage_topics, can_pin_messages, can_delete_messages)
        rights = [right for right, given in zip(ALL_RIGHTS, wanted, strict=True) if given]
        self.telegram.move_bot(self.chat, self._owner, "administrator" if admin else "member", rights)
        if not was_here:
            self._joined(self.telegram.bot, None)

    def remove_bot(self) -> None:
        self.telegram.move_bot(self.chat, self._owner, "kicked")

    def delete_topic(self, topic: int) -> None:
        """Delete a topic with all its messages, of which no bot is told."""
        self.telegram.delete_topic(self.chat, topic)

    def _joined(self, user: User, by: Person | None) -> None:
        sender = by.user if by else self._owner
        self.telegram.post(self.chat, sender, content={"new_chat_members": [wire.user_of(user)]})

    @property
    def _owner(self) -> User:
        owners: Iterable[int] = (id for id, member in self.chat.members.items() if member.status == "creator")
        owner = next(iter(owners), None)
        if owner is None:
            raise Refused(f"{self.chat.title} has no members.", "Name some: group(title, members=[...]).")
        return self.telegram.users[owner]


def file_ids() -> Json:
    name = f"{random.getrandbits(256):064x}"
    return {"file_id": f"AwAC{name}", "file_unique_id": name[:15]}
