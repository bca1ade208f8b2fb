"""Take a step in the handoff's own lifecycle, and find the words for what follows from it."""

from dataclasses import replace
from datetime import datetime, timedelta

from rxbot.episode import brief, phrases, screens, taps
from rxbot.episode.effects import CloseTopic, DropTimers, Record, SetTimer
from rxbot.episode.events import HandoffEnded, PhraseSaid, Snoozed, TalkGoneIdle
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import back_to_the_question
from rxbot.episode.moves.relaying import pass_on_quietly, pass_to_person, tell_which_they_read, worker_of
from rxbot.episode.moves.saying import say_phrase
from rxbot.handoff.lifecycle import Outcome, take, until_next_alert
from rxbot.handoff.model import Handoff
from rxbot.handoff.phrasebook import Promise
from rxbot.message import Day, NearDay, Rows, Text, Tongue

DUTY = Text("scheme.duty")
NUMBER = Text("handoff.number")
TIMERS = ("handoff", "alarm", "answer", "promise", "idle", "snooze")
SEEN: Rows = ((screens.button(phrases.SEEN, taps.SEEN),),)
DONE: Rows = ((screens.button(phrases.ANSWERED, taps.SETTLED),),)
JUST_NOW = timedelta(hours=1)
ENDINGS = tuple(reason for reason in phrases.ENDED if reason != "finished")  # that one comes by itself
IS_IT_OVER: Rows = ((screens.button(phrases.KEEP_TALKING, taps.KEEP), screens.button(phrases.HAND_BACK, taps.HAND_BACK)),)


def follow(turn: Turn, event: str, worker: str = "") -> bool:
    """Take a step in the handoff's own lifecycle, and find the words for what follows; say whether there was one."""
    handoff = turn.episode.handoff
    if handoff is None:
        return False
    moved, outcomes = take(handoff, event, turn.event.at, turn.content.scheme.most_alerts, worker)
    if outcomes:
        turn.change(handoff=moved)
    if handoff.unseen and not moved.unseen:
        turn.change(danger_seen_at=turn.event.at)
    for outcome in outcomes:
        FOLLOWS[outcome](turn)
    return bool(outcomes)


def chase(turn: Turn) -> None:
    """Alert again, unless somebody claims it: soon when it is urgent, else in duty hours."""
    if _handoff(turn).urgent:
        turn.do(SetTimer("handoff", turn.event.at + timedelta(minutes=turn.content.scheme.urgent_minutes)))
    else:
        turn.do(SetTimer("handoff", _next_alert(turn)))


def alert_in_duty_hours(turn: Turn) -> None:
    """Nobody has claimed it. Out of duty hours nobody is there to hear of a usual one, so that it waits and does not count."""
    urgent = turn.episode.handoff is not None and turn.episode.handoff.urgent
    if urgent or is_on_duty(turn, "handoff"):
        follow(turn, "left_waiting")


def ask_for_answer_in_duty_hours(turn: Turn) -> None:
    """The person waits for an answer of the worker who has it. Where words promised to them are due as well, one reminder is
    enough: that of the promise.
    """
    if _promise_is_near(turn):
        _remind_of_answer(turn)
    elif is_on_duty(turn, "answer"):
        follow(turn, "left_unanswered")


def _promise_is_near(turn: Turn) -> bool:
    handoff = turn.episode.handoff
    return handoff is not None and handoff.promised is not None and handoff.promised <= _next_alert(turn)


def watch_for_answer(turn: Turn) -> None:
    """When a turn ends: from when on a worker owes an answer they are reminded of it some day, until they owe none."""
    was, now = turn.before.handoff, turn.episode.handoff
    owed, owes = was is not None and was.owes_an_answer, now is not None and now.owes_an_answer
    if owes and not owed:
        _remind_of_answer(turn)
    elif owed and not owes:
        turn.do(DropTimers("answer"))
    if was and now and now.state == "waiting" and _span(turn, now) < _span(turn, was):
        chase(turn)  # they ask for somebody, and the next reminder may be a week away


def remind_of_promise_in_duty_hours(turn: Turn) -> None:
    """The worker has said that they write by now, and nobody has."""
    if is_on_duty(turn, "promise"):
        follow(turn, "promise_due")


def promise_to_write(turn: Turn, promise: Promise, referral: int = 0) -> None:
    """The person has just read that the worker who has it writes by then, perhaps what comes of a referral."""
    if turn.episode.in_touch:
        by = turn.content.scheme.promised_by(promise, turn.event.at)
        turn.change(handoff=replace(_handoff(turn), promised=by, promised_about=referral))


def keep_promise(turn: Turn, referral: int = 0) -> None:
    """The person reads what a worker has found for them, or this referral goes on: no promise about another is kept by that."""
    if turn.episode.in_touch and _handoff(turn).promised_about == referral:
        turn.change(handoff=replace(_handoff(turn), promised=None))


def watch_for_promise(turn: Turn) -> None:
    """When a turn ends: a worker is reminded of what was promised in it, unless it was kept."""
    was, now = (one.promised if one else None for one in (turn.before.handoff, turn.episode.handoff))
    if now and now != was:
        turn.do(SetTimer("promise", now))
    elif was and not now:
        turn.do(DropTimers("promise"))


def going_on(turn: Turn) -> tuple[Text, ...]:
    """Say that the bot goes on until a person comes; after the end there is nothing to go on with."""
    return () if turn.state == "closed" else (phrases.GOING_ON(),)


def ask_why_it_ends(turn: Turn) -> None:
    """Show the reasons for which the support may end."""
    rows = tuple((screens.button(phrases.ENDED[reason], taps.end(reason)),) for reason in ENDINGS)
    ask = phrases.END_WHY if turn.episode.may_be_written_to_first else phrases.END_WHY_QUIETLY
    turn.say(ask(), to="topic", buttons=rows, urgency="relay")


def take_language(turn: Turn) -> None:
    """They have chosen a language. Where no question shows it they are told, and so is the worker who has them."""
    chosen, talks = Tongue(turn.episode.language), turn.episode.with_a_worker
    if talks or turn.state in ("following_up", "closed"):
        turn.say(phrases.LANGUAGE_CHANGED(language=chosen), buttons=() if talks else (screens.ways_out()[1:],))
    if turn.episode.in_touch and worker_of(turn) and turn.before.language != turn.episode.language:
        if screens.reads_another(turn.episode, turn.content):
            tell_which_they_read(turn)
        else:
            turn.say(phrases.READS_YOURS(language=chosen), to="topic", urgency="relay")


def _tell_language_to_who_takes_it(turn: Turn) -> None:
    if turn.before.handoff and turn.before.handoff.claimed_by != worker_of(turn):
        tell_which_they_read(turn)


def _tell_who_has_it(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_claimed"))
    turn.say(phrases.HANDOFF_CLAIMED(worker=worker_of(turn)), to="topic", urgency="relay")
    _tell_language_to_who_takes_it(turn)
    if turn.episode.may_be_written_to_first:
        turn.say(phrases.SOMEBODY_HAS_IT(worker=worker_of(turn)))


def _tell_they_are_here(turn: Turn) -> None:
    turn.change(talks=turn.episode.talks + 1)
    turn.do(DropTimers("handoff"), DropTimers("snooze"), Record("talk_started"))
    said = phrases.BOT_IS_QUIET if _was_just_told_of(turn) else phrases.SOMEBODY_IS_HERE
    turn.say(said(worker=worker_of(turn)), urgency="relay")
    _tell_language_to_who_takes_it(turn)


def _was_just_told_of(turn: Turn) -> bool:
    """The person has read a short while ago that this worker is there for them."""
    was = turn.before.handoff
    if was is None or was.claimed_at is None or was.claimed_by != worker_of(turn):
        return False
    return turn.episode.may_be_written_to_first and turn.event.at - was.claimed_at < JUST_NOW


def _pass_to_person(turn: Turn) -> None:
    if isinstance(turn.event, PhraseSaid):
        say_phrase(turn)
        if promise := turn.content.phrasebook[turn.event.code].promises:
            promise_to_write(turn, promise)
    else:
        _tell_workers_language(turn)
        pass_to_person(turn)
    _wait_for_words(turn)


def _tell_workers_language(turn: Turn) -> None:
    """Whoever reads another language than the team is told once of each worker who writes, before their words."""
    worker, handoff = worker_of(turn), _handoff(turn)
    if screens.reads_another(turn.episode, turn.content) and handoff.language_told_of != worker:
        turn.change(handoff=replace(handoff, language_told_of=worker))
        team = Tongue(turn.content.scheme.team_language)
        turn.say(phrases.WORKER_WRITES_IN(worker=worker, language=team), urgency="relay")


def _pass_to_worker(turn: Turn) -> None:
    """Carry the words over. Somebody who writes on and on without an answer does not put off that the bot comes back."""
    pass_on_quietly(turn)
    if turn.before.handoff and not turn.before.handoff.unanswered:
        _wait_for_words(turn)


# Danger


def _raise_the_alarm(turn: Turn) -> None:
    turn.say(_alarm(turn), to="topic", urgency="crisis")
    turn.say(phrases.URGENT_IN_TEAM(number=NUMBER), to="team", urgency="crisis")
    if not _is_chased_already(turn):
        chase(turn)


def _raise_it_until_seen(turn: Turn) -> None:
    turn.say(_alarm(turn), to="topic", buttons=SEEN, urgency="crisis")
    turn.say(phrases.ALARM_IN_TEAM(number=NUMBER), to="team", urgency="crisis")
    if not _is_chased_already(turn):
        _chase_until_seen(turn)


def _is_chased_already(turn: Turn) -> bool:
    """One alarm after the other must not put off that the lead is told."""
    return turn.before.handoff is not None and turn.before.handoff.unseen


def _alarm(turn: Turn) -> Text:
    return phrases.ALARM_IN_TOPIC(reason=brief.WHY[_handoff(turn).reason]())


def _chase_until_seen(turn: Turn) -> None:
    turn.do(SetTimer("alarm", turn.event.at + timedelta(minutes=turn.content.scheme.urgent_minutes)))


def _tell_who_saw_it(turn: Turn) -> None:
    if turn.before.handoff and turn.before.handoff.unseen:
        turn.do(DropTimers("alarm"), Record("alarm_seen"))
        turn.say(phrases.ALARM_SEEN(worker=_actor(turn)), to="topic", urgency="relay")
    else:
        turn.say(phrases.WORDS_SEEN(worker=_actor(turn)), to="topic", urgency="relay")


def _tell_it_is_done(turn: Turn) -> None:
    turn.say(phrases.IT_IS_DONE(worker=_actor(turn)), to="topic", urgency="relay")


# Nobody answers


def _alert_again(turn: Turn) -> None:
    again = phrases.URGENT_IN_TEAM if _count_alert(turn).urgent else phrases.ALERT_AGAIN
    turn.do(Record("handoff_unclaimed"))
    turn.say(again(number=NUMBER), to="team", urgency="crisis")
    turn.say(phrases.ALERT_AGAIN(number=NUMBER), to="topic", urgency="crisis")
    chase(turn)


def _remind_in_topic(turn: Turn) -> None:
    _count_alert(turn)
    turn.do(Record("handoff_unclaimed"))
    turn.say(phrases.ALERT_AGAIN(number=NUMBER), to="topic", urgency="crisis")
    chase(turn)


def _alert_unseen(turn: Turn) -> None:
    _count_alert(turn)
    turn.do(Record("alarm_unseen"))
    turn.say(phrases.ALARM_IN_TEAM(number=NUMBER), to="team", urgency="crisis")
    turn.say(phrases.ALARM_UNSEEN(), to="topic", buttons=SEEN, urgency="crisis")
    _chase_until_seen(turn)


def _ask_for_answer(turn: Turn) -> None:
    _count_alert(turn)
    turn.do(Record("words_unanswered"))
    turn.say(phrases.UNANSWERED(worker=worker_of(turn)), to="topic", buttons=DONE, urgency="crisis")
    _remind_of_answer(turn)


def _remind_of_promise(turn: Turn) -> None:
    turn.do(Record("promise_left"))
    turn.say(phrases.PROMISE_DUE(worker=worker_of(turn)), to="topic", buttons=DONE, urgency="crisis")
    _remind_of_answer(turn)


def _remind_of_answer(turn: Turn) -> None:
    turn.do(SetTimer("answer", _next_alert(turn)))


def _next_alert(turn: Turn) -> datetime:
    return turn.content.scheme.on_duty(turn.event.at + _span(turn, _handoff(turn)))


def _span(turn: Turn, handoff: Handoff) -> timedelta:
    scheme = turn.content.scheme
    return until_next_alert(handoff, scheme.most_alerts, timedelta(minutes=scheme.usual_minutes))


def is_on_duty(turn: Turn, timer: str) -> bool:
    """Say whether somebody is there to hear of it; else it waits until somebody is."""
    on_duty = turn.content.scheme.on_duty(turn.event.at)
    if on_duty != turn.event.at:
        turn.do(SetTimer(timer, on_duty))
    return on_duty == turn.event.at


def _count_alert(turn: Turn) -> Handoff:
    counted = replace(_handoff(turn), alerts=_handoff(turn).alerts + 1)
    turn.change(handoff=counted)
    return counted


def _alert_lead(turn: Turn) -> None:
    turn.say(phrases.LEAD_NEEDED(number=NUMBER), to="lead", urgency="crisis")


def _tell_honestly(turn: Turn) -> None:
    if not turn.episode.may_be_written_to_first:
        return
    turn.do(Record("told_honestly"))
    since = NearDay(turn.content.scheme.day(_handoff(turn).waits_since))
    turn.say(phrases.NOBODY_YET(day=since, duty=DUTY), phrases.IF_IN_DANGER(number=turn.content.emergency.number))


# Resting, silence, and the end


def _tell_snoozed(turn: Turn) -> None:
    assert isinstance(turn.event, Snoozed)
    local = turn.event.until.astimezone(turn.content.scheme.time_zone)
    turn.do(SetTimer("snooze", turn.event.until), DropTimers("idle"), Record("handoff_snoozed"))
    said = phrases.SNOOZED(worker=_actor(turn), day=Day(local.date()), time=f"{local:%H:%M}")
    turn.say(said, to="topic", urgency="relay")


def _tell_awake(turn: Turn) -> None:
    turn.say(phrases.AWAKE(worker=worker_of(turn)), to="topic", urgency="relay")


def _wait_for_words(turn: Turn) -> None:
    """Ask the worker when neither side has said a word for some hours."""
    scheme = turn.content.scheme
    turn.change(handoff=replace(_handoff(turn), asked_if_over=False))
    turn.do(SetTimer("idle", scheme.waking(turn.event.at + timedelta(hours=scheme.idle_hours))))


def _ask_if_over(turn: Turn) -> None:
    _wait_for_words(turn)
    turn.change(handoff=replace(_handoff(turn), asked_if_over=True))
    turn.say(phrases.IS_IT_OVER(hours=turn.content.scheme.idle_hours), to="topic", buttons=IS_IT_OVER, urgency="relay")


def _bring_bot_back(turn: Turn) -> None:
    turn.do(DropTimers("idle"), Record("handed_back"))
    turn.change(handoff=replace(_handoff(turn), asked_if_over=False))
    turn.say(phrases.HANDED_BACK(), to="topic", urgency="relay")
    if _may_speak(turn):
        turn.say(phrases.BOT_IS_BACK(worker=worker_of(turn)), urgency="relay")
        back_to_the_question(turn)


def _give_back_to_team(turn: Turn) -> None:
    """Nobody has it any more: the team is told as if it were new, the person that somebody else will come."""
    handoff = _handoff(turn)
    turn.do(DropTimers("idle"), DropTimers("snooze"), DropTimers("alarm"), Record("given_back"))
    turn.say(phrases.GIVEN_BACK(worker=_actor(turn)), to="topic", urgency="crisis" if handoff.urgent else "relay")
    again = phrases.URGENT_IN_TEAM if handoff.urgent else phrases.ALERT_AGAIN
    turn.say(again(number=NUMBER), to="team", urgency="crisis")
    chase(turn)
    if _may_speak(turn):
        turn.say(phrases.WORKER_CANNOT_GO_ON(worker=_actor(turn), duty=DUTY), *going_on(turn), urgency="relay")
    if turn.before.with_a_worker:
        back_to_the_question(turn)


def _say_goodbye(turn: Turn) -> None:
    if _may_speak(turn):
        turn.say(phrases.WORKER_LEFT(worker=worker_of(turn)), urgency="relay")
        back_to_the_question(turn)
    if isinstance(turn.event, HandoffEnded):
        turn.say(phrases.HANDOFF_CLOSED(worker=worker_of(turn)), to="topic", urgency="relay")
    _close_quietly(turn)


def _close_quietly(turn: Turn) -> None:
    turn.do(*map(DropTimers, TIMERS), Record("handoff_closed"), CloseTopic(_handoff(turn).id))


def _may_speak(turn: Turn) -> bool:
    """In a talk the person may be told how it goes on; out of it, and after hours of silence, that is writing first."""
    if turn.before.with_a_worker and not isinstance(turn.event, TalkGoneIdle):
        return turn.episode.may_be_written_to
    return turn.episode.may_be_written_to_first


def _handoff(turn: Turn) -> Handoff:
    assert turn.episode.handoff is not None
    return turn.episode.handoff


def _actor(turn: Turn) -> str:
    return getattr(turn.event, "worker", "") or worker_of(turn)


FOLLOWS = {
    Outcome.TELL_WHO_HAS_IT: _tell_who_has_it,
    Outcome.TELL_THEY_ARE_HERE: _tell_they_are_here,
    Outcome.PASS_TO_PERSON: _pass_to_person,
    Outcome.PASS_TO_WORKER: _pass_to_worker,
    Outcome.RAISE_THE_ALARM: _raise_the_alarm,
    Outcome.RAISE_IT_UNTIL_SEEN: _raise_it_until_seen,
    Outcome.TELL_WHO_SAW_IT: _tell_who_saw_it,
    Outcome.TELL_IT_IS_DONE: _tell_it_is_done,
    Outcome.ALERT_AGAIN: _alert_again,
    Outcome.REMIND_IN_TOPIC: _remind_in_topic,
    Outcome.ALERT_UNSEEN: _alert_unseen,
    Outcome.ASK_FOR_ANSWER: _ask_for_answer,
    Outcome.REMIND_OF_PROMISE: _remind_of_promise,
    Outcome.ALERT_LEAD: _alert_lead,
    Outcome.TELL_HONESTLY: _tell_honestly,
    Outcome.TELL_SNOOZED: _tell_snoozed,
    Outcome.TELL_AWAKE: _tell_awake,
    Outcome.ASK_IF_OVER: _ask_if_over,
    Outcome.WAIT_FOR_WORDS: _wait_for_words,
    Outcome.BRING_BOT_BACK: _bring_bot_back,
    Outcome.GIVE_BACK_TO_TEAM: _give_back_to_team,
    Outcome.SAY_GOODBYE: _say_goodbye,
    Outcome.CLOSE_QUIETLY: _close_quietly,
}
