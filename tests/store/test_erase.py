"""Erasing a person: no row, no word, no account of theirs in any file, their keys destroyed, also after a crash in between."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from store_acts import ADDRESS, NOW, OTHER, in_files, put, say

from rxbot.errors import StoreWrong
from rxbot.store import episodes, invitations, outbox_rows
from rxbot.store.erase import LeftTopic, erase_person, finish_erasures
from rxbot.store.outbox_rows import chat_lane
from rxbot.store.tables import metadata
from rxbot.store.unit import Store


def forget(store: Store) -> list[LeftTopic]:
    with store.begin() as unit:
        return erase_person(unit, "person1", NOW)


def test_no_row_tells_of_them_and_everybody_else_stays(lived: Store) -> None:
    def told(word: str) -> set[str]:
        with lived.begin() as unit:
            tables = [table for table in metadata.tables.values() if table.name not in ("ledger", "erasure")]
            return {t.name for t in tables for row in unit.execute(select(t)) if any(word in str(value) for value in row)}

    assert told("person1") == {
        "person",
        "episode",
        "invitation",
        "handoff",
        "timer",
        "outbox",
        "clinic_message",
        "directory_report",
    }
    others = told("person2")
    assert forget(lived) == [LeftTopic(1, 44, 1)]
    assert told("person1") == set()
    assert told(ADDRESS) == set()
    assert told("e1-1") == set()
    assert told("person2") == others
    assert told(OTHER) == {"person", "inbox"}


def test_no_file_holds_their_account_and_their_words_open_no_more(lived: Store) -> None:
    with lived.begin() as unit:
        held = episodes.load(unit, "e1")
        assert held is not None
        sealed = unit.keys.seal("e1", b"a copy in some backup")
    assert in_files(lived, ADDRESS)
    assert not in_files(lived, "words of p1")
    forget(lived)
    assert finish_erasures(lived, NOW) == 2
    assert in_files(lived, ADDRESS) == set()
    assert in_files(lived, OTHER)
    for key_id in ("e1", "second1"):
        assert key_id not in lived.keys.all_ids()
    with pytest.raises(StoreWrong):
        lived.keys.unseal("e1", sealed)
    with lived.begin() as unit:
        assert episodes.load(unit, "e2") is not None
    assert finish_erasures(lived, NOW) == 0


def test_a_crash_before_the_keys_went_is_made_good_at_the_next_start(lived: Store) -> None:
    forget(lived)
    assert "e1" in lived.keys.all_ids()
    finish_erasures(lived, NOW + timedelta(days=1))
    assert "e1" not in lived.keys.all_ids()
    assert in_files(lived, ADDRESS) == set()


@pytest.mark.parametrize("arrives", [True, False])
def test_the_farewell_holds_their_account_until_it_has_left_or_never_can(lived: Store, arrives: bool) -> None:
    forget(lived)
    with lived.begin() as unit:
        put(unit, chat_lane(ADDRESS), say("erased"))
    assert finish_erasures(lived, NOW) == 0
    assert "e1" not in lived.keys.all_ids()
    with lived.begin() as unit:
        letter = next(one for one in outbox_rows.claim(unit, NOW, 50) if one.lane == chat_lane(ADDRESS))
        if arrives:
            outbox_rows.sent(unit, letter, "9", NOW)
        else:
            outbox_rows.give_up(unit, letter, "forbidden", NOW)
    assert finish_erasures(lived, NOW) == 2
    assert in_files(lived, ADDRESS) == set()


def test_the_counts_stay(lived: Store) -> None:
    forget(lived)
    with lived.begin() as unit:
        assert unit.execute(select(metadata.tables["ledger"].c.fact)).scalars().all() == ["answered"] * 2


def test_an_erased_link_begins_nothing_again(lived: Store) -> None:
    forget(lived)
    finish_erasures(lived, NOW)
    with lived.begin() as unit:
        link = invitations.by_token(unit, "tokene1", NOW)
        assert link is not None
        assert invitations.by_code(unit, "codee1", NOW) == link
        assert (link.standing, link.private, link.person_id) == ("erased", None, None)
