"""A dialog is an ordered list of questions; each says when it applies and what it can be answered with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rxbot.directory.model import Place
from rxbot.message import Text, Value


@dataclass(frozen=True)
class Option:
    """One way to answer.

    `need` is found by it, `flag` raised by it, `years` is the age it stands for (both included), `reply` is said back.
    `by_worker` is its label where a link worker does what is asked about, `reply_by_worker` what is said back then.
    `words` are what directories call it, `days` how far off the day it means is. An option
    that stands `alone` ends a list of ticks when it is tapped. `has` and `has_not` are what it tells of a person, in the words of
    `directory/rules/circumstances.py`. `button` is what its button says where the question names it.
    """

    id: str
    label: str
    need: str | None = None
    flag: str | None = None
    years: tuple[int, int] | None = None
    reply: str = ""
    by_worker: str = ""
    reply_by_worker: str = ""
    words: tuple[str, ...] = ()
    alone: bool = False
    days: int | None = None
    has: tuple[str, ...] = ()
    has_not: tuple[str, ...] = ()
    button: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """Its label with whatever stands in the label's places."""
        return Text(self.label, self.values)

    @property
    def shown(self) -> Text:
        """What its button says."""
        return Text(self.button) if self.button else self.text


OWN_WORDS = "own_words"  # stands in a condition for an answer in the person's own words

When: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class OfOne:
    """How a list is asked that has one thing to offer: the question that names it, with a yes and a no as buttons."""

    text: str
    yes: str
    no: str


@dataclass(frozen=True)
class Question:
    """One step of a dialog. Texts are ids here; `content` knows the words.

    `most` options may be picked: 1 is a plain choice, more is a list ended by Done; `all_of` adds a button for all of them.
    `scale` options are numbers; `ends` say what the first and the last mean. Typed words are kept as they are where
    `own_words` holds, or there is no option; a `place` is looked up. `among` and `without` name an earlier question:
    only, or all but, the options picked there are offered; where one is left, it is asked as `if_one` says. `label` is its
    short name in a review. `domain` is the part of life it is about; `needs` are found there when the answer is one of
    `need_if`; `wants` marks the question whether help is wanted. Where `domains` holds, the options are parts of life
    themselves: found, or wanted help with. It is asked when all of `when` hold and, where there is any, one of `when_any`.
    `services` are those the person wants to try. A `required` question cannot be skipped; a `private` one
    offers beside its answers to say nothing. `preface` are texts shown
    above it. `instrument` names the published measure it is an item of.
    """

    id: str
    text: str
    label: str
    options: tuple[Option, ...] = ()
    most: int = 1
    all_of: bool = False
    scale: bool = False
    ends: tuple[str, ...] = ()
    own_words: bool = False
    place: bool = False
    required: bool = False
    private: bool = False
    when: When = field(default_factory=dict)
    when_any: When = field(default_factory=dict)
    among: str = ""
    if_one: OfOne | None = None
    without: str = ""
    preface: tuple[str, ...] = ()
    domain: str = ""
    domains: bool = False
    needs: tuple[str, ...] = ()
    need_if: tuple[str, ...] = ()
    wants: bool = False
    services: bool = False
    instrument: str = ""

    @property
    def takes_words(self) -> bool:
        """Say whether any words are an answer."""
        return self.own_words or not (self.options or self.place)

    @property
    def wants_number(self) -> bool:
        """Say whether the answer is a number: a point of a scale, or an age."""
        return self.most == 1 and (self.scale or any(o.years for o in self.options))

    @property
    def wants_day(self) -> bool:
        """Say whether the answer is a day."""
        return any(o.days for o in self.options)

    def option(self, option_id: str) -> Option | None:
        """Find an option by its id."""
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True)
class Dialog:
    """Questions in the order asked. `given` are answers that are filled in when it is opened, never asked."""

    id: str
    questions: tuple[Question, ...]
    given: tuple[str, ...] = ()

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return next((q for q in self.questions if q.id == question_id), None)


@dataclass(frozen=True)
class Chosen:
    """One or several options; of a list, with own words beside them where the person said both."""

    options: tuple[str, ...]
    words: str = ""
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
class OnDay:
    """A day that was named."""

    day: date
    kind: Literal["on_day"] = "on_day"


@dataclass(frozen=True)
class Declined:
    """No answer, in one of three ways that mean different things to a link worker."""

    how: Literal["skipped", "refused", "unsure"]
    kind: Literal["declined"] = "declined"


AnswerValue: TypeAlias = Annotated[Chosen | Words | Somewhere | OnDay | Declined, Field(discriminator="kind")]
Understood: TypeAlias = Literal["tap", "label", "number", "lexicon", "fuzzy", "typed", "given"]


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

    @property
    def words(self) -> str:
        """What was said in own words, if anything."""
        return self.value.words if isinstance(self.value, Chosen | Words) else ""


Answers: TypeAlias = Mapping[str, Answer]
