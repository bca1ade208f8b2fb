"""What a publisher lists though it lies too far away to go to is had from afar, and by its own people only."""

from dataclasses import replace
from datetime import date

import pytest

from rxbot.directory.candidate import Candidate
from rxbot.directory.model import Language, Location, Need, Place, Service
from rxbot.directory.rank import rank, seen_by
from rxbot.directory.reasons import Ask
from rxbot.directory.region import Region, region_of
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.record import read_rules
from rxbot.directory.search import Search

KITTERSEA, CAPITAL = Place(53.07, 0.42, "Kittersea"), Place(51.5, -6.0, "Capital")
DEBT = Need("debt", "Debt", keywords=("debt advice",))


def at(id: str, *places: Place | None, name: str = "Debt advice") -> Service:
    locations = tuple(Location(f"{id}-{number}", place=place) for number, place in enumerate(places))
    return Service(id, name, description="Free debt advice.", status="active", locations=locations)


def around(place: Place, many: int = 20) -> list[Service]:
    return [at(f"near{number}", Place(place.lat + number / 1000, place.lon)) for number in range(many)]


def found(services: list[Service], place: Place) -> set[str]:
    region = region_of(services)
    candidates = [one for service in services for one in Candidate.all_of(service, region)]
    search = Search(needs=(DEBT,), place=place, reach_km=8, now=date(2026, 3, 2), limit=len(candidates))
    return {match.service.id for match in rank(search, candidates)}


def test_a_line_in_another_part_of_the_country_is_found_and_nobody_is_told_how_far_it_is() -> None:
    line = at("line", CAPITAL)
    services = [*around(KITTERSEA, 2), line]
    region = Region(KITTERSEA)
    [spot] = Candidate.all_of(line, region)
    search = Search(needs=(DEBT,), place=KITTERSEA, reach_km=8, now=date(2026, 3, 2), limit=9)
    [match] = [one for one in rank(search, [spot]) if one.service.id == "line"]
    assert match.distance_km is None
    assert "line" in found([*around(KITTERSEA), *services], KITTERSEA)
    assert seen_by(search, line).distance_km is None


def test_what_is_out_of_reach_and_not_so_far_stays_out_of_reach() -> None:
    next_county = Place(54.0, 0.42)
    services = [*around(KITTERSEA), at("next", next_county)]
    assert "next" in found(services, next_county)
    assert "next" not in found(services, KITTERSEA)


def test_a_directory_of_a_whole_country_lists_nothing_from_afar() -> None:
    everywhere = [at(f"s{number}", Place(50 + number / 4, -3.0 + number % 5)) for number in range(40)]
    region = region_of(everywhere)
    assert region is not None
    assert not any(map(region.is_far, everywhere))


def test_a_service_that_has_one_place_here_is_gone_to() -> None:
    both = at("both", CAPITAL, KITTERSEA)
    assert not Region(KITTERSEA).is_far(both)
    assert not Region(KITTERSEA).is_far(replace(both, locations=()))
    assert not Region(KITTERSEA).is_far(at("nowhere", None))


@pytest.mark.parametrize("name", ["Debt Helpline", "Online debt advice"])
def test_a_phone_line_is_never_out_of_reach_wherever_its_office_is(name: str) -> None:
    assert "line" in found([*around(KITTERSEA), at("line", Place(54.0, 0.42), name=name)], KITTERSEA)


def speaking(id: str, *codes: str, **fields: object) -> Service:
    languages = tuple(Language(code, code) for code in codes)
    return replace(at(id, KITTERSEA), languages=languages, **fields)  # type: ignore[arg-type]


IN_SPANISH = speaking("spanish", "es")


@pytest.mark.parametrize(
    ("others", "service", "english"),
    [
        ([("en", "es")] * 80, IN_SPANISH, Answer.NO),
        ([("en", "es")] * 80, speaking("silent"), Answer.YES),
        ([("en", "es")] * 80, speaking("some", "es", ""), Answer.YES),
        ([("en", "es")] * 80, replace(IN_SPANISH, interpretation="Interpreters"), Answer.UNKNOWN),
        (
            [("en", "es")] * 80,
            replace(IN_SPANISH, languages=(*IN_SPANISH.languages, Language("en", "en", "limited"))),
            Answer.YES,
        ),
        ([("es",)] * 80, IN_SPANISH, Answer.YES),
        ([("en",)] * 60 + [()] * 20, IN_SPANISH, Answer.YES),
        ([("en",)] * 60 + [("es",)] * 20, IN_SPANISH, Answer.YES),
        ([("en",)] * 20, IN_SPANISH, Answer.YES),
    ],
    ids=[
        "all others name English",
        "it names no language",
        "one of its languages cannot be read",
        "it has interpreters",
        "it names English with a limit",
        "only other languages are named there",
        "many name none",
        "many name another alone",
        "a few records have no manner",
    ],
)
def test_the_home_language_is_not_spoken_where_a_record_leaves_it_out_that_all_others_name(
    others: list[tuple[str, ...]], service: Service, english: Answer
) -> None:
    region = region_of([*(speaking(f"s{number}", *codes) for number, codes in enumerate(others)), service])
    assert read_rules(service, region).language("en", "en") is english
    assert read_rules(service, region).language("es", "en") is (Answer.YES if "es" in names(service) else Answer.UNKNOWN)
    search = Search(needs=(DEBT,), place=KITTERSEA, reach_km=8, now=date(2026, 3, 2))
    assert (Ask.LANGUAGE in seen_by(search, service, region).unknowns) is (english is not Answer.YES)


def names(service: Service) -> set[str]:
    return {language.code for language in service.languages}
