"""How a handoff moves: it waits, somebody claims it, they talk, it is closed. While they talk the bot is silent.

The table decides; what it decides is an outcome, and the episode finds the words for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from rxbot.handoff.model import Handoff
from rxbot.lifecycle import Lifecycle, row


class Outcome(Enum):
    """What follows from a row."""

    TELL_WHO_HAS_IT = auto()
    TELL_THEY_ARE_HERE = auto()
    PASS_TO_PERSON = auto()
    PASS_TO_WORKER = auto()
    RAISE_THE_ALARM = auto()
    ALERT_AGAIN = auto()
    TELL_HONESTLY = auto()
    SAY_GOODBYE = auto()
    CLOSE_THE_TOPIC = auto()


@dataclass
class Talk:
    """The one mutable thing of a handoff's turn."""

    handoff: Handoff
    most_alerts: int
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where the handoff is; the machine reads and sets it."""
        return self.handoff.state

    @state.setter
    def state(self, state: str) -> None:
        self.handoff = replace(self.handoff, state=state)


def is_time_to_be_honest(talk: Talk) -> bool:
    """Say whether the team was alerted so often that the person has to be told."""
    return talk.handoff.alerts == talk.most_alerts


def then(*outcomes: Outcome) -> Callable[[Talk], None]:
    """Note what follows."""

    def note(talk: Talk) -> None:
        talk.outcomes.extend(outcomes)

    return note


STATES = ("waiting", "claimed", "talking", "closed")
OPEN = ("waiting", "claimed", "talking")
QUIET = ("waiting", "claimed")

ROWS = (
    # on            in         go to      if                    then
    row("claimed", "waiting", "claimed", then=then(Outcome.TELL_WHO_HAS_IT)),
    row("worker_said", QUIET, "talking", then=then(Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)),
    row("worker_said", "talking", "=", then=then(Outcome.PASS_TO_PERSON)),
    row("person_said", OPEN, "=", then=then(Outcome.PASS_TO_WORKER)),
    row("alarmed", OPEN, "=", then=then(Outcome.RAISE_THE_ALARM)),
    row("left_waiting", "waiting", "=", when=is_time_to_be_honest, then=then(Outcome.ALERT_AGAIN, Outcome.TELL_HONESTLY)),
    row("left_waiting", "waiting", "=", then=then(Outcome.ALERT_AGAIN)),
    row("ended", OPEN, "closed", then=then(Outcome.SAY_GOODBYE)),
    row("support_ended", OPEN, "closed", then=then(Outcome.CLOSE_THE_TOPIC)),
)

SILENCES = {
    "claimed": (("claimed", "talking", "closed"), "It is taken or over; the desk tells the worker so."),
    "worker_said": (("closed",), "A closed talk reaches nobody; the desk tells the worker so."),
    "person_said": (("closed",), "There is nobody to pass it to; the episode answers."),
    "alarmed": (("closed",), "A new danger opens a new handoff."),
    "left_waiting": (("claimed", "talking", "closed"), "Somebody has it, or it is over."),
    "ended": (("closed",), "It is closed already."),
    "support_ended": (("closed",), "It is closed already."),
}

HANDOFF = Lifecycle("handoff", STATES, ROWS, SILENCES)


def take(handoff: Handoff, event: str, most_alerts: int) -> tuple[Handoff, tuple[Outcome, ...]]:
    """Give the handoff after this event, and what follows from it; nothing follows when no row fits."""
    talk = Talk(handoff, most_alerts)
    HANDOFF.fire(event, talk)
    return talk.handoff, tuple(talk.outcomes)
