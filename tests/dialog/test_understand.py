"""What typed words mean for the question on screen, in the languages that ship."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rxbot.content.load import Release
from rxbot.dialog.model import Option, Question
from rxbot.dialog.understand import Lexicon, asks_for, escape, guess, language_named, line_named, place_said, understand


def read(release: Release, dialog: str, question: str, words: str, language: str = "en") -> tuple[tuple[str, ...], str] | None:
    content = release.content
    asked = content.dialogs[dialog].question(question)
    assert asked is not None
    return understand(asked, words, content.labels_for(language), content.lexicons_for(language))


def test_every_label_is_understood_in_either_language_whatever_was_chosen(release: Release) -> None:
    content = release.content
    for dialog in content.dialogs.values():
        for question in dialog.questions:
            for option in question.options:
                for language in content.scheme.languages:
                    label = release.words.label(option.text, language)
                    found = read(release, dialog.id, question.id, label, "en")
                    assert found == ((option.id,), "label"), (question.id, option.id, language)


@pytest.mark.parametrize(
    ("typed", "language"),
    [("Maybe", "en"), ("sometimes", "en"), ("quizás", "es"), ("a veces", "es"), ("ربما", "ar"), ("مرات", "ar")],
)
def test_what_somebody_would_like_may_be_a_maybe(release: Release, typed: str, language: str) -> None:
    """Who was asked "Would you like to learn something new?" could answer "Sometimes" only."""
    for asked in ("learning.need", "activity_diet.need", "arts.need", "volunteering.need"):
        found = read(release, "intake", asked, typed, language)
        assert found is not None
        assert found[0] == ("sometimes",)
    question = release.content.dialogs["intake"].question("learning.need")
    assert question is not None
    assert [release.words.label(option.text, "en") for option in question.options] == ["Yes", "Maybe", "No"]


@pytest.mark.parametrize(
    ("typed", "band"), [("0", "child"), ("17", "child"), ("18", "a18"), ("٦٧", "a65"), ("۸۰", "a80"), ("120", "a80")]
)
def test_an_age_is_read_as_its_band(release: Release, typed: str, band: str) -> None:
    found = read(release, "consent", "age", typed)
    assert found is not None
    assert found[0] == (band,)


@pytest.mark.parametrize("typed", ["121", "200", "-5", "1.5", "eighteen and a half"])
def test_an_age_that_is_none_is_not_understood(release: Release, typed: str) -> None:
    assert read(release, "consent", "age", typed) is None


@pytest.mark.parametrize(
    ("language", "typed", "score"),
    [
        ("en", "eight", "8"),
        ("en", "Eight.", "8"),
        ("en", "zero", "0"),
        ("en", "ten", "10"),
        ("es", "ocho", "8"),
        ("es", "Cero", "0"),
        ("es", "diez", "10"),
        ("ar", "ثمانية", "8"),
        ("ar", "صفر", "0"),
        ("ar", "عشرة", "10"),
        ("ar", "٨", "8"),
        ("ar", "١٠", "10"),
        ("ar", "٠", "0"),
        ("ar", "۸", "8"),
        ("en", "８", "8"),
        ("en", "08", "8"),
        ("en", "ocho", "8"),
        ("es", "ثمانية", "8"),
    ],
)
def test_a_number_on_a_scale_is_read_in_words_and_in_any_digits(release: Release, language: str, typed: str, score: str) -> None:
    assert (read(release, "intake", "ons4.anxious", typed, language) or ((), ""))[0] == (score,)


@pytest.mark.parametrize("typed", ["eleven", "11", "١١", "7.5", "seven or eight", "the second", "segundo", "الثاني"])
def test_what_is_no_point_of_a_scale_is_not_understood(release: Release, typed: str) -> None:
    assert read(release, "intake", "ons4.anxious", typed) is None


@pytest.mark.parametrize(
    ("language", "typed", "band"),
    [
        ("en", "I am 71", "a65"),
        ("en", "I'm 71 years old.", "a65"),
        ("en", "my age is 17", "child"),
        ("en", "I think that I am 71 years old", "a65"),
        ("en", "I am seventy", "a65"),
        ("en", "I am twelve", "child"),
        ("en", "71!", "a65"),
        ("es", "tengo 58 anos", "a50"),
        ("es", "Tengo 58 años de edad", "a50"),
        ("es", "mi edad es 83", "a80"),
        ("es", "tengo doce años", "child"),
        ("ar", "عمري 58", "a50"),
        ("ar", "عمري ٥٨ سنة", "a50"),
        ("ar", "أنا عندي ۵۸ عاماً", "a50"),
        ("ar", "3omri 58 sana", "a50"),
        ("ar", "I am 71", "a65"),
    ],
)
def test_an_age_is_read_with_words_around_it_that_say_no_more(release: Release, language: str, typed: str, band: str) -> None:
    assert (read(release, "consent", "age", typed, language) or ((), ""))[0] == (band,)


@pytest.mark.parametrize(
    ("language", "typed", "score"),
    [
        ("en", "I think 5", "5"),
        ("en", "a 3", "3"),
        ("en", "I'd say eight", "8"),
        ("en", "5 please", "5"),
        ("en", "number 8", "8"),
        ("es", "un 3", "3"),
        ("es", "creo que 5", "5"),
        ("es", "yo diría un siete", "7"),
        ("es", "el 10, por favor", "10"),
        ("ar", "أعتقد ٥", "5"),
        ("ar", "أظن أنه خمسة", "5"),
        ("ar", "الرقم ٨", "8"),
    ],
)
def test_a_point_of_a_scale_is_read_with_words_around_it_that_say_no_more(
    release: Release, language: str, typed: str, score: str
) -> None:
    assert (read(release, "intake", "ons4.anxious", typed, language) or ((), ""))[0] == (score,)


NO_ONE_NUMBER = [
    *("not 5", "I am not 5", "5 or 6", "between 3 and 5", "I think 5 or 6", "-5", "I am -5", "I think - 5", "about −5", "a 7.5"),
    *("I think 7,5", "5 and 6", "more than 5", "nearly 5", "5 years ago", "my son is 8", "I have 3 children", "he is 5"),
    *("no es 5", "entre 3 y 5", "5 o 6", "creo que no 5", "más de 5", "casi 5", "mi hijo tiene 8", "tengo 3 hijos"),
    *("ليس 5", "مش 5", "بين 3 و 5", "5 أو 6", "أكثر من 5", "أقل من 5", "ابني عمره 8", "عندي 3 أولاد", "عمري ليس 5"),
    "I think that it is a 5 is what I would say",
]


@pytest.mark.parametrize("typed", NO_ONE_NUMBER)
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_number_in_a_sentence_that_says_more_is_no_answer(release: Release, language: str, typed: str) -> None:
    assert read(release, "intake", "ons4.anxious", typed, language) is None
    assert read(release, "consent", "age", typed, language) is None
    assert line_named(typed, release.content.lexicons_for(language)) is None


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        *(("un 3 o asi", "3"), ("2 de 10", "2"), ("2/10", "2"), ("about 4", "4"), ("٢ من ١٠", "2"), ("10 maybe", "10")),
        *(("5 or 6", ""), ("between 3 and 5", ""), ("-5 or so", ""), ("12 of them", ""), ("a 7.5", ""), ("10 of 12", "")),
        *(("very", ""), ("my sons came on the 3rd and then they all left again", "")),
    ],
)
def test_the_one_number_among_a_few_words_is_guessed_on_a_scale(release: Release, typed: str, point: str) -> None:
    asked = release.content.dialogs["intake"].question("ons4.anxious")
    assert asked is not None
    content = release.content
    found = guess(asked, typed, content.labels_for("es"), content.lexicons_for("es"))
    assert found == (((point,), "fuzzy") if point else None)


@pytest.mark.parametrize(
    ("language", "dialog", "question", "typed", "option"),
    [
        ("es", "intake", "connection.need", "si muy sola", "yes"),
        ("es", "intake", "connection.need", "a veces por la noche", "sometimes"),
        ("es", "intake", "connection.need", "no siempre me pasa", "sometimes"),
        ("es", "intake", "connection.need", "no, tengo a mis hijos", "no"),
        ("es", "check_in", "check_in.how", "todavia no, es el martes", "not_yet"),
        ("es", "check_in", "check_in.how", "fui el jueves, mujeres muy amables", "went"),
        ("es", "check_in", "check_in.helped", "me ayudo mucho, ya no estoy tan sola", "yes"),
        ("en", "intake", "connection.need", "yes very lonely", "yes"),
        ("en", "check_in", "check_in.how", "not yet, it is on Tuesday", "not_yet"),
        ("ar", "intake", "connection.need", "نعم وحيدة جدا", "yes"),
        ("es", "intake", "connection.need", "no entiendo la pregunta", ""),
        ("es", "intake", "connection.need", "no se que decir", ""),
        ("es", "intake", "connection.need", "la vecina viene", ""),
        ("es", "intake", "connection.need", "y no duermo", ""),
        ("es", "intake", "connection.need", "¿si muy sola que hago?", ""),
        ("es", "intake", "connection.need", "si pero es que desde que murio mi marido no salgo", ""),
        ("en", "intake", "connection.need", "no one comes", ""),
        ("en", "intake", "connection.need", "I do not know what to say", ""),
        ("ar", "intake", "connection.need", "لا أفهم السؤال", ""),
        ("es", "intake", "matters", "dinero que no llega", "money"),
    ],
)
def test_a_few_words_that_begin_with_an_option_are_guessed(
    release: Release, language: str, dialog: str, question: str, typed: str, option: str
) -> None:
    content = release.content
    asked = content.dialogs[dialog].question(question)
    assert asked is not None
    assert read(release, dialog, question, typed, language) is None
    found = guess(asked, typed, content.labels_for(language), content.lexicons_for(language))
    assert found == (((option,), "fuzzy") if option else None)


@pytest.mark.parametrize(
    ("language", "typed", "options"),
    [
        ("es", "estar menos sola y pagar la luz", ("connection", "energy")),
        ("es", "pues mire, tengo deudas y no llego a fin de mes", ("money",)),
        ("es", "servicios de la casa, que no los puedo pagar", ("energy",)),
        ("es", "no necesito nada mas que alguien con quien hablar", ()),
        ("es", "el dinero, la casa, la comida, el trabajo y la soledad me preocupan", ()),
        ("en", "I want to be less lonely and get a job", ("connection", "work")),
        ("en", "nothing helps me any more", ()),
        ("ar", "أريد حلا للوحدة والفواتير", ("energy",)),
        ("ar", "تعبت من الوحدة والديون", ("connection", "money")),
    ],
)
def test_what_a_sentence_names_of_a_list_is_guessed(
    release: Release, language: str, typed: str, options: tuple[str, ...]
) -> None:
    content = release.content
    asked = content.dialogs["intake"].question("matters")
    assert asked is not None
    assert read(release, "intake", "matters", typed, language) is None
    found = guess(asked, typed, content.labels_for(language), content.lexicons_for(language))
    assert found == ((options, "fuzzy") if options else None)


@pytest.mark.parametrize("typed", ["I think 2", "I am 2", "a 3", "creo que 2", "un 3", "عمري 2", "أعتقد ٣"])
def test_a_number_within_words_picks_nothing_where_no_number_is_asked(release: Release, typed: str) -> None:
    for language in ("en", "es", "ar"):
        assert read(release, "intake", "matters", typed, language) is None
        assert read(release, "intake", "food.need", typed, language) is None


@pytest.mark.parametrize(
    "typed",
    ["8", "٨", "8.", "change 8", "quiero cambiar la 8",
     "number 8", "el 8", "the 8th", "the eighth", "line 8", "the number 8 please", "eight", "la línea 8",
     "octavo", "رقم 8", "تغيير السطر ٨", "السطر ٨", "ثمانية", "الثامن"],
)  # fmt: skip
def test_a_line_is_named_by_its_number_in_any_language(release: Release, typed: str) -> None:
    assert line_named(typed, release.content.lexicons_for("en")) == 8


@pytest.mark.parametrize(
    ("language", "typed", "place"),
    [
        ("en", "the second", 2),
        ("en", "2nd", 2),
        ("en", "number two", 2),
        ("en", "Two", 2),
        ("en", "the third one", 3),
        ("es", "el segundo", 2),
        ("es", "La segunda", 2),
        ("es", "dos", 2),
        ("es", "opción 3", 3),
        ("es", "tercera", 3),
        ("ar", "الثاني", 2),
        ("ar", "الثانية", 2),
        ("ar", "اثنين", 2),
        ("ar", "رقم ٢", 2),
        ("ar", "رقم 2", 2),
        ("ar", "الثالث", 3),
        ("ar", "٣", 3),
        ("ar", "۳", 3),
        ("ar", "the second", 2),
    ],
)
def test_a_place_in_the_list_is_read_as_number_and_ordinal(release: Release, language: str, typed: str, place: int) -> None:
    question = release.content.dialogs["intake"].question("food.need")
    assert question is not None
    assert read(release, "intake", "food.need", typed, language) == ((question.options[place - 1].id,), "number")


@pytest.mark.parametrize("typed", ["the fourth", "el cuarto", "الرابع", "zero", "cero", "صفر", "٠", "four", "٤"])
def test_a_place_that_is_not_in_the_list_is_not_understood(release: Release, typed: str) -> None:
    assert read(release, "intake", "food.need", typed) is None


def test_ordinals_make_a_list_too(release: Release) -> None:
    expected = ("money", "food")
    for language, typed in (("en", "the first and the fourth"), ("es", "el primero y el cuarto"), ("ar", "١، ٤")):
        assert (read(release, "intake", "matters", typed, language) or ((), ""))[0] == expected, typed


@pytest.mark.parametrize(("typed", "band"), [("twelve", "child"), ("doce", "child"), ("اثنا عشر", "child"), ("١٨", "a18")])
def test_an_age_in_words_is_read_as_its_band(release: Release, typed: str, band: str) -> None:
    assert read(release, "consent", "age", typed) == ((band,), "number")


def test_every_number_word_an_author_listed_is_read_as_its_number(release: Release) -> None:
    for language, lexicon in release.content.lexicons.items():
        assert len(lexicon.numbers) > 10, language
        for count, spellings in enumerate(lexicon.numbers[:11]):
            for word in spellings:
                assert read(release, "intake", "ons4.anxious", word, language) == ((str(count),), "number"), (language, word)


def test_every_ordinal_an_author_listed_is_read_as_its_place(release: Release) -> None:
    long = Question("q", "q", "q", tuple(Option(str(n), f"q.{n}") for n in range(1, 21)))
    for language, lexicon in release.content.lexicons.items():
        assert len(lexicon.ordinals) >= 20, language
        for place, spellings in enumerate(lexicon.ordinals, 1):
            for word in spellings:
                found = understand(long, word, (), release.content.lexicons_for(language))
                assert found == ((str(place),), "number"), (language, word)


def test_a_number_is_a_place_in_the_list_where_no_age_is_asked(release: Release) -> None:
    assert read(release, "intake", "food.need", "٢") == (("sometimes",), "number")
    assert read(release, "intake", "food.need", "0") is None
    assert read(release, "intake", "food.need", "4") is None


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("Money, food, work", ("money", "food", "work")),
        ("money,food,and work", ("money", "food", "work")),
        ("money and food and work", ("money", "food", "work")),
        ("Money And Food", ("money", "food")),
        ("and money", ("money",)),
        ("1, 4", ("money", "food")),
        ("money + food / work; food", ("money", "food", "work")),
        ("money\nfood", ("money", "food")),
        ("Heating and bills and Food", ("energy", "food")),
        ("Arts and making things, moving and eating well", ("arts", "activity_diet")),
        ("المال، الطعام", ("money", "food")),
        ("المال والطعام", ("money", "food")),
        ("المال و الطعام", ("money", "food")),
        ("المال،والطعام", ("money", "food")),
    ],
)
def test_a_list_is_read_item_by_item(release: Release, typed: str, options: tuple[str, ...]) -> None:
    labels = release.content.wording["ar"]
    typed = typed.replace("المال", labels["intake/matters.money"]).replace("الطعام", labels["intake/matters.food"])
    found = read(release, "intake", "matters", typed)
    assert found is not None
    assert found[0] == options


@pytest.mark.parametrize("typed", ["money, food, work, arts", "money and bananas", "money,,x", "and", "و", "", ",", "1, 99"])
def test_more_than_allowed_or_half_understood_is_not_understood(release: Release, typed: str) -> None:
    assert read(release, "intake", "matters", typed) is None


def test_a_list_is_no_answer_where_one_option_is_asked(release: Release) -> None:
    assert read(release, "intake", "food.need", "yes, no") is None


WA = Question("q", "q", "q", (Option("wages", "q.wages"), Option("food", "q.food")), most=2)
WA_LABELS = ({"q.wages": "وظيفة", "q.food": "طعام"},)


@pytest.mark.parametrize("typed", ["وظيفة وطعام", "طعام ووظيفة", "طعام، وظيفة", "وظيفة،وطعام"])
def test_a_word_that_begins_like_the_arabic_and_stays_whole(typed: str) -> None:
    found = understand(WA, typed, WA_LABELS, ())
    assert found is not None
    assert set(found[0]) == {"wages", "food"}


def test_a_word_an_author_listed_stands_for_its_option() -> None:
    lexicons = (Lexicon(options={"q.food": ("grub", "???")}),)
    assert understand(WA, "Grub!", WA_LABELS, lexicons) == (("food",), "lexicon")
    assert understand(WA, "!!!", WA_LABELS, lexicons) is None


def test_the_own_language_is_asked_first() -> None:
    """Where a word means one thing here and another there, the language the person chose decides."""
    yes_no = Question("q", "q", "q", (Option("yes", "yes"), Option("no", "no")))
    greek, bulgarian = {"yes": "ναι", "no": "όχι"}, {"yes": "да", "no": "ναι"}
    assert understand(yes_no, "ναι", (greek, bulgarian), ()) == (("yes",), "label")
    assert understand(yes_no, "ναι", (bulgarian, greek), ()) == (("no",), "label")


@pytest.mark.parametrize(
    ("words", "way"),
    [
        *(("Stop!", "stop"), ("توقف", "stop"), ("/forget", "erase"), ("HELP", "help")),
        *(("no me escriba más", "stop"), ("Don't write to me any more.", "stop"), ("لا تكتبوا لي بعد الآن", "stop")),
    ],
)
def test_a_way_out_is_the_whole_message(release: Release, words: str, way: str) -> None:
    lexicons = release.content.lexicons_for("en")
    assert escape(words, lexicons) == way
    assert escape(f"{words} thinking about it", lexicons) is None


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("i want to talk to someone", "person"),
        ("Can I speak to a person please", "person"),
        ("hello, stop messaging me please", "stop"),
        ("delete my data please", "erase"),
        ("hola quiero hablar con una persona", "person"),
        ("quiero hablar con una persona ya", "person"),
        ("me puede llamar alguien", "person"),
        ("borre mis datos por favor", "erase"),
        ("اريد اتكلم مع شخص الان", "person"),
        ("اريد التحدث مع انسان", "person"),
        ("امسحي كل شي", "erase"),
        ("please", None),
        ("i talk to someone every day", None),
        ("para hoy", None),
        ("do not stop please", None),
        ("no quiero hablar con una persona", None),
    ],
)
def test_courtesies_may_stand_around_a_way_out_and_nothing_else(release: Release, words: str, way: str | None) -> None:
    assert escape(words, release.content.lexicons.values()) == way


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        *((one, True) for one in ("talk to sam", "Can I speak to Sam please", "quiero hablar con sam", "puedo hablar con sam")),
        *((one, True) for one in ("quiero que me llame sam", "اريد التحدث مع Sam")),
        *((one, False) for one in ("sam", "gracias Sam", "talk to rosa", "no quiero hablar con sam", "Sam did not ring")),
    ],
)
def test_the_name_of_the_worker_counts_as_a_person(release: Release, words: str, asks: bool) -> None:
    assert asks_for("Sam", words, tuple(release.content.lexicons.values())) == asks
    assert asks_for("Sam Okafor", words, tuple(release.content.lexicons.values())) == asks
    assert not asks_for("", words, tuple(release.content.lexicons.values()))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        *(("in Harbourside", "Harbourside"), ("I live in Market Hill", "Market Hill"), ("vivo en harbourside", "harbourside")),
        *(("cerca de Harbourside", "Harbourside"), ("أسكن في Harbourside", "Harbourside"), ("KT1 2AB", "KT1 2AB")),
        *(("in", "in"), ("Inverness", "Inverness"), ("Entre Rios", "Entre Rios")),
    ],
)
def test_a_place_is_named_without_what_stands_before_it(release: Release, words: str, place: str) -> None:
    assert place_said(words, release.content.lexicons.values()) == place


@pytest.mark.parametrize(
    ("words", "code"),
    [("عربي", "ar"), ("arabic please", "ar"), ("Castellano", "es"), ("inglés", "en"), ("french", ""), ("no english", "")],
)
def test_a_language_is_known_by_what_people_call_it(release: Release, words: str, code: str) -> None:
    assert language_named(words, release.content.lexicons.values()) == code


def test_an_option_that_is_said_like_a_way_out_is_the_option() -> None:
    """The reading asks for options first; here is that the words of both can meet."""
    stop = Question("q", "q", "q", (Option("stop", "q.stop"),))
    assert understand(stop, "stop", ({"q.stop": "Stop"},), ()) == (("stop",), "label")


def test_no_word_of_a_lexicon_folds_to_nothing_or_stands_for_two_options_of_one_question(release: Release) -> None:
    from rxbot.dialog.plain import plain

    for lexicon in release.content.lexicons.values():
        spellings = [*lexicon.red_flags, *(w for ways in (lexicon.options, lexicon.escapes) for ws in ways.values() for w in ws)]
        assert all(map(plain, spellings))
        for question in (q for d in release.content.dialogs.values() for q in d.questions):
            said = [plain(word) for option in question.options for word in set(map(plain, lexicon.options.get(option.label, ())))]
            assert len(said) == len(set(said)), (question.id, {word for word in said if said.count(word) > 1})


def test_a_long_message_of_commas_and_ands_is_not_an_answer(release: Release) -> None:
    """One thread works for everybody: were it to try every way of cutting these, the suite's time limit would end it."""
    for words in ("x," * 2000, "food and " * 450, "و " * 2000, "money and food," * 270, "ﷺ" * 4096):
        assert read(release, "intake", "matters", words) is None


@given(st.text(max_size=60))
def test_any_words_are_read_without_a_fault(release: Release, words: str) -> None:
    found = read(release, "intake", "matters", words)
    assert found is None or 1 <= len(found[0]) <= 3
