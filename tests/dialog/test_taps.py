"""How many taps the questions about needs take: for three parts of life, and when all sixteen matter."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from math import comb

from rxbot.content.load import Release
from rxbot.dialog.model import Answer, Answers, Chosen, Dialog
from rxbot.dialog.path import next_question

GOAL_THREE, GOAL_ALL = 14, 36
PICKED = 3
Taps = Counter[int]


def answer(*options: str) -> Answer:
    return Answer(Chosen(options), datetime(2026, 3, 2, tzinfo=UTC), "", "en", "", "", "tap")


def ways_through(dialog: Dialog, domain: str, answers: Answers) -> Iterator[int]:
    """Give the taps of every way to answer about one part of life."""
    question = next_question(dialog, answers)
    if question is None or question.domain != domain:
        yield 0
        return
    for option in question.options:
        yield from (1 + taps for taps in ways_through(dialog, domain, {**answers, question.id: answer(option.id)}))


def together(first: Taps, second: Taps) -> Taps:
    """Combine what can be answered independently."""
    both: Taps = Counter()
    for (a, m), (b, n) in product(first.items(), second.items()):
        both[a + b] += m * n
    return both


def median(taps: Taps) -> int:
    """Give the middle one of all ways, the higher of two."""
    left = taps.total() // 2
    for count in sorted(taps):
        left -= taps[count]
        if left < 0:
            return count
    raise AssertionError("there is a middle")


def in_depth(release: Release) -> list[Taps]:
    """Give, for each part of life, the taps of its own questions."""
    dialog = release.content.dialogs["intake"]
    before = {q.id: answer() for q in dialog.questions if not q.domain}
    domains = dict.fromkeys(q.domain for q in dialog.questions if q.domain)
    return [Counter(ways_through(dialog, domain, {**before, "matters": answer(domain)})) for domain in domains]


def three_of(parts: list[Taps]) -> Taps:
    """Give the taps of picking any three and answering about each, with Done."""
    chosen: list[Taps] = [Counter({1: 1}), Counter(), Counter(), Counter()]  # by how many are picked; 1 is Done
    for part in parts:
        for picked in (2, 1, 0):
            ticked = Counter({taps + 1: ways for taps, ways in part.items()})
            chosen[picked + 1] += together(chosen[picked], ticked)
    return chosen[PICKED]


def test_every_part_of_life_has_three_questions_at_most(release: Release) -> None:
    assert len(in_depth(release)) == 16
    assert all(min(part) >= 1 and max(part) <= 3 for part in in_depth(release))


def test_three_parts_of_life_take_fourteen_taps_and_all_sixteen_thirty_six(release: Release) -> None:
    picked = three_of(in_depth(release))
    nothing_else = Counter({1: 1})
    rest = 16 - PICKED
    everything_else = Counter({rest + 1: 1})  # a tick each, and Done
    with_help = Counter({k + 1: comb(rest, k) for k in range(1, rest)}) + Counter({1: 1})  # all of them is one button
    three, sixteen = together(picked, nothing_else), together(together(picked, everything_else), with_help)
    print(f"three parts of life: shortest {min(three)}, median {median(three)} taps (goal {GOAL_THREE})")  # noqa: T201
    print(f"all sixteen: shortest {min(sixteen)}, median {median(sixteen)} taps (goal {GOAL_ALL})")  # noqa: T201
    assert median(three) <= GOAL_THREE
    assert median(sixteen) <= GOAL_ALL
