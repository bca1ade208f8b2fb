"""What to look for in a directory: for the person as far as they are known, and as each open answer would make them known."""

from collections.abc import Iterator, Mapping
from datetime import date

from rxbot.dialog.model import Question
from rxbot.dialog.needs import help_wanted, needs_sought, wishes_of
from rxbot.directory.asking import AT_MOST, LATER, LOOKED_AT, If, Unasked
from rxbot.directory.model import Place
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.turning import Fact, share_of
from rxbot.directory.search import Search, Wish, else_km
from rxbot.episode.eligibility_answers import eligibility_answers
from rxbot.episode.model import ELIGIBILITY, Turn


def search_for(turn: Turn, domain: str, supposed: Mapping[str, str] | None = None) -> Search:
    """Say what to look for: the domain's needs, near the person; where they said what is `supposed`, as well."""
    needs = needs_sought(turn.content.dialogs["intake"], turn.episode.answers_of("intake"), domain)
    told = eligibility_answers(turn.episode, turn.content, supposed or {})
    wished = wishes(turn, domain)
    words = [wish.words for wish in wished]
    reach_km = told.reach_km or turn.content.scheme.reach_km
    return Search(
        needs=tuple(turn.content.needs[need] for need in needs),
        focus=wished,
        place=near(turn),
        reach_km=reach_km,
        else_km=else_km(reach_km, turn.content.scheme.reach_km),
        language=turn.episode.language,
        age=_age(turn),
        gender=told.gender,
        known=known_of(told.has, told.has_not, needs, turn.episode.language, _age(turn), words),
        must=told.must,
        limit=LOOKED_AT,
        now=today(turn),
    )


def unasked(turn: Turn, domains: tuple[str, ...], shown: int) -> Mapping[str, Unasked]:
    """Give for each domain what may still be asked, with the search that each answer leads to."""
    before = frozenset(offer.service for offer in turn.episode.offers)
    asked_now = len(turn.episode.facts) - turn.episode.facts_before
    questions = tuple(_may_be_asked(turn)) if asked_now < at_most(turn) else ()
    return {domain: Unasked(tuple(_ifs(turn, domain, questions)), shown, before) for domain in domains if questions}


def at_most(turn: Turn) -> int:
    """Give how many questions may stand before the services that are looked for now."""
    return LATER if turn.episode.saw_services else AT_MOST


def _may_be_asked(turn: Turn) -> Iterator[Question]:
    """Give the questions about facts that were not asked: none is asked twice. How far somebody goes is asked from home."""
    page = turn.content.dialogs.get(ELIGIBILITY)
    facts = (fact for fact in Fact if fact not in turn.episode.facts and (fact is not Fact.TRAVEL or _lives_elsewhere(turn)))
    yield from (question for fact in facts if page and (question := page.question(fact)))


def _ifs(turn: Turn, domain: str, questions: tuple[Question, ...]) -> Iterator[If]:
    known = search_for(turn, domain).known
    for question in questions:
        shares = {option.id: share_of(known, option.has, option.has_not) for option in question.options}
        all_of_them = sum(shares.values()) or 1.0  # nothing is likely where all that is known speaks against it
        for id, share in shares.items():
            yield If(Fact(question.id), share / all_of_them, search_for(turn, domain, {question.id: id}))


def _lives_elsewhere(turn: Turn) -> bool:
    here, clinic = lives(turn), turn.content.scheme.clinics[turn.episode.clinic].place
    return here is not None and (here.lat, here.lon) != (clinic.lat, clinic.lon)


def wanted_domains(turn: Turn) -> tuple[str, ...]:
    """Name the parts of life that they want help with."""
    return help_wanted(turn.content.dialogs["intake"], turn.episode.answers_of("intake"))


def wishes(turn: Turn, domain: str) -> tuple[Wish, ...]:
    """Give what they said would help most in this part of life."""
    found = wishes_of(turn.content.dialogs["intake"], turn.episode.answers_of("intake"), domain)
    return tuple(Wish(one.label, words) for one in found for words in one.words)


def today(turn: Turn) -> date:
    """Give the day it is where the scheme is."""
    return turn.content.scheme.day(turn.event.at)


def near(turn: Turn) -> Place:
    """Say where to look: where the person lives, or else near their clinic."""
    return lives(turn) or turn.content.scheme.clinics[turn.episode.clinic].place


def lives(turn: Turn) -> Place | None:
    """Give where the person lives, if they said so."""
    here = turn.episode.answers_of("intake").get("place")
    return here.value.place if here and here.value.kind == "somewhere" else None


def _age(turn: Turn) -> tuple[int, int] | None:
    question = turn.content.dialogs["consent"].question("age")
    answer = turn.episode.answers_of("consent").get("age")
    option = question.option(answer.chosen[0]) if question and answer and answer.chosen else None
    return option.years if option else None
