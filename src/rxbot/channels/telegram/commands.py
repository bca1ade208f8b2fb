"""What link workers can do in a topic, by command and by button: a table of each, and a small function for every entry.

Each gives the words that answer the worker: in the topic after a command, on top of the chat after a tap.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias

from rxbot.carry_out import happen
from rxbot.episode import phrases, taps
from rxbot.episode.content import Content
from rxbot.episode.events import (
    AlarmSeen,
    Claimed,
    Event,
    HandedBack,
    HandoffEnded,
    KeptTalking,
    PhraseSaid,
    Snoozed,
    WorkerSaid,
)
from rxbot.handoff.model import Handoff
from rxbot.handoff.phrasebook import Saying
from rxbot.message import Listed, Phrase, Text
from rxbot.store.episodes import Held
from rxbot.store.staff import Worker
from rxbot.store.unit import Unit

REPLY = "/r"
SPAN = re.compile(r"(\d{1,2})\s*([dh])")


@dataclass(frozen=True)
class Order:
    """What a worker wants done about a handoff: `words` stand behind the command, or are what the button carries."""

    unit: Unit
    content: Content
    held: Held
    handoff: Handoff
    worker: Worker
    words: str
    source: str
    reply_to: str
    now: datetime

    def lets(self, event: Event) -> "Answer":
        """Let this happen to the person's episode."""
        return happen(self.unit, self.content, self.held, event)


Answer: TypeAlias = tuple[Text, ...]
Run: TypeAlias = Callable[[Order], Answer]


@dataclass(frozen=True)
class Act:
    """Something a worker can do, by the name the audit keeps; whether it needs an open handoff, and who may."""

    name: str
    run: Run
    needs_open: bool = True
    closed: Phrase = phrases.ALREADY_CLOSED
    roles: frozenset[str] = frozenset({"link_worker", "lead"})


# By command


def say(order: Order) -> Answer:
    """Say these words to the person, or pass on the file."""
    return order.lets(WorkerSaid(order.now, order.worker.name, order.source, order.words, order.reply_to))


def reply(order: Order) -> Answer:
    """Say the words behind the command to the person."""
    return say(order) if order.words else (phrases.REPLY_EMPTY(),)


def snooze(order: Order) -> Answer:
    """Let the handoff rest for some days or hours."""
    found = SPAN.fullmatch(order.words.lower())
    if found is None or int(found[1]) == 0:
        return (phrases.SNOOZE_HOW(),)
    span = timedelta(days=int(found[1])) if found[2] == "d" else timedelta(hours=int(found[1]))
    return order.lets(Snoozed(order.now, order.worker.name, order.now + span))


def say_phrase(order: Order) -> Answer:
    """Say a phrase by its code; without one that is known, list them."""
    sayings, code = order.content.phrasebook, order.words.lower()
    if code in sayings:
        return order.lets(PhraseSaid(order.now, order.worker.name, code, order.source, order.reply_to))
    return (phrases.PHRASES_HEAD(), *map(_phrase_line, sayings.values()))


def _phrase_line(saying: Saying) -> Text:
    if not saying.replies:
        return phrases.PHRASE_LINE(code=saying.code, text=Text(saying.text))
    answers = Listed(tuple(Text(reply.label) for reply in saying.replies))
    return phrases.PHRASE_LINE_ANSWERS(code=saying.code, text=Text(saying.text), answers=answers)


def hand_back(order: Order) -> Answer:
    """Let the bot go on."""
    return order.lets(HandedBack(order.now, order.worker.name))


def show_help(_order: Order) -> Answer:
    """List what can be done here."""
    return tuple(phrase() for phrase in HELP)


COMMANDS: Mapping[str, Act] = MappingProxyType(
    {
        REPLY: Act("reply", reply, closed=phrases.NOT_PASSED_ON),
        "/say": Act("say", say_phrase, closed=phrases.NOT_PASSED_ON),
        "/snooze": Act("snooze", snooze),
        "/bot": Act("hand_back", hand_back),
        "/help": Act("help", show_help, needs_open=False),
    }
)
SAY = Act("reply", say, closed=phrases.NOT_PASSED_ON)
UNKNOWN = Act("unknown", show_help, needs_open=False)
HELP = (phrases.HELP_HEAD, phrases.HELP_R, phrases.HELP_SAY, phrases.HELP_SNOOZE, phrases.HELP_BOT)


# By button


def claim(order: Order) -> Answer:
    """Take the handoff."""
    if order.handoff.state != "waiting":
        return (phrases.ALREADY_CLAIMED(worker=order.handoff.claimed_by),)
    return order.lets(Claimed(order.now, order.worker.name))


def close(order: Order) -> Answer:
    """End this talk."""
    return order.lets(HandoffEnded(order.now, order.worker.name))


def see(order: Order) -> Answer:
    """Say that the alarm was seen."""
    return order.lets(AlarmSeen(order.now, order.worker.name))


def keep(order: Order) -> Answer:
    """Say that the talk goes on."""
    return order.lets(KeptTalking(order.now, order.worker.name))


TAPS: Mapping[str, Act] = MappingProxyType(
    {
        taps.CLAIM: Act("claim", claim),
        taps.CLOSE: Act("close", close),
        taps.SEEN: Act("see", see),
        taps.KEEP: Act("keep", keep),
        taps.HAND_BACK: Act("hand_back", hand_back),
    }
)
