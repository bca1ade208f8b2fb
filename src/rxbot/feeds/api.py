"""Read the whole list of a live HSDS or ORUK service, page after page.

A list that is cut would retire what stands behind the cut, so whatever keeps us from its end is an error.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from json import dumps
from urllib.parse import quote

import httpx

from rxbot.directory.defects import Defects
from rxbot.directory.hsds import PAGE_OF
from rxbot.errors import FeedWrong
from rxbot.feeds.files import File
from rxbot.feeds.text import Kind, kind_of, read_json
from rxbot.feeds.web import LATER, Web

MOST_PAGES = 5_000
WHOLE = re.compile(r"\d{1,9}(?:\.0)?", re.ASCII)
CHILDREN = (
    "service_at_locations", "phones", "schedules", "service_areas", "languages", "attributes", "cost_options", "contacts",
    "required_documents", "regular_schedules", "service_taxonomys", "eligibilitys",
)  # fmt: skip
Tell = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much; 0 where nobody knows."""


@dataclass(frozen=True)
class Page:
    """One page of a list, whatever its version calls it."""

    items: list[object]
    number: int | None
    pages: int | None
    records: int | None
    is_last: bool
    next: str = ""

    @property
    def is_numbered(self) -> bool:
        """Say whether it tells which page of how many it is; a list that does not is one page."""
        return self.pages is not None or self.number is not None

    @property
    def has_more(self) -> bool:
        """Say whether it is one page of several, or may be: it is numbered, names the next, or counts more than it gives."""
        return self.is_numbered or bool(self.next) or (self.records is not None and self.records > len(self.items))

    @property
    def is_shallow(self) -> bool:
        """Say whether its services come without phones, places and all else that hangs on them."""
        return not any(isinstance(item, dict) and item.get(name) for item in self.items for name in CHILDREN)


def page_of(page: object, after: str = "") -> Page | None:
    """Read a page of a list; None when it is something else. `after` is the address of the next, as the header Link names it."""
    if isinstance(page, list):
        return Page(page, None, None, None, False, after)
    if not isinstance(page, dict):
        return None
    items = next((page[name] for name in PAGE_OF if isinstance(page.get(name), list)), None)
    if items is None:
        return None
    return Page(
        items,
        _whole(page, "page_number", "number", "page", "current_page"),
        _whole(page, "total_pages", "totalPages", "last_page"),
        _whole(page, "total_items", "totalElements", "total"),
        any(page.get(name) is True for name in ("last_page", "last", "empty")),
        _next_of(page) or after,
    )


def _next_of(page: Mapping[str, object]) -> str:
    """Give the address of the page after this one, where it is named: next, or links with a next, bare or as an object."""
    for place in _of_a_page(page):
        named = next((place[name] for name in ("next", "next_page", "next_page_url", "next_url") if place.get(name)), None)
        address = named.get("href") if isinstance(named, dict) else named
        if isinstance(address, str):
            return address
    return ""


def _of_a_page(page: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Give what may tell of a page: itself, and what some put aside for that."""
    yield page
    for name in ("links", "_links", "meta", "pagination"):
        if isinstance(found := page.get(name), dict):
            yield found


def is_root(page: object) -> bool:
    """Say whether this is how an HSDS service introduces itself."""
    return isinstance(page, dict) and ("openapi_url" in page or {"version", "profile"} <= page.keys())


@dataclass
class Listing:
    """A list on its way to us. What `is_whole` has nothing hanging on it that would have to be asked for."""

    web: Web
    address: str
    defects: Defects
    tell: Tell
    seen: set[str] = field(default_factory=set)
    more: dict[str, str] = field(default_factory=dict)
    one_by_one: bool = False
    given: int = 0
    is_whole: bool = False

    def read(self) -> Iterator[tuple[str, object]]:
        """Give each page with where it stands."""
        page = self._ask()
        if page.is_shallow and page.items and not self.is_whole:
            page = self._fuller(page)
        names_next = bool(page.next)
        for done in range(1, MOST_PAGES + 1):
            number = done if page.number is None else page.number
            is_end = self._ends(page, done) or (names_next and not page.next)
            self._no_page_twice(page, number, is_end)
            self.tell("Fetching", done, page.pages or 0)
            yield f"page {number}", self._completed(page.items)
            if is_end:
                self._nothing_missing(page, done)
                return
            page = self._follow(page.next) if page.next else self._ask(number + 1)
            page = page if page.number is not None else replace(page, number=number + 1)
        raise FeedWrong(
            f"{self.address} is not at its end after {MOST_PAGES:,} pages.", "Tell the publisher. Nothing was changed."
        )

    def _ask(self, number: int | None = None) -> Page:
        wanted = self.more if number is None else {**self.more, "page": str(number)}
        page = _page(self.web, self.address, wanted, self.defects)
        if page is None:
            raise FeedWrong(f"{self.address} gives something else for page {number or 1}.", LATER)
        return page

    def _follow(self, named: str) -> Page:
        """Ask for the page that was named. It has to be of the same server: whoever gave us its address vouches for no other."""
        here, there = httpx.URL(self.address), httpx.URL(self.address).join(named)
        if (there.host, there.port) != (here.host, here.port) or there.scheme not in ("http", "https"):
            raise FeedWrong(f"{self.address} goes on at another server: {there.host}.", "Ask the publisher where its list is.")
        page = _page(self.web, str(there), {}, self.defects)
        if page is None:
            raise FeedWrong(f"{there} gives something else than the next page.", LATER)
        return page

    def _fuller(self, page: Page) -> Page:
        """Ask for the list with everything; where that changes nothing, each service will be asked for."""
        self.more = {"full": "true"}
        fuller = self._ask()
        if not fuller.is_shallow:
            return fuller
        self.more, self.one_by_one = {}, True
        return page

    def _completed(self, items: list[object]) -> list[object]:
        return list(filter(None, map(self._whole_service, items))) if self.one_by_one else items

    def _whole_service(self, item: object) -> object:
        """Give a service with all that hangs on it; nothing where its publisher gives others so, and this one not any more."""
        id = item.get("id") if isinstance(item, dict) else None
        if not self.one_by_one or not isinstance(id, str | int):
            return item
        found = _json(self.web, _below(self.address, str(id)), self.defects)
        if isinstance(found, dict) and found.get("id") == id:
            self.given += 1
            return found
        if self.given:
            self.defects.count("vanished", f"service {id}")
            return None
        self.one_by_one = False
        self.defects.count("shallow", f"service {id}")
        return item

    def _ends(self, page: Page, done: int) -> bool:
        return page.is_last or not page.items or done == page.pages or not page.has_more or self._is_all_of(page)

    def _is_all_of(self, page: Page) -> bool:
        """Say whether there is nothing after this page, where only the count of all tells."""
        counted = page.records is not None and page.pages is None and not page.next
        return counted and len(self.seen | set(map(_mark, page.items))) >= (page.records or 0)

    def _no_page_twice(self, page: Page, number: int, is_end: bool) -> None:
        """Refuse a page that was there before. Where the list grows meanwhile, its last service may come twice."""
        ids = {_mark(item) for item in page.items}
        if ids and ids <= self.seen and not (is_end and len(ids) == 1):
            raise FeedWrong(
                f"{self.address} gives the same services again as page {number}, and would never end.",
                "Tell the publisher that the parameter page has no effect. Nothing was changed.",
            )
        self.seen |= ids

    def _nothing_missing(self, page: Page, done: int) -> None:
        if page.records is not None and len(self.seen) < page.records:
            self.defects.count("fewer_than_said", f"{len(self.seen)} of {page.records}")
        elif page.records is None and page.pages is not None and done < page.pages:
            self.defects.count("fewer_than_said", f"page {done} of {page.pages}")


def categories_below(web: Web, address: str, defects: Defects, tell: Tell) -> Iterator[tuple[str, object]]:
    """Give the list of categories of an HSDS service that introduced itself, where it has one.

    It says what stands below what. Without it no service is missing, so that nothing has to be refused.
    """
    found, own = _below(address, "taxonomy_terms"), Defects()
    try:
        if web.fetch(found, {}, may_lack=True):
            pages = list(Listing(web, found, own, tell, is_whole=True).read())
            yield from ((f"taxonomy_terms {where}", _as_terms(page)) for where, page in pages)
    except FeedWrong:
        own.count("fewer_than_said", found)
    if own.places("fewer_than_said"):
        defects.count("categories_not_read", found)


def _as_terms(page: object) -> list[object]:
    """Give the records of a page so that each is known as a category, also one without a code or a vocabulary."""
    items = page if isinstance(page, list) else []
    return [{"taxonomy": "", **item} if isinstance(item, dict) else item for item in items]


def services_below(address: str) -> str:
    """Give the address of the list of an HSDS service that introduced itself."""
    return _below(address, "services")


def _below(address: str, name: str) -> str:
    url = httpx.URL(address)
    return str(url.copy_with(path=f"{url.path.rstrip('/')}/{quote(name, safe='')}", query=None))


def _page(web: Web, address: str, parameters: Mapping[str, str], defects: Defects) -> Page | None:
    file = web.fetch(address, parameters)
    return page_of(_parsed(file, address, defects), file.after) if file else None


def _json(web: Web, address: str, defects: Defects) -> object:
    """Give the record at an address; None where there is none."""
    file = web.fetch(address, may_lack=True)
    return _parsed(file, address, defects) if file else None


def _parsed(file: File, address: str, defects: Defects) -> object:
    if kind_of(file) is not Kind.JSON:
        raise FeedWrong(f"{address} answers with something that is not JSON.", LATER)
    return next(page for _, page in read_json(file, defects))


def _mark(item: object) -> str:
    id = item.get("id") if isinstance(item, dict) else None
    return str(id) if id else sha256(dumps(item, sort_keys=True).encode()).hexdigest()


def _whole(page: Mapping[str, object], *names: str) -> int | None:
    """Give the first whole number that is told by one of these names; some write it in quotes, or with decimals."""
    found = (str(place[name]) for place in _of_a_page(page) for name in names if name in place)
    return next((int(value.partition(".")[0]) for value in found if WHOLE.fullmatch(value)), None)
