"""Due time. A due timer becomes an event through the same door as everything else, and is re-asked then, not when it was set."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from rxbot.carry_out import happen
from rxbot.episode.check_ins import services_of
from rxbot.episode.content import Content
from rxbot.episode.events import (
    AlarmLeftUnseen,
    CheckInDue,
    ClinicDue,
    CloseDue,
    Event,
    HandoffLeftWaiting,
    NudgeDue,
    OutageOver,
    PromiseDue,
    ReferralLeftOpen,
    SnoozeOver,
    TalkGoneIdle,
    WordsLeftUnanswered,
)
from rxbot.errors import StoreAway, StoreBusy, StoreMoved
from rxbot.store import timers
from rxbot.store.directory_reports import suspended_among
from rxbot.store.directory_rows import no_longer_offered
from rxbot.store.episodes import Held, load
from rxbot.store.service_checks import full_among
from rxbot.store.timers import Due
from rxbot.store.unit import Unit

log = structlog.get_logger()
Now = Callable[[], datetime]
BATCH = 20
EVENTS: Mapping[str, Callable[[datetime], Event]] = {
    "handoff": HandoffLeftWaiting,
    "alarm": AlarmLeftUnseen,
    "answer": WordsLeftUnanswered,
    "promise": PromiseDue,
    "idle": TalkGoneIdle,
    "snooze": SnoozeOver,
    "clinic": ClinicDue,
    "close": CloseDue,
    "outage": OutageOver,
}
AGAIN = timedelta(minutes=10)  # when a timer failed


def real_now() -> datetime:
    """Give the time, aware and in UTC."""
    return datetime.now(UTC)


def movable_now(offset_file: Path) -> Now:
    """Give a clock for demos and tests: the real time moved by the seconds written in a file.

    While the file is being written it may be empty for a moment: then the last number read still holds.
    """
    last, written = 0.0, (0, 0)

    def now() -> datetime:
        nonlocal last, written
        with suppress(FileNotFoundError, ValueError):
            found = offset_file.stat()
            if written != (found.st_ino, found.st_mtime_ns):
                last, written = float(offset_file.read_text()), (found.st_ino, found.st_mtime_ns)
        return real_now() + timedelta(seconds=last)

    return now


def move(offset_file: Path, seconds: float) -> None:
    """Move such a clock on. The new number takes the old one's place at once, so that no reader finds half of it."""
    before = float(offset_file.read_text()) if offset_file.exists() else 0.0
    written = offset_file.with_suffix(".new")
    written.write_text(str(before + seconds))
    written.replace(offset_file)


def let_due_happen(unit: Unit, content: Content, now: datetime) -> int:
    """Answer the timers that are due; give how many were. One that fails is tried again later, the others go on.

    One that is about somebody whose turn another process takes just now stays due.
    """
    answered = 0
    for one in timers.due(unit, now, BATCH):
        try:
            with unit.savepoint():
                _answer(unit, content, one, now)
        except StoreBusy:
            continue
        except (StoreAway, StoreMoved):  # not this timer's fault
            raise
        except Exception as error:  # whatever it is, other people's timers must go on
            log.error("timer_failed", episode=one.episode_id, kind=one.kind, error=type(error).__name__)
            timers.set_timer(unit, one.person_id, one.episode_id, one.kind, one.days, now + AGAIN)
        answered += 1
    return answered


def _answer(unit: Unit, content: Content, due: Due, now: datetime) -> None:
    held, event = load(unit, due.episode_id), _event(due, now)
    if timers.take(unit, due) and held and event:
        happen(unit, content, held, _as_known_now(unit, content, held, event))


def _as_known_now(unit: Unit, content: Content, held: Held, event: Event) -> Event:
    """A check-in asks how it went with services: it has to know what has become of them."""
    if not isinstance(event, CheckInDue):
        return event
    services = services_of(held.episode)
    return replace(
        event,
        suspended=suspended_among(unit, services),
        gone=no_longer_offered(unit, services),
        full=full_among(unit, services, content.scheme.day(event.at)),
    )


def _event(due: Due, now: datetime) -> Event | None:
    if due.kind.startswith("check_in-"):
        return CheckInDue(now, due.days)
    if due.kind.startswith("referral-"):
        return ReferralLeftOpen(now, int(due.kind.removeprefix("referral-")))
    if due.kind == "nudge":
        return NudgeDue(now, due.days)
    event = EVENTS.get(due.kind)
    return event(now) if event else None
