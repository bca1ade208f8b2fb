"""Whatever a publisher sends, it is read or refused in words: nothing else comes out of it."""

import json
import math
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from rxbot.directory.defects import REMEDIES
from rxbot.directory.hsds import LONGEST, read_services
from rxbot.directory.model import Need, Service
from rxbot.errors import FeedWrong
from rxbot.feeds import open_feed

ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["active", "<b>x</b>", "1e999"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "id", "name", "status", "organization", "minimum_age", "maximum_age", "phones", "schedules", "languages", "contents",
    "service_at_locations", "location", "latitude", "longitude", "eligibilitys", "service_taxonomys", "attributes",
    "regular_schedules", "physical_addresses", "cost_options", "taxonomy_term", "services", "content", "weekday", "amount",
)  # fmt: skip
RECORDS = st.recursive(
    ODD, lambda inner: st.dictionaries(st.sampled_from(NAMES), inner | st.lists(inner, max_size=2), max_size=6), max_leaves=20
)
PAGE = TypeAdapter(Service)
COLUMNS = ["service", "organization", "phone", "lowest age", "needs", "last checked", "latitude", "x"]
AGAIN = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


Read = Callable[[str, bytes], tuple[Service, ...]]


@pytest.fixture
def read(tmp_path: Path, needs: Mapping[str, Need]) -> Read:
    """Read bytes under this name as the command does. Each kind of defect has a remedy, and what is read can be stored."""

    def read(name: str, data: bytes) -> tuple[Service, ...]:
        (tmp_path / name).write_bytes(data)
        try:
            feed = open_feed(tmp_path / name, needs=needs)
            pages = tuple(feed)
        except FeedWrong:
            return ()
        services, defects = read_services(pages, feed.defects)
        assert all(defect.code in REMEDIES for defect in defects)
        assert feed.counts(pages).services >= len(services)
        assert all(PAGE.validate_json(PAGE.dump_json(service)) == service for service in services)
        return services

    return read


@AGAIN
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@pytest.mark.parametrize("name", ["a.json", "a.csv"])
def test_any_bytes(read: Read, name: str, data: bytes) -> None:
    read(name, data)


@AGAIN
@given(page=RECORDS)
def test_any_json(read: Read, page: Any) -> None:
    for service in read("a.json", json.dumps(page).encode()):
        numbers = [service.minimum_age, service.maximum_age, *(cost.amount for cost in service.costs)]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert all(abs(location.place.lat) <= 90 for location in service.locations if location.place)


@AGAIN
@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=4), header=st.permutations(COLUMNS))
def test_any_sheet(read: Read, header: list[str], rows: list[list[str]]) -> None:
    read("a.csv", "\n".join(",".join(row) for row in [header, *rows]).encode(errors="replace"))


@AGAIN
@given(start=st.integers(0, 400), new=st.binary(min_size=1, max_size=4))
def test_a_zip_with_some_bytes_changed(read: Read, start: int, new: bytes) -> None:
    written = BytesIO()
    with ZipFile(written, "w") as packed:
        packed.writestr("services.csv", "id,name,organization_id,status\n1,Choir,7,active\n")
        packed.writestr("organizations.csv", "id,name\n7,Lantern House\n")
    data = written.getvalue()
    read("a.zip", data[:start] + new + data[start + len(new) :])


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("minimum_age", math.nan, "not_a_number"),
        ("minimum_age", math.inf, "not_a_number"),
        ("minimum_age", 10**300, "age_out_of_range"),
        ("minimum_age", -3, "age_out_of_range"),
        ("maximum_age", 999, "age_out_of_range"),
        ("minimum_age", [1], "wrong_type"),
        ("description", "<script>alert(1)</script>Choir", "markup"),
        ("description", {"en": "Choir"}, "wrong_type"),
        ("description", "residents of A " * 1_000_000, "huge_field"),
        ("phones", "01632 960101", "wrong_type"),
        ("phones", [{"number": ""}], "phone_without_number"),
        ("service_at_locations", [{"location": {"latitude": 100, "longitude": 101}}], "off_the_map"),
        ("service_at_locations", [{"location": {"latitude": math.nan, "longitude": 1}}], "not_a_number"),
        ("service_at_locations", [{"location": {"latitude": 0, "longitude": 0.0}}], "zero_zero"),
        ("assured_date", "0000-00-00", "not_a_date"),
    ],
)
def test_a_value_that_cannot_be_is_taken_as_unknown_and_counted(tmp_path: Path, field: str, value: object, code: str) -> None:
    record = {"id": "1", "name": "Choir", "status": "active", "organization": {"id": "o", "name": "O"}}
    (tmp_path / "a.json").write_text(json.dumps({**record, field: value}))
    services, defects = read_services(open_feed(tmp_path / "a.json"))
    assert [service.name for service in services] == ["Choir"]
    assert code in [defect.code for defect in defects]
    assert "<" not in services[0].description
    assert len(services[0].description) <= LONGEST
