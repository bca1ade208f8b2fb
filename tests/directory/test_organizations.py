"""An organization stays one, whatever its records say of it."""

from typing import Any

from rxbot.directory.hsds import read_listing, read_services


def record(number: int, **organization: str) -> dict[str, Any]:
    return {"id": f"s{number}", "name": f"Library {number}", "organization": {"id": "o", "name": "Marsh Council", **organization}}


BRANCHES = [
    record(1, website="https://marsh.example.org/quay", email="quay@marsh.example.org"),
    record(2, website="https://marsh.example.org"),
    record(3, website="https://marsh.example.org", description="The council."),
    record(4, website="https://marsh.example.org/hill"),
]


def test_one_id_and_name_is_one_organization_and_what_else_is_said_goes_with_the_service() -> None:
    services, defects = read_services([("a.json", BRANCHES)])
    [council] = {one.organization for one in services}
    assert (council.url, council.description) == ("https://marsh.example.org", "The council.")
    assert [one.url for one in services] == ["https://marsh.example.org/quay", "", "", "https://marsh.example.org/hill"]
    assert council.email == "quay@marsh.example.org"
    assert [(one.code, one.count, one.first) for one in defects] == [("organization_differs", 2, "a.json item 1")]


def test_the_order_of_the_records_says_nothing() -> None:
    there, back = (read_services([("a.json", rows)])[0] for rows in (BRANCHES, BRANCHES[::-1]))
    assert set(there) == set(back)


def test_saying_less_is_nothing_wrong() -> None:
    services, defects = read_services([("a.json", [record(1), record(2, website="https://marsh.example.org")])])
    assert {one.organization.url for one in services} == {"https://marsh.example.org"}
    assert defects == ()


def test_an_id_under_two_names_is_two_and_told_of() -> None:
    listing = read_listing([("a.json", [record(1), record(2, name="Marsh  council"), record(3, name="The Larder")])])
    assert [one.organization.name for one in listing.services] == ["Marsh Council", "Marsh Council", "The Larder"]
    assert [(one.code, one.first) for one in listing.defects] == [("organization_renamed", "a.json item 3")]
