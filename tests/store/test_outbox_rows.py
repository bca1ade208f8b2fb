"""Letters as rows: in order in a lane, the urgent first among lanes, sent once or, when nobody knows, once more.

Nothing is claimed that may not leave, and what somebody writes quickly leaves as one.
"""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from sqlalchemy import insert, select, text, update
from store_acts import NOW, begin, hand_over, put, say, team, words_of

from rxbot.episode.effects import Copy, Rewrite, RewriteBrief, Say, ShowChosen
from rxbot.message import Message, Text, verbatim
from rxbot.pace import TELEGRAM, Budget, Gate, Limits, Pace
from rxbot.store import outbox_rows, pauses, relay, staff
from rxbot.store.outbox_rows import COPIES_OVER_KILLS, Letter, chat_lane, handoff_lane, person_lane, team_lane
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


def test_the_urgent_leaves_first_among_lanes_and_takes_what_is_before_it_in_its_own_along(two: Store) -> None:
    with two.begin() as unit:
        put(unit, chat_lane("8"), say("a reminder", "reminder"))
        put(unit, P1, say("reminder before a crisis", "reminder"))
        put(unit, P2, say("reply"))
        put(unit, P1, say("crisis", "crisis"))
        put(unit, chat_lane("9"), say("another crisis", "crisis"))
        first, *others = claim(unit, limit=3)
        assert words_of([first, *others]) == ["reminder before a crisis", "another crisis", "reply"]
        outbox_rows.outcome_unknown(unit, first, NOW)  # it is a reminder all the same, and does not go again
        assert words_of(claim(unit)) == ["crisis", "a reminder"]


def test_only_what_may_leave_is_claimed(two: Store) -> None:
    """What is claimed when the process dies counts as perhaps sent."""
    pace = Pace(Limits(Budget(9, 1), Budget(1, 1), Budget(3, 60)))
    with two.begin() as unit:
        team(unit)
        for number in (1, 2):
            handoff = hand_over(unit, number=number)
            put(unit, handoff_lane(handoff.id), say(f"topic {number}", "relay"), handoff_id=handoff.id)
        put(unit, team_lane(1), say("to the group", "relay"))
        put(unit, P1, say("a1"))
        put(unit, P2, say("b1"))
        assert words_of(outbox_rows.claim(unit, NOW, 50, Gate(pace, 0))) == ["a1", "b1", "topic 1"]  # a topic is a call too
        gate = Gate(pace, 0.5)
        assert outbox_rows.claim(unit, NOW, 50, gate) == []
        assert statuses(unit) == ["leased", "waiting", "waiting", "leased", "leased"]
        assert gate.again > 0.5


def test_ticking_buttons_keeps_no_answer_waiting(two: Store) -> None:
    """In a private chat Telegram asks for one message a second; a tick is none, but counts over all."""
    pace = Pace(Limits(Budget(3, 1), Budget(1, 1), Budget(3, 60)))
    with two.begin() as unit:
        for parcel in (ShowChosen(7, ()), ShowChosen(8, ()), say("next question"), say("another")):
            put(unit, P1, parcel, episode_id="e1")
        left = []
        while letters := outbox_rows.claim(unit, NOW, 50, Gate(pace, 0)):
            left += letters
            outbox_rows.sent(unit, letters[0], "1", NOW)
        assert [type(letter.parcel) for letter in left] == [ShowChosen, ShowChosen, Say]


def test_a_chat_that_rests_is_left_alone_and_the_rest_is_remembered(two: Store) -> None:
    with two.begin() as unit:
        put(unit, P1, say("a1"))
        put(unit, P2, say("b1"))
        pauses.rest(unit, P1, NOW + timedelta(seconds=30))
        pauses.rest(unit, P1, NOW + timedelta(seconds=10))
    with two.begin() as unit:
        assert words_of(claim(unit)) == ["b1"]
        assert claim(unit, seconds=29) == []
        pauses.rest(unit, pauses.EVERYTHING, NOW + timedelta(seconds=40))
        assert claim(unit, seconds=31) == []
        assert words_of(claim(unit, seconds=41)) == ["a1"]
        assert pauses.resting(unit, NOW) == frozenset()


TOPIC = handoff_lane("e1-1")
AFTER_LEASES = NOW + 2 * outbox_rows.LEASE


@pytest.fixture
def talking(two: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(outbox_rows, "JOINED_WITHIN", timedelta(seconds=3))
    with two.begin() as unit:
        team(unit)
        hand_over(unit)
        outbox_rows.topic_opened(unit, "e1-1", 44)
    return two


def write(unit: Unit, *copies: Copy) -> None:
    for copy in copies:
        put(unit, TOPIC, copy, person_id="p1", episode_id="e1", handoff_id="e1-1")


def words(n: int, **how: str) -> Copy:
    return Copy("topic", f"7:{n}", words=f"w{n}", **how)  # type: ignore[arg-type]


def test_what_somebody_writes_quickly_leaves_as_one_message_and_each_of_it_is_found(talking: Store) -> None:
    with talking.begin() as unit:
        write(unit, words(1), words(2), words(3))
        assert claim(unit, seconds=2) == []
        (letter,) = claim(unit, seconds=3)
        assert letter.parcel == Say("topic", Message((verbatim("w1"), verbatim("w2"), verbatim("w3"))), "relay")
        assert claim(unit, seconds=9) == []
        outbox_rows.sent(unit, letter, "50", NOW)
        assert statuses(unit) == ["sent"] * 3
        assert [relay.other_side(unit, f"7:{n}", "-1001") for n in (1, 2, 3)] == ["50"] * 3
        assert relay.other_side(unit, "-1001:50", "7") == "3"


def test_words_alone_leave_as_they_are(talking: Store) -> None:
    with talking.begin() as unit:
        write(unit, words(1))
        (letter,) = claim(unit, seconds=3)
        assert (letter.parcel, letter.joined) == (words(1), ())


def test_what_was_asked_leaves_in_one_message_with_the_words_that_were_no_answer_to_it(talking: Store) -> None:
    asked = Text("asked_of_them", {"question": Text("intake/money.need:label")})
    with talking.begin() as unit:
        write(unit, replace(words(1), asked=asked), words(2), replace(words(3), asked=asked))
        (letter,) = claim(unit, seconds=3)
        assert (letter.parcel, letter.sources) == (
            Say("topic", Message((asked, verbatim("w1"), verbatim("w2"))), "relay"),
            ("7:1", "7:2"),
        )
        outbox_rows.sent(unit, letter, "50", NOW)
        (letter,) = claim(unit, seconds=3)
        assert (letter.parcel, letter.rows) == (Say("topic", Message((asked, verbatim("w3"))), "relay"), (3,))
        outbox_rows.sent(unit, letter, "51", NOW)
        assert [relay.other_side(unit, f"7:{n}", "-1001") for n in (1, 2, 3)] == ["50", "50", "51"]


@pytest.mark.parametrize(
    ("written", "together"),
    [
        ([words(1), words(2), words(3, reply_to="-1001:9"), words(4)], [2, 2]),
        ([words(1), words(2), Copy("topic", "7:3"), words(4)], [2, 1, 1]),
        ([words(1), replace(words(2), words="long " * 600), words(3)], [1, 1, 1]),
        ([words(1), replace(words(2), words="😀" * 1500), words(3)], [1, 1, 1]),
        ([replace(words(1), words="😀" * 2000), words(2), words(3)], [1, 2]),
        ([replace(words(n), words="a") for n in range(700)], [600, 100]),
        ([words(1), words(2), words(3, urgency="crisis"), words(4)], [2, 1, 1]),
    ],
    ids=["an answer", "a photo", "too much", "letters that count twice", "too much by itself", "short ones", "danger"],
)
def test_words_are_joined_up_to_what_has_to_stand_alone(talking: Store, written: list[Copy], together: list[int]) -> None:
    with talking.begin() as unit:
        write(unit, *written)
        seen = []
        while letters := claim(unit, seconds=9):
            seen.append(len(letters[0].rows))
            outbox_rows.sent(unit, letters[0], "50", NOW)
        assert seen == together


@pytest.mark.parametrize("next_one", [words(2, urgency="crisis"), Copy("topic", "7:2"), say("an answer of the desk", "crisis")])
def test_nothing_waits_behind_words_that_wait_for_more(talking: Store, next_one: outbox_rows.Parcel) -> None:
    with talking.begin() as unit:
        write(unit, words(1))
        put(unit, TOPIC, next_one, handoff_id="e1-1", episode_id="e1")
        (first,) = claim(unit)
        assert first.parcel == words(1)
        outbox_rows.sent(unit, first, "50", NOW)
        assert [letter.parcel for letter in claim(unit)] == [next_one]


def test_joined_words_are_put_off_and_killed_together(talking: Store) -> None:
    with talking.begin() as unit:
        write(unit, words(1), words(2))
        (letter,) = claim(unit, seconds=3)
        outbox_rows.put_off(unit, letter, NOW + timedelta(seconds=9), "flood")
        (letter,) = claim(unit, seconds=9)
        assert len(letter.rows) == 2
        assert outbox_rows.recover(unit, AFTER_LEASES) == []
        (letter,) = claim(unit, seconds=9)
        assert len(letter.rows) == 2


def test_joined_words_that_are_too_long_leave_in_pieces_of_one_call_each_and_are_found(talking: Store) -> None:
    with talking.begin() as unit:
        write(unit, words(1), words(2), Copy("topic", "7:3"))
        (letter,) = claim(unit, seconds=3)
        assert isinstance(letter.parcel, Say)
        outbox_rows.cut(unit, letter, letter.parcel, ("w1", "w2"), NOW)
        for piece, message in (("w1", "50"), ("w2", "51")):
            (letter,) = claim(unit, seconds=3)
            assert (letter.parcel.message, outbox_rows.calls(letter)) == (Message((verbatim(piece),)), 1)  # type: ignore[union-attr]
            assert outbox_rows.recover(unit, AFTER_LEASES) == []  # killed: this piece goes again, not what was before it
            (letter,) = claim(unit, seconds=3)
            outbox_rows.sent(unit, letter, message, NOW)
        assert [relay.other_side(unit, f"7:{n}", "-1001") for n in (1, 2)] == ["51", "51"]
        assert claim(unit, seconds=3)[0].parcel == Copy("topic", "7:3")


def test_a_brief_in_pieces_that_changes_meanwhile_is_posted_as_it_reads_now(talking: Store) -> None:
    first, changed = (RewriteBrief("e1-1", Message((verbatim(one),)), at_once=True) for one in ("long", "changed"))
    with talking.begin() as unit:
        outbox_rows.put_brief(unit, first, NOW, "en", "r", "e1")
        (letter,) = claim(unit)
        outbox_rows.cut(unit, letter, Say("topic", first.message, "relay", pin=True), ("lo", "ng"), NOW)
        outbox_rows.put_brief(unit, changed, NOW, "en", "r", "e1")
        assert claim(unit)[0].parcel == changed


def test_a_changed_part_of_joined_words_is_said_anew_and_changed_from_then_on(talking: Store) -> None:
    change = Rewrite("topic", "7:1", Message((verbatim("new"),)))
    with talking.begin() as unit:
        write(unit, words(1), words(2))
        outbox_rows.sent(unit, claim(unit, seconds=3)[0], "50", NOW)
        put(unit, TOPIC, change, person_id="p1", episode_id="e1", handoff_id="e1-1")
        (letter,) = claim(unit)
        assert (letter.targets, letter.reply_to, letter.anew) == ((), "50", True)
        outbox_rows.sent(unit, letter, "51", NOW)
        put(unit, TOPIC, change, person_id="p1", episode_id="e1", handoff_id="e1-1")
        assert claim(unit)[0].targets == ("51",)


def test_a_claim_looks_at_few_of_many_waiting_rows(two: Store) -> None:
    """It prints how long it takes; how many rows it opened is what counts."""
    with two.begin() as unit:
        put(unit, P1, say("reminder", "reminder"))
        row = unit.execute(select(outbox)).one()._asdict()
        del row["id"]
        unit.execute(insert(outbox), [row | {"lane": f"chat:{n}"} for n in range(10_000)])
        put(unit, P2, say("ring 999", "crisis"))
        pace = Pace(TELEGRAM)
        begun = perf_counter()
        first = outbox_rows.claim(unit, NOW, 50, Gate(pace, 0))
        took, begun = perf_counter() - begun, perf_counter()
        assert outbox_rows.claim(unit, NOW, 50, Gate(pace, 0)) == []
        again = perf_counter() - begun
        print(f"claim among 10,000: {took * 1000:.1f} ms for {len(first)} letters, {again * 1000:.1f} ms when none may leave")  # noqa: T201
        assert words_of(first)[0] == "ring 999"
        assert len(first) == 20
        asked = outbox_rows.FIRST_AND_DUE.statement.params(now=NOW, last_turn=-1, last_id=0)
        in_full = asked.compile(dialect=two.engine.dialect, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN" if two.shared else "EXPLAIN QUERY PLAN"
        if two.shared:  # its statistics come by themselves within a minute
            unit.execute(text("ANALYZE outbox"))
        plan = str(unit.execute(text(f"{explain} {in_full}")).all())
        assert "ix_outbox_turn" in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


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
        assert outbox_rows.outcome_unknown(unit, first, NOW)
        (second,) = claim(unit, seconds=2)
        assert second.parcel == first.parcel
        assert not outbox_rows.outcome_unknown(unit, second, NOW)
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
        assert words_of(outbox_rows.recover(unit, AFTER_LEASES)) == ["reminder", "to nobody we know"]
        for _ in range(COPIES_OVER_KILLS - 1):  # it may not have left even once
            assert words_of(claim(unit)) == ["question"]
            ended = outbox_rows.recover(unit, AFTER_LEASES)
        assert words_of(ended) == ["question"]
        assert outbox_rows.recover(unit, AFTER_LEASES) == []
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
        unit.keys.drop(["e1"])
        assert words_of(claim(unit)) == ["b1"]
        assert words_of(claim(unit)) == ["behind it"]
        unit.execute(update(outbox).where(outbox.c.status == "leased").values(status="waiting", what="CloseTopic"))
        assert claim(unit) == []
        assert statuses(unit) == ["given_up"] * 3
