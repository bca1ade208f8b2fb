"""A handoff's own table: what follows from what happens, and that nothing follows where no row fits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rxbot.handoff.lifecycle import HANDOFF, STATES, Outcome, take, until_next_alert
from rxbot.handoff.model import Handoff

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
WAITING = Handoff("h", "asked_for", False, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("state", "event", "to", "outcomes"),
    [
        ("waiting", "claimed", "claimed", (Outcome.TELL_WHO_HAS_IT,)),
        ("waiting", "worker_said", "talking", (Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)),
        ("claimed", "worker_said", "talking", (Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)),
        ("talking", "worker_said", "talking", (Outcome.PASS_TO_PERSON,)),
        ("talking", "person_said", "talking", (Outcome.PASS_TO_WORKER,)),
        ("waiting", "alarmed", "waiting", (Outcome.RAISE_THE_ALARM,)),
        ("claimed", "alarmed", "claimed", (Outcome.RAISE_IT_UNTIL_SEEN,)),
        ("snoozed", "alarmed", "claimed", (Outcome.RAISE_IT_UNTIL_SEEN,)),
        ("snoozed", "worker_said", "talking", (Outcome.TELL_THEY_ARE_HERE, Outcome.PASS_TO_PERSON)),
        ("waiting", "snoozed", "snoozed", (Outcome.TELL_WHO_HAS_IT, Outcome.TELL_SNOOZED)),
        ("talking", "snoozed", "snoozed", (Outcome.TELL_SNOOZED, Outcome.BRING_BOT_BACK)),
        ("snoozed", "woken", "claimed", (Outcome.TELL_AWAKE,)),
        ("talking", "gone_idle", "talking", (Outcome.ASK_IF_OVER,)),
        ("claimed", "promise_due", "claimed", (Outcome.REMIND_OF_PROMISE,)),
        ("talking", "handed_back", "claimed", (Outcome.BRING_BOT_BACK,)),
        ("talking", "ended", "closed", (Outcome.SAY_GOODBYE,)),
    ],
)
def test_what_follows(state: str, event: str, to: str, outcomes: tuple[Outcome, ...]) -> None:
    moved, followed = take(replace(WAITING, state=state), event, NOW, 3)
    assert (moved.state, followed) == (to, outcomes)


LEAD = Outcome.ALERT_LEAD


@pytest.mark.parametrize(
    ("handoff", "event", "alert", "after"),
    [
        (WAITING, "left_waiting", Outcome.ALERT_AGAIN, 6 * [(Outcome.REMIND_IN_TOPIC, LEAD)]),
        (replace(WAITING, state="claimed"), "left_unanswered", Outcome.ASK_FOR_ANSWER, 6 * [(Outcome.ASK_FOR_ANSWER, LEAD)]),
        (
            replace(WAITING, urgent=True),
            "left_waiting",
            Outcome.ALERT_AGAIN,
            [*(4 * [(Outcome.ALERT_AGAIN,)]), (Outcome.ALERT_AGAIN, LEAD), (Outcome.ALERT_AGAIN,)],
        ),
        (
            replace(WAITING, urgent=True, state="talking"),
            "left_unseen",
            Outcome.ALERT_UNSEEN,
            [*(4 * [(Outcome.ALERT_UNSEEN,)]), (Outcome.ALERT_UNSEEN, LEAD), (Outcome.ALERT_UNSEEN,)],
        ),
    ],
)
def test_the_team_is_alerted_then_the_lead_then_the_person_is_told_and_only_danger_sounds_on(
    handoff: Handoff, event: str, alert: Outcome, after: list[tuple[Outcome, ...]]
) -> None:
    ladder = [take(replace(handoff, alerts=alerts), event, NOW, 3)[1] for alerts in range(10)]
    assert ladder[:4] == [(alert,), (alert,), (alert, LEAD), (alert, Outcome.TELL_HONESTLY)]
    assert ladder[4:] == after


def test_reminders_come_less_and_less_often_when_all_were_told() -> None:
    day = timedelta(days=1)
    gaps = [until_next_alert(replace(WAITING, alerts=alerts), 3, day) for alerts in range(8)]
    assert [gap.days for gap in gaps] == [1, 1, 1, 1, 3, 7, 7, 7]
    assert until_next_alert(replace(WAITING, alerts=4), 3, 5 * day) == 5 * day


def test_a_talk_that_stays_silent_goes_back_to_the_bot() -> None:
    moved, followed = take(replace(WAITING, state="talking", asked_if_over=True), "gone_idle", NOW, 3)
    assert (moved.state, followed) == ("claimed", (Outcome.BRING_BOT_BACK,))


@pytest.mark.parametrize("event", ["claimed", "worker_said", "snoozed", "ended"])
def test_who_acts_on_a_handoff_that_waits_has_it(event: str) -> None:
    moved, _ = take(WAITING, event, NOW, 3, "Sam")
    assert (moved.claimed_by, moved.claimed_at) == ("Sam", NOW)
    assert take(moved, event, NOW + timedelta(hours=1), 3, "Sam")[0].claimed_at == NOW


def test_nobody_has_it_when_the_worker_has_left() -> None:
    moved, _ = take(replace(WAITING, state="claimed", claimed_by="Sam", claimed_at=NOW), "worker_left", NOW, 3)
    assert (moved.claimed_by, moved.claimed_at) == ("", None)


@pytest.mark.parametrize("event", ["seen", "snoozed", "handed_back", "kept_talking"])
def test_a_colleague_who_only_looks_after_it_does_not_take_it(event: str) -> None:
    assert take(replace(WAITING, state="talking", claimed_by="Sam"), event, NOW, 3, "Lena")[0].claimed_by == "Sam"


@pytest.mark.parametrize("state", STATES)
def test_what_has_no_row_changes_nothing(state: str) -> None:
    here = replace(WAITING, state=state)
    silent = [event for event, (states, _) in HANDOFF.silences.items() if state in states]
    assert [take(here, event, NOW, 3) for event in silent] == [(here, ())] * len(silent)


def test_what_is_closed_stays_closed() -> None:
    closed = replace(WAITING, state="closed")
    assert {take(closed, event, NOW, 3)[0].state for event in HANDOFF.events} == {"closed"}


def test_a_new_alarm_is_counted_anew_and_one_that_nobody_has_seen_goes_on() -> None:
    told_in_vain = replace(WAITING, alerts=5).raised("red_flag", NOW)
    assert (told_in_vain.alerts, told_in_vain.urgent, told_in_vain.unseen) == (0, True, True)
    assert replace(told_in_vain, alerts=2).raised("help_now", NOW).alerts == 2


def test_who_asks_again_and_again_does_not_put_off_that_the_lead_is_told() -> None:
    asked = replace(WAITING, alerts=5).asked(NOW)
    assert asked.alerts == 0
    assert replace(asked, alerts=2).asked(NOW).alerts == 2


def test_how_long_somebody_waits_is_counted_from_their_first_unanswered_words() -> None:
    asked = WAITING.asked(NOW)
    assert (WAITING.waits_since, asked.waits_since) == (WAITING.opened_at, NOW)
    assert (
        asked.asked(NOW + timedelta(days=1)).waits_since == asked.raised("red_flag", NOW + timedelta(days=2)).waits_since == NOW
    )


@pytest.mark.parametrize(
    ("event", "awaited"), [("worker_said", True), ("seen", False), ("handed_back", False), ("snoozed", True)]
)
def test_somebody_waits_until_a_worker_writes_or_says_that_they_have_seen_it(event: str, awaited: bool) -> None:
    """In a talk somebody always waits. An alarm is not seen by letting it rest."""
    answered = replace(WAITING, state="talking")
    begun = answered if event == "handed_back" else replace(WAITING, state="claimed").raised("red_flag", NOW)
    assert begun.awaited
    moved, _ = take(begun, event, NOW, 3, "Sam")
    assert moved.awaited == awaited


def test_nobody_waits_for_what_nobody_asked_for_or_what_is_closed() -> None:
    assert not WAITING.awaited
    assert not replace(WAITING.raised("red_flag", NOW), state="closed").awaited
