"""The key store: a data key per episode, wrapped by the operator's key, in a database of its own.

Whoever holds the data and not the keys can read no person's words; destroying one wrapped key makes one person's
words unreadable wherever they were copied. Backups of the data never hold this store. It remembers which keys were
destroyed, since an older copy of the data does not: what such a copy brings back is removed again (`erase.py`).
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    exists,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url

from rxbot.errors import SettingsWrong, StoreAway, StoreWrong
from rxbot.store import postgres, sqlite
from rxbot.store.tables import Moment

log = structlog.get_logger()
HOUSE = "house"  # seals what belongs to no episode
SECRET = "secret"  # nosec B105  # the id of what signatures and keyed hashes are derived from; it stays when the operator's key is rotated
NONCE = 12  # bytes, AES-GCM's own size
SIZE = 32  # bytes of every key
AT_HAND = 10_000  # keys that stay open in memory
PORTION = 500  # ids named in one statement
metadata = MetaData()
wrapped_key = Table(
    "wrapped_key",
    metadata,
    Column("id", String, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
destroyed_key = Table(
    "destroyed_key",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Moment, nullable=False),
)
_LIVES = ~exists().where(destroyed_key.c.id == wrapped_key.c.id)


def new_master_key() -> str:
    """Make a key for RXBOT_KEY: 32 random bytes in URL-safe base64."""
    return urlsafe_b64encode(AESGCM.generate_key(256)).decode()


class Keys:
    """Make, use and destroy data keys. Unwrapped keys stay in memory only.

    With `look_only` nothing is written, also where a store of an older release lacks something.
    """

    def __init__(self, url: str, master: str, *, look_only: bool = False) -> None:
        secret = _bytes_of(master)
        self._wrap = AESGCM(secret)
        self._open: dict[str, AESGCM] = {}
        self._engine = create_engine(postgres.with_driver(url))
        if self._is_sqlite and not look_only:
            event.listen(self._engine, "connect", _prepare)
        if not look_only:
            metadata.create_all(self._engine)
        is_new = self._find(HOUSE) is None
        if not look_only:
            self.make(HOUSE)
        self._house = self._find(HOUSE)  # changes when the operator's key is rotated by somebody else
        self._unwrap(HOUSE)  # a wrong operator's key is refused now, not after it has wrapped others
        if self._find(SECRET) is None and not look_only:
            self._write(SECRET, os.urandom(SIZE) if is_new else _extracted(secret))
        self._derive_from = _extracted(secret) if self._find(SECRET) is None else self._unwrap(SECRET)

    @property
    def _is_sqlite(self) -> bool:
        return make_url(str(self._engine.url)).get_backend_name() == "sqlite"

    def make(self, key_id: str) -> None:
        """Make the data key of this id, unless there is one. One that was destroyed is never made again."""
        if key_id in self._open or self._find(key_id) is not None:
            return
        self._write(key_id, AESGCM.generate_key(256))

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

    def destroy(self, key_ids: Iterable[str], at: datetime) -> None:
        """Remove these data keys for good, from the file and its write-ahead log, and remember that they were."""
        gone = set(key_ids)
        with self._engine.begin() as connection:
            for key_id in gone:
                connection.execute(delete(wrapped_key).where(wrapped_key.c.id == key_id))
                if not connection.execute(select(destroyed_key.c.id).where(destroyed_key.c.id == key_id)).scalar():
                    connection.execute(insert(destroyed_key), {"id": key_id, "at": at})
        self._forget(gone)

    def drop(self, key_ids: Iterable[str]) -> None:
        """Remove data keys that nothing is sealed by any more; one of the same id may be made again."""
        gone = set(key_ids)
        with self._engine.begin() as connection:
            for key_id in gone:
                connection.execute(delete(wrapped_key).where(wrapped_key.c.id == key_id))
        self._forget(gone)

    def destroyed(self) -> Mapping[str, datetime]:
        """Name every key that was destroyed, and when."""
        with self._engine.connect() as connection:
            return {row.id: row.at for row in connection.execute(select(destroyed_key))}

    def all_ids(self, beginning: str = "") -> list[str]:
        """Name every data key whose id begins so."""
        with self._engine.connect() as connection:
            c = wrapped_key.c
            found = select(c.id).where(c.id.startswith(beginning, autoescape=True), c.id != SECRET, _LIVES)
            return list(connection.execute(found).scalars())

    def living(self, key_ids: Sequence[str]) -> list[str]:
        """Name those of these keys that are there."""
        with self._engine.connect() as connection:
            portions = (key_ids[n : n + PORTION] for n in range(0, len(key_ids), PORTION))
            found = (select(wrapped_key.c.id).where(wrapped_key.c.id.in_(some), _LIVES) for some in portions)
            return [key_id for query in found for key_id in connection.execute(query).scalars()]

    def derive(self, purpose: str) -> bytes:
        """Derive 32 bytes for another purpose, such as signing cookies, from a secret of the house."""
        return HKDFExpand(SHA256(), SIZE, info=purpose.encode()).derive(self._derive_from)

    def rotate(self, master: str) -> int:
        """Wrap every key anew by another operator's key, all or none; give how many. The old one opens nothing then."""
        wrap = AESGCM(_bytes_of(master))
        with self._engine.begin() as connection:
            self._hold(connection)
            rows = connection.execute(select(wrapped_key).where(_LIVES)).all()
            anew = [{"key": row.id, "anew": _wrapped(wrap, row.id, self._unwrapped(row.id, row.wrapped))} for row in rows]
            connection.execute(delete(wrapped_key).where(~_LIVES))
            connection.execute(
                update(wrapped_key).where(wrapped_key.c.id == bindparam("key")).values(wrapped=bindparam("anew")), anew
            )
        self._wrap, self._house = wrap, self._find(HOUSE)
        self._fold()
        return len(anew)

    def copy_to(self, url: str) -> int:
        """Write the store as it is into another, which is empty; give how many keys it holds."""
        target = create_engine(postgres.with_driver(url))
        metadata.create_all(target)
        with self._engine.begin() as connection, target.begin() as other:
            self._hold(connection)
            rows = [dict(row) for row in connection.execute(select(wrapped_key).where(_LIVES)).mappings()]
            gone = [dict(row) for row in connection.execute(select(destroyed_key)).mappings()]
            other.execute(insert(wrapped_key), rows)
            if gone:
                other.execute(insert(destroyed_key), gone)
        target.dispose()
        return len(rows)

    def close(self) -> None:
        """Forget the open keys and let go of the file."""
        self._open.clear()
        self._engine.dispose()

    def _forget(self, gone: set[str]) -> None:
        for key_id in gone:
            self._open.pop(key_id, None)
        self._fold()

    def _fold(self) -> None:
        """Fold the write-ahead log into the file, so that nothing removed stays behind in it."""
        if self._is_sqlite:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _hold(self, connection: Connection) -> None:
        """Keep everybody else from changing the store until this transaction ends: to write nothing new does that."""
        connection.execute(update(wrapped_key).where(wrapped_key.c.id == HOUSE).values(id=HOUSE))

    def _write(self, key_id: str, key: bytes) -> None:
        """Write a new key down, but never one that was destroyed, and never by an operator's key that is not in use any more."""
        with self._engine.begin() as connection:
            self._hold(connection)
            if connection.execute(select(destroyed_key.c.id).where(destroyed_key.c.id == key_id)).scalar():
                raise StoreWrong(f"The key {key_id} was destroyed.", "Whose it was asked to be forgotten.")
            if key_id != HOUSE and connection.execute(_WRAPPED, {"key": HOUSE}).scalar() != self._house:
                log.error("key_rotated", remedy="Start again with the new RXBOT_KEY. Nothing is lost until then.")
                raise StoreAway
            if connection.execute(_WRAPPED, {"key": key_id}).scalar() is None:
                connection.execute(insert(wrapped_key).values(id=key_id, wrapped=_wrapped(self._wrap, key_id, key)))

    def _find(self, key_id: str) -> bytes | None:
        with self._engine.connect() as connection:
            return connection.execute(_WRAPPED, {"key": key_id}).scalar()

    def _key(self, key_id: str) -> AESGCM:
        if key_id not in self._open:
            if len(self._open) >= AT_HAND:
                self._open.clear()
            self._open[key_id] = AESGCM(self._unwrap(key_id))
        return self._open[key_id]

    def _unwrap(self, key_id: str) -> bytes:
        wrapped = self._find(key_id)
        if wrapped is None:
            raise StoreWrong(f"The key {key_id} is not in the key store.", "Its words were erased, or RXBOT_KEYS_URL is wrong.")
        return self._unwrapped(key_id, wrapped)

    def _unwrapped(self, key_id: str, wrapped: bytes) -> bytes:
        try:
            return self._wrap.decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode())
        except InvalidTag as wrong:
            if self._find(HOUSE) != self._house:
                log.error("key_rotated", remedy="Start again with the new RXBOT_KEY. Nothing is lost until then.")
                raise StoreAway from wrong
            raise SettingsWrong("RXBOT_KEY does not open this key store.", WRONG_KEY) from wrong


WRONG_KEY = "Give the key it was made with, or last rotated to. Was `rxbot keys rotate` cut short? Run it again."
_WRAPPED = select(wrapped_key.c.wrapped).where(wrapped_key.c.id == bindparam("key"), _LIVES)


def is_there(url: str) -> bool:
    """Say whether there is a key store, without making one."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite" and not Path(made.database or "").exists():
        return False
    engine = create_engine(postgres.with_driver(url))
    try:
        return inspect(engine).has_table(wrapped_key.name)
    finally:
        engine.dispose()


def opens(url: str, master: str) -> bool:
    """Say whether this operator's key opens the store. Raises SettingsWrong where there is none yet."""
    if not is_there(url):
        raise SettingsWrong("There is no key store yet.", "Check RXBOT_KEYS_URL and RXBOT_DATABASE_URL.")
    try:
        Keys(url, master).close()
    except SettingsWrong:
        return False
    return True


def _bytes_of(master: str) -> bytes:
    try:
        secret = urlsafe_b64decode(master)
    except ValueError:
        secret = b""
    if len(secret) != SIZE:
        raise SettingsWrong("RXBOT_KEY is not 32 bytes in URL-safe base64.", "Make one with: rxbot keys new")
    return secret


def _wrapped(wrap: AESGCM, key_id: str, key: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + wrap.encrypt(nonce, key, key_id.encode())


def _extracted(secret: bytes) -> bytes:
    """Give what stores made before there was a secret of the house derive from: it does not tell the operator's key."""
    extract = HMAC(bytes(SIZE), SHA256())
    extract.update(secret)
    return extract.finalize()


def _prepare(connection: object, _record: object) -> None:
    sqlite.prepare(connection)
