"""How we stand with Telegram, asked without changing anything and without taking an update away from anybody."""

from dataclasses import dataclass
from datetime import datetime

from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.error import ChatMigrated, Conflict, EndPointNotFound, InvalidToken, TelegramError

from rxbot.channels.telegram.intake import GET_UPDATES
from rxbot.errors import RxbotError, SettingsWrong

NEEDED = ("can_manage_topics", "can_pin_messages", "can_delete_messages")
LISTENS = 6  # seconds in which another poller, which begins anew when we end its poll, ends ours


@dataclass(frozen=True)
class Hook:
    """Where Telegram brings updates, and how that goes."""

    url: str
    waiting: int
    failed_at: datetime | None
    said: str


@dataclass(frozen=True)
class Standing:
    """How we stand in a team's group."""

    is_there: bool = True
    has_moved: bool = False
    has_topics: bool = True
    is_administrator: bool = True
    lacks: tuple[str, ...] = ()


def not_answered(failed: TelegramError) -> RxbotError:
    """Say that Telegram did not answer as it should."""
    if isinstance(failed, InvalidToken | EndPointNotFound):
        return SettingsWrong("Telegram does not know this token.", "Check RXBOT_TOKEN; @BotFather shows it, or makes a new one.")
    said = failed.message.rstrip(".")
    return RxbotError(f"Telegram does not answer: {said}.", "Look whether this computer reaches RXBOT_TELEGRAM_API.")


class Checkup:
    """Asks as a bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def let_go(self) -> None:
        """Close every connection."""
        await self._bot.shutdown()

    async def name(self) -> str:
        """Give the bot's name. Raises SettingsWrong when Telegram does not know it."""
        try:
            await self._bot.initialize()
        except TelegramError as failed:
            raise not_answered(failed) from failed
        return self._bot.username

    async def hook(self) -> Hook:
        """Ask where updates are brought."""
        try:
            told = await self._bot.get_webhook_info()
        except TelegramError as failed:
            raise not_answered(failed) from failed
        return Hook(told.url, told.pending_update_count, told.last_error_date, told.last_error_message or "")

    async def somebody_polls(self) -> bool:
        """Say whether anybody else fetches updates. It ends their poll once, and confirms nothing: no offset is named."""
        try:
            await self._bot.do_api_request(GET_UPDATES, api_kwargs={"timeout": LISTENS, "limit": 1})
        except Conflict as conflict:
            return "webhook" not in conflict.message.lower()
        except TelegramError as failed:
            raise not_answered(failed) from failed
        return False

    async def standing_in(self, address: str) -> Standing:
        """Ask how we stand in a group."""
        try:
            chat = await self._bot.get_chat(int(address))
            member = await self._bot.get_chat_member(int(address), self._bot.id)
        except ChatMigrated:
            return Standing(has_moved=True)
        except TelegramError as failed:
            if failed.message.lower().startswith(("forbidden", "chat not found")):
                return Standing(is_there=False)
            raise not_answered(failed) from failed
        if member.status in (ChatMember.LEFT, ChatMember.BANNED):
            return Standing(is_there=False)
        if not isinstance(member, ChatMemberAdministrator):
            return Standing(has_topics=bool(chat.is_forum), is_administrator=False)
        return Standing(has_topics=bool(chat.is_forum), lacks=tuple(right for right in NEEDED if not getattr(member, right)))
