"""Every pair of state and event is a row of its lifecycle or a silence with a reason, never both; every row can be reached."""

from itertools import product

import pytest

from rxbot.episode.lifecycle import EPISODE
from rxbot.episode.reading_taps import WAYS_OUT
from rxbot.episode.reading_words import ESCAPES
from rxbot.episode.survey import SURVEY
from rxbot.episode.turn import EVEN_WHILE_A_WORKER_TALKS
from rxbot.handoff.lifecycle import HANDOFF
from rxbot.lifecycle import Lifecycle, Row
from rxbot.referral.lifecycle import REFERRAL

both = pytest.mark.parametrize("lifecycle", [EPISODE, SURVEY, HANDOFF, REFERRAL], ids=lambda one: one.name)


@both
def test_every_pair_is_a_row_or_a_silence(lifecycle: Lifecycle) -> None:
    pairs = set(product(lifecycle.states, lifecycle.events))
    assert pairs - rows_of(lifecycle).keys() - silences_of(lifecycle) == set()


@both
def test_no_pair_is_both(lifecycle: Lifecycle) -> None:
    assert rows_of(lifecycle).keys() & silences_of(lifecycle) == set()


@both
def test_silences_and_rows_name_states_and_events_there_are_and_a_reason(lifecycle: Lifecycle) -> None:
    known = set(product(lifecycle.states, lifecycle.events))
    assert silences_of(lifecycle) <= known
    assert rows_of(lifecycle).keys() <= known
    assert {line.to for line in lifecycle.rows} <= {*lifecycle.states, "="}
    assert all(len(reason.split()) > 3 for _, reason in lifecycle.silences.values())


@both
def test_no_row_stands_behind_one_that_always_fits(lifecycle: Lifecycle) -> None:
    hidden = [(pair, line.to) for pair, lines in rows_of(lifecycle).items() for line in lines[:-1] if not line.when]
    assert hidden == []


@both
def test_the_last_row_of_a_group_always_fits(lifecycle: Lifecycle) -> None:
    """Otherwise a person could say something the table knows, and still meet no row."""
    assert [pair for pair, lines in rows_of(lifecycle).items() if lines[-1].when] == []


@both
def test_every_state_can_be_reached(lifecycle: Lifecycle) -> None:
    reached = {line.to for line in lifecycle.rows} | {lifecycle.states[0]}
    assert set(lifecycle.states) <= reached


def test_every_event_that_reading_names_is_in_the_table() -> None:
    assert {*WAYS_OUT.values(), *ESCAPES.values(), *EVEN_WHILE_A_WORKER_TALKS} <= set(EPISODE.events)


def rows_of(lifecycle: Lifecycle) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for line in lifecycle.rows:
        for state in line.states:
            found.setdefault((state, line.on), []).append(line)
    return found


def silences_of(lifecycle: Lifecycle) -> set[tuple[str, str]]:
    return {(state, event) for event, (states, _) in lifecycle.silences.items() for state in states}
