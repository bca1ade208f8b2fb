"""What Telegram tells us, as far as we read it. Whatever is of another kind than its schema says is refused as a whole.

The names are those of the Bot API. What we do not read may be there or not, and be whatever it is.
"""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field

PRIVATE = "private"
OWNER, ADMINISTRATOR, MEMBER, RESTRICTED, LEFT, BANNED = "creator", "administrator", "member", "restricted", "left", "kicked"
COMMAND = "bot_command"


class UpdatePart(BaseModel):
    """A part of an update. Numbers are numbers: an id is written down as it is, and words must not pass for one."""

    model_config = ConfigDict(strict=True, frozen=True)


class User(UpdatePart):
    """An account."""

    id: int
    is_bot: bool = False
    first_name: str
    last_name: str = ""
    language_code: str | None = None

    @property
    def full_name(self) -> str:
        """The name as others see it."""
        return f"{self.first_name} {self.last_name}".rstrip()


class Chat(UpdatePart):
    """Where something was said."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False


class Entity(UpdatePart):
    """A stretch of a text that is more than its words."""

    type: str
    offset: int
    length: int


class Location(UpdatePart):
    """A place on the map."""

    latitude: float
    longitude: float


class Message(UpdatePart):
    """A message, or what is left of one that is too old: then its `date` is 0, and there is nothing in it."""

    message_id: int
    date: int
    chat: Chat
    from_user: User | None = Field(None, alias="from")
    sender_chat: Chat | None = None
    message_thread_id: int | None = None
    is_topic_message: bool = False
    reply_to_message: "Message | None" = None
    migrate_to_chat_id: int | None = None
    text: str = ""
    entities: tuple[Entity, ...] = ()
    caption: str = ""
    location: Location | None = None

    # What somebody can send beside words
    animation: object = None
    audio: object = None
    checklist: object = None
    contact: object = None
    dice: object = None
    document: object = None
    game: object = None
    giveaway: object = None
    giveaway_winners: object = None
    invoice: object = None
    live_photo: object = None
    paid_media: object = None
    passport_data: object = None
    photo: object = None
    poll: object = None
    sticker: object = None
    story: object = None
    venue: object = None
    video: object = None
    video_note: object = None
    voice: object = None

    @property
    def sent_at(self) -> datetime:
        """When it was sent."""
        return datetime.fromtimestamp(self.date, UTC)

    @property
    def is_there(self) -> bool:
        """Whether Telegram still has it."""
        return self.date != 0

    @property
    def brings(self) -> bool:
        """Whether somebody sent a file, a place or the like. A payment or a changed timer only tells of the chat."""
        return bool(self.location) or any(getattr(self, name) for name in BROUGHT)


BROUGHT = (
    *("animation", "audio", "checklist", "contact", "dice", "document", "game", "giveaway", "giveaway_winners", "invoice"),
    *("live_photo", "paid_media", "passport_data", "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)


class CallbackQuery(UpdatePart):
    """A tap on a button."""

    id: str
    from_user: User = Field(alias="from")
    message: Message | None = None
    data: str = ""


class Member(UpdatePart):
    """How somebody stands in a chat."""

    user: User
    status: str
    is_member: bool = False
    can_manage_topics: bool = False

    @property
    def is_in(self) -> bool:
        """Whether this is somebody in the group."""
        return self.is_member if self.status == RESTRICTED else self.status not in (LEFT, BANNED)

    @property
    def is_administrator(self) -> bool:
        """Whether this is an administrator of the group; its owner is one."""
        return self.status in (ADMINISTRATOR, OWNER)


class MemberUpdated(UpdatePart):
    """How somebody's standing has changed."""

    chat: Chat
    from_user: User = Field(alias="from")
    old_chat_member: Member
    new_chat_member: Member


class Update(UpdatePart):
    """One update. Only one of its parts is there, or one of those that we do not ask for."""

    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberUpdated | None = None
    chat_member: MemberUpdated | None = None


def read(body: bytes) -> Update:
    """Read an update. Raises ValidationError."""
    return Update.model_validate_json(body)
