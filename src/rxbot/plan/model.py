"""The plan as a value, in the shape of PRSB's care and support plan (Social Prescribing Information Standard v1.1).

It is the person's: only what they agreed to is in it. Every change is a new version; the old ones are kept.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

from rxbot.message import Text

GoalStatus: TypeAlias = Literal["active", "met", "dropped"]
ActionStatus: TypeAlias = Literal["planned", "in_progress", "done", "on_hold", "cancelled"]
Author: TypeAlias = Literal["person", "worker"]


@dataclass(frozen=True)
class Action:
    """One step: if it is `cue` on `day`, then `who` does `what`; if `obstacle`, then `way_round`.

    `by` says whose words `what` is: a worker's suggestion stands in the plan too, once it is agreed to. `confidence` is 0 to
    10. `service` is the key of the service it leads to, if any. `barrier` says why it did not happen. `bigger` is the step
    that this one was made smaller from, with what might have got in the way of that.
    """

    what: Text
    who: Author = "person"
    by: Author = "person"
    day: date | None = None
    cue: Text | None = None
    obstacle: Text | None = None
    way_round: Text | None = None
    confidence: int | None = None
    service: str = ""
    status: ActionStatus = "planned"
    barrier: Text | None = None
    bigger: "Action | None" = None

    @property
    def is_workers(self) -> bool:
        """Say whether a link worker does it, or may have meant to: a step they suggest does not say who takes it."""
        return "worker" in (self.who, self.by)


@dataclass(frozen=True)
class Goal:
    """What the person hopes for in one part of life, how much it matters to them (0 to 10), and the step towards it."""

    number: int
    domain: str
    what: Text
    importance: int | None
    action: Action
    status: GoalStatus = "active"


@dataclass(frozen=True)
class Plan:
    """One version of the plan, agreed by the person at `agreed_at`; `author` wrote the change that made it."""

    version: int
    agreed_at: datetime
    review_on: date
    strengths: tuple[Text, ...] = ()
    goals: tuple[Goal, ...] = ()
    author: Author = "person"

    @property
    def active(self) -> tuple[Goal, ...]:
        """The goals that are still looked after."""
        return tuple(goal for goal in self.goals if goal.status == "active")

    def with_goal(self, changed: Goal, at: datetime, author: Author) -> "Plan":
        """Give the next version, with this goal in place of the one of its number."""
        goals = tuple(changed if goal.number == changed.number else goal for goal in self.goals)
        return replace(self, version=self.version + 1, agreed_at=at, goals=goals, author=author)
