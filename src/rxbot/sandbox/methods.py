"""The Bot API: every method by name. What a method does not ask for by name is refused, not silently lost."""

from collections.abc import Callable
from typing import Any

from rxbot.sandbox import chats, hook, messages, parameters, profile, reactions, sending, topics, wire
from rxbot.sandbox import refusals as no
from rxbot.sandbox.refusals import Declined
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json


def get_me(telegram: Telegram) -> Json:
    return wire.me(telegram.bot)


METHODS: dict[str, Callable[..., Any]] = {
    "getMe": get_me,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "copyMessage": sending.copy_message,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "pinChatMessage": messages.pin_chat_message,
    "setMessageReaction": reactions.set_message_reaction,
    "answerCallbackQuery": messages.answer_callback_query,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.close_forum_topic,
    "reopenForumTopic": topics.reopen_forum_topic,
    "deleteForumTopic": topics.delete_forum_topic,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setWebhook": hook.set_webhook,
    "deleteWebhook": hook.delete_webhook,
    "getWebhookInfo": hook.get_webhook_info,
}
BY_NAME = {name.lower(): method for name, method in METHODS.items()}


def call(telegram: Telegram, name: str, raw: Json) -> Any:
    """Carry out a call and return its result, or raise why not; names are read in any case, as Telegram does."""
    telegram.calls.append((name, raw))
    refuse_on_purpose(telegram, name)
    method = BY_NAME.get(name.lower())
    if not method:
        raise Declined(no.not_here(f"method {name}") if name.lower() in ELSEWHERE else no.NOT_FOUND)
    if "chat_id" not in raw and "chat_id" in parameters.names(method):
        raise Declined(no.CHAT_ID_EMPTY)
    return method(telegram, **parameters.read(method, raw))


def refuse_on_purpose(telegram: Telegram, name: str) -> None:
    """Raise what `refuse_next` has put in the way of this method."""
    if waiting := telegram.troubles.get(name.lower()):
        raise Declined(waiting.pop(0))


# Telegram has these too; here they are refused by name, so that nobody takes them for a slip of the pen.
ELSEWHERE = frozenset(
    """
    addStickerToSet answerGuestQuery answerInlineQuery answerPreCheckoutQuery answerShippingQuery
    answerWebAppQuery approveChatJoinRequest approveSuggestedPost banChatMember banChatSenderChat
    closeGeneralForumTopic convertGiftToStars copyMessages createChatInviteLink createChatSubscriptionInviteLink
    createInvoiceLink createNewStickerSet declineChatJoinRequest declineSuggestedPost deleteAllMessageReactions
    deleteBusinessMessages deleteChatPhoto deleteChatStickerSet deleteMessageReaction deleteMessages
    deleteMyCommands deleteStickerFromSet deleteStickerSet deleteStory editChatInviteLink
    editChatSubscriptionInviteLink editGeneralForumTopic editMessageChecklist
    editMessageLiveLocation editMessageMedia editStory editUserStarSubscription exportChatInviteLink
    forwardMessage forwardMessages getAvailableGifts getBusinessAccountGifts getBusinessAccountStarBalance
    getBusinessConnection getChatGifts getChatMemberCount getChatMenuButton getCustomEmojiStickers getFile
    getForumTopicIconStickers getGameHighScores getManagedBotAccessSettings getManagedBotToken
    getMyDefaultAdministratorRights getMyDescription getMyName getMyShortDescription getMyStarBalance
    getStarTransactions getStickerSet getUserChatBoosts getUserGifts getUserPersonalChatMessages
    getUserProfileAudios getUserProfilePhotos giftPremiumSubscription hideGeneralForumTopic leaveChat logOut
    postStory promoteChatMember readBusinessMessage refundStarPayment removeBusinessAccountProfilePhoto
    removeChatVerification removeMyProfilePhoto removeUserVerification reopenGeneralForumTopic
    replaceManagedBotToken replaceStickerInSet repostStory restrictChatMember revokeChatInviteLink
    savePreparedInlineMessage savePreparedKeyboardButton sendAnimation sendAudio sendChatAction sendChecklist
    sendContact sendDice sendGame sendGift sendInvoice sendLivePhoto sendLocation sendMediaGroup
    sendMessageDraft sendPaidMedia sendPhoto sendPoll sendSticker sendVenue sendVideo sendVideoNote sendVoice
    setBusinessAccountBio setBusinessAccountGiftSettings setBusinessAccountName setBusinessAccountProfilePhoto
    setBusinessAccountUsername setChatAdministratorCustomTitle setChatDescription setChatMemberTag
    setChatMenuButton setChatPermissions setChatPhoto setChatStickerSet setChatTitle
    setCustomEmojiStickerSetThumbnail setGameScore setManagedBotAccessSettings
    setMyDefaultAdministratorRights setMyName setMyProfilePhoto setPassportDataErrors setStickerEmojiList
    setStickerKeywords setStickerMaskPosition setStickerPositionInSet setStickerSetThumbnail setStickerSetTitle
    setUserEmojiStatus stopMessageLiveLocation stopPoll transferBusinessAccountStars transferGift
    unbanChatMember unbanChatSenderChat unhideGeneralForumTopic unpinAllChatMessages unpinAllForumTopicMessages
    unpinAllGeneralForumTopicMessages unpinChatMessage upgradeGift uploadStickerFile verifyChat verifyUser close
    """.lower().split()
)
