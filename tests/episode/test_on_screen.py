"""Whatever can be tapped on the screen can be typed: by its label, by its number, in any language offered."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from walking import MONDAY, TOWN, Walk, agree, everywhere, planning, shipped

from rxbot.content.load import Release
from rxbot.directory.model import Place
from rxbot.episode.effects import FindPlaces
from rxbot.episode.events import NudgeDue, PhraseSaid, StepProposed
from rxbot.episode.model import Episode
from rxbot.safety.model import is_red_flag

TWO_PLACES = (TOWN, Place(53.0, 0.4, "Northfields, Elsewhere"))


def screens_there_are() -> Iterator[tuple[str, Walk]]:
    """Give every kind of screen with buttons."""

    def walk() -> Walk:
        return Walk(shipped())

    yield from everywhere().items()
    yield "a list with a tick", walk().consents().taps("t:matters:food:1")
    yield (
        "a list with all of these",
        walk().consents().taps("t:matters:food:1", "d:matters", "a:food.need:no", "t:rest:money:1", "d:rest"),
    )
    yield "a guess", walk().consents().taps("t:matters:food:1", "d:matters").types("somtimes")
    yield "places of one name", Walk(shipped(), places=TWO_PLACES).consents().answers("food").types("Northfields")
    yield "lines to change", walk().consents().reviews("food").taps("change")
    yield "a plan offered", walk().consents().reviews("food").taps("right", "s:1:1", "chosen")
    yield "one more goal", agree(planning(walk())).taps("agree")
    yield "a message to the clinic", agree(planning(walk())).taps("agree", "enough")
    yield "the plan", agree(planning(walk())).taps("agree", "enough", "plan")
    yield "a step suggested", agree(planning(walk())).taps("agree", "enough").meets(StepProposed(MONDAY, "Sam", 1, "Ring"))
    yield "the end asked about", walk().consents().reviews("food").taps("right", "chosen", "finish")
    yield "erasing asked about", walk().consents().taps("forget")
    yield "a reminder", walk().consents().meets(NudgeDue(MONDAY, 1))
    yield "more", walk().consents().taps("more")
    yield "my data", walk().consents().taps("my_data")
    yield "languages", walk().consents().taps("language")
    yield "a phrase", walk().consents().taps("person").meets(PhraseSaid(MONDAY, "Sam", "safe"))


def told(episode: Episode) -> tuple[object, ...]:
    """Give what an answer changes, without where it came from."""
    sheets = {name: {asked: answer.value for asked, answer in answers.items()} for name, answers in episode.sheets.items()}
    return (episode.state, episode.asked, episode.sheet, sheets, episode.closed, episode.language, episode.offers, episode.draft,
            episode.held_back, episode.proposal, episode.plans, episode.phrases_sent, episode.handoffs)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_button_on_the_screen_can_be_typed(release: Release, language: str) -> None:
    for name, one in screens_there_are():
        for button in one.episode.screen:
            label = release.words.label(button.label, language, {})
            if button.tap.startswith("t:") or is_red_flag(label, one.content.lexicons.values()):
                continue  # what is typed into a list answers it, while a tick waits for Done; danger comes first
            tapped = Walk(one.content, one.episode, one.at).taps_at(button.wait, button.tap)
            typed = Walk(one.content, one.episode, one.at).types(label)
            assert told(typed.episode) == told(tapped.episode), (name, label)
            assert "not_understood" not in typed.says(), (name, label)


@pytest.mark.parametrize("word", ["Yes", "No"])
def test_a_bare_yes_or_no_is_the_button_that_begins_with_it(release: Release, word: str) -> None:
    begun = 0
    for name, one in screens_there_are():
        newest = sorted(one.episode.screen, key=lambda button: -button.wait)
        labels = ((button, release.words.label(button.label, "en", {})) for button in newest)
        if button := next((button for button, label in labels if label.startswith((f"{word}, ", f"{word} "))), None):
            tapped = Walk(one.content, one.episode, one.at).taps_at(button.wait, button.tap)
            assert told(Walk(one.content, one.episode, one.at).types(word.lower()).episode) == told(tapped.episode), name
            begun += 1
    assert begun > 3


def test_a_typed_no_to_a_workers_phrase_is_its_answer(release: Release) -> None:
    """ "Are you safe right now?" """
    walk = Walk(release.content).consents().taps("person").meets(PhraseSaid(MONDAY, "Sam", "safe")).types("no")
    assert walk.episode.phrases_sent[0].answer == "no"
    assert "taken_seriously" in walk.says()


def test_a_place_is_picked_by_its_number(release: Release) -> None:
    walk = Walk(release.content, places=TWO_PLACES).consents().answers("food").types("Northfields").types("2")
    assert walk.episode.answers["place"].value.place.label == "Northfields, Elsewhere"  # type: ignore[union-attr]
    assert walk.episode.answers["place"].raw == "2"


def test_a_place_is_looked_up_without_what_stands_before_it(release: Release) -> None:
    walk = Walk(release.content).consents("es").answers("food").types("vivo en Northfields")
    assert walk.effects[0] == FindPlaces("Northfields")
    assert walk.episode.asked != "place"


def test_a_line_of_the_review_is_opened_by_its_name(release: Release) -> None:
    assert Walk(release.content).consents().reviews("food").taps("change").types("good time").episode.asked == "contact.when"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("2", [2]),
        ("1 and 3", [1, 3]),
        ("1, 3", [1, 3]),
        ("١ و٣", [1, 3]),
        ("uno y tres", [1, 3]),
        ("the first", [1]),
        ("1 2 3 4", []),
        ("quiero el 1 y el 3", [1, 3]),
        ("I would like number 2 please", [2]),
        ("أريد ١ و ٣", [1, 3]),
        ("quiero el 1 y no el 2", []),
    ],
)
def test_services_are_marked_by_their_numbers(release: Release, words: str, wanted: list[int]) -> None:
    walk = Walk(release.content, everywhere()["choosing_services"].episode).types(words)
    assert [number for number, offer in enumerate(walk.episode.offers, 1) if offer.wanted] == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("the women's circle please", [1]),
        ("quiero Lunch Club", [2]),
        ("club", []),
        ("not the women's circle", []),
        ("I am afraid of women", []),
        ("the", []),
    ],
)
def test_a_service_is_marked_by_words_of_its_name(release: Release, words: str, wanted: list[int]) -> None:
    episode = everywhere()["choosing_services"].episode
    names = ("Women’s Welcome Circle", "Lantern Hill Lunch Club", "Chess Club")
    offers = tuple(replace(offer, name=name) for offer, name in zip(episode.offers, names, strict=True))
    walk = Walk(release.content, replace(episode, offers=offers)).types(words)
    assert [number for number, offer in enumerate(walk.episode.offers, 1) if offer.wanted] == wanted
    assert ("want_noted" in walk.says()) == bool(wanted)


def test_a_number_inside_a_sentence_marks_no_service_and_the_words_reach_the_team(release: Release) -> None:
    walk = Walk(release.content, everywhere()["choosing_services"].episode).types("I have 2 children and no car")
    assert not any(offer.wanted for offer in walk.episode.offers)
    assert walk.says()[0] == "told_team"
    assert walk.effects[0].source == "1:2"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "words", "meant"),
    [
        *(
            ("en", "yes that is fine", True),
            ("en", "Yes, thank you", True),
            ("en", "yes I agree", True),
            ("en", "no thanks", False),
        ),
        *(
            ("es", "si esta bien", True),
            ("es", "si vale", True),
            ("es", "Vale, sí, gracias", True),
            ("es", "no, por favor", False),
        ),
        *(
            ("en", "yes send it", True),
            ("en", "Yes, do it please", True),
            ("en", "yes you can", True),
            ("en", "no, don't", False),
        ),
        *(("es", "si mandalo", True), ("es", "sí, envíelo", True), ("es", "si puede", True), ("es", "si x favor", True)),
        *(("es", "si pidalo por favor", True), ("es", "no lo envie", False), ("es", "mejor no", False)),
        *(("ar", "نعم يمكنهم", True), ("ar", "نعم ارسليها", True), ("ar", "لا ترسلوها", False)),
        *(("en", "yes send it tomorrow", None), ("en", "no send it", None), ("es", "no, envíelo", None)),
        *(("ar", "نعم هذا مناسب", True), ("ar", "ايوه تمام شكرا", True), ("ar", "لا شكرا", False)),
        *(("en", "yes but not now", None), ("en", "no that is fine", None), ("en", "yes, is that right?", None)),
        *(("es", "si, pero no", None), ("es", "no, está bien", None), ("es", "y bien", None), ("es", "¿si eso es?", None)),
        *(("ar", "نعم لكن ليس الآن", None), ("ar", "لا بأس", None), ("ar", "لا تمام", None)),
    ],
)
def test_harmless_words_around_a_yes_or_a_no_change_nothing(
    release: Release, language: str, words: str, meant: bool | None
) -> None:
    """Wherever a yes or a no stands on the screen: a question's own, or a button to agree."""
    asked = Walk(release.content).opens().taps(f"l:{language}").types(words).episode.answers_of("consent")
    given = asked["consent.keep"].chosen if "consent.keep" in asked else ()
    assert given == {True: ("yes",), False: ("no",), None: ()}[meant]
    plan = Walk(release.content, replace(agree(planning(Walk(release.content))).episode, language=language)).types(words)
    assert ("plan_more_ask" in plan.says(), plan.episode.asked == "plan.step") == (meant is True, meant is False)
