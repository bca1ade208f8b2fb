"""How a referral moves: drafted, requested once the person agrees, taken up or not, and what came of it.

The states are those of Gravity's Task. Attending and a met need are facts beside the state: they are told when known.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from rxbot.lifecycle import Lifecycle, row
from rxbot.referral.model import Met, Referral


class Outcome(Enum):
    """What follows from a row."""

    ASK_THE_PERSON = auto()
    TELL_NOT_YET = auto()
    TELL_AGREED = auto()
    TELL_REFUSED = auto()
    TELL_PERSON = auto()
    TELL_ACCEPTED = auto()
    TELL_REJECTED = auto()
    TELL_CANCELLED = auto()
    TELL_STATE = auto()
    TELL_OUTCOME = auto()


@dataclass
class Step:
    """The one mutable thing of a referral's turn."""

    referral: Referral
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where the referral is; the machine reads and sets it."""
        return self.referral.state

    @state.setter
    def state(self, state: str) -> None:
        self.referral = replace(self.referral, state=state)


def is_agreed(step: Step) -> bool:
    """Say whether the person lets the place hear of them."""
    return step.referral.consent == "yes"


def is_asked(step: Step) -> bool:
    """Say whether the person was asked, and has not answered."""
    return step.referral.wait > 0


def agrees(step: Step) -> None:
    """Note that the person agrees."""
    step.referral = replace(step.referral, consent="yes")


def refuses(step: Step) -> None:
    """Note that the person does not agree."""
    step.referral = replace(step.referral, consent="no")


def goes(attended: bool) -> Callable[[Step], None]:
    """Note whether they went."""

    def note_attended(step: Step) -> None:
        step.referral = replace(step.referral, attended=attended)

    return note_attended


def meets(need: Met) -> Callable[[Step], None]:
    """Note whether it met their need."""

    def note_need(step: Step) -> None:
        step.referral = replace(step.referral, need_met=need)

    return note_need


def then(*outcomes: Outcome) -> Callable[[Step], None]:
    """Note what follows."""

    def note(step: Step) -> None:
        step.outcomes.extend(outcomes)

    return note


STATES = (
    "draft",
    "requested",
    "accepted",
    "in_progress",
    "on_hold",
    "completed",
    "rejected",
    "failed",
    "cancelled",
    "entered_in_error",
)
OVER = ("completed", "rejected", "failed", "cancelled", "entered_in_error")
UNDER_WAY = ("requested", "accepted", "in_progress", "on_hold")
ASKED_FOR = (*UNDER_WAY, "completed", "failed")
MOST_REMINDERS = 4
SAY_STATE = then(Outcome.TELL_STATE)
SAY_OUTCOME = then(Outcome.TELL_OUTCOME)

ROWS = (
    # on                in                        go to            if               then
    row("agreed", "draft", "=", then=(agrees, then(Outcome.TELL_AGREED))),
    row("refused", "draft", "cancelled", then=(refuses, then(Outcome.TELL_REFUSED))),
    row("requested", "draft", "requested", when=is_agreed, then=then(Outcome.TELL_STATE, Outcome.TELL_PERSON)),
    row("requested", "draft", "=", when=is_asked, then=then(Outcome.TELL_NOT_YET)),
    row("requested", "draft", "=", then=then(Outcome.ASK_THE_PERSON)),
    row("accepted", "requested", "accepted", then=then(Outcome.TELL_STATE, Outcome.TELL_ACCEPTED)),
    row("rejected", "requested", "rejected", then=then(Outcome.TELL_STATE, Outcome.TELL_REJECTED)),
    row("started", ("accepted", "on_hold"), "in_progress", then=SAY_STATE),
    row("paused", ("accepted", "in_progress"), "on_hold", then=SAY_STATE),
    row("completed", ("accepted", "in_progress"), "completed", then=SAY_STATE),
    row("failed", ("accepted", "in_progress", "on_hold"), "failed", then=SAY_STATE),
    row(
        "cancelled",
        ("draft", *UNDER_WAY),
        "cancelled",
        when=is_agreed,
        then=then(Outcome.TELL_STATE, Outcome.TELL_CANCELLED),
    ),
    row("cancelled", ("draft", *UNDER_WAY), "cancelled", then=SAY_STATE),
    row("mistaken", STATES[:-1], "entered_in_error", then=SAY_STATE),
    row("attended", ASKED_FOR, "=", then=(goes(True), SAY_OUTCOME)),
    row("not_attended", ASKED_FOR, "=", then=(goes(False), SAY_OUTCOME)),
    row("need_met", ASKED_FOR, "=", then=(meets("yes"), SAY_OUTCOME)),
    row("need_partly_met", ASKED_FOR, "=", then=(meets("part"), SAY_OUTCOME)),
    row("need_not_met", ASKED_FOR, "=", then=(meets("no"), SAY_OUTCOME)),
)
CAME_OF_IT = ("attended", "not_attended", "need_met", "need_partly_met", "need_not_met")
MOVES = ("requested", "accepted", "rejected", "started", "paused", "completed", "failed", "cancelled", "mistaken")


def but(*states: str) -> tuple[str, ...]:
    """Name every state but these."""
    return tuple(s for s in STATES if s not in states)


NEVER_ASKED = "The place was never asked, so that nothing can have come of it."
NOT_BETWEEN = "Gravity's Task has no such step between these states."
SILENCES = {
    "agreed": (but("draft"), "The person was asked before it was requested; later a new referral is made."),
    "refused": (but("draft"), "What was passed on cannot be taken back; the worker cancels it."),
    "requested": (but("draft"), "It is requested already, or over."),
    "accepted": (but("requested"), NOT_BETWEEN),
    "rejected": (but("requested"), NOT_BETWEEN),
    "started": (but("accepted", "on_hold"), NOT_BETWEEN),
    "paused": (but("accepted", "in_progress"), NOT_BETWEEN),
    "completed": (but("accepted", "in_progress"), NOT_BETWEEN),
    "failed": (but("accepted", "in_progress", "on_hold"), NOT_BETWEEN),
    "cancelled": (but("draft", *UNDER_WAY), NOT_BETWEEN),
    "mistaken": (("entered_in_error",), "It is marked so already."),
    **dict.fromkeys(CAME_OF_IT, (but(*ASKED_FOR), NEVER_ASKED)),
}

REFERRAL = Lifecycle("referral", STATES, ROWS, SILENCES)


def take(referral: Referral, event: str) -> tuple[Referral, tuple[Outcome, ...]]:
    """Give the referral after this event, and what follows from it; nothing follows when no row fits."""
    step = Step(referral)
    REFERRAL.fire(event, step)
    return step.referral, tuple(step.outcomes)


def waits_for_news(referral: Referral) -> bool:
    """Say whether somebody has to see to it: the person has agreed, it is not over, and nobody has told what came of it."""
    told = referral.attended is not None or referral.need_met
    begun = referral.state in UNDER_WAY or (referral.state == "draft" and referral.consent == "yes")
    return begun and not told and referral.reminders < MOST_REMINDERS


def moves_of(referral: Referral) -> tuple[str, ...]:
    """Name what a worker can do with a referral now."""
    return tuple(move for move in MOVES if move in _known(referral))


def outcomes_of(referral: Referral) -> tuple[str, ...]:
    """Name what a worker can tell of a referral now, and has not told."""
    asked = (*(CAME_OF_IT[:2] if referral.attended is None else ()), *(() if referral.need_met else CAME_OF_IT[2:]))
    return tuple(outcome for outcome in asked if outcome in _known(referral))


def _known(referral: Referral) -> set[str]:
    return {line.on for line in ROWS if referral.state in line.states}
