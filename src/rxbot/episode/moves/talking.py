"""Take a step in the handoff's own lifecycle, and find the words for what follows from it."""

from dataclasses import replace
from datetime import timedelta

from rxbot.episode import brief, phrases
from rxbot.episode.effects import CloseTopic, DropTimers, MarkUrgent, Record, SetTimer
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import back_to_the_question
from rxbot.episode.moves.guards import in_quiet_hours
from rxbot.episode.moves.relaying import pass_on_quietly, pass_to_person, worker_of
from rxbot.handoff.lifecycle import Outcome, take
from rxbot.message import Text

DUTY = Text("scheme.duty")


def follow(turn: Turn, event: str, worker: str = "") -> None:
    """Take a step in the handoff's own lifecycle, and find the words for what follows."""
    handoff = turn.episode.handoff
    if handoff is None:
        return
    moved, outcomes = take(handoff, event, turn.content.scheme.most_alerts)
    if outcomes:
        turn.change(handoff=replace(moved, claimed_by=worker or moved.claimed_by))
    for outcome in outcomes:
        FOLLOWS[outcome](turn)


def chase(turn: Turn) -> None:
    handoff, scheme = turn.episode.handoff, turn.content.scheme
    assert handoff is not None
    minutes = scheme.urgent_minutes if handoff.urgent else scheme.usual_minutes
    turn.do(SetTimer("handoff", turn.event.at + timedelta(minutes=minutes)))


def _tell_who_has_it(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_claimed"))
    turn.say(phrases.HANDOFF_CLAIMED(worker=worker_of(turn)), to="topic", urgency="relay")
    turn.say(phrases.SOMEBODY_HAS_IT(worker=worker_of(turn)))


def _tell_they_are_here(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("talk_started"))
    turn.say(phrases.SOMEBODY_IS_HERE(worker=worker_of(turn)), urgency="relay")


def _raise_the_alarm(turn: Turn) -> None:
    handoff = turn.episode.handoff
    assert handoff is not None
    turn.say(phrases.ALARM_IN_TOPIC(reason=brief.WHY[handoff.reason]()), to="topic", urgency="crisis")
    if turn.before.handoff and not turn.before.handoff.urgent:
        turn.do(MarkUrgent(handoff.id))
    turn.say(phrases.URGENT_IN_TEAM(number=Text("handoff.number")), to="team", urgency="crisis")
    if handoff.state == "waiting":
        chase(turn)


def _alert_again(turn: Turn) -> None:
    assert turn.episode.handoff is not None
    turn.change(handoff=replace(turn.episode.handoff, alerts=turn.episode.handoff.alerts + 1))
    again = phrases.URGENT_IN_TEAM if turn.episode.handoff.urgent else phrases.ALERT_AGAIN
    turn.do(Record("handoff_unclaimed"))
    turn.say(again(number=Text("handoff.number")), to="team", urgency="crisis")
    turn.say(phrases.ALERT_AGAIN(number=Text("handoff.number")), to="topic", urgency="crisis")
    chase(turn)


def _tell_honestly(turn: Turn) -> None:
    assert turn.episode.handoff is not None
    if in_quiet_hours(turn) and not turn.episode.handoff.urgent:
        turn.change(handoff=replace(turn.episode.handoff, alerts=turn.episode.handoff.alerts - 1))  # so that it comes again
        turn.do(SetTimer("handoff", turn.content.scheme.waking(turn.event.at)))
        return
    turn.say(phrases.NOBODY_YET(duty=DUTY), phrases.IF_IN_DANGER(number=turn.content.emergency.number))
    turn.say(phrases.ALERT_AGAIN(number=Text("handoff.number")), to="team", urgency="crisis")


def _say_goodbye(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_closed"))
    if turn.episode.closed != "stopped":
        turn.say(phrases.WORKER_LEFT(worker=worker_of(turn)), urgency="relay")
        back_to_the_question(turn)
    if turn.episode.handoff:
        if turn.episode.closed != "stopped":
            turn.say(phrases.HANDOFF_CLOSED(worker=worker_of(turn)), to="topic", urgency="relay")
        turn.do(CloseTopic(turn.episode.handoff.id))


FOLLOWS = {
    Outcome.TELL_WHO_HAS_IT: _tell_who_has_it,
    Outcome.TELL_THEY_ARE_HERE: _tell_they_are_here,
    Outcome.PASS_TO_PERSON: pass_to_person,
    Outcome.PASS_TO_WORKER: pass_on_quietly,
    Outcome.RAISE_THE_ALARM: _raise_the_alarm,
    Outcome.ALERT_AGAIN: _alert_again,
    Outcome.TELL_HONESTLY: _tell_honestly,
    Outcome.SAY_GOODBYE: _say_goodbye,
}
