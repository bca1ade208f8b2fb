"""What a place lacks, as a clinician sees it."""

import re
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from clinic_acts import Clock, browser_of, signs_in

from rxbot.clinic.pages import House
from rxbot.demo import TOWN
from rxbot.directory.hsds import read_services
from rxbot.feeds import open_feed
from rxbot.store import ledger
from rxbot.store.directory_rows import save_feed

MARCH = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


def people_come(house: House, count: int, area: str, at: datetime, found: int = 1) -> None:
    """Let so many people of an area look for food."""
    with house.store.begin() as unit:
        for n in range(count):
            one = f"{area} {at} {n} {found}"
            codes = {"needs": "food", "area": area, "language": "en", "age": "a26"}
            ledger.record(unit, one, "hillside", "needs_named", codes, at)
            ledger.record(unit, one, "hillside", "searched", {"needs": "food", "found": str(found)}, at)


@pytest.fixture
def town(house: House, clock: Clock) -> House:
    services, _ = read_services(open_feed(Path(TOWN)))
    with house.store.begin() as unit:
        save_feed(unit, "town", services, clock())
    return house


async def page_of(house: House) -> httpx.Response:
    async with browser_of(house) as browser:
        await signs_in(browser, house)
        return await browser.get("/clinic/gaps")


def row(page: str, head: str) -> list[str]:
    """Give the cells of food in the table below this head."""
    tables = re.findall(r"<h2[^>]*>(.*?)</h2>.*?<tbody>(.*?)</tbody>", page, re.DOTALL)
    [body] = [body for title, body in tables if head in re.sub(r"<[^>]+>", "", title)]
    [food] = [one for one in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL) if re.search(r">Food</th>", one)]
    return re.findall(r"<td[^>]*>(.*?)</td>", food)


@pytest.mark.usefixtures("team")
async def test_a_clinician_sees_needs_beside_services_and_nothing_about_a_few(town: House, clock: Clock) -> None:
    people_come(town, 12, "Northfields, Kittersea", MARCH)
    people_come(town, 7, "Northfields, Kittersea", MARCH, found=0)
    people_come(town, 3, "Old Town, Kittersea", MARCH)
    people_come(town, 6, "Harbourside, Kittersea", MARCH)
    clock.passes(days=35)
    page = (await page_of(town)).text
    wanted, unwanted, nothing, rate, services, *_ = row(page, "Area: Northfields")
    assert (wanted, unwanted, nothing, rate) == ("19", "0", "7", "37 %")
    assert int(services) > 0
    assert row(page, "Area: Old Town")[0] == row(page, "Area: Harbourside")[0] == "hidden"
    assert row(page, "Everybody")[0] == "28"


@pytest.mark.usefixtures("team")
async def test_what_is_told_today_stands_there_next_month(town: House, clock: Clock) -> None:
    people_come(town, 9, "Northfields, Kittersea", clock())
    assert "Nobody has told of any needs" in (await page_of(town)).text
    clock.passes(days=31)
    assert row((await page_of(town)).text, "Everybody")[0] == "9"
