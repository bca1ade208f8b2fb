"""What a rule finds in a record: yes, no or unknown, with the sentence it was read from.

Unknown is not no: a certain no takes a service away, an unknown is shown as something to ask.
"""

from collections.abc import Iterable
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


def worst(findings: Iterable[Finding[Answer]]) -> Finding[Answer]:
    """Give the first no, else the first unknown, else the first yes; unknown where nothing was found."""
    found = list(findings)
    return next((one for answer in (Answer.NO, Answer.UNKNOWN, Answer.YES) for one in found if one.value is answer), UNKNOWN)


@dataclass(frozen=True)
class Asked:
    """A sentence, or a name, that lets in only people of whom one of these is true."""

    any_of: frozenset[str]
    sentence: str
