"""A handoff as a value. It holds no words: those are in the episode."""

from dataclasses import dataclass, replace
from datetime import datetime
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
    "wrote_again",
]


@dataclass(frozen=True)
class Handoff:
    """One talk, opened for a reason. `claimed_by` is the worker's name as the person may read it.

    `alerts` counts how often the team was told in vain, `asked_if_over` says whether they were asked after a long silence,
    `unanswered` whether the person has written since the worker last did.
    """

    id: str
    reason: Reason
    urgent: bool
    opened_at: datetime
    state: str = "waiting"
    claimed_by: str = ""
    alerts: int = 0
    asked_if_over: bool = False
    unanswered: bool = False

    @property
    def open(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.state != "closed"

    def raised(self, reason: Reason) -> "Handoff":
        """Make it urgent, for a new reason."""
        return replace(self, reason=reason, urgent=True)
