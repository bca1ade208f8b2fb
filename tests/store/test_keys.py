"""The key store: what is sealed opens with its own key and the operator's only, and never again once that is destroyed."""

from pathlib import Path

import pytest

from rxbot.errors import SettingsWrong, StoreWrong
from rxbot.store.keys import Keys, new_master_key

MASTER = new_master_key()


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
    files = lambda: [p for p in tmp_path.glob("keys.db*") if b"episode-to-go" in p.read_bytes()]  # noqa: E731
    assert files()
    keys.destroy("episode-to-go")
    assert not files()
    with pytest.raises(StoreWrong, match="not in the key store"):
        keys.unseal("episode-to-go", sealed)
    keys.make("episode-to-go")
    with pytest.raises(StoreWrong, match="does not fit"):
        keys.unseal("episode-to-go", sealed)
    keys.close()


def test_destroying_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    keys.destroy("never")
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
