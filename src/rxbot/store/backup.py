"""A copy of the data in one file, without any key, and what is done so that an old copy can take the data's place.

What was erased since is erased again, by the key store's memory. What waited to be sent may have been sent since: people get
nothing twice. What has fallen due since is asked once.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, delete, func, insert, select, update

from rxbot.errors import StoreWrong
from rxbot.pace import CRISIS
from rxbot.store import ledger, schema, sqlite
from rxbot.store.copying import copy_rows, snapshot, tables_in
from rxbot.store.directory_rows import index_anew
from rxbot.store.erase import batched, destroy_again, erase_episodes
from rxbot.store.tables import Moment, episode, inbox, invitation, one_time_code, outbox, timer
from rxbot.store.tables import ledger as facts
from rxbot.store.unit import Store, Unit

OPERATOR = "operator"  # who did it, in the audit
ALARMS_GO = timedelta(days=1)  # so old may words about danger be that are sent after a restore
EVER = datetime.min.replace(tzinfo=UTC)
SAMPLE = 50  # episodes that are opened to see whether the key store fits
NOT_WHOLE = "This is no whole backup of rxbot."
header = MetaData()
about = Table(
    "backup",
    header,
    Column("version", String, nullable=False),
    Column("revision", String, nullable=False),
    Column("made_at", Moment, nullable=False),
)
content = Table(
    "backup_content",
    header,
    Column("name", String, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("checksum", String, nullable=False),
)


@dataclass(frozen=True)
class Backup:
    """What a backup says of itself: who made it and when, and how many rows each table has."""

    version: str
    revision: str
    made_at: datetime
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Restored:
    """What was done so that an old copy can take the data's place."""

    erased_again: int
    without_key: int
    letters_dropped: int
    updates_dropped: int
    check_ins_dropped: int
    codes_ended: int


# Making one


def back_up(engine: Engine, file: Path, now: datetime) -> Backup:
    """Write everything but the keys into a new file, which appears when it is whole. What is of an older release stays so."""
    if file.exists():
        raise StoreWrong(f"{file} is there already.", "Name a file that is not there yet.")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
    target = sqlite.single_file(part)
    with snapshot(engine) as reading:
        revision = schema.revision_of(reading)
        assert revision, "an empty database is filled when it is opened"
        schema.upgrade(target, revision)
        with target.begin() as writing:
            copy_rows(reading, writing, schema.METADATA.sorted_tables if revision == schema.newest() else tables_in(writing))
            header.create_all(writing)
    with target.begin() as writing:
        writing.execute(insert(content), [one._asdict() for one in _contents(part)])
        writing.execute(insert(about).values(version=version("rxbot"), revision=revision, made_at=now))
    target.dispose()
    made = look_into(part)
    part.rename(file)
    _on_disk(file)
    return made


def look_into(file: Path) -> Backup:
    """Read the whole of a backup. Raises StoreWrong when anything of it is missing, changed, or of a newer release."""
    if not file.is_file():
        raise StoreWrong(f"There is no {file}.", "Name a file that `rxbot backup` has made.")
    engine = sqlite.reader(f"sqlite:///file:{file}?mode=ro&uri=true")
    try:
        with _saying_that_it_is_not_whole(file), engine.begin() as reading:
            row = reading.execute(select(about)).one()
            told = {_Content(*one) for one in reading.execute(select(content))}
            found = set(_contents(file))
    finally:
        engine.dispose()
    if told != found:
        changed = sorted({one.name for one in told ^ found})
        raise StoreWrong(f"{NOT_WHOLE} Changed since it was made: {', '.join(changed)}.", "Take another one.")
    if not schema.is_known(row.revision):
        raise StoreWrong(f"This backup was made by rxbot {row.version}, which is newer.", "Install that release, or a newer one.")
    return Backup(row.version, row.revision, row.made_at, {one.name: one.rows for one in sorted(told)})


class _Content(NamedTuple):
    name: str
    rows: int
    checksum: str


def _contents(file: Path) -> list[_Content]:
    """Count and sum up the rows of every table as they are in the file, whatever the release that made it; in any order."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [_content(raw, name) for name in names if name not in header.tables and not name.startswith("sqlite_")]


def _content(raw: sqlite3.Connection, name: str) -> _Content:
    rows, total = 0, 0
    for row in raw.execute(f'SELECT * FROM "{name}"'):  # nosec B608  # the file's own list of tables has it
        rows += 1
        total += int.from_bytes(sha256(repr(row).encode()).digest())
    return _Content(name, rows, f"{total % 2**256:064x}")


@contextmanager
def _saying_that_it_is_not_whole(file: Path) -> Iterator[None]:
    try:
        yield
    except Exception as wrong:  # SQLite's own complaints are many, and none says more to an operator
        raise StoreWrong(f"{NOT_WHOLE} {file} cannot be read to its end.", "Take another one.") from wrong


def _on_disk(file: Path) -> None:
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


# Bringing one back


def restore(store: Store, file: Path, now: datetime, without_lost_keys: bool = False) -> tuple[Backup, Restored]:
    """Fill an empty database from a backup, all or nothing, and make it fit for what has happened since."""
    backup = look_into(file)
    with _at_this_revision(file, backup) as source, snapshot(source) as reading, store.begin() as unit:
        copy_rows(reading, unit.connection)
        restored = _settle(unit, backup, now, without_lost_keys)
    destroy_again(store, EVER, now)  # the copy of the keys may be the older one
    store.fold_log()
    return backup, restored


@contextmanager
def _at_this_revision(file: Path, backup: Backup) -> Iterator[Engine]:
    """Open the backup; one of an older release is brought up to date in a copy first."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        if backup.revision != schema.newest():
            file = Path(shutil.copy(file, Path(folder) / file.name))
            older = sqlite.single_file(file)
            schema.upgrade(older)
            older.dispose()
        engine = sqlite.reader(f"sqlite:///{file}")
        yield engine
        engine.dispose()


def _settle(unit: Unit, backup: Backup, now: datetime, without_lost_keys: bool) -> Restored:
    erased = _erase_again(unit, now)
    lost = _without_key(unit)
    if lost and not without_lost_keys:
        raise StoreWrong(
            f"The key store has no keys for {len(lost)} of the people in this backup.",
            "Use the key store of its time or a later one. Give up their words by --without-lost-keys.",
        )
    erase_episodes(unit, lost, now)
    index_anew(unit)
    _open_a_sample(unit)
    ledger.note_act(unit, OPERATOR, "restore", f"backup of {backup.made_at:%Y-%m-%d %H:%M}", True, now)
    return Restored(
        erased_again=erased,
        without_key=len(lost),
        letters_dropped=_drop_letters(unit, now),
        updates_dropped=_drop_updates(unit, now),
        check_ins_dropped=_drop_check_ins(unit, now),
        codes_ended=unit.execute(update(one_time_code).where(one_time_code.c.used_at.is_(None)).values(used_at=now)).rowcount,
    )


def _erase_again(unit: Unit, now: datetime) -> int:
    """Erase whom the key store remembers as erased. The ledger gets the fact where it was written after the backup."""
    destroyed = unit.keys.destroyed()
    gone = sorted(set(_with_words(unit)) & destroyed.keys())
    for some in batched(gone):
        known = set(unit.execute(select(facts.c.episode).where(facts.c.episode.in_(some), facts.c.fact == "erased")).scalars())
        for row in unit.execute(select(episode.c.id, episode.c.clinic).where(episode.c.id.in_(some))).all():
            if row.id not in known:
                ledger.record(unit, row.id, row.clinic, "erased", {"by": "restore"}, destroyed[row.id])
    erase_episodes(unit, gone, now)
    return len(gone)


def _with_words(unit: Unit) -> Sequence[str]:
    """Name every key that seals words of an episode or of a link."""
    of_links = select(invitation.c.episode_id).where(invitation.c.sealed.is_not(None))
    return unit.execute(select(episode.c.id).union(of_links)).scalars().all()


def _without_key(unit: Unit) -> list[str]:
    return sorted(set(_with_words(unit)) - set(unit.keys.all_ids()))


def _open_a_sample(unit: Unit) -> None:
    """Open the newest words. Raises StoreWrong when the key store is another one."""
    newest = select(episode.c.id, episode.c.sealed).order_by(episode.c.touched_at.desc()).limit(SAMPLE)
    letters = select(outbox.c.key_id, outbox.c.sealed).where(outbox.c.sealed.is_not(None)).limit(SAMPLE)
    for key_id, sealed in (*unit.execute(newest), *unit.execute(letters)):
        unit.keys.unseal(key_id, sealed)


def _drop_letters(unit: Unit, now: datetime) -> int:
    """Let no letter to a person leave that waited at the time: nobody knows whether it has left since.

    Words about danger go if they are not old, and so does what is for the staff: there a thing that comes twice does no harm,
    and one that never comes may.
    """
    c = outbox.c
    of_strangers = c.lane.startswith("chat:")
    unit.execute(delete(outbox).where(c.done_at.is_(None), of_strangers))
    may_go = (c.urgency == CRISIS) & (c.made_at >= now - ALARMS_GO)
    waits = (c.done_at.is_(None), c.lane.startswith("person:"), ~may_go)
    values = {"status": "dropped", "done_at": now, "sealed": None, "error": "restored"}
    return unit.execute(update(outbox).where(*waits).values(**values)).rowcount


def _drop_updates(unit: Unit, now: datetime) -> int:
    """Mark updates done that nobody can read any more: they were worked off since, and the key of their day is gone."""
    c = inbox.c
    readable = unit.keys.all_ids("inbox-")
    values = {"done_at": func.coalesce(c.done_at, now), "sealed": None, "lane": "", "error": "restored"}
    return unit.execute(update(inbox).where(c.sealed.is_not(None), c.key_id.not_in(readable)).values(**values)).rowcount


def _drop_check_ins(unit: Unit, now: datetime) -> int:
    """Of the check-ins that fell due meanwhile, let only the last of an episode be asked."""
    c, later = timer.c, timer.alias()
    newer = (later.c.episode_id == c.episode_id, later.c.kind.startswith("check_in-"), later.c.due_at <= now)
    last = select(func.max(later.c.due_at)).where(*newer).scalar_subquery()
    return unit.execute(delete(timer).where(c.kind.startswith("check_in-"), c.due_at <= now, c.due_at < last)).rowcount
