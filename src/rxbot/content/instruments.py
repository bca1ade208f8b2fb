"""Read a published measure: its questions, and its text in each language, which is never ours to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from rxbot.content.complaints import Complaints
from rxbot.content.pages import Id, NotEmpty, Scale, Shape, read_shaped
from rxbot.content.sources import LABEL, Source
from rxbot.content.texts import look_at_sources
from rxbot.dialog.measure import Band, Instrument, Item
from rxbot.dialog.model import Option, Question
from rxbot.episode import phrases

NOTE = "Our short name for a question of a published measure. The question itself is never translated here."
FOLDER = "dialogs/instruments"
Bands = Mapping[str, tuple[int, int]]


class ItemShape(Shape):
    """One question of a measure, without its text."""

    id: Id
    label: NotEmpty
    bands: Bands
    lower_is_better: bool = False


class ItemWords(Shape):
    """What one question says in one language, and what the ends of its scale mean."""

    text: NotEmpty
    ends: tuple[NotEmpty, NotEmpty]


class MeasureWords(Shape):
    """The text of a measure in one language; `official` when its publisher has issued it."""

    official: bool
    intro: NotEmpty
    items: Mapping[str, ItemWords]


class InstrumentShape(Shape):
    """A page of dialogs/instruments/."""

    id: Id
    name: NotEmpty
    source: NotEmpty
    licence: NotEmpty
    attribution: NotEmpty
    scale: Scale
    bands: Mapping[str, Bands] = Field(default_factory=dict)
    items: tuple[ItemShape, ...] = Field(min_length=1)
    languages: Mapping[str, MeasureWords]


@dataclass(frozen=True)
class InstrumentPage:
    """A measure, the questions it is made of, its own texts by language, and our short names for translators."""

    instrument: Instrument
    questions: tuple[Question, ...]
    texts: Mapping[str, Mapping[str, str]]
    sources: tuple[Source, ...]


def read_instruments(folder: Path, complaints: Complaints) -> dict[str, InstrumentPage | None]:
    """Read every measure of a content folder, by the name of its page; None for one that could not be read."""
    names = [path.stem for path in sorted((folder / FOLDER).glob("*.yaml"))]
    shapes = {name: read_shaped(InstrumentShape, folder, _page(name), complaints) for name in names}
    return {name: _page_of(name, shape, complaints) if shape else None for name, shape in shapes.items()}


def scale_options(first: int, last: int) -> tuple[Option, ...]:
    """Give the options of a scale: each is its number."""
    return tuple(Option(str(n), phrases.NUMBER.id, values={"n": n}) for n in range(first, last + 1))


def _page(name: str) -> str:
    return f"{FOLDER}/{name}.yaml"


def _page_of(name: str, shape: InstrumentShape, complaints: Complaints) -> InstrumentPage:
    _look_at_scores(name, shape, complaints)
    _look_at_texts(name, shape, complaints)
    if shape.id != name:
        complaints.add("M04", _page(name), shape.line, f"Its id is {shape.id}.", f"Write `id: {name}`, as the page is called.")
    items = tuple(Item(item.id, f"{name}.{item.id}:label", _bands(item.bands), item.lower_is_better) for item in shape.items)
    official = frozenset(code for code, words in shape.languages.items() if words.official)
    options = scale_options(*shape.scale)
    return InstrumentPage(
        Instrument(name, items, official, shape.attribution),
        tuple(_question(name, item, options, first=item is items[0]) for item in items),
        {code: {own.id: own.english for own in _texts(name, words)} for code, words in shape.languages.items()},
        tuple(
            Source(f"{name}.{item.id}:label", item.label, NOTE, f"instruments/{name}.yaml", item.line, LABEL)
            for item in shape.items
        ),
    )


def _look_at_scores(name: str, shape: InstrumentShape, complaints: Complaints) -> None:
    every = list(range(shape.scale[0], shape.scale[1] + 1))
    for item in shape.items:
        if sorted(score for first, last in item.bands.values() for score in range(first, last + 1)) != every:
            words = f"The bands of {item.id} do not hold every score from {every[0]} to {every[-1]} once."
            complaints.add("M02", _page(name), item.line, words, "Take them from the measure's publisher.")


def _look_at_texts(name: str, shape: InstrumentShape, complaints: Complaints) -> None:
    wanted = {item.id for item in shape.items}
    for code, words in shape.languages.items():
        look_at_sources(_texts(name, words), complaints)
        for odd in sorted(wanted ^ words.items.keys()):
            complaints.add(
                "M03",
                _page(name),
                words.line,
                f"In {code}, {odd} is no item, or has no text.",
                "Give each of `items:` one text in each language.",
            )


def _question(name: str, item: Item, options: tuple[Option, ...], *, first: bool) -> Question:
    here = f"{name}.{item.id}"
    return Question(
        here,
        text=f"instrument/{here}",
        label=item.label,
        options=options,
        scale=True,
        ends=(f"instrument/{here}:first", f"instrument/{here}:last"),
        preface=(f"instrument/{name}:intro",) if first else (),
        instrument=name,
    )


def _bands(bands: Bands) -> tuple[Band, ...]:
    return tuple(Band(name, first, last) for name, (first, last) in bands.items())


def _texts(name: str, words: MeasureWords) -> list[Source]:
    """Give the words of a measure in one language. They are looked at as ours are, but no translator meets them."""
    found = [(f"instrument/{name}:intro", words.intro, words.line)]
    for item, own in words.items.items():
        here = f"instrument/{name}.{item}"
        found += [(here, own.text, own.line), (f"{here}:first", own.ends[0], own.line), (f"{here}:last", own.ends[1], own.line)]
    return [Source(id, said, "", f"instruments/{name}.yaml", line) for id, said, line in found]
