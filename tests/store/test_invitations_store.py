"""A clinic's links as rows: what is kept of the token, whose a link is, and how it stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store_acts import NOW, begin, hand_over, in_files

from rxbot.store import episodes, handoffs, invitations
from rxbot.store.invitations import Invitation, Private
from rxbot.store.staff import hashed
from rxbot.store.unit import Store, Unit

CODE = "K7R429MP"
ONE = Invitation(
    "i1", "e1", "harbour", "ar", "grief", NOW, NOW + timedelta(days=30), None, "not opened", Private("tokentoken", "REF 7", CODE)
)


def standing(unit: Unit, **later: float) -> str:
    found = invitations.by_token(unit, "tokentoken", NOW + timedelta(**later))
    assert found is not None
    return found.standing


def test_a_link_is_found_by_its_token_which_lies_nowhere_in_clear(store: Store) -> None:
    with store.begin() as unit:
        invitations.make(unit, ONE, "command")
    with store.begin() as unit:
        assert invitations.by_token(unit, "tokentoken", NOW) == ONE
        assert invitations.by_token(unit, "other", NOW) is None
        assert invitations.by_token(unit, "", NOW) is None
    assert in_files(store, "harbour")
    assert not in_files(store, "tokentoken")
    assert not in_files(store, "REF 7")


def test_a_link_is_found_by_its_code_which_lies_nowhere_in_clear_nor_as_a_hash_that_could_be_tried(store: Store) -> None:
    with store.begin() as unit:
        invitations.make(unit, ONE, "command")
    with store.begin() as unit:
        assert invitations.by_code(unit, CODE, NOW) == ONE
        assert invitations.by_code(unit, "K7R429MX", NOW) is None
    assert in_files(store, hashed("tokentoken"))
    assert not in_files(store, CODE)
    assert not in_files(store, hashed(CODE))


def test_links_made_before_there_were_codes_have_none_and_live_beside_each_other(store: Store) -> None:
    with store.begin() as unit:
        for n in range(2):
            invitations.make(unit, replace(ONE, id=f"i{n}", episode_id=f"e{n}", private=Private(f"token {n}", "")), "command")
        assert invitations.by_code(unit, "", NOW) is None
        assert [one.private and one.private.code for one in invitations.of_clinic(unit, "harbour", NOW)] == ["", ""]


def test_a_clinic_finds_its_own_links_only_newest_first(store: Store) -> None:
    with store.begin() as unit:
        for n in range(3):
            private = Private(f"token {n}", "")
            invitations.make(
                unit, replace(ONE, id=f"i{n}", episode_id=f"e{n}", made_at=NOW + timedelta(hours=n), private=private), "c"
            )
        assert [one.id for one in invitations.of_clinic(unit, "harbour", NOW)] == ["i2", "i1", "i0"]
        assert [one.id for one in invitations.of_clinic(unit, "harbour", NOW, skip=1, most=1)] == ["i1"]
        assert invitations.of_clinic(unit, "lantern", NOW) == []
        assert invitations.by_id(unit, "lantern", "i1", NOW) is None
        assert invitations.by_id(unit, "harbour", "i1", NOW) is not None


@pytest.mark.parametrize(
    ("state", "expected"),
    [("choosing_language", "opened"), ("asking_consent", "opened"), ("answering", "in progress"), ("closed", "closed")],
)
def test_a_link_stands_as_its_episode_does(store: Store, state: str, expected: str) -> None:
    with store.begin() as unit:
        invitations.make(unit, ONE, "command")
        assert standing(unit) == "not opened"
        assert standing(unit, days=30) == "run out"
        held = begin(unit)
        invitations.opened(unit, ONE, "p1", NOW)
        episodes.save(unit, held.now(replace(held.episode, state=state)), NOW)
        assert standing(unit, days=31) == expected


def test_a_link_whose_person_waits_for_a_worker_or_talks_with_one_says_so(store: Store) -> None:
    with store.begin() as unit:
        invitations.make(unit, ONE, "command")
        held = begin(unit)
        episodes.save(unit, held.now(replace(held.episode, state="answering")), NOW)
        assert standing(unit) == "in progress"
        handoff = hand_over(unit)
        assert standing(unit) == "waiting for a link worker"
        for state in ("claimed", "talking"):
            handoffs.keep_up(unit, replace(handoff, state=state))
            assert standing(unit) == "with a link worker"
        handoffs.keep_up(unit, replace(handoff, state="closed"))
        assert standing(unit) == "in progress"
        hand_over(unit, number=2)
        assert standing(unit) == "waiting for a link worker", "the talk before is over"


def test_somebody_too_young_for_the_questions_still_waits_for_a_worker(store: Store) -> None:
    with store.begin() as unit:
        invitations.make(unit, ONE, "command")
        held = begin(unit)
        episodes.save(unit, held.now(replace(held.episode, state="closed", closed="too_young")), NOW)
        handoff = hand_over(unit)
        assert standing(unit) == "waiting for a link worker"
        handoffs.keep_up(unit, replace(handoff, state="closed"))
        assert standing(unit) == "closed"
