"""A move: every row is in the other database, numbers go on, and the old one takes nothing more."""

from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
from sqlalchemy import func, select
from store_acts import NOW, put, say, team

from rxbot.errors import StoreMoved, StoreWrong
from rxbot.store import episodes, schema
from rxbot.store.moving import move
from rxbot.store.outbox_rows import person_lane
from rxbot.store.schema import METADATA
from rxbot.store.tables import outbox
from rxbot.store.unit import Store

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def target(store: Store, tmp_path: Path) -> Iterator[Store]:
    """A PostgreSQL beside it, with the same keys."""
    url = postgres.fresh_url()
    one = Store(url, store.keys)
    yield one
    one.engine.dispose()
    postgres.drop(url)


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.begin() as unit:
        return {table.name: sorted(map(tuple, unit.execute(select(table))), key=repr) for table in METADATA.sorted_tables}


def test_every_row_is_there_and_numbers_go_on(lived: Store, target: Store) -> None:
    before = rows(lived)
    counts = move(lived, target)
    assert rows(target) == before
    assert counts == {name: len(some) for name, some in before.items()}
    with target.begin() as unit:
        assert episodes.load(unit, "e2") is not None
        last = unit.execute(select(func.max(outbox.c.id))).scalar_one()
        put(unit, person_lane("person2"), say("more"), person_id="person2")
        assert unit.execute(select(func.max(outbox.c.id))).scalar_one() == last + 1
        assert team(unit, "-100777") == 2


def test_the_old_one_takes_nothing_more_and_says_why(lived: Store, target: Store) -> None:
    move(lived, target)
    with pytest.raises(StoreMoved), lived.begin() as unit:
        put(unit, person_lane("person2"), say("too late"), person_id="person2")
    with lived.begin() as unit:
        held = episodes.load(unit, "e2")
    assert held is not None
    with pytest.raises(StoreMoved), lived.begin() as unit:
        episodes.save(unit, held, NOW)
    with pytest.raises(StoreMoved):
        schema.prepare(lived)


def test_what_is_not_empty_is_not_filled_and_the_old_one_goes_on(lived: Store, target: Store) -> None:
    with target.begin() as unit:
        team(unit)
    with pytest.raises(StoreWrong, match="not empty"):
        move(lived, target)
    with lived.begin() as unit:
        put(unit, person_lane("person2"), say("still here"), person_id="person2")


def test_it_goes_in_one_direction_only(store: Store, target: Store) -> None:
    with pytest.raises(StoreWrong, match="from SQLite to PostgreSQL"):
        move(target, store)
