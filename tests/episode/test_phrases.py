"""The standing phrases: each is said somewhere."""

import re
from pathlib import Path

from rxbot.episode import phrases
from rxbot.message import Phrase

SRC = Path(phrases.__file__).parents[1]
NAMED = re.compile(r"\bphrases\.([A-Z_0-9]+)")
IMPORTED = re.compile(r"from rxbot\.episode\.phrases import (\([^)]*\)|[^\n]*)")


def test_every_standing_phrase_is_used_somewhere() -> None:
    """A phrase that is never said still has to be translated and reviewed. Those for codes are reached by their code."""
    pages = [path.read_text("utf-8") for path in SRC.rglob("*.py")]
    used = {name for page in pages for name in NAMED.findall(page)}
    used |= {name for page in pages for names in IMPORTED.findall(page) for name in re.findall(r"\w+", names)}
    assert [name for name, one in vars(phrases).items() if isinstance(one, Phrase) and name not in used] == []
