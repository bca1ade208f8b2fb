"""Three processes on one PostgreSQL: whatever happens to one of them, everybody reads what one process would have said."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import postgres
import pytest
from replicas import Replicas, replicas
from sqlalchemy import select, text
from stage import begun, release_of, town_on_postgres

from rxbot.clinic.invitations import invite
from rxbot.content.load import shipped
from rxbot.episode.phrases import PLAN_LATER_SAID
from rxbot.sandbox.script import Person
from rxbot.store import staff
from rxbot.store.keys import Keys
from rxbot.store.postgres import SEATS
from rxbot.store.tables import episode, ledger, outbox, person
from rxbot.store.unit import Store

PEOPLE = 4
PATIENCE = 60.0
WAY = (
    *("l:en", "a:consent.keep:yes", "a:consent.share:yes", "a:consent.clinic:yes", "a:age:a26", "a:self:own"),
    *(f"n:ons4.{scale}:skipped" for scale in ("satisfaction", "worthwhile", "happy", "anxious")),
    *("t:matters:food:1", "d:matters", "a:food.need:yes", "a:food.help:yes", "a:food.what:meals", "a:rest:nothing"),
    *("n:strengths:skipped", "p:0", "a:contact.when:any", "n:words:skipped", "right", "chosen", "later"),
)


@dataclass
class Scene:
    """People at their phones, Sam in the team's group, and the processes."""

    house: Replicas
    sam: Person
    people: list[Person]
    database: str
    keys: Path
    tapped: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)

    def store(self) -> closing[Store]:
        return closing(Store(self.database, Keys(f"sqlite:///{self.keys}", self.house.environment["RXBOT_KEY"])))

    async def until(self, what: str, seen: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not seen():
                    await asyncio.sleep(0.02)
        except TimeoutError as late:
            raise TimeoutError(f"never seen: {what}") from late

    async def goes_all_the_way(self, who: Person) -> None:
        """Answer everything, then talk with Sam for a while."""
        for code in WAY:
            await self.until(f"{who.name} is asked for {code}", lambda code=code: self.taps(who, code))
            self.tapped += 1
        # A tap and a worker's words go different ways, and either may be first: they would be answered otherwise.
        await self.until(f"{who.name} is answered", lambda: who.screen[-1].text == PLAN_LATER_SAID.english)
        seat = self.sam.in_group(self.house.team)
        await self.until(f"Sam reads of {who.name}", lambda: self.topic_of(who) is not None)
        for turn in range(3):
            words = f"Hello {who.name}, {turn}"
            seat.types(f"/r {words}", topic=self.topic_of(who))
            await self.until(f"{who.name} reads it", lambda words=words: any(words in one.text for one in who.screen))
            who.types(f"Thanks, {turn}")
            self.tapped += 1
            await asyncio.sleep(0.3)

    def taps(self, who: Person, code: str) -> bool:
        for message in reversed(list(who.chat.messages.values())):
            for key in (key for row in message.keyboard for key in row):
                if str(key.get("callback_data", "")).partition("~")[2] == code:
                    self.house.telegram.tap(who.user, message, key["callback_data"])
                    return True
        return False

    def topic_of(self, who: Person) -> int | None:
        with self.store() as store, store.begin() as unit:
            return unit.execute(
                text("SELECT thread FROM handoff JOIN person ON person.id = person_id WHERE address = :at"), {"at": str(who.id)}
            ).scalar()


async def live(folder: Path, many: int, meanwhile: Callable[[Scene], Awaitable[None]] | None = None) -> Scene:
    """Let everybody go all the way with so many processes; give what they read, and what is known of them."""
    folder.mkdir()
    database, clock = postgres.fresh_url(town_on_postgres()), begun(folder)
    async with replicas(folder, many, database, clock) as house:
        sam = house.telegram.person("Sam")
        house.team = house.telegram.group("Team", members=[sam])
        house.team.add_bot()
        people = [house.telegram.person(f"P{number}") for number in range(PEOPLE)]
        scene = Scene(house, sam, people, database, folder / "keys.db")
        now, content = house.telegram.now(), release_of(shipped(), house.telegram.now().date()).content
        with scene.store() as store, store.begin() as unit:
            staff.add_worker(unit, "Sam", "Sam", "link_worker", now)
            staff.enrol(unit, "Sam", str(sam.id), now)
            staff.acknowledge(unit, staff.bind(unit, str(house.team.id), now), now)
            links = [one for _ in people for one in invite(unit, content, now, clinic="harbour", made_by="test")]
        await house.are_up()
        for who, link in zip(people, links, strict=True):
            assert link.private
            who.opens_link(link.private.token)
        walks = asyncio.gather(*map(scene.goes_all_the_way, people))
        if meanwhile:
            await meanwhile(scene)
        await walks
        await scene.until("all has left", lambda: comes_to_rest(scene))
        note(scene)
    postgres.drop(database)
    return scene


def comes_to_rest(scene: Scene) -> bool:
    with scene.store() as store, store.begin() as unit:
        return not unit.execute(select(outbox.c.id).where(outbox.c.done_at.is_(None))).all()


def note(scene: Scene) -> None:
    """Keep what everybody has read, one copy of what came twice, and the facts of their episodes."""
    with scene.store() as store, store.begin() as unit:
        for who in scene.people:
            said = [one.text for one in who.screen if one.from_bot]
            scene.texts[who.name] = [one for one, _ in groupby(said)]
            theirs = select(episode.c.id).join(person).where(person.c.address == str(who.id))
            rows = unit.execute(select(ledger.c.fact, ledger.c.codes).where(ledger.c.episode.in_(theirs)).order_by(ledger.c.id))
            scene.facts[who.name] = [(row.fact, row.codes) for row in rows]


async def one_dies_and_the_sender_is_cut_off(scene: Scene) -> None:
    """kill -9 in the midst of it; then whoever sends, and whoever keeps the time, is cut off from the database."""
    await scene.until("they are on their way", lambda: scene.tapped > PEOPLE * len(WAY) / 4)
    scene.house.processes[0].kill()
    await scene.until("they go on", lambda: scene.tapped > PEOPLE * len(WAY) / 2)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = :seats"
    with scene.store() as store, store.begin() as unit:
        cut_off = unit.execute(text(cut), {"seats": SEATS}).all()
    assert len(cut_off) >= 2
    await scene.house.are_up()


@pytest.mark.timeout(300)
async def test_three_processes_say_what_one_says_though_one_is_killed_and_another_cut_off(tmp_path: Path) -> None:
    alone = await live(tmp_path / "one", 1)
    together = await live(tmp_path / "three", 3, one_dies_and_the_sender_is_cut_off)
    assert all(together.house.proxy.given[1:]), "each of those that lived took something"
    assert "seat_lost" in "".join(one.log.read_text() for one in together.house.processes)
    for name, texts in alone.texts.items():
        assert together.texts[name] == texts
        assert together.facts[name] == alone.facts[name]
