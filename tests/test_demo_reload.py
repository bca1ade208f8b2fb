"""An author changes pages while the demo runs: the next screen says it, and a page that is wrong stops nobody."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from stage import Stage, free_port, stage

import rxbot.demo
from rxbot.clinic.pages import HOME
from rxbot.demo import Author, run_demo
from rxbot.episode.effects import Say
from rxbot.message import Text, message
from rxbot.sandbox.script import Person
from rxbot.store import outbox_rows
from rxbot.store.unit import Unit

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30.0
OLD = "May I tell {clinic} what comes of it? You read it first."
NEW = "May {clinic} hear what comes of it?"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an author's own, in English only."""
    folder = tmp_path / "pages"
    for part in ("dialogs", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    change(folder / "dialogs/scheme.yaml", "languages: [en, es, ar]", "languages: [en]")
    monkeypatch.setenv("RXBOT_CONTENT", str(folder))
    monkeypatch.setattr(rxbot.demo, "LOOK_AGAIN", 0.05)
    return folder


def change(page: Path, old: str, new: str) -> None:
    words = page.read_text("utf-8")
    assert old in words
    page.write_text(words.replace(old, new), "utf-8")


@dataclass
class Study:
    """An author at work, and what their terminal says."""

    stage: Stage
    author: Author
    said: list[str] = field(default_factory=list)

    async def until(self, so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not so():
                await asyncio.sleep(0.02)

    async def changes(self, page: str, old: str, new: str) -> None:
        """Change a page, and wait until that is in use."""
        before = self.stage.app.release
        change(self.author.folder / page, old, new)
        await self.until(lambda: self.stage.app.release is not before)

    async def presses(self, person: Person, *codes: str) -> None:
        for code in codes:
            shown = [key["data"] for said in person.screen for row in said.keyboard for key in row if key.get("data")]
            person.taps(next(data for data in reversed(shown) if data.partition("~")[2] == code))
            await self.stage.settles()


@asynccontextmanager
async def study(tmp_path: Path, pages: Path) -> AsyncIterator[Study]:
    folder = tmp_path / "run"
    folder.mkdir()
    async with stage(folder, town=False) as one:
        said: list[str] = []
        author = Author(pages, said.append)
        following = asyncio.create_task(author.follow(one.app))
        try:
            yield Study(one, author, said)
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following


async def test_the_next_screen_says_what_was_changed_and_no_answer_is_lost(tmp_path: Path, pages: Path) -> None:
    async with study(tmp_path, pages) as at:
        tom = at.stage.telegram.person("Tom")
        tom.opens_link(await at.stage.invites())
        await at.stage.settles()
        await at.presses(tom, "l:en", "a:consent.keep:yes")
        before = at.stage.app.release.content.release
        await at.changes("dialogs/consent.yaml", OLD, NEW)
        await at.presses(tom, "a:consent.share:yes")
        assert NEW.format(clinic="Harbour Street Surgery") in tom.screen[-1].text
        held = await at.stage.held(tom)
        assert held
        assert {name: a.release for name, a in held.episode.answers.items()} == {
            "consent.keep": before,
            "consent.share": at.stage.app.release.content.release,
        }
        assert "in use" in at.said[-1]


async def test_pages_that_are_wrong_are_complained_of_and_the_old_ones_go_on(tmp_path: Path, pages: Path) -> None:
    async with study(tmp_path, pages) as at:
        tom, good = at.stage.telegram.person("Tom"), at.stage.app.release
        change(pages / "dialogs/consent.yaml", OLD, NEW)
        change(pages / "dialogs/consent.yaml", "  - ask: age", "  - aks: age")
        await at.until(lambda: bool(at.author.wrong))
        assert "consent.yaml:" in at.author.wrong
        assert at.author.wrong in at.said[-1]
        assert at.stage.app.release is good
        tom.opens_link(await at.stage.invites())
        await at.stage.settles()
        await at.presses(tom, "l:en", "a:consent.keep:yes", "a:consent.share:yes")
        assert OLD.format(clinic="Harbour Street Surgery") in tom.screen[-1].text
        await at.changes("dialogs/consent.yaml", "  - aks: age", "  - ask: age")
        await at.until(lambda: not at.author.wrong)
        await at.presses(tom, "back", "a:consent.share:yes")
        assert NEW.format(clinic="Harbour Street Surgery") in tom.screen[-1].text


async def test_pages_of_a_wrong_shape_do_not_end_the_demo(tmp_path: Path, pages: Path) -> None:
    async with study(tmp_path, pages) as at:
        change(pages / "dialogs/scheme.yaml", "languages: [en]", "languages: 5")
        await at.until(lambda: bool(at.author.wrong))
        await at.changes("dialogs/scheme.yaml", "languages: 5", "languages: [en, es]")
        await at.until(lambda: not at.author.wrong)


async def test_somebody_whose_language_goes_away_is_spoken_to_in_another(tmp_path: Path, pages: Path) -> None:
    change(pages / "dialogs/scheme.yaml", "languages: [en]", "languages: [en, ar]")
    async with study(tmp_path, pages) as at:
        amina = at.stage.telegram.person("Amina", language_code="ar")
        amina.opens_link(await at.stage.invites(language="ar"))
        await at.stage.settles()
        await at.presses(amina, "l:ar", "a:consent.keep:yes")
        await at.changes("dialogs/scheme.yaml", "languages: [en, ar]", "languages: [en, es]")
        await at.until(lambda: amina.menu[0]["description"] == at.stage.label("command_start", "en"))
        await at.presses(amina, "a:consent.share:yes")
        assert "May I tell" in amina.screen[-1].text
        await at.changes("dialogs/scheme.yaml", "languages: [en, es]", "languages: [en, ar]")
        await at.presses(amina, "a:consent.clinic:yes")
        assert at.stage.says("consent/age", "ar").search(amina.screen[-1].text)


async def test_a_letter_says_what_the_pages_said_when_it_was_written(tmp_path: Path, pages: Path) -> None:
    async with study(tmp_path, pages) as at:
        app, tom = at.stage.app, at.stage.telegram.person("Tom")
        tom.opens_link()
        await at.stage.settles()
        text_id, old = "consent/age", app.release.content.release
        await at.changes("dialogs/consent.yaml", 'text: "How old are you?"', 'text: "What is your age?"')
        lane, say = outbox_rows.chat_lane(str(tom.id)), Say("person", message(Text(text_id)))

        def write(unit: Unit, release: str, now: datetime) -> None:
            outbox_rows.put(unit, lane, say, now, "en", release)

        for release in (old, app.release.content.release, "one nobody remembers"):
            await app.ask(lambda unit, release=release: write(unit, release, app.now()))
        await at.stage.settles()
        assert [said.text for said in tom.screen[-3:]] == ["How old are you?", "What is your age?", "What is your age?"]


async def test_the_demo_watches_the_folder_it_is_given(tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RXBOT_CONTENT")
    port, said = free_port(), list[str]()
    demo = asyncio.create_task(run_demo(tmp_path / "demo", port, pages, said.append))

    async def stands(http: httpx.AsyncClient, so: Callable[[dict[str, str]], bool]) -> dict[str, str]:
        async with asyncio.timeout(PATIENCE):
            while True:
                assert not demo.done(), demo
                with suppress(httpx.TransportError):
                    answer: dict[str, str] = (await http.get("/sandbox/content")).json()
                    if said and so(answer):
                        return answer
                await asyncio.sleep(0.05)

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False) as http:
        try:
            first = await stands(http, lambda one: not one["wrong"])
            assert (await http.get("/sandbox/config")).json()["content_url"] == "/sandbox/content"
            change(pages / "dialogs/scheme.yaml", "name: Kittersea Link", "name: Northfields Link\nname: Twice")
            wrong = await stands(http, lambda one: bool(one["wrong"]))
            assert wrong["release"] == first["release"]
            assert "scheme.yaml:" in wrong["wrong"]
            change(pages / "dialogs/scheme.yaml", "\nname: Twice", "")
            await stands(http, lambda one: not one["wrong"] and one["release"] != first["release"])
            door = await http.get(HOME, follow_redirects=True)
            assert "Northfields Link" in door.text
        finally:
            demo.cancel()
            with suppress(asyncio.CancelledError):
                await demo
