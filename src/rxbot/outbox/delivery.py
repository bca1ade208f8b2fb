"""How a letter is worded and brought to its reader."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias
from weakref import WeakValueDictionary

import structlog

from rxbot.episode import phrases
from rxbot.episode.effects import CloseTopic, Copy, DeleteTopic, Give, Rewrite, RewriteBrief, Say, ShowChosen, TitleTopic
from rxbot.episode.taps import carried
from rxbot.message import Button, Message, Rows
from rxbot.outbox.channel import MENDING, Channel, Impossible, Key, Keyboard, NoRights, NotSent, TopicClosed
from rxbot.pace import Pace
from rxbot.papers.render import render
from rxbot.patience import ask_of
from rxbot.store import outbox_rows
from rxbot.store.outbox_rows import Destination, Letter, PinBrief
from rxbot.store.unit import Store
from rxbot.words import Facts, Words

log = structlog.get_logger()
POST_BRIEF = 2  # calls: the message and its pin
CHOSEN = "✓ "
WordsOf: TypeAlias = Callable[[str], Words]
"""Gives the words of a release by its name. A letter is worded by the release it was written with."""


class Delivery:
    """Words letters and hands them to the channel. Every call counts in the pace."""

    def __init__(self, store: Store, channel: Channel, words_of: WordsOf, now: Callable[[], datetime], pace: Pace) -> None:
        self._store, self._channel, self._words_of, self._now, self._pace = store, channel, words_of, now, pace
        self._opening = WeakValueDictionary[str, asyncio.Lock]()

    async def of(self, letter: Letter) -> str:
        """Bring a letter, and give the name of the message that came of it; a topic that was closed is opened again."""
        try:
            return await self._send(letter)
        except TopicClosed:
            self._pace.made(letter.counts_in, outbox_rows.calls(letter) + 1, seconds())
            await self._channel.reopen_topic(letter.to)
            return await self._send(letter)
        finally:
            self._pace.arrived(letter.counts_in, outbox_rows.calls(letter), seconds())

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
        self._pace.made(letter.counts_in, len(letter.targets), seconds())
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
            self._pace.made(letter.counts_in, POST_BRIEF, seconds())
        return await self._channel.say(await self._place(letter), html, keyboard, pin=True, reply_to="")

    async def _place(self, letter: Letter) -> Destination:
        """Give where it goes; a handoff's first letter opens its topic."""
        if not letter.lane.startswith(("handoff:", "brief:")) or letter.to.thread is not None:
            return letter.to
        async with self._opening.setdefault(letter.handoff_id, asyncio.Lock()):  # its brief may be on its way too
            thread = await ask_of(self._store, lambda unit: outbox_rows.topic_of(unit, letter.handoff_id))
            return Destination(letter.to.address, thread or await self._open_topic(letter), letter.to.team_id)

    async def _open_topic(self, letter: Letter) -> int:
        try:
            thread = await self._channel.open_topic(letter.to.address, _title(letter))
        except (NoRights, Impossible) as refused:  # a right was taken from us; the brief waits until it is given back
            log.error("no_topic", handoff=letter.number, remedy="Let the bot manage topics in the team's group.")
            raise NotSent(refused.reason, after=MENDING) from refused
        await ask_of(self._store, lambda unit: outbox_rows.topic_opened(unit, letter.handoff_id, thread))
        return thread

    def _keyboard(self, letter: Letter, rows: Rows, wait: int) -> Keyboard:
        """Word the buttons. Telegram never mirrors a row, so a language that runs right to left gets it turned round."""
        turned = self._words_of(letter.release).runs_right_to_left(letter.language)
        return tuple(tuple(self._key(letter, one, wait) for one in (reversed(row) if turned else row)) for row in rows)

    def _key(self, letter: Letter, one: Button, wait: int) -> Key:
        label = self._words_of(letter.release).label(one.label, letter.language, _facts(letter))
        data = carried(letter.episode_id, wait, one.tap) if one.tap else ""
        return Key((CHOSEN if one.chosen else "") + label, data, one.url)


def seconds() -> float:
    """Give the time by a clock that nobody sets: the pace must not stumble when the other one is put right."""
    return asyncio.get_running_loop().time()


def _title(letter: Letter) -> str:
    """Title a topic: a number and whether it is urgent, nothing of the person."""
    return " · ".join((f"#{letter.number}", *(("🔴",) if letter.urgent else ())))


def _facts(letter: Letter) -> Facts:
    return {"handoff.number": str(letter.number)} if letter.number else {}
