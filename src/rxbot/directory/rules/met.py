"""Say whether all that a record writes of whom it is for is met already: by what somebody said, chose or needs.

A question that is asked of everybody is read by nobody. So "unpaid carers" is no question to who just said that they care, nor
"anyone who is short of food" to who needs food. Whatever else limits it stays one: a number, a place, an illness.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from rxbot.directory.model import Need, Service
from rxbot.directory.rules.areas import areas_of
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import Known
from rxbot.directory.rules.named import named_in, without
from rxbot.directory.rules.record import Rules
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.whom import LIMITS_NOBODY, SAID_BY_THE_WAY, whom_texts
from rxbot.directory.stems import SILENT_STEMS, fold, stems

TOLD_BY_A_NEED = frozenset({"carer", "unemployed", "volunteer"})
"""What somebody says with a need as plainly as if they were asked; that they are poor, ill or in danger, they do not."""
OWN_CHOICE = re.compile(
    r"\bwho(?:ever)? (?:would like|wants?|wish(?:es)?|(?:is|are) interested in)\b[^.;,]*"
    r"|\bwho needs? (?:it|them|one|help|support)\b"
)
WITH_THEM = re.compile(
    r",? and (?:(?:their|the) (?:famil(?:y|ies)|(?:unpaid )?carers?|children|households?)|(?:their )?friends)\b"
)
OTHERWISE = re.compile(r",? or (?=any|people\b|those\b|adults\b|famil)")
CARES_FOR_SOME = re.compile(r"\bcare(?:r|rs|givers?) (?:of|for)\b|\bcar(?:e|es|ing) for (?!someone\b|somebody\b)")
CHILDREN_OF_AN_AGE = re.compile(r"\b(?:child|children|bab(?:y|ies))\b[^.;]*\d")
WOMEN_OR_MEN = re.compile(r"\b(?:wom[ae]n|m[ae]n|females?|males?|ladies|girls|boys)\b")
NEEDING = frozenset(stems("short need lack seek look struggle worry feel hard difficult find without want trouble"))
"""Words of wanting: with the words of what somebody needs (`keywords` and `whom` of dialogs/needs.yaml), they say no more
than that they need it. They are of the English that directories are written in, as all of these rules, and of no need."""
FILLERS = frozenset(stems("unpaid one someone somebody other"))


def is_met(
    service: Service, rules: Rules, known: Known, gender: Gender | None, needs: Iterable[Need], words: Iterable[str]
) -> bool:
    """Say whether nothing is left to ask of whom a record is for; `words` are what somebody said would help most."""
    met = known.said | (known.has & TOLD_BY_A_NEED)
    texts = [sentence for text in whom_texts(service) for sentence in sentences_of(text) or (text,)]
    if not texts or any(met.isdisjoint(asked) for asked in rules.asked) or (rules.genders and gender not in rules.genders):
        return False
    needs = tuple(needs)
    says = frozenset(stems(" ".join(word for need in needs for word in need.whom)))
    sought = frozenset(stems(" ".join((*(word for need in needs for word in need.keywords), *words)))) | says
    silent = LIMITS_NOBODY | FILLERS | says | frozenset(stems(" ".join(areas_of(service))))
    return all(any(_limits_nobody(part, met, silent, sought) for part in _parts(text)) for text in texts)


def _parts(sentence: str) -> Iterator[str]:
    """Give each group of people of whom one has to be somebody's own, without those who come along and what is by the way."""
    words = WITH_THEM.sub("", OWN_CHOICE.sub("", SAID_BY_THE_WAY.sub("", fold(sentence))))
    yield from OTHERWISE.split(WOMEN_OR_MEN.sub("", words))


def _limits_nobody(part: str, met: Collection[str], silent: Collection[str], sought: Collection[str]) -> bool:
    unmet = {*named_in(part)} - {"anybody", *met}
    if unmet or CARES_FOR_SOME.search(part) or CHILDREN_OF_AN_AGE.search(part):
        return False
    left = {word for word in without(part, met) if word not in SILENT_STEMS and word not in silent and not word[0].isdigit()}
    return left <= NEEDING | frozenset(sought) if left & NEEDING else not left
