"""The short code of a link: easy to copy, forgiving to type, and hopeless to guess."""

import pytest

from rxbot.store import short_codes

CODE = "K7R429MP"


def test_codes_are_random_and_have_no_signs_that_look_alike() -> None:
    codes = {short_codes.new_code() for _ in range(500)}
    assert len(codes) == 500
    used = set("".join(codes))
    assert [pair for pair in ("0O", "0D", "1I", "1L", "IL", "2Z", "5S", "6G", "8B", "UV", "OQ") if set(pair) <= used] == []
    assert not used & set("AEIOU"), "no code is a word"
    assert all(short_codes.code_in(short_codes.shown(code)) == code for code in codes)


def test_a_code_is_shown_in_two_halves() -> None:
    assert short_codes.shown(CODE) == "K7R4-29MP"


@pytest.mark.parametrize(
    "typed",
    [
        "K7R4-29MP",
        "k7r4-29mp",
        "K7R429MP",
        " k7r4 29mp ",
        "K7 R4 29 MP",
        "K7R4\u201329MP",
        "K7R4\u221229MP.",
        "K٧R٤-٢٩MP",
        "Ｋ７Ｒ４２９ＭＰ",
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert short_codes.code_in(typed) == CODE


@pytest.mark.parametrize("typed", ["", "hello", "K7R4-29M", "K7R4-29MPX", "K7R4-29M0", "my code is K7R4-29MP", "٢٣٤٥", "-" * 8])
def test_other_words_are_no_code(typed: str) -> None:
    assert short_codes.code_in(typed) is None
