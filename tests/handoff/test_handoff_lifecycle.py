"""A handoff's own table: what follows from what happens, and that nothing follows where no row fits."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rxbot.handoff.lifecycle import HANDOFF, STATES, Outcome, take
from rxbot.handoff.model import Handoff

WAITING = Handoff("h", "asked_for", False, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("state", "event", "to", "outcomes"),
    [
        ("waiting", "claimed", "claimed", (Outcome.TELL_WHO_HAS_IT,)),
        ("waiting", "worker_said", "talking", (Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)),
        ("claimed", "worker_said", "talking", (Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)),
        ("talking", "worker_said", "talking", (Outcome.PASS_TO_PERSON,)),
        ("talking", "person_said", "talking", (Outcome.PASS_TO_WORKER,)),
        ("claimed", "alarmed", "claimed", (Outcome.RAISE_THE_ALARM,)),
        ("talking", "ended", "closed", (Outcome.SAY_GOODBYE,)),
    ],
)
def test_what_follows(state: str, event: str, to: str, outcomes: tuple[Outcome, ...]) -> None:
    moved, followed = take(replace(WAITING, state=state), event, 3)
    assert (moved.state, followed) == (to, outcomes)


def test_the_team_is_alerted_so_often_and_then_the_person_is_told() -> None:
    assert take(replace(WAITING, alerts=2), "left_waiting", 3)[1] == (Outcome.ALERT_AGAIN,)
    assert take(replace(WAITING, alerts=3), "left_waiting", 3)[1] == (Outcome.ALERT_AGAIN, Outcome.TELL_HONESTLY)
    assert take(replace(WAITING, alerts=4), "left_waiting", 3)[1] == (Outcome.ALERT_AGAIN,)


@pytest.mark.parametrize("state", STATES)
def test_what_has_no_row_changes_nothing(state: str) -> None:
    here = replace(WAITING, state=state)
    silent = [event for event, (states, _) in HANDOFF.silences.items() if state in states]
    assert [take(here, event, 3) for event in silent] == [(here, ())] * len(silent)


def test_what_is_closed_stays_closed() -> None:
    closed = replace(WAITING, state="closed")
    assert {take(closed, event, 3)[0].state for event in HANDOFF.events} == {"closed"}
