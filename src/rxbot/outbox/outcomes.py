"""What is done about each way in which a try to send can end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog
from structlog.contextvars import bound_contextvars

from rxbot import metrics
from rxbot.episode.effects import Rewrite, RewriteBrief, Say
from rxbot.outbox.channel import (
    MENDING,
    ChatClosed,
    ChatMoved,
    Flooded,
    Impossible,
    NoRights,
    NotPinned,
    NotSent,
    OutcomeUnknown,
    ServerFailed,
    TooLong,
    TopicGone,
)
from rxbot.pace import back_off
from rxbot.store import episodes, outbox_rows, pauses
from rxbot.store.outbox_rows import REFUSED, SERVER_FAILED, UNKNOWN, Letter, Parcel
from rxbot.store.unit import Unit

log = structlog.get_logger()
FLOODS_APART = timedelta(seconds=5)  # two chats that are too fast within them mean that all together are
SOME_TRIES = 10  # about five minutes
MANY_TRIES = 100  # about an hour and a half

LostTopic: TypeAlias = Callable[[Unit, Letter, datetime], None]
"""Is told of a letter whose topic is no more."""
Unreachable: TypeAlias = Callable[[Unit, Letter, str, datetime], None]
"""Is told of a letter that ended without arriving, as far as we know, and why."""
GroupMoved: TypeAlias = Callable[[Unit, str, str, datetime], None]
"""Is told of a group's old and new address."""


@dataclass(frozen=True)
class Ended:
    """A try that has ended: the name of the message that came of it, or how it failed."""

    letter: Letter
    message: str = ""
    failed: Exception | None = None

    @property
    def in_a_word(self) -> str:
        """Say in a word what came of a try."""
        match self.failed:
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


class Outcomes:
    """Writes down what came of letters: sent, later, at once elsewhere, once more, or never."""

    def __init__(
        self, now: Callable[[], datetime], unreachable: Unreachable, topic_gone: LostTopic, group_moved: GroupMoved
    ) -> None:
        self._now, self._unreachable, self._topic_gone, self._group_moved = now, unreachable, topic_gone, group_moved
        self._floods: dict[str, datetime] = {}
        self._failures: Counter[int] = Counter()  # of each letter; a start anew begins with the shortest wait

    def note(self, unit: Unit, ended: Ended) -> None:
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
                    self.end(unit, letter, UNKNOWN)
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
        self.end(unit, letter, reason)

    def end(self, unit: Unit, letter: Letter, reason: str) -> None:
        del self._failures[letter.id]
        metrics.GIVEN_UP.inc()
        log.error("letter_given_up", id=letter.id, reason=reason, remedy="Ask the team to look whether it is missed.")
        self._unreachable(unit, letter, reason, self._now())


def _said(parcel: Parcel) -> Say:
    """Give what is said where words do not fit into one message."""
    match parcel:
        case Rewrite(to=to, source=source, message=message):
            return Say(to, message, "relay", source=source, reply_to=source)
        case RewriteBrief(message=message):
            return Say("topic", message, "relay", pin=True)
    assert isinstance(parcel, Say)
    return parcel
