"""What a rule finds in a record: yes, no or unknown, with the sentence it was read from.

Unknown is not no: a certain no takes a service away, an unknown is shown as something to ask."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Answer(StrEnum):
    """Whether a person fits what a record says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding(Generic[T]):
    """What was read, and the sentence it was read from (empty: from a field, or from silence)."""

    value: T
    sentence: str = ""


UNKNOWN = Finding(Answer.UNKNOWN)
