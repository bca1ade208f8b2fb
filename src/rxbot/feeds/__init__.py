"""Open a directory as its publisher delivers it: files, folders, zips and addresses, JSON and tables, recognised by content."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

import httpx

from rxbot.directory.defects import Defects
from rxbot.directory.formats.counts import Counts, count_ohana, count_package, count_pages
from rxbot.directory.formats.generations import Tables
from rxbot.directory.formats.ohana import is_ohana, read_ohana
from rxbot.directory.formats.oruk import is_british, is_older, read_oruk
from rxbot.directory.formats.package import read_package
from rxbot.directory.formats.recognition import is_services, table_names
from rxbot.directory.formats.sheet import is_sheet, read_sheet
from rxbot.directory.formats.tables import Row, read_table
from rxbot.directory.model import Need
from rxbot.errors import FeedWrong
from rxbot.feeds.api import Listing, Tell, categories_below, is_root, page_of, services_below
from rxbot.feeds.files import File, passed_over, read_path, unpacked
from rxbot.feeds.text import Kind, kind_of, read_json
from rxbot.feeds.web import Web

SHEET = "a coordinator's sheet"
Pages = Iterable[tuple[str, object]]


class Format(StrEnum):
    """What a directory may be written in."""

    AUTO = "auto"
    HSDS = "hsds"
    ORUK = "oruk"
    OHANA = "ohana"
    CSV = "csv"


@dataclass(frozen=True)
class Feed:
    """A directory that was opened: its pages as HSDS 3 nests them, and what was wrong on the way there.

    `complaints` name the rows of a coordinator's sheet that were left out, in words to act on; `unread` has their ids.
    """

    name: str
    read_as: str
    pages: Pages
    defects: Defects
    complaints: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    tables: Tables | None = None
    count_tables: Callable[[Tables], Counts] = count_package

    def counts(self, pages: Pages) -> Counts:
        """Count what the source holds: the rows of its tables, or what is nested in these pages of it."""
        return count_pages(pages) if self.tables is None else self.count_tables(self.tables)

    def __iter__(self) -> Iterator[tuple[str, object]]:
        return iter(self.pages)


def open_feed(
    source: str | Path, format: Format = Format.AUTO, needs: Mapping[str, Need] | None = None, tell: Tell = lambda *_: None
) -> Feed:
    """Open a source. `needs` are what a coordinator's sheet may name; `tell` hears of each page that is fetched."""
    if str(source).lower().startswith(("http://", "https://")):
        return _address(str(source), format, needs or {}, tell)
    if "://" in str(source):
        raise FeedWrong(f"{source} is no address we can open.", "Give one that begins with https://, or save it to a file.")
    path = Path(source)
    feed = _files(path.stem or path.resolve().stem, read_path(path), format, needs or {})
    for folder in passed_over(path):
        feed.defects.count("folder_not_read", folder)
    return feed


def _address(address: str, format: Format, needs: Mapping[str, Need], tell: Tell) -> Feed:
    defects = Defects()
    with Web.open() as web:
        file = web.fetch(address)
    assert file is not None  # only where nothing may be there
    files = unpacked(file)
    name = httpx.URL(address).host
    if len(files) == 1 and kind_of(files[0]) is Kind.JSON:
        first = next(page for _, page in read_json(files[0], Defects()))
        listed = page_of(first, file.after)
        if is_root(first):
            pages = chain(_listing(services_below(address), defects, tell), _categories(address, defects, tell))
            return _json(name, pages, format, defects)
        if listed is not None and listed.has_more:
            return _json(name, _listing(address, defects, tell), format, defects)
    return _files(name, files, format, needs)


def _listing(address: str, defects: Defects, tell: Tell) -> Iterator[tuple[str, object]]:
    with Web.open() as web:
        yield from Listing(web, address, defects, tell).read()


def _categories(address: str, defects: Defects, tell: Tell) -> Iterator[tuple[str, object]]:
    with Web.open() as web:
        yield from categories_below(web, address, defects, tell)


def _files(name: str, files: tuple[File, ...], format: Format, needs: Mapping[str, Need]) -> Feed:
    defects = Defects()
    kinds = {kind_of(file) for file in files}
    if len(kinds) > 1:
        raise FeedWrong(f"{name} holds JSON and tables side by side.", "Give a folder or zip with one of the two.")
    if kinds == {Kind.JSON}:
        return _json(name, chain.from_iterable(read_json(file, defects) for file in files), format, defects)
    if format is Format.ORUK:
        raise FeedWrong(f"{name} is a table, and ORUK is JSON.", "Leave --format out: it is recognised by itself.")
    sheets = format in (Format.CSV, Format.AUTO) and all(is_sheet(file.name, file.data) for file in files)
    if sheets or (format is Format.CSV and len(files) == 1):
        return _sheets(name, files, needs, defects)
    return _tables(name, files, format, defects)


def _json(name: str, pages: Iterator[tuple[str, object]], format: Format, defects: Defects) -> Feed:
    if format in (Format.CSV, Format.OHANA):
        raise FeedWrong(f"{name} is JSON, not {format.value}.", "Leave --format out: it is recognised by itself.")
    if format is Format.HSDS:
        return Feed(name, "HSDS JSON", pages, defects)
    first = list(next(([page] for page in pages), []))
    return Feed(
        name,
        _called([page for _, page in first], format),
        ((where, read_oruk(where, page, defects)) for where, page in chain(first, pages)),
        defects,
    )


def _called(first: list[object], format: Format) -> str:
    """Name what a list is written in, by its first page."""
    if any(map(is_older, first)):
        return "ORUK 1.0 JSON"
    return "ORUK 3.0 JSON" if format is Format.ORUK or any(map(is_british, first)) else "HSDS 3 JSON"


def _no_services(name: str, files: tuple[File, ...]) -> FeedWrong:
    """Say what a table should have been."""
    if len(files) > 1:
        complaint = (
            f"{name} holds no services.csv, and not all of its tables are sheets with the columns organization and service."
        )
        return FeedWrong(complaint, "Give a whole HSDS package, or one sheet of your own: rxbot directory template")
    if not files[0].data.strip():
        return FeedWrong(f"{files[0].name} is empty.", "Save it once more, or begin a sheet: rxbot directory template")
    return FeedWrong(
        f"{files[0].name} is no list of services that we know: no row of it names the columns organization and service.",
        "Copy your rows into the template: rxbot directory template. Or give a whole HSDS package.",
    )


def _sheets(name: str, files: tuple[File, ...], needs: Mapping[str, Need], defects: Defects) -> Feed:
    sheets = [read_sheet(file.name, file.data, needs, defects) for file in files]
    pages = tuple(page for sheet in sheets for page in sheet.pages)
    complaints = tuple(words for sheet in sheets for words in sheet.complaints)
    if not pages and not complaints and defects.places("example_row"):
        raise FeedWrong(
            f"{files[0].name} holds only the examples of the template.", "Write your own services over them, and import again."
        )
    return Feed(name, SHEET, pages, defects, complaints, frozenset().union(*(sheet.unread for sheet in sheets)))


def _tables(name: str, files: tuple[File, ...], format: Format, defects: Defects) -> Feed:
    names = table_names(file.name for file in files)
    tables: dict[str, tuple[Row, ...]] = {}
    for table, file in zip(names, files, strict=True):
        if table in tables:
            raise FeedWrong(f"{name} holds the table {table} twice.", "Give each table once.")
        tables[table] = read_table(file.name, file.data, defects)
    if len(files) == 1 and is_services(next(iter(tables.values()))):
        tables = {"services": next(iter(tables.values()))}
    if not tables.keys() & {"services", "service"}:
        raise _no_services(name, files)
    if format is Format.OHANA or (format is not Format.HSDS and is_ohana(tables)):
        return Feed(name, "Ohana tables", read_ohana(tables, defects), defects, tables=tables, count_tables=count_ohana)
    return Feed(name, "HSDS tables", read_package(tables, defects), defects, tables=tables)
