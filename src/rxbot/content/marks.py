"""What stands in a text beside its words: {places} that are filled in, and marks as Telegram's HTML knows them."""

import re
from collections.abc import Iterator

PLACE = re.compile(r"\{(\w*)\}")
MARK = re.compile(r"<(/?)([\w-]+)>")
ODD = re.compile(r"<(?!/?[\w-]+>)|&(?!(?:lt|gt|amp|quot);)|[{}]")
KNOWN = ("b", "i", "u", "s", "tg-spoiler", "code", "blockquote")


def places(text: str) -> tuple[str, ...]:
    """Name what is filled in, sorted."""
    return tuple(sorted(PLACE.findall(text)))


def marks(text: str) -> tuple[str, ...]:
    """Give the marks, sorted."""
    return tuple(sorted(f"<{slash}{name}>" for slash, name in MARK.findall(text)))


def wrong_marks(text: str) -> Iterator[str]:
    """Name what Telegram would refuse, or show as it stands."""
    bare = PLACE.sub("", text)
    yield from (f"`{odd}`" for odd in ODD.findall(bare))
    still_open: list[str] = []
    for slash, name in MARK.findall(bare):
        if name not in KNOWN:
            yield f"<{name}>"
        elif not slash:
            still_open.append(name)
        elif not still_open or still_open.pop() != name:
            yield f"</{name}>"
    yield from (f"<{name}>" for name in still_open)
