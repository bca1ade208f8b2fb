"""A directory comes in by the command: from wherever it is, told in words to act on, and never half."""

import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from feed_server import Answer, Asked, as_json, moved, paged, serving, zipped
from typer.testing import CliRunner

from rxbot import app as root
from rxbot.__main__ import cli
from rxbot.commands.progress import progress
from rxbot.commands.sweeping import unswept
from rxbot.content.load import Release
from rxbot.directory.model import Place
from rxbot.errors import FeedWrong, Refused
from rxbot.feeds import api, web
from rxbot.settings import read_settings
from rxbot.store.directory_categories import categories_listed_by
from rxbot.store.directory_rows import all_services, publishers, service_key, service_of
from rxbot.store.unit import Store

COUNTS = (
    "organizations", "services", "locations", "service_at_locations", "services_with_coordinates",
    "locations_with_coordinates", "phones", "addresses", "contacts", "taxonomy_terms", "languages",
)  # fmt: skip


def record(number: int) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "name": f"Group {number}",
        "status": "active",
        "organization": {"id": "o", "name": "Lantern House"},
        "phones": [{"id": f"p{number}", "number": "01632 960101"}],
        "service_at_locations": [
            {
                "location": {
                    "id": "l",
                    "location_type": "physical",
                    "latitude": 53.07,
                    "longitude": 0.41,
                    "addresses": [{"address_1": "12 Lantern Street"}],
                },
            }
        ],
    }


def at(town: str, postcode: str, lat: float | None, lon: float | None) -> dict[str, Any]:
    address = {"city": town, "postal_code": postcode}
    return {
        "location": {
            "id": f"{town} {postcode} {lat}",
            "location_type": "physical",
            "latitude": lat,
            "longitude": lon,
            "addresses": [address],
        }
    }


RECORDS = [record(number) for number in range(1, 8)]
SHALLOW = [{"id": one["id"], "name": one["name"], "organization": one["organization"]} for one in RECORDS]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> Iterator[Store]:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    monkeypatch.setattr(root.os, "umask", lambda _: None)
    monkeypatch.setattr(web, "sleep", lambda _: None)
    opened = root.open_store(read_settings())
    yield opened
    opened.close()


def runs(*command: str) -> Any:
    told = CliRunner().invoke(cli, ["directory", *command], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told


def imports(source: object, *options: str, publisher: str = "Us") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(runs("import", str(source), "--publisher", publisher, "--json", *options).stdout)
    return found


def refused(source: object, complaint: str) -> FeedWrong:
    with pytest.raises(FeedWrong, match=complaint) as wrong:
        runs("import", str(source), "--publisher", "Us")
    assert wrong.value.remedy
    return wrong.value


def saved(tmp_path: Path, records: list[Any], name: str = "a.json") -> Path:
    (tmp_path / name).write_text(json.dumps(records))
    return tmp_path / name


def test_a_program_gets_every_figure(tmp_path: Path) -> None:
    odd = {**record(9), "minimum_age": "old", "status": "inactive"}
    found = imports(saved(tmp_path, [*RECORDS, odd]))
    defects = found.pop("defects")
    changes = {
        "publisher": "Us",
        "read": 8,
        "offered": 7,
        "added": 8,
        "changed": 0,
        "same": 0,
        "retired": 0,
        "answered": 0,
        "kept": 0,
    }
    assert {name: found[name] for name in changes} == changes
    assert set(found) == {*COUNTS, *changes}
    assert [found[name] for name in COUNTS] == [1, 8, 1, 8, 8, 1, 8, 1, 0, 0, 0]
    assert [(defect["code"], defect["count"], defect["first"]) for defect in defects] == [
        ("not_a_number", 1, "a.json item 8"),
        ("not_active", 1, "a.json item 8"),
    ]
    assert all(set(defect) == {"code", "count", "first", "remedy"} and defect["remedy"] for defect in defects)


def test_a_person_reads_what_was_found_what_changed_and_what_is_wrong_the_gravest_first(tmp_path: Path) -> None:
    rows = [{**one, "minimum_age": "old"} for one in RECORDS]
    said = runs("import", str(saved(tmp_path, [*rows, {**record(9), "status": "closed"}, {"status": "active"}]))).stdout
    assert "none_active" not in said
    assert "8 services read, 7 offered now: 8 new, 0 changed, 0 as they were, 0 retired." in said
    assert said.index("no_name") < said.index("unknown_status") < said.index("not_a_number")
    assert "Give it a name." in said
    assert "!!!" not in said


def test_a_directory_in_which_nothing_is_active_is_told_of_loudly(tmp_path: Path) -> None:
    said = runs("import", str(saved(tmp_path, [{**one, "status": "inactive"} for one in RECORDS]))).stdout
    assert "!!! 0 of 7 active !!!" in said


def test_twice_changes_nothing_and_what_vanished_is_retired_but_kept(tmp_path: Path, store: Store) -> None:
    imports(saved(tmp_path, RECORDS))
    again = imports(saved(tmp_path, RECORDS))
    assert (again["added"], again["changed"], again["same"], again["retired"]) == (0, 0, 7, 0)
    fewer = imports(saved(tmp_path, [{**RECORDS[0], "name": "New name"}, *RECORDS[2:]]))
    assert (fewer["changed"], fewer["same"], fewer["retired"]) == (1, 5, 1)
    with store.begin() as unit:
        kept = service_of(unit, service_key("Us", "s2"))
    assert kept is not None
    assert kept.name == "Group 2"
    back = imports(saved(tmp_path, RECORDS))
    assert (back["changed"] + back["added"], back["same"], back["retired"]) == (2, 5, 0)


def test_blanks_around_a_publisher_are_none_and_one_that_differs_in_capitals_is_told_of(tmp_path: Path, store: Store) -> None:
    imports(saved(tmp_path, RECORDS), publisher="Us")
    assert imports(saved(tmp_path, RECORDS), publisher="  Us ")["same"] == 7
    told = runs("import", str(saved(tmp_path, RECORDS)), "--publisher", "us").stderr
    assert "'us' is another publisher than 'Us'" in told
    assert "rxbot directory retire us" in told
    with store.begin() as unit:
        assert set(publishers(unit)) == {"Us", "us"}


@pytest.mark.parametrize("text", ["[]", "{}", '{"contents": []}'])
def test_where_nothing_is_there_it_is_not_called_right(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    told = CliRunner().invoke(cli, ["directory", "import", str(tmp_path / "a.json")])
    assert isinstance(told.exception, FeedWrong)
    assert "Nothing is wrong" not in told.output


@pytest.mark.parametrize("page", [{"openapi": "3.1.0", "info": {}}, {"profiles": [{"needs": ["food"]}]}, {"version": "3.1"}])
def test_what_is_no_service_is_called_so_and_not_counted_as_one(tmp_path: Path, page: dict[str, Any]) -> None:
    found = imports(saved(tmp_path, [*RECORDS, page]))
    assert (found["services"], found["read"]) == (7, 7)
    assert [(one["code"], one["count"]) for one in found["defects"]] == [("not_a_service", 1)]


def test_a_list_is_called_by_its_own_standard(tmp_path: Path) -> None:
    library = {
        "attributes": [{"taxonomy_term": {"code": "esdServiceType:437", "name": "Library", "taxonomy": "esdServiceTypes"}}]
    }
    older = {"content": RECORDS, "totalElements": 7, "totalPages": 1, "number": 1}
    for page, name in ((RECORDS, "HSDS 3"), ([{**one, **library} for one in RECORDS], "ORUK 3.0"), (older, "ORUK 1.0")):
        (tmp_path / "a.json").write_text(json.dumps(page))
        assert f"Us: read as {name} JSON." in runs("import", str(tmp_path / "a.json"), "--publisher", "Us").stdout


def test_signs_that_cannot_be_printed_are_taken_out_and_told_of(tmp_path: Path) -> None:
    bare = json.dumps([*RECORDS[1:], {**RECORDS[0], "name": "Soup@ and tea"}]).replace("@", "\x07")
    (tmp_path / "a.json").write_text(bare)
    found = imports(tmp_path / "a.json")
    assert [(one["code"], one["first"]) for one in found["defects"]] == [("control_character", "a.json item 7")]
    assert "Soup and tea" in runs("show", "soup").stdout


def test_the_search_for_cycles_goes_on_after_an_import_even_one_that_was_refused(tmp_path: Path) -> None:
    with unswept():
        assert not gc.isenabled()
    refused(saved(tmp_path, []), "holds no service")
    assert gc.isenabled()


def test_times_of_a_service_that_is_gone_are_not_those_of_the_others_at_its_place(tmp_path: Path, store: Store) -> None:
    tables = {
        "services": "id,name,status\n1,Soup,active\n",
        "locations": "id,name,latitude,longitude\n7,Hall,53.07,0.41\n",
        "service_at_location": "id,service_id,location_id\n1,1,7\n",
        "schedules": "id,service_id,location_id,description\n1,1,7,Mondays\n2,gone,7,Tuesdays\n",
        "phones": "id,service_id,location_id,organization_id,number\n1,gone,7,,01632 960102\n2,1,gone,,01632 960103\n",
    }
    for name, rows in tables.items():
        (tmp_path / "town").mkdir(exist_ok=True)
        (tmp_path / "town" / f"{name}.csv").write_text(rows)
    found = imports(tmp_path / "town")
    with store.begin() as unit:
        [(_, soup)] = all_services(unit)
    times = {one.description for one in (*soup.schedules, *soup.locations[0].schedules)}
    assert times == {"Mondays"}
    assert [one.number for one in (*soup.phones, *soup.locations[0].phones)] == ["01632 960103"]
    [lost] = [one for one in found["defects"] if one["code"] == "lost_row"]
    assert (lost["count"], lost["first"].split("/")[-1]) == (2, "phones.csv:2")


def test_publishers_stand_side_by_side(tmp_path: Path) -> None:
    imports(saved(tmp_path, RECORDS), publisher="One")
    other = imports(saved(tmp_path, RECORDS[:2]), publisher="Two")
    assert (other["added"], other["retired"]) == (2, 0)
    assert imports(saved(tmp_path, RECORDS), publisher="One")["same"] == 7


def test_a_directory_that_cannot_be_read_to_its_end_changes_nothing(tmp_path: Path) -> None:
    imports(saved(tmp_path, RECORDS))
    (tmp_path / "b.ndjson").write_text("\n".join([*map(json.dumps, RECORDS[:2]), '{"id":']))
    refused(tmp_path / "b.ndjson", r"b\.ndjson:3 This is not JSON")
    refused(saved(tmp_path, []), "holds no service")
    assert imports(saved(tmp_path, RECORDS))["same"] == 7


def test_the_same_records_are_the_same_directory_wherever_they_come_from(tmp_path: Path) -> None:
    first = imports(saved(tmp_path, RECORDS))
    (tmp_path / "lines.ndjson").write_text("\n".join(map(json.dumps, RECORDS)))
    (tmp_path / "folder").mkdir()
    for number, one in enumerate(RECORDS):
        saved(tmp_path / "folder", one, f"{number}.json")
    with ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("feed/lines.ndjson", (tmp_path / "lines.ndjson").read_text())
    found = [imports(tmp_path / name) for name in ("lines.ndjson", "folder", "a.zip")]
    ways: list[Asked] = [
        paged(RECORDS),
        paged(RECORDS, older=True),
        paged(RECORDS, older=True, first=0),
        paged(RECORDS, size=7),
        lambda path, parameters: zipped(paged(RECORDS)(path, parameters)),
        lambda path, _: as_json(RECORDS) if path == "/there" else moved("/there"),
        lambda *_: Answer((tmp_path / "a.zip").read_bytes()),
        lambda *_: Answer((tmp_path / "lines.ndjson").read_bytes(), headers={"content-type": "text/plain"}),
        lambda path, parameters: as_json({"version": "3.0", "profile": "x"}) if path == "/" else paged(RECORDS)(path, parameters),
    ]
    for answers in ways:
        with serving(answers) as server:
            found.append(imports(server.address if answers is ways[-1] else f"{server.address}/services"))
    for one in found:
        assert one == {**first, "added": 0, "same": 7}


class TestLiveService:
    """A list that is served page by page."""

    def test_a_shallow_list_is_asked_for_in_full(self) -> None:
        def answers(path: str, parameters: Mapping[str, str]) -> Answer:
            return paged(RECORDS if parameters.get("full") else SHALLOW)(path, parameters)

        with serving(answers) as server:
            found = imports(f"{server.address}/services?taxonomy_id=7")
        assert (found["read"], found["phones"]) == (7, 7)
        assert all("taxonomy_id=7" in path for path in server.asked)
        assert server.asked[-1].endswith("full=true&page=3")

    def test_the_categories_listed_by_a_service_that_introduces_itself_are_read_too(self, store: Store) -> None:
        food = {"id": "a", "name": "Food", "description": "Food"}
        terms = [food, {**food, "id": "b", "name": "Meals", "parent_id": "a"}]
        ways: list[tuple[Asked, list[str], dict[str, str]]] = [
            (lambda _, parameters: paged(terms, size=1)("/services", parameters), [], {"Meals": "Food"}),
            (lambda *_: Answer(b"<html>"), ["categories_not_read"], {"Meals": "Food"}),
            (lambda *_: as_json({"message": "not here"}, 404), [], {}),
        ]
        for of_terms, codes, known in ways:

            def answers(path: str, parameters: Mapping[str, str], of_terms: Asked = of_terms) -> Answer:
                if path == "/taxonomy_terms":
                    return of_terms(path, parameters)
                return as_json({"version": "3.1", "profile": "x"}) if path == "/" else paged(RECORDS)(path, parameters)

            with serving(answers) as server:
                found = imports(server.address)
            assert (found["read"], [one["code"] for one in found["defects"] if "categor" in one["code"]]) == (7, codes)
            with store.begin() as unit:
                assert {one.term.name: one.parent.name for one in categories_listed_by(unit, ["Us"]) if one.parent} == known

    @pytest.mark.parametrize("relative", [True, False])
    @pytest.mark.parametrize("wrap", [lambda link: {"next": link}, lambda link: {"links": {"next": {"href": link}}}])
    def test_a_list_that_names_its_next_page_is_read_to_the_end(
        self, relative: bool, wrap: Callable[[str | None], dict[str, Any]]
    ) -> None:
        def answers(_: str, parameters: Mapping[str, str]) -> Answer:
            start = int(parameters.get("from", 0))
            link = f"{'' if relative else server.address}/services?from={start + 3}" if start + 3 < len(RECORDS) else None
            return as_json({"results": RECORDS[start : start + 3], **wrap(link)})

        with serving(answers) as server:
            found = imports(f"{server.address}/services")
        assert (found["read"], found["defects"]) == (7, [])

    def test_a_bare_list_whose_header_names_the_next_page_is_read_to_the_end(self) -> None:
        def answers(_: str, parameters: Mapping[str, str]) -> Answer:
            start = int(parameters.get("from", 0))
            more = {"link": f'</services?from={start + 3}>; rel="next"'} if start + 3 < len(RECORDS) else {}
            return as_json(RECORDS[start : start + 3], **more)

        with serving(answers) as server:
            found = imports(f"{server.address}/services")
        assert (found["read"], found["defects"]) == (7, [])

    @pytest.mark.parametrize(
        "told",
        [
            lambda page: {"total_items": "7", "total_pages": "3", "page_number": str(page)},
            lambda page: {"total_pages": 3.0, "page_number": float(page)},
            lambda page: {"pagination": {"page": page, "total_pages": 3}},
            lambda page: {"meta": {"current_page": page, "last_page": 3}},
        ],
    )
    def test_a_list_is_read_to_the_end_however_it_writes_its_numbers(self, told: Callable[[int], dict[str, Any]]) -> None:
        def answers(_: str, parameters: Mapping[str, str]) -> Answer:
            page = int(parameters.get("page", 1))
            return as_json({"contents": RECORDS[page * 3 - 3 : page * 3], **told(page)})

        with serving(answers) as server:
            found = imports(f"{server.address}/services")
        assert (found["read"], found["defects"]) == (7, [])

    def test_a_list_that_counts_more_than_it_gives_is_asked_for_more(self) -> None:
        def answers(_: str, parameters: Mapping[str, str]) -> Answer:
            start = (int(parameters.get("page", 1)) - 1) * 3
            return as_json({"contents": RECORDS[start : start + 3], "total_items": len(RECORDS)})

        with serving(answers) as server:
            found = imports(f"{server.address}/services")
        assert (found["read"], found["defects"]) == (7, [])

    def test_a_list_without_numbers_that_never_gives_the_rest_is_refused(self) -> None:
        with serving(lambda *_: as_json({"contents": RECORDS[:3], "total_items": 7})) as server:
            refused(f"{server.address}/services", "gives the same services again")

    @pytest.mark.parametrize("elsewhere", ["https://elsewhere.example.org/services?page=2", "http://127.0.0.1:1/services?page=2"])
    def test_a_list_that_goes_on_elsewhere_is_refused(self, elsewhere: str) -> None:
        page = {"contents": RECORDS[:3], "next": elsewhere}
        with serving(lambda *_: as_json(page)) as server:
            refused(f"{server.address}/services", "goes on at another server: ")

    def test_where_that_does_not_help_each_service_is_asked_for(self) -> None:
        def answers(path: str, parameters: Mapping[str, str]) -> Answer:
            single = next((one for one in RECORDS if path == f"/services/{one['id']}"), None)
            return as_json(single) if single else paged(SHALLOW)(path, parameters)

        with serving(answers) as server:
            assert imports(f"{server.address}/services")["phones"] == 7

    def test_where_there_is_nothing_more_it_says_so(self) -> None:
        with serving(paged(SHALLOW)) as server:
            found = imports(f"{server.address}/services")
        assert found["read"] == 7
        assert "shallow" in [defect["code"] for defect in found["defects"]]
        assert sum("/services/" in path for path in server.asked) == 1

    def test_fewer_than_it_says_are_counted(self) -> None:
        def answers(path: str, parameters: Mapping[str, str]) -> Answer:
            page = json.loads(paged(RECORDS)(path, parameters).body)
            return as_json({**page, "total_items": 12})

        with serving(answers) as server:
            found = imports(f"{server.address}/services")
        assert ("fewer_than_said", "7 of 12") in [(defect["code"], defect["first"]) for defect in found["defects"]]

    def test_what_is_missing_from_a_list_that_was_cut_stays_as_it_was(self) -> None:
        with serving(paged(RECORDS)) as server:
            imports(f"{server.address}/services")

        def without_the_middle(path: str, parameters: Mapping[str, str]) -> Answer:
            page = json.loads(paged(RECORDS)(path, parameters).body)
            return as_json({**page, "contents": [one for one in page["contents"] if one["id"] not in ("s4", "s5")]})

        def without_an_end(path: str, parameters: Mapping[str, str]) -> Answer:
            page = json.loads(paged(RECORDS)(path, parameters).body)
            cut = {"contents": [], "empty": True} if page["page_number"] == 2 else {}
            return as_json({name: value for name, value in {**page, **cut}.items() if name != "total_items"})

        for answers, missing in ((without_the_middle, 2), (without_an_end, 4)):
            with serving(answers) as server:
                assert imports(f"{server.address}/services")["kept"] == missing
                told = runs("import", f"{server.address}/services", "--publisher", "Us").stdout
                assert f"shown as before, as the list was cut: {missing}." in told
                assert "0 retired" in told
        with serving(without_the_middle) as server:
            assert imports(f"{server.address}/services", "--take-fewer")["retired"] == 2

    def test_a_service_that_vanishes_while_each_is_asked_for_leaves_the_others_whole(self) -> None:
        def answers(path: str, parameters: Mapping[str, str]) -> Answer:
            single = next((one for one in RECORDS if path == f"/services/{one['id']}" and one["id"] != "s4"), None)
            return as_json(single) if single else paged(SHALLOW)(path, parameters)

        with serving(answers) as server:
            found = imports(f"{server.address}/services")
        assert (found["read"], found["phones"]) == (6, 6)
        assert ("vanished", "service s4") in [(defect["code"], defect["first"]) for defect in found["defects"]]

    def test_a_list_that_grows_while_it_is_read_may_end_with_what_was_there(self) -> None:
        def answers(_: str, parameters: Mapping[str, str]) -> Answer:
            number = int(parameters.get("page", 1))
            return as_json({"contents": RECORDS[:3] if number == 1 else RECORDS[2:3], "page_number": number, "total_pages": 2})

        with serving(answers) as server:
            assert imports(f"{server.address}/services")["read"] == 3

    @pytest.mark.parametrize("total", [99, 2, None])
    def test_the_same_page_again_and_again_is_noticed(self, total: int | None) -> None:
        page = {"contents": RECORDS, "page_number": 1, "last_page": False, "total_pages": total}
        with serving(lambda *_: as_json(page)) as server:
            refused(f"{server.address}/services", "gives the same services again as page")
        assert len(server.asked) < 5

    def test_new_pages_without_end_are_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(api, "MOST_PAGES", 20)

        def answers(_: str, parameters: Mapping[str, str]) -> Answer:
            number = int(parameters.get("page", 1))
            return as_json({"contents": [record(number)], "page_number": number, "last_page": False})

        with serving(answers) as server:
            refused(f"{server.address}/services", "not at its end after 20 pages")

    @pytest.mark.parametrize(
        ("later", "complaint"),
        [
            (as_json({"message": "oops"}, 500), "answers 500"),
            (Answer(b"<html>Sorry</html>"), "is a web page"),
            (as_json({"error": "no such page"}), "something else for page 2"),
            (Answer(b'{"contents": ['), "This is not JSON"),
            (Answer(b"not gzip", headers={"content-encoding": "gzip"}), "cannot be unpacked"),
            (Answer(b"{", headers={"content-length": "100", "connection": "close"}), "breaks off"),
        ],
    )
    def test_a_page_that_fails_leaves_the_directory_as_it_was(self, later: Answer, complaint: str) -> None:
        with serving(paged(RECORDS)) as server:
            imports(f"{server.address}/services")
        pages = paged(RECORDS[:6])
        with serving(lambda path, asked: later if "page" in asked else pages(path, asked)) as server:
            refused(f"{server.address}/services", complaint)
        with serving(paged(RECORDS)) as server:
            assert imports(f"{server.address}/services")["same"] == 7

    def test_a_busy_server_is_asked_once_more(self) -> None:
        asked: list[str] = []

        def answers(path: str, parameters: Mapping[str, str]) -> Answer:
            asked.append(path)
            return as_json({}, 429, **{"retry-after": "1"}) if len(asked) % 2 else paged(RECORDS)(path, parameters)

        with serving(answers) as server:
            assert imports(f"{server.address}/services")["read"] == 7

    def test_a_server_is_left_alone_for_as_long_as_it_asks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        slept: list[float] = []
        monkeypatch.setattr(web, "sleep", slept.append)
        far = "Fri, 31 Dec 9999 23:59:59 GMT"
        no_zone = "Thu, 01 Jan 1970 00:00:00 -99999999999999999999"
        said = (
            ("7", 7.0),
            ("120", 120.0),
            ("soon", 2.0),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
            (no_zone, 2.0),
            ("9" * 400, 2.0),
        )
        for asked, waited in said:
            slept.clear()
            busy = iter([as_json({}, 429, **{"retry-after": asked})])
            with serving(lambda *_, busy=busy: next(busy, as_json(RECORDS))) as server:  # type: ignore[misc]
                assert imports(f"{server.address}/services")["read"] == 7
            assert slept == [waited]
        for asked in ("7200", far):
            with serving(lambda *_, asked=asked: as_json({}, 429, **{"retry-after": asked})) as server:  # type: ignore[misc]
                assert "minutes. Import it then." in refused(f"{server.address}/services", "is busy").remedy
            assert len(server.asked) == 1

    def test_a_line_that_breaks_in_the_middle_of_a_list_is_taken_up_again(self) -> None:
        broken = iter([Answer(b"{", headers={"content-length": "100", "connection": "close"})] * 2)
        pages = paged(RECORDS)
        with serving(lambda path, asked: next(broken, pages(path, asked)) if "page" in asked else pages(path, asked)) as server:
            assert imports(f"{server.address}/services")["read"] == 7


MANY = [record(number) for number in range(1, 31)]


class TestSlips:
    """A publisher's slip takes nothing away."""

    @pytest.mark.parametrize(
        ("slip", "complaint"),
        [
            (MANY[:14], "16 of the 30 .* 16 are missing, 0 are called inactive"),
            ([record(number) for number in range(101, 131)], "30 of the 30 .* 30 are missing"),
            ([{**one, "status": "inactive"} for one in MANY], "30 of the 30 .* 0 are missing, 30 are called inactive"),
        ],
    )
    def test_a_list_that_lacks_most_of_what_people_are_shown_is_refused(
        self, tmp_path: Path, store: Store, slip: list[Any], complaint: str
    ) -> None:
        imports(saved(tmp_path, MANY))
        assert "--take-fewer" in refused(saved(tmp_path, slip), complaint).remedy
        with store.begin() as unit:
            assert len(all_services(unit)) == 30
        imports(saved(tmp_path, slip), "--take-fewer")
        with store.begin() as unit:
            assert len(all_services(unit)) == sum(one["status"] == "active" for one in slip)

    def test_half_of_a_list_and_most_of_three_may_go(self, tmp_path: Path) -> None:
        imports(saved(tmp_path, MANY))
        assert imports(saved(tmp_path, MANY[:15]))["retired"] == 15
        imports(saved(tmp_path, MANY[:3]), publisher="A small one")
        assert imports(saved(tmp_path, MANY[:1]), publisher="A small one")["retired"] == 2

    def test_most_of_a_list_as_short_as_a_sheet_of_ones_own_is_refused_too(self, tmp_path: Path) -> None:
        imports(saved(tmp_path, MANY[:5]))
        refused(saved(tmp_path, MANY[:1]), "4 of the 5 services of Us")
        assert imports(saved(tmp_path, MANY[:3]))["retired"] == 2


class TestAddresses:
    """What stands at an address may be anything."""

    @pytest.mark.parametrize(
        ("answer", "complaint", "remedy"),
        [
            (moved("/again"), "without end", "Ask the publisher"),
            (moved("file:///etc/passwd"), "no address we can open", "https://"),
            (as_json({}, 401), "answers 401", "key"),
            (as_json({}, 404), "answers 404", "the list itself"),
            (as_json({}, 503), "answers 503", "later"),
            (Answer(b"<!doctype html>"), "is a web page", "the list itself"),
            (Answer(b"  "), "is empty", "template"),
        ],
    )
    def test_what_is_no_directory_is_refused_with_a_remedy(self, answer: Answer, complaint: str, remedy: str) -> None:
        with serving(lambda *_: answer) as server:
            assert remedy in refused(server.address, complaint).remedy

    def test_more_than_the_limit_is_not_fetched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(web, "MOST_IN_A_FILE", 10_000)
        with serving(lambda *_: zipped(Answer(b" " * 1_000_000))) as server:
            refused(server.address, "sends more than 0 MB in one answer")

    def test_a_list_of_which_all_pages_together_are_too_large_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(web, "MOST_IN_ALL", 1_000)
        with serving(paged(RECORDS)) as server:
            refused(f"{server.address}/services", "sends more than 0 MB in all")

    def test_nobody_there_and_no_answer_in_time_are_told_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with serving(lambda *_: as_json([])) as server:
            pass
        refused(server.address, "cannot be reached")
        refused("http://", "no address we can open|cannot be reached")
        refused("ftp://example.org/services.csv", "no address we can open")
        monkeypatch.setattr(web, "DONE_WITHIN", -1)
        with serving(lambda *_: as_json(RECORDS)) as server:
            refused(server.address, "does not come to an end")

    def test_silence_is_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(web, "ANSWER_WITHIN", 0.05)
        held = threading.Event()

        def answers(*_: object) -> Answer:
            held.wait(5)
            return as_json([])

        with serving(answers) as server:
            refused(server.address, "does not answer in time")
            held.set()


class Screen(StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is_and_a_file_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for screen, stages in ((Screen(), ["Fetching", "Saving"]), (StringIO(), [])):
        monkeypatch.setattr("sys.stderr", screen)
        with progress() as tell:
            tell("Fetching", 1, 0)
            tell("Fetching", 2, 0)
            tell("Saving", 200, 400)
            tell("Saving", 400, 400)
        assert [stage for stage in ("Fetching", "Saving") if stage in screen.getvalue()] == stages
        assert ("100%" in screen.getvalue()) is bool(stages)


class TestFirstHour:
    """A coordinator with a spreadsheet."""

    def test_the_template_is_written_imported_filled_in_and_imported_again(self, tmp_path: Path) -> None:
        out = tmp_path / "ours.csv"
        said = runs("template", str(out)).stdout
        assert f"rxbot directory import {out}" in said
        assert "Write your own services" in refused(out, "holds only the examples of the template").remedy
        header, explained, *_ = out.read_text("utf-8-sig").splitlines()
        rows = ["Lantern House,Choir,We sing.," + "," * 18, "Lantern House,Games,,,sixteen," + "," * 16]
        out.write_text("\n".join([header, explained, *rows]), "utf-8-sig")
        told = runs("import", str(out))
        assert "1 service read, 1 offered now: 1 new, 0 changed, 0 as they were, 0 retired." in told.stdout
        assert told.stderr == "ours.csv: Row 4, 'lowest age': 'sixteen' is not a number. Write 16.\n"

    def test_a_row_that_went_wrong_leaves_its_service_as_people_know_it(self, tmp_path: Path, store: Store) -> None:
        sheet = tmp_path / "ours.csv"
        sheet.write_text("organization,service,cost\nA,Choir,Free\nA,Games,Free\nA,Van,Free\n")
        runs("import", str(sheet))
        sheet.write_text("organization,service,cost\nA,Choir,2 pounds\nA,Games,Yes\nB,Bus,Yes\n")
        told = runs("import", str(sheet)).stdout
        assert "1 service read, 1 offered now: 0 new, 1 changed, 0 as they were, 1 retired." in told
        assert "not offered to anybody.\n  Van\n" in told
        assert "Left out, but shown as they were before until you mend their rows: 1." in told
        with store.begin() as unit:
            assert {service.name: service.fees_description for _, service in all_services(unit)} == {
                "Choir": "2 pounds",
                "Games": "Free",
            }
        sheet.write_text("organization,service,cost\nA,Choir,2 pounds\nA,Games,Free\n")
        assert "0 new, 0 changed, 2 as they were, 0 retired." in runs("import", str(sheet)).stdout

    def test_rows_behind_a_quotation_mark_that_is_never_closed_stay_as_they_were(self, tmp_path: Path, store: Store) -> None:
        sheet = tmp_path / "ours.csv"
        rows = [f"A,S{number},What it is" for number in range(9)]
        sheet.write_text("\n".join(("organization,service,what it does", *rows)))
        assert imports(sheet)["added"] == 9
        sheet.write_text("\n".join(("organization,service,what it does", *rows[:5], 'A,S5,"What it is', *rows[6:])))
        told = runs("import", str(sheet), "--publisher", "Us")
        assert "Row 7: A quotation mark here is never closed" in told.stderr
        assert "Missing, but shown as before, as rows ran together: 4." in told.stdout
        with store.begin() as unit:
            assert {service.description for _, service in all_services(unit)} == {"What it is"}
            assert len(list(all_services(unit))) == 9

    def test_what_has_no_coordinates_is_put_where_its_postcode_or_town_is_known_to_be(self, tmp_path: Path, store: Store) -> None:
        hall = {**record(1), "service_at_locations": [at("Kittersea", "QM1 4AA", 53.07, 0.41)]}
        imports(saved(tmp_path, [hall]), publisher="Town")
        sheet = tmp_path / "ours.csv"
        rows = ["A,Choir,1 Quay,Kittersea,QM1 4AA", "A,Games,2 Quay,Kittersea,", "A,Van,3 Quay,Nowhere,ZZ9 9ZZ"]
        sheet.write_text("\n".join(("organization,service,address,town,postcode", *rows)))
        found = {one["code"]: (one["count"], one["first"]) for one in imports(sheet)["defects"]}
        assert (found["placed_by_postcode"], found["placed_by_town"]) == ((1, "ours.csv row 2"), (1, "ours.csv row 3"))
        assert found["nowhere"] == found["no_coordinates"] == (1, "ours.csv row 4"), (
            "not the first row, which is on the map by now"
        )
        with store.begin() as unit:
            spots = {one.name: one.locations[0] for _, one in all_services(unit, "Us")}
        assert (spots["Choir"].place, spots["Choir"].is_rough) == (Place(53.07, 0.41), True)
        assert (spots["Van"].place, spots["Van"].is_rough) == (None, False)
        assert imports(sheet)["same"] == 3

    def test_other_formats_are_put_in_their_town_where_they_name_no_area(self, tmp_path: Path, store: Store) -> None:
        hall = {**record(1), "service_at_locations": [at("Kittersea", "QM1 4AA", 53.07, 0.41)]}
        near = {**record(2), "service_at_locations": [at("Kittersea", "QM1 4AA", None, None)]}
        town = {**record(3), "service_at_locations": [at("Kittersea", "", None, None)]}
        around = {**record(4), **{"service_at_locations": town["service_at_locations"], "service_areas": [{"name": "Marshland"}]}}
        ours = saved(tmp_path, [hall, near, town, around])
        found = {one["code"]: one["count"] for one in imports(ours)["defects"]}
        assert (found["placed_by_postcode"], found["placed_by_town"]) == (1, 1)
        assert found["no_coordinates"] == 3, "what its publisher left out is told of all the same"
        with store.begin() as unit:
            rough = {service.id: service.locations[0].is_rough for _, service in all_services(unit)}
        assert list(rough.values()).count(True) == 2
        assert imports(ours)["same"] == 4

    def test_what_others_tell_of_a_postcode_changes_no_record_that_stands(self, tmp_path: Path) -> None:
        """Nor do the records of the list itself that are not offered, which tell where others of their postcode are."""
        near = {**record(2), "service_at_locations": [at("Kittersea", "QM1 4AA", None, None)]}
        off = {**record(3), "service_at_locations": [at("Kittersea", "QM2 1AA", None, None)]}
        hall = {**record(1), "service_at_locations": [at("Kittersea", "QM1 4AA", 53.07, 0.41)]}
        shut = {**hall, "id": "s9", "status": "inactive", "service_at_locations": [at("Kittersea", "QM1 4AA", 53.08, 0.42)]}
        ours = saved(tmp_path, [hall, shut, near, off])
        others = [{**hall, "service_at_locations": [at("Kittersea", code, 53.09, 0.43)]} for code in ("QM1 4AA", "QM2 1AA")]
        theirs = saved(tmp_path, [{**one, "id": f"t{number}"} for number, one in enumerate(others)], "b.json")
        imports(ours)
        assert imports(ours)["same"] == 4
        imports(theirs, publisher="They")
        assert (imports(ours)["same"], imports(theirs, publisher="They")["same"]) == (4, 2)
        later = imports(ours, publisher="Later")
        assert {one["code"]: one["count"] for one in later["defects"]}["placed_by_postcode"] == 2, "who is new hears of them"
        runs("retire", "They")
        assert imports(ours, publisher="Later")["same"] == 4

    def test_a_town_of_which_there_are_two_is_not_guessed_at(self, tmp_path: Path) -> None:
        sheet = tmp_path / "ours.csv"
        rows = ["A,Choir,Newton,QM1 4AA,53.1,0.4", "A,Games,Newton,,,", "A,Van,Newton,NE1 1AA,53.1,0.41"]
        sheet.write_text("\n".join(("organization,service,town,postcode,latitude,longitude", *rows)))
        other = {**record(1), "service_at_locations": [at("Newton", "NE9 9AA", 55.0, -1.6)]}
        assert "placed_by_town" in {one["code"] for one in imports(sheet)["defects"]}
        imports(saved(tmp_path, [other]), publisher="Far away")
        assert "placed_by_town" not in {one["code"] for one in imports(sheet)["defects"]}

    def test_one_row_whose_numbers_changed_places_is_told_of(self, tmp_path: Path, store: Store, release: Release) -> None:
        here = next(iter(release.content.scheme.clinics.values())).place
        sheet = tmp_path / "ours.csv"
        for lat, lon, is_told in (
            (here.lat, here.lon, False),
            (here.lon, here.lat, True),
            (-here.lat, here.lon, True),
            (10, 10, False),
        ):
            sheet.write_text(f"organization,service,latitude,longitude\nA,Choir,{lat},{lon}\n")
            found = {one["code"]: (one["count"], one["first"]) for one in imports(sheet)["defects"]}
            assert found.get("exchanged") == ((1, "ours.csv row 2") if is_told else None), (lat, lon)
            with store.begin() as unit:
                [(_, taken)] = all_services(unit, "Us")
            assert taken.locations[0].place
            assert taken.locations[0].place.lat == lat, "it is only told of"

    def test_a_row_far_from_all_others_of_its_town_is_told_of_however_often_it_comes(self, tmp_path: Path) -> None:
        sheet = tmp_path / "ours.csv"
        sheet.write_text("organization,service,town,latitude,longitude\nA,Choir,Kittersea,45,9\n")
        codes = lambda: {one["code"]: one["first"] for one in imports(sheet)["defects"]}  # noqa: E731
        assert "far_from_address" not in codes(), "nothing tells where the town is"
        hall = {**record(1), "service_at_locations": [at("Kittersea", "QM1 4AA", 53.07, 0.41)]}
        told = {one["code"] for one in imports(saved(tmp_path, [hall]), publisher="Town")["defects"]}
        assert "far_from_address" in told, "one of the two is wrong, and nobody here knows which"
        for _ in range(2):
            assert codes()["far_from_address"] == "ours.csv row 2"
        sheet.write_text("organization,service,town,latitude,longitude\nA,Choir,Kittersea,53.2,0.5\n")
        assert "far_from_address" not in codes()

    @pytest.mark.parametrize("spot", [(0.41, 53.07), (12.5, 7.25)])
    @pytest.mark.parametrize("wrong", [1, 2])
    def test_of_two_rows_of_a_town_the_one_that_is_far_from_all_else_is_told_of(
        self, tmp_path: Path, wrong: int, spot: tuple[float, float]
    ) -> None:
        pair = [at("Kittersea", "", *(spot if number == wrong else (53.07, 0.41))) for number in (1, 2)]
        others = [at(f"Newton {number}", "", 53 + number / 10, 0.4) for number in range(1, 6)]
        rows = [{**record(n), "service_at_locations": [{**one}]} for n, one in enumerate([*pair, *others], 1)]
        found = imports(saved(tmp_path, rows))["defects"]
        told = [(one["count"], one["first"]) for one in found if one["code"] in ("far_from_address", "exchanged")]
        assert told == [(1, f"a.json item {wrong}")]

    def test_a_row_without_a_town_whose_numbers_changed_places_is_told_of(self, tmp_path: Path) -> None:
        rows = [{**record(n), "service_at_locations": [at("", "", 25.7 + n / 100, -80.2)]} for n in range(1, 7)]
        turned = {**record(7), "service_at_locations": [at("", "", -80.2, 25.7)]}
        found = {one["code"]: one["first"] for one in imports(saved(tmp_path, [*rows, turned]))["defects"]}
        assert found.get("exchanged") == "a.json item 7"

    def test_a_new_list_under_another_name_is_noticed_and_can_be_taken_back(self, tmp_path: Path, store: Store) -> None:
        (tmp_path / "march.csv").write_text("organization,service\nA,Choir\n")
        (tmp_path / "april.csv").write_text("organization,service\nA,Choir\nA,Games\n")
        assert "twice" not in runs("import", str(tmp_path / "march.csv"), "--publisher", "Our town").stdout
        told = runs("import", str(tmp_path / "april.csv")).stdout
        assert "Our town has 1 of these too, so people may see them twice." in told
        assert "rxbot directory retire april" in told
        assert "--publisher 'Our town'" in told
        assert "2  april" in runs("retire").stdout
        with pytest.raises(Refused, match=r"Nothing of May is offered"):
            runs("retire", "May")
        assert runs("retire", "april").stdout.startswith("2 services are kept")
        with store.begin() as unit:
            assert [publisher for publisher, _ in all_services(unit)] == ["Our town"]
        assert "april" not in runs("retire").stdout
        again = runs("import", str(tmp_path / "april.csv")).stdout
        assert "2 changed" in again
        assert "Our town has 1 of these too" in again
        third = runs("import", str(tmp_path / "april.csv"), "--publisher", "June").stdout
        assert (
            "april has 2 of these too, so people may see them twice. Others that have some: 1. If this is its new list:" in third
        )
        assert third.count("rxbot directory retire") == 1
        (tmp_path / "other.csv").write_text("organization,service\nB,Van\n")
        assert "twice" not in runs("import", str(tmp_path / "other.csv")).stdout

    def test_a_sheet_is_counted_in_words_its_writer_knows(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("organization,service,phone\nA,Choir,01632 960111\n")
        told = runs("import", str(tmp_path / "a.csv")).stdout
        assert "taxonomy" not in told
        assert [line.split()[:2] for line in told.splitlines()[3:7]] == [
            ["organizations", "1"],
            ["services", "1"],
            ["phones", "1"],
            ["languages", "0"],
        ]

    def test_a_service_is_found_by_a_part_of_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("organization,service\nA,Lunch club\nA,Lunch at noon\n")
        runs("import", str(tmp_path / "a.csv"))
        with pytest.raises(Refused) as several:
            runs("standards", "lunch")
        assert several.value.remedy.startswith("Name one of these by its key: 'Lunch club' of A (")
        assert "'Lunch at noon' of A (" in several.value.remedy
        with pytest.raises(Refused) as none:
            runs("standards", "supper")
        assert none.value.remedy == "Write its whole name as people see it."

    def test_a_check_in_the_future_is_told_of(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("organization,service,last checked\nA,Choir,25 March 2926\nA,Van,25 March 2026\n")
        found = {one["code"]: (one["count"], one["first"]) for one in imports(tmp_path / "a.csv")["defects"]}
        assert found["day_to_come"] == (1, "a.csv row 2")

    def test_a_template_is_never_written_over_anything(self, tmp_path: Path) -> None:
        (tmp_path / "mine.csv").write_text("work of a week")
        with pytest.raises(Refused, match="is there already"):
            runs("template", str(tmp_path / "mine.csv"))
        with pytest.raises(Refused, match="is not there"):
            runs("template", str(tmp_path / "nowhere" / "mine.csv"))
        assert (tmp_path / "mine.csv").read_text() == "work of a week"

    def test_a_sheet_in_which_every_row_is_wrong_names_them_and_changes_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("organization,service,lowest age\nA,B,x\nC,,1\n")
        told = CliRunner().invoke(cli, ["directory", "import", str(tmp_path / "a.csv")])
        assert isinstance(told.exception, FeedWrong)
        assert "Row 2, 'lowest age'" in told.stderr
        assert "Row 3, 'service'" in told.stderr

    def test_a_directory_of_which_nothing_can_be_read_says_why(self, tmp_path: Path) -> None:
        told = CliRunner().invoke(cli, ["directory", "import", str(saved(tmp_path, [{"id": "1"}]))])
        assert isinstance(told.exception, FeedWrong)
        assert "1 × no_name, first at a.json item 1" in told.stderr

    def test_a_sheet_from_the_web_is_read_too(self) -> None:
        with serving(lambda *_: Answer("organization;service\nA;Café\n".encode("cp1252"))) as server:
            found = imports(f"{server.address}/export?format=csv")
        assert found["read"] == 1
        assert "not_utf8" in [defect["code"] for defect in found["defects"]]


ON_A_FULL_DISK = """
import resource, sys
from rxbot.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
sys.argv = ["rxbot", "directory", "import", *sys.argv[1:]]
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a disk can be made full for one process")
def test_on_a_full_disk_the_directory_stays_as_it_was_and_the_operator_reads_why(tmp_path: Path, store: Store) -> None:
    imports(saved(tmp_path, RECORDS))
    many = saved(tmp_path, [record(number) for number in range(2, 500)], "many.json")
    about = [sys.executable, "-c", ON_A_FULL_DISK, str(many), "--publisher", "Us"]
    told = subprocess.run(about, capture_output=True, check=False, env=os.environ, cwd=tmp_path, text=True)
    assert (told.returncode, "disk is full" in told.stderr, "Traceback" in told.stderr) == (1, True, False), told.stderr
    with store.begin() as unit:
        assert {service.id for _, service in all_services(unit)} == {one["id"] for one in RECORDS}
    assert imports(many)["added"] == 492
