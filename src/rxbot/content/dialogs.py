"""Read a dialog page: its questions as values, and its texts with where they stand, for translators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rxbot.content.instruments import InstrumentPage, scale_options
from rxbot.content.pages import Block, read_page
from rxbot.content.sources import Source
from rxbot.dialog.model import Dialog, Option, Question
from rxbot.errors import ContentWrong

PAGE_KEYS = {"given", "choices", "steps"}
STEP_KEYS = {
    "ask", "say", "text", "label", "note", "one_of", "any_of", "up_to", "all_of", "scale", "ends", "own_words", "place",
    "required",
    "when", "among", "without", "flags", "domain", "domains", "needs", "need_if", "wants", "services",
}  # fmt: skip
INSTRUMENT_KEYS = {"instrument", "when"}
OPTION_KEYS = {"id", "label", "need", "flag", "years", "reply", "words", "alone", "days"}


@dataclass(frozen=True)
class DialogPage:
    """A dialog and the texts it is made of."""

    dialog: Dialog
    sources: tuple[Source, ...]


def read_dialog(path: Path, instruments: Mapping[str, InstrumentPage] = MappingProxyType({})) -> DialogPage:
    """Read one dialog page; every complaint names file, line and remedy."""
    page = read_page(path)
    reader = _Reader(path, path.stem, page.get("choices", {}), instruments)
    questions = tuple(question for step in page.get("steps") or () for question in reader.step(step))
    if not questions:
        raise ContentWrong(f"{path}:1 asks nothing.", "Add `steps:` with at least one `- ask:`.")
    return DialogPage(Dialog(path.stem, questions, tuple(page.get("given", ()))), tuple(reader.sources.values()))


class _Reader:
    def __init__(
        self, path: Path, dialog: str, choices: Mapping[str, list[Block]], instruments: Mapping[str, InstrumentPage]
    ) -> None:
        self.path, self.dialog, self.choices, self.instruments = path, dialog, choices, instruments
        self.sources: dict[str, Source] = {}
        self.seen: set[str] = set()

    def step(self, step: Block) -> tuple[Question, ...]:
        try:
            return self._items(step) if "instrument" in step else (self._question(step),)
        except (AttributeError, IndexError, TypeError, ValueError) as wrong:
            where = f"{self.path}:{getattr(step, 'line', 1)}"
            raise ContentWrong(
                f"{where} has a value that cannot be read: {wrong}.", "See the page that ships with rxbot."
            ) from wrong

    def _items(self, step: Block) -> tuple[Question, ...]:
        """Put the questions of a published measure in the step's place, under the step's conditions."""
        self._known_keys(step, INSTRUMENT_KEYS)
        name = self._word(step, "instrument")
        if name not in self.instruments:
            raise self._wrong(step, f"There is no measure {name}", f"Add instruments/{name}.yaml, or take the step out.")
        page = self.instruments[name]
        self.sources.update({source.id: source for source in page.sources})
        return tuple(replace(question, when=_when(step)) for question in page.questions)

    def _question(self, step: Block) -> Question:
        self._known_keys(step, STEP_KEYS)
        question_id = self._word(step, "ask")
        if question_id in self.seen:
            raise self._wrong(step, f"The question {question_id} is asked twice", "Give one of them another id.")
        self.seen.add(question_id)
        here = f"{self.dialog}/{question_id}"
        note = step.get("note", "")
        options = scale_options(*step["scale"]) if "scale" in step else tuple(self._options(step, here, note))
        return Question(
            id=question_id,
            text=self._text(here, self._word(step, "text"), note, step),
            label=self._text(f"{here}:label", self._word(step, "label"), "A short name for this question.", step),
            options=options,
            most=len(options) if step.get("up_to") == "all" else int(step.get("up_to", 1)),
            all_of=bool(step.get("all_of", False)),
            scale="scale" in step,
            ends=tuple(
                self._text(f"{here}:{end}", words, "What this end of a scale from 0 to 10 means.", step)
                for end, words in zip(("first", "last"), step.get("ends", ()), strict=False)
            ),
            own_words=bool(step.get("own_words", False)),
            place=bool(step.get("place", False)),
            required=bool(step.get("required", False)),
            when=_when(step),
            among=step.get("among", ""),
            without=step.get("without", ""),
            preface=tuple(
                self._text(f"{here}:say{n}", words, "Said just before the question.", step)
                for n, words in enumerate(step.get("say", ()), 1)
            ),
            domain=step.get("domain", ""),
            domains=bool(step.get("domains", False)),
            needs=tuple(step.get("needs", ())),
            need_if=tuple(step.get("need_if", ())),
            wants=bool(step.get("wants", False)),
            services=bool(step.get("services", False)),
        )

    def _options(self, step: Block, here: str, note: str) -> Iterator[Option]:
        listed = step.get("one_of", step.get("any_of", ()))
        if isinstance(listed, str):
            if listed not in self.choices:
                raise self._wrong(step, f"There are no choices called {listed}", "Add them under `choices:`.")
            here, listed = f"{self.dialog}/{listed}", self.choices[listed]
        flags = step.get("flags", {})
        for option in listed:
            self._known_keys(option, OPTION_KEYS)
            option_id, years, reply = self._word(option, "id"), option.get("years"), option.get("reply")
            yield Option(
                id=option_id,
                label=self._text(f"{here}.{option_id}", self._word(option, "label"), note or "A button.", option),
                need=option.get("need"),
                flag=flags.get(option_id, option.get("flag")),
                years=(int(years[0]), int(years[1])) if years else None,
                reply=self._text(f"{here}.{option_id}:reply", reply, "Said back to this answer.", option) if reply else "",
                words=tuple(option.get("words", ())),
                alone=bool(option.get("alone", False)),
                days=option.get("days"),
            )

    def _text(self, text_id: str, english: str, note: str, block: Block) -> str:
        self.sources.setdefault(text_id, Source(text_id, english, note, self.path.name, block.line))
        return text_id

    def _word(self, block: Block, key: str) -> str:
        value: Any = block.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(block, f"`{key}:` is missing or is no text", f'Write {key}: "...".')
        return value

    def _known_keys(self, block: Block, known: set[str]) -> None:
        for key in block.keys() - known:
            raise self._wrong(block, f"`{key}:` is not known here", f"Use one of: {', '.join(sorted(known))}.")

    def _wrong(self, block: Block, complaint: str, remedy: str) -> ContentWrong:
        return ContentWrong(f"{self.path}:{block.line} {complaint}.", remedy)


def _when(step: Block) -> dict[str, tuple[str, ...]]:
    """Read the conditions; `{below: 7}` stands for every number below it."""
    return {
        asked: tuple(str(n) for n in range(picked["below"])) if isinstance(picked, Mapping) else tuple(map(str, picked))
        for asked, picked in step.get("when", {}).items()
    }
