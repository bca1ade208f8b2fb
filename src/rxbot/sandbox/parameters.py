"""The parameters of a call, read as Telegram reads them: everything may arrive as text, JSON inside it."""

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, get_args, get_origin

from rxbot.sandbox.refusals import Declined, not_here, not_json, require, wrong_part, wrong_shape
from rxbot.sandbox.world import Json

# Telegram takes these and shows nothing of them to a bot, so neither do we.
WITHOUT_TRACE = {"disable_notification", "cache_time", "is_big"}
ATTACHED = "attach://"


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    data: bytes


def read(method: Callable[..., Any], raw: Json) -> Json:
    """Return what the method's signature asks for; refuse parameters that would be silently lost."""
    wanted = names(method)
    raw = joined(raw, {name for name in raw.keys() & wanted.keys() if kind_of(wanted[name].annotation) is Upload})
    lost = raw.keys() - wanted.keys() - WITHOUT_TRACE
    if lost:
        raise Declined(not_here(f"parameter {min(lost)}"))
    kinds = {name: kind_of(wanted[name].annotation) for name in raw.keys() & wanted.keys()}
    found = {name: READERS[kind](raw[name], name) for name, kind in kinds.items()}
    for name in found.keys() & {name for name, kind in kinds.items() if kind is list}:
        part = part_of(wanted[name].annotation)
        require(all(isinstance(one, part) for one in found[name]), wrong_part(name))
    return found


def joined(raw: Json, uploads: set[str]) -> Json:
    """Put the files where `attach://<part>` asks for them."""
    parts = {name: str(raw[name]).removeprefix(ATTACHED) for name in uploads if str(raw[name]).startswith(ATTACHED)}
    found = {name: raw.get(part, "") for name, part in parts.items()}
    return {name: value for name, value in raw.items() if name not in parts.values()} | found


def names(method: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(method).parameters


def kind_of(annotation: Any) -> type:
    """Return the plain type: `dict` for `dict[str, Any] | None`."""
    first: type = get_args(annotation)[0] if isinstance(annotation, UnionType) else annotation
    return get_origin(first) or first


def part_of(annotation: Any) -> type:
    """Return what a list is of: `dict` for `list[dict[str, Any]] | None`."""
    several = get_args(annotation)[0] if isinstance(annotation, UnionType) else annotation
    return kind_of(get_args(several)[0])


def whole(value: Any, _name: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def text(value: Any, _name: str) -> str:
    return str(value)


def flag(value: Any, _name: str) -> bool:
    return str(value).lower() in ("true", "yes", "1")


def number(value: Any, _name: str) -> float | None:
    """Read a number; nothing where none is given, and 0 where it is none."""
    if value in ("", None):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def upload(value: Any, _name: str) -> Upload | str | None:
    return value if isinstance(value, Upload) else str(value or "") or None


def from_json(kind: type) -> Callable[[Any, str], Any]:
    def reader(value: Any, name: str) -> Any:
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            raise Declined(not_json(name)) from None
        if not isinstance(found, kind):
            raise Declined(wrong_shape(name))
        return found

    return reader


READERS: dict[type, Callable[[Any, str], Any]] = {
    int: whole,
    float: number,
    str: text,
    bool: flag,
    dict: from_json(dict),
    list: from_json(list),
    Upload: upload,
}
