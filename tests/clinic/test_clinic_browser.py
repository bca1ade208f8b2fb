"""The clinic's pages in a real browser: by keyboard, by finger, on a small screen, on paper."""

import io
import os
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from clinic_acts import Clock, hears, made, opened, sign_in_address
from contrast import faint_texts
from PIL import Image
from playwright.async_api import BrowserContext, Page, async_playwright
from test_gaps_page import people_come

from rxbot.clinic.invitations import link_of
from rxbot.clinic.pages import House
from rxbot.episode.content import Clinic
from rxbot.episode.phrases import CLINIC_SOON
from rxbot.sandbox.serving import serve
from rxbot.web import create_web

CHROMIUM = Path("/usr/bin/chromium")
SCREENS = os.environ.get("RXBOT_TEST_SCREENS")  # a folder to keep pictures in
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


@pytest.fixture
async def context() -> AsyncIterator[BrowserContext]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield await browser.new_context(
            viewport={"width": 360, "height": 740}, has_touch=True, permissions=["clipboard-read", "clipboard-write"]
        )
        await browser.close()


@pytest.fixture
async def page(context: BrowserContext, base: str) -> AsyncIterator[Page]:
    """A page at which the browser finds nothing to complain of; it closes before its server does."""
    assert base
    complaints: list[str] = []
    page = await context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda wrong: complaints.append(str(wrong)))
    yield page
    await page.close()
    assert complaints == []


@pytest.fixture
async def base(house: House) -> AsyncIterator[str]:
    async with serve(create_web(house)) as base:
        yield base


async def keep(page: Page, name: str) -> None:
    if SCREENS:
        await page.screenshot(path=Path(SCREENS) / f"clinic-{name}.png", full_page=True)


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def signs_in(page: Page, base: str, house: House) -> None:
    await page.goto(sign_in_address(house, "harbour").replace(house.public_url, base))
    await keep(page, "sign-in")
    await page.get_by_role("button", name="Sign in").press("Enter")
    await page.wait_for_url(f"{base}/clinic/")


@pytest.mark.usefixtures("team")
async def test_a_link_takes_three_taps_by_keyboard_on_a_small_screen(page: Page, base: str, house: House) -> None:
    await signs_in(page, base, house)
    await keep(page, "home")
    assert await fits(page)
    await tab_to(page, "input[name=reason]")
    await page.keyboard.press("ArrowRight")
    await tab_to(page, "input[name=language]")
    await page.keyboard.press("ArrowRight")
    await tab_to(page, "main button")
    await keep(page, "home-chosen")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/clinic/links/*")
    assert await fits(page)
    assert await page.get_by_text("Loneliness").is_visible()
    assert await page.get_by_role("img", name="QR code of the link").is_visible()
    assert await page.get_by_role("link", name="https://t.me/").is_visible()
    await keep(page, "link")


@pytest.mark.usefixtures("team")
async def test_a_link_takes_three_taps_by_finger(page: Page, base: str, house: House) -> None:
    await signs_in(page, base, house)
    await page.get_by_text("Money worries").tap()
    await page.get_by_role("main").get_by_text("العربية").tap()
    await page.get_by_role("button", name="Make a link").tap()
    await page.wait_for_url("**/clinic/links/*")
    assert await fits(page)
    assert await page.locator(".scan").evaluate("at => getComputedStyle(at).direction") == "rtl"
    await keep(page, "link-arabic")


@pytest.mark.usefixtures("team")
async def test_the_message_is_copied_as_it_is(page: Page, base: str, house: House) -> None:
    await signs_in(page, base, house)
    await page.get_by_role("button", name="Make a link").tap()
    await page.get_by_role("button", name="Copy the message").tap()
    await page.get_by_role("status").get_by_text("Copied.").wait_for()
    first, last = (await page.evaluate("navigator.clipboard.readText()")).split("\n")
    assert first.startswith("Harbour Street Surgery made this link for you.")
    assert last == await page.locator("#link").inner_text()


@pytest.mark.usefixtures("team")
async def test_on_paper_there_is_only_what_the_patient_needs(page: Page, base: str, house: House) -> None:
    await signs_in(page, base, house)
    await page.get_by_role("button", name="Make a link").tap()
    await page.wait_for_url("**/clinic/links/*")
    await page.emulate_media(media="print")
    await keep(page, "paper")
    assert await page.get_by_text("Point your phone").is_visible()
    assert await page.locator("svg.qr").is_visible()
    for chrome in (".top", ".beside", "h1"):
        assert not await page.locator(chrome).first.is_visible()


LONG_NAME = "The Very Reverend Doctor Montgomery Memorial Family Practice and Community Centre, East"
A5 = (420, 595)  # points


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("name", ["Harbour Street Surgery", LONG_NAME])
async def test_a_leaflet_is_one_sheet_of_a5_in_every_language_and_a_camera_can_read_it(
    context: BrowserContext, house: House, name: str
) -> None:
    content = house.release.content
    clinics = {"harbour": Clinic("harbour", name, content.scheme.clinics["harbour"].place)}
    scheme = replace(content.scheme, clinics=clinics, languages=house.release.words.languages)
    house = replace(house, release=replace(house.release, content=replace(content, scheme=scheme)))
    page = await context.new_page()
    async with serve(create_web(house)) as base:
        await signs_in(page, base, house)
        for language in scheme.languages:
            [one] = made(house, language=language)
            await page.goto(f"{base}/clinic/links/{one.id}/leaflet")
            assert await fits(page)
            await keep(page, f"leaflet-{language}-{len(name)}")
            pdf = await page.pdf(prefer_css_page_size=True)
            [sheet] = re.findall(rb"/Type\s*/Page\b[^s].*?/MediaBox\s*\[([^]]+)\]", pdf, re.DOTALL)
            assert tuple(round(float(side)) for side in sheet.split()[2:]) == A5
            await page.set_viewport_size({"width": 559, "height": 793})  # A5 at 96 dots an inch
            await page.emulate_media(media="print")
            assert not await page.get_by_role("button", name="Print").is_visible()
            assert await page.evaluate("document.querySelector('.square').clientHeight") >= 166, "44 mm"
            assert await overlaps(page) == []
            picture = Image.open(io.BytesIO(await page.screenshot(path=SCREENS and f"{SCREENS}/clinic-sheet-{language}.png")))
            assert [found.text for found in zxingcpp.read_barcodes(picture)] == [link_of(one, house.bot_name())]
            await page.emulate_media(media="null")
            await page.set_viewport_size({"width": 360, "height": 740})
        await page.close()


@pytest.mark.usefixtures("team")
async def test_the_leaflet_is_one_tap_from_its_link_and_asks_the_printer(page: Page, base: str, house: House) -> None:
    await page.add_init_script("window.print = () => document.body.dataset.printed = 'yes'")
    await signs_in(page, base, house)
    await page.get_by_role("button", name="Make a link").tap()
    await page.get_by_role("link", name="Leaflet to print").tap()
    await page.get_by_role("button", name="Print").tap()
    assert await page.evaluate("document.body.dataset.printed") == "yes"
    await page.get_by_role("link", name="Back to the link").tap()
    await page.wait_for_url(re.compile(r"/clinic/links/[^/]+$"))


@pytest.mark.usefixtures("team")
async def test_news_are_read_by_keyboard_on_a_small_screen(page: Page, base: str, house: House) -> None:
    hears(house, opened(house, reference="B-17 of a long and winding row of our own"), "referral_back", urgent=True)
    await signs_in(page, base, house)
    assert await fits(page)
    await keep(page, "news")
    await tab_to(page, ".news a")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/clinic/messages/*")
    assert await page.get_by_text("URGENT").is_visible()
    assert await fits(page)
    await keep(page, "message")
    await tab_to(page, "article button")
    await page.keyboard.press("Enter")
    await page.get_by_text("Read here on 2 March 2026, 09:00.").wait_for()
    await tab_to(page, "article footer a")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{base}/clinic/")
    assert not await page.get_by_text("News").is_visible()


@pytest.mark.usefixtures("team")
async def test_without_scripts_a_leaflet_and_a_message_are_whole(page: Page, base: str, house: House) -> None:
    letter = hears(house, opened(house))
    [one] = made(house)
    await page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    await signs_in(page, base, house)
    await page.goto(f"{base}/clinic/links/{one.id}/leaflet")
    assert await page.locator(".code").is_visible()
    assert not await page.get_by_role("button", name="Print").is_visible()
    await page.goto(f"{base}/clinic/messages/{letter}")
    await page.get_by_role("button", name="I have read this").tap()
    await page.get_by_text("Read here on").wait_for()


async def test_without_a_team_the_way_out_is_shown(page: Page, base: str, house: House) -> None:
    await signs_in(page, base, house)
    assert await page.get_by_text("rxbot team bind").is_visible()
    assert await fits(page)
    await keep(page, "no-team")


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_wide_screen(page: Page, base: str, house: House, clock: Clock, scheme: str) -> None:
    """Every text keeps the contrast that people with low vision need, in light and in dark."""
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": 1180, "height": 820})
    made(house, reference="B-16")
    clock.passes(days=30)
    for asked in (
        {"language": "ar", "reference": "B-17"},
        {},
        {"language": "en", "reference": "a longer note of our own, row 4711"},
    ):
        clock.passes(minutes=7)
        made(house, **asked)
    await signs_in(page, base, house)
    await keep(page, f"wide-home-{scheme}")
    assert await faint_texts(page) == []
    await page.get_by_role("button", name="Make a link").click()
    await page.wait_for_url("**/clinic/links/*")
    await keep(page, f"wide-link-{scheme}")
    assert await faint_texts(page) == []
    await page.get_by_role("link", name="Leaflet to print").click()
    await page.wait_for_url("**/leaflet")
    await keep(page, f"wide-leaflet-{scheme}")
    assert await faint_texts(page) == []
    one = opened(house, reference="B-18")
    hears(house, one, "closing", held_back=("scores",))
    hears(house, opened(house, reference="B-19"), "referral_back", actions=CLINIC_SOON())
    await page.goto(f"{base}/clinic/messages/{hears(house, one, 'referral_back', urgent=True)}")
    await keep(page, f"wide-message-{scheme}")
    assert await faint_texts(page) == []
    await page.goto(f"{base}/clinic/")
    await keep(page, f"wide-news-{scheme}")
    assert await faint_texts(page) == []


LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("width", [320, 1280])
async def test_the_gaps_are_read_with_a_keyboard_and_beside_their_need(
    page: Page, base: str, house: House, clock: Clock, width: int
) -> None:
    for area in ("Northfields, Kittersea", LONG_WORD):
        people_come(house, 9, area, clock())
    clock.passes(days=31)
    await page.set_viewport_size({"width": width, "height": 640})
    await signs_in(page, base, house)
    await page.get_by_role("link", name="What is lacking").click()
    await page.wait_for_url("**/clinic/gaps")
    await keep(page, f"gaps-{width}")
    assert await fits(page)
    assert await faint_texts(page) == []
    table = page.get_by_role("region", name=re.compile("Northfields"))
    await table.focus()
    assert await page.evaluate("document.activeElement.getAttribute('aria-labelledby')")
    await table.evaluate("at => at.scrollTo(at.scrollWidth, 0)")
    assert await table.get_by_role("rowheader", name="Food").evaluate("at => at.getBoundingClientRect().left >= 0")
    await page.get_by_text("What the figures mean").click()
    assert await page.get_by_text("Of those whose room is known").is_visible()
    await page.get_by_role("link", name="Back to your page").click()
    await page.wait_for_url("**/clinic/")


async def tab_to(page: Page, selector: str) -> None:
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


async def overlaps(page: Page) -> list[str]:
    """Name parts of the sheet that stick out of it or lie on the part before."""
    return list(await page.evaluate(OVERLAPS))


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".leaflet > *, .leaflet .square, .leaflet .code")];
  const sheet = document.querySelector(".leaflet");
  const inside = (inner, outer) => {
    const [a, b] = [inner.getBoundingClientRect(), outer.getBoundingClientRect()];
    return a.top >= b.top - 1 && a.bottom <= b.bottom + 1 && a.left >= b.left - 1 && a.right <= b.right + 1;
  };
  const parts = [...sheet.children];
  const on = parts.filter((part, n) => n && parts[n - 1].getBoundingClientRect().bottom > part.getBoundingClientRect().top + 1);
  return [...boxes.filter(box => !inside(box, box.parentElement)), ...on].map(box => box.className || box.tagName);
}"""
