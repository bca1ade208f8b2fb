"""The key store: what is sealed opens with its own key and the operator's only, and never again once that is destroyed."""

import sqlite3
from base64 import urlsafe_b64decode
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rxbot.errors import SettingsWrong, StoreAway, StoreWrong
from rxbot.store.keys import Keys, new_master_key

MASTER = new_master_key()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def opened(folder: Path, master: str = MASTER) -> Keys:
    return Keys(f"sqlite:///{folder / 'keys.db'}", master)


def test_what_is_sealed_opens_again_after_a_restart(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    keys.make("e1")
    sealed = keys.seal("e1", b"words")
    assert b"words" not in sealed
    assert sealed != keys.seal("e1", b"words")
    keys.close()
    again = opened(tmp_path)
    again.make("e1")
    assert again.unseal("e1", sealed) == b"words"
    again.close()


def test_another_operators_key_is_refused_before_it_can_wrap_anything(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with pytest.raises(SettingsWrong, match="RXBOT_KEY does not open this key store"):
        opened(tmp_path, new_master_key())
    opened(tmp_path).close()


@pytest.mark.parametrize("master", ["", "short", "ä" * 43, "A" * 44, "!" * 44])
def test_what_is_no_key_is_refused_with_a_remedy(tmp_path: Path, master: str) -> None:
    with pytest.raises(SettingsWrong, match="rxbot keys new"):
        opened(tmp_path, master)


def test_a_sealed_value_fits_its_own_key_only_and_shows_tampering(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    for key_id in ("e1", "e2"):
        keys.make(key_id)
    sealed = keys.seal("e1", b"words")
    for wrong_id, wrong in (("e2", sealed), ("e1", sealed[:-1] + bytes([sealed[-1] ^ 1])), ("e1", sealed[:20])):
        with pytest.raises(StoreWrong, match="does not fit"):
            keys.unseal(wrong_id, wrong)
    keys.close()


def test_a_destroyed_key_is_gone_from_memory_file_and_log(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    keys.make("episode-to-go")
    sealed = keys.seal("episode-to-go", b"words")
    (wrapped,) = _wrapped(tmp_path, "episode-to-go")
    assert [p for p in tmp_path.glob("keys.db*") if wrapped in p.read_bytes()]
    keys.destroy(["episode-to-go"], NOW)
    assert not [p for p in tmp_path.glob("keys.db*") if wrapped in p.read_bytes()]
    with pytest.raises(StoreWrong, match="not in the key store"):
        keys.unseal("episode-to-go", sealed)
    keys.close()


def test_a_destroyed_key_is_remembered_and_neither_made_nor_brought_back(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    keys.make("e1")
    (wrapped,) = _wrapped(tmp_path, "e1")
    sealed = keys.seal("e1", b"words")
    keys.destroy(["e1"], NOW)
    assert keys.destroyed() == {"e1": NOW}
    with pytest.raises(StoreWrong, match="was destroyed"):
        keys.make("e1")
    with sqlite3.connect(tmp_path / "keys.db") as raw:
        raw.execute("INSERT INTO wrapped_key VALUES ('e1', ?)", (wrapped,))
    with pytest.raises(StoreWrong, match="not in the key store"):
        keys.unseal("e1", sealed)
    assert keys.all_ids() == ["house"]
    keys.rotate(MASTER)
    assert _wrapped(tmp_path, "e1") == []
    keys.close()


def test_a_key_that_was_only_dropped_may_be_made_again(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    keys.make("inbox-1")
    keys.drop(["inbox-1"])
    keys.make("inbox-1")
    assert keys.destroyed() == {}
    keys.close()


def test_with_another_operators_key_all_words_open_and_with_the_old_one_none(tmp_path: Path) -> None:
    keys, new = opened(tmp_path), new_master_key()
    for n in range(50):
        keys.make(f"e{n}")
    old = _wrapped(tmp_path)
    sealed, derived = keys.seal("e7", b"words"), keys.derive("short code")
    assert keys.rotate(new) == 52
    assert keys.unseal("e7", sealed) == b"words"
    content = b"".join(path.read_bytes() for path in tmp_path.glob("keys.db*"))
    assert not [wrapped for wrapped in old if wrapped in content]
    keys.close()
    with pytest.raises(SettingsWrong, match="last rotated to"):
        opened(tmp_path)
    again = opened(tmp_path, new)
    assert again.unseal("e7", sealed) == b"words"
    assert again.derive("short code") == derived
    again.close()


def test_whoever_still_has_the_old_key_wraps_nothing_by_it_and_waits(tmp_path: Path) -> None:
    serving, beside = opened(tmp_path), opened(tmp_path)
    for key_id in ("e1", "e2"):
        serving.make(key_id)
    sealed = serving.seal("e1", b"words")
    beside.rotate(new_master_key())
    assert serving.unseal("e1", sealed) == b"words"
    for act in (lambda: serving.make("e3"), lambda: serving.seal("e2", b"words")):
        with pytest.raises(StoreAway):
            act()
    assert "e3" not in beside.all_ids()
    for one in (serving, beside):
        one.close()


def test_a_store_from_before_rotation_derives_what_it_derived(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with sqlite3.connect(tmp_path / "keys.db") as raw:
        raw.execute("DELETE FROM wrapped_key WHERE id = 'secret'")
    keys = opened(tmp_path)
    assert keys.derive("short code") == HKDF(SHA256(), 32, salt=None, info=b"short code").derive(urlsafe_b64decode(MASTER))
    keys.close()


def test_a_copy_opens_the_same_words_and_remembers_the_same(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    for key_id in ("e1", "e2"):
        keys.make(key_id)
    sealed = keys.seal("e1", b"words")
    keys.destroy(["e2"], NOW)
    (tmp_path / "copy").mkdir()
    assert keys.copy_to(f"sqlite:///{tmp_path / 'copy' / 'keys.db'}") == 3
    copy = opened(tmp_path / "copy")
    assert copy.unseal("e1", sealed) == b"words"
    assert copy.destroyed() == {"e2": NOW}
    for one in (keys, copy):
        one.close()


def _wrapped(folder: Path, key_id: str = "%") -> list[bytes]:
    with closing(sqlite3.connect(folder / "keys.db")) as raw:
        return [row[0] for row in raw.execute("SELECT wrapped FROM wrapped_key WHERE id LIKE ?", (key_id,))]


def test_destroying_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    keys.destroy(["never"], NOW)
    keys.drop(["never"])
    assert keys.all_ids() == ["house"]
    keys.close()


def test_keys_are_found_by_how_their_ids_begin(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    for key_id in ("inbox-1", "inbox-2", "inbox%", "e1"):
        keys.make(key_id)
    assert sorted(keys.all_ids("inbox-")) == ["inbox-1", "inbox-2"]
    assert keys.all_ids("%") == []
    keys.close()


def test_a_derived_secret_is_the_same_for_its_purpose_only(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    assert keys.derive("cookies") == keys.derive("cookies")
    assert keys.derive("cookies") != keys.derive("else")
    keys.close()
