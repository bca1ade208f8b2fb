"""What a place lacks: what is counted, and that nothing hidden can be worked out from what is shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rxbot.report.gaps import GROUPED, LEAST, By, CountedPerson, Gap, Supply, definitions, gaps, hidden_of, with_areas_in_words

FOOD = frozenset({"food"})
NOBODY: frozenset[str] = frozenset()


def told(area: str = "a", language: str = "en", age: str = "young", *, wants: bool = True, found: bool = True) -> CountedPerson:
    """Somebody who named food."""
    return CountedPerson(FOOD, FOOD if wants else NOBODY, area, language, age, {"food": found} if wants else {})


def table(people: Collection[CountedPerson]) -> dict[tuple[By, str], Gap]:
    return {(row.by, row.group): row for row in gaps({"referred": people}, ["food"], {})}


def figures(row: Gap) -> tuple[object, object, object]:
    return row.wanted, row.unwanted, row.nothing


def test_each_person_is_counted_once_where_they_belong() -> None:
    people = [*[told("a")] * 9, *[told("a", found=False)] * 6, *[told("b", wants=False)] * 7, *[told("b", found=False)] * 5]
    rows = table(people)
    assert figures(rows["all", ""]) == (20, 7, 11)
    assert figures(rows["area", "a"]) == (15, 0, 6)
    assert figures(rows["area", "b"]) == (5, 7, 5)
    assert rows["area", "a"].rate == pytest.approx(6 / 15)
    assert rows["language", "en"].wanted == 20


def test_fewer_than_five_are_hidden_and_another_with_them() -> None:
    rows = table([*[told("a")] * 30, *[told("b")] * 8, *[told("c")] * 4])
    assert rows["all", ""].wanted == 42
    assert [rows["area", area].wanted for area in "abc"] == [30, "hidden", "hidden"]
    assert rows["area", "b"].rate is None


def test_a_few_without_a_service_are_hidden_and_so_are_a_few_with_one() -> None:
    few = [*[told("a")] * 20, *[told("a", found=False)] * 4, *[told("b")] * 3, *[told("b", found=False)] * 9]
    rows = table([*few, *[told("c")] * 10, *[told("c", found=False)] * 10])
    assert (rows["area", "a"].wanted, rows["area", "a"].nothing) == (24, "hidden")
    assert (rows["area", "b"].wanted, rows["area", "b"].nothing) == (12, "hidden")
    assert (rows["all", ""].nothing, rows["all", ""].rate) == (23, 23 / 56)
    assert {row.nothing for row in table(few).values()} == {"hidden"}  # there is too little for them to be lost in


def test_an_area_in_peoples_own_words_is_named_where_five_wrote_it_and_by_nobody_else() -> None:
    written = [
        *[(told(""), "Old Town")] * 5,
        *[(told(""), "Ann Smith")] * 4,
        *[(told("Newton"), "")] * 4,
        (told(""), "Newton"),
        (told(""), ""),
    ]
    counted = with_areas_in_words(written)
    assert [one.area for one in counted] == ["Old Town"] * 5 + [""] * 4 + ["Newton"] * 5 + [""]


def test_a_total_of_few_hides_every_part_of_it() -> None:
    rows = table([*[told("a")] * 2, *[told("b", "ar")] * 2, replace(told("c"), needs=NOBODY, wanted=NOBODY)])
    assert {row.wanted for row in rows.values()} == {"hidden"}


def test_nobody_is_no_secret() -> None:
    rows = table([*[told("a")] * 12, *[told("a", found=False)] * 6, replace(told("b"), needs=NOBODY, wanted=NOBODY)])
    assert figures(rows["area", "b"]) == (0, 0, 0)
    assert figures(rows["area", "a"]) == (18, 0, 6)


def test_a_survey_is_counted_apart_and_looks_for_nothing() -> None:
    asked = [replace(told(), found=None)] * 6
    rows = gaps({"referred": [told()] * 9, "survey": asked}, ["food"], {("all", "", "food"): Supply(3, 2, 1)})
    assert [(row.source, row.wanted, row.nothing, row.supply) for row in rows if row.by == "all"] == [
        ("referred", 9, 0, Supply(3, 2, 1)),
        ("survey", 6, None, Supply(3, 2, 1)),
    ]


def test_every_figure_says_what_it_is() -> None:
    assert {name for name, _ in definitions()} >= {"want help", "want none now", "nothing suitable", "rate", "services"}
    assert all(len(means) > 30 for _, means in definitions())


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 12), min_size=1))
def test_a_hidden_count_may_be_any_small_one(counts: dict[str, int]) -> None:
    """Whoever knows the total, and that a hidden count is at least 1 where others say 0, is left with 1 to 4."""
    hidden, total = hidden_of(counts), sum(counts.values())
    if not hidden or total < LEAST:
        assert not hidden or hidden == set(counts)
        return
    least = 0 if hidden == set(counts) else 1
    rest = total - sum(count for group, count in counts.items() if group not in hidden)
    for _ in hidden:
        assert rest - least * (len(hidden) - 1) >= LEAST - 1
    assert len(hidden) > 1


PERSON = st.builds(
    told,
    st.sampled_from("abc"),
    st.sampled_from(["en", "ar"]),
    st.sampled_from(["young", "old"]),
    wants=st.sampled_from([True, True, True, False]),
    found=st.booleans(),
)
CROWDS = st.lists(st.tuples(PERSON, st.integers(1, 6)), max_size=6).map(lambda some: [one for one, n in some for _ in range(n)])


@settings(max_examples=120, deadline=None)
@given(CROWDS)
def test_nothing_hidden_can_be_worked_out(people: list[CountedPerson]) -> None:
    """Try every number that each hidden one could be, beside all that is shown; more than one is left each time."""
    rows = table(people)
    for by in GROUPED:
        shown = {group: (row.wanted, row.nothing) for (b, group), row in rows.items() if b == by}
        left = worlds(shown, (rows["all", ""].wanted, rows["all", ""].nothing) if people else (0, 0))
        for group, (wanted, nothing) in shown.items():
            if wanted == "hidden":
                assert len({world[group][0] for world in left}) > 1, (by, group, shown)
            if nothing == "hidden":
                assert len({world[group][1] for world in left}) > 1, (by, group, shown)
        assert truth(people, by) in left


def truth(people: Iterable[CountedPerson], by: By) -> dict[str, tuple[int, int]]:
    groups = {one.group(by) for one in people}
    return {
        group: (
            sum(one.group(by) == group and bool(one.wanted) for one in people),
            sum(one.group(by) == group and one.found == {"food": False} for one in people),
        )
        for group in sorted(groups)
    }


def worlds(shown: Mapping[str, tuple[object, object]], total: tuple[object, object]) -> list[dict[str, tuple[int, int]]]:
    """Give every way things could be that looks like this: people who want help, and of these, those without a service."""
    wants_any = any(wanted != "hidden" for wanted, _ in shown.values())
    none_any = any(none != "hidden" for wanted, none in shown.values() if wanted != 0)
    most = total[0] if isinstance(total[0], int) else LEAST - 1
    known = sum(wanted for wanted, _ in shown.values() if isinstance(wanted, int))
    options = []
    for wanted, none in shown.values():
        several = range(1 if wants_any else 0, most - known + 1) if wanted == "hidden" else (wanted,)
        pairs = []
        for want in several:
            if none == "hidden":
                least = 1 if none_any else 0
                pairs += [(want, n) for n in range(least, want + 1 - (least if wanted != "hidden" else 0))]
            elif isinstance(none, int) and none <= want:
                pairs.append((want, none))
        options.append(pairs)
    found = []
    for pick in product(*options):
        want, none = sum(one for one, _ in pick), sum(one for _, one in pick)
        is_whole = total[0] == want or (total[0] == "hidden" and 0 < want < LEAST)
        if is_whole and total[1] in (none, "hidden"):
            found.append(dict(zip(sorted(shown), pick, strict=True)))
    return found
