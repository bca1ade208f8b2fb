"""A message back to the clinic: what is asked comes first, and what is always told cannot be left out or held back."""

import pytest

from rxbot.message import verbatim
from rxbot.report.message import ORDER, ClinicMessage, Part

SAID = (verbatim("words"),)


def parts(*ids: str) -> tuple[Part, ...]:
    return tuple(Part(one, SAID) for one in ids)  # type: ignore[arg-type]


def test_requested_actions_are_the_first_part_and_risks_the_last() -> None:
    assert (ORDER[0], ORDER[-1]) == ("actions", "risks")
    assert ClinicMessage("closing", parts(*ORDER))
    assert ClinicMessage("plan", parts("actions", "plan", "risks"), held_back=("summary", "scores"))


@pytest.mark.parametrize(
    ("told", "held_back"),
    [
        (parts("summary", "actions", "risks"), ()),
        (parts("actions", "worked", "plan", "risks"), ()),
        (parts("actions", "plan", "plan", "risks"), ()),
        (parts("summary", "risks"), ()),
        (parts("actions", "summary"), ()),
        ((Part("actions", ()), *parts("risks")), ()),
        (parts("summary", "risks"), ("actions",)),
        (parts("actions", "summary"), ("risks",)),
        (parts("actions", "scores", "risks"), ("scores",)),
    ],
    ids=["order", "order later", "twice", "no actions", "no risks", "silent", "actions held", "risks held", "told and held"],
)
def test_a_message_that_could_be_misread_is_refused(told: tuple[Part, ...], held_back: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="may not tell"):
        ClinicMessage("closing", told, held_back=held_back)  # type: ignore[arg-type]
