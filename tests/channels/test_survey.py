"""An anonymous survey beside supports: who may answer it, what is left of it, and who hears of it."""

import asyncio
import re
from pathlib import Path

import pytest
from sqlalchemy import select, update
from stage import Stage, stage

from rxbot.sandbox.script import Person
from rxbot.store.invitations import of_clinic
from rxbot.store.tables import invitation, ledger, metadata, person, team

KEPT = ("erasure", "alembic_version")


async def says(one: Stage, who: Person, *said: str) -> None:
    for words in said:
        one.takes_time()
        who.types(words)
        await one.settles()


async def opens(one: Stage, who: Person, *, survey: bool) -> None:
    who.opens_link(await one.invites(survey=survey))
    await one.settles()


async def answers(one: Stage, who: Person) -> None:
    """Answer the whole survey: food, and help with it."""
    await says(one, who, "English", "yes", "44", "Food", "done", "yes", "yes, please", "None of these", "Old Town")


async def everything(one: Stage) -> dict[str, str]:
    """Give every row there is, as text, table by table."""
    tables = [table for table in metadata.tables.values() if not table.name.startswith("directory") and table.name not in KEPT]
    return await one.app.ask(lambda unit: {t.name: str([tuple(r) for r in unit.execute(select(t))]) for t in tables})


async def test_nothing_leads_back_from_what_was_counted(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=True)
        held = await one.held(tom)
        assert held
        await answers(one, tom)
        assert await one.held(tom) is None
        [(at, episode, clinic, codes)] = await one.surveyed()
        assert (episode, clinic) == ("", "")
        assert (at.hour, at.minute, at.second, at.date()) == (0, 0, 0, one.app.now().date())
        assert codes == {"needs": "food", "wanted": "food", "area": "Old Town, Kittersea", "language": "en", "age": "a26"}
        rows = await everything(one)
        assert [name for name, text in rows.items() if held.episode.id in text] == ["invitation"]
        assert [name for name, text in rows.items() if str(tom.id) in text or held.person_id in text] == []
        async with asyncio.timeout(15):
            while held.episode.id in one.app.store.keys.all_ids():  # it is destroyed when the clock comes round
                await asyncio.sleep(0.01)
        assert await one.counted() == ["surveyed"]


@pytest.mark.parametrize(
    ("town", "typed", "area"),
    [
        (False, "kittersea", "Kittersea"),
        (False, "I live in old  town", "Old Town"),
        (False, "12 Harbour Street, KT1 1AA", ""),
        (True, "Atlantis", "Atlantis"),
        (True, "Old Tonw", "Old Tonw"),
    ],
)
async def test_a_place_that_no_directory_knows_is_taken_as_it_is_typed_after_one_question_back(
    tmp_path: Path, town: bool, typed: str, area: str
) -> None:
    async with stage(tmp_path, town=town) as one:
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=True)
        await says(one, tom, "English", "yes", "44", "Food", "done", "yes", "yes, please", "None of these", typed)
        assert await one.surveyed() == []
        await says(one, tom, typed)
        [(_, _, _, codes)] = await one.surveyed()
        told = {"area_in_words": area} if area else {}
        assert codes == {"needs": "food", "wanted": "food", "language": "en", "age": "a26", **told}


async def test_the_clinic_does_not_see_its_links_to_a_survey(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        await one.invites(survey=True)
        await one.invites()
        seen = await one.app.ask(lambda unit: of_clinic(unit, "harbour", one.app.now()))
        assert [link.survey for link in seen] == [False]


async def test_whoever_has_support_goes_on_with_it_and_the_link_stays_good(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=False)
        await says(one, tom, "English", "yes", "yes", "no", "44", "No, for somebody else", "None of these", "None of these")
        await says(one, tom, "skip", "skip", "any time of day", "skip", "yes, that is right")
        before = await one.held(tom)
        assert before
        assert before.episode.state == "following_up"
        await opens(one, tom, survey=True)
        assert one.says("survey_for_others", "en").search(tom.screen[-1].text)
        after = await one.held(tom)
        assert after
        assert after.episode == before.episode
        unopened = await one.app.ask(
            lambda unit: unit.execute(select(invitation.c.opened_at).where(invitation.c.survey)).scalar()
        )
        assert unopened is None


async def test_a_survey_forgets_itself_and_no_earlier_support(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=False)
        await says(one, tom, "English", "/stop")
        before = await one.held(tom)
        assert before
        assert before.episode.closed == "stopped"
        await opens(one, tom, survey=True)
        await answers(one, tom)
        assert len(await one.surveyed()) == 1
        after = await one.held(tom)
        assert after
        assert after.episode == before.episode


async def test_who_was_in_danger_stays_known_and_their_answers_do_not(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=True)
        await says(one, tom, "English", "yes", "44", "I want to die")
        assert len(one.team.topics) == 1
        await says(one, tom, "Food", "done", "yes", "yes, please", "None of these", "Old Town")
        held = await one.held(tom)
        assert held
        assert (held.episode.state, held.episode.closed, held.episode.sheets) == ("closed", "surveyed", {})
        assert held.episode.in_touch
        facts = await one.app.ask(lambda unit: [tuple(r) for r in unit.execute(select(ledger.c.fact, ledger.c.episode))])
        assert ("surveyed", "") in facts
        assert {fact for fact, episode in facts if episode} == {"alarm", "handoff_opened"}
        assert await one.app.ask(lambda unit: unit.execute(select(person.c.id)).scalar()) == held.person_id


async def has_no_team(one: Stage) -> None:
    await one.app.ask(lambda unit: unit.execute(update(team).values(acknowledged_at=None)))


@pytest.mark.parametrize("in_the_end", [False, True])
async def test_before_a_team_is_ready_danger_brings_the_numbers_and_nobody_is_promised(tmp_path: Path, in_the_end: bool) -> None:
    async with stage(tmp_path, town=False) as one:
        await has_no_team(one)
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=True)
        await says(one, tom, "English")
        opening = tom.screen[-1].text
        assert one.says("survey_nobody_told", "en").search(opening)
        assert not one.says("survey_workers_told", "en").search(opening)
        await says(one, tom, "yes", "44", *(() if in_the_end else ("I want to die",)))
        if not in_the_end:
            assert any(one.says("survey_nobody_reads", "en").search(shown.text) for shown in tom.screen)
        await says(one, tom, "Food", "done", "yes", "yes, please", "None of these", "Old Town")
        if in_the_end:
            await says(one, tom, "I want to die")
        texts = "\n".join(shown.text for shown in tom.screen)
        assert one.says("survey_nobody_reads", "en").search(texts)
        assert re.search(r"ring <?b?>?\d+|ring .*\d{3}", texts)
        assert not re.search("our link workers", texts, re.IGNORECASE)
        assert one.team.topics == []
        await says(one, tom, "Old Town")
        assert await one.held(tom) is None
        assert len(await one.surveyed()) == 1


async def test_with_a_team_it_is_said_that_link_workers_hear_of_danger(tmp_path: Path) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom")
        await opens(one, tom, survey=True)
        await says(one, tom, "English")
        assert one.says("survey_workers_told", "en").search(tom.screen[-1].text)
