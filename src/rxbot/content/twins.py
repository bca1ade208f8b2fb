"""Find answers that cannot be told apart: by the bot, for their ids are the same, or by people, for their labels are."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rxbot.content.complaints import Complaints


def look_for_twins(asked: str, answers: Sequence[tuple[str, str]], page: str, line: int, complaints: Complaints) -> None:
    """Complain of answers, each an id and its label, that are the same as another of the same question."""
    for twice in _twice(id for id, _ in answers):
        complaints.add("D05", page, line, f"{asked} has two answers {twice}.", "Give one of them another id.")
    for twice in _twice(label.casefold() for _, label in answers):
        remedy = "Word one of them so that they can be told apart."
        complaints.add("D06", page, line, f"{asked} has two answers labelled {twice!r}.", remedy)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
