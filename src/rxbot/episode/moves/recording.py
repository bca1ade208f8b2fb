"""What a worker records beside the talk: a signpost, a note for the closing, a referral back to the clinic."""

from rxbot.episode import brief, phrases
from rxbot.episode.effects import Record, TellClinic
from rxbot.episode.events import ClinicAsked, NoteKept, Signposted
from rxbot.episode.model import Note, Turn
from rxbot.episode.moves.offering import card
from rxbot.message import verbatim
from rxbot.referral.model import Signpost
from rxbot.report.message import ClinicMessage, Part

HOW_SOON = {
    "routine": phrases.CLINIC_ROUTINE,
    "soon": phrases.CLINIC_SOON,
    "urgent": phrases.CLINIC_TODAY,
}


def signpost(turn: Turn) -> None:
    """Give the person the name and contact of a place; they get in touch themselves."""
    assert isinstance(turn.event, Signposted)
    give_signpost(turn, turn.event)


def give_signpost(turn: Turn, event: Signposted) -> None:
    """Say the name and contact, under the number the person knows it by, and note it."""
    turn.change(signposts=(*turn.episode.signposts, Signpost(event.service, event.name, event.worker, event.at)))
    lines = card(turn, event.match.service) if event.match else (verbatim(event.name),)
    turn.do(Record("signposted", {"service": event.service}))
    turn.say(phrases.SIGNPOST(worker=event.worker), *lines, urgency="relay")
    turn.say(phrases.SIGNPOST_NOTED(name=event.name), to="topic", urgency="relay")


def keep_note(turn: Turn) -> None:
    """Keep a worker's words for the closing message."""
    event = turn.event
    assert isinstance(event, NoteKept)
    turn.change(notes=(*turn.episode.notes, Note(event.worker, event.at, event.words)))
    turn.do(Record("note_kept"))
    turn.say(phrases.NOTE_KEPT(), to="topic", urgency="relay")


def ask_clinic(turn: Turn) -> None:
    """Refer back to the clinic, and say so to the person. Without their yes only what is urgent goes, to keep them safe."""
    event = turn.event
    assert isinstance(event, ClinicAsked)
    urgent, agreed = event.urgency == "urgent", turn.episode.tells_clinic
    clinic = turn.content.scheme.clinics[turn.episode.clinic].name
    if not (agreed or urgent):
        turn.notice(phrases.CLINIC_NOT_AGREED(clinic=clinic, more=phrases.MORE(), my_data=phrases.MY_DATA()))
        return
    turn.do(
        TellClinic(
            ClinicMessage(
                "referral_back",
                (
                    Part("actions", (HOW_SOON[event.urgency](), verbatim(event.words))),
                    Part("summary", (phrases.CLINIC_ASKED_BY(worker=event.worker), *brief.needs(turn.episode, turn.content))),
                    Part("risks", (brief.risk(turn.episode, turn.content),)),
                ),
                urgent=urgent,
            )
        ),
        Record("referred_back", {"urgency": event.urgency, "agreed": str(agreed).lower()}),
    )
    danger = (phrases.IF_IN_DANGER(number=turn.content.emergency.number),) if urgent else ()
    told = phrases.CLINIC_ASKED if agreed else phrases.CLINIC_ASKED_FOR_SAFETY
    noted = phrases.CLINIC_ASKED_NOTED if agreed else phrases.CLINIC_ASKED_FOR_SAFETY_NOTED
    turn.say(told(worker=event.worker, clinic=clinic), *danger, urgency="relay")
    turn.say(noted(clinic=clinic), to="topic", urgency="relay")
