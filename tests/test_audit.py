"""The audit says who did what and about which handoff or support, never a word of anybody."""

import re
from pathlib import Path

from sqlalchemy import select
from stage import Stage, stage
from test_retention import later, rows, says

from rxbot import by_request
from rxbot.store.tables import audit, handoff, staff, team

WORD = "zebrafinch"
SUBJECT = re.compile(r"|[\w-]+|\d+ (rows of the )?(episodes|topics|clinic messages|links|letters|codes|audit) past their time")


async def test_whatever_staff_and_strangers_do_no_word_stands_in_the_audit(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(ref=WORD))
        await one.settles()
        await says(one, tom, "English", "yes", "yes", "yes", "44", "I want to talk to a person", WORD)
        ((number, thread),) = await rows(one, select(handoff.c.number, handoff.c.thread))
        commands = ("/r", "/say", "/refer", f'/refer "{WORD}"', "/outcome 1", "/signpost", "/clinic soon", "/step", "/note")
        for worker in (one.sam, one.robin):  # Robin is not enrolled
            seat = one.seat(worker)
            for command in (*commands, "/snooze", "/bot", "/help", "/stop_contact", f"/{WORD}"):
                await says(one, seat, f"{command} {WORD}", topic=thread)
            await says(one, seat, f"/bind {WORD}")
        one.robin.opens_link(f"enrol-{WORD}")
        await one.settles()
        await _by_the_operator(one, f"{number}")
        await later(one, 400)

        kept = await rows(one, select(audit.c.actor, audit.c.act, audit.c.subject))
        acts = {act for _, act, _ in kept}
        assert acts >= {"say", "refer", "clinic", "note", "snooze", "stop_contact", "bind", "enrol", "export", "let_go"}
        groups = {address for (address,) in await rows(one, select(team.c.address))}
        people = {id for (id,) in await rows(one, select(staff.c.id))} | {str(one.robin.id), str(one.sam.id), "operator", "rxbot"}
        for actor, act, subject in kept:
            assert WORD not in f"{actor} {act} {subject}"
            assert actor in people
            assert re.fullmatch(r"[a-z_]+", str(act))
            assert subject in groups or SUBJECT.fullmatch(str(subject)), subject


async def _by_the_operator(one: Stage, who: str) -> None:
    release, now = one.app.release, one.app.now()
    await one.app.ask(lambda unit: by_request.export(unit, release, by_request.find(unit, release, who, now), now))
