"""A handoff as a value. It holds no words: those are in the episode."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal[
    "review",
    "asked_for",
    "red_flag",
    "help_now",
    "unsafe_answer",
    "too_young",
    "cannot_consent",
    "low_confidence",
    "misses",
    "silence",
    "check_in",
    "media",
    "wrote",
    "wrote_again",
    "unwritten",
]


@dataclass(frozen=True)
class Handoff:
    """One talk, opened for a reason; `also` are the reasons that came to it. `claimed_by` is the worker's name as the person
    may read it, who has it since `claimed_at`.

    `alerts` counts how often the team was told in vain, `asked_if_over` says whether they were asked after a long silence.
    The person waits while it is `unanswered`: they have asked or written (`asked_at`, where that was not what opened it), and
    no worker has answered since. It is `unseen` while nobody has said that they saw the alarm. By `promised` the worker has
    said that they write to them: of the referral with the number `promised_about`, or of none (0). The person knows of
    `language_told_of` in which language that worker writes; the topic read last on `language_noted_on` which one the person
    reads. `last_with` had the handoff before this one.
    """

    id: str
    reason: Reason
    urgent: bool
    opened_at: datetime
    state: str = "waiting"
    claimed_by: str = ""
    claimed_at: datetime | None = None
    alerts: int = 0
    asked_if_over: bool = False
    unanswered: bool = False
    asked_at: datetime | None = None
    unseen: bool = False
    also: tuple[Reason, ...] = ()
    promised: datetime | None = None
    promised_about: int = 0
    language_told_of: str = ""
    language_noted_on: date | None = None
    last_with: str = ""

    @property
    def open(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.state != "closed"

    @property
    def alarming(self) -> bool:
        """Say whether it stands out from the others: there is danger, and nobody has seen it, or nobody has it any more."""
        return self.open and self.urgent and (self.unseen or self.state == "waiting")

    @property
    def owes_an_answer(self) -> bool:
        """Say whether the worker who has it is to write to the person; an alarm is chased by itself."""
        return self.state in ("claimed", "talking", "snoozed") and self.unanswered and not self.unseen

    @property
    def awaited(self) -> bool:
        """Say whether somebody still waits for it, so that only a human may end it."""
        return self.open and (self.state == "talking" or self.unanswered or self.unseen)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Give every reason there is, each once; danger comes first."""
        return tuple(dict.fromkeys((self.reason, *self.also)))

    @property
    def waits_since(self) -> datetime:
        """When the person began to wait for an answer."""
        return self.asked_at or self.opened_at

    def asked(self, at: datetime) -> "Handoff":
        """Let the person wait for an answer. Who begins to wait is counted anew; who asks again is not put off by it."""
        if self.unanswered:
            return self
        return replace(self, unanswered=True, asked_at=at, alerts=0)

    def waits_as_promised(self, at: datetime) -> "Handoff":
        """Let the person wait for what was promised to them, as for an answer."""
        return replace(self.asked(at), promised=None)

    def asked_for(self, reason: Reason, at: datetime) -> "Handoff":
        """Let the person wait for an answer, for this reason too."""
        return replace(self.asked(at), also=(*self.also, reason))

    def raised(self, reason: Reason, at: datetime) -> "Handoff":
        """Make it urgent, for a new reason. A new alarm is counted anew; one that nobody has seen goes on."""
        alerts = self.alerts if self.unseen else 0
        return replace(self.asked(at), reason=reason, also=self.reasons, urgent=True, unseen=True, alerts=alerts)
