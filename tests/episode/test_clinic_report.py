"""What the clinic reads is true: what was tried, what came of it, what is asked already, and whether danger was asked about."""

from dataclasses import replace
from datetime import date

import pytest
from walking import MONDAY, Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.episode import brief
from rxbot.episode.clinic_report import at_closing, at_plan
from rxbot.episode.events import (
    CheckInDue,
    Claimed,
    ClinicAsked,
    HandoffEnded,
    NoteKept,
    PhraseSaid,
    StepProposed,
    Tapped,
    WorkerSaid,
)
from rxbot.episode.taps import carried
from rxbot.message import Day, Text
from rxbot.referral.model import Referral
from rxbot.report.message import PartId


def told(release: Release, walk: Walk, part: PartId) -> list[str]:
    """Word one part of the closing message."""
    message = at_closing(replace(walk.episode, ending="finished"), release.content, walk.at)
    return [release.words.label(line, "en") for one in message.parts if one.id == part for line in one.lines]


@pytest.fixture
def walk(release: Release) -> Walk:
    return Walk(release.content)


def test_every_check_in_stands_under_what_worked_or_what_did_not(walk: Walk, release: Release) -> None:
    check_in(agree(planning(walk)).taps("agree", "enough")).taps("a:check_in.how:could_not")
    walk.types("My bus did not come").taps("a:check_in.next:again")
    assert told(release, walk, "worked") == ["Nothing noted."]
    assert told(release, walk, "not_worked") == [
        "5 March 2026, “Get in touch with Service 1”: they said “I could not do it”",
        "What got in the way: “My bus did not come”",
    ]
    walk.later(days=4).meets(CheckInDue(walk.at, 7)).taps("a:check_in.how:went", "a:check_in.helped:yes")
    assert told(release, walk, "worked") == [
        "9 March 2026, “Get in touch with Service 1”: they said “I did it”",
        "Did it help: Yes",
    ]
    assert len(told(release, walk, "not_worked")) == 2


def test_a_step_that_did_not_help_did_not_work(walk: Walk, release: Release) -> None:
    check_in(agree(planning(walk)).taps("agree", "enough")).taps("a:check_in.how:went", "a:check_in.helped:no")
    walk.taps("a:check_in.onward:enough")
    assert told(release, walk, "worked") == ["Nothing noted."]
    assert "Did it help: No" in told(release, walk, "not_worked")


def test_a_service_that_is_not_for_them_was_one_they_wanted_to_try(walk: Walk, release: Release) -> None:
    check_in(walk.consents().reviews("food").taps("right", "s:1:1", "chosen")).taps(
        "a:check_in.how:not_for_me", "a:check_in.instead:enough"
    )
    assert not any(offer.wanted for offer in walk.episode.offers)
    assert "Services they wanted to try: Service 1." in told(release, walk, "summary")
    assert told(release, walk, "not_worked") == ["5 March 2026, Get in touch with Service 1: they said “It is not for me”"]


def test_what_came_of_referrals_stands_there_too(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right")
    kitchen = Referral(1, "", "Quay Kitchen", "food", "Sam", MONDAY, state="completed", attended=True, need_met="part")
    others = (replace(kitchen, number=2, name="Choir", need_met="no"), replace(kitchen, name="Bureau", state="rejected"))
    walk.episode = replace(walk.episode, referrals=(kitchen, *others))
    worked, not_worked = told(release, walk, "worked"), told(release, walk, "not_worked")
    assert worked[:1] == ["Referred to Quay Kitchen: completed, they went, it met the need in part."]
    assert not_worked[0] == "Referred to Choir: completed, they went, it did not meet the need."
    assert not_worked[1].startswith("Referred to Bureau: rejected")
    walk.episode = replace(walk.episode, referrals=(replace(kitchen, state="accepted"),))
    assert told(release, walk, "worked") == ["Referred to Quay Kitchen: they went, it met the need in part."]


def test_what_a_worker_asked_for_is_not_forgotten_in_later_messages(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right").meets(ClinicAsked(walk.at, "Sam", "routine", "She needs an interpreter"))
    assert told(release, walk, "actions") == ["Nothing."]
    walk.taps("q:1:yes")
    asked = ["Asked before, on 2 March 2026:", "Routine: please look into this.", "She needs an interpreter"]
    assert told(release, walk, "actions") == asked


def test_a_message_says_how_old_its_facts_are(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right")
    summary = at_plan(walk.episode, release.content, walk.at).parts[1]
    assert release.words.label(summary.lines[0], "en") == "As things stood on 2 March 2026."


def test_the_last_words_reach_the_clinic_and_the_team_and_the_notes_the_team_alone(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(NoteKept(walk.at, "Sam", "She sings very well"))
    walk.taps("finish_yes", "a:closing.satisfied:good").types("Somebody who listens")
    assert "What helped or should be different: “Somebody who listens”" in told(release, walk, "summary")
    topic = [release.words.label(line, "en") for say in walk.all_said("topic") for line in say.message.lines]
    assert {"Sam, 2 March 2026: She sings very well", "What helped or should change: “Somebody who listens”"} <= set(topic)
    draft = walk.episode.draft
    assert draft is not None
    assert "sings" not in str(draft)


def test_a_workers_step_is_not_quoted_as_the_persons_own_words(walk: Walk, release: Release) -> None:
    agree(planning(walk)).taps("agree", "enough").meets(StepProposed(walk.at, "Sam", 1, "Go there with Carmen"))
    walk.later(minutes=1).taps("propose_yes")
    assert "Step, suggested by a link worker and agreed: Go there with Carmen" in told(release, walk, "plan")
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:yes")
    assert told(release, walk, "worked")[0] == "5 March 2026, Go there with Carmen: they said “I did it”"


def test_risk_was_asked_about_only_where_danger_was_asked_about_outright(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right")
    assert brief.risk(walk.episode, release.content) == "not_asked"
    assert told(release, walk, "risks") == ["Not asked about danger outright."]
    walk.meets(WorkerSaid(walk.at, "Sam", words="Hello")).meets(PhraseSaid(walk.at, "Sam", "safe"))
    assert brief.risk(walk.episode, release.content) == "not_asked"
    walk.meets(Tapped(walk.at, carried(walk.episode.id, walk.episode.wait, "b:safe:yes"), "1:1"))
    assert brief.risk(walk.episode, release.content) == "none_told"
    walk.meets(Tapped(walk.at, carried(walk.episode.id, walk.episode.phrases_sent[0].wait, "b:safe:no"), "1:1"))
    assert brief.risk(walk.episode, release.content) == "told"


def test_danger_that_was_told_once_is_told_with_its_day_after_its_handoff_is_over(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right", "chosen").types("I want to die")
    assert walk.episode.handoff is not None
    walk.meets(Claimed(walk.at, "Sam")).meets(HandoffEnded(walk.at, "Sam")).later(days=30).taps("person")
    assert walk.episode.handoff.urgent is False
    (risks,) = told(release, walk, "risks")
    assert risks == "Possible danger was told, last on 2 March 2026. A link worker saw it on 2 March 2026."
    assert Text("risk_seen", {"day": Day(date(2026, 3, 2)), "seen": Day(date(2026, 3, 2))}) in [
        line.values.get("risk") for line in brief.lines(walk.episode, release.content)
    ]


def test_a_question_about_safety_that_was_answered_counts_as_asked(walk: Walk, release: Release) -> None:
    walk.consents().reviews("safety")
    assert brief.risk(walk.episode, release.content) == "none_told"
