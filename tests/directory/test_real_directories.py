"""Real records, where they lie beside the repository: everything is read, and searches are judged by hand-made labels."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rxbot.directory.defects import Defect
from rxbot.directory.hsds import read_services
from rxbot.directory.index import keys_of
from rxbot.directory.model import Need, Place, Service
from rxbot.directory.rank import Candidate, Search, rank
from rxbot.feeds import open_feed

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
    assert len({service.organization.id for service in services}) == 344
    assert all(location.place for service in services for location in service.locations)
    assert defects == ()


@pytest.mark.parametrize("name", ["service_full", "uk_service_full", "service_list"])
def test_the_examples_of_the_standard_are_read(name: str) -> None:
    services, _ = read(DIRECTORIES / f"hsds-examples/{name}.json")
    assert len(services) == 1
    assert "Ann Persona" not in repr(services)


def test_the_famous_example_at_latitude_100_is_off_the_map() -> None:
    [service], defects = read(DIRECTORIES / "hsds-examples/service_full.json")
    assert service.locations[0].place is None
    assert [defect.code for defect in defects] == ["off_the_map"]


def test_the_labelled_profiles_find_what_fits_and_nothing_of_the_wrong_age(
    san_mateo: tuple[tuple[Service, ...], tuple[Defect, ...]],
    needs: Mapping[str, Need],
    record_testsuite_property: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The profiles also tell what a person wrote, their income or status; a search holds only needs, place, language and age."""
    candidates = [Candidate(s, spot, keys_of(s)) for s in san_mateo[0] for spot in s.locations or (None,)]
    profiles = json.loads((DIRECTORIES / "relevance-sample.json").read_text(encoding="utf-8"))["profiles"]
    results = [judge(profile, candidates, needs) for profile in profiles]
    precision = sum(found for found, _, _ in results) / len(results)
    violations = sum((broken for _, broken, _ in results), Counter[str]())
    empty = sum(shown == 0 for _, _, shown in results)
    report = f"precision@5 {precision:.2f}, hard violations {dict(violations)} of {sum(s for _, _, s in results)}, empty {empty}"
    record_testsuite_property("relevance", report)
    with capsys.disabled():
        print(f"\n{len(profiles)} labelled profiles: {report}")  # noqa: T201
    assert violations["age"] == 0
    assert empty == 0
    assert precision >= 0.55


def judge(
    profile: Mapping[str, Any], candidates: Sequence[Candidate], needs: Mapping[str, Need]
) -> tuple[float, Counter[str], int]:
    """Give the precision among the first five, the rules they break, and how many were shown."""
    search = Search(
        needs=tuple(needs[id] for id in profile["needs"]),
        place=Place(**profile["location"]),
        reach_km=profile["max_km"],
        language=profile["language"],
        age=(profile["age"], profile["age"]),
        limit=SHOWN,
        now=date(2013, 9, 1),
    )
    shown = [match.service.id for match in rank(search, candidates)]
    acceptable = {row["id"] for row in profile["acceptable"]}
    forbidden = {row["id"]: row["constraint"] for row in profile["forbidden"]}
    found = len(acceptable & set(shown)) / min(SHOWN, len(acceptable))
    return found, Counter(forbidden[id] for id in shown if id in forbidden), len(shown)
