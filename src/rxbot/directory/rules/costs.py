"""What kinds of price there are, and amounts."""

from dataclasses import dataclass
from enum import StrEnum


class Cost(StrEnum):
    """What kind of price a service has."""

    FREE = "free"
    DONATION = "donation"
    SLIDING = "sliding"
    FIXED = "fixed"
    MEMBERSHIP = "membership"
    INSURANCE = "insurance"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Money:
    """An amount as it is written, such as 3.50 USD. `currency` is ISO 4217."""

    amount: float
    currency: str
