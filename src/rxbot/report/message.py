"""The message back to the clinic, in the order of PRSB's Social Prescribing Information Standard: requested actions first."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from rxbot.message import Text

Occasion: TypeAlias = Literal["plan", "closing", "referral_back"]
PartId: TypeAlias = Literal["actions", "summary", "plan", "scores", "worked", "not_worked", "risks"]
ORDER: tuple[PartId, ...] = get_args(PartId)
ALWAYS: tuple[PartId, ...] = ("actions", "risks")  # a clinic that is told anything is told these
OF_THE_PLAN: tuple[PartId, ...] = ("plan", "worked", "not_worked")  # what came of a plan tells of it


def held_with(part: PartId) -> tuple[PartId, ...]:
    """Name what is held back together with a part: who holds back the plan holds back what came of it."""
    return OF_THE_PLAN if part == "plan" else (part,)


@dataclass(frozen=True)
class Part:
    """One part of the message; its head follows from its id."""

    id: PartId
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class ClinicMessage:
    """What the clinic reads. A part the person held back is named as such, without a word of it.

    `language` is the one the person's own words are in.
    """

    occasion: Occasion
    parts: tuple[Part, ...]
    urgent: bool = False
    held_back: tuple[PartId, ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        """Refuse a message that a clinic could misread: out of order, silent on what is always told, or telling what is held."""
        told = [part.id for part in self.parts if part.lines]
        if told != [one for one in ORDER if one in told] or not set(ALWAYS) <= set(told) or set(told) & set(self.held_back):
            raise ValueError(f"A message to a clinic may not tell {told} and hold back {self.held_back}.")
