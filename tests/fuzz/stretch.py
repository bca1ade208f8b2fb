"""One stretch: a new house, a crowd, so many odd updates, and everybody led out. The seed says all of it."""

import asyncio
import gc
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from io import StringIO
from random import Random

from fuzz.complaints import Complaints
from fuzz.crowd import Crowd
from fuzz.house import House, open_house
from fuzz.log_watch import logged, look_into, look_through
from fuzz.walking_out import Walker, lead, walk_out
from rxbot.store.directory_reports import suspended

PEOPLE = 10
ROUND = 20
AHEAD = 9  # steps that each has gone on before, more than the one who came after
LED = 3  # of those who came last, to where services are shown
AT_SERVICES = ("choosing_services", "planning", "following_up", "closed")
TOLD = 12  # updates of a transcript


@dataclass
class Result:
    """What a stretch came to."""

    seed: int
    asked: int
    people: int
    updates: int = 0
    seconds: float = 0.0
    core_seconds: float = 0.0
    walked_out: int = 0
    letters: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    complaints: Complaints = field(default_factory=Complaints)
    transcript: list[str] = field(default_factory=list)


def play(seed: int, updates: int, go_on: bool = False, people: int = PEOPLE) -> Result:
    """Play one stretch, up to the first complaint, or to its end all the same."""
    result = Result(seed, updates, people)
    gc.set_threshold(200_000)
    began, worked = time.perf_counter(), time.process_time()
    with logged() as kept:
        asyncio.run(_play(result, Random(seed), kept, go_on, people))
    result.seconds, result.core_seconds = time.perf_counter() - began, time.process_time() - worked
    return result


async def _play(result: Result, rng: Random, kept: StringIO, go_on: bool, people: int) -> None:
    async with open_house(result.seed, result.complaints) as house:
        crowd = Crowd(house, rng, people)
        await _go_ahead(house, crowd)
        await _odd_updates(house, crowd, rng, result.asked, go_on)
        if go_on or not result.complaints:
            result.walked_out = await walk_out(house, crowd)
        await house.reads_all()
        if left := house.open_updates():
            result.complaints.note("updates left", str(left))
        house.keeps_house()
        house.store.commit()
        house.store.fold_log()
        look_through(kept, house.secrets, result.complaints, house.typed)
        look_into(house.folder.glob("rxbot.db*"), result.complaints)
        result.updates, result.letters = sum(house.done.values()), house.phones.letters
        result.kinds, result.states, result.set_aside = house.done, house.states, house.failed
        result.facts = Counter(suspended=len(house.asks(suspended))) + Counter(
            dict(house.sql("SELECT fact, count(*) FROM ledger GROUP BY fact"))
        )
        lines = [json.dumps(update) for update in house.transcript]
        told = [line for line in lines if f'"id": {result.complaints.chat}' in line] if result.complaints.chat else lines
        result.transcript = [line[:300] for line in told[-TOLD:]]


async def _go_ahead(house: House, crowd: Crowd) -> None:
    """Let everybody come so far that there is somebody in every part of the way."""
    for step in range(AHEAD * len(crowd.people)):
        await house.takes([crowd.goes_on(one) for place, one in enumerate(crowd.people) if step < AHEAD * place])
        await house.passes(seconds=30)
    led = crowd.people[:LED]
    await lead(house, crowd, [Walker(one, AT_SERVICES) for one in led])
    for _ in range(3):  # they want to try something, find something wrong with it, and say what
        await house.takes([house.numbered(crowd.reports(one)) for one in led])
        await house.passes(seconds=30)


async def _odd_updates(house: House, crowd: Crowd, rng: Random, many: int, go_on: bool) -> None:
    given = 0
    while given < many and (go_on or not house.complaints):
        updates = crowd.next_updates(min(ROUND, many - given))
        given += len(updates)
        await house.takes(updates)
        await house.passes(**_span(rng))
        if rng.random() < 0.3:
            house.directory.changes()
        if rng.random() < 0.05:
            house.keeps_house()


def _span(rng: Random) -> dict[str, float]:
    """Draw how much time passes: mostly seconds, now and then days."""
    draw = rng.random()
    if draw < 0.85:
        return {"seconds": rng.randrange(1, 90)}
    if draw < 0.93:
        return {"hours": rng.randrange(1, 12)}
    return {"days": rng.choice((1, 1, 2, 3, 4, 7, 21))}
