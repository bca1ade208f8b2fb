"""Read what kind of price a record has: from what it has on fees, else from its description, which says less surely."""

import re
from collections.abc import Iterator

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
from rxbot.directory.rules.costs import Cost, Money
from rxbot.directory.rules.fees import FREE, GIFT, IN_NUMBERS, OF_SOME, amounts_in, read_cost
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

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
    rf"\b(?:{OF_SOME}|otherwise|also|in addition(?! to)|toll|little or no|sliding|insurance|medicaid|deposit|extra|at cost"
    r"|(?<!\bno )(?:fees?|charged)|(?<!\bno )(?<!\bof[ -])(?<!\bwithout )charges?)\b|[$£€]\s?\d"
    r"|\bfree[ -]?(?:and|or|/|&|to) ?(?:\w+ )?(?:low|cheap|affordable|minimal)"
    r"|\b(?:free|all) (?:\w+ )?(?:snacks?|breakfast|lunch|transport\w*|materials|supplies)\b"
)
"""A sentence of a description names there what is taken all the same, or the one thing that is free."""
DESCRIBED_MEANS = Telling(
    r"\bsliding[- ](?:fee |payment |income )*scale|\bregardless of (?:[\w']+ ){0,3}(?:in)?ability to pay"
    r"|\b(?:no one|nobody|no[- ]?(?:patient|client)s?) (?:\w+ )*(?:turned away|denied|refused) [^.;]*\b(?:pay|funds|money)\b"
    r"|\bsliding[- ]fees?\b|\bsliding[- ]scale\b|\bpay[- ]what[- ]you[- ](?:can|want|like|wish)\b"
    r"|\bfree (?:if|for|to)\b[^.;]{0,60}\b(?:universal credit|income support|on benefits|low wages?|low incomes?)\b"
    r"[^.]*\b(?:otherwise|others?|else)\b",
    needs="sliding|ability to pay|turned away|denied|refused|what|free",
)
"""What a description says of prices that follow people's means, wherever it stands: nothing else is written so."""
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
        return next(_described(service), Finding(Cost.UNKNOWN))
    if max(options) <= 0:
        return Finding(Cost.FREE)
    by_means = () if fees else _written(DESCRIBED_MEANS, service)
    return next((Finding(Cost.SLIDING, one) for one in by_means), Finding(Cost.FIXED))


def is_never_free(service: Service) -> bool:
    """Say whether everybody pays something, by their means, to belong, or each time: "by income, $5-$90", "pay and play"."""
    words = fold(service.fees_description)
    if not words:
        used = fold(service.eligibility_description)
        return bool(PAID_EACH_TIME.search(used)) and not FREE_ACCESS.search(used)
    dues = bool(SUM_OF_DUES.search(words)) and not FOR_SUPPORTERS.search(words)
    return (dues or bool(RANGE.search(words))) and not NOT_ALWAYS.search(words)


def amounts_of(service: Service) -> tuple[Money, ...]:
    """Give the amounts a service names, its cost options first, each once and in the order they stand."""
    options = (Money(one.amount, one.currency) for one in service.costs if one.amount is not None)
    return tuple(dict.fromkeys((*options, *amounts_in(fold(service.fees_description)))))


def _described(service: Service) -> Iterator[Finding[Cost]]:
    """Give what a description says of the price, sentence by sentence, the surest first."""
    yield from (Finding(Cost.FREE, one) for one in _given_free(service))
    yield from (Finding(Cost.DONATION if GIFT.search(fold(one)) else Cost.FREE, one) for one in _free_by_the_way(service))
    yield from (Finding(Cost.SLIDING, one) for one in _written(DESCRIBED_MEANS, service))
    yield from (Finding(Cost.FIXED, one) for one in _written(DESCRIBED_PRICE, service) if not PAYS.search(fold(one)))
    yield from (Finding(Cost.FIXED, one) for one in _amounts_paid(service))
    if _is_open_ground(service):
        yield Finding(Cost.FREE, service.eligibility_description)


def _given_free(service: Service) -> Iterator[str]:
    """Give the sentences that say the whole is given free: those that stand first, or speak of all services."""
    if GIVES_FREE.may_be_in(fold(service.description)):
        told = enumerate(sentences_of(service.description))
        free = (one for number, one in told if (GIVES_FREE if number < FIRST else ALL_IS_FREE).search(fold(one)))
        yield from (one for one in free if not FREE_IN_PART.search(fold(one)))


FIRST = 2


def _free_by_the_way(service: Service) -> Iterator[str]:
    """Give the sentences that say in a word or two, beside other things, that nothing is taken.

    Where the description names a price as well, it is of something else that is free.
    """
    if not IN_NUMBERS.search(fold(service.description)):
        yield from (one for one in _written(FREE_ALONE, service) if not FREE_IN_PART.search(fold(one)))


def _amounts_paid(service: Service) -> Iterator[str]:
    """Give the sentences that name what one pays, each time or in all, where nothing is free."""
    if not FREE.search(fold(service.description)):
        yield from (one for one in _written(DESCRIBED_AMOUNT, service) if not NO_PRICE.search(fold(one)))


def _written(telling: Telling, service: Service) -> Iterator[str]:
    """Give the sentences of a description that are written so."""
    if telling.search(fold(service.description)):
        yield from (one for one in sentences_of(service.description) if telling.search(fold(one)))


def _is_open_ground(service: Service) -> bool:
    """Say whether it is a sports ground where anybody may come in free."""
    used = fold(service.eligibility_description)
    return bool(FREE_ACCESS.search(used)) and not PAID_EACH_TIME.search(used)
