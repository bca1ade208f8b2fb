"""What a search through the index is put beside: looking at everything that there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rxbot.directory.index import Rarity, rarity_among
from rxbot.directory.model import Service
from rxbot.directory.rank import Candidate, Match, Search, rank
from rxbot.directory.reasons import Reason
from rxbot.store.directory_rows import service_key


@dataclass(frozen=True)
class Everything:
    """Every service that is offered, at each of its places, and how telling each key is among them."""

    candidates: tuple[Candidate, ...]
    rare: Rarity

    @classmethod
    def of(cls, feeds: Iterable[tuple[str, Sequence[Service]]]) -> "Everything":
        """Read the services of these publishers."""
        keyed = (replace(one, key=service_key(publisher, one.id)) for publisher, services in feeds for one in services)
        found = [Candidate.all_of(service) for service in keyed if service.offered]
        return cls(tuple(spot for spots in found for spot in spots), rarity_among(spots[0].hits for spots in found))

    def find(self, search: Search) -> tuple[Match, ...]:
        """Give the best services, having weighed each."""
        return rank(search, self.candidates, self.rare)


def shown(matches: Sequence[Match]) -> list[tuple[str, float | None, tuple[Reason, ...]]]:
    """Give what people see of them."""
    return [(match.service.key, match.distance_km, match.reasons) for match in matches]
