"""Real records, where they lie beside the repository: everything is read, and searches are judged by hand-made labels."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from relevance import SHEETS, by_rank, judge, open_directory, told

from rxbot.directory.defects import Defect
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Need, Service
from rxbot.episode import screens
from rxbot.feeds import open_feed
from rxbot.message import Text

DIRECTORIES = Path(__file__).resolve().parents[2].parent / "shared/directories"
SHOWN = 5


@pytest.fixture(scope="module")
def san_mateo() -> tuple[tuple[Service, ...], tuple[Defect, ...]]:
    return read(DIRECTORIES / "san-mateo-cip")


def read(path: Path) -> tuple[tuple[Service, ...], tuple[Defect, ...]]:
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the repository")
    return read_services(open_feed(path))


def test_every_record_of_san_mateo_is_read(san_mateo: tuple[tuple[Service, ...], tuple[Defect, ...]]) -> None:
    services, defects = san_mateo
    locations = {location.id: location for service in services for location in service.locations}
    assert len(services) == 1703
    assert len({service.organization.id for service in services}) == 1321
    assert len(locations) == 1427
    assert sum(any(location.place for location in service.locations) for service in services) == 1423
    assert sum(not service.locations for service in services) == 276
    assert {defect.code: defect.count for defect in defects} == {"no_coordinates": 4, "unknown_language": 1}
    assert not any("Interpreter" in row.name for service in services for row in service.languages)


def test_every_record_of_greater_manchester_is_read() -> None:
    services, defects = read(DIRECTORIES / "greater-manchester/oruk3")
    assert len(services) == 562
    assert len({service.organization for service in services}) == 344
    assert all(location.place for service in services for location in service.locations)
    assert [(one.code, one.count) for one in defects] == [("organization_differs", 69)]


@pytest.mark.parametrize("name", ["service_full", "uk_service_full", "service_list"])
def test_the_examples_of_the_standard_are_read(name: str) -> None:
    services, _ = read(DIRECTORIES / f"hsds-examples/{name}.json")
    assert len(services) == 1
    assert "Ann Persona" not in repr(services)


def test_the_famous_example_at_latitude_100_is_off_the_map() -> None:
    [service], defects = read(DIRECTORIES / "hsds-examples/service_full.json")
    assert service.locations[0].place is None
    assert [defect.code for defect in defects] == ["capacity_not_read", "off_the_map", "unknown_parent"], (
        "its category stands below one that is not there"
    )


def test_the_labelled_profiles_find_what_fits_and_nothing_that_breaks_a_rule(
    needs: Mapping[str, Need], record_testsuite_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The floors are a little below what is reached (see docs/matching.md); they are there to notice a loss."""
    sample = SHEETS[0]
    results = list(judge(sample, open_directory(sample.directory), needs, by_rank))
    report = told(sample.name, results)
    record_testsuite_property("relevance", report)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201
    broken = Counter(rule for one in results for rule in one.broken)
    assert {"age", "gender", "area", "cost"}.isdisjoint(broken)
    assert broken["eligibility"] <= 2
    assert all(one.shown for one in results)
    assert sum(one.precision for one in results) / len(results) >= 0.85


@pytest.mark.parametrize("name", ["san-mateo-cip", "miami-open211", "dc-community-resources", "ohana-sample"])
def test_no_price_of_a_real_record_is_worded_against_itself(name: str) -> None:
    """Nobody reads "there is a fee: none for most services", nor in place of a price which cards are taken."""
    worded = [screens.cost(service) for service in read(DIRECTORIES / name)[0]]
    said = [(one.id, str(own.values["words"])) for one in worded if isinstance(own := one.values.get("words"), Text)]
    assert said
    no_fee = re.compile(r"^[^$£€]*(?:\bfree\b(?! parking)|\bnone\b|\bno (?:fees?|charges?)\b)", re.IGNORECASE)
    assert [words for kind, words in said if kind == "cost_fixed" and no_fee.search(words)] == []
    assert [words for _, words in said if words.startswith("Cash") and words.endswith("cards accepted")] == []
