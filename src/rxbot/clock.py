"""Due time. A due timer becomes an event through the same door as everything else, and is re-asked then, not when it was set."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rxbot.carry_out import happen
from rxbot.episode.content import Content
from rxbot.episode.events import CheckInDue, Event, HandoffLeftWaiting
from rxbot.store import timers
from rxbot.store.episodes import load
from rxbot.store.timers import Due
from rxbot.store.unit import Unit

Now = Callable[[], datetime]
BATCH = 20


def real_now() -> datetime:
    """Give the time, aware and in UTC."""
    return datetime.now(UTC)


def movable_now(offset_file: Path) -> Now:
    """Give a clock for demos and tests: the real time moved by the seconds written in a file."""

    def now() -> datetime:
        try:
            seconds = float(offset_file.read_text())
        except (FileNotFoundError, ValueError):
            seconds = 0.0
        return real_now() + timedelta(seconds=seconds)

    return now


def let_due_happen(unit: Unit, content: Content, now: datetime) -> int:
    """Answer the timers that are due; give how many there were."""
    due = timers.take_due(unit, now, BATCH)
    for one in due:
        held = load(unit, one.episode_id)
        event = _event(one, now)
        if held and event:
            happen(unit, content, held, event)
    return len(due)


def _event(due: Due, now: datetime) -> Event | None:
    if due.kind.startswith("check_in-"):
        return CheckInDue(now, due.days)
    return HandoffLeftWaiting(now) if due.kind == "handoff" else None
