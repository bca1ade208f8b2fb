"""One page with every screen of a language: nothing is missing on it, nothing unfilled, and it is whole in itself."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rxbot.__main__ import cli
from rxbot.content.extract import readable
from rxbot.content.load import Release
from rxbot.episode import phrases
from rxbot.episode.effects import Say
from rxbot.errors import ContentWrong
from rxbot.message import Text, Tongue
from rxbot.papers.preview import preview_html
from rxbot.papers.sample import scenes, values_for
from rxbot.words import Catalog, Words

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "es", "ar")
WITHOUT_END = {"meta", "link", "br"}


class Outline(HTMLParser):
    """What stands in <code>, the words of all elements, ids and links; and every tag that is not closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.codes: set[str] = set()
        self.words: list[str] = []
        self.outside: list[str] = []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in WITHOUT_END:
            self.open.append(tag)
        self.ids += [value for value in (given.get("id"),) if value]
        self.links += [value for value in (given.get("href"),) if value]
        self.outside += [f"{tag} {name}" for name in given if name in ("src", "srcset", "action") or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "code":
            self.codes.add(data)
        if "style" not in self.open:
            self.words.append(data)


@pytest.fixture(scope="module")
def pages(release: Release) -> dict[str, str]:
    return {code: preview_html(release.content, release.words, code, "") for code in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_release_is_on_the_page_by_its_id(release: Release, pages: dict[str, str], language: str) -> None:
    ids = {source.id for source in readable(ROOT).sources} | (release.words.wording(language).keys() - {"own_name"})
    outline = Outline(pages[language])
    assert ids - outline.codes == set()
    assert "others" not in outline.ids  # each has found its own place


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_themselves_are_there_in_both_languages(release: Release, pages: dict[str, str], language: str) -> None:
    said = " ".join(" ".join(Outline(pages[language]).words).split())
    for code in (language, "en"):
        for text_id, words in release.words.wording(code).items():
            longest = max(re.split(r"\{\w+\}|<[^>]+>", words), key=len)
            assert " ".join(unescape(longest).split()) in said, text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_is_left_unfilled(pages: dict[str, str], language: str) -> None:
    said = "".join(Outline(pages[language]).words)
    assert re.findall(r"[^\n]*(?:\{\w*\}|…)[^\n]*", said) == [], "Invent something for this place in papers/sample.py."


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_well_formed_and_fetches_and_runs_nothing(pages: dict[str, str], language: str) -> None:
    outline = Outline(pages[language])
    assert outline.faults == []
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    assert outline.outside == []
    assert "<script" not in pages[language]
    assert "url(" not in pages[language]


def test_every_question_every_phrase_and_every_group_has_a_place(release: Release, pages: dict[str, str]) -> None:
    outline = Outline(pages["ar"])
    questions = [f"{dialog.id}-{q.id}" for dialog in release.content.dialogs.values() for q in dialog.questions]
    assert [one for one in outline.ids if one in questions] == questions
    assert phrases.ALL.keys() <= outline.codes
    assert {"Coming in", "Danger", "The link workers' group"} <= set(outline.words)


def test_a_language_that_runs_right_to_left_says_so(pages: dict[str, str]) -> None:
    assert '<div class="phone" lang="ar" dir="rtl">' in pages["ar"]
    assert '<div class="phone" lang="en" dir="ltr">' in pages["ar"]
    assert 'dir="rtl"' not in pages["es"]


def test_it_says_who_has_reviewed_the_language(release: Release, pages: dict[str, str]) -> None:
    assert "No native speaker has reviewed it." in pages["ar"]
    reviewed = preview_html(release.content, release.words, "ar", "Dr. Layla <Haddad>")
    assert "By Dr. Layla &lt;Haddad&gt;." in reviewed
    assert "No native speaker" not in reviewed
    assert "The pages are written in it." in pages["en"]


def test_conditions_flags_and_replies_are_said_in_words(pages: dict[str, str]) -> None:
    said = " ".join(" ".join(Outline(pages["es"]).words).split())
    assert "is “A part of it” or “I could not do it”." in said
    assert "is 0 to 6." in said
    assert "Feeling safe : raises the alarm" in said
    assert "A part is a good start." in said


def test_the_way_is_played_to_its_end(release: Release) -> None:
    played = scenes(release.content, "en", "en")
    assert all(scene.shown for scene in played)
    assert [scene.head for scene in played][-1] == "The end"
    ids = {line.id for scene in played for one in scene.shown if isinstance(one, Say) for line in one.message.lines}
    wanted = {"review_head", "service_name", "plan_agree_ask", "change_now", "ring_now", "farewell", "clinic_draft", "erased"}
    assert wanted <= ids


def test_what_services_depend_on_is_asked_before_they_are_shown(release: Release) -> None:
    heads = [scene.head for scene in scenes(release.content, "ar", "ar")]
    at = heads.index("What services depend on, asked before them")
    assert heads[at + 1] == "Services, and where nothing fits"
    said = [
        line.id for one in scenes(release.content, "ar", "ar")[at].shown if isinstance(one, Say) for line in one.message.lines
    ]
    assert said[-2:] == ["before_services", "eligibility/children"]


def test_where_an_author_asks_nothing_of_the_kind_the_way_is_played_without_it(release: Release) -> None:
    dialogs = {name: dialog for name, dialog in release.content.dialogs.items() if name != "eligibility"}
    heads = [scene.head for scene in scenes(replace(release.content, dialogs=dialogs), "en", "en")]
    assert "What services depend on, asked before them" not in heads
    assert heads[-1] == "The end"


BROKEN = {"skip": "<b>Hola", "back": "Hola</b>", "yes": "a < b", "no": "<b>Hola</i>", "plan_none": "Hola {nobody}"}


@pytest.fixture(scope="module")
def broken(release: Release) -> str:
    """A page on which texts are wrong, each in its own way."""
    catalogs = {code: Catalog(dict(release.words.wording(code))) for code in release.words.languages}
    assert BROKEN.keys() <= catalogs["es"].texts.keys()
    catalogs["es"] = Catalog({**catalogs["es"].texts, **BROKEN})
    return preview_html(release.content, Words(catalogs, "GB"), "es", "")


def test_markup_that_is_wrong_is_shown_as_it_is_written(broken: str) -> None:
    outline = Outline(broken)
    assert outline.faults == []
    said = "".join(outline.words)
    assert [words for id, words in BROKEN.items() if id != "plan_none" and words not in said] == []


def test_a_place_nobody_knows_shows_an_ellipsis(broken: str) -> None:
    assert "Hola …" in re.sub("[\u2066-\u2069]", "", broken)


def test_without_english_the_teams_language_stands_beside(release: Release) -> None:
    languages = ("es", "ar")
    catalogs = {code: Catalog(dict(release.words.wording(code))) for code in languages}
    scheme = replace(release.content.scheme, languages=languages, team_language="es")
    content = replace(release.content, scheme=scheme, wording={code: release.content.wording[code] for code in languages})
    outline = Outline(preview_html(content, Words(catalogs, "ES"), "ar", ""))
    assert outline.faults == []
    assert "Saltar" in outline.words


def test_a_language_there_is_not_is_refused_with_those_there_are(release: Release) -> None:
    with pytest.raises(ContentWrong, match=r"scheme\.yaml"):
        preview_html(release.content, release.words, "fr", "")


def test_the_command_writes_the_page_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RXBOT_CONTENT", raising=False)
    done = CliRunner().invoke(cli, ["preview", "--language", "ar"])
    assert done.exit_code == 0, done.output
    assert str(tmp_path / "preview-ar.html") in done.output.replace("\n", "")
    assert Outline((tmp_path / "preview-ar.html").read_text("utf-8")).faults == []
    CliRunner().invoke(cli, ["preview", "--language", "en", "--out", "there.html"])
    assert (tmp_path / "there.html").exists()


def test_what_is_invented_makes_sense_to_who_reads_it(release: Release) -> None:
    """No reader is told that somebody writes in their own language, and a step went as steps go."""
    for reader, other in (("ar", "en"), ("en", "es")):
        assert values_for("worker_writes_in", release.content, reader)["language"] == Tongue(other)
        assert values_for("language_changed", release.content, reader)["language"] == Tongue(reader)
    assert values_for("tried_own", release.content, "ar")["answer"] == Text("check_in/check_in.how.went")
