"""The desk: what link workers and strangers do in the staff's groups. Everybody is checked, everything is noted.

Nothing typed in a topic reaches the person unless it is a reply to a message of ours, or begins with /r.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram import CallbackQuery, Message, MessageEntity, User

from rxbot.carry_out import happen
from rxbot.episode import phrases, taps
from rxbot.episode.content import Content
from rxbot.episode.effects import Say
from rxbot.episode.events import Claimed, HandoffEnded, WorkerEdited, WorkerSaid
from rxbot.episode.taps import read_tap
from rxbot.inbox import Ack
from rxbot.message import Button, Rows, Text
from rxbot.message import Message as Said
from rxbot.store import episodes, handoffs, ledger, outbox_rows, staff
from rxbot.store.episodes import Held
from rxbot.store.handoffs import Topic
from rxbot.store.staff import Team, Worker
from rxbot.store.unit import Unit
from rxbot.words import Words

log = structlog.get_logger()
ENROL = "enrol-"
BIND = "/bind"
REPLY = "/r"
SEEN = Button(phrases.ACKNOWLEDGE(), taps.ACKNOWLEDGE)


@dataclass(frozen=True)
class Desk:
    """Answers what happens in groups, and lets staff in by their links."""

    content: Content
    words: Words
    bot_id: int
    bot_name: str

    # Coming in

    def enrols(self, unit: Unit, message: Message, token: str, now: datetime) -> bool:
        """Take an enrolment link; say whether this was one."""
        if not token.startswith(ENROL):
            return False
        address = str(message.chat.id)
        staff_id = staff.redeem(unit, token.removeprefix(ENROL), "enrol", now)
        worker = staff.enrol(unit, staff_id, address, now) if staff_id else None
        ledger.note_act(unit, worker.id if worker else address, "enrol", "", worker is not None, now)
        self._say(unit, address, phrases.ENROLLED(worker=worker.name) if worker else phrases.ENROL_LINK_USED(), now)
        return True

    def message(self, unit: Unit, message: Message, now: datetime) -> None:
        """Take what was written in a group."""
        code = self._words_after(message, BIND)
        if code is not None:
            self._bind(unit, message, code, now)
            return
        team = staff.team_at(unit, str(message.chat.id))
        if team is None or message.from_user is None or message.from_user.is_bot or message.message_thread_id is None:
            return
        topic = handoffs.in_topic(unit, team.id, message.message_thread_id)
        if topic is None or not self._is_for_the_person(message):
            return
        worker = self._worker(unit, message.from_user, team, "reply", topic.handoff_id, now)
        if worker is None:
            self._note(unit, topic, phrases.REPLY_REFUSED(), now)
        elif self._words_after(message, REPLY) == "":
            self._note(unit, topic, phrases.REPLY_EMPTY(), now)
        else:
            self._reply(unit, message, topic, worker, now)

    def edited(self, unit: Unit, message: Message, now: datetime) -> None:
        """Take a reply that was changed after it was sent."""
        team = staff.team_at(unit, str(message.chat.id))
        words = self._words_after(message, REPLY) or message.text or message.caption
        if team is None or message.from_user is None or message.message_thread_id is None:
            return
        topic = handoffs.in_topic(unit, team.id, message.message_thread_id)
        if topic is None or not self._is_for_the_person(message):
            return
        worker = self._worker(unit, message.from_user, team, "edit", topic.handoff_id, now)
        held = self._open(unit, topic) if worker and words else None
        if worker and held and words:
            event = WorkerEdited(now, worker.name, name_of(message), words, caption=not message.text)
            happen(unit, self.content, held, event)
        else:
            self._note(unit, topic, phrases.EDIT_NOT_PASSED_ON(), now)

    def tap(self, unit: Unit, query: CallbackQuery, now: datetime) -> Ack:
        """Take a button that was tapped in a group."""
        tap = read_tap(query.data or "")
        team = staff.team_at(unit, str(query.message.chat.id)) if query.message else None
        if tap is None or team is None:
            return Ack(query.id)
        worker = self._worker(unit, query.from_user, team, tap.code, query.data or "", now)
        if worker is None:
            return self._ack(query, phrases.DESK_REFUSED(), alert=True)
        if tap.code == taps.ACKNOWLEDGE:
            return self._acknowledge(unit, query, team, worker, now)
        thread = getattr(query.message, "message_thread_id", None)
        topic = handoffs.in_topic(unit, team.id, thread) if thread else None
        return self._on_handoff(unit, query, tap.code, topic, worker, now) if topic else Ack(query.id)

    # What workers do

    def _on_handoff(self, unit: Unit, query: CallbackQuery, code: str, topic: Topic, worker: Worker, now: datetime) -> Ack:
        held = self._open(unit, topic)
        handoff = held.episode.handoff if held else None
        if held is None or handoff is None:
            return self._ack(query, phrases.ALREADY_CLOSED())
        if code not in (taps.CLAIM, taps.CLOSE):
            return Ack(query.id)
        if code == taps.CLAIM and handoff.state != "waiting":
            return self._ack(query, phrases.ALREADY_CLAIMED(worker=handoff.claimed_by))
        event = Claimed(now, worker.name) if code == taps.CLAIM else HandoffEnded(now, worker.name)
        happen(unit, self.content, held, event)
        return self._ack(query, phrases.DESK_DONE())

    def _reply(self, unit: Unit, message: Message, topic: Topic, worker: Worker, now: datetime) -> None:
        held = self._open(unit, topic)
        if held is None:
            self._note(unit, topic, phrases.NOT_PASSED_ON(), now)
            return
        words = self._words_after(message, REPLY) or message.text or ""
        answered = name_of(message.reply_to_message)
        happen(unit, self.content, held, WorkerSaid(now, worker.name, name_of(message), words, answered))

    def _open(self, unit: Unit, topic: Topic) -> Held | None:
        """Give the episode of a topic whose handoff is open."""
        held = episodes.load(unit, topic.episode_id)
        handoff = held.episode.handoff if held else None
        return held if handoff and handoff.id == topic.handoff_id and handoff.open else None

    def _is_for_the_person(self, message: Message) -> bool:
        """In a topic every message seems to answer the one that opened it; a reply of a worker's answers one of ours."""
        if self._words_after(message, REPLY) is not None:
            return True
        answered = message.reply_to_message
        if answered is None or answered.message_id == message.message_thread_id or answered.from_user is None:
            return False
        return answered.from_user.id == self.bot_id and not (message.text or "").startswith("/")

    def _words_after(self, message: Message, command: str) -> str | None:
        """Give the words behind this command; None when the message does not open with it, or it names another bot."""
        said, bot, words = _command(message)
        return words if said == command and bot.lower() in ("", self.bot_name.lower()) else None

    # The group

    def _bind(self, unit: Unit, message: Message, code: str, now: datetime) -> None:
        address, thread = str(message.chat.id), message.message_thread_id
        if not message.chat.is_forum:
            self._say(unit, address, phrases.BIND_NEEDS_TOPICS(), now)
            return
        good = staff.redeem(unit, code, "bind", now) is not None
        actor = str(message.from_user.id) if message.from_user else address
        ledger.note_act(unit, actor, "bind", address, good, now)
        log.info("bind", good=good, thread=thread)
        if good:
            staff.bind(unit, address, now)
            self._say(unit, address, phrases.BOUND(scheme=self.content.scheme.name), now, ((SEEN,),))
        else:
            self._say(unit, address, phrases.BIND_WRONG(), now)
            self._report(unit, address, now)

    def _report(self, unit: Unit, address: str, now: datetime) -> None:
        """Tell the team of an attempt in a group that is not theirs."""
        team_id = handoffs.first_team(unit)
        if team_id is not None and staff.team_at(unit, address) is None:
            self._put(unit, outbox_rows.team_lane(team_id), Say("team", Said((phrases.BIND_REPORT(),)), "crisis"), now)

    def _acknowledge(self, unit: Unit, query: CallbackQuery, team: Team, worker: Worker, now: datetime) -> Ack:
        if not team.acknowledged:
            staff.acknowledge(unit, team.id, now)
            self._say(unit, team.address, phrases.ACKNOWLEDGED(worker=worker.name), now)
        return self._ack(query, phrases.DESK_DONE())

    def _worker(self, unit: Unit, user: User, team: Team, act: str, subject: str, now: datetime) -> Worker | None:
        """Let only the enrolled through; anybody else is refused, noted, and reported to the team."""
        worker = staff.worker_at(unit, str(user.id))
        ledger.note_act(unit, worker.id if worker else str(user.id), act, subject, worker is not None, now)
        if worker is None:
            log.warning("desk_refused", act=act)
            self._say(unit, team.address, phrases.DESK_REPORT(name=user.full_name), now)
        return worker

    # Saying

    def _note(self, unit: Unit, topic: Topic, text: Text, now: datetime) -> None:
        lane = outbox_rows.handoff_lane(topic.handoff_id)
        self._put(unit, lane, Say("topic", Said((text,))), now, topic.handoff_id)

    def _ack(self, query: CallbackQuery, text: Text, alert: bool = False) -> Ack:
        return Ack(query.id, self.words.label(text, self.content.scheme.team_language), alert)

    def _say(self, unit: Unit, address: str, text: Text, now: datetime, buttons: Rows = ()) -> None:
        self._put(unit, outbox_rows.chat_lane(address), Say("team", Said((text,), buttons), "crisis"), now)

    def _put(self, unit: Unit, lane: str, say: Say, now: datetime, handoff_id: str | None = None) -> None:
        scheme = self.content.scheme
        outbox_rows.put(unit, lane, say, now, scheme.team_language, self.content.release, handoff_id=handoff_id)


def name_of(message: Message | None) -> str:
    """Name a message as the core keeps it: `chat:message`."""
    return f"{message.chat.id}:{message.message_id}" if message else ""


def _command(message: Message) -> tuple[str, str, str]:
    """Take a message apart that opens with a command: the command, the bot it names, the words behind."""
    entity = next((e for e in message.entities if e.offset == 0 and e.type == MessageEntity.BOT_COMMAND), None)
    if entity is None:
        return "", "", ""
    command, _, bot = message.parse_entity(entity).partition("@")
    return command, bot, (message.text or "")[entity.length :].strip()
