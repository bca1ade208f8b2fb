"""Every screen fits Telegram in every language: its words, its markup, and what its buttons carry."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from walking import MONDAY, Walk, check_in, everywhere, service

from rxbot.content.load import Release
from rxbot.directory.match import Match
from rxbot.directory.model import Address, CostOption, Language, Location, Organization, Phone, Place, Schedule, Service
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.rules.documents import Document
from rxbot.episode import phrases, screens
from rxbot.episode.effects import Say, ShowChosen
from rxbot.episode.events import Claimed, HandoffEnded, HandoffLeftWaiting, LinkOpened, WorkerSaid
from rxbot.episode.model import Turn
from rxbot.episode.taps import carried, read_tap, tag_of
from rxbot.message import Rows, Text
from rxbot.sandbox import html
from rxbot.words import Words

MOST_UNITS, MOST_BYTES = 4096, 64  # what Telegram allows for a message and for a button's data
FACTS = {"handoff.number": "7"}
LONG = "Wörter & <b>" * 400


def faults(words: Words, effects: Iterable[object], episode_id: str) -> list[str]:
    """Name what Telegram would refuse of these effects, in any language."""
    found = []
    for effect in effects:
        for language in words.languages:
            if isinstance(effect, Say):
                text, _ = html.parse(words.html(effect.message, language, FACTS))  # raises when it is no good HTML
                if not 0 < html.units(text) <= MOST_UNITS:
                    found.append(f"{language}: {html.units(text)} letters: {text[:60]}")
            if isinstance(effect, Say | ShowChosen):
                rows = effect.message.buttons if isinstance(effect, Say) else effect.buttons
                found += button_faults(words, rows, language, episode_id)
    return found


def button_faults(words: Words, rows: Rows, language: str, episode_id: str) -> list[str]:
    found = []
    for button in (b for row in rows for b in row):
        data = carried(episode_id, 9_999_999, button.tap)
        tap = read_tap(data)
        if len(data.encode()) > MOST_BYTES or tap is None or tap.tag != tag_of(episode_id):
            found.append(f"does not come back: {data}")
        if not words.label(button.label, language, FACTS).strip():
            found.append(f"no label: {data}")
    return found


def test_every_question_with_every_way_out(release: Release) -> None:
    content = release.content
    episode = Walk(content).consents().episode
    for dialog in content.dialogs.values():
        for question in dialog.questions:
            sheet = replace(episode, sheet=dialog.id, asked=question.id)
            shown = [
                screens.question(question, sheet, content),
                *(screens.more(one, has_plan=True, may_finish=True) for one in (question, None)),
            ]
            assert faults(release.words, [Say("person", one) for one in shown], episode.id) == []
    languages = screens.languages(content.scheme, ("ar", "xx", ""))
    assert faults(release.words, [Say("person", languages)], episode.id) == []
    assert languages.buttons[0][0].tap == "l:ar"


@pytest.mark.parametrize("share", ["yes", "no"])
def test_a_review_and_a_brief_with_as_many_words_as_telegram_takes(release: Release, share: str) -> None:
    for words in ("x" * 4096, "😀" * 2048, "& < > " * 682, "كلمة " * 819):
        walk = (
            Walk(release.content)
            .consents(share=share)
            .answers("money", "food", "connection")
            .taps("p:0", "a:contact.when:any")
            .types(words)
        )
        assert walk.says()[0] == "review_head"
        assert faults(release.words, walk.effects, walk.episode.id) == []
        walk.taps("right")
        assert faults(release.words, walk.effects, walk.episode.id) == []
        assert "services_head" in walk.says()


def test_a_long_answer_reaches_the_team_whole(release: Release) -> None:
    words = " ".join(str(n) for n in range(800))
    walk = Walk(release.content).consents().answers("food").taps("p:0", "a:contact.when:any").types(words).taps("right")
    told = [line.values["answer"] for say in walk.all_said("topic") for line in say.message.lines if line.id == "brief_answer"]
    whole = [value.values["words"] for value in told if isinstance(value, Text) and value.id == "own_words"]
    assert words in "".join(str(piece) for piece in whole[-2:])


@pytest.mark.parametrize("letters", [4096, 2048])
def test_what_a_worker_says_is_passed_on_whole_in_pieces_that_fit(release: Release, letters: int) -> None:
    said = "😀" * letters if letters == 2048 else "<" * letters
    walk = Walk(release.content).consents().taps("person").meets(WorkerSaid(MONDAY, "Sam", words=said))
    assert faults(release.words, walk.effects, walk.episode.id) == []
    pieces = [line.values["words"] for say in walk.all_said() for line in say.message.lines if line.id == "worker_says"]
    assert "".join(map(str, pieces)) == said


def endless(number: int) -> Match:
    """A record whose publisher knew no end."""
    spot = Location(
        "l",
        place=Place(53.07 + number / 1000, 0.42),
        phones=(Phone(LONG),),
        addresses=(Address(LONG, city=LONG, postal_code=LONG),),
    )
    record = Service(
        f"s{number}",
        LONG,
        Organization("o", LONG),
        alert=LONG,
        fees_description=LONG,
        eligibility_description=LONG,
        application_process="By appointment only.",
        documents=(
            "Photo ID",
            "Proof of address",
            "Proof of income",
            "Social security card",
            "Proof of citizenship",
            "Birth certificate",
        ),
        schedules=(Schedule(LONG), Schedule(LONG), Schedule(LONG)),
        languages=tuple(Language(LONG) for _ in range(9)),
        costs=(CostOption(LONG, 4.0, "GBP", LONG),),
        locations=(spot,),
        key=f"k{number}",
    )
    reasons = tuple(Reason(why, (LONG,)) for why in (Why.TERM_FITS, Why.WORDS_FIT, Why.COVERS_AREA)) + tuple(
        Reason(why)
        for why in Why
        if why not in (Why.TERM_FITS, Why.WORDS_FIT, Why.COVERS_AREA, Why.HELPS_WITH, Why.SPEAKS, Why.NEAR)
    )
    reasons += (Reason(Why.HELPS_WITH, ("intake/energy.what.bills",)),)
    return Match(record, spot, 1.2, (*reasons, Reason(Why.SPEAKS, ("ar",)), Reason(Why.NEAR, ("1.2",))), tuple(Ask))


def test_a_publisher_who_knew_no_end_breaks_no_screen(release: Release) -> None:
    walk = Walk(release.content, found=tuple(endless(n) for n in range(3)))
    for domains in (("food",), ("food", "money", "work")):
        walk = Walk(release.content, found=tuple(endless(n) for n in range(9))).consents().reviews(*domains).taps("right")
        assert walk.says().count("service_name") >= 3
        assert faults(release.words, walk.effects, walk.episode.id) == []
        walk.taps("s:1:1", "s:2:1", "s:3:1", "chosen")
        assert faults(release.words, walk.effects, walk.episode.id) == []


@pytest.mark.parametrize(("parts", "all_of"), [(("arts",), False), (("arts", "food"), True)])
def test_all_of_these_is_offered_only_where_there_are_several(release: Release, parts: tuple[str, ...], all_of: bool) -> None:
    walk = Walk(release.content).consents().taps("a:matters:nothing")
    walk.taps(*(f"t:rest:{part}:1" for part in parts), "d:rest")
    assert walk.episode.asked == "rest.help"
    [said] = walk.all_said()
    assert ("all_of_them" in {button.label.id for row in said.message.buttons for button in row}) is all_of


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("yes", "arts"), ("Yes, please", "arts"), ("arts and making things", "arts"), ("1", "arts"), ("no", "nothing"),
     ("not now", "nothing"), ("none of these", "nothing")],
)  # fmt: skip
def test_where_one_thing_was_ticked_help_is_offered_with_it_by_its_name(release: Release, typed: str, answer: str) -> None:
    walk = Walk(release.content).consents().taps("a:matters:nothing", "t:rest:arts:1", "d:rest")
    [said] = walk.all_said()
    assert (said.message.lines[0].id, said.message.lines[0].values["choice"]) == (
        "intake/rest.help:one",
        Text("intake/matters.arts"),
    )
    assert [row[0].tap for row in said.message.buttons[:-1]] == ["a:rest.help:arts", "a:rest.help:nothing"]
    assert [row[0].label.id for row in said.message.buttons[:-1]] == ["intake/help.yes", "intake/help.later"]
    assert walk.types(typed).episode.answers["rest.help"].chosen == (answer,)
    assert walk.episode.asked == "strengths"


def test_a_service_of_which_nothing_is_known_but_its_name(release: Release) -> None:
    bare = Match(Service("s", "N", key="k"), None, None, (), ())
    lines = [line.id for line in screens.service(bare, None, None, release.content, MONDAY)]
    assert lines == ["service_name_alone", "service_cost", "service_languages_unknown", "service_not_checked"]


def test_what_to_do_and_to_take_along_is_said_where_the_directory_is_plain_about_it(release: Release) -> None:
    asks = Service("s", "N", application_process="By appointment only. Must bring a photo ID and proof of address.", key="k")
    lines = {line.id: line for line in screens.service(Match(asks, None, None, (), ()), None, None, release.content, MONDAY)}
    assert "service_appointment" in lines
    assert [one.id for one in lines["service_documents"].values["documents"].items] == [
        "document.photo_id",
        "document.proof_of_address",
    ]
    on_paper = [line.id for line in screens.visit(Match(asks, None, None, (), ()), MONDAY.date())]
    assert on_paper == ["service_appointment", "service_documents", "service_not_checked"]


def test_every_paper_that_rules_know_has_its_words() -> None:
    assert {*phrases.DOCUMENTS} == {*Document}


@pytest.mark.parametrize(
    ("name", "line"), [("Chess Club", ""), ("Night Line", "service_from_afar"), ("Meals to Your Door", "service_at_home")]
)
def test_that_nobody_has_to_travel_is_said_only_where_the_directory_says_so(name: str, line: str) -> None:
    said = screens.where(Match(Service("s", name, phones=(Phone("01632 960001"),), key="k"), None, None, (), ()))
    assert (said.id if said else "") == line


@pytest.mark.parametrize(
    ("fees", "read"),
    [
        ("Sliding scale, £5 to £35", "depends on your income: “Sliding scale, £5 to £35”"),
        ("Free if your income is low, otherwise £90", "depends on your income: “Free if your income is low, otherwise £90”"),
        ("By income", "depends on your income"),
        ("Pay what you can", "what you can give"),
        ("£5", "there is a fee: “£5”"),
        ("Free, with a deposit of £20", "free in part, or for some people: “Free, with a deposit of £20”"),
        ("None", "free"),
        ("No dues or fees", "free"),
        ("None. Donations welcome. Cash and checks accepted", "what you can give"),
        ("$3 suggested donation for lunch. Cash accepted", "what you can give: “$3 suggested donation for lunch.”"),
        ("Vary according to income", "depends on your income"),
        ("By income ($5-$90). Cash, checks and credit cards accepted.", "depends on your income: “By income ($5-$90).”"),
        ("No fee for counseling. Groups by income", "depends on your income: “No fee for counseling. Groups by income”"),
        ("$20 per year. Checks or PayPal accepted", "there is a fee: “$20 per year.”"),
        ("Yearly dues", "there is a fee: “Yearly dues”"),
        ("None for talks, membership is £36", "free in part, or for some people: “None for talks, membership is £36”"),
        ("Dues are £30. Concerts are free", "“Dues are £30. Concerts are free”"),
        ("£42 a year; may be waived", "there is a fee: “£42 a year; may be waived”"),
        ("£3 a class, the first one free", "there is a fee: “£3 a class, the first one free”"),
        ("None or vary according to service", "free in part, or for some people: “None or vary according to service”"),
        ("Cash, checks, Medicare and HMOs accepted", "health insurance may pay: “Medicare and HMOs accepted”"),
        ("Vary according to service. Cash and checks accepted", "it varies"),
        ("Call for fees", "not said"),
        ("Gratuit pour tous", "“Gratuit pour tous”"),
        ("Cash and credit cards accepted", "not said"),
        ("Ask us", "not said"),
        ("", "not said"),
    ],
)
def test_a_price_is_said_as_its_provider_names_it(fees: str, read: str, release: Release) -> None:
    """ "There is a fee" never stands before "free", nor "not said" where a price is named. No cards are listed that are taken."""
    said = screens.cost(Service("s", "N", fees_description=fees, key="k"))
    assert release.words.text(said, "en") == read


@pytest.mark.parametrize(
    ("option", "read"),
    [
        (CostOption(amount=4.5, currency="GBP"), "there is a fee: £4.50"),
        (CostOption(amount=4.5), "there is a fee: 4.5"),
        (CostOption(amount=4, currency="<b>pounds</b>"), "there is a fee: 4"),
        (CostOption(amount=4, currency="GBP", amount_description="£4 a session"), "there is a fee: “£4 a session”"),
    ],
)
def test_a_price_that_stands_in_numbers_is_written_as_amounts_are(option: CostOption, read: str, release: Release) -> None:
    said = screens.cost(Service("s", "N", costs=(option,), key="k"))
    assert release.words.text(said, "en") == read


def test_of_a_description_that_names_its_price_late_only_the_kind_of_price_is_said() -> None:
    """The beginning of such a sentence says nothing of the price."""
    late = "It is a house with sixty beds, on a hill above the town, with a garden, a chapel and a wide view of the sea; " * 2
    paid = Service("s", "N", description=f"{late}there is a small fee.", key="k")
    assert screens.cost(paid) == phrases.COST_FEE()
    assert screens.cost(replace(paid, description=f"{late}there is a sliding fee scale.")) == phrases.COST_SLIDING()


def test_help_with_this_names_the_part_of_life_where_it_does_not_follow_on_it(release: Release) -> None:
    walk = Walk(release.content).consents().taps("t:matters:food:1", "d:matters", "a:food.need:yes")
    assert walk.says() == ["intake/food.help"]
    assert walk.types("blah").says()[-2:] == ["about_part", "intake/food.help"]
    assert walk.taps("a:food.help:yes", "back").says() == ["intake/food.help"]


def test_walks_at_random_meet_no_fault_and_no_button_on_screen_is_old(release: Release) -> None:
    """Sixty people tap what they see, type what comes to mind, wait, and talk with workers."""
    for seed in range(60):
        dice = random.Random(seed)
        walk = Walk(release.content, found=tuple(service(n) for n in range(dice.choice([0, 1, 5])))).opens()
        shown: list[str] = []
        asks = "which_language"
        for _ in range(45):
            shown = walk.taps_shown() or shown
            happen_at_random(walk, dice, shown)
            assert faults(release.words, walk.effects, walk.episode.id) == []
            if walk.episode.closed in ("erased", "nothing_kept"):
                break
            asks = asked_last(walk) or asks
            question_is_on_screen(walk, asks)


def happen_at_random(walk: Walk, dice: random.Random, shown: list[str]) -> None:
    state = walk.episode.state
    match dice.randrange(12):
        case 0:
            walk.types(dice.choice(["2", "food, money", "blah", "back", "skip", "person", "26", "عربي", "<b>&", "yes", "done"]))
        case 1:
            walk.sends()
        case 2:
            walk.meets(dice.choice([Claimed(walk.at, "Sam"), HandoffEnded(walk.at, "Sam"), HandoffLeftWaiting(walk.at)]))
        case 3 if state in ("choosing_services", "following_up", "checking_in", "planning", "changing") and (
            days := to_come(walk)
        ):
            check_in(walk, dice.choice(days))
        case 4 if dice.random() < 0.3:
            walk.meets(WorkerSaid(walk.at, "Sam", words="Hello"))
        case 5:
            walk.opens()
        case _ if shown:
            tap = dice.choice([tap for tap in shown if tap not in ("forget_yes",)] or ["go_on"])
            silent = walk.episode.with_a_worker or walk.episode.state == "closed"  # it took the buttons away
            walk.taps(tap)
            assert silent or "old_button" not in walk.says(), tap


def to_come(walk: Walk) -> list[int]:
    """Give the days of the check-ins that have not been asked: each comes once."""
    asked = {sheet.split("-")[1] for sheet in (*walk.episode.sheets, *walk.episode.checks) if sheet.startswith("check_in-")}
    return [days for days in (3, 7, 28, 84) if str(days) not in asked]


SCREENS = {
    "choosing_language": {"which_language", "language_or_person"},
    "reviewing": {"review_head"},
    "choosing_services": {"services_foot", "no_services_foot"},
}
ON_THE_WAY = {
    "which_language",
    "language_or_person",
    "did_you_mean",
    "which_place",
    "change_which",
}  # screens that lead back to the one below


def asked_last(walk: Walk) -> str:
    """Name what the last turn asked, if anything: a question, or a screen that waits for something."""
    asked = [q for dialog in walk.content.dialogs.values() for q in dialog.questions]
    questions = {q.text for q in asked} | {q.if_one.text for q in asked if q.if_one}
    heads = questions.union(ON_THE_WAY, {"plan_agree_ask", "plan_more_ask"}, *SCREENS.values())
    return next((text for text in reversed(walk.says()) if text in heads), "")


def question_is_on_screen(walk: Walk, asks: str) -> None:
    """What the person reads as the open question is the one that is open."""
    episode = walk.episode
    if episode.with_a_worker or episode.state in ("following_up", "closed") or asks in ON_THE_WAY:
        return
    assert asks in (SCREENS.get(episode.state) or {open_question(walk)}), (episode.state, episode.sheet, episode.asked)


def open_question(walk: Walk) -> str:
    if walk.episode.state == "planning" and not walk.episode.asked:
        return "plan_agree_ask" if walk.episode.sheet else "plan_more_ask"
    question = Turn(walk.episode, LinkOpened(walk.at), walk.content).question
    assert question is not None
    return question.text


def test_every_state_redraws_its_screen(release: Release) -> None:
    for name, one in everywhere().items():
        walk = Walk(release.content, one.episode, one.at).taps("go_on")
        assert walk.says(), name
        assert faults(release.words, walk.effects, walk.episode.id) == []
