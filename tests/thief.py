"""Somebody who has every file, and RXBOT_KEY: what can they read? They try every key on every sealed value."""

import sqlite3
from base64 import urlsafe_b64decode
from contextlib import closing
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


def readable(folder: Path, master: str) -> str:
    """Give all words that can be read from the files of a folder by an operator's key."""
    blobs = {blob for file in folder.iterdir() if _is_database(file) for blob in _blobs(file)}
    rows = {row for file in folder.iterdir() if _is_database(file) for row in _wrapped(file)}
    opened = ((key_id, _open(urlsafe_b64decode(master), key_id, wrapped)) for key_id, wrapped in rows)
    keys = [(key_id, key) for key_id, key in opened if key]
    assert keys, "a thief who cannot even open the key store proves nothing"
    plain = (_open(key, key_id, blob) for key_id, key in keys for blob in blobs)
    return "\n".join(words.decode(errors="replace") for words in plain if words)


def _is_database(file: Path) -> bool:
    return file.is_file() and file.read_bytes()[:15] == b"SQLite format 3"


def _blobs(file: Path) -> set[bytes]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for name in names for row in raw.execute(f'SELECT * FROM "{name}"'))
        return {value for row in rows for value in row if isinstance(value, bytes)}


def _wrapped(file: Path) -> list[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'wrapped_key'").fetchone():
            return raw.execute("SELECT id, wrapped FROM wrapped_key").fetchall()
        return []


def _open(key: bytes, key_id: str, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], key_id.encode())
    except (InvalidTag, ValueError):
        return b""
