"""Run an example of a library as it is, with only the server and the token put in from outside.

python run_example.py ptb|aiogram <example.py> <base url of the server> <token> <port for a webhook>
"""

import runpy
import sys
from typing import Any


def for_ptb(base: str, token: str) -> None:
    from telegram.ext import ApplicationBuilder

    with_token = ApplicationBuilder.token

    def with_server(builder: Any, _token: str) -> Any:
        return with_token(builder, token).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")

    ApplicationBuilder.token = with_server


def for_aiogram(base: str, port: int) -> None:
    from aiogram import Bot
    from aiogram.client.session.base import BaseSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiohttp import web

    first_init, set_webhook, run_app = BaseSession.__init__, Bot.set_webhook, web.run_app

    def init(session: BaseSession, *args: Any, **kwargs: Any) -> None:
        first_init(session, *args, **kwargs)
        session.api = TelegramAPIServer.from_base(base)

    def on_this_computer(bot: Bot, url: str, **kwargs: Any) -> Any:
        return set_webhook(bot, url.replace("https://aiogram.dev", f"http://127.0.0.1:{port}"), **kwargs)

    BaseSession.__init__ = init
    Bot.set_webhook = on_this_computer
    web.run_app = lambda app, host, port: run_app(app, host=host, port=int(sys.argv[5]))


if __name__ == "__main__":
    library, example, base, token, port = sys.argv[1:6]
    if library == "ptb":
        for_ptb(base, token)
    else:
        for_aiogram(base, int(port))
    runpy.run_path(example, run_name="__main__")
