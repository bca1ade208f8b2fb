"""Several places may be meant by a name: the worker chooses by a button."""

from pathlib import Path

import pytest
from stage import Stage, stage

from rxbot.sandbox.script import Person


async def _named(one: Stage, tom: Person, command: str) -> list[str]:
    """Let somebody ask for a person, and Sam name a place; give what the buttons under the list carry."""
    tom.opens_link(await one.invites(language="en"))
    await one.settles()
    tom.types("person")
    await one.settles()
    one.seat(one.sam).types(command, topic=one.team.topics[-1].id)
    await one.settles()
    listed = one.team.screen(one.team.topics[-1].id)[-1]
    return [button["data"] for row in listed.keyboard for button in row]


@pytest.mark.parametrize("purpose", ["refer", "signpost"])
async def test_the_service_chosen_is_the_one_that_is_meant(tmp_path: Path, purpose: str) -> None:
    async with stage(tmp_path) as one:
        tom = one.telegram.person("Tom", language_code="en")
        choices = await _named(one, tom, f"/{purpose} recovery")
        assert len(choices) > 1
        one.seat(one.sam).taps(choices[1])
        await one.settles()
        held = await one.held(tom)
        assert held is not None
        begun = held.episode.referrals if purpose == "refer" else held.episode.signposts
        assert [place.service for place in begun] == [choices[1].rpartition(":")[2]]
