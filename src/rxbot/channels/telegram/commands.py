"""What link workers can do in a topic, by command and by button: a table of each, and a small function for every entry.

Each gives the words that answer the worker: in the topic after a command, on top of the chat after a tap.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, TypeAlias

from rxbot.carry_out import happen
from rxbot.dialog.plain import plain
from rxbot.directory.capacity import CapacityCode
from rxbot.directory.model import Service
from rxbot.directory.search import Search, Wish
from rxbot.episode import phrases, referral_pages, taps
from rxbot.episode.content import Content
from rxbot.episode.events import (
    AlarmSeen,
    AnswerSettled,
    Claimed,
    ClinicAsked,
    ContactStopped,
    EndingAsked,
    Event,
    HandedBack,
    HandoffEnded,
    KeptTalking,
    NoteKept,
    PhraseSaid,
    PlaceNamed,
    ReferralMoved,
    ReferralOpened,
    Signposted,
    Snoozed,
    StepProposed,
    SupportEnded,
    WorkerSaid,
)
from rxbot.episode.fitting import short
from rxbot.episode.model import Offer
from rxbot.episode.moves.summing_up import notes_kept
from rxbot.episode.moves.talking import ENDINGS
from rxbot.episode.screens import NAME
from rxbot.handoff.model import Handoff
from rxbot.handoff.phrasebook import Saying
from rxbot.message import Km, Listed, Phrase, Text
from rxbot.referral.lifecycle import CAME_OF_IT, MOVES
from rxbot.store import service_checks
from rxbot.store.candidates import find_named, service_by_key
from rxbot.store.directory_rows import service_of
from rxbot.store.episodes import Held
from rxbot.store.service_standards import standing_of
from rxbot.store.staff import Worker
from rxbot.store.unit import Unit

REPLY = "/r"
NUMBERED = re.compile(r"(\d{1,3})(?:\s+(.+))?", re.DOTALL)
QUOTED = re.compile(r"[\"“”„«'‘](.+)[\"“”»'’]", re.DOTALL)
URGENCIES: tuple[Literal["routine", "soon", "urgent"], ...] = ("routine", "soon", "urgent")
STOPS: tuple[Literal["died", "admitted", "other"], ...] = ("died", "admitted", "other")
OUTCOMES = MappingProxyType(
    {
        "attended": "attended",
        "not_attended": "not_attended",
        "need_met": "need_met",
        "part": "need_partly_met",
        "not_met": "need_not_met",
    }
)
LONGEST = 300  # letters of a step, or of the name of a place: both stand in many messages, with other words around them
ROOM_TOLD = re.compile(r"(?P<name>.+?)\s+(?P<told>open|full|assessment|waiting(?:\s+(?P<weeks>\d{1,2}))?)", re.I | re.S)
ROOM_CODES: Mapping[str, CapacityCode] = MappingProxyType(
    {"open": "capacity", "waiting": "waitlist", "full": "no-capacity", "assessment": "additional-assessment-required"}
)
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

    def lets(self, event: Event) -> "Replies":
        """Let this happen to the person's episode."""
        return happen(self.unit, self.content, self.held, event)


Replies: TypeAlias = tuple[Text, ...]
Run: TypeAlias = Callable[[Order], Replies]
TOO_LONG: Replies = (phrases.TOO_LONG_HERE(most=LONGEST),)


@dataclass(frozen=True)
class Act:
    """Something a worker can do, by the name that the audit keeps and `access.py` has; whether it needs an open handoff."""

    name: str
    run: Run
    needs_open: bool = True
    closed: Phrase = phrases.ALREADY_CLOSED


# By command


def say(order: Order) -> Replies:
    """Say these words to the person, or pass on the file."""
    return order.lets(WorkerSaid(order.now, order.worker.name, order.source, order.words, order.reply_to))


def reply(order: Order) -> Replies:
    """Say the words behind the command to the person."""
    return say(order) if order.words else (phrases.REPLY_EMPTY(),)


def snooze(order: Order) -> Replies:
    """Let the handoff rest for some days or hours."""
    found = SPAN.fullmatch(order.words.lower())
    if found is None or int(found[1]) == 0:
        return (phrases.SNOOZE_HOW(),)
    span = timedelta(days=int(found[1])) if found[2] == "d" else timedelta(hours=int(found[1]))
    return order.lets(Snoozed(order.now, order.worker.name, order.now + span))


def say_phrase(order: Order) -> Replies:
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


def hand_back(order: Order) -> Replies:
    """Let the bot go on."""
    return order.lets(HandedBack(order.now, order.worker.name))


def refer(order: Order) -> Replies:
    """Begin a referral, by the number the person saw or by name; without either, list what was shown and begun."""
    if _is_too_long(order):
        return TOO_LONG
    if _is_to_be_looked_up(order):
        return order.lets(PlaceNamed(order.now, order.worker.name, order.words, "refer"))
    meant = _place_meant(order)
    if meant is None:
        return (phrases.NO_SUCH_NUMBER(),) if order.words else (*_list_places(order), *_how_to_refer(order))
    name, offer, reason = meant
    service, domain = (offer.service, offer.domain) if offer else ("", "")
    standing, room = standing_of(order.unit, service), service_checks.capacities(order.unit, [service])
    return order.lets(ReferralOpened(order.now, order.worker.name, name, service, domain, reason, standing, room.get(service)))


def move_referral(order: Order) -> Replies:
    """Move a referral, or tell what came of it, by the button under it."""
    number, _, move = order.words.partition(":")
    if not number.isdecimal() or move not in (*MOVES, *CAME_OF_IT):
        return (phrases.OLD_BUTTON_HERE(),)
    return order.lets(ReferralMoved(order.now, order.worker.name, int(number), move))


def tell_outcome(order: Order) -> Replies:
    """Note what came of a referral."""
    number, _, outcome = order.words.lower().partition(" ")
    if not number.isdecimal() or outcome.strip() not in OUTCOMES:
        return (phrases.HELP_OUTCOME(),)
    if int(number) > len(order.held.episode.referrals):
        return (phrases.NO_SUCH_NUMBER(),)
    return order.lets(ReferralMoved(order.now, order.worker.name, int(number), OUTCOMES[outcome.strip()]))


def signpost(order: Order) -> Replies:
    """Give the person a place's name and contact."""
    if _is_too_long(order):
        return TOO_LONG
    if _is_to_be_looked_up(order):
        return order.lets(PlaceNamed(order.now, order.worker.name, order.words, "signpost"))
    meant = _place_meant(order)
    if meant is None:
        return (phrases.NO_SUCH_NUMBER(),) if order.words else (phrases.HELP_SIGNPOST(), *_list_places(order))
    name, offer, _ = meant
    service = offer.service if offer else ""
    return order.lets(Signposted(order.now, order.worker.name, name, service, service_by_key(order.unit, service)))


def pick(order: Order) -> Replies:
    """Refer to the service chosen among several of a name, or signpost it."""
    purpose, _, key = order.words.partition(":")
    match = service_by_key(order.unit, key)
    if match is None:
        return (phrases.PLACE_GONE(),)
    name = short(match.service.name, NAME)
    if purpose == "refer":
        return order.lets(
            ReferralOpened(order.now, order.worker.name, name, key, standing=match.standing, capacity=match.capacity)
        )
    return order.lets(Signposted(order.now, order.worker.name, name, key, match))


def tell_capacity(order: Order) -> Replies:
    """Note whether a service has room, by the number the person saw or by name."""
    if len(order.words) > LONGEST:
        return TOO_LONG
    found = ROOM_TOLD.fullmatch(order.words)
    if found is None:
        return (phrases.HELP_CAPACITY(),)
    shown = _shown(order, found["name"])
    services = (shown,) if shown else _looked_up(order, found["name"])
    if not services and found["name"].isdecimal():
        return (phrases.NO_SUCH_NUMBER(),)
    if len(services) != 1:
        return _which(order, services)
    code, weeks = ROOM_CODES[found["told"].split()[0].lower()], int(found["weeks"] or 0) or None
    service_checks.tell_capacity(order.unit, services[0].key, code, weeks, order.worker.name, order.now)
    return (phrases.CAPACITY_NOTED(name=short(services[0].name, NAME)),)


def _shown(order: Order, words: str) -> Service | None:
    """Give the service that was shown to the person by this number, or under this name."""
    shown = enumerate(_offers(order), 1)
    offer = next((one for number, one in shown if str(number) == words or plain(one.name) == plain(words)), None)
    return service_of(order.unit, offer.service) if offer else None


def _looked_up(order: Order, words: str) -> tuple[Service, ...]:
    """Give the services near the person's clinic that may be meant."""
    scheme = order.content.scheme
    place, named = scheme.clinics[order.held.episode.clinic].place, tuple(Wish("", word) for word in words.split())
    search = Search(needs=(), focus=named, place=place, reach_km=scheme.reach_km, now=scheme.day(order.now))
    return tuple(match.service for match in find_named(order.unit, words, search))


def _which(order: Order, services: tuple[Service, ...]) -> Replies:
    if not services:
        return (phrases.CAPACITY_NONE(km=Km(order.content.scheme.reach_km)),)
    names = ((short(one.name, NAME), short(one.organization.name, NAME)) for one in services)
    lines = (phrases.NAMED_LINE(number=n, name=name, organization=by) for n, (name, by) in enumerate(names, 1))
    return (phrases.CAPACITY_WHICH(), *lines)


def ask_clinic(order: Order) -> Replies:
    """Refer back to the clinic."""
    urgency, _, words = order.words.partition(" ")
    found: Literal["routine", "soon", "urgent"] | None = next((u for u in URGENCIES if u == urgency.lower()), None)
    if found is None or not words.strip():
        return (phrases.HELP_CLINIC(),)
    return order.lets(ClinicAsked(order.now, order.worker.name, found, words.strip()))


def propose_step(order: Order) -> Replies:
    """Suggest a step towards a goal of the plan; it stands in the plan only when the person agrees."""
    goal, _, step = order.words.partition(" ")
    if not goal.isdecimal() or len(goal) > 2 or not step.strip():
        return (phrases.HELP_STEP(),)
    if len(step) > LONGEST:
        return TOO_LONG
    return order.lets(StepProposed(order.now, order.worker.name, int(goal), step.strip()))


def keep_note(order: Order) -> Replies:
    """Keep words for the closing; without any, show what is kept: the topic it was written in may be another's."""
    if order.words:
        return order.lets(NoteKept(order.now, order.worker.name, order.words))
    return notes_kept(order.held.episode.notes, order.content.scheme) or (phrases.HELP_NOTE(),)


def _is_too_long(order: Order) -> bool:
    """Say whether a name is longer than any. The reason behind a number may be as long as it likes."""
    meant = _place_meant(order)
    return meant is not None and len(meant[0]) > LONGEST


def _is_to_be_looked_up(order: Order) -> bool:
    """Say whether these words name a place that was not shown. In quotes, or with a contact behind a comma, they stand."""
    meant = _place_meant(order)
    return meant is not None and meant[1] is None and not QUOTED.fullmatch(order.words) and "," not in order.words


def _place_meant(order: Order) -> tuple[str, Offer | None, str] | None:
    """Give the name of the place, its offer when the person was shown it, and the words behind a number."""
    offers, numbered = _offers(order), NUMBERED.fullmatch(order.words)
    if numbered and 1 <= int(numbered[1]) <= len(offers):
        offer = offers[int(numbered[1]) - 1]
        return offer.name, offer, numbered[2] or ""
    if not order.words or order.words.isdecimal():
        return None
    named = next((offer for offer in offers if plain(offer.name) == plain(order.words)), None)
    quoted = QUOTED.fullmatch(order.words)
    return (named.name if named else quoted[1] if quoted else order.words), named, ""


def _offers(order: Order) -> tuple[Offer, ...]:
    """Give what the person was shown, where they let the team read it."""
    return order.held.episode.offers if order.held.episode.shares else ()


def _list_places(order: Order) -> Replies:
    shown = tuple(phrases.REFER_LINE(number=n, name=offer.name) for n, offer in enumerate(_offers(order), 1))
    begun = tuple(referral_pages.note(one) for one in order.held.episode.referrals)
    return (*((phrases.REFER_HEAD(), *shown) if shown else (phrases.REFER_NONE(),)), *begun)


def _how_to_refer(order: Order) -> Replies:
    """Say what to write, where the list of what was shown does not."""
    return (phrases.REFER_HOW(),) if _offers(order) else ()


def stop_contact(order: Order) -> Replies:
    """Stop all contact with the person at once."""
    reason: Literal["died", "admitted", "other"] | None = next((one for one in STOPS if one == order.words.lower()), None)
    if reason is None:
        return (phrases.HELP_STOP_CONTACT(),)
    return order.lets(ContactStopped(order.now, order.worker.name, reason))


def show_help(_order: Order) -> Replies:
    """List what can be done here."""
    return tuple(phrase() for phrase in HELP)


COMMANDS: Mapping[str, Act] = MappingProxyType(
    {
        REPLY: Act("reply", reply, closed=phrases.NOT_PASSED_ON),
        "/say": Act("say", say_phrase, closed=phrases.NOT_PASSED_ON),
        "/refer": Act("refer", refer),
        "/outcome": Act("outcome", tell_outcome, needs_open=False),
        "/signpost": Act("signpost", signpost),
        "/capacity": Act("tell_capacity", tell_capacity, needs_open=False),
        "/clinic": Act("clinic", ask_clinic),
        "/step": Act("propose_step", propose_step),
        "/note": Act("note", keep_note, needs_open=False),
        "/stop_contact": Act("stop_contact", stop_contact, needs_open=False),
        "/snooze": Act("snooze", snooze),
        "/bot": Act("hand_back", hand_back),
        "/help": Act("help", show_help, needs_open=False),
    }
)
SAY = Act("reply", say, closed=phrases.NOT_PASSED_ON)
UNKNOWN = Act("unknown", show_help, needs_open=False)
HELP = (
    phrases.HELP_HEAD,
    phrases.HELP_R,
    phrases.HELP_SAY,
    phrases.HELP_REFER,
    phrases.HELP_OUTCOME,
    phrases.HELP_SIGNPOST,
    phrases.HELP_CAPACITY,
    phrases.HELP_CLINIC,
    phrases.HELP_STEP,
    phrases.HELP_NOTE,
    phrases.HELP_SNOOZE,
    phrases.HELP_BOT,
    phrases.HELP_STOP_CONTACT,
)


# By button


def claim(order: Order) -> Replies:
    """Take the handoff."""
    return order.lets(Claimed(order.now, order.worker.name))


def close(order: Order) -> Replies:
    """End this talk."""
    return order.lets(HandoffEnded(order.now, order.worker.name))


def end(order: Order) -> Replies:
    """End the support for a reason; without one, ask for it."""
    if not order.words:
        return order.lets(EndingAsked(order.now, order.worker.name))
    if order.words not in ENDINGS:
        return (phrases.OLD_BUTTON_HERE(),)
    return order.lets(SupportEnded(order.now, order.worker.name, order.words))


def see(order: Order) -> Replies:
    """Say that the alarm was seen."""
    return order.lets(AlarmSeen(order.now, order.worker.name))


def settle(order: Order) -> Replies:
    """Say that what was reminded of is done."""
    return order.lets(AnswerSettled(order.now, order.worker.name))


def keep(order: Order) -> Replies:
    """Say that the talk goes on."""
    return order.lets(KeptTalking(order.now, order.worker.name))


TAPS: Mapping[str, Act] = MappingProxyType(
    {
        taps.CLAIM: Act("claim", claim),
        taps.CLOSE: Act("close", close),
        taps.END: Act("end_support", end),
        taps.SEEN: Act("see", see),
        taps.SETTLED: Act("settle", settle),
        taps.PICK: Act("pick", pick),
        taps.MOVE: Act("move_referral", move_referral, needs_open=False),
        taps.KEEP: Act("keep", keep),
        taps.HAND_BACK: Act("hand_back", hand_back),
    }
)
