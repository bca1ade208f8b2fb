"""What a person told of themselves that services depend on, as a search reads it; what they did not say is not known."""

from collections.abc import Mapping
from dataclasses import dataclass

from rxbot.dialog.needs import told_by
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.turning import Fact
from rxbot.directory.search import Must, Travel
from rxbot.episode.content import Content
from rxbot.episode.model import ELIGIBILITY, Episode

AT_HOME = "home"


@dataclass(frozen=True)
class EligibilityAnswers:
    """What is true of them, and what is not; what they cannot do without; how far they go, where they said it."""

    has: tuple[str, ...] = ()
    has_not: tuple[str, ...] = ()
    gender: Gender | None = None
    must: frozenset[Must] = frozenset()
    reach_km: float | None = None


def eligibility_answers(episode: Episode, content: Content, supposed: Mapping[str, str]) -> EligibilityAnswers:
    """Read the answers on what services depend on, those that are supposed (an option for a question), and what they chose."""
    given = {asked: answer.chosen[0] for asked, answer in episode.answers_of(ELIGIBILITY).items() if answer.chosen}
    picked = {**given, **supposed}
    page = content.dialogs.get(ELIGIBILITY)
    options = [option for q in (page.questions if page else ()) if q.id in picked and (option := q.option(picked[q.id]))]
    gender, travel = picked.get(Fact.GENDER, ""), picked.get(Fact.TRAVEL, "")
    return EligibilityAnswers(
        (*(one for option in options for one in option.has), *_chosen(episode, content)),
        tuple(one for option in options for one in option.has_not),
        Gender(gender) if gender in tuple(Gender) else None,
        _musts(picked),
        Travel(travel).reach_km if travel in tuple(Travel) else None,
    )


def _chosen(episode: Episode, content: Content) -> tuple[str, ...]:
    """Give what follows from what they chose as what would help most."""
    intake = content.dialogs.get("intake")
    return told_by(intake, episode.answers_of("intake")) if intake else ()


def _musts(picked: Mapping[str, str]) -> frozenset[Must]:
    step_free = {Must.STEP_FREE} if picked.get(Fact.STEP_FREE) == "yes" else set()
    return frozenset(step_free | ({Must.WITHOUT_GOING} if picked.get(Fact.TRAVEL) == AT_HOME else set()))
