"""A translation is held to what Telegram and a phone can show, as the English is; a file that is not PO is never a traceback."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from rxbot.content.complaints import Complaints
from rxbot.content.sources import ASKED, BUTTON, CHECKED_IN, Kind, Source
from rxbot.content.translations import page_of, read_translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n"X-Reviewed-By: Paz\\n"\n\n'
ENTRY = 'msgctxt "a"\nmsgid "{}"\nmsgstr "{}"\n'
PAGE = page_of("es")


def found(folder: Path, po: str | bytes, english: str, kind: Kind = ASKED) -> list[tuple[str, int, str]]:
    path = folder / PAGE
    path.parent.mkdir(parents=True)
    path.write_bytes(po if isinstance(po, bytes) else po.encode())
    complaints = Complaints()
    read_translations(folder, "es", [Source("a", english, "", "a.yaml", 3, kind)], False, complaints, being_written=False)
    assert {one.path for one in complaints} <= {PAGE}
    return [(one.code, one.line, one.words) for one in complaints]


@pytest.mark.parametrize(
    ("english", "spanish", "kind", "codes"),
    [
        ("Hello", "Hola", ASKED, []),
        ("Hello", "1 < 2 & Hola", ASKED, ["D13", "D13"]),
        ("<b>Hello</b>", "</b>Hola<b>", ASKED, ["D13", "D13"]),
        ("Hello {clinic}", "Hola {clinic}{", ASKED, ["D13"]),
        ("Hello", "Hola " * 900, ASKED, ["D14"]),
        ("Hello", "Hola " * 13, BUTTON, ["D15"]),
        ("Hello", "Hola " * 8, BUTTON, ["N08"]),
        ("Hello", "   ", ASKED, ["W02"]),
        ("<tg-spoiler>{step}</tg-spoiler>?", "{step}<tg-spoiler>?</tg-spoiler>", CHECKED_IN, ["D18"]),
    ],
)
def test_a_translation_is_looked_at_as_its_english_is(
    tmp_path: Path, english: str, spanish: str, kind: Kind, codes: Iterable[str]
) -> None:
    told = found(tmp_path, HEAD.format("utf-8") + ENTRY.format(english, spanish), english, kind)
    assert [code for code, _, _ in told] == codes
    assert {line for code, line, _ in told if code != "W02"} <= {7}


@pytest.mark.parametrize(
    ("po", "told"),
    [
        (HEAD.format("utf-8") + ENTRY.format("Hello", "Hola")[:-2] + "\n", (8, "a word or a quote is wrong here")),
        (HEAD.format("utf-8") + ENTRY.format("Hello", "Hola").replace("msgid", "msgidd"), (7, "a word or a quote is wrong here")),
        ((HEAD.format("iso-8859-1") + ENTRY.format("Hello", "Holá")).encode("latin-1"), (8, "it is not saved as UTF-8")),
        ("\0\1\2", (1, "a word or a quote is wrong here")),
        (HEAD.format("utf-8").replace("X-Reviewed-By: Paz", "POT-Creation-Date: soon"), (1, "its header has a mistake")),
    ],
    ids=["quote", "keyword", "latin-1", "no text", "header"],
)
def test_a_file_that_is_not_po_is_named_with_its_line(tmp_path: Path, po: str | bytes, told: tuple[int, str]) -> None:
    ((code, line, words),) = found(tmp_path, po, "Hello")
    assert (code, line) == ("W06", told[0])
    assert told[1] in words


@pytest.mark.parametrize("charset", ["utf-8", "martian"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_8_is_read_whatever_its_header_or_its_editor_says(tmp_path: Path, charset: str, mark: str) -> None:
    assert found(tmp_path, mark + HEAD.format(charset) + ENTRY.format("Hello", "¡Holá!"), "Hello") == []


def test_a_folder_in_the_place_of_a_file_is_no_po(tmp_path: Path) -> None:
    (tmp_path / PAGE).mkdir(parents=True)
    complaints = Complaints()
    assert read_translations(tmp_path, "es", [], False, complaints, being_written=False) is None
    assert [(one.code, one.path) for one in complaints] == [("W06", PAGE)]
