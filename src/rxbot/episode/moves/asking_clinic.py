"""Ask the clinic for something, as a worker wishes. The person reads it first, and it goes when they say yes.

What is urgent goes at once: with their consent, or without it to keep them safe. The person is told.
"""

from dataclasses import replace

from rxbot.episode import brief, clinic_report, phrases, screens, taps
from rxbot.episode.effects import Record, ShowChosen
from rxbot.episode.events import ClinicAsked, ClinicRead
from rxbot.episode.model import ClinicRequest, Turn
from rxbot.episode.moves.relaying import tell_once_a_day_which_they_read, written_in
from rxbot.episode.moves.telling_clinic import clinic_of, lines_of, tell_clinic
from rxbot.message import Day, Text, verbatim
from rxbot.report.message import ClinicMessage, Part

HOW_SOON = {
    "routine": phrases.CLINIC_ROUTINE,
    "soon": phrases.CLINIC_SOON,
    "urgent": phrases.CLINIC_TODAY,
}


def ask_clinic(turn: Turn) -> None:
    """Send what is urgent; show anything else to the person, who decides. Who tells the clinic nothing is not asked."""
    event = turn.event
    assert isinstance(event, ClinicAsked)
    if event.urgency == "urgent":
        _send_at_once(turn, event)
    elif not turn.episode.tells_clinic:
        turn.notice(phrases.CLINIC_NOT_AGREED(clinic=clinic_of(turn), more=phrases.MORE(), my_data=phrases.MY_DATA()))
    elif not turn.episode.may_be_written_to:
        turn.notice(phrases.NOT_TO_BE_ASKED())
    else:
        _show(turn, event)


def send_request(turn: Turn) -> None:
    """The person agrees to what they have read."""
    request = _answered(turn)
    tell_clinic(turn, request.message)
    turn.do(ShowChosen(request.wait, ()), Record("referred_back", {"urgency": request.urgency, "agreed": "true"}))
    turn.say(phrases.CLINIC_REQUEST_SENT(worker=request.by, clinic=clinic_of(turn)))
    turn.say(phrases.CLINIC_ASKED_NOTED(clinic=clinic_of(turn)), to="topic", urgency="relay")


def drop_request(turn: Turn) -> None:
    """The person does not want the clinic to be asked."""
    request = _answered(turn)
    turn.do(ShowChosen(request.wait, ()), Record("referral_back_refused", {"urgency": request.urgency}))
    turn.say(phrases.CLINIC_REQUEST_NOT_SENT(clinic=clinic_of(turn)))
    turn.say(phrases.CLINIC_REQUEST_REFUSED(clinic=clinic_of(turn)), to="topic", urgency="relay")


def note_clinic_read(turn: Turn) -> None:
    """Somebody at the clinic has read it: the worker knows whether they still have to ring there."""
    event = turn.event
    assert isinstance(event, ClinicRead)
    turn.do(Record("clinic_read"))
    today = Day(turn.content.scheme.day(event.at))
    turn.say(phrases.CLINIC_HAS_READ(clinic=clinic_of(turn), asked=Day(event.day), day=today), to="topic", urgency="relay")


def withdraw_requests(turn: Turn) -> None:
    """The clinic is told nothing any more: what was not answered yet is not asked again."""
    for request in turn.episode.requests:
        if not request.answer:
            turn.do(ShowChosen(request.wait, ()))
    turn.change(requests=tuple(replace(one, answer=one.answer or "no") for one in turn.episode.requests))


def _show(turn: Turn, event: ClinicAsked) -> None:
    message, number = _message(turn, event), len(turn.episode.requests) + 1
    ask = phrases.CLINIC_MAY_ASK(worker=event.worker, clinic=clinic_of(turn))
    yes = screens.button(phrases.CLINIC_REQUEST_YES, taps.request(number, "yes"))
    no = screens.button(phrases.CLINIC_REQUEST_NO, taps.request(number, "no"))
    wait = turn.say(ask, *lines_of(turn, message), buttons=((yes,), (no,)), urgency="relay")
    request = ClinicRequest(event.worker, event.urgency, message, wait)
    turn.change(requests=(*turn.episode.requests, request))
    turn.do(Record("referral_back_shown", {"urgency": event.urgency}))
    turn.say(phrases.CLINIC_REQUEST_SHOWN(clinic=clinic_of(turn)), to="topic", urgency="relay")
    tell_once_a_day_which_they_read(turn)


def _send_at_once(turn: Turn, event: ClinicAsked) -> None:
    agreed, clinic = turn.episode.tells_clinic, clinic_of(turn)
    tell_clinic(turn, _message(turn, event))
    turn.do(Record("referred_back", {"urgency": event.urgency, "agreed": str(agreed).lower()}))
    danger = phrases.IF_IN_DANGER(number=turn.content.emergency.number)
    told = (
        phrases.CLINIC_ASKED(worker=event.worker, clinic=clinic, words=verbatim(event.words))
        if agreed
        else phrases.CLINIC_ASKED_FOR_SAFETY(worker=event.worker, clinic=clinic)  # whoever holds the phone need not read why
    )
    noted = phrases.CLINIC_ASKED_NOTED if agreed else phrases.CLINIC_ASKED_FOR_SAFETY_NOTED
    mark = written_in(turn, event.worker) if agreed else ()
    turn.say(told, *mark, danger, urgency="relay")
    turn.say(noted(clinic=clinic), to="topic", urgency="relay")


def _message(turn: Turn, event: ClinicAsked) -> ClinicMessage:
    return ClinicMessage(
        "referral_back",
        (
            Part("actions", (HOW_SOON[event.urgency](), phrases.WRITTEN_WORDS(words=event.words))),
            Part("summary", (phrases.CLINIC_ASKED_BY(worker=event.worker), *_about_them(turn))),
            Part("risks", clinic_report.risks(turn.episode, turn.content)),
        ),
        urgent=event.urgency == "urgent",
    )


def _about_them(turn: Turn) -> tuple[Text, ...]:
    return (*clinic_report.language(turn.episode), *brief.needs(turn.episode, turn.content))


def _answered(turn: Turn) -> ClinicRequest:
    return next(now for now, was in zip(turn.episode.requests, turn.before.requests, strict=True) if now != was)
