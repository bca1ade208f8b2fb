"""What a check-in makes of the plan, with one goal or several, and what becomes of a step that is suggested or interrupted."""

from dataclasses import replace
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from walking import Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.dialog.model import Dialog
from rxbot.episode import phrases, plan_pages
from rxbot.episode.effects import FindServices, Give, Record, SetTimer, ShowChosen, TellClinic
from rxbot.episode.events import CheckInDue, Claimed, ClinicAsked, ReferralOpened, Signposted, StepProposed, Tapped, WorkerSaid
from rxbot.episode.measures import bar, occasions, score_lines
from rxbot.episode.taps import PROPOSAL_YES, carried
from rxbot.message import verbatim
from rxbot.paper import Page
from rxbot.plan.model import Goal


@pytest.fixture
def walk(release: Release) -> Walk:
    return Walk(release.content)


@pytest.fixture
def one_goal(walk: Walk) -> Walk:
    """A plan with a goal about the first service."""
    return agree(planning(walk)).taps("agree", "enough")


@pytest.fixture
def two_goals(walk: Walk) -> Walk:
    """A plan with two goals; the second has nothing to do with a service."""
    agree(planning(walk)).taps("agree", "one_more")
    return agree(walk, step="ring").taps("agree", "enough")


def goals(walk: Walk) -> list[Goal]:
    assert walk.episode.plan
    return list(walk.episode.plan.goals)


def states(walk: Walk) -> list[tuple[str, str]]:
    return [(goal.status, goal.action.status) for goal in goals(walk)]


def facts(walk: Walk, fact: str) -> list[Record]:
    return [one for one in walk.did(Record) if isinstance(one, Record) and one.fact == fact]


# Different wishes at one check-in


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [("es", "mejor el sabado", 7), ("en", "on Saturday morning", 7), ("ar", "الأفضل السبت", 7), ("es", "por la mañana", 5)],
)
def test_a_day_named_at_the_next_question_is_the_day_of_the_step(walk: Walk, language: str, words: str, day: int) -> None:
    walk.consents(language).reviews("food").taps("right", "chosen", "begin")
    walk.taps("a:plan.goal:food", "a:plan.importance:9", "a:plan.step:ring", "a:plan.day:soon").types(words)
    if day == 7:
        assert walk.says()[:2] == ["day_noted", "plan/plan.cue"]
        assert walk.types("con el cafe").episode.asked == "plan.obstacle"
    assert plan_pages.goal_of(walk.episode, walk.content, walk.episode.sheet).action.day == date(2026, 3, day)


def test_who_has_no_plan_reads_how_one_comes_about(walk: Walk) -> None:
    """Under More it stands only when there can be one; whoever types it before reads when that is."""
    walk.consents().taps("more")
    assert not [tap for tap in walk.taps_shown() if tap.endswith("plan")]
    assert walk.types("my plan").says() == ["plan_none_first"]
    walk.reviews("food").taps("right", "chosen", "more")
    assert [tap for tap in walk.taps_shown() if tap.endswith("plan")]
    assert walk.taps("plan").says() == ["plan_none_make"]
    assert [tap for tap in walk.taps_shown() if tap.endswith("begin")]
    walk.taps("begin")
    assert walk.taps("plan").says() == ["plan_being_made"]


def test_a_smaller_step_and_a_person_are_both_had(two_goals: Walk) -> None:
    check_in(two_goals).taps("a:check_in.how:could_not", "a:check_in.barrier:nerves", "a:check_in.next:smaller")
    two_goals.taps("a:check_in.how:help")
    assert two_goals.episode.in_touch
    assert (two_goals.episode.state, two_goals.episode.asked) == ("planning", "plan.step")
    assert two_goals.episode.sheet.startswith("plan-1-")


def test_another_service_and_a_person_are_both_had(two_goals: Walk) -> None:
    check_in(two_goals).taps("a:check_in.how:could_not", "a:check_in.barrier:full", "a:check_in.next:other")
    two_goals.taps("a:check_in.how:help")
    assert two_goals.episode.state == "choosing_services"
    assert two_goals.did(FindServices)


def test_after_a_smaller_step_the_other_service_is_looked_for(two_goals: Walk) -> None:
    check_in(two_goals).taps("a:check_in.how:could_not", "a:check_in.barrier:nerves", "a:check_in.next:smaller")
    two_goals.taps("a:check_in.how:could_not", "a:check_in.barrier:full", "a:check_in.next:other")
    assert two_goals.episode.state == "planning"
    two_goals.types("I write it down").taps("n:plan.day:skipped", "n:plan.cue:skipped", "a:plan.obstacle:nothing")
    two_goals.taps("a:plan.confidence:9", "agree")
    assert two_goals.episode.state == "choosing_services"
    assert two_goals.did(FindServices)
    assert two_goals.episode.look_again == ()


def test_what_is_not_for_them_may_be_put_in_place_by_another(one_goal: Walk) -> None:
    check_in(one_goal).taps("a:check_in.how:not_for_me")
    assert one_goal.episode.asked == "check_in.instead"
    one_goal.taps("a:check_in.instead:other")
    assert states(one_goal) == [("dropped", "cancelled")]
    assert not one_goal.episode.offers[0].wanted
    assert one_goal.did(FindServices)


def test_for_a_hope_in_own_words_another_service_is_looked_for_in_the_part_of_life_its_step_was_for(walk: Walk) -> None:
    walk.consents().reviews("food", "money").taps("right", "s:1:1", "chosen", "begin").types("I want to sleep well again")
    walk.taps("a:plan.importance:9", "a:plan.step:s1", "a:plan.day:tomorrow", "a:plan.cue:breakfast", "a:plan.obstacle:nerves")
    walk.taps("a:plan.way_round:together", "a:plan.confidence:8", "agree", "enough")
    check_in(walk).taps("a:check_in.how:not_for_me", "a:check_in.instead:other")
    (asked,) = walk.did(FindServices)
    assert isinstance(asked, FindServices)
    assert [domain for domain, _ in asked.searches] == [walk.episode.offers[0].domain] == ["money"]


def test_what_is_not_for_them_may_be_left(one_goal: Walk) -> None:
    check_in(one_goal).taps("a:check_in.how:not_for_me", "a:check_in.instead:enough")
    assert states(one_goal) == [("dropped", "cancelled")]
    assert one_goal.episode.state == "following_up"


def test_help_asked_for_with_the_last_answer_of_the_last_day_is_asked_for(walk: Walk) -> None:
    """With no measure to fill in, the step's own question is the last one."""
    walk.content = replace(walk.content, scheme=replace(walk.content.scheme, measure_days=()))
    agree(planning(walk)).taps("agree", "enough")
    check_in(walk, 84).taps("a:check_in.how:help")
    assert walk.episode.in_touch
    assert walk.episode.state == "closing"


def test_a_step_whose_day_has_not_come_stays_as_it_is_and_hello_is_said_once(two_goals: Walk) -> None:
    assert "check_in/check_in.how:say" in check_in(two_goals).says()[0]
    two_goals.taps("a:check_in.how:not_yet")
    assert two_goals.says()[0] == "check_in/check_in.how.not_yet:reply"
    assert not any(":say" in line for line in two_goals.says())
    assert states(two_goals) == [("active", "planned"), ("active", "planned")]


def test_a_step_is_asked_about_when_its_day_has_come_and_on_the_last_day_at_any_rate(walk: Walk) -> None:
    planning(walk).taps("a:plan.goal:food", "a:plan.importance:9", "a:plan.step:s1").types("1 March")
    assert walk.says() == ["not_an_answer", "plan/plan.day", "or_type_day"], "a year off is no day for a first step"
    walk.types("on Monday").taps("n:plan.cue:skipped", "n:plan.obstacle:skipped", "a:plan.confidence:9", "agree", "enough")
    assert goals(walk)[0].action.day == date(2026, 3, 9)
    walk.meets(Signposted(walk.at, "Sam", "Service 1", "k1"))
    assert check_in(walk).episode.checks == ("check_in-3-0",), "nor is the place of the step asked about as a signpost"
    walk.taps("a:check_in.general:same").later(days=4).meets(CheckInDue(walk.at, 7))
    assert walk.episode.checks == ("check_in-7-g1",)
    plan, far = walk.episode.plan, replace(goals(walk)[0].action, day=date(2026, 7, 1))
    assert plan
    walk.episode = replace(walk.episode, plans=(replace(plan, goals=(replace(plan.goals[0], action=far),)),))
    assert "check_in-28-g1" not in walk.meets(CheckInDue(walk.at, 28)).episode.checks
    assert "check_in-84-g1" in walk.meets(CheckInDue(walk.at, 84)).episode.checks


@pytest.mark.parametrize("words", ["it happened", "I did it"])
def test_what_a_worker_does_is_asked_about_as_theirs_and_the_usual_words_are_understood(walk: Walk, words: str) -> None:
    check_in(agree(planning(walk), step="worker").taps("agree", "enough"))
    (asked,) = walk.all_said()
    labels = [button.label.id for row in asked.message.buttons for button in row]
    assert labels[0] == "check_in/check_in.how.went:by_worker"
    assert "check_in/check_in.how.could_not" not in labels
    assert walk.types(words).episode.asked == "check_in.helped"


# What was answered once


@pytest.mark.parametrize("skipped", ["intake", "measure-28"])
def test_a_score_that_was_given_once_is_shown_as_asked_once(walk: Walk, skipped: str) -> None:
    walk.opens().taps("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own")

    def measure(sheet: str) -> None:
        for item in ("satisfaction", "worthwhile", "happy", "anxious"):
            walk.taps(f"n:ons4.{item}:skipped" if item == "happy" and sheet == skipped else f"a:ons4.{item}:7")

    measure("intake")
    check_in(walk.reviews("food").taps("right", "chosen"), 28).taps("a:check_in.general:same")
    measure("measure-28")
    assert phrases.CHANGE_ONCE(bar=bar(7), n=7) in [line for say in walk.all_said() for line in say.message.lines]
    assert walk.says().count("change_first") == walk.says().count("change_now") == 3
    told = [one for one in walk.says("topic") if one.startswith("score")]
    assert told == [line.id for line in score_lines(walk.episode, walk.content)]
    assert sorted(told) == ["score_first_line", "score_line", "score_line", "score_line", "score_range"]


# A worker's words for somebody who reads another language


def test_a_workers_words_to_be_agreed_to_are_marked_and_the_worker_is_told_the_language(walk: Walk) -> None:
    agree(walk.consents(language="es").reviews("food").taps("right", "s:1:1", "chosen", "begin")).taps("agree", "enough")
    for asked, mark in (
        (StepProposed(walk.at, "Sam", 1, "Ring them"), "written_in"),
        (ClinicAsked(walk.at, "Sam", "soon", "Her sleep"), "written_words_in"),
    ):
        walk.meets(asked)
        assert f"id='{mark}'" in str(walk.all_said()[0].message.lines)
        assert walk.says("topic").count("reads_another") == (mark == "written_in"), "once a day"
    assert walk.taps("q:1:yes").did(TellClinic)
    assert "written_in" not in str(walk.did(TellClinic))
    walk.later(days=1)
    assert "reads_another" not in walk.meets(ReferralOpened(walk.at, "Sam", "Choir")).says("topic"), "no words of the worker"
    assert "reads_another" in walk.meets(StepProposed(walk.at, "Sam", 1, "Ring them again")).says("topic")


def test_the_day_in_a_workers_words_is_shown_to_both_and_waited_for(one_goal: Walk) -> None:
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "Sam rings, and goes along on Tuesday, 10-11"))
    assert "plan_show_day" in one_goal.says()
    assert one_goal.says("topic") == ["step_asked_on"]
    one_goal.taps("propose_yes")
    assert goals(one_goal)[0].action.day == date(2026, 3, 3)
    assert {"plan_show_day"} <= set(one_goal.says())
    assert one_goal.episode.plan
    calendar = plan_pages.calendar_of(one_goal.episode.plan, one_goal.episode, one_goal.content)
    assert [(one.day, one.cancelled) for one in calendar.entries if "-step-" in one.id] == [(date(2026, 3, 3), False)]
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "Sam rings on Monday or goes along on Thursday"))
    assert one_goal.says("topic") == ["step_asked"], "two days are none"


def test_who_reads_another_language_is_told_everywhere_in_which_one_a_workers_step_is(walk: Walk) -> None:
    agree(walk.consents(language="es").reviews("food").taps("right", "s:1:1", "chosen", "begin")).taps("agree", "enough")
    walk.meets(StepProposed(walk.at, "Sam", 1, "Ring them")).later(minutes=1).taps("propose_yes")
    assert str(walk.all_said()).count("id='workers_step_in'") == 2, "the plan, and what the clinic reads"
    page = next(one.paper for one in walk.did(Give) if isinstance(one, Give))
    assert "workers_step_in" in str(page)
    assert "workers_step_in" not in str(walk.all_said("topic"))
    assert "workers_step_in" in str(check_in(walk).all_said())


def test_what_a_worker_did_not_do_is_no_obstacle_of_the_person_and_the_worker_is_told(walk: Walk) -> None:
    check_in(agree(planning(walk), step="worker").taps("agree", "enough"))
    walk.taps("a:check_in.how:could_not")
    assert walk.says()[0] == "check_in/check_in.how.could_not:reply_by_worker"
    assert walk.episode.asked == "check_in.next"
    assert "workers_step_left" in walk.says("topic")
    assert walk.episode.handoff
    assert walk.episode.handoff.unanswered


def test_who_reads_the_workers_language_is_told_of_none(one_goal: Walk) -> None:
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "Ring them"))
    assert one_goal.says() == ["plan_proposed", "plan_proposed_instead"], "no written_in"
    assert "reads_another" not in one_goal.says("topic")


# A question that was skipped


@pytest.mark.parametrize("how", ["skipped", "unsure"])
def test_a_question_that_was_not_answered_says_so_under_it(walk: Walk, how: str) -> None:
    walk.consents().answers("food").taps(f"n:place:{how}")
    marks = [one.buttons[-1] for one in walk.did(ShowChosen) if isinstance(one, ShowChosen)]
    assert [(row[0].chosen, row[0].tap) for row in marks] == [(True, f"n:place:{how}")]
    walk.taps("a:contact.when:any", "n:words:skipped")
    (left,) = walk.did(ShowChosen)
    assert isinstance(left, ShowChosen)
    assert [[button.label for button in row] for row in left.buttons] == [[phrases.SKIPPED()]]


# A check-in that is not finished


def test_what_was_said_at_an_unfinished_check_in_counts(one_goal: Walk) -> None:
    check_in(one_goal).taps("a:check_in.how:could_not").types("my knee hurts")
    assert one_goal.episode.asked == "check_in.next"
    check_in(one_goal, 7)
    assert states(one_goal) == [("active", "on_hold")]
    assert goals(one_goal)[0].action.barrier == verbatim("my knee hurts")
    assert [one.codes["about"] for one in facts(one_goal, "checked_in")] == ["check_in-3-g1"]
    assert one_goal.episode.unanswered == 0
    assert "check_in_told" in one_goal.says("topic")


def test_a_check_in_without_any_answer_is_counted(one_goal: Walk) -> None:
    check_in(one_goal)
    check_in(one_goal, 7)
    assert one_goal.episode.unanswered == 1
    assert states(one_goal) == [("active", "planned")]


def test_a_step_that_was_being_written_anew_is_gone_on_with(one_goal: Walk) -> None:
    check_in(one_goal).taps("a:check_in.how:part", "a:check_in.barrier:time", "a:check_in.next:smaller")
    assert one_goal.episode.asked == "plan.step"
    check_in(one_goal, 7)
    assert one_goal.episode.asked == "check_in.general"  # of a step that is not there nobody can say how it went
    one_goal.taps("a:check_in.general:same")
    assert (one_goal.episode.state, one_goal.episode.asked) == ("planning", "plan.step")


def test_a_check_in_put_off_for_a_talk_leaves_room_for_the_next(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen")
    walk.meets(Claimed(walk.at, "Sam")).meets(WorkerSaid(walk.at, "Sam", "1:1", "Hello"))
    due = []
    for _ in range(3, 7):
        walk.later(days=3 if not due else 1).meets(CheckInDue(walk.at, 3))
        due += [one.at for one in walk.did(SetTimer) if isinstance(one, SetTimer) and one.kind == "check_in-3"]
    assert len(due) == 3  # on day 6 nothing is set any more: day 7 asks about all of it
    assert facts(walk, "check_in_left_out")


# What was tried


def test_a_service_that_helped_is_not_asked_about_again(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "s:1:1", "chosen")
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:yes")
    assert walk.episode.offers[0].wanted
    assert walk.episode.offers[0].helped
    check_in(walk, 7)
    assert walk.episode.asked == "check_in.general"


def test_to_try_again_keeps_no_day_that_is_over(one_goal: Walk) -> None:
    assert goals(one_goal)[0].action.day is not None
    check_in(one_goal).taps("a:check_in.how:could_not", "a:check_in.barrier:time", "a:check_in.next:again")
    assert goals(one_goal)[0].action.day is None
    assert states(one_goal) == [("active", "planned")]


# What may get in the way


@pytest.mark.parametrize("skipped", [True, False])
def test_an_obstacle_in_their_own_words_is_in_the_plan(walk: Walk, skipped: bool) -> None:
    planning(walk).taps(
        "a:plan.goal:food", "a:plan.importance:9", "a:plan.step:s1", "a:plan.day:tomorrow", "a:plan.cue:breakfast"
    )
    walk.types("my knee hurts")
    assert walk.episode.asked == "plan.way_round"
    walk.taps("n:plan.way_round:skipped") if skipped else walk.types("I take the bus")
    walk.taps("a:plan.confidence:9")
    assert ("plan_show_obstacle_alone" if skipped else "plan_show_obstacle") in walk.says()
    walk.taps("agree", "enough")
    assert ("plan_told_obstacle_alone" if skipped else "plan_told_obstacle") in walk.says("topic")


def test_a_step_made_smaller_stands_with_the_bigger_one_and_what_is_in_its_way_in_the_plan_and_the_topic(walk: Walk) -> None:
    planning(walk).taps("a:plan.goal:food", "a:plan.importance:9").types("I go to the kitchen").taps("a:plan.day:tomorrow")
    walk.taps("a:plan.cue:breakfast", "a:plan.obstacle:language", "a:plan.way_round:together", "a:plan.confidence:5")
    walk.taps("a:plan.sure:smaller").types("I find the address").taps("a:plan.confidence_again:8")
    assert walk.says().index("plan_show_bigger") + 1 == walk.says().index("plan_show_obstacle")
    walk.taps("agree", "enough")
    assert {"plan_show_bigger", "plan_show_obstacle"} <= set(walk.says())
    (page,) = (given.paper for given in walk.did(Give) if isinstance(given, Give) and isinstance(given.paper, Page))
    assert {"plan_show_bigger", "plan_show_obstacle"} <= {line.id for section in page.sections for line in section.lines}
    told = walk.says("topic")
    assert told.index("plan_told_bigger") + 1 == told.index("plan_told_obstacle")
    action = goals(walk)[0].action
    assert (action.obstacle, action.bigger and action.bigger.what) == (None, verbatim("I go to the kitchen"))


# A step that a worker suggests


def test_a_suggested_step_is_a_new_step(one_goal: Walk) -> None:
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "go with Carmen"))
    one_goal.meets(Tapped(one_goal.at, carried(one_goal.episode.id, one_goal.episode.wait, PROPOSAL_YES), "1:1"))
    action = goals(one_goal)[0].action
    assert action.what == phrases.WORKERS_STEP(words="go with Carmen")
    assert (action.confidence, action.obstacle, action.way_round, action.service) == (None, None, None, "")


def test_a_yes_is_to_the_suggestion_it_stands_under(one_goal: Walk) -> None:
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "go with Carmen"))
    first = one_goal.episode.wait
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "go alone"))
    one_goal.meets(Tapped(one_goal.at, carried(one_goal.episode.id, first, PROPOSAL_YES), "1:1"))
    assert one_goal.says()[0] == "old_button"
    assert "go alone" not in str(goals(one_goal))


def test_a_suggestion_taken_for_a_goal_given_up_meanwhile_takes_it_up_again(one_goal: Walk) -> None:
    one_goal.meets(StepProposed(one_goal.at, "Sam", 1, "go with Carmen"))
    wait = one_goal.episode.wait
    check_in(one_goal).taps("a:check_in.how:not_needed")
    one_goal.meets(Tapped(one_goal.at, carried(one_goal.episode.id, wait, PROPOSAL_YES), "1:1"))
    assert states(one_goal) == [("active", "planned")]


def test_the_calendar_takes_out_the_day_of_a_step_that_was_replaced(walk: Walk) -> None:
    agree(planning(walk)).taps("agree", "enough")
    walk.meets(StepProposed(walk.at, "Sam", 1, "go with Carmen")).taps("propose_yes")
    assert walk.episode.plan
    calendar = plan_pages.calendar_of(walk.episode.plan, walk.episode, walk.content)
    assert [(one.id[-6:], one.day) for one in calendar.entries if one.cancelled] == [("step-1", date(2026, 3, 3))]
    assert calendar.version == 2


# The plan


def test_a_plan_holds_three_goals_and_no_more(walk: Walk) -> None:
    agree(planning(walk)).taps("agree", "one_more")
    agree(walk).taps("agree", "one_more")
    agree(walk).taps("agree")
    assert len(goals(walk)) == 3
    assert walk.episode.state == "following_up"
    walk.taps("begin")
    assert walk.episode.state == "following_up"
    assert "plan_show_goal" in walk.says()


def test_a_plan_left_when_it_was_to_be_agreed_is_shown_to_be_agreed_when_it_is_begun_again(walk: Walk) -> None:
    check_in(agree(planning(walk)), days=1).taps("n:check_in.how:skipped")
    assert walk.episode.state == "following_up"
    walk.types("my plan").taps("begin")
    assert walk.says()[:3] == ["plan_agree_ask", "plan_show_goal", "plan_show_if"]
    assert walk.taps("agree", "enough").episode.plan


def test_a_day_that_went_by_before_they_agreed_is_asked_for_again_and_nothing_else_is(walk: Walk) -> None:
    agree(planning(walk)).later(days=2).taps("agree")
    assert (walk.says()[0], walk.episode.plan) == ("plan/plan.day", None)
    walk.taps("a:plan.day:soon")
    assert walk.says()[0] == "plan_agree_ask"
    check_in(walk, days=5).taps("n:check_in.how:skipped").types("my plan").taps("begin")
    assert walk.says()[0] == "plan/plan.day"
    assert goals(walk.taps("a:plan.day:tomorrow", "agree", "enough"))[0].action.day == date(2026, 3, 10)


def test_my_plan_shows_no_button_that_does_nothing(one_goal: Walk) -> None:
    one_goal.types("my plan")
    assert "g:1" in one_goal.taps_shown()
    check_in(one_goal).types("my plan")
    assert not {"g:1", "begin"} & {
        tap for say in one_goal.all_said() for row in say.message.buttons for b in row if (tap := b.tap)
    }
    assert one_goal.says()[-1] == "check_in/check_in.how"


def test_a_calendar_holds_the_day_of_the_step_and_the_days_we_ask(one_goal: Walk) -> None:
    assert one_goal.episode.plan
    calendar = plan_pages.calendar_of(one_goal.episode.plan, one_goal.episode, one_goal.content)
    start = date(2026, 3, 2)
    days = [(entry.day - start).days for entry in calendar.entries]
    assert days == [1, 3, 7, 28, 56, 84]


def test_who_likes_evenings_is_asked_at_half_past_six_whatever_the_clocks_do(walk: Walk) -> None:
    walk.consents().answers("food").taps("p:0", "a:contact.when:evening", "n:words:skipped", "right")
    due = [one for one in walk.did(SetTimer) if isinstance(one, SetTimer) and one.kind.startswith("check_in-")]
    london = [one.at.astimezone(ZoneInfo("Europe/London")) for one in due]
    assert [at.strftime("%H:%M") for at in london] == ["18:30"] * 5
    assert {at.astimezone(UTC).hour for at in london} == {17, 18}  # summer time begins on 29 March


# Whom it is about, and what is no longer asked


def test_feeling_unsafe_ticked_among_the_rest_asks_whether_it_is_safe_to_write(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1", "d:matters", "a:food.need:no")
    walk.taps("t:rest:safety:1", "d:rest", "a:rest.help:safety", "n:strengths:skipped", "p:0")
    walk.taps("a:contact.when:any")
    assert walk.episode.asked == "contact.safe"


def test_scores_do_not_count_for_somebody_else(walk: Walk) -> None:
    walk.opens().taps("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own")
    walk.taps("a:ons4.satisfaction:4", "a:ons4.worthwhile:5", "a:ons4.happy:3", "a:ons4.anxious:8", "a:self:other")
    assert walk.episode.answers_of("intake")["self"].chosen == ("other",)
    assert occasions(walk.episode, walk.content) == ()


@pytest.mark.parametrize(("gone", "state"), [("words", "reviewing"), ("contact.when", "answering")])
def test_a_question_taken_out_of_the_pages_while_it_is_open_strands_nobody(walk: Walk, gone: str, state: str) -> None:
    walk.consents().answers("food").taps("p:0")
    if gone == "words":
        walk.taps("a:contact.when:any")
    assert walk.episode.asked == gone
    intake = walk.content.dialogs["intake"]
    shorter = Dialog(intake.id, tuple(q for q in intake.questions if q.id != gone), intake.given)
    walk.content = replace(walk.content, dialogs={**walk.content.dialogs, "intake": shorter})
    walk.types("hello")
    assert walk.episode.state == state
    assert ("review_head" if gone == "words" else "intake/words") in walk.says()


def test_a_signposted_place_is_asked_about_once_and_not_where_it_is_asked_about_anyway(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "s:1:1", "chosen")
    for name, key in (("Service 1", "k1"), ("Lantern Desk", ""), ("Lantern Desk", "")):
        walk.meets(Signposted(walk.at, "Sam", name, key))
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:yes")
    assert (walk.episode.asked, walk.episode.checks) == ("check_in.signpost", ("check_in-3-p3",))
    walk.taps("a:check_in.signpost:not_yet")
    assert [one.outcome for one in walk.episode.signposts] == ["", "", "not_yet"]
    assert "check_in_told" in walk.says("topic")
    check_in(walk, days=7)
    assert walk.episode.checks == ("check_in-7-0",)


def test_a_place_chosen_and_signposted_is_asked_about_while_a_step_elsewhere_is_under_way(walk: Walk) -> None:
    agree(planning(walk)).taps("agree", "enough")
    walk.meets(Signposted(walk.at, "Sam", "Service 2", "k2"))
    assert check_in(walk).episode.checks == ("check_in-3-g1", "check_in-3-p1")


def test_what_fits_an_answer_is_said_before_the_next_question(walk: Walk) -> None:
    check_in(agree(planning(walk)).taps("agree", "enough"))
    assert walk.taps("a:check_in.how:could_not").says()[:2] == [
        "check_in/check_in.how.could_not:reply",
        "check_in/check_in.barrier",
    ]
    assert "check_in/check_in.how.could_not:reply" not in walk.taps("a:check_in.barrier:forgot", "a:check_in.next:again").says()


def test_who_wants_help_with_a_signposted_place_brings_a_person(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(Signposted(walk.at, "Sam", "Lantern Desk"))
    assert "person_asked_team" in check_in(walk).taps("a:check_in.signpost:help").says()
    assert "asked_in_topic" in walk.says("topic")
