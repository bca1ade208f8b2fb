"""Read what "anyone" has where a record goes on to say so: "anyone concerned about or infected by HIV" is not anybody."""

import re
from collections.abc import Iterator
from itertools import chain

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Asked
from rxbot.directory.rules.circumstances import CONDITIONS
from rxbot.directory.rules.close_ones import CLOSE_ONES
from rxbot.directory.rules.named import named_in
from rxbot.directory.rules.sentences import first_sentence_of, sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import fold

ANYONE_WHO = Telling(
    r"\b(?:any|every) ?(?:one|body)(?: who)?(?: is| has| are)?(?: been)?(?: \w+ly)? "
    r"(?:(?:(?:concerned|worried) about|affected by|harmed by|hurt by|troubled by"
    r"|infected (?:by|with)|impacted by|touched by|diagnosed with|suffering (?:from|with|of)"
    r"|(?:living|struggling|coping|dealing) with|recovering from|at risk of|suffered through)(?:,? (?:and|or|&) )?"
    r"|(?:concerned|affected|infected)/)+"
    r"|\b(?:any|every) ?(?:one|body) (?:concerned about|affected|impacted|touched) or (?:infected|affected|impacted) by ",
    needs="one|body",
)
HAD = CONDITIONS | {"smoker", "gambling", "homeless", "domestic_violence"}
SOMEBODY_ELSE = Telling(rf"\b(?:else|another|others?|{CLOSE_ONES}|their child)\b")
"""What somebody close to them has is another matter."""


def had_by_anyone(service: Service) -> Iterator[Asked]:
    """Give what anyone has whom a field or a plain sentence of the description names so."""
    fields = chain.from_iterable(map(sentences_of, (service.eligibility_description, *service.audience)))
    first = first_sentence_of(service.description)
    told = (first, *(one.sentence for one in told_in(service.description).plainly))
    for sentence in dict.fromkeys((*fields, *(() if OPEN.search(fold(service.description)) else told))):
        if had := _had(fold(sentence)):
            yield Asked(had, sentence)


OPEN = Telling(r"\bopen to (?:all|every|the (?:general )?public)\b|\bgeneral public\b", needs="open to|public")

OTHERWISE = re.compile(r",| or ")


def _had(words: str) -> frozenset[str]:
    found = ANYONE_WHO.search(words)
    after = words[found.end() :].split(". ")[0] if found else ""
    first = frozenset(named_in(OTHERWISE.split(after)[0])) & HAD
    return frozenset(named_in(after)) & HAD if first and not SOMEBODY_ELSE.search(after) else frozenset()
