"""Read what kind of price a text on fees tells of, and how much.

Such a text says much in few words: "None, donations welcome. $5 for materials". It is read clause by clause, and what its
clauses tell of together is the kind of price; what is free for some alone is left open.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rxbot.directory.rules.costs import Cost, Money
from rxbot.directory.rules.sentences import is_english
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

FREE = re.compile(r"\bfree\b")
OF_SOME = (
    r"some|most|many|first|initial|introductory|trial|limited|members?|if|unless|except for|while|depending|qualif\w+"
    r"|eligible|reduced|discount\w*|low[- ]cost"
)
"""Beside these words something is free for some alone, or a part of it is."""

MEANS = Telling(
    r"sliding|according to .{0,40}\bincome|(?:based|depend\w*|determined|calculated) (?:up)?on .*\bincome"
    r"|by income|\bfree (?:if|for|to)\b[^.;]{0,40}\b(?:low incomes?|incomes? (?:is|are) low|on benefits)"
    r"|ability to pay|means[- ]tested|income[- ](?:based|related)|\d+% of .*\bincome|inability to pay"
    r"|able to pay|(?:turned away|denied|refused) .*\b(?:funds|pay|money)"
    r"|\bfree (?:if|for) .*\bincomes?\b.*\b(?:otherwise|others?|else)\b"
    r"|\bfree (?:if|for|to)\b[^.;]{0,60}\b(?:universal credit|income support|low wages?|out of work|unemployed)\b",
    needs="sliding|income|to pay|means|turned away|denied|refused|on benefits|universal credit|low wage|out of work|unemployed",
)
HELP_TO_PAY = Telling(
    r"\bpay[- ]what[- ]you[- ](?:can|want|like|wish)\b"
    r"|(?<!limited number of )(?<!college )\bscholarships?\b(?! fund| essay)(?=.{0,40}\b(?:available|ask|offered|unable)\b)"
    r"|\bscholarships?,? ask\b|\bscholarship covers\b|\bfinancial (?:aid|assistance|help) (?:is )?(?:available|offered)\b"
    r"|\bsubsid(?:y|ies) (?:are )?available\b|\bfee waivers?\b"
    r"|\bwaived\b.{0,30}\b(?:low[- ]income|need|hardship|unable|tight|afford|request)\b"
    r"|\b(?:or|otherwise) nothing\b|\bif you (?:have (?:it|them)|can(?: afford it| spare it)?)(?=$|[,;.)])",
    needs="what|scholarship|financial|subsid|waive|nothing|if you",
)
"""How a price says that who cannot pay it is helped."""
GIFT = re.compile(r"donation|donate|voluntary contribution|what you can|freewill|free-will")
GIFT_AS_WELL = re.compile(r"plus .*donation|donation .*(?:required|plus)")
FREE_FOR_SOME = Telling(
    r"\b(?:students?|members?|residents?|seniors?|carers?|concessions?|refugees?|unemployed|unwaged|first (?:visit|session))"
    r"(?: (?:are|is|get in|go))? free\b|\bfree (?:for|to) (?:students?|members?|residents?|seniors?|carers?|refugees?)\b",
    needs="free",
)
"""Who some people are of whom nothing is taken: whoever asks may be one of them."""
DUES = re.compile(r"\bdues\b|\bmemberships?\b(?! type)|\bjoining fee")
IN_NUMBERS = re.compile(r"[$£€]\s?\.?\d|\b\d+(?:\.\d\d)?\s?(?:pounds?|dollars?|euros?|p|usd|gbp|eur)\b")
NO_MONEY = re.compile(r"[$£€]\s?0(?:\.00?)?(?: per \w+)?$")
NOTHING = Telling(
    r"^(?:none|nil|no|free|gratis|complimentary|n/?c)$"
    r"|^(?:(?:costs?|fees?|charges?|price|admission|entry)(?: is)?:? )?[$£€]\s?0(?:\.00?)?(?: per \w+)?$"
    r"|^(?:none|no (?:service |user |membership |dues or )?(?:fees?|charges?|costs?)|free(?: of charge)?)(?:\W|$)"
    r"|(?:\b(?:is|are|provided|offered|available|given|completely|entirely|all|always|services?|classes|programs?"
    r"|sessions?) )free\b"
    r"|\bfree of (?:charge|cost)|\bat no (?:\w+ )?(?:charge|cost|fee)|\bno (?:fees?|charges?|costs?)\b|without (?:charge|cost)"
    r"|\bfree (?:to|for) (?:all|everyone|everybody|anyone|anybody|the public|use)\b|\bfree (?:service|program|programme|entry"
    r"|admission)",
    needs="no|nil|free|gratis|complimentary|n/c|nc|without|$|£|€",
)
FOR_SOME = re.compile(
    rf"\b(?:{OF_SOME}|except|excluded?|excluding|other than|apart from|several|certain|usually|generally|often|sometimes|may|only"
    r"|until|on (?:mon|tue|wed|thu|fri|sat|sun)\w*|before|after|children|under|over|aged?|seniors?|students?|residents?|parking"
    r"|consultation|estimates?|applications?|small|nominal|minimal|low|var(?:y|ies))\b"
    r"|^(?:none|no fees?|no charges?|no costs?|free) (?:for|to|in|when|with|of)(?! charge| cost)"
)
"""A text on fees names there whom it is free for, and when; a description does so for many other reasons."""
FOR_ALL = re.compile(
    r"^(?:none|no (?:fees?|charges?|costs?)|free)(?: of charge)? (?:to|for) (?:the )?(?:(?:general )?public|consumers?"
    r"|clients?|anyone"
    r"|everyone|everybody|all|users?|participants?|patients?|famil(?:y|ies)|individuals?|callers?|service|services|victims?"
    r"|survivors?|veterans?)\W*$"
)
A_YEAR = re.compile(r"(?:/|\b(?:per|a|each) )(?:year|yr)\b|\bannual(?:ly)?\b|\byearly\b")
SMALL_A_YEAR = 60
OF_AN_AGE = re.compile(r"\b(?:age[sd]?:? \d|under \d|over \d|\d+ (?:or|and) (?:under|over|younger|older))")
CHARGED = re.compile(
    r"\b(?:fees?|charges?|charged|costs?|tuition|rents?|fares?|co-?pay\w*|tickets?|prices?|deposit|purchase\w*|vary|varies)\b"
)
INSURERS = re.compile(
    r"\bmedi-?cal\b|\bmedicaid\b|\bdenti-?cal\b|\bchip\b|\bmedi-?care\b"
    r"|\binsurances?\b|\bhmos?\b|health maintenance organi[sz]ation|\bppos?\b|\binsurers?\b|managed care"
)
UNINSURED = re.compile(r"\b(?:do(?:es)? not|don.t|not|no longer) (?:accept|take) \w*\s*insurance|no insurance accepted")
WAYS_TO_PAY = Telling(r"(?:^|(?<=[.;] ))[^.;]*\b(?:accepted|acceptable|accpted)\b[^.;]*", needs="accepted|acceptable|accpted")
CLAUSES = re.compile(r"(?<!\d)[.;](?:\s+|$)|(?<=\d)[.;]\s+|\n|,? but |: (?=none\b)")
AMOUNT = re.compile(
    r"([$£€])\s?(\d[\d,]*(?:\.\d+)?|\.\d+)|\b(\d[\d,]*(?:\.\d+)?)\s?(pounds?|dollars?|euros?|usd|gbp|eur)\b|\b(\d{1,3})p\b"
)
PENCE = 100
CURRENCY = {"$": "USD", "£": "GBP", "€": "EUR", "d": "USD", "u": "USD", "p": "GBP", "g": "GBP", "e": "EUR"}


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def read_cost(text: str) -> Cost:
    """Read the kind of price a text on fees tells of. Where one part is free and another is not, it is unknown."""
    if not is_english(text):
        return Cost.UNKNOWN
    words = fold(text).strip()
    clauses = list(_clauses(words))
    kinds = {kind for clause in clauses for kind in _kinds(clause)}
    if Cost.SLIDING in kinds or (kinds <= PRICED and HELP_TO_PAY.search(words)):
        return Cost.SLIDING
    if Cost.FREE in kinds and not any(map(_is_charged, clauses)) and kinds <= {Cost.FREE, Cost.DONATION}:
        return Cost.DONATION if Cost.DONATION in kinds else Cost.FREE
    if kinds & {Cost.FREE, Cost.UNKNOWN} or ({Cost.DONATION, Cost.FIXED} <= kinds and _is_priced_by_age(clauses)):
        return Cost.UNKNOWN
    first = next((kind for kind in (Cost.FIXED, Cost.MEMBERSHIP, Cost.DONATION) if kind in kinds), None)
    return first or (Cost.INSURANCE if _is_insured(words) else Cost.UNKNOWN)


PRICED = {Cost.FIXED, Cost.MEMBERSHIP, Cost.UNKNOWN}


def _clauses(words: str) -> Iterator[str]:
    """Give the parts of a text on fees, without those that tell only how to pay."""
    yield from filter(None, (clause.strip(" .,;") for clause in CLAUSES.split(WAYS_TO_PAY.sub(_without_way, words))))


def _without_way(found: re.Match[str]) -> str:
    """Keep of "none, cash accepted" what is no way to pay: gifts, means and numbers."""
    clause = found[0]
    return clause if GIFT.search(clause) or MEANS.search(clause) or IN_NUMBERS.search(clause) else ""


def _kinds(clause: str) -> Iterator[Cost]:
    """Give every kind of price one clause tells of; UNKNOWN for what is free in part."""
    free = _how_free(clause)
    if MEANS.search(clause):
        yield Cost.SLIDING
    elif GIFT.search(clause) and not GIFT_AS_WELL.search(clause):
        yield Cost.DONATION
        yield from (free,) if free else ()
    elif DUES.search(clause) and not NOTHING.match(clause):
        yield Cost.MEMBERSHIP
    elif IN_NUMBERS.search(clause) and not (free and NO_MONEY.search(clause)):
        yield Cost.MEMBERSHIP if _is_small_a_year(clause) else Cost.FIXED
        if FREE_FOR_SOME.search(clause):
            yield Cost.UNKNOWN
    elif free:
        yield free
    elif FREE.search(clause):
        yield Cost.UNKNOWN


def _how_free(clause: str) -> Cost | None:
    """Say of a clause that tells of nothing to pay whether it does so of all or of some."""
    if not NOTHING.search(clause):
        return None
    return Cost.UNKNOWN if FOR_SOME.search(clause) and not FOR_ALL.search(clause) else Cost.FREE


def _is_small_a_year(clause: str) -> bool:
    """Say whether it costs a few tens a year, as to belong to a club does."""
    amounts = [money.amount for money in amounts_in(clause)]
    return bool(A_YEAR.search(clause)) and bool(amounts) and max(amounts) <= SMALL_A_YEAR


def _is_priced_by_age(clauses: Iterable[str]) -> bool:
    """Say whether only people of other ages than those who may give what they like have to pay."""
    return all(OF_AN_AGE.search(clause) for clause in clauses if Cost.FIXED in _kinds(clause))


def _is_charged(clause: str) -> bool:
    """Say whether a clause tells of a price without saying that there is none."""
    return bool(CHARGED.search(clause)) and not NOTHING.search(clause)


def amounts_in(words: str) -> Iterator[Money]:
    """Give each amount that a folded text names, in order."""
    for sign, before, after, name, pence in AMOUNT.findall(words):
        whole = float((before or after).replace(",", "")) if not pence else int(pence) / PENCE
        yield Money(whole, CURRENCY[sign or name[:1] or "p"])


def _is_insured(words: str) -> bool:
    """Say whether an insurance may pay."""
    return bool(INSURERS.search(words)) and not UNINSURED.search(words)
