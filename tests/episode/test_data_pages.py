"""What the person reads of all that is kept: referrals too, but no worker's own notes, since others may read the phone."""

from dataclasses import replace

from walking import MONDAY, Walk

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
