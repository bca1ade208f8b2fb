"""Typed words made comparable: one form for every way a phone may write the same thing."""

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None}
)
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ′`´＇")  # as keyboards write them
_DIGITS = re.compile(r"[^\D0-9]")
_NOT_WORDS = re.compile(r"[^\w\s]+|_")


def plain(words: str) -> str:
    """Fold case, compatibility forms, accents, digits, Arabic spelling variants, punctuation, invisible signs and blanks."""
    joined = words.translate(_APOSTROPHES)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", joined).casefold().replace("ı", "i"))
    bare = "".join(c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf").translate(_ARABIC)
    return " ".join(_NOT_WORDS.sub(" ", _DIGITS.sub(_digit, bare)).split())


def _digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))


@lru_cache(maxsize=8192)
def plain_label(label: str) -> str:
    """Fold a label of ours, which is compared with every message. What people type is never remembered."""
    return plain(label)


def number(words: str) -> int | None:
    """Read a whole number in any script's digits; None when the words are not just a number."""
    bare = words.strip().rstrip(".)").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 10 else None
