"""Messages back to a clinic, sealed under the key of the episode they tell of, until somebody there says they have read them."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from rxbot.report.message import ClinicMessage
from rxbot.store.invitations import private_of
from rxbot.store.tables import clinic_message, invitation
from rxbot.store.unit import Unit

_MESSAGE = TypeAdapter(ClinicMessage)


@dataclass(frozen=True)
class Filed:
    """A message as the clinic has it: with the link it came by, and the clinic's own reference."""

    id: str
    episode_id: str
    invitation_id: str | None
    reference: str
    made_at: datetime
    acknowledged_at: datetime | None
    message: ClinicMessage


def put(unit: Unit, episode_id: str, clinic: str, message: ClinicMessage, now: datetime, person_id: str) -> None:
    """File a message. It takes the place of an unread one of its occasion, but nothing plain that of something urgent."""
    c = clinic_message.c
    older = (c.episode_id == episode_id, c.occasion == message.occasion, c.acknowledged_at.is_(None))
    unit.execute(delete(clinic_message).where(*older, *(() if message.urgent else (c.urgent.is_(False),))))
    unit.execute(
        insert(clinic_message).values(
            id=secrets.token_urlsafe(9),
            episode_id=episode_id,
            person_id=person_id,
            clinic=clinic,
            occasion=message.occasion,
            urgent=message.urgent,
            made_at=now,
            sealed=unit.keys.seal(episode_id, _MESSAGE.dump_json(message)),
        )
    )


def recall(unit: Unit, episode_id: str) -> None:
    """Take back what nobody at the clinic has read, but for what is urgent: that was sent for somebody's safety."""
    c = clinic_message.c
    unit.execute(delete(clinic_message).where(c.episode_id == episode_id, c.acknowledged_at.is_(None), c.urgent.is_(False)))


def sent_at(unit: Unit, episode_id: str) -> tuple[datetime, ...]:
    """Say when each message of an episode was sent that the clinic has, read or not; what was taken back it has not."""
    return tuple(unit.execute(select(clinic_message.c.made_at).where(clinic_message.c.episode_id == episode_id)).scalars())


def by_id(unit: Unit, clinic: str, message_id: str) -> Filed | None:
    """Find one of a clinic's own messages; another clinic's is not there."""
    found = _read(unit, clinic_message.c.clinic == clinic, clinic_message.c.id == message_id)
    return found[0] if found else None


def unread_of_clinic(unit: Unit, clinic: str, most: int) -> list[Filed]:
    """Give what nobody at the clinic has read, urgent ones first, then the newest."""
    return _read(unit, *_unread(clinic), most=most)


def unread_count(unit: Unit, clinic: str) -> int:
    """Count what nobody at the clinic has read."""
    return unit.execute(select(func.count()).select_from(clinic_message).where(*_unread(clinic))).scalar_one()


def of_episode(unit: Unit, clinic: str, episode_id: str) -> list[Filed]:
    """Give all messages of an episode, read or not, whose words are kept still."""
    return _read(unit, clinic_message.c.clinic == clinic, clinic_message.c.episode_id == episode_id)


def acknowledge(unit: Unit, clinic: str, message_id: str, now: datetime, by: str) -> bool:
    """Note that somebody has read it, the first time counting; say whether it is the clinic's own."""
    one = clinic_message.c.id == message_id
    unit.execute(update(clinic_message).where(*_unread(clinic), one).values(acknowledged_at=now, acknowledged_by=by))
    return unit.execute(select(exists().where(clinic_message.c.clinic == clinic, one))).scalar_one()


def _unread(clinic: str) -> tuple[ColumnElement[bool], ...]:
    return clinic_message.c.clinic == clinic, clinic_message.c.acknowledged_at.is_(None)


def _read(unit: Unit, *which: ColumnElement[bool], most: int | None = None) -> list[Filed]:
    c = clinic_message.c
    rows = unit.execute(
        select(clinic_message, invitation.c.id.label("invitation_id"), invitation.c.sealed.label("private"))
        .outerjoin(invitation, invitation.c.episode_id == c.episode_id)
        .where(*which, func.length(c.sealed) > 0)
        .order_by(c.urgent.desc(), c.made_at.desc(), c.id)
        .limit(most)
    ).all()
    return [
        Filed(
            id=row.id,
            episode_id=row.episode_id,
            invitation_id=row.invitation_id,
            reference=private.reference if (private := private_of(unit, row.episode_id, row.private)) else "",
            made_at=row.made_at,
            acknowledged_at=row.acknowledged_at,
            message=_MESSAGE.validate_json(unit.keys.unseal(row.episode_id, row.sealed)),
        )
        for row in rows
    ]
