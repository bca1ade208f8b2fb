"""Everybody's screens: a channel that keeps what it is sent, and refuses what Telegram would refuse."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import icalendar

from fuzz.complaints import Complaints
from rxbot.channels.telegram.send import PIECE, pieces, plain
from rxbot.episode.phrases import CHANGED_LATER
from rxbot.outbox.channel import ChatClosed, ChatMoved, Impossible, Key, Keyboard, TooLong, TopicGone
from rxbot.outbox.delivery import CHOSEN
from rxbot.sandbox import html as telegram_html
from rxbot.sandbox.keyboards import markup_of
from rxbot.sandbox.refusals import Declined
from rxbot.sandbox.world import CAPTION_LIMIT, TEXT_LIMIT
from rxbot.store.outbox_rows import Destination

MOST_BUTTONS = 100
LABEL_LIMIT = 128  # Telegram names none; what is longer is cut on every phone
TITLE_LIMIT = 128
KEPT = 40  # messages of ours in a chat
NEVER_COPIED = ("paid_media", "game", "story", "checklist", "invoice", "giveaway", "giveaway_winners", "unknown", "service")


@dataclass
class Seen:
    """A message of ours as it stands on a screen."""

    id: int
    thread: int | None
    text: str
    keyboard: Keyboard = ()
    file: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """The buttons that come back to us."""
        return tuple(key for row in self.keyboard for key in row if key.data)

    @property
    def open_keys(self) -> tuple[Key, ...]:
        """Those that are not ticked."""
        return tuple(key for key in self.keys if not key.label.startswith(CHOSEN))


@dataclass
class Phones:
    """The screens by chat, who has blocked us, and which topics are deleted."""

    complaints: Complaints
    chats: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    last: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    blocked: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)  # groups that have another number now
    topics: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    uncopied: set[str] = field(default_factory=set)
    copied: list[str] = field(default_factory=list)
    letters: int = 0

    def number(self, chat: str) -> int:
        """Give the number of the next message in a chat, whoever writes it."""
        self.last[chat] += 1
        return self.last[chat]

    def newest_with_keys(self, chat: str) -> Seen | None:
        return next((one for one in reversed(self.chats[chat]) if one.keys), None)

    def in_topic(self, chat: str, thread: int) -> Iterator[Seen]:
        """Give what stands in a topic, the newest first."""
        return (one for one in reversed(self.chats[chat]) if one.thread == thread)

    def delete(self, chat: str, thread: int) -> None:
        """Delete a topic, as somebody of the staff may, of which no bot is told."""
        self.topics[chat].discard(thread)
        self.chats[chat] = [one for one in self.chats[chat] if one.thread != thread]

    # The Channel

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        if html.startswith(CHANGED_LATER.english) and telegram_html.units(words := plain(html)) > TEXT_LIMIT:
            raise TooLong(tuple(pieces(words, PIECE)))  # a person's words alone do fit
        return self._shown(to, self._worded(html, TEXT_LIMIT, keyboard), keyboard, reply_to)

    async def ask_where(self, to: Destination, html: str, label: str) -> str:
        if label:
            self._checked_label(label)
        return self._shown(to, self._worded(html, TEXT_LIMIT, ()), (), "")

    async def give(self, to: Destination, name: str, mime: str, content: bytes, caption_html: str) -> str:
        if mime == "text/calendar":
            icalendar.Calendar.from_ical(content.decode())
        if mime == "application/json":
            json.loads(content)
        self._check(bool(content and name), "an empty file", name)
        text = self._worded(caption_html, CAPTION_LIMIT, ())
        return self._shown(to, text, (), "", file=True)

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        text = self._worded(html, TEXT_LIMIT, keyboard)
        one = self._found(to, message)
        if one and not one.file:
            one.text, one.keyboard = text, keyboard
        return one is not None

    async def rewrite_caption(self, to: Destination, message: str, html: str) -> bool:
        self._worded(html, CAPTION_LIMIT, (), may_be_empty=True)
        return self._found(to, message) is not None

    async def redraw(self, to: Destination, message: str, keyboard: Keyboard) -> None:
        self._check_keyboard(keyboard)
        if one := self._found(to, message):
            one.keyboard = keyboard

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        message = source.partition(":")[2]
        if source in self.uncopied or not message.isdigit():  # of an update that broke the schema
            raise Impossible("not_there")
        self.copied.append(source)
        return self._shown(to, "(a copy)", (), reply_to)

    async def open_topic(self, address: str, title: str) -> int:
        self._check(0 < telegram_html.units(title.strip()) <= TITLE_LIMIT, "a topic without a title", title)
        self._reached(address)
        thread = self.number(address)
        self.topics[address].add(thread)
        return thread

    async def rename_topic(self, to: Destination, title: str) -> None:
        self._check(0 < telegram_html.units(title.strip()) <= TITLE_LIMIT, "a topic without a title", title)

    async def reopen_topic(self, to: Destination) -> None:
        self._check(to.thread is not None, "no topic to open again", to.address)

    async def close_topic(self, to: Destination) -> None:
        self._check(to.thread is not None, "no topic to close", to.address)

    async def delete_topic(self, address: str, thread: int) -> None:
        self.delete(address, thread)

    # What Telegram refuses

    def _shown(self, to: Destination, text: str, keyboard: Keyboard, reply_to: str, file: bool = False) -> str:
        self._check(not reply_to or reply_to.isdigit(), "an answer to no message", reply_to)
        self._reached(to.address)
        if to.thread is not None and to.thread not in self.topics[to.address]:
            raise TopicGone
        one = Seen(self.number(to.address), to.thread, text, keyboard, file)
        screen = self.chats[to.address]
        screen.append(one)
        del screen[: -KEPT * (10 if to.thread else 1)]
        self.letters += 1
        return str(one.id)

    def _reached(self, address: str) -> None:
        if address in self.moved:
            raise ChatMoved(self.moved[address])
        if address in self.blocked:
            raise ChatClosed

    def _found(self, to: Destination, message: str) -> Seen | None:
        self._reached(to.address)
        return next((one for one in self.chats[to.address] if str(one.id) == message), None)

    def _worded(self, html: str, limit: int, keyboard: Keyboard, may_be_empty: bool = False) -> str:
        self._check_keyboard(keyboard)
        try:
            text, _ = telegram_html.parse(html)
        except Declined as no:
            raise self._refused(no.refusal.description, html) from no
        self._check(may_be_empty or bool(text), "a text that is empty", html)
        self._check(telegram_html.units(text) <= limit, f"a text of more than {limit} letters", text)
        return text

    def _check_keyboard(self, keyboard: Keyboard) -> None:
        rows = [
            [{"text": key.label, **({"callback_data": key.data} if key.data else {"url": key.url})} for key in row]
            for row in keyboard
        ]
        try:
            kept = markup_of({"inline_keyboard": rows}).inline
        except Declined as no:
            raise self._refused(no.refusal.description, repr(rows)) from no
        self._check(kept == rows, "a button without a label", repr(rows)[:200])
        self._check(sum(map(len, rows)) <= MOST_BUTTONS, "too many buttons", str(len(rows)))
        for row in keyboard:
            for key in row:
                self._checked_label(key.label)

    def _checked_label(self, label: str) -> None:
        self._check(bool(label.strip()), "a button without a label", label)
        self._check(telegram_html.units(label) <= LABEL_LIMIT, "a label nobody can read", label)

    def _check(self, right: bool, wrong: str, what: str) -> None:
        if not right:
            raise self._refused(wrong, what)

    def _refused(self, wrong: str, what: str) -> Impossible:
        self.complaints.note("refused letter", f"{wrong}: {what[:160]!r} ({len(what)})")
        return Impossible("bad_request")
