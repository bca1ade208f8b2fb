"""Language names as directories write them."""

import pytest

from rxbot.directory.languages import is_interpretation, read_languages


@pytest.mark.parametrize(
    ("name", "code", "codes"),
    [
        ("Spanish.", "", ["es"]),
        ("English and Spanish (limited)", "", ["en", "es"]),
        ("Filipino (Tagalog)", "", ["tl"]),
        ("Chinese (Cantonese)", "", ["yue"]),
        ("Chinese (Mandarin)", "cmn", ["zh"]),
        ("Somali", "so", ["so"]),
        ("العربية", "ara", ["ar"]),
        ("English", "en-GB", ["en"]),
        ("BSL", "", ["bfi"]),
        ("Elvish", "", [""]),
        ("", "", []),
    ],
)
def test_a_language_gets_its_code(name: str, code: str, codes: list[str]) -> None:
    assert [language.code for language in read_languages(name, code)] == codes


@pytest.mark.parametrize("name", ["Interpreter", "AT&T Language Line", "Accommodations possible.", "Any language"])
def test_interpretation_is_not_a_language(name: str) -> None:
    assert is_interpretation(name)


def test_a_language_is_not_interpretation() -> None:
    assert not is_interpretation("American Sign Language")
