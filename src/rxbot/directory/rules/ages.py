"""A range of ages, as the rules read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rxbot.directory.rules.answers import Answer

Range = tuple[float, float]
NO_LIMIT = 200.0
OLD, SENIOR = 50.0, 55.0
"""From which age on people are old at the earliest, and from which they are where a record calls them so: "seniors"."""
CHILD, GROWN, A_KID = 12.0, 18.0, 21.0
"""How old the youngest are at most where a record is for children, from when one is grown, and until when one may be a "kid"."""
BEFORE_SCHOOL, COME_ALONE, LITTLE = 6.0, 11.0, 13.0
"""Until when nobody comes alone, from when those do of whom a description speaks, and until when not beside "their" families."""
OF_PUPILS, OF_THE_YOUNG, YOUNG_ONLY = 22.0, 25.0, 35.0
"""Until when people may be at a school, until when they are called young, and until when a record may be for the young."""
ELEMENTARY, MIDDLE, HIGH = (4.0, 13.0), (9.0, 15.0), (12.0, 19.0)
"""The ages at each school, with a year or two beside them: where one ends and the next begins is another matter in each place."""
OF_YOUNG_ADULTS = (16.0, 35.0)
"""The ages of those whom a record calls so."""


@dataclass(frozen=True)
class Ages:
    """An age range as read. It is not `sure` when the sentence makes exceptions: they let more people in, or few (`mostly`).

    `gaps` are ages between that are left out, where several ranges are listed. Who is of these ages is `brought` where whoever
    is older comes with them, and may be the one asking.
    """

    low: float
    high: float
    sure: bool = True
    mostly: bool = False
    gaps: tuple[Range, ...] = ()
    brought: bool = False

    def takes(self, band: tuple[int, int]) -> Answer:
        """Say whether people of this age band are taken."""
        if (
            self.low <= band[0]
            and band[1] <= self.high
            and not any(low <= band[1] and band[0] <= high for low, high in self.gaps)
        ):
            return Answer.YES
        return Answer.NO if self.is_apart(band) and self.is_certain else Answer.UNKNOWN

    @property
    def is_certain(self) -> bool:
        """Say whether nobody of other ages may come, not even with those of these ages."""
        return self.sure and not self.brought

    def is_apart(self, band: tuple[int, int]) -> bool:
        """Say whether nobody of this age band is of these ages."""
        return band[1] < self.low or self.high < band[0] or any(low <= band[0] and band[1] <= high for low, high in self.gaps)

    @property
    def is_of_the_old(self) -> bool:
        """Say whether only the old are of these ages."""
        return self.low >= OLD

    @property
    def is_of_children(self) -> bool:
        """Say whether only children are of these ages. What sounds like "kids" and "youth" may be said of those up to 21."""
        return self.low <= CHILD and self.high <= (GROWN if self.is_certain else A_KID)


def all_of(ranges: Iterable[Range]) -> Range:
    """Give the ages from the youngest to the oldest of all these."""
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)
