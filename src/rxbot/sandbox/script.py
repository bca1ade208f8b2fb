"""People for tests, stories and the demo page: what somebody can do in a Telegram app, and what they see there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rxbot.errors import Refused
from rxbot.sandbox import html, wire
from rxbot.sandbox.documents import document_of, photo_of, voice_of
from rxbot.sandbox.emoji import EMOJI, IN_COLOUR
from rxbot.sandbox.screen import Document, Seen, screen
from rxbot.sandbox.world import ALL_RIGHTS, CAPTION_LIMIT, TEXT_LIMIT, Chat, Json, Member, Message, Toast, Topic, User

if TYPE_CHECKING:
    from rxbot.sandbox.telegram import Telegram

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
EDIT_SECONDS = 48 * 3600
SOUND, PICTURE = b"OggS\0 a few seconds of sound", b"\xff\xd8\xff\xe0 a picture \xff\xd9"


class NotOnScreen(Refused, LookupError):
    """Somebody reached for a button that is not there."""


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
        if chat.moved_to:
            raise Refused(f"{chat.title} has become a supergroup.", "Use in_group() once more.")
        if chat.members.get(self.user.id, Member("left")).status == "left":
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

    @property
    def documents(self) -> list[Document]:
        """The files others sent into this chat, the newest last."""
        messages = self.chat.messages.values()
        return [Document.of(one) for one in messages if one.media == "document" and one.sender != self.id]

    def types(self, words: str, *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        text, entities = written(words, TEXT_LIMIT)
        return self._sends(topic, reply_to, text=text, entities=entities)

    def sends_voice(self, seconds: int = 3, data: bytes = SOUND, *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        return self._sends(topic, reply_to, content={"voice": voice_of(seconds, data)}, file=data)

    def sends_photo(self, caption: str = "", data: bytes = PICTURE, *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        text, entities = written(caption, CAPTION_LIMIT)
        return self._sends(topic, reply_to, text=text, entities=entities, content={"photo": photo_of(data)}, file=data)

    def sends_document(self, name: str, data: bytes, caption: str = "", *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        if not data:
            raise Refused("A document cannot be empty.")
        text, entities = written(caption, CAPTION_LIMIT)
        content = {"document": document_of(name, data)}
        return self._sends(topic, reply_to, text=text, entities=entities, content=content, file=data)

    def sends_location(self, latitude: float, longitude: float, *, topic: int = 0, reply_to: Seen | int = 0) -> Seen:
        where = {"latitude": latitude, "longitude": longitude}
        return self._sends(topic, reply_to, content={"location": where})

    def reacts(self, message: Seen | int, emoji: str = "") -> None:
        """React to a message with one emoji, or take the reaction back."""
        if emoji and emoji.replace(IN_COLOUR, "") not in EMOJI.split():
            raise Refused(f"{emoji!r} is no reaction.")
        self.telegram.react(self.user, self._message(message), emoji)

    def edits(self, message: Seen | int, words: str) -> Seen:
        """Change the words or the caption of an own message; the bot hears of it unless nothing changed."""
        mine = self._message(message)
        if mine.sender != self.user.id or mine.service:
            raise Refused(f"{self.name} did not write message {mine.id}.")
        if mine.media and not mine.takes_caption:
            raise Refused(f"A {mine.media} cannot be edited.", "Send another.")
        if self.telegram.seconds - mine.at >= EDIT_SECONDS:
            raise Refused("A message can be edited for two days.", "Send another.")
        text, entities = written(words, CAPTION_LIMIT if mine.media else TEXT_LIMIT)
        if not text and not mine.media:
            raise Refused("A message cannot be emptied.")
        if (text, entities) != (mine.text, mine.entities):
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
        raise NotOnScreen(f"{self.name} sees no button {button!r}.", f"There are: {labels}")

    def _sends(self, topic: int, reply_to: Seen | int, **fields: object) -> Seen:
        chat = self.chat
        replied = self._message(reply_to).id if reply_to else 0
        thread = topic or (chat.messages[replied].topic if replied else 0)
        if thread and thread not in chat.topics:
            raise Refused(f"{self.name} sees no topic {thread}.")
        closed = chat.topics[thread].closed if thread else chat.general_closed
        if closed and not chat.members[self.user.id].is_admin:
            name = chat.topics[thread].name if thread else "General"
            raise Refused(f"{self.name} cannot write in {name}: it is closed.")
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

    @property
    def keys(self) -> list[str]:
        """The labels of the reply keyboard below the chat, row by row; none when there is no keyboard."""
        return [key["text"] for key in self._keys]

    def presses(self, label: str) -> Seen:
        """Press a key below the chat, which types its label."""
        key = next((key for key in self._keys if key["text"] == label), None)
        if not key:
            raise NotOnScreen(f"{self.name} sees no key {label!r}.", f"There are: {self.keys}")
        if key.get("request_location"):
            raise Refused(f"{label!r} asks where {self.name} is.", "Use shares_location().")
        if key.get("request_contact"):
            raise Refused(f"{label!r} asks for the number of {self.name}.", "Use shares_contact().")
        self._uses_keyboard()
        return self.types(label)

    def shares_location(self, latitude: float, longitude: float) -> Seen:
        """Press the key that asks for it. The location comes as a reply to the message that brought the keyboard."""
        if not any(key.get("request_location") for key in self._keys):
            raise NotOnScreen(f"Nobody asks where {self.name} is.", f"There are: {self.keys}")
        return self.sends_location(latitude, longitude, reply_to=self._uses_keyboard())

    def shares_contact(self, phone_number: str = "") -> Seen:
        """Press the key that asks for the person's own number. It comes as a reply, as a location does."""
        if not any(key.get("request_contact") for key in self._keys):
            raise NotOnScreen(f"Nobody asks for the number of {self.name}.", f"There are: {self.keys}")
        number = phone_number or f"+4477009{self.id % 100_000:05}"
        contact = {"phone_number": number, "first_name": self.name, "user_id": self.id}
        return self._sends(0, self._uses_keyboard(), content={"contact": contact})

    @property
    def _keys(self) -> list[Json]:
        keyboard = self.chat.reply_keyboard
        return [key for row in keyboard.keys for key in row] if keyboard else []

    def _uses_keyboard(self) -> int:
        """Hide the keyboard if it was for one time; return the message that brought it."""
        keyboard = self.chat.reply_keyboard
        assert keyboard
        if keyboard.one_time:
            self.chat.reply_keyboard = None
        return keyboard.message

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
    """A supergroup, with topics if it is a forum; or a basic group until somebody makes it one."""

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
            self.telegram.move_member(self.chat, by.user if by else self._owner, person.user, "member")
            self._joined(person.user, by)

    def remove(self, person: Person) -> None:
        """Let somebody leave; a bot that is an administrator is told of it."""
        self.telegram.move_member(self.chat, person.user, person.user, "left")

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

    def upgrade(self, *, is_forum: bool = True) -> int:
        """Let the owner make a supergroup of it, as switching topics on does; return the id it had before."""
        if self.chat.type != "group":
            raise Refused(f"{self.chat.title} is a supergroup already.")
        old = self.chat.id
        self.chat = self.telegram.upgrade(self.chat, self._owner, is_forum=is_forum)
        return old

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


def written(words: str, limit: int) -> tuple[str, list[Json]]:
    """Return what an app sends for these words."""
    text, entities = html.plain(words)
    if html.units(text) > limit:
        raise Refused(f"A message holds {limit} letters at most.", "Send it in parts.")
    return text, entities
