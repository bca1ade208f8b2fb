"""Say the other way round what prose says of ages by whom it shuts out, and in figures what it says in words.

"Nobody under 18 or over 80" is "aged 18 to 80", and "ages eleven to eighteen" is "ages 11 to 18": the rules read those.
"""

import re

from rxbot.directory.rules.telling import Telling

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FIGURES = {
    **{word: number for number, word in enumerate((*UNITS, *TEENS))},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
    **{f"{ten}-{unit}": 10 * tens + units for tens, ten in enumerate(TENS, 2) for units, unit in enumerate(UNITS)},
}
COUNT = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS)}))?|{'|'.join((*TEENS, *UNITS))})"
COUNTS = re.compile(rf"\b{COUNT}\b")
AGE_IN_WORDS = Telling(
    rf"\bage[sd]?:? (?:of )?(?:from |between )?{COUNT}(?:(?: ?[-–] ?| to | through | and )(?!one\b){COUNT})?\b(?! hundred)"
    rf"|\b{COUNT}(?:(?: ?[-–] ?| to | through | and )(?!one\b){COUNT})?"
    r"(?=(?:[- ]years?)?,? (?:and|or) (?:over|older|above|under|younger|below)\b|[- ]years?[- ](?:old|of age)\b)",
    needs="age|old|over|above|under|younger|below",
)
"""How ages are written out. Other numbers in words are of something else."""
NOT_WHOM = (
    r"(?:nobody|no ?one|(?<!with )(?<!have )(?<!has )no (?:persons?|adults?|people|clients?|participants?|individuals?|children"
    r"|kids|minors|teens|youth)"
    r"|not (?:currently |yet )?(?:open|available|suitable|appropriate|intended|suited|designed|aimed|able) (?:to|for|at)"
    r"(?: (?:take|accept|help|serve|admit|see|support))?"
    r"|(?:can ?not|can't|do not|does not|don't|doesn't|unable to) (?:take|accept|help|serve|admit|see|support|treat|work with))"
    r"(?: (?:any|those|people|anyone|anybody|children|young people|persons|adults|clients|patients|participants|individuals"
    r"|who are|who is|aged?))*"
)
UNDER = r"(?:under|below|younger than)[ -](?:the )?(?:age )?(?:of )?"
OVER = r"(?:over|above|older than)[ -](?:the )?(?:age )?(?:of )?"
OF_SOMETHING_ELSE = (
    r"\b(?!\s*(?:%|[,.]\d|per ?cent|kgs?\b|kilos?\b|stones?\b|lbs?\b|pounds?\b|hours?|minutes?|days?|weeks?|months?|miles?|km))"
)
NOT_THOSE = Telling(
    rf"\b{NOT_WHOM} (?:{UNDER}(?P<low>\d\d?)s?(?: (?:or|and|nor) {OVER}(?P<high>\d\d)s?)?"
    rf"|{OVER}(?P<highest>\d\d)s?(?: (?:or|and|nor) {UNDER}(?P<lowest>\d\d?)s?)?){OF_SOMETHING_ELSE}",
    needs="nobody|no one|noone|no p|no adult|no c|no indiv|no kid|no minor|no teen|no youth|not |n't |unable",
)
THOSE_NOT = Telling(
    rf"\b{UNDER}(\d\d?)s? (?:years? (?:old|of age) )?(?:are |is |will |may )?(?:not|cannot) (?:be )?"
    r"(?:admitted|allowed|accepted|permitted|eligible|taken|served)\b",
    needs="not",
)


NOTHING_BUT = Telling(
    r"^(?:none|no (?:other |special |eligibility )?(?:restrictions?|requirements?)|(?:open to )?(?:all|any ?one|every ?one)),? "
    r"(?:except|other than|but|only)(?: that)?(?: (?:all |the )?(?:clients|applicants|participants|patients|people|they|you))? "
    r"(?:must|have to|need to) (?!(?:have|bring|show|call|register|make|pay|sign|complete|provide)\b)",
    needs="except|other than|but|only",
)
"""How a sentence says that there is one rule: "None, except must be 18". What is asked for one part alone is put otherwise."""


def with_its_rule(words: str) -> str:
    """Give folded words of whom something is for with the one rule they make, where they say first that there is none."""
    return NOTHING_BUT.sub("must ", words)


def turned_round(words: str) -> str:
    """Give folded words with their ages in figures, and said of those who may come."""
    return THOSE_NOT.sub(r"aged \1 or over", NOT_THOSE.sub(_those_left, AGE_IN_WORDS.sub(_in_figures, words)))


def _in_figures(found: re.Match[str]) -> str:
    return COUNTS.sub(lambda count: str(FIGURES[count[0].replace(" ", "-")]), found[0])


def _those_left(found: re.Match[str]) -> str:
    """Give the ages of those who are not shut out."""
    low, high = found["low"] or found["lowest"], found["high"] or found["highest"]
    return f"aged {low} to {high}" if low and high else f"aged {low} or over" if low else f"aged {high} or under"
