"""What people see: the chats as a phone would show them, for tests and for the demo page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rxbot.sandbox import html
from rxbot.sandbox.world import MEDIA, Chat, Json, Message, User


@dataclass(frozen=True)
class Seen:
    """A message on somebody's screen. `html` is safe to show; `at` is ISO time; `service` and `media` name a kind.

    `about` is who or what a service message is about: those who joined, the topic's name.
    """

    id: int
    who: str
    who_id: int
    from_bot: bool
    at: str
    text: str
    html: str
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

    @classmethod
    def of(cls, message: Message, chat: Chat, users: dict[int, User]) -> "Seen":
        sender = users[message.sender]
        return cls(
            id=message.id,
            who=sender.first_name,
            who_id=sender.id,
            from_bot=sender.is_bot,
            at=datetime.fromtimestamp(message.at, UTC).isoformat(),
            text=message.text,
            html=html.render(message.text, message.entities),
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
            about=about(message.content.get(message.service, {})),
            media=next((kind for kind in MEDIA if kind in message.content), ""),
        )

    @property
    def buttons(self) -> list[str]:
        """The labels, row by row."""
        return [key["text"] for row in self.keyboard for key in row]


def about(told: Any) -> str:
    return ", ".join(user["first_name"] for user in told) if isinstance(told, list) else str(told.get("name", ""))


def screen(chat: Chat, users: dict[int, User]) -> list[Seen]:
    return [Seen.of(message, chat, users) for message in chat.messages.values()]
