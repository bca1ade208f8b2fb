"""A day named in words is understood in every language, lies ahead, and is the day that is shown back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rxbot.content.load import Release
from rxbot.dialog.days import FARTHEST, day_named, day_within
from rxbot.message import Listed, NearDay, Text

TODAY = date(2026, 11, 26)  # a Thursday
TUESDAY, TOMORROW, THIRD = date(2026, 12, 1), date(2026, 11, 27), date(2026, 12, 3)
LANGUAGES = ("en", "es", "ar")


def read(release: Release, language: str, words: str, today: date = TODAY) -> date | None:
    return day_named(words, today, (lexicon.days for lexicon in release.content.lexicons_for(language)))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Tuesday", TUESDAY),
        ("next tuesday morning", TUESDAY),
        ("tues", TUESDAY),
        ("on Tuesday after breakfast", TUESDAY),
        ("tomorrow before work", TOMORROW),
        ("mañana después de comer", TOMORROW),
        ("بكرا بعد الغدا", TOMORROW),
        ("next Monday", date(2026, 11, 30)),
        ("Thursday", THIRD),
        ("tomorrow", TOMORROW),
        ("the day after tomorrow", date(2026, 11, 28)),
        ("today", TODAY),
        ("3 December", THIRD),
        ("Dec 3rd", THIRD),
        ("on the 3rd of December, please", THIRD),
        ("3 dec 2026", THIRD),
        ("3/12", THIRD),
        ("03.12.26", THIRD),
        ("3-12-2026", THIRD),
        ("Tuesday 1/12", TUESDAY),
        ("2 January", date(2027, 1, 2)),
        ("el martes que viene", TUESDAY),
        ("el martes q viene", TUESDAY),
        ("el próximo martes por la mañana", TUESDAY),
        ("MIERCOLES", date(2026, 12, 2)),
        ("mañana", TOMORROW),
        ("mañana por la mañana", TOMORROW),
        ("pasado mañana", date(2026, 11, 28)),
        ("el 3 de diciembre", THIRD),
        ("jueves 3 dic", THIRD),
        ("tuesday at 10", TUESDAY),
        ("Tuesday at 10.30am please", TUESDAY),
        ("tuesday 1", TUESDAY),
        ("Thursday 3rd", THIRD),
        ("the 3rd", THIRD),
        ("on the 3rd at 9", THIRD),
        ("in 7 days", THIRD),
        ("in five days", TUESDAY),
        ("el martes a las 10", TUESDAY),
        ("el martes a las 10:30 de la mañana", TUESDAY),
        ("el martes 1", TUESDAY),
        ("el dia 3", THIRD),
        ("el 3", THIRD),
        ("dentro de 5 dias", TUESDAY),
        ("en siete días", THIRD),
        ("بعد خمسة أيام", TUESDAY),
        ("بعد ٧ أيام", THIRD),
        ("بعد يومين", date(2026, 11, 28)),
        ("الثلاثاء الساعة ١٠", TUESDAY),
        ("يوم 3", THIRD),
        ("يوم الثلاثاء", TUESDAY),
        ("الثلاثا الجاي", TUESDAY),
        ("يوم الاربعاء القادم", date(2026, 12, 2)),
        ("غدا", TOMORROW),
        ("غداً إن شاء الله", TOMORROW),
        ("بعد بكرة", date(2026, 11, 28)),
        ("٣ ديسمبر", THIRD),
        ("3 كانون الأول", THIRD),
        ("٣/١٢", THIRD),
    ],
)
def test_a_day_in_words_is_understood_whatever_language_is_on(release: Release, words: str, day: date) -> None:
    assert [read(release, language, words) for language in LANGUAGES] == [day] * 3


@pytest.mark.parametrize(
    "words",
    [
        "",
        "not on Tuesday",
        "Tuesday or Wednesday",
        "when my son comes on Tuesday",
        "Wednesday 1 December",  # it is a Tuesday
        "31/2",
        "Tuesday 3",  # it is a Thursday
        "at 10",
        "in 400 days",
        "in 3",
        "next week",  # no one day; where it is a button it is that
        "the 45th",
        "3/13",
        "25 November",  # a year off
        "3 December 2025",
        "1/2/3/4",
        "in the morning",
        "3",
        "no sé",
        "el martes no",
        "لا أعرف",
    ],
)
def test_what_names_no_one_day_to_come_is_none(release: Release, words: str) -> None:
    assert [read(release, language, words) for language in LANGUAGES] == [None] * 3


@given(ahead=st.integers(0, FARTHEST), today=st.dates(date(2026, 1, 1), date(2040, 1, 1)), language=st.sampled_from(LANGUAGES))
def test_a_day_as_we_write_it_is_that_day(release: Release, ahead: int, today: date, language: str) -> None:
    day = today + timedelta(ahead)
    shown = release.words.label(Text("listed", {"items": Listed((NearDay(day),))}), language)
    assert read(release, language, shown, today) == day
    assert read(release, language, f"{day.day}/{day.month}", today) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Sam rings, and goes along with you on Tuesday", TUESDAY),
        ("Go to the lunch club on Tuesday 1 December, 12-2", TUESDAY),
        ("We meet tomorrow at 10.30 at the door", TOMORROW),
        ("Ring them by 3/12", THIRD),
        ("Sit in the sun for half an hour", None),
        ("Ring on Tuesday, go on Wednesday", None),
        ("Bring 2-3 letters", None),
        ("Ring the kitchen together", None),
    ],
)
def test_the_one_day_in_a_sentence_is_found(release: Release, words: str, day: date | None) -> None:
    assert day_within(words, TODAY, release.content.lexicons["en"].days) == day


@given(words=st.text(max_size=40), today=st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_whatever_is_typed_the_day_lies_ahead(release: Release, words: str, today: date) -> None:
    day = read(release, "en", words, today)
    assert day is None or 0 <= (day - today).days <= FARTHEST
