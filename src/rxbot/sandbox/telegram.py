"""Telegram itself, in memory: what happens when somebody writes, taps, edits, blocks, and what the bot is told of it.

Everything here is plain and synchronous. `methods.py` is what the bot may do, `script.py` what people do.
"""

import random
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from rxbot.sandbox import saving, wire
from rxbot.sandbox.faults import Fault, Faults
from rxbot.sandbox.limits import Limits
from rxbot.sandbox.refusals import Refusal
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.updates import KEPT_A_DAY, Polls, UpdateQueue, Waiting
from rxbot.sandbox.world import ALL_RIGHTS, Chat, Hook, Json, Member, Message, Profile, Tap, Toast, User

# Beyond 32 bits, as the real ones are, so that a column that is too narrow is found here.
FIRST_PERSON = 7_000_000_001
FIRST_GROUP = -1_001_000_000_001
FIRST_BASIC_GROUP = -4_000_000_001
TOKEN = "8000000001:AAsandboxsandboxsandboxsandbox00000"  # nosec B105  # opens nothing but the sandbox

# The bot is told of these even when it made them itself.
ECHOED = {
    *("pinned_message", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
    *("general_forum_topic_hidden", "general_forum_topic_unhidden"),
}


class Telegram:
    """`now` is the one clock; `calls` are the method names and parameters the bot used; `bells` ring on each change.

    `steady` counts the seconds of real time that a bot is kept waiting.
    `patience` scales how long Telegram makes a bot wait, so that tests need not: 1 is as long as in earnest.
    `strict_polls` holds up getUpdates as Telegram does, `limits` refuses what is too much.
    """

    def __init__(
        self, *, now: Callable[[], datetime], bot_name: str = "rxbot_demo_bot", token: str = TOKEN, title: str = "rxbot"
    ) -> None:
        self.now = now
        self.steady: Callable[[], float] = time.monotonic
        self.token = token
        self.bot = User(int(token.partition(":")[0]), title, bot_name, is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.queue = UpdateQueue()
        self.hook = Hook()
        self.taps: dict[str, Tap] = {}
        self.toasts: list[Toast] = []
        self.profile = Profile()
        self.private_messages = 0
        self.revision = 0
        self.calls: list[tuple[str, Json]] = []
        self.faults = Faults()
        self.bells: set[Callable[[], None]] = set()
        self.patience = 1.0
        self.strict_polls = False
        self.limits: Limits | None = None
        self.polls = Polls()
        self.links: dict[str, tuple[str, float]] = {}

    # The people and their groups

    def person(self, name: str, *, language_code: str = "en", username: str = "") -> Person:
        """Return the person of this name; a new one where there is none yet."""
        known = next((u for u in self.users.values() if u.first_name == name and not u.is_bot), None)
        if known:
            return Person(self, known)
        user = User(FIRST_PERSON + len(self.users) - 1, name, username, language_code)
        self.users[user.id] = user
        self.changed()
        return Person(self, user)

    def group(
        self,
        title: str,
        *,
        members: Iterable[Person] = (),
        is_forum: bool = True,
        type: Literal["supergroup", "group"] = "supergroup",
    ) -> Group:
        """Return the group of this title; a new one, which its first member owns, where there is none yet.

        A "group" is a basic one, as apps make them: it has no topics until it becomes a supergroup.
        """
        known = next((c for c in self.chats.values() if c.title == title and not c.moved_to), None)
        if known:
            return Group(self, known)
        chat = self.open(Chat(self.next_group_id(type), type, title, is_forum and type == "supergroup"))
        for number, person in enumerate(members):
            chat.members[person.id] = Member("member" if number else "creator")
        self.changed()
        return Group(self, chat)

    def next_group_id(self, type: str) -> int:
        first = FIRST_GROUP if type == "supergroup" else FIRST_BASIC_GROUP
        return first - sum(chat.type == type for chat in self.chats.values())

    def upgrade(self, chat: Chat, by: User, *, is_forum: bool) -> Chat:
        """Let a group become a supergroup with a new id; its messages stay behind, where no bot can reach them."""
        new = self.open(Chat(self.next_group_id("supergroup"), "supergroup", chat.title, is_forum, members=dict(chat.members)))
        self.post(chat, by, content={"migrate_to_chat_id": new.id})
        chat.moved_to = new.id
        self.post(new, by, content={"migrate_from_chat_id": chat.id})
        return new

    def open(self, chat: Chat) -> Chat:
        chat.instance = str(random.getrandbits(63))  # nosec B311  # a name, no secret
        return self.chats.setdefault(chat.id, chat)

    @property
    def deliver_twice(self) -> bool:
        """Whether each update is handed out once more after it was confirmed."""
        return self.queue.twice

    @deliver_twice.setter
    def deliver_twice(self, twice: bool) -> None:
        self.queue.twice = twice

    def deliver_again(self, update: Json) -> None:
        """Hand out this update once more, though it was confirmed."""
        if self.hook.url:
            self.queue.pending.insert(0, Waiting(update, self.time + KEPT_A_DAY))
        else:
            self.queue.again.append(update)
        self.changed()

    def refuse_next(self, method: str, refusal: Refusal) -> None:
        """Answer the next call of this method with a refusal: a flood limit, a group that became a supergroup."""
        self.faults.add(Fault.of(refusal, method))

    # What happens

    def post(self, chat: Chat, sender: User, **fields: Any) -> Message:
        """Put a message into a chat and tell the bot if it may see it."""
        message = Message(self.next_message_id(chat), chat.id, sender.id, self.seconds, **fields)
        if message.service == "forum_topic_created":
            message.topic = message.id
        chat.messages[message.id] = message
        if self.bot_sees(chat, message):
            self.tell("message", self.wired(message))
        self.changed()
        return message

    def next_message_id(self, chat: Chat) -> int:
        """Count per supergroup, and over all private chats and basic groups together, as Telegram does."""
        if chat.type != "supergroup":
            self.private_messages += 1
            return self.private_messages
        chat.last_message += 1
        return chat.last_message

    def bot_sees(self, chat: Chat, message: Message) -> bool:
        """Follow privacy mode: an admin sees all; another bot in a group only what is meant for it."""
        here = chat.members.get(self.bot.id, Member("left"))
        if message.sender == self.bot.id:
            return message.service in ECHOED
        if chat.type == "private" or here.is_admin:
            return True
        to_bot = chat.messages.get(message.reply_to)
        meant = message.text.startswith("/") or f"@{self.bot.username}" in message.text
        return here.status == "member" and bool(message.service or meant or (to_bot and to_bot.sender == self.bot.id))

    def edit(self, message: Message, **fields: Any) -> None:
        """Change a message and tell the bot, unless the bot did it."""
        for name, value in fields.items():
            setattr(message, name, value)
        message.edited = self.seconds
        if message.sender != self.bot.id and self.bot_sees(self.chats[message.chat], message):
            self.tell("edited_message", self.wired(message))
        self.changed()

    def tap(self, user: User, message: Message, data: str) -> Tap:
        """Press a button: the bot gets the message as it is now."""
        number = random.getrandbits(62)  # nosec B311  # a name, no secret
        tap = Tap(str(number), user.id, message.chat, message.id, self.time)
        self.taps[tap.id] = tap
        instance = self.chats[message.chat].instance
        who = wire.user_of(user)
        body = {"id": tap.id, "from": who, "message": self.wired(message), "chat_instance": instance, "data": data}
        self.tell("callback_query", body)
        self.changed()
        return tap

    def react(self, user: User, message: Message, emoji: str) -> None:
        """Let somebody react, react differently or take it back; an administrator hears of it who asked for it by name."""
        chat, before = self.chats[message.chat], message.reactions.get(user.id, "")
        if before == emoji:
            return
        message.reactions = {id: one for id, one in (message.reactions | {user.id: emoji}).items() if one}
        if chat.members.get(self.bot.id, Member("left")).is_admin:
            body = {"chat": wire.chat_of(chat, self.users), "message_id": message.id, "user": wire.user_of(user)}
            changed = {"old_reaction": wire.reaction_of(before), "new_reaction": wire.reaction_of(emoji)}
            self.tell("message_reaction", body | {"date": self.seconds} | changed)
        self.changed()

    def move_bot(self, chat: Chat, by: User, status: str, rights: Iterable[str] = ALL_RIGHTS) -> None:
        """Let the bot's standing in a chat change: added, promoted, removed, blocked, unblocked."""
        after = Member(status, list(rights) if status == "administrator" else [])
        self.tell("my_chat_member", self._moved(chat, by, self.bot, after))
        self.changed()

    def move_member(self, chat: Chat, by: User, user: User, status: str) -> None:
        """Let somebody's standing in a group change; only a bot that is an administrator may hear of it."""
        told = self._moved(chat, by, user, Member(status))
        if chat.members.get(self.bot.id, Member("left")).is_admin:
            self.tell("chat_member", told)
        self.changed()

    def _moved(self, chat: Chat, by: User, user: User, after: Member) -> Json:
        before = chat.members.get(user.id, Member("left"))
        chat.members[user.id] = after
        return {
            "chat": wire.chat_of(chat, self.users),
            "from": wire.user_of(by),
            "date": self.seconds,
            "old_chat_member": wire.member_of(user, before),
            "new_chat_member": wire.member_of(user, after),
        }

    def delete(self, chat: Chat, message_ids: Iterable[int]) -> None:
        """Take messages away; no bot is ever told."""
        gone = set(message_ids)
        chat.messages = {id: message for id, message in chat.messages.items() if id not in gone}
        chat.pinned = [id for id in chat.pinned if id not in gone]
        if chat.reply_keyboard and chat.reply_keyboard.message in gone:
            chat.reply_keyboard = None
        self.changed()

    def delete_topic(self, chat: Chat, topic: int) -> None:
        del chat.topics[topic]
        self.delete(chat, [message.id for message in chat.messages.values() if message.topic == topic])

    # The clock, the queue, the state

    def tell(self, kind: str, body: Json) -> None:
        self.queue.put(kind, body, self.time)

    def wired(self, message: Message) -> Json:
        return wire.message_of(message, self.chats[message.chat], self.users)

    @property
    def time(self) -> float:
        return self.now().timestamp()

    @property
    def seconds(self) -> int:
        return int(self.time)

    def changed(self) -> None:
        self.revision += 1
        self.ring()

    def ring(self) -> None:
        """Wake whoever waits, without saying that there is anything new to show."""
        for bell in tuple(self.bells):
            bell()

    def save(self, path: Path) -> None:
        """Write everything to a file, whole or not at all."""
        saving.save(self, path)

    @classmethod
    def load(cls, path: Path, *, now: Callable[[], datetime]) -> "Telegram":
        """Return what was saved, going on with this clock."""
        return saving.load(cls, path, now)
