"""Where the services of a publisher are about, and what is listed there though it lies too far away to go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from rxbot.directory.gazetteer import middle
from rxbot.directory.grid import km_between
from rxbot.directory.model import Place, Service

FAR_KM, TIMES, MOST = 300, 4, 0.75
"""Nobody goes so far for help, nor four times as far as three in four of the publisher's places lie from their middle."""
ROUNDED_KM = 100
"""So that a list that hardly changes has the same region again."""


@dataclass(frozen=True)
class Region:
    """About where a publisher's services are, and from which distance of there nobody can be meant to come."""

    middle: Place
    far_km: int = FAR_KM

    def is_far(self, service: Service) -> bool:
        """Say whether all places of a service are so far away: it is listed because one can ring or write there."""
        places = [location.place for location in service.locations]
        return bool(places) and all(place and km_between(place, self.middle) > self.far_km for place in places)


def region_of(services: Iterable[Service]) -> Region | None:
    """Give about where these services of a publisher are; nothing where none has a place."""
    places = [location.place for service in services for location in service.locations if location.place]
    if not places:
        return None
    here = middle(places, "")
    away = sorted(km_between(place, here) for place in places)
    usual = away[int(len(away) * MOST)] if len(away) > 1 else 0.0
    return Region(here, max(FAR_KM, ceil(TIMES * usual / ROUNDED_KM) * ROUNDED_KM))
