"""A dialog is an ordered list of questions; each says when it applies and what it can be answered with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rxbot.directory.model import Place


@dataclass(frozen=True)
class Option:
    """One way to answer.

    `need` is found by it, `flag` raised by it, `years` is the age it stands for (both ends included), `reply` is said back.
    """

    id: str
    label: str
    need: str | None = None
    flag: str | None = None
    years: tuple[int, int] | None = None
    reply: str = ""


When: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """One step of a dialog. Texts are ids here; `content` knows the words.

    `most` options may be picked: 1 is a plain choice, more is a list ended by Done. A question without options takes
    free words, or a place when `place` is set. `label` is its short name in a review. `domain` is the part of life it is
    about; `needs` are found there when the answer is one of `need_if`; `wants` marks the question whether help is wanted.
    A `required` question cannot be skipped. `preface` are texts shown above it.
    """

    id: str
    text: str
    label: str
    options: tuple[Option, ...] = ()
    most: int = 1
    place: bool = False
    required: bool = False
    when: When = field(default_factory=dict)
    preface: tuple[str, ...] = ()
    domain: str = ""
    needs: tuple[str, ...] = ()
    need_if: tuple[str, ...] = ()
    wants: bool = False

    def option(self, option_id: str) -> Option | None:
        """Find an option by its id."""
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True)
class Dialog:
    """Questions in the order asked."""

    id: str
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return next((q for q in self.questions if q.id == question_id), None)


@dataclass(frozen=True)
class Chosen:
    """One or several options."""

    options: tuple[str, ...]
    kind: Literal["chosen"] = "chosen"


@dataclass(frozen=True)
class Words:
    """The person's own words."""

    words: str
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Somewhere:
    """A place on the map."""

    place: Place
    kind: Literal["somewhere"] = "somewhere"


@dataclass(frozen=True)
class Declined:
    """No answer, in one of three ways that mean different things to a link worker."""

    how: Literal["skipped", "refused", "unsure"]
    kind: Literal["declined"] = "declined"


AnswerValue: TypeAlias = Annotated[Chosen | Words | Somewhere | Declined, Field(discriminator="kind")]
Understood: TypeAlias = Literal["tap", "label", "number", "lexicon", "typed"]


@dataclass(frozen=True)
class Answer:
    """An answer and where it came from: what was shown, in which language and release, what came back, how we read it."""

    value: AnswerValue
    at: datetime
    shown: str
    language: str
    release: str
    raw: str
    how: Understood

    @property
    def chosen(self) -> tuple[str, ...]:
        """The option ids picked, none for any other kind of answer."""
        return self.value.options if isinstance(self.value, Chosen) else ()


Answers: TypeAlias = Mapping[str, Answer]
