"""What others read of the directory: all that stands, as the standard has it, and nothing of anybody."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from clinic_acts import Clock, browser_of
from limits import RateLimitItemPerMinute
from schemas import complaints
from sqlalchemy import update

from rxbot.clinic.pages import House
from rxbot.directory.checks import Amendment, Statement
from rxbot.directory.grid import km_between
from rxbot.directory.hsds import read_listing, read_services
from rxbot.directory.model import Category, Organization, Place, Service, Term
from rxbot.feeds import open_feed
from rxbot.published.asked_list import AskedList, near_of
from rxbot.published.parameters import Asked
from rxbot.store import match_index, published_index, published_lists, service_checks
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.directory_tables import directory_service
from rxbot.store.places import find_places
from rxbot.store.published_lists import ListFilter
from rxbot.store.service_checks import Speaker
from rxbot.store.unit import Unit
from rxbot.throttle import Throttle

KINDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
PAT = Speaker("Pat Brook", "manager")
SOUP, CHOIR = (Service(id, name, Organization("o", "Mission"), status="active") for id, name in (("1", "Soup"), ("2", "Choir")))


async def asks(reader: httpx.AsyncClient, path: str, **parameters: object) -> dict[str, Any]:
    answer = await reader.get(f"/hsds/{path}", params={name: str(value) for name, value in parameters.items()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def names(reader: httpx.AsyncClient, path: str = "services", **parameters: object) -> set[str]:
    return {one["name"] for one in (await asks(reader, path, per_page=100, **parameters))["contents"]}


async def ids(reader: httpx.AsyncClient, path: str = "services", **parameters: object) -> set[str]:
    return {one["id"] for one in (await asks(reader, path, minimal="true", **parameters))["contents"]}


def keeps(house: House, *services: Service, publisher: str = "Town") -> None:
    with house.store.begin() as unit:
        save_feed(unit, publisher, services, house.now())


# Every answer stands as the standard has it


async def test_every_record_of_the_town_stands_as_the_schemas_want_it(published: House, reader: httpx.AsyncClient) -> None:
    for path, kind in KINDS.items():
        assert await wrongs(reader, path, kind) == []


async def test_every_record_of_san_mateo_stands_as_the_schemas_want_it(
    house: House, reader: httpx.AsyncClient, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_index, "post", lambda *_: None)  # nobody searches in it here
    keeps(house, *read_services(open_feed(shared / "directories/san-mateo-cip"))[0])
    for path, kind in KINDS.items():
        assert await wrongs(reader, path, kind) == []
    assert len(await ids(reader)) == 1703


async def wrongs(reader: httpx.AsyncClient, path: str, kind: str) -> list[str]:
    """Say what is wrong with each record of a list: whole, and as it is listed."""
    whole = (await reader.get(f"/hsds/{path}", params={"format": "ndjson", "full": "true"})).text.splitlines()
    listed = (await reader.get(f"/hsds/{path}", params={"format": "ndjson"})).text.splitlines()
    assert len(whole) == len(listed) > 0
    records = [json.loads(line) for line in (*whole, *listed)]
    assert not any(isinstance(value, list) for record in records[len(whole) :] for value in record.values())
    one = await asks(reader, f"{path}/{records[0]['id']}")
    assert one == records[0]
    return [words for record in records for words in complaints(kind, record)]


async def test_it_introduces_itself(published: House, reader: httpx.AsyncClient) -> None:
    root = await asks(reader, "")
    assert root["version"] == "3.1"
    assert root["openapi_url"] == "http://town.test/hsds/openapi.json"
    described = (await reader.get(root["openapi_url"])).json()
    assert {f"/{name}" for name in KINDS} < set(described["paths"])


@pytest.mark.parametrize("ids_alone", [False, True])
async def test_what_is_taken_back_while_somebody_reads_is_left_out(
    published: House, town: tuple[Service, ...], ids_alone: bool
) -> None:
    async def reads_of_half(work: Callable[[Unit], Any]) -> Any:
        """Read, and meanwhile the publisher takes half of its list back."""
        with published.store.begin() as unit:
            found = work(unit)
        with published.store.begin() as unit:
            save_feed(unit, "Town", town[: len(town) // 2], published.now(), take_fewer=True)
        return found

    name, wanted = "service_at_locations", ListFilter(("Town",), near=Place(53.07, 0.42), km=50)
    with published.store.begin() as unit:
        before = published_lists.rows(unit, name, wanted, 1000)
    near = await near_of(reads_of_half, name, wanted)
    page = await AskedList(reads_of_half, name, Asked(minimal=ids_alone, per_page=100), wanted, list(before)).page()
    assert 0 < len(near) < len(before)
    assert {one["id"] for one in page["contents"]} >= {row.id for row in near}
    assert 0 < page["size"] < page["total_items"] == len(before)


# Pages


async def test_the_pages_hold_every_service_once(published: House, reader: httpx.AsyncClient, town: tuple[Service, ...]) -> None:
    offered = [service for service in town if service.offered]
    pages = [await asks(reader, "services", page=number, per_page=30) for number in (1, 2, 3, 4, 5)]
    assert [page["size"] for page in pages] == [30, 30, 30, len(offered) - 90, 0]
    assert [(page["first_page"], page["last_page"], page["empty"]) for page in pages] == [
        (True, False, False),
        (False, False, False),
        (False, False, False),
        (False, True, False),
        (False, True, True),
    ]
    assert {(page["total_items"], page["total_pages"]) for page in pages} == {(len(offered), 4)}
    found = [one["id"] for page in pages for one in page["contents"]]
    assert len(set(found)) == len(found) == len(offered)
    assert await ids(reader) == set(found), "ids alone come on one page"


async def test_a_list_that_holds_nothing_is_one_empty_page(house: House, reader: httpx.AsyncClient) -> None:
    page = await asks(reader, "services")
    assert (page["total_items"], page["total_pages"], page["empty"], page["last_page"], page["contents"]) == (
        0,
        1,
        True,
        True,
        [],
    )


# What is found


async def test_all_words_of_a_search_have_to_be_there(published: House, reader: httpx.AsyncClient) -> None:
    assert "Kittersea Food Bank" in await names(reader, search="FOOD bank")
    assert await names(reader, search="food zebra") == set()


async def test_services_are_found_by_category_vocabulary_and_organization(published: House, reader: httpx.AsyncClient) -> None:
    whole = (await asks(reader, "services", full="true", per_page=100))["contents"]
    term = next(row["taxonomy_term"] for one in whole for row in one["attributes"] if row["link_type"] == "category")
    has = {one["id"] for one in whole if term["id"] in {row["taxonomy_term"]["id"] for row in one["attributes"]}}
    assert await ids(reader, taxonomy_term_id=term["id"]) == has
    assert await ids(reader, taxonomy_id=term["taxonomy_id"]) >= has
    assert term["id"] in await ids(reader, "taxonomy_terms", taxonomy_id=term["taxonomy_id"])
    owner = whole[0]["organization"]["id"]
    assert await ids(reader, organization_id=owner) == {one["id"] for one in whole if one["organization"]["id"] == owner}
    assert await ids(reader, organization_id="nobody") == set()


async def test_categories_are_listed_below_each_other_and_read_again(house: House, reader: httpx.AsyncClient) -> None:
    food, tea = Term("Town", "1", "Food"), Term("Town", "1-2", "Tea")
    with house.store.begin() as unit:
        soup = replace(SOUP, terms=(Term("Town", "1-1", "Meals"),))
        listed = (Category(food), Category(soup.terms[0], food), Category(tea, food))
        save_feed(unit, "Town", [soup], house.now(), categories=listed)
    [top] = (await asks(reader, "taxonomy_terms", top_only="true"))["contents"]
    assert (top["name"], "parent_id" in top) == ("Food", False)
    below = await asks(reader, "taxonomy_terms", parent_id=top["id"])
    assert {one["name"]: one["parent_id"] for one in below["contents"]} == {"Meals": top["id"], "Tea": top["id"]}
    assert (await asks(reader, f"taxonomy_terms/{below['contents'][0]['id']}"))["parent_id"] == top["id"]
    pages = [(name, await asks(reader, name, full="true")) for name in ("services", "taxonomy_terms")]
    assert set(read_listing(pages).categories) == set(listed)
    said = (await asks(reader, "openapi.json"))["paths"]["/taxonomy_terms"]["get"]["parameters"]
    assert "Nothing does" not in str(said)


async def test_what_changed_after_a_moment_is_found(house: House, reader: httpx.AsyncClient, clock: Clock) -> None:
    keeps(house, SOUP, CHOIR)
    begin = clock()
    clock.passes(days=1)
    with house.store.begin() as unit:
        service_checks.tell_capacity(unit, service_key("Town", "2"), "capacity", None, "Pat", clock())
    assert await names(reader, modified_after=begin.isoformat()) == {"Soup", "Choir"}
    assert await names(reader, modified_after=(begin + timedelta(hours=1)).isoformat()) == {"Choir"}
    [choir] = (await asks(reader, "services", search="choir", minimal="true"))["contents"]
    assert choir["modified_date"] == "2026-03-03T09:00:00Z"


async def test_places_are_found_round_a_postcode(published: House, reader: httpx.AsyncClient) -> None:
    with published.store.begin() as unit:
        [spot] = find_places(unit, "QM1", limit=1)
    near = (await asks(reader, "service_at_locations", postcode="QM1", proximity=800, per_page=100))["contents"]
    spots = [Place(one["location"]["latitude"], one["location"]["longitude"]) for one in near]
    assert 0 < len(spots) < len(await ids(reader, "service_at_locations"))
    assert all(km_between(spot, one) <= 0.8 for one in spots)
    answer = await reader.get("/hsds/service_at_locations?postcode=ZZ99")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_who_takes_only_people_of_elsewhere_drops_out_of_a_postcode(house: House, reader: httpx.AsyncClient) -> None:
    """A square in the sea is the area of the second."""
    square = json.dumps({"type": "Polygon", "coordinates": [[[9, 9], [9, 10], [10, 10], [10, 9], [9, 9]]]})
    page: Mapping[str, Any] = {
        "location": {
            "id": "l",
            "location_type": "physical",
            "latitude": 53.07,
            "longitude": 0.42,
            "addresses": [{"city": "Kittersea", "postal_code": "QM1 4AA"}],
        }
    }
    area = {"service_areas": [{"extent": square, "extent_type": "geojson"}]}
    both = [{"id": id, "name": id, "organization": {"name": "O"}, "service_at_locations": [page]} for id in ("near", "far")]
    keeps(house, *read_services([("page", [both[0], {**both[1], **area}])])[0])
    found = (await asks(reader, "service_at_locations", postcode="QM1 4AA", full="true"))["contents"]
    [near] = (await asks(reader, "services", search="near"))["contents"]
    assert [one["service_id"] for one in found] == [near["id"]]


# What is left out


async def test_what_is_closed_suspended_retired_or_not_offered_is_not_there(house: House, reader: httpx.AsyncClient) -> None:
    more = [Service(id, name, Organization(id, name)) for id, name in (("3", "Shut"), ("4", "Doubted"), ("5", "Gone"))]
    asleep = Service("6", "Asleep", Organization("6", "Asleep"), status="inactive")
    keeps(house, SOUP, *more, asleep)
    everything = await ids(reader)
    assert len(everything) == 4
    keeps(house, SOUP, *more[:2], asleep)
    assert len(await ids(reader)) == 3
    with house.store.begin() as unit:
        service_checks.check(unit, service_key("Town", "3"), Statement("closed"), PAT, house.now(), house.now().date())
        doubted = update(directory_service).where(directory_service.c.key == service_key("Town", "4"))
        unit.execute(doubted.values(suspended_at=house.now()))
        published_index.stand(unit, [service_key("Town", "4")])
    assert await names(reader) == {"Soup"}
    assert await names(reader, "organizations") == {"Mission"}
    for gone in everything - await ids(reader):
        assert (await reader.get(f"/hsds/services/{gone}")).status_code == 404


async def test_only_publishers_that_may_be_passed_on_are_read(house: House, reader: httpx.AsyncClient) -> None:
    keeps(house, SOUP)
    keeps(house, CHOIR, publisher="Somebody else")
    assert await names(reader) == {"Soup"}


async def test_a_provider_is_heard_and_nobody_is_named(house: House, reader: httpx.AsyncClient) -> None:
    keeps(house, SOUP)
    with house.store.begin() as unit:
        told = Statement("changed", "Ask for Ann", Amendment(phone="01632 960777"))
        service_checks.check(unit, service_key("Town", "1"), told, PAT, house.now(), house.now().date())
        [one] = service_checks.waiting(unit)
        service_checks.settle(unit, one.number, "take", "Kim", house.now(), house.now().date())
        service_checks.tell_capacity(unit, service_key("Town", "1"), "waitlist", 3, PAT.name, house.now())
    answer = await reader.get("/hsds/services?full=true")
    [soup] = answer.json()["contents"]
    assert [phone["number"] for phone in soup["phones"]] == ["01632 960777"]
    assert soup["assured_date"] == "2026-03-02"
    assert [(one["available"], "3 weeks" in one["description"]) for one in soup["capacities"]] == [(0, True)]
    assert list(complaints("service", soup)) == []
    assert not any(name in answer.text for name in ("Pat", "Brook", "Kim", "Ann", "manager"))


async def test_where_nothing_is_published_there_is_nothing(house: House) -> None:
    scheme = replace(house.release.content.scheme, publish=())
    silent = replace(house, release=replace(house.release, content=replace(house.release.content, scheme=scheme)))
    async with browser_of(silent) as reader:
        assert (await reader.get("/hsds/services")).status_code == 404


def test_what_ships_publishes_nothing(release: Any) -> None:
    assert release.content.scheme.publish == ()


# How it is asked


@pytest.mark.parametrize(
    "wrong",
    [
        "page=0",
        "page=x",
        "search=tea&search=soup",
        "per_page=101",
        "per_page=-1",
        "format=xml",
        "modified_after=lately",
        "minimal=perhaps",
        "proximity=9",
    ],
)
async def test_what_cannot_be_read_is_a_problem_that_names_the_parameter(
    published: House, reader: httpx.AsyncClient, wrong: str
) -> None:
    answer = await reader.get(f"/hsds/service_at_locations?{wrong}")
    said = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert said["detail"].startswith(wrong.partition("=")[0])
    assert (said["status"], said["type"]) == (400, "about:blank")


async def test_all_that_is_wrong_is_said_at_once(published: House, reader: httpx.AsyncClient) -> None:
    said = (await reader.get("/hsds/services?page=0&format=xml")).json()["detail"]
    assert "page:" in said
    assert "format:" in said


@pytest.mark.parametrize("path", ["nothing", "services/nobody", "services/1/phones"])
async def test_what_is_not_there_is_a_problem_too(published: House, reader: httpx.AsyncClient, path: str) -> None:
    answer = await reader.get(f"/hsds/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_signs_that_a_database_cannot_hold_are_refused(on_postgresql: House) -> None:
    async with browser_of(on_postgresql) as reader:
        for name in ("search", "taxonomy_term_id", "taxonomy_id", "organization_id"):
            assert (await reader.get(f"/hsds/services?{name}=%00")).status_code == 400
        assert (await reader.get("/hsds/services/%00")).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_nothing_can_be_written(published: House, reader: httpx.AsyncClient, method: str) -> None:
    answer = await reader.request(method, "/hsds/services")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


async def test_what_somebody_has_already_is_not_sent_again_until_it_changes(house: House, reader: httpx.AsyncClient) -> None:
    keeps(house, SOUP, CHOIR)
    first = await reader.get("/hsds/services")
    mark = {"If-None-Match": first.headers["etag"]}
    again = await reader.get("/hsds/services", headers=mark)
    assert (again.status_code, again.content) == (304, b"")
    assert (await reader.get("/hsds/services?page=2", headers=mark)).status_code == 200
    keeps(house, SOUP)
    assert (await reader.get("/hsds/services", headers=mark)).status_code == 200


@pytest.mark.parametrize("path", ["services", "organizations", "taxonomies"])
async def test_who_asks_since_when_hears_of_every_change_even_within_the_second(
    house: House, reader: httpx.AsyncClient, clock: Clock, path: str
) -> None:
    keeps(house, SOUP, CHOIR)
    first = await reader.get(f"/hsds/{path}")
    assert first.headers["last-modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"
    since = {"If-Modified-Since": first.headers["last-modified"]}
    assert (await reader.get(f"/hsds/{path}", headers=since)).status_code == 304
    assert (await reader.get(f"/hsds/{path}", headers={**since, "If-None-Match": '"another"'})).status_code == 200
    keeps(house, SOUP)  # what is gone leaves no later day behind
    second = await reader.get(f"/hsds/{path}", headers=since)
    assert (second.status_code, second.headers["last-modified"]) == (200, "Mon, 02 Mar 2026 09:00:01 GMT")
    clock.passes(hours=1)
    since = {"If-Modified-Since": second.headers["last-modified"]}
    assert (await reader.get(f"/hsds/{path}", headers=since)).status_code == 304
    with house.store.begin() as unit:
        service_checks.tell_capacity(unit, service_key("Town", "1"), "capacity", None, "Pat", clock())
    assert (await reader.get(f"/hsds/{path}", headers=since)).headers["last-modified"] == "Mon, 02 Mar 2026 10:00:00 GMT"
    for nonsense in ("lately", "", "Mon, 02 Mar 2026 10:00:00", "Mon, 02 Mar 2026 10:00:00 +99999999999999999999"):
        assert (await reader.get(f"/hsds/{path}", headers={"If-Modified-Since": nonsense})).status_code == 200


async def test_a_record_is_not_sent_again_until_the_directory_changes(house: House, reader: httpx.AsyncClient) -> None:
    keeps(house, SOUP, CHOIR)
    [soup] = await ids(reader, search="soup")
    first = await reader.get(f"/hsds/services/{soup}")
    for name, header in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = await reader.get(f"/hsds/services/{soup}", headers={name: first.headers[header]})
        assert (again.status_code, again.content) == (304, b"")
    keeps(house, CHOIR)
    assert (await reader.get(f"/hsds/services/{soup}", headers={"If-None-Match": first.headers["etag"]})).status_code == 404


async def test_any_page_may_read_it_and_no_other_page_of_ours(published: House, reader: httpx.AsyncClient) -> None:
    answer = await reader.get("/hsds/services")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "no-cache"
    ours = await reader.get("/clinic/sign-in")
    assert "access-control-allow-origin" not in ours.headers
    assert (ours.headers["cross-origin-resource-policy"], ours.headers["cache-control"]) == ("same-origin", "no-store")


async def test_who_asks_very_often_has_to_wait(published: House) -> None:
    async with browser_of(replace(published, asked_by=Throttle(RateLimitItemPerMinute(3)))) as reader:
        answers = [await reader.get("/hsds/") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "60"
    assert answers[-1].headers["content-type"] == "application/problem+json"


# Others read it


async def test_our_own_import_reads_all_of_it(published: House, reader: httpx.AsyncClient, town: tuple[Service, ...]) -> None:
    pages = [(f"page {n}", await asks(reader, "services", full="true", page=n)) for n in (1, 2)]
    services, defects = read_services(pages)
    assert [one for one in defects if one.is_grave] == []
    again = {service.name: service for service in services}
    for one in (one for one in town if one.offered):
        assert again[one.name].phones == one.phones
        assert [at.place for at in again[one.name].locations] == [at.place for at in one.locations]
        assert (again[one.name].terms, again[one.name].schedules) == (one.terms, one.schedules)


async def test_passing_a_record_on_does_not_make_it_fresh(house: House, reader: httpx.AsyncClient) -> None:
    """Who checked it and when is its publisher's to say; when it came to us stands beside it, and is not read as a check."""
    old, never = replace(SOUP, last_modified=date(2013, 5, 4)), CHOIR
    looked_at = replace(SOUP, id="3", name="Bath", last_modified=date(2013, 5, 4), assured_date=date(2014, 1, 2))
    keeps(house, old, never, looked_at)
    lines = (await reader.get("/hsds/services", params={"format": "ndjson", "full": "true"})).text.splitlines()
    records = [json.loads(line) for line in lines]
    passed_on = {one.name: (one.last_modified, one.assured_date) for one in read_services([("hsds", records)])[0]}
    assert passed_on == {
        "Soup": (date(2013, 5, 4), None),
        "Choir": (None, None),
        "Bath": (date(2013, 5, 4), date(2014, 1, 2)),
    }
    assert {note["last_action_date"] for one in records for note in one["metadata"]} == {"2026-03-02T09:00:00Z"}
