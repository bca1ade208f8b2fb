"""What is let go of by the clock, in the whole of rxbot: a topic, words at the clinic, then all of a support; the counts stay."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from stage import Stage, stage

from rxbot.sandbox.script import Person, Seat
from rxbot.store import clinic_messages
from rxbot.store.invitations import of_clinic
from rxbot.store.tables import audit, episode, erasure, handoff, ledger, metadata, outbox, relay
from rxbot.store.unit import Unit

WORDS = "quincetree"


async def says(one: Stage, who: Person | Seat, *said: str, topic: int = 0) -> None:
    for words in said:
        one.takes_time()
        who.types(words, topic=topic)
        await one.settles()


async def lives_through(one: Stage, tom: Person) -> str:
    """Go from a link over a talk with a link worker and a message that the clinic has read to the end; name the episode."""
    tom.opens_link(await one.invites(ref=f"ref {tom.name}"))
    await one.settles()
    await says(one, tom, "English", "yes", "yes", "yes", "44", "I want to talk to a person", f"I like the {WORDS}")
    held = await one.held(tom)
    assert held
    ((thread,),) = await rows(one, select(handoff.c.thread).where(handoff.c.person_id == held.person_id))
    await says(one, one.seat(one.sam), "/r Hello", f"/clinic urgent The {WORDS}", "/stop_contact other", topic=thread)
    await one.app.ask(lambda unit: _clinic_reads(unit, one))
    held = await one.held(tom)
    assert held
    assert held.episode.state == "closed"
    return held.episode.id


def _clinic_reads(unit: Unit, one: Stage) -> None:
    for message in clinic_messages.unread_of_clinic(unit, "harbour", most=9):
        clinic_messages.acknowledge(unit, "harbour", message.id, one.app.now(), "a nurse")


async def rows(one: Stage, query: object) -> list[tuple[object, ...]]:
    return await one.app.ask(lambda unit: [tuple(row) for row in unit.execute(query)])  # type: ignore[call-overload]


async def later(one: Stage, days: int, *noted: str) -> None:
    """Let days pass, until this is noted in the audit; topics leave a minute apart."""
    before = await _noted(one)
    await one.is_away(days=days)
    await one.settles()
    async with asyncio.timeout(15):
        while not set(noted) <= set((await _noted(one))[len(before) :]):
            await asyncio.sleep(0.05)
    await one.passes(minutes=30)


async def gone(one: Stage, key_id: str) -> None:
    """Wait until a key is destroyed: that comes right after what it sealed is let go of."""
    async with asyncio.timeout(15):
        while key_id in one.app.store.keys.all_ids():
            await asyncio.sleep(0.05)


async def _noted(one: Stage) -> list[str]:
    return [str(row[0]) for row in await rows(one, select(audit.c.subject).where(audit.c.act == "let_go").order_by(audit.c.id))]


async def tables_that_tell_of(one: Stage, word: str) -> set[str]:
    def look(unit: Unit) -> set[str]:
        kept = [table for table in metadata.tables.values() if table.name not in ("ledger", "audit", "erasure")]
        return {table.name for table in kept for row in unit.execute(select(table)) if any(word in str(value) for value in row)}

    return await one.app.ask(look)


async def test_a_support_is_let_go_of_piece_by_piece_and_at_last_whole(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom, amina = one.telegram.person("Tom"), one.telegram.person("Amina")
        await one.invites(ref="nobody opens this")
        toms, aminas = await lives_through(one, tom), await lives_through(one, amina)
        facts = await one.counted()
        ((letters,),) = await rows(one, select(func.count()).select_from(outbox))
        ((relayed,),) = await rows(one, select(func.count()).select_from(relay))
        assert len(one.team.topics) == 2

        await later(one, 61, "1 links past their time")  # the link ran out 31 days ago
        links = await one.app.ask(
            lambda unit: [(i.standing, i.private is None) for i in of_clinic(unit, "harbour", one.app.now())]
        )
        assert sorted(links) == [("closed", False), ("closed", False), ("run out", True)]
        assert len(one.team.topics) == 2

        await later(one, 30, "2 topics past their time", "2 clinic messages past their time")
        assert one.team.topics == []
        for episode_id in (toms, aminas):
            assert await one.app.ask(lambda unit, id=episode_id: clinic_messages.of_episode(unit, "harbour", id)) == []
        held = await one.held(tom)
        assert held
        assert WORDS in str(held.episode)  # their own answers are kept still, and that the clinic was told
        sent = await one.app.ask(lambda unit: clinic_messages.sent_at(unit, toms))
        assert set(sent) == {told.at for told in held.episode.clinic_told}

        await later(one, 30, f"{letters + relayed} letters past their time")
        assert await rows(one, select(relay.c.id)) == []

        tom.opens_link(await one.invites())
        await one.settles()
        await says(one, tom, "English", "yes", "yes", "yes", "44")
        younger = await one.held(tom)
        assert younger
        assert younger.episode.id != toms

        await later(one, 250, "2 episodes past their time")
        for episode_id in (toms, aminas):
            assert await tables_that_tell_of(one, episode_id) == {"invitation"}
            await gone(one, episode_id)
            assert await rows(one, select(erasure.c.key_id).where(erasure.c.key_id == episode_id, erasure.c.done_at.is_not(None)))
        assert await tables_that_tell_of(one, str(amina.id)) == set()
        kept = await one.held(tom)
        assert kept
        assert kept.episode.id == younger.episode.id
        counted = await one.counted()
        assert counted[: len(facts)] == facts
        assert counted.count("erased") == 2
        assert tom.screen[-1].id  # nothing was said about it


async def test_whoever_still_waits_for_a_link_worker_is_kept(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        held = await lives_through(one, one.telegram.person("Tom"))
        await one.app.ask(lambda unit: unit.execute(update(handoff).values(state="waiting")))
        await later(one, 500)
        assert await rows(one, select(episode.c.id)) == [(held,)]
        assert len(one.team.topics) == 1


async def test_a_topic_that_may_not_be_removed_is_told_of_in_the_group_itself(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        await lives_through(one, one.telegram.person("Tom"))
        one.team.add_bot(can_delete_messages=False)
        await later(one, 91, "1 topics past their time")
        said = one.says("delete_by_hand", "en")
        assert [message.topic for message in one.team.screen() if said.search(message.text)] == [0]
        assert len(one.team.topics) == 1


async def test_the_database_itself_lets_nothing_of_ledger_and_audit_be_changed(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        await lives_through(one, one.telegram.person("Tom"))
        assert await one.counted()
        changes = (delete(ledger), update(ledger).values(fact="x"), delete(audit), update(audit).values(act="x"))
        for change in changes:
            with pytest.raises(IntegrityError, match="can only be added to"):
                await one.app.ask(lambda unit, change=change: unit.execute(change))
        first = await rows(one, select(audit.c.id, audit.c.at).order_by(audit.c.id))
        await later(one, 2191, f"{len(first)} rows of the audit past their time")
        left = await rows(one, select(audit.c.id, audit.c.act).order_by(audit.c.id))
        assert left[0] > first[-1]
