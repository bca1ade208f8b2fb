"""The provider's page in a real browser: by keyboard, on a small screen, large, in light and in dark."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from contrast import faint_texts
from playwright.async_api import BrowserContext, Page
from test_clinic_browser import CHROMIUM, LONG_WORD, base, context, fits, keep
from test_provider_page import BANK, KEYS, OTHER, TOKEN, VAN, imports

from rxbot.clinic.pages import House
from rxbot.provider.letters import path_of
from rxbot.store import provider_links, service_checks

__all__ = ["base", "context"]  # fixtures
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


@pytest.fixture
async def page(context: BrowserContext, base: str, house: House) -> AsyncIterator[Page]:
    """The page of a provider whose services have long names, and say little or too much."""
    imports(house, replace(BANK, name=LONG_WORD * 2), replace(VAN, application_process=f"{LONG_WORD * 3} " * 20), OTHER)
    with house.store.begin() as unit:
        services = [KEYS["Food Bank"], KEYS["Food Van"]]
        provider_links.make(unit, TOKEN, "post@larder.example.org", services, house.now())
    page = await context.new_page()
    await page.goto(f"{base}{path_of(TOKEN)}")
    yield page
    await page.close()


def answers(house: House) -> list[tuple[str, str]]:
    with house.store.begin() as unit:
        return [(one.statement.outcome, one.statement.amendment.phone) for one in service_checks.waiting(unit)]


@pytest.mark.parametrize("language", ["English", "العربية"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_everything_fits_and_can_be_read(page: Page, scheme: str, width: int, language: str) -> None:
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": width, "height": 640})
    await page.get_by_role("link", name=language).click()
    await page.wait_for_load_state()
    assert await page.evaluate("getComputedStyle(document.body).direction") == ("ltr" if language == "English" else "rtl")
    assert await fits(page)
    assert await faint_texts(page) == []
    await page.locator("button.main").click()
    await page.get_by_role("alert").wait_for()
    await page.locator("summary").first.click()
    await keep(page, f"provider-{width}-{scheme}-{language}")
    assert await fits(page)
    assert await faint_texts(page) == []


async def test_it_is_answered_with_the_keyboard_alone_and_a_complaint_leads_to_its_field(page: Page, house: House) -> None:
    await page.get_by_role("button", name="Send").press("Enter")
    await page.get_by_role("link", name="Write your name").press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.id") in ("name", "role")
    await page.get_by_label("Your name").press_sequentially("Pat Brook")
    await page.get_by_label("What you do there").press_sequentially("manager")
    await page.get_by_label("Something has changed").first.press("Space")
    await page.get_by_text("Write what has changed").first.press("Enter")
    await page.get_by_label("New phone number").first.press_sequentially("01632 960777")
    await page.get_by_role("button", name="Send").press("Enter")
    await page.wait_for_url(re.compile("/thanks$"))
    assert answers(house) == [("changed", "01632 960777")]
