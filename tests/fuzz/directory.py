"""The directory while people are sent there: lists come in anew, providers answer, services fill up, close and come back.

And what must never come of it: that somebody is shown what is not to be shown, or that two reports suspend nothing.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from fuzz.complaints import Complaints
from rxbot.carry_out import restore_service
from rxbot.directory.asking import AT_MOST, LATER
from rxbot.directory.capacity import CODES
from rxbot.directory.checks import OUTCOMES, Amendment, Statement
from rxbot.directory.hsds import read_services
from rxbot.directory.reports import TO_SUSPEND, ReportKind
from rxbot.feeds import open_feed
from rxbot.store import directory_reports, service_checks
from rxbot.store.directory_rows import retire_publisher, save_feed
from rxbot.store.service_checks import Speaker

if TYPE_CHECKING:
    from fuzz.house import House

TOWN = "Kittersea"
PAT = Speaker("Pat", "manager")
SAID = (
    "",
    "",
    "0",
    "01632 960999",
    "٠١٦٣٢ ٩٦٠٩٩٩",
    "<b>&amp;</b>",
    "{service}",
    "\u202eyadnoM",
    "🙂" * 30,
    "Mo-Fr 9-5 " * 30,
    "\n",
)
NOT_SHOWN = "SELECT key FROM directory_service WHERE suspended_at IS NOT NULL OR closed_at IS NOT NULL OR retired_at IS NOT NULL"
NOT_SUSPENDED = (
    "SELECT service FROM directory_report JOIN directory_service ON key = service WHERE suspended_at IS NULL"
    " GROUP BY service HAVING count(*) >= ?"
)


@dataclass
class Directory:
    """Whoever changes the directory, and what of it each episode was shown."""

    house: "House"
    rng: Random
    shown: dict[str, tuple[frozenset[str], tuple[str, ...]]] = field(default_factory=dict)

    def changes(self) -> None:
        """Let something happen to it, rather to what people were shown."""
        acts: tuple[tuple[int, Callable[[], object]], ...] = (
            (2, self._list_comes_in),
            (8, self._provider_answers),
            (4, self._answer_is_settled),
            (6, self._room_is_told_of),
            (6, self._is_reported),
            (4, self._is_checked),
        )
        self.rng.choices([act for _, act in acts], [weight for weight, _ in acts])[0]()

    def _list_comes_in(self) -> None:
        services, _ = read_services(open_feed(self.house.town))
        kept = [one for one in services if self.rng.random() < self.rng.choice((0.5, 0.95, 1))]
        if self.rng.random() < 0.1:
            self.house.asks(lambda unit: retire_publisher(unit, TOWN, self.house.now))
        if kept:
            self.house.asks(lambda unit: save_feed(unit, TOWN, kept, self.house.now))

    def _provider_answers(self) -> None:
        words, phone, opening, entry = (self.rng.choice(SAID) for _ in range(4))
        told = Statement(self.rng.choice(OUTCOMES), words, Amendment(phone, opening, entry))
        now, day = self.house.now, self.house.now.date()
        self.house.asks(lambda unit: service_checks.check(unit, self._one(), told, PAT, now, day))

    def _answer_is_settled(self) -> None:
        if waiting := self.house.asks(service_checks.waiting):
            number, how = self.rng.choice(waiting).number, self.rng.choice(("take", "leave"))
            now = self.house.now
            self.house.asks(lambda unit: service_checks.settle(unit, number, how, "Kim", now, now.date()))

    def _room_is_told_of(self) -> None:
        code, weeks = self.rng.choice(CODES), self.rng.choice((None, 1, 104))
        self.house.asks(lambda unit: service_checks.tell_capacity(unit, self._one(), code, weeks, "Pat", self.house.now))

    def _is_reported(self) -> None:
        """Somebody of these people says so, whom chance alone would seldom lead to the same service as another."""
        if people := self.house.sql("SELECT person_id, id FROM episode ORDER BY id"):
            person_id, episode_id = self.rng.choice(people)
            service, kind, now = self._one(), self.rng.choice(tuple(ReportKind)), self.house.now
            self.house.asks(lambda unit: directory_reports.report(unit, service, kind, person_id, episode_id, now))

    def _is_checked(self) -> None:
        if found := self.house.asks(directory_reports.suspended):
            key, content = self.rng.choice(found).key, self.house.release.content
            self.house.asks(lambda unit: restore_service(unit, content, key, "Kim", self.house.now))

    def _one(self) -> str:
        known = sorted({key for services, _ in self.shown.values() for key in services})
        if known and self.rng.random() < 0.7:
            return self.rng.choice(known)
        return str(self.rng.choice(self.house.sql("SELECT key FROM directory_service ORDER BY key"))[0])

    def look(self, addresses: Collection[str], complaints: Complaints) -> None:
        """See to it that whoever was touched was shown and asked what they may be, and that reports have their effect."""
        for address in sorted(addresses):
            self._look_at(address, complaints)
        for (service,) in self.house.sql(NOT_SUSPENDED, TO_SUSPEND):
            complaints.note("reported and not suspended", service)

    def _look_at(self, address: str, complaints: Complaints) -> None:
        held = self.house.held(address)
        if held is None:
            return
        one = held.episode
        services, facts = frozenset(offer.service for offer in one.offers), one.facts
        before, asked = self.shown.get(one.id, (frozenset(), ()))
        self.shown[one.id] = services, facts
        if fresh := services - before:
            bad = {row[0] for row in self.house.sql(NOT_SHOWN)} | {*full(self.house, fresh)}
            if wrong := fresh & bad:
                complaints.note("shown what is not offered", f"{sorted(wrong)}", address)
        if len(set(facts)) < len(facts) or len(facts) - len(asked) > (LATER if before else AT_MOST):
            complaints.note("asked too often", f"{asked}, then {facts}", address)
        if one.survey and one.state == "closed" and (one.sheets or not one.handoffs):
            complaints.note("a survey remembered", f"{sorted(one.sheets)}", address)


def full(house: "House", services: Collection[str]) -> tuple[str, ...]:
    """Name those of these services of which somebody has said lately that they are full."""
    day = house.release.content.scheme.day(house.now)
    return house.asks(lambda unit: service_checks.full_among(unit, services, day))
