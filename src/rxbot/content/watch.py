"""Notice that somebody has changed the pages or the translations, by the time and size of each file."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

Stamps: TypeAlias = Mapping[Path, tuple[int, int]]
KINDS = {".yaml", ".po"}


def stamps(folder: Path) -> Stamps:
    """Give when each file below dialogs/ and locales/ was changed last (nanoseconds), and its size (bytes)."""
    found: dict[Path, tuple[int, int]] = {}
    for path in (path for part in ("dialogs", "locales") for path in (folder / part).rglob("*") if path.suffix in KINDS):
        with suppress(FileNotFoundError):  # an editor may put a new file in the old one's place while we look
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size)
    return found
