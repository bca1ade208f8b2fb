"""Find what is asked of a list, and give it a few records at a time, so that people who write meanwhile do not wait for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import ceil
from typing import Any

from rxbot.directory.formats.records import Record, Writer, taxonomy
from rxbot.directory.model import Place
from rxbot.published.catalogue import WRITE, is_elsewhere, is_near, location_of, shallow
from rxbot.published.parameters import PER_PAGE, Asked, ParameterWrong
from rxbot.store import published_lists
from rxbot.store.published_lists import Listed, ListFilter, Row
from rxbot.store.rows import slices
from rxbot.store.unit import Unit

AT_ONCE, IDS_AT_ONCE = 100, 5_000
"""Records that are read while others wait for the database."""
MOST_LOOKED_AT = 2_000
"""Places of which each has to be looked at, whether people of a postcode may come."""
Do = Callable[[Callable[[Unit], Any]], Awaitable[Any]]
Write = Callable[[], Record | None]
"""How a record is written; None where it was taken back meanwhile."""


@dataclass(frozen=True)
class AskedList:
    """What is asked of a list. `known` are its records where they had to be looked at one by one."""

    do: Do
    name: str
    asked: Asked
    wanted: ListFilter
    known: list[Row] | None = None

    async def page(self) -> Record:
        """Wrap a page of it; ids alone all fit on one page."""
        total = len(self.known) if self.known is not None else await self.do(self._count)
        size = self.asked.per_page or (max(total, 1) if self.asked.minimal else PER_PAGE)
        pages, skip = max(ceil(total / size), 1), (self.asked.page - 1) * size
        shown = [record async for some in self._pieces(skip, size) for record in some] if skip < total else []
        return {
            "total_items": total,
            "total_pages": pages,
            "page_number": self.asked.page,
            "size": len(shown),
            "first_page": self.asked.page == 1,
            "last_page": self.asked.page >= pages,
            "empty": not shown,
            "contents": shown,
        }

    async def lines(self) -> AsyncIterator[str]:
        """Give all of it, a line each."""
        async for some in self._pieces(0, None):
            yield "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in some)

    def _count(self, unit: Unit) -> int:
        return published_lists.count(unit, self.name, self.wanted)

    async def _pieces(self, skip: int, most: int | None) -> AsyncIterator[list[Record]]:
        """Give so many of the records, or all of them, after so many others."""
        after, given = "", 0
        at_once = IDS_AT_ONCE if self.asked.minimal else AT_ONCE
        while most is None or given < most:
            limit = at_once if most is None else min(at_once, most - given)
            rows, writes = await self.do(partial(self._read, after=after, skip=skip, limit=limit))
            if not rows:
                return
            yield await asyncio.to_thread(self._write, writes)
            after, skip, given = rows[-1].id, 0, given + len(rows)

    def _read(self, unit: Unit, after: str, skip: int, limit: int) -> tuple[Sequence[Row], list[Write]]:
        if self.known is None:
            rows: Sequence[Row] = published_lists.rows(unit, self.name, self.wanted, limit, after, skip)
        else:
            rows = [row for row in self.known if row.id > after][skip : skip + limit]
        if not self.asked.minimal:
            return rows, _writes(unit, self.name, self.wanted.publishers, rows)
        changes = published_lists.changes(unit, self.name, self.wanted.publishers, [row.id for row in rows])
        return rows, [partial(_minimal, row.id, changes[row.id]) for row in rows if row.id in changes]

    def _write(self, writes: Sequence[Write]) -> list[Record]:
        is_whole = self.asked.full or self.asked.minimal
        return [record if is_whole else shallow(record) for write in writes if (record := write())]


def one_of(unit: Unit, name: str, publishers: tuple[str, ...], id: str) -> Write | None:
    """Give how one record of a list is written, if it is there."""
    row = published_lists.row(unit, name, publishers, id)
    return next(iter(_writes(unit, name, publishers, [row])), None) if row else None


async def near_of(do: Do, name: str, wanted: ListFilter) -> list[Row]:
    """Give the places near a spot whose services people of that spot may have. Raises ParameterWrong where there are too many."""
    found: Sequence[Row] = await do(lambda unit: published_lists.rows(unit, name, wanted, MOST_LOOKED_AT + 1))
    if len(found) > MOST_LOOKED_AT:
        raise ParameterWrong((f"proximity: More than {MOST_LOOKED_AT:,} places are that near. Give fewer metres.",))
    near: list[Row] = []
    for some in slices(found, AT_ONCE):
        listed = await do(partial(_listed, rows=some))
        near += await asyncio.to_thread(_reachable, some, listed, wanted)
    return near


def _listed(unit: Unit, rows: Sequence[Row]) -> dict[str, Listed]:
    return published_lists.listed(unit, {row.service for row in rows})


def _reachable(rows: Sequence[Row], listed: dict[str, Listed], wanted: ListFilter) -> list[Row]:
    there = ((row, listed[row.service]) for row in rows if row.service in listed)
    return [row for row, one in there if wanted.near and _is_reachable(one, row.id, wanted.near, wanted.km)]


def _is_reachable(one: Listed, id: str, spot: Place, km: float | None) -> bool:
    location = location_of(one, id)
    return bool(location and is_near(location, spot, km) and not is_elsewhere(one.said.service, spot))


def _writes(unit: Unit, name: str, publishers: Sequence[str], rows: Sequence[Row]) -> list[Write]:
    ids = [row.id for row in rows]
    if name == "taxonomies":
        names = published_lists.vocabularies(unit, ids)
        return [partial(taxonomy, names[id]) for id in ids if id in names]
    if name == "taxonomy_terms":
        terms, parents = published_lists.terms(unit, ids), published_lists.parents(unit, publishers, ids)
        return [partial(Writer("", parents=parents).term, terms[id]) for id in ids if id in terms]
    listed = _listed(unit, rows)
    return [partial(WRITE[name], listed[row.service], row.id) for row in rows if row.service in listed]


def _minimal(id: str, changed_at: datetime) -> Record:
    return {"id": id, "modified_date": f"{changed_at:%Y-%m-%dT%H:%M:%SZ}"}
