"""After the review every line of it can still be changed, wherever the person is, and what hangs on it follows."""

from datetime import UTC, datetime

import pytest
from walking import MONDAY, Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.episode.effects import DropTimers, FindServices, RewriteBrief, SetTimer
from rxbot.episode.events import CheckInDue, WorkerSaid
from rxbot.episode.on_screen import worded
from rxbot.episode.screens import SHORT, change_buttons
from rxbot.message import Text


@pytest.fixture
def walk(release: Release) -> Walk:
    return Walk(release.content)


def reviewed(walk: Walk) -> Walk:
    return walk.consents().reviews("food").taps("right", "s:1:1", "chosen")


def due(walk: Walk) -> dict[str, datetime]:
    return {timer.kind: timer.at for timer in walk.did(SetTimer) if isinstance(timer, SetTimer)}


def test_every_line_is_offered_under_what_we_know(walk: Walk) -> None:
    reviewed(walk).taps("my_data", "change")
    assert walk.says()[0] == "review_line"
    numbers = [line.values["number"] for say in walk.all_said() for line in say.message.lines if line.id == "review_line"]
    assert {b.label.values.get("number", 1) for say in walk.all_said() for row in say.message.buttons for b in row} <= set(
        numbers
    )
    assert "not_asked" in [getattr(line.values.get("answer"), "id", "") for say in walk.all_said() for line in say.message.lines]
    lines = [tap for tap in walk.taps_shown() if tap.startswith("c:")]
    parts = [tap for tap in walk.taps_shown() if tap.startswith("change:")]
    assert parts == ["change:food"]
    for part in parts:
        opened = Walk(walk.content, walk.episode, walk.at).taps(part)
        assert opened.says() == ["change_which"]
        lines += [tap for tap in opened.taps_shown() if tap.startswith("c:")]
    assert lines[0] == "c:age"
    assert {"c:food.need", "c:food.help", "c:food.what"} <= set(lines)
    assert {"c:matters", "c:place", "c:contact.when", "c:contact.safe", "c:words"} <= set(lines)
    for line in lines:
        opened = Walk(walk.content, walk.episode, walk.at).taps(line)
        assert (opened.episode.state, opened.episode.asked) == ("changing", line[2:])
        left = opened.types("keep it") if line != "c:contact.safe" else opened.taps("back")
        assert ("left_as_it_is" in left.says(), left.episode.state) == (True, "following_up")
        assert left.episode.sheets == walk.episode.sheets


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("number 5", "food.help"),
        ("5", "food.help"),
        ("help with food", "food.help"),
        ("Food: what would help", "food.what"),
        ("1", "age"),
    ],
)
def test_a_line_that_stands_in_a_part_of_the_list_is_typed_as_any_other(walk: Walk, typed: str, asked: str) -> None:
    reviewed(walk).taps("my_data", "change")
    assert walk.types(typed).episode.asked == asked


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_line_is_typed_by_its_number_and_by_its_name(walk: Walk, language: str) -> None:
    walk.consents(language).reviews("food", "housing").taps("right", "s:1:1", "chosen", "my_data", "change")
    labels = walk.content.labels_for(language)[0]
    lines = change_buttons(walk.episode, walk.content)
    assert len(lines) > 10
    for number, (question, button) in enumerate(lines, 1):
        for words in (worded(button.label, labels), str(number), worded(Text(question.label), labels)):
            opened = Walk(walk.content, walk.episode, walk.at).types(words)
            assert (words, opened.episode.state, opened.episode.asked) == (words, "changing", question.id)


def test_a_list_to_change_fits_a_small_phone(walk: Walk) -> None:
    """Long labels have a row of their own, and what is about one part of life is one button."""
    walk.consents().reviews("housing", "activity_diet", "legal_benefits").taps("change")
    rows = walk.all_said()[-1].message.buttons
    assert len(rows) <= 10
    labels = walk.content.labels_for("en")[0]
    assert all(len(row) == 1 or all(len(worded(one.label, labels)) <= SHORT for one in row) for row in rows[:-1])
    walk.taps("change:activity_diet")
    assert [row[0].tap for row in walk.all_said()[-1].message.buttons[:-1]] == [
        "c:activity_diet.need", "c:activity_diet.help", "c:activity_diet.what"
    ]  # fmt: skip


def test_another_good_time_moves_the_check_ins_still_to_come(walk: Walk) -> None:
    check_in(reviewed(walk)).taps("a:check_in.how:went", "a:check_in.helped:yes")
    walk.taps("change", "c:contact.when", "a:contact.when:evening")
    assert walk.says() == ["changed", "asking_again_on"]
    timers = due(walk)
    assert set(timers) == {f"check_in-{days}" for days in (7, 28, 56, 84)}
    assert timers["check_in-7"] == datetime(2026, 3, 9, 18, 30, tzinfo=UTC)
    assert any(isinstance(effect, RewriteBrief) for effect in walk.effects)
    assert walk.says("topic") == ["answer_changed_in_topic"]


def test_somebody_for_whom_it_is_not_safe_any_more_is_not_written_to(walk: Walk) -> None:
    reviewed(walk).taps("my_data", "change", "c:contact.safe", "a:contact.safe:no")
    assert walk.says() == ["changed", "nudge_later_said"]
    assert not walk.episode.safe_to_write_to
    assert not walk.later(days=3).meets(CheckInDue(walk.at, 3)).says()
    walk.taps("my_data", "change")
    assert "c:contact.safe" in walk.taps_shown()
    assert walk.taps("c:contact.safe", "a:contact.safe:yes").episode.safe_to_write_to


def test_a_changed_place_offers_to_look_again(walk: Walk) -> None:
    reviewed(walk).taps("change", "c:place").types("Northfields")
    assert walk.says() == ["place_noted", "changed", "asking_again_on", "look_again_ask"]
    assert walk.types("yes").did(FindServices)
    assert walk.episode.state == "choosing_services"


def test_not_looking_again_does_not_bury_the_offer_of_a_plan(walk: Walk) -> None:
    reviewed(walk).taps("change", "c:place").types("Northfields").taps("not_now")
    assert walk.says() == ["nudge_later_said", "plan_offer"]
    assert walk.taps("later").says() == ["plan_later_said"]
    walk.taps("change", "c:place").types("near the clinic").taps("not_now")
    assert walk.says() == ["nudge_later_said"]


def test_a_changed_answer_that_means_danger_raises_the_alarm(walk: Walk) -> None:
    walk.consents().reviews("safety", need="yes").taps("right", "chosen", "change", "c:safety.need", "a:safety.need:no")
    assert walk.says()[0] == "taken_seriously"
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.urgent
    assert walk.episode.asked == "safety.help"
    walk.taps("a:safety.help:later", "a:contact.safe:no")
    assert walk.episode.state == "following_up"


@pytest.mark.parametrize("where", ["choosing_services", "planning", "to agree", "checking_in", "closing"])
@pytest.mark.parametrize("how", ["a:contact.when:evening", "k:contact.when", "back"])
def test_what_was_going_on_goes_on(walk: Walk, where: str, how: str) -> None:
    match where:
        case "choosing_services":
            walk.consents().reviews("food").taps("right")
        case "planning":
            planning(walk).taps("a:plan.goal:food")
        case "to agree":
            agree(planning(walk))
        case "checking_in":
            check_in(reviewed(walk)).taps("a:check_in.how:part")
        case "closing":
            reviewed(walk).taps("finish", "finish_yes")
    before = walk.episode
    walk.taps("my_data", "change", "c:contact.when", how)
    after = walk.episode
    assert (after.state, after.sheet, after.asked, after.checks) == (before.state, before.sheet, before.asked, before.checks)
    assert after.answers == before.answers or where == "choosing_services"  # the questions of the review are open then
    assert walk.says()[-1 if where != "to agree" else 1] in (
        "services_foot", "plan/plan.importance", "scale_ends", "plan_agree_ask", "or_type", "closing/closing.satisfied"
    )  # fmt: skip
    assert not [kind for kind in due(walk) if kind.startswith("check_in-")] or where != "closing"


def test_an_old_button_of_the_questions_opens_its_line(walk: Walk) -> None:
    check_in(reviewed(walk))
    walk.taps("a:food.need:no")
    assert (walk.episode.state, walk.episode.asked) == ("changing", "food.need")
    assert walk.episode.answers["food.need"].chosen == ("yes",)
    assert walk.taps("k:food.need").episode.asked == "check_in.how"
    assert walk.taps("a:food.need:yes").notices() == ["noted_already"]


def test_a_check_in_that_comes_meanwhile_takes_in_what_was_said_at_the_last(walk: Walk) -> None:
    check_in(agree(planning(walk)).taps("agree", "enough")).taps("a:check_in.how:could_not").types("My bus was late")
    walk.taps("my_data", "change", "c:contact.when")
    check_in(walk, 7)
    assert (walk.episode.state, walk.episode.sheet) == ("checking_in", "check_in-7-g1")
    assert walk.episode.plan is not None
    assert walk.episode.plan.goals[0].action.barrier is not None


def test_whoever_turns_out_to_be_too_young_is_asked_nothing_more(walk: Walk) -> None:
    reviewed(walk).taps("change", "c:age", "a:age:child")
    assert (walk.episode.state, walk.episode.closed) == ("closed", "too_young")
    assert DropTimers("check_in-7") in walk.effects


def test_while_a_worker_talks_the_line_waits(walk: Walk) -> None:
    reviewed(walk).taps("my_data").meets(WorkerSaid(MONDAY, "Sam", words="Hello")).taps("change")
    assert walk.notices() == ["somebody_is_here"]


def test_stopped_in_the_middle_they_come_back_to_follow_up(walk: Walk) -> None:
    reviewed(walk).taps("change", "c:age", "stop").opens()
    assert walk.episode.state == "following_up"
    agree(planning(Walk(walk.content))).taps("agree", "stop").opens()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "I want to change an answer"), ("es", "quiero cambiar una respuesta"), ("ar", "أريد أن أغير إجابتي")],
)
def test_who_types_that_they_want_to_change_an_answer_sees_the_list(release: Release, language: str, words: str) -> None:
    walk = Walk(release.content).consents(language).reviews("food")
    assert "change_which" in walk.types(words).says()
    assert "change_which" in walk.taps("right", "chosen").types(words).says()


def test_which_answer_is_changed_and_to_what_is_said(release: Release) -> None:
    walk = Walk(release.content).consents().taps("t:matters:food:1", "d:matters", "a:food.need:no", "a:food.need:yes")
    (changed,) = [line for say in walk.all_said() for line in say.message.lines if line.id == "changed"]
    assert release.words.label(changed, "en") == "I have changed your answer. Food: Yes"
