"""Searching through the postings gives the same as looking at every service there is."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pytest
from rarities import rarity_among
from sqlalchemy import event

from rxbot.content.complaints import Complaints
from rxbot.content.needs import read_needs
from rxbot.directory.asking import If, Unasked, facts_needed
from rxbot.directory.candidate import Candidate
from rxbot.directory.gazetteer import known_places
from rxbot.directory.grid import cell_of, cell_of_area, cell_of_region, km_between, regions_around, stretches
from rxbot.directory.hsds import read_services
from rxbot.directory.index import Rarity
from rxbot.directory.match import Match
from rxbot.directory.model import Address, Language, Location, Need, Place, Service, Term
from rxbot.directory.nearness import NEAREST_WITHOUT_PLACE, nearest, nearest_without_place, nearness
from rxbot.directory.rank import rank
from rxbot.directory.reasons import Ask, Reason
from rxbot.directory.region import region_of
from rxbot.directory.rules.area import Served
from rxbot.directory.rules.around import Around
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules
from rxbot.directory.rules.turning import Fact
from rxbot.directory.search import Search, Wish
from rxbot.directory.showing import nearest_to_the_wish
from rxbot.directory.suits import bits_of
from rxbot.feeds import open_feed
from rxbot.store.candidates import candidates, facts_deciding, find_services
from rxbot.store.directory_rows import index_for, post_again, save_feed, service_key
from rxbot.store.match_index import MOST_NAMES
from rxbot.store.unit import Store, Unit

ROOT = Path(__file__).resolve().parents[2]
SAN_MATEO = ROOT.parent / "shared/directories/san-mateo-cip"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TODAY = date(2026, 6, 1)
CENTRE, ELSEWHERE = Place(53.07, 0.42, "Kittersea"), Place(52.99, 0.47, "Elsewhere")


@pytest.fixture(scope="module")
def needs() -> Mapping[str, Need]:
    return read_needs(ROOT, Complaints()).known


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    with store.begin() as unit:
        yield unit


def invented(needs: Mapping[str, Need], count: int) -> list[Service]:
    """Invent services of random needs at random places, some nowhere, some far away or for all the country, some for children."""
    dice = random.Random(7)
    words = [word for need in needs.values() for word in need.keywords]
    names = [term.name for need in needs.values() for term in need.terms]

    def location(number: int) -> Location:
        north = 5.0 if number % 37 == 0 else 0.0
        return Location(str(number), place=Place(dice.uniform(52.8, 53.3) + north, dice.uniform(0.0, 0.9)))

    return [
        Service(
            str(number),
            f"{dice.choice(words)} {number}",
            description=" ".join(dice.sample(words, 4)),
            minimum_age=dice.choice([None, 18.0, 60.0]),
            languages=(Language("", dice.choice(["en", "ar", "pl"])),),
            areas=(dice.choice(["Kittersea", "nationwide", "Eastmarch", "Eastmarch"]),),
            terms=tuple(Term("Open Eligibility", "", name) for name in dice.sample(names, 2)),
            locations=tuple(location(number * 9 + spot) for spot in range(dice.choice([0, 1, 1, 1, 2]))),
            assured_date=date(dice.choice([2023, 2025, 2026]), 1, 1),
        )
        for number in range(count)
    ]


def everything(publisher: str, services: Sequence[Service]) -> tuple[list[Candidate], Rarity]:
    """Give every service at each of its places, and how telling each key is."""
    keyed = [replace(service, key=service_key(publisher, service.id)) for service in services]
    region = region_of(keyed)
    found = [Candidate.all_of(service, region) for service in keyed]
    return [spot for spots in found for spot in spots], rarity_among(spots[0].hits for spots in found)


def shown(matches: Sequence[Match]) -> list[tuple[str, float | None, tuple[Reason, ...]]]:
    return [(match.service.key, match.distance_km, match.reasons) for match in matches]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # it takes long; the others show that both answer alike
def test_the_postings_find_what_looking_at_everything_finds(unit: Unit, needs: Mapping[str, Need]) -> None:
    services = invented(needs, 1000)
    save_feed(unit, "invented", services, NOW)
    looking = everything("invented", services)
    for need, (place, reach) in zip(needs.values(), cycle([(CENTRE, 3.0), (ELSEWHERE, 25.0), (None, 10.0)]), strict=False):
        search = Search(needs=(need,), place=place, reach_km=reach, language="ar", age=(30, 39), limit=5, now=TODAY)
        found = shown(find_services(unit, search))
        assert len(found) == 5
        assert found == shown(rank(search, *looking))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # it takes long; the others show that both answer alike
def test_they_do_so_for_real_records_too(unit: Unit, needs: Mapping[str, Need]) -> None:
    if not SAN_MATEO.exists():
        pytest.skip("the records of San Mateo are not beside the repository")
    services, _ = read_services(open_feed(SAN_MATEO))
    save_feed(unit, "san-mateo", services, NOW)
    looking = everything("san-mateo", services)
    places = known_places(location for service in services for location in service.locations)
    towns = Around({known.name: known.place for known in places if not known.is_code})
    for need in islice(needs.values(), 0, None, 3):
        search = Search(needs=(need,), place=Place(37.485, -122.23, "Redwood City"), age=(40, 49), limit=5, now=TODAY)
        found = shown(find_services(unit, search))
        assert len(found) == 5
        assert found == shown(rank(search, *looking, towns))


def test_what_is_far_away_and_serves_a_place_by_name_is_found_and_nothing_else_of_its_cell(
    unit: Unit, needs: Mapping[str, Need]
) -> None:
    kept_with = lambda name: (cell_of_area(name), bits_of([f"at {name.casefold()}"]))  # noqa: E731
    other = next(name for name in map("Eastmarch{}".format, range(10**6)) if kept_with(name) == kept_with("Kittersea"))
    far = Service("far", "Food Bank", locations=(Location("far", "physical", place=Place(10, 10)),))
    vans = [Service(area, "Food Van", areas=(area,)) for area in ("Kittersea", other)]
    save_feed(unit, "far", [far, *vans], NOW)
    for area in ("Kittersea", other):
        search = Search(needs=(needs["food"],), place=replace(CENTRE, label=area), now=TODAY)
        assert [one.service.id for one in find_services(unit, search)] == [area]


def test_whoever_names_very_many_towns_comes_as_near_as_who_names_one(unit: Unit, needs: Mapping[str, Need]) -> None:
    """Among what is had by telephone, which is found in the same region and checked of late."""
    town = Service("town", "Chess Club", locations=(Location("1", place=CENTRE),))
    lines = [Service(f"line {number}", "Food Bank Telephone Helpline", assured_date=TODAY) for number in range(30)]
    towns = tuple(map("Alder{}".format, range(2 * MOST_NAMES)))
    vans = [Service("one", "Food Bank", areas=("Kittersea",)), Service("many", "Food Bank", areas=(*towns, "Kittersea"))]
    save_feed(unit, "town", [town, *lines, *vans], NOW)
    search = Search(needs=(needs["food"],), place=replace(CENTRE, label="Kittersea"), now=TODAY)
    assert {one.service.id for one in find_services(unit, search)[:2]} == {"one", "many"}


def test_what_is_found_in_several_areas_is_one_candidate(unit: Unit, needs: Mapping[str, Need]) -> None:
    """Without a place it stands in the cell of each area and in that of its region: very many are read in several goes."""
    town = Service("town", "Food Bank", locations=(Location("1", place=CENTRE),))
    everywhere = [Service(str(number), f"Food Van {number}", areas=("Kittersea", "Eastmarch")) for number in range(300)]
    save_feed(unit, "town", [town, *everywhere], NOW)
    found = candidates(unit, Search(needs=(needs["food"],), now=TODAY))
    assert len(found) == len({one.service.key for one in found}) == 301
    assert all(one.hits for one in found)


def test_a_need_that_the_index_knows_is_found_as_one_that_it_does_not_know(unit: Unit, needs: Mapping[str, Need]) -> None:
    save_feed(unit, "invented", invented(needs, 200), NOW)
    searches = [Search(needs=(need,), place=CENTRE, reach_km=5, limit=5, now=TODAY) for need in islice(needs.values(), 12)]
    by_words = [shown(find_services(unit, search)) for search in searches]
    index_for(unit, needs.values())
    assert [shown(find_services(unit, search)) for search in searches] == by_words
    assert any(by_words)


def test_a_need_that_was_worded_anew_is_found_by_its_new_words(unit: Unit, needs: Mapping[str, Need]) -> None:
    index_for(unit, needs.values())
    save_feed(unit, "invented", [Service("1", "Quoits", locations=(Location("1", place=CENTRE),))], NOW)
    food = replace(needs["food"], keywords=(*needs["food"].keywords, "quoits"))
    for _ in ("by its words", "by what is posted"):
        assert find_services(unit, Search(needs=(food,), place=CENTRE, now=TODAY))
        assert not find_services(unit, Search(needs=(needs["food"],), place=CENTRE, now=TODAY))
        index_for(unit, (food,))


def test_what_is_far_is_found_only_where_nothing_is_in_reach(unit: Unit, needs: Mapping[str, Need]) -> None:
    near, far = (Place(CENTRE.lat + km / 111.2, CENTRE.lon) for km in (1.0, 6.0))
    banks = [
        Service(name, f"Food Bank {name}", locations=(Location(name, place=place),)) for name, place in (("n", near), ("f", far))
    ]
    on_foot = Search(needs=(needs["food"],), place=CENTRE, reach_km=2.0, else_km=10.0, now=TODAY)
    save_feed(unit, "invented", banks, NOW)
    assert [match.service.id for match in find_services(unit, on_foot)] == ["n"]
    save_feed(unit, "invented", banks[1:], NOW)
    assert [match.service.id for match in find_services(unit, on_foot)] == ["f"]
    assert find_services(unit, replace(on_foot, else_km=0.0)) == ()


@pytest.mark.parametrize(
    ("near", "far", "else_km", "found"),
    [
        ("Food Pantry", "Community Meals", 10.0, ["f", "n"]),
        ("Food Pantry", "Community Meals", 2.0, ["n"]),
        ("Lunch and Meals", "Community Meals", 10.0, ["f", "n"]),
        ("Community Meals", "Community Meals", 10.0, ["n"]),
        ("Food Pantry", "Meals", 10.0, ["n"]),
        ("Chess", "Community Meals", 10.0, ["f"]),
        ("Chess", "Meals", 10.0, []),
    ],
    ids=[
        "further away",
        "nobody goes so far",
        "of its words one is near",
        "near as well",
        "nothing further away either",
        "nothing near",
        "nothing near and no more than a word of it further away",
    ],
)
def test_it_is_looked_further_where_nothing_in_reach_speaks_of_the_wish_and_something_there_does(
    unit: Unit, needs: Mapping[str, Need], near: str, far: str, else_km: float, found: list[str]
) -> None:
    at = {"n": (near, Place(CENTRE.lat + 1 / 111.2, CENTRE.lon)), "f": (far, Place(CENTRE.lat + 6 / 111.2, CENTRE.lon))}
    save_feed(unit, "invented", [Service(id, name, locations=(Location(id, place=to),)) for id, (name, to) in at.items()], NOW)
    wish = Wish("together", "community meals")
    search = Search(needs=(needs["food"],), focus=(wish,), place=CENTRE, reach_km=2.0, else_km=else_km, now=TODAY)
    assert [match.service.id for match in find_services(unit, search)] == found
    spoken = nearest_to_the_wish(find_services(unit, search))
    assert [match.service.id for match in spoken] == found[:1]


FURTHER = {"far": 6.0, "farther": 9.0}


@pytest.mark.parametrize(
    ("need", "without_place", "further"),
    [
        ("food", Service("none", "Food Bank Helpline"), FURTHER),
        ("food", Service("none", "Food Bank"), FURTHER),
        ("food", Service("none", "Food Bank", description="Food bank parcels are delivered to your door."), {}),
        ("housing", Service("none", "Food Bank Helpline", description="Homeless people may ring the shelter."), {}),
    ],
    ids=["a telephone line", "nobody knows where", "it comes to the home", "help that one may ring for"],
)
def test_food_is_to_be_gone_for_or_to_come_or_else_it_is_looked_for_further_away(
    unit: Unit, needs: Mapping[str, Need], need: str, without_place: Service, further: Mapping[str, float]
) -> None:
    about = "Food and shelter for homeless people."
    banks = [
        Service(id, "Food Bank", description=about, locations=(Location(id, place=Place(CENTRE.lat + km / 111.2, CENTRE.lon)),))
        for id, km in FURTHER.items()
    ]
    save_feed(unit, "invented", [*banks, without_place], NOW)
    wish = Wish("now", "food bank")
    search = Search(needs=(needs[need],), focus=(wish,), place=CENTRE, reach_km=2.0, else_km=10.0, now=TODAY)
    assert {one.service.id for one in find_services(unit, search)} == {"none", *further}


def test_it_is_looked_for_twice_as_far_before_it_is_looked_for_as_far_as_anybody_goes(
    unit: Unit, needs: Mapping[str, Need]
) -> None:
    ways = {"near": 3.0, "far": 9.0}
    banks = {id: Location(id, place=Place(CENTRE.lat + km / 111.2, CENTRE.lon)) for id, km in ways.items()}
    save_feed(unit, "invented", [Service(id, "Food Bank", locations=(at,)) for id, at in banks.items()], NOW)
    search = Search(needs=(needs["food"],), place=CENTRE, reach_km=2.0, else_km=10.0, now=TODAY)
    assert [one.service.id for one in find_services(unit, search)] == ["near"]


def test_a_town_that_areas_name_beside_others_is_known_though_nothing_stands_in_it(unit: Unit, needs: Mapping[str, Need]) -> None:
    towns = ("Kittersea", "Nearham")
    clubs = [
        Service(f"{town} {number}", "Chess", areas=(*towns, "Samphire"), locations=(in_town(town, number),))
        for number, town in enumerate(towns * 2)
    ]
    bank = Service("bank", "Food Bank", areas=towns, locations=(in_town("Nearham", 9),))
    search = Search(needs=(needs["food"],), place=replace(CENTRE, label="Samphire"), now=TODAY)
    save_feed(unit, "town", [*clubs[:2], bank], NOW)
    assert [one.service.id for one in find_services(unit, search)] == ["bank"]
    save_feed(unit, "town", [*clubs, bank], NOW)
    assert find_services(unit, search) == ()
    assert find_services(unit, replace(search, place=replace(CENTRE, label="Samphire, Nearham")))


def in_town(town: str, number: int) -> Location:
    place = Place(CENTRE.lat + number / 1000, CENTRE.lon)
    return Location(f"{town} {number}", place=place, addresses=(Address("1 Quay", city=town),))


def test_where_all_others_name_english_what_names_spanish_alone_is_not_in_english_also_once_it_is_posted_again(
    unit: Unit, needs: Mapping[str, Need]
) -> None:
    here, english, spanish = (Location("here", place=CENTRE),), Language("English", "en"), Language("Spanish", "es")
    others = [Service(str(number), "Chess", languages=(english, spanish), locations=here) for number in range(60)]
    save_feed(unit, "town", [*others, Service("bank", "Food Bank", languages=(spanish,), locations=here)], NOW)
    search = Search(needs=(needs["food"],), place=CENTRE, now=TODAY)
    for _ in ("as it was imported", "as it was posted again"):
        [bank] = find_services(unit, search)
        [to_a_speaker] = find_services(unit, replace(search, language="es"))
        assert Ask.LANGUAGE in bank.unknowns
        assert Ask.LANGUAGE not in to_a_speaker.unknowns
        post_again(unit, bank.service.key)


def test_nobody_is_asked_for_a_service_that_has_only_a_word_of_the_wish(unit: Unit, needs: Mapping[str, Need]) -> None:
    """A lunch for families would be the third of three, but is not shown beside a lunch with others."""
    here = (Location("here", place=CENTRE),)
    for_all = Service("all", "Community Meals", locations=here, assured_date=TODAY)
    for_few = Service("few", "Meals", eligibility_description="Anyone with children", locations=here, assured_date=TODAY)
    search = Search(needs=(needs["food"],), place=CENTRE, limit=10, now=TODAY)
    for wishes, asked in (((), (Fact.CHILDREN,)), ((Wish("together", "community meals"),), ())):
        wanted = replace(search, focus=wishes)
        yes, no = replace(wanted, known=known_of(["has_children"])), replace(wanted, known=known_of(denied=["has_children"]))
        unasked = Unasked((If(Fact.CHILDREN, 0.3, yes), If(Fact.CHILDREN, 0.7, no)))
        save_feed(unit, "town", [for_all, for_few], NOW)
        assert facts_needed([facts_deciding(unit, wanted, unasked)]) == asked


def test_a_search_asks_the_database_a_few_times_however_many_services_there_are(unit: Unit, needs: Mapping[str, Need]) -> None:
    """The words, the index, the spots to weigh with their room, those that are shown with theirs, and their pages."""
    asked: list[str] = []
    event.listen(unit.connection, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for count in (50, 300):
        save_feed(unit, "invented", invented(needs, count), NOW)
        asked.clear()
        assert find_services(unit, Search(needs=(needs["food"],), place=CENTRE, now=TODAY))
        assert len(asked) <= 14  # two rounds at most


def test_every_place_in_reach_is_in_the_box_of_cells() -> None:
    dice = random.Random(3)
    for _ in range(2000):
        here = Place(
            dice.uniform(-70, 70), dice.choice((dice.uniform(-180, 180), dice.uniform(179, 180), dice.uniform(-180, -179)))
        )
        there = Place(here.lat + dice.uniform(-0.5, 0.5), (here.lon + dice.uniform(-0.5, 0.5) + 180) % 360 - 180)
        found = list(stretches(here, km_between(here, there)))
        assert any(first <= cell_of(there) <= last for first, last in found)
        assert all(first <= last for first, last in found)
        assert cell_of_region(there) in regions_around(here)


@pytest.mark.parametrize("km", [10.0, 400.0])
def test_what_is_near_over_the_180th_meridian_is_found(unit: Unit, needs: Mapping[str, Need], km: float) -> None:
    banks = [
        Service(f"{lon}", "Food Bank", locations=(Location(f"{lon}", "physical", place=Place(-16.8, lon)),))
        for lon in (179.98, -179.98, 0.02)
    ]
    save_feed(unit, "fiji", banks, NOW)
    for lon in (179.99, -179.99):
        search = Search(needs=(needs["food"],), place=Place(-16.8, lon), reach_km=km, now=TODAY)
        assert {one.service.id for one in find_services(unit, search)} == {"179.98", "-179.98"}


def test_what_is_said_of_many_places_at_once_is_never_less_than_what_is_said_of_one() -> None:
    dice = random.Random(4)
    for _ in range(50):
        search = Search(needs=(), place=Place(dice.uniform(-75, 75), dice.uniform(-170, 170)), reach_km=20, now=TODAY)
        assert search.place
        spots = [Place(search.place.lat + dice.uniform(-0.2, 0.2), search.place.lon + dice.uniform(-0.3, 0.3)) for _ in range(40)]
        lat, lon = (np.array([getattr(spot, name) for spot in spots]) for name in ("lat", "lon"))
        for spot, most in zip(spots, nearest(search.place, search.reach_km, lat, lon), strict=True):
            near = nearness(search, Rules(has_place=True), spot)
            assert near <= most
            assert near == pytest.approx(most, abs=0.02) or km_between(search.place, spot) == pytest.approx(20, abs=0.02)


def test_what_has_no_place_comes_no_nearer_than_is_said_of_many_at_once() -> None:
    search = Search(needs=(), place=replace(CENTRE, label="Kittersea"), now=TODAY)
    nobody_travels = np.array([given is not Given.UNKNOWN for given in Given])
    for areas in ((), ("nationwide",), ("Kittersea",)):
        served, own_town = (np.full(len(Given), known) for known in (bool(areas), areas == ("Kittersea",)))
        most = nearest_without_place(nobody_travels, served, own_town)
        assert max(most) <= NEAREST_WITHOUT_PLACE
        assert list(most) == [nearness(search, Rules(given=given, served=Served(areas)), None) for given in Given]


def test_a_reach_around_the_world_is_no_trouble(unit: Unit, needs: Mapping[str, Need]) -> None:
    save_feed(unit, "invented", invented(needs, 50), NOW)
    assert candidates(unit, Search(needs=(needs["food"],), place=CENTRE, reach_km=50_000, now=TODAY))


def test_a_distance_is_that_of_the_map() -> None:
    paris, london = Place(48.8566, 2.3522), Place(51.5074, -0.1278)
    assert km_between(paris, london) == pytest.approx(343.6, abs=1)


def test_what_is_not_shown_as_long_as_nobody_knows_is_found_for_the_question(unit: Unit, needs: Mapping[str, Need]) -> None:
    """A food bank for those who served stands below what is shown: three for all, a little farther away."""
    far, near = (Location(str(at), place=Place(at, CENTRE.lon)) for at in (CENTRE.lat + 0.03, CENTRE.lat))
    for_all = [Service(f"a{number}", "Food Bank", locations=(far,), assured_date=TODAY) for number in range(3)]
    for_few = Service("few", "Food Bank", eligibility_description="Veterans", locations=(near,), assured_date=TODAY)
    save_feed(unit, "town", [*for_all, for_few], NOW)
    search = Search(needs=(needs["food"],), place=CENTRE, limit=10, now=TODAY)
    yes, no = replace(search, known=known_of(["veteran"])), replace(search, known=known_of(denied=["veteran"]))
    unasked = Unasked((If(Fact.VETERAN, 0.04, yes), If(Fact.VETERAN, 0.96, no)))
    assert "few" not in {match.service.id for match in find_services(unit, replace(search, limit=3))}
    assert facts_needed([facts_deciding(unit, search, unasked)]) == (Fact.VETERAN,)
    assert find_services(unit, yes)[0].service.id == "few"
    assert facts_deciding(unit, search, Unasked()) == {}


def test_the_residents_of_the_next_town_alone_come_last_for_who_lives_in_this_one(unit: Unit, needs: Mapping[str, Need]) -> None:
    def meal(id: str, km: float, town: str, eligibility: str) -> Service:
        spot = Location(id, place=Place(53.0 + km / 111, 0.0), addresses=(Address(city=town, type="physical"),))
        return Service(id, "Food bank", description="A food bank.", eligibility_description=eligibility, locations=(spot,))

    save_feed(unit, "p", [meal("theirs", 1.0, "Nearham", "Nearham resident"), meal("all", 3.0, "Kittersea", "None")], NOW)

    def found(town: str) -> list[str]:
        search = Search(needs=(needs["food"],), place=Place(53.0, 0.0, town), reach_km=5, limit=5, now=TODAY)
        return [match.service.id for match in find_services(unit, search)]

    assert found("Kittersea") == ["all", "theirs"]
    assert set(found("Nearham")) == {"all", "theirs"}
