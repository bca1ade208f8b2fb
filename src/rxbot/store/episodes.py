"""People and their episodes. What a person said is sealed under the key of their episode."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, bindparam, insert, select, union, update

from rxbot.episode.model import Episode
from rxbot.store.prepared import Prepared
from rxbot.store.tables import episode, handoff, person
from rxbot.store.unit import Unit

_EPISODE = TypeAdapter(Episode)
WITH_PERSON: Select[Any] = (
    select(episode.c.id, episode.c.sealed, episode.c.person_id, person.c.address)
    .join(person)
    .with_for_update(of=episode)  # one turn at a time for one person, whichever process takes it
)
SAVE = Prepared(
    update(episode).where(episode.c.id == bindparam("episode")), "clinic", "state", "language", "touched_at", "sealed"
)
OF_ID = Prepared(WITH_PERSON.where(episode.c.id == bindparam("episode")))
LATEST = Prepared(
    WITH_PERSON.where(person.c.channel == bindparam("channel"), person.c.address == bindparam("address"))
    .order_by(episode.c.opened_at.desc(), episode.c.id)
    .limit(1)
)


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
    return unit.execute(select(person.c.id).where(person.c.channel == channel, person.c.address == address)).scalar()


def meet(unit: Unit, person_id: str, channel: str, address: str, now: datetime) -> None:
    """Note a person we have not met."""
    unit.execute(insert(person).values(id=person_id, channel=channel, address=address, made_at=now))


def start(unit: Unit, held: Held, now: datetime) -> None:
    """Begin an episode."""
    ids = {"id": held.episode.id, "person_id": held.person_id}
    unit.execute(insert(episode).values(opened_at=now, **ids, **_columns(unit, held, now)))


def save(unit: Unit, held: Held, now: datetime) -> None:
    """Write an episode down as it is now."""
    SAVE.do(unit, episode=held.episode.id, **_columns(unit, held, now))


def latest(unit: Unit, channel: str, address: str) -> Held | None:
    """Find the latest episode of whoever is reached there; it is ours until the end of the unit. Raises StoreBusy."""
    row = LATEST.one(unit, channel=channel, address=address)
    return _held(unit, row) if row else None


def all_of(unit: Unit, person_id: str) -> list[Held]:
    """Read all episodes of a person, the newest first."""
    mine = WITH_PERSON.where(episode.c.person_id == person_id).order_by(episode.c.opened_at.desc(), episode.c.id)
    return [_held(unit, row) for row in unit.execute(mine).all()]


def named(unit: Unit, who: str) -> list[str]:
    """Name the people meant by the number of a handoff, by the id of an episode, or by their own."""
    number = int(who.removeprefix("#")) if who.removeprefix("#").isdecimal() else 0
    people = (
        select(person.c.id).where(person.c.id == who),
        select(episode.c.person_id).where(episode.c.id == who),
        select(handoff.c.person_id).where(handoff.c.number == number),
    )
    return list(unit.execute(union(*people)).scalars())


def load(unit: Unit, episode_id: str) -> Held | None:
    """Read an episode; it is ours until the end of the unit. Raises StoreBusy when another process keeps it."""
    row = OF_ID.one(unit, episode=episode_id)
    return _held(unit, row) if row else None


def reachable(unit: Unit, person_id: str, yes: bool) -> None:
    """Note whether the person can be written to."""
    unit.execute(update(person).where(person.c.id == person_id).values(reachable=yes))


def _held(unit: Unit, row: Any) -> Held:
    return Held(row.person_id, row.address, _EPISODE.validate_json(unit.keys.unseal(row.id, row.sealed)))


def _columns(unit: Unit, held: Held, now: datetime) -> dict[str, object]:
    one = held.episode
    return {
        "clinic": one.clinic,
        "state": one.state,
        "language": one.language,
        "touched_at": now,
        "sealed": unit.keys.seal(one.id, _EPISODE.dump_json(one)),
    }
