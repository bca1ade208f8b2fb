"""What the room of services means for who is shown them: what is surely full now is not offered, all else with what was told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rxbot.directory.capacity import Capacity, is_full
from rxbot.directory.rank import Match


def with_room(matches: Sequence[Match], told: Mapping[str, Capacity], today: date) -> tuple[Match, ...]:
    """Give the matches in their order, each with what was told of its room, but those that are surely full."""
    known = (replace(match, capacity=told.get(match.service.key)) for match in matches)
    return tuple(match for match in known if not is_full(match.capacity, today))
