"""Bring a human in: the handoff's brief and topic, alarms, relays, and the words for what its lifecycle decides."""

from dataclasses import replace
from datetime import timedelta

from rxbot.episode import brief, phrases, screens, taps
from rxbot.episode.effects import (
    CloseTopic,
    Copy,
    DropTimers,
    Record,
    SetTimer,
)
from rxbot.episode.events import Located, SentMedia, Typed
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import ask_again, back_to_the_question
from rxbot.episode.moves.guards import in_quiet_hours
from rxbot.handoff.lifecycle import Outcome, take
from rxbot.handoff.model import Handoff, Reason
from rxbot.message import Text

DUTY = Text("scheme.duty")


def hand_over_asked(turn: Turn) -> None:
    """The person asked for a human."""
    waiting = turn.episode.in_touch
    _hand_over(turn, "asked_for", urgent=False)
    if waiting:
        turn.say(phrases.ASKED_AGAIN_IN_TOPIC(), to="topic", urgency="relay")
    turn.say((phrases.PERSON_ASKED_ALREADY if waiting else phrases.PERSON_ASKED)(duty=DUTY))
    back_to_the_question(turn)


def hand_over_too_young(turn: Turn) -> None:
    """The person is too young for the questions: a human finds the right help."""
    turn.change(closed="too_young")
    _hand_over(turn, "too_young", urgent=False)
    turn.say(phrases.TOO_YOUNG(age=turn.content.scheme.adult_age, duty=DUTY))


def hand_over_check_in(turn: Turn) -> None:
    """The person asked for help at a check-in."""
    _hand_over(turn, "check_in", urgent=False)
    turn.say(phrases.PERSON_ASKED(duty=DUTY))


def hand_over_cannot_consent(turn: Turn) -> None:
    """They cannot decide about their answers alone: nothing is kept, and a human talks it over with them."""
    turn.change(closed="cannot_consent", sheets={}, asked="")
    _hand_over(turn, "cannot_consent", urgent=False)
    turn.say(phrases.CANNOT_CONSENT(duty=DUTY))


def hand_over_low_confidence(turn: Turn) -> None:
    """A step they are not sure of: a human talks it over with them."""
    _hand_over(turn, "low_confidence", urgent=False)
    turn.say(phrases.PERSON_ASKED(duty=DUTY))


def hand_over_misses(turn: Turn) -> None:
    """We do not understand them, time after time: a human does."""
    if turn.episode.shares and not turn.episode.in_touch:
        _hand_over(turn, "misses", urgent=False)
        pass_on_quietly(turn)
        turn.say(phrases.PERSON_ASKED(duty=DUTY))


def hand_over_silence(turn: Turn, told: Text) -> None:
    """They do not answer: the team is told, with what they have shared so far. Nothing is said to the person."""
    if not turn.episode.shares:
        return
    _hand_over(turn, "silence", urgent=False)
    turn.say(told, to="topic", urgency="relay")


def bring_a_human(turn: Turn, found: brief.Found) -> None:
    """The end of the review always brings a human, unless the person does not want their answers read."""
    if not turn.episode.shares:
        turn.say(phrases.NOT_SHARED_IN_TOUCH() if turn.episode.in_touch else phrases.NOT_SHARED())
        return
    if turn.episode.in_touch:
        turn.say(phrases.BRIEF_NEW_IN_TOPIC(), to="topic", urgency="relay")
        _post_brief(turn, found)
    else:
        _hand_over(turn, "review", urgent=False, found=found)
    turn.say(phrases.BRIEF_SENT(duty=DUTY))


def raise_alarm_at_answer(turn: Turn) -> None:
    """An answer may mean danger."""
    _raise_alarm(turn, "unsafe_answer")


def raise_alarm_at_words(turn: Turn) -> None:
    """Words may mean danger: the link worker reads them below the alarm."""
    _raise_alarm(turn, "red_flag")
    pass_on_quietly(turn)


def raise_alarm_at_call(turn: Turn) -> None:
    """The person asked for help now."""
    _raise_alarm(turn, "help_now")


def pass_on(turn: Turn) -> None:
    """With no question open: words go to the link worker when there is one."""
    if turn.episode.in_touch:
        pass_on_quietly(turn)
        turn.say(phrases.PASSED_ON())
    else:
        ask_again(turn)


def pass_on_quietly(turn: Turn) -> None:
    """Let the link worker see these words, if there is a handoff."""
    if turn.episode.in_touch and isinstance(turn.event, Typed | SentMedia | Located):
        turn.do(Copy("topic", turn.event.source))


def take_media(turn: Turn) -> None:
    """It may be the disclosure: name the number to ring, let a human see it, then show the question again."""
    if turn.episode.shares or turn.episode.in_touch:
        if not turn.episode.in_touch:
            _hand_over(turn, "media", urgent=False)
        pass_on_quietly(turn)
        turn.say(phrases.GOT_MEDIA(), phrases.GOT_MEDIA_PASSED_ON(), phrases.IF_IN_DANGER(number=_number(turn)))
    else:
        turn.say(phrases.GOT_MEDIA(), phrases.IF_IN_DANGER(number=_number(turn)))
    back_to_the_question(turn)


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


def _raise_alarm(turn: Turn, reason: Reason) -> None:
    """Say whom to ring, and bring a human at once. This is never held back by consent or by quiet hours."""
    turn.do(Record("alarm", {"by": type(turn.event).__name__}))
    safe = ((screens.button(phrases.SAFE_GO_ON, taps.GO_ON),),)
    turn.say(
        phrases.TAKEN_SERIOUSLY(),
        *screens.emergency(turn.content),
        phrases.TEAM_TOLD(duty=DUTY),
        buttons=safe,
        urgency="crisis",
    )
    _hand_over(turn, reason, urgent=True)


def _hand_over(turn: Turn, reason: Reason, *, urgent: bool, found: brief.Found = ()) -> None:
    """Open a handoff with its brief; one that is open already is told, and made urgent where it must be."""
    if turn.episode.in_touch and turn.episode.handoff:
        if urgent:
            turn.change(handoff=turn.episode.handoff.raised(reason))
            follow(turn, "alarmed")
        return
    number = turn.episode.handoffs + 1
    handoff = Handoff(f"{turn.episode.id}-{number}", reason, urgent, turn.event.at)
    turn.change(handoff=handoff, handoffs=number)
    turn.do(brief.topic(handoff), Record("handoff_opened", {"reason": reason, "urgent": str(urgent).lower()}))
    _post_brief(turn, found)
    if urgent:
        turn.say(phrases.URGENT_IN_TEAM(number=Text("handoff.number")), to="team", urgency="crisis")
    _chase(turn)


def _post_brief(turn: Turn, found: brief.Found) -> None:
    handoff = turn.episode.handoff
    assert handoff is not None
    lines = brief.lines(turn.episode, turn.content, found)
    turn.say(*lines, to="topic", buttons=brief.BUTTONS, urgency="crisis" if handoff.urgent else "relay", pin=True)
    for words in brief.own_words(turn.episode, turn.content):
        turn.say(words, to="topic", urgency="relay")


def _chase(turn: Turn) -> None:
    handoff, scheme = turn.episode.handoff, turn.content.scheme
    assert handoff is not None
    minutes = scheme.urgent_minutes if handoff.urgent else scheme.usual_minutes
    turn.do(SetTimer("handoff", turn.event.at + timedelta(minutes=minutes)))


def _tell_who_has_it(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_claimed"))
    turn.say(phrases.HANDOFF_CLAIMED(worker=_worker(turn)), to="topic", urgency="relay")
    turn.say(phrases.SOMEBODY_HAS_IT(worker=_worker(turn)))


def _tell_they_are_here(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("talk_started"))
    turn.say(phrases.SOMEBODY_IS_HERE(worker=_worker(turn)), urgency="relay")


def _pass_to_person(turn: Turn) -> None:
    source, words = getattr(turn.event, "source", ""), getattr(turn.event, "words", "")
    if source:
        turn.say(phrases.WORKER_SENDS(worker=_worker(turn)), urgency="relay")
        turn.do(Copy("person", source))
    for piece in screens.pieces(words):
        turn.say(phrases.WORKER_SAYS(worker=_worker(turn), words=piece), urgency="relay")


def _raise_the_alarm(turn: Turn) -> None:
    handoff = turn.episode.handoff
    assert handoff is not None
    turn.say(phrases.ALARM_IN_TOPIC(reason=brief.WHY[handoff.reason]()), to="topic", urgency="crisis")
    _post_brief(turn, ())
    turn.say(phrases.URGENT_IN_TEAM(number=Text("handoff.number")), to="team", urgency="crisis")
    if handoff.state == "waiting":
        _chase(turn)


def _alert_again(turn: Turn) -> None:
    assert turn.episode.handoff is not None
    turn.change(handoff=replace(turn.episode.handoff, alerts=turn.episode.handoff.alerts + 1))
    again = phrases.URGENT_IN_TEAM if turn.episode.handoff.urgent else phrases.ALERT_AGAIN
    turn.do(Record("handoff_unclaimed"))
    turn.say(again(number=Text("handoff.number")), to="team", urgency="crisis")
    turn.say(phrases.ALERT_AGAIN(number=Text("handoff.number")), to="topic", urgency="crisis")
    _chase(turn)


def _tell_honestly(turn: Turn) -> None:
    assert turn.episode.handoff is not None
    if in_quiet_hours(turn) and not turn.episode.handoff.urgent:
        turn.change(handoff=replace(turn.episode.handoff, alerts=turn.episode.handoff.alerts - 1))  # so that it comes again
        turn.do(SetTimer("handoff", turn.content.scheme.waking(turn.event.at)))
        return
    turn.say(phrases.NOBODY_YET(duty=DUTY), phrases.IF_IN_DANGER(number=_number(turn)))
    turn.say(phrases.ALERT_AGAIN(number=Text("handoff.number")), to="team", urgency="crisis")


def _say_goodbye(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_closed"))
    if turn.episode.closed != "stopped":
        turn.say(phrases.WORKER_LEFT(worker=_worker(turn)), urgency="relay")
        back_to_the_question(turn)
    if turn.episode.handoff:
        if turn.episode.closed != "stopped":
            turn.say(phrases.HANDOFF_CLOSED(worker=_worker(turn)), to="topic", urgency="relay")
        turn.do(CloseTopic(turn.episode.handoff.id))


def _close_the_topic(turn: Turn) -> None:
    """The episode has said goodbye itself."""
    assert turn.episode.handoff is not None
    turn.do(DropTimers("handoff"), Record("handoff_closed"), CloseTopic(turn.episode.handoff.id))


def _worker(turn: Turn) -> str:
    return turn.episode.handoff.claimed_by if turn.episode.handoff else ""


def _number(turn: Turn) -> str:
    return turn.content.emergency.number


FOLLOWS = {
    Outcome.TELL_WHO_HAS_IT: _tell_who_has_it,
    Outcome.TELL_THEY_ARE_HERE: _tell_they_are_here,
    Outcome.PASS_TO_PERSON: _pass_to_person,
    Outcome.PASS_TO_WORKER: pass_on_quietly,
    Outcome.RAISE_THE_ALARM: _raise_the_alarm,
    Outcome.ALERT_AGAIN: _alert_again,
    Outcome.TELL_HONESTLY: _tell_honestly,
    Outcome.SAY_GOODBYE: _say_goodbye,
    Outcome.CLOSE_THE_TOPIC: _close_the_topic,
}
