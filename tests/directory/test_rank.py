"""Ranking: who may come, who comes first, and the codes that say why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rarities import rarity_among

from rxbot.directory.candidate import Candidate
from rxbot.directory.index import keys_of
from rxbot.directory.match import Match
from rxbot.directory.model import CostOption, Language, Location, Need, Organization, Phone, Place, Service, Term, TermRef
from rxbot.directory.rank import rank, seen_by
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.region import Region
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.known import known_of
from rxbot.directory.search import Search, Wish
from rxbot.directory.showing import few_of

NOW = date(2026, 6, 1)
HERE = Place(53.07, 0.42, "Old Town, Kittersea")
FOOD = Need("food", "Food", keywords=("food", "food bank"))
SEARCH = Search(needs=(FOOD,), place=HERE, reach_km=5, language="en", age=(40, 49), limit=3, now=NOW)


def at(km: float) -> Location:
    return Location(f"{km}", "physical", place=Place(HERE.lat + km / 111.2, HERE.lon))


def service(id: str, name: str = "Food Bank", km: float | None = 1.0, **fields: object) -> Service:
    given = {"assured_date": NOW, "locations": () if km is None else (at(km),)} | fields
    return Service(id, name, **given)  # type: ignore[arg-type]


def matches(*services: Service, search: Search = SEARCH) -> tuple[Match, ...]:
    return rank(search, candidates(services), rarity_among(map(keys_of, services)))


def candidates(services: Iterable[Service]) -> list[Candidate]:
    return [candidate for service in services for candidate in Candidate.all_of(service)]


def order(*services: Service, search: Search = SEARCH) -> list[str]:
    return [match.service.id for match in matches(*services, search=search)]


@pytest.mark.parametrize(
    "against",
    [
        {"status": "temporarily closed"},
        {"status": "inactive"},
        {"minimum_age": 60.0},
        {"eligibility_description": "Children under 12"},
        {"eligibility_description": "Nonprofit organizations"},
        {"name": "Chess Club"},
        {"km": 5.1},
    ],
)
def test_what_certainly_does_not_fit_never_comes(against: dict[str, object]) -> None:
    assert order(service("s", **against)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "worse",
    [
        {"km": 4.0},
        {"name": "Community Centre", "description": "We also run a food bank"},
        {"application_process": "Referral required"},
        {"assured_date": NOW - timedelta(days=800)},
        {"alert": "Full until August"},
        {"fees_description": "£20"},
        {"km": None},
    ],
)
def test_what_fits_less_well_comes_later(worse: dict[str, object]) -> None:
    assert order(service("worse", **worse), service("better")) == ["better", "worse"]  # type: ignore[arg-type]


def test_unknown_stands_between_yes_and_no() -> None:
    arabic, spanish = (Language("Arabic", "ar"),), (Language("Spanish", "es"),)
    search = replace(SEARCH, language="ar")
    services = (service("no", languages=spanish), service("open"), service("yes", languages=arabic))
    assert order(*services, search=search) == ["yes", "open", "no"]


def test_there_are_never_more_than_the_limit_and_each_service_comes_once() -> None:
    many = [service(str(number)) for number in range(9)]
    two_places = service("two", locations=(at(3.0), at(0.2)))
    assert len(matches(*many)) == 3
    [match] = matches(two_places)
    assert match.distance_km == pytest.approx(0.2, abs=0.01)


def test_equals_take_turns_from_day_to_day_but_not_within_a_day() -> None:
    equals = [service(str(number)) for number in range(6)]
    first = {order(*equals, search=replace(SEARCH, now=NOW + timedelta(days=day)))[0] for day in range(30)}
    assert len(first) > 1
    assert order(*equals) == order(*reversed(equals))


def test_everything_known_is_said_in_codes() -> None:
    known = service(
        "s",
        languages=(Language("English", "en"), Language("Arabic", "ar")),
        eligibility_description="Adults living in Kittersea",
        fees_description="Free",
        application_process="Drop in",
        areas=("Kittersea",),
    )
    [match] = matches(known, search=replace(SEARCH, language="ar"))
    assert match.reasons == (
        Reason(Why.WORDS_FIT, ("food bank",)),
        Reason(Why.WORDS_FIT, ("food",)),
        Reason(Why.NEAR, ("1.0",)),
        Reason(Why.COVERS_AREA, ("Kittersea",)),
        Reason(Why.SPEAKS, ("ar",)),
        Reason(Why.AGE_FITS),
        Reason(Why.FREE),
        Reason(Why.WALK_IN),
        Reason(Why.CHECKED_RECENTLY, ("2026-06-01",)),
    )
    assert match.unknowns == ()


def test_everything_unknown_is_to_be_asked() -> None:
    [match] = matches(service("s", km=None, assured_date=None, alert="New building"), search=replace(SEARCH, language="ar"))
    assert match.unknowns == (Ask.WHOM, Ask.LANGUAGE, Ask.AREA, Ask.COST, Ask.ENTRY, Ask.ALERT, Ask.CHECKED)
    [sent] = matches(service("s", application_process="GP referral needed"))
    assert Ask.REFERRAL in sent.unknowns
    [aged] = matches(service("s", eligibility_description="Seniors"), search=replace(SEARCH, age=(50, 59)))
    assert (Ask.AGE in aged.unknowns, Ask.WHOM in aged.unknowns) == (True, False)


@pytest.mark.parametrize("limit", ["Women 18 and over", "Residents of the Samphire Estate only", ""])
def test_whom_a_service_leaves_out_is_asked_and_comes_after_what_is_for_everybody(limit: str) -> None:
    some, everybody = service("some", eligibility_description=limit, minimum_age=18.0), service("all", audience=("Adults",))
    assert order(some, everybody) == ["all", "some"]
    [match] = matches(some)
    assert Ask.WHOM in match.unknowns
    assert Ask.AGE not in match.unknowns  # whoever asks whether it is for them asks that too


def test_what_is_for_the_people_of_another_ward_comes_last_and_the_area_is_asked() -> None:
    ward, open_to_all = service("ward", description="Lunch club for residents of Ward 6.", km=0.5), service("all", km=5.0)
    assert order(ward, open_to_all)[0] == "all"
    [match] = matches(ward)
    assert Ask.AREA in match.unknowns


@pytest.mark.parametrize(("limit", "is_asked"), [("Farmouth residents only", True), ("Adults", False)])
def test_who_may_live_outside_of_where_one_must_live_is_told_to_ask_though_it_is_near(limit: str, is_asked: bool) -> None:
    [match] = matches(service("s", eligibility_description=limit, areas=("Farmouth, Nearmouth and Midmouth",)))
    assert (Ask.AREA in match.unknowns) is is_asked


SPANISH = (Language("Spanish", "es"),)
WISH = Wish("meals", "lunch club")


def test_a_language_that_is_spoken_outweighs_nearness_and_a_fuller_description() -> None:
    spoken = service("spoken", km=2.0, description="", languages=SPANISH)
    fuller = service("fuller", km=0.5, languages=(Language("Polish", "pl"),), description="Our food bank", keywords=("food",))
    assert order(fuller, spoken, search=replace(SEARCH, language="es")) == ["spoken", "fuller"]


def test_the_nearer_of_two_that_fit_alike_comes_first_though_the_other_costs_less() -> None:
    near, far = service("near", km=0.1, fees_description="£2"), service("far", km=1.4, fees_description="Free")
    assert order(far, near, search=replace(SEARCH, reach_km=10)) == ["near", "far"]


@pytest.mark.parametrize(
    "speaking", [{"description": "A lunch club"}, {"terms": (Term("A list", "", "Lunch Club"),), "description": "Food"}]
)
def test_what_speaks_of_what_would_help_most_comes_before_what_fits_by_its_category(speaking: dict[str, object]) -> None:
    need = replace(FOOD, terms=(TermRef("Free Meals"),), keywords=("food", "lunch"))
    search = replace(SEARCH, needs=(need,), focus=(WISH,))
    speaks = service("speaks", name="Town Hall", km=4.0, **speaking)  # type: ignore[arg-type]
    by_category = service("category", name="Food", km=0.1, terms=(Term("A list", "", "Free Meals"),))
    found = matches(by_category, speaks, search=search)
    assert [match.service.id for match in found] == ["speaks", "category"]
    assert [Reason(Why.HELPS_WITH, ("meals",)) in match.reasons for match in found] == [True, False]


def test_words_of_a_category_may_have_one_between_that_says_little() -> None:
    search = replace(SEARCH, focus=(Wish("bills", "utility payments"),))
    categories = ("Utility Service Payment Assistance", "Utility Company Payments")
    told = [service(one, name="Food Bank", terms=(Term("", "", one),)) for one in categories]
    speaking = [match.speaks for match in sorted(matches(*told, search=search), key=lambda one: one.service.id)]
    assert speaking == [one == categories[0] for one in sorted(categories)]


def test_what_is_worth_so_much_less_than_the_best_that_it_is_no_help_is_ranked_and_not_shown() -> None:
    search = replace(SEARCH, focus=(Wish("bank", "food bank"),))
    weak = {
        "name": "Gardens",
        "description": "Trees and paths. In autumn there is food for ducks.",
        "km": 4.9,
        "alert": "Shut",
        "fees_description": "£9",
    }
    best, weak_one = matches(service("best", km=0.0, fees_description="Free"), service("weak", **weak), search=search)  # type: ignore[arg-type]
    assert (best.service.id, best.worth, weak_one.service.id) == ("best", 1.0, "weak")
    assert 0 < weak_one.worth < 0.1
    [(_, shown)] = few_of((("food", (best, weak_one)),))
    assert [match.service.id for match in shown] == ["best"]


def test_what_is_for_ones_own_town_and_nearly_the_best_is_shown_beside_what_speaks_of_the_wish() -> None:
    search = replace(SEARCH, focus=(Wish("soup", "soup kitchen"),), place=Place(HERE.lat, HERE.lon, "Kittersea, Marsh County"))
    spoken = service("spoken", name="Soup Kitchen", description="A food bank.", km=4.9, alert="Shut in May")
    for areas, stays in (("Kittersea",), True), (("Marsh County",), False):
        found = matches(spoken, service("town", name="Soup, Food Bank", areas=areas), search=search)
        assert {match.service.id for match in found} == {"spoken", "town"}
        [(_, shown)] = few_of((("food", found),), wished=("food",))
        assert ("town" in [match.service.id for match in shown]) is stays


def test_a_word_of_a_wish_that_has_nothing_to_do_with_the_need_is_no_help() -> None:
    search = replace(SEARCH, focus=(WISH,))
    elsewhere = service("s", name="Bridge Players and Lunch Club", km=0.1)
    found = matches(elsewhere, service("food", km=4.0), service("other", name="Chess"), search=search)
    assert [match.service.id for match in found] == ["food", "s"]
    assert Reason(Why.HELPS_WITH, ("meals",)) not in found[1].reasons
    assert (
        order(replace(elsewhere, name="Bridge Players", description="We share the hall with a lunch club"), search=search) == []
    )


def test_what_somebody_asked_for_in_their_own_words_counts_whatever_need_it_is_listed_under() -> None:
    own, others = Wish("chess", "chess players"), [service(f"o{n}", name=f"Bowls {n}", description="Bowls") for n in range(9)]
    assert order(service("s", name="Chess Players"), *others, search=replace(SEARCH, focus=(own,))) == ["s"]


def test_a_service_that_was_chosen_already_is_seen_at_its_nearest_place_with_what_to_ask() -> None:
    two = service("s", name="Chess Club", locations=(at(3.0), at(0.2)), eligibility_description="Women")
    match = seen_by(SEARCH, two)
    assert match.distance_km == pytest.approx(0.2, abs=0.01)
    assert {Ask.WHOM, Ask.COST, Ask.ENTRY} <= set(match.unknowns)
    assert seen_by(SEARCH, replace(two, locations=())).location is None


def test_a_chosen_service_is_seen_at_its_place_as_far_as_its_publisher_s_services_reach() -> None:
    far = service("s", locations=(at(400.0),))
    assert seen_by(SEARCH, far).location is None, "where nothing is known of its publisher, nobody goes 400 km"
    assert seen_by(SEARCH, far, Region(HERE)).location is None
    national = seen_by(SEARCH, far, Region(HERE, 1200))
    assert national.location == far.locations[0]
    assert national.distance_km == pytest.approx(400, abs=2)
    elsewhere = Region(Place(HERE.lat - 2, HERE.lon))
    assert seen_by(SEARCH, service("s", locations=(at(100.0),)), elsewhere).location is None, "it lies far from all the others"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"locations": (Location("v", "virtual"),), "phones": (Phone("01632 960000"),)}, Why.BY_PHONE),
        ({"locations": (Location("v", "virtual"),), "email": "food@example.org"}, Why.ONLINE),
        ({"fees_description": "Donations welcome"}, Why.DONATION),
        ({"fees_description": "By income"}, Why.SLIDING),
        ({"costs": (CostOption(amount=0),)}, Why.FREE),
        ({"application_process": "Phone us"}, Why.SELF_REFERRAL),
    ],
)
def test_each_reason_has_its_code(fields: dict[str, object], code: Why) -> None:
    [match] = matches(service("s", km=None, **fields))  # type: ignore[arg-type]
    assert code in {reason.code for reason in match.reasons}


def test_what_serves_everywhere_is_not_lost_to_the_reach_but_makes_no_claim_of_being_near() -> None:
    far = service("s", km=None, areas=("nationwide",), locations=(at(300),))
    [match] = rank(SEARCH, Candidate.all_of(far))
    assert (match.location, match.distance_km) == (None, None)
    assert {reason.code for reason in match.reasons} & {Why.NEAR, Why.BY_PHONE} == set()
    assert Reason(Why.COVERS_AREA, ("nationwide",)) in match.reasons


def test_what_is_for_ones_own_town_is_nearer_than_what_is_for_the_county() -> None:
    here = replace(SEARCH, place=replace(HERE, label="Old Town, Kittersea, Marsh County"))
    town = service("town", km=None, areas=("Kittersea; Windmill Cross",), application_process="Referral required")
    county = service("county", km=None, areas=("Marsh County",))
    assert order(town, county, search=here) == ["town", "county"]
    assert order(replace(town, areas=("Marsh County",)), county, search=here) == ["county", "town"]


def test_a_search_may_leave_everything_open() -> None:
    [match] = matches(service("s"), search=Search(needs=(FOOD,), now=NOW))
    assert match.distance_km is None
    assert Ask.AGE not in match.unknowns
    assert Ask.AREA not in match.unknowns


def test_a_need_more_or_less_makes_a_difference() -> None:
    walks = Need("walks", "Walks", keywords=("walks",))
    both = service("both", name="Food Bank Walks")
    assert order(service("food"), both, search=replace(SEARCH, needs=(FOOD, walks)))[0] == "both"


@pytest.mark.parametrize(
    ("wish", "of_it"),
    [("autism", "developmental_disability"), ("kinship care", "raises_a_relative"), ("out of prison", "ex_offender")],
)
def test_what_a_wish_names_is_true_of_whoever_wishes_it(wish: str, of_it: str) -> None:
    assert known_of(wishes=[wish]).meets({of_it}) is Answer.YES
    assert known_of(wishes=["lunch club"]).meets({of_it}) is Answer.UNKNOWN


def test_what_somebody_would_like_to_be_is_not_true_of_them_yet() -> None:
    assert known_of(wishes=["citizenship"]).meets({"citizen"}) is Answer.UNKNOWN


def test_what_speaks_of_what_the_person_told_of_themselves_comes_first() -> None:
    told = replace(SEARCH, known=known_of(told={"ex_offender"}))
    anybody = service("any", km=0.9, description="A food bank for the town, in the old mill by the station.")
    them = service("them", description="A food bank for the town, with a desk for people released from prison.")
    assert order(anybody, them, search=told) == ["them", "any"]
    assert order(anybody, them) == ["any", "them"]


def test_what_speaks_of_all_that_the_person_told_comes_before_what_speaks_of_some() -> None:
    told = replace(SEARCH, known=known_of(told={"homeless", "lgbtq"}))
    one = service("one", km=0.9, description="A food bank by the station, for whoever is homeless.")
    both = service("both", description="A food bank by the station, for whoever is homeless, LGBTQ or both.")
    assert order(one, both, search=told) == ["both", "one"]


def test_nobody_is_sent_where_a_description_says_that_it_is_not_given() -> None:
    description = "Legal advice on tenancies. We do not handle food matters; non-food parcels are kept at the desk."
    assert order(service("desk", "Advice desk", description=description)) == []


def test_one_weak_word_somewhere_is_no_answer() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    assert order(service("long", "Town hall", description=f"Parking and permits. {words} food.")) == []


def test_who_wants_to_help_is_shown_what_asks_for_help() -> None:
    helping = Need("volunteering", "Volunteering", keywords=("volunteering",))
    outside = replace(SEARCH, needs=(helping,), focus=(Wish("gardening", "gardening"),))
    park = service("park", "Old Town Gardens", description="A park.")
    wanted = service("wanted", "Friends of the park", km=4.0, description="Volunteering on Mondays: gardening, clearing paths.")
    elsewhere = [service(f"{number}", "Choir", description="Singing.") for number in range(9)]
    assert order(park, wanted, *elsewhere, search=outside) == ["wanted"]


@pytest.mark.parametrize(
    ("description", "comes"),
    [
        ("Food bank for young people who left home, ages 18 to 24.", True),
        ("Food bank for pupils of the primary school.", False),
    ],
)
def test_a_category_of_ages_yields_to_what_the_description_says(description: str, comes: bool) -> None:
    tagged = service("tagged", audience=("Youth (6-12)",), description=description)
    assert bool(order(tagged, search=replace(SEARCH, age=(18, 18)))) == comes


def test_an_age_that_is_open_by_exception_comes_after_one_that_is_open() -> None:
    by_exception = service("most", km=0.9, eligibility_description="Age 60 or over for most programs")
    nothing_said = service("unsaid", km=2.5)
    assert order(by_exception, nothing_said) == ["unsaid", "most"]
    assert order(by_exception, nothing_said, search=replace(SEARCH, age=(65, 69))) == ["most", "unsaid"]


def test_what_is_mostly_for_another_age_comes_after_what_makes_an_exception() -> None:
    mostly = service("most", km=0.9, eligibility_description="Age 60 or over for most programs")
    exception = service("spouse", km=2.5, eligibility_description="Age 60 or over, or spouse")
    assert order(mostly, exception) == ["spouse", "most"]
    assert order(mostly, exception, search=replace(SEARCH, age=(65, 69))) == ["most", "spouse"]


@pytest.mark.parametrize(
    "description",
    [
        "We cannot do food parcels.",
        "Advice by phone. We do not run a food bank.",
        "Volunteers cannot make food at home.",
        "This is not a food bank.",
        "Not a food bank, but a place to sit.",
        "A warm room. No food is served.",
        "A warm room. It no longer offers food.",
        "Help with forms. The hall does not provide food or shelter. Ask the library about a food bank.",
    ],
)
def test_what_a_record_says_it_does_not_do_does_not_find_it(description: str) -> None:
    assert not order(service("s", name="The Hall", description=description))


def test_where_something_is_given_out_is_less_than_what_is_given() -> None:
    pets = service("pets", "For Pets", km=0.5, description="Pet care. Leads are distributed at food banks and soup kitchens.")
    assert order(pets, service("bank", "The Hall", km=2.0, description="Open on Mondays. A food bank.")) == ["bank", "pets"]


def test_what_is_said_beside_what_is_not_done_still_finds_it() -> None:
    assert order(service("s", name="The Hall", description="A food bank. We do not do home visits.")) == ["s"]
    assert order(service("s", name="The Hall", description="Food for people who cannot do their own shopping.")) == ["s"]
    both = "A food bank. We do not offer food for pets. The food bank opens at nine."
    assert order(service("s", name="The Hall", description=both)) == ["s"]


def test_what_comes_to_ones_home_is_found_beyond_the_reach_but_not_from_another_region() -> None:
    meals = {"name": "Food to Your Door", "description": "Meals on wheels."}
    near, far = service("near", km=18.0, **meals), service("far", km=80.0, **meals)
    assert order(near, far, service("bank", km=18.0)) == ["near"]
    assert matches(near)[0].location is None
    assert order(near, service("next door")) == ["next door", "near"]


def test_what_comes_to_the_homes_of_another_county_alone_does_not_come_here() -> None:
    told = {"name": "Food to Your Door", "eligibility_description": "Must live in Alder County only"}
    here = replace(SEARCH, place=Place(HERE.lat, HERE.lon, "Kittersea, Marsh County"))
    assert order(service("s", km=18.0, **told), search=here) == []


@pytest.mark.parametrize(
    ("told", "is_found"),
    [
        ({"description": "A food bank. Provides advice by phone and at its office."}, True),
        ({"description": "A food bank with free telephone counselling."}, True),
        ({"description": "A food bank. It operates a 24-hour helpline."}, True),
        ({"description": "A food bank. Cooking classes are held virtually."}, True),
        ({"eligibility_description": "None for telephone resource consultation; others must live in the area"}, True),
        ({"description": "A food bank. Applications can be made by phone."}, True),
        ({"application_process": "Apply by phone"}, False),
        ({"description": "A food bank. Call the office for an appointment."}, False),
        ({"description": "A food bank. This is not a telephone counselling service."}, False),
        ({"description": "A food bank. Offers support to virtually all of the town."}, False),
        ({"description": "A food bank. Those in need are referred through the helpline."}, False),
    ],
)
def test_what_is_given_by_phone_is_found_where_its_office_is_out_of_reach(told: dict[str, object], is_found: bool) -> None:
    assert bool(order(service("s", km=45.0, **told))) is is_found  # type: ignore[arg-type]
    assert not order(service("s", km=90.0, **told))  # type: ignore[arg-type]


def test_what_is_given_by_phone_in_another_county_is_not_found_here_but_in_its_region() -> None:
    told = {"km": 45.0, "description": "A food bank with free telephone counselling."}
    counties = ("Alder County", "Birch County", "Cedar County")
    assert order(service("one", areas=counties[:1], **told), service("all", areas=counties, **told)) == ["all"]


def test_what_goes_out_to_homes_beside_much_else_is_had_where_it_is() -> None:
    centre = {"name": "Food Bank", "description": "Parcels of food. Home visits can be arranged."}
    assert order(service("s", km=18.0, **centre)) == []


def test_the_years_of_the_old_are_of_whom_somebody_cares_for() -> None:
    caring = Need("carers", "Caring", keywords=("food", "food bank"))
    search = replace(SEARCH, needs=(caring,), known=known_of(needs=["carers"]))
    for_the_old = service("old", km=0.9, eligibility_description="Age 60 or over")
    assert order(for_the_old, service("other", km=2.5), search=search) == ["old", "other"]
    for_the_young = service("young", km=0.9, eligibility_description="Age 8 to 16")
    assert order(for_the_young, service("other", km=2.5), search=search) == ["other", "young"]


@pytest.mark.parametrize(
    ("told", "comes"),
    [
        ({"eligibility_description": "Ages 0-5"}, True),
        ({"eligibility_description": "Children under 12"}, True),
        ({"eligibility_description": "Ages 5-18"}, True),
        ({"eligibility_description": "Ages 13-19"}, False),
        ({"eligibility_description": "Ages 60 and over"}, False),
    ],
)
def test_the_years_of_children_are_of_those_whose_parents_ask_for_help(told: dict[str, object], comes: bool) -> None:
    children = replace(SEARCH, needs=(Need("family_parenting", "Children", keywords=("food", "food bank")),))
    assert bool(order(service("s", **told), search=children)) is comes  # type: ignore[arg-type]
    assert not order(service("s", **told))  # type: ignore[arg-type]


def test_what_seems_for_children_is_no_less_for_their_parents_but_what_is_for_young_parents_is() -> None:
    children = replace(SEARCH, needs=(Need("family_parenting", "Children", keywords=("food", "food bank")),))
    for_kids, for_young = service("kids", name="Food Bank for Kids", km=1.5), service("young", name="Food Bank, Under 21s only")
    assert order(for_kids, for_young, service("all", km=3.0), search=children) == ["kids", "all", "young"]


@pytest.mark.parametrize(
    ("doors", "many"),
    [
        ((("Wharf Trust", 1.0), ("Wharf Trust", 1.0), ("Wharf Trust", 1.0)), 2),
        ((("Wharf Trust", 1.0), ("Wharf Trust", 1.0), ("Wharf Trust", 2.0)), 3),
        ((("Wharf Trust", 1.0), ("Wharf Trust", 1.0), ("Quay Trust", 1.0)), 3),
        ((("", 1.0), ("", 1.0), ("", 1.0)), 3),
    ],
)
def test_of_one_organization_at_one_place_two_are_shown(doors: tuple[tuple[str, float], ...], many: int) -> None:
    services = [
        service(str(number), km=km, organization=Organization(name=provider), description=f"Food bank number {number} of us.")
        for number, (provider, km) in enumerate(doors)
    ]
    [(_, shown)] = few_of((("food", matches(*services)),))
    assert len(shown) == many
