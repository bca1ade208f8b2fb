"""What the person reads of all that is kept: referrals too, but no worker's own notes, since others may read the phone."""

from dataclasses import replace

from walking import MONDAY, Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.episode.data_pages import data_of, page_of
from rxbot.episode.model import Note
from rxbot.referral.model import Referral, Signpost


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
    said = [release.words.text(line, "en") for section in page_of(episode, release.content).sections for line in section.lines]
    assert "Referred to Quay Kitchen: completed." in said
    assert {"They went.", "It met the need in part.", "Given name and contact of: Lantern Desk."} <= set(said)
    assert not any("Harbour Choir" in line and "Referred" in line for line in said)
    assert "brother" not in " ".join(said) + data_of(episode).json
    assert "Quay Kitchen" in data_of(episode).json


def test_the_page_shows_the_clinics_reason_what_it_was_told_and_what_each_answer_was_about(release: Release) -> None:
    walk = check_in(agree(planning(Walk(release.content))).taps("agree", "enough", "h:scores:1", "send"))
    walk.taps("a:check_in.how:could_not")
    episode = replace(walk.episode, reason=next(iter(release.content.scheme.reasons)))
    sections = {section.head.id: section.lines for section in page_of(episode, release.content).sections}
    said = {head: [release.words.text(line, "en") for line in lines if line.id] for head, lines in sections.items()}
    assert any(line.startswith("The reason your clinic gave: ") for line in said["data_about"])
    assert said["data_clinic_told"][:2] == ["<b>2 March 2026</b>", "What the clinic is asked to do"]
    assert "Scores" not in said["data_clinic_told"]
    assert said["data_answers"][-2:] == ["<b>5 March 2026, Get in touch with Service 1</b>", "How it went: I could not do it"]
    assert len([line for line in said["data_answers"] if "2 March 2026" in line]) < 4
