"""The page of a provider: who comes in, what an answer does to the directory, and what an import leaves alone."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from clinic_acts import Clock, browser_of, sends
from sqlalchemy import select
from test_clinic_access import addresses, is_of_providers

from rxbot import provider
from rxbot.access import AT_THE_PROVIDER, MAY
from rxbot.clinic.pages import House
from rxbot.directory.checks import Amendment
from rxbot.directory.model import (
    Address,
    CostOption,
    Extent,
    Language,
    Location,
    Need,
    Organization,
    Phone,
    Place,
    Schedule,
    Service,
    Term,
)
from rxbot.directory.search import Search
from rxbot.episode import provider_phrases as words
from rxbot.message import Phrase
from rxbot.provider.letters import path_of
from rxbot.store import provider_links, service_checks
from rxbot.store.candidates import explain_services, find_services
from rxbot.store.directory_rows import ImportReport, save_feed, service_key, service_of
from rxbot.store.directory_tables import provider_link, service_agreement, service_check
from rxbot.store.tables import audit
from rxbot.web import create_web

HERE = Place(53.07, 0.42, "Kittersea")
SPOT = Location("a", "physical", place=HERE, phones=(Phone("01632 960001"),))
LARDER = Organization("o", "The Larder", email="post@larder.example.org")
BANK = Service("1", "Food Bank", LARDER, status="active", locations=(SPOT,), assured_date=date(2025, 1, 7))
VAN = Service("2", "Food Van", LARDER, locations=(SPOT,))
OTHER = Service("3", "Food Hall", Organization("p", "The Hall"), locations=(SPOT,))
KEYS = {one.name: service_key("town", one.id) for one in (BANK, VAN, OTHER)}
SEARCH = Search(needs=(Need("food", "Food", keywords=("food",)),), place=HERE, reach_km=5, limit=9, now=date(2026, 3, 2))
TOKEN = "a-token-that-nobody-guesses"
WHO = {"name": "Pat Brook", "role": "manager"}
NAMED = "Pat Brook|Food Bank|Food Van|larder"


@pytest.fixture
def linked(house: House) -> House:
    """A provider of two services in a directory of three was sent a link."""
    imports(house, BANK, VAN, OTHER)
    with house.store.begin() as unit:
        services = [KEYS["Food Bank"], KEYS["Food Van"]]
        provider_links.make(unit, TOKEN, "post@larder.example.org", services, house.now())
    return house


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(house) as browser:
        yield browser


def imports(house: House, *services: Service) -> ImportReport:
    with house.store.begin() as unit:
        return save_feed(unit, "town", services, house.now())


def offered(house: House) -> set[str]:
    with house.store.begin() as unit:
        return {match.service.name for match in find_services(unit, SEARCH)}


def shown(house: House, name: str = "Food Bank") -> Service:
    with house.store.begin() as unit:
        found = service_of(unit, KEYS[name])
        assert found
        return found


def waits(house: House) -> list[tuple[int, str, str]]:
    names = {key: name for name, key in KEYS.items()}
    with house.store.begin() as unit:
        return [(one.number, names[one.service], one.statement.outcome) for one in service_checks.waiting(unit)]


def settles(house: House, decision: service_checks.Decision) -> None:
    with house.store.begin() as unit:
        [one] = service_checks.waiting(unit)
        service_checks.settle(unit, one.number, decision, "Kim", house.now(), date(2026, 3, 2))


async def answers(browser: httpx.AsyncClient, **typed: str) -> httpx.Response:
    """Send the page's form, filled in. What is `phone_1` here is `phone-1` there."""
    return await browser.post(path_of(TOKEN), data={re.sub(r"_(\d)$", r"-\1", field): said for field, said in typed.items()})


# Who comes in


async def test_the_page_names_the_services_of_the_link_and_no_others(linked: House, browser: httpx.AsyncClient) -> None:
    for _ in range(2):
        page = await browser.get(path_of(TOKEN))
        assert page.status_code == 200
        assert {name for name in KEYS if name in page.text} == {"Food Bank", "Food Van"}
    assert "1 April 2026" in page.text, "it says until when it works"
    assert "<script" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("token", ["no-such-token", f"{TOKEN}x", TOKEN[:-1]])
async def test_a_wrong_address_says_nothing_and_does_nothing(linked: House, browser: httpx.AsyncClient, token: str) -> None:
    found = [one for one in addresses(create_web(linked).routes) if is_of_providers(one)]
    assert len(found) == len(AT_THE_PROVIDER)
    for one in found:
        path = one.path.replace("{token}", token)
        answer = await browser.request(one.method, path, data={"outcome-1": "closed", **WHO} if one.method == "POST" else None)
        assert answer.status_code == 404, one
        assert not re.search(NAMED, answer.text), one
    with linked.store.begin() as unit:
        assert not unit.execute(select(service_check)).all()
        assert not provider_links.is_silent(unit, "post@larder.example.org")


async def test_a_link_runs_out_after_thirty_days(linked: House, browser: httpx.AsyncClient, clock: Clock) -> None:
    clock.passes(days=29, hours=23)
    assert (await browser.get(path_of(TOKEN))).status_code == 200
    clock.passes(hours=1)
    assert (await browser.get(path_of(TOKEN))).status_code == 404
    answer = await answers(browser, outcome_1="closed", **WHO)
    assert answer.status_code == 404
    assert "Food Bank" in offered(linked)


async def test_whoever_tries_many_links_has_to_wait(linked: House, browser: httpx.AsyncClient) -> None:
    for n in range(10):
        assert (await browser.get(path_of(f"wrong-{n}"))).status_code == 404
    answer = await browser.get(path_of(TOKEN))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "600")
    async with browser_of(linked, "192.0.2.2") as other:
        assert (await other.get(path_of(TOKEN))).status_code == 200


async def test_an_act_that_the_table_does_not_give_them_is_refused(
    linked: House, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rxbot.access.MAY", {**MAY, "see_services": frozenset()})
    assert (await browser.get(path_of(TOKEN))).status_code == 404


async def test_the_data_holds_no_token(linked: House) -> None:
    with linked.store.begin() as unit:
        [row] = unit.execute(select(provider_link)).all()
    assert re.fullmatch("[0-9a-f]{64}", row.hash)
    assert TOKEN not in repr(row)


async def test_only_a_post_changes_anything(linked: House, browser: httpx.AsyncClient) -> None:
    await browser.get(path_of(TOKEN), params={"outcome-1": "closed", **WHO})
    assert (await browser.get(f"{path_of(TOKEN)}/stop")).status_code == 303
    assert "Food Bank" in offered(linked)
    with linked.store.begin() as unit:
        assert not provider_links.not_to_be_written_to(unit, linked.now())


async def test_who_opens_the_address_of_the_stop_button_finds_the_button(linked: House, browser: httpx.AsyncClient) -> None:
    opened = await browser.get(f"{path_of(TOKEN)}/stop")
    path, _, place = opened.headers["location"].partition("#")
    assert f'id="{place}"' in (await browser.get(path)).text


# In which language


def in_words(house: House, phrase: Phrase, language: str, **values: str) -> str:
    return house.release.words.label(phrase(**values), language)


async def test_the_page_opens_in_the_language_of_the_scheme_and_can_be_read_in_every_other(
    linked: House, browser: httpx.AsyncClient
) -> None:
    for page in (await browser.get(path_of(TOKEN)), await browser.get(path_of(TOKEN, "xx"))):
        assert '<html lang="en" dir="ltr">' in page.text
    for code, direction in (("es", "ltr"), ("ar", "rtl")):
        assert f'<a href="?language={code}" lang="{code}"' in page.text
        page = await browser.get(path_of(TOKEN), params={"language": code})
        assert f'<html lang="{code}" dir="{direction}">' in page.text
        assert in_words(linked, words.PAGE_HEAD, code) in page.text
        assert in_words(linked, words.PAGE_HEAD, "en") not in page.text
        assert {name for name in KEYS if name in page.text} == {"Food Bank", "Food Van"}


async def test_the_language_that_was_chosen_is_the_one_the_page_opens_in_the_next_time(
    linked: House, browser: httpx.AsyncClient
) -> None:
    with linked.store.begin() as unit:
        provider_links.make(unit, "another-token", "post@larder.example.org", [KEYS["Food Bank"]], linked.now(), "es")
    for token, language in ((TOKEN, "en"), ("another-token", "es")):
        assert f'<html lang="{language}"' in (await browser.get(path_of(token))).text
    for chosen in ("ar", "en"):
        await browser.get(path_of("another-token", chosen))
        for token in (TOKEN, "another-token"):
            page = await browser.get(path_of(token))
            assert f'<html lang="{chosen}"' in page.text
            answer = await sends(browser, page, f"{path_of(token)}?", **{"outcome-1": "right", **WHO})
            assert f'<html lang="{chosen}"' in (await browser.get(answer.headers["location"])).text


async def test_a_wrong_address_chooses_no_language(linked: House, browser: httpx.AsyncClient) -> None:
    await browser.get(path_of("no-such-token", "ar"))
    assert '<html lang="en"' in (await browser.get(path_of(TOKEN))).text


async def test_a_language_that_is_offered_no_more_is_not_asked_for(linked: House, browser: httpx.AsyncClient) -> None:
    with linked.store.begin() as unit:
        provider_links.choose_language(unit, "post@larder.example.org", "xx", linked.now())
    page = await browser.get(path_of(TOKEN))
    assert (page.status_code, '<html lang="en"' in page.text) == (200, True)


async def test_whoever_reads_it_in_a_language_is_answered_in_it_to_the_end(linked: House, browser: httpx.AsyncClient) -> None:
    page = await browser.get(path_of(TOKEN, "ar"))
    wrong = await sends(browser, page, f"{path_of(TOKEN)}?", name="Pat")
    assert (wrong.status_code, '<html lang="ar" dir="rtl">' in wrong.text) == (400, True)
    assert in_words(linked, words.WRONG_ROLE, "ar") in wrong.text
    answer = await sends(browser, wrong, f"{path_of(TOKEN)}?", **{"outcome-1": "right", **WHO})
    assert answer.status_code == 303
    thanks = await browser.get(answer.headers["location"])
    assert in_words(linked, words.THANKS_HEAD, "ar") in thanks.text
    assert path_of(TOKEN, "ar") in thanks.text
    stopped = await sends(browser, page, "/stop")
    assert in_words(linked, words.STOPPED_HEAD, "ar") in stopped.text
    gone = await browser.get(path_of("no-such-token", "ar"))
    assert in_words(linked, words.RUN_OUT_HEAD, "ar") in gone.text


async def test_opening_times_and_languages_are_written_as_the_reader_writes_them(
    house: House, browser: httpx.AsyncClient
) -> None:
    times = Schedule(freq="WEEKLY", byday="MO,TU,WE", opens_at="10:00", closes_at="12:30")
    imports(house, replace(BANK, schedules=(times,), languages=(Language("Polish", "pl"),)))
    with house.store.begin() as unit:
        provider_links.make(unit, TOKEN, "post@larder.example.org", [KEYS["Food Bank"]], house.now())
    for code, days, tongue in (("en", "Monday – Wednesday: 10:00 to 12:30", "Polish"), ("es", "lunes – miércoles: de", "polaco")):
        page = (await browser.get(path_of(TOKEN, code))).text
        assert days in page
        assert tongue in page


@pytest.mark.parametrize(("whom", "asked"), [("People aged 65 and over.", False), ("", True)])
async def test_ages_are_asked_for_where_nothing_says_whom_it_is_for(
    house: House, browser: httpx.AsyncClient, whom: str, asked: bool
) -> None:
    imports(house, replace(BANK, eligibility_description=whom))
    with house.store.begin() as unit:
        provider_links.make(unit, TOKEN, "post@larder.example.org", [KEYS["Food Bank"]], house.now())
    page = (await browser.get(path_of(TOKEN, "en"))).text
    assert (f"<dt>{in_words(house, words.AGES, 'en')}</dt>" in page) is asked


def test_every_sentence_for_providers_is_read_somewhere() -> None:
    """Those for codes are reached by their code."""
    pages = "".join(path.read_text("utf-8") for path in Path(provider.__file__).parent.rglob("*.*") if path.suffix != ".pyc")
    unread = [name for name, one in vars(words).items() if isinstance(one, Phrase) and f".{name}" not in pages]
    assert unread == []


# What an answer does


async def test_still_right_vouches_for_the_record_and_not_for_the_others(linked: House, browser: httpx.AsyncClient) -> None:
    answer = await answers(browser, outcome_1="right", **WHO)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path_of(TOKEN)}/thanks")
    assert "Thank you" in (await browser.get(answer.headers["location"])).text
    assert shown(linked).checked == date(2026, 3, 2)
    assert shown(linked, "Food Van").checked is None
    assert waits(linked) == []
    with linked.store.begin() as unit:
        [row] = unit.execute(select(service_check)).all()
    assert (row.by_name, row.by_role, row.outcome, row.service) == ("Pat Brook", "manager", "right", KEYS["Food Bank"])


async def test_the_later_of_feed_and_answer_is_the_day_it_was_checked(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, outcome_1="right", **WHO)
    imports(linked, replace(BANK, assured_date=date(2026, 2, 1)), VAN, OTHER)
    assert shown(linked).checked == date(2026, 3, 2)
    imports(linked, replace(BANK, assured_date=date(2026, 4, 1)), VAN, OTHER)
    assert shown(linked).checked == date(2026, 4, 1)


async def test_closed_is_not_offered_until_somebody_decides_whatever_is_imported(
    linked: House, browser: httpx.AsyncClient
) -> None:
    await answers(browser, outcome_1="closed", **WHO)
    assert offered(linked) == {"Food Van", "Food Hall"}
    report = imports(linked, replace(BANK, description="food for all"), VAN, OTHER)
    assert (report.changed, report.answered) == (1, 1)
    assert offered(linked) == {"Food Van", "Food Hall"}
    settles(linked, "leave")
    assert offered(linked) == {"Food Bank", "Food Van", "Food Hall"}
    assert waits(linked) == []


async def test_closed_that_was_believed_is_asked_about_again_when_the_feed_changes(
    linked: House, browser: httpx.AsyncClient
) -> None:
    await answers(browser, outcome_1="closed", **WHO)
    settles(linked, "take")
    imports(linked, BANK, VAN, OTHER)
    assert waits(linked) == []
    imports(linked, replace(BANK, description="open again"), VAN, OTHER)
    assert [one[1:] for one in waits(linked)] == [("Food Bank", "closed")]
    assert "Food Bank" not in offered(linked)


async def test_open_again_after_closed_was_believed_awaits_somebody(
    linked: House, browser: httpx.AsyncClient, clock: Clock
) -> None:
    await answers(browser, outcome_1="closed", **WHO)
    assert "It is open again" in (await browser.get(path_of(TOKEN))).text
    settles(linked, "take")
    for decision, there in (("leave", False), ("take", True)):
        clock.passes(days=1)
        await answers(browser, outcome_1="right", **WHO)
        assert [one[1:] for one in waits(linked)] == [("Food Bank", "right")]
        assert "Food Bank" not in offered(linked)
        settles(linked, decision)
        assert ("Food Bank" in offered(linked)) is there
    assert waits(linked) == []


async def test_what_people_are_shown_is_what_the_provider_looks_at(house: House, browser: httpx.AsyncClient) -> None:
    address = Address("4 Quay Street", city="Kittersea", postal_code="QM1 1AA")
    whole = replace(
        BANK,
        locations=(replace(SPOT, addresses=(address,)),),
        costs=(CostOption("a meal", 2.5, "GBP"),),
        eligibility_description="For families",
        languages=(Language("Polish", "pl"), Language("Welsh", "cy")),
        application_process="Just come",
    )
    imports(house, whole)
    with house.store.begin() as unit:
        provider_links.make(unit, TOKEN, "post@larder.example.org", [KEYS["Food Bank"]], house.now())
    page = (await browser.get(path_of(TOKEN))).text
    told = ("4 Quay Street, Kittersea, QM1 1AA", "01632 960001", "a meal, 2.5 GBP", "For families", "Polish, Welsh", "Just come")
    assert [words for words in told if words not in page] == []


async def test_all_that_decides_whom_it_is_shown_is_on_the_page(house: House, browser: httpx.AsyncClient) -> None:
    place = replace(SPOT, accessibility=("A ramp at the side door",), areas=("Harbour Town",))
    whole = replace(
        BANK, description="Bags of <b>food</b> & tea", minimum_age=18, maximum_age=65, areas=("Quay Ward",), locations=(place,),
        extents=(Extent(extent='{"type": "Point"}'),), documents=("A letter with your address",),
        terms=(Term("Open Eligibility", "", "Food Pantry"),),
    )  # fmt: skip
    many = replace(VAN, areas=tuple(f"Ward {number}" for number in range(1, 24)), minimum_age=60)
    imports(house, whole, many)
    with house.store.begin() as unit:
        provider_links.make(unit, TOKEN, "post@larder.example.org", [KEYS["Food Bank"], KEYS["Food Van"]], house.now())
    page = (await browser.get(path_of(TOKEN))).text
    told = (
        "Bags of &lt;b&gt;food&lt;/b&gt; &amp; tea", "A ramp at the side door", "Quay Ward, Harbour Town, inside a line on a map",
        "18 to 65", "A letter with your address", "Food Pantry", "60 and over", "Ward 20, and 3 more",
    )  # fmt: skip
    assert [words for words in told if words not in page] == []
    assert "Ward 21" not in page


async def test_of_two_lists_with_one_service_each_row_says_which_it_is_from(house: House, browser: httpx.AsyncClient) -> None:
    imports(house, BANK, VAN)
    with house.store.begin() as unit:
        save_feed(unit, "county", [BANK], house.now())
        keys = [KEYS["Food Bank"], KEYS["Food Van"], service_key("county", BANK.id)]
        provider_links.make(unit, TOKEN, "post@larder.example.org", keys, house.now())
    page = (await browser.get(path_of(TOKEN))).text
    assert sorted(re.findall(r"From the list of \W*(\w+)", page)) == ["county", "town"]


async def test_the_times_and_phones_are_those_that_people_are_shown_at_each_place(
    house: House, browser: httpx.AsyncClient
) -> None:
    """A place's own times and number are on people's cards, and none of them is left out of what is vouched for."""
    days = ("MO", "TU", "WE", "TH", "FR")
    office = tuple(Schedule(freq="WEEKLY", byday=day, opens_at="08:00", closes_at="17:00") for day in days)
    hall = replace(SPOT, id="b", phones=(), addresses=(Address("1 Hall Road"),), schedules=(Schedule("By appointment"),))
    own = (Schedule(freq="WEEKLY", byday="MO", opens_at="09:00", closes_at="10:00"),)
    both = replace(BANK, schedules=own, phones=(Phone("01632 960009"),), locations=(replace(SPOT, schedules=office), hall))
    imports(house, both, replace(VAN, schedules=(Schedule(freq="WEEKLY", byday="SA", opens_at="00:00", closes_at="23:59"),)))
    with house.store.begin() as unit:
        provider_links.make(unit, TOKEN, "post@larder.example.org", [KEYS["Food Bank"], KEYS["Food Van"]], house.now())
    page = (await browser.get(path_of(TOKEN))).text
    told = ("Monday – Friday: 08:00 to 17:00", "01632 960001", "1 Hall Road", "01632 960009", "By appointment", "Saturday: day")
    assert [words for words in told if words not in page] == []
    assert "09:00 to 10:00" not in page


async def test_what_was_typed_stays_in_sight_beside_a_complaint(linked: House, browser: httpx.AsyncClient) -> None:
    page = await answers(browser, outcome_1="right", phone_1="0" * 61, **WHO)
    assert page.text.count("<details open>") == 1


async def test_a_service_that_its_publisher_took_back_is_not_offered_because_an_answer_was_left(
    linked: House, browser: httpx.AsyncClient
) -> None:
    await answers(browser, outcome_1="closed", **WHO)
    imports(linked, VAN, OTHER)
    settles(linked, "leave")
    assert offered(linked) == {"Food Van", "Food Hall"}


async def test_what_has_changed_is_shown_once_somebody_took_it_and_stays_after_an_import(
    linked: House, browser: httpx.AsyncClient
) -> None:
    said = {"phone_1": "01632 960777", "opening_1": "Fridays 10 to 12", "entry_1": "Just come"}
    await answers(browser, outcome_1="changed", words_1="We have moved upstairs", **said, **WHO)
    assert shown(linked).phones == ()
    assert [one[1:] for one in waits(linked)] == [("Food Bank", "changed")]
    settles(linked, "take")
    imports(linked, BANK, VAN, OTHER)
    now = shown(linked)
    assert [one.number for one in (*now.locations[0].phones, *now.phones)] == ["01632 960777"]
    assert [one.description for one in now.schedules] == ["Fridays 10 to 12"]
    assert (now.application_process, now.checked) == ("Just come", date(2026, 3, 2))


async def test_what_a_provider_says_counts_in_the_rank_as_in_what_is_shown(linked: House, browser: httpx.AsyncClient) -> None:
    before = factors(linked)
    await answers(browser, outcome_1="right", outcome_2="changed", entry_2="By referral from a doctor only", **WHO)
    settles(linked, "take")
    bank, van = (factors(linked)[name] for name in ("Food Bank", "Food Van"))
    assert (before["Food Bank"]["fresh"], bank["fresh"]) == (0.97, 1.0)
    assert (before["Food Van"]["entry"], van["entry"]) == (0.95, 0.75)


def factors(house: House) -> dict[str, Mapping[str, float]]:
    """Give what makes each service harder to get, as the rank has it."""
    with house.store.begin() as unit:
        return {one.match.service.name: one.scored.factors for one in explain_services(unit, SEARCH)}


async def test_left_as_it_was_the_directory_holds_and_what_was_taken_before_stays(
    linked: House, browser: httpx.AsyncClient
) -> None:
    await answers(browser, phone_1="01632 960777", **WHO)
    settles(linked, "take")
    await answers(browser, opening_1="Never", **WHO)
    settles(linked, "leave")
    assert ([one.number for one in shown(linked).phones], shown(linked).schedules) == (["01632 960777"], ())


async def test_words_are_read_by_somebody_even_beside_still_right(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, outcome_1="right", words_1="but the lift is broken", **WHO)
    assert [one[1:] for one in waits(linked)] == [("Food Bank", "changed")]


async def test_a_sign_that_no_database_holds_is_left_out_of_an_answer(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, words_1="ask for\0 Jo", name="Pat\0", role="manager")
    with linked.store.begin() as unit:
        [row] = unit.execute(select(service_check)).all()
    assert (row.words, row.by_name) == ("ask for Jo", "Pat")


async def test_the_last_word_of_a_provider_counts(linked: House, browser: httpx.AsyncClient, clock: Clock) -> None:
    await answers(browser, outcome_1="closed", **WHO)
    clock.passes(minutes=1)
    await answers(browser, outcome_1="right", **WHO)
    assert "Food Bank" in offered(linked)
    assert waits(linked) == []


async def test_a_change_waits_until_it_is_settled_whatever_a_colleague_says_later(
    linked: House, browser: httpx.AsyncClient, clock: Clock
) -> None:
    before = shown(linked).assured_date
    await answers(browser, outcome_1="changed", phone_1="01632 960777", name="Ann", role="manager")
    clock.passes(minutes=1)
    await answers(browser, outcome_1="right", capacity_1="capacity", name="Bob", role="volunteer")
    await answers(browser, opening_1="Mondays", name="Bob", role="volunteer")
    assert [one[2] for one in waits(linked)] == ["changed", "changed"]
    assert shown(linked).assured_date == before
    with linked.store.begin() as unit:
        for one in service_checks.waiting(unit):
            service_checks.settle(unit, one.number, "take", "Kim", linked.now(), date(2026, 3, 2))
    bank = shown(linked)
    assert [one.number for one in bank.phones] == ["01632 960777"]
    assert [one.description for one in bank.schedules] == ["Mondays"]


async def test_right_waits_beside_a_change_that_nobody_has_settled(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, phone_1="01632 960777", name="Ann", role="manager")
    await answers(browser, outcome_1="right", name="Bob", role="volunteer")
    assert [one[2] for one in waits(linked)] == ["changed", "right"]
    assert "Food Bank" in offered(linked)


async def test_a_change_that_says_all_of_an_earlier_one_takes_its_place(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, phone_1="01632 960777", **WHO)
    await answers(browser, phone_1="01632 960778", opening_1="Mondays", **WHO)
    settles(linked, "take")
    assert [one.number for one in shown(linked).phones] == ["01632 960778"]


async def test_what_is_sent_twice_is_kept_once(linked: House, browser: httpx.AsyncClient) -> None:
    for _ in range(2):
        await answers(browser, phone_1="01632 960777", **WHO)
    assert len(waits(linked)) == 1


async def test_room_is_told_with_the_weeks(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, weeks_1="6", capacity_2="no-capacity", **WHO)
    with linked.store.begin() as unit:
        told = service_checks.capacities(unit, list(KEYS.values()))
    assert {(key, one.code, one.weeks, one.told) for key, one in told.items()} == {
        (KEYS["Food Bank"], "waitlist", 6, date(2026, 3, 2)),
        (KEYS["Food Van"], "no-capacity", None, date(2026, 3, 2)),
    }


@pytest.mark.parametrize(("said", "means"), [("yes", True), ("no", False)])
async def test_whether_people_may_be_referred_is_kept_with_who_said_it(
    linked: House, browser: httpx.AsyncClient, said: str, means: bool
) -> None:
    await answers(browser, agree=said, **WHO)
    with linked.store.begin() as unit:
        rows = unit.execute(select(service_agreement)).all()
        assert service_checks.agreed(unit, list(KEYS.values())) == {KEYS["Food Bank"]: means, KEYS["Food Van"]: means}
    assert {(row.by_name, row.by_role, row.at) for row in rows} == {("Pat Brook", "manager", linked.now())}


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ({**WHO}, "Nothing is filled in yet"),
        ({"outcome_1": "right", "role": "manager"}, "Write your name"),
        ({"outcome_1": "right", "name": "Pat"}, "Write what you do there"),
        ({"outcome_1": "changed", **WHO}, "Write what has changed"),
        ({"outcome_1": "perhaps", **WHO}, "Choose one of the answers"),
        ({"capacity_1": "maybe", **WHO}, "Choose one of the answers about room"),
        ({"weeks_1": "soon", **WHO}, "as a number from 1 to 104"),
        ({"weeks_1": "0", **WHO}, "as a number from 1 to 104"),
        ({"phone_1": "not a phone", **WHO}, "Write the phone number in figures"),
        ({"phone_1": "0" * 61, **WHO}, "60 letters fit"),
        ({"outcome_1": "right", "name": "P" * 81, "role": "x"}, "80 letters fit"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_lost_or_saved(
    linked: House, browser: httpx.AsyncClient, typed: dict[str, str], remedy: str
) -> None:
    page = await answers(browser, **typed)
    assert page.status_code == 400
    assert remedy in page.text
    assert all(f'value="{value}"' in page.text for field, value in typed.items() if field in ("name", "role"))
    with linked.store.begin() as unit:
        assert not unit.execute(select(service_check)).all()


async def test_what_was_typed_is_shown_again_and_means_nothing_to_the_browser(linked: House, browser: httpx.AsyncClient) -> None:
    page = await answers(browser, words_1="</textarea><script>x</script>", entry_1='"><b>', name="Pat")
    assert page.status_code == 400
    assert "<script>" not in page.text
    assert "<b>" not in page.text
    assert "&lt;script&gt;x" in page.text


async def test_a_form_too_large_to_be_filled_in_by_hand_is_refused(linked: House, browser: httpx.AsyncClient) -> None:
    page = await answers(browser, words_1="x" * 400_000, **WHO)
    assert page.status_code == 413
    assert waits(linked) == []


async def test_a_provider_can_ask_for_no_more_letters(linked: House, browser: httpx.AsyncClient) -> None:
    page = await sends(browser, await browser.get(path_of(TOKEN)), "/stop")
    assert "We will not write to you again" in page.text
    await sends(browser, await browser.get(path_of(TOKEN)), "/stop")
    with linked.store.begin() as unit:
        assert provider_links.is_silent(unit, "post@larder.example.org")


async def test_the_audit_names_the_services_and_no_person(linked: House, browser: httpx.AsyncClient) -> None:
    await answers(browser, outcome_2="right", **WHO)
    with linked.store.begin() as unit:
        rows = unit.execute(select(audit).where(audit.c.actor == "provider")).all()
    assert {(row.act, row.subject) for row in rows} == {("answer_for_services", KEYS["Food Van"])}
    assert "Pat" not in repr(rows)


def test_a_later_word_adds_to_an_earlier_one() -> None:
    assert Amendment("1", "a").followed_by(Amendment("2", entry="b")) == Amendment("2", "a", "b")


class Outline(HTMLParser):
    """What a screen reader needs of a page: ids, what labels are for, what fields are described by, where links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[str] = []
        self.pointed_to: list[str] = []
        self.bare_radios = self._in_label = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self._in_label += tag == "label"
        self.labelled |= {given["for"]} if tag == "label" and "for" in given else set()
        if tag in ("input", "textarea") and given.get("type") == "radio":
            self.bare_radios += not self._in_label
        elif tag in ("input", "textarea"):
            self.fields.append(given["id"])
        self.pointed_to += [given["aria-describedby"]] if "aria-describedby" in given else []
        self.pointed_to += [given["href"][1:]] if given.get("href", "").startswith("#") else []

    def handle_endtag(self, tag: str) -> None:
        self._in_label -= tag == "label"


@pytest.mark.parametrize("typed", [{}, {"outcome_1": "changed", "weeks_2": "soon", "phone_2": "0" * 61}])
async def test_every_field_has_its_label_and_every_complaint_its_field(
    linked: House, browser: httpx.AsyncClient, typed: dict[str, str]
) -> None:
    page = await answers(browser, **typed) if typed else await browser.get(path_of(TOKEN))
    outline = Outline(page.text)
    assert len(outline.fields) == 2 * 5 + 2
    assert set(outline.fields) <= outline.labelled
    assert outline.bare_radios == 0
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.pointed_to) <= set(outline.ids)
    assert len(outline.pointed_to) == (0 if not typed else 2 * 5)
