"""Look at every text people read, in every language: what a message or a button cannot hold would fail before a person."""

import re
from collections.abc import Iterable

from rxbot.content.complaints import Complaints
from rxbot.content.marks import MARK, PLACE, places, wrong_marks
from rxbot.content.sources import Kind, Source

SMALL_PHONE = 36  # signs on a button of its own row, at the text size phones come with
VEILED = re.compile(r"<tg-spoiler>[^<]*\{step\}[^<]*</tg-spoiler>")


def look_at_sources(sources: Iterable[Source], complaints: Complaints) -> None:
    """Complain of texts of the pages that cannot be shown as they stand."""
    for source in (one for one in sources if one.line):  # standing phrases have no line: our own tests look at them
        page = f"dialogs/{source.path}"
        for place in sorted(set(places(source.english)) - set(source.kind.places)):
            known = f"Known here are {', '.join(source.kind.places)}." if source.kind.places else "Nothing is filled in here."
            complaints.add("D12", page, source.line, f"Nothing fills {{{place}}} in {source.id}.", known)
        look_at_words(source.id, source.english, source.kind, page, source.line, complaints)


def look_at_words(id: str, words: str, kind: Kind, page: str, line: int, complaints: Complaints) -> None:
    """Complain of words, in any language, that Telegram refuses or a phone cannot show."""
    for odd in wrong_marks(words):
        remedy = "Use pairs of <b>, <i>, <u>, <tg-spoiler>; write &lt; for < and &amp; for &."
        complaints.add("D13", page, line, f"Telegram refuses {odd} in {id}.", remedy)
    if "step" in kind.places and "{step}" in VEILED.sub("", words):
        complaints.add("D18", page, line, f"{{step}} stands open in {id}.", "Put it inside <tg-spoiler>, in one pair.")
    signs = len(PLACE.sub("", MARK.sub("", words)))
    if signs > kind.most:
        code, why = ("D15", "a button shows one line") if kind.is_button else ("D14", "it is read on a small phone")
        complaints.add(code, page, line, f"{id} has {signs} signs.", f"Keep it below {kind.most}: {why}.")
    elif kind.is_button and signs > SMALL_PHONE:
        complaints.add("N08", page, line, f"{id} has {signs} signs.", f"A small phone shows {SMALL_PHONE} of them.")
