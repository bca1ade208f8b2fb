"""Erase a person: rows go at once, then the key that sealed their words, in this and every copy of the data.

The list of erasures is written in the same transaction, so that a crash in between is made good at the next start.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from rxbot.store.tables import clinic_message, episode, erasure, handoff, inbox, invitation, outbox, person, relay, timer
from rxbot.store.unit import Store, Unit

FAREWELL = "chat:"  # the lane of letters to somebody we keep nothing about: it holds their address until they have left
UNFINISHED = select(erasure.c.key_id).where(erasure.c.done_at.is_(None))


@dataclass(frozen=True)
class LeftTopic:
    """A topic in a team's group that still holds what was said."""

    team_id: int
    thread: int
    number: int


def erase_person(unit: Unit, person_id: str, now: datetime) -> list[LeftTopic]:
    """Remove every row that tells of a person, and note their keys for destruction. Give the topics to be removed too."""
    keys = _keys_of(unit, person_id)
    address = unit.execute(select(person.c.address).where(person.c.id == person_id)).scalar_one()
    theirs = select(handoff.c.id).where(handoff.c.person_id == person_id)
    topics = [
        LeftTopic(row.team_id, row.thread, row.number)
        for row in unit.execute(
            select(handoff.c.team_id, handoff.c.thread, handoff.c.number).where(
                handoff.c.person_id == person_id, handoff.c.thread.is_not(None)
            )
        )
    ]
    unit.execute(delete(outbox).where(or_(outbox.c.person_id == person_id, outbox.c.handoff_id.in_(theirs))))
    given_up = (inbox.c.done_at.is_not(None), inbox.c.lane.startswith(f"{address}:"))
    unit.execute(update(inbox).where(*given_up).values(sealed=None, lane=""))
    for table in (relay, timer, handoff, clinic_message, episode):
        unit.execute(delete(table).where(table.c.person_id == person_id))
    unit.execute(update(invitation).where(invitation.c.person_id == person_id).values(person_id=None, sealed=None))
    unit.execute(delete(person).where(person.c.id == person_id))
    if keys:
        unit.execute(insert(erasure), [{"key_id": key_id, "at": now} for key_id in keys])
    return topics


def _keys_of(unit: Unit, person_id: str) -> list[str]:
    """Name the keys of a person's episodes, and of the links they opened that began none."""
    begun = select(episode.c.id).where(episode.c.person_id == person_id)
    opened = select(invitation.c.episode_id).where(invitation.c.person_id == person_id)
    return list(unit.execute(begun.union(opened)).scalars())


def finish_erasures(store: Store, now: datetime) -> int:
    """Destroy the keys noted for destruction; when the farewell has left too, fold the write-ahead log away.

    Give how many erasures are finished now. To be called again and again: a reader in another process may hold the log.
    """
    with store.begin() as unit:
        keys = list(unit.execute(UNFINISHED).scalars())
    if not keys:
        return 0
    store.keys.destroy(keys, now)
    with store.begin() as unit:
        farewells = unit.execute(select(func.count()).where(outbox.c.lane.startswith(FAREWELL))).scalar_one()
    if farewells or not store.fold_log():
        return 0
    with store.begin() as unit:
        unit.execute(update(erasure).where(erasure.c.key_id.in_(keys)).values(done_at=now))
    return len(keys)
