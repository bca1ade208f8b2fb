"""Bring a human in: for which reason, with which words, and at once when there may be danger."""

from rxbot.episode import brief, phrases, screens, taps
from rxbot.episode.effects import Record
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import back_to_the_question, welcome_back
from rxbot.episode.moves.briefing import post_brief
from rxbot.episode.moves.relaying import pass_on, pass_on_quietly, pass_on_unread, passed_on, worker_of
from rxbot.episode.moves.talking import DUTY, chase, follow, going_on, promise_to_write
from rxbot.handoff.model import Handoff, Reason
from rxbot.message import Text

UNASKED = ("review", "silence", "unwritten")  # reasons for which somebody comes without having been asked for


def hand_over_asked(turn: Turn) -> None:
    """The person asked for a human."""
    _hand_over(turn, "asked_for")
    _say_who_was_asked(turn)
    back_to_the_question(turn)


def hand_over_too_young(turn: Turn) -> None:
    """The person is too young for the questions: nothing is kept, and a human finds the right help."""
    turn.episode = turn.episode.without_answers()
    turn.change(closed="too_young")
    _hand_over(turn, "too_young")
    turn.say(phrases.COMES_BACK_IN_TOPIC(), to="topic", urgency="relay")
    turn.say(phrases.TOO_YOUNG(age=turn.content.scheme.adult_age, duty=DUTY))


def begin_again(turn: Turn) -> None:
    """They ended at a first question, perhaps by a slip: ask from the beginning. Of who was too young a worker always knows."""
    if turn.episode.closed == "too_young" and not turn.episode.in_touch:
        _open(turn, "too_young")
    if turn.episode.in_touch:
        turn.say(phrases.CAME_BACK_IN_TOPIC(), to="topic", urgency="relay")
    turn.episode = turn.episode.without_answers()
    welcome_back(turn)


def hand_over_check_in(turn: Turn) -> None:
    """The person asked for help at a check-in."""
    _hand_over(turn, "check_in")
    _say_who_was_asked(turn)


def hand_over_step(turn: Turn, step: Text) -> None:
    """What a link worker was to do did not happen: they hear of it, and are reminded until they have written."""
    handoff = turn.episode.handoff
    if turn.episode.in_touch and handoff:
        turn.change(handoff=handoff.asked(turn.event.at))
    else:
        _open(turn, "check_in")
    turn.say(phrases.WORKERS_STEP_LEFT(step=step), to="topic", urgency="relay")


def hand_over_cannot_consent(turn: Turn) -> None:
    """They cannot decide about their answers alone: nothing is kept, and a human talks it over with them."""
    turn.episode = turn.episode.without_answers()
    turn.change(closed="cannot_consent")
    _hand_over(turn, "cannot_consent")
    turn.say(phrases.COMES_BACK_IN_TOPIC(), to="topic", urgency="relay")
    turn.say(phrases.CANNOT_CONSENT(duty=DUTY))


def hand_over_low_confidence(turn: Turn) -> None:
    """A step they are not sure of: a human talks it over with them."""
    _hand_over(turn, "low_confidence")
    _say_who_was_asked(turn)


def hand_over_misses(turn: Turn) -> None:
    """We do not understand them, time after time: a human does."""
    if turn.episode.shares and not turn.episode.in_touch:
        _hand_over(turn, "misses")
        turn.say(phrases.PERSON_ASKED(duty=DUTY), *going_on(turn))


def hand_over_silence(turn: Turn, told: Text) -> None:
    """They do not answer: the team is told, with what they have shared so far. Nothing is said to the person."""
    if not (turn.episode.shares or turn.episode.in_touch):
        return
    if not turn.episode.in_touch:
        _open(turn, "silence")
    turn.say(told, to="topic", urgency="relay")


def hand_over_unwritten(turn: Turn) -> None:
    """Something was to be written to somebody who must not be written to first: the team decides what to do instead."""
    if not turn.episode.in_touch and turn.episode.shares:
        _open(turn, "unwritten")
    elif turn.episode.in_touch:
        turn.say(phrases.NOT_TO_BE_WRITTEN(), to="topic", urgency="relay")


def hand_over_wrote_again(turn: Turn) -> None:
    """Contact was stopped, and yet somebody writes: a human looks at who it is."""
    _hand_over(turn, "wrote_again")
    pass_on_quietly(turn)
    turn.say(passed_on(turn))


def bring_a_human(turn: Turn) -> None:
    """The end of the review always brings a human, unless the person does not want their answers read."""
    if not turn.episode.shares:
        turn.say(phrases.NOT_SHARED_IN_TOUCH() if turn.episode.in_touch else phrases.NOT_SHARED())
        return
    if turn.episode.in_touch:
        turn.say(phrases.BRIEF_NEW_IN_TOPIC(), to="topic", urgency="relay")
    else:
        _open(turn, "review")
    worker, handoff = worker_of(turn), turn.episode.handoff
    turn.say(phrases.BRIEF_SENT_WORKER(worker=worker, duty=DUTY) if worker else phrases.BRIEF_SENT(duty=DUTY))
    if worker and handoff and not handoff.promised:
        promise_to_write(turn, "soon")


def raise_alarm_at_answer(turn: Turn) -> None:
    """An answer may mean danger."""
    _raise_alarm(turn, "unsafe_answer")


def raise_alarm_at_words(turn: Turn) -> None:
    """Words may mean danger: the link worker reads them, then the alarm about them."""
    _raise_alarm(turn, "red_flag")


def raise_alarm_at_call(turn: Turn) -> None:
    """The person asked for help now."""
    _raise_alarm(turn, "help_now")


def note_safe(turn: Turn) -> None:
    """They say that they are safe: whoever has to see the alarm reads it too, and it sounds on until they have."""
    if turn.episode.in_touch:
        turn.say(phrases.SAID_SAFE_IN_TOPIC(), to="topic", urgency="relay")
    turn.say(phrases.SAFE_HEARD())


def take_words(turn: Turn) -> None:
    """No question is open, and they were told that they can write: somebody reads it, where they share what they say."""
    if turn.episode.shares and not turn.episode.in_touch:
        _open(turn, "wrote")
    pass_on(turn)


def take_media(turn: Turn) -> None:
    """It may be the disclosure: name the number to ring, let a human see it, then show the question again."""
    if turn.episode.shares or turn.episode.in_touch:
        if not turn.episode.in_touch:
            _hand_over(turn, "media")
        pass_on_quietly(turn)
        turn.say(phrases.GOT_MEDIA(), phrases.GOT_MEDIA_PASSED_ON(), phrases.IF_IN_DANGER(number=turn.content.emergency.number))
    else:
        turn.say(phrases.GOT_MEDIA(), phrases.IF_IN_DANGER(number=turn.content.emergency.number))
    back_to_the_question(turn)


def say_unreadable(turn: Turn) -> None:
    """What they sent is not known to us, and may have been important: they hear it, and so does whoever has them."""
    turn.do(Record("unreadable", {"state": turn.state}))
    turn.say(phrases.UNREADABLE(), phrases.IF_IN_DANGER(number=turn.content.emergency.number))
    if turn.episode.in_touch:
        turn.say(phrases.UNREADABLE_IN_TOPIC(), to="topic", urgency="relay")
    back_to_the_question(turn)


def _raise_alarm(turn: Turn, reason: Reason) -> None:
    """Say whom to ring, and bring a human at once. This is never held back by consent or by quiet hours."""
    turn.change(danger_at=turn.event.at)
    if turn.episode.teamless:
        turn.say(phrases.TAKEN_SERIOUSLY(), *screens.emergency(turn.content), phrases.SURVEY_NOBODY_READS(), urgency="crisis")
        return
    turn.do(Record("alarm", {"by": type(turn.event).__name__}))
    safe = ((screens.button(phrases.SAFE_GO_ON, taps.SAFE),),)
    turn.say(
        phrases.TAKEN_SERIOUSLY(),
        *screens.emergency(turn.content),
        phrases.TEAM_TOLD(duty=DUTY),
        buttons=safe,
        urgency="crisis",
    )
    if turn.episode.in_touch and turn.episode.handoff:
        turn.change(handoff=turn.episode.handoff.raised(reason, turn.event.at))
        _pass_on_words(turn, reason)
        follow(turn, "alarmed")
    else:
        _open(turn, reason, urgent=True)
        _pass_on_words(turn, reason)


def _pass_on_words(turn: Turn, reason: Reason) -> None:
    if reason == "red_flag":
        pass_on_quietly(turn, "crisis")


def _hand_over(turn: Turn, reason: Reason) -> None:
    """The person wants a human: open a handoff; where one is open, its topic hears why they want one now."""
    if turn.episode.in_touch and turn.episode.handoff:
        turn.change(handoff=turn.episode.handoff.asked_for(reason, turn.event.at))
        turn.say(phrases.ASKED_IN_TOPIC(reason=brief.WHY[reason]()), to="topic", urgency="relay")
    else:
        _open(turn, reason)


def _say_who_was_asked(turn: Turn) -> None:
    """Say who was told: a worker to come, the team that was told before, or the worker who has it."""
    if not turn.before.in_touch:
        told = phrases.PERSON_ASKED(duty=DUTY)
    elif worker := worker_of(turn):
        told = phrases.PERSON_ASKED_WORKER(worker=worker, duty=DUTY)
    else:
        told = phrases.PERSON_ASKED_TEAM(duty=DUTY)
    turn.say(told, *going_on(turn))


def _open(turn: Turn, reason: Reason, *, urgent: bool = False) -> None:
    """Open a handoff with its brief."""
    number = turn.episode.handoffs + 1
    asked = reason not in UNASKED
    last = turn.episode.handoff
    handoff = Handoff(
        f"{turn.episode.id}-{number}",
        reason,
        urgent,
        turn.event.at,
        unanswered=asked,
        unseen=urgent,
        last_with=(last.claimed_by or last.last_with) if last else "",
    )
    turn.change(handoff=handoff, handoffs=number)
    turn.do(brief.topic(handoff), Record("handoff_opened", {"reason": reason, "urgent": str(urgent).lower()}))
    post_brief(turn)
    pass_on_unread(turn)
    if urgent:
        turn.say(phrases.URGENT_IN_TEAM(number=Text("handoff.number")), to="team", urgency="crisis")
    chase(turn)
