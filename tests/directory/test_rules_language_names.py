"""Languages as directories write them: names, limits, interpreters, and what is no language at all."""

from collections import Counter

import pytest
from records import lines, table

from rxbot.directory.languages import interpretation_in, is_limited, read_languages
from rxbot.directory.model import Language, Location, Service
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.language import language_rule

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("name", "code", "codes"),
    [
        ("Spanish.", "", ["es"]),
        ("* Spanish,", "", ["es"]),
        ("and Urdu", "", ["ur"]),
        ('English, "Polish"', "", ["en", "pl"]),
        ("English. French", "", ["en", "fr"]),
        ("English and Spanish (limited)", "", ["en", "es"]),
        ("English/Hindi & Tamil; Thai", "", ["en", "hi", "ta", "th"]),
        ("Haitian-Creole", "", ["ht"]),
        ("Filipino (Tagalog)", "", ["tl"]),
        ("Filipino (something else)", "", [""]),
        ("Chinese (Cantonese)", "", ["yue"]),
        ("Chinese (Mandarin)", "cmn", ["zh"]),
        ("Chinese (Far Hills)", "", [""]),
        ("Chinese (Simplified)", "", ["zh"]),
        ("Portugese", "", ["pt"]),
        ("No Spanish spoken", "", []),
        ("English, no Spanish", "", ["en"]),
        ("Norwegian spoken", "", ["no"]),
        ("Chinese (leaflets only)", "", ["zh"]),
        ("Polish (bilingual nurse, and a porter)", "", ["pl"]),
        ("Our staff speak Somali and Arabic", "", ["so", "ar"]),
        ("French\\n\\nEvening class: English", "", ["fr", "en"]),
        ("Somali", "so", ["so"]),
        ("العربية", "ara", ["ar"]),
        ("English", "en-GB", ["en"]),
        ("Filipino", "fil", ["tl"]),
        ("BSL", "", ["bfi"]),
        ("Elvish", "", [""]),
        ("", "", []),
        ("es, pt-BR; som", "", ["es", "pt", "so"]),
        ("no", "", [""]),
        ("Deutsch, Türkçe and Tiếng Việt", "", ["de", "tr", "vi"]),
        ("German (Deutsch)", "", ["de"]),
    ],
)
def test_a_language_gets_its_code(name: str, code: str, codes: list[str]) -> None:
    assert [language.code for language in read_languages(name, code)] == codes


@pytest.mark.parametrize(
    "name",
    [
        "Interpreter",
        "AT&T Language Line",
        "Accommodations possible.",
        "Any language",
        "Others on request",
        "translators available when needed",
        "over 90 languages by telephone",
        "Languages vary by branch",
        "please ring to ask",
        "is available.",
    ],
)
def test_interpretation_and_remarks_are_no_languages(name: str) -> None:
    assert interpretation_in(name)
    assert list(read_languages(name)) == []


@pytest.mark.parametrize("name", ["American Sign Language", "Elvish", "Spanish (limited)"])
def test_a_language_is_not_interpretation(name: str) -> None:
    assert list(read_languages(name))


@pytest.mark.parametrize(
    ("name", "note", "limited"),
    [
        ("Spanish", "", False),
        ("Spanish (limited)", "limited", True),
        ("some Spanish", "some Spanish", True),
        ("Spanish (on request)", "on request", True),
        ("Spanish with translators as needed", "Spanish with translators as needed", True),
        ("Spanish (all our nurses)", "all our nurses", False),
        ("Chinese (Cantonese)", "", False),
        ("Spanish - not always", "Spanish - not always", True),
    ],
)
def test_what_is_said_beside_a_language_is_its_note(name: str, note: str, limited: bool) -> None:
    [language] = read_languages(name)
    assert (language.note, is_limited(language)) == (note, limited)


def test_one_row_may_tell_of_a_language_and_of_interpreters() -> None:
    row = "French. Phone interpreters available for other languages."
    assert [language.code for language in read_languages(row)] == ["fr"]
    assert interpretation_in(row) == "Phone interpreters available for other languages"


@pytest.mark.parametrize(
    ("rows", "interpretation", "wanted", "answer", "sentence"),
    [
        ((), "", "es", UNKNOWN, ""),
        ((), "", "en", YES, ""),
        ((Language("Spanish", "es"),), "", "es", YES, "Spanish"),
        ((Language("Spanish", "es"),), "", "ar", NO, "Spanish"),
        ((Language("Spanish", "es"),), "Interpreter", "ar", UNKNOWN, "Interpreter"),
        ((Language("Spanish", "es"), Language("Elvish")), "", "ar", UNKNOWN, ""),
        ((Language("Spanish (limited)", "es", "limited"),), "", "es", UNKNOWN, "Spanish (limited)"),
        ((Language("Spanish (limited)", "es", "limited"), Language("Spanish", "es")), "", "es", YES, "Spanish"),
        ((Language("Spanish (limited)", "es", "limited"),), "", "ar", NO, "Spanish (limited)"),
        ((Language("Chinese", "zh"),), "", "yue", UNKNOWN, "Chinese"),
        ((Language("Sign Language", "sgn"),), "", "bfi", UNKNOWN, "Sign Language"),
    ],
)
def test_a_language_is_yes_no_or_open(
    rows: tuple[Language, ...], interpretation: str, wanted: str, answer: Answer, sentence: str
) -> None:
    spoken = Service("s", "Service", languages=rows, interpretation=interpretation)
    there = Service("s", "Service", locations=(Location("l", languages=rows),), interpretation=interpretation)
    for service in (spoken, there):
        found = language_rule(service, wanted, "en")
        assert (found.value, found.sentence) == (answer, sentence)


def test_every_spelling_of_san_mateo_is_known_but_one() -> None:
    spellings = Counter(row["name"] for record in lines("san-mateo-cip/services.ndjson") for row in languages(record))
    assert (len(spellings), spellings.total()) == (104, 2225)
    assert [name for name in spellings if not known(name)] == ["Chinese (Nin Bounese)"]


def test_every_spelling_of_miami_is_known_but_those_with_broken_letters() -> None:
    spellings = Counter(row["language"].strip() for row in table("miami-open211/data/languages.csv"))
    unknown = {name: count for name, count in spellings.items() if not known(name)}
    assert len(spellings) > 206
    assert all("+" in name for name in unknown)
    assert (len(unknown), sum(unknown.values())) == (4, 5)
    limits = [language for name in spellings for language in read_languages(name) if is_limited(language)]
    assert len(limits) >= 40
    assert {language.code for language in limits} >= {"es", "ht", "he", "ase"}


def languages(record: dict[str, object]) -> list[dict[str, str]]:
    places = record.get("service_at_locations", [])
    return [*record.get("languages", []), *(row for at in places for row in at["location"].get("languages", []))]  # type: ignore[union-attr,misc,index]


def known(name: str) -> bool:
    """Say whether everything in a spelling is a language we know, or no language."""
    found = list(read_languages(name))
    return all(language.code for language in found) and bool(found or interpretation_in(name) or not name)


def test_quotation_marks_around_a_language_are_no_part_of_it() -> None:
    assert list(read_languages('Elvish, "Dwarvish"')) == [Language("Elvish", ""), Language("Dwarvish", "")]
    assert list(read_languages('French ("evenings")')) == [Language('French ("evenings")', "fr", "evenings")]
