"""The Bot API: every method by name. What a method does not ask for by name is refused, not silently lost."""

from collections.abc import Callable
from typing import Any

from rxbot.sandbox import (
    chats,
    files,
    general,
    hook,
    limits,
    media,
    messages,
    parameters,
    places,
    profile,
    reactions,
    sending,
    topics,
    wire,
)
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
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "sendMessage": sending.send_message,
    "sendDocument": media.send_document,
    "sendPhoto": media.send_photo,
    "sendVoice": media.send_voice,
    "sendLocation": places.send_location,
    "sendVenue": places.send_venue,
    "sendContact": places.send_contact,
    "sendChatAction": chats.send_chat_action,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "getFile": files.get_file,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "unpinChatMessage": messages.unpin_chat_message,
    "pinChatMessage": messages.pin_chat_message,
    "setMessageReaction": reactions.set_message_reaction,
    "answerCallbackQuery": messages.answer_callback_query,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.close_forum_topic,
    "reopenForumTopic": topics.reopen_forum_topic,
    "deleteForumTopic": topics.delete_forum_topic,
    "closeGeneralForumTopic": general.close_general_forum_topic,
    "reopenGeneralForumTopic": general.reopen_general_forum_topic,
    "hideGeneralForumTopic": general.hide_general_forum_topic,
    "unhideGeneralForumTopic": general.unhide_general_forum_topic,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "getMyDescription": profile.get_my_description,
    "getMyShortDescription": profile.get_my_short_description,
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
    method = BY_NAME.get(name.lower())
    if not method:
        raise Declined(no.not_here(f"method {name}") if name.lower() in ELSEWHERE else no.NOT_FOUND)
    if "chat_id" not in raw and "chat_id" in parameters.names(method):
        raise Declined(no.CHAT_ID_EMPTY)
    return within_limits(telegram, name, raw, lambda: method(telegram, **parameters.read(method, raw)))


def within_limits(telegram: Telegram, name: str, raw: Json, carry_out: Callable[[], Any]) -> Any:
    """Carry out a call unless too much was sent lately; only what succeeds is counted."""
    if not telegram.limits or not limits.counts(name):
        return carry_out()
    chat = limits.chat_of(raw)
    if seconds := telegram.limits.wait(chat, telegram.time):
        raise Declined(no.too_many_requests(seconds))
    result = carry_out()
    telegram.limits.note(chat, telegram.time)
    return result


# Telegram has these too; here they are refused by name, so that nobody takes them for a slip of the pen.
ELSEWHERE = frozenset(
    """
    addStickerToSet answerGuestQuery answerInlineQuery answerPreCheckoutQuery answerShippingQuery
    answerWebAppQuery approveChatJoinRequest approveSuggestedPost banChatMember banChatSenderChat
    convertGiftToStars copyMessages createChatInviteLink createChatSubscriptionInviteLink createInvoiceLink
    createNewStickerSet declineChatJoinRequest declineSuggestedPost deleteAllMessageReactions
    deleteBusinessMessages deleteChatPhoto deleteChatStickerSet deleteMessageReaction deleteStickerFromSet
    deleteStickerSet deleteStory editChatInviteLink editChatSubscriptionInviteLink editGeneralForumTopic
    editMessageChecklist editMessageLiveLocation editMessageMedia editStory editUserStarSubscription
    exportChatInviteLink forwardMessages getAvailableGifts getBusinessAccountGifts getBusinessAccountStarBalance
    getBusinessConnection getChatGifts getChatMenuButton getCustomEmojiStickers getForumTopicIconStickers
    getGameHighScores getManagedBotAccessSettings getManagedBotToken getMyDefaultAdministratorRights
    getMyStarBalance getStarTransactions getStickerSet getUserChatBoosts getUserGifts
    getUserPersonalChatMessages getUserProfileAudios getUserProfilePhotos giftPremiumSubscription logOut
    postStory promoteChatMember readBusinessMessage refundStarPayment removeBusinessAccountProfilePhoto
    removeChatVerification removeMyProfilePhoto removeUserVerification replaceManagedBotToken
    replaceStickerInSet repostStory restrictChatMember revokeChatInviteLink savePreparedInlineMessage
    savePreparedKeyboardButton sendAnimation sendAudio sendChecklist sendDice sendGame sendGift sendInvoice
    sendLivePhoto sendMediaGroup sendMessageDraft sendPaidMedia sendPoll sendSticker sendVideo sendVideoNote
    setBusinessAccountBio setBusinessAccountGiftSettings setBusinessAccountName setBusinessAccountProfilePhoto
    setBusinessAccountUsername setChatAdministratorCustomTitle setChatDescription setChatMemberTag
    setChatMenuButton setChatPermissions setChatPhoto setChatStickerSet setChatTitle
    setCustomEmojiStickerSetThumbnail setGameScore setManagedBotAccessSettings setMyDefaultAdministratorRights
    setMyProfilePhoto setPassportDataErrors setStickerEmojiList setStickerKeywords setStickerMaskPosition
    setStickerPositionInSet setStickerSetThumbnail setStickerSetTitle setUserEmojiStatus stopMessageLiveLocation
    stopPoll transferBusinessAccountStars transferGift unbanChatMember unbanChatSenderChat unpinAllChatMessages
    unpinAllForumTopicMessages unpinAllGeneralForumTopicMessages upgradeGift uploadStickerFile verifyChat
    verifyUser close
    """.lower().split()
)
