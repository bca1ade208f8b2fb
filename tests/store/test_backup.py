"""A copy of the data in one file: whole or refused, without keys, and what an old one brings back when it is restored."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, text
from store_acts import ADDRESS, NOW, begin, hand_over, put, say, team

from rxbot.errors import StoreWrong
from rxbot.store import episodes, inbox_rows, match_index, schema, staff, timers
from rxbot.store.backup import Restored, back_up, look_into, restore
from rxbot.store.copying import copy_all
from rxbot.store.directory_rows import service_key
from rxbot.store.directory_tables import match_spot
from rxbot.store.erase import erase_person, finish_erasures
from rxbot.store.inbox_rows import Arrived
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.outbox_rows import chat_lane, handoff_lane, person_lane
from rxbot.store.tables import erasure, handoff, inbox, outbox, timer
from rxbot.store.tables import ledger as facts
from rxbot.store.unit import Store

NOTHING = Restored(0, 0, 0, 0, 0, 0)
LATER = NOW + timedelta(days=9)


@pytest.fixture
def other(tmp_path: Path, store: Store) -> Store:
    """An empty database with the same keys."""
    one = Store(f"sqlite:///{tmp_path / 'other.db'}", store.keys)
    schema.prepare(one)
    return one


def forget(store: Store, person_id: str = "person1") -> None:
    with store.begin() as unit:
        erase_person(unit, person_id, NOW)
    finish_erasures(store, NOW)


def everything(connection: Connection) -> dict[str, set[str]]:
    return {t.name: {str(tuple(row)) for row in connection.execute(select(t))} for t in schema.METADATA.sorted_tables}


def test_every_row_is_copied_as_it_is_and_numbers_go_on(lived: Store, other: Store) -> None:
    with lived.begin() as unit:
        unit.execute(delete(outbox).where(outbox.c.id == select(func.max(outbox.c.id)).scalar_subquery()))
    counts = copy_all(lived.engine, other.engine)
    assert counts["episode"] == 2
    with lived.begin() as one, other.begin() as two:
        assert everything(one.connection) == everything(two.connection)
    for store in (lived, other):
        with store.begin() as unit:
            put(unit, person_lane("person2"), say("next"))
    with lived.begin() as one, other.begin() as two:
        assert everything(one.connection)["outbox"].__len__() == everything(two.connection)["outbox"].__len__()
        newest = select(func.max(outbox.c.id))
        assert one.execute(newest).scalar() == two.execute(newest).scalar()
    with pytest.raises(StoreWrong, match="The database is not empty"):
        copy_all(lived.engine, other.engine)


def test_a_backup_is_of_one_moment_and_hinders_nobody_from_writing(lived: Store, tmp_path: Path) -> None:
    with lived.begin() as unit:  # a writer that has not ended
        put(unit, person_lane("person2"), say("not yet"))
        before = unit.execute(select(func.count()).select_from(outbox)).scalar_one() - 1
        assert back_up(lived.engine, tmp_path / "copy", NOW).rows["outbox"] == before
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy"]
    assert look_into(tmp_path / "copy").made_at == NOW
    with pytest.raises(StoreWrong, match="is there already"):
        back_up(lived.engine, tmp_path / "copy", NOW)


def test_a_backup_holds_no_key(lived: Store, tmp_path: Path) -> None:
    back_up(lived.engine, tmp_path / "copy", NOW)
    with closing(sqlite3.connect(tmp_path / "keys.db")) as raw:
        wrapped = [row[0] for row in raw.execute("SELECT wrapped FROM wrapped_key")]
    assert len(wrapped) > 5
    assert not [key for key in wrapped if key in (tmp_path / "copy").read_bytes()]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def changed(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE episode SET clinic = 'lantern' WHERE id = 'e1'")


def row_lost(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DELETE FROM timer")


def something_else(file: Path) -> None:
    file.write_text("hello")


def without_end(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DELETE FROM backup")


def of_a_newer_release(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE backup SET revision = '9999'")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (cut, "no whole backup"),
        (changed, "Changed since it was made: episode"),
        (row_lost, "Changed since it was made: timer"),
        (something_else, "no whole backup"),
        (without_end, "no whole backup"),
        (of_a_newer_release, "which is newer"),
        (Path.unlink, "There is no"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_filled(
    lived: Store, other: Store, tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    back_up(lived.engine, tmp_path / "copy", NOW)
    harm(tmp_path / "copy")
    with pytest.raises(StoreWrong, match=says):
        restore(other, tmp_path / "copy", NOW)
    with other.begin() as unit:
        assert not any(everything(unit.connection).values())


NEW_TABLES = (
    *("match_area", "match_region", "match_cell", "match_index", "match_rules", "match_spot", "match_word", "service_outcome"),
    *("published_service", "published_place", "published_term", "published_category"),
    "provider_language",
    "directory_category",
)


def test_a_backup_of_an_older_release_is_brought_up_to_date_in_a_copy(lived: Store, other: Store, tmp_path: Path) -> None:
    back_up(lived.engine, tmp_path / "copy", NOW)
    with closing(sqlite3.connect(tmp_path / "copy")) as raw, raw:  # as the revision before was
        for name in NEW_TABLES:
            raw.execute(f"DROP TABLE {name}")
            raw.execute("DELETE FROM backup_content WHERE name = ?", (name,))
        for name in ("retired", "closed"):
            raw.execute(f"DROP INDEX ix_directory_service_{name}")
        raw.execute("ALTER TABLE provider_link DROP COLUMN language")
        raw.execute("DELETE FROM match_posting")
        raw.execute("UPDATE backup_content SET rows = 0, checksum = ? WHERE name = 'match_posting'", (_checksum(),))
        raw.execute("UPDATE alembic_version SET version_num = '0011'")
        raw.execute("UPDATE backup SET revision = '0011'")
        raw.execute("DELETE FROM backup_content WHERE name = 'alembic_version'")
        content = ("alembic_version", 1, _checksum(("0011",)))
        raw.execute("INSERT INTO backup_content VALUES (?, ?, ?)", content)
    before = (tmp_path / "copy").read_bytes()
    restore(other, tmp_path / "copy", NOW)
    assert (tmp_path / "copy").read_bytes() == before
    with other.begin() as unit:
        assert episodes.load(unit, "e2") is not None
        assert match_index.is_of_now(unit.connection)
        [whose] = unit.execute(select(match_spot.c.whose)).scalars()
        assert whose.startswith(bytes.fromhex(service_key("town", "1")))


def _checksum(*rows: tuple[object, ...]) -> str:
    from hashlib import sha256

    return f"{sum(int.from_bytes(sha256(repr(row).encode()).digest()) for row in rows) % 2**256:064x}"


def test_whom_an_old_backup_brings_back_is_erased_again_and_the_counts_stay(lived: Store, other: Store, tmp_path: Path) -> None:
    back_up(lived.engine, tmp_path / "copy", NOW)
    forget(lived)
    backup, restored = restore(other, tmp_path / "copy", LATER)
    assert (backup.rows["episode"], restored.erased_again) == (2, 2)
    with other.begin() as unit:
        assert episodes.latest(unit, "telegram", ADDRESS) is None
        kept = {table: rows for table, rows in everything(unit.connection).items() if table not in ("ledger", "erasure")}
        assert not [row for rows in kept.values() for row in rows if "person1" in row or ADDRESS in row]
        assert set(unit.execute(select(erasure.c.key_id)).scalars()) == {"e1", "second1"}
        told = unit.execute(select(facts.c.episode, facts.c.fact, facts.c.codes).order_by(facts.c.id)).all()
        assert [tuple(one) for one in told] == [
            ("e1", "answered", {}),
            ("e2", "answered", {}),
            ("e1", "erased", {"by": "restore"}),
        ]
        assert episodes.load(unit, "e2") is not None
    assert finish_erasures(other, LATER) == 2
    assert b"person1" not in (tmp_path / "other.db").read_bytes()


def test_an_older_copy_of_the_keys_forgets_what_the_data_know_as_erased(lived: Store, tmp_path: Path) -> None:
    lived.keys.rotate(master := new_master_key())
    lived.keys.copy_to(f"sqlite:///{tmp_path / 'older-keys.db'}")
    forget(lived)
    back_up(lived.engine, tmp_path / "copy", NOW)
    keys = Keys(f"sqlite:///{tmp_path / 'older-keys.db'}", master)
    assert "e1" in keys.all_ids()
    one = Store(f"sqlite:///{tmp_path / 'other.db'}", keys)
    schema.prepare(one)
    restore(one, tmp_path / "copy", LATER)
    assert "e1" not in keys.all_ids()
    assert keys.destroyed().keys() == {"e1", "second1"}
    one.close()


def test_a_key_store_that_does_not_fit_is_refused_unless_the_words_are_given_up(lived: Store, tmp_path: Path) -> None:
    back_up(lived.engine, tmp_path / "copy", NOW)
    one = Store(f"sqlite:///{tmp_path / 'other.db'}", Keys(f"sqlite:///{tmp_path / 'strange.db'}", new_master_key()))
    schema.prepare(one)
    with pytest.raises(StoreWrong, match="no keys for 4 of the people"):
        restore(one, tmp_path / "copy", LATER)
    for key_id in ("e1", "e2", "second1", "second2"):
        one.keys.make(key_id)
    with pytest.raises(StoreWrong, match="does not fit its key"):
        restore(one, tmp_path / "copy", LATER)
    with one.begin() as unit:
        assert not any(everything(unit.connection).values())
    one.close()


def test_people_whose_keys_are_lost_can_be_given_up(lived: Store, other: Store, tmp_path: Path) -> None:
    back_up(lived.engine, tmp_path / "copy", NOW)
    lived.keys.drop(["e1", "second1"])
    _, restored = restore(other, tmp_path / "copy", LATER, without_lost_keys=True)
    assert restored.without_key == 2
    with other.begin() as unit:
        assert [held is not None for held in (episodes.load(unit, "e1"), episodes.load(unit, "e2"))] == [False, True]


def test_what_waited_to_be_sent_comes_to_nobody_twice(store: Store, other: Store, tmp_path: Path) -> None:
    with store.begin() as unit:
        team(unit)
        begin(unit)
        handoff = hand_over(unit)
        about = {"person_id": "p1", "episode_id": "e1"}
        put(unit, person_lane("p1"), say("a question", "reply"), **about)
        put(unit, person_lane("p1"), say("call 999", "crisis"), **about)
        put(unit, handoff_lane(handoff.id), say("they wrote"), handoff_id=handoff.id)
        put(unit, chat_lane(ADDRESS), say("erased"))
    back_up(store.engine, tmp_path / "copy", NOW)
    _, restored = restore(other, tmp_path / "copy", NOW + timedelta(hours=2))
    assert restored.letters_dropped == 1
    assert waiting(other) == [(person_lane("p1"), 0), (handoff_lane(handoff.id), 1)]
    again = Store(f"sqlite:///{tmp_path / 'again.db'}", store.keys)
    schema.prepare(again)
    assert restore(again, tmp_path / "copy", LATER)[1].letters_dropped == 2
    assert waiting(again) == [(handoff_lane(handoff.id), 1)]


def waiting(store: Store) -> list[tuple[str, int]]:
    with store.begin() as unit:
        found = unit.execute(select(outbox.c.lane, outbox.c.urgency).where(outbox.c.done_at.is_(None)).order_by(outbox.c.id))
        return [(row.lane, row.urgency) for row in found]


def test_check_ins_that_fell_due_meanwhile_are_asked_once(store: Store, other: Store, tmp_path: Path) -> None:
    with store.begin() as unit:
        begin(unit)
        for days in (3, 7, 28):
            timers.set_timer(unit, "p1", "e1", f"check_in-{days}", days, NOW + timedelta(days=days))
        timers.set_timer(unit, "p1", "e1", "clinic", 0, NOW + timedelta(days=1))
    back_up(store.engine, tmp_path / "copy", NOW)
    assert restore(other, tmp_path / "copy", LATER)[1].check_ins_dropped == 1
    with other.begin() as unit:
        kinds = unit.execute(select(timer.c.kind).order_by(timer.c.id)).scalars().all()
        assert kinds == ["check_in-7", "check_in-28", "clinic"]


def test_codes_that_may_have_been_used_since_work_no_more(store: Store, other: Store, tmp_path: Path) -> None:
    with store.begin() as unit:
        staff.issue(unit, "code", "enrol", "sam", LATER + timedelta(days=1))
    back_up(store.engine, tmp_path / "copy", NOW)
    assert restore(other, tmp_path / "copy", LATER)[1].codes_ended == 1
    with other.begin() as unit:
        assert staff.redeem(unit, "code", "enrol", LATER) is None


@pytest.mark.parametrize("days", [0, 9], ids=["the same day", "when the key of that day is gone"])
def test_updates_that_waited_are_read_where_they_can_be(store: Store, other: Store, tmp_path: Path, days: int) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [Arrived(1, "7:0", b"words")], NOW)
    back_up(store.engine, tmp_path / "copy", NOW)
    later = NOW + timedelta(days=days)
    with store.begin() as unit:
        inbox_rows.done(unit, 1, NOW)
        inbox_rows.forget_old(unit, later)
    assert restore(other, tmp_path / "copy", later)[1].updates_dropped == (1 if days else 0)
    with other.begin() as unit:
        rows = inbox_rows.open_rows(unit, later, 9)
        assert [inbox_rows.body_of(unit, row) for row in rows] == ([] if days else [b"words"])
        inbox_rows.accept(unit, "bot", [Arrived(1, "7:0", b"words")], later)  # Telegram brings it once more
        assert unit.execute(select(func.count()).select_from(inbox)).scalar() == 1


def test_the_number_of_a_handoff_is_never_given_twice(store: Store, other: Store, tmp_path: Path) -> None:
    with store.begin() as unit:
        begin(unit)
        hand_over(unit, number=1)
        hand_over(unit, number=2)
        unit.execute(delete(handoff).where(handoff.c.number == 2))
    back_up(store.engine, tmp_path / "copy", NOW)
    restore(other, tmp_path / "copy", NOW)
    with other.begin() as unit:
        hand_over(unit, number=3)
        assert unit.execute(select(func.max(handoff.c.number))).scalar() == 3


def test_a_backup_of_nothing_is_a_backup(store: Store, other: Store, tmp_path: Path) -> None:
    back_up(store.engine, tmp_path / "copy", NOW)
    _, restored = restore(other, tmp_path / "copy", NOW)
    assert restored == NOTHING
    with other.begin() as unit:
        assert unit.execute(text("SELECT subject FROM audit")).scalars().all() == ["backup of 2026-03-02 09:00"]
