"""Move everything but the keys from SQLite to PostgreSQL, also while rxbot serves: it waits, and then says where all has gone.

Nothing is lost and nothing is in both places: the old database takes nothing more from the moment of which the copy is.
"""

from collections.abc import Mapping

from rxbot.errors import StoreWrong
from rxbot.store import schema, sqlite
from rxbot.store.copying import copy_rows
from rxbot.store.unit import Store


def move(store: Store, target: Store) -> Mapping[str, int]:
    """Copy every row into an empty database, and close the old one for good. Give the number of rows of each table.

    While it lasts nobody else writes: whoever wants to waits as for a disk that is full. The copy is committed first: cut short
    between the two, it is to be removed before this is tried again.
    """
    if store.shared or not target.shared:
        raise StoreWrong("A move goes from SQLite to PostgreSQL.", "See `rxbot move --help`.")
    schema.prepare(target)
    with store.begin() as here:
        with target.begin() as there:
            counts = copy_rows(here.connection, there.connection)
        sqlite.shut(here.connection)
        schema.mark_moved(here.connection)
    return counts
