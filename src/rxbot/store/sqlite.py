"""How a SQLite file of ours is opened: what is committed survives a loss of power, and what is removed is overwritten."""

from typing import Any

SYNCHRONOUS = "FULL"  # a commit waits for the disk


def prepare(connection: Any) -> None:
    """Set up a new connection of the driver."""
    for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS}", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
