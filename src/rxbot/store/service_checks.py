"""What providers say of their services: whether it is still right, whether there is room, and whether people may be referred.

Each answer is a row of its own. What the answers have come to stands beside the service, where no import changes it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any, Literal, TypeAlias

from sqlalchemy import Select, insert, select, update

from rxbot.directory.capacity import Capacity, CapacityCode, capacity_of, is_full
from rxbot.directory.checks import Amendment, Outcome, Statement
from rxbot.directory.model import Service
from rxbot.errors import Refused
from rxbot.store import published_index
from rxbot.store.directory_rows import SAID, assure, post_again, service_from, take_down
from rxbot.store.directory_tables import (
    directory_service,
    service_agreement,
    service_capacity,
    service_check,
)
from rxbot.store.unit import Unit

Decision: TypeAlias = Literal["take", "leave"]
OVERTAKEN = "overtaken"
OPENS = {("closed", "leave"), ("right", "take")}


@dataclass(frozen=True)
class Speaker:
    """Who says it, by the name and role they typed."""

    name: str
    role: str


@dataclass(frozen=True)
class Check:
    """An answer as it is kept. `decision` is what a coordinator did with it: take, leave, or nothing yet."""

    number: int
    service: str
    at: datetime
    by: Speaker
    statement: Statement
    settled_at: datetime | None
    settled_by: str
    decision: str


@dataclass(frozen=True)
class ListedService:
    """A service as it is shown now: whether its provider says that it is closed, and whether people's word suspends it.

    `publisher` is whose list it is from.
    """

    publisher: str
    service: Service
    closed: bool
    suspended: bool


def services_of(unit: Unit, keys: Iterable[str]) -> tuple[ListedService, ...]:
    """Give the services that a directory still has, by their names."""
    c = directory_service.c
    rows = unit.execute(
        select(*SAID, c.publisher, c.closed_at, c.suspended_at).where(c.key.in_(tuple(keys)), c.retired_at.is_(None))
    )
    listed = (
        ListedService(row.publisher, service_from(row), row.closed_at is not None, row.suspended_at is not None) for row in rows
    )
    return tuple(sorted(listed, key=_by_name))


def check(unit: Unit, service: str, statement: Statement, by: Speaker, now: datetime, today: date) -> bool:
    """Keep an answer. Right vouches for the record, closed takes it from what is offered; what is new awaits a coordinator.

    So does right where a coordinator believed that it is closed, or where somebody has said what is not right. The same answer
    sent twice is kept once, and False is given back. A later one takes the place of those that nobody has looked at, but not
    of a change that it does not say again.
    """
    newest = _newest(unit, service)
    if newest and newest.statement == statement and newest.by == by and newest.at.date() == now.date():
        return False
    _overtake(unit, service, statement, now)
    row = {"service": service, "at": now, "by_name": by.name, "by_role": by.role, **asdict(statement.amendment)}
    holds = statement.outcome == "right" and not (_is_closed(unit, service) or _waiting_of(unit, service))
    settled = {"settled_at": now} if holds else {}
    unit.execute(insert(service_check).values(row | settled | {"outcome": statement.outcome, "words": statement.words}))
    if holds:
        assure(unit, service, today)
    if statement.outcome == "closed":
        _close(unit, service, now)
    return True


def said_since_suspended(unit: Unit, service: str) -> tuple[Check, ...]:
    """Give what its provider has answered since people's word suspended a service, the oldest first; nothing where it is not."""
    c = directory_service.c
    suspended_at = unit.execute(select(c.suspended_at).where(c.key == service)).scalar()
    if suspended_at is None:
        return ()
    return tuple(map(_check, unit.execute(_CHECKS.where(service_check.c.service == service, service_check.c.at >= suspended_at))))


def waiting(unit: Unit) -> tuple[Check, ...]:
    """Give the answers a coordinator has to look at, the oldest first."""
    return tuple(map(_check, unit.execute(_CHECKS.where(service_check.c.settled_at.is_(None)))))


def settle(unit: Unit, number: int, decision: Decision, by: str, now: datetime, day: date) -> Check:
    """Take what a provider said, or leave things as the directory has them. Raises Refused for what does not wait."""
    c = service_check.c
    row = unit.execute(_CHECKS.where(c.number == number, c.settled_at.is_(None))).one_or_none()
    if row is None:
        raise Refused(f"No answer {number} is waiting.", "`rxbot directory answers` lists those that are.")
    found = _check(row)
    unit.execute(update(service_check).where(c.number == number).values(settled_at=now, settled_by=by, decision=decision))
    if found.statement.outcome == "changed":
        _amend(unit, found.service)
    if found.statement.outcome != "closed" and decision == "take":
        assure(unit, found.service, day)
    if (found.statement.outcome, decision) in OPENS:
        _open(unit, found.service)
    return found


def reopen(unit: Unit, service: str, by: str, now: datetime, day: date) -> bool:
    """Somebody knows that a service is open which its provider says is closed; say whether it was so. That is settled then."""
    if not _is_closed(unit, service):
        return False
    c = service_check.c
    of_closing = update(service_check).where(c.service == service, c.settled_at.is_(None), c.outcome.in_(("closed", "right")))
    unit.execute(of_closing.values(settled_at=now, settled_by=by, decision=OVERTAKEN))
    assure(unit, service, day)
    _open(unit, service)
    return True


def agree(unit: Unit, services: Collection[str], agreed: bool, by: Speaker, now: datetime) -> None:
    """Keep whether a provider agrees that people are referred to these services."""
    said = {"at": now, "by_name": by.name, "by_role": by.role, "agreed": agreed}
    if services:
        unit.execute(insert(service_agreement), [{"service": service, **said} for service in services])


def agreed(unit: Unit, services: Collection[str]) -> Mapping[str, bool]:
    """Say of each service whether its provider agrees; those that nobody has said it of are left out."""
    c = service_agreement.c
    rows = unit.execute(select(c.service, c.agreed).where(c.service.in_(services)).order_by(c.number))
    return {row.service: row.agreed for row in rows}


def tell_capacity(unit: Unit, service: str, code: CapacityCode, weeks: int | None, by: str, now: datetime) -> None:
    """Keep what somebody says of a service's room."""
    row = {"service": service, "at": now, "by_name": by, "code": code, "weeks": weeks if code == "waitlist" else None}
    unit.execute(insert(service_capacity).values(row))


def capacities(unit: Unit, services: Collection[str]) -> Mapping[str, Capacity]:
    """Give what holds of each service's room, in one SELECT; those of which nobody has told are left out."""
    c = service_capacity.c
    told: dict[str, list[Capacity]] = {}
    for row in unit.execute(select(c.service, c.code, c.at, c.weeks).where(c.service.in_(services)).order_by(c.number)):
        told.setdefault(row.service, []).append(Capacity(row.code, row.at.date(), row.weeks))
    return {service: found for service, all_told in told.items() if (found := capacity_of(all_told))}


def full_among(unit: Unit, services: Collection[str], today: date) -> tuple[str, ...]:
    """Name those of these services that surely have no room now."""
    return tuple(sorted(service for service, told in capacities(unit, services).items() if is_full(told, today)))


def _newest(unit: Unit, service: str) -> Check | None:
    newest = _CHECKS.where(service_check.c.service == service).order_by(None).order_by(service_check.c.number.desc()).limit(1)
    row = unit.execute(newest).one_or_none()
    return _check(row) if row else None


def _overtake(unit: Unit, service: str, later: Statement, now: datetime) -> None:
    """Drop what waits, since more was said, but for changes that `later` leaves unsaid. What nobody believed closed opens."""
    waiting = _waiting_of(unit, service)
    over = [one for one in waiting if one.statement.outcome != "changed" or later.says_all_of(one.statement)]
    numbers = [one.number for one in over]
    unit.execute(update(service_check).where(service_check.c.number.in_(numbers)).values(settled_at=now, decision=OVERTAKEN))
    if any(one.statement.outcome == "closed" for one in over):
        _open(unit, service)


def _waiting_of(unit: Unit, service: str) -> tuple[Check, ...]:
    c = service_check.c
    return tuple(map(_check, unit.execute(_CHECKS.where(c.service == service, c.settled_at.is_(None)))))


def _is_closed(unit: Unit, service: str) -> bool:
    c = directory_service.c
    return unit.execute(select(c.closed_at).where(c.key == service)).scalar() is not None


def _amend(unit: Unit, service: str) -> None:
    """Put together what was taken of all that its provider said, and let it be found by that where it is found at all."""
    c = service_check.c
    taken = _CHECKS.where(c.service == service, c.outcome == "changed", c.decision == "take")
    new = reduce(Amendment.followed_by, (_check(row).statement.amendment for row in unit.execute(taken)), Amendment())
    stands = None if new == Amendment() else asdict(new)
    unit.execute(update(directory_service).where(directory_service.c.key == service).values(amendment=stands))
    if not _is_closed(unit, service):
        post_again(unit, service)


def _close(unit: Unit, service: str, now: datetime) -> None:
    unit.execute(update(directory_service).where(directory_service.c.key == service).values(closed_at=now))
    take_down(unit, [service])
    published_index.stand(unit, [service])


def _open(unit: Unit, service: str) -> None:
    unit.execute(update(directory_service).where(directory_service.c.key == service).values(closed_at=None))
    post_again(unit, service)
    published_index.stand(unit, [service])


def _by_name(listed: ListedService) -> tuple[str, str]:
    return listed.service.name, listed.service.key


_CHECKS: Select[Any] = select(service_check).order_by(service_check.c.number)


def _check(row: Any) -> Check:
    statement = Statement(_outcome(row.outcome), row.words, Amendment(row.phone, row.opening, row.entry))
    by = Speaker(row.by_name, row.by_role)
    return Check(row.number, row.service, row.at, by, statement, row.settled_at, row.settled_by, row.decision)


def _outcome(code: str) -> Outcome:
    return "closed" if code == "closed" else "changed" if code == "changed" else "right"
