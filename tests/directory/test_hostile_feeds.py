"""Whatever a publisher sends, it is read or refused in words: nothing else comes out of it."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rxbot.directory.defects import REMEDIES
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Need, Service
from rxbot.errors import FeedWrong
from rxbot.feeds import open_feed
from rxbot.store.directory_rows import _page

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
COLUMNS = ["service", "organization", "phone", "lowest age", "needs", "last checked", "latitude", "x"]
AGAIN = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, needs: Mapping[str, Need]) -> tuple[Service, ...]:
    """Read it as the command does; each kind of defect has a remedy."""
    try:
        feed = open_feed(path, needs=needs)
        pages = tuple(feed)
    except FeedWrong:
        return ()
    services, defects = read_services(pages, feed.defects)
    assert all(defect.code in REMEDIES for defect in defects)
    assert feed.counts(pages).services >= 0
    for service in services:
        assert _page.validate_json(_page.dump_json(service)) == service, "it can be stored"
    return services


@AGAIN
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@pytest.mark.parametrize("name", ["a.json", "a.csv"])
def test_any_bytes(tmp_path: Path, needs: Mapping[str, Need], name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    read(tmp_path / name, needs)


@AGAIN
@given(page=RECORDS)
def test_any_json(tmp_path: Path, needs: Mapping[str, Need], page: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(page))
    for service in read(tmp_path / "a.json", needs):
        numbers = [service.minimum_age, service.maximum_age, *(cost.amount for cost in service.costs)]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert all(abs(location.place.lat) <= 90 for location in service.locations if location.place)


@AGAIN
@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=4), header=st.permutations(COLUMNS))
def test_any_sheet(tmp_path: Path, needs: Mapping[str, Need], header: list[str], rows: list[list[str]]) -> None:
    (tmp_path / "a.csv").write_bytes("\n".join(",".join(row) for row in [header, *rows]).encode(errors="replace"))
    read(tmp_path / "a.csv", needs)


@AGAIN
@given(start=st.integers(0, 400), new=st.binary(min_size=1, max_size=4))
def test_a_zip_with_some_bytes_changed(tmp_path: Path, needs: Mapping[str, Need], start: int, new: bytes) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("services.csv", "id,name,organization_id,status\n1,Choir,7,active\n")
        packed.writestr("organizations.csv", "id,name\n7,Lantern House\n")
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(data[:start] + new + data[start + len(new) :])
    read(tmp_path / "b.zip", needs)


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
        ("phones", "01632 960101", "wrong_type"),
        ("phones", [{"number": ""}], "phone_without_number"),
        ("service_at_locations", [{"location": {"latitude": 100, "longitude": 101}}], "off_the_map"),
        ("service_at_locations", [{"location": {"latitude": math.nan, "longitude": 1}}], "not_a_number"),
        ("service_at_locations", [{"location": {"latitude": 0, "longitude": 0.0}}], "zero_zero"),
        ("assured_date", "0000-00-00", "not_a_date"),
    ],
)
def test_a_value_that_cannot_be_is_taken_as_unknown_and_counted(
    tmp_path: Path, needs: Mapping[str, Need], field: str, value: object, code: str
) -> None:
    record = {"id": "1", "name": "Choir", "status": "active", "organization": {"id": "o", "name": "O"}}
    (tmp_path / "a.json").write_text(json.dumps({**record, field: value}))
    services, defects = read_services(open_feed(tmp_path / "a.json"))
    assert [service.name for service in services] == ["Choir"]
    assert code in [defect.code for defect in defects]
    assert "<" not in services[0].description
