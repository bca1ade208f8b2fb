"""An episode walked by hand: what happens goes in, the effects come out, and the store is played by the test."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from rxbot.content.load import load
from rxbot.directory.asking import Gain
from rxbot.directory.match import Match
from rxbot.directory.model import Address, Location, Organization, Phone, Place, Service
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.rules.turning import Fact
from rxbot.episode.content import Content
from rxbot.episode.effects import Effect, FindKept, FindNamed, FindPlaces, FindServices, NamePlace, Notice, Say, ShowChosen
from rxbot.episode.events import (
    CheckInDue,
    Event,
    KeptFound,
    LinkOpened,
    NamesFound,
    PlacesFound,
    SentMedia,
    ServicesFound,
    Tapped,
    Typed,
)
from rxbot.episode.model import Episode
from rxbot.episode.taps import carried
from rxbot.episode.turn import take_turn
from rxbot.message import Rows

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ID = "abcdefgh12345678"
TOWN = Place(53.07, 0.42, "Northfields, Kittersea")


def service(number: int, name: str = "") -> Match:
    """Give a service as the directory finds it."""
    place = Location(
        "l",
        place=replace(TOWN, lat=TOWN.lat + number / 1000),
        phones=(Phone("01632 960001"),),
        addresses=(Address("1 Quay", city="Kittersea", postal_code="KT1"),),
    )
    record = Service(
        f"s{number}", name or f"Service {number}", Organization("o", "Town & Sea"), key=f"k{number}", locations=(place,)
    )
    return Match(
        record,
        place,
        1.2,
        (Reason(Why.HELPS_WITH, ("intake/food.what.meals",)), Reason(Why.TERM_FITS, ("food",)), Reason(Why.NEAR, ("1.2",))),
        (Ask.COST, Ask.AGE),
    )


@dataclass
class Walk:
    """One person's episode; `found`, or `found_for` a domain, and `places` are what the directory will find.

    What is found `depends_on` these facts, on the first the most.
    """

    content: Content
    episode: Episode = field(default_factory=lambda: Episode(ID, "harbour"))
    at: datetime = MONDAY
    found: tuple[Match, ...] = field(default_factory=lambda: tuple(service(n) for n in range(1, 4)))
    found_for: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    depends_on: tuple[Fact, ...] = ()
    places: tuple[Place, ...] = (TOWN,)
    effects: tuple[Effect, ...] = ()
    waits: dict[str, int] = field(default_factory=dict)

    def meets(self, event: Event) -> "Walk":
        """Let this happen, and the store answer what it is asked."""
        waiting, effects = [event], list[Effect]()
        while waiting:
            self.episode, more = take_turn(self.episode, waiting.pop(0), self.content)
            effects += more
            waiting += [answer for effect in more if (answer := self.answer(effect))]
        self.effects = tuple(effects)
        for wait, rows in buttons_of(effects):
            self.waits |= {b.tap: max(wait, self.waits.get(b.tap, 0)) for row in rows for b in row}
        return self

    def answer(self, effect: Effect) -> Event | None:
        match effect:
            case FindNamed(words, purpose, worker, _):
                return NamesFound(self.at, worker, words, purpose, self.found)
            case FindPlaces(words):
                return PlacesFound(self.at, words, self.places)
            case FindKept():
                return KeptFound(self.at, "4711", "A17", tuple(told.at for told in self.episode.clinic_told))
            case NamePlace():
                return PlacesFound(self.at, "", self.places[:1])
            case FindServices(searches, unasked):
                found = tuple((domain, self.found_for.get(domain, self.found)) for domain, _ in searches)
                may_be_asked = {one.fact for each in unasked.values() for one in each.ifs}
                deciding = {fact: Gain(1.0, 1.0 / n) for n, fact in enumerate(self.depends_on, 1) if fact in may_be_asked}
                return ServicesFound(self.at, found, (deciding,))
        return None

    def opens(self, guess: str = "en") -> "Walk":
        return self.meets(LinkOpened(self.at, guess))

    def taps(self, *codes: str) -> "Walk":
        """Tap the newest button that means this; one that was never shown is forged under the question on screen."""
        for code in codes:
            self.taps_at(self.waits.get(code, self.episode.asked_wait), code)
        return self

    def taps_at(self, wait: int, *codes: str) -> "Walk":
        """Tap buttons of the message with this wait number."""
        for code in codes:
            self.meets(Tapped(self.at, carried(self.episode.id, wait, code), "1:1"))
        return self

    def types(self, words: str) -> "Walk":
        """Type this; not as more of what was typed before."""
        return (self.later(seconds=11) if self.episode.wrote_at else self).goes_on(words)

    def goes_on(self, words: str) -> "Walk":
        """Type this at once."""
        return self.meets(Typed(self.at, words, "1:2"))

    def sends(self, caption: str = "") -> "Walk":
        return self.meets(SentMedia(self.at, "1:3", caption))

    def later(self, **span: float) -> "Walk":
        self.at += timedelta(**span)
        return self

    def consents(self, language: str = "en", share: str = "yes", clinic: str = "yes", age: str = "a26") -> "Walk":
        """Come as far as what matters; how they are is skipped."""
        self.opens()
        self.taps(f"l:{language}", "a:consent.keep:yes", f"a:consent.share:{share}", f"a:consent.clinic:{clinic}", f"a:age:{age}")
        self.taps("a:self:own")
        while self.episode.asked.startswith("ons4."):
            self.taps(f"n:{self.episode.asked}:skipped")
        return self

    def answers(self, *domains: str, need: str = "yes", wanted: str = "yes") -> "Walk":
        """Pick these parts of life, find a need in each, and come to the question for the place."""
        self.taps(*(f"t:matters:{domain}:1" for domain in domains), "d:matters")
        for _ in range(4 * len(domains) + 1):
            asked = self.episode.asked
            if asked == "rest":
                break
            given = {"need": need, "help": wanted}.get(asked.partition(".")[2]) or self.first_option()
            self.taps(f"a:{asked}:{given}")
        return self.taps("a:rest:nothing", "n:strengths:skipped")

    def reviews(self, *domains: str, **how: str) -> "Walk":
        self.answers(*domains, **how).taps("p:0", "a:contact.when:any")
        if self.episode.asked == "contact.safe":
            self.taps("a:contact.safe:yes")
        return self.taps("n:words:skipped")

    def first_option(self) -> str:
        question = next(q for d in self.content.dialogs.values() for q in d.questions if q.id == self.episode.asked)
        return question.options[0].id

    def says(self, to: str = "person") -> list[str]:
        """Name the texts said to somebody in the last turn."""
        return [line.id for say in self.all_said(to) for line in say.message.lines if line.id]

    def all_said(self, to: str = "person") -> list[Say]:
        return [effect for effect in self.effects if isinstance(effect, Say) and effect.to == to]

    def notices(self) -> list[str]:
        return [effect.text.id for effect in self.effects if isinstance(effect, Notice)]

    def did(self, kind: type) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def taps_shown(self) -> list[str]:
        """Give what the buttons of the last message with buttons carry."""
        shown: Iterable[Say] = (say for say in reversed(self.all_said()) if say.message.buttons)
        last = next(iter(shown), None)
        return [b.tap for row in last.message.buttons for b in row if b.tap] if last else []


def buttons_of(effects: Iterable[Effect]) -> Iterator[tuple[int, Rows]]:
    """Give the buttons the person was shown, each message's with its wait number."""
    for effect in effects:
        if isinstance(effect, Say) and effect.to == "person":
            yield effect.wait, effect.message.buttons
        elif isinstance(effect, ShowChosen):
            yield effect.wait, effect.buttons


@cache
def shipped() -> Content:
    """Give the content that ships, where a fixture would be shown whole for every example."""
    return load(Path(__file__).resolve().parents[2], MONDAY.date()).content


@cache
def everywhere() -> dict[str, Walk]:
    """Bring an episode into every state there is."""

    def walk() -> Walk:
        return Walk(shipped())

    return {
        "choosing_language": walk().opens(),
        "asking_consent": walk().opens().taps("l:en"),
        "answering": walk().consents(),
        "answering a place": walk().consents().answers("food"),
        "answering in own words": walk().consents().answers("food").taps("p:0", "a:contact.when:any"),
        "reviewing": walk().consents().reviews("food"),
        "asking_eligibility": asked_more(walk()),
        "choosing_services": walk().consents().reviews("food").taps("right"),
        "planning": planning(walk()),
        "planning agreed": agree(planning(walk())),
        "following_up": walk().consents().reviews("food").taps("right", "chosen"),
        "following up unshared": walk().consents(share="no").reviews("food").taps("right", "chosen"),
        "checking_in": check_in(walk().consents().reviews("food").taps("right", "chosen")),
        "closing": walk().consents().reviews("food").taps("right", "chosen", "finish_yes"),
        "changing": walk().consents().reviews("food").taps("right", "chosen", "my_data", "change", "c:matters"),
        "closed": walk().consents().taps("stop"),
        "closed too young": walk()
        .opens()
        .taps("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:child"),
    }


def asked_more(walk: Walk, *facts: Fact) -> Walk:
    """Come as far as the first question about what the services depend on."""
    walk.depends_on = facts or (Fact.CHILDREN,)
    return walk.consents().reviews("food").taps("right")


def planning(walk: Walk) -> Walk:
    """Come as far as the first question about the plan."""
    return walk.consents().reviews("food").taps("right", "s:1:1", "chosen", "begin")


def agree(walk: Walk, step: str = "s1", confidence: int = 8) -> Walk:
    """Answer about a goal and its step, and come to what is to be agreed."""
    walk.taps("a:plan.goal:food", "a:plan.importance:9", f"a:plan.step:{step}", "a:plan.day:tomorrow", "a:plan.cue:breakfast")
    return walk.taps("a:plan.obstacle:nerves", "a:plan.way_round:together", f"a:plan.confidence:{confidence}")


def check_in(walk: Walk, days: int = 3) -> Walk:
    return walk.later(days=days).meets(CheckInDue(walk.at, days))
