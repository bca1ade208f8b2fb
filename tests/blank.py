"""A store with its tables and nothing in them, as a copy: to make one takes longer than most tests."""

import tempfile
from functools import cache
from pathlib import Path

from rxbot.store.keys import Keys, new_master_key
from rxbot.store.schema import prepare
from rxbot.store.unit import Store


def blank_store(folder: Path) -> Store:
    """Open one in this folder."""
    (folder / "rxbot.db").write_bytes(_blank_database())
    return _store_in(folder)


@cache
def _blank_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        store = _store_in(Path(folder))
        prepare(store)
        store.close()
        return (Path(folder) / "rxbot.db").read_bytes()


def _store_in(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'rxbot.db'}", Keys(f"sqlite:///{folder / 'keys.db'}", new_master_key()))
