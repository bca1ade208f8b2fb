"""Words as we compare them: without case, accents and plural endings."""

import re
from itertools import pairwise
from unicodedata import combining, normalize

WORD = re.compile(r"[^\W_]+")
APOSTROPHE = re.compile(r"['’](s\b)?")
SILENT = frozenset({
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "for", "from",
    "has", "have", "if", "in", "into", "is", "it", "its", "may", "more", "not", "of", "on", "or", "our", "over", "per",
    "so", "some", "such", "that", "the", "their", "them", "there", "these", "they", "this", "through", "to", "up", "us",
    "very", "was", "we", "what", "when", "where", "who", "will", "with", "within", "you", "your",
})  # fmt: skip


UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Give the text without case and accents."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter)).translate(UNDECOMPOSED)


def stems(text: str) -> list[str]:
    """Give the telling words of a text, in order."""
    return [stem(word) for word in WORD.findall(APOSTROPHE.sub("", fold(text))) if word not in SILENT]


def stem(word: str) -> str:
    """Take off a plural ending. Crude on purpose: both sides of a comparison are treated alike."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def phrases(text: str) -> frozenset[str]:
    """Give every telling word and every two that stand together."""
    words = stems(text)
    return frozenset((*words, *map(" ".join, pairwise(words))))
