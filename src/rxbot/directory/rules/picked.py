"""Read which people are picked for a record, from a list that tells people from things, as the 211 Taxonomy does."""

import re

from rxbot.directory.model import Service
from rxbot.directory.rules.sentences import first_sentence_of
from rxbot.directory.stems import fold

OF_PEOPLE = re.compile(r"Y[A-Z](?:-\d|$)")
"""How a code of the 211 Taxonomy begins that names people, and not what is given them."""
YOUNG_ONES = re.compile(
    r"child|infant|toddler|newborn|babies|pre-?school|kindergart|(?:elementary|middle|high) school|adolesc|youth|teen|girls|boys"
    r"|juvenile|minors"
)
"""What stands in a category of people that names the young."""
GROWN_UPS = re.compile(
    r"adult|parent|famil|older|\bwom[ae]n|\bm[ae]n\b|people|veteran|senior|care-?giver|individual|college|communit|couple|persons"
    r"|mother|father|resident|volunteer"
)
"""What stands in a category of those who are no children."""
AFTER_SCHOOL = re.compile(r"\bafter[- ]?school\b")
CARE_BESIDE_SCHOOL = re.compile(r"extended child care|.*\bafter[- ]?school\b.*")
"""What categories call the care of children before and after school."""
OTHERS = re.compile(r"\b(?:residents|individuals|persons|people of all|all ages|seniors|adults)\b")


def people_picked(service: Service) -> tuple[str, ...]:
    """Give the people whom categories name, by a list that tells people from things."""
    return tuple(fold(term.name) for term in service.terms if OF_PEOPLE.match(term.code))


def are_young(people: tuple[str, ...]) -> bool:
    """Say whether all these categories of people name the young."""
    return all(YOUNG_ONES.search(one) and not GROWN_UPS.search(one) for one in people)


def is_after_school(service: Service) -> bool:
    """Say whether it is the care of children beside school, by its name or its category, and nobody older is spoken of first."""
    people = people_picked(service)
    named = AFTER_SCHOOL.search(fold(service.name))
    filed = people and any(CARE_BESIDE_SCHOOL.fullmatch(fold(one)) for one in service.categories)
    first = fold(f"{service.name}. {first_sentence_of(service.description)}")
    return bool(named or filed) and are_young(people) and not OTHERS.search(first)
