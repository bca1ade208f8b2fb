"""The support ends: a last measure, two questions, a message to the clinic, goodbye. The door stays open."""

from rxbot.episode import phrases, screens, taps
from rxbot.episode.effects import DropTimers, Record, SetTimer
from rxbot.episode.events import SupportEnded
from rxbot.episode.measures import occasions
from rxbot.episode.model import Turn, dialog_of
from rxbot.episode.moves.following_up import ask_next_check
from rxbot.episode.moves.summing_up import sum_up
from rxbot.episode.moves.talking import follow
from rxbot.episode.moves.telling_clinic import draft_closing_message, send_draft, tell_the_least


def confirm_finish(turn: Turn) -> None:
    """Ask once whether the support shall end."""
    yes, no = screens.button(phrases.FINISH_YES, taps.FINISH_YES), screens.button(phrases.FINISH_NO, taps.GO_ON)
    turn.say(phrases.FINISH_ASK(), buttons=((yes,), (no,)))


def begin_to_finish(turn: Turn) -> None:
    """The person needs no more support."""
    goals = turn.episode.plan.goals if turn.episode.plan else ()
    met = goals and all(goal.status == "met" for goal in goals)
    turn.change(ending="goals_met" if met else "declined")
    ask_last_questions(turn)


def end_support(turn: Turn) -> None:
    """A worker says why the support ends; the person is told, and asked the last questions where there are any."""
    assert isinstance(turn.event, SupportEnded)
    _note_ending(turn)
    turn.say(phrases.FAREWELL_WORKER(worker=turn.event.worker))
    ask_last_questions(turn)


def end_support_at_once(turn: Turn) -> None:
    """A worker ends the support where there is nobody to ask, or nothing was begun."""
    assert isinstance(turn.event, SupportEnded)
    _note_ending(turn)
    turn.do(DropTimers())
    _end_handoff(turn)


def ask_last_questions(turn: Turn) -> None:
    """Ask how they are and how it was. Check-ins, reminders and the talk end; without an answer it closes some day."""
    _end_handoff(turn)
    turn.do(DropTimers("nudge"))
    close_some_day(turn)
    for days in turn.content.scheme.check_in_days:
        turn.do(DropTimers(f"check_in-{days}"))
    turn.change(checks=_last_sheets(turn))
    ask_next_check(turn)


def say_farewell(turn: Turn) -> None:
    """Close the episode, with thanks and the message to the clinic. A human asked for meanwhile still comes."""
    turn.do(Record("closed", {"reason": turn.episode.ending}), DropTimers("close"))
    turn.change(closed=turn.episode.ending, checks=(), asked="")
    turn.say(phrases.FAREWELL())
    sum_up(turn)
    draft_closing_message(turn)


def close_quietly(turn: Turn) -> None:
    """Nobody answers any more, or may be asked: close, and let the clinic know what it may."""
    turn.change(ending=turn.episode.ending or "no_reply")
    turn.do(Record("closed", {"reason": turn.episode.ending}), DropTimers())
    turn.change(closed=turn.episode.ending, checks=(), asked="")
    if turn.episode.safe_to_write_to:
        draft_closing_message(turn)
        send_draft(turn)
    else:
        tell_the_least(turn)
    sum_up(turn)
    _end_handoff(turn)


def close_some_day(turn: Turn) -> None:
    """Without an answer to the last questions it ends all the same."""
    turn.do(SetTimer("close", turn.content.scheme.in_days(turn.content.scheme.close_after_days, turn.event.at)))


def close_another_day(turn: Turn) -> None:
    """Nothing ends while the person talks with a worker, or waits for one."""
    turn.do(SetTimer("close", turn.content.scheme.in_days(1, turn.event.at)))


def take_last_check(turn: Turn) -> None:
    """Go on to the next of the last sheets."""
    sheet, *left = turn.episode.checks
    turn.change(checks=tuple(left))
    if dialog_of(sheet) == "closing":
        answer = turn.episode.answers.get("closing.satisfied")
        turn.do(Record("satisfied", {"answer": "".join(answer.chosen) if answer else ""}))


def _note_ending(turn: Turn) -> None:
    assert isinstance(turn.event, SupportEnded)
    turn.change(ending=turn.event.reason)
    noted = phrases.END_NOTED(worker=turn.event.worker, reason=phrases.ENDED[turn.event.reason]())
    turn.say(noted, to="topic", urgency="relay")


def _last_sheets(turn: Turn) -> tuple[str, ...]:
    """The measure once more where it was answered before, and has not been answered at this check-in already."""
    episode = turn.episode
    measured_lately = episode.ending == "finished"
    again = occasions(episode, turn.content) and not measured_lately
    return (*(("measure-end",) if again else ()), "closing")


def _end_handoff(turn: Turn) -> None:
    """Nobody has to claim it, or to answer in it, any more. Where somebody still waits, only a worker can end it."""
    handoff, by_worker = turn.episode.handoff, isinstance(turn.event, SupportEnded)
    if handoff is None or not handoff.open:
        return
    if not by_worker:
        ended = phrases.SUPPORT_ENDED_IN_TOPIC(reason=phrases.ENDED[turn.episode.ending]())
        still = (phrases.STILL_AWAITED_IN_TOPIC(),) if handoff.awaited else ()
        turn.say(ended, *still, to="topic", urgency="relay")
    if by_worker or not handoff.awaited:
        follow(turn, "support_ended")
