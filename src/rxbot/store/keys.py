"""The key store: a data key per episode, wrapped by the operator's key, in a database of its own.

Whoever holds the data and not the keys can read no person's words; destroying one wrapped key makes one person's
words unreadable wherever they were copied. Backups of the data never hold this store.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, create_engine, delete, event, insert, select

from rxbot.errors import SettingsWrong, StoreWrong
from rxbot.store import sqlite

HOUSE = "house"  # seals what belongs to no episode
NONCE = 12  # bytes, AES-GCM's own size
metadata = MetaData()
wrapped_key = Table(
    "wrapped_key",
    metadata,
    Column("id", String, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)


def new_master_key() -> str:
    """Make a key for RXBOT_KEY: 32 random bytes in URL-safe base64."""
    return urlsafe_b64encode(AESGCM.generate_key(256)).decode()


class Keys:
    """Make, use and destroy data keys. Unwrapped keys stay in memory only."""

    def __init__(self, url: str, master: str) -> None:
        try:
            secret = urlsafe_b64decode(master)
        except ValueError:
            secret = b""
        if len(secret) != 32:
            raise SettingsWrong("RXBOT_KEY is not 32 bytes in URL-safe base64.", "Make one with: rxbot keys new")
        self._secret = secret
        self._wrap = AESGCM(secret)
        self._open: dict[str, AESGCM] = {}
        self._engine = create_engine(url)
        event.listen(self._engine, "connect", _prepare)
        metadata.create_all(self._engine)
        self.make(HOUSE)
        self._key(HOUSE)  # a wrong operator's key is refused now, not after it has wrapped others

    def make(self, key_id: str) -> None:
        """Make the data key of this id, unless there is one."""
        if key_id in self._open or self._find(key_id) is not None:
            return
        key, nonce = AESGCM.generate_key(256), os.urandom(NONCE)
        wrapped = nonce + self._wrap.encrypt(nonce, key, key_id.encode())
        with self._engine.begin() as connection:
            connection.execute(insert(wrapped_key).values(id=key_id, wrapped=wrapped))
        self._open[key_id] = AESGCM(key)

    def seal(self, key_id: str, words: bytes) -> bytes:
        """Seal under the data key of this id."""
        nonce = os.urandom(NONCE)
        return nonce + self._key(key_id).encrypt(nonce, words, key_id.encode())

    def unseal(self, key_id: str, sealed: bytes) -> bytes:
        """Give back what was sealed. Raises StoreWrong when the key was destroyed or is another one."""
        try:
            return self._key(key_id).decrypt(sealed[:NONCE], sealed[NONCE:], key_id.encode())
        except InvalidTag as wrong:
            raise StoreWrong("A sealed value does not fit its key.", "Check RXBOT_KEYS_URL and RXBOT_KEY.") from wrong

    def destroy(self, key_id: str) -> None:
        """Remove this data key for good, from the file and its write-ahead log."""
        self._open.pop(key_id, None)
        with self._engine.begin() as connection:
            connection.execute(delete(wrapped_key).where(wrapped_key.c.id == key_id))
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def all_ids(self, beginning: str = "") -> list[str]:
        """Name every key whose id begins so."""
        with self._engine.connect() as connection:
            found = select(wrapped_key.c.id).where(wrapped_key.c.id.startswith(beginning, autoescape=True))
            return list(connection.execute(found).scalars())

    def derive(self, purpose: str) -> bytes:
        """Derive 32 bytes for another purpose, such as signing cookies, from the operator's key."""
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(self._secret)

    def close(self) -> None:
        """Forget the open keys and let go of the file."""
        self._open.clear()
        self._engine.dispose()

    def _find(self, key_id: str) -> bytes | None:
        with self._engine.connect() as connection:
            return connection.execute(select(wrapped_key.c.wrapped).where(wrapped_key.c.id == key_id)).scalar()

    def _key(self, key_id: str) -> AESGCM:
        if key_id not in self._open:
            wrapped = self._find(key_id)
            if wrapped is None:
                raise StoreWrong(
                    f"The key {key_id} is not in the key store.", "Its words were erased, or RXBOT_KEYS_URL is wrong."
                )
            try:
                key = self._wrap.decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode())
            except InvalidTag as wrong:
                raise SettingsWrong("RXBOT_KEY does not open this key store.", "Give the key it was made with.") from wrong
            self._open[key_id] = AESGCM(key)
        return self._open[key_id]


def _prepare(connection: object, _record: object) -> None:
    sqlite.prepare(connection)
