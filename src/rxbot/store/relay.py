"""Which message became which on the other side, so that replies and edits find their way. Both are named `chat:message`."""

from datetime import datetime

from sqlalchemy import Insert, Text, bindparam, exists, insert, select

from rxbot.store.tables import outbox, relay
from rxbot.store.unit import Unit


def passed_on(unit: Unit, letter_id: int, source: str, copy: str, now: datetime) -> None:
    """Note that a letter has left that passed on this message. Of a letter that was erased meanwhile, nothing is noted."""
    unit.execute(_PASSED_ON, {"letter": letter_id, "from_message": source, "to_message": copy, "at": now})


def _passed_on() -> Insert:
    message = (bindparam("from_message", type_=Text), bindparam("to_message", type_=Text))
    columns = (outbox.c.person_id, *message, bindparam("at", type_=relay.c.made_at.type))
    mine = select(*columns).where(outbox.c.id == bindparam("letter"), outbox.c.person_id.is_not(None))
    return insert(relay).from_select(["person_id", "source", "copy", "made_at"], mine)


_PASSED_ON = _passed_on()  # put together once: that takes longer than asking


def copies(unit: Unit, source: str, address: str) -> tuple[str, ...]:
    """Name the messages in this chat that were made of this message alone. Those of several joined ones are not among them."""
    other = relay.alias()
    shared = exists().where(other.c.copy == relay.c.copy, other.c.source != relay.c.source)
    mine = (relay.c.source == source, relay.c.copy.startswith(f"{address}:"), ~shared)
    return tuple(_number(copy) for copy in unit.execute(select(relay.c.copy).where(*mine).order_by(relay.c.id)).scalars())


def was_passed_on(unit: Unit, source: str) -> bool:
    """Say whether the other side has this message, in whatever chat."""
    return unit.execute(select(relay.c.id).where(relay.c.source == source).limit(1)).scalar() is not None


def other_side(unit: Unit, message: str, address: str) -> str:
    """Name the message in this chat that stands for a message of the other side; nothing when it was never passed on.

    Where several were joined into one, the last of them stands for it: that is the one nearest to what is said now.
    """
    if not message:
        return ""
    here = f"{address}:"
    became = select(relay.c.copy).where(relay.c.source == message, relay.c.copy.startswith(here))
    came_from = select(relay.c.source).where(relay.c.copy == message, relay.c.source.startswith(here))
    found = (
        unit.execute(became.order_by(relay.c.id.desc()).limit(1)).scalar()
        or unit.execute(came_from.order_by(relay.c.id.desc()).limit(1)).scalar()
    )
    return _number(found) if found else ""


def _number(message: str) -> str:
    return message.partition(":")[2]
