"""What the clinic reads is true: what was tried, what came of it, what is asked already, and whether danger was asked about."""

import re
from dataclasses import replace
from datetime import date

import pytest
from walking import MONDAY, Walk, agree, check_in, planning, service

from rxbot.clinic.messages import reading_of
from rxbot.content.load import Release
from rxbot.dialog.model import Answer, Chosen
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
from rxbot.referral.model import Met, Referral
from rxbot.report.message import ORDER, PartId


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
    ]
    assert told(release, walk, "not_worked") == ["Nothing noted."], "the newest answer about a step counts"


def test_what_was_given_up_after_a_failed_try_keeps_its_reason_and_what_nobody_helped_with_has_not_failed(
    walk: Walk, release: Release
) -> None:
    check_in(agree(planning(walk)).taps("agree", "enough")).taps("a:check_in.how:could_not")
    walk.types("My bus did not come").taps("a:check_in.next:again").later(days=4).meets(CheckInDue(walk.at, 7))
    walk.taps("a:check_in.how:not_for_me", "a:check_in.instead:enough")
    assert told(release, walk, "not_worked") == [
        "9 March 2026, “Get in touch with Service 1”: they said “It is not for me”",
        "What got in the way: “My bus did not come”",
    ]
    other = Walk(release.content)
    check_in(agree(planning(other)).taps("agree", "enough")).taps("a:check_in.how:help")
    assert told(release, other, "not_worked") == ["Nothing noted."]


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
    plan = at_plan(walk.episode, release.content, walk.at).parts[1]
    assert "Services they wanted to try: Service 1." in [release.words.label(line, "en") for line in plan.lines]
    assert not [line for line in told(release, walk, "summary") if "Service 1" in line], "it stands under what did not work"
    assert told(release, walk, "not_worked") == ["5 March 2026, Get in touch with Service 1: they said “It is not for me”"]


def test_at_the_end_each_thing_is_told_once_and_what_is_open_still_is_told_of(walk: Walk, release: Release) -> None:
    agree(planning(walk)).taps("agree", "enough")
    assert told(release, walk, "plan") == [
        "They hope for: “Enough good food”",
        "Step: “Get in touch with Service 1”, on 3 March 2026",
        "How it stands: planned",
    ]
    assert "Services they wanted to try: Service 1." in told(release, walk, "summary")
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:yes")
    assert told(release, walk, "plan") == ["They hope for: “Enough good food”"]
    for day, how in ((7, "same"), (28, "better")):
        check_in(walk, day).taps(f"a:check_in.general:{how}")
    whole = [line for part in ORDER for line in told(release, walk, part)]
    assert sum("Service 1" in line for line in whole) == 1
    assert sum("how things are" in line for line in whole) == 1


def test_what_came_of_referrals_stands_there_too(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right")
    kitchen = Referral(1, "", "Quay Kitchen", "food", "Sam", MONDAY, state="completed", attended=True, need_met="part")
    others = (
        replace(kitchen, number=2, name="Choir", need_met="no"),
        Referral(3, "", "Bureau", "food", "Sam", MONDAY, state="rejected"),
    )
    walk.episode = replace(walk.episode, referrals=(kitchen, *others))
    worked, not_worked = told(release, walk, "worked"), told(release, walk, "not_worked")
    assert worked == ["Referred to Quay Kitchen: completed, went, need met in part."]
    assert not_worked == ["Referred to Choir: completed, went, need not met.", "Referred to Bureau: rejected."]
    assert not [line for line in told(release, walk, "summary") if "Referred" in line], "said once"


@pytest.mark.parametrize(
    ("state", "met", "said"),
    [("accepted", "", "accepted"), ("accepted", "yes", "went, need met"), ("requested", "no", "went, need not met")],
)
def test_a_referral_of_which_somebody_told_is_not_under_way_any_more(
    walk: Walk, release: Release, state: str, met: Met, said: str
) -> None:
    walk.consents().reviews("food").taps("right")
    lantern = Referral(1, "", "Lantern", "food", "Sam", MONDAY, state=state, attended=True if met else None, need_met=met)
    walk.episode = replace(walk.episode, referrals=(lantern,))
    summary = at_plan(walk.episode, release.content, walk.at).parts[1]
    assert f"Referred to Lantern: {said}." in [release.words.label(line, "en") for line in summary.lines]


def test_what_a_worker_asked_for_is_not_forgotten_in_later_messages(walk: Walk, release: Release) -> None:
    walk.consents().reviews("food").taps("right").meets(ClinicAsked(walk.at, "Sam", "routine", "She needs an interpreter"))
    assert told(release, walk, "actions") == ["Nothing."]
    walk.taps("q:1:yes")
    assert told(release, walk, "actions") == ["Asked before, on 2 March 2026: “She needs an interpreter”"]


def test_before_it_is_sent_the_person_reads_it_in_few_lines_and_is_asked_first(walk: Walk, release: Release) -> None:
    """A part of one line stands beside its head. A worker's words stay in the language they were written in, which is named."""
    walk.consents("es").reviews("food").taps("right").meets(ClinicAsked(walk.at, "Sam", "routine", "She needs an interpreter"))
    agree(walk.taps("q:1:yes", "s:1:1", "chosen", "begin")).taps("agree", "enough")
    said = next(say for say in walk.all_said() if say.wait == walk.episode.draft_wait)
    lines = [release.words.label(line, "es") for line in said.message.lines]
    assert lines[0].startswith("¿Puede Harbour Street Surgery leer esto")
    asked = "Pedido antes, el 2 de marzo de 2026: «She needs an interpreter» (en inglés)"
    assert f"Se pide al centro de salud: {asked}" in lines
    assert sum(line == "" for line in lines) <= 6, lines


def test_the_clinic_is_told_once_in_which_language_a_persons_own_words_are(release: Release) -> None:
    def told(language: str, cue: str) -> str:
        walk = Walk(release.content).consents(language).reviews("food").taps("right", "s:1:1", "chosen", "begin")
        walk.taps("a:plan.goal:food", "a:plan.importance:9", "a:plan.step:s1", "a:plan.day:tomorrow")
        walk = walk.types(cue) if cue else walk.taps("n:plan.cue:skipped")
        walk.taps("a:plan.obstacle:nerves", "a:plan.way_round:together", "a:plan.confidence:8", "agree", "enough")
        return reading_of(release, at_plan(walk.episode, release.content, walk.at)).own_words

    assert told("es", "mejor despues del cafe") == "Their own words are in Spanish, as they wrote them."
    assert (told("es", ""), told("en", "when it is quiet")) == ("", "")


def test_what_they_want_help_with_reads_well_of_somebody_else(walk: Walk, release: Release) -> None:
    """These labels stand in the brief and at the clinic, after "they want help with"."""
    labels = [o.label for o in release.content.dialogs["intake"].question("matters").options]  # type: ignore[union-attr]
    for language, second_person in (("en", r"\b(you|your)\b"), ("es", r"\b(su|sus|usted|se siente)\b")):
        wording = release.words.wording(language)
        assert not [wording[label] for label in labels if re.search(second_person, wording[label], re.IGNORECASE)]


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
    assert told(release, walk, "worked")[0] == "5 March 2026, Go there with Carmen: they said “It happened”"


def test_a_place_stands_under_what_worked_or_what_did_not_by_its_newest_answer(walk: Walk, release: Release) -> None:
    """A worker's step that names it in words is about the same place."""
    walk.found = (service(1, "Energy Bill Clinic"), service(2))
    agree(planning(walk), step="ring").taps("agree", "enough")
    walk.meets(StepProposed(walk.at, "Sam", 1, "Sam rings energy bill clinic for you")).later(minutes=1).taps("propose_yes")
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:some", "a:check_in.onward:enough")
    assert walk.episode.plan
    assert walk.episode.plan.goals[0].action.service == "k1"
    assert "Energy Bill Clinic" not in str(told(release, walk, "not_worked"))
    later = {"check_in-56-s1": {"check_in.how": Answer(Chosen(("not_for_me",)), walk.at, "", "en", "", "", "tap")}}
    walk.episode = replace(walk.episode, sheets={**walk.episode.sheets, **later})
    assert told(release, walk, "worked") == ["Nothing noted."]
    assert "they said “It is not for me”" in told(release, walk, "not_worked")[0]


def test_what_got_in_the_way_does_not_stand_under_what_worked(walk: Walk, release: Release) -> None:
    check_in(agree(planning(walk)).taps("agree", "enough")).taps("a:check_in.how:part").types("No interpreter came")
    assert told(release, walk, "worked") == ["Nothing noted."]
    assert told(release, walk, "not_worked")[1] == "What got in the way: “No interpreter came”"


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
