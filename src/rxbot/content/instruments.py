"""Read a published measure: its questions, and its text in each language, which is never ours to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rxbot.content.pages import Block, read_page
from rxbot.content.sources import Source
from rxbot.dialog.measure import Band, Instrument, Item
from rxbot.dialog.model import Option, Question
from rxbot.episode import phrases
from rxbot.errors import ContentWrong

NOTE = "Our short name for a question of a published measure. The question itself is never translated here."


@dataclass(frozen=True)
class InstrumentPage:
    """A measure, the questions it is made of, its own texts by language, and our short names for translators."""

    instrument: Instrument
    questions: tuple[Question, ...]
    texts: Mapping[str, Mapping[str, str]]
    sources: tuple[Source, ...]


def read_instruments(folder: Path) -> dict[str, InstrumentPage]:
    """Read every measure of a folder, by its name."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}


def scale_options(first: int, last: int) -> tuple[Option, ...]:
    """Give the options of a scale: each is its number."""
    return tuple(Option(str(n), phrases.NUMBER.id, values={"n": n}) for n in range(first, last + 1))


def _read(path: Path) -> InstrumentPage:
    page = read_page(path)
    try:
        return _page_of(path.stem, page)
    except (AttributeError, IndexError, TypeError, ValueError) as wrong:
        raise ContentWrong(
            f"{path}:1 has a value that cannot be read: {wrong}.", "See the measure that ships with rxbot."
        ) from wrong


def _page_of(name: str, page: Block) -> InstrumentPage:
    items = tuple(
        Item(item["id"], f"{name}.{item['id']}:label", _bands(item["bands"]), item.get("lower_is_better", False) is True)
        for item in page["items"]
    )
    official = frozenset(code for code, texts in page["languages"].items() if texts["official"] is True)
    return InstrumentPage(
        Instrument(name, items, official, page["attribution"]),
        tuple(_question(name, item, scale_options(*page["scale"]), first=item is items[0]) for item in items),
        {code: dict(_texts(name, texts)) for code, texts in page["languages"].items()},
        tuple(
            Source(item.label, block["label"], NOTE, f"instruments/{name}.yaml", block.line)
            for item, block in zip(items, page["items"], strict=True)
        ),
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


def _bands(bands: Mapping[str, list[int]]) -> tuple[Band, ...]:
    return tuple(Band(name, first, last) for name, (first, last) in bands.items())


def _texts(name: str, texts: Block) -> list[tuple[str, str]]:
    found = [(f"instrument/{name}:intro", texts["intro"])]
    for item, words in texts["items"].items():
        here = f"instrument/{name}.{item}"
        found += [(here, words["text"]), (f"{here}:first", words["ends"][0]), (f"{here}:last", words["ends"][1])]
    return found
