"""English that a tired person reads at once. Published measures are word for word and exempt."""

from pathlib import Path

import pytest

from rxbot.content.complaints import Complaints
from rxbot.content.load import read_pages, shipped
from rxbot.content.reading_level import MOST_GRADE, MOST_WORDS, grade, sentences, words
from rxbot.content.sources import Source
from rxbot.episode import phrases

PAGES = {
    page.dialog.id: own
    for page in read_pages(shipped(), Complaints()).dialogs
    if (own := [s for s in page.sources if "instruments/" not in s.path])
}
NOT_FOR_THE_PERSON = "# The link workers' group"


def to_the_person() -> list[Source]:
    """Give the standing phrases a person reads: all that stand above those for the team."""
    page = Path(phrases.__file__).read_text("utf-8").partition(NOT_FOR_THE_PERSON)[0]
    return [Source(text_id, words, "", "phrases.py", 0) for text_id, words in phrases.ALL.items() if f'"{text_id}"' in page]


@pytest.mark.parametrize("dialog", PAGES)
def test_a_dialog_reads_at_grade_five_or_below(dialog: str) -> None:
    level = grade([source.english for source in PAGES[dialog]])
    print(f"{dialog}: grade {level:.1f}")  # noqa: T201
    assert level <= MOST_GRADE


def test_the_standing_phrases_read_at_grade_five_or_below() -> None:
    assert grade([source.english for source in to_the_person()]) <= MOST_GRADE


@pytest.mark.parametrize("source", [*(s for page in PAGES.values() for s in page), *to_the_person()], ids=lambda s: s.id)
def test_every_sentence_has_fifteen_words_or_fewer(source: Source) -> None:
    assert all(len(words(sentence)) <= MOST_WORDS for sentence in sentences(source.english)), source.english


def test_a_long_word_is_harder_than_a_short_one() -> None:
    assert grade(["The cat sat."]) < 2 < 12 < grade(["Institutional accountability necessitates comprehensive documentation."])
