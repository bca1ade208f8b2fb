"""Erase a person: rows go at once, then the key that sealed their words, in this and every copy of the data.

The list of erasures is written in the same transaction, so that a crash in between is made good at the next start.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update

from rxbot.store.directory_tables import directory_report
from rxbot.store.tables import clinic_message, episode, erasure, handoff, inbox, invitation, outbox, person, relay, timer
from rxbot.store.unit import Store, Unit

FAREWELL = "chat:"  # the lane of letters to somebody we keep nothing about: it holds their address until they have left
AT_ONCE = 500  # ids named in one statement
OLDEST_KEYS = timedelta(days=35)  # a copy of the key store that is older than that should not be anywhere
UNFINISHED = select(erasure.c.key_id).where(erasure.c.done_at.is_(None))


@dataclass(frozen=True)
class LeftTopic:
    """A topic in a team's group that still holds what was said."""

    team_id: int
    thread: int
    number: int


def erase_person(unit: Unit, person_id: str, now: datetime) -> list[LeftTopic]:
    """Remove every row that tells of a person, and note their keys for destruction. Give the topics to be removed too."""
    address = unit.execute(select(person.c.address).where(person.c.id == person_id)).scalar_one()
    topics = _remove(unit, _keys_of(unit, person_id), now)
    given_up = (inbox.c.done_at.is_not(None), inbox.c.lane.startswith(f"{address}:"))
    unit.execute(update(inbox).where(*given_up).values(sealed=None, lane=""))
    unit.execute(delete(outbox).where(outbox.c.person_id == person_id))
    unit.execute(delete(relay).where(relay.c.person_id == person_id))
    unit.execute(delete(person).where(person.c.id == person_id))
    return topics


def erase_episodes(unit: Unit, episode_ids: Iterable[str], now: datetime) -> list[LeftTopic]:
    """Remove these episodes, their links, and of whom nothing is left then, the person."""
    topics: list[LeftTopic] = []
    for some in batched(sorted(episode_ids)):
        of_episode = select(episode.c.person_id).where(episode.c.id.in_(some))
        of_link = select(invitation.c.person_id).where(invitation.c.episode_id.in_(some), invitation.c.person_id.is_not(None))
        people = set(unit.execute(of_episode.union(of_link)).scalars())
        topics += _remove(unit, some, now)
        here = set(unit.execute(select(episode.c.person_id).where(episode.c.person_id.in_(people))).scalars())
        for person_id in sorted(people - here):
            topics += erase_person(unit, person_id, now)
    return topics


def _remove(unit: Unit, episode_ids: Sequence[str], now: datetime) -> list[LeftTopic]:
    theirs = handoff.c.episode_id.in_(episode_ids)
    found = select(handoff.c.id, handoff.c.team_id, handoff.c.thread, handoff.c.number).where(theirs)
    rows = unit.execute(found.order_by(handoff.c.number)).all()
    handoffs = [row.id for row in rows]
    unit.execute(delete(outbox).where(or_(outbox.c.episode_id.in_(episode_ids), outbox.c.handoff_id.in_(handoffs))))
    for table in (timer, handoff, clinic_message, directory_report):
        unit.execute(delete(table).where(table.c.episode_id.in_(episode_ids)))
    unit.execute(delete(episode).where(episode.c.id.in_(episode_ids)))
    links = invitation.c.episode_id.in_(episode_ids)
    unit.execute(update(invitation).where(links).values(person_id=None, sealed=None))
    note_for_destruction(unit, episode_ids, now)
    return [LeftTopic(row.team_id, row.thread, row.number) for row in rows if row.thread is not None]


def note_for_destruction(unit: Unit, key_ids: Sequence[str], now: datetime) -> None:
    """Put keys on the list of erasures; what stands there stays."""
    known = set(unit.execute(select(erasure.c.key_id).where(erasure.c.key_id.in_(key_ids))).scalars())
    new = [{"key_id": key_id, "at": now} for key_id in key_ids if key_id not in known]
    if new:
        unit.execute(insert(erasure), new)


def batched(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give them in portions that one statement can hold."""
    return (ids[n : n + AT_ONCE] for n in range(0, len(ids), AT_ONCE))


def _keys_of(unit: Unit, person_id: str) -> list[str]:
    """Name the keys of a person's episodes, and of the links they opened that began none."""
    begun = select(episode.c.id).where(episode.c.person_id == person_id)
    opened = select(invitation.c.episode_id).where(invitation.c.person_id == person_id)
    return list(unit.execute(begun.union(opened)).scalars())


def destroy_noted(store: Store, now: datetime) -> list[str]:
    """Destroy the keys noted for destruction; name them."""
    with store.begin() as unit:
        keys = list(unit.execute(UNFINISHED).scalars())
    if keys:
        store.keys.destroy(keys, now)
    return keys


def destroy_again(store: Store, since: datetime, now: datetime) -> int:
    """Destroy what an older copy of the key store has brought back of whom was erased since; give how many keys it was."""
    with store.begin() as unit:
        listed = unit.execute(select(erasure.c.key_id).where(erasure.c.at >= since)).scalars().all()
    if back := store.keys.living(listed):
        store.keys.destroy(back, now)
    return len(back)


def finish_erasures(store: Store, now: datetime) -> int:
    """Destroy the keys noted for destruction; when the farewell has left too, fold the write-ahead log away.

    Give how many erasures are finished now. To be called again and again: a reader in another process may hold the log.
    """
    keys = destroy_noted(store, now)
    if not keys:
        return 0
    with store.begin() as unit:
        farewells = unit.execute(select(func.count()).where(outbox.c.lane.startswith(FAREWELL))).scalar_one()
    if farewells or not store.fold_log():
        return 0
    with store.begin() as unit:
        unit.execute(update(erasure).where(erasure.c.key_id.in_(keys)).values(done_at=now))
    return len(keys)
