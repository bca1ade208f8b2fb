"""Which needs the answers show, and which of them help is wanted with: two facts."""

from datetime import UTC, datetime

import pytest

from rxbot.content.load import Release
from rxbot.dialog.model import Answer, Chosen
from rxbot.dialog.needs import flags_raised, help_wanted, needs_found, needs_of, needs_sought, told_by

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def answers(**chosen: tuple[str, ...]) -> dict[str, Answer]:
    return {name.replace("__", "."): Answer(Chosen(picked), AT, "", "en", "r", "", "tap") for name, picked in chosen.items()}


def test_a_need_may_be_there_without_help_being_wanted(release: Release) -> None:
    intake = release.content.dialogs["intake"]
    given = answers(matters=("money", "food"), money__need=("yes",), money__help=("later",), food__need=("no",))
    assert needs_found(intake, given) == ("money_benefits",)
    assert help_wanted(intake, given) == ()
    assert help_wanted(intake, {**given, **answers(money__help=("yes",))}) == ("money",)


def test_a_need_found_twice_is_named_once_in_the_order_asked(release: Release) -> None:
    intake = release.content.dialogs["intake"]
    given = answers(matters=("energy", "money"), money__need=("yes",), energy__need=("sometimes",))
    assert needs_found(intake, given) == ("money_benefits",)
    warmer = answers(energy__help=("yes",), energy__what=("warm",))
    assert needs_found(intake, {**given, **warmer}) == ("money_benefits", "housing")


@pytest.mark.parametrize(
    ("what", "needs"),
    [("bills", ("money_benefits",)), ("warm", ("money_benefits", "housing")), ("", ("money_benefits", "housing"))],
)
def test_services_are_looked_for_by_the_needs_that_were_shown(release: Release, what: str, needs: tuple[str, ...]) -> None:
    """Who cannot pay for gas is shown no help for people without a home."""
    picked, asked = answers(matters=("energy",)), answers(energy__need=("yes",), energy__help=("yes",), energy__what=(what,))
    assert needs_sought(release.content.dialogs["intake"], {**picked, **asked} if what else picked, "energy") == needs


@pytest.mark.parametrize(("what", "needs"), [("break", ("carers",)), ("children", ("carers", "family_parenting"))])
def test_who_cares_is_looked_up_as_a_parent_only_where_they_want_help_with_children(
    release: Release, what: str, needs: tuple[str, ...]
) -> None:
    caring = answers(matters=("caring",), caring__need=("yes",), caring__help=("yes",), caring__what=(what,))
    assert needs_sought(release.content.dialogs["intake"], caring, "caring") == needs


def test_what_would_help_most_may_tell_something_of_the_person(release: Release) -> None:
    intake = release.content.dialogs["intake"]
    asked = answers(matters=("housing",), housing__need=("yes",), housing__help=("yes",))
    assert told_by(intake, {**asked, **answers(housing__what=("tonight",))}) == ("homeless",)
    assert told_by(intake, {**asked, **answers(housing__what=("rent",))}) == ()


def test_what_is_off_the_route_wants_nothing_and_raises_no_flag(release: Release) -> None:
    intake = release.content.dialogs["intake"]
    safety = answers(matters=("safety",), safety__need=("no",), safety__help=("yes",))
    assert flags_raised(intake, safety) == ("danger",)
    assert help_wanted(intake, safety) == ("safety",)
    elsewhere = {**safety, **answers(matters=("money",))}
    assert flags_raised(intake, elsewhere) == ()
    assert help_wanted(intake, elsewhere) == ()


def test_feeling_unsafe_is_the_need_there(release: Release) -> None:
    """The one question where no, not yes, shows the need."""
    intake = release.content.dialogs["intake"]
    assert needs_found(intake, answers(matters=("safety",), safety__need=("no",))) == ("safety",)
    assert needs_found(intake, answers(matters=("safety",), safety__need=("yes",))) == ()
    assert needs_of(intake, "safety") == ("safety",)
