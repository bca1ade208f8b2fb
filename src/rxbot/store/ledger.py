"""Facts without words, and who did what. Erasing a person cuts the id from them; the counts stay."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select

from rxbot.store.tables import audit, ledger
from rxbot.store.unit import Unit


def record(unit: Unit, episode: str, clinic: str, fact: str, codes: Mapping[str, str], now: datetime) -> None:
    """Write a fact: codes only, never what a person wrote."""
    unit.execute(insert(ledger), {"at": now, "episode": episode, "clinic": clinic, "fact": fact, "codes": dict(codes)})


def note_act(unit: Unit, actor: str, act: str, subject: str, allowed: bool, now: datetime) -> None:
    """Write who did what, or tried to, in the staff's rooms or on a clinic's page, without words.

    `actor` is a staff id, a clinic, or the channel's address of a stranger.
    """
    unit.execute(insert(audit), {"at": now, "actor": actor, "act": act, "subject": subject, "allowed": allowed})


def is_noted(unit: Unit, actor: str, act: str, subject: str) -> bool:
    """Say whether this was noted before."""
    c = audit.c
    found = select(c.id).where(c.actor == actor, c.act == act, c.subject == subject).limit(1)
    return unit.execute(found).scalar() is not None
