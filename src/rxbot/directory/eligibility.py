"""A record's own words on whom it is for, where they name somebody: "None" under "For whom" would read as nobody."""

import re

from rxbot.directory.model import Service
from rxbot.directory.varying import only_varies

NAMES_NOBODY = re.compile(
    r"(?:none|n/?a|eligibility|no (?:requirements?|restrictions?|conditions?|criteria)|(?:see|call|ask|contact)\b[^\d.;]*)\W*",
    re.IGNORECASE,
)
BY_WHAT = frozenset({
    "age group", "geography", "role", "income", "insurance", "household", "housing status", "health conditions", "race/ethnicity",
    "gender", "education status", "employment status", "sexuality", "citizenship", "urgency", "general",
})  # fmt: skip
"""By what people are told apart, where a publisher ticks this beside the answer."""
NONE_FIRST = re.compile(r"no(?:ne)?\b", re.IGNORECASE)


def words_on_eligibility(service: Service) -> str:
    """Give what stands in a record on whom it is for, or else what its publisher ticked; nothing where that names nobody."""
    ticked = (one for one in service.audience if one.casefold().strip() not in BY_WHAT)
    words = service.eligibility_description.strip() or "; ".join(ticked)
    return "" if NAMES_NOBODY.fullmatch(words) or only_varies(words) else words


def are_conditions(words: str) -> bool:
    """Say whether words tell what is asked for and not of whom, as in "None, but residents have priority"."""
    return bool(NONE_FIRST.match(words))
