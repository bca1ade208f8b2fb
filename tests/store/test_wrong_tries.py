"""How often an account may be wrong on a day, and what is kept of it."""

from datetime import timedelta

from sqlalchemy import select
from store_acts import NOW

from rxbot.store import wrong_tries
from rxbot.store.tables import wrong_try
from rxbot.store.unit import Store, Unit


def try_wrong(unit: Unit, account: str, times: int, **later: float) -> None:
    for _ in range(times):
        wrong_tries.note(unit, "code", account, NOW + timedelta(**later))


def test_after_more_than_ten_wrong_tries_an_account_rests_until_the_next_day(store: Store) -> None:
    with store.begin() as unit:
        try_wrong(unit, "7000000001", 10)
        assert wrong_tries.may_try(unit, "code", "7000000001", NOW)
        try_wrong(unit, "7000000001", 1)
        assert not wrong_tries.may_try(unit, "code", "7000000001", NOW + timedelta(hours=14))
        assert wrong_tries.may_try(unit, "code", "7000000001", NOW + timedelta(hours=15)), "it is nine in the morning"
        assert wrong_tries.may_try(unit, "code", "7000000002", NOW)


def test_the_count_tells_of_nobody_and_goes_with_the_day(store: Store) -> None:
    def rows(unit: Unit) -> list[tuple[object, ...]]:
        return [tuple(row) for row in unit.execute(select(wrong_try))]

    with store.begin() as unit:
        try_wrong(unit, "7000000001", 2)
        [(first, _, count)] = rows(unit)
        assert count == 2
        assert "7000000001" not in str(first)
        try_wrong(unit, "7000000001", 1, days=1)
        wrong_tries.forget_old(unit, NOW + timedelta(days=1))
        [(second, _, count)] = rows(unit)
        assert count == 1
        assert first != second, "two days cannot be told to be the same account's"
        wrong_tries.forget_old(unit, NOW + timedelta(days=2))
        assert rows(unit) == []


def test_each_kind_is_counted_apart(store: Store) -> None:
    with store.begin() as unit:
        try_wrong(unit, "7000000001", 11)
        assert wrong_tries.look_up(unit, "code", "7000000001", NOW, lambda: "there") is None
        assert wrong_tries.look_up(unit, "link", "7000000001", NOW, lambda: "there") == "there"


def test_what_is_there_counts_as_no_wrong_try(store: Store) -> None:
    with store.begin() as unit:
        for _ in range(20):
            assert wrong_tries.look_up(unit, "link", "7000000001", NOW, lambda: "there")
