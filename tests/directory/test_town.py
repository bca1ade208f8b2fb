"""The sample town: valid, invented throughout, and of use to people of every need."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from rarities import rarity_among
from schemas import complaints

from rxbot.content.load import load
from rxbot.demo import INVENTED_ON
from rxbot.dialog.model import Answer, Chosen
from rxbot.dialog.needs import needs_sought, told_by, wishes_of
from rxbot.directory.asking import LOOKED_AT
from rxbot.directory.candidate import Candidate
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.grid import km_between
from rxbot.directory.hsds import read_services
from rxbot.directory.index import keys_of
from rxbot.directory.match import Match
from rxbot.directory.model import Need, Place, Service
from rxbot.directory.rank import rank
from rxbot.directory.reasons import Why
from rxbot.directory.rules.known import known_of
from rxbot.directory.search import Search, Wish
from rxbot.directory.showing import few_of
from rxbot.feeds import open_feed

ROOT = Path(__file__).resolve().parents[2]
TOWN = ROOT / "src/rxbot/sandbox/town/services.json"
CENTRE = Place(53.07, 0.42, "Old Town, Kittersea")
NOW = date(2026, 11, 22)
CONTENT = load(ROOT, NOW).content

DOMAINS: Mapping[str, tuple[str, ...]] = {
    "money": ("money_benefits",),
    "housing": ("housing",),
    "energy": ("money_benefits", "housing"),
    "food": ("food",),
    "transport": ("transport",),
    "work": ("employment",),
    "learning": ("education",),
    "activity_diet": ("physical_activity",),
    "arts": ("arts_creativity",),
    "connection": ("social_connection",),
    "feelings": ("mental_wellbeing",),
    "caring": ("carers", "family_parenting"),
    "safety": ("safety",),
    "digital": ("digital_inclusion",),
    "volunteering": ("volunteering",),
    "legal_benefits": ("immigration_legal", "money_benefits"),
}


def search(services: tuple[Service, ...], needs: tuple[Need, ...], language: str) -> tuple[Match, ...]:
    wanted = Search(needs=needs, place=CENTRE, reach_km=5, language=language, age=(35, 49), now=NOW)
    return rank(
        wanted,
        [candidate for service in services for candidate in Candidate.all_of(service)],
        rarity_among(map(keys_of, services)),
    )


def test_the_town_is_read_without_a_defect_but_the_service_that_is_closed() -> None:
    _, defects = read_services(open_feed(TOWN))
    assert [(defect.code, defect.count) for defect in defects] == [("not_active", 1)]


def test_the_town_is_large_enough_to_try_things_out(town: tuple[Service, ...]) -> None:
    assert len(town) >= 64
    assert len({service.organization.id for service in town}) >= 30
    assert len({location.id for service in town for location in service.locations}) >= 40
    assert sum(not service.locations for service in town) >= 8
    assert {"en", "ar", "es", "pl", "so", "ur", "bfi"} <= {row.code for service in town for row in service.languages}
    assert any(service.alert and service.offered for service in town)


def test_the_town_has_every_light_and_most_of_it_was_checked_lately(town: tuple[Service, ...]) -> None:
    lights = Counter(freshness_of(service.checked, INVENTED_ON) for service in town)
    assert set(lights) == set(Freshness)
    assert lights[Freshness.FRESH] > len(town) / 2


def test_everything_in_the_town_is_invented(town: tuple[Service, ...]) -> None:
    text = TOWN.read_text(encoding="utf-8")
    numbers = [phone.number for service in town for phone in service.phones]
    assert all(re.fullmatch(r"01632 960\d{3}", number) for number in numbers)
    assert [number for number, count in Counter(numbers).items() if count > 1] == []
    assert all(match.endswith("example.org") for match in re.findall(r"(?:@|https?://)([\w.-]+)", text))
    assert all(code.startswith("QM") for code in re.findall(r'"postal_code": "([^"]*)"', text))


def test_the_town_can_be_crossed_on_foot(town: tuple[Service, ...]) -> None:
    spots = [location.place for service in town for location in service.locations if location.place]
    assert len(spots) == sum(len(service.locations) for service in town)
    assert max(km_between(CENTRE, spot) for spot in spots) < 5


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_domain_has_three_services_for_an_english_speaker_and_one_for_an_arabic_speaker(
    domain: str, town: tuple[Service, ...], needs: Mapping[str, Need]
) -> None:
    wanted = tuple(needs[id] for id in DOMAINS[domain])
    assert len(search(town, wanted, "en")) == 3
    reasons = {reason for match in search(town, wanted, "ar") for reason in match.reasons}
    assert "ar" in {reason.values[0] for reason in reasons if reason.code is Why.SPEAKS}


@pytest.mark.parametrize(
    ("need", "names"),
    [
        ("food", {"Kittersea Food Bank", "Community Kitchen", "Samphire Pantry", "Cook and Share"}),
        ("carers", {"Carers' Corner", "A Break for You: Sitting Service", "Memory Café", "Forget-Me-Not Day Centre"}),
        ("addiction", {"Steady Steps", "Stop Smoking Clinic", "Tuesday Recovery Group", "Gambling Support Line"}),
        ("physical_activity", {"Sea Wall Walks", "Tai Chi in the Park", "Exercise on Referral", "Bowls for Beginners"}),
        ("arts_creativity", {"Tide and Tune Community Choir", "Evening Pottery", "Paint and Talk", "Allotment Mornings"}),
    ],
)
def test_what_a_link_worker_would_expect_comes_first(
    need: str, names: set[str], town: tuple[Service, ...], needs: Mapping[str, Need]
) -> None:
    assert {match.service.name for match in search(town, (needs[need],), "en")} <= names


def test_no_adult_is_sent_to_a_youth_club_and_no_person_to_a_service_for_groups(
    town: tuple[Service, ...], needs: Mapping[str, Need]
) -> None:
    wanted = Search(needs=tuple(needs.values()), place=CENTRE, reach_km=9, age=(35, 49), limit=999, now=NOW)
    candidates = [candidate for service in town for candidate in Candidate.all_of(service)]
    names = {match.service.name for match in rank(wanted, candidates)}
    assert len(names) > 60
    assert not names & {"Young Carers Club", "Holiday Boats", "Room Hire and Grants for Groups", "Harbour Soup Run"}


def test_the_town_follows_the_schema_of_the_standard() -> None:
    page = json.loads(TOWN.read_text(encoding="utf-8"))
    assert [words for service in page["contents"] for words in complaints("service", service)] == []


@pytest.mark.parametrize(
    ("domain", "what", "name"),
    [
        ("money", "benefits", "Benefits Check and Form Filling"),
        ("money", "debts", "Debt and Money Advice"),
        ("energy", "warm", "Keep Warm Visits"),
        ("food", "now", "Kittersea Food Bank"),
        ("housing", "tonight", "Anchor House Night Shelter"),
        ("legal_benefits", "benefits", "Benefits Check and Form Filling"),
        ("work", "find", "Job Club"),
        ("learning", "language", "Spanish for Beginners"),
        ("activity_diet", "eating", "Cook and Share"),
        ("feelings", "calm", "Mindfulness Online"),
        ("feelings", "grief", "Lantern Bereavement Support"),
        ("caring", "break", "A Break for You: Sitting Service"),
        ("caring", "advice", "Carers' Corner"),
        ("digital", "device", "Free SIM Cards and Laptops"),
        ("volunteering", "outdoors", "Beach Guardians"),
    ],
)
def test_what_was_chosen_comes_first(domain: str, what: str, name: str, town: tuple[Service, ...]) -> None:
    first, *_ = chosen(domain, what, town)
    assert first.service.name == name


@pytest.mark.parametrize(
    ("domain", "what", "name"),
    [
        ("feelings", "grief", "Seeing Clearly: Sight Loss Group"),
        ("feelings", "calm", "Library Computers and Wi-Fi"),
        ("feelings", "group", "Rainbow Tea"),
        ("feelings", "talk", "Debt and Money Advice"),
        ("activity_diet", "sport", "School Uniform Swap"),
        ("food", "meals", "Anchor House Night Shelter"),
        ("transport", "lifts", "Volunteer Drivers Wanted"),
        ("connection", "phone", "Safe Harbour Women's Helpline"),
        ("caring", "break", "Stay and Play"),
    ],
)
def test_nobody_is_sent_where_only_a_word_is_the_same_or_they_told_nothing_of_what_it_is_for(
    domain: str, what: str, name: str, town: tuple[Service, ...]
) -> None:
    assert name not in {match.service.name for match in chosen(domain, what, town)}


def chosen(domain: str, what: str, town: tuple[Service, ...]) -> tuple[Match, ...]:
    """Look for what somebody chose in the chat."""
    picked = {"self": "own", "matters": domain, f"{domain}.need": "yes", f"{domain}.help": "yes", f"{domain}.what": what}
    intake, answers = CONTENT.dialogs["intake"], {question: picking(option) for question, option in picked.items()}
    needs = needs_sought(intake, answers, domain)
    wanted = Search(
        needs=tuple(CONTENT.needs[need] for need in needs),
        focus=tuple(Wish(one.label, words) for one in wishes_of(intake, answers, domain) for words in one.words),
        place=CENTRE,
        language="en",
        age=(35, 49),
        known=known_of(told_by(intake, answers), needs=needs, language="en", age=(35, 49)),
        limit=LOOKED_AT,
        now=NOW,
    )
    candidates = [candidate for service in town for candidate in Candidate.all_of(service)]
    found = rank(wanted, candidates, rarity_among(map(keys_of, town)))
    [(_, shown)] = few_of(((domain, found),), wished=(domain,))
    return shown


def picking(option: str) -> Answer:
    return Answer(Chosen((option,)), datetime.combine(NOW, time(), UTC), "", "en", "", "", "tap")
