"""Sending files: uploaded with the call, or once more by the id of a file Telegram has."""

from rxbot.sandbox import files
from rxbot.sandbox import refusals as no
from rxbot.sandbox.documents import document_of, photo_of, voice_of
from rxbot.sandbox.parameters import Upload
from rxbot.sandbox.refusals import require
from rxbot.sandbox.sending import Where, formatted, send
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import CAPTION_LIMIT, Json

Words = tuple[str, list[Json]]


def send_document(
    telegram: Telegram,
    *,
    chat_id: int,
    document: Upload | str | None = None,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Json] | None = None,
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
    disable_content_type_detection: bool = False,  # what a document is said to be follows from its name either way
) -> Json:
    del disable_content_type_detection
    upload = files.uploaded(document, "document")
    words = captioned(caption, parse_mode, caption_entities)
    told = document_of(upload.name, upload.data) if upload else {}
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    return send_file(telegram, where, words, "document", told, upload or str(document))


def send_photo(
    telegram: Telegram,
    *,
    chat_id: int,
    photo: Upload | str | None = None,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Json] | None = None,
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    upload = files.uploaded(photo, "photo")
    words = captioned(caption, parse_mode, caption_entities)
    told = photo_of(upload.data) if upload else []
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    return send_file(telegram, where, words, "photo", told, upload or str(photo))


def send_voice(
    telegram: Telegram,
    *,
    chat_id: int,
    voice: Upload | str | None = None,
    duration: int = 0,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Json] | None = None,
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    upload = files.uploaded(voice, "voice")
    words = captioned(caption, parse_mode, caption_entities)
    told = voice_of(duration, upload.data) if upload else {}
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    return send_file(telegram, where, words, "voice", told, upload or str(voice))


def captioned(caption: str, parse_mode: str, entities: list[Json] | None) -> Words:
    return formatted(caption, parse_mode, CAPTION_LIMIT, no.CAPTION_TOO_LONG, entities)


def send_file(telegram: Telegram, where: Where, words: Words, kind: str, told: Json | list[Json], given: Upload | str) -> Json:
    """Send the bytes given, or those a file id stands for."""
    if isinstance(given, Upload):
        require(given.data, no.FILE_EMPTY)
        content, data = {kind: told}, given.data
    else:
        kept = files.named(telegram, given, kind)
        content, data = {kind: kept.content[kind]}, kept.file
    text, entities = words
    return telegram.wired(send(telegram, where, text=text, entities=entities, content=content, file=data))
