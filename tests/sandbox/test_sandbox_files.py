"""Files both ways: photos and voice notes, sent once more by their id, and fetched by a link that is good for an hour."""

from pathlib import Path

import pytest
from httpx import AsyncClient
from sandbox_clock import Clock
from sandbox_refused import refused
from telegram import Bot

from rxbot.sandbox import files
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram


async def test_what_people_send_can_be_fetched(bot: Bot, amina: Person) -> None:
    amina.sends_photo("my door", b"a picture")
    amina.sends_voice(7, b"a sound")
    amina.sends_document("letter.pdf", b"a letter")
    photo, voice, letter = [update.message for update in await bot.get_updates()]
    assert [size.file_size for size in photo.photo] == [9, 9]
    for kept, data, path in (
        (photo.photo[-1], b"a picture", "photos/"),
        (voice.voice, b"a sound", "voice/"),
        (letter.document, b"a letter", "documents/"),
    ):
        file = await bot.get_file(kept.file_id)
        assert (file.file_size, file.file_unique_id) == (len(data), kept.file_unique_id)
        assert path in file.file_path
        assert await file.download_as_bytearray() == data


async def test_a_link_is_good_for_an_hour_and_needs_the_token(
    bot: Bot, telegram: Telegram, amina: Person, http: AsyncClient, clock: Clock
) -> None:
    sent = await bot.send_document(amina.id, b"the plan", filename="plan.txt")
    path = (await bot.get_file(sent.document.file_id)).file_path.rpartition("/documents/")[2]
    link = f"/file/bot{telegram.token}/documents/{path}"
    assert (await http.get(link)).content == b"the plan"
    assert (await http.get(f"/file/bot1:other/documents/{path}")).status_code == 404
    clock.passes(seconds=3600)
    assert (await http.get(link)).status_code == 404
    await bot.get_file(sent.document.file_id)
    assert (await http.get(link)).status_code == 200


async def test_what_cannot_be_fetched_is_refused(bot: Bot, amina: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = await bot.send_voice(amina.id, b"four")
    with refused("wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("AwACnothing")
    monkeypatch.setattr(files, "DOWNLOAD_LIMIT", 3)
    with refused("file is too big"):
        await bot.get_file(sent.voice.file_id)


async def test_the_bot_sends_photos_and_voice_notes(bot: Bot, amina: Person, team: Group) -> None:
    photo = await bot.send_photo(amina.id, b"a map", caption="<b>Here</b>", parse_mode="HTML")
    assert (photo.caption, [size.width for size in photo.photo]) == ("Here", [90, 800])
    voice = await bot.send_voice(amina.id, b"a word", duration=3)
    assert (voice.voice.duration.seconds, voice.voice.file_size) == (3, 6)
    assert [seen.media for seen in amina.screen[1:]] == ["photo", "voice"]
    await bot.send_chat_action(amina.id, "typing")
    with refused("wrong parameter action in request"):
        await bot.send_chat_action(amina.id, "dancing")
    with refused("message thread not found"):
        await bot.send_chat_action(team.id, "typing", message_thread_id=999)


async def test_a_file_goes_once_more_by_its_id(bot: Bot, amina: Person, team: Group) -> None:
    amina.sends_voice(7, b"a sound")
    [update] = await bot.get_updates()
    again = await bot.send_voice(team.id, update.message.voice.file_id, caption="from Amina")
    assert (again.voice, again.caption) == (update.message.voice, "from Amina")
    with refused("can't use file of type Voice as Photo"):
        await bot.send_photo(team.id, update.message.voice.file_id)
    with refused("wrong file identifier/HTTP URL specified"):
        await bot.send_photo(team.id, "nonsense")
    with refused("photo by URL is not supported by the sandbox"):
        await bot.send_photo(team.id, "https://example.org/a.jpg")


async def test_a_file_may_be_attached_under_another_name(http: AsyncClient, telegram: Telegram, amina: Person) -> None:
    call = f"/bot{telegram.token}/sendDocument"
    parts = {"part1": ("plan.txt", b"the plan")}
    await http.post(call, data={"chat_id": amina.id, "document": "attach://part1"}, files=parts)
    assert [(one.name, one.data) for one in amina.documents] == [("plan.txt", b"the plan")]
    answer = await http.post(call, data={"chat_id": amina.id, "document": "attach://part2"})
    assert answer.json()["description"] == "Bad Request: there is no document in the request"


async def test_files_and_reactions_survive_saving(telegram: Telegram, amina: Person, clock: Clock, tmp_path: Path) -> None:
    amina.reacts(amina.sends_voice(7, b"a sound"), "👍")
    telegram.save(tmp_path / "telegram.json")
    loaded = Telegram.load(tmp_path / "telegram.json", now=clock)
    assert loaded.chats[amina.id].messages == telegram.chats[amina.id].messages
