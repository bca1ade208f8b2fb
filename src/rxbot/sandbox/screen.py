"""What people see: the chats as a phone would show them, for tests and for the demo page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rxbot.sandbox import html
from rxbot.sandbox.world import Chat, Json, Message, User


@dataclass(frozen=True)
class Seen:
    """A message on somebody's screen. `html` is safe to show; `at` is ISO time; `service` and `media` name a kind.

    `about` is who or what a message is about: those who joined, the name of a topic or a place, a number. `file_name` and
    `file_size` are a document's, `place` is a location's latitude and longitude, `reaction` is the bot's.
    """

    id: int
    who: str
    who_id: int
    from_bot: bool
    at: str
    text: str
    entities: list[Json]
    keyboard: list[list[Json]]
    topic: int
    reply_to: int
    pinned: bool
    edited: bool
    protected: bool
    service: str
    about: str
    media: str
    file_name: str
    file_size: int
    place: tuple[float, float] | None
    reaction: str

    @classmethod
    def of(cls, message: Message, chat: Chat, users: dict[int, User]) -> "Seen":
        sender, document = users[message.sender], message.content.get("document", {})
        return cls(
            id=message.id,
            who=sender.first_name,
            who_id=sender.id,
            from_bot=sender.is_bot,
            at=datetime.fromtimestamp(message.at, UTC).isoformat(),
            text=message.text,
            entities=message.entities,
            keyboard=[
                [{"text": key["text"], "data": key.get("callback_data", ""), "url": key.get("url", "")} for key in row]
                for row in message.keyboard
            ],
            topic=message.topic,
            reply_to=message.reply_to,
            pinned=message.id in chat.pinned,
            edited=message.edited > 0,
            protected=message.protected,
            service=message.service,
            about=about(message.content.get(message.service or message.media, {})),
            media=message.media,
            file_name=document.get("file_name", ""),
            file_size=document.get("file_size", 0),
            place=place(message.content),
            reaction=message.reaction,
        )

    @property
    def html(self) -> str:
        """The text with its entities as HTML."""
        return html.render(self.text, self.entities)

    @property
    def buttons(self) -> list[str]:
        """The labels, row by row."""
        return [key["text"] for row in self.keyboard for key in row]


def about(told: Any) -> str:
    if isinstance(told, list):
        return ", ".join(one["first_name"] for one in told if "first_name" in one)
    return str(told.get("name") or told.get("title") or told.get("phone_number", "")) if isinstance(told, dict) else ""


def place(content: Json) -> tuple[float, float] | None:
    found = content.get("location")
    return (found["latitude"], found["longitude"]) if found else None


@dataclass(frozen=True)
class Document:
    """A file somebody received; `message` brought it."""

    message: int
    name: str
    mime: str
    data: bytes

    @classmethod
    def of(cls, message: Message) -> "Document":
        told = message.content["document"]
        return cls(message.id, told["file_name"], told["mime_type"], message.file)


def screen(chat: Chat, users: dict[int, User]) -> list[Seen]:
    return [Seen.of(message, chat, users) for message in chat.messages.values()]
