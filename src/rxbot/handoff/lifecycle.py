"""How a handoff moves: it waits, somebody claims it, they talk, it may rest, it is closed. While they talk the bot is silent.

The table decides; what it decides is an outcome, and the episode finds the words for it. When nobody answers, the ladder is:
the team is told again and again, then the lead, then the person. After it danger sounds on as before, and the lead hears of
it from time to time; anything else is brought up in its topic and to the lead alone, less and less often. Who was promised
words, and has read none by then, waits for an answer from then on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
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
    RAISE_IT_UNTIL_SEEN = auto()
    TELL_WHO_SAW_IT = auto()
    TELL_IT_IS_DONE = auto()
    ALERT_AGAIN = auto()
    REMIND_IN_TOPIC = auto()
    ALERT_UNSEEN = auto()
    ASK_FOR_ANSWER = auto()
    REMIND_OF_PROMISE = auto()
    ALERT_LEAD = auto()
    TELL_HONESTLY = auto()
    TELL_SNOOZED = auto()
    TELL_AWAKE = auto()
    ASK_IF_OVER = auto()
    WAIT_FOR_WORDS = auto()
    BRING_BOT_BACK = auto()
    GIVE_BACK_TO_TEAM = auto()
    SAY_GOODBYE = auto()
    CLOSE_QUIETLY = auto()


@dataclass
class Talk:
    """The one mutable thing of a handoff's turn. `worker` is who acts, if anybody."""

    handoff: Handoff
    at: datetime
    most_alerts: int
    worker: str = ""
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where the handoff is; the machine reads and sets it."""
        return self.handoff.state

    @state.setter
    def state(self, state: str) -> None:
        self.handoff = replace(self.handoff, state=state)


def is_time_for_the_lead(talk: Talk) -> bool:
    """Say whether the team was alerted so often that their lead has to know, or has to know again."""
    since = talk.handoff.alerts - (talk.most_alerts - 1)
    return since >= 0 and since % LEAD_AGAIN == 0


def is_time_to_be_honest(talk: Talk) -> bool:
    """Say whether team and lead were alerted so often that the person has to be told."""
    return talk.handoff.alerts == talk.most_alerts


def is_long_known(talk: Talk) -> bool:
    """Say whether everybody was told, and it is no danger that has to sound on."""
    return talk.handoff.alerts > talk.most_alerts and not talk.handoff.urgent


def waits_long(talk: Talk) -> bool:
    """Say whether everybody was told that the person waits for an answer."""
    return talk.handoff.alerts > talk.most_alerts


def was_asked_if_over(talk: Talk) -> bool:
    """Say whether the worker was asked already, and has not answered."""
    return talk.handoff.asked_if_over


def takes_it(talk: Talk) -> None:
    """Whoever acts has the handoff from now on."""
    if talk.worker not in ("", talk.handoff.claimed_by):
        talk.handoff = replace(talk.handoff, claimed_by=talk.worker, claimed_at=talk.at)


def nobody_has_it(talk: Talk) -> None:
    """Whoever had it has it no more."""
    talk.handoff = replace(talk.handoff, claimed_by="", claimed_at=None, alerts=0, asked_if_over=False, promised=None)


def sees_it(talk: Talk) -> None:
    """Somebody has seen the alarm, if there was one."""
    talk.handoff = replace(talk.handoff, unseen=False, alerts=0)


def answers(talk: Talk) -> None:
    """The person waits no more."""
    talk.handoff = replace(talk.handoff, unanswered=False)


def writes(talk: Talk) -> None:
    """The person reads words of a worker: they wait no more, and what was promised is kept."""
    talk.handoff = replace(talk.handoff, unanswered=False, promised=None)


def has_promised(talk: Talk) -> None:
    """The time is over by which the worker has said that they write."""
    talk.handoff = talk.handoff.waits_as_promised(talk.at)


def then(*outcomes: Outcome) -> Callable[[Talk], None]:
    """Note what follows."""

    def note(talk: Talk) -> None:
        talk.outcomes.extend(outcomes)

    return note


STATES = ("waiting", "claimed", "talking", "snoozed", "closed")
OPEN = ("waiting", "claimed", "talking", "snoozed")
HELD = ("claimed", "talking", "snoozed")
RESTING = ("claimed", "snoozed")
QUIET = ("waiting", "claimed", "snoozed")
COMES_IN = (Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)
LEAD_AGAIN = 6  # alerts about danger after the first that the lead heard of, an hour when there are ten minutes between them
LONGER = (timedelta(days=3), timedelta(days=7))  # between reminders after the ladder; the last goes on
LET_REST = (Outcome.TELL_WHO_HAS_IT, Outcome.TELL_SNOOZED)

ROWS = (
    # on            in         go to      if                    then
    row("claimed", "waiting", "claimed", then=(takes_it, sees_it, then(Outcome.TELL_WHO_HAS_IT))),
    row("worker_said", "talking", "=", then=(takes_it, writes, then(Outcome.PASS_TO_PERSON))),
    row("worker_said", "waiting", "talking", then=(takes_it, sees_it, writes, then(*COMES_IN))),
    row("worker_said", RESTING, "talking", then=(takes_it, writes, then(*COMES_IN))),
    row("person_said", OPEN, "=", then=then(Outcome.PASS_TO_WORKER)),
    row("alarmed", "waiting", "=", then=then(Outcome.RAISE_THE_ALARM)),
    row("alarmed", "snoozed", "claimed", then=then(Outcome.RAISE_IT_UNTIL_SEEN)),
    row("alarmed", ("claimed", "talking"), "=", then=then(Outcome.RAISE_IT_UNTIL_SEEN)),
    row("seen", HELD, "=", then=(sees_it, answers, then(Outcome.TELL_WHO_SAW_IT))),
    row("settled", HELD, "=", then=(answers, then(Outcome.TELL_IT_IS_DONE))),
    row("left_unseen", HELD, "=", when=is_time_for_the_lead, then=then(Outcome.ALERT_UNSEEN, Outcome.ALERT_LEAD)),
    row("left_unseen", HELD, "=", when=is_time_to_be_honest, then=then(Outcome.ALERT_UNSEEN, Outcome.TELL_HONESTLY)),
    row("left_unseen", HELD, "=", then=then(Outcome.ALERT_UNSEEN)),
    row("left_unanswered", HELD, "=", when=waits_long, then=then(Outcome.ASK_FOR_ANSWER, Outcome.ALERT_LEAD)),
    row("left_unanswered", HELD, "=", when=is_time_for_the_lead, then=then(Outcome.ASK_FOR_ANSWER, Outcome.ALERT_LEAD)),
    row("left_unanswered", HELD, "=", when=is_time_to_be_honest, then=then(Outcome.ASK_FOR_ANSWER, Outcome.TELL_HONESTLY)),
    row("left_unanswered", HELD, "=", then=then(Outcome.ASK_FOR_ANSWER)),
    row("promise_due", HELD, "=", then=(has_promised, then(Outcome.REMIND_OF_PROMISE))),
    row("left_waiting", "waiting", "=", when=is_long_known, then=then(Outcome.REMIND_IN_TOPIC, Outcome.ALERT_LEAD)),
    row("left_waiting", "waiting", "=", when=is_time_for_the_lead, then=then(Outcome.ALERT_AGAIN, Outcome.ALERT_LEAD)),
    row("left_waiting", "waiting", "=", when=is_time_to_be_honest, then=then(Outcome.ALERT_AGAIN, Outcome.TELL_HONESTLY)),
    row("left_waiting", "waiting", "=", then=then(Outcome.ALERT_AGAIN)),
    row("snoozed", "waiting", "snoozed", then=(takes_it, sees_it, answers, then(*LET_REST))),
    row("snoozed", "talking", "snoozed", then=(answers, then(Outcome.TELL_SNOOZED, Outcome.BRING_BOT_BACK))),
    row("snoozed", RESTING, "snoozed", then=(answers, then(Outcome.TELL_SNOOZED))),
    row("woken", "snoozed", "claimed", then=then(Outcome.TELL_AWAKE)),
    row("gone_idle", "talking", "claimed", when=was_asked_if_over, then=then(Outcome.BRING_BOT_BACK)),
    row("gone_idle", "talking", "=", then=then(Outcome.ASK_IF_OVER)),
    row("kept_talking", "talking", "=", then=then(Outcome.WAIT_FOR_WORDS)),
    row("handed_back", "talking", "claimed", then=then(Outcome.BRING_BOT_BACK)),
    row("worker_left", HELD, "waiting", then=(nobody_has_it, then(Outcome.GIVE_BACK_TO_TEAM))),
    row("ended", OPEN, "closed", then=(takes_it, then(Outcome.SAY_GOODBYE))),
    row("contact_stopped", OPEN, "closed", then=then(Outcome.CLOSE_QUIETLY)),
    row("support_ended", OPEN, "closed", then=then(Outcome.CLOSE_QUIETLY)),
)

NOBODY_TALKS = "The bot goes on then; there is no talk to hand back."
SILENCES = {
    "claimed": ((*HELD, "closed"), "It is taken or over; the desk tells the worker so."),
    "worker_said": (("closed",), "A closed talk reaches nobody; the desk tells the worker so."),
    "person_said": (("closed",), "There is nobody to pass it to; the episode answers."),
    "alarmed": (("closed",), "A new danger opens a new handoff."),
    "seen": (("waiting", "closed"), "Claiming says so while it waits; a closed one is not chased."),
    "settled": (("waiting", "closed"), "Only who has it owes an answer."),
    "left_unseen": (("waiting", "closed"), "An alarm that waits is chased as a handoff that waits."),
    "left_unanswered": (("waiting", "closed"), "Whoever waits is chased as a handoff that waits; a closed one owes nothing."),
    "promise_due": (("waiting", "closed"), "Nobody has it who promised anything; a closed one owes nothing."),
    "left_waiting": ((*HELD, "closed"), "Somebody has it, or it is over."),
    "snoozed": (("closed",), "There is nothing to come back to."),
    "woken": (("waiting", "claimed", "talking", "closed"), "Somebody took it up before the time was over."),
    "gone_idle": ((*QUIET, "closed"), NOBODY_TALKS),
    "kept_talking": ((*QUIET, "closed"), NOBODY_TALKS),
    "handed_back": ((*QUIET, "closed"), NOBODY_TALKS),
    "worker_left": (("waiting", "closed"), "Nobody has it then."),
    "ended": (("closed",), "It is closed already."),
    "support_ended": (("closed",), "It is closed already."),
    "contact_stopped": (("closed",), "It is closed already, and nobody writes."),
}

HANDOFF = Lifecycle("handoff", STATES, ROWS, SILENCES)


def until_next_alert(handoff: Handoff, most_alerts: int, usual: timedelta) -> timedelta:
    """Say how long to wait before it is brought up again, where there is no danger: longer and longer when all were told."""
    past = handoff.alerts - most_alerts
    return max(usual, LONGER[min(past, len(LONGER)) - 1]) if past > 0 else usual


def take(handoff: Handoff, event: str, at: datetime, most_alerts: int, worker: str = "") -> tuple[Handoff, tuple[Outcome, ...]]:
    """Give the handoff after this event, and what follows from it; nothing follows when no row fits."""
    talk = Talk(handoff, at, most_alerts, worker)
    HANDOFF.fire(event, talk)
    return talk.handoff, tuple(talk.outcomes)
