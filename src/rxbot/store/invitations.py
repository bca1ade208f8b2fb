"""A clinic's links. The link carries a random token and nothing else; whose it is, the clinic noted sealed in our store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, insert, select, update

from rxbot.store.staff import hashed
from rxbot.store.tables import episode, handoff, invitation
from rxbot.store.unit import Unit

Standing = Literal["not opened", "opened", "in progress", "with a link worker", "closed", "run out", "erased"]


@dataclass(frozen=True)
class Private:
    """What only the clinic should read: the token, so that a link can be shown again, and their own reference."""

    token: str
    reference: str


@dataclass(frozen=True)
class Invitation:
    """A link for one person. `episode_id` is the episode it will begin, known before anybody opens it."""

    id: str
    episode_id: str
    clinic: str
    language: str
    reason: str
    made_at: datetime
    expires_at: datetime
    person_id: str | None
    standing: Standing
    private: Private | None


_PRIVATE = TypeAdapter(Private)


def make(unit: Unit, one: Invitation, made_by: str) -> None:
    """Write an invitation down, its private part sealed under the key of the episode to come."""
    assert one.private is not None
    unit.keys.make(one.episode_id)
    unit.execute(
        insert(invitation).values(
            id=one.id,
            token_hash=hashed(one.private.token),
            episode_id=one.episode_id,
            clinic=one.clinic,
            language=one.language,
            reason=one.reason,
            made_by=made_by,
            made_at=one.made_at,
            expires_at=one.expires_at,
            sealed=unit.keys.seal(one.episode_id, _PRIVATE.dump_json(one.private)),
        )
    )


def by_token(unit: Unit, token: str, now: datetime) -> Invitation | None:
    """Find an invitation by the token of its link."""
    found = _read(unit, now, invitation.c.token_hash == hashed(token))
    return found[0] if found else None


def by_id(unit: Unit, clinic: str, invitation_id: str, now: datetime) -> Invitation | None:
    """Find one of a clinic's own invitations; another clinic's is not there."""
    found = _read(unit, now, and_(invitation.c.clinic == clinic, invitation.c.id == invitation_id))
    return found[0] if found else None


def of_clinic(unit: Unit, clinic: str, now: datetime, *, skip: int = 0, most: int | None = None) -> list[Invitation]:
    """Give a clinic's invitations, newest first."""
    return _read(unit, now, invitation.c.clinic == clinic, skip, most)


def opened(unit: Unit, one: Invitation, person_id: str, now: datetime) -> None:
    """Bind an invitation to the person who opened it first."""
    unit.execute(update(invitation).where(invitation.c.id == one.id).values(opened_at=now, person_id=person_id))


def _read(unit: Unit, now: datetime, which: ColumnElement[bool], skip: int = 0, most: int | None = None) -> list[Invitation]:
    c = invitation.c
    busy = select(handoff.c.episode_id).where(handoff.c.state.in_(("claimed", "talking")))
    rows = unit.execute(
        select(invitation, episode.c.state, episode.c.id.in_(busy).label("with_worker"))
        .outerjoin(episode, episode.c.id == c.episode_id)
        .where(which)
        .order_by(c.made_at.desc(), c.id)
        .offset(skip)
        .limit(most)
    ).all()
    return [
        Invitation(
            id=row.id,
            episode_id=row.episode_id,
            clinic=row.clinic,
            language=row.language,
            reason=row.reason,
            made_at=row.made_at,
            expires_at=row.expires_at,
            person_id=row.person_id,
            standing=_standing(row, now),
            private=_PRIVATE.validate_json(unit.keys.unseal(row.episode_id, row.sealed)) if row.sealed else None,
        )
        for row in rows
    ]


def _standing(row: object, now: datetime) -> Standing:
    state, sealed = getattr(row, "state", None), getattr(row, "sealed", None)
    if sealed is None:
        return "erased"
    if state is None and getattr(row, "opened_at", None):
        return "opened"
    if state is None:
        return "run out" if getattr(row, "expires_at", now) <= now else "not opened"
    if state == "closed":
        return "closed"
    if getattr(row, "with_worker", False):
        return "with a link worker"
    return "opened" if state in ("new", "choosing_language", "asking_consent") else "in progress"
