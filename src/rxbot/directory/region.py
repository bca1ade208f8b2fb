"""What a publisher's records say only together: where they are about, what languages nearly all name, and which towns."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil

from rxbot.directory.gazetteer import known_places, middle
from rxbot.directory.grid import km_between
from rxbot.directory.model import Place, Service
from rxbot.directory.rules.around import towns_named
from rxbot.directory.rules.language import languages_of

FAR_KM, TIMES, MOST = 300, 4, 0.75
"""Nobody goes so far for help, nor four times as far as three in four of the publisher's places lie from their middle."""
ROUNDED_KM = 100
"""So that a list that hardly changes has the same region again."""
MANY, NEARLY_ALL = 50, 0.95
"""From so many services on a list has a manner, where this share of them keeps to it."""


@dataclass(frozen=True)
class Region:
    """About where a publisher's services are, and from which distance of there nobody can be meant to come.

    Its `languages` are those that nearly all of its records name: where one names others alone, those are not spoken.
    Of the `towns` that are named beside others in their areas no more is known, because no record stands there.
    """

    middle: Place
    far_km: int = FAR_KM
    languages: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()

    def is_far(self, service: Service) -> bool:
        """Say whether all places of a service are so far away: it is listed because one can ring or write there."""
        places = [location.place for location in service.locations]
        return bool(places) and all(place and km_between(place, self.middle) > self.far_km for place in places)


def region_of(services: Collection[Service]) -> Region | None:
    """Give about where these services of a publisher are; nothing where none has a place."""
    places = [location.place for service in services for location in service.locations if location.place]
    if not places:
        return None
    here = middle(places, "")
    away = sorted(km_between(place, here) for place in places)
    usual = away[int(len(away) * MOST)] if len(away) > 1 else 0.0
    far_km = max(FAR_KM, ceil(TIMES * usual / ROUNDED_KM) * ROUNDED_KM)
    known = {one.name for one in known_places(each for service in services for each in service.locations) if not one.is_code}
    return Region(here, far_km, tuple(_languages_of_nearly_all(services)), tuple(towns_named(services, known)))


def _languages_of_nearly_all(services: Collection[Service]) -> Iterator[str]:
    named = Counter(code for service in services for code in {row.code for row in languages_of(service)} - {""})
    if len(services) >= MANY:
        yield from sorted(code for code, times in named.items() if times >= NEARLY_ALL * len(services))
