"""Read who may come from below a heading within a description: "WHO IS ELIGIBLE?" does what a field of its own does elsewhere."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from rxbot.directory.model import Service
from rxbot.directory.rules.sentences import bare, first_sentence_of
from rxbot.directory.stems import fold

BEGINS, ENDS = r"(?i:(?:(?<=[.!?;)]\s)|^)\W*(?:", r")\s*(?:[?:]|[-–]\s|$)\s*)"
WHO_MAY_COME = re.compile(
    rf"{BEGINS}who (?:(?:is|are) (?:eligible|it for|this for|the (?:group|service|program(?:me)?|class) for)"
    r"|(?:can|may|should) (?:apply|join|attend|come|participate|take part|be referred)|qualifies|(?:it|this) is for)"
    rf"|(?:(?:participant|client|patient|program) )?eligibility(?: (?:criteria|requirements?|guidelines))?{ENDS}"
)
OF_AGE = re.compile(rf"{BEGINS}ages?(?: (?:range|group|limit|requirement)s?| served)?{ENDS}")
LETTERS = re.compile(r"who |eligib|\bages?\b")
LINES = 6
"""So many lines of a list below a heading are read."""


def eligibility_of(service: Service) -> str:
    """Give the text on who may come: of its own field, or else from below the one heading in the description that asks for it."""
    return service.eligibility_description or below_a_heading(service.description)


@lru_cache(maxsize=4096)
def below_a_heading(description: str) -> str:
    """Give what stands below the one heading that asks who may come, or else how old they are; nothing where there are more."""
    if not LETTERS.search(fold(description)):
        return ""
    lines = [line.strip() for line in description.replace("\\n", "\n").split("\n")]
    found = [(place, one.end()) for place, line in enumerate(lines) for one in WHO_MAY_COME.finditer(line)]
    found = found or [(place, one.start()) for place, line in enumerate(lines) for one in OF_AGE.finditer(line)]
    if len(found) != 1:
        return ""
    place, at = found[0]
    return first_sentence_of(lines[place][at:]) or "\n".join(islice(_list_of(lines[place + 1 :]), LINES))


def _list_of(lines: list[str]) -> Iterator[str]:
    """Give the lines below a heading, up to the next heading or to what stands apart from them."""
    begun = False
    for line in lines:
        if (begun and not line) or line.isupper() or line.endswith((":", "?")):
            return
        if line:
            begun = True
            yield bare(line)
