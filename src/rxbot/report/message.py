"""The message back to the clinic, in the order of PRSB's Social Prescribing Information Standard: requested actions first."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from rxbot.message import Text

Occasion: TypeAlias = Literal["plan", "closing", "referral_back"]
PartId: TypeAlias = Literal["actions", "summary", "plan", "scores", "worked", "not_worked", "risks"]
ALWAYS: tuple[PartId, ...] = ("actions", "risks")  # a clinic that is told anything is told these


@dataclass(frozen=True)
class Part:
    """One part of the message; its head follows from its id."""

    id: PartId
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class ClinicMessage:
    """What the clinic reads. A part the person held back is named as such, without a word of it."""

    occasion: Occasion
    parts: tuple[Part, ...]
    urgent: bool = False
    held_back: tuple[PartId, ...] = ()
