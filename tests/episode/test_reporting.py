"""The person says that a service is not as it was shown: by its button, or at a check-in."""

import pytest
from walking import Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.directory.reports import ReportKind
from rxbot.episode import brief, data_pages
from rxbot.episode.effects import ReportService, ShowChosen
from rxbot.episode.events import CheckInDue, KeptFound


@pytest.fixture
def picked(release: Release) -> Walk:
    return Walk(release.content).consents().reviews("food").taps("right", "s:1:1")


def buttons(walk: Walk) -> list[str]:
    [redrawn] = [one for one in walk.did(ShowChosen) if isinstance(one, ShowChosen)]
    return [b.tap for row in redrawn.buttons for b in row]


def options(walk: Walk) -> set[str]:
    return {tap.rpartition(":")[2] for tap in walk.taps_shown() if tap.startswith("a:check_in.barrier:")}


def test_what_is_wrong_can_be_said_of_a_service_that_was_picked_and_of_no_other(picked: Walk) -> None:
    assert buttons(picked) == ["s:1:0", "x:1", "s:2:1", "s:3:1"]
    assert buttons(picked.taps("s:1:0")) == ["s:1:1", "s:2:1", "s:3:1"]


def test_it_is_asked_what_is_wrong_before_anything_is_kept(picked: Walk) -> None:
    picked.taps("x:1")
    assert picked.says() == ["report_what"]
    assert picked.did(ReportService) == []
    assert {"x:1:wrong_number", "x:1:closed", "x:1:not_as_described", "go_on", "person"} <= set(picked.taps_shown())
    picked.taps("go_on")
    assert picked.says() == ["services_foot"]
    assert picked.episode.offers[0].wanted


@pytest.mark.parametrize("kind", list(ReportKind))
def test_who_says_it_is_thanked_and_offered_another_service_or_a_person(picked: Walk, kind: ReportKind) -> None:
    picked.taps("x:1", f"x:1:{kind}")
    assert picked.did(ReportService) == [ReportService("k1", kind)]
    assert picked.says() == ["reported_look"]
    assert {"look", "person", "chosen"} <= set(picked.taps_shown())
    assert buttons(picked) == ["s:1:1", "s:2:1", "s:3:1"]
    assert (picked.episode.offers[0].wanted, picked.episode.offers[0].reported) == (False, kind)


def test_saying_it_twice_says_it_once(picked: Walk) -> None:
    picked.taps("x:1", "x:1:closed", "x:1:closed")
    assert picked.did(ReportService) == []
    assert picked.notices() == ["noted_already"]


def test_who_wants_to_try_it_after_all_takes_it_back(picked: Walk) -> None:
    picked.taps("x:1", "x:1:closed", "s:1:1")
    assert picked.did(ReportService) == [ReportService("k1", None)]
    assert (picked.episode.offers[0].wanted, picked.episode.offers[0].reported) == (True, "")
    assert picked.taps("s:1:0", "s:1:1").did(ReportService) == []


@pytest.mark.parametrize("code", ["x:9", "x:0", "x:", "x:1:haunted", "x:one", "x"])
def test_a_button_we_never_made_keeps_nothing(picked: Walk, code: str) -> None:
    before = picked.episode.offers
    picked.taps(code)
    assert picked.did(ReportService) == []
    assert picked.episode.offers == before


def test_in_the_middle_of_something_else_the_open_question_is_asked_again(release: Release) -> None:
    walk = check_in(Walk(release.content).consents().reviews("food").taps("right", "s:1:1", "s:2:1", "chosen"))
    asked = walk.episode.asked
    walk.taps("x:2", "x:2:closed")
    assert walk.did(ReportService) == [ReportService("k2", ReportKind.CLOSED)]
    assert walk.says()[:1] == ["reported"]
    assert (walk.episode.state, walk.episode.asked) == ("checking_in", asked)


def test_nobody_is_asked_later_about_a_service_they_said_was_wrong(picked: Walk) -> None:
    check_in(picked.taps("x:1", "x:1:wrong_number", "chosen"))
    assert picked.episode.sheet == "check_in-3-0"


@pytest.mark.parametrize("kind", list(ReportKind))
def test_what_got_in_the_way_may_be_that_the_record_is_wrong(picked: Walk, kind: ReportKind) -> None:
    check_in(picked.taps("chosen")).taps("a:check_in.how:could_not")
    assert set(ReportKind) <= options(picked)
    picked.taps(f"a:check_in.barrier:{kind}")
    assert picked.did(ReportService) == [ReportService("k1", kind)]
    assert picked.says()[0] == f"check_in/check_in.barrier.{kind}:reply"
    picked.taps("n:check_in.next:skipped")
    assert picked.did(ReportService) == []
    assert not picked.episode.offers[0].wanted, "they are not asked about it again"


def test_who_wants_to_try_again_is_asked_about_it_again(picked: Walk) -> None:
    check_in(picked.taps("chosen")).taps("a:check_in.how:could_not", "a:check_in.barrier:closed", "a:check_in.next:again")
    assert picked.episode.offers[0].wanted


def test_another_reason_says_nothing_about_the_record(picked: Walk) -> None:
    check_in(picked.taps("chosen")).taps("a:check_in.how:could_not", "a:check_in.barrier:no_answer")
    assert picked.did(ReportService) == []


@pytest.mark.parametrize(("step", "is_about_a_service"), [("s1", True), ("ask", False)])
def test_only_a_step_towards_a_service_can_fail_for_a_wrong_record(release: Release, step: str, is_about_a_service: bool) -> None:
    walk = check_in(agree(planning(Walk(release.content)), step=step).taps("agree", "enough")).taps("a:check_in.how:could_not")
    assert bool(set(ReportKind) & options(walk)) is is_about_a_service
    walk.taps("a:check_in.barrier:closed", "n:check_in.next:skipped")
    [offer] = [one for one in walk.episode.offers if one.service == "k1"]
    assert offer.wanted is not is_about_a_service


def test_what_was_said_first_can_be_corrected_to_it(picked: Walk) -> None:
    check_in(picked.taps("chosen")).taps("a:check_in.how:could_not", "a:check_in.barrier:full", "a:check_in.barrier:closed")
    assert picked.did(ReportService) == [ReportService("k1", ReportKind.CLOSED)]


def test_a_slip_at_a_check_in_is_taken_back_by_the_right_answer(picked: Walk) -> None:
    check_in(picked.taps("chosen")).taps("a:check_in.how:could_not", "a:check_in.barrier:closed", "a:check_in.barrier:full")
    assert picked.did(ReportService) == [ReportService("k1", None)]
    assert picked.episode.offers[0].reported == ""


def test_whose_service_others_found_wrong_is_told_before_they_are_asked_how_it_went(picked: Walk) -> None:
    picked.taps("chosen").later(days=3).meets(CheckInDue(picked.at, 3, ("k1",)))
    said = picked.says()
    assert said.index("check_in_suspended") < said.index("check_in/check_in.how")
    assert "check_in_suspended" not in picked.taps("back").says()
    picked.later(days=4).meets(CheckInDue(picked.at, 7))
    assert "check_in/check_in.how" in picked.says()
    assert "check_in_suspended" not in picked.says(), "somebody has checked it meanwhile"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"gone": ("k1",)}, "check_in_gone"),
        ({"full": ("k1",)}, "check_in_full"),
        ({"gone": ("k1",), "suspended": ("k1",), "full": ("k1",)}, "check_in_gone"),
        ({"suspended": ("k1",), "full": ("k1",)}, "check_in_suspended"),
        ({"gone": ("another",)}, None),
    ],
)
def test_what_has_become_of_a_service_is_told_in_one_sentence(
    picked: Walk, found: dict[str, tuple[str, ...]], told: str | None
) -> None:
    said = picked.taps("chosen").later(days=3).meets(CheckInDue(picked.at, 3, **found)).says()
    assert "check_in/check_in.how" in said
    assert [one for one in said if one in ("check_in_gone", "check_in_suspended", "check_in_full")] == [told] * bool(told)


def test_the_brief_and_the_data_page_hold_what_they_said(picked: Walk, release: Release) -> None:
    picked.taps("x:1", "x:1:closed")
    told = [line.id for line in brief.lines(picked.episode, release.content)]
    assert told.count("brief_reported") == 1
    page = data_pages.page_of(picked.episode, release.content, KeptFound(picked.at, "4711", "A17", ()))
    assert "data_reported" in [line.id for section in page.sections for line in section.lines]
