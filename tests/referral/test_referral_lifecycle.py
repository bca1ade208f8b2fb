"""A referral's own table: nothing is passed on before the person agrees, and only Gravity's steps are taken."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from rxbot.referral.lifecycle import MOVES, OVER, REFERRAL, STATES, Outcome, moves_of, take
from rxbot.referral.model import Referral

DRAFT = Referral(1, "k1", "Choir", "connection", "Sam", datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


def test_nothing_is_passed_on_before_the_person_agrees() -> None:
    assert take(DRAFT, "requested") == (DRAFT, (Outcome.ASK_THE_PERSON,))
    agreed, outcomes = take(DRAFT, "agreed")
    assert (agreed.state, agreed.consent, outcomes) == ("draft", "yes", (Outcome.TELL_AGREED,))
    assert take(agreed, "requested")[0].state == "requested"
    assert take(take(agreed, "refused")[0], "requested")[0].state == "cancelled"


def test_no_way_leads_past_the_persons_consent() -> None:
    """Whatever is done with a draft, its name is never passed on without a yes."""
    reached, waiting = {DRAFT}, [DRAFT]
    while waiting:
        one = waiting.pop()
        for event in set(REFERRAL.events) - {"agreed"}:
            after = take(one, event)[0]
            if after not in reached:
                reached.add(after)
                waiting.append(after)
    assert {one.state for one in reached} == {"draft", "cancelled", "entered_in_error"}


@pytest.mark.parametrize("state", STATES)
def test_the_buttons_are_what_the_table_allows(state: str) -> None:
    here = replace(DRAFT, state=state, consent="yes")
    assert moves_of(here) == tuple(move for move in MOVES if take(here, move)[1])


@pytest.mark.parametrize(("state", "event"), list(product(OVER, ("requested", "accepted", "started", "paused", "cancelled"))))
def test_what_is_over_stays_over(state: str, event: str) -> None:
    here = replace(DRAFT, state=state, consent="yes")
    assert take(here, event) == (here, ())


def test_what_came_of_it_is_kept_beside_the_state() -> None:
    requested = replace(DRAFT, state="requested")
    told = take(take(requested, "attended")[0], "need_partly_met")[0]
    assert (told.state, told.attended, told.need_met) == ("requested", True, "part")
    assert take(told, "not_attended")[0].attended is False
    assert take(DRAFT, "attended") == (DRAFT, ())
