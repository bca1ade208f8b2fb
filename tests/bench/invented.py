"""Directories and people that are invented, the same for the same seed: a country as large as its services are many.

Three quarters of the services are in towns, whose sizes follow Zipf's law, as do the categories; four are on a square
kilometre on average. A record is as short as one can be: a name, one sentence, two or three categories. One in seven or so
says something of languages, of ages, of gender, of cost, of access, of its evenings, or is closed; one in twenty has no place.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from math import cos, pi, radians, sqrt

from rxbot.directory.grid import DEGREE_KM
from rxbot.directory.model import CostOption, Language, Location, Need, Organization, Place, Schedule, Service, Term
from rxbot.directory.profiles import Profile
from rxbot.directory.rules.gender import Gender
from rxbot.directory.search import Must, Search, Travel

TODAY = date(2026, 6, 1)
SOUTH, WEST = 50.0, 0.0
A_KM2, IN_TOWNS, TOWN_OF = 4.1, 0.75, 1000
PEAK = 30.0
"""Services on a square kilometre in the middle of a town."""
TERMS, RECORDS = 192, 10_000
SAYS, NOWHERE = 0.15, 0.05
DECIMALS = 6
"""Of a degree, as most directories have them."""
PUBLISHER_KM = 120.0
KINDS = ("Centre", "Project", "Group", "Service", "House", "Trust", "Network", "Hub", "Club", "Line")
FOLK = ("Alder", "Beacon", "Cedar", "Dove", "Elm", "Fern", "Grove", "Haven", "Ivy", "Juniper", "Kite", "Lark", "Maple", "Nest")
WHOM = ("Women only.", "Men only.", "For veterans.", "Must be homeless.")
FEES = ("Free.", "Sliding scale.", "Insurance accepted.")
ENTRIES = ("Walk in.", "Call to make an appointment.", "Referral required.")
UNTIL = ("16:00", "20:00")
TONGUES = ("Spanish", "Arabic", "Polish", "Somali", "Urdu", "Chinese", "Haitian Creole", "Vietnamese")
CODES = ("es", "ar", "pl", "so", "ur", "zh", "ht", "vi")


@dataclass(frozen=True)
class Topic:
    """A category with the words that services of its kind use."""

    term: Term
    words: tuple[str, ...]


@dataclass(frozen=True)
class Town:
    """Where people live close together: the middle, in kilometres from the corner, and how far it spreads."""

    name: str
    x: float
    y: float
    spread: float


@dataclass(frozen=True)
class Country:
    """A directory of so many services, each at one place or none."""

    services: int
    needs: Mapping[str, Need]
    seed: int = 1

    @cached_property
    def side(self) -> float:
        """Give its length and width in kilometres."""
        return sqrt(self.services / A_KM2)

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Give its towns, the largest first."""
        dice, many = random.Random(f"towns {self.seed}"), max(self.services // TOWN_OF, 4)
        spreads = [sqrt(size / (2 * pi * PEAK)) for size in self._sizes(many)]
        return tuple(
            Town(f"Town{number}", dice.uniform(0, self.side), dice.uniform(0, self.side), spread)
            for number, spread in enumerate(spreads)
        )

    def _sizes(self, towns: int) -> Iterator[float]:
        whole = sum(1 / rank for rank in range(1, towns + 1))
        yield from (self.services * IN_TOWNS / rank / whole for rank in range(1, towns + 1))

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Give the categories, in no order."""
        found = {
            term.name: Topic(Term("Open Eligibility", "", term.name), need.keywords)
            for need in self.needs.values()
            for term in need.terms
        }
        topics = list(found.values())
        random.Random(f"topics {self.seed}").shuffle(topics)
        return tuple(topics[:TERMS])

    @cached_property
    def records(self) -> tuple[Service, ...]:
        """Give the different records there are; the same ones are found in many places, so that a million are soon read."""
        dice = random.Random(f"records {self.seed}")
        shares = list(accumulate(1 / rank for rank in range(1, len(self.topics) + 1)))
        return tuple(self._record(dice, number, shares) for number in range(min(self.services, RECORDS)))

    def _record(self, dice: random.Random, number: int, shares: Sequence[float]) -> Service:
        topics = dict.fromkeys(dice.choices(self.topics, cum_weights=shares, k=dice.choice([2, 2, 2, 3])))
        said = [dice.choice(topic.words) for topic in topics]
        says = lambda: dice.random() < SAYS  # noqa: E731
        spoken = dice.randrange(len(TONGUES))
        return Service(
            str(number),
            f"{dice.choice(FOLK)} {said[0]} {dice.choice(KINDS)}".capitalize(),
            Organization(name=f"{dice.choice(FOLK)} {dice.choice(KINDS)}"),
            description=f"We offer {', '.join(said)} and {dice.choice(next(iter(topics)).words)} to people who live here.",
            status="inactive" if dice.random() < NOWHERE else "active",
            terms=tuple(topic.term for topic in topics),
            languages=(Language("English", "en"), Language(TONGUES[spoken], CODES[spoken])) if says() else (),
            minimum_age=dice.choice([18.0, 50.0, 60.0]) if says() else None,
            eligibility_description=dice.choice(["Women only.", "Men only.", "For veterans.", "Must be homeless."])
            if says()
            else "",
            fees_description=dice.choice(FEES) if says() else "",
            costs=(CostOption(amount=dice.choice([3.0, 10.0, 40.0]), currency="GBP"),) if says() else (),
            application_process=dice.choice(ENTRIES) if says() else "",
            schedules=(Schedule(byday="MO,TU,WE", opens_at="10:00", closes_at=dice.choice(["16:00", "20:00"])),)
            if says()
            else (),
            assured_date=TODAY - timedelta(days=dice.randrange(30, 1200, 30)),
        )

    def feeds(self) -> Iterator[tuple[str, list[Service]]]:
        """Give each publisher's services; each has a part of the country."""
        parts = max(2, round(self.side / PUBLISHER_KM))
        known: dict[str, list[Service]] = {}
        for service, x, y in self._placed():
            part = f"publisher {int(x / self.side * parts)} {int(y / self.side * parts)}"
            known.setdefault(part, []).append(service)
        yield from known.items()

    def _placed(self) -> Iterator[tuple[Service, float, float]]:
        dice = random.Random(f"places {self.seed}")
        for number, (x, y) in enumerate(self.spots(dice, self.services)):
            like = self.records[number % len(self.records)]
            if dice.random() < NOWHERE:
                area = dice.choice(["nationwide", dice.choice(self.towns).name])
                yield replace(like, id=str(number), areas=(area,)), x, y
            else:
                access = ("wheelchair accessible",) if dice.random() < SAYS else ()
                here = Location(str(number), place=self.place(x, y), accessibility=access)
                yield replace(like, id=str(number), locations=(here,)), x, y

    def spots(self, dice: random.Random, many: int) -> Iterator[tuple[float, float]]:
        """Give so many spots where services, or people, are."""
        shares = list(accumulate(self._sizes(len(self.towns))))
        for _ in range(many):
            if dice.random() < IN_TOWNS:
                town = self.towns[bisect(shares, dice.random() * shares[-1])]
                x, y = dice.gauss(town.x, town.spread), dice.gauss(town.y, town.spread)
            else:
                x, y = dice.uniform(0, self.side), dice.uniform(0, self.side)
            yield min(max(x, 0.0), self.side * 0.999), min(max(y, 0.0), self.side * 0.999)

    def place(self, x: float, y: float, label: str = "") -> Place:
        """Give a spot on the map, in kilometres from the south-west, as a place of the world."""
        lat = SOUTH + y / DEGREE_KM
        return Place(round(lat, DECIMALS), round(WEST + x / DEGREE_KM / cos(radians(lat)), DECIMALS), label)

    def searches(self, many: int, seed: int = 2) -> Iterator[Search]:
        """Give what so many random people look for."""
        dice = random.Random(f"people {self.seed} {seed}")
        ids = tuple(self.needs)
        for number, (x, y) in enumerate(self.spots(dice, many)):
            needs = tuple(dice.sample(ids, dice.choice([1, 1, 2])))
            words = self.needs[needs[0]].keywords
            profile = Profile(
                str(number),
                needs,
                focus=tuple(dice.sample(words, dice.choice([0, 1, 2]))),
                location=self.place(x, y, f"{dice.choice(self.towns).name}, Shire"),
                travel=dice.choice([None, Travel.WALKING, Travel.BUS, Travel.BUS, Travel.CAR]),
                age=dice.randrange(16, 90) if dice.random() < 0.7 else None,
                gender=dice.choice(list(Gender)) if dice.random() < 0.5 else None,
                language=dice.choice(CODES) if dice.random() < 0.3 else None,
                must=(dice.choice(list(Must)),) if dice.random() < SAYS else (),
                circumstances=("homeless",) if dice.random() < NOWHERE else (),
            )
            yield profile.search(self.needs, TODAY)
