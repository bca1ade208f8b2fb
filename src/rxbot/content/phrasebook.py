"""Read the phrasebook: its phrases as values, and their texts with where they stand, for translators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rxbot.content.complaints import Complaints
from rxbot.content.pages import Id, NotEmpty, Shape, read_shaped
from rxbot.content.sources import BUTTON, Source
from rxbot.content.twins import look_for_twins
from rxbot.episode import taps
from rxbot.handoff.phrasebook import Promise, Reply, Saying

PAGE = "dialogs/phrasebook.yaml"
NOTE = "A link worker sends this to the person."
ANSWER_NOTE = "A button under: {text}"


class ReplyShape(Shape):
    """An answer the person is offered. `danger` raises the alarm."""

    id: Id
    label: NotEmpty
    flag: Literal["danger"] | None = None


class PhraseShape(Shape):
    """One phrase. What it promises, a worker is reminded of."""

    say: Id
    text: NotEmpty
    promises: Promise | None = None
    answers: tuple[ReplyShape, ...] = ()


class PhrasebookShape(Shape):
    """The page."""

    phrases: tuple[PhraseShape, ...]


@dataclass(frozen=True)
class Phrasebook:
    """The phrases by their codes, and the texts they are made of."""

    sayings: Mapping[str, Saying] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


def read_phrasebook(folder: Path, complaints: Complaints) -> Phrasebook:
    """Read the page of a content folder; complain of all that is wrong in it."""
    page = read_shaped(PhrasebookShape, folder, PAGE, complaints)
    sayings: dict[str, Saying] = {}
    for phrase in page.phrases if page else ():
        if phrase.say in sayings:
            complaints.add("F01", PAGE, phrase.line, f"`say: {phrase.say}` stands here twice.", "Give it another code.")
        sayings[phrase.say] = _saying(phrase, complaints)
    return Phrasebook(sayings, tuple(source for phrase in page.phrases for source in _sources(phrase)) if page else ())


def _saying(phrase: PhraseShape, complaints: Complaints) -> Saying:
    look_for_twins(phrase.say, [(one.id, one.label) for one in phrase.answers], PAGE, phrase.line, complaints)
    for answer in phrase.answers:
        if not taps.fits(tap := taps.reply(phrase.say, answer.id)):
            complaints.add("D10", PAGE, answer.line, f"This does not fit into a button: {tap}.", "Shorten the ids.")
    replies = tuple(Reply(answer.id, _label(phrase, answer), answer.flag or "") for answer in phrase.answers)
    return Saying(phrase.say, f"phrasebook/{phrase.say}", replies, phrase.promises)


def _sources(phrase: PhraseShape) -> Iterator[Source]:
    name = PAGE.removeprefix("dialogs/")
    yield Source(f"phrasebook/{phrase.say}", phrase.text, NOTE, name, phrase.line)
    for answer in phrase.answers:
        yield Source(_label(phrase, answer), answer.label, ANSWER_NOTE.format(text=phrase.text), name, answer.line, BUTTON)


def _label(phrase: PhraseShape, answer: ReplyShape) -> str:
    return f"phrasebook/{phrase.say}.{answer.id}"
