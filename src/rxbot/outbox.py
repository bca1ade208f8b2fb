"""One door out. Letters are claimed, committed, worded, sent and marked; whoever sends them fulfils the Channel protocol.

One sender a process. Within a lane letters leave in order; lanes do not wait for each other.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias, TypeVar

import structlog

from rxbot.episode.effects import CloseTopic, Copy, DeleteTopic, Give, MarkUrgent, Rewrite, RewriteBrief, Say, ShowChosen
from rxbot.episode.taps import carried
from rxbot.message import Button, Message, Rows
from rxbot.papers.render import render
from rxbot.patience import until_answered
from rxbot.store import outbox_rows
from rxbot.store.outbox_rows import Destination, Letter
from rxbot.store.unit import Store, Unit
from rxbot.words import Facts, Words

log = structlog.get_logger()
R = TypeVar("R")
AT_ONCE = 50  # letters on their way at the same time
LOOK_AGAIN = 0.5  # seconds, when nobody woke us: a letter may have become due
NO_TOPIC_WAIT = 60.0  # seconds
LEAVE_WITHIN = 20.0  # seconds to stop in: more than a call takes, less than whoever stops us waits before they kill
CHOSEN = "✓ "


@dataclass(frozen=True)
class Key:
    """A button as it is shown: its label, and what it carries or opens."""

    label: str
    data: str = ""
    url: str = ""


Keyboard: TypeAlias = tuple[tuple[Key, ...], ...]


class NotSent(Exception):
    """Surely not sent; may be tried again after so many seconds."""

    def __init__(self, reason: str, after: float = 1.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class OutcomeUnknown(Exception):
    """Nobody can say whether it arrived."""


class Impossible(Exception):
    """It can never arrive: the chat is closed to us, or what we ask is not allowed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TopicGone(Exception):
    """The topic is not there any more."""


class Channel(Protocol):
    """How messages leave. Each call raises NotSent, OutcomeUnknown, Impossible or TopicGone when it fails."""

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        """Send a message, as an answer to another where one is named; give its name."""

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        """Change the words of a message; say whether it is still there."""

    async def rewrite_caption(self, to: Destination, message: str, html: str) -> bool:
        """Change the words under a file; say whether it is still there."""

    async def ask_where(self, to: Destination, html: str, label: str) -> str:
        """Send a message with a button that shares the reader's place, or take that button away when it has no label."""

    async def give(self, to: Destination, name: str, mime: str, content: bytes, caption_html: str) -> str:
        """Hand over a file with a few words under it; give the message's name."""

    async def redraw(self, to: Destination, message: str, keyboard: Keyboard) -> None:
        """Change the buttons under a message."""

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        """Pass on a message without its origin, as an answer to another where one is named; give the copy's name."""

    async def open_topic(self, address: str, title: str) -> int:
        """Open a topic; give its number."""

    async def rename_topic(self, to: Destination, title: str) -> None:
        """Give a topic another title."""

    async def close_topic(self, to: Destination) -> None:
        """Close a topic."""

    async def delete_topic(self, address: str, thread: int) -> None:
        """Remove a topic and all that was said in it."""


Told: TypeAlias = Callable[[Unit, Letter, datetime], None]
WordsOf: TypeAlias = Callable[[str], Words]
"""Gives the words of a release by its name. A letter is worded by the release it was written with."""


class Outbox:
    """Sends what is written down, until stopped."""

    def __init__(
        self, store: Store, channel: Channel, words_of: WordsOf, now: Callable[[], datetime], unreachable: Told, topic_gone: Told
    ) -> None:
        self._store, self._channel, self._words_of, self._now = store, channel, words_of, now
        self._unreachable, self._topic_gone = unreachable, topic_gone
        self._woken = asyncio.Event()
        self._on_their_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something was written down."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled. What a crash left half sent is settled first."""
        await self._do(lambda unit: outbox_rows.recover(unit, self._now()))
        while True:
            self._woken.clear()
            room = AT_ONCE - len(self._on_their_way)
            letters = await self._claim(room) if room else []
            for letter in letters:
                task = asyncio.create_task(self._deliver(letter))
                self._on_their_way.add(task)
                task.add_done_callback(self._arrived)
            if not letters:
                await self._wait()

    async def finish(self) -> None:
        """Wait for what is on its way, but not for ever: what does not end is settled at the next start, as after a crash."""
        if self._on_their_way:
            _, left = await asyncio.wait(self._on_their_way, timeout=LEAVE_WITHIN)
            for task in left:
                task.cancel()

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._on_their_way.discard(task)
        self.wake()
        if not task.cancelled() and task.exception():
            log.error("letter_not_marked", error=type(task.exception()).__name__)

    async def _claim(self, room: int) -> list[Letter]:
        return await self._do(lambda unit: outbox_rows.claim(unit, self._now(), room))

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN):  # unlike wait_for, it never swallows that we are told to stop
                await self._woken.wait()

    async def _deliver(self, letter: Letter) -> None:
        try:
            message = await self._send(letter)
        except NotSent as put_off:
            until = self._now() + timedelta(seconds=put_off.after)
            reason = put_off.reason
            log.warning("letter_put_off", id=letter.id, reason=reason, after=put_off.after)
            await self._do(lambda unit: outbox_rows.put_off(unit, letter, until, reason))
        except OutcomeUnknown:
            log.warning("letter_outcome_unknown", id=letter.id)
            await self._do(lambda unit: outbox_rows.outcome_unknown(unit, letter, self._now()))
        except TopicGone:
            log.warning("topic_gone", handoff=letter.number)
            await self._do(lambda unit: self._reopen(unit, letter))
        except Impossible as refused:
            reason = refused.reason
            log.error("letter_given_up", id=letter.id, reason=reason)
            await self._do(lambda unit: self._give_up(unit, letter, reason))
        except Exception as slip:  # ours, as a text that is in no language any more: the lane must go on
            reason = type(slip).__name__
            log.error("letter_spoilt", id=letter.id, error=reason)
            await self._do(lambda unit: self._give_up(unit, letter, reason))
        else:
            await self._do(lambda unit: outbox_rows.sent(unit, letter, message, self._now()))

    async def _send(self, letter: Letter) -> str:
        words = self._words_of(letter.release)
        match letter.parcel:
            case Say(message=message) if message.where or message.where_done:
                html = words.html(message, letter.language, _facts(letter))
                label = words.label(message.where, letter.language) if message.where else ""
                return await self._channel.ask_where(letter.to, html, label)
            case Say(message=message, wait=wait, pin=pin):
                html = words.html(message, letter.language, _facts(letter))
                return await self._channel.say(
                    await self._place(letter), html, self._keyboard(letter, message.buttons, wait), pin, letter.reply_to
                )
            case Give(paper=paper, caption=caption):
                file = render(paper, words, letter.language, _facts(letter), self._now())
                html = words.html(Message((caption,)), letter.language, _facts(letter))
                return await self._channel.give(await self._place(letter), file.name, file.mime, file.content, html)
            case Copy(source=source):
                return await self._channel.copy(await self._place(letter), source, letter.reply_to)
            case Rewrite(message=message, caption=caption):
                return await self._rewrite(letter, words.html(message, letter.language), caption)
            case ShowChosen(wait=wait, buttons=buttons):
                for target in letter.targets:
                    await self._channel.redraw(letter.to, target, self._keyboard(letter, buttons, wait))
            case RewriteBrief(message=message):
                return await self._rewrite_brief(letter, message)
            case MarkUrgent():
                if letter.to.thread is not None:
                    await self._channel.rename_topic(letter.to, _title(letter))
            case CloseTopic():
                if letter.to.thread is not None:
                    await self._channel.close_topic(letter.to)
            case DeleteTopic(thread=thread):
                await self._channel.delete_topic(letter.to.address, thread)
        return ""

    async def _rewrite(self, letter: Letter, html: str, caption: bool) -> str:
        """Change every copy. What a worker changed and the person has no copy of is said, so that it is not lost."""
        for target in letter.targets:
            if caption:
                await self._channel.rewrite_caption(letter.to, target, html)
            else:
                await self._channel.rewrite(letter.to, target, html, ())
        if letter.targets or caption or not letter.lane.startswith("person:"):
            return ""
        return await self._channel.say(letter.to, html, (), pin=False, reply_to="")

    async def _rewrite_brief(self, letter: Letter, brief: Message) -> str:
        """Change the brief where it stands; where it is not any more, post it."""
        words = self._words_of(letter.release)
        html, keyboard = words.html(brief, letter.language, _facts(letter)), self._keyboard(letter, brief.buttons, 0)
        for target in letter.targets:
            if await self._channel.rewrite(letter.to, target, html, keyboard):
                return target
        return await self._channel.say(await self._place(letter), html, keyboard, pin=True, reply_to="")

    async def _place(self, letter: Letter) -> Destination:
        """Give where it goes; a handoff's first letter opens its topic."""
        if not letter.lane.startswith(("handoff:", "brief:")) or letter.to.thread is not None:
            return letter.to
        try:
            thread = await self._channel.open_topic(letter.to.address, _title(letter))
        except Impossible as refused:  # a right was taken from us; the brief waits until it is given back
            log.error("no_topic", handoff=letter.number, remedy="Let the bot manage topics in the team's group.")
            raise NotSent(refused.reason, after=NO_TOPIC_WAIT) from refused
        await self._do(lambda unit: outbox_rows.topic_opened(unit, letter.handoff_id, thread))
        return Destination(letter.to.address, thread, letter.to.team_id)

    def _keyboard(self, letter: Letter, rows: Rows, wait: int) -> Keyboard:
        """Word the buttons. Telegram never mirrors a row, so a language that runs right to left gets it turned round."""
        turned = self._words_of(letter.release).runs_right_to_left(letter.language)
        return tuple(tuple(self._key(letter, one, wait) for one in (reversed(row) if turned else row)) for row in rows)

    def _key(self, letter: Letter, one: Button, wait: int) -> Key:
        label = self._words_of(letter.release).label(one.label, letter.language, _facts(letter))
        data = carried(letter.episode_id, wait, one.tap) if one.tap else ""
        return Key((CHOSEN if one.chosen else "") + label, data, one.url)

    def _reopen(self, unit: Unit, letter: Letter) -> None:
        outbox_rows.topic_opened(unit, letter.handoff_id, None)
        outbox_rows.put_off(unit, letter, self._now(), "topic_gone")
        self._topic_gone(unit, letter, self._now())

    def _give_up(self, unit: Unit, letter: Letter, reason: str) -> None:
        outbox_rows.give_up(unit, letter, reason, self._now())
        self._unreachable(unit, letter, self._now())

    async def _do(self, work: Callable[[Unit], R]) -> R:
        return await until_answered(lambda: asyncio.wrap_future(self._store.unit_of(work)))


def _title(letter: Letter) -> str:
    """Title a topic: a number and whether it is urgent, nothing of the person."""
    return " · ".join((f"#{letter.number}", *(("🔴",) if letter.urgent else ())))


def _facts(letter: Letter) -> Facts:
    return {"handoff.number": str(letter.number)} if letter.number else {}
