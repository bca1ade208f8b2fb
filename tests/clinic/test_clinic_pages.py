"""The clinic's pages, through HTTP."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest
from clinic_acts import Clock, browser_of, hears, made, opened, sends, sign_in_address, signs_in
from sqlalchemy import select

from rxbot import clinic
from rxbot.clinic.invitations import code_of
from rxbot.clinic.pages import House
from rxbot.episode import clinic_phrases
from rxbot.episode.phrases import CLINIC_ROUTINE, CLINIC_SOON
from rxbot.errors import Refused
from rxbot.handoff.model import Handoff
from rxbot.message import Phrase, Text, verbatim
from rxbot.store import clinic_messages, episodes, erase, handoffs, invitations
from rxbot.store.tables import audit, ledger


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(house) as browser:
        yield browser


@pytest.fixture
async def signed_in(browser: httpx.AsyncClient, house: House) -> httpx.AsyncClient:
    await signs_in(browser, house, "harbour")
    return browser


def words_of(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def test_without_a_session_every_page_leads_to_the_door(browser: httpx.AsyncClient) -> None:
    for path in ("/clinic/", "/clinic/links/abc", "/clinic/links/abc/leaflet", "/clinic/messages/abc"):
        turned_away = await browser.get(path)
        assert (turned_away.status_code, turned_away.headers["location"]) == (303, "/clinic/sign-in")
    for path in ("/clinic/", "/clinic/messages/abc"):
        assert (await browser.post(path)).headers["location"] == "/clinic/sign-in"
    door = await browser.get("/clinic/sign-in")
    assert door.status_code == 401
    assert "rxbot clinic sign-in CLINIC" in door.text


async def test_looking_at_a_sign_in_address_does_not_use_it_up(browser: httpx.AsyncClient, house: House) -> None:
    address = sign_in_address(house, "harbour")
    for _ in range(3):
        page = await browser.get(address)
    assert page.status_code == 200
    answer = await sends(browser, page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/clinic/")
    assert "Harbour Street Surgery" in (await browser.get("/clinic/")).text


async def test_the_pages_are_read_in_the_language_that_was_chosen_until_another_is(
    browser: httpx.AsyncClient, house: House
) -> None:
    address = sign_in_address(house, "harbour")
    door = await browser.get(f"{address}&language=es")
    assert '<html lang="es" dir="ltr">' in door.text
    [in_arabic] = [unescape(one) for one in re.findall(r'href="([^"]+)" lang="ar"', door.text)]
    door = await browser.get(in_arabic if in_arabic.startswith("/") else f"/clinic/sign-in{in_arabic}")
    assert '<html lang="ar" dir="rtl">' in door.text
    assert (await sends(browser, door)).status_code == 303, "the code is still in the form"
    home = await browser.get("/clinic/")
    assert '<html lang="ar" dir="rtl">' in home.text, "it is remembered over signing in"
    assert (await sends(browser, home, "sign-out")).status_code == 303
    assert '<html lang="ar"' in (await browser.get("/clinic/sign-in")).text, "and over signing out"
    assert '<html lang="en" dir="ltr">' in (await browser.get("/clinic/sign-in?language=en")).text
    assert '<html lang="en"' in (await browser.get("/clinic/sign-in?language=xx")).text


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("language", ["es", "ar"])
async def test_no_page_has_english_words_beside_those_that_were_chosen(
    signed_in: httpx.AsyncClient, house: House, language: str
) -> None:
    await signed_in.get(f"/clinic/?language={language}")
    unread, [new], used = opened(house), made(house, reason="money", reference="B-17"), sign_in_address(house, "harbour")
    letter = hears(house, unread)
    paths = (
        "",
        f"links/{unread.id}",
        f"links/{new.id}",
        f"links/{new.id}/leaflet",
        f"messages/{letter}",
        "messages/x",
        "gaps",
        "x",
    )
    pages = {path: await signed_in.get(f"/clinic/{path}") for path in paths}
    pages["door"] = await signed_in.get(used)
    pages["stale"] = await signed_in.post("/clinic/")
    await sends(signed_in, pages["door"])
    pages["used"] = await sends(signed_in, await signed_in.get(used))
    pages["refused"] = await sends(signed_in, await signed_in.get("/clinic/"), reference="x" * 500)
    for path, page in pages.items():
        pieces = re.findall(r"[^<>]+(?=<)|(?<=aria-label=\")[^\"]+", page.text)
        assert {" ".join(unescape(one).split()) for one in pieces} & set(clinic_phrases.ALL.values()) == set(), path
        if not path.endswith("leaflet"):
            assert f'<html lang="{language}"' in page.text, path


def test_every_sentence_for_clinics_is_read_somewhere() -> None:
    """Those for codes are reached by their code."""
    pages = "".join(
        path.read_text("utf-8") for path in Path(clinic.__file__).parent.rglob("*.*") if path.suffix in (".py", ".html")
    )
    tables = ("ROLES", "STANDINGS", "SOURCES", "GROUPS", "FIGURE_NAMES", "FIGURE_MEANINGS")
    names = [*tables, *(name for name, one in vars(clinic_phrases).items() if isinstance(one, Phrase))]
    by_code = clinic_phrases.ROLES.values()
    assert [name for name in names if getattr(clinic_phrases, name) not in by_code and f"words.{name}" not in pages] == []


async def test_a_sign_in_address_works_once(browser: httpx.AsyncClient, house: House) -> None:
    address = sign_in_address(house, "harbour")
    await sends(browser, await browser.get(address))
    async with browser_of(house) as other:
        again = await sends(other, await other.get(address))
        assert again.status_code == 401
        assert "no longer works" in again.text
        assert (await other.get("/clinic/")).status_code == 303


async def test_a_sign_in_address_runs_out_after_a_day(browser: httpx.AsyncClient, house: House, clock: Clock) -> None:
    address = sign_in_address(house, "harbour")
    clock.passes(hours=24)
    assert (await sends(browser, await browser.get(address))).status_code == 401


def test_a_sign_in_for_an_unknown_clinic_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="harbour, hillside"):
        sign_in_address(house, "moon")


@pytest.mark.parametrize(("url", "name"), [("http://clinic.test", "clinic"), ("https://clinic.test", "__Host-clinic")])
async def test_the_session_cookie_is_kept_from_scripts_and_other_sites(house: House, url: str, name: str) -> None:
    async with browser_of(replace(house, public_url=url)) as browser:
        answer = await signs_in(browser, replace(house, public_url=url), "harbour")
    value, *flags = answer.headers["set-cookie"].split("; ")
    assert value.startswith(f"{name}=")
    assert {"httponly", "samesite=strict", "path=/", "Max-Age=43200"} <= set(flags)
    assert ("secure" in flags) is url.startswith("https")
    assert "domain" not in answer.headers["set-cookie"]


@pytest.mark.usefixtures("team")
async def test_a_link_is_made_and_shown(signed_in: httpx.AsyncClient, house: House) -> None:
    answer = await sends(signed_in, await signed_in.get("/clinic/"), language="ar", reason="money", reference=" <b>B-17</b> ")
    assert answer.status_code == 303
    with house.store.begin() as unit:
        [one] = invitations.of_clinic(unit, "harbour", house.now())
    assert (one.language, one.reason, one.private and one.private.reference) == ("ar", "money", "<b>B-17</b>")
    assert answer.headers["location"] == f"/clinic/links/{one.id}"
    page = await signed_in.get(answer.headers["location"])
    assert page.status_code == 200
    assert one.private
    assert f'href="https://t.me/marrow_bay_bot?start={one.private.token}"' in page.text
    assert "<svg" in page.text
    assert 'lang="ar" dir="rtl"' in page.text
    assert house.release.content.wording["ar"]["link.scan"] in page.text
    assert "I would like you to meet our link workers." in page.text, "the clinician can read what the patient reads"
    assert "<b>B-17</b>" not in page.text, "what somebody typed is never markup"
    assert "&lt;b&gt;B-17&lt;/b&gt;" in page.text


@pytest.mark.usefixtures("team")
async def test_one_tap_is_enough(signed_in: httpx.AsyncClient) -> None:
    answer = await sends(signed_in, await signed_in.get("/clinic/"))
    page = await signed_in.get(answer.headers["location"])
    assert "Point your phone" in page.text
    assert "No reason given" in page.text


async def test_without_a_team_the_page_says_what_to_do(signed_in: httpx.AsyncClient) -> None:
    page = await signed_in.get("/clinic/")
    assert "rxbot team bind" in page.text
    assert 'action="/clinic/"' not in page.text, "there is nothing to send in vain"
    answer = await signed_in.post("/clinic/", data={"stamp": stamp(page)})
    assert answer.status_code == 409
    assert "rxbot team bind" in answer.text


@pytest.mark.usefixtures("team")
async def test_a_choice_that_is_not_there_is_refused(signed_in: httpx.AsyncClient) -> None:
    answer = await sends(signed_in, await signed_in.get("/clinic/"), language="xx")
    assert answer.status_code == 409
    assert "There is no language 'xx'. Choose from: en, ar." in words_of(answer)


@pytest.mark.usefixtures("team")
async def test_another_clinics_link_is_not_there(signed_in: httpx.AsyncClient, house: House) -> None:
    [theirs] = made(house, "hillside", reference="C-1")
    page = await signed_in.get(f"/clinic/links/{theirs.id}")
    assert page.status_code == 404
    assert "C-1" not in page.text
    assert "C-1" not in (await signed_in.get("/clinic/")).text


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("path", ["/clinic/", "/clinic/sign-out", "/clinic/sign-in", "/clinic/messages/abc"])
@pytest.mark.parametrize("forged", ["", "x", "ö"])
async def test_a_form_from_elsewhere_is_turned_away(signed_in: httpx.AsyncClient, house: House, path: str, forged: str) -> None:
    answer = await signed_in.post(path, data={"stamp": forged})
    assert answer.status_code == 403
    assert "Nothing was done." in answer.text
    assert (await signed_in.get("/clinic/")).status_code == 200, "still signed in"
    with house.store.begin() as unit:
        assert invitations.of_clinic(unit, "harbour", house.now()) == []


async def test_a_form_without_any_session_is_turned_away(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/clinic/sign-in", data={"code": "x", "stamp": ""})).status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"stamp": "x" * 9000}},
        {"data": {str(n): "x" for n in range(20)}},
        {"files": {"stamp": ("a.txt", b"x")}},
    ],
)
async def test_a_form_that_is_not_ours_is_no_trouble(signed_in: httpx.AsyncClient, sent: dict[str, object]) -> None:
    answer = await signed_in.post("/clinic/", **sent)
    assert answer.status_code in (400, 403)
    assert "Back to your page" in answer.text


async def test_signing_out(signed_in: httpx.AsyncClient) -> None:
    answer = await sends(signed_in, await signed_in.get("/clinic/"), "sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/clinic/sign-in")
    assert (await signed_in.get("/clinic/")).status_code == 303


async def test_signing_in_elsewhere_leaves_nothing_of_the_clinic_before(signed_in: httpx.AsyncClient, house: House) -> None:
    old = stamp(await signed_in.get("/clinic/"))
    await signs_in(signed_in, house, "hillside")
    page = await signed_in.get("/clinic/")
    assert "Hillside Practice" in page.text
    assert stamp(page) != old


@pytest.mark.usefixtures("team")
async def test_every_answer_keeps_the_pages_private(signed_in: httpx.AsyncClient, house: House) -> None:
    [one] = made(house)
    for path in ("", "links/" + one.id, "sign-in", "sign-in?code=x", "nowhere", "static/clinic.css", "static/none"):
        assert_private((await signed_in.get(f"/clinic/{path}")).headers)
    for elsewhere in ("/healthz", "/nowhere"):
        assert_private((await signed_in.get(elsewhere)).headers)


def assert_private(headers: httpx.Headers) -> None:
    """Look for what OWASP's Secure Headers Project asks for."""
    policy = set(headers["content-security-policy"].split("; "))
    ours = {"default-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'self'", "frame-ancestors 'self'"}
    assert policy == ours
    wanted = {
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "x-permitted-cross-domain-policies": "none",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
    }
    assert {name: headers.get(name, "").strip('"') for name in wanted} == wanted
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers, "this address has no https"


async def test_over_https_browsers_are_told_to_stay_with_it(house: House) -> None:
    async with browser_of(replace(house, public_url="https://clinic.test")) as browser:
        assert (await browser.get("/clinic/sign-in")).headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.usefixtures("team")
async def test_nothing_on_a_page_breaks_our_own_policy(signed_in: httpx.AsyncClient, house: House) -> None:
    one = opened(house, language="ar", reference="B-17")
    letter = hears(house, one, urgent=True)
    link = f"/clinic/links/{one.id}"
    for path in ("/clinic/", link, f"{link}/leaflet", f"/clinic/messages/{letter}", "/clinic/sign-in?code=x"):
        page = (await signed_in.get(path)).text
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", page)


@pytest.mark.usefixtures("team")
async def test_the_list_is_newest_first_in_pages_of_fifty(signed_in: httpx.AsyncClient, house: House, clock: Clock) -> None:
    for number in range(51):
        clock.passes(minutes=1)
        made(house, reference=f"ref-{number}.")
    first, second = await signed_in.get("/clinic/"), await signed_in.get("/clinic/?page=2")
    assert re.findall(r"ref-(\d+)\.", first.text) == [str(number) for number in range(50, 0, -1)]
    assert re.findall(r"ref-(\d+)\.", second.text) == ["0"]
    assert 'href="/clinic/?page=2"' in first.text
    assert 'href="/clinic/?page=1"' in second.text
    assert "page=3" not in second.text
    for odd in ("0", "-1", "x", "9" * 30):
        assert re.findall(r"ref-(\d+)\.", (await signed_in.get(f"/clinic/?page={odd}")).text)[0] == "50"


@pytest.mark.usefixtures("team")
async def test_times_are_those_of_the_scheme(signed_in: httpx.AsyncClient, house: House, clock: Clock) -> None:
    clock.passes(days=120)
    await signs_in(signed_in, house)
    made(house)
    assert "30 June 2026, 10:00" in (await signed_in.get("/clinic/")).text, "summer time in London"


@pytest.mark.usefixtures("team")
async def test_a_link_that_leads_nowhere_any_more_is_not_shown_again(
    signed_in: httpx.AsyncClient, house: House, clock: Clock
) -> None:
    [old] = made(house)
    clock.passes(days=31)
    [erased] = made(house)
    with house.store.begin() as unit:
        episodes.meet(unit, "p1", "telegram", "1", clock())
        invitations.opened(unit, erased, "p1", clock())
        erase.erase_person(unit, "p1", clock())
    await signs_in(signed_in, house)
    for one, says in ((old, "has run out"), (erased, "was erased")):
        page = await signed_in.get(f"/clinic/links/{one.id}")
        assert page.status_code == 200
        assert says in page.text
        assert "t.me" not in page.text
    listed = words_of(await signed_in.get("/clinic/"))
    assert "Run out" in listed
    assert "Erased" in listed


@pytest.mark.usefixtures("team")
async def test_the_clinic_sees_that_a_link_was_opened(signed_in: httpx.AsyncClient, house: House) -> None:
    [unopened] = made(house)
    assert "See whether it was opened" in (await signed_in.get(f"/clinic/links/{unopened.id}")).text
    one = opened(house, state="asking_consent")
    page = await signed_in.get(f"/clinic/links/{one.id}")
    assert "works only on the phone that opened it first" in page.text
    assert ">Opened<" in page.text
    assert ">Opened<" in (await signed_in.get("/clinic/")).text
    assert not re.search("Show this to your patient|QR code|works until", page.text)
    leaflet = await signed_in.get(f"/clinic/links/{one.id}/leaflet")
    assert (leaflet.status_code, leaflet.headers["location"]) == (303, f"/clinic/links/{one.id}")


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("state", ["following_up", "closed"])
async def test_what_came_back_stands_first_on_the_page_of_an_opened_link(
    signed_in: httpx.AsyncClient, house: House, state: str
) -> None:
    one = opened(house, state=state)
    letter = hears(house, one)
    said = (await signed_in.get(f"/clinic/links/{one.id}")).text
    assert said.index(f"/clinic/messages/{letter}") < said.index("data-standing") < said.index("Make another link")


@pytest.mark.usefixtures("team")
async def test_the_clinic_sees_that_somebody_waits_for_a_worker(signed_in: httpx.AsyncClient, house: House) -> None:
    one = opened(house)
    with house.store.begin() as unit:
        handoffs.open_row(unit, Handoff("h1", "review", False, house.now()), f"person of {one.id}", one.episode_id, house.now())
    assert ">Waiting for a link worker<" in (await signed_in.get("/clinic/")).text
    page = await signed_in.get(f"/clinic/links/{one.id}")
    assert ">Waiting for a link worker<" in page.text
    assert "t.me" in page.text, "the link still leads to the chat"


# The leaflet


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_leaflet_says_what_it_is_and_how_to_begin(signed_in: httpx.AsyncClient, house: House, language: str) -> None:
    [one] = made(house, language=language, reason="money", reference="B-17")
    page = await signed_in.get(f"/clinic/links/{one.id}/leaflet")
    said, wording = words_of(page), house.release.words.wording(language)
    for text_id in ("about", "free", "camera_1", "camera_2", "camera_3", "code_2", "code_3"):
        assert wording[f"leaflet.{text_id}"] in said
    assert one.private
    for value in ("Harbour Street Surgery", house.release.content.scheme.name, "@marrow_bay_bot", code_of(one), "2026", "999"):
        assert value in said
    assert f"https://t.me/marrow_bay_bot?start={one.private.token}" in said
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page.text
    assert not re.search("B-17|money", said, re.IGNORECASE), "no reason and no reference: others may see it"


@pytest.mark.usefixtures("team")
async def test_the_code_stands_beside_the_link_too(signed_in: httpx.AsyncClient, house: House) -> None:
    [one] = made(house)
    page = await signed_in.get(f"/clinic/links/{one.id}")
    assert code_of(one) in page.text
    assert f'href="/clinic/links/{one.id}/leaflet"' in page.text


@pytest.mark.usefixtures("team")
async def test_a_link_of_before_there_were_codes_has_a_leaflet_without(signed_in: httpx.AsyncClient, house: House) -> None:
    [new] = made(house)
    assert new.private
    old = replace(new, id="old", episode_id="old", private=invitations.Private("token", ""))
    with house.store.begin() as unit:
        invitations.make(unit, old, "test")
    assert "Type this code" in (await signed_in.get(f"/clinic/links/{new.id}/leaflet")).text
    assert "Type this code" not in (await signed_in.get("/clinic/links/old/leaflet")).text
    assert "Code to type" not in (await signed_in.get("/clinic/links/old")).text


@pytest.mark.usefixtures("team")
async def test_no_leaflet_of_another_clinic_or_of_a_link_that_leads_nowhere(
    signed_in: httpx.AsyncClient, house: House, clock: Clock
) -> None:
    [theirs] = made(house, "hillside")
    assert (await signed_in.get(f"/clinic/links/{theirs.id}/leaflet")).status_code == 404
    [old] = made(house)
    clock.passes(days=31)
    await signs_in(signed_in, house)
    answer = await signed_in.get(f"/clinic/links/{old.id}/leaflet")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/clinic/links/{old.id}")


# What comes back


@pytest.mark.usefixtures("team")
async def test_a_message_is_read_in_the_order_of_the_standard(signed_in: httpx.AsyncClient, house: House) -> None:
    one = opened(house, reference="B-17")
    letter = hears(
        house,
        one,
        "closing",
        held_back=("scores", "worked"),
        left_out=("not_worked",),
        actions=verbatim("None."),
        plan=verbatim("<b>choir</b>"),
    )
    page = await signed_in.get(f"/clinic/messages/{letter}")
    heads = re.findall(r"<h2>(.*?)</h2>", page.text)
    assert heads == ["What the clinic is asked to do", "Summary", "The plan", "Scores", "What worked", "Risks"]
    said = words_of(page)
    assert "The support has ended Written 2 March 2026, 09:00 Your reference B-17" in said
    assert "What the clinic is asked to do None. Summary words on summary The plan <b>choir</b>" in said
    assert "Scores This part is not shared with you. What worked This part is not shared with you. Risks words on risks" in said
    assert f'href="/clinic/links/{one.id}"' in page.text
    assert "URGENT" not in said


@pytest.mark.usefixtures("team")
async def test_something_urgent_says_so_in_words_and_stands_first(
    signed_in: httpx.AsyncClient, house: House, clock: Clock
) -> None:
    letter = hears(house, opened(house, reference="B-1"), "referral_back", urgent=True)
    clock.passes(hours=1)
    hears(house, opened(house, reference="B-2"))
    home = words_of(await signed_in.get("/clinic/"))
    assert "News 2 not read yet URGENT Referred back to you B-1 2 March 2026, 09:00 A plan was agreed B-2" in home
    assert "URGENT Referred back to you" in words_of(await signed_in.get(f"/clinic/messages/{letter}"))


@pytest.mark.usefixtures("team")
async def test_what_should_be_looked_into_soon_says_so_and_stands_after_what_is_urgent(
    signed_in: httpx.AsyncClient, house: House, clock: Clock
) -> None:
    hears(house, opened(house, reference="B-1"), "referral_back", urgent=True)
    letter = hears(house, opened(house, reference="B-2"), "referral_back", actions=CLINIC_SOON())
    clock.passes(hours=1)
    hears(house, opened(house, reference="B-3"), "referral_back", actions=CLINIC_ROUTINE())
    home = words_of(await signed_in.get("/clinic/"))
    marked = [home.index(words) for words in ("URGENT Referred back to you B-1", "Soon Referred back to you B-2", "B-3")]
    assert marked == sorted(marked)
    assert home.count("Soon") == 1
    assert "Soon Referred back to you" in words_of(await signed_in.get(f"/clinic/messages/{letter}"))


@pytest.mark.usefixtures("team")
async def test_saying_i_have_read_this_takes_it_off_the_news(signed_in: httpx.AsyncClient, house: House, clock: Clock) -> None:
    one = opened(house)
    letter = hears(house, one)
    assert "News 1 not read yet A plan was agreed" in words_of(await signed_in.get("/clinic/"))
    assert "A plan was agreed" in words_of(await signed_in.get(f"/clinic/links/{one.id}"))
    clock.passes(hours=2)
    page = await signed_in.get(f"/clinic/messages/{letter}")
    answer = await sends(signed_in, page, "messages")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/clinic/messages/{letter}")
    clock.passes(hours=2)
    await signed_in.post(f"/clinic/messages/{letter}", data={"stamp": stamp(page)})
    page = await signed_in.get(f"/clinic/messages/{letter}")
    assert "Read here on 2 March 2026, 11:00." in words_of(page)
    assert "I have read this" not in page.text
    assert "News" not in words_of(await signed_in.get("/clinic/"))
    assert "A plan was agreed 2 March 2026, 09:00 Read" in words_of(await signed_in.get(f"/clinic/links/{one.id}"))


@pytest.mark.usefixtures("team")
async def test_who_asked_the_clinic_hears_once_that_it_was_read(signed_in: httpx.AsyncClient, house: House) -> None:
    one = opened(house)
    for letter in (hears(house, one, "referral_back"), hears(house, one)):
        page = await signed_in.get(f"/clinic/messages/{letter}")
        for _ in range(2):
            await signed_in.post(f"/clinic/messages/{letter}", data={"stamp": stamp(page)})
    with house.store.begin() as unit:
        facts = unit.execute(select(ledger.c.fact)).scalars().all()
    assert facts.count("clinic_read") == 1


@pytest.mark.usefixtures("team")
async def test_another_clinics_message_is_neither_shown_nor_read_away(signed_in: httpx.AsyncClient, house: House) -> None:
    letter = hears(house, opened(house, "hillside"))
    assert "News" not in words_of(await signed_in.get("/clinic/"))
    page = await signed_in.get(f"/clinic/messages/{letter}")
    assert (page.status_code, "words on" in page.text) == (404, False)
    await signed_in.post(f"/clinic/messages/{letter}", data={"stamp": stamp(page)})
    with house.store.begin() as unit:
        assert clinic_messages.unread_count(unit, "hillside") == 1


@pytest.mark.usefixtures("team")
async def test_who_reads_a_message_and_says_so_is_noted_for_the_audit(signed_in: httpx.AsyncClient, house: House) -> None:
    ours, theirs = hears(house, opened(house)), hears(house, opened(house, "hillside"))
    page = await signed_in.get(f"/clinic/messages/{ours}")
    for letter in (ours, theirs):
        await signed_in.post(f"/clinic/messages/{letter}", data={"stamp": stamp(page)})
    with house.store.begin() as unit:
        noted = unit.execute(select(audit.c.at, audit.c.actor, audit.c.act, audit.c.subject, audit.c.allowed)).all()
    assert [tuple(row) for row in noted] == [
        (house.now(), "clinic harbour clinician", *did)
        for did in (
            ("sign_in", "", True),
            ("read_message", ours, True),
            ("acknowledge", ours, True),
            ("acknowledge", theirs, False),
        )
    ]


@pytest.mark.usefixtures("team")
async def test_a_message_that_is_gone_says_why(signed_in: httpx.AsyncClient, house: House) -> None:
    one = opened(house)
    letter = hears(house, one)
    with house.store.begin() as unit:
        erase.erase_person(unit, f"person of {one.id}", house.now())
    page = await signed_in.get(f"/clinic/messages/{letter}")
    assert page.status_code == 404
    assert "A newer one has taken its place, or the patient asked us to forget them." in words_of(page)
    assert "News" not in words_of(await signed_in.get("/clinic/"))
    assert "was erased" in words_of(await signed_in.get(f"/clinic/links/{one.id}"))


@pytest.mark.usefixtures("team")
async def test_the_last_message_stands_at_the_closed_link(signed_in: httpx.AsyncClient, house: House) -> None:
    one = opened(house, state="closed")
    letter = hears(house, one, "closing")
    page = await signed_in.get(f"/clinic/links/{one.id}")
    assert "This link is closed" in page.text
    assert f'href="/clinic/messages/{letter}"' in page.text


@pytest.mark.usefixtures("team")
async def test_a_line_whose_text_is_no_longer_in_the_content_does_not_hide_the_others(
    signed_in: httpx.AsyncClient, house: House
) -> None:
    letter = hears(house, opened(house), summary=Text("intake/a question taken out"))
    said = words_of(await signed_in.get(f"/clinic/messages/{letter}"))
    assert "Summary This line comes from an older version and can no longer be shown. The plan words on plan" in said


@pytest.mark.usefixtures("team")
async def test_many_messages_do_not_push_the_form_away(signed_in: httpx.AsyncClient, house: House, clock: Clock) -> None:
    for number in range(5):
        clock.passes(minutes=1)
        hears(house, opened(house, reference=f"ref-{number}."))
    home = (await signed_in.get("/clinic/")).text
    assert "5 not read yet" in home
    before, after = home.split("<details>")
    assert re.findall(r"ref-(\d)\.", before) == ["4", "3", "2"]
    assert re.findall(r"ref-(\d)\.", after.split("</details>")[0]) == ["1", "0"]


async def test_a_clinic_that_left_the_scheme_is_signed_out(signed_in: httpx.AsyncClient, house: House) -> None:
    scheme = replace(house.release.content.scheme, clinics={})
    fewer = replace(house, release=replace(house.release, content=replace(house.release.content, scheme=scheme)))
    async with browser_of(fewer) as later:
        later.cookies = signed_in.cookies
        assert (await later.get("/clinic/")).status_code == 303


async def test_health(browser: httpx.AsyncClient, house: House) -> None:
    answer = await browser.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    house.store.close()
    answer = await browser.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


def stamp(page: httpx.Response) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page.text)
    assert found
    return found[1]
