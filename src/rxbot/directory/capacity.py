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


def room(told: Capacity | None) -> float:
    """Say how likely there is room: a wait of half a year halves it. What was full a while ago is shown, and comes later."""
    if told is None:
        return ROOM["capacity"]
    return max(0.5, 1 - (told.weeks or 4) / 52) if told.code == "waitlist" else ROOM[told.code]


ROOM = {"capacity": 1.0, "additional-assessment-required": 0.9, "no-capacity": 0.6}


def is_full(capacity: Capacity | None, today: date) -> bool:
    """Say whether there is surely no room now: somebody has said so lately."""
    return capacity is not None and capacity.code == "no-capacity" and today - capacity.told <= FULL_FOR
