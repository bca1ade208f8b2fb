"""Expect a refusal in the very words of Telegram; the client changes the case of some letters."""

import re

import pytest
from telegram.error import BadRequest


def refused(words: str) -> pytest.RaisesExc[BadRequest]:
    return pytest.raises(BadRequest, match=f"(?i)^{re.escape(words.removeprefix('Bad Request: '))}$")
