"""The bot reacts to messages with at most one of the emoji Telegram lists."""

import pytest
from httpx import AsyncClient
from sandbox_refused import refused
from telegram import Bot, ReactionType, ReactionTypeCustomEmoji, ReactionTypeEmoji
from telegram.constants import ReactionEmoji

from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram


async def test_a_reaction_shows_changes_and_goes_and_nobody_is_told(bot: Bot, amina: Person) -> None:
    words = amina.types("I went!")
    told = len(await bot.get_updates())
    await bot.set_message_reaction(amina.id, words.id, "🎉", is_big=True)
    assert amina.screen[-1].reaction == "🎉"
    await bot.set_message_reaction(amina.id, words.id, [ReactionEmoji.RED_HEART])
    assert amina.screen[-1].reaction == "❤"
    await bot.set_message_reaction(amina.id, words.id)
    assert amina.screen[-1].reaction == ""
    assert len(await bot.get_updates()) == told


async def test_a_worker_sees_that_a_message_was_passed_on(bot: Bot, team: Group, sam: Person) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    words = sam.in_group(team).types("/r hello", topic=topic)
    await bot.set_message_reaction(team.id, words.id, "👍")
    assert [seen.reaction for seen in team.screen(topic)] == ["", "👍"]
    sam.in_group(team).edits(words, "/r hello again")
    assert team.screen(topic)[-1].reaction == "👍"


async def test_every_emoji_of_the_list_is_taken(bot: Bot, amina: Person) -> None:
    words = amina.types("hello")
    for emoji in ReactionEmoji:
        await bot.set_message_reaction(amina.id, words.id, emoji)
        assert amina.screen[-1].reaction == emoji


@pytest.mark.parametrize(
    ("reaction", "refusal"),
    [
        ([ReactionTypeEmoji("🚲")], "REACTION_INVALID"),
        ([ReactionTypeEmoji("👍"), ReactionTypeEmoji("🎉")], "REACTIONS_TOO_MANY"),
        ([ReactionTypeCustomEmoji("5368")], "reaction of type custom_emoji is not supported by the sandbox"),
    ],
)
async def test_what_is_no_reaction_is_refused(bot: Bot, amina: Person, reaction: list[ReactionType], refusal: str) -> None:
    words = amina.types("hello")
    with refused(refusal):
        await bot.set_message_reaction(amina.id, words.id, reaction)
    assert amina.screen[-1].reaction == ""


async def test_a_reaction_needs_a_message(bot: Bot, amina: Person, team: Group) -> None:
    with refused("message to react not found"):
        await bot.set_message_reaction(amina.id, 999, "👍")
    with refused("reaction to a service message is not supported by the sandbox"):
        await bot.set_message_reaction(team.id, team.screen()[0].id, "👍")


@pytest.mark.parametrize(("reaction", "missing"), [({"emoji": "👍"}, "type"), ({"type": "emoji"}, "emoji")])
async def test_a_reaction_without_a_part_is_refused(
    http: AsyncClient, telegram: Telegram, amina: Person, reaction: dict[str, str], missing: str
) -> None:
    call = {"chat_id": amina.id, "message_id": amina.screen[-1].id, "reaction": [reaction]}
    answer = await http.post(f"/bot{telegram.token}/setMessageReaction", json=call)
    assert answer.json()["description"] == f"""Bad Request: can't parse ReactionType: Can't find field "{missing}\""""
