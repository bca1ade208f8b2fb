"""One door out. Letters are claimed, committed, worded, sent and marked; whoever sends them fulfils the Channel protocol.

One sends at a time, whoever has the seat for it. Within a lane letters leave in order; lanes do not wait for each other. No
letter is claimed before the pace lets it leave, and where Telegram says that we are too fast all the same, its chat rests for as
long as it says.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeAlias, TypeVar
from weakref import WeakValueDictionary

import structlog
from structlog.contextvars import bound_contextvars

from rxbot import metrics
from rxbot.episode import phrases
from rxbot.episode.effects import CloseTopic, Copy, DeleteTopic, Give, Rewrite, RewriteBrief, Say, ShowChosen, TitleTopic
from rxbot.episode.taps import carried
from rxbot.errors import StoreAway, StoreBusy, StoreMoved
from rxbot.message import Button, Message, Rows
from rxbot.pace import CRISIS, Gate, Pace, back_off
from rxbot.papers.render import render
from rxbot.patience import A_MOMENT, until_answered
from rxbot.store import episodes, outbox_rows, pauses
from rxbot.store.outbox_rows import REFUSED, SERVER_FAILED, UNKNOWN, Destination, Letter, Parcel, PinBrief
from rxbot.store.seats import Seat
from rxbot.store.unit import Store, Unit
from rxbot.words import Facts, Words

log = structlog.get_logger()
R = TypeVar("R")
AT_ONCE = 50  # letters on their way at the same time
LOOK_AGAIN = 0.5  # seconds, when nobody woke us: a letter may have become due
NOT_AT_ONCE = 0.001  # seconds: a wait so short that it rounds to nothing would spin
GATHERING = 0.01  # seconds in which letters that arrive are gathered, so that one commit is for several
MENDING = 60.0  # seconds until we look whether what only the operator can mend has been mended
FLOODS_APART = timedelta(seconds=5)  # two chats that are too fast within them mean that all together are
LATELY = timedelta(minutes=1)  # the longest span over which Telegram counts
SOME_TRIES = 10  # about five minutes
MANY_TRIES = 100  # about an hour and a half
LEAVE_WITHIN = 20.0  # seconds to stop in: more than a call takes, less than whoever stops us waits before they kill
LONGEST = 180.0  # seconds that all calls of one letter may take: each has its own time, and may wait for a connection
POST_BRIEF = 2  # calls: the message and its pin
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


class Flooded(NotSent):
    """We are too fast: nothing more to this chat for so many seconds."""

    def __init__(self, after: float) -> None:
        super().__init__("flood", after)


class NoRights(NotSent):
    """The group does not let us do this. Only its administrators can change that."""

    def __init__(self) -> None:
        super().__init__("no_rights", MENDING)


class TopicClosed(NotSent):
    """Somebody closed the topic, and nobody writes into it before it is opened again."""

    def __init__(self) -> None:
        super().__init__("topic_closed", MENDING)


class OutcomeUnknown(Exception):
    """Nobody can say whether it arrived."""


class ServerFailed(Exception):
    """The other side, or a gateway before it, broke down over it. Most likely it was not sent."""


class ChatClosed(Exception):
    """The chat is closed to us: somebody blocked us, has gone, or took us out of the group."""

    def __init__(self, reason: str = "forbidden") -> None:
        super().__init__(reason)
        self.reason = reason


class ChatMoved(Exception):
    """The group has another address now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Impossible(Exception):
    """It can never arrive: what we ask is not allowed, or what it is about is not there."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooLong(Exception):
    """It does not fit into one message, but these pieces do. Nothing was sent."""

    def __init__(self, pieces: tuple[str, ...]) -> None:
        super().__init__(len(pieces))
        self.pieces = pieces


class TopicGone(Exception):
    """The topic is not there any more."""


class NotPinned(Exception):
    """The message is there under this name, only not on top; why not may pass."""

    def __init__(self, message: str, failed: Exception) -> None:
        super().__init__(message)
        self.message = message
        self.failed = failed


class Channel(Protocol):
    """How messages leave. Each call raises one of the above when it fails."""

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        """Send a message, as an answer to another where one is named; give its name."""

    async def pin(self, to: Destination, message: str) -> None:
        """Put a message on top of its topic."""

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

    async def reopen_topic(self, to: Destination) -> None:
        """Let a closed topic be written into again."""

    async def close_topic(self, to: Destination) -> None:
        """Close a topic."""

    async def delete_topic(self, address: str, thread: int) -> None:
        """Remove a topic and all that was said in it."""


Told: TypeAlias = Callable[[Unit, Letter, datetime], None]
Unreachable: TypeAlias = Callable[[Unit, Letter, str, datetime], None]
"""Is told of a letter that ended without arriving, as far as we know, and why."""
GroupMoved: TypeAlias = Callable[[Unit, str, str, datetime], None]
"""Is told of a group's old and new address."""
WordsOf: TypeAlias = Callable[[str], Words]
"""Gives the words of a release by its name. A letter is worded by the release it was written with."""


def nobody() -> None:
    """Tell nobody."""


def _nothing_else(_unit: Unit) -> None:
    """Do nothing else in this round."""


@dataclass(frozen=True)
class OnItsWay:
    """A letter that is being sent, and since when."""

    letter: Letter
    since: float


@dataclass(frozen=True)
class Ended:
    """A try that has ended: the name of the message that came of it, or how it failed."""

    letter: Letter
    message: str = ""
    failed: Exception | None = None


class Outbox:
    """Sends what is written down, until stopped."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        words_of: WordsOf,
        now: Callable[[], datetime],
        pace: Pace,
        unreachable: Unreachable,
        topic_gone: Told,
        group_moved: GroupMoved,
        came_round: Callable[[], None] = nobody,
    ) -> None:
        self._store, self._channel, self._words_of, self._now, self._pace = store, channel, words_of, now, pace
        self._unreachable, self._topic_gone, self._group_moved = unreachable, topic_gone, group_moved
        self._came_round = came_round
        self._floods: dict[str, datetime] = {}
        self._failures: Counter[int] = Counter()  # of each letter; a start anew begins with the shortest wait
        self._woken = asyncio.Event()
        self._on_their_way: dict[asyncio.Task[None], OnItsWay] = {}
        self._ended: list[Ended] = []  # and not yet written down
        self._rounds = set[asyncio.Task[Any]]()
        self._one_round = asyncio.Lock()
        self._sends = False
        self._seat: Seat | None = None
        self._recovered = 0.0
        self._opening = WeakValueDictionary[str, asyncio.Lock]()

    def wake(self) -> None:
        """Something was written down."""
        self._woken.set()

    async def run(self, seat: Seat | None = None) -> None:
        """Send until cancelled. What a crash left half sent is settled first.

        With a seat, letters are claimed as long as it is ours, and SeatLost is raised when it is not; those on their way are
        then for `finish`, which takes less time than their leases last.
        """
        self._seat = seat
        await self._take_over()
        self._sends = True
        while True:
            gate = Gate(self._pace, _seconds())
            _, have_left = await self._begun(self._go_round(gate, _nothing_else))
            if not self._is_held_up():
                self._came_round()
            if seat and _seconds() - self._recovered > outbox_rows.LEASE.total_seconds() / 6:
                await self._recover()
            if have_left:
                await asyncio.sleep(GATHERING)
            else:
                soon = A_MOMENT if self._ended else LOOK_AGAIN
                await self._wait(min(soon, max(gate.again - _seconds(), NOT_AT_ONCE)))

    def _is_held_up(self) -> bool:
        """Say whether a letter has been on its way for longer than its calls can take: its lane waits for it."""
        return _seconds() - min((one.since for one in self._on_their_way.values()), default=math.inf) > LONGEST

    async def _take_over(self) -> None:
        """Go on where another process ended: with what it left half sent, and no faster than if it were still there."""
        now, seconds = self._now(), _seconds()
        await self._recover()
        for chat, at in await self._do(lambda unit: outbox_rows.left_lately(unit, now - LATELY)):
            self._pace.remembers(chat, seconds - (now - at).total_seconds())

    async def _recover(self) -> None:
        """Settle what was left half sent, and keep what is on its way: a lease that runs out is another's to settle."""
        self._recovered = _seconds()
        async with self._one_round:  # what a round is just claiming is not on its way yet, and would be taken for left behind
            on_their_way = (one.letter for one in self._on_their_way.values())
            ours = {row for letter in (*on_their_way, *(one.letter for one in self._ended)) for row in letter.rows}

            def settle(unit: Unit) -> None:
                outbox_rows.keep(unit, ours, self._now())
                for letter in outbox_rows.recover(unit, self._now(), ours):
                    self._tell(unit, letter, UNKNOWN)

            await self._do_seated(settle)

    async def go_along(self, work: Callable[[Unit], R]) -> R:
        """Do this in a unit of the store. Where nobody else may send, what it gives to be sent leaves with the same commit."""
        if self._store.shared or not self._sends:
            done = await self._do(work)
            self.wake()
            return done
        gate = Gate(self._pace, _seconds())
        done, _ = await self._begun(self._go_round(gate, work))
        if gate.again < math.inf:
            self.wake()
        return done

    async def finish(self) -> None:
        """Wait for what is on its way, but not for ever: what does not end is settled at the next start, as after a crash."""
        self._sends = False
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_WITHIN):
                await self._end()
        for task in (*self._rounds, *self._on_their_way):
            task.cancel()
        self._ended.clear()

    async def _end(self) -> None:
        while self._rounds:
            await asyncio.wait(self._rounds)
        while self._on_their_way:
            await asyncio.wait(self._on_their_way)
        while self._ended:
            ended = tuple(self._ended)
            self._ended[: len(ended)] = await self._do(partial(self._settle, ended=ended))

    async def _begun(self, a_round: Coroutine[Any, Any, R]) -> R:
        """Wait for a round. It goes on where we are stopped meanwhile: what the store has begun cannot be called back."""
        task = asyncio.create_task(a_round)
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)
        return await asyncio.shield(task)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        del self._on_their_way[task]
        self.wake()

    async def _go_round(self, gate: Gate, work: Callable[[Unit], R]) -> tuple[R, bool]:
        """Do this work, write down what came of the letters that have ended, and send those that may leave now, with one commit.

        Give what came of the work, and whether any letter has left.
        """
        async with self._one_round:
            self._woken.clear()
            ended = tuple(self._ended)
            room = 0 if gate.shut(CRISIS) else AT_ONCE - len(self._on_their_way)

            def whole(unit: Unit) -> tuple[R, list[Ended], list[Letter]]:
                gate.take_back()  # where this is done anew, since the store did not answer
                not_yet = self._settle(unit, ended)  # before the work: words answer only what has arrived
                done = work(unit)
                return done, not_yet, outbox_rows.claim(unit, self._now(), room, gate) if room else []

            try:
                done, not_yet, letters = await self._do_seated(whole)
            except BaseException:
                gate.take_back()
                raise
            self._ended[: len(ended)] = not_yet
            for letter in letters:
                task = asyncio.create_task(self._deliver(letter))
                self._on_their_way[task] = OnItsWay(letter, _seconds())
                task.add_done_callback(self._arrived)
            return done, bool(letters)

    def _settle(self, unit: Unit, ended: Iterable[Ended]) -> list[Ended]:
        """Write down what came of each; give those that have to wait for another process."""
        not_yet: list[Ended] = []
        for one in ended:
            try:
                with unit.savepoint():
                    self._answer(unit, one)
            except StoreBusy:
                not_yet.append(one)
            except (StoreAway, StoreMoved):
                raise
            except Exception as error:  # whatever it is, the other letters must go on
                log.error("letter_not_marked", id=one.letter.id, error=type(error).__name__)
        return not_yet

    async def _wait(self, seconds: float) -> None:
        """Wait until there is something to do, but not for longer: a letter may have become due.

        Somewhat later there is more of it; and the round of a turn may have done it by then.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # unlike wait_for, it never swallows that we are told to stop
                gathered = False
                while not gathered:
                    await self._woken.wait()
                    if self._on_their_way or (self._ended and not self._store.shared):
                        await asyncio.sleep(GATHERING)
                    gathered = self._woken.is_set()

    async def _deliver(self, letter: Letter) -> None:
        try:
            with metrics.SEND_SECONDS.time():
                ended = Ended(letter, await self._sent(letter))
        except Exception as failed:  # whatever it is, the lane must go on
            ended = Ended(letter, failed=failed)
        metrics.SENDS.labels(_came_of_it(ended.failed)).inc()
        self._ended.append(ended)

    async def _sent(self, letter: Letter) -> str:
        """Send it; a topic that was closed is opened again."""
        try:
            return await self._send(letter)
        except TopicClosed:
            self._pace.made(letter.counts_in, outbox_rows.calls(letter) + 1, _seconds())
            await self._channel.reopen_topic(letter.to)
            return await self._send(letter)
        finally:
            self._pace.arrived(letter.counts_in, outbox_rows.calls(letter), _seconds())

    def _answer(self, unit: Unit, ended: Ended) -> None:
        """Mark it sent, or answer its way to fail. What is logged meanwhile says of which episode it tells."""
        letter = ended.letter
        with bound_contextvars(**({"episode": letter.episode_id} if letter.episode_id else {})):
            if ended.failed:
                self._answer_failure(unit, letter, ended.failed)
            else:
                del self._failures[letter.id]
                outbox_rows.sent(unit, letter, ended.message, self._now())

    def _answer_failure(self, unit: Unit, letter: Letter, failed: Exception) -> None:
        """Later, at once elsewhere, once more, or never."""
        match failed:
            case NotPinned(message=message, failed=why):
                self._pin_later(unit, letter, message, why)
            case Flooded(after=after):
                self._rest(unit, letter, after)
                self._put_off(unit, letter, failed)
            case ChatClosed(reason=reason) if letter.to_group:
                log.error("not_in_group", team=letter.to.team_id, remedy="Add the bot to the team's group, as an administrator.")
                pauses.rest(unit, letter.chat, self._now() + timedelta(seconds=MENDING))
                self._put_off(unit, letter, NotSent(reason, MENDING))
            case ChatClosed(reason=reason):
                self._close_chat(unit, letter, reason)
            case ChatMoved(address=address) if letter.to_group:
                log.warning("group_moved", team=letter.to.team_id)
                self._group_moved(unit, letter.to.address, address, self._now())
                self._put_off(unit, letter, NotSent("chat_moved"))
            case ChatMoved(address=address) if letter.to_stranger:
                outbox_rows.move_chat(unit, letter.to.address, address)
                self._put_off(unit, letter, NotSent("chat_moved"))
            case NoRights(reason=reason) if letter.to_person:
                self._close_chat(unit, letter, reason)
            case NoRights():
                log.error("no_rights", team=letter.to.team_id, remedy="Let the bot write in the team's group and manage topics.")
                self._put_off(unit, letter, failed)
            case NotSent():
                self._put_off(unit, letter, failed)
            case TooLong(pieces=pieces):
                outbox_rows.cut(unit, letter, _said(letter.parcel), pieces, self._now())
            case ServerFailed():
                self._again(unit, letter, SERVER_FAILED, MANY_TRIES, "If it lasts, see whether the server is well.")
            case OutcomeUnknown():
                log.warning("letter_outcome_unknown", id=letter.id)
                if not outbox_rows.outcome_unknown(unit, letter, self._now()):
                    self._tell(unit, letter, UNKNOWN)
            case TopicGone():
                log.warning("topic_gone", handoff=letter.number)
                self._reopen(unit, letter)
            case Impossible(reason="bad_request") if letter.to_group:
                remedy = "See what the team's group allows, and whether the bot is an administrator there."
                self._again(unit, letter, REFUSED, SOME_TRIES, remedy)
            case Impossible(reason=reason):
                self._give_up(unit, letter, reason)
            case slip:  # ours, as a text that is in no language any more
                self._give_up(unit, letter, type(slip).__name__)

    def _pin_later(self, unit: Unit, letter: Letter, message: str, why: Exception) -> None:
        """It has arrived; its pin is a letter of its own."""
        log.warning("not_pinned", id=letter.id, error=type(why).__name__)
        del self._failures[letter.id]
        if isinstance(why, Flooded):
            self._rest(unit, letter, why.after)
        outbox_rows.sent(unit, letter, message, self._now())
        outbox_rows.put_pin(unit, letter, self._now())

    def _rest(self, unit: Unit, letter: Letter, after: float) -> None:
        """Let the chat rest; where another was too fast a moment ago, let all of them."""
        metrics.TOO_FAST.labels("send").inc()
        now = self._now()
        self._floods = {chat: at for chat, at in self._floods.items() if now - at <= FLOODS_APART}
        chat = pauses.EVERYTHING if self._floods.keys() - {letter.chat} else letter.chat
        self._floods[letter.chat] = now
        log.warning("too_fast", all_chats=chat == pauses.EVERYTHING, after=after)
        pauses.rest(unit, chat, now + timedelta(seconds=after))

    def _again(self, unit: Unit, letter: Letter, reason: str, tries: int, remedy: str) -> None:
        """Try it later and later, but not for ever: it may be the letter that cannot be sent."""
        self._failures[letter.id] += 1
        failures = self._failures[letter.id]
        log.error(reason, id=letter.id, failures=failures, remedy=remedy)
        if failures < tries:
            self._put_off(unit, letter, NotSent(reason, back_off(failures)))
        else:
            self._give_up(unit, letter, reason)

    def _put_off(self, unit: Unit, letter: Letter, put_off: NotSent) -> None:
        log.warning("letter_put_off", id=letter.id, reason=put_off.reason, after=put_off.after)
        outbox_rows.put_off(unit, letter, self._now() + timedelta(seconds=put_off.after), put_off.reason)

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
            case Rewrite():
                return await self._rewrite(letter, letter.parcel)
            case ShowChosen(wait=wait, buttons=buttons):
                for target in letter.targets:
                    await self._channel.redraw(letter.to, target, self._keyboard(letter, buttons, wait))
            case RewriteBrief(message=message):
                return await self._rewrite_brief(letter, message)
            case PinBrief():
                for target in letter.targets:
                    await self._channel.pin(letter.to, target)
            case TitleTopic():
                if letter.to.thread is not None:
                    await self._channel.rename_topic(letter.to, _title(letter))
            case CloseTopic():
                if letter.to.thread is not None:
                    await self._channel.close_topic(letter.to)
            case DeleteTopic(thread=thread):
                await self._channel.delete_topic(letter.to.address, thread)
        return ""

    async def _rewrite(self, letter: Letter, change: Rewrite) -> str:
        """Change every copy. Where there is none, or one that holds other words too, say the change, so that it is not lost."""
        words = self._words_of(letter.release)
        html, there = words.html(change.message, letter.language), False
        for target in letter.targets:
            if change.caption:
                there |= await self._channel.rewrite_caption(letter.to, target, html)
            else:
                there |= await self._channel.rewrite(letter.to, target, html, ())
        if there or not html or not letter.anew:
            return ""
        self._pace.made(letter.counts_in, len(letter.targets), _seconds())
        if letter.to_group:
            html = words.html(Message((phrases.CHANGED_LATER(), *change.message.lines)), letter.language)
        return await self._channel.say(await self._place(letter), html, (), pin=False, reply_to=letter.reply_to)

    async def _rewrite_brief(self, letter: Letter, brief: Message) -> str:
        """Change the brief where it stands; where it is not any more, post it."""
        words = self._words_of(letter.release)
        html, keyboard = words.html(brief, letter.language, _facts(letter)), self._keyboard(letter, brief.buttons, 0)
        for target in letter.targets:
            if await self._channel.rewrite(letter.to, target, html, keyboard):
                return target
            self._pace.made(letter.counts_in, POST_BRIEF, _seconds())
        return await self._channel.say(await self._place(letter), html, keyboard, pin=True, reply_to="")

    async def _place(self, letter: Letter) -> Destination:
        """Give where it goes; a handoff's first letter opens its topic."""
        if not letter.lane.startswith(("handoff:", "brief:")) or letter.to.thread is not None:
            return letter.to
        async with self._opening.setdefault(letter.handoff_id, asyncio.Lock()):  # its brief may be on its way too
            thread = await self._do(lambda unit: outbox_rows.topic_of(unit, letter.handoff_id))
            return Destination(letter.to.address, thread or await self._open_topic(letter), letter.to.team_id)

    async def _open_topic(self, letter: Letter) -> int:
        try:
            thread = await self._channel.open_topic(letter.to.address, _title(letter))
        except (NoRights, Impossible) as refused:  # a right was taken from us; the brief waits until it is given back
            log.error("no_topic", handoff=letter.number, remedy="Let the bot manage topics in the team's group.")
            raise NotSent(refused.reason, after=MENDING) from refused
        await self._do(lambda unit: outbox_rows.topic_opened(unit, letter.handoff_id, thread))
        return thread

    def _keyboard(self, letter: Letter, rows: Rows, wait: int) -> Keyboard:
        """Word the buttons. Telegram never mirrors a row, so a language that runs right to left gets it turned round."""
        turned = self._words_of(letter.release).runs_right_to_left(letter.language)
        return tuple(tuple(self._key(letter, one, wait) for one in (reversed(row) if turned else row)) for row in rows)

    def _key(self, letter: Letter, one: Button, wait: int) -> Key:
        label = self._words_of(letter.release).label(one.label, letter.language, _facts(letter))
        data = carried(letter.episode_id, wait, one.tap) if one.tap else ""
        return Key((CHOSEN if one.chosen else "") + label, data, one.url)

    def _reopen(self, unit: Unit, letter: Letter) -> None:
        is_news = letter.to.thread is not None and outbox_rows.topic_lost(unit, letter.handoff_id, letter.to.thread)
        outbox_rows.put_off(unit, letter, self._now(), "topic_gone")
        if is_news:  # otherwise another letter has met it before, and there may be a new topic by now
            self._topic_gone(unit, letter, self._now())

    def _close_chat(self, unit: Unit, letter: Letter, reason: str) -> None:
        """Somebody cannot be written to: the rest of what waits for them does not try, and the desk is told once."""
        kind, _, name = letter.lane.partition(":")
        if kind == "person":
            episodes.reachable(unit, name, False)
        if kind != "staff":  # what a lead cannot read, the team reads
            outbox_rows.close_chat(unit, letter.lane, reason, self._now())
        self._give_up(unit, letter, reason)

    def _give_up(self, unit: Unit, letter: Letter, reason: str) -> None:
        outbox_rows.give_up(unit, letter, reason, self._now())
        self._tell(unit, letter, reason)

    def _tell(self, unit: Unit, letter: Letter, reason: str) -> None:
        del self._failures[letter.id]
        metrics.GIVEN_UP.inc()
        log.error("letter_given_up", id=letter.id, reason=reason, remedy="Ask the team to look whether it is missed.")
        self._unreachable(unit, letter, reason, self._now())

    async def _do_seated(self, work: Callable[[Unit], R]) -> R:
        """Do what only whoever has the seat may do."""
        hand = self._seat or self._store
        return await until_answered(lambda: asyncio.wrap_future(hand.unit_of(work)))

    async def _do(self, work: Callable[[Unit], R]) -> R:
        return await until_answered(lambda: asyncio.wrap_future(self._store.unit_of(work)))


def _came_of_it(failed: Exception | None) -> str:
    """Say in a word what came of a try."""
    match failed:
        case None | NotPinned():
            return "sent"
        case Flooded():
            return "flooded"
        case NotSent() | ChatMoved() | TopicGone():
            return "put_off"
        case OutcomeUnknown():
            return "unknown"
        case ChatClosed() | Impossible():
            return "refused"
        case TooLong():
            return "cut"
    return "failed"


def _said(parcel: Parcel) -> Say:
    """Give what is said where words do not fit into one message."""
    match parcel:
        case Rewrite(to=to, source=source, message=message):
            return Say(to, message, "relay", source=source, reply_to=source)
        case RewriteBrief(message=message):
            return Say("topic", message, "relay", pin=True)
    assert isinstance(parcel, Say)
    return parcel


def _seconds() -> float:
    """Give the time by a clock that nobody sets: the pace must not stumble when the other one is put right."""
    return asyncio.get_running_loop().time()


def _title(letter: Letter) -> str:
    """Title a topic: a number and whether it is urgent, nothing of the person."""
    return " · ".join((f"#{letter.number}", *(("🔴",) if letter.urgent else ())))


def _facts(letter: Letter) -> Facts:
    return {"handoff.number": str(letter.number)} if letter.number else {}
