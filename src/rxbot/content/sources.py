"""A text in English with where it stands: what is extracted for translators. Its kind says what it may hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What a text may hold: the places that are filled in where it is said, and so many signs at most."""

    places: tuple[str, ...] = ()  # of what episode.screens.facts_of gives
    most: int = 1000  # a message holds 4096, a small phone shows about 500 at once
    is_button: bool = False


ASKED = Kind(("clinic", "number", "age", "duty", "read_by"))  # a question, and what is said above it
CHECKED_IN = Kind((*ASKED.places, "step"))  # the same where it is about a step of the plan
ASKED_OF_ONE = Kind((*ASKED.places, "choice"))  # a question about the one thing it could offer
SAID = Kind()
LABEL = Kind(most=64)  # the short name of a question or a reason, one line in lists
BUTTON = Kind(most=64, is_button=True)  # beyond this no phone shows it whole, nor does anybody read it as one thing


@dataclass(frozen=True)
class Source:
    """A text in English: its id, which is the context translators see, a note to them, and where it stands."""

    id: str
    english: str
    note: str
    path: str
    line: int
    kind: Kind = SAID
