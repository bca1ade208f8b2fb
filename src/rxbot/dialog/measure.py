"""A published measure as a value, and what the answers to it say. Scores are never added up, and never judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rxbot.dialog.model import Answer, Answers


@dataclass(frozen=True)
class Band:
    """What publishers call the scores from `first` to `last`, both included."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Item:
    """One question of a measure; `label` is our short name for it. `lower_is_better` turns what a change means."""

    id: str
    label: str
    bands: tuple[Band, ...]
    lower_is_better: bool = False


@dataclass(frozen=True)
class Instrument:
    """A measure whose text is used word for word. `official` are the languages whose text its publisher has issued."""

    id: str
    items: tuple[Item, ...]
    official: frozenset[str]
    attribution: str


@dataclass(frozen=True)
class Score:
    """What one person answered to a measure on one occasion, and whether all of it was the publisher's own text."""

    instrument: str
    official: bool
    language: str
    values: Mapping[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Say whether anything was answered at all."""
        return bool(self.values)


def score(instrument: Instrument, answers: Answers) -> Score:
    """Read the scores of a measure off the answers. What was skipped or refused is left out, never guessed."""
    given = {item.id: answers[f"{instrument.id}.{item.id}"] for item in instrument.items if _has(answers, instrument, item)}
    languages = tuple(dict.fromkeys(answer.language for answer in given.values()))
    return Score(
        instrument.id,
        official=all(language in instrument.official for language in languages),
        language=languages[0] if languages else "",
        values={item: int(answer.chosen[0]) for item, answer in given.items()},
    )


def band(item: Item, value: int) -> str:
    """Name the band a score lies in, as the publisher does."""
    return next(one.name for one in item.bands if one.first <= value <= one.last)


def comparable(scores: Iterable[Score]) -> bool:
    """Say whether these scores may stand side by side: the same text in the same language."""
    return len({(one.instrument, one.language) for one in scores}) == 1


def _has(answers: Answers, instrument: Instrument, item: Item) -> bool:
    answer: Answer | None = answers.get(f"{instrument.id}.{item.id}")
    return answer is not None and bool(answer.chosen)
