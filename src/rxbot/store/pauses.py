"""Chats that nothing is sent to for a while. They are written down, so that a start anew asks for no more trouble."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same

from rxbot.store.prepared import Prepared
from rxbot.store.tables import pause
from rxbot.store.unit import Unit

EVERYTHING = "*"
ALL = Prepared(select(pause))


def rest(unit: Unit, chat: str, until: datetime) -> None:
    """Send nothing to this chat until then. A longer pause stays as it is."""
    new = insert(pause).values(chat=chat, until=until)
    unit.execute(new.on_conflict_do_update(index_elements=["chat"], set_={"until": until}, where=pause.c.until < until))


def resting(unit: Unit, now: datetime) -> frozenset[str]:
    """Name the chats that rest, and forget those that have rested: some are accounts we keep nothing about."""
    known = {row.chat: row.until for row in ALL.ask(unit)}
    over = [chat for chat, until in known.items() if until <= now]
    if over:
        unit.execute(delete(pause).where(pause.c.chat.in_(over)))
    return frozenset(known.keys() - over)
