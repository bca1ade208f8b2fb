"""People and their episodes. What a person said is sealed under the key of their episode."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, insert, select, update

from rxbot.episode.model import Episode
from rxbot.store.tables import episode, person
from rxbot.store.unit import Unit

_EPISODE = TypeAdapter(Episode)
# Put together once: that takes longer than asking.
_PERSON_AT = select(person.c.id).where(person.c.channel == bindparam("channel"), person.c.address == bindparam("address"))
_READ = select(episode.c.id, episode.c.sealed, episode.c.person_id, person.c.address).join(person)
_OF_ID = _READ.where(episode.c.id == bindparam("of"))
_LATEST = (
    _READ.where(person.c.channel == bindparam("channel"), person.c.address == bindparam("address"))
    .order_by(episode.c.opened_at.desc(), episode.c.id)
    .limit(1)
)
_OF_PERSON = update(person).where(person.c.id == bindparam("of"))
_SAVE = update(episode).where(episode.c.id == bindparam("of"))


@dataclass(frozen=True)
class Held:
    """An episode and whose it is."""

    person_id: str
    address: str
    episode: Episode

    def now(self, changed: Episode) -> "Held":
        """The same person with their episode as it is now."""
        return replace(self, episode=changed)


def person_at(unit: Unit, channel: str, address: str) -> str | None:
    """Find a person by where the channel reaches them."""
    return unit.execute(_PERSON_AT, {"channel": channel, "address": address}).scalar()


def meet(unit: Unit, person_id: str, channel: str, address: str, now: datetime) -> None:
    """Note a person we have not met."""
    unit.execute(insert(person).values(id=person_id, channel=channel, address=address, made_at=now))


def start(unit: Unit, held: Held, now: datetime) -> None:
    """Begin an episode."""
    unit.execute(insert(episode), {"opened_at": now, **_columns(unit, held, now)})


def save(unit: Unit, held: Held, now: datetime) -> None:
    """Write an episode down as it is now."""
    unit.execute(_SAVE, {"of": held.episode.id, **_columns(unit, held, now)})


def latest(unit: Unit, channel: str, address: str) -> Held | None:
    """Find the latest episode of whoever is reached there."""
    return _held(unit, unit.execute(_LATEST, {"channel": channel, "address": address}).one_or_none())


def load(unit: Unit, episode_id: str) -> Held | None:
    """Read an episode."""
    return _held(unit, unit.execute(_OF_ID, {"of": episode_id}).one_or_none())


def _held(unit: Unit, row: Row[Any, Any, Any, Any] | None) -> Held | None:
    return Held(row.person_id, row.address, _EPISODE.validate_json(unit.keys.unseal(row.id, row.sealed))) if row else None


def reachable(unit: Unit, person_id: str, yes: bool) -> None:
    """Note whether the person can be written to."""
    unit.execute(_OF_PERSON, {"of": person_id, "reachable": yes})


def _columns(unit: Unit, held: Held, now: datetime) -> dict[str, object]:
    one = held.episode
    return {
        "id": one.id,
        "person_id": held.person_id,
        "clinic": one.clinic,
        "state": one.state,
        "language": one.language,
        "touched_at": now,
        "sealed": unit.keys.seal(one.id, _EPISODE.dump_json(one)),
    }
