"""What is made sure of before people are referred to a service; below the scheme's line its details may be given, no more."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Standard: TypeAlias = Literal[
    "contact", "legal_status", "safeguarding", "insurance", "privacy", "access", "cost", "languages", "eligibility"
]
STANDARDS: tuple[Standard, ...] = get_args(Standard)


@dataclass(frozen=True)
class Standing:
    """What is known of a service that somebody may be referred to. Whether its provider agrees is often not known."""

    met: frozenset[str] = frozenset()
    agreed: bool | None = None
    closed: bool = False
    suspended: bool = False


NOTHING_KNOWN = Standing()


def missing(standing: Standing, line: Collection[Standard]) -> tuple[Standard, ...]:
    """Name what the line asks for and nobody has made sure of."""
    return tuple(standard for standard in line if standard not in standing.met)


def may_be_warmly_referred(standing: Standing, line: Collection[Standard]) -> bool:
    """Say whether a worker may refer somebody there. Any service may be signposted."""
    return not standing.closed and standing.agreed is not False and not missing(standing, line)
