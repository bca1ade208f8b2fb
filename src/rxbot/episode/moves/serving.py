"""What link workers do at the desk, and what their timers bring: which step of the handoff it is, or which move."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rxbot.episode import phrases
from rxbot.episode.events import (
    AlarmLeftUnseen,
    AlarmSeen,
    AnswerSettled,
    Claimed,
    ClinicAsked,
    ClinicRead,
    ContactStopped,
    EndingAsked,
    HandedBack,
    HandoffEnded,
    HandoffLeftWaiting,
    KeptFound,
    KeptTalking,
    NamesFound,
    NoteKept,
    PhraseSaid,
    PlaceNamed,
    PromiseDue,
    ReferralLeftOpen,
    ReferralMoved,
    ReferralOpened,
    Signposted,
    Snoozed,
    SnoozeOver,
    StepProposed,
    SupportEnded,
    TalkGoneIdle,
    WordsLeftUnanswered,
    WorkerEdited,
    WorkerLeft,
    WorkerSaid,
)
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking_clinic import ask_clinic, note_clinic_read
from rxbot.episode.moves.knowing import give_data
from rxbot.episode.moves.naming import look_for_named, take_named
from rxbot.episode.moves.recording import keep_note, signpost
from rxbot.episode.moves.referring import ask_for_news, move_referral, open_referral
from rxbot.episode.moves.relaying import carry_workers_edit
from rxbot.episode.moves.talking import (
    alert_in_duty_hours,
    ask_for_answer_in_duty_hours,
    ask_why_it_ends,
    follow,
    remind_of_promise_in_duty_hours,
)
from rxbot.episode.survey import lifecycle_of
from rxbot.handoff.model import Handoff
from rxbot.message import Text

Serve = Callable[[Turn], None]


def _step(event: str) -> Serve:
    """Take this step of the handoff; where it has no such row, whoever tried is told why."""

    def take(turn: Turn) -> None:
        if not follow(turn, event, getattr(turn.event, "worker", "")):
            turn.notice(_why_not(event, turn.episode.handoff))

    return take


def _why_not(event: str, handoff: Handoff | None) -> Text:
    if handoff is None or not handoff.open:
        return phrases.ALREADY_CLOSED()
    if event in ("kept_talking", "handed_back"):
        return phrases.NOBODY_TALKS()
    return phrases.ALREADY_CLAIMED(worker=handoff.claimed_by) if handoff.claimed_by else phrases.NOBODY_HAS_IT()


def _of_the_episode(event: str) -> Serve:
    """What a worker does may move the episode itself, while it goes on."""

    def take(turn: Turn) -> None:
        if not lifecycle_of(turn.episode).fire(event, turn):
            turn.notice(phrases.SUPPORT_OVER())

    return take


SERVES: Mapping[type[Any], Serve] = MappingProxyType(
    {
        Claimed: _step("claimed"),
        WorkerSaid: _step("worker_said"),
        PhraseSaid: _step("worker_said"),
        WorkerEdited: carry_workers_edit,
        PlaceNamed: look_for_named,
        NamesFound: take_named,
        KeptFound: give_data,
        ReferralOpened: open_referral,
        ReferralMoved: move_referral,
        ReferralLeftOpen: ask_for_news,
        Signposted: signpost,
        NoteKept: keep_note,
        ClinicAsked: ask_clinic,
        Snoozed: _step("snoozed"),
        KeptTalking: _step("kept_talking"),
        HandedBack: _step("handed_back"),
        WorkerLeft: _step("worker_left"),
        AlarmSeen: _step("seen"),
        AnswerSettled: _step("settled"),
        EndingAsked: ask_why_it_ends,
        HandoffEnded: _step("ended"),
        StepProposed: _of_the_episode("step_proposed"),
        SupportEnded: _of_the_episode("support_ended"),
        ContactStopped: _of_the_episode("contact_stopped"),
        HandoffLeftWaiting: alert_in_duty_hours,
        AlarmLeftUnseen: _step("left_unseen"),
        PromiseDue: remind_of_promise_in_duty_hours,
        ClinicRead: note_clinic_read,
        WordsLeftUnanswered: ask_for_answer_in_duty_hours,
        SnoozeOver: _step("woken"),
        TalkGoneIdle: _step("gone_idle"),
    }
)
