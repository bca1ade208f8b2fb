"""Words as people read them: escaped, set apart where directions meet, and the same places and tags in every language."""

import re
from datetime import date, time
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rxbot.content.extract import update
from rxbot.content.load import Release
from rxbot.message import Day, Km, Listed, Message, NearDay, Text, TimeOfDay, Tongue, Weekdays, verbatim
from rxbot.sandbox import html
from rxbot.words import Catalog, Words, read_translated, reviewer_of

ROOT = Path(__file__).resolve().parents[1]
FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
ENGLISH = {"hello": "<b>Hello</b> {name}!", "day": "On {day}", "far": "{km} away", "list": "One of: {items}.", "bare": "{name}"}
ARABIC = {"hello": "<b>أهلا</b> {name}!", "day": "يوم {day}", "far": "على بعد {km}", "list": "أحد: {items}.", "bare": "{name}"}
WORDS = Words({"en": Catalog(ENGLISH), "ar": Catalog(ARABIC)}, "GB")


def said(text: Text, language: str) -> str:
    return WORDS.html(Message((text,)), language)


def test_values_cannot_be_markup() -> None:
    assert said(Text("hello", {"name": "<a href='x'>&"}), "en") == "<b>Hello</b> &lt;a href='x'&gt;&amp;!"


@given(st.text())
def test_whatever_a_value_is_telegram_reads_it_as_it_was(value: str) -> None:
    value = value.replace("\r", " ")
    text, entities = html.parse(said(Text("hello", {"name": f"[{value}]"}), "en"))
    assert text.replace(FSI, "").replace(PDI, "") == f"Hello [{value}]!".replace(FSI, "").replace(PDI, "")
    assert {"type": "bold", "offset": 0, "length": 5} in entities


@given(st.text(min_size=1))
def test_a_label_shows_a_value_as_it_was(value: str) -> None:
    assert WORDS.label(verbatim(value), "en").replace(FSI, "").replace(PDI, "") == value.replace(FSI, "").replace(PDI, "")


def test_a_value_of_the_other_direction_is_set_apart() -> None:
    assert said(Text("hello", {"name": "أمينة"}), "en") == f"<b>Hello</b> {FSI}أمينة{PDI}!"
    assert said(Text("hello", {"name": "Sam"}), "ar") == f"<b>أهلا</b> {FSI}Sam{PDI}!"
    assert said(Text("hello", {"name": "أمينة"}), "ar") == "<b>أهلا</b> أمينة!"
    assert said(Text("hello", {"name": ""}), "ar") == "<b>أهلا</b> !"


def test_a_line_that_begins_the_other_way_is_turned_by_a_mark() -> None:
    assert said(Text("bare", {"name": "999"}), "ar") == f"{RLM}{FSI}999{PDI}"
    assert said(Text("bare", {"name": "999"}), "en") == "999"
    assert said(Text(""), "ar") == ""


def test_a_text_may_name_its_own_language() -> None:
    both = Message((Text("hello", {"name": "1"}, language="en"), Text("hello", {"name": "1"}, language="ar")))
    english, arabic = WORDS.html(both, "ar").split("\n")
    assert english.startswith("<b>Hello")
    assert arabic.startswith("<b>أهلا")


def test_lists_have_the_comma_of_the_language() -> None:
    items = Listed((verbatim("a"), "b & c", Tongue("ar")))
    assert said(Text("list", {"items": items}), "en") == "One of: a, b &amp; c, Arabic."
    assert "، " in said(Text("list", {"items": items}), "ar")
    assert said(Text("list", {"items": Listed(())}), "en") == "One of: ."


def test_days_distances_and_languages_are_written_as_the_reader_writes_them() -> None:
    assert said(Text("day", {"day": Day(date(2026, 3, 5))}), "en") == "On 5 March 2026"
    assert said(Text("day", {"day": NearDay(date(2026, 11, 29))}), "en") == "On Sunday 29 November"
    assert said(Text("day", {"day": NearDay(date(2026, 11, 29))}), "ar") == "يوم الأحد 29 نوفمبر"
    assert said(Text("bare", {"name": Weekdays((1, 5))}), "en") == "Tuesday, Saturday"
    assert said(Text("bare", {"name": Weekdays((0, 1, 2, 3, 4))}), "en") == "Monday – Friday"
    assert "الثلاثاء، السبت" in said(Text("bare", {"name": Weekdays((1, 5))}), "ar")
    assert "مارس" in said(Text("day", {"day": Day(date(2026, 3, 5))}), "ar")
    assert said(Text("far", {"km": Km(1.249)}), "en") == "1.2 km away"
    assert said(Text("bare", {"name": TimeOfDay(time(17, 5))}), "en") == "17:05"
    assert "5:05 م" in said(Text("bare", {"name": TimeOfDay(time(17, 5))}), "ar")
    assert Words({"en": Catalog(ENGLISH)}, "US").text(Text("bare", {"name": TimeOfDay(time(17, 5))}), "en") == "5:05\u202fPM"
    assert "كم" in said(Text("far", {"km": Km(1.249)}), "ar")
    assert said(Text("bare", {"name": Tongue("pl", "Polnisch")}), "en") == "Polish"
    assert WORDS.label(Text("own_name", language="ar"), "en") == "العربية"


def test_facts_known_only_when_sent_fill_their_places() -> None:
    text = Text("hello", {"name": Text("handoff.number")})
    assert WORDS.html(Message((text,)), "en", {"handoff.number": "<7>"}) == "<b>Hello</b> &lt;7&gt;!"


# What ships


OTHERS = ("es", "ar")
ALIKE = {"es": {"No"}}  # words that are the same in both languages


def pairs(release: Release, language: str) -> list[tuple[str, str, str]]:
    english, other = release.words.wording("en"), release.words.wording(language)
    return [(text_id, english[text_id], other[text_id]) for text_id in english if text_id != "own_name"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_text(release: Release, language: str) -> None:
    assert release.words.wording("en").keys() == release.words.wording(language).keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_the_places_and_the_tags_of_the_english(release: Release, language: str) -> None:
    def frame(text: str) -> tuple[list[str], list[str]]:
        return sorted(re.findall(r"\{\w+\}", text)), sorted(re.findall(r"</?[\w-]+>", text))

    assert [text_id for text_id, english, other in pairs(release, language) if frame(english) != frame(other)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_good_markup_by_itself(release: Release, language: str) -> None:
    for text_id, english, other in pairs(release, language):
        for text in (english, other):
            shown, _ = html.parse(text)
            assert shown == unescape(re.sub(r"</?[\w-]+>", "", text)), text_id


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_was_left_in_english_but_what_is_only_places(release: Release, language: str) -> None:
    same = [english for _, english, other in pairs(release, language) if english == other not in ALIKE.get(language, ())]
    assert [text for text in same if re.search("[A-Za-z]", re.sub(r"\{\w+\}|<[^>]+>", "", text))] == []


# What link workers type is the same in every language.
COMMAND_WORDS = {
    "r",
    "bind",
    "say",
    "refer",
    "outcome",
    "signpost",
    "clinic",
    "note",
    "snooze",
    "d",
    "h",
    "bot",
    "stop",
    "contact",
}
COMMAND_WORDS |= {"contact", "attended", "not", "need", "met", "part", "routine", "soon", "urgent", "died", "admitted", "other"}


def test_no_arabic_text_has_latin_letters_beside_names(release: Release) -> None:
    allowed = {"telegram", "start", "rxbot", "team"} | COMMAND_WORDS
    found = {
        (text_id, word)
        for text_id, english, other in pairs(release, "ar")
        if not re.search(r"(^|\s)/\w", english)  # a link worker's command is typed in Latin letters
        for word in re.findall("[A-Za-z]+", re.sub(r"\{\w+\}|<[^>]+>", "", other))
        if word.lower() not in allowed
    }
    assert found == set()


def test_the_files_for_translators_are_what_an_update_would_write(tmp_path: Path) -> None:
    """When this fails, run `rxbot words update` and translate what is new."""
    (tmp_path / "dialogs").symlink_to(ROOT / "dialogs")
    for path in (ROOT / "locales").rglob("*.po*"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert update(tmp_path) == {"es": 0, "ar": 0}
    for path in (ROOT / "locales").rglob("*.po*"):
        assert (tmp_path / path.relative_to(ROOT)).read_text("utf-8") == path.read_text("utf-8"), path.name


def test_a_translation_of_an_older_english_or_a_fuzzy_or_empty_one_counts_as_missing(tmp_path: Path) -> None:
    po = tmp_path / "rxbot.po"
    entries = (("a", "", "A", "ألف"), ("b", "", "old B", "باء"), ("c", "#, fuzzy\n", "C", "جيم"), ("d", "", "D", ""))
    body = "\n".join(f'{flag}msgctxt "{id}"\nmsgid "{english}"\nmsgstr "{other}"\n' for id, flag, english, other in entries)
    po.write_text(f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"X-Reviewed-By: \\n"\n\n{body}', "utf-8")
    english = {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert {one.id: one.words for one in read_translated(po) if one.translates(english[one.id])} == {"a": "ألف"}
    assert reviewer_of(po) == ""
    po.write_text(po.read_text("utf-8").replace("Reviewed-By: ", "Reviewed-By: Lena"), "utf-8")
    assert reviewer_of(po) == "Lena"
