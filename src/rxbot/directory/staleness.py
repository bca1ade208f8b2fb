"""How long ago somebody vouched for the services of a directory: green, amber, red or never; and whom nobody can ask."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

from rxbot.directory.email import email_of
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.index import keys_of, speaks_of
from rxbot.directory.model import Need, Service

OLDEST = 10
Light: TypeAlias = Literal["green", "amber", "red", "never"]


@dataclass(frozen=True)
class Lights:
    """How many services have each light."""

    green: int = 0
    amber: int = 0
    red: int = 0
    never: int = 0


@dataclass(frozen=True)
class Old:
    """A service that was checked long ago, or never."""

    key: str
    name: str
    publisher: str
    checked: date | None


@dataclass(frozen=True)
class Staleness:
    """What is stale in the directory. A service that helps with several needs counts with each."""

    all: Lights
    by_publisher: Mapping[str, Lights]
    by_need: Mapping[str, Lights]
    oldest: tuple[Old, ...]
    without_email: int
    bounced: int

    def as_json(self) -> dict[str, object]:
        """Give it as JSON can hold it."""
        oldest = [{**asdict(one), "checked": str(one.checked) if one.checked else None} for one in self.oldest]
        return {**asdict(self), "oldest": oldest}


def light_of(checked: date | None, today: date) -> Light:
    """Say how fresh a record is, as a colour."""
    return LIGHTS[freshness_of(checked, today)]


LIGHTS: Mapping[Freshness, Light] = MappingProxyType(
    {Freshness.FRESH: "green", Freshness.AGEING: "amber", Freshness.STALE: "red", Freshness.UNKNOWN: "never"}
)


def staleness_of(
    services: Iterable[tuple[str, Service]], needs: Iterable[Need], bounced: Collection[str], today: date
) -> Staleness:
    """Look services through, each given with its publisher. `bounced` are addresses that no letter reached."""
    known = tuple(services)
    lit = [(publisher, service, light_of(service.checked, today)) for publisher, service in known]
    keys = {service.key: keys_of(service) for _, service in known}
    oldest = sorted(known, key=lambda one: (one[1].checked or date.min, one[1].name, one[1].key))[:OLDEST]
    return Staleness(
        _count(light for _, _, light in lit),
        {name: _count(light for publisher, _, light in lit if publisher == name) for name in sorted({one for one, _ in known})},
        {need.id: _count(light for _, service, light in lit if speaks_of(need, keys[service.key])) for need in needs},
        tuple(Old(service.key, service.name, publisher, service.checked) for publisher, service in oldest),
        sum(not email_of(service) for _, service in known),
        sum(email_of(service) in bounced for _, service in known),
    )


def _count(lights: Iterable[Light]) -> Lights:
    counted = Counter[str](lights)
    return Lights(**counted)
