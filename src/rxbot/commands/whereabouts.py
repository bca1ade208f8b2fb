"""Find the place that somebody at the keyboard means, as the bot finds one that is typed in the chat."""

from collections.abc import Sequence

from rxbot.directory.gazetteer import lookup_name
from rxbot.directory.model import Place
from rxbot.errors import Refused
from rxbot.store.places import find_places, guess_places
from rxbot.store.unit import Unit

LISTED = 6


def place_meant(unit: Unit, words: str) -> Place:
    """Give the one place of this name; raises Refused with the nearest names where there is none, or more than one."""
    found = find_places(unit, words, limit=LISTED) or _with_what_it_stands_in(unit, words)
    called_so = [place for place in found if lookup_name(words) in map(lookup_name, (place.label, place.names[0]))]
    meant = called_so or found
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise Refused(f"Several places are called {words!r}.", f"Write one of these: {_listed(meant)}.")
    close = guess_places(unit, words)
    raise Refused(
        f"We know no place {words!r}: no address in the directory is there.",
        f"Did you mean one of these? {_listed(close)}." if close else "Write a town, a part of one, or a postcode near it.",
    )


def _with_what_it_stands_in(unit: Unit, words: str) -> tuple[Place, ...]:
    """Find a place by its name and the larger thing it stands in: "Newton, Eastmarch"."""
    name = words.partition(",")[0]
    return tuple(one for one in find_places(unit, name, limit=50) if lookup_name(one.label) == lookup_name(words))


def _listed(places: Sequence[Place]) -> str:
    return "; ".join(place.label for place in places)
