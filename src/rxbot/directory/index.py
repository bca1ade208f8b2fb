"""What a service can be found by, and what a need looks for: the two sides of the posting table.

A key is one telling word, two that stand together, a category's name, or a category's code. Each key of a service
carries a weight between 0 and 1: how much it says about what the service really does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rxbot.directory.model import Need, Service, Term, TermRef
from rxbot.directory.reasons import Why
from rxbot.directory.stems import phrases, stems

NAME, ORGANIZATION, DESCRIPTION = 0.6, 0.3, 0.2
TERM, TERM_WORDS = 0.5, 0.4
"""Categories are given too generously (a hospital has thirty), so these two are shared out among those of a service."""


@dataclass(frozen=True)
class Vote:
    """One thing a need looks for: any of these keys says the same."""

    code: Why
    value: str
    keys: tuple[str, ...]


def keys_of(service: Service) -> Mapping[str, float]:
    """Give every key of a service; where a key is found twice, the stronger counts."""
    found: dict[str, float] = {}
    for key, weight in _keys(service):
        found[key] = max(weight, found.get(key, 0))
    return found


def _keys(service: Service) -> Iterator[tuple[str, float]]:
    categories = [*(term.name for term in service.terms), *service.keywords]
    share = 1 / max(len(categories), 1)
    texts = [
        (f"{service.name}\n{service.alternate_name}", NAME),
        (service.organization.name, ORGANIZATION),
        *((category, TERM_WORDS * share) for category in categories),
        (service.description, DESCRIPTION),
    ]
    yield from ((key, TERM * share) for term in service.terms for key in _term_keys(term))
    yield from ((_word_key(words), weight) for text, weight in texts for words in phrases(text))


def votes_of(need: Need) -> tuple[Vote, ...]:
    """Give everything that would speak for a service, categories first. "Art" and "arts" are one vote."""
    words = {_word_key(" ".join(stems(word))): word for word in reversed(need.keywords)}
    return (
        *(Vote(Why.TERM_FITS, term.name, _ref_keys(term)) for term in need.terms),
        *(Vote(Why.WORDS_FIT, word, (key,)) for key, word in reversed(words.items())),
    )


def vote_for(words: str) -> Vote:
    """Give the vote of a word, of two that stand together, or of a category by its name."""
    return Vote(Why.WORDS_FIT, words, (_word_key(" ".join(stems(words))), _name_key(words)))


def categories_of(service: Service, needs: Iterable[Need]) -> tuple[TermRef, ...]:
    """Give the categories of a service that needs know, in the order its publisher has them."""
    known: dict[str, TermRef] = {}
    for term in (term for need in needs for term in need.terms):
        for key in _ref_keys(term):
            known.setdefault(key, term)
    found = (next((known[key] for key in _term_keys(term) if key in known), None) for term in service.terms)
    return tuple({term.name: term for term in found if term}.values())


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


def _name_key(name: str) -> str:
    return f"t {' '.join(stems(name))}"


def _code_key(curie: str) -> str:
    return f"c {curie.casefold()}"
