"""Read which area a record serves."""

import re
from collections.abc import Iterable

from rxbot.directory.model import Place, Service
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.stems import fold

WHOLE_COUNTRY = re.compile(
    r"(?:all of |across |whole of )?(?:the )?"
    r"(?:nation-?wide|national|nationally|world-?wide|state-?wide|country-?wide|uk-?wide|anywhere|everywhere|online"
    r"|united kingdom|uk|great britain|england(?: and wales)?|united states|usa|whole country)"
)
"""Areas that have no edges for us."""


def serves_anywhere(service: Service) -> bool:
    """Say whether a service names the whole country, or more, as its area."""
    return any(is_whole_country(area) for area in areas_of(service))


def area_rule(service: Service, place: Place) -> Finding[Answer]:
    """Say whether a place is served: by name, or because everywhere is. Other names leave it open."""
    return is_served(areas_of(service), place)


def is_served(areas: Iterable[str], place: Place) -> Finding[Answer]:
    """Say whether a place is in one of these areas."""
    names = {fold(name) for name in place.names}
    for area in areas:
        if fold(area).strip() in names or is_whole_country(area):
            return Finding(Answer.YES, area)
    return UNKNOWN


def is_whole_country(area: str) -> bool:
    """Say whether an area has no edges for us."""
    return bool(WHOLE_COUNTRY.fullmatch(fold(area).strip()))


def areas_of(service: Service) -> tuple[str, ...]:
    return (*service.areas, *(area for location in service.locations for area in location.areas))
