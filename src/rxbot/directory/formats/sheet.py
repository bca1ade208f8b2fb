"""The coordinator's sheet: one row a service, in plain words, from any spreadsheet.

A row that is wrong is left out whole, and all that is wrong with it is said at once, in words to act on.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import Any

from rxbot.directory.defects import Defects
from rxbot.directory.formats.columns import COLUMNS, EXAMPLES, Column, column_called
from rxbot.directory.formats.sheet_cells import Wrong, check_spreadsheet
from rxbot.directory.formats.sheet_slips import (
    Slips,
    Spot,
    begin_with_zero,
    far_off,
    has_five_digits,
    heading_of,
    lost_zero_of_postcode,
    lost_zeros,
    off_the_map,
    slips_of,
)
from rxbot.directory.formats.spelled import LIST_BELOW, Spelled, meant, spell, written_needs
from rxbot.directory.formats.tables import Row, read_table
from rxbot.directory.hsds import made_id
from rxbot.directory.model import Need, TermRef
from rxbot.directory.stems import fold
from rxbot.errors import FeedWrong

SEPARATOR_LINE = re.compile(rb"(?:\xef\xbb\xbf)?sep=.\r?\n", re.IGNORECASE)
"""Excel writes and hides such a first line."""
HEAD = 20_000
QUOTES = "Look for a comma inside a cell, and put that cell's words in quotation marks."
NEVER_CLOSED = "A quotation mark here is never closed, so all rows below ran into it. Close it, or take it out."
EXPLAINED = {column.name: fold(column.explained) for column in COLUMNS}
NOTHING = {"n/a", "na", "n.a.", "none", "-", "--", "?", "tbc", "tba", "unknown", "not known", "not applicable"}
"""What people write to say that a cell is empty. Of a price, "none" says more."""
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read: its rows as HSDS records, and what is wrong with those that were left out."""

    pages: tuple[tuple[str, dict[str, object]], ...]
    complaints: tuple[str, ...]
    unread: frozenset[str] = frozenset()
    """The ids of the rows that were left out."""


@dataclass(frozen=True)
class Complaint:
    """What is wrong in one cell, with a row as a whole, or, where the row is 0, with a column."""

    row: int
    column: str
    words: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (f"Row {self.row}" if self.row else "", f"'{self.column}'" if self.column else "")))
        return f"{place}: {self.words}"


def template(needs: Mapping[str, Need]) -> str:
    """Write the sheet to begin with: the columns, what to write in each, and two invented services."""
    written = StringIO()
    rows = csv.DictWriter(written, [column.name for column in COLUMNS])
    rows.writeheader()
    explained = {column.name: column.explained for column in COLUMNS}
    rows.writerow({**explained, "needs": f"{explained['needs']} {written_needs(needs)}"})
    rows.writerows(EXAMPLES)
    return written.getvalue()


def is_sheet(name: str, data: bytes) -> bool:
    """Say whether a table's columns are those of the sheet rather than of a package, whose tables have ids."""
    head = _bare(data[:HEAD])
    rows = read_table(name, head + b"\n" + head, Defects(), _is_header)  # twice, so that a header alone has a row below it
    columns = list(rows[0].fields) if rows else []
    return _is_header(columns) and not any(name.endswith("_id") or name == "address_1" for name in columns)


def read_sheet(name: str, data: bytes, needs: Mapping[str, Need], defects: Defects) -> Sheet:
    """Read a sheet. Columns may stand in any order, and those that are not needed may be left out."""
    rows = _rows(name, data, defects)
    columns, complaints = _columns(name, rows, defects)
    reading, spelled, lost_in = _Reading(name, defects, complaints), spell(needs), _lost_zeros_in(rows, columns)
    run_together = defects.places("run_together")
    for row, cells in _filled(rows, columns):
        if _is_example(cells):
            defects.count("example_row", _where(name, row))
            continue
        page, wrong = _read_row(row, cells, spelled)
        if _where(name, row) in run_together:
            wrong = [Complaint(row.number, "", NEVER_CLOSED)]
        wrong += [Complaint(row.number, column, words) for column, words in lost_in(cells)]
        reading.take(row, page, wrong, has_id=bool(cells.get("id")))
    reading.look_at_the_map()
    return reading.sheet(needs)


class _Reading:
    """What has been read of a sheet so far: the rows that are right, by their ids, and what is wrong with the others."""

    def __init__(self, name: str, defects: Defects, complaints: list[Complaint]) -> None:
        self.name, self.defects, self.complaints = name, defects, complaints
        self.pages: dict[str, tuple[str, dict[str, Any]]] = {}
        self.first_row: dict[str, int] = {}
        self.unread: set[str] = set()

    def take(self, row: Row, page: dict[str, Any], wrong: list[Complaint], has_id: bool) -> None:
        """Keep a row that is right, and leave out one that is not. Where the first of two was wrong, the other may be right."""
        id = str(page["id"])
        if id and id in (self.first_row if wrong else self.pages):
            wrong = [*wrong, _twice(row.number, self.first_row[id], has_id)]
        self.first_row.setdefault(id, row.number)
        if wrong:
            self.complaints += wrong
            self._leave_out(id, _where(self.name, row))
        else:
            self.pages[id], self.first_row[id] = (_where(self.name, row), page), row.number

    def look_at_the_map(self) -> None:
        """Leave out the rows of which the place was written the wrong way round, and say which are oddly far from all others."""
        for id, words in off_the_map(dict(_spots(self.pages))):
            self.complaints.append(Complaint(self.first_row[id], "latitude", words))
            self._leave_out(id, self.pages.pop(id)[0])
        for id, column, words in far_off(dict(_spots(self.pages))):
            self.complaints.append(Complaint(self.first_row[id], column, words))
            self.defects.count("far_off", self.pages[id][0])

    def sheet(self, needs: Mapping[str, Need]) -> Sheet:
        """Give all that was read, and count what its rows lack."""
        for where, page in self.pages.values():
            for code in _lacks(page):
                self.defects.count(code, where)
        said = [f"{self.name}: {one}" for one in sorted(self.complaints, key=lambda one: one.row)]
        return Sheet(tuple(self.pages.values()), (*said, *_listed(said, needs)), frozenset(self.unread - {""}))

    def _leave_out(self, id: str, where: str) -> None:
        self.unread.add(id)
        self.defects.count("row_left_out", where)


def _where(name: str, row: Row) -> str:
    return f"{name} row {row.number}"


def _filled(rows: Iterable[Row], columns: Mapping[str, Column]) -> Iterator[tuple[Row, Cells]]:
    """Give each row that says something, with its cells by our names for their columns."""
    for row in rows:
        cells = {column.name: _written(column, row.fields[header]) for header, column in columns.items()}
        if any(cells.values()) and not _is_explanation(cells):
            yield row, cells


def _lost_zeros_in(rows: Sequence[Row], columns: Mapping[str, Column]) -> Callable[[Cells], Slips]:
    """Give what looks in a row for first zeros that a spreadsheet took away: of numbers that have them in this sheet."""

    def cells_of(name: str) -> Iterator[str]:
        return (row.fields[header] for row in rows for header, column in columns.items() if column.name == name)

    looks = [
        look
        for look, is_worth_it in (
            (lost_zeros, begin_with_zero(cells_of("phone"))),
            (lost_zero_of_postcode, has_five_digits(cells_of("postcode"))),
        )
        if is_worth_it
    ]
    return lambda cells: chain.from_iterable(look(cells) for look in looks)


def _lacks(page: Mapping[str, Any]) -> Iterator[str]:
    """Give what makes a service harder to find, though nothing is wrong with it."""
    if not page["attributes"]:
        yield "no_needs"
    if not page["service_areas"] and all(
        joined["location"]["latitude"] is None for joined in page.get("service_at_locations", ())
    ):
        yield "nowhere"


def _spots(pages: Mapping[str, tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, Spot]]:
    for id, (_, page) in pages.items():
        for joined in page.get("service_at_locations", ()):
            lat, lon = joined["location"]["latitude"], joined["location"]["longitude"]
            if lat is not None and lon is not None:
                yield id, (lat, lon)


def _listed(complaints: Iterable[str], needs: Mapping[str, Need]) -> Iterator[str]:
    """Give the list of needs once, where complaints speak of it."""
    if any(one.endswith(LIST_BELOW) for one in complaints):
        yield f"The needs: {written_needs(needs)}."


def _rows(name: str, data: bytes, defects: Defects) -> tuple[Row, ...]:
    """Read the rows, and say where a defect is as the spreadsheet numbers its rows."""
    found = Defects()
    rows = read_table(name, _bare(data), found, _is_header)
    numbered = {row.where: _where(name, row) for row in rows}
    for code, where in found.everywhere():
        defects.count(code, numbered.get(where, where))
    return rows


def _is_header(cells: Sequence[str]) -> bool:
    return len({column.name for cell in cells if (column := column_called(cell))} - {"id"}) >= 2


def _written(column: Column, cell: str) -> str:
    """Give what a cell says; nothing where it says that it is empty."""
    said = fold(cell)
    return "" if said in NOTHING and not (column.name == "cost" and said == "none") else cell


def _bare(data: bytes) -> bytes:
    found = SEPARATOR_LINE.match(data)
    return data[found.end() :] if found else data


def _columns(name: str, rows: tuple[Row, ...], defects: Defects) -> tuple[dict[str, Column], list[Complaint]]:
    if not rows:
        raise FeedWrong(f"{name} has no rows below its header.", "Write one row for each service: rxbot directory template")
    found: dict[str, Column] = {}
    complaints = []
    for header in filter(None, rows[0].fields):
        column = column_called(header)
        if column is None:
            defects.count("unknown_column", f"{name} '{header}'")
            close = meant(header, [one.name for one in COLUMNS])
            complaints.append(Complaint(0, header, f"We know no column of this name and did not read it.{close}"))
        elif column in found.values():
            defects.count("repeated_column", f"{name} '{header}'")
        else:
            found[header] = column
    missing = [f"'{one.name}'" for one in COLUMNS if one.is_needed and one not in found.values()]
    if missing:
        lacking = f"the column {missing[0]}" if len(missing) == 1 else f"the columns {', '.join(missing)}"
        raise FeedWrong(
            f"{name} lacks {lacking}. It has: {', '.join(filter(None, rows[0].fields))}.",
            "Take the names of the columns from the template: rxbot directory template",
        )
    return found, complaints


def _is_explanation(cells: Cells) -> bool:
    """Say whether this is the template's second row, even where somebody has changed some of it."""
    same = sum(fold(cell).startswith(EXPLAINED[name]) for name, cell in cells.items() if cell)
    return same > 0 and same * 2 >= sum(map(bool, cells.values()))


def _is_example(cells: Cells) -> bool:
    return any(all(fold(cells[name]) == fold(one[name]) for name in ("organization", "service")) for one in EXAMPLES)


def _read_row(row: Row, cells: Cells, spelled: Spelled) -> tuple[dict[str, object], list[Complaint]]:
    """Read a row as far as it can be read, and say all that is wrong with it."""
    number = row.number
    if row.beyond:
        return {"id": ""}, [Complaint(number, "", f"It has more cells than there are columns: '{row.beyond[0][:40]}'. {QUOTES}")]
    if heading := heading_of(cells):
        words = f"Only one cell is filled in: '{heading[:40]}'. If it is a heading, delete the row."
        return {"id": ""}, [Complaint(number, "", words)]
    wrong: list[Complaint] = []
    read: dict[str, object] = {}
    for column in COLUMNS:
        cell = cells.get(column.name, "")
        if not cell:
            if column.is_needed:
                wrong.append(Complaint(number, column.name, f"This is empty. Write {column.wanted}."))
            continue
        try:
            check_spreadsheet(cell)
            read[column.name] = column.read(cell)
        except Wrong as words:
            wrong.append(Complaint(number, column.name, str(words)))
    terms, unknown = spelled.terms(cells.get("needs", ""))
    wrong += [Complaint(number, "needs", words) for words in unknown]
    wrong += [Complaint(number, column, words) for column, words in slips_of(read, cells)]
    return _page(read, cells, terms), wrong


def _page(read: Mapping[str, object], cells: Cells, terms: Iterable[TermRef]) -> dict[str, object]:
    """Write a row as HSDS nests it."""
    said: Callable[[str], str] = lambda name: str(read.get(name, ""))  # noqa: E731
    page: dict[str, object] = {
        "id": said("id") or _made_id(cells),
        "name": said("service"),
        "status": "active",
        "organization": {"id": _hash(cells.get("organization", "")), "name": said("organization")},
        "description": said("what it does"),
        "eligibility_description": said("for whom"),
        "minimum_age": read.get("lowest age"),
        "maximum_age": read.get("highest age"),
        "languages": [{"name": name} for name in _parts(read, "languages")],
        "service_areas": [{"name": name} for name in _parts(read, "area")],
        "phones": [{"number": number} for number in _parts(read, "phone")],
        "email": said("email"),
        "url": said("web page"),
        "schedules": list(_parts(read, "opening times")),
        "fees_description": said("cost"),
        "application_process": said("how to get in"),
        "assured_date": said("last checked"),
        "attributes": [{"taxonomy_term": _term(term)} for term in terms],
    }
    if place := _place(read):
        page["service_at_locations"] = [{"id": page["id"], "location": place}]
    return page


def _place(read: Mapping[str, object]) -> dict[str, object] | None:
    names = {"address": "address_1", "town": "city", "postcode": "postal_code"}
    address = {ours: str(read[name]) for name, ours in names.items() if read.get(name)}
    if not address and "latitude" not in read:
        return None
    return {
        "id": _hash(*(address.get(ours, "") for ours in names.values()), str(read.get("latitude")), str(read.get("longitude"))),
        "location_type": "physical",
        "latitude": read.get("latitude"),
        "longitude": read.get("longitude"),
        "addresses": [{**address, "address_type": "physical"}] if address else [],
    }


def _term(term: TermRef) -> dict[str, str]:
    code = next((code for code in term.codes if ":" in code), "")
    return {"taxonomy": code.partition(":")[0], "code": code, "name": term.name}


def _parts(read: Mapping[str, object], name: str) -> tuple[object, ...]:
    found = read.get(name, ())
    return found if isinstance(found, tuple) else (str(found),)


def _made_id(cells: Cells) -> str:
    """Make the same id in every import: a service is who gives it, what it is called, and where."""
    return _hash(*(cells.get(name, "") for name in ("organization", "service", "address")))


def _hash(*texts: str) -> str:
    return made_id(*(" ".join(fold(text).split()) for text in texts))


def _twice(row: int, first: int, has_id: bool) -> Complaint:
    if has_id:
        return Complaint(row, "id", f"Row {first} has the same id. Give each service an id of its own.")
    return Complaint(
        row, "", f"It has the same organization, service and address as row {first}. Delete one, or give each an 'id'."
    )
