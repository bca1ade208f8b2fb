"""The examples of two libraries run on the sandbox unchanged, each as a process of its own, and people talk to them."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from stage import free_port

from rxbot.clock import real_now
from rxbot.sandbox.script import Person
from rxbot.sandbox.telegram import Telegram

HERE = Path(__file__).parent
PATIENCE = 60
pytestmark = pytest.mark.timeout(300)  # a process each, on a computer that may be busy


@pytest.fixture
def telegram() -> Telegram:
    """As strict as in earnest, and on the real clock."""
    telegram = Telegram(now=real_now)
    telegram.strict_polls = True
    return telegram


@pytest.fixture
def tom(telegram: Telegram) -> Person:
    return telegram.person("Tom")


@asynccontextmanager
async def running(telegram: Telegram, url: str, library: str, name: str, folder: Path) -> AsyncIterator[None]:
    """Run an example until the block ends; it has to end well when it is asked to."""
    command = [sys.executable, str(HERE / "run_example.py"), library, str(HERE / "examples" / library / name)]
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(*command, url, telegram.token, str(free_port())),
            cwd=folder,
            env=os.environ | {"BOT_TOKEN": telegram.token, "PYTHONUNBUFFERED": "1"},
            stdout=log,
            stderr=log,
        )
        try:
            yield
        except (AssertionError, TimeoutError) as wrong:
            raise AssertionError(f"{wrong}\n{(folder / 'log').read_text()}") from wrong
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), PATIENCE)
    assert "Traceback" not in (folder / "log").read_text().replace("KeyboardInterrupt", "")


async def heard(person: Person, words: str) -> None:
    """Wait until the newest message holds these words."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not (person.screen and person.screen[-1].from_bot and words in person.screen[-1].text):
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"{words!r} never came; the last is {person.screen[-1:]}") from None


async def echoes(tom: Person) -> None:
    tom.opens_link()
    await heard(tom, "Hi Tom!")
    tom.types("good morning")
    await heard(tom, "good morning")
    tom.types("/help")
    await heard(tom, "Help!")


async def converses(tom: Person) -> None:
    tom.opens_link()
    await heard(tom, "Are you a boy or a girl?")
    assert tom.keys == ["Boy", "Girl", "Other"]
    tom.presses("Other")
    await heard(tom, "send me a photo")
    assert tom.keys == []
    tom.sends_photo(data=b"Tom in the harbour")
    await heard(tom, "send me your location")
    tom.sends_location(53.07, 0.42)
    await heard(tom, "tell me something about yourself")
    tom.types("I mend nets.")
    await heard(tom, "Thank you!")


async def chooses(tom: Person) -> None:
    tom.opens_link()
    await heard(tom, "Please choose:")
    tom.taps("Option 2")
    await heard(tom, "Selected option: 2")


async def walks_a_menu(tom: Person) -> None:
    tom.opens_link()
    await heard(tom, "Start handler, Choose a route")
    tom.taps("1")
    await heard(tom, "First CallbackQueryHandler")
    tom.taps("3")
    await heard(tom, "Third CallbackQueryHandler")
    tom.taps("Nah, I've had enough ...")
    await heard(tom, "See you next time!")


async def follows_links(tom: Person) -> None:
    tom.opens_link("check-this-out")
    await heard(tom, "Awesome")
    payload = tom.taps("Continue here!").partition("start=")[2]
    tom.opens_link(payload)
    await heard(tom, "CLICK HERE")
    tom.opens_link("using-entities-here")
    await heard(tom, "It is also possible")
    tom.taps("Like this!")
    async with asyncio.timeout(PATIENCE):
        while not tom.toasts:
            await asyncio.sleep(0.02)
    tom.opens_link(tom.toasts[-1].url.partition("start=")[2])
    await heard(tom, "The payload was: ['using-keyboard-here']")


async def clicks(tom: Person) -> None:
    tom.opens_link()
    await heard(tom, "clicked 0 times")
    for number in (1, 2, 3):
        tom.taps("Click me!")
        await heard(tom, f"clicked {number} times")


async def comes_and_goes(tom: Person) -> None:
    tom.opens_link()
    await heard(tom, "Welcome Tom. Use /show_chats")
    lena = tom.telegram.person("Lena")
    group = tom.telegram.group("Harbour", members=[tom])
    group.add_bot()
    group.add(lena)
    async with asyncio.timeout(PATIENCE):
        while not any("Lena was added by Tom. Welcome!" in seen.text for seen in group.screen()):
            await asyncio.sleep(0.02)
    tom.types("/show_chats")
    await heard(tom, f"Moreover it is a member of the groups with IDs {group.id}")


EXAMPLES: list[tuple[str, Callable[[Person], Awaitable[None]]]] = [
    ("echobot.py", echoes),
    ("conversationbot.py", converses),
    ("inlinekeyboard.py", chooses),
    ("inlinekeyboard2.py", walks_a_menu),
    ("deeplinking.py", follows_links),
    ("contexttypesbot.py", clicks),
    ("chatmemberbot.py", comes_and_goes),
]


@pytest.mark.parametrize(("name", "talks"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
async def test_an_example_of_python_telegram_bot(
    telegram: Telegram, url: str, tom: Person, tmp_path: Path, name: str, talks: Callable[[Person], Awaitable[None]]
) -> None:
    async with running(telegram, url, "ptb", name, tmp_path):
        await talks(tom)
    if name == "conversationbot.py":
        assert (tmp_path / "user_photo.jpg").read_bytes() == b"Tom in the harbour"


@pytest.mark.parametrize("name", ["echo_bot.py", "echo_bot_webhook.py"])
async def test_the_echo_bots_of_aiogram(telegram: Telegram, url: str, tom: Person, tmp_path: Path, name: str) -> None:
    async with running(telegram, url, "aiogram", name, tmp_path):
        tom.opens_link()
        await heard(tom, "Hello, Tom!")
        assert tom.screen[-1].html == "Hello, <b>Tom</b>!"
        tom.types("good morning")
        await heard(tom, "good morning")
        for send, media in (
            (lambda: tom.sends_photo("my door"), "photo"),
            (tom.sends_voice, "voice"),
            (lambda: tom.sends_document("letter.txt", b"Dear Tom"), "document"),
            (lambda: tom.sends_location(53.07, 0.42), "location"),
        ):
            send()
            await heard(tom, "")
            assert tom.screen[-1].media == media
    assert bool(telegram.hook.secret) == (name == "echo_bot_webhook.py")


async def test_the_form_of_aiogram(telegram: Telegram, url: str, tom: Person, tmp_path: Path) -> None:
    async with running(telegram, url, "aiogram", "finite_state_machine.py", tmp_path):
        tom.opens_link()
        await heard(tom, "What's your name?")
        tom.types("Tom & Sons")
        await heard(tom, "Nice to meet you, Tom & Sons!")
        tom.presses("Yes")
        await heard(tom, "What programming language")
        tom.types("Python")
        await heard(tom, "you like to write bots with Python")
