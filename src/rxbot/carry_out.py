"""Let something happen to an episode, and write down what is to be done about it: rows, timers, facts.

A question to the store is answered in the same transaction, by another event. Nothing is sent here.
"""

import re
from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from typing import TypeAlias

import structlog
from structlog.contextvars import bound_contextvars

from rxbot import metrics
from rxbot.directory.checks import Outcome
from rxbot.directory.reports import ReportKind
from rxbot.episode import brief, suspensions
from rxbot.episode.content import Content
from rxbot.episode.effects import (
    CloseTopic,
    Copy,
    Count,
    CountOutcome,
    DeleteTopic,
    DropLetters,
    DropTimers,
    Effect,
    Erase,
    FindKept,
    FindNamed,
    FindPlaces,
    FindServices,
    Give,
    NamePlace,
    Notice,
    OpenTopic,
    Reader,
    RecallFromClinic,
    Record,
    ReportService,
    Rewrite,
    RewriteBrief,
    Say,
    SetTimer,
    ShowChosen,
    TellClinic,
    TitleTopic,
    Urgency,
)
from rxbot.episode.events import Event, KeptFound, NamesFound, PlacesFound, ServicesFound, WorkerLeft
from rxbot.episode.moves.renewing import places_of_plan, renewed
from rxbot.episode.phrases import (
    DELETE_BY_HAND,
    ERASED,
    NOT_BROUGHT,
    NOT_COPIED,
    NOT_IN_TEAM,
    NOT_IN_TOPIC,
    PERHAPS_NOT_COPIED,
    PERSON_ERASED,
    PERSON_PERHAPS_UNREACHED,
    PERSON_UNREACHABLE,
)
from rxbot.episode.turn import take_turn
from rxbot.errors import Refused, StoreAway
from rxbot.handoff.model import Handoff
from rxbot.message import Message, Text
from rxbot.pace import CRISIS
from rxbot.store import (
    clinic_messages,
    directory_reports,
    handoffs,
    invitations,
    ledger,
    outbox_rows,
    service_checks,
    service_outcomes,
    staff,
    timers,
)
from rxbot.store.candidates import facts_deciding, find_named, find_services
from rxbot.store.directory_rows import hidden_by, listed, regions_of, service_of
from rxbot.store.episodes import Held, load, save
from rxbot.store.erase import erase_episodes, erase_person
from rxbot.store.outbox_rows import (
    REFUSED,
    SERVER_FAILED,
    UNKNOWN,
    Letter,
    Parcel,
    chat_lane,
    handoff_lane,
    person_lane,
    staff_lane,
    team_lane,
)
from rxbot.store.places import area_of, find_places, guess_places, name_place
from rxbot.store.unit import Unit

log = structlog.get_logger()
QUESTIONS = 3  # to the store, in one turn: more would be a circle

Notices: TypeAlias = tuple[Text, ...]


def happen(unit: Unit, content: Content, held: Held, event: Event) -> Notices:
    """Take the turn, carry out its effects, save the episode. Give the short words to show on top of the chat.

    What is logged meanwhile says of which episode it tells, and on what event.
    """
    on = _name_of(type(event).__name__)
    with bound_contextvars(episode=held.episode.id, on=on):
        try:
            with metrics.TURN_SECONDS.time():
                notices = _happen(unit, content, held, event)
        except StoreAway:  # it happens again when the database answers
            raise
        except Exception as failed:
            metrics.TURNS_FAILED.inc()
            log.error("turn_failed", error=type(failed).__name__)
            raise
        metrics.TURNS.labels(on).inc()
        log.info("turn_taken")
    return notices


@cache
def _name_of(event: str) -> str:
    """Name an event as the tables of the lifecycles do."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event).lower()


def _happen(unit: Unit, content: Content, held: Held, event: Event) -> Notices:
    notices: list[Text] = []
    waiting: list[Event] = [event]
    if places := places_of_plan(held.episode, event):
        held = held.now(renewed(held.episode, event, content, listed(unit, places), regions_of(unit, places)))
    for _ in range(QUESTIONS):
        if not waiting:
            break
        episode, effects = take_turn(held.episode, waiting.pop(0), content)
        held = held.now(episode)
        if any(isinstance(effect, Erase) for effect in effects):
            _erase(unit, content, held, effects, event.at)
            return ()
        for effect in effects:
            waiting += _carry_out(unit, content, held, effect, event.at)
        notices += [effect.text for effect in effects if isinstance(effect, Notice)]
    save(unit, held, event.at)
    if held.episode.handoff:
        handoffs.keep_up(unit, held.episode.handoff)
    return tuple(notices)


def tell_unreachable(unit: Unit, content: Content, letter: Letter, reason: str, now: datetime) -> None:
    """A letter has ended, and did not arrive as far as we know: say so where somebody can do something about it.

    The topic is told of what was for or from its person. What a group misses goes to the leads, or else to another team; what a
    lead cannot read, to the team. What itself was such a word is not told of again, so that this ends.
    """
    perhaps = reason in (UNKNOWN, SERVER_FAILED)
    if letter.lane.startswith("staff:"):
        _tell_team(unit, content, letter, now)
    elif letter.lane.startswith("person:") and not isinstance(letter.parcel, ShowChosen):
        _tell_topic(unit, content, letter, PERSON_PERHAPS_UNREACHED() if perhaps else PERSON_UNREACHABLE(), now)
    elif letter.lane.startswith("handoff:") and letter.sources:
        _tell_topic(unit, content, letter, PERHAPS_NOT_COPIED() if perhaps else NOT_COPIED(), now)
        if not perhaps:
            _tell_person(unit, content, letter, now)
    elif isinstance(letter.parcel, DeleteTopic):
        _ask_to_delete(unit, content, letter, letter.parcel, now)
    is_missed = isinstance(letter.parcel, Say | Give | Copy | RewriteBrief) and (not letter.sources or reason == REFUSED)
    if letter.to_group and is_missed:
        _tell_leads(unit, content, letter, now)


def _tell_person(unit: Unit, content: Content, letter: Letter, now: datetime) -> None:
    """They have read that it was passed on, and it was not."""
    held = load(unit, letter.episode_id) if letter.episode_id else None
    if held and held.episode.may_be_written_to:
        _put(unit, content, held, "person", Say("person", Message((NOT_BROUGHT(),)), "relay"), now)


def _ask_to_delete(unit: Unit, content: Content, letter: Letter, parcel: DeleteTopic, now: datetime) -> None:
    """Somebody is to be forgotten, and their topic stands: only a human can remove it now. Team and leads are told."""
    asked = Say("team", Message((DELETE_BY_HAND(number=parcel.number or "?"),)), "relay")
    for lane in (*_group_of(letter), *map(staff_lane, staff.leads(unit))):
        _put_instead(unit, content, letter, lane, asked, now)


def _group_of(letter: Letter) -> tuple[str, ...]:
    return (team_lane(letter.to.team_id),) if letter.to.team_id is not None else ()


def _tell_topic(unit: Unit, content: Content, letter: Letter, text: Text, now: datetime) -> None:
    if letter.handoff_id:
        lane, said, language = (
            handoff_lane(letter.handoff_id),
            Say("topic", Message((text,)), "relay"),
            content.scheme.team_language,
        )
        outbox_rows.put(unit, lane, said, now, language, content.release, handoff_id=letter.handoff_id)


def _tell_team(unit: Unit, content: Content, letter: Letter, now: datetime) -> None:
    """What a lead cannot read, the team reads that it is about; what that team could not read either, another."""
    team_id = (handoffs.team_of(unit, letter.handoff_id) if letter.handoff_id else None) or handoffs.freest_team(unit)
    if _tells_of_another(letter):
        team_id = _another_team(unit, team_id)
    if team_id is not None:
        _put_instead(unit, content, letter, team_lane(team_id), letter.parcel, now)


def _tell_leads(unit: Unit, content: Content, letter: Letter, now: datetime) -> None:
    if _tells_of_another(letter):
        return
    in_topic = letter.lane != team_lane(letter.to.team_id or 0)
    missed = letter.parcel.message.lines if isinstance(letter.parcel, Say) else ()
    lines = (NOT_IN_TOPIC(number=letter.number),) if in_topic else (NOT_IN_TEAM(), *missed)
    urgency: Urgency = "crisis" if letter.urgency == CRISIS else "relay"
    another = _another_team(unit, letter.to.team_id)
    lanes = tuple(map(staff_lane, staff.leads(unit))) or ((team_lane(another),) if another is not None else ())
    for lane in lanes:
        _put_instead(unit, content, letter, lane, Say("lead", Message(lines), urgency), now)


def _tells_of_another(letter: Letter) -> bool:
    first = letter.parcel.message.lines[:1] if isinstance(letter.parcel, Say) else ()
    return any(line.id in (NOT_IN_TEAM.id, NOT_IN_TOPIC.id) for line in first)


def _another_team(unit: Unit, team_id: int | None) -> int | None:
    return next((other for other in handoffs.ready_teams(unit) if other != team_id), None)


def _put_instead(unit: Unit, content: Content, letter: Letter, lane: str, parcel: Parcel, now: datetime) -> None:
    episode_id, handoff_id = letter.episode_id or None, letter.handoff_id or None
    language, release = content.scheme.team_language, content.release
    outbox_rows.put(unit, lane, parcel, now, language, release, episode_id=episode_id, handoff_id=handoff_id)


def post_brief_again(unit: Unit, content: Content, handoff_id: str, now: datetime) -> None:
    """A topic is gone, and the next letter opens another: it gets the brief too, as it reads now."""
    episode_id = handoffs.episode_of(unit, handoff_id)
    held = load(unit, episode_id) if episode_id else None
    if held and held.episode.handoff and held.episode.handoff.id == handoff_id:
        parcel = RewriteBrief(handoff_id, brief.message(held.episode, content), at_once=True)
        outbox_rows.put_brief(unit, parcel, now, content.scheme.team_language, content.release, held.episode.id)


def move_group(unit: Unit, content: Content, old: str, new: str, now: datetime) -> None:
    """A team's group has another address now, and none of its topics there: open handoffs get new ones, with the brief."""
    team = staff.team_at(unit, old)
    if team is None:  # no team's, or noted before
        return
    topicless = handoffs.lose_topics(unit, team.id)
    staff.move(unit, team, new)
    for handoff_id in topicless:
        post_brief_again(unit, content, handoff_id, now)


def end_team(unit: Unit, content: Content, team_id: int, now: datetime) -> int:
    """A team's group is gone: give all it has to the freest other one that is ready. Give that one's number."""
    old, heir = staff.address_of(unit, team_id), handoffs.freest_team(unit, besides=team_id)
    if old is None:
        raise Refused(f"There is no team {team_id}.", "`rxbot doctor` names each team.")
    new = staff.address_of(unit, heir) if heir is not None else None
    if heir is None or new is None:
        raise Refused("No other team is ready to take what this one has.", "Bind another group first: rxbot team bind")
    move_group(unit, content, old, new, now)
    return heir


def give_back(unit: Unit, content: Content, worker: str, now: datetime, team_id: int | None = None) -> None:
    """Give what a worker has back to the team, or to each team: nobody must wait for somebody who has left."""
    for topic in handoffs.held(unit, team_id):
        held = load(unit, topic.episode_id)
        handoff = held.episode.handoff if held else None
        if held and handoff and handoff.id == topic.handoff_id and handoff.claimed_by == worker:
            happen(unit, content, held, WorkerLeft(now, worker))


def language_of(content: Content, held: Held) -> str:
    """Give the language the person reads: chosen, or guessed, or the scheme's first."""
    episode = held.episode
    likely = (episode.language, episode.guess, content.scheme.languages[0])
    return next(code for code in likely if code in content.scheme.languages)


def _carry_out(unit: Unit, content: Content, held: Held, effect: Effect, now: datetime) -> list[Event]:
    episode = held.episode
    match effect:
        case Say(to=to) | Give(to=to) | Copy(to=to) | Rewrite(to=to):
            _put(unit, content, held, to, effect, now)
        case ShowChosen():
            _put(unit, content, held, "person", effect, now)
        case RewriteBrief():
            outbox_rows.put_brief(unit, effect, now, content.scheme.team_language, content.release, episode.id)
        case CloseTopic() | TitleTopic():
            _put(unit, content, held, "topic", effect, now)
        case OpenTopic():
            assert episode.handoff is not None
            metrics.HANDOFFS.labels(str(episode.handoff.urgent).lower()).inc()
            handoffs.open_row(unit, episode.handoff, held.person_id, episode.id, now)
        case SetTimer(kind, at, days):
            timers.set_timer(unit, held.person_id, episode.id, kind, days, at)
        case DropTimers(kind):
            timers.drop_timers(unit, episode.id, kind)
        case DropLetters():
            outbox_rows.drop_letters(unit, held.person_id, now)
        case Record(fact, codes, near):
            if fact == "alarm":
                metrics.ALARMS.inc()
            around = {"area": area_of(unit, near)} if near else {}
            ledger.record(unit, episode.id, episode.clinic, fact, {**codes, **around}, now)
        case Count():
            _count(unit, content, effect, now)
        case CountOutcome(service, came):
            service_outcomes.count(unit, service, came)
        case FindServices(searches, unasked):
            deciding = tuple(facts_deciding(unit, search, unasked[domain]) for domain, search in searches if domain in unasked)
            return [ServicesFound(now, tuple((domain, find_services(unit, search)) for domain, search in searches), deciding)]
        case FindNamed(words, purpose, worker, search):
            return [NamesFound(now, worker, words, purpose, find_named(unit, words, search))]
        case ReportService(service, None):
            directory_reports.take_back(unit, service, held.person_id)
        case ReportService(service, ReportKind() as kind):
            _keep_report(unit, content, held, service, kind, now)
        case FindPlaces(words):
            near = content.scheme.clinics[episode.clinic].place
            found = find_places(unit, words, near)
            return [PlacesFound(now, words, found or guess_places(unit, words, near), guessed=not found)]
        case FindKept():
            return [kept_of(unit, held, now)]
        case TellClinic(message):
            clinic_messages.put(unit, episode.id, episode.clinic, message, now, held.person_id)
        case RecallFromClinic():
            clinic_messages.recall(unit, episode.id)
        case NamePlace(place):
            return [PlacesFound(now, "", (name_place(unit, place),))]
        case Notice() | Erase() | DeleteTopic():
            pass
    return []


def _keep_report(unit: Unit, content: Content, held: Held, service: str, kind: ReportKind, now: datetime) -> None:
    """Where so many have said that a service is wrong that it is suspended now, every team's group hears of it, once."""
    suspends = directory_reports.report(unit, service, kind, held.person_id, held.episode.id, now)
    found = service_of(unit, service) if suspends else None
    if found is None:
        return
    ledger.record(unit, held.episode.id, held.episode.clinic, "service_suspended", {"service": service}, now)
    screen = suspensions.message_of(found, directory_reports.said_of(unit, service))
    _tell_teams(unit, content, Say("team", screen, "relay"), now)


def restore_service(unit: Unit, content: Content, key: str, by: str, now: datetime) -> bool:
    """Somebody has checked a service, and it is right: people's word hides it no more. Tell the teams, and what else does.

    Say whether it was suspended.
    """
    service = service_of(unit, key)
    if service is None or not directory_reports.restore(unit, key, content.scheme.day(now)):
        return False
    _tell_teams(unit, content, Say("team", suspensions.restored(service, by, hidden_by(unit, key)), "relay"), now)
    return True


def open_again(unit: Unit, content: Content, key: str, by: str, now: datetime) -> bool:
    """Somebody knows that a service is open: its provider's word hides it no more. Say whether it was closed."""
    service = service_of(unit, key)
    if service is None or not service_checks.reopen(unit, key, by, now, content.scheme.day(now)):
        return False
    _tell_teams(unit, content, Say("team", suspensions.opened_again(service, by, hidden_by(unit, key)), "relay"), now)
    return True


def hear_provider(unit: Unit, content: Content, key: str, outcome: Outcome, now: datetime) -> None:
    """Where a suspended service's provider has just answered for the first time, tell the teams, who were asked to look."""
    if len(service_checks.said_since_suspended(unit, key)) == 1 and (service := service_of(unit, key)):
        _tell_teams(unit, content, Say("team", suspensions.answered(service, outcome), "relay"), now)


def _tell_teams(unit: Unit, content: Content, said: Say, now: datetime) -> None:
    for team_id in handoffs.ready_teams(unit):
        outbox_rows.put(unit, team_lane(team_id), said, now, content.scheme.team_language, content.release)


def kept_of(unit: Unit, held: Held, now: datetime) -> KeptFound:
    """Find what is kept about a person beside their episode."""
    episode_id = held.episode.id
    reference, sent = invitations.reference_of(unit, episode_id), clinic_messages.sent_at(unit, episode_id)
    return KeptFound(now, held.address, reference, sent, timers.coming(unit, episode_id))


def erase_by_request(unit: Unit, content: Content, held: Held, now: datetime) -> None:
    """Erase a person who has asked for it elsewhere than in the chat; say so there where we may write first."""
    told = (Say("person", Message((ERASED(),))),) if held.episode.may_be_written_to_first else ()
    _erase(unit, content, held, (*told, Record("erased", {"by": "operator"})), now)


def _put(unit: Unit, content: Content, held: Held, to: Reader, parcel: Parcel, now: datetime) -> None:
    episode = held.episode
    handoff_id = episode.handoff.id if episode.handoff else None
    for lane in _lanes(unit, held, to):
        outbox_rows.put(
            unit,
            lane,
            parcel,
            now,
            language=language_of(content, held) if to == "person" else content.scheme.team_language,
            release=content.release,
            person_id=held.person_id,
            episode_id=episode.id,
            handoff_id=handoff_id,
        )


def _lanes(unit: Unit, held: Held, to: Reader) -> tuple[str, ...]:
    handoff = held.episode.handoff
    match to:
        case "person":
            return (person_lane(held.person_id),)
        case "topic":
            return (handoff_lane(handoff.id),) if handoff else ()
        case "lead":
            return tuple(map(staff_lane, staff.leads(unit))) or _team_lanes(unit, handoff)
        case "team":
            return _team_lanes(unit, handoff)


def _team_lanes(unit: Unit, handoff: Handoff | None) -> tuple[str, ...]:
    """Name the group of the team that has the handoff: an alarm about it is nobody else's."""
    team_id = handoffs.team_of(unit, handoff.id) if handoff else None
    return (team_lane(team_id),) if team_id is not None else ()


def _erase(unit: Unit, content: Content, held: Held, effects: Iterable[Effect], now: datetime) -> None:
    """Remove the person, then say so to an address that is dropped as soon as the words have left."""
    language = language_of(content, held)
    only_this = any(isinstance(effect, Erase) and effect.only_this for effect in effects)
    topics = erase_episodes(unit, [held.episode.id], now) if only_this else erase_person(unit, held.person_id, now)
    for topic in topics:
        told = Say("team", Message((PERSON_ERASED(number=topic.number),)), "relay")
        for parcel in (DeleteTopic(topic.thread, str(topic.number)), told):
            outbox_rows.put(unit, team_lane(topic.team_id), parcel, now, content.scheme.team_language, content.release)
    for effect in effects:
        if isinstance(effect, Say) and effect.to == "person":
            outbox_rows.put(unit, chat_lane(held.address), effect, now, language, content.release)
        elif isinstance(effect, Record):
            ledger.record(unit, held.episode.id, held.episode.clinic, effect.fact, effect.codes, now)
        elif isinstance(effect, Count):
            _count(unit, content, effect, now)


def _count(unit: Unit, content: Content, effect: Count, now: datetime) -> None:
    """Write down what was told in a survey as any other person of the same place could have told it on the same day."""
    day = datetime.combine(content.scheme.day(now), time(), content.scheme.time_zone)
    area = {"area": area_of(unit, effect.near)} if effect.near else {}
    ledger.record(unit, "", "", "surveyed", {**effect.codes, **area}, day)
