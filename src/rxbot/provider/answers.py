"""Read what a provider filled in on its page: what it says of each service, and all that is wrong with it at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rxbot.directory.capacity import CODES, MOST_WEEKS, CapacityCode
from rxbot.directory.checks import OUTCOMES, Amendment, Statement
from rxbot.episode import provider_phrases as words
from rxbot.message import Text

MOST = {"words": 1000, "phone": 60, "opening": 300, "entry": 300, "name": 80, "role": 80}  # letters
SAID = ("words", "phone", "opening", "entry")
FEWEST_DIGITS = 3
"""Of a phone number: 211 is one."""
FOR_EACH = ("outcome", *SAID, "capacity", "weeks")
FOR_ALL = ("name", "role", "agree")


@dataclass(frozen=True)
class Wrong:
    """A field that has to be filled in otherwise, and why."""

    field: str
    words: Text


@dataclass(frozen=True)
class Answer:
    """What is said of one service; nothing where it was passed over."""

    service: str
    statement: Statement | None
    capacity: CapacityCode | None = None
    weeks: int | None = None


@dataclass(frozen=True)
class Filled:
    """A form as it was sent."""

    name: str
    role: str
    agrees: bool | None
    answers: tuple[Answer, ...]


def read_form(fields: Mapping[str, str], services: Sequence[str]) -> tuple[Filled, tuple[Wrong, ...]]:
    """Read a form about these services, which it numbers from 1."""
    typed = {name: value.replace("\0", "").strip() for name, value in fields.items()}  # no database holds a NUL
    wrong = tuple(_wrongs(typed, len(services)))
    answers = tuple(_answer(typed, number, service) for number, service in enumerate(services, 1)) if not wrong else ()
    agrees = {"yes": True, "no": False}.get(typed.get("agree", ""))
    return Filled(typed.get("name", ""), typed.get("role", ""), agrees, answers), wrong


def _wrongs(typed: Mapping[str, str], count: int) -> Iterator[Wrong]:
    for number in range(1, count + 1):
        yield from _wrong_of_one(typed, number)
    if not any(typed.get(f"{field}-{n}") for field in FOR_EACH for n in range(1, count + 1)) and not typed.get("agree"):
        yield Wrong("outcome-1", words.WRONG_NOTHING())
    if not typed.get("name"):
        yield Wrong("name", words.WRONG_NAME())
    if not typed.get("role"):
        yield Wrong("role", words.WRONG_ROLE())
    yield from (_too_long(field, field) for field in ("name", "role") if len(typed.get(field, "")) > MOST[field])


def _wrong_of_one(typed: Mapping[str, str], number: int) -> Iterator[Wrong]:
    outcome, weeks = typed.get(f"outcome-{number}", ""), typed.get(f"weeks-{number}", "")
    says = any(typed.get(f"{field}-{number}") for field in SAID)
    if outcome and outcome not in OUTCOMES:
        yield Wrong(f"outcome-{number}", words.WRONG_OUTCOME())
    if outcome == "changed" and not says:
        yield Wrong(f"words-{number}", words.WRONG_CHANGE())
    if (phone := typed.get(f"phone-{number}")) and sum(map(str.isdecimal, phone)) < FEWEST_DIGITS:
        yield Wrong(f"phone-{number}", words.WRONG_PHONE())
    if typed.get(f"capacity-{number}") and typed[f"capacity-{number}"] not in CODES:
        yield Wrong(f"capacity-{number}", words.WRONG_ROOM())
    if weeks and not (weeks.isdecimal() and len(weeks) < 4 and 0 < int(weeks) <= MOST_WEEKS):
        yield Wrong(f"weeks-{number}", words.WRONG_WEEKS(most=MOST_WEEKS))
    fields = (field for field in SAID if len(typed.get(f"{field}-{number}", "")) > MOST[field])
    yield from (_too_long(f"{field}-{number}", field) for field in fields)


def _too_long(field: str, kind: str) -> Wrong:
    return Wrong(field, words.WRONG_LENGTH(most=MOST[kind]))


def _answer(typed: Mapping[str, str], number: int, service: str) -> Answer:
    """Words count as a change, whatever was chosen beside them: somebody shall read them."""
    said = {field: typed.get(f"{field}-{number}", "") for field in SAID}
    amendment = Amendment(said["phone"], said["opening"], said["entry"])
    chosen = next((one for one in OUTCOMES if one == typed.get(f"outcome-{number}")), None)
    outcome = "changed" if any(said.values()) and chosen != "closed" else chosen
    capacity = next((one for one in CODES if one == typed.get(f"capacity-{number}")), None)
    weeks = typed.get(f"weeks-{number}", "")
    if weeks and capacity is None:
        capacity = "waitlist"
    statement = Statement(outcome, said["words"], amendment) if outcome else None
    return Answer(service, statement, capacity, int(weeks) if weeks else None)
