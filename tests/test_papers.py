"""Papers as files: a page that is whole in itself, dates that a calendar reads, data that can be kept."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import icalendar
import pytest
from contrast import faint_texts
from hypothesis import given
from hypothesis import strategies as st
from playwright.async_api import Browser, async_playwright

from rxbot.message import Day, Text, verbatim
from rxbot.paper import Calendar, CalendarEntry, Data, Page, Paper, Section
from rxbot.papers.render import File, render
from rxbot.words import Catalog, Words

CHROMIUM = Path("/usr/bin/chromium")
SCREENS = os.environ.get("RXBOT_TEST_SCREENS")  # a folder to keep pictures in
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENGLISH = {
    "title": "Your plan",
    "good_at": "What you are good at",
    "goal": "Goal {number}: {domain}",
    "hope": "<b>What you hope for:</b> {words}",
    "step": "<b>Your step:</b> {words}",
    "when": "<b>When:</b> {day}",
    "secret": "<tg-spoiler>{words}</tg-spoiler> is <i>yours</i>",
    "review": "We look at this together on {day}.",
    "chat": "You can change your plan at any time. Write in the chat.",
    "danger": "In danger, ring <b>{number}</b>.",
    "day": "Your day",
    "worker": "Handoff {number}",
}
ARABIC = {
    "title": "خطتك",
    "good_at": "ما تجيده",
    "goal": "الهدف {number}: {domain}",
    "hope": "<b>ما ترجوه:</b> {words}",
    "step": "<b>خطوتك:</b> {words}",
    "when": "<b>متى:</b> {day}",
    "secret": "<tg-spoiler>{words}</tg-spoiler> <i>لك</i>",
    "review": "ننظر في هذا معا يوم {day}.",
    "chat": "يمكنك تغيير خطتك في أي وقت. اكتب في المحادثة.",
    "danger": "إذا كنت في خطر فاتصل بالرقم <b>{number}</b>.",
    "day": "يومك",
    "worker": "الإحالة {number}",
}
WORDS = Words({"en": Catalog(ENGLISH), "ar": Catalog(ARABIC)}, "GB")
PLAN = Page(
    "plan",
    Text("title"),
    (
        Section(Text("good_at"), (verbatim("I cook for many people"), verbatim("أطبخ لعدد كبير"), verbatim("I never give up"))),
        Section(
            Text("goal", {"number": 1, "domain": verbatim("People around you")}),
            (
                Text("hope", {"words": verbatim("To talk with somebody in my language twice a week")}),
                Text("step", {"words": verbatim("Harbour Lane Community Kitchen, lunch on Tuesday")}),
                Text("when", {"day": Day(date(2026, 3, 10))}),
            ),
        ),
        Section(
            Text("goal", {"number": 2, "domain": verbatim("Money and bills")}),
            (
                Text("hope", {"words": verbatim("To open my letters without fear")}),
                Text("step", {"words": verbatim("Bring my letters to the advice desk " + "x" * 60)}),
                Text("when", {"day": Day(date(2026, 3, 16))}),
            ),
        ),
        Section(Text("review", {"day": Day(date(2026, 5, 4))}), (Text("chat"),)),
    ),
    (Text("danger", {"number": "999"}),),
)


def made(paper: Paper, language: str = "en") -> File:
    return render(paper, WORDS, language, {"handoff.number": "7"}, NOW)


def page_of(*lines: Text) -> Page:
    return Page("sheet", Text("title"), (Section(Text("good_at"), lines),))


class Elements(HTMLParser):
    """Each element that holds words, with its words, and all tags with what they were given."""

    def __init__(self, file: File) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        self.feed(file.content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("b", "i"):
            self.said.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("b", "i"):
            self.said.append(("", ""))

    def handle_data(self, data: str) -> None:
        tag, before = self.said.pop() if self.said else ("", "")
        self.said.append((tag, before + data))

    def texts(self, *tags: str) -> list[str]:
        return [words for tag, words in self.said if tag in tags]


def test_a_page_says_everything_in_its_order() -> None:
    file = made(PLAN)
    elements = Elements(file)
    assert (file.name, file.mime) == ("plan.html", "text/html")
    assert elements.texts("title", "h1") == ["Your plan", "Your plan"]
    assert elements.texts("h2")[:2] == ["What you are good at", "Goal 1: People around you"]
    assert elements.texts("li")[3:6] == [
        "What you hope for: To talk with somebody in my language twice a week",
        "Your step: Harbour Lane Community Kitchen, lunch on Tuesday",
        "When: 10 March 2026",
    ]
    assert elements.texts("p") == ["You can change your plan at any time. Write in the chat.", "In danger, ring 999."]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_names_its_language_and_which_way_it_runs(language: str, direction: str) -> None:
    assert ("html", {"lang": language, "dir": direction}) in Elements(made(PLAN, language)).tags


def test_a_page_runs_nothing_and_fetches_nothing() -> None:
    tags = Elements(made(PLAN)).tags
    assert {"script", "link", "img", "iframe", "a"}.isdisjoint(tag for tag, _ in tags)
    assert not any(name in given for _, given in tags for name in ("src", "href", "style"))
    policy = next(given["content"] for _, given in tags if given.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in str(policy)


def test_an_empty_line_parts_a_list_from_a_sentence() -> None:
    elements = Elements(made(page_of(verbatim("a"), verbatim("b"), Text(""), verbatim("c"))))
    assert (elements.texts("li"), elements.texts("p")) == (["a", "b"], ["c"])


def test_bold_stays_and_a_spoiler_is_plain() -> None:
    content = made(page_of(Text("secret", {"words": verbatim("tea")}))).content.decode()
    assert "<p>tea is <i>yours</i></p>" in content


def test_a_page_knows_the_facts_of_its_letter() -> None:
    assert Elements(made(page_of(Text("worker", {"number": Text("handoff.number")})))).texts("p") == ["Handoff 7"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_whatever_somebody_wrote_is_on_the_page_as_it_was(words: str) -> None:
    elements = Elements(made(Page("sheet", verbatim(f"[{words}]"), (Section(Text("good_at"), (verbatim(f"[{words}]"),)),))))
    assert [said.removeprefix("\u2068").removesuffix("\u2069") for said in elements.texts("h1", "p")] == [f"[{words}]"] * 2


def calendar_of(file: File) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(file.content)
    assert isinstance(calendar, icalendar.Calendar)
    assert not calendar.errors
    assert (calendar["VERSION"], "PRODID" in calendar) == ("2.0", True)
    return calendar.events


def test_a_day_goes_into_the_calendar_as_a_whole_day_that_is_private() -> None:
    file = made(Calendar("plan", (CalendarEntry("e1.g1", date(2026, 3, 10), Text("day"), PLAN.sections[1].lines[1]),)))
    (event,) = calendar_of(file)
    assert (file.name, file.mime) == ("plan.ics", "text/calendar")
    assert (event["UID"], event["SUMMARY"], event["CLASS"], event["TRANSP"]) == (
        "e1.g1@rxbot",
        "Your day",
        "PRIVATE",
        "TRANSPARENT",
    )
    assert event["DESCRIPTION"] == "Your step: Harbour Lane Community Kitchen, lunch on Tuesday"
    assert (event.start, event.DTSTAMP) == (date(2026, 3, 10), NOW)
    assert b"DTSTART;VALUE=DATE:20260310\r\n" in file.content


def test_a_day_that_is_no_more_is_taken_out_of_the_calendar() -> None:
    (event,) = calendar_of(
        made(Calendar("plan", (CalendarEntry("e1.g1", date(2026, 3, 10), Text("day"), Text("day"), cancelled=True),), 2))
    )
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == ("e1.g1@rxbot", "CANCELLED", 2)


def test_a_calendar_holds_no_marks_of_direction() -> None:
    """An Arabic note about a place with an English name has them in the chat."""
    note = PLAN.sections[1].lines[1]
    (event,) = calendar_of(made(Calendar("plan", (CalendarEntry("e1.g1", date(2026, 3, 10), Text("day"), note),)), "ar"))
    assert event["SUMMARY"] == "يومك"
    assert event["DESCRIPTION"] == "خطوتك: Harbour Lane Community Kitchen, lunch on Tuesday"


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n")), max_size=3))
def test_whatever_somebody_wrote_a_calendar_reads_it_as_it_was(notes: list[str]) -> None:
    notes = [f"[{note}]".translate(dict.fromkeys(map(ord, "\u2068\u2069\u200f"))) for note in notes]
    entries = tuple(CalendarEntry(str(n), date(2026, 3, 10 + n), Text("day"), verbatim(note)) for n, note in enumerate(notes))
    events = calendar_of(made(Calendar("plan", entries)))
    assert [(event["UID"], event["DESCRIPTION"]) for event in events] == [(f"{n}@rxbot", note) for n, note in enumerate(notes)]


def test_data_can_be_read_by_people_too() -> None:
    file = made(Data("my-data", '{"name":"أمينة","answers":[1]}'), "ar")
    assert (file.name, file.mime) == ("my-data.json", "application/json")
    assert file.content.decode() == '{\n  "name": "أمينة",\n  "answers": [\n    1\n  ]\n}'


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_page_is_read_on_a_small_phone(browser: Browser, tmp_path: Path, language: str, scheme: str) -> None:
    """It fits, is whole without the network, the browser finds nothing to complain of, and no text is faint or small."""
    path = tmp_path / "plan.html"
    path.write_bytes(made(PLAN, language).content)
    page = await browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="dark" if scheme == "dark" else "light")
    noticed: list[str] = []
    page.on("console", lambda message: noticed.append(message.text))
    page.on("request", lambda request: noticed.append(request.url))
    await page.goto(path.as_uri())
    assert noticed == [path.as_uri()]
    assert await page.evaluate("document.characterSet") == "UTF-8"
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert (
        await page.evaluate(
            "Math.min(...[...document.querySelectorAll('h1, h2, li, p')].map(a => parseFloat(getComputedStyle(a).fontSize)))"
        )
        >= 16
    )
    assert await faint_texts(page) == []
    if SCREENS:
        await page.screenshot(path=Path(SCREENS) / f"paper-{language}-{scheme}.png", full_page=True)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_page_is_printed_black_on_white_from_a_dark_phone_too(browser: Browser, tmp_path: Path, language: str) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(made(PLAN, language).content)
    page = await browser.new_page(color_scheme="dark")
    await page.goto(path.as_uri())
    await page.emulate_media(media="print")
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    assert await page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert await faint_texts(page) == []
    if SCREENS:
        await page.pdf(path=Path(SCREENS) / f"paper-{language}.pdf", format="A4")
