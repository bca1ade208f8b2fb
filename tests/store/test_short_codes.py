"""The short code of a link: easy to copy, forgiving to type, and hopeless to guess."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from store_acts import NOW

from rxbot.store import short_codes
from rxbot.store.tables import wrong_code
from rxbot.store.unit import Store, Unit

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


def try_wrong(unit: Unit, account: str, times: int, **later: float) -> None:
    for _ in range(times):
        short_codes.note_wrong(unit, account, NOW + timedelta(**later))


def test_after_more_than_ten_wrong_codes_an_account_rests_until_the_next_day(store: Store) -> None:
    with store.begin() as unit:
        try_wrong(unit, "7000000001", 10)
        assert short_codes.may_try(unit, "7000000001", NOW)
        try_wrong(unit, "7000000001", 1)
        assert not short_codes.may_try(unit, "7000000001", NOW + timedelta(hours=14))
        assert short_codes.may_try(unit, "7000000001", NOW + timedelta(hours=15)), "it is nine in the morning"
        assert short_codes.may_try(unit, "7000000002", NOW)


def test_the_count_tells_of_nobody_and_goes_with_the_day(store: Store) -> None:
    def rows(unit: Unit) -> list[tuple[object, ...]]:
        return [tuple(row) for row in unit.execute(select(wrong_code))]

    with store.begin() as unit:
        try_wrong(unit, "7000000001", 2)
        [(first, _, count)] = rows(unit)
        assert count == 2
        assert "7000000001" not in str(first)
        try_wrong(unit, "7000000001", 1, days=1)
        short_codes.forget_old(unit, NOW + timedelta(days=1))
        [(second, _, count)] = rows(unit)
        assert count == 1
        assert first != second, "two days cannot be told to be the same account's"
        short_codes.forget_old(unit, NOW + timedelta(days=2))
        assert rows(unit) == []
