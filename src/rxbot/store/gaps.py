"""What the ledger holds of people's needs, and how many services the directory has for them, group by group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from rxbot.directory.candidate import Candidate
from rxbot.directory.rank import is_for, is_near
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.room import Room, room_of
from rxbot.directory.search import Search
from rxbot.episode.content import Content
from rxbot.report.gaps import ALL, By, CountedPerson, Gap, Source, Supply, gaps, groups_of, with_areas_in_words
from rxbot.store.candidates import candidates
from rxbot.store.places import areas
from rxbot.store.tables import ledger
from rxbot.store.unit import Unit

NAMED, SEARCHED, SURVEYED = "needs_named", "searched", "surveyed"


def told(unit: Unit, since: datetime | None, until: datetime) -> Mapping[Source, tuple[CountedPerson, ...]]:
    """Give what people have told in this time, referred people and those of a survey apart."""
    c = ledger.c
    asked = select(c.at, c.episode, c.fact, c.codes).where(c.fact.in_((NAMED, SEARCHED, SURVEYED)), c.at < until)
    if since:
        asked = asked.where(c.at >= since)
    named: dict[str, Mapping[str, str]] = {}
    looked: dict[str, list[tuple[datetime, Mapping[str, str]]]] = defaultdict(list)
    surveyed: list[tuple[CountedPerson, str]] = []
    for at, episode, fact, codes in unit.execute(asked.order_by(c.id)):
        if fact == SURVEYED:
            surveyed.append((_told(codes, _listed(codes, "wanted")), codes.get("area_in_words", "")))
        elif fact == NAMED:
            named[episode] = codes
        else:
            looked[episode].append((at, codes))
    found = {episode: _found(looked[episode]) for episode in named}
    referred = tuple(_told(codes, frozenset(found[episode]), found[episode]) for episode, codes in named.items())
    return {"referred": referred, "survey": with_areas_in_words(surveyed)}


def _found(searches: Iterable[tuple[datetime, Mapping[str, str]]]) -> dict[str, bool]:
    """Say of each need whether the first look for it found anything; one look may be several searches."""
    first: dict[str, datetime] = {}
    found: dict[str, bool] = {}
    for at, codes in searches:
        for need in _listed(codes, "needs"):
            if first.setdefault(need, at) == at:
                found[need] = found.get(need, False) or codes.get("found", "0") != "0"
    return found


def _told(codes: Mapping[str, str], wanted: frozenset[str], found: Mapping[str, bool] | None = None) -> CountedPerson:
    area, language, age = (codes.get(name, "") for name in ("area", "language", "age"))
    return CountedPerson(_listed(codes, "needs"), wanted, area, language, age, found)


def _listed(codes: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, codes.get(name, "").split(",")))


def supply(
    unit: Unit, content: Content, in_areas: Iterable[str], languages: Iterable[str], today: date
) -> dict[tuple[By, str, str], Supply]:
    """Count the services for each need: all there are, within reach of each area, speaking each language, open to each age."""
    middles = {place.label: place for place in areas(unit)}
    spots = {label: middles[label] for label in in_areas if label in middles}
    spoken, ages = tuple(languages), _ages(content)
    counted: dict[tuple[By, str, str], Supply] = {}
    for need in content.needs.values():
        search = Search(needs=(need,), reach_km=content.scheme.reach_km, now=today)
        fit = [one for one in candidates(unit, search) if is_for(search, one)]
        groups: dict[tuple[By, str], Iterable[Candidate]] = {
            ("all", ALL): fit,
            **{("area", name): _near(replace(search, place=spot), fit) for name, spot in spots.items()},
            **{("language", code): [one for one in fit if _speaks(one, code, search.home_language)] for code in spoken},
            **{("age", band): [one for one in fit if one.rules.age(years) is not Answer.NO] for band, years in ages.items()},
        }
        counted |= {(by, group, need.id): _counted(some) for (by, group), some in groups.items()}
    return counted


def _near(search: Search, fit: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in fit if is_near(search, one)]


def _speaks(one: Candidate, language: str, home: str) -> bool:
    return one.rules.language(language, home) is Answer.YES


def find_gaps(unit: Unit, content: Content, since: datetime | None, until: datetime) -> tuple[Gap, ...]:
    """Give what people lacked in this time beside the services there are now."""
    people = told(unit, since, until)
    everybody = [one for some in people.values() for one in some]
    languages = dict.fromkeys((*content.scheme.languages, *filter(None, groups_of(everybody, "language"))))
    there = supply(unit, content, groups_of(everybody, "area"), languages, content.scheme.day(until))
    return gaps(people, content.needs, there)


def _ages(content: Content) -> dict[str, tuple[int, int]]:
    question = content.dialogs["consent"].question("age")
    return {option.id: option.years for option in question.options if option.years} if question else {}


def _counted(some: Iterable[Candidate]) -> Supply:
    """Count services, each once. What was told of their room counts before what the record says."""
    rooms = [_room(one) for one in {one.service.key: one for one in some}.values()]
    return Supply(len(rooms), sum(room is not Room.UNKNOWN for room in rooms), rooms.count(Room.WAITING))


def _room(one: Candidate) -> Room:
    if one.capacity is None:
        return room_of(one.service)
    return Room.NOW if one.capacity.code == "capacity" else Room.WAITING if one.capacity.code in WAITING else Room.UNKNOWN


WAITING = ("waitlist", "no-capacity")
