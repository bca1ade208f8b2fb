"""What came of it when people were sent somewhere before: counted by service, never by person."""

from dataclasses import dataclass
from enum import StrEnum


class Came(StrEnum):
    """One thing that came of it, as a worker or the person told."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ATTENDED = "attended"
    NOT_ATTENDED = "not_attended"
    HELPED = "helped"
    DID_NOT_HELP = "did_not_help"


WELL = frozenset({Came.ACCEPTED, Came.ATTENDED, Came.HELPED})
FIRST_WELL, FIRST_BADLY = 3, 2
"""Told before anybody has told: a service nobody knows does well three times in five, and one bad day does not sink it."""


@dataclass(frozen=True)
class Outcomes:
    """How often it went well, and how often not."""

    well: int = 0
    badly: int = 0

    @property
    def worth(self) -> float:
        """Give what to expect, from 0.7 to 1: the share that went well, smoothed (Laplace)."""
        told = self.well + self.badly + FIRST_WELL + FIRST_BADLY
        return 0.7 + 0.3 * (self.well + FIRST_WELL) / told


NOBODY_TOLD = Outcomes()
