"""What may be let go of because its time is over: a few rows at a time, the oldest first, so that nobody has to wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, exists, func, or_, select, update

from rxbot.episode.effects import DeleteTopic
from rxbot.store.erase import note_for_destruction
from rxbot.store.tables import audit, clinic_message, episode, handoff, invitation, one_time_code, outbox, relay
from rxbot.store.unit import Unit

AT_ONCE = 20  # episodes, topics, links in one go
ROWS_AT_ONCE = 500  # of what is only removed
CODES_KEPT = timedelta(days=30)  # one-time codes that ran out


@dataclass(frozen=True)
class OldTopic:
    """A topic in a team's group whose time is over."""

    handoff_id: str
    thread: int
    number: int


def ended_episodes(unit: Unit, before: datetime) -> list[tuple[str, str]]:
    """Name episodes, each with its clinic, in which nothing has happened since.

    An open handoff is ended by a worker first, and topics have gone before.
    """
    c = episode.c
    held = exists().where(handoff.c.episode_id == c.id, or_(handoff.c.state != "closed", handoff.c.thread.is_not(None)))
    over = (c.opened_at < before, c.touched_at < before, ~held)
    rows = unit.execute(select(c.id, c.clinic).where(*over).order_by(c.opened_at).limit(AT_ONCE))
    return [(row.id, row.clinic) for row in rows]


def take_topics(unit: Unit, before: datetime) -> list[OldTopic]:
    """Take topics of supports in which nothing has happened since; none while those taken before are still being removed."""
    going = exists().where(outbox.c.done_at.is_(None), outbox.c.what == DeleteTopic.__name__)
    if unit.execute(select(going)).scalar():
        return []
    c = handoff.c
    over = (c.thread.is_not(None), c.opened_at < before, c.state == "closed", episode.c.touched_at < before)
    found = select(c.id, c.thread, c.number).join(episode, episode.c.id == c.episode_id).where(*over)
    rows = unit.execute(found.order_by(c.opened_at).limit(AT_ONCE)).all()
    numbers = [row.number for row in rows]
    if numbers:
        unit.execute(update(handoff).where(c.number.in_(numbers)).values(thread=None, brief=None))
    return [OldTopic(row.id, row.thread, row.number) for row in rows]


def forget_links(unit: Unit, before: datetime, now: datetime) -> int:
    """Drop what a clinic noted with links that ran out before this and nobody opened; note their keys for destruction."""
    c = invitation.c
    over = (c.opened_at.is_(None), c.sealed.is_not(None), c.expires_at < before)
    ids = unit.execute(select(c.episode_id).where(*over).order_by(c.expires_at).limit(AT_ONCE)).scalars().all()
    if ids:
        unit.execute(update(invitation).where(c.episode_id.in_(ids)).values(sealed=None))
        note_for_destruction(unit, ids, now)
    return len(ids)


def empty_clinic_messages(unit: Unit, before: datetime) -> int:
    """Drop the words of messages that a clinic read before this; that they were sent stays."""
    c = clinic_message.c
    over = (c.acknowledged_at < before, func.length(c.sealed) > 0)
    ids = unit.execute(select(c.id).where(*over).limit(ROWS_AT_ONCE)).scalars().all()
    if ids:
        unit.execute(update(clinic_message).where(c.id.in_(ids)).values(sealed=b""))
    return len(ids)


def drop_letters(unit: Unit, before: datetime) -> int:
    """Drop which messages were sent, and which became which."""
    return _drop_oldest(unit, outbox, outbox.c.done_at < before) + _drop_oldest(unit, relay, relay.c.made_at < before)


def old_audit(unit: Unit, before: datetime) -> Sequence[int]:
    """Number the oldest rows of the audit that were written before this."""
    return _oldest(unit, audit, audit.c.at < before)


def drop_audit(unit: Unit, numbers: Sequence[int]) -> None:
    """Let go of rows of the audit. The database refuses this for what is less than a year older than the newest row."""
    unit.execute(delete(audit).where(audit.c.id.in_(numbers)))


def drop_codes(unit: Unit, now: datetime) -> int:
    """Drop one-time codes that ran out."""
    return unit.execute(delete(one_time_code).where(one_time_code.c.expires_at < now - CODES_KEPT)).rowcount


def _drop_oldest(unit: Unit, table: Table, over: ColumnElement[bool]) -> int:
    ids = _oldest(unit, table, over)
    if ids:
        unit.execute(delete(table).where(table.c.id.in_(ids)))
    return len(ids)


def _oldest(unit: Unit, table: Table, over: ColumnElement[bool]) -> Sequence[int]:
    """Look at the oldest rows only: they are in order of time by their numbers, and no index is needed for it."""
    oldest = select(table.c.id).order_by(table.c.id).limit(ROWS_AT_ONCE)
    return unit.execute(select(table.c.id).where(table.c.id.in_(oldest), over)).scalars().all()
