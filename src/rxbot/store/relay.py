"""Which message became which on the other side, so that replies and edits find their way. Both are named `chat:message`."""

from datetime import datetime

from sqlalchemy import insert, literal, select

from rxbot.store.tables import outbox, relay
from rxbot.store.unit import Unit


def passed_on(unit: Unit, letter_id: int, source: str, copy: str, now: datetime) -> None:
    """Note that a letter has left that passed on this message. Of a letter that was erased meanwhile, nothing is noted."""
    columns = (outbox.c.person_id, literal(source), literal(copy), literal(now, relay.c.made_at.type))
    mine = select(*columns).where(outbox.c.id == letter_id, outbox.c.person_id.is_not(None))
    unit.execute(insert(relay).from_select(["person_id", "source", "copy", "made_at"], mine))


def copies(unit: Unit, source: str, address: str) -> tuple[str, ...]:
    """Name the messages in this chat that were made of a message."""
    found = select(relay.c.copy).where(relay.c.source == source, relay.c.copy.startswith(f"{address}:")).order_by(relay.c.id)
    return tuple(_number(copy) for copy in unit.execute(found).scalars())


def other_side(unit: Unit, message: str, address: str) -> str:
    """Name the message in this chat that stands for a message of the other side; nothing when it was never passed on."""
    if not message:
        return ""
    here = f"{address}:"
    became = select(relay.c.copy).where(relay.c.source == message, relay.c.copy.startswith(here))
    came_from = select(relay.c.source).where(relay.c.copy == message, relay.c.source.startswith(here))
    found = unit.execute(became.order_by(relay.c.id.desc()).limit(1)).scalar() or unit.execute(came_from.limit(1)).scalar()
    return _number(found) if found else ""


def _number(message: str) -> str:
    return message.partition(":")[2]
