"""Patterns that are looked for only where their letters are find just what `re` finds."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rxbot.directory import rules
from rxbot.directory.rules.sentences import ENDS, sentences_of
from rxbot.directory.rules.telling import Telling, signs_of


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r"\bwheel-?chairs?\b", {"wheelchair", "wheel-chair"}),
        (r"free|no (?:cost|charge)", {"free", "no cost", "no charge"}),
        (r"\b(?:help|hot)-?line\b|\b(?:tele)?phone\b", {"helpline", "help-line", "hotline", "hot-line", "phone"}),
        (r"(?:\w+ ){0,3}referrals?\b(?! line)", {"referral"}),
        (r"(?:very )*old(?:er)+ people", {" people"}),
        (r"gr[ae]y", {"gray", "grey"}),
        (r"[A-Z]\d+|postcode", set()),
        (r"(?:fee)?|cost", set()),
        (r"(?:fee){0,1}", set()),
        (r"no", set()),
    ],
)
def test_the_letters_of_a_pattern_are_read_off_it(pattern: str, signs: set[str]) -> None:
    assert signs_of(pattern) == signs


def test_a_pattern_finds_what_it_would_find_anyhow_and_nothing_where_its_letters_are_not() -> None:
    free = Telling(r"\bfree (\w+)")
    assert free.findall("free meals and free rides") == ["meals", "rides"]
    assert [found[1] for found in free.finditer("free meals")] == ["meals"]
    assert free.sub("", "free meals and more") == " and more"
    assert free.search("freedom") is None
    assert not free.may_be_in("meals for ten pounds")
    assert (free.findall("meals"), list(free.finditer("meals")), free.sub("", "meals")) == ([], [], "meals")


def test_case_is_minded_or_not_as_in_the_pattern() -> None:
    assert Telling("free meals", re.IGNORECASE).search("FREE MEALS")
    assert Telling("kids club", re.IGNORECASE).search("\N{KELVIN SIGN}ids club")
    assert not Telling("free meals").search("FREE MEALS")


def _all_of(value: object) -> Iterator[Telling]:
    if isinstance(value, Telling):
        yield value
    elif isinstance(value, dict | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _all_of(one)


def _of_the_rules() -> Iterator[Telling]:
    for found in pkgutil.iter_modules(rules.__path__):
        for value in vars(importlib.import_module(f"{rules.__name__}.{found.name}")).values():
            yield from _all_of(value)


TOLD = sorted({one.pattern: one for one in _of_the_rules() if one.signs}.items())


@pytest.mark.parametrize("one", [one for _, one in TOLD], ids=[pattern[:40] for pattern, _ in TOLD])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_a_pattern_of_the_rules_matches_has_its_letters(one: Telling, data: st.DataObject) -> None:
    assert one.may_be_in(data.draw(st.from_regex(one.whole)))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*"Aa9.!;?-•·\"'(", " ", "  ", "\n", "\r\n", "St. ", "J. ", "are ", "the "])).map("".join))
def test_a_text_is_cut_in_the_quick_way_where_it_would_be_cut_in_the_thorough_one(text: str) -> None:
    told = f"The one is for all. {text}"
    assert list(sentences_of(told)) == [part.strip() for part in ENDS.split(told) if part.strip()]
