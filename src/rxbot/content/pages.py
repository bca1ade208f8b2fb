"""Open YAML pages and hold them against their shapes. Every block knows its line, so that a complaint can point at it."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from rapidfuzz import process

from rxbot.content.complaints import Complaints

SEE_SHIPPED = "See the page that ships with rxbot."
S = TypeVar("S", bound="Shape")

NAME, NOT_EMPTY, HAS_DIGIT = r"^[a-z0-9][a-z0-9_.]*$", r"\S", r"\d"
TEN_YEARS = 3652  # days; whoever writes more has slipped on a key
OLDEST = 120
MOST_NUMBERS = 21  # of a scale: more buttons nobody can choose from
HOUR = re.compile(r"\d\d:\d\d")


def _as_typed(value: object) -> str:
    if value is None or isinstance(value, list | dict):
        raise PydanticCustomError("string_type", "text")
    return str(value)


def _hour(words: object) -> time:
    if not isinstance(words, str) or not HOUR.fullmatch(words):
        raise ValueError(f'{words!r} is no time of day; write it like "09:30"')
    try:
        return time.fromisoformat(words)
    except ValueError as wrong:
        raise ValueError(f'{words!r} is no time of day; write it like "09:30"') from wrong


def _rising(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if list(numbers) != sorted(set(numbers)):
        raise ValueError(f"{list(numbers)} should rise from one number to the next")
    return numbers


def _span(ends: tuple[int, int]) -> tuple[int, int]:
    if ends[0] > ends[1]:
        raise ValueError(f"{list(ends)} should go from the lower number to the higher")
    return ends


def _scale(ends: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= ends[0] < ends[1] < ends[0] + MOST_NUMBERS:
        raise ValueError(f"{list(ends)} is no scale; it rises from 0 or more, by at most {MOST_NUMBERS} numbers: [0, 10]")
    return ends


Id = Annotated[str, Field(pattern=NAME)]
NotEmpty = Annotated[str, Field(pattern=NOT_EMPTY)]
Tel = Annotated[str, Field(pattern=HAS_DIGIT)]
Typed = Annotated[str, BeforeValidator(_as_typed)]  # what people type may look like a number or a day to YAML
Hour = Annotated[time, BeforeValidator(_hour)]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Age = Annotated[int, Field(strict=True, ge=0, le=OLDEST)]
Day = Annotated[int, Field(strict=True, ge=1, le=TEN_YEARS)]
Days = Annotated[tuple[Day, ...], AfterValidator(_rising)]
Years = Annotated[tuple[Age, Age], AfterValidator(_span)]
Scale = Annotated[tuple[Count, Count], AfterValidator(_scale)]


WANTED = {  # in place of pydantic's words, by its kinds of errors and our patterns
    NAME: "small letters, digits, dots and underscores",
    NOT_EMPTY: "some words",
    HAS_DIGIT: "a number that can be rung",
    "string_type": "text, in quotes",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_from_datetime_parsing": "a day, such as 2026-03-02",
    "tuple_type": "a list",
    "frozen_set_type": "a list",
    "missing": "a longer list",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "model_type": "lines of `key: value`",
    "mapping_type": "lines of `key: value`",
    "dict_type": "lines of `key: value`",
}


class Block(dict[str, Any]):
    """A mapping of a page: the line it starts on, the line of each of its keys, and which keys its shape knows."""

    line: int = 1
    lines: Mapping[str, int]
    known: tuple[str, ...] = ()


class Items(list[Any]):
    """A list of a page, with the line of each of its items."""

    lines: tuple[int, ...] = ()


class Shape(BaseModel):
    """What a block of a page may hold. It remembers the line it was read from."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    _line: int = PrivateAttr(1)

    @property
    def line(self) -> int:
        """Give the line of the page on which it starts."""
        return self._line

    @model_validator(mode="wrap")
    @classmethod
    def _remember_line(cls, value: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(value, Block):
            value.known = tuple(field.alias or name for name, field in cls.model_fields.items())
        shape = read(value)
        shape._line = getattr(value, "line", 1)
        return shape


BOOL, INT, FLOAT, DAY = (f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float", "timestamp"))


class _Ids:
    """YAML 1.1 would turn the ids yes, no, on and off into booleans, and 20:00 and 0800 into other numbers."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in (BOOL, INT, FLOAT)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class _Fast(_Ids, yaml.CSafeLoader):
    """Reads a page that is in order, several times as fast."""


class _Plain(_Ids, yaml.SafeLoader):
    """Reads a page and knows the place and the words for what is wrong with it."""


Loader = _Fast | _Plain


def _block(loader: Loader, node: yaml.MappingNode) -> Block:
    block, lines = Block(), {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in block:
            raise yaml.MarkedYAMLError(problem=f"{key!r} stands here twice", problem_mark=key_node.start_mark)
        value = loader.construct_object(value_node, True)
        block[key] = {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
        lines[key] = key_node.start_mark.line + 1
    block.line, block.lines = node.start_mark.line + 1, lines
    return block


def _items(loader: Loader, node: yaml.SequenceNode) -> Items:
    items = Items(loader.construct_object(item, True) for item in node.value)
    items.lines = tuple(item.start_mark.line + 1 for item in node.value)
    return items


def _or_as_written(construct: Callable[[yaml.SafeLoader, Any], object]) -> Callable[[yaml.SafeLoader, Any], object]:
    """Leave a value that is no day or number as it was written, such as 2026-02-30, for its shape to complain of."""

    def constructed(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
        try:
            return construct(loader, node)
        except ValueError:
            return node.value

    return constructed


for _kind in (_Fast, _Plain):
    _kind.add_implicit_resolver(INT, re.compile(r"[-+]?(0|[1-9]\d*)\Z", re.ASCII), list("-+0123456789"))
    _kind.add_implicit_resolver(FLOAT, re.compile(r"[-+]?\d+\.\d+\Z", re.ASCII), list("-+0123456789"))
    _kind.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _items)
    _kind.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _block)
    for _tag in (INT, FLOAT, DAY):
        _kind.add_constructor(_tag, _or_as_written(yaml.SafeLoader.yaml_constructors[_tag]))


@lru_cache(maxsize=64)  # whoever saves one page waits for that one, not for all
def _read(text: str) -> object:
    try:
        return _Fast(text).get_single_data()
    except Exception:  # the other one finds it too, and says what it is
        return _Plain(text).get_single_data()


def read_page(folder: Path, page: str, complaints: Complaints) -> Block | None:
    """Read one page of a content folder; complain, and give nothing, when it is missing or is no YAML mapping."""
    try:
        text = (folder / page).read_text("utf-8")
        read = _read(text)
    except OSError as away:
        complaints.add("P01", page, 1, f"The page cannot be opened: {away.strerror}.", "Copy the one that ships with rxbot.")
        return None
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        complaints.add("P02", page, line, f"{wrong.problem}.", "Mend the YAML of this line.")
        return None
    except yaml.reader.ReaderError as wrong:
        line = text.count("\n", 0, wrong.position) + 1
        complaints.add("P02", page, line, f"The sign U+{wrong.character:04X} is no text.", "Take it out.")
        return None
    except UnicodeDecodeError as wrong:
        line = wrong.object.count(b"\n", 0, wrong.start) + 1
        complaints.add("P02", page, line, f"This is no text: {wrong.reason}.", "Save the page as UTF-8.")
        return None
    except Exception as unforeseen:  # an author reads a complaint, never a traceback
        complaints.add("P02", page, 1, f"This cannot be read: {type(unforeseen).__name__}.", SEE_SHIPPED)
        return None
    if not isinstance(read, Block):
        complaints.add("P02", page, 1, "This is not a page.", "Start with `key: value` lines.")
        return None
    return read


def shaped(kind: type[S], block: object, page: str, complaints: Complaints, line: int = 1) -> S | None:
    """Hold a block against its shape; complain of everything that does not fit, and give nothing then."""
    try:
        return TypeAdapter(kind).validate_python(block)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False):
            _complain(error, block, page, complaints, line)
        return None


def read_shaped(kind: type[S], folder: Path, page: str, complaints: Complaints) -> S | None:
    """Read a page that is all of one shape."""
    block = read_page(folder, page, complaints)
    return shaped(kind, block, page, complaints) if block is not None else None


def _complain(error: ErrorDetails, top: object, page: str, complaints: Complaints, line: int) -> None:
    parent, key, line = _found(top, error["loc"], line)
    match error["type"]:
        case "missing" if key == error["loc"][-1]:
            complaints.add("P03", page, line, f"`{key}:` is missing.", SEE_SHIPPED)
        case "extra_forbidden":
            complaints.add("P04", page, line, f"`{key}:` is not known here.", _like(str(key), parent.known))
        case _:
            where = f"`{key}:` " if key else ""
            complaints.add("P05", page, line, f"{where}cannot be read: {_plainly(error)}.", SEE_SHIPPED)


def _found(value: Any, place: tuple[int | str, ...], line: int) -> tuple[Block, str, int]:
    """Walk to where a value stands: the block around it, its key there, and the line. What begins with ~ names a shape."""
    parent, key, line = Block(), "", getattr(value, "line", line)
    for step in place:
        if str(step).startswith("~"):
            continue
        if isinstance(value, Block) and isinstance(step, str):
            parent, key, line = value, step, value.lines.get(step, line)
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            line = value.lines[step] if isinstance(value, Items) else line
            value = value[step]
        line = getattr(value, "line", line)
    return parent, key, line


def _like(key: str, known: tuple[str, ...]) -> str:
    near = process.extractOne(key, known, score_cutoff=70)
    return f"Did you mean `{near[0]}:`?" if near else f"Use one of: {', '.join(sorted(known))}."


def _plainly(error: ErrorDetails) -> str:
    more = error.get("ctx", {})
    wanted = WANTED.get(more.get("pattern", error["type"]), "").format_map(more)
    wanted = wanted or error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    found = "nothing" if error["input"] is None else f"{error['input']!r:.60}"
    return wanted if error["type"] == "value_error" else f"{found} should be {wanted}"
