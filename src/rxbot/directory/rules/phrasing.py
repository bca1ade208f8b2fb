"""Read by which of the ways of writing in `phrasings` a record tells whom it is for, and in which sentence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from rxbot.directory.model import Service
from rxbot.directory.rules.phrasings import PHRASINGS, Phrasing, Stands
from rxbot.directory.rules.sentences import is_english, sentences_of
from rxbot.directory.rules.told import is_heading
from rxbot.directory.stems import fold


def _by_letters() -> Mapping[tuple[Stands, str], Sequence[int]]:
    """Give the letters that ways of writing need where they stand, with the places of those ways."""
    found = defaultdict[tuple[Stands, str], list[int]](list)
    for place, one in enumerate(PHRASINGS):
        for letters in one.written.needs or ("",):
            found[one.stands, letters].append(place)
    return found


BY_LETTERS = _by_letters()
"""Several need the same letters: these are looked for once."""


def phrasings_in(service: Service) -> tuple[tuple[Phrasing, str], ...]:
    """Give each way of writing that tells, with the sentence it stands in."""
    return _phrasings(service.name, service.description, "; ".join(service.categories))


@lru_cache(maxsize=1024)
def _phrasings(name: str, description: str, categories: str) -> tuple[tuple[Phrasing, str], ...]:
    texts = {
        Stands.NAME: [name] if is_english(name) else [],
        Stands.FIRST: [*islice((one for one in sentences_of(description) if not is_heading(one)), 1)],
        Stands.ANYWHERE: [*sentences_of(description)],
        Stands.CATEGORIES: [categories] if categories else [],
    }
    folded = {stands: [(one, fold(one)) for one in some] for stands, some in texts.items()}
    whole = {stands: "\n".join(words for _, words in some) for stands, some in folded.items()}
    places = {place for (stands, letters), ones in BY_LETTERS.items() if letters in whole[stands] for place in ones}
    likely = map(PHRASINGS.__getitem__, sorted(places))
    return tuple((one, text) for one in likely for text, words in folded[one.stands] if one.written.search(words))
