"""What is said, before it is put into a language: text ids and values, buttons, and whole messages.

The core never holds a sentence. `words.py` turns these into the reader's language when they leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Literal, TypeAlias

from pydantic import Field


@dataclass(frozen=True)
class Day:
    """A calendar day, written out in the reader's language."""

    day: date
    kind: Literal["day"] = "day"


@dataclass(frozen=True)
class NearDay:
    """A day less than a year off, as people speak of it: with its weekday, without its year."""

    day: date
    kind: Literal["near_day"] = "near_day"


@dataclass(frozen=True)
class TimeOfDay:
    """A time on the clock, of twelve hours or twenty-four as the reader's country has it."""

    at: time
    kind: Literal["time_of_day"] = "time_of_day"


@dataclass(frozen=True)
class Month:
    """The month of a day with its year, where the day itself tells no more."""

    day: date
    kind: Literal["month"] = "month"


@dataclass(frozen=True)
class Km:
    """A distance in kilometres."""

    km: float
    kind: Literal["km"] = "km"


@dataclass(frozen=True)
class Amount:
    """An amount of money, written as the reader's country does; of a currency that nobody named, a bare number."""

    amount: float
    currency: str = ""
    kind: Literal["amount"] = "amount"


@dataclass(frozen=True)
class Weekdays:
    """Days of the week, Monday being 0."""

    days: tuple[int, ...]
    kind: Literal["weekdays"] = "weekdays"


@dataclass(frozen=True)
class Tongue:
    """A language, named in the reader's own; where that has no word for it, by the `name` it was given."""

    code: str
    name: str = ""
    kind: Literal["tongue"] = "tongue"


@dataclass(frozen=True)
class Listed:
    """Several values in a row, with commas: an "and" would run into those that hold one."""

    items: tuple["Value", ...]
    kind: Literal["listed"] = "listed"


@dataclass(frozen=True)
class Text:
    """One text by its id. `language` is set only where the reader's language is not known yet."""

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    language: str | None = None
    kind: Literal["text"] = "text"


# Words and numbers come first: they are tried first whenever a text is written down.
Value: TypeAlias = (
    str
    | int
    | Annotated[Text | Day | NearDay | Month | TimeOfDay | Weekdays | Km | Amount | Tongue | Listed, Field(discriminator="kind")]
)

BLANK = Text("")


@dataclass(frozen=True)
class Phrase:
    """A standing sentence of ours: its id and its English. Calling it gives the text with its values."""

    id: str
    english: str

    def __call__(self, **values: "Value") -> Text:
        return Text(self.id, values)


def verbatim(words: str) -> Text:
    """Somebody's own words, or a name: never translated, kept apart from the direction of the text around it."""
    return Text("verbatim", {"words": words})


@dataclass(frozen=True)
class Button:
    """A label and what tapping it means: `tap` comes back to us, `url` opens a page."""

    label: Text
    tap: str = ""
    url: str = ""
    chosen: bool = False


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Message:
    """Lines of text, and the buttons under them.

    `where` is the label of a button that shares the reader's place on the map; `where_done` takes that button away again.
    A message has buttons, or one of these two.
    """

    lines: tuple[Text, ...]
    buttons: Rows = ()
    where: Text | None = None
    where_done: bool = False


def letters(words: str) -> int:
    """Count letters as Telegram does, which takes some for two."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def message(*lines: Text, buttons: Rows = ()) -> Message:
    """Build a message from its lines."""
    return Message(lines, buttons)
