"""Typed words made comparable: one form for every way a phone may write the same thing."""

import re
import unicodedata
from functools import cached_property, lru_cache

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None}
)


class _Bare(dict[int, int | str | None]):
    """Folds Arabic variants; drops accents and signs nobody sees. It learns each sign when it first meets it."""

    def __missing__(self, code: int) -> int | None:
        sign = chr(code)
        self[code] = kept = None if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf" else code
        return kept


_BARE = _Bare(_ARABIC)
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ′`´＇")  # as keyboards write them
_DIGITS = re.compile(r"[^\D0-9]")
_NOT_WORDS = re.compile(r"[^\w\s]+|_")


class Said(str):
    """Words somebody typed. Their plain form is made once, however often they are compared, and is gone when they are."""

    @cached_property
    def folded(self) -> str:
        return _folded(self)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        return tuple(map(_folded, self.split()))


def plain(words: str) -> str:
    """Fold case, compatibility forms, accents, digits, Arabic spelling variants, punctuation, invisible signs and blanks."""
    return words.folded if isinstance(words, Said) else _folded(words)


def plain_parts(words: str) -> tuple[str, ...]:
    """Fold each word between blanks by itself: as many as there are, some of them nothing."""
    return words.parts if isinstance(words, Said) else tuple(map(_folded, words.split()))


def _folded(words: str) -> str:
    joined = words.translate(_APOSTROPHES)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", joined).casefold().replace("ı", "i"))
    return " ".join(_NOT_WORDS.sub(" ", _DIGITS.sub(_digit, folded.translate(_BARE))).split())


def _digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))


@lru_cache(maxsize=32_768)
def plain_label(label: str) -> str:
    """Fold words of our pages, which are compared with every message. What people type is never remembered."""
    return plain(label)


def number(words: str) -> int | None:
    """Read a whole number in any script's digits; None when the words are not just a number."""
    bare = words.strip().rstrip(".)").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 10 else None
