"""Everything this Telegram says no with, in the words of the real one. Where we could not find these, it says UNSURE."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """Why a call is not carried out; `code` is the HTTP status too."""

    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def answer(self) -> dict[str, Any]:
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


class Declined(Exception):
    """Ends a call with a refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.description)
        self.refusal = refusal


def require(fulfilled: object, otherwise: Refusal) -> None:
    if not fulfilled:
        raise Declined(otherwise)


def bad(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")
CONFLICT = Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
WEBHOOK_WAS_SET = Refusal(409, "Conflict: terminated by setWebhook request")
WEBHOOK_ACTIVE = Refusal(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

WEBHOOK_URL_INVALID = bad("invalid webhook URL specified")
SECRET_TOO_LONG = bad("secret token is too long")
SECRET_INVALID = bad("secret token contains unallowed characters")

CHAT_ID_EMPTY = bad("chat_id is empty")
CHAT_NOT_FOUND = bad("chat not found")
USER_ID_INVALID = bad("invalid user_id specified")
USER_NOT_FOUND = bad("user not found")
NEVER_STARTED = forbidden("bot can't initiate conversation with a user")
BLOCKED = forbidden("bot was blocked by the user")
NOT_A_MEMBER = forbidden("bot is not a member of the supergroup chat")
NOT_A_MEMBER_OF_GROUP = forbidden("bot is not a member of the group chat")
KICKED_FROM_GROUP = forbidden("bot was kicked from the group chat")
KICKED = forbidden("bot was kicked from the supergroup chat")
NO_ADMINISTRATORS = bad("there are no administrators in the private chat")

TEXT_EMPTY = bad("message text is empty")
TEXT_BLANK = bad("text must be non-empty")
TOO_LONG = bad("message is too long")
MESSAGE_TOO_LONG = bad("MESSAGE_TOO_LONG")
CAPTION_TOO_LONG = bad("message caption is too long")
MEDIA_CAPTION_TOO_LONG = bad("MEDIA_CAPTION_TOO_LONG")
FILE_ID_EMPTY = bad("file_id not specified")
FILE_ID_WRONG = bad("wrong file identifier/HTTP URL specified")
FILE_ID_UNKNOWN = bad("wrong file_id or the file is temporarily unavailable")
FILE_TOO_BIG = bad("file is too big")
LATITUDE_EMPTY = bad("latitude is empty")
LONGITUDE_EMPTY = bad("longitude is empty")
LOCATION_WRONG = bad("wrong location specified")  # UNSURE: newer servers may say "invalid"
VENUE_LOCATION_WRONG = bad("wrong venue location specified")
PHONE_EMPTY = bad("phone number must be non-empty")
FIRST_NAME_EMPTY = bad("first name must be non-empty")
ACTION_WRONG = bad("wrong parameter action in request")
CANNOT_LEAVE = bad("can't leave private chat")
FILE_EMPTY = bad("file must be non-empty")
FILE_TOO_LARGE = Refusal(413, "Request Entity Too Large")
UNKNOWN_PARSE_MODE = bad("unsupported parse_mode")
BUTTON_DATA_INVALID = bad("BUTTON_DATA_INVALID")
BUTTON_DOES_NOTHING = bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
BUTTON_TEXT_MISSING = bad("""can't parse inline keyboard button: Can't find field "text\"""")
KEY_TEXT_MISSING = bad("""can't parse keyboard button: Can't find field "text\"""")
MARKUP_TOO_LONG = bad("reply markup is too long")
BUTTON_NO_OBJECT = bad("can't parse inline keyboard button: expected an Object")  # UNSURE
KEY_NO_OBJECT = bad("can't parse keyboard button: expected an Object")  # UNSURE
KEYBOARD_NO_ROWS = bad("keyboard must be an Array of Arrays")  # UNSURE
INLINE_EXPECTED = bad("inline keyboard expected")
LOCATION_IN_PRIVATE_ONLY = bad("location can be requested in private chats only")
CONTACT_IN_PRIVATE_ONLY = bad("phone number can be requested in private chats only")

NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
EDIT_NOT_FOUND = bad("message to edit not found")
NO_TEXT_TO_EDIT = bad("there is no text in the message to edit")
NO_CAPTION_TO_EDIT = bad("there is no caption in the message to edit")
CANNOT_EDIT = bad("message can't be edited")
MESSAGE_ID_EMPTY = bad("message identifier is not specified")
DELETE_NOT_FOUND = bad("message to delete not found")
CANNOT_DELETE = bad("message can't be deleted")
CANNOT_DELETE_OLD = bad("message can't be deleted for everyone")
COPY_NOT_FOUND = bad("message to copy not found")
CANNOT_COPY = bad("message can't be copied")
FORWARD_NOT_FOUND = bad("message to forward not found")
CANNOT_FORWARD = bad("message can't be forwarded")
MESSAGE_IDS_EMPTY = bad("message identifiers are not specified")
MESSAGE_IDS_TOO_MANY = bad("too many message identifiers specified")
UNPIN_NOT_FOUND = bad("message to unpin not found")
PIN_NOT_FOUND = bad("message to pin not found")
CANNOT_PIN = bad("not enough rights to manage pinned messages in the chat")
REPLY_NOT_FOUND = bad("message to be replied not found")
REACT_NOT_FOUND = bad("message to react not found")
REACTION_INVALID = bad("REACTION_INVALID")
REACTIONS_TOO_MANY = bad("REACTIONS_TOO_MANY")
QUERY_TOO_OLD = bad("query is too old and response timeout expired or query ID is invalid")

THREAD_NOT_FOUND = bad("message thread not found")
NOT_A_FORUM = bad("the chat is not a forum")
TOPIC_CLOSED = bad("TOPIC_CLOSED")
TOPIC_INVALID = bad("TOPIC_ID_INVALID")
TOPIC_NOT_MODIFIED = bad("TOPIC_NOT_MODIFIED")
TOPIC_TITLE_EMPTY = bad("title must be non-empty")
CANNOT_CREATE_TOPIC = bad("not enough rights to create a topic")
CANNOT_EDIT_TOPIC = bad("not enough rights to edit the topic")
CANNOT_DELETE_TOPIC = bad("not enough rights to delete the topic")

COMMAND_INVALID = bad("BOT_COMMAND_INVALID")
COMMAND_DESCRIPTION_INVALID = bad("BOT_COMMAND_DESCRIPTION_INVALID")
TOO_MANY_COMMANDS = bad("BOT_COMMANDS_TOO_MUCH")
LANGUAGE_INVALID = bad("invalid language code specified")
DESCRIPTION_TOO_LONG = bad("description is too long")


def cannot_parse(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")


SPOKEN_OF = {"reply_markup": "reply keyboard markup", "reply_parameters": "reply parameters", "reaction": "reaction types"}
SHAPES = {
    "reply_markup": "object expected as reply markup",
    "reaction": "expected an Array of ReactionType",
    "message_ids": "expected an Array of message identifiers",
    "commands": "expected an Array of BotCommand",
}
PARTS = {
    "commands": "BotCommand",
    "reaction": "ReactionType",
    **dict.fromkeys(("entities", "caption_entities"), "MessageEntity"),
}


def not_json(parameter: str) -> Refusal:
    return bad(f"can't parse {SPOKEN_OF.get(parameter, parameter)} JSON object")


def wrong_shape(parameter: str) -> Refusal:
    """Answer for JSON that is an object where a list is wanted, or the other way round."""
    return bad(SHAPES[parameter]) if parameter in SHAPES else not_json(parameter)


def wrong_part(parameter: str) -> Refusal:
    """Answer for a list that holds something else than it should."""
    return bad(f"can't parse {PARTS[parameter]}: expected an Object") if parameter in PARTS else not_json(parameter)  # UNSURE


def wrong_command(why: str) -> Refusal:
    return bad(f"can't parse BotCommand: {why}")


def wrong_scope(why: str) -> Refusal:
    return bad(f"can't parse BotCommandScope: {why}")


def wrong_entity(why: str) -> Refusal:
    return bad(f"can't parse MessageEntity: {why}")


def entity_beyond(start: int, end: int, *, begins: bool) -> Refusal:
    if begins:
        return bad(f"entity begins after the end of the text at UTF-16 offset {start}")
    return bad(f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}")


def no_file(kind: str) -> Refusal:
    return bad(f"there is no {kind} in the request")


def wrong_kind(kind: str, wanted: str) -> Refusal:
    return bad(f"can't use file of type {kind.capitalize()} as {wanted.capitalize()}")


def wrong_reaction(why: str) -> Refusal:
    return bad(f"can't parse ReactionType: {why}")


def wrong_button_url(url: str) -> Refusal:
    return bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def not_here(what: str) -> Refusal:
    """Answer for what Telegram has and the sandbox has not: better no than something else than Telegram does."""
    return bad(f"{what} is not supported by the sandbox")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(chat_id: int) -> Refusal:
    words = "group chat was upgraded to a supergroup chat"
    return Refusal(400, f"Bad Request: {words}", {"migrate_to_chat_id": chat_id})
