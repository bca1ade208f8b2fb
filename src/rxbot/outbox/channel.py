"""The way out: what a channel can be asked for, and in how many ways that can fail."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from rxbot.store.outbox_rows import Destination

MENDING = 60.0  # seconds until we look whether what only the operator can mend has been mended


@dataclass(frozen=True)
class Key:
    """A button as it is shown: its label, and what it carries or opens."""

    label: str
    data: str = ""
    url: str = ""


Keyboard: TypeAlias = tuple[tuple[Key, ...], ...]


class NotSent(Exception):
    """Surely not sent; may be tried again after so many seconds."""

    def __init__(self, reason: str, after: float = 1.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Flooded(NotSent):
    """We are too fast: nothing more to this chat for so many seconds."""

    def __init__(self, after: float) -> None:
        super().__init__("flood", after)


class NoRights(NotSent):
    """The group does not let us do this. Only its administrators can change that."""

    def __init__(self) -> None:
        super().__init__("no_rights", MENDING)


class TopicClosed(NotSent):
    """Somebody closed the topic, and nobody writes into it before it is opened again."""

    def __init__(self) -> None:
        super().__init__("topic_closed", MENDING)


class OutcomeUnknown(Exception):
    """Nobody can say whether it arrived."""


class ServerFailed(Exception):
    """The other side, or a gateway before it, broke down over it. Most likely it was not sent."""


class ChatClosed(Exception):
    """The chat is closed to us: somebody blocked us, has gone, or took us out of the group."""

    def __init__(self, reason: str = "forbidden") -> None:
        super().__init__(reason)
        self.reason = reason


class ChatMoved(Exception):
    """The group has another address now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Impossible(Exception):
    """It can never arrive: what we ask is not allowed, or what it is about is not there."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooLong(Exception):
    """It does not fit into one message, but these pieces do. Nothing was sent."""

    def __init__(self, pieces: tuple[str, ...]) -> None:
        super().__init__(len(pieces))
        self.pieces = pieces


class TopicGone(Exception):
    """The topic is not there any more."""


class NotPinned(Exception):
    """The message is there under this name, only not on top; why not may pass."""

    def __init__(self, message: str, failed: Exception) -> None:
        super().__init__(message)
        self.message = message
        self.failed = failed


class Channel(Protocol):
    """How messages leave. Each call raises one of the above when it fails."""

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        """Send a message, as an answer to another where one is named; give its name."""

    async def pin(self, to: Destination, message: str) -> None:
        """Put a message on top of its topic."""

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        """Change the words of a message; say whether it is still there."""

    async def rewrite_caption(self, to: Destination, message: str, html: str) -> bool:
        """Change the words under a file; say whether it is still there."""

    async def ask_where(self, to: Destination, html: str, label: str) -> str:
        """Send a message with a button that shares the reader's place, or take that button away when it has no label."""

    async def give(self, to: Destination, name: str, mime: str, content: bytes, caption_html: str) -> str:
        """Hand over a file with a few words under it; give the message's name."""

    async def redraw(self, to: Destination, message: str, keyboard: Keyboard) -> None:
        """Change the buttons under a message."""

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        """Pass on a message without its origin, as an answer to another where one is named; give the copy's name."""

    async def open_topic(self, address: str, title: str) -> int:
        """Open a topic; give its number."""

    async def rename_topic(self, to: Destination, title: str) -> None:
        """Give a topic another title."""

    async def reopen_topic(self, to: Destination) -> None:
        """Let a closed topic be written into again."""

    async def close_topic(self, to: Destination) -> None:
        """Close a topic."""

    async def delete_topic(self, address: str, thread: int) -> None:
        """Remove a topic and all that was said in it."""
