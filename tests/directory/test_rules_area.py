"""Which area is served: by name, by postal code, by outline, and for residents only."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from records import read

from rxbot.directory.hsds import read_services
from rxbot.directory.model import Address, Extent, Location, Need, Organization, Place, Service
from rxbot.directory.nearness import nearness
from rxbot.directory.polygons import holds
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import area_rule, served_by
from rxbot.directory.rules.areas import codes_in, names_in
from rxbot.directory.rules.around import Around, towns_named
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.search import Search

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
OLD_TOWN = Place(53.0, 0.0, "Old Town, Kittersea, Marshland County, England")
US_TOWN = Place(37.5, -122.2, "94063, Redwood City")
UK_CODE = Place(53.5, -2.2, "M1 2AB, Manchester")
AROUND = Around({"kittersea": Place(53.0, 0.0), "farhaven": Place(54.0, 0.0), "nearham": Place(53.05, 0.0)})


@pytest.mark.parametrize(
    ("area", "place", "answer"),
    [
        ("Kittersea", OLD_TOWN, YES),
        ("City of Kittersea", OLD_TOWN, YES),
        ("Kittersea Borough", OLD_TOWN, YES),
        ("the Borough of Kittersea", OLD_TOWN, YES),
        ("KITTERSEA, Eastmarch and Nearham", OLD_TOWN, YES),
        ("Eastmarch; Old Town", OLD_TOWN, YES),
        ("North Kittersea", OLD_TOWN, UNKNOWN),
        ("Kittersea County", OLD_TOWN, NO),
        ("Marshland County", OLD_TOWN, YES),
        ("County of Marshland", OLD_TOWN, YES),
        ("Marshland", OLD_TOWN, UNKNOWN),
        ("Eastmarch", OLD_TOWN, UNKNOWN),
        ("Farhaven", OLD_TOWN, NO),
        ("Farhaven and Eastmarch", OLD_TOWN, UNKNOWN),
        ("nationwide", OLD_TOWN, YES),
        ("Republic of Ireland", OLD_TOWN, YES),
        ("Province-wide", OLD_TOWN, YES),
        ("United States of America", OLD_TOWN, YES),
        ("New England", OLD_TOWN, UNKNOWN),
        ("94061, 94062 and 94063", US_TOWN, YES),
        ("ZIP 94061", US_TOWN, UNKNOWN),
        ("California", Place(37.5, -122.2, "Redwood City, CA"), YES),
        ("M1 and M2", UK_CODE, YES),
        ("M11, M12", UK_CODE, UNKNOWN),
        ("All OL and M postcodes", UK_CODE, YES),
        ("Postcodes SK, OL", UK_CODE, UNKNOWN),
        ("", OLD_TOWN, UNKNOWN),
    ],
)
def test_an_area_is_named_or_coded(area: str, place: Place, answer: Answer) -> None:
    around = AROUND if place is OLD_TOWN else Around()
    found = area_rule(Service("s", "Service", areas=(area,) if area else ()), place, around)
    assert (found.value, found.sentence) == (answer, "" if answer is UNKNOWN else area)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Residents of Kittersea only", YES),
        ("Must live in Farhaven or Kittersea", YES),
        ("Kittersea residents", YES),
        ("Must live in Marshland County", YES),
        ("Must live in Farhaven", NO),
        ("Must be a resident of Upland or Marshland Counties", YES),
        ("Must live in Old Marshland County", UNKNOWN),
        ("Farhaven residents only", NO),
        ("Must be a resident of Southland or Hill County", NO),
        ("Only people living in Upland County.", NO),
        ("Farhaven residents", NO),
        ("Farhaven residents or students", UNKNOWN),
        ("Low-income Farhaven resident age 60 or over", NO),
        ("Must live in Nearham", UNKNOWN),
        ("Must live in Samphire Estate", UNKNOWN),
        ("Must live in Farhaven or Samphire Estate", UNKNOWN),
        ("Must live in South Farhaven", UNKNOWN),
        ("Must live or work in Farhaven, or in nearby towns", UNKNOWN),
        ("Farhaven residents only have priority", UNKNOWN),
        ("Must be a Farhaven resident for the free library card", UNKNOWN),
        ("Non-residents of Kittersea must pay", UNKNOWN),
        ("Must be able to climb stairs", UNKNOWN),
        ("Solo para residentes que viven en Farhaven; must live in Farhaven", UNKNOWN),
    ],
)
def test_who_must_live_elsewhere_for_certain_is_a_no(text: str, answer: Answer) -> None:
    found = area_rule(Service("s", "Service", eligibility_description=text), OLD_TOWN, AROUND)
    assert (found.value, found.sentence) == (answer, "" if answer is UNKNOWN else text)


@pytest.mark.parametrize(
    ("text", "place", "answer"),
    [
        ("Must live in zip codes 94301, 94303", US_TOWN, NO),
        ("Residents of 94301 and 94063 ONLY", US_TOWN, YES),
        ("Must live in zip codes 94301, 94303", Place(37.5, -122.2, "Redwood City"), UNKNOWN),
        ("Must live in zip codes 94301, 94303", UK_CODE, UNKNOWN),
        ("Families living in 94301", US_TOWN, NO),
        ("Resident of 94301 Zip Code", US_TOWN, NO),
    ],
)
def test_codes_alone_can_tell_that_a_person_lives_elsewhere(text: str, place: Place, answer: Answer) -> None:
    assert area_rule(Service("s", "Service", eligibility_description=text), place).value is answer


IN_WARD_8 = Place(38.84, -76.99, "Hill Street, Ward 8")
IN_DC = Place(38.84, -76.99, "Hill Street, DC")


@pytest.mark.parametrize(
    ("text", "place", "answer"),
    [
        ("Offers rent help to residents of Ward 6.", IN_WARD_8, NO),
        ("Offers rent help to residents of Ward 6.", IN_DC, UNKNOWN),
        ("Offers rent help to people living in Wards 1 to 5.", IN_WARD_8, NO),
        ("Offers rent help to people living in Wards 5, 7 and 8.", IN_WARD_8, UNKNOWN),
        ("Offers rent help to residents of Ward 6. Anyone may have lunch.", IN_WARD_8, UNKNOWN),
        ("Offers lunch to families. Rent help for residents of Ward 6.", IN_WARD_8, UNKNOWN),
        ("Rent help for survivors in Northern Virginia and Maryland.", IN_DC, NO),
        ("Rent help for survivors in Northern Virginia and Maryland.", Place(39, -77, "Hill, MD"), UNKNOWN),
        ("Rent help for residents of Hill County, Maryland.", IN_DC, NO),
        ("Rent help for DC and Maryland residents.", IN_DC, UNKNOWN),
        ("Rent help for Farhaven residents.", OLD_TOWN, NO),
        ("A team of residents of Farhaven keeps the garden.", OLD_TOWN, UNKNOWN),
    ],
)
def test_a_description_that_is_for_residents_alone_tells_where_they_live(text: str, place: Place, answer: Answer) -> None:
    found = area_rule(Service("s", "Service", description=text), place, AROUND).value
    assert (found is NO) is (answer is NO)


def test_a_home_that_is_not_said_to_be_the_only_one_gives_way_to_the_area_of_the_record() -> None:
    club = Service("s", "Club", description="A club for Farhaven residents.", areas=("Southland",))
    assert area_rule(club, OLD_TOWN, AROUND).value is UNKNOWN


def test_without_a_map_a_name_is_never_a_no() -> None:
    assert area_rule(Service("s", "S", eligibility_description="Must live in Farhaven"), OLD_TOWN).value is UNKNOWN


SQUARE = [[0, 50], [4, 50], [4, 54], [0, 54], [0, 50]]
HOLE = [[1, 51], [2, 51], [2, 52], [1, 52], [1, 51]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}


@pytest.mark.parametrize(
    "shape",
    [
        POLYGON,
        {"type": "MultiPolygon", "coordinates": [[[[9, 9], [10, 9], [10, 10], [9, 9]]], [SQUARE, HOLE]]},
        {"type": "Feature", "geometry": POLYGON},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POLYGON}]},
        {"type": "GeometryCollection", "geometries": [POLYGON]},
    ],
)
def test_an_outline_holds_what_is_in_it_and_not_in_its_holes(shape: dict[str, object]) -> None:
    drawn = json.dumps(shape)
    assert [holds(drawn, Place(lat, lon)) for lat, lon in ((53, 3), (51.5, 1.5), (55, 3), (53, 5))] == [True, False, False, False]
    area = (Extent("The square", drawn, "geojson"),)
    inside = Place(53, 3)
    for service in (Service("s", "S", extents=area), Service("s", "S", locations=(Location("l", extents=area),))):
        assert area_rule(service, inside).sentence == "The square"
        assert area_rule(service, inside).value is YES
        assert area_rule(service, Place(55, 3)).value is UNKNOWN


SQUARE = json.dumps({"type": "Polygon", "coordinates": [[[0, 50], [4, 50], [4, 54], [0, 54], [0, 50]]]})


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Residents only", NO),
        ("Only people who live in the area", NO),
        ("Must be a local resident", NO),
        ("Must live in the area we serve. All ages", NO),
        ("Residents have priority", UNKNOWN),
        ("Residents", UNKNOWN),
        ("Residents only for the car park", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_residents_only_beside_an_outline_are_those_within_it(text: str, outside: Answer) -> None:
    service = Service("s", "S", eligibility_description=text, areas=("Square",), extents=(Extent("Square", SQUARE, "geojson"),))
    assert area_rule(service, Place(53, 3)).value is YES
    assert area_rule(service, Place(55, 3)).value is outside


def test_who_lives_elsewhere_is_left_out_only_where_every_area_is_drawn() -> None:
    drawn = (Extent("Square", SQUARE, "geojson"), Extent("Bad", "{not json", "geojson"))
    service = Service("s", "S", eligibility_description="Residents only", areas=("Square", "Bad"), extents=drawn)
    assert area_rule(service, Place(55, 3)).value is UNKNOWN


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        "extent",
        "[]",
        "{}",
        '{"type": "Point", "coordinates": [1, 2]}',
        '{"type": "Polygon", "coordinates": [[1]]}',
        "[" * 9999,
    ],
)
def test_an_outline_that_cannot_be_read_says_nothing(drawn: str) -> None:
    assert holds(drawn, OLD_TOWN) is None


@pytest.mark.parametrize("extent", [POLYGON, json.dumps(POLYGON)])
def test_outlines_are_read_from_a_feed_as_text_or_as_they_are(extent: object) -> None:
    row = {"name": "Square", "extent": extent, "extent_type": "GeoJSON", "uri": "http://areas.example/1"}
    feed = {"id": "1", "name": "Club", "organization": {"name": "Us"}, "service_areas": [row]}
    [service], defects = read_services([("here", feed)])
    assert (service.areas, defects) == (("Square",), ())
    assert area_rule(service, Place(53, 3)).value is YES


def test_names_and_codes_are_read_out_of_lists() -> None:
    assert names_in("Marshborough and Highcouncils") == {"marshborough", "highcouncils", "marshboroughandhighcouncils"}
    assert names_in("City of Kittersea, Marshland County and the Town of Nearham") >= {"kittersea", "marshlandcounty", "nearham"}
    assert codes_in("94063-1234, M1 2AB, SW1A") == {"94063", "M12AB", "SW1A"}
    assert codes_in("Room 12, 5 Marsh Lane") == frozenset()


def test_most_areas_of_a_real_directory_answer_for_a_town_whose_county_is_known() -> None:
    services = [service for service in read("san-mateo-cip") if service.areas]
    town = Place(37.4852, -122.2364, "Redwood City, CA")
    in_its_county = Place(town.lat, town.lon, "Redwood City, San Mateo County, CA")
    alone = Counter(area_rule(service, town).value for service in services)
    known = Counter(area_rule(service, in_its_county).value for service in services)
    assert alone[YES] >= sum(served_by(service).everywhere for service in services)
    assert known[YES] >= 0.79 * len(services)
    elsewhere = [service for service in services if area_rule(service, in_its_county).value is NO]
    assert alone[NO] == 0
    assert not any("San Mateo County" in area for service in elsewhere for area in service.areas)
    assert len(elsewhere) > 50


def homes(eligibility: str = "", areas: tuple[str, ...] = (), description: str = "") -> Rules:
    return read_rules(Service("s", "Service", eligibility_description=eligibility, areas=areas, description=description))


NEAR_TOWNS = Around(towns={"kittersea": Place(53.0, 0.0), "nearham": Place(53.05, 0.0), "farhaven": Place(54.0, 0.0)})


@pytest.mark.parametrize(
    ("eligibility", "areas"),
    [
        ("Nearham resident", ("Nearham",)),
        ("Nearham residents.", ("Nearham", "Elsewhere")),
        ("Resident of area served", ("Nearham",)),
        ("For direct services: resident of area served", ("Nearham",)),
        ("ID verifying residency in service area; a form to sign", ("Nearham",)),
        ("Service area residents", ("Nearham", "Farhaven")),
        ("Adults residing in the area served", ("Nearham",)),
        ("Resident of Nearham meeting income requirements or rental property owners with poor tenants", ("Nearham",)),
        ("Must be a resident of Nearham, age 60 or over", ("Nearham",)),
        ("Resident of Nearham City with a low income", ("Nearham",)),
    ],
)
def test_residents_of_a_town_near_by_are_hardly_those_of_another(eligibility: str, areas: tuple[str, ...]) -> None:
    rules = homes(eligibility, areas)
    assert rules.hardly_serves(Place(53.0, 0.0, "Kittersea"), NEAR_TOWNS)
    assert not rules.hardly_serves(Place(53.05, 0.0, "Nearham"), NEAR_TOWNS)


def test_who_lives_in_a_part_of_a_town_is_hardly_one_of_the_next_town_either() -> None:
    rules = homes("Nearham resident", ("Nearham",))
    assert rules.hardly_serves(Place(53.0, 0.0, "Sandy Corner, Kittersea"), NEAR_TOWNS)
    assert not rules.hardly_serves(Place(53.05, 0.0, "Wharf End, Nearham"), NEAR_TOWNS)
    parts = Around({**NEAR_TOWNS.towns, "newwharf": Place(53.0, 0.01, "New Wharf, Kittersea")})
    assert not homes("New Wharf resident", ("New Wharf",)).hardly_serves(Place(53.0, 0.0, "Sandy Corner, Kittersea"), parts)


@pytest.mark.parametrize(
    ("eligibility", "areas"),
    [
        ("None", ("Nearham",)),
        ("Priority to residents of area served", ("Nearham",)),
        ("Resident of area served", ("Nearham", "Marshland County")),
        ("Resident of area served", ("Nearham", "Eastmarch")),
        ("Resident of area served", ("North Nearham",)),
        ("Nearham residents and visitors", ("Nearham",)),
        ("Nearham residents pay less", ("Nearham",)),
        ("Resident of Nearham meeting income requirements or veteran", ("Nearham",)),
        ("Poor residents of Nearham who are well", ("Nearham",)),
        ("Must be homeless or a resident of Nearham", ("Nearham",)),
    ],
)
def test_others_than_residents_and_places_we_do_not_know_are_left_open(eligibility: str, areas: tuple[str, ...]) -> None:
    assert not homes(eligibility, areas).hardly_serves(Place(53.0, 0.0, "Kittersea"), NEAR_TOWNS)


def test_whoever_lives_where_no_town_is_known_is_not_held_to_live_elsewhere() -> None:
    assert not homes("Nearham resident", ("Nearham",)).hardly_serves(Place(53.0, 0.0, "Sandy Corner"), NEAR_TOWNS)


@pytest.mark.parametrize(
    ("areas", "town"),
    [
        (("Kittersea", "Nearham", "Samphire"), "samphire"),
        (("Kittersea, Nearham and Samphire",), "samphire"),
        (("Kittersea", "Samphire"), ""),
        (("Kittersea", "Nearham", "South Samphire"), ""),
        (("Kittersea", "Nearham", "Samphire County"), ""),
        (("Kittersea", "Nearham", "Samphire Valley"), ""),
        (("Kittersea", "Nearham", "M1 2AB"), ""),
    ],
)
def test_a_town_is_known_that_several_records_name_beside_others(areas: tuple[str, ...], town: str) -> None:
    several = [Service(str(number), "Service", areas=areas) for number in range(3)]
    assert "".join(towns_named(several, NEAR_TOWNS.towns)) == town
    assert not list(towns_named(several[:2], NEAR_TOWNS.towns))


def test_who_lives_in_a_town_that_is_known_by_its_name_alone_is_of_no_other() -> None:
    named = Around(NEAR_TOWNS.towns, frozenset({"samphire"}))
    here, at_its_edge = Place(53.02, 0.0, "Samphire"), Place(53.02, 0.0, "Samphire, Kittersea")
    assert homes(areas=("Kittersea", "Nearham")).is_for_other_towns(here, named)
    assert not homes(areas=("Kittersea", "Nearham")).is_for_other_towns(here, NEAR_TOWNS)
    assert not homes(areas=("Kittersea", "Samphire")).is_for_other_towns(here, named)
    assert not homes(areas=("Kittersea", "Nearham")).is_for_other_towns(at_its_edge, named)
    assert homes("Kittersea resident", ("Kittersea",)).hardly_serves(here, named)


@pytest.mark.parametrize(
    ("need", "known", "is_no"),
    [
        ("housing", ("near_homeless",), True),
        ("housing", ("homeless",), False),
        ("food", ("homeless",), True),
    ],
)
def test_towns_share_out_help_with_a_home_but_not_a_bed_for_who_has_none(need: str, known: tuple[str, ...], is_no: bool) -> None:
    rules = homes(areas=("Nearham", "Farhaven"))
    search = Search(needs=(Need(need, need),), place=OLD_TOWN, known=known_of(known), now=date(2025, 5, 1))
    assert (nearness(search, rules, OLD_TOWN, NEAR_TOWNS) == 0) is is_no
    assert nearness(replace(search, place=Place(53.05, 0.0, "Nearham")), rules, Place(53.05, 0.0), NEAR_TOWNS)


def test_what_is_shared_out_between_towns_is_given_below_its_heading_alone() -> None:
    rules = homes(areas=("Marshland County", "Emergency assistance:", "Nearham", "Farhaven"))
    for town, is_one in ((Place(53.05, 0.0, "Nearham, Marshland County"), True), (OLD_TOWN, False)):
        assert rules.shares_out_elsewhere(town, NEAR_TOWNS) is not is_one
        assert not rules.is_for_other_towns(town, NEAR_TOWNS)
        for need, near in (("food", is_one), ("legal", True)):
            search = Search(needs=(Need(need, need),), place=town, now=date(2025, 5, 1))
            assert bool(nearness(search, rules, town, NEAR_TOWNS)) is near


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("UPLAND COUNTY", NO),
        ("Upland County", NO),
        ("MARSHLAND COUNTY", YES),
        ("South Upland County", UNKNOWN),
        ("Friends of Upland County", UNKNOWN),
        ("Upland County Library", UNKNOWN),
    ],
)
def test_an_office_that_is_called_by_its_county_alone_is_for_that_county(name: str, answer: Answer) -> None:
    office = Service("s", name)
    assert area_rule(office, OLD_TOWN, AROUND).value is answer
    assert area_rule(replace(office, areas=("Southland",)), OLD_TOWN, AROUND).value is UNKNOWN
    assert area_rule(office, Place(53.0, 0.0, "Kittersea"), AROUND).value is UNKNOWN


@pytest.mark.parametrize(
    ("description", "answer"),
    [
        ("Gives hot lunches to the senior citizens of Farhaven.", NO),
        ("Gives hot lunches to the senior citizens of Kittersea.", YES),
        ("Gives advice to citizens of the United States.", UNKNOWN),
        ("Gives advice to citizens of all ages.", UNKNOWN),
        ("A team of citizens of Farhaven keeps the garden.", UNKNOWN),
    ],
)
def test_the_citizens_of_a_town_live_there(description: str, answer: Answer) -> None:
    assert area_rule(Service("s", "Service", description=description), OLD_TOWN, AROUND).value is answer


def test_residents_of_the_area_of_a_town_are_of_that_town() -> None:
    rules = homes(description="Gives meals to Nearham area residents.")
    assert rules.hardly_serves(Place(53.0, 0.0, "Kittersea"), NEAR_TOWNS)
    assert rules.serves(Place(53.05, 0.0, "Nearham"), NEAR_TOWNS) is YES


def test_of_many_wards_one_that_nobody_told_is_hardly_the_right_one() -> None:
    here = Place(38.9, -77.0, "Old Town, Kittersea")
    assert homes(description="Gives food to families who are residents of Ward 6.").hardly_serves(here)
    assert not homes(description="Gives food to families who are residents of Wards 1 to 5.").hardly_serves(here)
    in_ward_6 = Place(38.9, -77.0, "Ward 6, Kittersea")
    assert not homes(description="Gives food to families who are residents of Ward 6.").hardly_serves(in_ward_6)


def test_a_county_of_another_state_in_a_list_is_a_certain_no() -> None:
    rules = homes(
        description="Helps with bills. You must:\n\nBe a resident of Prince George's County, Maryland\nBe behind with a bill"
    )
    assert rules.serves(Place(38.9, -77.0, "Old Town, Washington, DC")) is NO
    assert rules.serves(Place(38.9, -76.9, "Bowie, Prince George's County, MD")) is YES


CAPITAL = Place(38.9, -77.0, "Washington, DC")
EAST_END = Place(38.91, -76.93, "East End, Washington")
BY_STATE = Around(
    towns={"washington": CAPITAL, "eastend": Place(38.99, -77.1, "East End, MD"), "rivers": Place(39.0, -77.1, "Rivers, MD")}
)


def hardly(service: Service, place: Place = EAST_END) -> tuple[Answer, bool]:
    served = served_by(service)
    return served.at(place, BY_STATE).value, served.hardly_at(place, BY_STATE)


def in_maryland(description: str = "", eligibility: str = "", state: str = "MD") -> Service:
    there = Location("l", addresses=(Address(city="Rivers", state_province=state),))
    return Service("s", "Service", description=description, eligibility_description=eligibility, locations=(there,))


def test_who_names_no_state_lives_in_that_of_the_largest_town_of_theirs() -> None:
    rides = Service("s", "Rides", eligibility_description="Must live in Marsh County, Maryland")
    assert hardly(rides) == (NO, False)
    assert hardly(rides, Place(39.0, -77.1, "Rivers")) == (UNKNOWN, False)
    assert hardly(rides, Place(10.0, 10.0, "Washington")) == (UNKNOWN, False)


def test_a_county_without_a_state_is_likely_in_that_of_the_record() -> None:
    only = "Must live in Marsh County"
    assert hardly(in_maryland(eligibility=only)) == (UNKNOWN, True)
    assert hardly(in_maryland(eligibility=only), Place(39.0, -77.1, "Rivers")) == (UNKNOWN, False)
    assert hardly(in_maryland(eligibility=only, state="DC")) == (UNKNOWN, False)
    assert hardly(in_maryland(eligibility="Must live in Marsh County, hit by the Virginia flood")) == (UNKNOWN, False)


@pytest.mark.parametrize(
    ("description", "is_hardly"),
    [
        ("A network of drivers throughout Northern Virginia.", True),
        ("Free food for people in need in Marsh County.", True),
        ("A network of drivers throughout Rivers.", False),
        ("A network of drivers throughout Northern Virginia. Open to the public.", False),
        ("Has trained people who now live throughout the world.", False),
    ],
)
def test_what_is_given_throughout_a_county_of_another_state_is_hardly_for_here(description: str, is_hardly: bool) -> None:
    assert hardly(in_maryland(description)) == (UNKNOWN, is_hardly)
    assert hardly(replace(in_maryland(description), areas=("Washington",)))[1] is False


def test_a_town_whose_addresses_name_two_states_tells_none() -> None:
    rides = Service("s", "Rides", eligibility_description="Must live in Marsh County, Maryland")
    sure = Around.of([("washington", CAPITAL), ("washington", CAPITAL)])
    slip = Around.of([("washington", CAPITAL), ("washington", Place(38.9, -77.0, "Washington, MD")), ("washington", CAPITAL)])
    assert area_rule(rides, EAST_END, sure).value is NO
    assert area_rule(rides, EAST_END, slip).value is UNKNOWN


@pytest.mark.parametrize(
    ("areas", "others"),
    [
        (("Nearham",), True),
        (("Nearham", "Farhaven"), True),
        (("Nearham", "Kittersea"), False),
        (("Nearham", "Eastmarch"), False),
        (("Nearham", "Farhaven", "Eastmarch"), True),
        (("Nearham", "Farhaven", "North Coast"), False),
        (("Nearham", "Farhaven", "California"), False),
        (("Nearham", "Marshland County"), False),
        (("Wards 1 to 3",), False),
        (("90210",), False),
        ((), False),
    ],
)
def test_areas_that_are_all_other_towns_are_made_for_others(areas: tuple[str, ...], others: bool) -> None:
    rules, home = homes(areas=areas), Place(53.0, 0.0, "Kittersea")
    assert rules.is_for_other_towns(home, NEAR_TOWNS) is others
    search = Search(needs=(), place=home, now=date(2026, 6, 1))
    near, anywhere = (nearness(search, one, Place(53.01, 0.0), NEAR_TOWNS) for one in (rules, Rules()))
    assert 0 < near < anywhere if others else near == anywhere


def test_what_names_other_towns_is_left_open_where_nobody_knows_the_town_somebody_lives_in() -> None:
    assert not homes(areas=("Nearham",)).is_for_other_towns(Place(53.0, 0.0, "Sandy Corner"), NEAR_TOWNS)


def test_towns_that_are_all_far_are_other_towns_than_one_that_nobody_knows() -> None:
    assert homes(areas=("Farhaven", "Eastmarch")).is_for_other_towns(Place(53.0, 0.0, "Sandy Corner"), NEAR_TOWNS)
    assert not homes(areas=("Farhaven", "Nearham")).is_for_other_towns(Place(53.0, 0.0, "Sandy Corner"), NEAR_TOWNS)
    assert not homes(areas=("Farhaven", "Sandy Corner")).is_for_other_towns(Place(53.0, 0.0, "Sandy Corner"), NEAR_TOWNS)


def test_a_part_of_a_town_is_in_it_and_may_be_in_another_part_that_is_named() -> None:
    here = Place(53.0, 0.0, "Old Wharf, Kittersea")
    assert homes(areas=("Nearham",)).is_for_other_towns(here, NEAR_TOWNS)
    parts = Around({**NEAR_TOWNS.towns, "newwharf": Place(53.0, 0.01, "New Wharf, Kittersea")})
    assert not homes(areas=("New Wharf",)).is_for_other_towns(here, parts)


@pytest.mark.parametrize(
    ("needs", "eligibility", "near"),
    [
        (("food",), "None", 0.0),
        (("money_benefits",), "Low income", 0.0),
        (("food", "essential_goods"), "None", 0.0),
        (("food",), "Age 60 or over", 0.3),
        (("housing",), "None", 0.0),
        (("food", "housing"), "None", 0.0),
        (("housing", "employment"), "None", 0.3),
        (("social_connection",), "None", 0.8),
        ((), "None", 0.3),
    ],
)
def test_help_that_towns_divide_between_them_is_for_their_own_and_where_people_meet_neighbours_come(
    needs: tuple[str, ...], eligibility: str, near: float
) -> None:
    home, there = Place(53.0, 0.0, "Kittersea"), Place(53.0, 0.0)
    search = Search(needs=tuple(Need(one, one) for one in needs), place=home, now=date(2026, 6, 1))
    assert nearness(search, homes(eligibility, ("Nearham",)), there, NEAR_TOWNS) == pytest.approx(near)
    assert nearness(search, homes(eligibility, ("Nearham", "Marsh County")), there, NEAR_TOWNS) == pytest.approx(1.0)


def test_meals_that_go_to_the_homes_of_other_towns_come_to_none_here() -> None:
    meals = Service(
        "s",
        "Meals on Wheels",
        eligibility_description="Age 60 or over",
        areas=("Nearham",),
        locations=(Location("l", place=Place(53.0, 0.0)),),
    )
    search = Search(needs=(Need("food", "Food"),), place=Place(53.0, 0.0, "Kittersea"), now=date(2026, 6, 1))
    assert nearness(search, read_rules(meals), Place(53.0, 0.0), NEAR_TOWNS) == 0


@pytest.mark.parametrize(
    ("name", "provider", "is_hardly"),
    [
        ("Elder Helpline", "Agency on Aging for Southwest Florida, Inc.", True),
        ("Deaf Center of Southwest Florida", "", True),
        ("Helpline", "United Way of Marsh County", True),
        ("Helpline", "Health Department in Marsh County", True),
        ("Helpline", "Florida Agency on Aging", False),
        ("Helpline", "Friends of the County Library", False),
    ],
)
def test_what_is_named_after_a_region_is_hardly_for_who_lives_far_from_it(name: str, provider: str, is_hardly: bool) -> None:
    there, next_to_it, far = Place(53.0, 0.0), Place(53.5, 0.0, "Eastmarch"), Place(55.0, 0.0, "Kittersea")
    service = Service("s", name, organization=Organization(name=provider), locations=(Location("l", place=there),))
    rules = read_rules(service)
    assert rules.hardly_serves(far) is is_hardly
    assert not rules.hardly_serves(next_to_it)
    assert not read_rules(replace(service, areas=("Kittersea",))).hardly_serves(far)
    assert not read_rules(replace(service, locations=(Location("l", place=there), Location("m", place=far)))).hardly_serves(far)


def test_a_line_for_another_region_counts_less_than_one_for_anywhere() -> None:
    here, there = Place(55.0, 0.0, "Kittersea"), (Location("l", place=Place(53.0, 0.0)),)
    search = Search(needs=(), place=here, now=date(2026, 6, 1))
    lines = (
        Service("s", "Helpline", organization=Organization(name=f"Aid {of}"), locations=there) for of in ("of Marsh County", "")
    )
    theirs, anybodys = (nearness(search, read_rules(line), None) for line in lines)
    assert 0 < theirs < anybodys / 2


@pytest.mark.parametrize(
    ("provider", "description", "places"),
    [
        ("New Marsh Bay Department of Parks", "Van service for NMB residents.", ("New Marsh Bay",)),
        ("New Marsh Bay Department of Parks", "Van service for N.M.B. residents.", ("New Marsh Bay",)),
        ("National Music Board", "Choirs for NMB residents.", ("NMB",)),
        ("Parks", "A day of swimming and games for Nearham residents.", ("Nearham",)),
        ("City of Nearham", "A bus that runs door to door.", ("nearham",)),
        ("City of Nearham Parks Department", "Lunches and home-delivered meals.", ("nearham",)),
        ("Nearham City Council", "Home repairs for people who are old.", ("nearham",)),
        ("New Nearham Recreation Department", "Dial-a-ride to the shops.", ("new nearham",)),
        ("Friends of the City of Nearham", "Dial-a-ride to the shops.", ()),
        ("City of Nearham", "Lunches in the park.", ()),
        ("University of Nearham Department of Parks", "Home visits to the newborn.", ()),
        ("Marsh County Department of Parks", "Home visits to the newborn.", ()),
    ],
)
def test_the_town_of_its_own_department_is_whom_it_drives_and_visits(
    provider: str, description: str, places: tuple[str, ...]
) -> None:
    service = Service("s", "Service", organization=Organization(name=provider), description=description)
    assert tuple(home.places for home in served_by(service).homes) == places
    assert not served_by(replace(service, description=f"{description} Open to all.", areas=("Kittersea",))).is_for_residents


def test_what_a_town_drives_is_hardly_for_another() -> None:
    town = Organization(name="City of Nearham")
    rules = read_rules(Service("s", "Line", organization=town, description="It comes to your home."))
    assert rules.hardly_serves(Place(53.0, 0.0, "Kittersea"), NEAR_TOWNS)
    assert rules.serves(Place(53.05, 0.0, "Nearham"), NEAR_TOWNS) is YES


COUNTY_AND_TOWNS = [
    "Must live in Marshland County and the cities of Farhaven and Nearham",
    "Must be a resident of the cities of Farhaven, Nearham and Marshland County",
    "Serves residents of Marshland County and the towns of Farhaven and Nearham.",
    "Residents of the City of Nearham and Marshland County only",
]


@pytest.mark.parametrize("text", COUNTY_AND_TOWNS)
def test_a_whole_county_that_is_named_beside_towns_is_served_as_they_are(text: str) -> None:
    service = Service("s", "Service", eligibility_description=text)
    assert area_rule(service, OLD_TOWN, AROUND).value is YES
    assert area_rule(service, Place(53.05, 0.0, "Nearham, Hill County"), AROUND).value is YES
    assert area_rule(service, Place(53.4, 0.0, "Eastmarch, Hill County"), AROUND).value is not YES


def test_another_county_beside_towns_is_no_more_the_persons_than_they_are() -> None:
    rules = homes(areas=("Nearham", "Farhaven", "Marshland County"))
    assert rules.is_for_other_towns(Place(53.0, 0.0, "Kittersea, Hill County"), NEAR_TOWNS)
    assert not rules.is_for_other_towns(Place(53.0, 0.0, "Kittersea, Marshland County"), NEAR_TOWNS)
    assert not rules.is_for_other_towns(Place(53.0, 0.0, "Kittersea"), NEAR_TOWNS)


def test_to_serve_residents_names_no_place() -> None:
    service = Service("s", "Service", description="Serves residents of Farhaven. For residents, tea is free.")
    assert [home.places for home in served_by(service).homes] == ["Farhaven."]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The van only serves the Farhaven area.", NO),
        ("Serving Upland County only, at no charge.", NO),
        ("A warm room. Help is limited to Farhaven.", NO),
        ("Our program is restricted to the Kittersea area.", YES),
        ("Only serves Kittersea and Farhaven.", YES),
        ("Only serves dinner on Mondays.", UNKNOWN),
        ("This service is limited to Veterans.", UNKNOWN),
        ("We serve Farhaven, and not only Farhaven.", UNKNOWN),
        ("The only one serving Farhaven.", UNKNOWN),
    ],
)
def test_what_only_serves_a_place_is_for_those_who_live_there(text: str, answer: Answer) -> None:
    assert area_rule(Service("s", "Service", description=text), OLD_TOWN, AROUND).value is answer
