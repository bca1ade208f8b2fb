"""The same library's own way to hold a conversation and remember it: ConversationHandler with PicklePersistence."""

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

QUESTIONS = ("first", "second")
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("No", callback_data="no")]]
)


async def typed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    assert context.user_data is not None
    asked = context.user_data.get("asked", 0)
    context.user_data.update(asked=1 - asked, said=update.message.text)
    await update.message.reply_text(QUESTIONS[asked], reply_markup=KEYBOARD)
    return asked


async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query
    assert context.user_data is not None
    asked = context.user_data.get("asked", 0)
    context.user_data.update(asked=1 - asked, chose=query.data)
    await query.answer()
    await query.edit_message_reply_markup(InlineKeyboardMarkup([[InlineKeyboardButton("✓ Yes", callback_data="yes")]]))
    await query.message.reply_text(QUESTIONS[asked], reply_markup=KEYBOARD)  # type: ignore[union-attr]
    return asked


application = (
    Application.builder()
    .token(os.environ["TOKEN"])
    .base_url(f"{os.environ['API']}/bot")
    .persistence(PicklePersistence("talk.pickle"))
    .build()
)
words, taps = MessageHandler(filters.TEXT, typed), CallbackQueryHandler(tapped)
application.add_handler(
    ConversationHandler([words, taps], {0: [words, taps], 1: [words, taps]}, [], name="talk", persistent=True, per_message=False)
)
application.run_polling()
