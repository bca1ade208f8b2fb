"""The notes of a package, its table `metadata`: which fields our own export had to write otherwise, and what stood there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rxbot.directory.formats.generations import KINDS
from rxbot.directory.formats.tables import Row
from rxbot.directory.hsds import FITTED

Page = dict[str, object]


@dataclass(frozen=True)
class Notes:
    """The notes on each record, by its kind and id."""

    by_record: Mapping[tuple[str, str], Sequence[Page]]

    def of(self, table: str, row: Row) -> Page:
        """Give the notes on the record of a row as HSDS nests them; nothing where there are none."""
        found = self.by_record.get((KINDS.get(table, ""), row.fields.get("id", ""))) if self.by_record else None
        return {"metadata": found} if found else {}


def notes_in(rows: Sequence[Row]) -> Notes:
    """Gather our own notes; what other publishers note of their changes is history."""
    found: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for row in rows:
        if row.fields.get("updated_by") == FITTED:
            found[row.fields.get("resource_type", ""), row.fields.get("resource_id", "")].append(dict(row.fields))
    return Notes(found)
