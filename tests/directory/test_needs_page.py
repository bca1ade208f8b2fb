"""The page of needs, and how a need finds a service."""

from collections.abc import Mapping
from math import sqrt
from pathlib import Path

import pytest
import yaml

from rxbot.content.complaints import Complaints
from rxbot.content.needs import read_needs
from rxbot.directory.index import alike, keys_of, phrase, speaks_of
from rxbot.directory.model import Need, Service, Term, TermRef
from rxbot.directory.stems import stems

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def fits(need: Need, service: Service) -> list[str]:
    keys = keys_of(service)
    return list(speaks_of(need, keys))


def test_there_are_twenty_needs_each_with_something_to_look_for(needs: Mapping[str, Need]) -> None:
    assert len(needs) == 20
    assert all(need.label and need.keywords and need.terms for need in needs.values())


def test_every_keyword_is_one_telling_word_or_two(needs: Mapping[str, Need]) -> None:
    assert [word for need in needs.values() for word in need.keywords if len(stems(word)) not in (1, 2)] == []


def test_the_needs_are_those_of_the_public_mapping(needs: Mapping[str, Need]) -> None:
    page = SHARED / "directories/needs-taxonomy.yaml"
    if not page.exists():
        pytest.skip("the public mapping is not beside the repository")
    domains = yaml.safe_load(page.read_text(encoding="utf-8"))["domains"]
    assert list(needs) == list(domains)
    for id, domain in domains.items():
        names = {term["name"] for term in domain["open_eligibility"] + domain["esd_service_types"]}
        assert names <= {term.name for term in needs[id].terms}


def test_a_need_has_codes_of_both_editions_and_of_the_lists_of_councils(needs: Mapping[str, Need]) -> None:
    terms = needs["carers"].terms
    assert TermRef("Adult Daycare", ("openEligibility:1278", "openEligibility:108-03-01"), "needs/adult_daycare") in terms
    assert TermRef("Carers support groups", ("esdServiceType:298",), "needs/carers_support_groups") in terms


@pytest.mark.parametrize("page", ["{}", "needs: []", "needs: {food: {label: Food}}", "needs: {food: null}"])
def test_a_page_that_is_not_one_of_needs_is_refused_with_a_remedy(page: str, tmp_path: Path) -> None:
    (tmp_path / "dialogs").mkdir()
    (tmp_path / "dialogs/needs.yaml").write_text(page, "utf-8")
    complaints = Complaints()
    read_needs(tmp_path, complaints)
    assert all(one.code in ("P03", "P05") and one.remedy for one in complaints)
    assert complaints.grave


PANTRY = TermRef("Food Pantry", ("openEligibility:1130", "openEligibility:102-04"))
FOOD = Need("food", "Food", terms=(PANTRY,), keywords=("soup kitchen",))


@pytest.mark.parametrize(
    "term",
    [
        Term("Open Eligibility", "1130", "Food Pantry"),
        Term("Some list", "", "FOOD PANTRIES"),
        Term("Open Eligibility", "openEligibility:1130", "Banco de alimentos"),
        Term("Open Eligibility", "102-04", ""),
    ],
    ids=["name and code", "name in another list", "code with a prefix", "dotted code without a name"],
)
def test_a_category_fits_by_name_or_by_code(term: Term) -> None:
    assert fits(FOOD, Service("s", "Service", terms=(term,))) == ["Food Pantry"]


@pytest.mark.parametrize("words", ["Help Pay for Utilities", "pay utilities", "utilities"])
def test_a_wish_is_found_in_a_category_by_its_name_or_its_words(words: str) -> None:
    keys = keys_of(Service("s", "Service", terms=(Term("A list", "", "Help Pay for Utilities"),)))
    assert phrase(words).is_whole(keys)


def test_a_bare_code_with_another_name_does_not_fit() -> None:
    """Dotted codes have changed their meaning between editions, so that the name decides."""
    assert fits(FOOD, Service("s", "Service", terms=(Term("Open Eligibility", "102-04", "Tax Preparation"),))) == []


def test_two_words_have_to_stand_together_little_words_apart() -> None:
    assert fits(FOOD, Service("s", "Service", description="Soup made in a kitchen")) == []
    assert fits(FOOD, Service("s", "Kitchens", description="The Soup-Kitchens of town")) == ["soup kitchen"]
    assert fits(FOOD, Service("s", "Service", description="Soup from our kitchen")) == ["soup kitchen"]


def test_a_general_word_alone_says_nothing_of_a_wish_for_more() -> None:
    def found(words: str, name: str) -> bool:
        return bool(phrase(words).found(keys_of(Service("s", name)), alike))

    assert not found("high school equivalency", "High Street Library")
    assert found("high school equivalency", "High School")
    assert found("high school equivalency", "Equivalency tests")
    assert found("public transport", "Transport")
    assert found("public lifts", "Public lifts")
    assert found("course", "Course")


def test_the_more_categories_a_service_has_the_less_each_of_them_says() -> None:
    term = Term("Open Eligibility", "", "Food Pantry")
    others = tuple(Term("Open Eligibility", "", f"Category {number}") for number in range(9))
    few, many = keys_of(Service("s", "S", terms=(term,))), keys_of(Service("s", "S", terms=(term, *others)))
    assert many[f"t {' '.join(stems('Food Pantry'))}"] == pytest.approx(
        few[f"t {' '.join(stems('Food Pantry'))}"] / sqrt(10), abs=0.005
    )
