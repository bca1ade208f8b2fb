"""A page that does not say what it should is refused with its file, its line, and what to do."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rxbot.content.load import Release, load
from rxbot.content.pages import read_page
from rxbot.errors import ContentWrong

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 2)
Pages = Callable[..., Path]


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """Copy what ships, with one page changed: a piece of it replaced, or words added at its end."""
    for name in ("dialogs", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)

    def changed(page: str, old: str = "", new: str = "") -> Path:
        path = tmp_path / page
        words = path.read_text("utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1) if old else words + new, "utf-8")
        return tmp_path

    return changed


def complaint(folder: Path) -> ContentWrong:
    with pytest.raises(ContentWrong) as wrong:
        load(folder, TODAY)
    return wrong.value


INTAKE, SCHEME, CRISIS, EN = "dialogs/intake.yaml", "dialogs/scheme.yaml", "dialogs/crisis_lines.yaml", "dialogs/lexicon/en.yaml"
BOOK = "dialogs/phrasebook.yaml"
MONEY = "  - ask: money.need\n"
STEP = '  - ask: more\n    text: "T"\n    label: "L"\n'


@pytest.mark.parametrize(
    ("page", "old", "new", "says"),
    [
        (SCHEME, "days: [mon,", "days: [monday,", r"scheme.yaml:1 has a value that cannot be read"),
        (SCHEME, 'from: "09:00", to: "17:00"', 'from: "17:00", to: "09:00"', r"duty_hours have no hour in them"),
        (SCHEME, "days: [mon, tue, wed, thu, fri]", "days: []", r"duty_hours have no hour in them"),
        (BOOK, "  - say: thanks\n", "  - say: safe\n", r"phrasebook.yaml:\d+ `say: safe` stands here twice"),
        (BOOK, "flag: danger}", "flag: dangr}", r"phrasebook.yaml:\d+ knows no flag 'dangr'"),
        (BOOK, "    answers:\n", "    replies:\n", r"phrasebook.yaml:\d+ has `replies:`, which is not known here"),
        (BOOK, "say: safe\n", f"say: {'safe' * 15}\n", r"phrasebook.yaml:\d+ does not fit into a button"),
        (BOOK, '    text: "How did it go?"\n', "", r"phrasebook.yaml:\d+ `text:` is missing"),
        (INTAKE, "", "  - ask: nothing\n", r"intake.yaml:\d+ `text:` is missing"),
        (INTAKE, "", f"{STEP}    texts: x\n", r"intake.yaml:\d+ `texts:` is not known here"),
        (INTAKE, "", '  - ask: words\n    text: "T"\n    label: "L"\n', r"intake.yaml:\d+ The question words is asked twice"),
        (INTAKE, "needs: [money_benefits]", "needs: [gold]", r"intake.yaml:\d+ money.need names the need gold"),
        (INTAKE, "", f"{STEP}    one_of: how_often\n", r"intake.yaml:\d+ There are no choices called how_often"),
        (INTAKE, MONEY, f"{MONEY}  ask: [\n", r"intake.yaml:\d+ .*Mend the YAML"),
        (INTAKE, MONEY, f"{MONEY}    ask: twice\n", r"intake.yaml:\d+ 'ask' stands here twice"),
        (INTAKE, "when: {matters: [money]}", "when: {mattress: [money]}", r"intake.yaml:\d+ money.need waits for mattress"),
        (INTAKE, "when: {matters: [money]}", "when: {matters: [mony]}", r"intake.yaml:\d+ money.need waits for mony"),
        (INTAKE, "when: {matters: [money]}", "when: {words: [money]}", r"money.need waits for words, which is not asked before"),
        (INTAKE, "up_to: 3", "up_to: three", r"intake.yaml:\d+ has a value that cannot be read"),
        (INTAKE, MONEY, f"  - hello\n{MONEY}", r"intake.yaml:\d+ has a value that cannot be read"),
        (INTAKE, '    label: "Money"\n', "    label:\n", r"intake.yaml:\d+ `label:` is missing or is no text"),
        ("dialogs/consent.yaml", "id: a18", "idd: a18", r"consent.yaml:\d+ `idd:` is not known here"),
        (SCHEME, "duty:", "dutty:", r"scheme.yaml:\d+ `duty:` is missing"),
        (SCHEME, "languages:", "langs:", r"scheme.yaml:\d+ `languages:` is missing"),
        (SCHEME, "Europe/London", "Mars/City", r"scheme.yaml:1 has a value that cannot be read: .*Mars/City"),
        (SCHEME, 'from: "21:00"', 'from: "9 pm"', r"scheme.yaml:1 has a value that cannot be read"),
        (SCHEME, "country: GB", "country: FR", r"crisis_lines.yaml:1 has no numbers for FR. Add FR"),
        (SCHEME, "languages: [en, es, ar]", "languages: [en, xx]", r"locales/xx/LC_MESSAGES/rxbot.po is missing. Run"),
        (SCHEME, "drafts_allowed: true", "drafts_allowed: false", r"language es was not reviewed .*X-Reviewed-By"),
        (CRISIS, "countries:", "nations:", r"crisis_lines.yaml:\d+ `countries:` is missing"),
        (EN, "red_flags:", "flags:", r"en.yaml:\d+ `red_flags:` is missing"),
        (EN, "intake/matters.money", "intake/matters.mony", r"en.yaml:1 names intake/matters.mony, which is no option"),
        ("dialogs/follow_up.yaml", "days: [3, 7, 28, 56, 84]", "days: [soon]", r"has a value that cannot be read"),
        ("dialogs/needs.yaml", "label: Money and benefits", "lable: x", r"needs.yaml"),
    ],
)  # fmt: skip
def test_a_bad_page_is_refused_with_file_line_and_remedy(pages: Pages, page: str, old: str, new: str, says: str) -> None:
    wrong = complaint(pages(page, old, new))
    assert re.search(says, str(wrong), re.DOTALL), str(wrong)
    assert wrong.remedy


def test_ids_that_do_not_fit_into_a_button_are_refused(pages: Pages) -> None:
    pages(SCHEME, "languages: [en, es, ar]", "languages: [en]")
    assert load(pages(INTAKE, "", STEP.replace("more", "m" * 40)), TODAY).content.scheme.languages == ("en",)
    wrong = complaint(pages(INTAKE, "", STEP.replace("more", "m" * 42)))
    assert re.search(r"intake.yaml:\d+ m+ does not fit into a button", str(wrong))


def test_the_line_is_the_line(pages: Pages) -> None:
    folder = pages(INTAKE, "", f"{STEP}    texts: x\n")
    lines = (folder / INTAKE).read_text("utf-8").splitlines()
    assert f":{lines.index('  - ask: more') + 1} " in str(complaint(folder))


def test_a_text_that_has_changed_needs_its_translation_again(pages: Pages) -> None:
    wrong = complaint(pages(INTAKE, "What matters most to you now?", "What matters to you?"))
    assert "The language es lacks 1 texts, first 'intake/matters'" in str(wrong)


def test_a_page_that_is_not_there(pages: Pages) -> None:
    folder = pages(SCHEME)
    (folder / INTAKE).unlink()
    assert "intake.yaml is missing" in str(complaint(folder))


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"", b"\xff\xfe", b"a: \x07\n", b"a: b: c\n", b"steps:\n"])
def test_whatever_a_file_holds_it_is_a_complaint_with_its_path(tmp_path: Path, content: bytes) -> None:
    from rxbot.content.dialogs import read_dialog

    path = tmp_path / "page.yaml"
    path.write_bytes(content)
    with pytest.raises(ContentWrong, match=re.escape(f"{path}:1")):
        read_dialog(path)


def test_yes_no_on_and_off_stay_words_and_true_and_false_do_not(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text("ids: [yes, no, on, off, Yes]\nplace: true\nwants: false\nn: 3\nday: 2026-03-02\n")
    page = read_page(path)
    assert page["ids"] == ["yes", "no", "on", "off", "Yes"]
    assert (page["place"], page["wants"], page["n"], page["day"]) == (True, False, 3, date(2026, 3, 2))


LINE = '  GB:\n    emergency: "999"\n    lines:\n      - {name: Samaritans, tel: "116 123", hours: "24/7", confirmed_on: null}'


@pytest.mark.parametrize(
    ("confirmed_on", "shown"),
    [("null", 0), ("2025-03-01", 0), ("2025-03-02", 1), ("2026-03-02", 1), ("2026-03-03", 0), ("last week", 0)],
    ids=["nobody", "over a year ago", "a year ago", "today", "tomorrow", "no day"],
)
def test_a_crisis_line_is_shown_while_somebody_vouches_for_it(pages: Pages, confirmed_on: str, shown: int) -> None:
    folder = pages(CRISIS, LINE, LINE.replace("null", confirmed_on))
    emergency = load(folder, TODAY).content.emergency
    assert emergency.number == "999"
    assert emergency.directory
    assert len(emergency.lines) == shown


def test_a_release_is_named_by_what_is_in_it(pages: Pages, release: Release) -> None:
    folder = pages(SCHEME)
    assert load(folder, TODAY).content.release == release.content.release
    assert load(pages(SCHEME, "reach_km: 10", "reach_km: 11"), TODAY).content.release != release.content.release


def test_a_reviewed_language_is_offered_without_drafts(pages: Pages) -> None:
    pages(SCHEME, "drafts_allowed: true", "drafts_allowed: false")
    pages("locales/es/LC_MESSAGES/rxbot.po", "X-Reviewed-By: ", "X-Reviewed-By: Paz")
    folder = pages("locales/ar/LC_MESSAGES/rxbot.po", "X-Reviewed-By: ", "X-Reviewed-By: Lena")
    assert load(folder, TODAY).content.scheme.languages == ("en", "es", "ar")


def test_whatever_the_pages_join_is_there(release: Release) -> None:
    """The code names these itself."""
    content = release.content
    for domain in {q.domain for d in content.dialogs.values() for q in d.questions if q.domain}:
        assert f"intake/matters.{domain}" in content.wording["en"]
    assert {"consent.keep", "consent.share", "age"} <= {q.id for q in content.dialogs["consent"].questions}
