"""Read whether a record is there to sell, lend at a price, let for owners or collect debts: that is no help."""

from itertools import islice

from rxbot.directory.model import Service
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

ON_CREDIT = Telling(
    r"\b\d+(?:\.\d+)? ?% ?(?:representative )?apr\b|\bhire[- ]purchase\b|\bbuy[- ]now,?[- ](?:and )?pay[- ]later\b"
    r"|\binterest[- ]free credit\b|\b0% finance\b|\bweekly payments (?:from|of|as low as) (?:only |just )?[$£€]"
    r"|\b(?:payday|title|pawn) loans? (?:available|today|in minutes|from)\b"
    r"|\bcash advances? (?:available|today|in minutes|from)\b",
    needs="apr|purchase|pay later|pay-later|interest|finance|weekly payments|loan|cash advance",
)
"""How goods are sold, and money lent, to be paid for later."""
TRADES = Telling(
    r"\battempt to collect a debt\b|\blettings? (?:and|&) (?:property )?(?:management|sales)\b|\bproperty management,"
    r"|\b(?:letting|lettings|estate) agen(?:ts?|cy)\b(?! fees?)|\brent guarantee for landlords\b|\bfree valuations?\b"
    r"|\bpawn ?(?:broker|shop)s?\b",
    needs="collect a debt|letting|property management|estate agen|guarantee|valuation|pawn",
)
NO_TRADE = Telling(
    r"\blicen[sc]\w*|\bregulat\w*|\bcredit unions?\b|\b(?:not|non)[- ]?(?:for[- ])?profits?\b|\bcharit(?:y|ies|able)\b"
    r"|\b(?:social|ethical|council) lettings?\b"
    r"|\b(?:advice|advis\w+|complain\w*|help|protect\w*|rights?|problems?|disputes?|avoid\w*|instead|alternatives?|debts? from) "
    r"(?:[\w,'-]+ ){0,6}?(?:lenders?|loans?|agents?|agency|agencies|pawn\w*|credit|purchase|landlords?)\b",
)
"""What lends or lets for people's good, and what helps against those who do not."""
FIRST = 3
"""Sentences with which a record begins."""


def is_trade(service: Service) -> bool:
    """Say whether its name or how it begins tells of a trade."""
    words = fold(f"{service.name}. {service.description}")
    if not (ON_CREDIT.may_be_in(words) or TRADES.may_be_in(words)):
        return False
    begins = fold(" ".join((service.name, *islice(sentences_of(service.description), FIRST))))
    told = ON_CREDIT.search(begins) or TRADES.search(begins)
    return bool(told) and not NO_TRADE.search(fold(f"{service.organization.name}. {words}"))
