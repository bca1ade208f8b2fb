"""How telling each key is, counted by looking at every service there is: what an index keeps counts of is told here anew."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rxbot.directory.index import Rarity, rarity


def rarity_among(services: Iterable[Mapping[str, float]]) -> Rarity:
    """Give how telling each key is among services with these keys."""
    known = list(services)
    having = Counter(key for keys in known for key in keys)
    return lambda key: rarity(len(known), having[key])
