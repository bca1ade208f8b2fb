"""Documents and other files, in the shapes of the Bot API."""

import mimetypes
import random

from rxbot.sandbox.world import Json

KINDS = mimetypes.MimeTypes()  # what Python knows, not what this computer does
KINDS.add_type("text/calendar", ".ics")


def document_of(name: str, data: bytes) -> Json:
    """Describe a document; Telegram tells its kind by the ending of its name, whatever the sender says."""
    kind = KINDS.guess_type(name)[0] or "application/octet-stream"
    return file_ids() | {"file_name": name, "mime_type": kind, "file_size": len(data)}


def voice_of(seconds: int, data: bytes) -> Json:
    return file_ids() | {"duration": seconds, "mime_type": "audio/ogg"} | size_of(data)


def photo_of(data: bytes) -> list[Json]:
    """Describe a photo in a small size and a large one."""
    return [file_ids() | {"width": side, "height": side} | size_of(data) for side in (90, 800)]


def size_of(data: bytes) -> Json:
    return {"file_size": len(data)} if data else {}


def file_ids() -> Json:
    name = f"{random.getrandbits(256):064x}"  # nosec B311  # nobody else is on this computer
    return {"file_id": f"AwAC{name}", "file_unique_id": name[:15]}
