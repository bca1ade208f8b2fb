"""Telegram's HTML: tags become text with entities, refused as the real server refuses; and back, safe for a page.

Offsets and lengths count UTF-16 units, as everywhere in the Bot API.
"""

import html
import re
from dataclasses import dataclass
from typing import Any

from rxbot.sandbox.refusals import Declined, cannot_parse, entity_beyond, not_here, require, wrong_entity

Entity = dict[str, Any]

TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
ONLY_IN_TELEGRAM = ("tg-emoji", "tg-time")
ENTITIES = {*TAGS.values(), "expandable_blockquote"}
# Telegram finds these by itself, whatever a bot says of them.
LEFT_TO_TELEGRAM = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
ENTITIES_ONLY_IN_TELEGRAM = ("text_mention", "custom_emoji", "date_time")
NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)(?=[\s>])))?""", re.ASCII)
ESCAPED = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
LINK = re.compile(r"(?:https?://|tg://)?([^\s/?#]+)", re.IGNORECASE)

# What Telegram finds by itself in any text.
FOUND = {
    "url": re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)\]'»”]", re.IGNORECASE),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{5,32})?(?![\w/<>])", re.ASCII),
}


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Opened:
    """A tag that waits for its end."""

    name: str
    type: str
    attributes: dict[str, str]
    offset: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """Return the text without its tags, and the entities."""
    text, at = "", 0
    entities: list[Entity] = []
    opened: list[Opened] = []
    while at < len(source):
        if source[at] != "<":
            words = source[at:].partition("<")[0]
            text, end = text + unescape(words), at + len(words)
        elif source.startswith("</", at):
            end, tag = close(source, at, opened)
            entities += entity_of(tag, text, entities)
        else:
            end, tag = open_tag(source, at, units(text))
            opened.append(tag)
        at = end
    if opened:
        raise Declined(cannot_parse(f'Can\'t find end tag corresponding to start tag "{opened[-1].name}"'))
    return trim(text, [{k: v for k, v in e.items() if k != "language" or e["type"] == "pre"} for e in entities])


def plain(source: str) -> tuple[str, list[Entity]]:
    return trim(source, [])


def given(source: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text, and what of it a bot says is marked."""
    marked = sorted(filter(None, map(read_entity, entities)), key=lambda e: (e["offset"], -e["length"]))
    for entity in marked:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        require(max(start, end) <= units(source), entity_beyond(start, end, begins=start > units(source)))
    return trim(source, marked)


def read_entity(entity: Entity) -> Entity | None:
    """Read one entity; nothing where Telegram goes by what it finds itself."""
    for name in ("offset", "length"):
        require(name in entity, wrong_entity(f'Can\'t find field "{name}"'))
        require(type(entity[name]) is int, wrong_entity(f'Field "{name}" must be of type Number'))
        require(entity[name] >= 0, wrong_entity(f"incorrect {name}"))
    require("type" in entity, wrong_entity('Can\'t find field "type"'))
    kind = str(entity["type"])
    if kind in ENTITIES_ONLY_IN_TELEGRAM:
        raise Declined(not_here(f"entity {kind}"))
    require(kind in ENTITIES or kind in LEFT_TO_TELEGRAM, wrong_entity("Unsupported type specified"))
    return entity if kind in ENTITIES else None


def unescape(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        hexadecimal, decimal, name = found.groups()
        if name:
            return html.unescape(f"&{name};")
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]

    return ESCAPED.sub(character, text)


def open_tag(source: str, at: int, offset: int) -> tuple[int, Opened]:
    """Read a start tag; return where it ends, and it."""
    found = NAME.match(source, at + 1)
    assert found is not None
    end, name = found.end(), found[0].lower()
    if end == len(source):
        raise at_byte(source, at, "Unclosed start tag")
    if name in ONLY_IN_TELEGRAM:
        raise Declined(not_here(f"tag {name}"))
    if name not in TAGS:
        raise at_byte(source, at, f'Unsupported start tag "{name}"')
    attributes: dict[str, str] = {}
    while not (rest := source[end:].lstrip()).startswith(">"):
        if not rest:
            raise at_byte(source, at, "Unclosed start tag")
        if not (attribute := ATTRIBUTE.match(source, end)):
            raise at_byte(source, at, f'Empty attribute name in the tag "{name}"')
        key, *values = attribute.groups()
        attributes[key] = unescape(next((value for value in values if value is not None), ""))
        end = attribute.end()
        if source.startswith("=", end):
            value = end + 1 + len(source[end + 1 :]) - len(source[end + 1 :].lstrip())
            if source[value : value + 1] in ('"', "'", ""):
                raise at_byte(source, at, "Unclosed start tag")
            raise at_byte(source, value, "Unexpected end of name token")
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise at_byte(source, at, 'Tag "span" must have class "tg-spoiler"')
    return source.index(">", end) + 1, Opened(name, TAGS[name], attributes, offset)


def close(source: str, at: int, opened: list[Opened]) -> tuple[int, Opened]:
    """Read an end tag; return where it ends, and the tag it closes."""
    if not opened:
        raise at_byte(source, at, "Unexpected end tag")
    found = NAME.match(source, at + 2)
    assert found is not None
    name, rest = found[0].lower(), source[found.end() :]
    if not rest.lstrip().startswith(">"):
        raise at_byte(source, at, "Unclosed end tag")
    if name not in ("", opened[-1].name):
        offset = len(source[:at].encode())
        expected = f'expected "</{opened[-1].name}>", found "</{name}>"'
        raise Declined(cannot_parse(f"Unmatched end tag at byte offset {offset}, {expected}"))
    return source.index(">", found.end()) + 1, opened.pop()


def at_byte(source: str, at: int, why: str) -> Declined:
    return Declined(cannot_parse(f"{why} at byte offset {len(source[:at].encode())}"))


def entity_of(tag: Opened, text: str, before: list[Entity]) -> list[Entity]:
    """Return the entity a closed tag makes: none when it holds nothing, or a link that leads nowhere."""
    entity: Entity = {"type": tag.type, "offset": tag.offset, "length": units(text) - tag.offset}
    if not entity["length"]:
        return []
    if tag.name == "a":
        inside = text.encode("utf-16-le")[2 * tag.offset :].decode("utf-16-le")
        url = checked_link(tag.attributes.get("href") or inside)
        return [entity | {"url": url}] if url else []
    if tag.name == "blockquote" and "expandable" in tag.attributes:
        return [entity | {"type": "expandable_blockquote"}]
    if tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
        return [entity | {"language": tag.attributes["class"].removeprefix("language-")}]
    if tag.name == "pre" and before and before[-1] == entity | {"type": "code", "language": before[-1].get("language")}:
        return [entity | {"language": before.pop()["language"]}]
    return [entity]


def checked_link(url: str) -> str:
    """Return the link as Telegram keeps it, or nothing where it would drop the link."""
    found = LINK.match(url)
    if not found or ("." not in found[1] and not url.lower().startswith("tg://")):
        return ""
    whole = url if "://" in url[: found.start(1)] else f"http://{url}"
    return whole if len(found[0]) < len(url) or whole.lower().startswith("tg://") else f"{whole}/"


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop blank ends, and what of the entities lay there; then add what Telegram finds by itself."""
    kept = text.strip()
    cut, size = units(text) - units(text.lstrip()), units(kept)
    moved = []
    for entity in entities:
        start, end = max(entity["offset"] - cut, 0), min(entity["offset"] + entity["length"] - cut, size)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return kept, sorted(moved + find(kept, moved), key=lambda e: (e["offset"], -e["length"]))


def find(text: str, entities: list[Entity]) -> list[Entity]:
    found = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for kind, pattern in FOUND.items()
        for match in pattern.finditer(text)
    ]
    links = [entity for entity in found if entity["type"] == "url"]
    return [
        entity
        for entity in found
        if not any(forbids(other, entity) for other in entities)
        and not any(touch(link, entity) for link in links if link is not entity)
    ]


def touch(one: Entity, other: Entity) -> bool:
    first, second = sorted((one, other), key=lambda e: (e["offset"], -e["length"]))
    return bool(second["offset"] < first["offset"] + first["length"])


def forbids(written: Entity, found: Entity) -> bool:
    """Say whether what the bot wrote leaves no room here: no links inside code or links, and none across an edge."""
    inside = written["offset"] <= found["offset"] and found["offset"] + found["length"] <= written["offset"] + written["length"]
    return touch(written, found) and (not inside or written["type"] in ("code", "pre", "text_link"))


SHOWN = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "bot_command": ('<span class="command">', "</span>"),
}


def render(text: str, entities: list[Entity]) -> str:
    """Return the message as HTML that is safe to put into a page."""
    raw = text.encode("utf-16-le")
    ends = {entity["offset"] + entity["length"] for entity in entities}
    cuts = sorted({0, len(raw) // 2} | {entity["offset"] for entity in entities} | ends)
    shown, still_open = "", list[Entity]()
    for cut, following in zip(cuts, [*cuts[1:], len(raw) // 2], strict=True):
        while still_open and still_open[-1]["offset"] + still_open[-1]["length"] <= cut:
            shown += around(still_open.pop(), text)[1]
        for entity in (e for e in entities if e["offset"] == cut):
            shown += around(entity, text)[0]
            still_open.append(entity)
        shown += html.escape(raw[2 * cut : 2 * following].decode("utf-16-le"))
    return shown


def around(entity: Entity, text: str) -> tuple[str, str]:
    if entity["type"] in SHOWN:
        return SHOWN[entity["type"]]
    covered = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    words = covered.decode("utf-16-le")
    link = {"text_link": entity.get("url", ""), "url": words, "email": f"mailto:{words}"}[entity["type"]]
    return f'<a href="{html.escape(link)}" target="_blank" rel="noreferrer">', "</a>"
