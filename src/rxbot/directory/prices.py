"""What a record says of its price, in the words that tell a person something: not which cards are taken."""

import re
from dataclasses import dataclass

from rxbot.directory.model import Service
from rxbot.directory.rules.cost import cost_of
from rxbot.directory.rules.costs import Cost
from rxbot.directory.varying import only_varies

MEANS = (
    r"cashier'?s? che(?:ck|que)s?|cashiers|cash|(?:personal |traveler'?s )?che(?:ck|que)s?|(?:credit|debit)(?: cards?)?|cards?"
    r"|money orders?|pay ?pal|visa(?:/mc)?|mastercard|vouchers?|electronic transfers?|online payments?|paycheck deductions?"
)
HOW_TO_PAY = re.compile(rf"(?:\b(?>{MEANS}|is|are|and|or|not?|only|acc(?:e?pted|eptable)\d*)\b|[\s,/&.])++", re.IGNORECASE)
CARDS_FIRST = re.compile(rf"^(?:(?>{MEANS})(?:,? and |,? or |, ))++(?=.*\baccepted\b)", re.IGNORECASE)
NOT_A_PRICE = re.compile(r"(?:please )?(?:ask|call|ring|phone|e-?mail|contact|see|view|visit|check)\b[^\d$£€%]*", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=[.;])\s+")
SOMETIMES_FREE = re.compile(
    r"\bfree\b(?! (?:from|parking|of(?! charge| cost)))|\bnone\b|\bcomplimentary\b|\bwaive[dr]?\b"
    r"|\bno (?:(?!one\b)[\w/-]+ ){0,3}(?:fees?|charges?|costs?|dues|tuition|admission)\b|\bwithout (?:charge|cost)\b",
    re.IGNORECASE,
)
IN_NUMBERS = re.compile(r"[$£€]\s?\.?\d|\d\s?(?:%|p\b|pounds?\b|dollars?\b|euros?\b)", re.IGNORECASE)
SPEAKS_OF_PRICE = re.compile(r"\b(?:fees?|charge[sd]?|costs?|prices?|pay|paid|tuition|rent)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Price:
    """A kind of price with what is said of it: in words, or else as an amount of a currency."""

    kind: Cost
    words: str = ""
    amount: tuple[float, str] | None = None

    @property
    def is_free_to_some(self) -> bool:
        """Say whether a part of it is free, or some people do not pay, whatever their means, before any amount is named."""
        by_itself = self.kind not in (Cost.FREE, Cost.DONATION, Cost.SLIDING)
        free, amount = SOMETIMES_FREE.search(self.words), IN_NUMBERS.search(self.words)
        return by_itself and free is not None and (amount is None or free.start() < amount.start())

    @property
    def varies(self) -> bool:
        """Say whether the words say no more than that it varies."""
        return self.kind is Cost.UNKNOWN and only_varies(self.words)


def price_of(service: Service) -> Price:
    """Give the kind of price of a record, and its own words on it."""
    found = cost_of(service)
    words = without_ways_to_pay(found.sentence)
    named = next((one for one in service.costs if one.amount), None)
    if words or named is None or named.amount is None:
        return Price(found.value, words)
    return Price(found.value, without_ways_to_pay(named.amount_description), (named.amount, named.currency))


def without_ways_to_pay(words: str) -> str:
    """Leave out the sentences that name only cash, cards and the like, these before an insurance that is taken, and "ask us"."""
    kept = (_without_cards(one) for one in SENTENCES.split(words.strip()) if not HOW_TO_PAY.fullmatch(one))
    said = " ".join(kept).rstrip("; ")
    return "" if NOT_A_PRICE.fullmatch(said) and not names_what_is_free(said) else said


def _without_cards(sentence: str) -> str:
    rest = CARDS_FIRST.sub("", sentence)
    return sentence if rest == sentence else rest[:1].upper() + rest[1:]


def in_numbers(words: str) -> bool:
    """Say whether words name an amount, or a share of what people have."""
    return bool(IN_NUMBERS.search(words))


def names_what_is_free(words: str) -> bool:
    """Say whether words name something that is free, or somebody who does not pay."""
    return bool(SOMETIMES_FREE.search(words))


def tells_price(words: str) -> bool:
    """Say whether words speak of paying at all: the beginning of a long sentence may not."""
    return in_numbers(words) or bool(SPEAKS_OF_PRICE.search(words))
