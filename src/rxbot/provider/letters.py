"""The letter that asks a provider whether its details are still right: who is due one, and its words."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rxbot.directory.email import email_of
from rxbot.directory.freshness import FRESH_DAYS
from rxbot.directory.model import Service
from rxbot.episode.content import Scheme

OLD = FRESH_DAYS
MOST_SERVICES = 30  # on one page; a provider with more is asked about the rest another time
WORDS = """Hello,

{scheme} helps people near you find support, groups and activities. We show them what a public directory says of you, and
would like that to be right. These are the services we ask about:

{services}

Could you look whether it is still right? It takes about two minutes, and you need no account:

{link}

The link works until {day}. Whoever has it can answer for you, so please give it to nobody but your colleagues.

What social prescribing is: a clinic notices that somebody needs something other than medicine, such as company, advice or an
activity. A link worker then helps them find a group or service like yours.

If you have a question, just answer this letter. Somebody reads it.

If you do not want us to write again, open the link and press "Do not write to us again" at the end of the page.

Thank you for what you do.
{scheme}
"""


@dataclass(frozen=True)
class Due:
    """A letter to be written: to which address, about which services."""

    address: str
    services: tuple[Service, ...]


def path_of(token: str) -> str:
    """Say where the page of this token is."""
    return f"/provider/{token}"


def is_due(service: Service, today: date, older_than: int = OLD) -> bool:
    """Say whether nobody has vouched for a service in so many days."""
    return service.checked is None or today - service.checked > timedelta(days=older_than)


def due(services: Iterable[Service], keep_from: Collection[str], today: date, older_than: int = OLD) -> tuple[Due, ...]:
    """Give the letters to write, one a provider, those first that were asked longest ago."""
    by_address: dict[str, list[Service]] = defaultdict(list)
    for service in sorted((one for one in services if is_due(one, today, older_than)), key=_oldest_first):
        by_address[email_of(service)].append(service)
    return tuple(
        Due(address, tuple(some[:MOST_SERVICES])) for address, some in by_address.items() if address and address not in keep_from
    )


def subject_of(scheme: Scheme) -> str:
    """Give the subject of the letter."""
    return f"Are your details still right? ({scheme.name})"


def words_of(letter: Due, scheme: Scheme, link: str, until: datetime) -> str:
    """Give the words of the letter."""
    services = "\n".join(f"- {' '.join(service.name.split())}" for service in letter.services)
    day = f"{until.astimezone(scheme.time_zone):%-d %B %Y}"
    return WORDS.format(scheme=scheme.name, services=services, link=link, day=day)


def _oldest_first(service: Service) -> tuple[date, str]:
    return service.checked or date.min, service.key
