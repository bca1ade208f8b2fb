"""Read what kind of price a record has, and how much."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
from rxbot.directory.rules.sentences import is_english, sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold


class Cost(StrEnum):
    """What kind of price a service has."""

    FREE = "free"
    DONATION = "donation"
    SLIDING = "sliding"
    FIXED = "fixed"
    MEMBERSHIP = "membership"
    INSURANCE = "insurance"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Money:
    """An amount as it is written, such as 3.50 USD. `currency` is ISO 4217."""

    amount: float
    currency: str


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
NOT_FOR_ALL = re.compile(
    r"\b(?:except|excluded?|excluding|unless|other than|apart from|most|some|many|several|certain|limited|usually|generally"
    r"|often|sometimes|may|if|only|first|initial|introductory|trial|until|on (?:mon|tue|wed|thu|fri|sat|sun)\w*|before|after"
    r"|members?|children|under|over|aged?|seniors?|students?|residents?|parking|consultation|estimates?|applications?|small"
    r"|nominal|minimal|low|reduced|var(?:y|ies))\b"
    r"|^(?:none|no fees?|no charges?|no costs?|free) (?:for|to|in|when|with|of)(?! charge| cost)"
)
FOR_ALL = re.compile(
    r"^(?:none|no (?:fees?|charges?|costs?)|free)(?: of charge)? (?:to|for) (?:the )?(?:(?:general )?public|consumers?"
    r"|clients?|anyone"
    r"|everyone|everybody|all|users?|participants?|patients?|famil(?:y|ies)|individuals?|callers?|service|services|victims?"
    r"|survivors?|veterans?)\W*$"
)
A_YEAR = re.compile(r"(?:/|\b(?:per|a|each) )(?:year|yr)\b|\bannual(?:ly)?\b|\byearly\b")
SMALL_A_YEAR = 60
OF_AN_AGE = re.compile(r"\b(?:age[sd]?:? \d|under \d|over \d|\d+ (?:or|and) (?:under|over|younger|older))")
RANGE = re.compile(r"[$£€]\s?([1-9]\d*(?:\.\d+)?)\s?(?:-|–|to)\s?[$£€]?\d")
SUM_OF_DUES = re.compile(
    r"[$£€]\s?[1-9][^.;]*\b(?:dues|memberships?)\b|\b(?:dues|membership fees?)\b[^.;]*[$£€]\s?[1-9]|^[$£€]\s?[1-9][\d.,]*"
    r"(?:/ ?| ?per | an? | |-)(?:\w+ (?:per|an?) )?(?:year|yr|annual|yearly|month)"
)
FOR_SUPPORTERS = re.compile(
    r"\b(?:starts?|starting|begins?|beginning|categor\w+|levels?|sponsor|patron|donor|life|lifetime|optional|no admission"
    r"|non-?members?|complimentary|assist\w*|national)\b"
)
"""Words of memberships by which people support what is there for others too."""
NOT_ALWAYS = re.compile(
    r"\bfree\b|\bno (?:one|fee|charge|cost)|\bnone\b|waive|scholarship|suggested|donation|turned away|inability|may be"
    r"|medi-?cal|medicaid|vouchers?"
)
PAID_EACH_TIME = re.compile(r"\bpay (?:and|as you|&) (?:play|go)\b|\bregistered membership use\b")
FREE_ACCESS = Telling(r"\bfree public access\b", needs="free public access")
"""How sports grounds say in what they have of eligibility what it costs."""
CHARGED = re.compile(
    r"\b(?:fees?|charges?|charged|costs?|tuition|rents?|fares?|co-?pay\w*|tickets?|prices?|deposit|purchase\w*|vary|varies)\b"
)
FREE = re.compile(r"\bfree\b")
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
GIVES_FREE = Telling(
    r"^(?:\W*(?:a|an|the|we|our|this|it)\W+)?(?:\w+ ){0,3}(?:provid(?:es?|ing)|offer(?:s|ing)?|gives?|deliver(?:s|ing)?"
    r"|is an?|are)"
    r" (?:\w+ )?free (?!and|or|&|of(?! charge)|from|parking|standing|time)"
    r"|^(?:an? )?free (?!(?:and|or|from|parking|if|with|when|until|after|on)\b|(?:for|to) (?!all|every|any|the public))[\w-]+"
    r"|\bfree of charge\b"
    r"|\bat no (?:cost|charge)\b|\bno cost to\b|\bservices are free\b|\ball services .*\bfree\b|\bwithout charge\b",
    needs="free|no c|without charge",
)
ALL_IS_FREE = Telling(
    r"\ball (?:of )?(?:our |the |its |these )?(?:\w+ )?(?:services|programs|programmes|classes) are (?:\w+ )?free\b", needs="free"
)
QUALITIES = (
    r"confidential|anonymous|private|impartial|independent|discreet|friendly|open to (?:all|everyone)|for (?:all|everyone)"
)
FREE_ALONE = Telling(
    r"(?:^|[.,;:!–—] ?)(?:(?:it|this|it all|everything|entry|admission|(?:the|this|our|all) (?:\w+ )?"
    r"(?:services?|groups?|class(?:es)?|courses?|clubs?|sessions?|support)) (?:is|are) )?"
    rf"(?:(?:all|always|completely|totally|absolutely|entirely|strictly|(?:{QUALITIES}) and) )?"
    rf"(?:free(?: of charge)?|gratis|no (?:charges?|costs?|fees?))(?:,? (?:and|&) (?:{QUALITIES}))*(?=\s*(?:$|[,;.!–—]))",
    needs="free|gratis|no c|no f",
)
"""How a sentence says by the way that nothing is taken: "Tea and talk, free." """
FREE_IN_PART = re.compile(
    r"\b(?:some|most|many|first|initial|trial|introductory|limited|members?|if|unless|except|otherwise|depending|qualif\w+|eligible"
    r"|while|until|after|low[- ]cost|reduced|discount\w*|fees?|charges?|charged|costs?|deposit|extra|small)\b"
)


DESCRIBED_MEANS = Telling(
    r"\bsliding[- ](?:fee |payment |income )*scale|\bregardless of (?:[\w']+ ){0,3}(?:in)?ability to pay"
    r"|\b(?:no one|nobody|no[- ]?(?:patient|client)s?) (?:\w+ )*(?:turned away|denied|refused) [^.;]*\b(?:pay|funds|money)\b"
    r"|\bsliding[- ]fees?\b|\bsliding[- ]scale\b|\bpay[- ]what[- ]you[- ](?:can|want|like|wish)\b"
    r"|\bfree (?:if|for|to)\b[^.;]{0,60}\b(?:universal credit|income support|on benefits|low wages?|low incomes?)\b"
    r"[^.]*\b(?:otherwise|others?|else)\b",
    needs="sliding|ability to pay|turned away|denied|refused|what|free",
)
"""What a description says of prices that follow people's means, wherever it stands: nothing else is written so."""
HALF_FREE = re.compile(
    r"\bfree[ -]?(?:and|or|/|&|to) ?(?:\w+ )?(?:low|reduced|discount|cheap|affordable|minimal)|low[- ]cost|reduced|discount"
    r"|sliding"
    r"|\b(?:little or no|in addition|(?:free|all) (?:\w+ )?(?:snacks?|breakfast|lunch|transport\w*|materials|supplies)\b.*"
    r"|some|most|many|first|initial|also|toll|members|depending|qualif\w+|eligible|if|limited|medicaid|insurance|fees?)\b"
    r"|[$£€]\s?\d"
)
DESCRIBED_PRICE = Telling(
    r"\b(?:weekly|monthly|daily|annual|admission|entrance|nominal|small|modest|minimal) fees?\b(?! waiv)"
    r"|\bfor an? (?:additional |extra )?fee\b|\bfees? (?:is|are|will be) (?:charged|required|due)"
    r"|\bfees? (?:apply|applies|ranges?|vary)\b"
    r"|\bthere (?:is|are|will be) (?:a |an )?(?:\w+ )?(?:fees?|charges?|cost)\b|\bfee[- ]for[- ]service\b|\bprivate[- ]pay\b"
    r"|\b(?:costs?|prices?|tuition|fees?|consultation|admission) (?:is|are|of|starts? (?:at|from)) [$£€]\d",
    needs="fee|charge|cost|private|$|£|€",
)
"""What a description says of a price that has to be paid."""
EACH = r"(?:\d+[- ]?(?:minutes?|mins?|hours?|weeks?)(?:[- ]long)? |full |half |individual |group |hot )?"
PER_TIME = (
    rf"(?:/ ?|per |an? |each |every ){EACH}(?:session|class|lesson|hour|hr|h|day|week|month|year|term|course|visit|person|head"
    r"|meal|night|ride|trip|mile|item|appointment|season|seat|ticket)\b"
)
SUM = r"(?<!\w)[$£€]\s?\d[\d,]*(?:\.\d+)?"
DESCRIBED_AMOUNT = Telling(
    rf"{SUM} ?{PER_TIME}|\b(?:for|at) (?:only|just) {SUM}|{SUM} (?:plus|base)\b"
    rf"|(?:^|[.;!:] )(?:from |costs? |just |only |\w+ payments? from )?{SUM}(?=\s*(?:$|[.;,!]|for \w+ items?\b|incl?\b))"
    rf"|\b(?:membership|members|visitors|assessment|exam|concessions|lunch|entry|(?:intake|joining) fee) {SUM}",
    needs="$|£|€",
)
"""An amount in a description as a price is written: for each time, or standing for itself."""
NO_PRICE = re.compile(
    r"\b(?:up to|allowances?|grants?|receiv\w*|earn\w*|paid|salar(?:y|ies)|wages?|stipends?|incomes?|rewards?|credits?"
    r"|discounts?|refund\w*|mileage|scholarships?|budget|raised?|fund(?:s|ed|ing)?|donat\w*|worth|loans?|award\w*|assist\w*"
    r"|rents?|bills?|owe|savings?|decreas\w*|distribut\w*|prize|tax|maximum|gets?|give[ns]?|pays|reimburs\w*|covers?"
    r"|subsid\w*|towards?|operating|workers)\b"
)
"""What makes an amount something else than what one pays."""
PAYS = re.compile(
    r"\b(?:assist\w*|help(?:s|ing)?|pays?|paying|paid|scholarships?|waive\w*|reimburs\w*|covers?|subsid\w*|grants?|earn\w*|stipend|wages?"
    r"|no|not|free|without|grants?|up to|income|bills?|rent)\b"
)


def cost_of(service: Service) -> Finding[Cost]:
    """Say what kind of price a service has: by its prose, which knows the exceptions, then by its cost options.

    Where neither says anything, a description may say that it is given free, as one can pay, or for a fee.
    """
    fees = service.fees_description
    told, options = read_cost(fees), [option.amount for option in service.costs if option.amount is not None]
    if told is not Cost.UNKNOWN or (fees and not options):
        return Finding(told, fees)
    if not options:
        return _told(service)
    if max(options) <= 0:
        return Finding(Cost.FREE)
    by_means = "" if fees else _sentence_of_means(service)
    return Finding(Cost.SLIDING, by_means) if by_means else Finding(Cost.FIXED)


def _told(service: Service) -> Finding[Cost]:
    """Read it from the first of these sentences that is there."""
    found = (Finding(kind, sentence) for kind, of in DESCRIBED if (sentence := of(service)))
    return next(found, Finding(Cost.UNKNOWN))


def is_never_free(service: Service) -> bool:
    """Say whether everybody pays something, by their means, to belong, or each time: "by income, $5-$90", "pay and play"."""
    words = fold(service.fees_description)
    if not words:
        used = fold(service.eligibility_description)
        return bool(PAID_EACH_TIME.search(used)) and not FREE_ACCESS.search(used)
    dues = bool(SUM_OF_DUES.search(words)) and not FOR_SUPPORTERS.search(words)
    return (dues or bool(RANGE.search(words))) and not NOT_ALWAYS.search(words)


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


def amounts_of(service: Service) -> tuple[Money, ...]:
    """Give the amounts a service names, its cost options first, each once and in the order they stand."""
    options = (Money(one.amount, one.currency) for one in service.costs if one.amount is not None)
    return tuple(dict.fromkeys((*options, *_amounts(fold(service.fees_description)))))


def _clauses(words: str) -> Iterator[str]:
    """Give the parts of a text on fees, without those that tell only how to pay."""
    yield from filter(None, (clause.strip(" .,;") for clause in CLAUSES.split(WAYS_TO_PAY.sub(_without_way, words))))


def _without_way(found: re.Match[str]) -> str:
    """Keep of "none, cash accepted" what is no way to pay: gifts, means and numbers."""
    clause = found[0]
    return clause if GIFT.search(clause) or MEANS.search(clause) or IN_NUMBERS.search(clause) else ""


def _kinds(clause: str) -> Iterator[Cost]:
    """Give every kind of price one clause tells of; UNKNOWN for what is free in part."""
    free = NOTHING.search(clause)
    if MEANS.search(clause):
        yield Cost.SLIDING
    elif GIFT.search(clause) and not GIFT_AS_WELL.search(clause):
        yield Cost.DONATION
        if free and NOT_FOR_ALL.search(clause) and not FOR_ALL.search(clause):
            yield Cost.UNKNOWN
        elif free:
            yield Cost.FREE
    elif DUES.search(clause) and not NOTHING.match(clause):
        yield Cost.MEMBERSHIP
    elif IN_NUMBERS.search(clause) and not (free and NO_MONEY.search(clause)):
        yield Cost.MEMBERSHIP if _is_small_a_year(clause) else Cost.FIXED
        if FREE_FOR_SOME.search(clause):
            yield Cost.UNKNOWN
    elif free:
        yield Cost.UNKNOWN if NOT_FOR_ALL.search(clause) and not FOR_ALL.search(clause) else Cost.FREE
    elif FREE.search(clause):
        yield Cost.UNKNOWN


def _is_small_a_year(clause: str) -> bool:
    """Say whether it costs a few tens a year, as to belong to a club does."""
    amounts = [money.amount for money in _amounts(clause)]
    return bool(A_YEAR.search(clause)) and bool(amounts) and max(amounts) <= SMALL_A_YEAR


def _is_priced_by_age(clauses: Iterable[str]) -> bool:
    """Say whether only people of other ages than those who may give what they like have to pay."""
    return all(OF_AN_AGE.search(clause) for clause in clauses if Cost.FIXED in _kinds(clause))


def _is_charged(clause: str) -> bool:
    """Say whether a clause tells of a price without saying that there is none."""
    return bool(CHARGED.search(clause)) and not NOTHING.search(clause)


def _free_sentence(service: Service) -> str:
    """Give the sentence of a description that says the whole is given free: what stands first, or speaks of all services."""
    if not GIVES_FREE.may_be_in(fold(service.description)):
        return ""
    told = list(sentences_of(service.description))
    first = (one for one in told[:2] if GIVES_FREE.search(fold(one)))
    whole = (one for one in told[2:] if ALL_IS_FREE.search(fold(one)))
    return next((one for one in (*first, *whole) if not HALF_FREE.search(fold(one))), "")


def _free_by_the_way(service: Service) -> str:
    """Give the sentence of a description that says in a word or two, beside other things, that nothing is taken.

    Where it names a price as well, it is of something else that is free.
    """
    if IN_NUMBERS.search(fold(service.description)):
        return ""
    said = _written(FREE_ALONE, service)
    return next((one for one in said if not FREE_IN_PART.search(FREE_ALONE.sub(" ", fold(one)))), "")


def _gift_by_the_way(service: Service) -> str:
    """Give the same, where that sentence asks for gifts."""
    sentence = _free_by_the_way(service)
    return sentence if GIFT.search(fold(sentence)) else ""


def _sentence_of_means(service: Service) -> str:
    """Give the sentence of a description that says that people pay as they can."""
    return next(_written(DESCRIBED_MEANS, service), "")


def _sentence_of_price(service: Service) -> str:
    """Give the sentence of a description that says it has to be paid for, and of no help with paying."""
    return next((one for one in _written(DESCRIBED_PRICE, service) if not PAYS.search(fold(one))), "")


def _sentence_of_amount(service: Service) -> str:
    """Give the sentence of a description that names what one pays, each time or in all, and nothing that is free."""
    told = (one for one in _written(DESCRIBED_AMOUNT, service) if not NO_PRICE.search(fold(one)))
    return "" if FREE.search(fold(service.description)) else next(told, "")


def _written(telling: Telling, service: Service) -> Iterator[str]:
    """Give the sentences of a description that are written so."""
    if telling.search(fold(service.description)):
        yield from (one for one in sentences_of(service.description) if telling.search(fold(one)))


def _sentence_of_access(service: Service) -> str:
    """Give what a sports ground has of eligibility, where it says that anybody may come in free."""
    used = fold(service.eligibility_description)
    return service.eligibility_description if FREE_ACCESS.search(used) and not PAID_EACH_TIME.search(used) else ""


DESCRIBED: tuple[tuple[Cost, Callable[[Service], str]], ...] = (
    (Cost.FREE, _free_sentence),
    (Cost.DONATION, _gift_by_the_way),
    (Cost.FREE, _free_by_the_way),
    (Cost.SLIDING, _sentence_of_means),
    (Cost.FIXED, _sentence_of_price),
    (Cost.FIXED, _sentence_of_amount),
    (Cost.FREE, _sentence_of_access),
)


def _amounts(words: str) -> Iterator[Money]:
    for sign, before, after, name, pence in AMOUNT.findall(words):
        whole = float((before or after).replace(",", "")) if not pence else int(pence) / PENCE
        yield Money(whole, CURRENCY[sign or name[:1] or "p"])


def _is_insured(words: str) -> bool:
    """Say whether an insurance may pay."""
    return bool(INSURERS.search(words)) and not UNINSURED.search(words)
