"""A worker names a place that was not shown: it is looked up, and a worker chooses where more than one may be meant."""

from rxbot.directory.match import Match
from rxbot.directory.names import is_called
from rxbot.directory.search import Search, Wish
from rxbot.episode import phrases, screens, taps
from rxbot.episode.effects import FindNamed
from rxbot.episode.events import NamesFound, PlaceNamed, ReferralOpened, Signposted
from rxbot.episode.fitting import short
from rxbot.episode.model import Turn
from rxbot.episode.moves.recording import give_signpost
from rxbot.episode.moves.referring import begin_referral
from rxbot.episode.moves.searching import near
from rxbot.message import Button, Km, Text


def look_for_named(turn: Turn) -> None:
    """Ask the directory; what the person does not share with the team does not steer the search."""
    event, scheme = turn.event, turn.content.scheme
    assert isinstance(event, PlaceNamed)
    place = near(turn) if turn.episode.shares else scheme.clinics[turn.episode.clinic].place
    named = tuple(Wish("", word) for word in event.words.split())
    search = Search(needs=(), focus=named, place=place, reach_km=scheme.reach_km, now=scheme.day(event.at))
    turn.do(FindNamed(event.words, event.purpose, event.worker, search))


def take_named(turn: Turn) -> None:
    """Go on with the one place that is called so; else let the worker choose, or say that there is none."""
    event = turn.event
    assert isinstance(event, NamesFound)
    if len(event.found) == 1 and is_called(event.found[0].service, event.words):
        _go_on(turn, event, event.found[0])
    elif event.found:
        _let_choose(turn, event)
    else:
        km = Km(turn.content.scheme.reach_km)
        turn.notice(phrases.NAMED_NONE(km=km, words=event.words))


def _go_on(turn: Turn, event: NamesFound, match: Match) -> None:
    name, key = short(match.service.name, screens.NAME), match.service.key
    if event.purpose == "refer":
        opened = ReferralOpened(event.at, event.worker, name, key, standing=match.standing, capacity=match.capacity)
        begin_referral(turn, opened)
    else:
        give_signpost(turn, Signposted(event.at, event.worker, name, key, match))


def _let_choose(turn: Turn, event: NamesFound) -> None:
    rows = tuple(
        (Button(_line(number, match, own=True), taps.pick(event.purpose, match.service.key)),)
        for number, match in enumerate(event.found, 1)
    )
    lines = (_line(number, match, own=False) for number, match in enumerate(event.found, 1))
    turn.say(phrases.NAMED_WHICH(), *lines, to="topic", buttons=rows, urgency="relay")


def _line(number: int, match: Match, *, own: bool) -> Text:
    """Name a service: by its own name, or with who gives it, since several may be called alike."""
    name, by = short(match.service.name, screens.NAME), match.service.organization.name
    if own or not by:
        return phrases.REFER_LINE(number=number, name=name)
    return phrases.NAMED_LINE(number=number, name=name, organization=short(by, screens.NAME))
