"""Files: where a file id leads, and the links by which a bot fetches files.

A file is kept with the messages that hold it, and is gone with the last of them.
"""

import mimetypes
from dataclasses import dataclass
from pathlib import PurePath

from rxbot.sandbox import refusals as no
from rxbot.sandbox.parameters import Upload
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import FILES, Json, Message

UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
LINK_SECONDS = 3600
FOLDERS = {"photo": "photos", "voice": "voice", "document": "documents"}
ENDINGS = {"photo": ".jpg", "voice": ".oga"}


@dataclass(frozen=True)
class Kept:
    """A file in a message, as the Bot API tells of it."""

    kind: str
    told: Json
    message: Message

    @property
    def size(self) -> int:
        return len(self.message.file)


def find(telegram: Telegram, file_id: str) -> Kept | None:
    """Return what this id stands for, in any chat."""
    messages = (message for chat in telegram.chats.values() for message in chat.messages.values())
    kept = (Kept(message.media, told, message) for message in messages for told in told_in(message))
    return next((one for one in kept if one.told["file_id"] == file_id), None)


def told_in(message: Message) -> list[Json]:
    """Return the files in a message: a photo comes in several sizes."""
    if message.media not in FILES:
        return []
    told = message.content[message.media]
    return told if isinstance(told, list) else [told]


def uploaded(given: Upload | str | None, kind: str) -> Upload | None:
    """Return the bytes that came with the call; nothing where it names a file Telegram has."""
    if not given:
        raise Declined(no.no_file(kind))
    if isinstance(given, Upload):
        require(len(given.data) <= UPLOAD_LIMIT, no.FILE_TOO_LARGE)
        return given
    require("://" not in given, no.not_here(f"{kind} by URL"))
    return None


def named(telegram: Telegram, file_id: str, kind: str) -> Message:
    """Return a message that holds the file of this id, which has to be of this kind."""
    kept = find(telegram, file_id)
    if not kept:
        raise Declined(no.FILE_ID_WRONG)
    require(kept.kind == kind, no.wrong_kind(kept.kind, kind))
    return kept.message


def get_file(telegram: Telegram, *, file_id: str = "") -> Json:
    """Give the file a path by which it can be fetched for an hour."""
    require(file_id, no.FILE_ID_EMPTY)
    kept = find(telegram, file_id)
    if not kept:
        raise Declined(no.FILE_ID_UNKNOWN)
    require(kept.size <= DOWNLOAD_LIMIT, no.FILE_TOO_BIG)
    path = path_of(kept)
    telegram.links[path] = file_id, telegram.time + LINK_SECONDS
    told = {name: kept.told[name] for name in ("file_id", "file_unique_id")}
    return told | {"file_size": kept.size, "file_path": path}


def path_of(kept: Kept) -> str:
    ending = ENDINGS.get(kept.kind) or PurePath(kept.told.get("file_name", "")).suffix
    return f"{FOLDERS[kept.kind]}/file_{kept.told['file_unique_id']}{ending}"


def fetched(telegram: Telegram, path: str) -> tuple[bytes, str]:
    """Return what lies at this path and of which kind it is, while the link is good."""
    file_id, until = telegram.links.get(path, ("", 0.0))
    kept = find(telegram, file_id)
    if not kept or telegram.time >= until:
        raise Declined(no.NOT_FOUND)
    return kept.message.file, mimetypes.guess_type(path)[0] or "application/octet-stream"
