"""Whatever somebody writes, and however much of it, every message and every button that holds it fits Telegram's limits."""

import pytest
from walking import ID, Walk, check_in, planning

from rxbot.content.load import Release
from rxbot.episode.effects import Copy, Rewrite, Say
from rxbot.episode.events import Edited, WorkerEdited
from rxbot.episode.fitting import fitted
from rxbot.episode.model import Turn
from rxbot.message import letters, verbatim
from rxbot.sandbox.html import parse

LANGUAGES = ("en", "es", "ar")
LABEL = 80


@pytest.mark.parametrize("sign", ["x", "&", "😀", "ا", "x "])
def test_a_plan_in_very_long_words_can_be_seen_agreed_to_and_asked_about(release: Release, sign: str) -> None:
    wall = (sign * 4096).encode("utf-16-le")[: 2 * 4096].decode("utf-16-le").strip()
    walk = planning(Walk(release.content))
    while walk.episode.asked:
        _answers(walk, wall)
        _all_fits(walk, release)
    for tap in ("agree", "enough", "plan"):
        walk.taps(tap)
        _all_fits(walk, release)
    check_in(walk)
    _all_fits(walk, release)
    assert walk.episode.state == "checking_in"
    assert walk.episode.plan is not None
    goal = walk.episode.plan.goals[0]
    assert goal.action.what == verbatim(wall), "what is kept is kept whole"


def test_words_that_fit_stay_as_they_are(release: Release) -> None:
    lines = tuple(verbatim("a  b " * 100) for _ in range(8))
    assert fitted(lines, release.content.wording["en"]) is lines


def test_a_change_that_leaves_no_room_for_signs_of_direction_is_copied(release: Release) -> None:
    walk = Walk(release.content).consents().taps("person")
    walk.meets(Edited(walk.at, "ا" * 4096, "1:2"))
    assert (walk.did(Rewrite), walk.did(Copy)) == ([], [Copy("topic", "1:2")])
    walk.meets(Edited(walk.at, "ا" * 4000, "1:2"))
    assert len(walk.did(Rewrite)) == 1
    walk.meets(WorkerEdited(walk.at, "Sam", "-1:3", "x" * 1024, caption=True))
    assert (walk.did(Rewrite), walk.did(Copy)) == ([], [Copy("person", "-1:3")])


def _answers(walk: Walk, words: str) -> None:
    """Answer the question on screen, in own words where it takes them."""
    question = Turn(walk.episode, Edited(walk.at, "", ""), walk.content).question
    assert question is not None
    if question.takes_words:
        walk.types(words)
    else:
        walk.taps(f"a:{question.id}:{'9' if question.scale else question.options[0].id}")


def _all_fits(walk: Walk, release: Release) -> None:
    for said in walk.did(Say):
        assert isinstance(said, Say)
        for language in LANGUAGES:
            text, _ = parse(release.words.html(said.message, language, {"handoff.number": ID}))
            assert letters(text) <= 4096, text[:80]
            for one in (one for row in said.message.buttons for one in row):
                assert letters(release.words.label(one.label, language)) <= LABEL
