"""Read what kind of price a record has."""

import re
from enum import StrEnum

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
from rxbot.directory.stems import fold


class Cost(StrEnum):
    """What kind of price a service has."""

    FREE = "free"
    DONATION = "donation"
    SLIDING = "sliding"
    FIXED = "fixed"
    UNKNOWN = "unknown"


MEANS = r"sliding|according to income|based on income|by income|ability to pay|means[- ]tested"
PARTLY = r"^none for\b|^(?:none|free)\b.*\b(?:except|most|some|many|unless)\b|\b(?:most|some)\b.*\bfree\b"
COSTS: tuple[tuple[Cost, re.Pattern[str]], ...] = (
    (Cost.SLIDING, re.compile(MEANS)),
    (Cost.DONATION, re.compile(r"donat|voluntary contribution|what you can")),
    (Cost.UNKNOWN, re.compile(PARTLY)),
    (Cost.FIXED, re.compile(r"[$£€]\s?\.?\d|\d\s?(?:pounds?|dollars?|euros?|p)\b")),
    (Cost.FREE, re.compile(r"^none\b|\bfree\b|\bno (?:fees?|charges?|costs?)\b|\bwithout charge\b")),
)
"""Ways to write prices in prose, the first that fits: "free, donations welcome" is a donation."""


def cost_of(service: Service) -> Finding[Cost]:
    """Say what kind of price a service has: by its prose, which knows the exceptions, then by its cost options."""
    text = fold(service.fees_description).strip()
    told = next((cost for cost, pattern in COSTS if pattern.search(text)), Cost.UNKNOWN)
    amounts = [option.amount for option in service.costs if option.amount is not None]
    if told is Cost.UNKNOWN and amounts:
        return Finding(Cost.FIXED if max(amounts) > 0 else Cost.FREE)
    return Finding(told, service.fees_description)
