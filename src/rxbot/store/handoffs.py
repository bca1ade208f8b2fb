"""Handoffs as rows: which team has them and in which topic. Their story is in the episode."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from rxbot.handoff.lifecycle import HELD
from rxbot.handoff.model import Handoff
from rxbot.store.tables import handoff, team
from rxbot.store.unit import Unit


@dataclass(frozen=True)
class Topic:
    """A handoff found by its topic."""

    handoff_id: str
    episode_id: str
    number: int
    state: str


def open_row(unit: Unit, one: Handoff, person_id: str, episode_id: str, now: datetime) -> None:
    """Give a handoff its number and the team it goes to."""
    unit.execute(
        insert(handoff).values(
            id=one.id,
            episode_id=episode_id,
            person_id=person_id,
            state=one.state,
            urgent=one.urgent,
            team_id=first_team(unit),
            opened_at=now,
        )
    )


def keep_up(unit: Unit, one: Handoff) -> None:
    """Copy what the row repeats of the handoff."""
    unit.execute(update(handoff).where(handoff.c.id == one.id).values(state=one.state, urgent=one.urgent))


def in_topic(unit: Unit, team_id: int, thread: int) -> Topic | None:
    """Find the handoff of a topic."""
    c = handoff.c
    row = unit.execute(
        select(c.id, c.episode_id, c.number, c.state).where(c.team_id == team_id, c.thread == thread)
    ).one_or_none()
    return Topic(row.id, row.episode_id, row.number, row.state) if row else None


def held_in(unit: Unit, team_id: int) -> list[Topic]:
    """Give the handoffs of a team that somebody has."""
    c = handoff.c
    theirs = select(c.id, c.episode_id, c.number, c.state).where(c.team_id == team_id, c.state.in_(HELD))
    return [Topic(row.id, row.episode_id, row.number, row.state) for row in unit.execute(theirs.order_by(c.number)).all()]


def episode_of(unit: Unit, handoff_id: str) -> str | None:
    """Name the episode a handoff belongs to."""
    return unit.execute(select(handoff.c.episode_id).where(handoff.c.id == handoff_id)).scalar()


def first_team(unit: Unit) -> int | None:
    """Name the team that handoffs go to: the first that has acknowledged its test alert."""
    ready = select(team.c.id).where(team.c.acknowledged_at.is_not(None)).order_by(team.c.id)
    return unit.execute(ready.limit(1)).scalar()
