"""Reading HSDS 3.x JSON: every shape of a feed, every kind of mess, nothing lost silently."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rxbot.directory.defects import REMEDIES
from rxbot.directory.hsds import plain, read_listing, read_services
from rxbot.directory.model import Place, Service, Term

SERVICE: dict[str, Any] = {
    "id": "s1",
    "name": "Soup Kitchen",
    "status": "active",
    "organization": {"id": "o1", "name": "Mission"},
}


def read(*pages: object) -> tuple[tuple[Service, ...], dict[str, int]]:
    services, defects = read_services((f"feed:{number}", page) for number, page in enumerate(pages, 1))
    return services, {defect.code: defect.count for defect in defects}


def only(page: object) -> Service:
    [service], _ = read(page)
    return service


@pytest.mark.parametrize(
    "page",
    [
        SERVICE,
        [SERVICE],
        {"total_items": 1, "contents": [SERVICE]},
        {"id": "o1", "name": "Mission", "services": [{"id": "s1", "name": "Soup Kitchen", "status": "active"}]},
        [{"id": "o1", "name": "Mission", "services": [{"id": "s1", "name": "Soup Kitchen", "status": "active"}]}],
    ],
    ids=["alone", "list", "page", "in its organization", "list of organizations"],
)
def test_a_service_is_found_in_every_shape_of_a_feed(page: object) -> None:
    service = only(page)
    assert (service.id, service.name, service.organization.name) == ("s1", "Soup Kitchen", "Mission")


def test_an_empty_page_holds_nothing_and_is_no_defect() -> None:
    assert read({"total_items": 0, "contents": []}) == ((), {})


def test_everything_a_person_needs_is_read() -> None:
    service = only(
        SERVICE
        | {
            "alternate_name": "The Kitchen",
            "description": "<p>Hot   soup</p>\\nand bread ",
            "email": "kitchen@example.org",
            "fees_description": "None",
            "eligibility_description": "Age 18 or over",
            "minimum_age": 18,
            "application_process": "Walk in",
            "assured_date": "2026-03-01",
            "last_modified": "2026-04-01T10:00:00Z",
            "phones": [{"number": '"01632 960001"', "type": "voice"}],
            "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "10:00", "closes_at": "12:00"}],
            "languages": [{"name": "Spanish", "code": "spa"}, {"name": "Interpreter"}],
            "cost_options": [{"amount": 0, "currency": "gbp"}],
            "required_documents": [{"document": "Proof of address"}],
            "service_areas": [{"name": "Kittersea"}],
            "attributes": [
                {"taxonomy_term": {"taxonomy": "Open Eligibility", "code": "1131", "name": "Free Meals"}},
                {"label": "target group", "value": "Adults"},
                {"label": "keyword", "value": "soup"},
            ],
        }
    )
    assert service.description == "Hot soup\nand bread"
    assert service.phones[0].number == "01632 960001"
    assert [language.code for language in service.languages] == ["es"]
    assert service.interpretation == "Interpreter"
    assert (service.terms[0].name, service.audience, service.keywords) == ("Free Meals", ("Adults",), ("soup",))
    assert (service.documents, service.areas) == (("Proof of address",), ("Kittersea",))
    assert service.checked == date(2026, 3, 1)
    assert service.costs[0].currency == "GBP"


def test_a_location_carries_what_is_said_of_the_service_there() -> None:
    [location] = only(
        SERVICE
        | {
            "service_at_locations": [
                {
                    "phones": [{"number": "1"}],
                    "schedules": [{"description": "Mondays"}],
                    "location": {
                        "id": "l1",
                        "location_type": "physical",
                        "latitude": "53.07",
                        "longitude": 0.42,
                        "phones": [{"number": "1"}, {"number": "2"}],
                        "schedules": [{"description": "Building open all week"}],
                        "addresses": [{"address_1": "2 Herring Quay", "attention": "A. Person", "city": "Kittersea"}],
                        "accessibility": [{"description": "Ramp"}],
                    },
                }
            ]
        }
    ).locations
    assert location.place == Place(53.07, 0.42, "")
    assert [phone.number for phone in location.phones] == ["1", "2"]
    assert [schedule.description for schedule in location.schedules] == ["Mondays"]
    assert location.accessibility == ("Ramp",)


def test_a_contact_gives_its_phone_and_never_a_name() -> None:
    service = only(SERVICE | {"contacts": [{"name": "Ann Person", "email": "ann@example.org", "phones": [{"number": "7"}]}]})
    assert [phone.number for phone in service.phones] == ["7"]
    assert "ann" not in repr(service).casefold()


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (100, 101, "off_the_map"),
        (0, 0, "zero_zero"),
        (None, 0.4, "no_coordinates"),
        ("north", 0.4, "not_a_number"),
        ("NaN", 0.4, "no_coordinates"),
    ],
)
def test_a_wrong_place_is_no_place_and_is_counted(latitude: object, longitude: object, code: str) -> None:
    location = {"id": "l", "location_type": "physical", "latitude": latitude, "longitude": longitude}
    [service], defects = read(SERVICE | {"service_at_locations": [{"location": location}]})
    assert service.locations[0].place is None
    assert code in defects


def test_each_number_that_cannot_be_read_counts_by_itself() -> None:
    location = {"id": "l", "location_type": "physical", "latitude": float("nan"), "longitude": "1e999"}
    _, defects = read(SERVICE | {"minimum_age": "12 years", "service_at_locations": [{"location": location}]})
    assert defects["not_a_number"] == 3


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("<b>Bold</b> <script>alert(1)</script> club", "Bold club"),
        ("<style type='text/css'>p {color: red}</style>Tea", "Tea"),
        ("Tea <!-- not <b>this</b> --> and cake", "Tea and cake"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Tea", "Tea"),
        ("The script is by <i>us</i>", "The script is by us"),
        ("<script>Tea", "Tea"),
        ("2 < 3 <3 Tea", "2 < 3 <3 Tea"),
    ],
)
def test_what_only_a_browser_reads_is_left_out(text: str, plainly: str) -> None:
    [service], _ = read(SERVICE | {"description": text})
    assert service.description == plainly


def test_a_virtual_location_needs_no_coordinates() -> None:
    [service], defects = read(SERVICE | {"service_at_locations": [{"location": {"location_type": "virtual"}}]})
    assert (service.locations[0].place, defects) == (None, {})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "inactive"}, "not_active"),
        ({"status": "open"}, "unknown_status"),
        ({"id": None}, "no_id"),
        ({"organization": None}, "no_organization"),
        ({"name": ["x"]}, "wrong_type"),
        (
            {"organization": {"id": "o", "name": "Org", "attributes": [{"taxonomy_term": {"name": "Charity"}}]}},
            "attributes_not_read",
        ),
        ({"service_at_locations": [{"location": {"location_type": "virtual", "attributes": [{}]}}]}, "attributes_not_read"),
        ({"capacities": [{"unit": {"name": "beds"}, "available": 3, "updated": "2026-05-30"}]}, "capacity_not_read"),
        ({"minimum_age": "ten"}, "not_a_number"),
        ({"minimum_age": 60, "maximum_age": 18}, "ages_crossed"),
        ({"assured_date": "last spring"}, "not_a_date"),
        ({"languages": [{"name": "Elvish"}]}, "unknown_language"),
        ({"languages": "Spanish"}, "wrong_type"),
        ({"phones": [{"type": "voice"}]}, "phone_without_number"),
        ({"attributes": [{"taxonomy_term": {"id": "t"}}]}, "term_without_name"),
    ],
)
def test_each_defect_is_counted_and_the_service_kept(change: dict[str, Any], code: str) -> None:
    services, defects = read(SERVICE | change)
    assert len(services) == 1
    assert defects[code] == 1


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("text", "not_a_record"),
        ({"id": "s2", "status": "active"}, "no_name"),
        ({"id": "o2", "name": "Trust", "website": "https://example.org"}, "no_services"),
        ({"id": "t", "name": "Food", "$schema": "https://example.org/service.json"}, "not_a_service"),
        ({"id": "sal", "location": {"id": "l"}}, "not_a_service"),
        (SERVICE | {"name": "Another"}, "repeated_id"),
    ],
)
def test_what_is_left_out_is_counted(page: object, code: str) -> None:
    services, defects = read(SERVICE, page)
    assert (len(services), defects) == (1, {code: 1})


def test_a_list_of_categories_beside_the_services_is_read_with_what_stands_below_what() -> None:
    term = {"id": "b", "name": "Meals", "code": "1-1", "taxonomy": "Town", "parent_id": "a"}
    services = SERVICE | {"attributes": [{"link_type": "category", "taxonomy_term": term}]}
    pages: list[tuple[str, object]] = [
        ("services", services),
        (
            "terms",
            {"contents": [{"id": "a", "name": "Food", "code": "1", "taxonomy": "Town"}, {**term, "id": "c", "name": "Tea"}]},
        ),
        ("more", {"id": "d", "name": "Lost", "taxonomy": "Town", "parent_id": "nowhere"}),
        ("more", {"id": "e", "name": "Both", "taxonomy": "Town", "parent_id": "a, b"}),
    ]
    listing = read_listing(pages)
    food, meals, tea = Term("Town", "1", "Food"), Term("Town", "1-1", "Meals"), Term("Town", "1-1", "Tea")
    lost, both = Term("Town", "", "Lost"), Term("Town", "", "Both")
    assert {one.term: one.parent for one in listing.categories} == {
        food: None, meals: food, tea: food, lost: None, both: food,
    }  # fmt: skip
    assert {one.code: one.count for one in listing.defects} == {"unknown_parent": 1, "several_parents": 1}
    assert [one.terms for one in listing.services] == [(meals,)]


def test_a_defect_tells_how_many_where_first_and_what_to_do() -> None:
    gone = [(f"feed.ndjson:{line}", SERVICE | {"id": str(line), "status": "defunct"}) for line in (3, 9)]
    _, defects = read_services([*gone, ("feed.ndjson:12", SERVICE)])
    [defect] = defects
    assert (defect.code, defect.count, defect.first) == ("not_active", 2, "feed.ndjson:3")
    assert defect.as_json() == {"code": "not_active", "count": 2, "first": "feed.ndjson:3", "remedy": REMEDIES["not_active"]}


ACTS = {
    "Add", "Ask", "Check", "Close", "Delete", "Export", "Fill", "Give", "Import", "Join", "Look", "Make", "Mend", "Name", "Nest",
    "Nothing", "Rename", "Take", "Use", "Write",
}  # fmt: skip
"""How a sentence begins that says what to do, or that nothing has to be done."""


@pytest.mark.parametrize("code", REMEDIES)
def test_every_remedy_ends_with_what_to_do(code: str) -> None:
    assert REMEDIES[code].rpartition(". ")[2].split()[0] in ACTS


def test_a_feed_without_an_active_service_says_so_loudly() -> None:
    _, counts = read(SERVICE | {"status": "inactive"}, SERVICE | {"id": "s2", "status": "gone"})
    assert counts["none_active"] == 2
    assert "none_active" not in read(SERVICE, SERVICE | {"id": "s2", "status": "inactive"})[1]


def test_an_id_that_is_missing_is_made_the_same_each_time() -> None:
    assert only(SERVICE | {"id": ""}).id == only(SERVICE | {"id": ""}).id != only(SERVICE | {"id": "", "name": "B"}).id


def test_plain_text_has_no_markup_and_no_written_line_ends() -> None:
    assert plain(" <b>Tea</b> &amp; cake\\n\t10 < 12 ") == "Tea & cake\n10 < 12"
    assert plain("half a \ud800 letter\0") == "half a ? letter"
    assert plain("<p>On <b>Mondays</b>, <a href='x'>here</a>.</p><p>Free</p>") == "On Mondays, here. Free"


@pytest.mark.parametrize(
    ("text", "plainly"),
    [('"Tea"', "Tea"), ('""Tea""', "Tea"), ('Tea"', "Tea"), ('The "Hub"', 'The "Hub"'), ('"Hub" and "Shed"', '"Hub" and "Shed"')],
)
def test_quotation_marks_around_a_text_are_taken_off_and_those_in_it_stay(text: str, plainly: str) -> None:
    assert plain(text) == plainly


@given(st.text("ab 1.\n\t\r\"'&<>/;\\né’•\xa0\x85\u2028\x1c\0", max_size=12))
def test_blanks_around_a_text_change_nothing_of_it_and_what_is_plain_stays_so(text: str) -> None:
    assert plain(f" {text} ") == plain(text) == plain(plain(text))


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "id", "name", "status", "organization", "description", "languages", "phones", "schedules", "service_areas", "services",
    "service_at_locations", "attributes", "cost_options", "contacts", "required_documents", "minimum_age", "assured_date",
    "contents", "location",
]  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), anything, max_size=8) | anything, max_size=3))
def test_no_page_whatever_breaks_the_reader(pages: list[object]) -> None:
    _, defects = read(*pages)
    assert set(defects) <= set(REMEDIES)
