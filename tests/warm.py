"""What every process of ours would import first: imported once, by the server that forks them. Starting anew takes seconds."""

from datetime import date

import rxbot.__main__
import rxbot.app
import rxbot.doctor  # noqa: F401
from rxbot.channels.telegram.request import _trusted
from rxbot.content.load import load, shipped

load(shipped(), date(2026, 3, 2))
_trusted()
