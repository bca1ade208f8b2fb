"""Read what is asked for, and say all that is wrong with it at once."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from math import isfinite
from typing import Literal, get_args

Form = Literal["json", "ndjson"]
FORMS: tuple[Form, ...] = get_args(Form)
PER_PAGE, MOST_PER_PAGE, MOST_PAGES, MOST_METRES = 50, 100, 1_000_000, 20_100_000
LONGEST = 200  # letters
FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Asked:
    """What is asked of a list; everything at once."""

    search: str = ""
    page: int = 1
    per_page: int | None = None
    format: Form = "json"
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    postcode: str = ""
    proximity: float | None = None
    parent_id: str = ""
    top_only: bool = False


NAMES = frozenset(one.name for one in fields(Asked))


ONLY_OF = {
    "postcode": "service_at_locations",
    "proximity": "service_at_locations",
    "parent_id": "taxonomy_terms",
    "top_only": "taxonomy_terms",
}


class ParameterWrong(Exception):
    """What is asked for cannot be read."""

    def __init__(self, wrongs: tuple[str, ...]) -> None:
        super().__init__(*wrongs)
        self.wrongs = wrongs


def read_parameters(of: str, given: Iterable[tuple[str, str]]) -> Asked:
    """Read the parameters of a list; what is empty is not asked, and others than ours mean nothing. Raises ParameterWrong.

    What only another list can be asked is refused, and what is said twice: to leave it out would be a wrong answer.
    """
    read: dict[str, object] = {}
    wrongs = []
    for name, text in given:
        if name in read:
            wrongs.append(f"{name}: It is given more than once.")
        elif name in NAMES and text:
            try:
                read[name] = READ[name](text)
            except ValueError as wrong:
                wrongs.append(f"{name}: {wrong}")
    wrongs += [f"{name}: Only {ONLY_OF[name]} can be asked so." for name in read if ONLY_OF.get(name, of) != of]
    if "proximity" in read and not read.get("postcode"):
        wrongs.append("proximity: Say of which postcode.")
    if wrongs:
        raise ParameterWrong(tuple(wrongs))
    return Asked(**read)  # type: ignore[arg-type]


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"At most {LONGEST} letters.")
    if "\0" in text:  # PostgreSQL takes none
        raise ValueError("Letters, and no NUL.")
    return text


def _number(most: int, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise ValueError(f"A whole number from 1 to {most}.")
    return int(text)


def _flag(text: str) -> bool:
    if text.casefold() not in FLAGS:
        raise ValueError("true or false.")
    return FLAGS[text.casefold()]


def _form(text: str) -> Form:
    if text not in FORMS:
        raise ValueError("json or ndjson.")
    return text


def _moment(text: str) -> datetime:
    """Read a day or a moment; the plus sign of a zone is a blank where nobody has written it as %2B."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise ValueError("A day or a moment, such as 2026-03-02 or 2026-03-02T09:00:00Z.") from wrong


def _metres(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1
    if not (isfinite(found) and 0 <= found <= MOST_METRES):
        raise ValueError("Metres, such as 5000.")
    return found


READ = {
    "search": _text,
    "page": lambda text: _number(MOST_PAGES, text),
    "per_page": lambda text: _number(MOST_PER_PAGE, text),
    "format": _form,
    "taxonomy_term_id": _text,
    "taxonomy_id": _text,
    "organization_id": _text,
    "modified_after": _moment,
    "minimal": _flag,
    "full": _flag,
    "postcode": _text,
    "proximity": _metres,
    "parent_id": _text,
    "top_only": _flag,
}
