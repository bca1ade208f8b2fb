"""What says that it takes nobody new for now, and whom it takes all the same, in sentences as providers write them."""

from datetime import date

import pytest

from rxbot.directory.ease import ease
from rxbot.directory.model import Service
from rxbot.directory.rules.closed import Closed
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import read_rules
from rxbot.directory.search import Search


def closed(text: str) -> Closed | None:
    return read_rules(Service("s", "Service", description=text)).closed


@pytest.mark.parametrize(
    "text",
    [
        "We are not currently taking new patients.",
        "Not accepting new clients at this time.",
        "We cannot take on any more families.",
        "The waiting list is currently closed.",
        "CLOSED to new requests until April.",
        "Small gifts. Fund closed to applications.",
        "This program is temporarily suspended.",
        "Funds exhausted for this program year.",
        "Fully booked until March.",
    ],
)
def test_what_takes_nobody_new_says_so_in_many_ways(text: str) -> None:
    assert closed(text) == Closed()


@pytest.mark.parametrize(
    "text",
    [
        "We are taking new patients.",
        "Closed on Mondays.",
        "Closed for lunch from 12 to 1.",
        "The list for two-bedroom flats is closed.",
        "The list is closed for single people.",
        "When the list is closed we say so here.",
        "We do not accept walk-ins.",
        "We fund what is spent on fares.",
        "We help people who cannot get a new home.",
    ],
)
def test_what_is_closed_on_a_day_or_in_part_is_not_closed(text: str) -> None:
    assert closed(text) is None


def test_the_note_and_how_to_apply_say_it_too() -> None:
    assert read_rules(Service("s", "Homes", application_process="The list is closed.")).closed
    assert read_rules(Service("s", "Homes", alert="Closed to new members")).closed


def test_what_is_closed_comes_later_for_all_but_whom_it_takes() -> None:
    rules = read_rules(Service("s", "Dentist", description="We are not taking new adult patients unless you are pregnant."))
    assert rules.closed == Closed(("pregnant",))

    def worth(*told: str) -> float:
        eased = ease(Search(needs=(), known=known_of(told), now=date(2026, 6, 1)), rules)
        assert eased
        return eased.factors["notice"]

    assert worth() < worth("pregnant") == 1.0


def test_a_list_that_is_open_for_children_takes_them() -> None:
    found = closed("The list is closed. It is still open for children under 18.")
    assert found
    assert "child" in found.but_for
