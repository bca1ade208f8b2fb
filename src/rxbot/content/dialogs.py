"""Read a dialog page: its questions as values, and its texts with where they stand, for translators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from rxbot.content.complaints import Complaints
from rxbot.content.instruments import InstrumentPage, scale_options
from rxbot.content.pages import Block, Count, Id, NotEmpty, Scale, Shape, Typed, Years, read_page, shaped
from rxbot.content.sources import ASKED, ASKED_OF_ONE, BUTTON, CHECKED_IN, LABEL, SAID, Kind, Source
from rxbot.content.twins import look_for_twins
from rxbot.dialog.model import Dialog, OfOne, Option, Question, When

MOST_OPTIONS = 30  # a phone shows about ten at once, and nobody scrolls far to answer
BY_WORKER = "A button. Stands in place of the usual one where a link worker does the step."
REPLY_BY_WORKER = "Said back to this answer where a link worker does the step."
GOES_WITH = {"up_to": "any_of", "all_of": "any_of", "ends": "scale", "if_one": "among"}
Flag = Literal["danger", "person", "declines", "cannot_consent", "too_young", "low_confidence"]


class OptionShape(Shape):
    """One answer that is offered; see dialog.model.Option."""

    id: Id
    label: NotEmpty
    need: str | None = None
    flag: Flag | None = None
    years: Years | None = None
    reply: str = ""
    by_worker: str = ""
    reply_by_worker: str = ""
    words: tuple[str, ...] = ()
    alone: bool = False
    days: Count | None = None


class BelowShape(Shape):
    """Stands for every number below."""

    below: Annotated[int, Field(strict=True, ge=1, le=100)]


def _list_or_name(value: object) -> str:
    return "~name" if isinstance(value, str) else "~list"


def _list_or_bound(value: object) -> str:
    return "~bound" if isinstance(value, Mapping | BelowShape) else "~list"


Listed = Annotated[tuple[OptionShape, ...], Field(min_length=1, max_length=MOST_OPTIONS)]
Options = Annotated[Annotated[str, Tag("~name")] | Annotated[Listed, Tag("~list")], Discriminator(_list_or_name)]
Answers = Annotated[tuple[Typed, ...], Field(min_length=1)]
Awaited = Annotated[Annotated[BelowShape, Tag("~bound")] | Annotated[Answers, Tag("~list")], Discriminator(_list_or_bound)]


def _how_many(value: object) -> object:
    if value != "all" and not (type(value) is int and value >= 1):
        raise ValueError(f"{value!r} is neither a number nor `all`")
    return value


class OneShape(Shape):
    """How to ask for the one thing a question could offer; `yes` and `no` name answers of a list of choices."""

    text: NotEmpty
    yes: str
    no: str


class QuestionShape(Shape):
    """One step of a dialog; see dialog.model.Question."""

    ask: Id
    text: NotEmpty
    label: NotEmpty
    note: str = ""
    say: tuple[NotEmpty, ...] = ()
    one_of: Options | None = None
    any_of: Options | None = None
    up_to: Annotated[int | Literal["all"], BeforeValidator(_how_many)] = 1
    all_of: bool = False
    scale: Scale | None = None
    ends: tuple[NotEmpty, NotEmpty] | None = None
    own_words: bool = False
    place: bool = False
    required: bool = False
    private: bool = False
    when: Mapping[str, Awaited] = Field(default_factory=dict)
    when_any: Mapping[str, Awaited] = Field(default_factory=dict)
    among: str = ""
    if_one: OneShape | None = None
    without: str = ""
    flags: Mapping[str, Flag] = Field(default_factory=dict)
    has: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    has_not: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    domain: str = ""
    domains: bool = False
    needs: tuple[str, ...] = ()
    need_if: tuple[str, ...] = ()
    wants: bool = False
    services: bool = False

    @model_validator(mode="after")
    def _is_answered_in_one_way(self) -> "QuestionShape":
        written = self.model_fields_set
        ways = [way for way in ("one_of", "any_of", "scale") if way in written]
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(f'`{way}:`' for way in ways)} are two ways to answer; keep one")
        for line, way in GOES_WITH.items():
            if line in written and way not in written:
                raise ValueError(f"`{line}:` goes with `{way}:` alone")
        return self


class MeasureShape(Shape):
    """A published measure in a dialog, under a condition."""

    instrument: str
    when: Mapping[str, Awaited] = Field(default_factory=dict)


class DialogShape(Shape):
    """A dialog page, its steps not yet looked at: each is read by itself, so that one mistake does not hide the others."""

    given: tuple[str, ...] = ()
    choices: Mapping[str, Listed] = Field(default_factory=dict)
    steps: tuple[object, ...] | None = None


@dataclass(frozen=True)
class DialogPage:
    """A dialog, the texts it is made of, and the ids of questions that could not be read. `lines` are by question id."""

    dialog: Dialog
    sources: tuple[Source, ...]
    lines: Mapping[str, int]
    unread: frozenset[str] = frozenset()


def read_dialog(
    folder: Path, name: str, instruments: Mapping[str, InstrumentPage | None], complaints: Complaints
) -> DialogPage | None:
    """Read one dialog page of a content folder; complain of all that is wrong in it."""
    page = f"dialogs/{name}.yaml"
    block = read_page(folder, page, complaints)
    shape = shaped(DialogShape, block, page, complaints) if block is not None else None
    if shape is None or block is None:
        return None
    if not shape.steps:
        complaints.add("D01", page, 1, "This asks nothing.", "Add `steps:` with at least one `- ask:`.")
        return None
    reader = _Reader(page, name, shape.choices, instruments, complaints)
    lines = getattr(block["steps"], "lines", (1,) * len(shape.steps))
    questions = tuple(question for step, line in zip(shape.steps, lines, strict=True) for question in reader.step(step, line))
    return DialogPage(
        Dialog(name, questions, shape.given), tuple(reader.sources.values()), reader.lines, frozenset(reader.unread)
    )


@dataclass
class _Reader:
    page: str
    dialog: str
    choices: Mapping[str, tuple[OptionShape, ...]]
    instruments: Mapping[str, InstrumentPage | None]
    complaints: Complaints
    sources: dict[str, Source] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def step(self, step: object, line: int) -> tuple[Question, ...]:
        if isinstance(step, Block) and "instrument" in step:
            measure = shaped(MeasureShape, step, self.page, self.complaints)
            return self._items(measure) if measure else ()
        question = shaped(QuestionShape, step, self.page, self.complaints, line)
        if question is None and isinstance(step, Block):
            self.unread.add(str(step.get("ask", "")))
        return (self._question(question),) if question else ()

    def _items(self, step: MeasureShape) -> tuple[Question, ...]:
        """Put the questions of a published measure in the step's place, under the step's conditions."""
        name = step.instrument
        if name not in self.instruments:
            self._complain(
                "D04", step, f"There is no measure {name}.", f"Add dialogs/instruments/{name}.yaml, or take the step out."
            )
            return ()
        page = self.instruments[name]
        if page is None:  # it has its own complaints
            return ()
        self.sources.update({source.id: source for source in page.sources})
        self.lines.update({question.id: step.line for question in page.questions})
        return tuple(replace(question, when=_when(step.when)) for question in page.questions)

    def _question(self, step: QuestionShape) -> Question:
        if step.ask in self.lines:
            self._complain("D02", step, f"The question {step.ask} is asked twice.", "Give one of them another id.")
        self.lines[step.ask] = step.line
        here, asked = f"{self.dialog}/{step.ask}", CHECKED_IN if self.dialog == "check_in" else ASKED
        options = scale_options(*step.scale) if step.scale else tuple(self._options(step, here))
        if not step.scale:
            answers = [(option.id, self.sources[option.label].english) for option in options]
            look_for_twins(step.ask, answers, self.page, step.line, self.complaints)
        for line, told in (("flags", step.flags), ("has", step.has), ("has_not", step.has_not)):
            for odd in sorted(told.keys() - {option.id for option in options}):
                self._complain("D09", step, f"{step.ask} has a line for {odd}, which is no answer to it.", f"Mend `{line}:`.")
        return Question(
            id=step.ask,
            text=self._text(here, step.text, step.note, step.line, asked),
            label=self._text(f"{here}:label", step.label, "A short name for this question.", step.line, LABEL),
            options=options,
            most=len(options) if step.up_to == "all" else step.up_to,
            all_of=step.all_of,
            scale=step.scale is not None,
            ends=tuple(
                self._text(f"{here}:{end}", words, "What this end of a scale from 0 to 10 means.", step.line)
                for end, words in zip(("first", "last"), step.ends or (), strict=False)
            ),
            own_words=step.own_words,
            place=step.place,
            required=step.required,
            private=step.private,
            when=_when(step.when),
            when_any=_when(step.when_any),
            among=step.among,
            if_one=self._of_one(step.if_one, here, step) if step.if_one else None,
            without=step.without,
            preface=tuple(
                self._text(f"{here}:say{n}", words, "Said just before the question.", step.line, asked)
                for n, words in enumerate(step.say, 1)
            ),
            domain=step.domain,
            domains=step.domains,
            needs=step.needs,
            need_if=step.need_if,
            wants=step.wants,
            services=step.services,
        )

    def _of_one(self, one: OneShape, here: str, step: QuestionShape) -> OfOne:
        """Read how one thing is asked for; its yes and no are borrowed, with all that people type for them."""
        known = {f"{name}.{option.id}" for name, options in self.choices.items() for option in options}
        for odd in sorted({one.yes, one.no} - known):
            self._complain("D03", step, f"There is no answer called {odd}.", "Name one of a list under `choices:`, as help.yes.")
        note = "Asked in place of the question where there is one thing to choose: {choice}."
        text = self._text(f"{here}:one", one.text, note, one.line, ASKED_OF_ONE)
        return OfOne(text, f"{self.dialog}/{one.yes}", f"{self.dialog}/{one.no}")

    def _options(self, step: QuestionShape, here: str) -> Iterator[Option]:
        listed = step.one_of or step.any_of or ()
        if isinstance(listed, str):
            if listed not in self.choices:
                self._complain("D03", step, f"There are no choices called {listed}.", "Add them under `choices:`.")
                self.unread.add(step.ask)
            here, listed = f"{self.dialog}/{listed}", self.choices.get(listed, ())
        for option in listed:
            text_id = f"{here}.{option.id}"
            yield Option(
                id=option.id,
                label=self._text(text_id, option.label, step.note or "A button.", option.line, BUTTON),
                need=option.need,
                flag=step.flags.get(option.id, option.flag),
                years=option.years,
                reply=self._text(f"{text_id}:reply", option.reply, "Said back to this answer.", option.line)
                if option.reply
                else "",
                by_worker=self._text(f"{text_id}:by_worker", option.by_worker, BY_WORKER, option.line, BUTTON)
                if option.by_worker
                else "",
                reply_by_worker=self._text(f"{text_id}:reply_by_worker", option.reply_by_worker, REPLY_BY_WORKER, option.line)
                if option.reply_by_worker
                else "",
                words=option.words,
                alone=option.alone,
                days=option.days,
                has=step.has.get(option.id, ()),
                has_not=step.has_not.get(option.id, ()),
            )

    def _text(self, text_id: str, english: str, note: str, line: int, kind: Kind = SAID) -> str:
        self.sources.setdefault(text_id, Source(text_id, english, note, self.page.removeprefix("dialogs/"), line, kind))
        return text_id

    def _complain(self, code: str, step: Shape, words: str, remedy: str) -> None:
        self.complaints.add(code, self.page, step.line, words, remedy)


def _when(conditions: Mapping[str, BelowShape | tuple[str, ...]]) -> When:
    """Give the answers waited for; `{below: 7}` stands for every number below it."""
    return {
        asked: tuple(map(str, range(awaited.below))) if isinstance(awaited, BelowShape) else awaited
        for asked, awaited in conditions.items()
    }
