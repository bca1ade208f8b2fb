"""Read which ages a record is open to: from its fields, then from plain English prose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rxbot.directory.model import Service
from rxbot.directory.rules.age_numbers import ages_in_numbers, counted_ages
from rxbot.directory.rules.age_text import NO_RULE, bare_ages, labelled_ages, read_ages, told_ages
from rxbot.directory.rules.age_words import AGES_IN_WORDS, AN_ADULT, AN_OLD_ONE, OTHERS_THAN_OLD
from rxbot.directory.rules.ages import BEFORE_SCHOOL, COME_ALONE, GROWN, NO_LIMIT, OF_PUPILS, YOUNG_ONLY, Ages
from rxbot.directory.rules.answers import Answer, Finding, worst
from rxbot.directory.rules.headed import eligibility_of
from rxbot.directory.rules.picked import is_after_school
from rxbot.directory.rules.sentences import first_sentence_of, sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

BAND = re.compile(r"^[A-Z][\w/ ]*\(\d{1,2}(?:-\d{1,2}|\+)\)$")
"""A category of a publisher's, such as "Youth (6-12)": picked from a list, where the record itself may say it better."""


def age_rule(service: Service, band: tuple[int, int]) -> Finding[Answer]:
    """Say whether a service takes this age band: first by its fields, then by each sentence on whom it is for."""
    return worst(Finding(ages.takes(band), text) for ages, text in ages_of(service))


def ages_of(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give each range of ages that is said, with its text: that of the fields alone, or of who it says it is for, or the rest."""
    return _in_fields(service) or _said(service) or _described(service) or _beside_school(service)


def _in_fields(service: Service) -> tuple[tuple[Ages, str], ...]:
    low, high = service.minimum_age, service.maximum_age
    if low is None and high is None:
        return ()
    ages = Ages(low or 0.0, NO_LIMIT if high is None else high)
    brought = ages.high <= BEFORE_SCHOOL and bool(WHO_BRINGS.search(fold(service.description)))
    return ((replace(ages, brought=brought), ""),)


WHO_BRINGS = Telling(
    r"\b(?:grown-?ups?|parents?|carers?|caregivers?|guardians?|mums?|moms?|mothers?|dads?|fathers?|famil(?:y|ies)|adults?)\b",
    needs="grown|parent|care|guardian|mum|mom|mother|dad|father|famil|adult",
)


def _said(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give those of each text on whom it is for."""
    texts = tuple(_texts(service))
    grown_ups_too = any(GROWN_UPS_TOO.search(fold(text)) for text in texts)
    read = [(ages, text) for text in texts if (ages := read_ages(text))]
    said = tuple((_beside_others(ages, grown_ups_too), text) for ages, text in _but_none(read))
    if any(map(BAND.search, service.audience)):
        picked, told = "; ".join(service.audience), service.description
        said = tuple(
            (each, text) for ages, text in said for each in (_with_edges(_beside(ages, told)) if text == picked else (ages,))
        )
    if not service.eligibility_description and DISABLED_TOO.search(fold(first_sentence_of(service.description))):
        return tuple((replace(ages, sure=ages.sure and not ages.is_of_the_old), text) for ages, text in said)
    return said


DISABLED_TOO = Telling(
    r"(?:\b(?:seniors?(?: citizens)?|elders|elderly|older (?:adults|people|persons)|(?:and|or)),?|,) ?(?:(?:and|or|&|and/or) )?"
    r"(?:(?:the|all) )?(?:(?:physically |younger )?(?:disabled|handicapped)\b(?! (?:seniors|elders|elderly|older))"
    r"|(?:younger )?(?:adults|people|persons|individuals) (?:living )?with (?:\w+ ){0,2}disabilit)",
    needs="disab|handicap",
)
"""Whom a first sentence names beside the old: who ticks a list for the old does not leave them out."""


def _texts(service: Service) -> Iterator[str]:
    """Give what a record says of whom it is for, but for whom it takes first."""
    for text in filter(None, (eligibility_of(service), "; ".join(service.audience))):
        yield " ".join(one for one in sentences_of(text) if not FIRST.match(fold(one))) if FIRST.search(fold(text)) else text


FIRST = Telling(r"(?:\w+ )?(?:preference|priority)\b", needs="preference|priority")
"""Whom a service takes first does not say whom it leaves out."""


def _but_none(read: Sequence[tuple[Ages, str]]) -> Sequence[tuple[Ages, str]]:
    """Leave out a "None" of one field where another counts the years of the old: nobody wrote it of ages."""
    counted = any(ages.is_of_the_old and any(ages_in_numbers(fold(text))) for ages, text in read)
    return [(ages, text) for ages, text in read if not NO_RULE.match(fold(text).strip())] if counted else read


GROWN_UPS_TOO = Telling(
    r"(?:^|[;,.] |\b(?:and|or) )(?:(?!young\b|older\b)[\w-]+ )?adults?\b(?! (?:volunteers?|mentors?)\b)|\badult membership\b"
    r"|\b(?:foster|adoptive) parents? must\b|\bmust be an? (?:parent|adult)\b",
    needs="adult|parent",
)
"""Words by which one field lets in those who are older than the other says."""


def _beside_others(ages: Ages, grown_ups_too: bool) -> Ages:
    """Give ages of the young, which are not certain where another text lets in grown-ups."""
    return replace(ages, sure=False) if grown_ups_too and ages.high <= OF_PUPILS else ages


def _with_edges(ages: Ages) -> tuple[Ages, ...]:
    """Give ages of a category for grown-ups with those next to them: who picks from a list of bands leaves gaps between them."""
    if not ages.sure or ages.low < GROWN or ages.high == NO_LIMIT:
        return (ages,)
    return replace(ages, sure=False), replace(ages, low=max(ages.low - EDGE, GROWN), high=ages.high + EDGE)


EDGE, FEW_YEARS = 5.0, 10.0


def _beside(ages: Ages, description: str) -> Ages:
    """Give ages of a category, which are not certain where the description speaks of others."""
    words = fold(description)
    first = fold(first_sentence_of(description))
    if ages.is_of_the_old and AN_ADULT.search(first) and not AN_OLD_ONE.search(first):
        return replace(ages, sure=False)
    older = [low for low, high in counted_ages(words) if high == NO_LIMIT and ages.low < low <= ages.low + FEW_YEARS]
    if older and ages.is_of_the_old and ages.high == NO_LIMIT:  # a list has no other band for them
        return replace(ages, low=min(older), sure=ages.sure and not OTHERS_THAN_OLD.search(words))
    told = [*counted_ages(words), *(each for pattern, each in AGES_IN_WORDS if each[1] <= YOUNG_ONLY and pattern.search(words))]
    return replace(ages, sure=ages.sure and all(ages.low <= low and high <= ages.high for low, high in told))


def _described(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give those of a description, or a name, for whoever comes alone: a child is brought by who may be the one asking."""
    found = told_ages(service.description) or labelled_ages(service) or bare_ages(service.description)
    return tuple((ages, text) for ages, text in found if ages.low >= COME_ALONE)


def _beside_school(service: Service) -> tuple[tuple[Ages, str], ...]:
    return ((OF_SCHOOL, service.name),) if is_after_school(service) else ()


OF_SCHOOL = Ages(0.0, 18.0)
"""The ages of those who are cared for beside school: whoever asks for help with their own is shown it all the same."""
