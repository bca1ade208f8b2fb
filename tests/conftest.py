"""What every test may use. Tests that need the reference data beside the project skip when it is not there."""

import gc
import logging
import os
import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from rxbot.content.load import Release, load
from rxbot.store import sqlite
from rxbot.store.unit import Store

if TYPE_CHECKING:
    from desk import Desk

WAITING = ("test_replicas", "test_drill", "test_faults", "test_serve")
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

sys.path.insert(0, str(Path(__file__).parent))  # so that tests share the stage they play on
os.environ.setdefault("PTB_TIMEDELTA", "true")
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]  # httpcore looks for it on the disk at every call, in vain
ssl.create_default_context = cache(ssl.create_default_context)  # reading all certificates takes longer than most tests
sqlite.SYNCHRONOUS = "OFF"  # no test takes the power away; what runs in processes of its own has what ships
gc.set_threshold(50_000, 20, 50)  # a twentieth of the time goes into looking for what nobody needs any more
settings.register_profile("steady", deadline=None)  # how long an example takes is for the benchmarks
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for processes of its own: others work meanwhile, and nobody waits for it in the end."""
    items.sort(key=lambda item: item.path.stem not in WAITING)
    gc.freeze()


@pytest.fixture(scope="session")
def release() -> Release:
    """The content that ships."""
    return load(ROOT, date(2026, 3, 2))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data that lies beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the reference data is not beside the project")
    return SHARED


@pytest.fixture
def logging_kept() -> Iterator[None]:
    """Let logging be afterwards as it was before."""
    before, level = structlog.get_config(), logging.root.level
    handlers = list(logging.root.handlers)
    yield
    structlog.configure(**before)
    logging.root.handlers[:], logging.root.level = handlers, level


@pytest.fixture
async def desk(tmp_path: Path, release: Release) -> AsyncIterator["Desk"]:
    """Tom is in touch with Sam."""
    from desk import open_desk  # found by the path that is set above

    async with open_desk(tmp_path, release) as one:
        yield one


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store with its tables."""
    from blank import blank_store  # found by the path that is set above

    one = blank_store(tmp_path)
    yield one
    one.close()
