"""Typed words made comparable."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rxbot.dialog.plain import Said, number, plain


@given(st.text())
@example("İstanbul")
@example("ﷺ")
@example("I´m")
@example("ͺ")
def test_what_is_plain_stays_as_it_is(words: str) -> None:
    assert plain(plain(words)) == plain(words)


@given(st.text())
def test_what_somebody_typed_is_folded_as_any_words_are(words: str) -> None:
    said = Said(words)
    assert plain(said) == plain(said) == plain(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أريد", "اريد"),
        ("إلى", "الي"),
        ("آسف", "اسف"),
        ("مساعدة", "مساعده"),
        ("مـــال", "مال"),
        ("مَالٌ", "مال"),
        ("مسؤول", "مسوول"),
        ("بیت", "بيت"),
        ("کتاب", "كتاب"),
        ("ﻣﺴﺎﻋﺪﺓ", "مساعدة"),
        ("؟نعم،", "نعم"),
        ("\u200fنعم\u200e", "نعم"),
        ("رقم ٢", "رقم 2"),
        ("يضرب\u200cني", "يضربني"),
    ],
    ids=["hamza", "alif maqsura", "madda", "ta marbuta", "tatweel", "vowel signs", "hamza on waw", "farsi yeh", "keheh",
         "presentation forms", "punctuation", "direction marks", "digits", "joiner"],
)  # fmt: skip
def test_arabic_is_written_in_many_ways(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "`", "´", "′", "＇"])
def test_an_apostrophe_is_none_however_the_keyboard_writes_it(apostrophe: str) -> None:
    assert plain(f"I can{apostrophe}t go on") == "i cant go on"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("  Money,   please! ", "money please"),
        ("CAFÉ", "cafe"),
        ("ＦＯＯＤ", "food"),
        ("straße", "strasse"),
        ("a_b", "a b"),
        ("🙂", ""),
    ],
)
def test_case_width_accents_blanks_and_signs_do_not_matter(words: str, expected: str) -> None:
    assert plain(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("34", 34), (" 34. ", 34), ("٣٤", 34), ("۳۴", 34), ("३४", 34), ("-3", None), ("3 4", None), ("²", None), ("3rd", None),
     ("", None), ("9" * 10, None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_number_is_read_in_any_digits_and_only_when_it_is_all_there_is(words: str, expected: int | None) -> None:
    assert number(words) == expected
