"""The pages of providers, and the letters that lead there: to whom, for which services, until when.

A token is kept as its hash only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from rxbot.store.directory_tables import provider_language, provider_letter, provider_link, provider_silence
from rxbot.store.staff import hashed
from rxbot.store.unit import Unit

LASTS = timedelta(days=30)
NOT_AGAIN_WITHIN = timedelta(days=14)
MOST, MOST_WITHIN = 2, timedelta(days=180)
"""Who has not answered two letters is left in peace for a while."""


@dataclass(frozen=True)
class Link:
    """A provider's page: the e-mail address it was sent to, what it asks about, and the language they read, if that is known."""

    address: str
    services: tuple[str, ...]
    expires_at: datetime
    language: str = ""


def make(unit: Unit, token: str, address: str, services: Sequence[str], now: datetime, language: str = "") -> Link:
    """Note a page, and drop those that have run out."""
    link = Link(address, tuple(services), now + LASTS, language)
    unit.execute(delete(provider_link).where(provider_link.c.expires_at <= now))
    row = {"address": address, "services": list(services), "language": language, "made_at": now, "expires_at": link.expires_at}
    unit.execute(insert(provider_link).values(hash=hashed(token), **row))
    return link


def find(unit: Unit, token: str, now: datetime) -> Link | None:
    """Find the page of a token, unless it has run out."""
    c = provider_link.c
    found = select(c.address, c.services, c.expires_at, c.language).where(c.hash == hashed(token), c.expires_at > now)
    row = unit.execute(found).one_or_none()
    if row is None:
        return None
    return Link(row.address, tuple(row.services), row.expires_at, language_chosen(unit, row.address) or row.language)


def choose_language(unit: Unit, address: str, language: str, now: datetime) -> None:
    """Remember in which language somebody at this address reads."""
    unit.execute(delete(provider_language).where(provider_language.c.address == address))
    unit.execute(insert(provider_language).values(address=address, language=language, at=now))


def language_chosen(unit: Unit, address: str) -> str:
    """Give the language that was chosen at this address; nothing where none was."""
    c = provider_language.c
    return str(unit.execute(select(c.language).where(c.address == address)).scalar() or "")


def silence(unit: Unit, address: str, now: datetime) -> None:
    """Write to this address no more."""
    if not is_silent(unit, address):
        unit.execute(insert(provider_silence).values(address=address, at=now))


def is_silent(unit: Unit, address: str) -> bool:
    """Say whether they asked not to be written to."""
    c = provider_silence.c
    return unit.execute(select(c.address).where(c.address == address)).scalar() is not None


def not_to_be_written_to(unit: Unit, now: datetime) -> frozenset[str]:
    """Name the addresses that asked for no more letters, and those that had one or two lately, whatever became of them."""
    c = provider_letter.c
    lately = unit.execute(select(c.address).where(c.at > now - NOT_AGAIN_WITHIN)).scalars()
    often = select(c.address).where(c.at > now - MOST_WITHIN).group_by(c.address).having(func.count() >= MOST)
    return frozenset((*lately, *unit.execute(often).scalars(), *unit.execute(select(provider_silence.c.address)).scalars()))


def note_letter(unit: Unit, address: str, now: datetime) -> int:
    """Note a letter; give its number."""
    made = insert(provider_letter).values(address=address, at=now).returning(provider_letter.c.number)
    return int(unit.execute(made).scalar_one())


def note_refused(unit: Unit, number: int, error: str) -> None:
    """Note that a letter was refused for good."""
    unit.execute(update(provider_letter).where(provider_letter.c.number == number).values(error=error))


def take_back(unit: Unit, number: int) -> None:
    """A letter has not left: it may be written again."""
    unit.execute(delete(provider_letter).where(provider_letter.c.number == number))


def note_bounced(unit: Unit, address: str, error: str) -> bool:
    """Note that the last letter to this address came back; say whether there was one."""
    c = provider_letter.c
    last = unit.execute(select(c.number).where(c.address == address).order_by(c.number.desc()).limit(1)).scalar()
    if last is not None:
        note_refused(unit, last, error)
    return last is not None


def bounced(unit: Unit) -> frozenset[str]:
    """Name the addresses whose last letter did not arrive."""
    c = provider_letter.c
    last: Mapping[str, str] = {row.address: row.error for row in unit.execute(select(c.address, c.error).order_by(c.number))}
    return frozenset(address for address, error in last.items() if error)
