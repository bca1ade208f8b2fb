"""Addresses at which there is nothing: people read what to do, programs get a problem as JSON."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from clinic_acts import browser_of

from rxbot.clinic.pages import House
from rxbot.episode import provider_phrases as words


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(house) as browser:
        yield browser


@pytest.mark.parametrize("path", ["/", "/nowhere", "/provider/", "/provider/a-token/nowhere", "/%3Cscript%3E"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
async def test_people_read_what_to_do_in_the_look_of_the_site(
    house: House, browser: httpx.AsyncClient, path: str, language: str, direction: str
) -> None:
    page = await browser.get(path, params={"language": language})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert all(house.release.words.label(phrase(), language) in page.text for phrase in (words.NOWHERE_HEAD, words.NOWHERE_WHY))
    assert 'href="/clinic/static/clinic.css"' in page.text
    assert 'href="/clinic/"' in page.text
    assert "script" not in page.text, "nothing of the address stands in it"
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/clinic/nowhere", "/clinic/static/nowhere.css"])
async def test_below_the_clinics_pages_the_way_back_is_theirs(browser: httpx.AsyncClient, path: str) -> None:
    page = await browser.get(path)
    assert page.status_code == 404
    assert "<title>There is no such page" in page.text
    assert "Back to your page" in page.text


@pytest.mark.parametrize("path", ["/hsds/services", "/hsds/", "/hsds", "/api", "/api/v1/services"])
async def test_programs_get_a_problem_as_json(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json() == {"type": "about:blank", "title": "Not Found", "status": 404}


async def test_where_a_directory_is_published_what_is_not_in_it_is_a_problem_too(house: House) -> None:
    content = house.release.content
    scheme = replace(content.scheme, publish=("town",))
    published = replace(house, release=replace(house.release, content=replace(content, scheme=scheme)))
    async with browser_of(published) as browser:
        answer = await browser.get("/hsds/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["title"] == "Not Found"


async def test_a_page_that_takes_no_forms_says_so_to_the_browser(browser: httpx.AsyncClient) -> None:
    page = await browser.post("/provider/a-token/thanks")
    assert (page.status_code, {*page.headers["allow"].split(", ")}) == (405, {"GET", "HEAD"})
    assert "There is nothing at this address" in page.text
