"""The real process: `rxbot serve` as an operator sets it up, killed in the middle, and what it leaves behind."""

import asyncio
import json
import signal
from pathlib import Path

import pytest
from process import Process, first_day, process

from rxbot.sandbox.script import Person
from rxbot.store.episodes import latest
from rxbot.store.keys import Keys
from rxbot.store.unit import Store

pytestmark = pytest.mark.timeout(300)  # processes of their own, on a computer that may be busy


READS = 0.4  # seconds without a new message


async def walk(one: Process, tom: Person, *replies: str) -> None:
    """Answer, and wait each time for what comes back."""
    for reply in replies:
        before = tom.screen[-1].id
        tom.types(reply)
        own = tom.screen[-1].id

        def answered(own: int = own) -> bool:
            last = tom.screen[-1]
            return last.id > own and last.from_bot and bool(last.buttons or tom.keys)

        await one.until(reply, answered)
        assert tom.screen[-1].id > before
        last = 0
        while last != (last := tom.screen[-1].id):  # a question may come in two messages: nobody types before they have read it
            await asyncio.sleep(READS)


async def test_killed_in_the_middle_nothing_is_lost(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await first_day(one)
        (made,) = json.loads(await one.command("invite", "harbour", "--language", "en", "--json"))
        tom = one.telegram.person("Tom")
        tom.opens_link(made["link"].partition("?start=")[2])
        await one.until("the languages are shown", lambda: "English" in tom.screen[-1].buttons)
        await walk(one, tom, "English", "yes", "yes", "yes", "44", "no, for somebody else", "food, money")
        for signal_, answer, about in ((signal.SIGKILL, "sometimes", "money"), (signal.SIGTERM, "yes", "food")):
            tom.types(answer)
            one.kill(signal_)
            one.start()
            await one.until("help is offered", lambda: "Yes, please" in tom.screen[-1].buttons)
            one.kill(signal_)
            tom.types("yes please")  # said while nobody is there
            one.start()
            await one.until("it is answered", lambda about=about: f"What would help most with {about}" in tom.screen[-1].text)
            if about == "money":
                await walk(one, tom, "help with debts")
        await walk(one, tom, "meals with other people", "none of these", "skip", "Old Town", "any time of day", "I like cooking")
        await one.until("the review is shown", lambda: "Is it right?" in tom.screen[-1].text)
        review = tom.screen[-1].text
        for line in (
            "What matters: Money, Food",
            "Money: Sometimes",
            "Help with money: Yes, please",
            "Help with food: Yes, please",
            "In my own words: I like cooking",
        ):
            assert line in review
        asked = [message.text.splitlines()[0] for message in tom.screen if message.from_bot]
        # a kill between sending and marking: it goes once more, with the same buttons; a stop in good order ends what it began
        assert 1 <= asked.count("Do you ever run short of money for food, rent or heating?") <= 2
        assert asked.count(asked[-1]) == 1


async def test_forget_me_leaves_no_word_in_the_files_or_the_log(tmp_path: Path) -> None:
    words = "zebrafinch lighthouse marmalade"
    async with process(tmp_path) as one:
        await first_day(one)
        (made,) = json.loads(await one.command("invite", "harbour", "--ref", "quincetree-77", "--json"))
        tom = one.telegram.person("Tom")
        address = str(tom.id)
        tom.opens_link(made["link"].partition("?start=")[2])
        await one.until("the languages are shown", lambda: "English" in tom.screen[-1].buttons)
        await walk(one, tom, "English", "yes", "yes", "yes", "44", "no, for somebody else", "food", "sometimes", "no")
        await walk(one, tom, "none of these", "skip", "Old Town", "any time of day", words)
        await one.until("the review is shown", lambda: "Is it right?" in tom.screen[-1].text)

        store = Store(one.environment["RXBOT_DATABASE_URL"], Keys(f"sqlite:///{tmp_path / 'rxbot.keys.db'}", _key(tmp_path)))
        with store.begin() as unit:  # the same search finds the words through the store
            held = latest(unit, "telegram", address)
        assert held is not None
        assert held.episode.sheets["intake"]["words"].raw == words
        assert address.encode() in b"".join(one.files().values())
        for name, content in one.files().items():
            for word in (*words.split(), "quincetree"):
                assert word.encode() not in content, f"{word} can be read in {name}"

        await walk(one, tom, "forget me")
        tom.taps("Yes, erase it all")
        await one.until("it is done", lambda: "It is done" in tom.screen[-1].text)
        await one.until("the keys are gone", lambda: not _open_erasures(store))
        with store.begin() as unit:
            assert latest(unit, "telegram", address) is None
            with pytest.raises(Exception, match="not in the key store"):
                Keys(f"sqlite:///{tmp_path / 'rxbot.keys.db'}", _key(tmp_path)).unseal(held.episode.id, b"0" * 40)
        store.close()
        for name, content in one.files().items():
            for word in (*words.split(), "quincetree", address):
                assert word.encode() not in content, f"{word} can be read in {name}"


def _key(folder: Path) -> str:
    return (folder / "rxbot.keys.key").read_text()


def _open_erasures(store: Store) -> int:
    with store.begin() as unit:
        return len(unit.connection.exec_driver_sql("SELECT 1 FROM erasure WHERE done_at IS NULL").all())


async def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    async with process(tmp_path) as one:
        await one.command("team", "bind")
        kept = [path for path in tmp_path.iterdir() if path.suffix in (".db", ".key")]
        assert sorted(path.name for path in kept) == ["rxbot.db", "rxbot.keys.db", "rxbot.keys.key"]
        assert {path.stat().st_mode & 0o077 for path in kept} == {0}
