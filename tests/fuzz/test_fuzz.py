"""A short stretch of odd updates in every run of the tests; `make fuzz` plays the long ones. And: what is watched is seen."""

from pathlib import Path

import pytest
import structlog

from fuzz.complaints import Complaints
from fuzz.log_watch import logged, look_into, look_through
from fuzz.odd_words import CANARY, UNSEEN
from fuzz.phones import Phones
from fuzz.stretch import play
from rxbot.outbox import Impossible, Key
from rxbot.store.outbox_rows import Destination

TO = Destination("7")


@pytest.mark.timeout(600)  # on a computer that does much else
@pytest.mark.parametrize("seed", [1, 2])
def test_a_stretch_of_odd_updates_harms_nobody(seed: int) -> None:
    played = play(seed, updates=150, people=6)
    assert played.complaints.seen == {}, f"make fuzz SEED={seed} UPDATES=150 STRETCH=150 PEOPLE=6 shows more"
    assert played.walked_out == 6
    assert played.set_aside, "what breaks the schema was among them"


@pytest.mark.parametrize("word", [CANARY, UNSEEN])
def test_a_word_in_the_log_or_in_a_file_is_seen(word: str, tmp_path: Path) -> None:
    complaints = Complaints()
    with logged() as kept:
        structlog.get_logger().warning("something", words=f"tired {word}")
    look_through(kept, (), complaints)
    (tmp_path / "data").write_bytes(b"\x00\x01" + word.encode() + b"\x02")
    look_into([tmp_path / "data"], complaints)
    assert complaints.counts.keys() == {"a word in the log", "a word in the data file"}


@pytest.mark.parametrize(
    ("html", "keys"),
    [
        ("x" * 4097, ()),
        ("<b>x", ()),
        (" ", ()),
        ("x", (Key("x", "d" * 65),)),
        ("x", (Key("", "d"),)),
        ("x", (Key("x" * 200, "d"),)),
    ],
    ids=["long", "broken", "blank", "data", "no label", "long label"],
)
async def test_a_letter_that_telegram_would_refuse_is_seen(html: str, keys: tuple[Key, ...]) -> None:
    phones = Phones(Complaints())
    with pytest.raises(Impossible):
        await phones.say(TO, html, (keys,) if keys else (), pin=False, reply_to="")
    assert phones.complaints.counts == {"refused letter": 1}
