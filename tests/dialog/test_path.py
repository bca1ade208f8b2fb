"""The route through a dialog: which question is next, what a condition takes along, and what is set aside, not lost."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from rxbot.dialog.model import Answer, Chosen, Declined, Dialog, Option, Question
from rxbot.dialog.path import answered, applies, next_question, previous_question, route

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
YES_NO = (Option("yes", "yes"), Option("no", "no"))


def question(id: str, **when: tuple[str, ...]) -> Question:
    return Question(id, id, id, YES_NO, when=when)


def answer(*options: str) -> Answer:
    return Answer(Chosen(options), AT, "", "en", "r", "", "tap")


SKIPPED = Answer(Declined("skipped"), AT, "", "en", "r", "", "tap")
CHAIN = Dialog("d", (question("a"), question("b", a=("yes",)), question("c", b=("yes",)), question("last")))
YES, NO = answer("yes"), answer("no")


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [q.id for q in questions]


def test_the_next_question_is_the_first_that_applies_and_has_no_answer() -> None:
    asked = [next_question(CHAIN, answers) for answers in ({}, {"a": YES}, {"a": YES, "b": YES}, {"a": NO})]
    assert [q and q.id for q in asked] == ["a", "b", "c", "last"]
    assert next_question(CHAIN, {"a": NO, "last": NO}) is None


def test_a_question_whose_condition_fails_takes_those_that_hang_on_it_along() -> None:
    """Though b still has the answer that c waits for, c is not asked once b is off the route."""
    assert ids(route(CHAIN, {"a": NO, "b": YES, "c": YES})) == ["a", "last"]


def test_answers_off_the_route_are_set_aside_and_come_back_with_it() -> None:
    kept = {"a": NO, "b": YES, "c": NO}
    assert [q.id for q, _ in answered(CHAIN, kept)] == ["a"]
    assert [q.id for q, _ in answered(CHAIN, {**kept, "a": YES})] == ["a", "b", "c"]
    assert next_question(CHAIN, {**kept, "a": YES, "last": NO}) is None


def test_a_skipped_question_counts_as_answered_and_fulfils_no_condition() -> None:
    assert next_question(CHAIN, {"a": SKIPPED}) == CHAIN.question("last")
    assert not applies(CHAIN.questions[1], {"a": SKIPPED})


def test_every_condition_has_to_hold_and_any_of_its_options_will_do() -> None:
    both = question("both", a=("yes", "maybe"), b=("yes",))
    assert applies(both, {"a": answer("maybe", "no"), "b": YES})
    assert not applies(both, {"a": YES, "b": NO})
    assert not applies(both, {"a": YES})


def test_a_question_that_names_itself_stays_once_it_is_answered() -> None:
    dialog = Dialog("d", (question("a"), Question("b", "b", "b", YES_NO, when_any={"a": ("yes",), "b": ("yes", "no")})))
    assert ids(route(dialog, {"a": NO})) == ["a"]
    assert ids(route(dialog, {"a": NO, "b": NO})) == ["a", "b"]


def test_back_goes_along_the_route_only() -> None:
    answers = {"a": NO, "b": YES}
    assert previous_question(CHAIN, answers, "last") == CHAIN.question("a")
    assert previous_question(CHAIN, answers, "a") is None
    assert previous_question(CHAIN, answers, None) == CHAIN.question("last")
    assert previous_question(CHAIN, answers, "b") == CHAIN.question("last")  # b is off the route now: from its end


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "last", "gone"]), st.sampled_from([YES, NO, SKIPPED])))
def test_whatever_was_answered_the_next_question_is_open_and_on_the_route(answers: dict[str, Answer]) -> None:
    """An answer to a question the dialog no longer has disturbs nothing."""
    nearest = next_question(CHAIN, answers)
    assert nearest is None or (nearest.id not in answers and nearest in route(CHAIN, answers))
    assert ids(route(CHAIN, answers)) == [q.id for q in CHAIN.questions if q in route(CHAIN, answers)]
