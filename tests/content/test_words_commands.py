"""What an author and a translator do: begin a folder, take the texts out, bring a language up, see how far it is."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rxbot.__main__ import main
from rxbot.content.begin import begin
from rxbot.content.extract import TEMPLATE, extract, status, update
from rxbot.errors import ContentWrong
from rxbot.words import read_translated


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    begin(folder)
    return folder


@dataclass
class Run:
    """What a command said, and how it ended."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def rxbot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the commands as the operator does, in this process: to start another takes most of the time."""

    def run(*words: str, content: Path | None = None) -> Run:
        monkeypatch.setattr(sys, "argv", ["rxbot", *words])
        if content:
            monkeypatch.setenv("RXBOT_CONTENT", str(content))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Run(said.out, said.err, int(ended.value.code or 0))

    return run


def changed(path: Path, old: str, new: str) -> None:
    words = path.read_text("utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), "utf-8")


def test_a_folder_of_ones_own_begins_with_what_ships_and_is_clean(tmp_path: Path, rxbot: Callable[..., Run]) -> None:
    folder = tmp_path / "mine"
    told = rxbot("content", "init", str(folder))
    assert told.returncode == 0
    assert f"rxbot check {folder}" in told.stdout
    assert rxbot("check", str(folder)).returncode == 0


def test_nothing_that_is_there_is_overwritten(own: Path, rxbot: Callable[..., Run]) -> None:
    (own / "dialogs/scheme.yaml").write_text("mine", "utf-8")
    told = rxbot("content", "init", str(own))
    assert told.returncode == 1
    assert "is not empty" in told.stderr
    assert (own / "dialogs/scheme.yaml").read_text("utf-8") == "mine"


def test_a_new_question_goes_to_the_template_then_to_the_languages_and_is_missed_until_it_is_translated(own: Path) -> None:
    before = extract(own)
    po = own / "locales/es/LC_MESSAGES/rxbot.po"
    untouched = po.read_bytes()
    changed(own / "dialogs/closing.yaml", "steps:\n", 'steps:\n  - ask: warm\n    text: "Are you warm?"\n    label: "Warm"\n')
    assert extract(own) == before + 2
    assert "Are you warm?" in (own / TEMPLATE).read_text("utf-8")
    assert po.read_bytes() == untouched, "extract changes the template alone"
    assert update(own) == {"es": 2, "ar": 2}
    assert 'msgid "Are you warm?"\nmsgstr ""' in po.read_text("utf-8")
    assert [(one.code, one.missing, one.done) for one in status(own)] == [("es", 2, before), ("ar", 2, before)]
    changed(po, 'msgid "Are you warm?"\nmsgstr ""', 'msgid "Are you warm?"\nmsgstr "¿Tiene calor?"')
    assert [one.missing for one in status(own)] == [1, 2]


def test_status_tells_fuzzy_outdated_and_reviewed_texts_apart(own: Path, rxbot: Callable[..., Run]) -> None:
    po = own / "locales/es/LC_MESSAGES/rxbot.po"
    changed(own / "dialogs/closing.yaml", "How did you find this support?", "How was this support?")
    changed(po, 'msgctxt "intake/matters"', '#, fuzzy\nmsgctxt "intake/matters"')
    changed(po, "X-Reviewed-By: ", "X-Reviewed-By: Paz")
    spanish = status(own)[0]
    assert (spanish.missing, spanish.fuzzy, spanish.outdated, spanish.reviewer) == (0, 1, 1, "Paz")
    assert spanish.done == spanish.texts - 2
    told = rxbot("words", "status", content=own).stdout
    assert f"es: {spanish.done} of {spanish.texts} texts. 0 missing, 1 fuzzy, 1 of an older English. Reviewed by Paz." in told


ES = "locales/es/LC_MESSAGES/rxbot.po"
NIGHT = "Messages here are not read day and night."
FIRST = f"I am a computer. I am not an emergency service. {NIGHT} If you are in danger, ring {{number}}."
SECOND = "I am a computer, not an emergency service. If you are in danger, ring {number}."


def test_words_for_an_older_english_stay_as_a_guess_beside_it(own: Path) -> None:
    po, page = own / ES, own / "dialogs/consent.yaml"
    clean, words = po.read_bytes(), next(one.words for one in read_translated(po) if one.id == "consent/consent.keep:say2")
    changed(page, FIRST, SECOND)
    assert update(own) == {"es": 1, "ar": 1}
    assert [(one.english, one.words) for one in read_translated(po) if one.fuzzy] == [(SECOND, words)]
    guess = po.read_bytes()
    assert b"#| msgid" in guess
    assert update(own) == {"es": 1, "ar": 1}
    assert po.read_bytes() == guess, "another update changes nothing"
    changed(page, SECOND, "I am a computer.")
    update(own)
    changed(page, "I am a computer.", SECOND)
    update(own)
    assert po.read_bytes() == guess, "the words are still those of the first English"
    changed(po, "#, fuzzy, ", "#, ")
    assert update(own) == {"es": 0, "ar": 1}
    assert b"#| msgid" not in po.read_bytes(), "what the translator has looked at is no guess"
    po.write_bytes(guess)
    changed(page, SECOND, FIRST)
    assert update(own) == {"es": 0, "ar": 0}
    assert po.read_bytes() == clean, "the first English is back, and its words with it"


def test_words_of_a_question_that_is_gone_wait_for_it(own: Path) -> None:
    po, page = own / ES, own / "dialogs/scheme.yaml"
    clean = po.read_bytes()
    reason = '  - {id: grief, label: "Grief"}\n'
    changed(page, reason, "")
    assert update(own) == {"es": 0, "ar": 0}
    assert '#~ msgctxt "scheme/reasons.grief"\n#~ msgid "Grief"\n#~ msgstr "' in po.read_text("utf-8")
    changed(page, "reasons:\n", f"reasons:\n{reason}")
    update(own)
    assert sorted(po.read_bytes().splitlines()) == sorted(clean.splitlines())


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("msgid", "msgidd", "a word or a quote is wrong here"),
        ('Where I live"', "Where I live", "a word or a quote is wrong here"),
        ('msgid "Where I live"', '<<<<<<< HEAD\nmsgid "Where I live"', "a word or a quote is wrong here"),
        ('msgstr "Dónde vivo"\n', "", "something is missing before this line"),
    ],
)
def test_a_file_that_is_not_po_is_left_as_it_is_and_named(own: Path, old: str, new: str, why: str) -> None:
    po = own / ES
    head, at, rest = po.read_text("utf-8").partition('msgctxt "intake/place:label"\n')
    assert old in rest
    po.write_text(head + at + rest.replace(old, new, 1), "utf-8")
    broken = po.read_bytes()
    for command in (update, status):
        with pytest.raises(ContentWrong, match=rf"rxbot.po:\d+ W06 This cannot be read as PO: {why}"):
            command(own)
    assert po.read_bytes() == broken


def test_a_page_that_cannot_be_read_is_named_before_anything_is_written(own: Path) -> None:
    before = (own / TEMPLATE).read_bytes()
    changed(own / "dialogs/closing.yaml", "text:", "texts:")
    with pytest.raises(ContentWrong, match=r"dialogs/closing.yaml:\d+ P04"):
        update(own)
    assert (own / TEMPLATE).read_bytes() == before
