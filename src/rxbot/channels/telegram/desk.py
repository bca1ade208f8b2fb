"""The desk: what link workers and strangers do in the staff's groups. Everybody is checked, everything is noted.

Nothing typed in a topic reaches the person unless it is a reply to a message of ours, or begins with /r.
"""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import structlog

from rxbot.access import may
from rxbot.carry_out import give_back, happen, move_group, open_again, restore_service
from rxbot.channels.telegram.commands import COMMANDS, REPLY, SAY, TAPS, UNKNOWN, Act, Order, Replies, say, show_help
from rxbot.channels.telegram.updates import (
    ADMINISTRATOR,
    COMMAND,
    CallbackQuery,
    Chat,
    Member,
    MemberUpdated,
    Message,
    User,
)
from rxbot.episode import phrases, taps
from rxbot.episode.content import Content
from rxbot.episode.effects import Say, Urgency
from rxbot.episode.events import WorkerEdited
from rxbot.episode.fitting import parted
from rxbot.episode.taps import read_tap
from rxbot.inbox import Ack
from rxbot.message import Button, Rows, Text
from rxbot.message import Message as Said
from rxbot.store import episodes, handoffs, ledger, outbox_rows, staff, wrong_tries
from rxbot.store.directory_rows import hidden_by, service_of
from rxbot.store.episodes import Held
from rxbot.store.handoffs import Topic
from rxbot.store.staff import Team, Worker
from rxbot.store.unit import Unit
from rxbot.words import Words

log = structlog.get_logger()
ENROL = "enrol-"
BIND = "/bind"
TOAST = 190  # letters Telegram shows on top of the chat; it refuses more than 200
EDIT = Act("edit", say)
ACKNOWLEDGE = Act("acknowledge_alert", show_help)
CHECKED = Act("checked", show_help)
OPEN_AGAIN = Act("open_again", show_help)
ABOUT_A_SERVICE = MappingProxyType({CHECKED: restore_service, OPEN_AGAIN: open_again})
FORGED = Act("forged", show_help)  # a button we never made
RIGHTS = "Make the bot an administrator of the group who may manage topics, pin and delete messages."
OF_THE_GROUP = MappingProxyType(  # these stand in no topic
    {taps.ACKNOWLEDGE: ACKNOWLEDGE, taps.CHECKED: CHECKED, taps.OPEN_AGAIN: OPEN_AGAIN}
)
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
        address, code = str(message.chat.id), token.removeprefix(ENROL)
        staff_id = wrong_tries.look_up(unit, "enrolment", address, now, lambda: staff.redeem(unit, code, "enrol", now))
        worker = staff.enrol(unit, staff_id, address, now) if staff_id else None
        ledger.note_act(unit, worker.id if worker else address, "enrol", "", worker is not None, now)
        refusal = phrases.ENROL_LINK_USED if wrong_tries.may_try(unit, "enrolment", address, now) else phrases.TRIES_REST
        self._say(unit, address, phrases.ENROLLED(worker=worker.name) if worker else refusal(), now)
        return True

    def message(self, unit: Unit, message: Message, now: datetime) -> None:
        """Take what was written in a group."""
        if message.migrate_to_chat_id:
            move_group(unit, self.content, str(message.chat.id), str(message.migrate_to_chat_id), now)
            return
        command, words = self._command(message)
        if command == BIND:
            self._bind(unit, message, words, now)
            return
        if not (command or self._is_a_reply(message)):
            self._look_who_writes(unit, message, now)
            return
        found = self._topic(unit, message)
        if found is None:
            self._nobody_reads(unit, message, command, now)
            return
        team, topic, user = found
        act = COMMANDS.get(command, UNKNOWN) if command else SAY
        worker = self._worker(unit, user, team, act, topic.handoff_id, now)
        if worker is None:
            if wrong_tries.may_try(unit, "desk", str(user.id), now):
                self._note(unit, topic, phrases.REPLY_REFUSED(), now)
            return
        said = words if command else message.text
        self._answer(unit, topic, self._obey(unit, topic, worker, act, said, message, now), now)

    def edited(self, unit: Unit, message: Message, now: datetime) -> None:
        """Take a reply that was changed after it was sent."""
        command, behind = self._command(message)
        words = behind or message.text or message.caption
        if not (command == REPLY or (not command and self._is_a_reply(message))):
            return
        found = self._topic(unit, message)
        if found is None:
            self._nobody_wrote(unit, message, now)
            return
        team, topic, user = found
        worker = self._worker(unit, user, team, EDIT, topic.handoff_id, now)
        if worker is None and not wrong_tries.may_try(unit, "desk", str(user.id), now):
            return
        held = self._held(unit, topic)
        if worker is None or held is None or not held.episode.in_touch or not words:
            self._note(unit, topic, phrases.EDIT_NOT_PASSED_ON(), now)
            return
        happen(unit, self.content, held, WorkerEdited(now, worker.name, name_of(message), words, caption=not message.text))

    def tap(self, unit: Unit, query: CallbackQuery, now: datetime) -> Ack:
        """Take a button that was tapped in a group."""
        tap, message = read_tap(query.data), query.message
        team = staff.team_at(unit, str(message.chat.id)) if message else None
        if tap is None or team is None:
            return Ack(query.id)
        act = OF_THE_GROUP.get(tap.code) or TAPS.get(tap.code, FORGED)
        thread = message.message_thread_id if message else None
        topic = handoffs.in_topic(unit, team.id, thread) if thread else None
        subject = ":".join(tap.parts) if act in ABOUT_A_SERVICE else topic.handoff_id if topic else ""
        worker = self._worker(unit, query.from_user, team, act, subject, now)
        if worker is None:
            return self._ack(query, phrases.DESK_REFUSED(), alert=True)
        if act is ACKNOWLEDGE:
            return self._acknowledge(unit, query, team, worker, now)
        if act in ABOUT_A_SERVICE:
            done = ABOUT_A_SERVICE[act](unit, self.content, subject, worker.name, now)
            return self._ack(query, phrases.DESK_DONE() if done else _done_before(unit, subject))
        if topic is None:  # no handoff's, or the message is so old that Telegram does not say where it stands
            return self._ack(query, phrases.OLD_BUTTON_HERE())
        if act is FORGED:
            return Ack(query.id)
        answer = self._obey(unit, topic, worker, act, ":".join(tap.parts), message, now)
        return self._ack(query, *(answer or (phrases.DESK_DONE(),)))

    def member_changed(self, unit: Unit, changed: MemberUpdated, now: datetime) -> None:
        """Take somebody's coming to the team's group, or leaving it."""
        before, after, team = changed.old_chat_member, changed.new_chat_member, staff.team_at(unit, str(changed.chat.id))
        worker = staff.worker_at(unit, str(after.user.id))
        if team is None:
            return
        if worker and not after.is_in:
            self._left(unit, team, worker, now)
        elif worker and not before.is_in:
            ledger.note_act(unit, worker.id, "join", str(team.id), True, now)
        elif worker is None and after.is_in and (not before.is_in or after.is_administrator > before.is_administrator):
            self._stranger(unit, team, after.user, changed.chat, "join", now)

    def standing_changed(self, unit: Unit, changed: MemberUpdated, now: datetime) -> None:
        """Take it that we were removed from a team's group, or may no longer work there: somebody has to know at once."""
        mine, team = changed.new_chat_member, staff.team_at(unit, str(changed.chat.id))
        if team is None or _may_work(mine):
            return
        removed = not mine.is_in
        ledger.note_act(unit, str(changed.from_user.id), "remove_bot" if removed else "demote_bot", str(team.id), False, now)
        log.error("bot_removed" if removed else "bot_powerless", team=team.id, remedy=RIGHTS)
        text = (phrases.BOT_REMOVED if removed else phrases.BOT_POWERLESS)(group=changed.chat.title)
        if not removed:
            self._say(unit, team.address, text, now)
        self._tell_leads(unit, text, now, "crisis", instead_of=team)

    def _left(self, unit: Unit, team: Team, worker: Worker, now: datetime) -> None:
        """Give what a worker had back to the team."""
        ledger.note_act(unit, worker.id, "leave", "", True, now)
        give_back(unit, self.content, worker.name, now, team.id)

    def given_up(self, unit: Unit, address: str, seq: int, now: datetime) -> None:
        """Ask a team to write again what could not be read there; tell the leads, wherever it came from."""
        if staff.team_at(unit, address):
            self._say(unit, address, phrases.UNREADABLE_IN_TEAM(), now)
        self._tell_leads(unit, phrases.UNREADABLE_FOR_LEAD(number=str(seq)), now)

    # What workers do

    def _obey(
        self,
        unit: Unit,
        topic: Topic,
        worker: Worker,
        act: Act,
        words: str,
        message: Message | None,
        now: datetime,
    ) -> Replies:
        """Do what a worker asks for; a handoff that is over, or is no longer the person's, answers so."""
        held = self._held(unit, topic)
        handoff = held.episode.handoff if held else None
        if held is None or handoff is None:
            return (act.closed(),)
        if act.needs_open and not handoff.open:
            return (act.closed(),)
        answered = message.reply_to_message if message else None
        source = name_of(message) if message and message.is_there else ""
        return act.run(Order(unit, self.content, held, handoff, worker, words, source, name_of(answered), now))

    def _held(self, unit: Unit, topic: Topic) -> Held | None:
        """Give the episode of a topic, while this is its latest handoff."""
        held = episodes.load(unit, topic.episode_id)
        handoff = held.episode.handoff if held else None
        return held if handoff and handoff.id == topic.handoff_id else None

    def _topic(self, unit: Unit, message: Message) -> tuple[Team, Topic, User] | None:
        """Find the handoff whose topic a message of somebody stands in."""
        team = staff.team_at(unit, str(message.chat.id))
        if team is None or message.from_user is None or message.from_user.is_bot or message.message_thread_id is None:
            return None
        topic = handoffs.in_topic(unit, team.id, message.message_thread_id)
        return (team, topic, message.from_user) if topic else None

    def _nobody_reads(self, unit: Unit, message: Message, command: str, now: datetime) -> None:
        """Tell a worker who spoke as to a person where there is none: in General, or in a topic of no handoff."""
        address, user = str(message.chat.id), message.from_user
        if (command in COMMANDS or not command) and self._nobody_wrote(unit, message, now):
            return
        worker = staff.worker_at(unit, str(user.id)) if user and staff.team_at(unit, address) else None
        if worker and (command in COMMANDS or (not command and message.is_topic_message)):
            self._say(unit, address, phrases.NOBODY_READS(worker=worker.name), now)

    def _nobody_wrote(self, unit: Unit, message: Message, now: datetime) -> bool:
        """Answer who writes in the group's name, as an anonymous administrator does: nobody we know. Say whether it was so."""
        address = str(message.chat.id)
        is_so = message.sender_chat is not None and staff.team_at(unit, address) is not None
        if is_so:
            self._say(unit, address, phrases.WRITTEN_BY_NOBODY(), now)
        return is_so

    def _is_a_reply(self, message: Message) -> bool:
        """In a topic every message seems to answer the one that opened it; a reply of a worker's answers one of ours."""
        answered = message.reply_to_message
        if answered is None or answered.message_id == message.message_thread_id or answered.from_user is None:
            return False
        return answered.from_user.id == self.bot_id and not message.text.startswith("/")

    def _command(self, message: Message) -> tuple[str, str]:
        """Give the command a message opens with, and the words behind; none when it names another bot."""
        said, bot, words = _command(message)
        return (said.lower(), words) if bot.lower() in ("", self.bot_name.lower()) else ("", "")

    # The group

    def _bind(self, unit: Unit, message: Message, code: str, now: datetime) -> None:
        address, thread = str(message.chat.id), message.message_thread_id
        if not message.chat.is_forum:
            self._say(unit, address, phrases.BIND_NEEDS_TOPICS(), now)
            return
        actor = str(message.from_user.id) if message.from_user else address
        listens = wrong_tries.may_try(unit, "binding", actor, now)
        good = wrong_tries.look_up(unit, "binding", actor, now, lambda: staff.redeem(unit, code, "bind", now)) is not None
        ledger.note_act(unit, actor, "bind", address, good, now)
        log.info("bind", good=good, thread=thread)
        if good:
            staff.bind(unit, address, now)
            self._say(unit, address, phrases.BOUND(scheme=self.content.scheme.name), now, ((SEEN,),))
        elif not listens:
            self._say(unit, address, phrases.TRIES_REST(), now)
        else:
            self._say(unit, address, phrases.BIND_WRONG(), now)
            self._report(unit, address, now)

    def _report(self, unit: Unit, address: str, now: datetime) -> None:
        """Tell every team of an attempt in a group that is none of theirs."""
        for team_id in handoffs.ready_teams(unit) if staff.team_at(unit, address) is None else ():
            self._put(unit, outbox_rows.team_lane(team_id), Say("team", Said((phrases.BIND_REPORT(),)), "crisis"), now)

    def _acknowledge(self, unit: Unit, query: CallbackQuery, team: Team, worker: Worker, now: datetime) -> Ack:
        if not team.acknowledged:
            staff.acknowledge(unit, team.id, now)
            self._say(unit, team.address, phrases.ACKNOWLEDGED(worker=worker.name), now)
        return self._ack(query, phrases.DESK_DONE())

    def _worker(self, unit: Unit, user: User, team: Team, act: Act, subject: str, now: datetime) -> Worker | None:
        """Let only those through who are enrolled and may do this; anybody else is refused, noted, and reported to the team."""
        worker = staff.worker_at(unit, str(user.id))
        allowed = worker is not None and may(worker.role, act.name)
        ledger.note_act(unit, worker.id if worker else str(user.id), act.name, subject, allowed, now)
        if not allowed:
            log.warning("desk_refused", act=act.name)
            if self._is_worth_telling(unit, user, now):
                self._say(unit, team.address, phrases.DESK_REPORT(name=user.full_name), now)
        return worker if allowed else None

    def _look_who_writes(self, unit: Unit, message: Message, now: datetime) -> None:
        """Report, once, somebody who was in the group before we watched who comes."""
        user, team = message.from_user, staff.team_at(unit, str(message.chat.id))
        if team is None or user is None or message.sender_chat or staff.worker_at(unit, str(user.id)):
            return
        said = message.text or message.brings
        if said and not any(ledger.is_noted(unit, str(user.id), act, str(team.id)) for act in ("join", "write")):
            self._stranger(unit, team, user, message.chat, "write", now)

    def _stranger(self, unit: Unit, team: Team, user: User, chat: Chat, act: str, now: datetime) -> None:
        """Tell team and leads that somebody is among them who is not enrolled."""
        ledger.note_act(unit, str(user.id), act, str(team.id), False, now)
        log.warning("stranger_in_team", team=team.id)
        if not self._is_worth_telling(unit, user, now):
            return
        self._say(unit, team.address, phrases.STRANGER_HERE(name=user.full_name), now)
        told = phrases.STRANGER_FOR_LEAD(name=user.full_name, group=chat.title)
        self._tell_leads(unit, told, now, "crisis")

    def _is_worth_telling(self, unit: Unit, user: User, now: datetime) -> bool:
        """Say whether to tell of a stranger once more: whoever goes on and on must not fill the group."""
        worth = wrong_tries.may_try(unit, "desk", str(user.id), now)
        wrong_tries.note(unit, "desk", str(user.id), now)
        return worth

    # Saying

    def _note(self, unit: Unit, topic: Topic, text: Text, now: datetime) -> None:
        self._answer(unit, topic, (text,), now)

    def _answer(self, unit: Unit, topic: Topic, answer: Replies, now: datetime) -> None:
        lane = outbox_rows.handoff_lane(topic.handoff_id)
        for part in parted(answer, self.content.wording[self.content.scheme.team_language]):
            self._put(unit, lane, Say("topic", Said(part)), now, topic.handoff_id)

    def _ack(self, query: CallbackQuery, *texts: Text, alert: bool = False) -> Ack:
        words = (self.words.label(text, self.content.scheme.team_language) for text in texts)
        return Ack(query.id, " ".join(words)[:TOAST], alert)

    def _say(self, unit: Unit, address: str, text: Text, now: datetime, buttons: Rows = ()) -> None:
        team = staff.team_at(unit, address)
        lane = outbox_rows.team_lane(team.id) if team else outbox_rows.chat_lane(address)
        self._put(unit, lane, Say("team", Said((text,), buttons), "crisis"), now)

    def _tell_leads(
        self, unit: Unit, text: Text, now: datetime, urgency: Urgency = "relay", instead_of: Team | None = None
    ) -> None:
        """Tell the leads. Where there are none, another team hears what this one cannot."""
        others = (team for team in handoffs.ready_teams(unit) if instead_of and team != instead_of.id)
        lanes = [outbox_rows.staff_lane(lead) for lead in staff.leads(unit)] or [outbox_rows.team_lane(one) for one in others][:1]
        for lane in lanes:
            self._put(unit, lane, Say("lead", Said((text,)), urgency), now)

    def _put(self, unit: Unit, lane: str, say: Say, now: datetime, handoff_id: str | None = None) -> None:
        scheme = self.content.scheme
        outbox_rows.put(unit, lane, say, now, scheme.team_language, self.content.release, handoff_id=handoff_id)


def _done_before(unit: Unit, service: str) -> Text:
    is_hidden = service_of(unit, service) is not None and hidden_by(unit, service)
    return phrases.NOTED_STILL_HIDDEN() if is_hidden else phrases.SHOWN_ALREADY()


def name_of(message: Message | None) -> str:
    """Name a message as the core keeps it: `chat:message`."""
    return f"{message.chat.id}:{message.message_id}" if message else ""


def _may_work(member: Member) -> bool:
    """Say whether somebody has the rights we need in a team's group: without topics no handoff can be opened."""
    return member.status == ADMINISTRATOR and member.can_manage_topics


def _command(message: Message) -> tuple[str, str, str]:
    """Take a message apart that opens with a command: the command, the bot it names, the words behind."""
    entity = next((e for e in message.entities if e.offset == 0 and e.type == COMMAND), None)
    if entity is None:
        return "", "", ""
    command, _, bot = message.text[: entity.length].partition("@")
    return command, bot, message.text[entity.length :].strip()
