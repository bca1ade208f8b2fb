"""The short code of an invitation, typed where there is no camera: how it looks, is kept, and how often one may miss.

Eight of 24 signs make 110 thousand million codes. An account that may try ten of them a day never finds one.
"""

import secrets
import unicodedata
from datetime import datetime
from hashlib import sha256
from hmac import HMAC

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same

from rxbot.dialog.plain import plain
from rxbot.store.tables import wrong_code
from rxbot.store.unit import Unit

SIGNS = "23456789CDFHJKMNPQRTVWXY"  # none that looks like another, and no vowels, so that no code is a word
LENGTH = 8
MOST_WRONG = 10  # a day


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
    return _keyed(unit, "short code", code)


def may_try(unit: Unit, account: str, now: datetime) -> bool:
    """Say whether codes of this account are still looked up today."""
    count = unit.execute(select(wrong_code.c.count).where(wrong_code.c.account == _of_today(unit, account, now))).scalar()
    return (count or 0) <= MOST_WRONG


def note_wrong(unit: Unit, account: str, now: datetime) -> None:
    """Count a wrong code."""
    day = now.date()
    first = insert(wrong_code).values(account=_of_today(unit, account, now), day=day, count=1)
    unit.execute(first.on_conflict_do_update(index_elements=["account"], set_={"count": wrong_code.c.count + 1}))


def forget_old(unit: Unit, now: datetime) -> None:
    """Drop the counts of other days: they keep nobody from trying."""
    unit.execute(delete(wrong_code).where(wrong_code.c.day != now.date()))


def _of_today(unit: Unit, account: str, now: datetime) -> str:
    return _keyed(unit, "wrong codes", f"{now.date()} {account}")


def _keyed(unit: Unit, purpose: str, words: str) -> str:
    return HMAC(unit.keys.derive(purpose), words.encode(), sha256).hexdigest()
