"""When Telegram last heard of us. It throws taps away that wait longer than 150 seconds, so a long gap has to be made good."""

from datetime import datetime, timedelta

from sqlalchemy import exists, literal, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same

from rxbot.store.tables import episode, heartbeat, timer
from rxbot.store.unit import Unit

OUTAGE = "outage"  # the kind of timer by which somebody is asked once more
FRESH = timedelta(days=1)  # whoever left a question open for longer than that is reminded in other ways


def last_beat(unit: Unit, bot: str) -> datetime | None:
    """Give when we were last in touch with Telegram."""
    return unit.execute(select(heartbeat.c.at).where(heartbeat.c.bot == bot)).scalar()


def beat(unit: Unit, bot: str, now: datetime) -> None:
    """Note that we are in touch with Telegram now."""
    unit.execute(insert(heartbeat).values(bot=bot, at=now).on_conflict_do_update(index_elements=["bot"], set_={"at": now}))


def ask_once_more(unit: Unit, states: tuple[str, ...], since: datetime, now: datetime) -> int:
    """Set a timer for everybody with whom something was going on when the gap began; give how many there are."""
    c = episode.c
    later = episode.alias()
    newer = exists().where(later.c.person_id == c.person_id, later.c.opened_at > c.opened_at)
    concerned = select(c.person_id, c.id, literal(OUTAGE), literal(0), literal(now, timer.c.due_at.type)).where(
        c.state.in_(states), c.touched_at >= since - FRESH, ~newer
    )
    columns = ["person_id", "episode_id", "kind", "days", "due_at"]
    return unit.execute(insert(timer).from_select(columns, concerned).on_conflict_do_nothing()).rowcount
