"""Read a dialog page: its questions as values, and its texts with where they stand, for translators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rxbot.content.pages import Block, read_page
from rxbot.dialog.model import Dialog, Option, Question
from rxbot.errors import ContentWrong

STEP_KEYS = {
    "ask", "say", "text", "label", "note", "one_of", "any_of", "up_to", "place", "required",
    "when", "domain", "needs", "need_if", "wants",
}  # fmt: skip
OPTION_KEYS = {"id", "label", "need", "flag", "years", "reply"}


@dataclass(frozen=True)
class Source:
    """A text in English: its id, which is the context translators see, a note to them, and where it stands."""

    id: str
    english: str
    note: str
    path: str
    line: int


@dataclass(frozen=True)
class DialogPage:
    """A dialog and the texts it is made of."""

    dialog: Dialog
    sources: tuple[Source, ...]


def read_dialog(path: Path) -> DialogPage:
    """Read one dialog page; every complaint names file, line and remedy."""
    page = read_page(path)
    reader = _Reader(path, path.stem, page.get("choices", {}))
    questions = tuple(reader.question(step) for step in page.get("steps") or ())
    if not questions:
        raise ContentWrong(f"{path}:1 asks nothing.", "Add `steps:` with at least one `- ask:`.")
    return DialogPage(Dialog(path.stem, questions), tuple(reader.sources.values()))


class _Reader:
    def __init__(self, path: Path, dialog: str, choices: Mapping[str, list[Block]]) -> None:
        self.path, self.dialog, self.choices = path, dialog, choices
        self.sources: dict[str, Source] = {}
        self.seen: set[str] = set()

    def question(self, step: Block) -> Question:
        try:
            return self._question(step)
        except (AttributeError, IndexError, TypeError, ValueError) as wrong:
            where = f"{self.path}:{getattr(step, 'line', 1)}"
            raise ContentWrong(
                f"{where} has a value that cannot be read: {wrong}.", "See the page that ships with rxbot."
            ) from wrong

    def _question(self, step: Block) -> Question:
        self._known_keys(step, STEP_KEYS)
        question_id = self._word(step, "ask")
        if question_id in self.seen:
            raise self._wrong(step, f"The question {question_id} is asked twice", "Give one of them another id.")
        self.seen.add(question_id)
        here = f"{self.dialog}/{question_id}"
        note = step.get("note", "")
        return Question(
            id=question_id,
            text=self._text(here, self._word(step, "text"), note, step),
            label=self._text(f"{here}:label", self._word(step, "label"), "A short name for this question.", step),
            options=tuple(self._options(step, here, note)),
            most=int(step.get("up_to", 1)),
            place=bool(step.get("place", False)),
            required=bool(step.get("required", False)),
            when={asked: tuple(options) for asked, options in step.get("when", {}).items()},
            preface=tuple(
                self._text(f"{here}:say{n}", words, "Said just before the question.", step)
                for n, words in enumerate(step.get("say", ()), 1)
            ),
            domain=step.get("domain", ""),
            needs=tuple(step.get("needs", ())),
            need_if=tuple(step.get("need_if", ())),
            wants=bool(step.get("wants", False)),
        )

    def _options(self, step: Block, here: str, note: str) -> Iterator[Option]:
        listed = step.get("one_of", step.get("any_of", ()))
        if isinstance(listed, str):
            if listed not in self.choices:
                raise self._wrong(step, f"There are no choices called {listed}", "Add them under `choices:`.")
            here, listed = f"{self.dialog}/{listed}", self.choices[listed]
        for option in listed:
            self._known_keys(option, OPTION_KEYS)
            option_id, years, reply = self._word(option, "id"), option.get("years"), option.get("reply")
            yield Option(
                id=option_id,
                label=self._text(f"{here}.{option_id}", self._word(option, "label"), note or "A button.", option),
                need=option.get("need"),
                flag=option.get("flag"),
                years=(int(years[0]), int(years[1])) if years else None,
                reply=self._text(f"{here}.{option_id}:reply", reply, "Said back to this answer.", option) if reply else "",
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
