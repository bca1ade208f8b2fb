"""Patterns that are looked for only where their letters are find just what `re` finds."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rxbot.directory import index, rules
from rxbot.directory.rules.phrasings import Phrasing
from rxbot.directory.rules.sentences import ENDS, sentences_of
from rxbot.directory.rules.telling import Telling


def test_a_pattern_finds_what_it_would_find_anyhow_and_nothing_where_its_letters_are_not() -> None:
    free = Telling(r"\bfree (\w+)", needs="free")
    assert free.findall("free meals and free rides") == ["meals", "rides"]
    assert [found[1] for found in free.finditer("free meals")] == ["meals"]
    assert free.sub("", "free meals and more") == " and more"
    assert free.search("freedom") is None
    assert not free.may_be_in("meals for ten pounds")
    assert (free.findall("meals"), list(free.finditer("meals")), free.sub("", "meals")) == ([], [], "meals")


def test_a_pattern_that_names_no_letters_is_looked_for_everywhere() -> None:
    assert Telling(r"\bfree\b").search("it is free")


def _all_of(value: object) -> Iterator[Telling]:
    if isinstance(value, Telling):
        yield value
    elif isinstance(value, Phrasing):
        yield value.written
    elif isinstance(value, dict | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _all_of(one)


def _of_the_rules() -> Iterator[Telling]:
    modules = [importlib.import_module(f"{rules.__name__}.{found.name}") for found in pkgutil.iter_modules(rules.__path__)]
    for module in (*modules, index):
        for value in vars(module).values():
            yield from _all_of(value)


TOLD = sorted({one.pattern: one for one in _of_the_rules() if one.needs}.items())


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
