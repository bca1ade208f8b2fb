"""What is asked of the store has the same answer on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
from blank import blank_store

from rxbot.store.unit import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store with its tables."""
    if request.param == "sqlite":
        one = blank_store(tmp_path)
        yield one
        one.close()
        return
    url = postgres.fresh_url()
    one = postgres.store_at(url, tmp_path)
    yield one
    one.close()
    postgres.drop(url)
