"""A text in English with where it stands: what is extracted for translators."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A text in English: its id, which is the context translators see, a note to them, and where it stands."""

    id: str
    english: str
    note: str
    path: str
    line: int
