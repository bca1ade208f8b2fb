"""Refer to a service: the person is asked first, the topic has the buttons, and what came of it is noted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from rxbot.directory.outcomes import Came
from rxbot.directory.standards import may_be_warmly_referred, missing
from rxbot.episode import phrases, referral_pages, screens, taps
from rxbot.episode.effects import CountOutcome, DropTimers, Record, SetTimer, ShowChosen
from rxbot.episode.events import ReferralLeftOpen, ReferralMoved, ReferralOpened
from rxbot.episode.model import Episode, Turn
from rxbot.episode.moves.relaying import passed_on
from rxbot.episode.moves.talking import is_on_duty, keep_promise, promise_to_write
from rxbot.message import Day, Listed, Rows, Text
from rxbot.referral.lifecycle import ASKED_FOR, MOST_REMINDERS, OVER, Outcome, moves_of, outcomes_of, take, waits_for_news
from rxbot.referral.model import Referral

MOVES = {
    "requested": phrases.REFER_REQUEST,
    "accepted": phrases.REFER_ACCEPTED,
    "rejected": phrases.REFER_REJECTED,
    "started": phrases.REFER_STARTED,
    "paused": phrases.REFER_PAUSED,
    "completed": phrases.REFER_COMPLETED,
    "failed": phrases.REFER_FAILED,
    "cancelled": phrases.REFER_CANCEL,
    "mistaken": phrases.REFER_MISTAKEN,
}

CAME_OF_IT = {
    "attended": phrases.REFER_WENT,
    "not_attended": phrases.REFER_DID_NOT_GO,
    "need_met": phrases.REFER_MET,
    "need_partly_met": phrases.REFER_PARTLY_MET,
    "need_not_met": phrases.REFER_NOT_MET,
}
NEWS_AFTER = timedelta(days=14)


def open_referral(turn: Turn) -> None:
    """Draft a referral, and ask the person whether the place may hear of them."""
    assert isinstance(turn.event, ReferralOpened)
    begin_referral(turn, turn.event)


def begin_referral(turn: Turn, event: ReferralOpened) -> None:
    """Draft it, unless one to this place is open already."""
    if any(one.name == event.name and one.state not in OVER for one in turn.episode.referrals):
        turn.notice(phrases.REFER_TWICE())
        return
    if not may_be_warmly_referred(event.standing, turn.content.scheme.minimum_standards):
        turn.notice(_why_not_there(turn, event))
        return
    number = len(turn.episode.referrals) + 1
    referral = Referral(number, event.service, event.name, event.domain, event.worker, event.at, reason=event.reason)
    turn.change(referrals=(*turn.episode.referrals, referral))
    codes = {"referral": str(number), "service": event.service, "domain": event.domain}
    turn.do(Record("referral_opened", codes))
    _tell_state(turn, referral)
    if event.standing.suspended:
        turn.say(phrases.GIVEN_UNCHECKED(name=event.name), to="topic", urgency="relay")
    room = screens.room(event.capacity)
    if room and event.capacity and event.capacity.code != "capacity":
        turn.say(phrases.REFER_ROOM(name=event.name, room=room), to="topic", urgency="relay")
    _ask_the_person(turn, referral)


def _why_not_there(turn: Turn, event: ReferralOpened) -> Text:
    """Say why nobody may be referred to a place. Its details may be given all the same."""
    if event.standing.closed:
        return phrases.REFER_CLOSED(name=event.name)
    if event.standing.agreed is False:
        return phrases.REFER_NOT_WANTED(name=event.name)
    lacks = missing(event.standing, turn.content.scheme.minimum_standards)
    return phrases.REFER_BELOW(name=event.name, standards=Listed(tuple(phrases.STANDARD[one]() for one in lacks)))


def move_referral(turn: Turn) -> None:
    """Move a referral as its table allows, or note what came of it."""
    assert isinstance(turn.event, ReferralMoved)
    _follow(turn, turn.event.number, turn.event.move)


def ask_for_news(turn: Turn) -> None:
    """Ask the team what has come of a referral, in duty hours."""
    assert isinstance(turn.event, ReferralLeftOpen)
    referral = _numbered(turn.episode, turn.event.number)
    if referral is None or not is_on_duty(turn, _timer(referral.number)):
        return
    asked = replace(referral, reminders=referral.reminders + 1)
    _keep(turn, asked)
    turn.do(Record("referral_left_open", {"referral": str(asked.number), "state": asked.state}))
    since = Day(turn.content.scheme.day(asked.at))
    left = phrases.REFERRAL_LEFT_OPEN(number=asked.number, name=asked.name, state=referral_pages.standing(asked), day=since)
    last = (phrases.REFERRAL_LAST_REMINDER(),) if asked.reminders == MOST_REMINDERS else ()
    turn.say(left, *last, to="topic", buttons=(*_moves(asked), *_came_of_it(asked)), urgency="relay")


def watch_for_news(turn: Turn) -> None:
    """When a turn ends: from when on a referral waits for news it is asked about some day, until there are any."""
    was, now = _awaited(turn.before), _awaited(turn.episode)
    due = turn.content.scheme.on_duty(turn.event.at + NEWS_AFTER)
    turn.do(*(DropTimers(_timer(number)) for number in was if number not in now))
    turn.do(*(SetTimer(_timer(number), due) for number in now if was.get(number) != now[number]))


def _awaited(episode: Episode) -> Mapping[int, tuple[datetime, int]]:
    """Tell which referrals wait for news, since when and how often they were asked about, while a worker may still act."""
    if episode.closed and not episode.in_touch:
        return {}
    return {one.number: (one.at, one.reminders) for one in episode.referrals if waits_for_news(one)}


def _timer(number: int) -> str:
    return f"referral-{number}"


def note_referral_agreed(turn: Turn) -> None:
    """The person lets the place hear of them."""
    _follow(turn, turn.referral, "agreed")


def note_referral_refused(turn: Turn) -> None:
    """The person does not want to be referred there."""
    _follow(turn, turn.referral, "refused")


CAME = {
    "accepted": Came.ACCEPTED,
    "rejected": Came.REJECTED,
    "attended": Came.ATTENDED,
    "not_attended": Came.NOT_ATTENDED,
    "need_met": Came.HELPED,
    "need_not_met": Came.DID_NOT_HELP,
}
"""What counts for a service of what a worker tells."""


def _follow(turn: Turn, number: int, event: str) -> None:
    referral = _numbered(turn.episode, number)
    if referral is None:
        turn.notice(phrases.NO_SUCH_NUMBER())
        return
    moved, outcomes = take(referral, event)
    if not outcomes:
        turn.notice(_why_not(referral))
        return
    moved = replace(moved, at=turn.event.at, reminders=0)
    _keep(turn, moved)
    if moved.service and event in CAME:
        turn.do(CountOutcome(moved.service, CAME[event]))
    keep_promise(turn, moved.number)
    for outcome in outcomes:
        FOLLOWS[outcome](turn, moved)


def _why_not(referral: Referral) -> Text:
    fits = Listed(tuple(MOVES[move]() for move in moves_of(referral)))
    state = referral_pages.standing(referral)
    said = phrases.REFERRAL_DOES_NOT_FIT if fits.items else phrases.REFERRAL_IS_OVER
    return said(number=referral.number, state=state, **({"moves": fits} if fits.items else {}))


def _numbered(episode: Episode, number: int) -> Referral | None:
    return next((one for one in episode.referrals if one.number == number), None)


def _keep(turn: Turn, referral: Referral) -> None:
    kept = tuple(referral if one.number == referral.number else one for one in turn.episode.referrals)
    turn.change(referrals=kept)


def _ask_the_person(turn: Turn, referral: Referral) -> None:
    if not turn.episode.may_be_written_to:
        turn.notice(phrases.NOT_TO_BE_ASKED())
        return
    may = phrases.MAY_PASS_ON_AGAIN if _has_given_contact(turn.episode) else phrases.MAY_PASS_ON
    ask = may(worker=referral.by, name=referral.name)
    wait = turn.say(ask, buttons=_yes_no(referral), urgency="relay")
    keep_promise(turn)
    _keep(turn, replace(referral, wait=wait))
    turn.say(phrases.REFERRAL_ASKED(), to="topic", urgency="relay")


def _yes_no(referral: Referral) -> Rows:
    yes = screens.button(phrases.PASS_ON_YES, taps.referral(referral.number, "yes"))
    no = screens.button(phrases.PASS_ON_NO, taps.referral(referral.number, "no"))
    return ((replace(yes, chosen=referral.consent == "yes"),), (replace(no, chosen=referral.consent == "no"),))


def _tell_agreed(turn: Turn, referral: Referral) -> None:
    _thank(turn, referral)
    agreed = phrases.REFERRAL_AGREED_AGAIN if _has_given_contact(turn.episode) else phrases.REFERRAL_AGREED
    turn.say(agreed(number=referral.number), to="topic", urgency="relay")


def _has_given_contact(episode: Episode) -> bool:
    """Say whether a place has had the name and number the person wants to give: they are offered those, not asked anew."""
    return any(one.state in (*ASKED_FOR, "rejected") for one in episode.referrals)


def _tell_refused(turn: Turn, referral: Referral) -> None:
    _thank(turn, referral)
    turn.say(phrases.REFERRAL_REFUSED(number=referral.number), to="topic", urgency="relay")
    _tell_state(turn, referral)


def _thank(turn: Turn, referral: Referral) -> None:
    turn.do(ShowChosen(referral.wait, _yes_no(referral)), Record("referral_consent", {"answer": referral.consent}))
    turn.notice(passed_on(turn))


def _tell_person(turn: Turn, referral: Referral) -> None:
    if turn.episode.may_be_written_to:
        turn.say(phrases.REFERRED(worker=referral.by, name=referral.name), urgency="relay")


def _tell_not_yet(turn: Turn, _referral: Referral) -> None:
    turn.notice(phrases.REFERRAL_NOT_YET())


def _tell_accepted(turn: Turn, referral: Referral) -> None:
    """The good news reaches the person at once; what comes next, the worker writes."""
    if turn.episode.may_be_written_to and turn.episode.safe_to_write_to:
        turn.say(phrases.REFERRAL_TAKEN_UP(worker=referral.by, name=referral.name), urgency="relay")
    turn.say(phrases.REFERRAL_WRITE_NEXT(number=referral.number), to="topic", urgency="relay")
    promise_to_write(turn, "soon", referral.number)


def _tell_rejected(turn: Turn, referral: Referral) -> None:
    """A no is better heard from the worker, who can look further with them."""
    turn.say(phrases.REFERRAL_WRITE_NO(number=referral.number), to="topic", urgency="relay")


def _tell_cancelled(turn: Turn, referral: Referral) -> None:
    """They have agreed to it, and would wait for it in vain."""
    if turn.episode.may_be_written_to and turn.episode.safe_to_write_to:
        turn.say(phrases.REFERRAL_DROPPED(worker=referral.by, name=referral.name), urgency="relay")


def _tell_state(turn: Turn, referral: Referral) -> None:
    turn.do(Record("referral_moved", {"referral": str(referral.number), "state": referral.state}))
    turn.say(referral_pages.note(referral), to="topic", buttons=_moves(referral), urgency="relay")


def _moves(referral: Referral) -> Rows:
    return tuple((screens.button(MOVES[move], taps.move(referral.number, move)),) for move in moves_of(referral))


def _came_of_it(referral: Referral) -> Rows:
    """What is not told yet, side by side: whether they went, and whether it met the need."""
    told = tuple(screens.button(CAME_OF_IT[one], taps.move(referral.number, one)) for one in outcomes_of(referral))
    went = told[:2] if referral.attended is None else ()
    return tuple(row for row in (went, told[len(went) :]) if row)


def _tell_outcome(turn: Turn, referral: Referral) -> None:
    attended = "" if referral.attended is None else str(referral.attended).lower()
    codes = {"referral": str(referral.number), "attended": attended, "need_met": referral.need_met}
    turn.do(Record("referral_outcome", codes))
    turn.say(referral_pages.note(referral), to="topic", buttons=_came_of_it(referral), urgency="relay")


FOLLOWS = {
    Outcome.ASK_THE_PERSON: _ask_the_person,
    Outcome.TELL_NOT_YET: _tell_not_yet,
    Outcome.TELL_AGREED: _tell_agreed,
    Outcome.TELL_REFUSED: _tell_refused,
    Outcome.TELL_PERSON: _tell_person,
    Outcome.TELL_ACCEPTED: _tell_accepted,
    Outcome.TELL_REJECTED: _tell_rejected,
    Outcome.TELL_CANCELLED: _tell_cancelled,
    Outcome.TELL_STATE: _tell_state,
    Outcome.TELL_OUTCOME: _tell_outcome,
}
