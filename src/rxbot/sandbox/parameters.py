"""The parameters of a call, read as Telegram reads them: everything may arrive as text, JSON inside it."""

import inspect
import json
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, get_args, get_origin

from rxbot.sandbox.html import checked_link
from rxbot.sandbox.refusals import (
    BUTTON_DATA_INVALID,
    BUTTON_DOES_NOTHING,
    BUTTON_TEXT_MISSING,
    Declined,
    not_here,
    not_json,
    require,
    wrong_button_url,
)
from rxbot.sandbox.world import Json, Keyboard

# Telegram takes these and shows nothing of them to a bot, so neither do we.
WITHOUT_TRACE = {"disable_notification", "cache_time"}


def read(method: Callable[..., Any], raw: Json) -> Json:
    """Return what the method's signature asks for; refuse parameters that would be silently lost."""
    wanted = names(method)
    lost = raw.keys() - wanted.keys() - WITHOUT_TRACE
    if lost:
        raise Declined(not_here(f"parameter {min(lost)}"))
    kinds = {name: kind_of(wanted[name].annotation) for name in raw.keys() & wanted.keys()}
    return {name: READERS[kind](raw[name], name) for name, kind in kinds.items()}


def names(method: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(method).parameters


def kind_of(annotation: Any) -> type:
    """Return the plain type: `dict` for `dict[str, Any] | None`."""
    first: type = get_args(annotation)[0] if isinstance(annotation, UnionType) else annotation
    return get_origin(first) or first


def whole(value: Any, _name: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def text(value: Any, _name: str) -> str:
    return str(value)


def flag(value: Any, _name: str) -> bool:
    return str(value).lower() in ("true", "yes", "1")


def from_json(kind: type) -> Callable[[Any, str], Any]:
    def reader(value: Any, name: str) -> Any:
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            raise Declined(not_json(name)) from None
        if not isinstance(found, kind):
            raise Declined(not_json(name))
        return found

    return reader


READERS: dict[type, Callable[[Any, str], Any]] = {
    int: whole,
    str: text,
    bool: flag,
    dict: from_json(dict),
    list: from_json(list),
}


def keyboard_of(markup: Json) -> Keyboard:
    """Read an inline keyboard."""
    others = markup.keys() - {"inline_keyboard"}
    if others:
        raise Declined(not_here(f"reply markup {min(others)}"))
    rows = [[button_of(button) for button in row] for row in markup.get("inline_keyboard", [])]
    return [row for row in rows if row]


def button_of(button: Json) -> Json:
    if not button.get("text"):
        raise Declined(BUTTON_TEXT_MISSING)
    kinds = button.keys() - {"text"}
    if kinds == {"callback_data"}:
        require(1 <= len(str(button["callback_data"]).encode()) <= 64, BUTTON_DATA_INVALID)
    elif kinds == {"url"}:
        require(checked_link(str(button["url"])), wrong_button_url(button["url"]))
    else:
        raise Declined(not_here(f"button with {', '.join(sorted(kinds))}") if kinds else BUTTON_DOES_NOTHING)
    return button
