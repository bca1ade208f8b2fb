"""Tell the clinic what came of it: shown to the person first, who may hold parts back, or all of it."""

from dataclasses import replace

from rxbot.episode import clinic_report, phrases, screens, taps
from rxbot.episode.effects import DropTimers, Record, SetTimer, ShowChosen, TellClinic
from rxbot.episode.events import Tapped, Typed
from rxbot.episode.model import ClinicTold, Turn
from rxbot.message import BLANK, Button, Listed, NearDay, Rows, Text
from rxbot.report.message import ALWAYS, ClinicMessage, Part, PartId

DAYS_TO_LOOK = 3


def draft_plan_message(turn: Turn) -> None:
    """The plan is agreed: show what the clinic is to read about it."""
    _draft(turn, clinic_report.at_plan(turn.episode, turn.content, turn.event.at))


def draft_closing_message(turn: Turn) -> None:
    """The support ends: show what the clinic is to read about it."""
    _draft(turn, clinic_report.at_closing(turn.episode, turn.content, turn.event.at))


def redraw_draft(turn: Turn) -> None:
    """Show which parts are held back now."""
    turn.do(ShowChosen(turn.episode.draft_wait, _buttons(turn)))


def send_draft(turn: Turn) -> None:
    """Send what the person has seen, or had time to see."""
    draft = turn.episode.draft
    if draft is None or not turn.episode.tells_clinic:
        return
    held_back = _held_back(turn, draft)
    told = replace(draft, parts=tuple(part for part in draft.parts if part.id not in held_back), held_back=held_back)
    tell_clinic(turn, told)
    turn.do(Record("clinic_told", {"occasion": draft.occasion}))
    _end_draft(turn)
    if turn.episode.safe_to_write_to or isinstance(turn.event, Tapped | Typed):
        sent = phrases.CLINIC_SENT if draft.occasion == "plan" else phrases.CLINIC_SENT_CLOSING
        turn.say(sent(clinic=clinic_of(turn)))


def tell_clinic(turn: Turn, message: ClinicMessage) -> None:
    """Let the clinic read this, and keep what it read, so that the person can see it too."""
    turn.do(TellClinic(message))
    turn.change(clinic_told=(*turn.episode.clinic_told, ClinicTold(turn.event.at, message)))


def tell_the_least(turn: Turn) -> None:
    """It is not safe to show the person what the clinic is to read: hold back for them all that they could have held back."""
    if not turn.episode.tells_clinic:
        return
    whole = clinic_report.at_closing(turn.episode, turn.content, turn.event.at)
    least = tuple(part for part in whole.parts if part.id in ALWAYS)
    held_back = tuple(part.id for part in whole.parts if part.id not in ALWAYS)
    tell_clinic(turn, replace(whole, parts=least, held_back=held_back))
    turn.do(Record("clinic_told", {"occasion": whole.occasion}))


def drop_draft(turn: Turn) -> None:
    """The person wants nothing sent."""
    turn.do(Record("clinic_not_told"))
    _end_draft(turn)
    turn.say(phrases.CLINIC_DROPPED(clinic=clinic_of(turn)))


def say_draft_gone(turn: Turn) -> None:
    """The button belongs to a message that was sent or dropped."""
    turn.notice(phrases.CLINIC_NONE())


def _end_draft(turn: Turn) -> None:
    """It is sent or dropped: there is nothing more to hold back."""
    turn.do(DropTimers("clinic"), ShowChosen(turn.episode.draft_wait, ()))
    turn.change(draft=None)


def _draft(turn: Turn, message: ClinicMessage) -> None:
    if not turn.episode.tells_clinic:
        return
    due, shown = turn.content.scheme.in_days(DAYS_TO_LOOK, turn.event.at), turn.episode.draft
    if shown:
        turn.do(ShowChosen(turn.episode.draft_wait, ()))  # nobody shall send by its buttons what is not shown above them
    turn.change(draft=message)
    turn.do(SetTimer("clinic", due))
    lines: list[Text] = [phrases.CLINIC_DRAFT(clinic=clinic_of(turn), day=NearDay(turn.content.scheme.day(due)))]
    if shown:
        lines.append(phrases.CLINIC_DRAFT_AGAIN())
    if held := _held_back(turn, message):
        heads = tuple(phrases.CLINIC_HEAD[part]() for part in held)
        lines.append(phrases.CLINIC_STILL_HELD(heads=Listed(heads)))
    turn.change(draft_wait=turn.say(*lines, *lines_of(turn, message), buttons=_buttons(turn)))


def lines_of(turn: Turn, message: ClinicMessage) -> tuple[Text, ...]:
    """Show the person what the clinic reads, each part by its head."""
    lines = tuple(line for part in message.parts for line in (BLANK, *_part(part)))
    return screens.as_they_read(lines, turn.episode, turn.content)


def _part(part: Part) -> tuple[Text, ...]:
    head = phrases.CLINIC_HEAD[part.id]()
    if len(part.lines) == 1:
        return (phrases.CLINIC_SHORT_PART(head=head, line=part.lines[0]),)
    return (phrases.CLINIC_PART(head=head), *part.lines)


def _held_back(turn: Turn, draft: ClinicMessage) -> tuple[PartId, ...]:
    """Name the parts of a message that the person holds back, in this one or since an earlier one."""
    return tuple(part.id for part in draft.parts if part.id in turn.episode.held_back)


def _buttons(turn: Turn) -> Rows:
    draft = turn.episode.draft
    assert draft is not None
    parts = tuple(
        (
            Button(
                phrases.CLINIC_HOLD(head=phrases.CLINIC_HEAD[part.id]()),
                taps.hold_back(part.id, on=part.id not in turn.episode.held_back),
                chosen=part.id in turn.episode.held_back,
            ),
        )
        for part in draft.parts
        if part.id not in ALWAYS
    )
    send, drop = screens.button(phrases.CLINIC_SEND, taps.CLINIC_SEND), screens.button(phrases.CLINIC_DROP, taps.CLINIC_DROP)
    return (*parts, (send,), (drop,))


def clinic_of(turn: Turn) -> str:
    """Name the clinic."""
    return turn.content.scheme.clinics[turn.episode.clinic].name
