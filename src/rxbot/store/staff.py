"""Link workers, their groups, and the one-time codes by which both are let in. A code is kept as its hash only."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, delete, func, insert, select, update

from rxbot.store.tables import handoff, one_time_code, outbox, staff, team
from rxbot.store.unit import Unit

# Put together once: that takes longer than asking.
_WORKER_AT = select(staff.c.id, staff.c.name, staff.c.role).where(staff.c.address == bindparam("at"))
_TEAM_AT = select(team.c.id, team.c.acknowledged_at).where(team.c.address == bindparam("at"))


@dataclass(frozen=True)
class Worker:
    """An enrolled member of staff."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Team:
    """A bound group."""

    id: int
    address: str
    acknowledged: bool


def hashed(code: str) -> str:
    """Give the form in which a code or a link's token is kept."""
    return sha256(code.encode()).hexdigest()


def issue(unit: Unit, code: str, purpose: str, subject: str, expires_at: datetime) -> None:
    """Note a code that works once."""
    unit.execute(insert(one_time_code).values(hash=hashed(code), purpose=purpose, subject=subject, expires_at=expires_at))


def redeem(unit: Unit, code: str, purpose: str, now: datetime) -> str | None:
    """Use a code up and name what it was for; None when it is wrong, used, or has run out."""
    c = one_time_code.c
    mine = (c.hash == hashed(code), c.purpose == purpose, c.used_at.is_(None), c.expires_at > now)
    subject = unit.execute(select(c.subject).where(*mine)).scalar()
    if subject is not None:
        unit.execute(update(one_time_code).where(c.hash == hashed(code)).values(used_at=now))
    return subject


def withdraw(unit: Unit, purpose: str, subject: str) -> None:
    """Take back the codes for this that nobody has used."""
    c = one_time_code.c
    unit.execute(delete(one_time_code).where(c.purpose == purpose, c.subject == subject, c.used_at.is_(None)))


def add_worker(unit: Unit, staff_id: str, name: str, role: str, now: datetime) -> None:
    """Note somebody who may enrol."""
    unit.execute(insert(staff).values(id=staff_id, name=name, role=role, made_at=now))


def enrol(unit: Unit, staff_id: str, address: str, now: datetime) -> Worker | None:
    """Tie a member of staff to their account. An account that was tied to somebody before moves over."""
    unit.execute(update(staff).where(staff.c.address == address, staff.c.id != staff_id).values(address=None))
    unit.execute(update(staff).where(staff.c.id == staff_id).values(address=address, enrolled_at=now))
    return worker_at(unit, address)


def end_enrolment(unit: Unit, name: str) -> tuple[str, ...]:
    """Let whoever has this name do nothing any more, by their account or by a link they have not used; name them by id."""
    ids = tuple(unit.execute(select(staff.c.id).where(staff.c.name == name)).scalars())
    for one in ids:
        withdraw(unit, "enrol", one)
    unit.execute(update(staff).where(staff.c.id.in_(ids)).values(address=None))
    return ids


def worker_at(unit: Unit, address: str) -> Worker | None:
    """Find the enrolled worker with this account."""
    row = unit.execute(_WORKER_AT, {"at": address}).one_or_none()
    return Worker(row.id, row.name, row.role) if row else None


def leads(unit: Unit) -> tuple[str, ...]:
    """Name the enrolled leads."""
    found = select(staff.c.id).where(staff.c.role == "lead", staff.c.address.is_not(None)).order_by(staff.c.made_at, staff.c.id)
    return tuple(unit.execute(found).scalars())


def bind(unit: Unit, address: str, now: datetime) -> int:
    """Make a group ours, or find that it is. Its test alert has to be acknowledged anew."""
    known = unit.execute(select(team.c.id).where(team.c.address == address)).scalar()
    if known is not None:
        unit.execute(update(team).where(team.c.id == known).values(bound_at=now, acknowledged_at=None))
        return int(known)
    unit.execute(insert(team).values(address=address, bound_at=now))
    return int(unit.execute(select(team.c.id).where(team.c.address == address)).scalar_one())


def move(unit: Unit, old: Team, new: str) -> None:
    """Note a group's new address wherever it stands. Where that was bound already, the two teams become one.

    Which message became which keeps the old address: in the new group messages are counted anew, and the old numbers would
    name others.
    """
    unit.execute(update(outbox).where(outbox.c.lane == f"chat:{old.address}").values(lane=f"chat:{new}"))
    known = unit.execute(select(team.c.id).where(team.c.address == new)).scalar()
    if known is None:
        unit.execute(update(team).where(team.c.id == old.id).values(address=new))
    else:
        _merge(unit, old.id, int(known))


def _merge(unit: Unit, old: int, into: int) -> None:
    """Give a team all that another has. It is ready if either was: it is the same people."""
    unit.execute(update(handoff).where(handoff.c.team_id == old).values(team_id=into))
    unit.execute(update(outbox).where(outbox.c.lane == f"team:{old}").values(lane=f"team:{into}"))
    acknowledged = select(func.max(team.c.acknowledged_at)).where(team.c.id.in_((old, into))).scalar_subquery()
    unit.execute(update(team).where(team.c.id == into).values(acknowledged_at=acknowledged))
    unit.execute(delete(team).where(team.c.id == old))


def team_at(unit: Unit, address: str) -> Team | None:
    """Find the team of this group."""
    row = unit.execute(_TEAM_AT, {"at": address}).one_or_none()
    return Team(row.id, address, row.acknowledged_at is not None) if row else None


def address_of(unit: Unit, team_id: int) -> str | None:
    """Name the group of a team."""
    address: str | None = unit.execute(select(team.c.address).where(team.c.id == team_id)).scalar()
    return address


def acknowledge(unit: Unit, team_id: int, now: datetime) -> None:
    """Note that somebody saw the team's test alert, and give it the handoffs that had no team to go to."""
    unit.execute(update(team).where(team.c.id == team_id, team.c.acknowledged_at.is_(None)).values(acknowledged_at=now))
    unit.execute(update(handoff).where(handoff.c.team_id.is_(None)).values(team_id=team_id))


def teams_ready(unit: Unit) -> int:
    """Count the teams that have acknowledged their test alert."""
    return unit.execute(select(func.count()).select_from(team).where(team.c.acknowledged_at.is_not(None))).scalar_one()
