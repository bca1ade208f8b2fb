"""One service at several branches, of which its publisher keeps each as a service of its own.

Nobody is helped by reading the same thing three times: of such, the best for a person is enough.
"""

from rxbot.directory.model import Service
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.stems import fold

WORDS = 6
"""A first sentence that is shorter ("Wellness visits") may open what is something else each time."""


def service_at_all_branches(service: Service) -> tuple[str, ...]:
    """Name the service whose branch this is: who gives it, and how it is described, or how that begins. Else it stands alone."""
    whole, first = fold(service.description).strip(), fold(next(sentences_of(service.description), ""))
    told = first if len(first.split()) >= WORDS and not first.endswith(":") else whole
    return (fold(service.organization.name), told) if told else (service.key or service.id,)
