"""The letter that asks a provider whether its details are still right: who is due one, and its words."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from rxbot.directory.email import email_of
from rxbot.directory.freshness import FRESH_DAYS
from rxbot.directory.model import Service
from rxbot.episode import provider_phrases as words
from rxbot.episode.content import Scheme
from rxbot.message import Day, Listed, Text

Say: TypeAlias = Callable[[Text], str]

OLD = FRESH_DAYS
MOST_SERVICES = 30  # on one page; a provider with more is asked about the rest another time


@dataclass(frozen=True)
class Due:
    """A letter to be written: to which address, about which services."""

    address: str
    services: tuple[Service, ...]


def path_of(token: str, language: str = "") -> str:
    """Say where the page of this token is, in a language or in the one it opens in."""
    return f"/provider/{token}" + (f"?language={language}" if language else "")


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


def language_of(letter: Due, publisher_of: Mapping[str, str], scheme: Scheme) -> str:
    """Give the language of a letter to whoever chose none: that of the publishers of its services, else the team's."""
    told = {scheme.publisher_languages.get(publisher_of[service.key], scheme.team_language) for service in letter.services}
    return told.pop() if len(told) == 1 else scheme.team_language


def subject_of(scheme: Scheme) -> Text:
    """Give the subject of the letter."""
    return words.LETTER_SUBJECT(scheme=scheme.name)


def words_of(letter: Due, scheme: Scheme, link: str, until: datetime, say: Say, others: Sequence[str]) -> str:
    """Give the words of the letter. `others` names the languages in which its page can be read besides, each in its own words."""
    services = "\n".join(f"- {' '.join(service.name.split())}" for service in letter.services)
    languages = (say(words.LETTER_LANGUAGES(languages=Listed(tuple(others)))),) if others else ()
    paragraphs = (
        say(words.LETTER_HELLO()),
        say(words.LETTER_WHO(scheme=scheme.name)),
        services,
        say(words.LETTER_ASK()),
        link,  # by itself, or a mail program takes a mark of direction for a part of it
        *languages,
        say(words.LETTER_UNTIL(day=Day(scheme.day(until)))),
        say(words.LETTER_WHAT()),
        say(words.LETTER_QUESTION()),
        say(words.LETTER_STOP(button=words.STOP())),
        f"{say(words.LETTER_THANKS())}\n{scheme.name}",
    )
    return "\n\n".join(paragraphs) + "\n"


def _oldest_first(service: Service) -> tuple[date, str]:
    return service.checked or date.min, service.key
