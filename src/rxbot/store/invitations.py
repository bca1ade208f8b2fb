"""A clinic's links. A link carries a random token and nothing else; whose it is, the clinic noted sealed in our store.

A short code does what the token does, for people who type it from a sheet of paper.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, and_, insert, select, update

from rxbot.store import short_codes
from rxbot.store.staff import hashed
from rxbot.store.tables import episode, handoff, invitation
from rxbot.store.unit import Unit

Standing = Literal[
    "not opened", "opened", "in progress", "waiting for a link worker", "with a link worker", "closed", "run out", "erased"
]


@dataclass(frozen=True)
class Private:
    """What only the clinic should read: token and code, so that a link can be shown again, and their own reference."""

    token: str
    reference: str
    code: str = ""  # none in links that were made before there were codes


@dataclass(frozen=True)
class Invitation:
    """A link for one person. `episode_id` is the episode it will begin, known before anybody opens it.

    A `survey` is anonymous: no page of the clinic tells what came of its link.
    """

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
    survey: bool = False


_PRIVATE = TypeAdapter(Private)


def make(unit: Unit, one: Invitation, made_by: str) -> None:
    """Write an invitation down, its private part sealed under the key of the episode to come."""
    assert one.private is not None
    unit.keys.make(one.episode_id)
    unit.execute(
        insert(invitation).values(
            id=one.id,
            token_hash=hashed(one.private.token),
            code_hash=short_codes.hashed(unit, one.private.code) if one.private.code else None,
            episode_id=one.episode_id,
            clinic=one.clinic,
            language=one.language,
            reason=one.reason,
            made_by=made_by,
            made_at=one.made_at,
            expires_at=one.expires_at,
            survey=one.survey,
            sealed=unit.keys.seal(one.episode_id, _PRIVATE.dump_json(one.private)),
        )
    )


def by_token(unit: Unit, token: str, now: datetime) -> Invitation | None:
    """Find an invitation by the token of its link."""
    found = _read(unit, now, invitation.c.token_hash == hashed(token))
    return found[0] if found else None


def by_code(unit: Unit, code: str, now: datetime) -> Invitation | None:
    """Find an invitation by its short code."""
    found = _read(unit, now, invitation.c.code_hash == short_codes.hashed(unit, code))
    return found[0] if found else None


def by_id(unit: Unit, clinic: str, invitation_id: str, now: datetime) -> Invitation | None:
    """Find one of a clinic's own invitations; another clinic's is not there, nor one to a survey."""
    found = _read(unit, now, and_(_seen_by(clinic), invitation.c.id == invitation_id))
    return found[0] if found else None


def of_clinic(unit: Unit, clinic: str, now: datetime, *, skip: int = 0, most: int | None = None) -> list[Invitation]:
    """Give a clinic's invitations, newest first. What came of a link to a survey is not for it to see."""
    return _read(unit, now, _seen_by(clinic), skip, most)


def _seen_by(clinic: str) -> ColumnElement[bool]:
    return and_(invitation.c.clinic == clinic, invitation.c.survey.is_(False))


def opened(unit: Unit, one: Invitation, person_id: str, now: datetime) -> None:
    """Bind an invitation to the person who opened it first."""
    unit.execute(update(invitation).where(invitation.c.id == one.id).values(opened_at=now, person_id=person_id))


def reference_of(unit: Unit, episode_id: str) -> str:
    """Give the clinic's own reference for whoever this episode is about, if it has noted one."""
    sealed = unit.execute(select(invitation.c.sealed).where(invitation.c.episode_id == episode_id)).scalar()
    private = private_of(unit, episode_id, sealed)
    return private.reference if private else ""


def private_of(unit: Unit, episode_id: str, sealed: bytes | None) -> Private | None:
    """Open the private part of an invitation; an erased one has none."""
    return _PRIVATE.validate_json(unit.keys.unseal(episode_id, sealed)) if sealed else None


def _read(unit: Unit, now: datetime, which: ColumnElement[bool], skip: int = 0, most: int | None = None) -> list[Invitation]:
    c = invitation.c
    waits = c.episode_id.in_(select(handoff.c.episode_id).where(handoff.c.state == "waiting"))
    talks = c.episode_id.in_(select(handoff.c.episode_id).where(handoff.c.state.in_(("claimed", "talking"))))
    rows = unit.execute(
        select(invitation, episode.c.state, waits.label("waits"), talks.label("talks"))
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
            private=private_of(unit, row.episode_id, row.sealed),
            survey=row.survey,
        )
        for row in rows
    ]


def _standing(row: Row[Any], now: datetime) -> Standing:
    if row.sealed is None:  # of a link that ran out unopened, what was noted with it is dropped when its time is over
        return "erased" if row.opened_at or row.expires_at > now else "run out"
    if row.state is None:
        return "opened" if row.opened_at else "run out" if row.expires_at <= now else "not opened"
    if row.talks:
        return "with a link worker"
    if row.waits:  # also somebody too young for the questions, whose episode is closed
        return "waiting for a link worker"
    if row.state == "closed":
        return "closed"
    return "opened" if row.state in ("new", "choosing_language", "asking_consent") else "in progress"
