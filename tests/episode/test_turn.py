"""A turn as a function: what happens goes in, the episode and what is to be done come out."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walking import ID, MONDAY, TOWN, Walk, agree, check_in, everywhere, planning, service, shipped

from rxbot.content.load import Release
from rxbot.dialog.model import Answer, Chosen, Declined
from rxbot.directory.match import Match
from rxbot.directory.model import Organization, Place
from rxbot.directory.outcomes import Came
from rxbot.directory.profiles import Profile
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.episode import brief, phrases
from rxbot.episode.clinic_report import at_plan, risks
from rxbot.episode.content import Content
from rxbot.episode.effects import (
    CloseTopic,
    Copy,
    CountOutcome,
    DropTimers,
    Erase,
    FindServices,
    Notice,
    OpenTopic,
    Record,
    Rewrite,
    RewriteBrief,
    Say,
    SetTimer,
    ShowChosen,
    TellClinic,
)
from rxbot.episode.events import (
    AlarmLeftUnseen,
    AlarmSeen,
    AnswerSettled,
    CheckInDue,
    Claimed,
    ClinicAsked,
    ClinicRead,
    CloseDue,
    Edited,
    EndingAsked,
    Event,
    HandedBack,
    HandoffEnded,
    HandoffLeftWaiting,
    KeptTalking,
    LinkOpened,
    NoteKept,
    NudgeDue,
    PhraseSaid,
    PlacesFound,
    PromiseDue,
    ReferralLeftOpen,
    ReferralMoved,
    ReferralOpened,
    ServicesFound,
    Signposted,
    Snoozed,
    SnoozeOver,
    SupportEnded,
    TalkGoneIdle,
    Tapped,
    Typed,
    WordsLeftUnanswered,
    WorkerSaid,
)
from rxbot.episode.fitting import MESSAGE
from rxbot.episode.model import Episode
from rxbot.episode.plan_pages import calendar_of
from rxbot.episode.taps import carried, read_tap
from rxbot.episode.turn import take_turn
from rxbot.handoff.phrasebook import Promise
from rxbot.message import Day, Listed, Text, letters, verbatim
from rxbot.referral.model import Referral, Signpost


@pytest.fixture
def walk(release: Release) -> Walk:
    return Walk(release.content)


# Buttons


def test_a_turn_changes_neither_its_episode_nor_its_mind(release: Release) -> None:
    before = Walk(release.content).consents().episode
    event = Tapped(MONDAY, carried(ID, before.asked_wait, "t:matters:food:1"), "1:1")
    first, second = take_turn(before, event, release.content), take_turn(before, event, release.content)
    assert first == second
    assert before.picking is None
    assert first[0].picking == ("food",)


def test_the_same_button_twice_is_noted_once(walk: Walk) -> None:
    walk.opens().taps("l:en", "a:consent.keep:yes")
    before = walk.episode
    walk.taps("a:consent.keep:yes")
    assert walk.notices() == ["noted_already"]
    assert walk.says() == []
    assert walk.episode == before


def two_goals(walk: Walk) -> Walk:
    """Agree on a plan for food, then one for money."""
    agree(walk.consents().reviews("food", "money").taps("right", "chosen", "begin"), step="ring").taps("agree", "one_more")
    walk.taps("a:plan.goal:money", "a:plan.importance:9", "a:plan.step:ask", "n:plan.day:skipped", "n:plan.cue:skipped")
    return walk.taps("n:plan.obstacle:skipped", "a:plan.confidence:8", "agree", "enough")


@pytest.mark.parametrize("code", ["a:check_in.how:not_needed", "n:check_in.how:skipped"])
def test_a_double_tap_about_one_goal_says_nothing_about_the_next(walk: Walk, code: str) -> None:
    first = check_in(two_goals(walk)).episode.asked_wait
    walk.taps_at(first, code, code)
    assert walk.notices() == ["noted_already"]
    assert (walk.episode.sheet, walk.episode.answers) == ("check_in-3-g2", {})


@pytest.mark.parametrize("days", [3, 7])
def test_a_button_of_an_earlier_sheet_does_not_answer_for_the_open_one(walk: Walk, days: int) -> None:
    """The first goal's button comes when the second is asked about, or the same question of a later check-in."""
    first = check_in(two_goals(walk)).episode.asked_wait
    walk.taps_at(first, "a:check_in.how:went")
    if days == 7:
        check_in(walk, days)
    else:
        walk.taps("a:check_in.helped:yes")
    before = walk.episode.sheets
    walk.taps_at(first, "a:check_in.how:could_not")
    assert walk.says()[0] == "old_button"
    assert walk.says()[-1] == "check_in/check_in.how"
    assert walk.episode.sheets == before


def test_a_first_measure_is_not_changed_by_a_later_one_nor_the_other_way_round(walk: Walk) -> None:
    walk.opens().taps("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own")
    first = walk.episode.asked_wait
    walk.taps(*(f"a:ons4.{item}:4" for item in ("satisfaction", "worthwhile", "happy", "anxious")))
    check_in(walk.reviews("food").taps("right", "chosen"), 28).taps("a:check_in.general:same")
    assert walk.episode.asked == "ons4.satisfaction"
    walk.taps_at(first, "a:ons4.satisfaction:9")
    assert walk.says()[0] == "old_button"
    assert not walk.episode.answers_of("measure-28")
    assert walk.episode.answers_of("intake")["ons4.satisfaction"].chosen == ("4",)


def test_an_old_skip_asks_again_and_takes_no_answer_away(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1", "d:matters")
    skip = walk.episode.asked_wait
    walk.taps_at(skip, "a:food.need:yes", "n:food.need:skipped")
    assert walk.episode.asked == "food.need"
    assert walk.says() == ["intake/food.need"]
    assert walk.episode.answers["food.need"].chosen == ("yes",)
    assert walk.taps("k:food.need").episode.asked == "food.help"


def test_a_skip_tapped_twice_is_noted_once(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1", "d:matters")
    walk.taps_at(walk.episode.asked_wait, "n:food.need:skipped", "n:food.need:skipped")
    assert (walk.notices(), walk.episode.asked) == (["noted_already"], "rest")


def test_an_old_tick_opens_its_list_again_with_that_tick(walk: Walk) -> None:
    walk.consents()
    ticks = walk.episode.asked_wait
    walk.taps("t:matters:food:1", "d:matters").taps_at(ticks, "t:matters:food:1")
    assert (walk.notices(), walk.episode.asked) == (["noted_already"], "food.need")
    walk.taps_at(ticks, "t:matters:money:1")
    assert (walk.episode.asked, walk.episode.picking) == ("matters", ("food", "money"))
    walk.taps("d:matters")
    assert walk.episode.answers["matters"].chosen == ("money", "food")
    assert walk.episode.asked == "money.need"


def test_an_old_done_under_a_list_that_was_skipped_opens_it_again(walk: Walk) -> None:
    walk.consents()
    done = walk.episode.asked_wait
    walk.taps("n:matters:skipped").taps_at(done, "d:matters")
    assert (walk.episode.asked, walk.notices()) == ("matters", [])


def test_a_place_is_corrected_by_its_old_button(walk: Walk) -> None:
    walk.consents().answers("food").types("Northfields").taps("p:0")
    assert walk.says()[0] == "changed"
    assert walk.episode.answers["place"].value.place.label == "Harbourside, Kittersea"  # type: ignore[union-attr]
    assert walk.taps("p:0").notices() == ["noted_already"]


@pytest.mark.parametrize("keeps", ["k:words", "skip", "Keep it", "n:words:skipped"])
def test_a_line_opened_again_is_left_as_it_is(walk: Walk, keeps: str) -> None:
    walk.consents().answers("food").taps("p:0", "a:contact.when:any").types("I miss cooking").taps("c:words")
    assert walk.says() == ["intake/words", "said_before", "type_words"]
    assert "k:words" in walk.taps_shown()
    assert "n:words:skipped" not in walk.taps_shown()
    walk.taps(keeps) if ":" in keeps else walk.types(keeps)
    assert walk.episode.state == "reviewing"
    assert walk.episode.answers["words"].raw == "I miss cooking"


def test_what_was_said_can_still_be_taken_back(walk: Walk) -> None:
    walk.consents().answers("food").taps("p:0", "a:contact.when:any").types("I miss cooking").taps("c:words", "more")
    walk.taps("n:words:refused")
    assert walk.episode.state == "reviewing"
    assert not walk.episode.answers["words"].chosen
    assert walk.episode.answers["words"].value.kind == "declined"


@pytest.mark.parametrize("first", ["words", "age"])
def test_from_an_opened_line_another_line_can_be_opened(walk: Walk, first: str) -> None:
    walk.consents().reviews("food").taps("change", f"c:{first}", "c:contact.when")
    assert (walk.episode.state, walk.episode.asked) == ("answering", "contact.when")
    walk.taps("c:age")
    assert (walk.episode.state, walk.episode.asked) == ("asking_consent", "age")
    assert walk.taps("k:age").episode.state == "reviewing"


@pytest.mark.parametrize("code", ["send", "drop"])
def test_what_the_clinic_was_to_read_loses_its_buttons_when_that_is_settled(walk: Walk, code: str) -> None:
    agree(planning(walk)).taps("agree", "enough")
    drafted = walk.episode.draft_wait
    assert ShowChosen(drafted, ()) in walk.taps_at(drafted, code).did(ShowChosen)


@pytest.mark.parametrize("code", ["send", "drop", "h:plan:1"])
def test_an_old_button_under_a_message_to_the_clinic_is_not_about_the_newer_one(walk: Walk, code: str) -> None:
    agree(planning(walk)).taps("agree", "enough")
    first = walk.episode.draft_wait
    walk.taps("finish", "finish_yes", "a:closing.satisfied:poor", "n:closing.best:skipped").taps_at(first, code)
    assert walk.says()[0] == "old_button"
    assert not walk.did(TellClinic)
    assert walk.episode.draft is not None
    assert not walk.episode.held_back


def test_a_button_of_another_episode_of_this_chat_changes_nothing(walk: Walk) -> None:
    walk.consents()
    before = walk.episode.answers_of("consent")
    walk.meets(Tapped(MONDAY, carried("zzzz9999", 3, "forget_yes"), "1:1"))
    assert walk.says()[0] == "old_button"
    assert walk.episode.answers_of("consent") == before
    assert not walk.did(Erase)


@settings(max_examples=60)
@given(st.text(max_size=70))
def test_a_tap_with_absurd_data_is_an_old_button(data: str) -> None:
    for tap in (data, f"abcd.1~{data}", f"abcd.{data}~a:age:child", f"abcd.1~a:{data}:{data}", f"abcd.1~{data}:1"):
        for walked in (everywhere()[state] for state in ("choosing_language", "answering", "choosing_services")):
            episode, effects = take_turn(walked.episode, Tapped(MONDAY, tap, "1:1"), shipped())
            assert effects
            assert episode.wait < 100


@pytest.mark.parametrize(
    "data", ["", "~", ".~", "abcd.~right", "abcd.x~right", "abcd.-1~right", f"abcd.{'9' * 8}~right", f"abcd.{'9' * 5000}~right"]
)
def test_data_that_is_none_of_ours_is_not_read(data: str) -> None:
    assert read_tap(data) is None


@pytest.mark.parametrize(
    "code",
    ["s:0:1", "s:99", "s:-1", "s:x", "s:", "s", "p:9", "chosen", "right", "c:words", "l:xx", "d:", "a", "t:matters:gone:1"],
)
def test_a_forged_code_is_an_old_button_in_every_state_that_does_not_show_it(release: Release, code: str) -> None:
    for state in ("asking_consent", "answering", "checking_in", "closed"):
        if code == "c:words" and state == "checking_in":
            continue  # after the review its lines can be opened wherever the person is
        one = everywhere()[state]
        episode, effects = take_turn(one.episode, Tapped(MONDAY, carried(ID, 1, code), "1:1"), release.content)
        walked = Walk(release.content, episode, effects=effects)
        assert walked.says()[:1] == ["old_button"], state
        assert episode.state == one.episode.state


def test_ticks_are_kept_taken_off_and_limited(walk: Walk) -> None:
    walk.consents().taps("t:matters:money:1", "t:matters:food:1", "t:matters:money:0")
    assert walk.episode.picking == ("food",)
    walk.taps("t:matters:work:1", "t:matters:arts:1", "t:matters:digital:1")
    assert walk.notices() == ["too_many"]
    assert walk.episode.picking == ("food", "work", "arts")


def test_what_is_typed_into_a_list_joins_its_ticks(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1").types("money")
    assert walk.episode.answers["matters"].chosen == ("money", "food")
    walk = Walk(walk.content).consents().taps("t:matters:food:1").types("learnin")
    assert walk.types("yes").episode.answers["matters"].chosen == ("food", "learning")


def test_own_words_join_the_ticks_and_are_told_with_them(walk: Walk) -> None:
    walk.consents().taps("a:matters:nothing", "a:rest:nothing", "t:strengths:music:1", "t:strengths:cooking:1")
    walk.types("I tell good jokes").taps("p:0", "a:contact.when:any", "n:words:skipped")
    answer = walk.episode.answers["strengths"]
    assert (answer.chosen, answer.words) == (("cooking", "music"), "I tell good jokes")
    told = next(
        line
        for say in walk.all_said()
        for line in say.message.lines
        if line.values.get("question") == Text("intake/strengths:label")
    )
    options = [Text(f"intake/strengths.{one}") for one in ("cooking", "music")]
    assert told.values["answer"] == Text("listed", {"items": Listed((*options, verbatim("I tell good jokes")))})
    walk.taps("c:strengths", "t:strengths:cooking:0", "d:strengths")
    answer = walk.episode.answers["strengths"]
    assert (answer.chosen, answer.words) == (("music",), "I tell good jokes")


def test_what_stands_alone_does_not_join(walk: Walk) -> None:
    assert walk.consents().taps("t:matters:food:1").types("none of these").episode.answers["matters"].chosen == ("nothing",)
    walk.taps("back")
    assert walk.types("money").episode.answers["matters"].chosen == ("money",)


def test_more_than_a_list_takes_is_said_and_the_ticks_stay(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1", "t:matters:work:1", "t:matters:arts:1").types("money")
    assert walk.says() == ["too_many"]
    assert walk.episode.picking == ("food", "work", "arts")


def test_the_only_thing_picked_before_can_be_taken_off_again(walk: Walk) -> None:
    """What was answered before is ticked at first; taken off, it stays off."""
    walk.consents().reviews("food").taps("c:matters", "t:matters:food:0")
    assert walk.episode.picking == ()
    (redrawn,) = walk.did(ShowChosen)
    assert isinstance(redrawn, ShowChosen)
    assert not any(button.chosen for row in redrawn.buttons for button in row)
    walk.taps("d:matters")
    assert walk.notices() == ["pick_one_first"]
    walk.taps("t:matters:money:1", "d:matters")
    assert walk.episode.answers["matters"].chosen == ("money",)


def test_what_was_answered_before_is_shown_ticked_when_asked_again(walk: Walk) -> None:
    walk.consents().reviews("food", "money").taps("c:matters")
    chosen = [b.tap for say in walk.all_said() for row in say.message.buttons for b in row if b.chosen]
    assert chosen == ["t:matters:money:0", "t:matters:food:0"]
    walk.taps("d:matters")
    assert walk.episode.state == "reviewing"


def test_a_required_question_cannot_be_left_out(walk: Walk) -> None:
    walk.opens().taps("l:en", "n:consent.keep:skipped")
    assert walk.says()[0] == "cannot_skip"
    walk.types("skip")
    assert walk.says()[0] == "cannot_skip"
    assert walk.episode.asked == "consent.keep"


# Words


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_is_typed_somebody_is_answered(words: str) -> None:
    for name, one in everywhere().items():
        walked = Walk(shipped(), one.episode, one.at).types(words)
        assert walked.says() or walked.says("topic") or walked.notices() or walked.did(Copy), name


@pytest.mark.parametrize("state", ["choosing_services"])
def test_a_service_marked_by_typing_its_number_is_answered_aloud(release: Release, state: str) -> None:
    """A short word on top of the chat is shown only after a tap."""
    walked = Walk(release.content, everywhere()[state].episode).types("2")
    assert walked.says() == ["want_noted"]
    assert walked.all_said()[0].message.lines[0].values["services"] == Listed(("Service 2",))
    assert [offer.wanted for offer in walked.episode.offers] == [False, True, False]


def test_an_answer_wins_over_a_way_out_that_is_said_alike(walk: Walk) -> None:
    """On the check-in, "part of it" is an answer; "stop" is a way out everywhere."""
    one = check_in(walk.consents().reviews("food").taps("right", "s:1:1", "chosen"))
    one.types("a part of it")
    assert one.episode.answers_of("check_in-3-s1")["check_in.how"].chosen == ("part",)
    assert one.types("stop").episode.closed == "stopped"


def test_a_place_is_taken_picked_or_not_known(release: Release) -> None:
    one = Walk(release.content).consents().answers("food")
    assert one.types("Northfields").episode.asked == "contact.when"
    lost = Walk(release.content, places=()).consents().answers("food").types("Atlantis")
    assert lost.says() == ["no_such_place", "intake/place", "type_place"]
    assert lost.types("hmm").says()[0] == "still_no_such_place"
    assert lost.types("there").says()[:3] == ["person_asked", "going_on", "no_such_place"]
    assert lost.types("here").says()[0] == "no_such_place"
    slip = Walk(release.content).consents().answers("food").meets(PlacesFound(MONDAY, "Nortfields", (TOWN,), guessed=True))
    assert slip.says() == ["did_you_mean_place"]
    assert slip.taps("go_on").episode.asked == "place"
    slip.meets(PlacesFound(MONDAY, "Nortfields", (TOWN,), guessed=True))
    assert slip.taps("p:1").episode.asked == "contact.when"
    two = Walk(release.content, places=(TOWN, Place(53.0, 0.4, "Northfields, Elsewhere"))).consents().answers("food")
    assert two.types("Northfields").says() == ["which_place"]
    assert two.taps("p:3").says()[0] == "old_button"
    two.taps("p:2")
    assert two.episode.answers["place"].value.place.label == "Northfields, Elsewhere"  # type: ignore[union-attr]


def test_two_misses_offer_a_person_and_an_answer_forgets_them(walk: Walk) -> None:
    walk.consents().types("blah")
    assert walk.says()[0] == "not_understood"
    assert walk.types("blah").says()[0] == "still_not_understood"
    assert walk.taps("t:matters:food:1", "d:matters").episode.misses == 0


def test_words_no_answer_written_in_pieces_are_one_miss_and_all_of_them_reach_the_worker(walk: Walk) -> None:
    walk.consents().types("it is all too much")
    assert walk.episode.misses == 1
    for piece in ("every day", "I am ashamed since my dog died"):
        assert not walk.later(seconds=2).goes_on(piece).did(Say)
    assert (walk.episode.misses, len(walk.episode.unread)) == (1, 3)
    assert walk.later(seconds=9).goes_on("every day").episode.misses == 2


@pytest.mark.parametrize(
    ("seconds", "words", "place"),
    [(2, "and clocks", None), (9, "and clocks", None), (9, "Northfields", "Northfields, Kittersea")],
)
def test_words_soon_after_an_answer_in_own_words_join_it_but_not_an_answer_to_what_is_asked_now(
    walk: Walk, seconds: float, words: str, place: str | None
) -> None:
    walk.consents().answers("food").taps("back").types("I mend old radios")
    assert walk.episode.asked == "place"
    walk.later(seconds=seconds).goes_on(words)
    answers = walk.episode.answers_of("intake")
    assert answers["strengths"].words == ("I mend old radios" if place else f"I mend old radios\n{words}")
    assert ("place" in answers) == bool(place)


def test_a_question_asked_once_more_takes_the_buttons_off_its_older_copy(walk: Walk) -> None:
    """A tap on the older copy that was on its way counts all the same."""
    walk.consents().taps("t:matters:food:1", "d:matters")
    older = walk.episode.asked_wait
    walk.types("blah")
    assert walk.did(ShowChosen) == [ShowChosen(older, ())]
    assert walk.episode.asked_wait == older + 1
    assert walk.taps_at(older, "a:food.need:no").episode.asked == "rest"


def test_a_question_left_for_another_is_asked_again_in_its_turn_and_its_first_copy_can_be_tapped_no_more(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1", "d:matters")
    left = walk.episode.asked_wait
    walk.taps("back")
    assert walk.episode.asked == "matters"
    assert walk.did(ShowChosen) == [ShowChosen(left, ())]


def test_an_answer_given_under_an_older_copy_shows_under_the_last_one_too(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1")
    older = walk.episode.asked_wait
    walk.types("blah").taps_at(older, "d:matters")
    assert [one.wait for one in walk.did(ShowChosen) if isinstance(one, ShowChosen)] == [older, older + 1]


def test_a_question_asked_for_the_first_time_takes_no_buttons_off(walk: Walk) -> None:
    walk.consents().taps("t:matters:food:1", "d:matters", "a:food.need:no")
    redrawn = [one for one in walk.did(ShowChosen) if isinstance(one, ShowChosen)]
    assert redrawn
    assert all(one.buttons for one in redrawn)


@pytest.mark.parametrize("words", ["yes", "sometimes"])
def test_a_guess_that_is_settled_can_be_tapped_no_more(walk: Walk, words: str) -> None:
    guessing(walk)
    guess = walk.episode.guess_shown
    assert guess is not None
    assert ShowChosen(guess.wait, ()) in walk.types(words).did(ShowChosen)


def test_words_of_which_was_guessed_right_stay_with_the_person_and_others_reach_the_worker(walk: Walk) -> None:
    walk = Walk(walk.content).consents("es").taps("person", "t:matters:money:1", "d:matters").types("aveces, gracias, muchas")
    assert (walk.says(), walk.did(Copy)) == (["did_you_mean"], [])
    assert walk.taps("y:money.need").did(Copy) == []
    walk = Walk(walk.content).consents("es").taps("person", "t:matters:money:1", "d:matters").types("avezes")
    assert walk.taps("go_on").did(Copy) == [Copy("topic", "1:2")]
    assert walk.says("topic") == ["asked_of_them"]
    walk = Walk(walk.content).consents("es").taps("t:matters:money:1", "d:matters").types("avezes").types("mi vecina")
    assert walk.episode.unread == ("1:2", "1:2")


def test_a_point_of_a_scale_among_small_words_is_no_news_for_the_worker(walk: Walk) -> None:
    walk.opens().taps("l:es", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own")
    walk.taps("person")
    for words in ("un 3 o asi", "pues un 5 creo", "creo que un 4"):
        item = walk.episode.asked
        assert walk.types(words).did(Copy) == [], words
        if walk.says() == ["did_you_mean"]:
            assert walk.taps(f"y:{item}").did(Copy) == []
    assert walk.types("un 2 desde que murio Manuel").says() == ["did_you_mean"]
    assert walk.did(Copy)
    assert walk.taps("go_on").did(Copy) == []
    assert walk.types("tengo un 7 de ansiedad").did(Copy) == []


def test_what_is_longer_than_a_label_is_guessed_at_and_read_by_the_worker_too(walk: Walk) -> None:
    walk.consents().taps("person", "t:matters:money:1", "d:matters").types("somtimes")
    assert (walk.says(), walk.did(Copy)) == (["did_you_mean"], [])
    walk = Walk(walk.content).consents().taps("person").types("mas gente, estoy muy sola")
    (passed,) = walk.did(Copy)
    assert (walk.says(), passed.words, passed.asked is not None) == (["did_you_mean"], "mas gente, estoy muy sola", True)


@pytest.mark.parametrize("how", ["refused", "unsure"])
def test_a_way_out_under_more_redraws_the_question_and_not_the_menu(walk: Walk, how: str) -> None:
    walk.consents().taps("t:matters:food:1", "d:matters")
    asked_at = walk.episode.asked_wait
    walk.taps("more", f"n:food.need:{how}")
    assert (walk.episode.asked, walk.episode.answers["food.need"].value) == ("rest", Declined(how))  # type: ignore[arg-type]
    assert [one.wait for one in walk.did(ShowChosen) if isinstance(one, ShowChosen)] == [asked_at]


def test_a_plan_shown_once_more_and_one_agreed_to_can_be_tapped_no_more(walk: Walk) -> None:
    agree(planning(walk))
    older = walk.episode.asked_wait
    assert ShowChosen(older, ()) in walk.types("my leg hurts").did(ShowChosen)
    newer = walk.episode.asked_wait
    assert newer != older
    assert walk.taps("agree").did(ShowChosen) == [ShowChosen(newer, ())]
    offered = walk.episode.asked_wait
    assert walk.types("my leg hurts").did(ShowChosen) == [ShowChosen(offered, ())]
    assert walk.taps("enough").did(ShowChosen) == [ShowChosen(walk.waits["enough"], ())]


def test_what_was_not_understood_reaches_the_worker_who_comes_next(walk: Walk) -> None:
    walk.consents()
    for number in range(1, 4):
        walk.later(minutes=1).meets(Typed(walk.at, "blah blah", f"1:{number}"))
    assert walk.did(Copy) == [Copy("topic", "1:1"), Copy("topic", "1:2"), Copy("topic", "1:3", words="blah blah")]
    assert walk.episode.unread == ()


def test_what_was_not_understood_stays_unread_where_the_person_shares_nothing(walk: Walk) -> None:
    walk.consents(share="no").types("blah blah")
    assert not walk.taps("person").did(Copy)
    assert not walk.episode.unread


@pytest.mark.parametrize(
    ("language", "words"), [("es", "q es esto"), ("ar", "ما هذا"), ("en", "who reads this"), ("es", "y si no?")]
)
def test_who_asks_before_they_agree_hears_what_this_is_and_no_worker_reads_it_later(
    walk: Walk, language: str, words: str
) -> None:
    walk.opens().taps(f"l:{language}").types(words)
    assert walk.says() == ["what_this_is", "a_program", "consent/consent.keep"]
    walk.types("I owe three bills").taps("a:consent.keep:yes").types(words)
    assert walk.says()[-1] == "consent/consent.share"
    walk.taps("a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "person")
    assert (walk.says("topic")[0], walk.did(Copy), walk.episode.misses) == ("brief_head", [], 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("es", words) for words in ("hola?", "¿Es usted un robot?", "eres una persona real", "q es esto?", "con quien hablo")),
        *(("ar", words) for words in ("هل انت انسان", "مرحبا", "انت روبوت؟", "مين انت", "شو هاد")),
        *(("en", words) for words in ("are you a person?", "Hello?", "am I talking to a robot", "who is this")),
    ],
)
def test_who_asks_with_whom_they_talk_is_told_it_is_a_program_and_asked_again(walk: Walk, language: str, words: str) -> None:
    walk.consents(language).taps("t:matters:food:1", "d:matters").types(words)
    assert walk.says() == ["a_program", "intake/food.need"]
    assert (walk.episode.misses, walk.episode.unread) == (0, ())
    assert walk.taps("person").types(words).did(Copy) == [Copy("topic", "1:2", words=words)]


def test_a_greeting_in_any_state_is_answered(release: Release) -> None:
    said = {name: replace(walk).types("hello").says() for name, walk in everywhere().items()}
    assert said["following_up"][0] == "a_program"
    assert "passed_on" in said["following_up"]
    assert said["following up unshared"] == ["here_for_you"]
    assert said["choosing_language"] == ["which_language"] * 3
    assert said["closed"] == ["here_for_you"]
    assert {name for name, texts in said.items() if texts[0] == "a_program"} >= {"reviewing", "choosing_services", "planning"}


def test_danger_and_a_wish_for_a_person_before_they_agree_reach_a_worker_also_as_questions(walk: Walk) -> None:
    walk.opens().taps("l:es").types("puedo hablar con una persona?")
    assert walk.says()[0] == "person_asked"
    assert walk.types("q es esto?").did(Copy) == [Copy("topic", "1:2", words="q es esto?")]
    walk = Walk(walk.content).opens().taps("l:es").types("para que vivir? me quiero matar")
    assert walk.says()[0] == "taken_seriously"
    assert walk.did(Copy)


def test_words_with_no_question_open_bring_a_worker_as_a_picture_does(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(HandoffEnded(MONDAY, "Sam"))
    walk.types("I went, and they were closed")
    assert walk.says() == ["passed_on"]
    assert walk.did(Copy) == [Copy("topic", "1:2", words="I went, and they were closed")]
    assert "brief_head" in walk.says("topic")


def test_words_after_the_end_go_along_when_a_person_is_asked_for(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen", "finish_yes", "a:closing.satisfied:good", "n:closing.best:skipped")
    assert walk.types("I am lonely again").says() == ["here_for_you"]
    assert walk.taps("person").did(Copy) == [Copy("topic", "1:2")]


def test_the_name_of_the_worker_who_talked_with_them_asks_for_a_person(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(walk.at, "Sam")).meets(WorkerSaid(walk.at, "Sam", words="Hello"))
    walk.meets(HandedBack(walk.at, "Sam"))
    by_name = Walk(walk.content, walk.episode, walk.at).types("quiero hablar con sam")
    assert by_name.says() == Walk(walk.content, walk.episode, walk.at).taps("person").says()


@pytest.mark.parametrize(("words", "says"), [("8 o 9", "one_number"), ("8-9", "one_number"), ("8 o 90", "not_understood")])
def test_who_names_two_points_of_a_scale_is_asked_for_one(walk: Walk, words: str, says: str) -> None:
    walk.opens().taps("l:es", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own")
    assert walk.episode.asked.startswith("ons4.")
    assert ("one_number" in walk.types(words).says()) == (says == "one_number")


def test_an_answer_edited_in_the_chat_is_no_new_answer_and_the_person_is_told_how_to_change_it(walk: Walk) -> None:
    walk.consents().answers("food").taps("p:0", "a:contact.when:any").types("I like chess")
    assert walk.meets(Edited(walk.at, "I like cards", "1:2")).says() == ["edit_is_no_answer"]
    walk.taps("person").meets(WorkerSaid(walk.at, "Sam", words="Hello"))
    assert walk.meets(Edited(walk.at, "I like cards", "1:2")).says() == []
    assert walk.did(Rewrite)


def guessing(walk: Walk) -> Walk:
    """Somebody is asked whether they meant that they sometimes feel safe."""
    return walk.consents().taps("t:matters:safety:1", "d:matters").types("somtimes")


@pytest.mark.parametrize("words", ["yes", "Yeah", "نعم", "sí", "Yes, that"])
def test_a_typed_yes_is_about_the_guess_not_about_the_question_behind_it(walk: Walk, words: str) -> None:
    guessing(walk).types(words)
    assert walk.episode.answers["safety.need"].chosen == ("sometimes",)
    assert "taken_seriously" in walk.says()


@pytest.mark.parametrize("words", ["no", "Nope", "No, ask me again"])
def test_a_typed_no_refuses_the_guess_and_the_question_is_asked_again(walk: Walk, words: str) -> None:
    guessing(walk).types(words)
    assert walk.says() == ["intake/safety.need"]
    assert "safety.need" not in walk.episode.answers


def test_while_a_guess_is_open_an_answer_is_an_answer_and_nothing_is_guessed_twice(walk: Walk) -> None:
    guessing(walk).types("yess")
    assert walk.says() == ["not_understood", "intake/safety.need"]
    guessing(Walk(walk.content)).types("sometimes")
    walk.types("never")
    assert walk.episode.answers["safety.need"].chosen == ("no",)


@pytest.mark.parametrize("asks", ["more", "plan", "my_data", "help"])
def test_a_yes_never_answers_a_question_further_up(walk: Walk, asks: str) -> None:
    walk.consents().taps("t:matters:safety:1", "d:matters", asks).types("yes")
    assert "safety.need" not in walk.episode.answers
    assert walk.says()[-1] == "intake/safety.need"


@pytest.mark.parametrize(("words", "closed"), [("yes", "erased"), ("no", "")])
def test_a_yes_or_no_to_what_was_asked_last_is_taken(walk: Walk, words: str, closed: str) -> None:
    walk.consents().taps("t:matters:safety:1", "d:matters", "forget").types(words)
    assert walk.episode.closed == closed
    assert "safety.need" not in walk.episode.answers


def test_a_yes_after_a_workers_words_is_for_the_worker(walk: Walk) -> None:
    walk.consents().taps("person", "forget").meets(WorkerSaid(MONDAY, "Sam", words="Shall I ring you?")).types("yes")
    assert walk.did(Copy) == [Copy("topic", "1:2", words="yes")]
    assert not walk.did(Erase)


# Danger


def test_an_answer_that_means_danger_raises_the_alarm_at_once(walk: Walk) -> None:
    walk.consents().taps("t:matters:safety:1", "d:matters", "a:safety.need:no")
    assert walk.says()[:2] == ["taken_seriously", "ring_now"]
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.urgent


@pytest.mark.parametrize("where", ["answering", "reviewing", "reviewing at the end"])
def test_an_answer_corrected_to_one_that_means_danger_raises_the_alarm_too(walk: Walk, where: str) -> None:
    walk.consents().taps("t:matters:safety:1", "d:matters", "a:safety.need:yes")
    if where != "answering":
        walk.taps("a:rest:nothing", "n:strengths:skipped", "p:0", "a:contact.when:any", "n:words:skipped")
    if where == "reviewing at the end":  # with answers to the questions that appear then set aside, nothing is left to ask
        walk.taps("a:safety.need:no", "a:safety.help:later", "a:contact.safe:yes", "a:safety.need:yes")
        walk.episode = replace(walk.episode, handoff=None)
    walk.taps("a:safety.need:no")
    assert "taken_seriously" in walk.says()
    assert "changed" in walk.says()
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.urgent
    assert walk.episode.state == ("reviewing" if where == "reviewing at the end" else "answering")


def test_words_under_a_picture_may_mean_danger(walk: Walk) -> None:
    walk.consents(share="no").sends("I want to die")
    assert walk.says()[:2] == ["taken_seriously", "ring_now"]
    assert walk.did(Copy) == [Copy("topic", "1:3", urgency="crisis")]


def test_danger_is_answered_in_every_state_even_after_stopping(release: Release) -> None:
    for name, one in everywhere().items():
        walked = Walk(release.content, one.episode, one.at).types("I want to die")
        assert "ring_now" in walked.says(), name
        assert "urgent_in_team" in walked.says("team"), name


def test_a_second_alarm_is_told_in_the_open_topic(walk: Walk) -> None:
    walk.consents().taps("person").types("I want to die")
    assert walk.says("topic")[0] == "alarm_in_topic"
    assert not walk.did(OpenTopic)
    assert walk.episode.handoffs == 1
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.urgent


# Going back, correcting


def test_back_at_the_first_question_says_so(walk: Walk) -> None:
    walk.opens().taps("l:en", "back")
    assert walk.says()[0] == "first_question"
    assert walk.says()[-1] == "consent/consent.keep"


def test_a_correction_that_leaves_nothing_to_ask_comes_to_the_review(walk: Walk) -> None:
    """A question was opened again from the review, and then another answer corrected by its old button."""
    walk.consents().reviews("food").taps("c:words", "a:food.need:no")
    assert walk.says()[0] == "changed"
    assert walk.episode.state == "reviewing"


def test_back_to_the_consent_from_the_review_comes_to_the_review_again(walk: Walk) -> None:
    walk.consents().reviews("food").taps("c:self", "back", "a:age:a50")
    assert walk.episode.state == "reviewing"
    assert walk.says()[0] == "review_head"


def test_a_correction_of_the_consent_shows_the_open_question_again(walk: Walk) -> None:
    walk.consents().taps("back", "back", "back", "back", "back", "back", "a:consent.share:no")
    assert walk.says() == ["changed", "consent/age"]


def test_consent_taken_back_closes_and_erases(walk: Walk) -> None:
    walk.opens().taps("l:en", "a:consent.keep:yes", "a:consent.keep:no")
    assert walk.episode.closed == "nothing_kept"
    assert walk.did(Erase)


# Sharing


def test_the_brief_holds_no_answers_when_sharing_is_refused(walk: Walk) -> None:
    walk.consents(share="no").reviews("food").taps("right")
    assert walk.says()[0] == "not_shared"
    assert walk.says("topic") == []
    walk.taps("person")
    assert "brief_head" in walk.says("topic")
    assert {"brief_needs", "brief_answer", "brief_shown"} & set(walk.says("topic")) == set()
    walk.taps("s:1:1", "chosen")
    assert walk.says("topic") == []


def test_the_brief_holds_the_answers_when_sharing_is_agreed(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right")
    assert {"brief_needs", "brief_answer", "brief_shown"} <= set(walk.says("topic"))


def test_media_reach_the_team_only_when_sharing_is_agreed_or_a_talk_is_open(walk: Walk) -> None:
    walk.consents(share="no").sends()
    assert not walk.did(Copy)
    assert not walk.did(OpenTopic)
    walk.taps("person").sends()
    assert walk.did(Copy)


def test_what_the_clinic_and_the_team_read_of_a_plan_speaks_about_the_person(release: Release) -> None:
    one = agree(planning(Walk(release.content))).taps("agree", "enough")
    assert "plan_told_step_on" in one.says("topic")
    told = [line for say in one.all_said("topic") for line in say.message.lines]
    for ends in ((), ("finish_yes", "n:closing.satisfied:skipped", "n:closing.best:skipped")):
        draft = one.taps(*ends).episode.draft
        assert draft is not None
        told += [line for part in draft.parts for line in part.lines]
    said = [release.words.label(line, "en") for line in told]
    assert "Step: “Get in touch with Service 1”, on 3 March 2026" in said
    assert [line for line in said if re.search(r"your?", line, re.IGNORECASE)] == []


# The plan


def test_of_a_smaller_step_we_ask_how_sure_they_are_and_offer_help_once_more_only(walk: Walk) -> None:
    agree(planning(walk), confidence=4).taps("a:plan.sure:smaller", "a:plan.smaller:save")
    assert walk.episode.asked == "plan.confidence_again"
    walk.taps("a:plan.confidence_again:5")
    assert walk.episode.asked == "plan.sure_again"
    walk.taps("a:plan.sure_again:smaller")
    walk.types("I look up the number")
    assert walk.says()[0] == "plan_agree_ask"
    walk.taps("agree")
    assert walk.episode.plan is not None
    [goal] = walk.episode.plan.goals
    assert (goal.action.what, goal.action.confidence) == (verbatim("I look up the number"), None)


@pytest.mark.parametrize(("again", "then"), [("8", ()), ("3", ("a:plan.sure_again:keep",)), ("3", ("a:plan.sure_again:person",))])
def test_a_smaller_step_may_be_kept(walk: Walk, again: str, then: tuple[str, ...]) -> None:
    agree(planning(walk), confidence=4).taps("a:plan.sure:smaller", "a:plan.smaller:save")
    walk.taps(f"a:plan.confidence_again:{again}", *then)
    assert "plan_agree_ask" in walk.says()
    assert ("person_asked_team" in walk.says()) == (then == ("a:plan.sure_again:person",))
    walk.taps("agree")
    assert walk.episode.plan is not None
    [goal] = walk.episode.plan.goals
    assert (goal.action.what.id, goal.action.confidence) == ("plan/plan.smaller.save", int(again))


def test_a_step_kept_after_all_is_the_one_in_the_plan(walk: Walk) -> None:
    """A smaller step was named, then the answer before it corrected."""
    agree(planning(walk), confidence=4).taps("a:plan.sure:smaller", "a:plan.smaller:save", "a:plan.sure:keep", "agree")
    assert walk.episode.plan is not None
    [goal] = walk.episode.plan.goals
    assert (goal.action.what.id, goal.action.confidence) == ("get_in_touch", 4)


# Services


def test_six_services_in_all_and_at_most_three_for_a_need_none_twice(release: Release) -> None:
    many = tuple(service(n) for n in range(1, 12))
    one = Walk(release.content, found=many).consents().reviews("food").taps("right")
    assert len(one.episode.offers) == 3
    three = Walk(release.content, found=many).consents().reviews("food", "money", "work").taps("right")
    assert len(three.episode.offers) == 6
    assert len({offer.service for offer in three.episode.offers}) == 6


SEVEN = ("food", "money", "work", "arts", "learning", "digital", "transport")


@pytest.mark.parametrize(("share", "said"), [("yes", "not_shown_yet"), ("no", "not_shown_yet_alone")])
def test_parts_of_life_for_which_there_is_no_room_are_named(release: Release, share: str, said: str) -> None:
    seven = tuple((domain, (service(n, f"For {domain}"),)) for n, domain in enumerate(SEVEN, 1))
    one = Walk(release.content).consents(share=share).reviews("food")
    episode, _ = take_turn(one.episode, Tapped(MONDAY, carried(ID, 1, "right"), "1:1"), release.content)
    episode, effects = take_turn(episode, ServicesFound(MONDAY, seven), release.content)
    after = Walk(release.content, episode, effects=effects)
    assert len(episode.offers) == 6
    [named] = [line for say in after.all_said() for line in say.message.lines if line.id == said]
    assert named.values["domains"] == Listed((Text("intake/matters.transport"),))
    assert Record("no_room", {"domains": "transport"}) in effects
    assert ("brief_not_shown" in after.says("topic")) == (share == "yes")


def test_services_that_all_stand_above_are_not_said_to_be_missing(release: Release) -> None:
    one = Walk(release.content, found=(service(1),)).consents().reviews("food", "money").taps("right")
    assert one.says().count("services_head") == 1
    assert "no_service" not in one.says()


def desk(number: int, described: str, provider: str = "Job Centre") -> Match:
    """Give a service whose publisher keeps each of its desks as a service of its own."""
    match = service(number)
    record = replace(match.service, description=described, organization=Organization(provider, provider))
    return replace(match, service=record)


@pytest.mark.parametrize(
    "others", ["Help with finding work and with benefits.", "Help with finding work and with benefits. Open on Mondays."]
)
def test_one_service_at_several_branches_is_shown_once(release: Release, others: str) -> None:
    branches = (desk(1, "Help with finding work and with benefits."), desk(2, others), desk(3, others))
    one = Walk(release.content, found=(*branches, service(4))).consents().reviews("food").taps("right")
    assert [offer.service for offer in one.episode.offers] == ["k1", "k4"]


def test_of_several_branches_the_nearest_is_shown_in_the_place_of_the_best(release: Release) -> None:
    told = "Help with finding work and with benefits."
    far, near = (replace(desk(n, told), distance_km=km) for n, km in ((1, 7.6), (2, 1.5)))
    unplaced = replace(desk(3, told), distance_km=None)
    one = Walk(release.content, found=(far, service(4), near, unplaced)).consents().reviews("food").taps("right")
    assert [offer.service for offer in one.episode.offers] == ["k2", "k4"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (desk(1, "Help with finding work and with benefits."), desk(2, "Help with finding work and with benefits.", "Work Club")),
        (desk(1, "We do: Swimming lessons for children."), desk(2, "We do: Lessons for adults.")),
        (desk(1, "Wellness visits. For children."), desk(2, "Wellness visits. For adults.")),
        (desk(1, ""), desk(2, "")),
    ],
    ids=["of another provider", "described otherwise", "a short beginning", "not described"],
)
def test_what_is_not_the_same_service_is_shown_beside_it(release: Release, first: Match, second: Match) -> None:
    one = Walk(release.content, found=(first, second)).consents().reviews("food").taps("right")
    assert [offer.service for offer in one.episode.offers] == ["k1", "k2"]


def test_what_only_shares_a_word_with_the_wish_is_left_out_where_another_speaks_of_it(release: Release) -> None:
    one = Walk(release.content, found=(beside(1), service(2), beside(3))).consents().reviews("food").taps("right")
    assert [offer.service for offer in one.episode.offers] == ["k2"]
    assert "services_head" in one.says()


@pytest.mark.parametrize(("share", "said"), [("yes", "nearest_service"), ("no", "nearest_service_alone")])
def test_where_nothing_speaks_of_the_wish_the_nearest_alone_is_shown_and_called_that(
    release: Release, share: str, said: str
) -> None:
    one = Walk(release.content, found=(beside(1), beside(2))).consents(share=share).reviews("food").taps("right")
    assert [offer.service for offer in one.episode.offers] == ["k1"]
    assert said in one.says()
    assert "services_head" not in one.says()


def test_what_is_further_away_than_they_go_is_called_that(release: Release) -> None:
    reach_km = release.content.scheme.reach_km
    near, far = (replace(service(n), distance_km=km) for n, km in ((1, reach_km), (2, reach_km + 0.1)))
    for found, head in (((far,), "further_services"), ((far, near), "services_head")):
        one = Walk(release.content, found=found).consents().reviews("food").taps("right")
        assert {"further_services", "services_head"} & {*one.says()} == {head}


def beside(number: int) -> Match:
    """Give a service that only has a word in common with what they chose."""
    match = service(number)
    return replace(match, reasons=tuple(reason for reason in match.reasons if reason.code is not Why.HELPS_WITH))


def test_words_of_a_choice_are_looked_for_as_the_same_words_of_a_profile_are(release: Release) -> None:
    one = Walk(release.content).consents().reviews("food").taps("right")
    [(_, search)] = next(effect for effect in one.effects if isinstance(effect, FindServices)).searches
    words = tuple(wish.words for wish in search.focus)
    as_profile = Profile("p", tuple(need.id for need in search.needs), words).search(release.content.needs, search.now)
    assert len(words) > 1
    assert [wish.phrase for wish in as_profile.focus] == [wish.phrase for wish in search.focus]


def test_a_branch_under_another_heading_is_not_said_to_be_missing(release: Release) -> None:
    told = "Help with finding work and with benefits."
    found = {"food": (desk(1, told),), "money": (desk(2, told),)}
    one = Walk(release.content, found_for=found).consents().reviews("food", "money").taps("right")
    assert len(one.episode.offers) == 1
    assert not {"no_service", "not_shown_yet"} & {*one.says()}


@pytest.mark.parametrize(("share", "said"), [("yes", "no_service"), ("no", "no_service_alone")])
def test_nothing_found_is_said_and_counted(release: Release, share: str, said: str) -> None:
    one = Walk(release.content, found=()).consents(share=share).reviews("food").taps("right")
    assert said in one.says()
    assert Record("no_service", {"domain": "food"}) in one.effects
    assert Record("reviewed", {"needs": "food", "help_wanted": "food"}) in one.effects
    assert one.says()[-1] == "no_services_foot"


def test_no_help_wanted_looks_for_no_services(walk: Walk) -> None:
    walk.consents().reviews("food", wanted="later").taps("right")
    assert walk.episode.state == "following_up"
    assert "brief_sent" in walk.says()


# Silence and time


def test_a_check_in_due_at_night_waits_for_the_morning(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right")
    night = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    walk.meets(CheckInDue(night, 3))
    assert walk.effects == (SetTimer("check_in-3", datetime(2026, 3, 6, 8, 0, tzinfo=UTC), 3),)
    assert walk.episode.state == "choosing_services"


def test_a_check_in_due_while_a_worker_talks_waits_a_day(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right").meets(WorkerSaid(MONDAY, "Sam", words="Hello"))
    walk.meets(CheckInDue(MONDAY + timedelta(days=3), 3))
    assert walk.effects == (SetTimer("check_in-3", datetime(2026, 3, 6, 10, 0, tzinfo=UTC), 3),)


def test_a_check_in_left_unanswered_makes_room_for_the_next(walk: Walk) -> None:
    one = check_in(walk.consents().reviews("food").taps("right", "s:1:1", "chosen"))
    night = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
    one.meets(CheckInDue(night, 7))
    assert one.says() == []
    assert one.did(SetTimer)
    one.meets(CheckInDue(night + timedelta(hours=6), 7))
    assert one.episode.sheet == "check_in-7-s1"
    assert one.says()[-1] == "check_in/check_in.how"
    one.taps("a:check_in.how:not_needed")
    assert one.episode.state == "following_up"


def test_what_is_not_for_them_is_not_asked_about_again_and_no_plan_is_named_where_there_is_none(release: Release) -> None:
    words = release.content.wording["en"]
    one = check_in(Walk(release.content).consents().reviews("food").taps("right", "s:1:1", "s:2:1", "chosen"))
    for answer, *more in (("not_for_me", "a:check_in.instead:enough"), ("not_needed",)):
        reply = f"check_in/check_in.how.{answer}:reply"
        assert one.taps(f"a:check_in.how:{answer}").says()[0] == reply
        one.taps(*more)
        assert "plan" not in words[reply]
    check_in(one, 4)
    assert one.episode.sheet == "check_in-4-0"


def test_with_no_step_and_no_service_a_check_in_asks_how_things_are(walk: Walk) -> None:
    one = check_in(walk.consents().reviews("food").taps("right", "chosen"))
    assert one.says() == ["check_in/check_in.general:say1", "check_in/check_in.general"]
    one.taps("a:check_in.general:harder")
    assert one.says()[0] == "check_in/check_in.general.harder:reply"
    assert (one.says("topic"), one.episode.state) == (["check_in_told", "brief_answer"], "following_up")
    assert Record("checked_in", {"about": "check_in-3-0", "how": "harder", "next": ""}) in one.effects


def test_whoever_would_talk_to_a_person_at_a_check_in_can(walk: Walk) -> None:
    one = check_in(walk.consents().reviews("food", wanted="later").taps("right"))
    assert "person_asked_team" in one.taps("a:check_in.general:person").says()


def test_once_every_goal_is_met_a_chosen_service_is_asked_about_then_how_things_are(release: Release) -> None:
    one = planning(Walk(release.content))
    agree(one).taps("agree", "enough", "s:2:1")
    check_in(one).taps("a:check_in.how:went", "a:check_in.helped:yes")
    assert check_in(one, 4).episode.sheet == "check_in-4-s2"
    one.taps("a:check_in.how:could_not", "a:check_in.barrier:time")
    assert not [tap for tap in one.taps_shown() if tap.endswith(":smaller")], "a service has no smaller step"
    one.taps("a:check_in.next:again")
    check_in(one, 28).taps("a:check_in.how:not_needed")
    assert check_in(one, 28).says()[-1] == "check_in/check_in.general"


def test_what_is_among_the_best_for_two_parts_of_life_comes_first(release: Release) -> None:
    found = {"food": (service(1), service(2), service(3)), "money": (service(4), service(3), service(5))}
    one = Walk(release.content, found_for=found).consents().reviews("food", "money").taps("right")
    assert [offer.service for offer in one.episode.offers] == ["k3", "k4", "k5", "k1", "k2"]  # money is asked about first


def test_what_a_check_in_tells_of_a_service_is_counted_for_it(walk: Walk) -> None:
    one = check_in(walk.consents().reviews("food").taps("right", "s:1:1", "chosen"))
    service = one.episode.offers[0].service
    one.taps("a:check_in.how:went")
    told = one.taps("a:check_in.helped:yes").did(CountOutcome)
    assert told == [CountOutcome(service, Came.ATTENDED), CountOutcome(service, Came.HELPED)]


def test_a_step_that_was_taken_is_followed_by_what_the_person_wants_then(release: Release) -> None:
    def taken(helped: str, onward: str) -> Walk:
        one = agree(planning(Walk(release.content))).taps("agree", "enough")
        return check_in(one).taps("a:check_in.how:went", f"a:check_in.helped:{helped}", f"a:check_in.onward:{onward}")

    def goal(one: Walk) -> str:
        assert one.episode.plan
        return one.episode.plan.goals[0].status

    new = taken("some", "new")
    assert (new.episode.state, new.episode.asked) == ("planning", "plan.step")
    again = taken("no", "again")
    assert (again.episode.state, goal(again)) == ("following_up", "active")
    assert check_in(again, 4).episode.sheet == "check_in-4-g1"
    assert goal(taken("some", "enough")) == "met"
    left = taken("no", "enough")
    assert goal(left) == "dropped"
    assert check_in(left, 4).episode.sheet == "check_in-4-0"
    assert "person_asked_team" in taken("no", "person").says()


def test_whoever_is_never_written_to_first_is_not_kept_open_for_ever(walk: Walk) -> None:
    walk.consents().answers("safety", need="no").taps(
        "p:0", "a:contact.when:any", "a:contact.safe:no", "n:words:skipped", "right"
    )
    check_in(walk, 84)
    assert walk.says() == []
    assert [t.kind for t in walk.did(SetTimer)] == ["close"]  # type: ignore[attr-defined]


def test_the_calendar_of_who_is_never_written_to_first_promises_no_messages(walk: Walk) -> None:
    def titles() -> set[str]:
        assert walk.episode.plan
        return {entry.title.id for entry in calendar_of(walk.episode.plan, walk.episode, walk.content).entries}

    agree(planning(walk)).taps("agree", "enough")
    assert titles() == {"step_day", "ask_day"}
    walk.episode = replace(walk.episode, sheet="intake").with_answer("contact.safe", chosen("no"))
    assert titles() == {"step_day"}


def test_whoever_turns_out_too_young_is_still_not_written_to_first(walk: Walk) -> None:
    walk.consents().answers("safety", need="no").taps("p:0", "a:contact.when:any", "a:contact.safe:no")
    walk.taps(*["back"] * 20)
    assert walk.episode.state == "asking_consent"
    walk.taps("a:age:child")
    assert walk.episode.closed == "too_young"
    assert list(walk.episode.sheets) == ["intake"]
    assert walk.meets(Claimed(walk.at, "Sam")).says() == []


def test_on_the_last_day_nothing_is_planned_that_nobody_would_ask_about(release: Release) -> None:
    one = agree(planning(Walk(release.content))).taps("agree", "enough")
    check_in(one, 84).taps("a:check_in.how:could_not", "a:check_in.barrier:time")
    assert one.episode.sheet == "measure-84", "neither what next nor a smaller step is asked"


def test_check_ins_start_at_the_review_and_only_those_to_come_are_set_again_after_a_stop(release: Release) -> None:
    content = with_check_ins(release.content, (3, 7, 28))
    walk = Walk(content).consents().reviews("food").taps("right")
    assert [t.kind for t in walk.did(SetTimer) if t.kind.startswith("check_in")] == ["check_in-3", "check_in-7", "check_in-28"]  # type: ignore[attr-defined]
    assert DropTimers() in walk.taps("stop").effects
    walk.later(days=5).opens()
    assert [t.kind for t in walk.did(SetTimer)] == ["check_in-7", "check_in-28"]  # type: ignore[attr-defined]


def with_check_ins(content: Content, days: tuple[int, ...]) -> Content:
    return replace(content, scheme=replace(content.scheme, check_in_days=days))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-02T20:59:00", None),
        ("2026-03-02T21:00:00", "2026-03-03T08:00:00"),
        ("2026-03-03T07:59:59", "2026-03-03T08:00:00"),
        ("2026-03-03T08:00:00", None),
        ("2026-03-28T22:00:00", "2026-03-29T07:00:00"),  # the clocks go forward that night: eight is seven in UTC
        ("2026-07-01T20:30:00", "2026-07-02T07:00:00"),  # half past nine in a London summer
    ],
)
def test_quiet_hours_are_local(release: Release, at: str, until: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    wanted = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else moment
    assert release.content.scheme.waking(moment) == wanted


def test_quiet_hours_may_lie_within_a_day(release: Release) -> None:
    noon = replace(release.content.scheme, quiet_from=time(12), quiet_to=time(14))
    at = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    assert noon.waking(at) == at.replace(hour=14)
    assert noon.waking(at.replace(hour=23)) == at.replace(hour=23)


# Workers


def test_while_a_worker_talks_the_bot_is_silent_but_for_danger_and_the_ways_out(walk: Walk) -> None:
    walk.consents().taps("person").meets(WorkerSaid(MONDAY, "Sam", words="Hello"))
    assert walk.says() == ["somebody_is_here", "worker_says"]
    walk.types("Hi Sam")
    assert (walk.says(), walk.did(Copy)) == ([], [Copy("topic", "1:2", words="Hi Sam")])
    before = walk.episode
    walk.taps("t:matters:food:1")
    assert (walk.says(), walk.notices(), walk.episode) == ([], ["somebody_is_here"], before)
    assert walk.sends().did(Copy) == [Copy("topic", "1:3")]
    assert "ring_now" in walk.taps("help").says()
    assert walk.taps("forget").says() == ["erase_ask"]
    assert "which_language" in walk.types("language").says()
    assert walk.taps("l:ar").says() == ["language_changed"]
    assert walk.says("topic") == ["reads_another"]
    assert walk.episode.language == "ar"
    assert walk.taps("stop").says() == ["stopped_unseen"]


def test_danger_that_was_told_is_in_the_brief_of_a_later_handoff_and_in_what_the_clinic_reads_with_its_day(walk: Walk) -> None:
    walk.consents().taps("help").meets(HandoffEnded(MONDAY, "Sam")).later(days=80).taps("person")
    risk = phrases.BRIEF_RISK(risk=phrases.RISK_TOLD_ON(day=Day(MONDAY.date())))
    assert risk in brief.lines(walk.episode, walk.content)
    assert risks(walk.episode, walk.content) == (phrases.CLINIC_RISK_TOLD_ON(day=Day(MONDAY.date())),)


def test_that_somebody_saw_the_danger_is_said_with_its_day_until_danger_is_told_anew(walk: Walk) -> None:
    walk.consents().taps("help").later(days=1).meets(Claimed(walk.at, "Sam"))
    days = {"day": Day(MONDAY.date()), "seen": Day(MONDAY.date() + timedelta(days=1))}
    assert phrases.BRIEF_RISK(risk=phrases.RISK_SEEN(**days)) in brief.lines(walk.episode, walk.content)
    assert risks(walk.episode, walk.content) == (phrases.CLINIC_RISK_SEEN(**days),)
    walk.later(days=1).taps("help")
    assert risks(walk.episode, walk.content)[0].id == phrases.CLINIC_RISK_TOLD_ON.id


def test_the_worker_reads_what_was_said_before_the_alarm_about_it(walk: Walk) -> None:
    walk.consents().taps("person").types("I want to die")
    to_topic = [one for one in walk.effects if isinstance(one, Copy | Say) and one.to == "topic"]
    assert [type(one) for one in to_topic] == [Copy, Say]
    assert walk.says("topic") == ["alarm_in_topic"]


def test_what_was_typed_stands_in_quotes_where_it_stands_in_a_line_of_ours(walk: Walk) -> None:
    walk.consents().answers("food").taps("p:0", "a:contact.when:any").types("I sing").taps("right")
    assert phrases.OWN_WORDS(words="I sing") in [line.values.get("answer") for line in brief.lines(walk.episode, walk.content)]


def test_whoever_takes_over_reads_how_things_stand(release: Release) -> None:
    walk = agree(planning(Walk(release.content, Episode(ID, "harbour")))).taps("agree", "enough")
    walk.meets(Claimed(walk.at, "Sam")).meets(NoteKept(walk.at, "Sam", "She sings"))
    walk.meets(Signposted(walk.at, "Sam", "Lantern Desk")).meets(ReferralOpened(walk.at, "Sam", "Quay Kitchen"))
    for number, name in enumerate(("Harbour Choir", "Saltings Choir"), 2):
        walk.meets(ReferralOpened(walk.at, "Sam", name)).taps(f"rc:{number}:yes")
    walk.meets(ReferralMoved(walk.at, "Sam", 2, "cancelled")).meets(HandoffEnded(walk.at, "Sam"))
    check_in(walk).taps("a:check_in.how:went", "a:check_in.helped:yes", "finish_yes")
    walk.taps("n:closing.satisfied:skipped", "n:closing.best:skipped", "person")
    said = [release.words.label(line, "en", {"handoff.number": "2"}) for line in brief.lines(walk.episode, release.content)]
    ended = walk.content.scheme.day(walk.at)
    assert {
        "Last handoff with: Sam",
        f"The support ended on {ended.day} March 2026: Goals met",
        "“Enough good food”: “Get in touch with Service 1”, done",
        "Referral 1 · Quay Kitchen: waits for their yes",
        "Referral 2 · Harbour Choir: cancelled",
        "Referral 3 · Saltings Choir: they agree, not passed on yet",
        "Signposted: Lantern Desk",
        "Notes kept for the closing: 1. To read them: /note",
    } <= set(said)
    assert next(line for line in said if line.startswith("1. Service 1")).endswith("They have tried it.")


def test_a_brief_gives_up_why_services_were_shown_before_it_cuts_a_word_of_the_persons_own(release: Release) -> None:
    walk, words = Walk(release.content), "I miss Manuel and have not slept since June"
    walk.consents().answers("food").taps("p:0", "a:contact.when:any").types(words).taps("right", "s:1:1")
    why = tuple(verbatim("why" + "y" * 90) for _ in range(14))
    walk.episode = replace(walk.episode, offers=tuple(replace(offer, why=why) for offer in walk.episode.offers))
    said = [release.words.label(line, "en", {"handoff.number": "1"}) for line in brief.message(walk.episode, walk.content).lines]
    assert any(words in line for line in said)
    assert "2. Service 2" in said
    assert next(line for line in said if line.startswith("1. Service 1")).count("why") == len(why)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_brief_with_many_referrals_and_signposts_fits_one_message(walk: Walk, release: Release, language: str) -> None:
    long = "A place with a long name " + "y" * 45
    walk.found = tuple(service(n, f"{n} {long}") for n in range(1, 7))
    walk.consents().answers("food", "money").taps("p:0", "a:contact.when:any").types("many words " * 300).taps("right")
    referral = Referral(1, "", long, "food", "Sam", MONDAY, state="accepted", attended=True, need_met="part")
    signpost = Signpost("", long, "Sam", MONDAY, outcome="went")
    walk.episode = replace(walk.episode, referrals=9 * (referral,), signposts=9 * (signpost,))
    words = replace(walk.content, scheme=replace(walk.content.scheme, team_language=language))
    said = [release.words.label(line, language, {"handoff.number": "2"}) for line in brief.message(walk.episode, words).lines]
    assert letters("\n".join(said)) <= MESSAGE


@pytest.mark.parametrize(("clinic", "told"), [("no", phrases.NO()), ("yes", phrases.SHARE_YES())])
def test_the_brief_says_whether_the_clinic_may_be_told(walk: Walk, clinic: str, told: Text) -> None:
    walk.consents(clinic=clinic).taps("person")
    assert phrases.BRIEF_CONSENT(share=phrases.SHARE_YES(), clinic=told) in brief.lines(walk.episode, walk.content)


def test_the_brief_holds_the_first_scores_and_the_newest_with_their_day(walk: Walk) -> None:
    check_in(walk.consents().reviews("food").taps("right", "chosen"), 28).taps("a:check_in.general:same")
    assert walk.episode.asked == "" or walk.episode.asked.startswith("ons4.")
    while walk.episode.asked.startswith("ons4."):
        walk.taps(f"a:{walk.episode.asked}:7")
    (newest,) = (line for line in brief.lines(walk.episode, walk.content) if line.id == "brief_measure_on")
    assert newest.values["day"] == Day(MONDAY.date() + timedelta(days=28))


def test_the_worker_hears_that_the_clinic_has_read_what_they_asked(walk: Walk) -> None:
    walk.consents().taps("person").meets(ClinicAsked(walk.at, "Sam", "routine", "She needs an interpreter")).taps("q:1:yes")
    walk.later(days=1).meets(ClinicRead(walk.at, MONDAY.date()))
    assert (walk.says("topic"), walk.says()) == (["clinic_has_read"], [])


# A promise


PROMISED = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)


def promised(walk: Walk) -> list[datetime]:
    return [one.at for one in walk.did(SetTimer) if isinstance(one, SetTimer) and one.kind == "promise"]


def test_a_worker_who_promised_words_and_wrote_none_is_reminded_as_of_an_answer(walk: Walk) -> None:
    walk.consents().taps("person").meets(PhraseSaid(walk.at, "Sam", "looking"))
    assert promised(walk) == [PROMISED]
    walk.at = PROMISED
    walk.meets(PromiseDue(walk.at))
    assert walk.says("topic") == ["promise_due"]
    walk.later(hours=18).meets(WordsLeftUnanswered(walk.at))
    assert walk.says("topic") == ["unanswered"]
    assert walk.meets(AnswerSettled(walk.at, "Sam")).says("topic") == ["it_is_done"]
    assert DropTimers("answer") in walk.effects


@pytest.mark.parametrize(
    ("words", "name", "contact"),
    [
        ("Lunch Club, 01632 960500", "Lunch Club", "01632 960500"),
        ("Lunch Club (Quay) +44 1632 960500", "Lunch Club (Quay)", "+44 1632 960500"),
        ("Choir, choir@example.org", "Choir", "choir@example.org"),
        ("Lunch Club, Thursdays", "Lunch Club, Thursdays", ""),
        ("Cafe 21", "Cafe 21", ""),
    ],
)
def test_a_contact_behind_a_signposted_name_is_no_part_of_it(walk: Walk, words: str, name: str, contact: str) -> None:
    walk.consents().reviews("food").taps("right").meets(Signposted(walk.at, "Sam", words))
    (post,) = walk.episode.signposts
    assert (post.name, post.phone) == (name, contact)
    assert verbatim(words) in walk.all_said()[0].message.lines


def test_name_and_number_that_a_place_has_had_are_offered_for_the_next(walk: Walk) -> None:
    walk.consents().taps("person").meets(ReferralOpened(walk.at, "Sam", "Quay Kitchen"))
    assert "may_pass_on" in walk.says()
    assert "referral_agreed" in walk.taps("rc:1:yes").says("topic")
    walk.meets(ReferralMoved(walk.at, "Sam", 1, "requested")).meets(ReferralOpened(walk.at, "Sam", "Harbour Choir"))
    assert walk.says() == ["may_pass_on_again"]
    assert walk.taps("rc:2:yes").says("topic")[0] == "referral_agreed_again"


def test_what_is_said_to_be_done_does_not_count_as_having_seen_an_alarm_that_came_since(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(walk.at, "Sam")).types("I want to die")
    walk.meets(AnswerSettled(walk.at, "Sam"))
    assert walk.episode.handoff is not None
    assert (walk.episode.handoff.unseen, walk.did(DropTimers)) == (True, [])


def test_words_promised_and_an_answer_owed_bring_one_reminder(walk: Walk) -> None:
    walk.consents().taps("person").meets(PhraseSaid(walk.at, "Sam", "looking")).types("Thank you Sam")
    walk.at = PROMISED
    assert walk.meets(WordsLeftUnanswered(walk.at)).says("topic") == []
    assert walk.meets(PromiseDue(walk.at)).says("topic") == ["promise_due"]
    assert [b.label.id for row in walk.all_said("topic")[0].message.buttons for b in row] == ["answered"]


@pytest.mark.parametrize("keeps", [WorkerSaid(PROMISED, "Sam", words="Here it is"), Signposted(PROMISED, "Sam", "Lantern Desk")])
def test_a_word_to_the_person_keeps_the_promise(walk: Walk, keeps: Event) -> None:
    walk.consents().taps("person").meets(PhraseSaid(walk.at, "Sam", "looking")).meets(keeps)
    assert DropTimers("promise") in walk.effects


def test_a_place_that_said_yes_is_written_about_in_two_days_of_duty(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(walk.at, "Sam")).meets(ReferralOpened(walk.at, "Sam", "Quay Kitchen"))
    walk.taps("rc:1:yes")
    for move in ("requested", "accepted"):
        walk.meets(ReferralMoved(walk.at, "Sam", 1, move))
    assert promised(walk) == [datetime(2026, 3, 4, 16, 0, tzinfo=UTC)]
    for another in (ReferralOpened(walk.at, "Sam", "Harbour Choir"), Signposted(walk.at, "Sam", "Lantern Desk")):
        assert DropTimers("promise") not in walk.meets(another).effects, "it is about the kitchen"
    assert DropTimers("promise") in walk.meets(ReferralMoved(walk.at, "Sam", 1, "started")).effects


def test_who_agreed_to_a_referral_is_told_when_it_is_cancelled(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(walk.at, "Sam")).meets(ReferralOpened(walk.at, "Sam", "Quay Kitchen"))
    assert walk.taps("rc:1:yes").meets(ReferralMoved(walk.at, "Sam", 1, "cancelled")).says() == ["referral_dropped"]
    walk.meets(ReferralOpened(walk.at, "Sam", "Harbour Choir")).meets(ReferralMoved(walk.at, "Sam", 2, "cancelled"))
    assert walk.says() == [], "nothing was agreed to"


FRIDAY = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("promise", "at", "due"),
    [
        ("tomorrow", FRIDAY, NEXT_MONDAY),
        ("week", FRIDAY, NEXT_MONDAY),
        ("week", MONDAY, datetime(2026, 3, 6, 16, 0, tzinfo=UTC)),
        ("soon", FRIDAY, datetime(2026, 3, 10, 16, 0, tzinfo=UTC)),
        ("week", datetime(2026, 3, 8, 12, 0, tzinfo=UTC), NEXT_MONDAY),
    ],
)
def test_a_promise_is_due_in_duty_hours(walk: Walk, promise: Promise, at: datetime, due: datetime) -> None:
    assert walk.content.scheme.promised_by(promise, at) == due


def test_after_the_end_nothing_is_gone_on_with_until_a_person_comes(walk: Walk) -> None:
    assert "going_on" in walk.consents().taps("person").says()
    over = Walk(walk.content).consents().reviews("food").taps("right", "chosen").meets(HandoffEnded(MONDAY, "Sam"))
    over.meets(CloseDue(MONDAY)).taps("person")
    assert (over.episode.state, over.says()[0]) == ("closed", "person_asked")
    assert "going_on" not in over.says()


def test_who_says_at_night_that_they_are_safe_is_told_when_the_worker_reads(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(Claimed(MONDAY, "Sam")).types("I want to die")
    assert walk.taps("safe").says() == ["safe_heard", "here_with_worker"]
    assert walk.later(hours=13).taps("safe").says() == ["safe_heard", "here_with_worker", "read_in_duty_hours"]


def test_words_at_night_are_answered_with_when_somebody_reads_and_the_number_to_ring(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen").later(hours=13)
    assert walk.types("I went there today").says() == ["passed_on", "read_in_duty_hours", "if_in_danger"]


HARDSHIP = "It has all been too much since my husband died"


def test_many_words_that_are_no_answer_are_met_kindly_and_it_is_said_who_reads_them(release: Release) -> None:
    def told(walk: Walk) -> list[str]:
        return walk.types(HARDSHIP).says()[:2]

    def walk() -> Walk:
        return Walk(release.content)

    assert told(walk().consents()) == ["told_for_later", "question_was"]
    assert told(walk().consents(share="no")) == ["told_nobody", "question_was"]
    assert told(walk().opens().taps("l:en")) == ["told_nobody", "question_was"]
    assert told(walk().consents().taps("person")) == ["told_team", "question_was"]
    assert told(walk().consents().taps("person").meets(Claimed(MONDAY, "Sam"))) == ["told_worker", "question_was"]
    assert told(walk().consents().types(HARDSHIP)) == ["told_for_later", "still_not_understood"]
    assert walk().consents().types("xkcd wxyz").says()[0] == "not_understood"


def test_the_worker_reads_once_what_was_asked_when_words_were_no_answer(walk: Walk) -> None:
    walk.consents().types("xkcd wxyz").taps("person")
    assert walk.says("topic")[-1] == "asked_of_them"
    assert walk.did(Copy) == [Copy("topic", "1:2")]
    walk.taps("t:matters:food:1", "d:matters").types("2 of 10")
    asked = phrases.ASKED_OF_THEM(question=Text("intake/food.need:label"))
    assert (walk.says("topic"), walk.did(Copy)) == ([], [Copy("topic", "1:2", words="2 of 10", asked=asked)])
    assert walk.types("3 of 10").did(Copy) == [Copy("topic", "1:2", words="3 of 10")]
    walk.taps("a:food.need:yes").types("2 " * 2000)  # fills a message by itself
    assert (walk.says("topic"), walk.did(Copy)) == (["asked_of_them"], [Copy("topic", "1:2")])


def test_words_that_were_no_answer_keep_what_was_asked_when_they_are_changed(walk: Walk) -> None:
    walk.consents().taps("person", "t:matters:food:1", "d:matters").types("2 of 10")
    asked = phrases.ASKED_OF_THEM(question=Text("intake/food.need:label"))

    def rewritten(words: str, source: str = "1:2") -> list[tuple[Text, ...]]:
        return [one.message.lines for one in walk.meets(Edited(walk.at, words, source)).did(Rewrite)]

    assert rewritten("3 of 10") == [(asked, verbatim("3 of 10"))]
    assert rewritten("4 of 10") == [(asked, verbatim("4 of 10"))]
    assert rewritten("4 of 10", "1:9") == [(verbatim("4 of 10"),)], "these were said of nothing that was asked"
    assert rewritten("x" * 4050) == [(verbatim("x" * 4050),)], "there is no room for both"


def test_of_many_words_that_bring_a_person_it_is_not_said_that_they_are_read_some_day(walk: Walk) -> None:
    walk.consents().types(HARDSHIP).types(HARDSHIP).types(HARDSHIP)
    assert walk.says()[:5] == ["person_asked", "going_on", "told_team", "question_was", "intake/matters"]
    assert walk.says("topic").count("asked_of_them") == 1


def test_words_said_before_they_share_stay_with_them(release: Release) -> None:
    kept = Walk(release.content).opens().taps("l:en").types(HARDSHIP)
    assert not kept.did(Copy)
    assert not kept.taps("person").did(Copy)
    shared = Walk(release.content).opens().taps("l:en").types(HARDSHIP).taps("a:consent.keep:yes", "a:consent.share:yes")
    assert not shared.taps("person").did(Copy)


def test_who_reads_another_language_is_told_once_of_each_worker_in_which_they_may_write(walk: Walk) -> None:
    walk.consents("es").taps("person").meets(WorkerSaid(MONDAY, "Sam", "2:1", "Hello"))
    assert walk.says() == ["somebody_is_here", "worker_writes_in", "worker_says"]
    assert walk.meets(WorkerSaid(MONDAY, "Sam", "2:2", "Hello again")).says() == ["worker_says"]
    assert walk.meets(WorkerSaid(MONDAY, "Kim", "2:3", "Hello from me")).says() == ["worker_writes_in", "worker_says"]


@pytest.mark.parametrize(("speaks", "told"), [(True, "why.speaks"), (False, "brief_ask_language")])
def test_the_brief_says_whether_a_service_speaks_the_persons_language(walk: Walk, speaks: bool, told: str) -> None:
    """The reasons that come first leave no room for it, and it decides whether somebody can go there."""
    found = service(1)
    spoken = (*found.reasons, Reason(Why.AGE_FITS), Reason(Why.SPEAKS, ("es",)))
    walk.found = (replace(found, reasons=spoken) if speaks else replace(found, unknowns=(Ask.LANGUAGE,)),)
    walk.consents("es").reviews("food").taps("right")
    assert [why.id for why in walk.episode.offers[0].why] == ["why.helps_with", "why.term_fits", told]


def test_whoever_has_it_is_named_when_answers_and_words_reach_them(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(MONDAY, "Sam")).reviews("food").taps("right")
    assert "brief_sent_worker" in walk.says()
    assert promised(walk), "they have read that Sam writes to them"
    assert walk.taps("chosen").types("I went there today").says() == ["passed_on_worker"]


def test_who_was_just_told_that_somebody_has_it_is_not_told_so_again(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(MONDAY, "Sam"))
    assert walk.meets(WorkerSaid(MONDAY, "Sam", words="Hello")).says() == ["bot_is_quiet", "worker_says"]


def test_who_changes_their_language_with_no_question_open_is_told_and_not_that_nobody_reads(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen")
    assert walk.taps("l:es").says() == ["language_changed"]
    assert walk.says("topic") == []
    assert walk.taps("go_on").says() == ["here_in_touch"]
    walk.meets(Claimed(MONDAY, "Sam"))
    assert walk.says("topic") == ["handoff_claimed", "reads_another"]
    assert walk.taps("l:ar").says() == ["language_changed"]
    assert walk.says("topic") == ["reads_another"]
    assert walk.taps("go_on").says() == ["here_with_worker"]
    assert walk.meets(WorkerSaid(MONDAY, "Sam", words="Hello")).says("topic") == []
    walk.meets(HandoffEnded(MONDAY, "Sam"))
    assert walk.taps("go_on").says() == ["here_for_you"]


def test_a_language_chosen_for_the_first_time_while_a_worker_talks_asks_nothing_yet(walk: Walk) -> None:
    walk.opens().types("person").meets(WorkerSaid(MONDAY, "Sam", words="Hello"))
    walk.taps("l:ar")
    assert walk.says() == ["language_changed"]
    walk.meets(HandoffEnded(MONDAY, "Sam"))
    assert "consent/consent.keep" in walk.says()


def test_a_timer_that_comes_too_late_says_nothing(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(NudgeDue(MONDAY, 1))
    assert walk.effects == ()


def test_nothing_is_remembered_of_what_a_handoff_has_no_row_for(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(MONDAY, "Sam"))
    walk.meets(Claimed(MONDAY, "Lena"))
    assert walk.effects == (Notice(phrases.ALREADY_CLAIMED(worker="Sam")),)
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.claimed_by == "Sam"


@pytest.mark.parametrize(
    "event", [Claimed(MONDAY, "S"), WorkerSaid(MONDAY, "S"), HandoffEnded(MONDAY, "S"), HandoffLeftWaiting(MONDAY)]
)
def test_a_worker_without_a_handoff_changes_nothing(walk: Walk, event: Claimed) -> None:
    before = walk.consents().episode
    assert walk.meets(event).episode == before
    assert not walk.all_said()


def test_an_unclaimed_handoff_alerts_the_team_then_the_lead_then_tells_the_person_once(walk: Walk) -> None:
    walk.consents().taps("person")
    told = []
    for _ in range(7):
        walk.at = walk.did(SetTimer)[-1].at  # type: ignore[attr-defined]
        walk.meets(HandoffLeftWaiting(walk.at))
        assert walk.says("topic") == ["alert_again"]
        assert [timer.kind for timer in walk.did(SetTimer)] == ["handoff"]  # type: ignore[attr-defined]
        told.append((walk.at.day, *walk.says("team"), *walk.says("lead"), *walk.says()))
    assert told == [
        (3, "alert_again"),
        (4, "alert_again"),
        (5, "alert_again", "lead_needed"),
        (6, "alert_again", "nobody_yet", "if_in_danger"),
        (9, "lead_needed"),
        (16, "lead_needed"),
        (23, "lead_needed"),
    ]


def test_who_asks_for_somebody_when_all_were_told_of_a_handoff_that_waits_begins_the_ladder_anew(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen")
    for _ in range(5):
        walk.later(days=7).meets(HandoffLeftWaiting(walk.at))
    walk.taps("person")
    assert SetTimer("handoff", walk.at + timedelta(days=1)) in walk.effects
    assert "alert_again" in walk.later(days=1).meets(HandoffLeftWaiting(walk.at)).says("team")


def test_out_of_duty_hours_only_an_urgent_handoff_is_chased(walk: Walk) -> None:
    friday_night = datetime(2026, 3, 6, 23, 0, tzinfo=UTC)
    usual = walk.consents().taps("person")
    assert usual.meets(HandoffLeftWaiting(friday_night)).effects == (SetTimer("handoff", datetime(2026, 3, 9, 9, 0, tzinfo=UTC)),)
    assert usual.episode.handoff is not None
    assert usual.episode.handoff.alerts == 0
    urgent = usual.types("I want to die")
    assert urgent.did(SetTimer)[0] == SetTimer("handoff", walk.at + timedelta(minutes=10))
    assert "urgent_in_team" in urgent.meets(HandoffLeftWaiting(friday_night)).says("team")


@pytest.mark.parametrize(
    ("at", "on_duty"),
    [
        ("2026-03-06T16:59+00:00", "2026-03-06T16:59+00:00"),
        ("2026-03-06T17:00+00:00", "2026-03-09T09:00+00:00"),
        ("2026-03-09T08:59+00:00", "2026-03-09T09:00+00:00"),
        ("2026-03-27T17:00+00:00", "2026-03-30T08:00+00:00"),  # the clocks go forward that weekend
    ],
)
def test_duty_hours_are_local(release: Release, at: str, on_duty: str) -> None:
    assert release.content.scheme.on_duty(datetime.fromisoformat(at)) == datetime.fromisoformat(on_duty)


def test_an_alarm_in_a_talk_is_chased_until_somebody_has_seen_it(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(MONDAY, "Sam")).types("I want to die")
    assert (walk.says("team"), walk.did(SetTimer)[:1]) == (["alarm_in_team"], [SetTimer("alarm", MONDAY + timedelta(minutes=10))])
    assert [b.tap for say in walk.all_said("topic") for row in say.message.buttons for b in row] == ["alarm_seen"]
    told = []
    for _ in range(4):
        walk.meets(AlarmLeftUnseen(walk.later(minutes=10).at))
        told.append((walk.says("team"), walk.says("lead"), walk.says()[:1], len(walk.did(SetTimer))))
    again = ["alarm_in_team"]
    assert told == [(again, [], [], 1)] * 2 + [(again, ["lead_needed"], [], 1), (again, [], ["nobody_yet"], 1)]
    walk.meets(AlarmSeen(walk.at, "Lena"))
    assert (walk.says("topic"), walk.did(DropTimers)) == (["alarm_seen"], [DropTimers("alarm")])
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.claimed_by == "Sam"


def test_a_talk_without_a_word_goes_back_to_the_bot_and_a_reply_brings_the_worker_again(walk: Walk) -> None:
    walk.consents().taps("person").meets(WorkerSaid(MONDAY, "Sam", "1:1", "Hello"))
    idle = walk.did(SetTimer)[-1]
    assert idle == SetTimer("idle", MONDAY + timedelta(hours=4))
    walk.types("Hello")
    assert [timer for timer in walk.did(SetTimer) if timer.kind == "idle"] == [idle]  # type: ignore[attr-defined]
    assert walk.meets(TalkGoneIdle(walk.at)).says("topic") == ["is_it_over"]
    walk.meets(KeptTalking(walk.at, "Sam"))
    assert walk.meets(TalkGoneIdle(walk.at)).says("topic") == ["is_it_over"]
    assert not walk.types("Still here").did(SetTimer), "words that nobody answers do not put off that the bot comes back"
    walk.meets(TalkGoneIdle(walk.at))
    assert (walk.says("topic"), walk.says()[0], walk.says()[-2]) == (["handed_back"], "bot_is_back", "intake/matters")
    assert not walk.episode.with_a_worker
    assert walk.later(hours=9).meets(WorkerSaid(walk.at, "Sam", "1:2", "I am back")).says() == ["somebody_is_here", "worker_says"]


def test_the_bot_does_not_come_back_at_night(walk: Walk) -> None:
    evening = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    walk.consents().taps("person").meets(WorkerSaid(evening, "Sam", "1:1", "Hello"))
    assert walk.did(SetTimer)[-1] == SetTimer("idle", datetime(2026, 3, 3, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize("begun", [(), (Claimed(MONDAY, "Sam"),), (WorkerSaid(MONDAY, "Sam", "1:1", "Hello"),)])
def test_a_handoff_rests_and_wakes(walk: Walk, begun: tuple[Event, ...]) -> None:
    walk.consents().taps("person")
    for event in begun:
        walk.meets(event)
    walk.meets(Snoozed(walk.at, "Sam", MONDAY + timedelta(days=3)))
    assert "snoozed" in walk.says("topic")
    assert SetTimer("snooze", MONDAY + timedelta(days=3)) in walk.effects
    assert walk.types("blah blah").did(Copy)
    assert "intake/matters" in walk.says()
    assert walk.meets(SnoozeOver(walk.at)).says("topic") == ["awake"]
    assert walk.episode.handoff is not None
    assert (walk.episode.handoff.state, walk.episode.handoff.claimed_by) == ("claimed", "Sam")


@pytest.mark.parametrize("urgency", ["routine", "soon"])
def test_what_is_not_urgent_is_read_by_the_person_before_the_clinic_is_asked(walk: Walk, urgency: Literal["routine"]) -> None:
    asked = ClinicAsked(walk.at, "Sam", urgency, "Look at her tablets")
    walk.consents().reviews("food").taps("right").meets(asked)
    assert not walk.did(TellClinic)
    assert {"clinic_may_ask", f"clinic_{urgency}", "written_words", "clinic_asked_by", "needs_help"} <= set(walk.says())
    assert walk.says("topic") == ["clinic_request_shown"]
    (told,) = walk.taps("q:1:yes").did(TellClinic)
    assert isinstance(told, TellClinic)
    assert [part.id for part in told.message.parts] == ["actions", "summary", "risks"]
    assert (told.message.occasion, told.message.urgent) == ("referral_back", False)
    assert [line.id for line in told.message.parts[0].lines] == [f"clinic_{urgency}", "written_words"]
    assert (walk.says(), walk.says("topic")) == (["clinic_request_sent"], ["clinic_asked_noted"])
    assert walk.taps("q:1:no", "q:1:yes", "q:2:yes").did(TellClinic) == []


def test_what_the_person_does_not_want_is_not_asked_of_the_clinic(walk: Walk) -> None:
    walk.consents().taps("person").meets(ClinicAsked(walk.at, "Sam", "routine", "She needs an interpreter"))
    assert not walk.taps("q:1:no").did(TellClinic)
    assert (walk.says(), walk.says("topic")) == (["clinic_request_not_sent"], ["clinic_request_refused"])


def test_a_request_to_the_clinic_goes_with_the_consent_it_rests_on(walk: Walk) -> None:
    walk.consents().taps("person").meets(ClinicAsked(walk.at, "Sam", "soon", "She needs an interpreter"))
    assert not walk.taps("w:clinic:0", "q:1:yes").did(TellClinic)


def test_what_is_urgent_goes_at_once_and_the_person_reads_the_words(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right").meets(ClinicAsked(walk.at, "Sam", "urgent", "She fell"))
    (told,) = walk.did(TellClinic)
    assert isinstance(told, TellClinic)
    assert told.message.urgent
    asked = next(line for line in walk.all_said()[0].message.lines if line.id == "clinic_asked")
    assert asked.values["words"] == verbatim("She fell")


@pytest.mark.parametrize("urgency", ["routine", "soon"])
def test_without_a_yes_the_clinic_is_not_asked_and_the_worker_is_told_why(walk: Walk, urgency: Literal["routine"]) -> None:
    walk.consents(clinic="no").taps("person").meets(ClinicAsked(walk.at, "Sam", urgency, "Look at her tablets"))
    assert not walk.did(TellClinic)
    assert (walk.notices(), walk.says(), walk.says("topic")) == (["clinic_not_agreed"], [], [])


def test_without_a_yes_what_is_urgent_goes_and_the_person_is_told_plainly(walk: Walk) -> None:
    walk.consents(clinic="no").taps("person").meets(ClinicAsked(walk.at, "Sam", "urgent", "She fell"))
    assert walk.did(TellClinic)
    assert walk.says() == ["clinic_asked_for_safety", "if_in_danger"]
    assert walk.says("topic") == ["clinic_asked_for_safety_noted"]


def test_the_clinic_reads_of_talks_that_took_place_not_of_handoffs_that_wait(walk: Walk) -> None:
    def talks() -> list[object]:
        summary = next(part for part in at_plan(walk.episode, walk.content, walk.at).parts if part.id == "summary")
        return [line.values["n"] for line in summary.lines if line.id == "summary_contact"]

    walk.consents().reviews("food").taps("right")
    assert talks() == [0]
    walk.meets(WorkerSaid(walk.at, "Sam", words="Hello")).meets(WorkerSaid(walk.at, "Sam", words="Are you there?"))
    assert talks() == [1]


def test_the_clinic_reads_no_needs_of_somebody_who_does_not_share_them(walk: Walk) -> None:
    walk.consents(share="no").reviews("food").taps("right", "person").meets(ClinicAsked(walk.at, "Sam", "soon", "Please"))
    (told,) = walk.taps("q:1:yes").did(TellClinic)
    assert isinstance(told, TellClinic)
    assert [line.id for line in told.message.parts[1].lines] == ["clinic_asked_by", "summary_language"]


def test_the_reasons_for_an_ending_are_buttons_with_proper_labels(walk: Walk) -> None:
    walk.consents().taps("person").meets(EndingAsked(walk.at, "Sam"))
    [asked] = walk.all_said("topic")
    labels = [walk.content.wording["en"][button.label.id] for row in asked.message.buttons for button in row]
    assert "No reply" in labels
    assert all(label[0].isupper() for label in labels)


def chosen(option: str) -> Answer:
    return Answer(Chosen((option,)), MONDAY, "", "en", "", "", "tap")


def ended(walk: Walk, how: str) -> Walk:
    """End the support, by the worker or by the person, while the handoff of the review may wait."""
    return walk.meets(SupportEnded(walk.at, "Sam", "goals_met")) if how == "worker" else walk.taps("finish", "finish_yes")


@pytest.mark.parametrize("how", ["worker", "person"])
def test_a_handoff_that_nobody_claimed_ends_with_the_support(walk: Walk, how: str) -> None:
    ended(walk.consents().reviews("food").taps("right", "chosen"), how)
    assert walk.episode.state == "closing"
    assert not walk.episode.in_touch
    assert walk.did(CloseTopic)
    assert DropTimers("handoff") in walk.effects
    walk.meets(HandoffLeftWaiting(walk.later(days=1).at))
    assert walk.says("team") + walk.says("topic") == []


def test_a_worker_who_ends_the_support_in_a_talk_lets_the_person_answer_the_last_questions(walk: Walk) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(WorkerSaid(walk.at, "Sam", "1:1", "Hello"))
    ended(walk, "worker").taps("a:closing.satisfied:good", "n:closing.best:skipped")
    assert (walk.says()[0], walk.episode.closed) == ("farewell", "goals_met")


def test_what_helped_in_their_own_words_reaches_the_worker_and_the_clinic(walk: Walk) -> None:
    ended(walk.consents().reviews("food").taps("right", "chosen"), "person").taps("a:closing.satisfied:good").types("The cooking")
    assert walk.says("topic") == ["last_words_head", "brief_answer", "brief_answer"]
    assert walk.episode.draft is not None
    summary = next(part for part in walk.episode.draft.parts if part.id == "summary")
    assert [line.values.get("words") for line in summary.lines][-1] == "The cooking"


@pytest.mark.parametrize("how", ["worker", "person"])
def test_last_questions_left_open_close_some_day(walk: Walk, how: str) -> None:
    ended(walk.consents().reviews("food").taps("right", "chosen"), how)
    [timer] = walk.did(SetTimer)
    assert timer == SetTimer("close", datetime(2026, 3, 16, 10, 0, tzinfo=UTC))
    walk.meets(CloseDue(walk.later(days=14).at))
    assert walk.episode.state == "closed"


def test_somebody_asked_for_at_the_last_questions_still_comes(walk: Walk) -> None:
    ended(walk.consents().reviews("food").taps("right", "chosen"), "person").taps("person")
    walk.taps("a:closing.satisfied:good", "n:closing.best:skipped")
    assert walk.episode.closed == "declined"
    assert walk.episode.in_touch


def test_stopping_closes_the_talk_and_drops_every_timer(walk: Walk) -> None:
    walk.consents().taps("person").meets(WorkerSaid(MONDAY, "Sam", words="Hello")).taps("stop")
    assert walk.says() == ["stopped"]
    assert walk.says("topic")[0] == "person_stopped"
    assert DropTimers() in walk.effects
    assert walk.did(CloseTopic)


@pytest.mark.parametrize(
    ("begun", "state", "screen"),
    [
        ((), "choosing_language", "which_language"),
        (("l:en",), "asking_consent", "consent/consent.keep"),
        (("l:en", "a:consent.keep:yes"), "asking_consent", "consent/consent.share"),
        (("l:en", "a:consent.keep:yes", "a:consent.share:no", "a:consent.clinic:no", "a:age:a26"), "answering", "intake/self"),
    ],
)
def test_whoever_stopped_comes_back_to_where_they_were(walk: Walk, begun: tuple[str, ...], state: str, screen: str) -> None:
    walk.opens().taps(*begun, "stop").opens()
    assert (walk.episode.state, walk.episode.closed) == (state, "")
    assert screen in walk.says()


def test_whoever_chose_a_language_after_stopping_comes_back_to_the_consent(walk: Walk) -> None:
    walk.opens().taps("stop", "l:en").opens()
    assert (walk.episode.state, walk.episode.closed) == ("asking_consent", "")
    assert "consent/consent.keep" in walk.says()


def test_whoever_stopped_at_the_review_comes_back_to_it(walk: Walk) -> None:
    walk.consents().reviews("food").taps("stop").opens()
    assert walk.episode.state == "reviewing"
    assert "review_head" in walk.says()


def test_a_timer_no_row_is_for_changes_nothing_and_says_nothing(release: Release) -> None:
    for name, one in everywhere().items():
        state = one.episode.state
        if state in ("choosing_services", "planning", "following_up", "checking_in", "changing"):
            continue
        episode, effects = take_turn(one.episode, CheckInDue(MONDAY, 3), release.content)
        walked = Walk(release.content, episode, effects=effects)
        same = {"wait": one.episode.wait, "asked_wait": one.episode.asked_wait, "screen": one.episode.screen}
        assert replace(episode, **same) == one.episode, name
        assert not walked.says(), name


def test_an_episode_survives_its_way_to_the_store_and_back(release: Release) -> None:
    from pydantic import TypeAdapter

    codec = TypeAdapter(Episode)
    for one in everywhere().values():
        assert codec.validate_json(codec.dump_json(one.episode)) == one.episode


def test_a_link_opened_again_greets_and_shows_where_we_are(release: Release) -> None:
    for name, one in everywhere().items():
        walked = Walk(release.content, one.episode, one.at).meets(LinkOpened(one.at, "en"))
        assert walked.says(), name


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (("a:consent.keep:unsure",), "cannot_consent"),
        (("a:consent.keep:yes", "a:consent.share:no", "a:consent.clinic:no", "a:age:child"), "too_young"),
    ],
)
def test_who_asked_for_a_person_before_is_asked_for_anew_and_the_brief_says_why(
    walk: Walk, answer: tuple[str, ...], reason: str
) -> None:
    walk.opens().taps("l:en", "person", *answer)
    assert walk.says("topic")[0] == "asked_in_topic"
    assert walk.did(RewriteBrief)
    assert walk.episode.handoff is not None
    assert walk.episode.handoff.reasons == ("asked_for", reason)


def test_a_number_that_an_app_wrote_in_its_own_way_is_read_or_is_nothing(walk: Walk) -> None:
    walk.consents().taps("person").meets(ReferralOpened(walk.at, "Sam", "Soup kitchen"))
    walk.taps("rc:1.:yes", "rc:x:no", "rc::no", "rc:9:no")
    assert [one.consent for one in walk.episode.referrals] == ["yes"]


@pytest.mark.parametrize(("words", "consent"), [("Yes, please ask them", "yes"), ("yes", "yes"), ("no", "no")])
def test_a_typed_answer_about_a_referral_counts_as_its_button_does(walk: Walk, words: str, consent: str) -> None:
    walk.consents().reviews("food").taps("right", "chosen").meets(ReferralOpened(walk.at, "Sam", "Soup kitchen")).types(words)
    assert [one.consent for one in walk.episode.referrals] == [consent]
    assert "no_such_number" not in walk.notices()
    assert walk.says("topic")[0] == ("referral_agreed" if consent == "yes" else "referral_refused")


def test_an_old_button_of_a_plan_between_two_goals_changes_nothing(walk: Walk) -> None:
    agree(planning(walk)).taps("agree")
    assert walk.episode.sheet == ""
    for old in (
        "a:plan.step:s1",
        "n:plan.cue:skipped",
        "c:plan.step",
        "d:plan.obstacle",
        "y:plan.step",
        "t:plan.obstacle:nerves:1",
    ):
        walk.taps(old)
        assert walk.notices() == ["noted_already"] or walk.says()[0] == "old_button"
        assert (walk.episode.state, walk.episode.sheet) == ("planning", "")
    assert walk.taps("back").says() == walk.types("back").says() == ["plan_more_ask"]


def test_a_referral_nobody_tells_of_is_asked_about_in_duty_hours_four_times_and_not_once_the_person_has_stopped(
    walk: Walk,
) -> None:
    walk.consents().taps("person").meets(ReferralOpened(MONDAY, "Sam", "Saltings Choir"))
    assert walk.did(SetTimer) == []  # the person has not agreed
    walk.taps("rc:1:yes")
    due = MONDAY + timedelta(days=14)
    assert SetTimer("referral-1", due) in walk.effects
    walk.meets(ReferralMoved(MONDAY, "Sam", 1, "requested"))
    sunday = due - timedelta(days=1)
    assert walk.meets(ReferralLeftOpen(sunday, 1)).effects == (SetTimer("referral-1", due.replace(hour=9)),)
    told = [walk.meets(ReferralLeftOpen(due + timedelta(days=14 * n), 1)).says("topic") for n in range(4)]
    assert told == [*(3 * [["referral_left_open"]]), ["referral_left_open", "referral_last_reminder"]]
    assert walk.did(SetTimer) == []
    walk.meets(ReferralMoved(due, "Sam", 1, "accepted"))
    assert SetTimer("referral-1", due + timedelta(days=14)) in walk.effects
    assert DropTimers("referral-1") in walk.taps("stop").effects


def test_a_link_that_is_opened_while_a_worker_talks_is_answered_though_the_support_is_over(walk: Walk) -> None:
    walk.consents().taps("person")
    assert walk.episode.handoff
    talking = replace(walk.episode.handoff, state="talking", claimed_by="Sam")
    walk.episode = replace(walk.episode, state="closed", closed="finished", handoff=talking)
    assert "here_with_worker" in walk.meets(LinkOpened(walk.at, "en")).says()


def test_a_link_that_is_opened_before_a_language_is_chosen_shows_the_languages_also_while_a_worker_talks(walk: Walk) -> None:
    walk.opens().types("/person")
    assert walk.episode.handoff
    for state, closed in (("choosing_language", ""), ("closed", "stopped")):
        talking = replace(walk.episode.handoff, state="talking", claimed_by="Sam")
        walk.episode = replace(walk.episode, state=state, closed=closed, handoff=talking)
        assert "which_language" in walk.meets(LinkOpened(walk.at, "en")).says()


def test_what_came_of_a_referral_is_counted_for_the_service(walk: Walk) -> None:
    walk.consents().taps("person").meets(Claimed(walk.at, "Sam")).meets(ReferralOpened(walk.at, "Sam", "Quay Kitchen", "quay"))
    walk.taps("rc:1:yes").meets(ReferralMoved(walk.at, "Sam", 1, "requested"))
    assert walk.did(CountOutcome) == []
    for move, came in (("accepted", Came.ACCEPTED), ("attended", Came.ATTENDED), ("need_met", Came.HELPED)):
        assert walk.meets(ReferralMoved(walk.at, "Sam", 1, move)).did(CountOutcome) == [CountOutcome("quay", came)]
