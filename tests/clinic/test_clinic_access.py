"""Who gets in where: every address of the web application, tried by everybody who has no business there."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from time import time
from types import SimpleNamespace

import httpx
import pytest
from clinic_acts import Clock, browser_of, hears, made, opened, sends, sign_in_address, signs_in
from sqlalchemy import select
from starlette.routing import BaseRoute, Mount, Route

from rxbot.access import AT_THE_CLINIC, AT_THE_PROVIDER, FOR_CLINICIANS, may
from rxbot.clinic.pages import House
from rxbot.clinic.sign_in import sign_all_out
from rxbot.message import verbatim
from rxbot.store import clinic_messages
from rxbot.store.tables import audit, clinic_session
from rxbot.web import create_web

DOOR = "/clinic/sign-in"
OPEN = {("GET", "/healthz"), ("GET", DOOR), ("POST", DOOR)}  # to whoever comes; what they show is nobody's
PATIENT = "words of a patient"


@dataclass(frozen=True)
class Address:
    method: str
    path: str
    act: str


def addresses(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[Address]:
    """Find every address there is, so that a new one cannot be forgotten. Files that are the same for all are left out."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(route.routes, prefix + route.path)
        else:
            assert isinstance(route, Route), f"{route} is of a kind that nobody checks here"
            yield from (Address(m, prefix + route.path, route.name) for m in sorted((route.methods or set()) - {"HEAD"}))


def is_of_providers(one: Address) -> bool:
    """Say whether whoever has the address of a provider's page comes in here: test_provider_page.py tries these."""
    return one.path.startswith("/provider/")


@dataclass
class Harbour:
    """A link of the clinic's that was opened, one that was not, and a message that came back."""

    house: House

    def __post_init__(self) -> None:
        self.link = opened(self.house, reference="B-17")
        [self.fresh] = made(self.house, reference="C-18")
        self.letter = hears(self.house, self.link, summary=verbatim(PATIENT))

    def all(self, *, staff_only: bool = True) -> list[Address]:
        found = list(addresses(create_web(self.house).routes))
        return [one for one in found if not staff_only or not (is_of_providers(one) or (one.method, one.path) in OPEN)]

    async def tries(self, browser: httpx.AsyncClient, one: Address, stamp: str = "") -> httpx.Response:
        """Go to an address, where it takes one to what belongs to Harbour."""
        id = self.letter if "messages" in one.path else self.fresh.id if one.act == "print_leaflet" else self.link.id
        path = one.path.replace("{id}", id)
        return await (browser.get(path) if one.method == "GET" else browser.post(path, data={"stamp": stamp}))

    def refused(self) -> list[tuple[str, str]]:
        with self.house.store.begin() as unit:
            rows = unit.execute(select(audit.c.actor, audit.c.act).where(audit.c.allowed.is_(False)).order_by(audit.c.id))
            return [(row.actor, row.act) for row in rows]

    def unread(self) -> int:
        with self.house.store.begin() as unit:
            return clinic_messages.unread_count(unit, "harbour")


@pytest.fixture
def harbour(house: House, team: None) -> Harbour:
    return Harbour(house)


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(house) as browser:
        yield browser


async def stamp_for(browser: httpx.AsyncClient) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', (await browser.get("/clinic/")).text)
    assert found
    return found[1]


def is_turned_to_the_door(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.headers.get("location")) == (303, DOOR) and PATIENT not in answer.text


def test_every_address_is_open_on_purpose_or_names_an_act_of_the_table(harbour: Harbour) -> None:
    everywhere = harbour.all(staff_only=False)
    assert {(one.method, one.path) for one in everywhere} >= OPEN
    acts = [one.act for one in harbour.all()]
    assert sorted(acts) == sorted({*AT_THE_CLINIC, *FOR_CLINICIANS} - {"see_what_came_of_it"})
    assert sorted(one.act for one in everywhere if is_of_providers(one)) == sorted(AT_THE_PROVIDER)


async def test_whoever_is_not_signed_in_is_turned_away_everywhere(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    for one in harbour.all():
        assert is_turned_to_the_door(await harbour.tries(browser, one)), one
    assert harbour.unread() == 1


async def test_the_wrong_role_is_refused_everywhere_and_noted(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    await signs_in(browser, harbour.house, role="reception")
    stamp = await stamp_for(browser)
    kept = dict(browser.cookies)
    for one in harbour.all():
        browser.cookies = httpx.Cookies(kept)
        answer = await harbour.tries(browser, one, stamp)
        if may("reception", one.act):
            assert answer.status_code in (200, 303), one
        else:
            assert answer.status_code == 403, one
            assert "This is for clinicians" in answer.text
        assert PATIENT not in answer.text, one
    reception = "clinic harbour reception"
    assert harbour.refused() == [(reception, "read_message"), (reception, "acknowledge"), (reception, "see_gaps")]
    assert harbour.unread() == 1


async def test_a_role_nobody_knows_may_nothing(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    await signs_in(browser, harbour.house)
    with harbour.house.store.begin() as unit:
        unit.execute(clinic_session.update().values(role="lead"))
    tried = [(await harbour.tries(browser, one)).status_code for one in harbour.all()]
    assert len(tried) > 3
    assert {*tried} == {403}


async def test_another_clinic_finds_nothing_anywhere(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    await signs_in(browser, harbour.house, "hillside")
    stamp = await stamp_for(browser)
    kept = dict(browser.cookies)
    for one in harbour.all():
        browser.cookies = httpx.Cookies(kept)
        answer = await harbour.tries(browser, one, stamp)
        if one.method == "GET" and "{id}" in one.path:
            assert answer.status_code == 404, one
        assert not re.search(f"{PATIENT}|B-17|C-18", answer.text), one
    assert harbour.unread() == 1
    assert set(harbour.refused()) == {("clinic hillside clinician", act) for act in ("read_message", "acknowledge")}


@pytest.mark.parametrize("ends", ["unused for four hours", "twelve hours old", "signed out", "signed out by the operator"])
async def test_a_session_that_is_over_is_worth_nothing_whatever_the_browser_kept(
    harbour: Harbour, browser: httpx.AsyncClient, clock: Clock, ends: str
) -> None:
    await signs_in(browser, harbour.house)
    stamp = await stamp_for(browser)
    kept = dict(browser.cookies)
    if ends == "unused for four hours":
        clock.passes(hours=4)
    elif ends == "twelve hours old":
        for _ in range(11):
            clock.passes(hours=1)
            assert (await browser.get("/clinic/")).status_code == 200
        clock.passes(hours=1)
    elif ends == "signed out":
        await sends(browser, await browser.get("/clinic/"), "sign-out")
    else:
        with harbour.house.store.begin() as unit:
            assert sign_all_out(unit, harbour.house.release.content, "harbour") == 1
    for one in harbour.all():
        browser.cookies = httpx.Cookies(kept)
        assert is_turned_to_the_door(await harbour.tries(browser, one, stamp)), one
    assert harbour.unread() == 1


async def test_what_is_posted_twice_counts_once(harbour: Harbour, browser: httpx.AsyncClient, clock: Clock) -> None:
    await signs_in(browser, harbour.house)
    page = await browser.get(f"/clinic/messages/{harbour.letter}")
    await sends(browser, page)
    first = (await browser.get(f"/clinic/messages/{harbour.letter}")).text
    clock.passes(hours=1)
    await sends(browser, page)
    again = (await browser.get(f"/clinic/messages/{harbour.letter}")).text
    read = re.compile(r"Read here on [^.]+\.")
    assert read.findall(first) == read.findall(again) != []


async def test_a_code_used_twice_lets_nobody_in_twice(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    address = sign_in_address(harbour.house, "harbour")
    page = await browser.get(address)
    before = dict(browser.cookies)
    assert (await sends(browser, page)).headers["location"] == "/clinic/"
    browser.cookies = httpx.Cookies(before)
    assert (await sends(browser, page)).status_code == 401
    assert is_turned_to_the_door(await browser.get("/clinic/")), "a cookie of before the sign-in is never signed in by it"


async def test_signing_in_anew_ends_the_session_before(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    await signs_in(browser, harbour.house, role="clinician")
    clinician = dict(browser.cookies)
    await signs_in(browser, harbour.house, role="reception")
    assert "Reception" in (await browser.get("/clinic/")).text
    browser.cookies = httpx.Cookies(clinician)
    assert is_turned_to_the_door(await browser.get("/clinic/"))


async def test_the_operator_takes_back_the_links_that_nobody_used(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    address, theirs = sign_in_address(harbour.house, "harbour"), sign_in_address(harbour.house, "hillside")
    with harbour.house.store.begin() as unit:
        sign_all_out(unit, harbour.house.release.content, "harbour")
    assert (await sends(browser, await browser.get(address))).status_code == 401
    assert (await sends(browser, await browser.get(theirs))).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "eyJ0b2tlbiI6ICJ4In0=.aaaa.bbbb"])
async def test_a_cookie_of_somebody_elses_making_is_none(harbour: Harbour, browser: httpx.AsyncClient, cookie: str) -> None:
    browser.cookies.set("clinic", cookie)
    assert is_turned_to_the_door(await browser.get("/clinic/"))


async def test_the_data_holds_no_token_of_a_session(harbour: Harbour, browser: httpx.AsyncClient) -> None:
    await signs_in(browser, harbour.house)
    with harbour.house.store.begin() as unit:
        [row] = unit.execute(select(clinic_session)).all()
    assert re.fullmatch("[0-9a-f]{64}", row.hash)


# Reception


@pytest.mark.parametrize("state", ["following_up", "closed"])
async def test_reception_sees_that_a_link_was_opened_and_not_what_came_of_it(
    house: House, team: None, browser: httpx.AsyncClient, state: str
) -> None:
    one = opened(house, state=state, reference="B-17")
    hears(house, one, urgent=True)
    await signs_in(browser, house, role="reception")
    for path in ("/clinic/", f"/clinic/links/{one.id}"):
        page = (await browser.get(path)).text
        assert "B-17" in page
        assert 'data-standing="opened"' in page
        assert not re.search(r"In progress|Closed|News|Messages back|/clinic/messages/|t\.me", page)
    assert "your clinicians can see" in page


async def test_reception_makes_and_prints_a_link(house: House, team: None, browser: httpx.AsyncClient) -> None:
    await signs_in(browser, house, role="reception")
    answer = await sends(browser, await browser.get("/clinic/"), reference="B-18")
    assert "Show this to your patient" in (await browser.get(answer.headers["location"])).text
    assert (await browser.get(f"{answer.headers['location']}/leaflet")).status_code == 200


# Who tries and tries


async def test_an_address_that_tries_many_codes_has_to_wait(
    house: House, team: None, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await browser.get(sign_in_address(house, "harbour"))
    for n in range(10):
        assert (await sends(browser, page, code=f"wrong-{n}")).status_code == 401
    answer = await sends(browser, page)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "600")
    assert "wait ten minutes" in answer.text
    async with browser_of(house, "192.0.2.2") as other:
        assert (await signs_in(other, house)).status_code == 303, "others are not kept waiting"
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=lambda: time() + 601))
    assert (await sends(browser, page)).status_code == 303, "the right code was not used up meanwhile"


async def test_neighbours_on_ipv6_are_one(house: House, team: None) -> None:
    for n in range(10):
        async with browser_of(house, f"2001:db8::{n}") as browser:
            await sends(browser, await browser.get(f"{DOOR}?code=wrong"))
    async with browser_of(house, "2001:db8::ffff") as browser:
        assert (await sends(browser, await browser.get(f"{DOOR}?code=wrong"))).status_code == 429
    async with browser_of(house, "2001:db8:1::1") as browser:
        assert (await sends(browser, await browser.get(f"{DOOR}?code=wrong"))).status_code == 401


async def test_a_clinic_behind_one_address_signs_in_as_often_as_it_likes(
    house: House, team: None, browser: httpx.AsyncClient
) -> None:
    for _ in range(12):
        assert (await signs_in(browser, house)).status_code == 303
