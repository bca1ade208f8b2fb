"""What the person reads of all that is kept: referrals too, but no worker's own notes, since others may read the phone."""

import json
from dataclasses import replace
from datetime import timedelta

from walking import MONDAY, Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.dialog.model import Answer, Chosen
from rxbot.episode.data_pages import data_of, page_of
from rxbot.episode.events import Coming, KeptFound
from rxbot.episode.model import Note
from rxbot.message import Listed
from rxbot.referral.model import Referral, Signpost

KEPT = KeptFound(MONDAY, "4711")
NOT_SAFE = Answer(Chosen(("no",)), MONDAY, "", "en", "", "no", "tap")


def test_what_is_kept_beside_the_episode_and_what_is_to_come_stands_on_the_page_and_in_the_data(release: Release) -> None:
    walk = Walk(release.content).consents().reviews("food").taps("right", "chosen")
    coming = (
        Coming("clinic", MONDAY + timedelta(days=3)),
        *(Coming(f"check_in-{n}", MONDAY + timedelta(days=n)) for n in (3, 7)),
    )
    kept = KeptFound(MONDAY, "4711", "A17", coming=coming)
    said = [
        release.words.text(line, "en")
        for section in page_of(walk.episode, release.content, kept).sections
        for line in section.lines
    ]
    assert {
        "Your clinic's own reference for you: A17",
        "Your Telegram account: number 4711. I do not keep your name there.",
    } <= set(said)
    foot = [release.words.text(line, "en") for line in page_of(walk.episode, release.content, kept).foot]
    assert "When your support has ended, I keep this for 365 days. Then I erase it." in foot
    assert "I ask how it is going on: 5 March 2026, 9 March 2026." in said
    assert any(line.startswith("I send the summary to Harbour Street Surgery on 5 March 2026.") for line in said)
    data = json.loads(data_of(walk.episode, kept).json)
    assert (data["telegram_account"], data["clinic_reference"]) == ("4711", "A17")
    assert [one["kind"] for one in data["coming"]] == ["clinic", "check_in-3", "check_in-7"]
    unsafe = replace(walk.episode, sheets={**walk.episode.sheets, "intake": {"contact.safe": NOT_SAFE}})
    assert not any(
        "how it is going" in release.words.text(line, "en")
        for s in page_of(unsafe, release.content, kept).sections
        for line in s.lines
    )


def test_what_was_tried_is_not_said_to_be_wanted(release: Release) -> None:
    walk = agree(planning(Walk(release.content))).taps("agree", "enough", "s:2:1")
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:yes")
    lines = next(one.lines for one in page_of(walk.episode, release.content, KEPT).sections if one.head.id == "data_services")
    said = [release.words.text(line, "en") for line in lines]
    assert said == ["Service 1 (you have tried it)", "Service 2 (you want to try it)", "Service 3"]
    walk.taps("s:3:1", "look", "chosen")
    assert [line.values for line in walk.all_said()[0].message.lines if line.id == "wanted"] == [
        {"services": Listed(("Service 2", "Service 3"))}
    ]


def test_what_was_taken_back_unread_is_not_said_to_have_been_told(release: Release) -> None:
    walk = agree(planning(Walk(release.content))).taps("agree", "enough", "send")
    sections = {section.head.id: section.lines for section in page_of(walk.episode, release.content, KEPT).sections}
    assert [line.id for line in sections["data_clinic_told"] if line.id][:2] == ["data_on", "data_taken_back"]
    data = json.loads(data_of(walk.episode, KEPT).json)
    assert (len(data["clinic_told"]), len(data["clinic_taken_back"])) == (0, 1)
    read = replace(KEPT, at_clinic=(walk.episode.clinic_told[0].at,))
    assert "data_taken_back" not in str(page_of(walk.episode, release.content, read))
    assert len(json.loads(data_of(walk.episode, read).json)["clinic_told"]) == 1


def test_referrals_and_signposts_stand_on_the_page_and_a_workers_notes_nowhere(release: Release) -> None:
    walk = Walk(release.content).consents().reviews("food").taps("right")
    referral = Referral(1, "", "Quay Kitchen", "food", "Sam", MONDAY, state="completed", attended=True, need_met="part")
    draft = replace(referral, number=2, name="Harbour Choir", state="draft")
    episode = replace(
        walk.episode,
        referrals=(referral, draft),
        signposts=(Signpost("", "Lantern Desk", "Sam", MONDAY),),
        notes=(Note("Sam", MONDAY, "I fear her brother"),),
    )
    said = [
        release.words.text(line, "en") for section in page_of(episode, release.content, KEPT).sections for line in section.lines
    ]
    assert "Referred to Quay Kitchen: completed, went, need met in part." in said
    assert "Given name and contact of: Lantern Desk." in said
    assert not any("Harbour Choir" in line and "Referred" in line for line in said)
    assert "brother" not in " ".join(said) + data_of(episode, KEPT).json
    assert "Quay Kitchen" in data_of(episode, KEPT).json


def test_the_page_shows_the_clinics_reason_what_it_was_told_and_what_each_answer_was_about(release: Release) -> None:
    walk = check_in(agree(planning(Walk(release.content))).taps("agree", "enough", "h:scores:1", "send"))
    walk.taps("a:check_in.how:could_not")
    episode = replace(walk.episode, reason=next(iter(release.content.scheme.reasons)))
    kept = replace(KEPT, at_clinic=tuple(told.at for told in episode.clinic_told))
    sections = {section.head.id: section.lines for section in page_of(episode, release.content, kept).sections}
    said = {head: [release.words.text(line, "en") for line in lines if line.id] for head, lines in sections.items()}
    assert any(line.startswith("The reason your clinic gave: ") for line in said["data_about"])
    assert said["data_clinic_told"][:2] == ["<b>2 March 2026</b>", "What the clinic is asked to do"]
    assert "Scores" not in said["data_clinic_told"]
    assert said["data_answers"][-2:] == ["<b>5 March 2026, Get in touch with Service 1</b>", "How it went: I could not do it"]
    assert len([line for line in said["data_answers"] if "2 March 2026" in line]) < 4
