"""What Telegram keeps: people, chats, messages, topics. Plain values; `telegram.py` changes them."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Keyboard = list[list[Json]]

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 units
CAPTIONED = FILES = ("voice", "photo", "document")
MEDIA = (*CAPTIONED, "contact", "venue", "location", "sticker")
ALL_RIGHTS = ("can_manage_topics", "can_pin_messages", "can_delete_messages")


@dataclass
class User:
    """A person or the bot."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = ""
    is_bot: bool = False


@dataclass
class Member:
    """How somebody stands in a chat: creator, administrator, member, left or kicked (which is: blocked)."""

    status: str
    rights: list[str] = field(default_factory=list)

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.is_admin and right in self.rights)


@dataclass
class Topic:
    """A thread of a forum; its id is the id of the message that says it was created."""

    id: int
    name: str
    closed: bool = False


@dataclass
class Message:
    """`content` is what is neither text nor keyboard, as on the wire: a voice note, or the service message's field.

    `file` is what a document, a photo or a voice note holds. `reaction` is the bot's, `reactions` are people's. `final` says
    that it came with a reply keyboard or took one away: Telegram never lets such a message be edited. `origin` tells where a
    forwarded message came from.
    """

    id: int
    chat: int
    sender: int
    at: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: Keyboard = field(default_factory=list)
    content: Json = field(default_factory=dict)
    link_preview: Json = field(default_factory=dict)
    topic: int = 0
    reply_to: int = 0
    edited: int = 0
    protected: bool = False
    file: bytes = b""
    reaction: str = ""
    final: bool = False
    reactions: dict[int, str] = field(default_factory=dict)
    origin: Json = field(default_factory=dict)

    @property
    def media(self) -> str:
        """Name what it holds besides text."""
        return next((kind for kind in MEDIA if kind in self.content), "")

    @property
    def takes_caption(self) -> bool:
        return self.media in CAPTIONED

    @property
    def service(self) -> str:
        """Name the kind of service message this is; nothing for what somebody wrote."""
        return "" if self.media else next(iter(self.content), "")


@dataclass
class ReplyKeyboard:
    """The keys below somebody's chat. The message that brought them takes them along when it is deleted."""

    message: int
    keys: Keyboard
    one_time: bool = False


@dataclass
class Chat:
    """A private chat has its person's id; a group's id is negative, a supergroup's below -100 0000 0000 000, as Telegram's.

    `moved_to` is the supergroup a group has become; nothing can be done in the group from then on.
    """

    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    instance: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    reply_keyboard: ReplyKeyboard | None = None
    general_closed: bool = False
    general_hidden: bool = False
    moved_to: int = 0
    last_message: int = 0


@dataclass
class Tap:
    """A tap on a button; the bot has to answer it in time."""

    id: str
    user: int
    chat: int
    message: int
    at: float
    answered: bool = False


@dataclass
class Toast:
    """The answer to a tap, as its person sees it."""

    user: int
    chat: int
    text: str
    alert: bool
    url: str = ""


@dataclass
class Hook:
    """Where the bot wants its updates sent, and how that goes; without a URL, it polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 0
    set_at: float = 0
    last_error_date: int = 0
    last_error_message: str = ""
    gone_since: float = 0


@dataclass
class Profile:
    """What the bot says about itself: for each language, and the menu for each (scope, language)."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def menu(self, language_code: str, scope: str) -> list[Json]:
        """Return the narrowest commands for this scope and language."""
        languages = (language_code[:2], "")
        keys = [f"{where}/{language}" for where in (scope, "default") for language in languages]
        return next((self.commands[key] for key in keys if self.commands.get(key)), [])
