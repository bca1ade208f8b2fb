"""Who writes, changes or taps something is answered: on their own screen, or by whoever they talk with.

What has to be answered is told from the update alone, as Telegram describes it, and from whose topic it stands in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fuzz.bodies import BOT_ID, SENT, Json
from rxbot.channels.telegram.commands import TAPS
from rxbot.episode import phrases
from rxbot.episode.moves.guards import SAME_MISS
from rxbot.episode.taps import read_tap
from rxbot.inbox import Ack

if TYPE_CHECKING:
    from fuzz.house import House

SHOWN = ("Say", "Give", "ShowChosen", "Copy", "Rewrite")
PASSED_ON = ("Copy", "Rewrite")
NOT_PASSED_ON = {phrase().id for phrase in (phrases.NOT_PASSED_ON, phrases.REPLY_EMPTY, phrases.REPLY_REFUSED)}


@dataclass(frozen=True)
class Topic:
    """A topic's handoff, and the address of the person whose it is."""

    handoff: str
    address: str


@dataclass(frozen=True)
class Written:
    """A row of the outbox: its lane, whose episode it comes from, what it is, which texts it holds."""

    lane: str
    address: str
    what: str
    texts: tuple[str, ...]

    def to_chat(self, address: str) -> bool:
        """Say whether it goes to the chat at this address."""
        return self.lane == f"chat:{address}" or (self.lane.startswith("person:") and self.address == address)


@dataclass(frozen=True)
class Owed:
    """An answer: to a person by the address of their chat, or to a worker by the handoff in whose topic they are.

    `to_person`: it is a worker's words that are answered, and the person has to read them, or the worker that they do not.
    `account`: who wrote in a topic, and is told no more that they may not once they tried too often that day.
    """

    address: str
    handoff: str = ""
    to_person: bool = False
    account: str = ""

    @property
    def to(self) -> str:
        return "a worker" if self.handoff else "a person"


def owed(house: "House", update: Json) -> Owed | None:
    """Say who has to be answered when this update has happened."""
    if update["update_id"] in house.absurd:
        return None
    tap = update.get("callback_query")
    message = tap.get("message") if tap else update.get("message") or update.get("edited_message")
    if not message:
        return None
    if message["chat"]["type"] == "private":
        return _owed_to_person(house, update, message)
    return _owed_to_worker(house, update, message)


def _owed_to_person(house: "House", update: Json, message: Json) -> Owed | None:
    address = str(message["chat"]["id"])
    if "callback_query" in update:
        return Owed(address)
    if "edited_message" in update:  # of those we know nothing about, only danger is heard then
        changed = "location" not in message and bool(house.state_of(address))
        return Owed(address) if changed else None
    if message.get("text"):
        return None if _goes_on(house, address) else Owed(address)
    return Owed(address) if SENT & message.keys() else None


def _goes_on(house: "House", address: str) -> bool:
    """Say whether more words just after some that were no answer are met with the word on those."""
    held = house.held(address)
    if held is None or held.episode.wrote_at is None or not (held.episode.misses or held.episode.guess_shown):
        return False
    return house.now - held.episode.wrote_at <= SAME_MISS


def _owed_to_worker(house: "House", update: Json, message: Json) -> Owed | None:
    topic = house.topic(message["chat"]["id"], message.get("message_thread_id"))
    if topic is None:
        return None
    if tap := update.get("callback_query"):
        meant = read_tap(tap.get("data", ""))
        return Owed(topic.address, topic.handoff) if meant and meant.code in TAPS else None
    if message.get("from", {"is_bot": True})["is_bot"]:
        return None
    command, for_us = _command(message)
    replies = not command and _answers_us(message)
    if "edited_message" in update and "location" in message:  # a place that moves says nothing new
        return None
    account = str(message["from"]["id"])
    if "edited_message" in update:
        return Owed(topic.address, topic.handoff, account=account) if (command == "/r" and for_us) or replies else None
    if not (replies or (command and for_us)):
        return None
    return Owed(topic.address, topic.handoff, to_person=replies or command == "/r", account=account)


def _command(message: Json) -> tuple[str, bool]:
    """Give the command a message opens with, and whether it names us or nobody."""
    if not any(one["type"] == "bot_command" and one["offset"] == 0 for one in message.get("entities", ())):
        return "", False
    command, _, bot = message.get("text", "").split()[0].partition("@")
    return command.lower(), bot.lower() in ("", "rxbot")


def _answers_us(message: Json) -> bool:
    answered = message.get("reply_to_message", {})
    ours = answered.get("from", {}).get("id") == BOT_ID
    return ours and answered["message_id"] != message.get("message_thread_id") and not message.get("text", "").startswith("/")


def is_given(house: "House", one: Owed, since: int, acks: Iterable[Ack]) -> bool:
    """Say whether it was answered by a row written since, or on top of the chat."""
    if any(ack.words for ack in acks) or (one.account and house.is_not_told(one.account)):
        return True
    rows = [row for row in house.written(since) if row.what in SHOWN]
    to_person = any(row.to_chat(one.address) for row in rows)
    if not one.handoff:
        return to_person or any(row.address == one.address and row.what in PASSED_ON for row in rows)
    in_topic = [row.texts for row in rows if row.lane == f"handoff:{one.handoff}"]
    if one.to_person:
        return to_person or any(NOT_PASSED_ON & set(texts) for texts in in_topic)
    return to_person or bool(in_topic) or any(row.lane.startswith("team:") for row in rows)
