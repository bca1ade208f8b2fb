"""A short stretch of odd updates in every run of the tests; `make fuzz` plays the long ones. And: what is watched is seen."""

import inspect
from pathlib import Path
from random import Random

import pytest
import structlog
from telegram import Message, Update

from fuzz.bodies import MEDIA, services, surroundings
from fuzz.complaints import Complaints
from fuzz.log_watch import logged, look_into, look_through
from fuzz.odd_words import CANARY, UNSEEN
from fuzz.others import unknowns
from fuzz.phones import Phones
from fuzz.stretch import play
from rxbot.outbox.channel import Impossible, Key
from rxbot.store.outbox_rows import Destination

TO = Destination("7")


@pytest.mark.timeout(600)  # on a computer that does much else
@pytest.mark.parametrize("seed", [1, 2])
def test_a_stretch_of_odd_updates_harms_nobody(seed: int) -> None:
    played = play(seed, updates=150, people=6)
    assert played.complaints.seen == {}, f"make fuzz SEED={seed} UPDATES=150 STRETCH=150 PEOPLE=6 shows more"
    assert played.walked_out == 6
    assert played.set_aside, "what breaks the schema was among them"


BY_THE_CROWD = {
    "message_id",
    "date",
    "edit_date",
    "chat",
    "from_user",
    "sender_chat",
    "text",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
}


def test_every_field_and_kind_that_the_client_knows_is_sent() -> None:
    """What is missing is to be added to the tables of bodies.py or others.py, when Telegram has invented it."""
    rng = Random(1)
    sent = (
        *(kind(rng) for kind in MEDIA.values() for _ in range(9)),
        *services(rng),
        *surroundings({"id": 7, "type": "private"}, 3),
    )
    assert _fields_of(Message) - BY_THE_CROWD - {name for one in sent for name in one} == set()
    kinds = {name for one in unknowns(rng, 7) for name in one} | {"message", "edited_message", "callback_query"}
    assert _fields_of(Update) - kinds == {"update_id"}


def _fields_of(model: type) -> set[str]:
    return inspect.signature(model).parameters.keys() - {"api_kwargs"}


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
