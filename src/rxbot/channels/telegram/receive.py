"""What an update means. A person's goes to their episode; a group's goes to the desk; a stranger's is answered kindly."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from rxbot.carry_out import Notices, happen, language_of
from rxbot.channels.telegram.desk import TOAST, Desk, name_of
from rxbot.channels.telegram.updates import COMMAND, MEMBER, PRIVATE, CallbackQuery, Location, MemberUpdated, Message, read
from rxbot.dialog.understand import escape
from rxbot.directory.model import Place
from rxbot.episode import phrases
from rxbot.episode.effects import Say
from rxbot.episode.events import Edited, Event, LinkOpened, Located, SentMedia, Tapped, Typed, Unreadable
from rxbot.episode.model import Episode
from rxbot.episode.screens import emergency
from rxbot.inbox import Ack
from rxbot.message import Message as Said
from rxbot.message import Phrase, Text
from rxbot.safety.model import is_red_flag
from rxbot.store import episodes, invitations, outbox_rows, short_codes, staff, wrong_tries
from rxbot.store.episodes import Held
from rxbot.store.erase import erase_episodes
from rxbot.store.invitations import Invitation
from rxbot.store.timers import drop_timers_of
from rxbot.store.unit import Unit

log = structlog.get_logger()
CHANNEL = "telegram"
START = "/start"
FOUND_ANEW = ("url", "email", "mention", "hashtag", "cashtag", "phone_number", COMMAND)
UNDER_WAY = ("new", "choosing_language", "asking_consent", "answering", "reviewing", "asking_eligibility", "choosing_services")


@dataclass(frozen=True)
class Receive:
    """Takes one update through its turn."""

    desk: Desk

    def __call__(self, unit: Unit, body: bytes, now: datetime) -> tuple[Ack, ...]:
        """Let the update happen; give the taps to answer after the commit."""
        update = read(body)
        if update.my_chat_member:
            self._reach_changed(unit, update.my_chat_member, now)
            return ()
        if update.chat_member:
            self.desk.member_changed(unit, update.chat_member, now)
            return ()
        if update.callback_query:
            return self._tapped(unit, update.callback_query, now)
        if update.message:
            return self._message(unit, update.message, now)
        if update.edited_message:
            self._edited(unit, update.edited_message, now)
        return ()

    def given_up(self, unit: Unit, lane: str, seq: int, now: datetime) -> None:
        """Tell whoever sent an update that it could not be read, and the leads."""
        address = lane.partition(":")[0]
        held = episodes.latest(unit, CHANNEL, address)
        if held:
            happen(unit, self.desk.content, held, Unreadable(now))
        self.desk.given_up(unit, address, seq, now)

    def _message(self, unit: Unit, message: Message, now: datetime) -> tuple[Ack, ...]:
        if message.chat.type != PRIVATE:
            self.desk.message(unit, message, now)
        elif message.text and (message.text == START or message.text.startswith(START + " ")):
            self._started(unit, message, message.text.removeprefix(START).strip(), now)
        elif message.text or message.brings:
            self._to_person(unit, message, _event(message, now), now)
        return ()

    def _edited(self, unit: Unit, message: Message, now: datetime) -> None:
        """Take a message that was changed. A place that moves is changed all the time, and says nothing new."""
        if message.location:
            return
        if message.chat.type != PRIVATE:
            self.desk.edited(unit, message, now)
            return
        held, words = episodes.latest(unit, CHANNEL, str(message.chat.id)), message.text or message.caption
        if held:
            happen(unit, self.desk.content, held, Edited(now, words, name_of(message), caption=not message.text))
        elif is_red_flag(words, self.desk.content.lexicons.values()):
            self._no_link(unit, str(message.chat.id), _language(message), phrases.NO_LINK, now, in_danger=True)

    def _tapped(self, unit: Unit, tap: CallbackQuery, now: datetime) -> tuple[Ack, ...]:
        message = tap.message
        if message is None or message.chat.type != PRIVATE:
            return (self.desk.tap(unit, tap, now),)
        held = episodes.latest(unit, CHANNEL, str(message.chat.id))
        if held is None:
            self._no_link(unit, str(message.chat.id), tap.from_user.language_code, phrases.NO_LINK, now)
            return (Ack(tap.id),)
        event = Tapped(now, tap.data, f"{message.chat.id}:{message.message_id}")
        return (Ack(tap.id, self._toast(held, happen(unit, self.desk.content, held, event))),)

    def _to_person(self, unit: Unit, message: Message, event: Event, now: datetime) -> None:
        address, guess = str(message.chat.id), _language(message)
        held = episodes.latest(unit, CHANNEL, address)
        words = event.words if isinstance(event, Typed) else ""
        code = short_codes.code_in(words)
        one = wrong_tries.look_up(unit, "code", address, now, lambda: invitations.by_code(unit, code, now)) if code else None
        if one:
            self._opened(unit, one, held, address, guess, now)
        elif held and (code is None or held.episode.state != "closed" or held.episode.in_touch):
            happen(unit, self.desk.content, held, _as_seen(unit, held, message, event))
        elif code:
            phrase = phrases.CODE_UNKNOWN if wrong_tries.may_try(unit, "code", address, now) else phrases.CODE_RESTS
            self._no_link(unit, address, guess, phrase, now)
        else:
            lexicons = self.desk.content.lexicons.values()
            phrase = phrases.NO_LINK_PERSON if escape(words, lexicons) == "person" else phrases.NO_LINK
            self._no_link(unit, address, guess, phrase, now, is_red_flag(words, lexicons))

    def _started(self, unit: Unit, message: Message, token: str, now: datetime) -> None:
        address, guess = str(message.chat.id), _language(message)
        if self.desk.enrols(unit, message, token, now):
            return
        held = episodes.latest(unit, CHANNEL, address)
        one = wrong_tries.look_up(unit, "link", address, now, lambda: invitations.by_token(unit, token, now)) if token else None
        if one:
            self._opened(unit, one, held, address, guess, now)
        elif token and held is None and not wrong_tries.may_try(unit, "link", address, now):
            self._no_link(unit, address, guess, phrases.LINK_RESTS, now)
        else:
            self._come_back(unit, held, address, guess, now)

    def _opened(self, unit: Unit, one: Invitation, held: Held | None, address: str, guess: str | None, now: datetime) -> None:
        if held and one.person_id == held.person_id:
            self._come_back(unit, held, address, guess, now)
        elif one.person_id is not None:
            self._no_link(unit, address, guess, phrases.LINK_USED, now)
        elif one.expires_at <= now or one.standing == "erased":
            self._no_link(unit, address, guess, phrases.LINK_OLD, now)
        elif held and held.episode.survey and not one.survey and not held.episode.handoffs:  # support is more than a survey
            erase_episodes(unit, [held.episode.id], now)
            self._begin(unit, one, address, guess, now)
        elif held and one.survey and held.episode.state not in UNDER_WAY and _is_supported(held.episode):
            self._no_link(unit, address, held.episode.language, phrases.SURVEY_FOR_OTHERS, now)
        elif held and held.episode.state in UNDER_WAY:  # the new link stays good, for whoever it was meant
            happen(unit, self.desk.content, held, LinkOpened(now, guess))
        else:
            self._begin(unit, one, address, guess, now)

    def _come_back(self, unit: Unit, held: Held | None, address: str, guess: str | None, now: datetime) -> None:
        if held:
            happen(unit, self.desk.content, held, LinkOpened(now, guess))
        else:
            self._no_link(unit, address, guess, phrases.NO_LINK, now)

    def _begin(self, unit: Unit, one: Invitation, address: str, guess: str | None, now: datetime) -> None:
        person_id = episodes.person_at(unit, CHANNEL, address)
        if person_id is None:
            person_id = secrets.token_urlsafe(12)
            episodes.meet(unit, person_id, CHANNEL, address, now)
        invitations.opened(unit, one, person_id, now)
        drop_timers_of(unit, person_id)  # an earlier episode does not go on beside the new one
        teamless = one.survey and not staff.teams_ready(unit)
        episode = Episode(one.episode_id, one.clinic, one.reason, guess=one.language, survey=one.survey, teamless=teamless)
        held = Held(person_id, address, episode)
        episodes.start(unit, held, now)
        happen(unit, self.desk.content, held, LinkOpened(now, guess))

    def _no_link(
        self, unit: Unit, address: str, guess: str | None, phrase: Phrase, now: datetime, in_danger: bool = False
    ) -> None:
        """Answer somebody we have no link for, and keep nothing about them. Nobody of ours can be promised to them."""
        content = self.desk.content
        whom_to_ring = (
            emergency(content) if phrase is phrases.NO_LINK_PERSON else (phrases.NO_LINK_DANGER(number=content.emergency.number),)
        )
        alarm = (phrases.TAKEN_SERIOUSLY(), *emergency(content), Text("")) if in_danger else ()
        said = Said((*alarm, phrase()) if in_danger else (phrase(), Text(""), *whom_to_ring))
        language = guess if guess in content.scheme.languages else content.scheme.languages[0]
        outbox_rows.put(unit, outbox_rows.chat_lane(address), Say("person", said), now, language or "en", content.release)

    def _toast(self, held: Held, notices: Notices) -> str:
        language = language_of(self.desk.content, held)
        return " ".join(self.desk.words.label(text, language) for text in notices)[:TOAST]

    def _reach_changed(self, unit: Unit, changed: MemberUpdated, now: datetime) -> None:
        if changed.chat.type != PRIVATE:
            self.desk.standing_changed(unit, changed, now)
            return
        person_id = episodes.person_at(unit, CHANNEL, str(changed.chat.id))
        if person_id:
            episodes.reachable(unit, person_id, changed.new_chat_member.status == MEMBER)


def _is_supported(episode: Episode) -> bool:
    return episode.state != "closed" or episode.in_touch


def _event(message: Message, now: datetime) -> Event:
    source, reply_to = name_of(message), name_of(message.reply_to_message)
    if message.location:
        return Located(now, _area(message.location), source, reply_to)
    if message.text:
        return Typed(now, _without_bot_name(message.text), source, reply_to, styled=_is_styled(message))
    return SentMedia(now, source, message.caption, reply_to)


def _as_seen(unit: Unit, held: Held, message: Message, event: Event) -> Event:
    """Note with words what was not on the person's screen yet: words answer only what somebody could have read."""
    if not isinstance(event, Typed):
        return event
    unseen = outbox_rows.first_unseen(unit, held.person_id, held.episode.id, message.message_id, message.sent_at)
    return replace(event, unseen=unseen)


def _is_styled(message: Message) -> bool:
    """Say whether there is more to a text than its words. Links, names and numbers Telegram finds anew in any text."""
    return any(entity.type not in FOUND_ANEW for entity in message.entities)


def _area(spot: Location) -> Place:
    """Give where somebody is to about a kilometre: we need no more, and keep no more."""
    return Place(round(spot.latitude, 2), round(spot.longitude, 2))


def _without_bot_name(words: str) -> str:
    """Telegram may send a command of its menu as /help@our_name."""
    command, blank, rest = words.partition(" ")
    return command.split("@")[0] + blank + rest if words.startswith("/") else words


def _language(message: Message) -> str | None:
    code = message.from_user.language_code if message.from_user else None
    return code.split("-")[0].lower() if code else None
