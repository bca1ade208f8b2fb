"""What people slip at in a sheet and no cell shows for itself: between the cells of a row, and between rows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from rxbot.directory.formats.columns import EXAMPLES
from rxbot.directory.formats.sheet_cells import KEPT, has_lost_zero
from rxbot.directory.formats.spelled import closest_of
from rxbot.directory.grid import km_between
from rxbot.directory.languages import CODES, read_languages
from rxbot.directory.model import Place
from rxbot.directory.stems import fold

Cells = Mapping[str, str]
Slips = Iterator[tuple[str, str]]
"""Columns, each with what is wrong there."""
Spot = tuple[float, float]
TRACES = ("address", "latitude", "longitude", "phone", "email", "web page")
"""What of an example would send people to the wrong place, where somebody wrote over a part of its row only."""
CODE_IN_TOWN = re.compile(r"(?P<town>.+?),? +(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}(?:-\d{4})?)", re.IGNORECASE)
FIVE_DIGITS = re.compile(r"\d{5}(?:-\d{4})?")
FEW, FAR, NEAR = 3, 2.0, 0.5
"""How many places tell where a sheet is; and in degrees, what is off it and what is in it."""
SOME, ODD, TIMES = 4, 0.3, 10
"""How many tell that one is odd: by so many degrees, and so many times as far from the middle as half of them are."""


def heading_of(cells: Cells) -> str:
    """Give the only cell of a row that has room for more."""
    filled = [cell for cell in cells.values() if cell]
    return filled[0] if len(filled) == 1 and len(cells) > 3 else ""


def slips_of(read: Mapping[str, object], cells: Cells) -> Slips:
    """Say what is wrong between cells that are right for themselves."""
    yield from _crossed(read, cells)
    yield from _misspelt(cells.get("languages", ""))
    yield from _traces(cells)
    written = CODE_IN_TOWN.fullmatch(cells.get("town", ""))
    if written and "postcode" in cells and not cells["postcode"]:
        yield "town", f"A postcode stands here. Write {written['town']} here, and {written['code']} under 'postcode'."


def begin_with_zero(cells: Iterable[str]) -> bool:
    """Say whether phone numbers begin with 0 here."""
    return any(re.match(r"\(?0", one) for cell in cells for one in _numbers(cell))


def lost_zeros(cells: Cells) -> Slips:
    """Name the numbers whose first 0 a spreadsheet took away."""
    for one in filter(has_lost_zero, _numbers(cells.get("phone", ""))):
        yield "phone", f"'{one}' lacks its first 0, which Excel takes away. {KEPT}"


def has_five_digits(cells: Iterable[str]) -> bool:
    """Say whether postcodes have five digits here."""
    return any(FIVE_DIGITS.fullmatch(cell) for cell in cells)


def lost_zero_of_postcode(cells: Cells) -> Slips:
    """Name the postcode whose first 0 a spreadsheet took away, where others have five digits."""
    code = cells.get("postcode", "")
    if re.fullmatch(r"\d{4}", code):
        yield "postcode", f"'{code}' lacks its first 0, which Excel takes away. Format the column as Text, and write 0{code}."


def _numbers(cell: str) -> Iterator[str]:
    return map(str.strip, re.split(r"[;,\n]", cell))


def off_the_map(spots: Mapping[str, Spot]) -> Iterator[tuple[str, str]]:
    """Give each row that would be where all others are, if its two numbers changed places or sides, with what to write."""
    if len(spots) < FEW:
        return
    middle = (median(lat for lat, _ in spots.values()), median(lon for _, lon in spots.values()))
    for row, (lat, lon) in spots.items():
        meant = next((one for one in ((lon, lat), (lat, -lon), (-lat, lon)) if _apart(one, middle) < NEAR), None)
        if meant and _apart((lat, lon), middle) > FAR:
            written = f"Write {meant[0]:g} under 'latitude' and {meant[1]:g} under 'longitude'"
            yield row, f"It would be far away from all others. {written}, if that is what you mean."


def far_off(spots: Mapping[str, Spot]) -> Iterator[tuple[str, str, str]]:
    """Give each row that is oddly far from all others, the column, and what to look at. It may be right: it is only said."""
    if len(spots) < SOME:
        return
    middle = (median(lat for lat, _ in spots.values()), median(lon for _, lon in spots.values()))
    odd = max(ODD, TIMES * median(_apart(spot, middle) for spot in spots.values()))
    for row, spot in spots.items():
        if _apart(spot, middle) > odd:
            place = int(abs(spot[1] - middle[1]) > abs(spot[0] - middle[0]))
            column = ("latitude", "longitude")[place]
            lost_sign = abs(-spot[place] - middle[place]) < min(odd, abs(spot[place] - middle[place]))
            meant = f"Write {-spot[place]:g}, if that is what you mean." if lost_sign else "Look whether it is right."
            km = km_between(Place(*spot), Place(*middle))
            yield row, column, f"It is about {km:,.0f} km away from the other rows, and was taken so. {meant}"


def _apart(one: Spot, other: Spot) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _crossed(read: Mapping[str, object], cells: Cells) -> Slips:
    low, high = read.get("lowest age"), read.get("highest age")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield "highest age", f"{high:g} is below the lowest age, {low:g}. Change one of the two."
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if cells.get(one) and not cells.get(other):
            yield other, f"This is empty, and '{one}' is not. Write both, or leave both empty."
    if read.get("latitude") == 0 and read.get("longitude") == 0:
        yield "latitude", "0 and 0 is a place in the sea. Write where the service is, or leave both empty."


def _misspelt(cell: str) -> Slips:
    """Say which languages look like another one's name with a slip."""
    for language in read_languages(cell):
        if not language.code and (close := closest_of(language.name, CODES)):
            yield "languages", f"We do not know '{language.name}'. Write '{close.title()}', if that is what you mean."


def _traces(cells: Cells) -> Slips:
    """Say what still stands there of an example somebody wrote over."""
    for name in TRACES:
        cell = cells.get(name, "")
        if cell and any(fold(cell) == fold(one.get(name, "")) for one in EXAMPLES):
            yield name, f"'{cell}' is still the example's. Write your own, or empty the cell."
