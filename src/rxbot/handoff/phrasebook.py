"""What link workers can say by a code: read by the person in their own language, and answered by a tap."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Promise: TypeAlias = Literal["tomorrow", "week", "soon"]
"""By when a worker says that they write: tomorrow, by the end of this week, or without a day."""


@dataclass(frozen=True)
class Reply:
    """An answer that is offered. `label` is a text id; a `flag` says what it means for us."""

    id: str
    label: str
    flag: str = ""


@dataclass(frozen=True)
class Saying:
    """One phrase of the phrasebook. `text` is a text id; `promises` by when they write, where it says that they will."""

    code: str
    text: str
    replies: tuple[Reply, ...] = ()
    promises: Promise | None = None

    def reply(self, reply_id: str) -> Reply | None:
        """Find an answer by its id."""
        return next((one for one in self.replies if one.id == reply_id), None)
