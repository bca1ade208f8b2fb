"""The pages of providers: who has the address of one, for which services and until when. A token is kept as its hash only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from rxbot.store.directory_tables import provider_link, provider_silence
from rxbot.store.staff import hashed
from rxbot.store.unit import Unit

LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Link:
    """A provider's page: the e-mail address it was sent to, and what it asks about."""

    address: str
    services: tuple[str, ...]
    expires_at: datetime


def make(unit: Unit, token: str, address: str, services: Sequence[str], now: datetime) -> Link:
    """Note a page, and drop those that have run out."""
    link = Link(address, tuple(services), now + LASTS)
    unit.execute(delete(provider_link).where(provider_link.c.expires_at <= now))
    row = {"hash": hashed(token), "address": address, "services": list(services), "made_at": now, "expires_at": link.expires_at}
    unit.execute(insert(provider_link).values(row))
    return link


def find(unit: Unit, token: str, now: datetime) -> Link | None:
    """Find the page of a token, unless it has run out."""
    c = provider_link.c
    found = select(c.address, c.services, c.expires_at).where(c.hash == hashed(token), c.expires_at > now)
    row = unit.execute(found).one_or_none()
    return Link(row.address, tuple(row.services), row.expires_at) if row else None


def silence(unit: Unit, address: str, now: datetime) -> None:
    """Write to this address no more."""
    if not is_silent(unit, address):
        unit.execute(insert(provider_silence).values(address=address, at=now))


def is_silent(unit: Unit, address: str) -> bool:
    """Say whether they asked not to be written to."""
    c = provider_silence.c
    return unit.execute(select(c.address).where(c.address == address)).scalar() is not None
