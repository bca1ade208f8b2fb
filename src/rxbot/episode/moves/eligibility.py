"""Before services are shown: ask what they depend on, one fact at a time, and look again with each answer."""

from rxbot.directory.asking import facts_needed
from rxbot.directory.rules.turning import Fact
from rxbot.episode import phrases
from rxbot.episode.events import ServicesFound
from rxbot.episode.model import ELIGIBILITY, Turn
from rxbot.episode.moves.asking import ask_next
from rxbot.episode.moves.handing_over import bring_a_human
from rxbot.episode.moves.offering import lives


def depends_on_more(turn: Turn) -> bool:
    """What may be shown depends on a fact that nobody knows, and that the person can be asked."""
    return fact_to_ask(turn) is not None


def fact_to_ask(turn: Turn) -> Fact | None:
    """Give the fact that most of what was found depends on, if it can be asked. Once services were shown, no more is asked."""
    if not isinstance(turn.event, ServicesFound) or turn.episode.offers or turn.episode.nothing_for:
        return None
    dialog = turn.content.dialogs.get(ELIGIBILITY)
    without = {fact for fact in Fact if dialog is None or dialog.question(fact) is None}
    far = set() if _lives_elsewhere(turn) else {Fact.TRAVEL}  # how far it is from a clinic is not how far they go
    found = (matches for _, matches in turn.event.found)
    asked = tuple(map(Fact, turn.episode.facts))
    return next(iter(facts_needed(found, asked, never=without | far)), None)


def _lives_elsewhere(turn: Turn) -> bool:
    here, clinic = lives(turn), turn.content.scheme.clinics[turn.episode.clinic].place
    return here is not None and (here.lat, here.lon) != (clinic.lat, clinic.lon)


def ask_fact(turn: Turn) -> None:
    """Ask it. A link worker is called before: nobody waits for one because a question stayed open."""
    fact = fact_to_ask(turn)
    assert fact is not None
    if not turn.episode.facts:
        bring_a_human(turn)
        turn.say(phrases.BEFORE_SERVICES())
    turn.change(sheet=ELIGIBILITY, facts=(*turn.episode.facts, str(fact)))
    ask_next(turn)
