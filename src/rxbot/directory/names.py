"""Find a service by what a worker calls it, among those in reach."""

from collections.abc import Iterable

from rxbot.directory.model import Service
from rxbot.directory.stems import stems

MOST = 6  # to choose from: more than that nobody reads


def by_name(words: str, services: Iterable[Service]) -> tuple[Service, ...]:
    """Give the services with every one of these words in their own name or their organization's.

    Where one is called exactly so, those that only hold the words are left out.
    """
    said = stems(words)
    fits = {one.key: one for one in services if said and set(said) <= set(stems(_names(one)))}
    exact = tuple(one for one in fits.values() if is_called(one, words))
    return (exact or tuple(sorted(fits.values(), key=lambda one: (len(one.name), one.name, one.key))))[:MOST]


def is_called(service: Service, words: str) -> bool:
    """Say whether these words are the service's whole name."""
    return stems(words) in (stems(service.name), stems(service.alternate_name))


def _names(service: Service) -> str:
    return f"{service.name}\n{service.alternate_name}\n{service.organization.name}"
