"""The bot everybody begins with: python-telegram-bot, with what it does if nobody says otherwise. It says what it was told."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(update.message.text or "")


application = Application.builder().token(os.environ["TOKEN"]).base_url(f"{os.environ['API']}/bot").build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling()
