"""The short code of an invitation, typed where there is no camera: how it looks, and how it is kept.

Eight of 24 signs make 110 thousand million codes. An account that may try ten of them a day (`wrong_tries.py`) never finds one.
"""

import secrets
import unicodedata
from hashlib import sha256
from hmac import HMAC

from rxbot.dialog.plain import plain
from rxbot.store.unit import Unit

SIGNS = "23456789CDFHJKMNPQRTVWXY"  # none that looks like another, and no vowels, so that no code is a word
LENGTH = 8


def new_code() -> str:
    """Make a code."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Write a code in two halves, as people copy it."""
    return f"{code[:4]}-{code[4:]}"


def code_in(words: str) -> str | None:
    """Read a code as people type it: in any case, in any digits, with or without dash and blanks."""
    typed = plain(words).replace(" ", "").upper()
    if len(typed) != LENGTH:
        return None
    code = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed)
    return code if set(code) <= set(SIGNS) else None


def hashed(unit: Unit, code: str) -> str:
    """Give the form in which a code is kept. Keyed: whoever holds only the data could try all codes on a plain hash."""
    return HMAC(unit.keys.derive("short code"), code.encode(), sha256).hexdigest()
