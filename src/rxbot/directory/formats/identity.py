"""The UUIDs that records go by when they are published, since the standard wants them and most publishers have others.

An id that is a UUID stays. Any other becomes one that is made of it, the same in every export.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID, uuid5

SPACE = UUID("6c1f7a52-7d0f-5b7e-9f0e-2b6f3a1c9d84")
IS_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@lru_cache(maxsize=8192)  # a record is asked for by several that are written of it
def made_of(*names: str) -> str:
    """Make a UUID of these names, the same for the same names."""
    return str(uuid5(SPACE, "\n".join(names)))


@dataclass
class Identities:
    """Which UUIDs are given to which records. Two records that say different things never share one.

    `assigned` are those that records, by their kind and what they say, have been given before.
    """

    given: dict[tuple[str, str], object] = field(default_factory=dict)
    assigned: dict[tuple[str, object], str] = field(default_factory=dict)

    def identify(self, kind: str, publisher: str, original: str, content: object, apart_from: Container[str] = ()) -> str:
        """Give the UUID of a record. `apart_from` are those that it may not have, whatever it says."""
        natural = original if IS_UUID.fullmatch(original) else made_of(publisher, kind, original or repr(content))
        id = self.assigned.get((kind, content), natural) if self.assigned else natural
        while id in apart_from or self.given.get((kind, id), content) != content:
            id = made_of(kind, id, repr(content))
        self.given[kind, id] = content
        return id
