"""Statements handed to the driver as they are: they say and change what SQLAlchemy would have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select, update
from store_acts import NOW, put, say

from rxbot.store import postgres
from rxbot.store.outbox_rows import chat_lane
from rxbot.store.prepared import Prepared, one_of
from rxbot.store.tables import outbox
from rxbot.store.unit import Store

ALL = select(outbox)
LANE = chat_lane("1")


def test_rows_read_as_sqlalchemy_reads_them(store: Store) -> None:
    with store.begin() as unit:
        put(unit, LANE, say("Hello"))
        (ours,), (theirs,) = Prepared(ALL).ask(unit), unit.execute(ALL).all()
        assert ours._asdict() == theirs._asdict()
        assert ours.texts == ["verbatim"]
        assert ours.made_at == NOW


def test_values_are_written_as_sqlalchemy_writes_them(store: Store) -> None:
    east = datetime(2026, 3, 2, 11, tzinfo=timezone(timedelta(hours=2)))
    later = Prepared(update(outbox).where(outbox.c.id == bindparam("row")), "not_before", "error")
    with store.begin() as unit:
        put(unit, LANE, say("Hello"))
        row_id = unit.execute(select(outbox.c.id)).scalar_one()
        assert later.do(unit, row=row_id, not_before=east, error="late") == 1
        assert later.do(unit, row=-1, not_before=east, error="late") == 0
        row = unit.execute(select(outbox.c.not_before, outbox.c.error)).one()
        assert (row.not_before, row.error) == (datetime(2026, 3, 2, 9, tzinfo=UTC), "late")
        later.do_each(unit, ({"row": row_id, "not_before": NOW, "error": word} for word in ("one", "two")))
        assert unit.execute(select(outbox.c.error)).scalar_one() == "two"


def test_what_is_not_given_has_its_default(store: Store) -> None:
    with store.begin() as unit:
        put(unit, LANE, say("Hello"))
        assert unit.execute(select(outbox.c.status, outbox.c.attempts, outbox.c.error)).one() == ("waiting", 0, "")


def test_one_of_several_and_none(store: Store) -> None:
    found = Prepared(select(outbox.c.what).where(one_of(outbox.c.status, ("sent", "waiting"))))
    with store.begin() as unit:
        assert (found.one(unit), found.value(unit)) == (None, None)
        put(unit, LANE, say("Hello"))
        assert (found.one(unit).what, found.value(unit)) == ("Say", "Say")


def test_a_value_that_is_missing_or_unknown_is_refused(store: Store) -> None:
    of_lane = Prepared(select(outbox.c.id).where(outbox.c.lane == bindparam("in_lane")))
    with store.begin() as unit:
        with pytest.raises(KeyError):
            of_lane.one(unit, lane="person:p1", in_lane="person:p1")
        with pytest.raises((KeyError, *postgres.ERRORS)):
            of_lane.one(unit)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    since = Prepared(select(outbox.c.id).where(outbox.c.made_at > bindparam("then", type_=outbox.c.made_at.type)))
    with store.begin() as unit, pytest.raises(ValueError, match="without a zone"):
        since.one(unit, then=datetime(2026, 3, 2))  # noqa: DTZ001
