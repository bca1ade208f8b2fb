"""Handoffs as rows: which team has them and in which topic. Their story is in the episode."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from rxbot.handoff.lifecycle import HELD, OPEN
from rxbot.handoff.model import Handoff
from rxbot.store.prepared import Prepared
from rxbot.store.tables import handoff, team
from rxbot.store.unit import Unit

KEEP_UP = Prepared(update(handoff).where(handoff.c.id == bindparam("of")), "state", "urgent")
TEAM_OF = Prepared(select(handoff.c.team_id).where(handoff.c.id == bindparam("of")))
IN_TOPIC = Prepared(
    select(handoff.c.id, handoff.c.episode_id, handoff.c.number, handoff.c.state).where(
        handoff.c.team_id == bindparam("team"), handoff.c.thread == bindparam("topic")
    )
)


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
            urgent=one.alarming,
            team_id=freest_team(unit),
            opened_at=now,
        )
    )


def keep_up(unit: Unit, one: Handoff) -> None:
    """Copy what the row repeats of the handoff."""
    KEEP_UP.do(unit, of=one.id, state=one.state, urgent=one.alarming)


def in_topic(unit: Unit, team_id: int, thread: int) -> Topic | None:
    """Find the handoff of a topic."""
    row = IN_TOPIC.one(unit, team=team_id, topic=thread)
    return Topic(*row) if row else None


def held(unit: Unit, team_id: int | None = None) -> list[Topic]:
    """Give the handoffs that somebody has, of one team or of all."""
    c = handoff.c
    of_team = (c.team_id == team_id,) if team_id is not None else ()
    theirs = select(c.id, c.episode_id, c.number, c.state).where(c.state.in_(HELD), *of_team)
    return [Topic(row.id, row.episode_id, row.number, row.state) for row in unit.execute(theirs.order_by(c.number)).all()]


def episode_of(unit: Unit, handoff_id: str) -> str | None:
    """Name the episode a handoff belongs to."""
    return unit.execute(select(handoff.c.episode_id).where(handoff.c.id == handoff_id)).scalar()


def team_of(unit: Unit, handoff_id: str) -> int | None:
    """Name the team that has a handoff."""
    team_id: int | None = TEAM_OF.value(unit, of=handoff_id)
    return team_id


def ready_teams(unit: Unit) -> tuple[int, ...]:
    """Name the teams that have acknowledged their test alert."""
    return tuple(unit.execute(select(team.c.id).where(team.c.acknowledged_at.is_not(None)).order_by(team.c.id)).scalars())


def freest_team(unit: Unit, besides: int | None = None) -> int | None:
    """Name the team that a new handoff goes to: of those that are ready, but this one, the one with the fewest open handoffs.

    What is open is what a team still has to read and write about, so this shares both the work and the group's messages.
    """
    still_open = (handoff.c.team_id == team.c.id) & (handoff.c.state.in_(OPEN))
    ready = select(team.c.id).outerjoin(handoff, still_open).where(team.c.acknowledged_at.is_not(None))
    if besides is not None:
        ready = ready.where(team.c.id != besides)
    return unit.execute(ready.group_by(team.c.id).order_by(func.count(handoff.c.number), team.c.id).limit(1)).scalar()


def lose_topics(unit: Unit, team_id: int) -> tuple[str, ...]:
    """Forget the topics of a team's group, which are not there any more; name its open handoffs, which need new ones."""
    theirs = handoff.c.team_id == team_id
    unit.execute(update(handoff).where(theirs).values(thread=None, brief=None))
    still_open = select(handoff.c.id).where(theirs, handoff.c.state.in_(OPEN)).order_by(handoff.c.number)
    return tuple(unit.execute(still_open).scalars())
