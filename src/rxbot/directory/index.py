"""What a service can be found by, and what a search looks for: the two sides of the posting table.

A key is the stem of a telling word, two that stand together, a category's name, or a category's code. Each key of a
service carries a weight from 0 to 1: how much the record speaks of it. Words are weighed as BM25F does (Robertson and
Zaragoza, 2009): what stands in the name counts more than what stands in a long description, and a word said five times
not five times as much.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import chain, pairwise
from math import log, sqrt
from operator import and_
from typing import Any, TypeVar
from zlib import crc32

from rxbot.directory.model import Need, Service, Term, TermRef
from rxbot.directory.rules.sentences import first_sentence_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold, stems


@dataclass(frozen=True)
class Field:
    """A part of a record: how much a word in it counts, how long it usually is, and how much a pair in it counts."""

    boost: float
    usual_length: int
    pair: float


NAME, CATEGORIES, DESCRIPTION, ORGANIZATION, WHOM, WHERE = (
    Field(3.0, 4, 1.0),
    Field(2.0, 10, 0.7),
    Field(1.0, 40, 0.5),
    Field(1.0, 4, 0.5),
    Field(0.3, 10, 0.2),
    Field(0.3, 10, 0.2),
)
FIRST_SENTENCE = 2.0
"""The first sentence of a description says what a service does; the rest, whatever else goes on there."""
SATURATION, LENGTH = 0.8, 0.5
"""BM25's k1 and b, somewhat below their usual 1.2 and 0.75: records are short, and long ones are no less to the point."""

NOT_GIVEN = Telling(
    r"\bnon-[a-z]+"
    r"|\b(?:(?:do|does|can|will|is|are)(?: not|n['’]t)|cannot|can['’]t|unable to|not able to|no longer) (?:currently )?"
    r"(?:provid|offer|handl|accept|giv|assist|help with|cover|includ|serv|take)\w*[^.;\n]*"
    r"|\b(?:we|it|they|staff|(?:program(?:me)?|agency|office|service|volunteer|driver|advis[eo]r)s?) (?:do|does|can|will)"
    r"(?: ?not|n['’]t) (?:(?:currently|yet|also) )?(?:do|make|pay|perform|place|deal|treat|lend|sell|see|run|bill|collect"
    r"|compensate|represent|prescribe)\b[^.;\n]*"
    r"|\b(?:we|it|they|this) (?:is|are) not (?:the right [^.;\n]*|an? [^.,;\n-]*)"
    r"|(?:[.;(,] (?:but )?|^)not (?:an? (?!problem)|legal |for (?!profit))[^.,;)\n]*"
    r"|[.;] no (?:[\w-]+ ){1,4}(?:is|are) (?:being )?(?:served|provided|given|available|offered|held)\b[^.;\n]*",
    needs="non-|not |n't |n’t |cannot |unable to|no ",
)
"""What a description says a service is not: found by that, it would be the wrong one."""
REFUSED = Telling(
    r"\b(?:(?:do|does|can|will)(?: not|n['’]t)|cannot|can['’]t|no longer) (?:(?:currently|yet|also) )?"
    r"(?:(?:handl|provid|offer|giv|cover|represent)\w*|(?:assist|help|deal)\w* with) ((?!for\b)[^.;:\n]*?)"
    r"(?=[.;:\n]|$| (?:of|for|by|to|as|that|which|who|in|on|at|beyond|from|with|due|unless|until|without|but)\b)",
    needs="not |n't |n’t |cannot |can't |can’t |no longer ",
)
"""What it plainly does not do: it does none of it, but for what its name, its categories or its first sentence say."""

Weights = Mapping[str, Any]
"""How much records speak of a key: a number for one record, or a column of numbers for many."""
Rarity = Callable[[str], float]
"""How telling a key is: the less services have it, the more. BM25's inverse document frequency."""


def rarity(services: int, having: int) -> float:
    """Weigh a key that so many of so many services have."""
    return log(1 + (services - having + 0.5) / (having + 0.5))


@dataclass(frozen=True)
class Phrase:
    """Words that a search looks for: each word's key, and the key of each two that follow each other."""

    text: str
    words: tuple[str, ...]
    pairs: tuple[str, ...]

    def is_whole(self, hits: Weights) -> Any:
        """Say whether the word is there, or all the words together."""
        return reduce(and_, (hits.get(key, 0.0) > 0 for key in self.pairs or self.words), bool(self.words))

    def found(self, hits: Weights, rare: Rarity) -> Any:
        """Say how much a record speaks of these words: all of them, and together, is much more than one of them."""
        weights = [(rare(word), hits[word]) for word in self.words if word in hits]
        got = sum(telling * weight for telling, weight in weights)
        if not self.pairs or not weights:
            return got
        got = got * self._says_something(hits)
        share = sum(telling * (weight > 0) for telling, weight in weights) / sum(map(rare, self.words))
        together = sum(hits.get(pair, 0.0) for pair in self.pairs) / len(self.pairs)
        return got * (ANY_WORD + ALL_WORDS * share * share + TOGETHER * together)

    def _says_something(self, hits: Weights) -> Any:
        """Say whether a word is there that says something by itself, or two: in "high school", "high" alone says nothing."""
        return sum((hits[word] > 0) * (1 if word in GENERAL else 2) for word in self.words if word in hits) > 1


ANY_WORD, ALL_WORDS, TOGETHER = 0.2, 0.4, 1.0
"""What is left of a phrase when some of its words are there, and what all of them and their standing together add."""


GENERAL = frozenset(
    f"w {stem}"
    for stem in stems("high low new free public local open back time door keep find help meet lift course rehabilitation")
)
"""Words of the English that directories are written in, which say of a record only with others what it is about."""


def phrase(text: str) -> Phrase:
    """Give what to look for in order to find these words."""
    found = tuple(dict.fromkeys(stems(text)))
    return Phrase(text, tuple(map(_word_key, found)), tuple(_word_key(" ".join(pair)) for pair in pairwise(found)))


@dataclass(frozen=True)
class Vote:
    """A category a need looks for: any of these keys says the same."""

    text: str
    keys: tuple[str, ...]

    def weight(self, hits: Mapping[str, float]) -> float:
        """Give how much a record speaks of it."""
        return max((hits.get(key, 0.0) for key in self.keys), default=0.0)


@dataclass(frozen=True)
class Wanted:
    """What speaks for a need in a record: its categories, and words of it. Each word counts alike: an author chose it.

    `key` names it with all of that, so that what an index holds of it can be told from what it held of an older one.
    """

    id: str
    key: str
    phrases: tuple[Phrase, ...]
    votes: tuple[Vote, ...]

    @classmethod
    @lru_cache(maxsize=512)
    def by(cls, need: Need) -> "Wanted":
        """Give what speaks for a need. "Art" and "arts" are one."""
        phrases = tuple({one.words: one for one in map(phrase, reversed(need.keywords))}.values())[::-1]
        votes = tuple(_votes(need))
        told = crc32(repr((phrases, votes, FIT)).encode())
        return cls(need.id, f"{OF_A_NEED}{need.id} {told:08x}", phrases, votes)

    @cached_property
    def spoken_by(self) -> Mapping[str, tuple[Phrase | Vote, ...]]:
        """Give what a key is one of."""
        phrases = ((key, one) for one in self.phrases for key in dict.fromkeys((*one.words, *one.pairs)))
        votes = ((key, one) for one in self.votes for key in dict.fromkeys(one.keys))
        return _together((*phrases, *votes))

    def fit(self, hits: Mapping[str, float]) -> float:
        """Say how much a record speaks of it, in hundredths: of many words each next one adds half of what it would alone."""
        spoken_of = {id(one): one for key in hits if key in self.spoken_by for one in self.spoken_by[key]}.values()
        words = (FIT.words * one.found(hits, alike) for one in spoken_of if isinstance(one, Phrase) and one.is_whole(hits))
        votes = sum(one.weight(hits) for one in spoken_of if isinstance(one, Vote))
        return round(decayed(words, FIT.decay) + FIT.category * votes, 2)

    def evidence(self, hits: Mapping[str, float]) -> Iterator[tuple[float, Phrase | Vote]]:
        """Give what speaks for it in a record with these keys, and how much."""
        yield from ((FIT.category * weight, vote) for vote in self.votes if (weight := vote.weight(hits)))
        yield from ((FIT.words * one.found(hits, alike), one) for one in self.phrases if one.is_whole(hits))


@dataclass(frozen=True)
class Fit:
    """How the words of a need and its categories are weighed against each other."""

    words: float
    category: float
    decay: float


OF_A_NEED = "n "
"""What the key of a need begins with."""
FIT = Fit(words=1.2, category=1.0, decay=0.5)


def alike(_key: str) -> float:
    """Take every key to be as telling as any other."""
    return 1.0


def decayed(found: Iterable[float], decay: float) -> float:
    """Add these up, the largest whole, each next one by so much less."""
    whole, share = 0.0, 1.0
    for weight in sorted(found, reverse=True):
        whole += weight * share
        share *= decay
    return whole


@dataclass(frozen=True)
class Vocabulary:
    """The needs that an index is asked for: how well a record fits each is worked out once, when it is posted."""

    wanted: tuple[Wanted, ...]

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Vocabulary":
        """Take these needs."""
        return cls(tuple(map(Wanted.by, needs)))

    @cached_property
    def spoken_by(self) -> Mapping[str, tuple[Wanted, ...]]:
        """Give the needs that a key speaks for."""
        return _together((key, one) for one in self.wanted for key in one.spoken_by)

    def fits(self, hits: Mapping[str, float]) -> dict[str, float]:
        """Give the needs that a record with these keys speaks of, by their keys, and how much."""
        near = {one.key: one for key in hits if key in self.spoken_by for one in self.spoken_by[key]}
        return {key: fit for key, one in near.items() if (fit := one.fit(hits))}


One = TypeVar("One")


def _together(pairs: Iterable[tuple[str, One]]) -> dict[str, tuple[One, ...]]:
    found: dict[str, tuple[One, ...]] = {}
    for key, one in pairs:
        found[key] = (*found.get(key, ()), one)
    return found


def speaks_of(need: Need, hits: Mapping[str, float]) -> tuple[str, ...]:
    """Name what speaks for a need in a record with these keys: its categories, and its words where they are whole."""
    return tuple(one.text for _, one in Wanted.by(need).evidence(hits))


def keys_of(service: Service) -> Mapping[str, float]:
    """Give every key of a service with its weight, in hundredths: no search needs to know it closer."""
    fields = [(text, field) for text, field in _fields(service) if text]
    counted: dict[str, float] = {}
    for words, field in fields:
        share = field.boost / (1 - LENGTH + LENGTH * len(words) / field.usual_length)
        for word, times in Counter(words).items():
            counted[word] = counted.get(word, 0.0) + times * share
    by_pairs = sorted(fields, key=lambda one: one[1].pair)  # of a pair that stands in several, what counts most
    found = _pairs_in_categories(service)
    found |= {f"w {one} {other}": field.pair for words, field in by_pairs for one, other in pairwise(words)}
    described = next((len(words) for words, field in fields if field is DESCRIPTION), 0)
    first = FIRST_SENTENCE / (1 - LENGTH + LENGTH * described / DESCRIPTION.usual_length)
    for word in set(stems(GIVEN_OUT_AT.sub(" ", NOT_GIVEN.sub(" ", fold(first_sentence_of(service.description)))))):
        counted[word] = counted.get(word, 0.0) + first
    found |= {f"w {word}": _saturated(times) for word, times in counted.items()}
    found |= _categories(service)
    return found


def _pairs_in_categories(service: Service) -> dict[str, float]:
    """Give the key of each two words of a category between which one stands that says little: "Utility Service Payments"."""
    named = map(_stems_of_name, service.filed_under)
    apart = (three for words in named for three in zip(words, words[1:], words[2:], strict=False))
    return {f"w {one} {other}": CATEGORIES.pair for one, between, other in apart if between in SAYS_LITTLE}


SAYS_LITTLE = frozenset(stems("service program programme bill expense cost fee related"))


@lru_cache(maxsize=2**14)  # ten words are said as often as each other, in records as long
def _saturated(times: float) -> float:
    return round(times / (SATURATION + times), 2)


GIVEN_OUT_AT = Telling(
    r"\bdistribut(?:ed|es|ion|ing)(?: (?!to\b|of\b)[\w'’-]+){0,3}? (?:at|through|by|via) [^.;\n]*"
    r"|\b(?:given|handed) out (?:at|through|by) [^.;\n]*",
    needs="distribut|given out|handed out",
)
"""Where something is given out is another place than what is looked for: pet food at soup kitchens is no meal."""


def _described(service: Service) -> list[str]:
    """Give what a description says of a service, without what it says that it is not."""
    words = GIVEN_OUT_AT.sub(" ", fold(service.description))
    told = stems(NOT_GIVEN.sub(" ", words))
    refused = {*stems(" ".join(REFUSED.findall(words)))} - SAYS_LITTLE
    if not refused:
        return told
    first = NOT_GIVEN.sub(" ", fold(first_sentence_of(service.description)))
    given = {*stems(f"{service.name} {first}"), *_stems_of(service.filed_under)}
    return [word for word in told if word in given or word not in refused]


def _fields(service: Service) -> Iterator[tuple[list[str], Field]]:
    yield stems(f"{service.name}\n{service.alternate_name}"), NAME
    yield _stems_of(service.filed_under), CATEGORIES
    yield _described(service), DESCRIPTION
    yield stems(" ".join(found[0] for found in GIVEN_OUT_AT.finditer(fold(service.description)))), WHERE
    yield _stems_of((service.organization.name,)), ORGANIZATION
    yield _stems_of((service.eligibility_description, *service.audience)), WHOM


def _stems_of(names: Iterable[str]) -> list[str]:
    return [*chain.from_iterable(map(_stems_of_name, names))]


@lru_cache(maxsize=4096)  # the same categories are named again and again, and the same people
def _stems_of_name(name: str) -> tuple[str, ...]:
    return tuple(stems(name))


def _categories(service: Service) -> dict[str, float]:
    """Give the keys of its categories. They are given too generously (a hospital has thirty), so many count less each."""
    share = round(1 / sqrt(max(len(service.filed_under), 1)), 2)
    named = {_name_key(word): share for word in service.keywords}
    return named | {key: share for term in service.terms for key in _term_keys(term)}


def categories_of(service: Service, needs: Iterable[Need]) -> tuple[TermRef, ...]:
    """Give the categories of a service that needs know, in the order its publisher has them."""
    needs = tuple(needs)
    own = {code: need.own for need in needs if need.own for code in need.own.codes}
    known: dict[str, TermRef] = {}
    for term in (*(term for need in needs for term in need.terms), *own.values()):
        for key in _ref_keys(term):
            known.setdefault(key, term)
    found = (own.get(term.code) or next((known[key] for key in _term_keys(term) if key in known), None) for term in service.terms)
    return tuple({term.name: term for term in found if term}.values())


def _votes(need: Need) -> Iterator[Vote]:
    """Give the votes of its categories and of itself: one vote with a category that has the same name, such as "Food"."""
    name, *codes = _ref_keys(need.own) if need.own else ("",)
    known = [_ref_keys(term) for term in need.terms]
    yield from (
        Vote(term.name, (*keys, *codes) if keys[0] == name else keys) for term, keys in zip(need.terms, known, strict=True)
    )
    if need.own and all(keys[0] != name for keys in known):
        yield Vote(need.own.name, (name, *codes))


def _term_keys(term: Term) -> Iterator[str]:
    """A name is trusted first: dotted codes have changed their meaning between editions. A CURIE is trusted always."""
    if term.name:
        yield _name_key(term.name)
    if ":" in term.code:
        yield _code_key(term.code)
    elif term.code and not term.name:
        yield _code_key(f"{term.taxonomy.replace(' ', '')}:{term.code}")


def _ref_keys(term: TermRef) -> tuple[str, ...]:
    return (_name_key(term.name), *map(_code_key, term.codes))


def _word_key(words: str) -> str:
    return f"w {words}"


def pair_of(key: str) -> tuple[str, str] | None:
    """Give the keys of the two words whose key this is, where it is one of two."""
    words = key.split(" ")
    return (f"w {words[1]}", f"w {words[2]}") if len(words) == 3 and words[0] == "w" else None


@lru_cache(maxsize=4096)  # the same categories are named again and again
def _name_key(name: str) -> str:
    return f"t {' '.join(_stems_of_name(name))}"


def _code_key(curie: str) -> str:
    return f"c {curie.casefold()}"
