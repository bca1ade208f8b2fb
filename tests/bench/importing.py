"""How many services an import reads and stores in a second of one core, of real directories where they are at hand."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rxbot.commands.sweeping import unswept
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Need
from rxbot.feeds import Format, open_feed
from rxbot.store.directory_rows import save_feed
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.schema import prepare
from rxbot.store.unit import Store

DIRECTORIES = Path(__file__).resolve().parents[3] / "shared/directories"
SETS = (
    "miami-open211",
    "san-mateo-cip",
    "dc-community-resources/data",
    "greater-manchester/oruk3",
    "ohana-sample",
)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def main(needs: dict[str, Need]) -> None:
    """Print a line for each directory."""
    print("\n| Directory | Services | read a second | stored a second |")  # noqa: T201
    print("|---|---|---|---|")  # noqa: T201
    for name in SETS:
        if (DIRECTORIES / name).exists():
            print(imported(name, needs), flush=True)  # noqa: T201


def imported(name: str, needs: dict[str, Need]) -> str:
    """Import a directory into an empty store; give the line on it."""
    begun = time.process_time()
    with unswept():
        feed = open_feed(str(DIRECTORIES / name), Format.AUTO, needs)
        services, _ = read_services(tuple(feed), feed.defects)
    read = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/rxbot.db", Keys(f"sqlite:///{folder}/keys.db", new_master_key()))
        prepare(store)
        prepared = time.process_time()
        with unswept(), store.begin() as unit:
            save_feed(unit, name, services, NOW)
        stored = time.process_time()
        store.close()
    return f"| {name} | {len(services):,} | {len(services) / (read - begun):,.0f} | {len(services) / (stored - prepared):,.0f} |"
