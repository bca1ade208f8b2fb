"""Whether a service has room, in the words of Gravity's SDOH Clinical Care guide (STU3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

CapacityCode: TypeAlias = Literal["capacity", "waitlist", "no-capacity", "additional-assessment-required"]
CODES: tuple[CapacityCode, ...] = ("capacity", "waitlist", "no-capacity", "additional-assessment-required")
FULL_FOR = timedelta(days=30)  # after that nobody knows whether it still is
MOST_WEEKS = 104


@dataclass(frozen=True)
class Capacity:
    """What was told of a service's room, and on which day."""

    code: CapacityCode
    told: date
    weeks: int | None = None


def capacity_of(told: Iterable[Capacity]) -> Capacity | None:
    """Give what holds of all that was told: the last word of the newest day."""
    newest: Capacity | None = None
    for one in told:
        if newest is None or one.told >= newest.told:
            newest = one
    return newest


def is_full(capacity: Capacity | None, today: date) -> bool:
    """Say whether there is surely no room now: somebody has said so lately."""
    return capacity is not None and capacity.code == "no-capacity" and today - capacity.told <= FULL_FOR
