"""The line below which nobody is referred: what it asks for, and what no line can make good."""

import pytest

from rxbot.directory.standards import STANDARDS, Standing, may_be_warmly_referred, missing

ALL = frozenset(STANDARDS)


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        (Standing(), False),
        (Standing(frozenset({"contact"})), False),
        (Standing(frozenset({"contact", "insurance"})), True),
        (Standing(ALL, agreed=True), True),
        (Standing(ALL, agreed=False), False),
        (Standing(ALL, closed=True), False),
    ],
)
def test_a_line_is_met_in_full_or_not(standing: Standing, may: bool) -> None:
    assert may_be_warmly_referred(standing, ("contact", "insurance")) is may


def test_without_a_line_anybody_may_be_referred_but_not_to_whom_refuses() -> None:
    assert may_be_warmly_referred(Standing(), ())
    assert not may_be_warmly_referred(Standing(agreed=False), ())


def test_what_is_missing_is_named_in_the_order_of_the_line() -> None:
    assert missing(Standing(frozenset({"cost"})), ("privacy", "cost", "contact")) == ("privacy", "contact")
