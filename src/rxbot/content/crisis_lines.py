"""Read whom to ring: dialogs/crisis_lines.yaml. A line counts only while somebody vouches for it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rxbot.content.complaints import Complaints
from rxbot.content.pages import NotEmpty, Shape, Tel, read_shaped
from rxbot.safety.model import Emergency, Line

PAGE = "dialogs/crisis_lines.yaml"
CONFIRMED_DAYS = 365


class LineShape(Shape):
    """A crisis line, and the day on which somebody confirmed it at its own site."""

    name: NotEmpty
    tel: Tel
    hours: NotEmpty
    confirmed_on: date | None = None


class CountryShape(Shape):
    """The numbers of a country."""

    emergency: Tel
    lines: tuple[LineShape, ...] = ()


class CrisisLinesShape(Shape):
    """The page."""

    directory: NotEmpty
    countries: Mapping[str, CountryShape]


def read_emergency(folder: Path, country: str, today: date, complaints: Complaints) -> Emergency | None:
    """Read the numbers of a country, if it is known; complain of all that is wrong in the page."""
    page = read_shaped(CrisisLinesShape, folder, PAGE, complaints)
    if page is None:
        return None
    if not country:
        return None
    if country not in page.countries:
        complaints.add("C01", PAGE, 1, f"There are no numbers for {country}.", f"Add {country} with its emergency number.")
        return None
    here = page.countries[country]
    lines = tuple(Line(one.name, one.tel, one.hours) for one in here.lines if _confirmed(one, today))
    if not lines:
        remedy = "Open the site of a crisis line and write the day into `confirmed_on:`."
        complaints.add("N02", PAGE, here.line, f"No crisis line of {country} is confirmed.", remedy)
    return Emergency(here.emergency, page.directory, lines)


def _confirmed(line: LineShape, today: date) -> bool:
    return line.confirmed_on is not None and 0 <= (today - line.confirmed_on).days <= CONFIRMED_DAYS
