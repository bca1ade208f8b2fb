"""A question was left open: a kind, neutral word after some days; at last the link worker is told.

Nothing restarts by itself.
"""

from datetime import timedelta

from rxbot.episode import phrases, screens, taps
from rxbot.episode.effects import DropTimers, Record, SetTimer
from rxbot.episode.events import NudgeDue
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import ask_again
from rxbot.episode.moves.following_up import good_time
from rxbot.episode.moves.handing_over import hand_over_silence

WAITS_FOR_AN_ANSWER = (
    "choosing_language",
    "asking_consent",
    "answering",
    "reviewing",
    "asking_eligibility",
    "choosing_services",
    "planning",
    "changing",
)


def watch_for_silence(turn: Turn) -> None:
    """After whatever the person did, and when a talk is over: remind them later of the question open now, or of nothing."""
    scheme, waits = turn.content.scheme, turn.state in WAITS_FOR_AN_ANSWER
    if any(isinstance(effect, SetTimer | DropTimers) and effect.kind == "nudge" for effect in turn.effects):
        return  # they have just asked not to be reminded
    if waits and not turn.episode.with_a_worker:
        _remind_after(turn, scheme.nudge_days[0], scheme.nudge_days[0])
    elif turn.before.state in WAITS_FOR_AN_ANSWER:
        turn.do(DropTimers("nudge"))


def nudge(turn: Turn) -> None:
    """Say that we are still here. It may be read on a lock screen, so it says nothing of what we talked about."""
    assert isinstance(turn.event, NudgeDue)
    days, scheme = turn.event.days, turn.content.scheme
    go_on, later = screens.button(phrases.GO_ON, taps.GO_ON), screens.button(phrases.NUDGE_LATER, taps.NOT_NOW)
    stop = screens.button(phrases.STOP, taps.STOP)
    said = {scheme.nudge_days[0]: phrases.NUDGE, scheme.nudge_days[-1]: phrases.NUDGES_END}.get(days, phrases.NUDGE_AGAIN)
    turn.say(said(), buttons=((go_on,), (later, stop)), urgency="reminder")
    turn.do(Record("nudged", {"days": str(days)}))
    following = next((one for one in (*scheme.nudge_days, scheme.break_off_days) if one > days), None)
    if following:
        _remind_after(turn, following - days, following)


def leave_open_question(turn: Turn) -> None:
    """They asked not to be written to first: the team hears of it, and once more when they stay silent for long."""
    assert isinstance(turn.event, NudgeDue)
    turn.do(Record("not_written_to"))
    if turn.episode.in_touch:
        turn.say(phrases.NOT_TO_BE_WRITTEN(), to="topic", urgency="relay")
    _wait_for_break_off(turn, turn.event.days)


def nudge_in_the_morning(turn: Turn) -> None:
    """Wait for the end of the quiet hours."""
    assert isinstance(turn.event, NudgeDue)
    turn.do(SetTimer("nudge", turn.content.scheme.waking(turn.event.at), turn.event.days))


def ask_once_more(turn: Turn) -> None:
    """Taps got lost while we could not be reached: show the open question again, and say why."""
    turn.say(phrases.WAS_AWAY(), urgency="reminder")
    turn.do(Record("asked_once_more", {"state": turn.state}))
    ask_again(turn)


def ask_once_more_in_the_morning(turn: Turn) -> None:
    """Wait for the end of the quiet hours."""
    turn.do(SetTimer("outage", turn.content.scheme.waking(turn.event.at), 0))


def break_off(turn: Turn) -> None:
    """Nobody answers: the link worker is told, with as much as there is."""
    assert isinstance(turn.event, NudgeDue)
    turn.do(Record("broken_off", {"state": turn.state, "asked": turn.episode.asked}))
    hand_over_silence(turn, phrases.SILENT_IN_TOPIC(days=turn.event.days))


def leave_in_peace(turn: Turn) -> None:
    """They do not want to go on now: no more reminders of this question. A long silence is still told to the team."""
    turn.do(DropTimers("nudge"), Record("put_off"))
    if turn.state in WAITS_FOR_AN_ANSWER:
        _wait_for_break_off(turn, since=0)
    turn.say(phrases.NUDGE_LATER_SAID(), buttons=(screens.ways_out()[1:],))


def _wait_for_break_off(turn: Turn, since: int) -> None:
    days = turn.content.scheme.break_off_days
    _remind_after(turn, days - since, days)


def _remind_after(turn: Turn, days: int, since: int) -> None:
    scheme, good = turn.content.scheme, good_time(turn.episode)
    at = scheme.waking(turn.event.at + timedelta(days=days)) if good == "any" else scheme.in_days(days, turn.event.at, good)
    turn.do(SetTimer("nudge", at, since))
