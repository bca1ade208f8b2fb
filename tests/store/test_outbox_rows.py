"""Letters as rows: in order in a lane, the urgent first among lanes, sent once or, when nobody knows, once more."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from store_acts import NOW, begin, hand_over, put, say, team, words_of

from rxbot.episode.effects import ShowChosen
from rxbot.store import outbox_rows, staff
from rxbot.store.outbox_rows import Letter, chat_lane, handoff_lane, person_lane, team_lane
from rxbot.store.tables import outbox
from rxbot.store.unit import Store, Unit

P1, P2 = person_lane("p1"), person_lane("p2")


@pytest.fixture
def two(store: Store) -> Store:
    """Two people who have begun."""
    with store.begin() as unit:
        begin(unit)
        begin(unit, "p2", "7000000002", "e2")
    return store


def claim(unit: Unit, limit: int = 50, **later: float) -> list[Letter]:
    return outbox_rows.claim(unit, NOW + timedelta(**later), limit)


def statuses(unit: Unit) -> list[str]:
    return list(unit.execute(select(outbox.c.status).order_by(outbox.c.id)).scalars())


def test_a_lane_goes_one_by_one_and_lanes_do_not_wait_for_each_other(two: Store) -> None:
    with two.begin() as unit:
        for words in ("a1", "a2"):
            put(unit, P1, say(words))
        put(unit, P2, say("b1"))
        first = claim(unit)
        assert words_of(first) == ["a1", "b1"]
        assert claim(unit) == []
        outbox_rows.sent(unit, first[0], "11", NOW)
        assert words_of(claim(unit)) == ["a2"]


def test_the_urgent_leaves_first_among_lanes_but_overtakes_nothing_in_its_own(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("reminder", "reminder"))
        put(unit, P1, say("crisis behind it", "crisis"))
        put(unit, P2, say("reply"))
        put(unit, chat_lane("9"), say("crisis", "crisis"))
        assert words_of(claim(unit, limit=2)) == ["crisis", "reply"]
        assert words_of(claim(unit)) == ["reminder"]


def test_what_was_surely_not_sent_waits_and_counts_no_attempt(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("a1"))
        for attempt in range(5):
            (letter,) = claim(unit, seconds=attempt * 10)
            outbox_rows.put_off(unit, letter, NOW + timedelta(seconds=attempt * 10 + 5), "flood")
            assert claim(unit, seconds=attempt * 10) == []
        assert letter.attempts == 0


def test_when_nobody_knows_a_question_goes_once_more_with_the_same_version(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("question", wait=7), episode_id="e1")
        (first,) = claim(unit)
        outbox_rows.outcome_unknown(unit, first, NOW)
        (second,) = claim(unit, seconds=2)
        assert second.parcel == first.parcel
        outbox_rows.outcome_unknown(unit, second, NOW)
        assert claim(unit, hours=1) == []
        assert statuses(unit) == ["unknown"]


def test_when_nobody_knows_a_reminder_is_left(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("reminder", "reminder"))
        outbox_rows.outcome_unknown(unit, claim(unit)[0], NOW)
        assert statuses(unit) == ["unknown"]


def test_after_a_crash_what_was_on_its_way_goes_once_more_but_no_reminder(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("question"))
        put(unit, P2, say("reminder", "reminder"))
        put(unit, chat_lane("9"), say("to nobody we know", "reminder"))
        assert len(claim(unit)) == 3
        assert outbox_rows.recover(unit, NOW) == 3
        assert words_of(claim(unit)) == ["question"]
        assert outbox_rows.recover(unit, NOW) == 1
        assert outbox_rows.recover(unit, NOW) == 0
        rows = unit.execute(select(outbox.c.status, outbox.c.sealed).order_by(outbox.c.id)).all()
        assert [tuple(row) for row in rows] == [("unknown", None), ("unknown", None)]


@pytest.mark.parametrize("end", ["sent", "given_up", "unknown"])
def test_of_a_letter_to_somebody_we_keep_nothing_about_nothing_is_left(store: Store, end: str) -> None:
    with store.begin() as unit:
        put(unit, chat_lane("7000000009"), say("no link", "reminder"))
        (letter,) = claim(unit)
        if end == "sent":
            outbox_rows.sent(unit, letter, "1", NOW)
        elif end == "given_up":
            outbox_rows.give_up(unit, letter, "forbidden", NOW)
        else:
            outbox_rows.outcome_unknown(unit, letter, NOW)
        assert statuses(unit) == []


def test_letters_that_are_dropped_never_leave_but_those_about_danger_do(two: Store) -> None:
    with two.begin() as unit:
        put(unit, person_lane("p2"), say("to another"))
        put(unit, person_lane("p1"), say("leaving"))
        (leaving,) = [letter for letter in claim(unit) if letter.lane == person_lane("p1")]
        for words, urgency in (("a question", "reply"), ("a reminder", "reminder"), ("ring 999", "crisis")):
            put(unit, person_lane("p1"), say(words, urgency))
        outbox_rows.drop_letters(unit, "p1", NOW)
        outbox_rows.sent(unit, leaving, "1", NOW)
        assert words_of(claim(unit)) == ["ring 999"]


def test_what_has_left_drops_its_words(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("words"), episode_id="e1")
        outbox_rows.sent(unit, claim(unit)[0], "11", NOW)
        assert unit.execute(select(outbox.c.sealed, outbox.c.message)).one() == (None, "11")


def test_buttons_are_redrawn_under_the_message_that_left_with_them(two: Store) -> None:
    with two.begin() as unit:
        for message in ("11", "12"):  # the same version, gone twice
            put(unit, P1, say("question", wait=7), episode_id="e1")
            outbox_rows.sent(unit, claim(unit)[0], message, NOW)
        put(unit, P1, ShowChosen(7, ()), episode_id="e1")
        put(unit, P2, ShowChosen(7, ()), episode_id="e2")
        assert [letter.targets for letter in claim(unit)] == [("12",), ()]


def test_a_handoff_without_a_team_waits_for_one_and_takes_nobodys_place(two: Store) -> None:
    with two.begin() as unit:
        for number in range(1, 61):
            handoff = hand_over(unit, number=number)
            put(unit, handoff_lane(handoff.id), say(f"brief {number}", "crisis"), handoff_id=handoff.id)
        put(unit, P2, say("reply"))
        assert words_of(claim(unit)) == ["reply"]
        team_id = team(unit)
        first, *others = claim(unit, limit=100)
        assert len(others) == 59
        assert (first.number, first.to.address, first.to.thread, first.to.team_id) == (1, "-1001", None, team_id)
        outbox_rows.topic_opened(unit, first.handoff_id, 44)
        outbox_rows.put_off(unit, first, NOW, "topic_gone")
        assert claim(unit)[0].to.thread == 44


def test_a_letter_to_a_team_goes_to_its_group(store: Store) -> None:
    with store.begin() as unit:
        team_id = staff.bind(unit, "-1002", NOW)
        put(unit, team_lane(team_id), say("alert"))
        assert claim(unit)[0].to.address == "-1002"


def test_a_letter_that_cannot_be_opened_is_given_up_and_keeps_nobody(two: Store) -> None:
    """Its key was destroyed, or its row is spoilt."""
    with two.begin() as unit:
        put(unit, P1, say("sealed for ever"), episode_id="e1")
        put(unit, P1, say("behind it"))
        put(unit, P2, say("b1"))
        unit.keys.destroy("e1")
        assert words_of(claim(unit)) == ["b1"]
        assert words_of(claim(unit)) == ["behind it"]
        unit.execute(update(outbox).where(outbox.c.status == "leased").values(status="waiting", what="CloseTopic"))
        assert claim(unit) == []
        assert statuses(unit) == ["given_up"] * 3
