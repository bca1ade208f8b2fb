"""Before services are shown: ask what they depend on, one fact at a time, and look again with each answer."""

from rxbot.directory.asking import facts_needed
from rxbot.directory.rules.turning import Fact
from rxbot.episode import phrases
from rxbot.episode.events import ServicesFound
from rxbot.episode.model import ELIGIBILITY, Turn
from rxbot.episode.moves.asking import ask_next
from rxbot.episode.moves.handing_over import bring_a_human
from rxbot.episode.moves.searching import at_most


def depends_on_more(turn: Turn) -> bool:
    """What may be shown depends on a fact that nobody knows, and that the person can be asked."""
    return fact_to_ask(turn) is not None


def fact_to_ask(turn: Turn) -> Fact | None:
    """Give the fact whose answer would change most of what is shown; when they look again, one is asked at most."""
    if not isinstance(turn.event, ServicesFound):
        return None
    asked = tuple(map(Fact, turn.episode.facts))
    just_asked = asked[turn.episode.facts_before :]
    needed = facts_needed(turn.event.deciding, asked, just_asked, at_most(turn))
    return next(iter(needed), None)


def ask_fact(turn: Turn) -> None:
    """Ask it. A link worker is called before the first services: nobody waits for one because a question stayed open."""
    fact = fact_to_ask(turn)
    assert fact is not None
    if not turn.episode.facts and not turn.episode.saw_services:
        bring_a_human(turn)
    if len(turn.episode.facts) == turn.episode.facts_before:
        turn.say(phrases.BEFORE_SERVICES())
    turn.change(sheet=ELIGIBILITY, facts=(*turn.episode.facts, str(fact)))
    ask_next(turn)
