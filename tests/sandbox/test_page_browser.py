"""The demo page in a real browser, with a small bot behind it: two phones, a team's group, a clinic, and a clock."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from sandbox_clock import Clock
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import BaseRoute, Route
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from rxbot.sandbox.api import create_app
from rxbot.sandbox.page_routes import page_routes
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Toast

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="There is no /usr/bin/chromium here."),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all of them
]

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
QUESTION = {
    "en": "<b>Is anything about where you live making life harder?</b>\n<i>You can tap, or write in your own words.</i>",
    "ar": "<b>هل هناك شيء في مكان سكنك يجعل حياتك أصعب؟</b>\n<i>يمكنك النقر، أو الكتابة بكلماتك. (1 من 6)</i>",
}
LABELS = {
    "en": [["It is OK"], ["Behind on rent or bills"], ["I do not feel safe there"], ["Skip", "Back", "A person", "More"]],
    "ar": [["الأمور بخير"], ["متأخر في دفع الإيجار أو الفواتير"], ["لا أشعر بالأمان هناك"], ["تخطي", "رجوع", "شخص", "المزيد"]],
}
NOTED = {"en": "Noted", "ar": "تم الحفظ"}
BRIEF = (
    "<b>Brief for H-12</b>\n<b>Why now:</b> asked for a person\n<b>Risk:</b> asked, none told\n"
    "<b>Language:</b> Arabic (العربية)\n<b>In their words:</b>\n"
    "<blockquote>تأخرت في دفع الإيجار ولا أعرف بمن أتصل</blockquote>Rent &amp; bills: <i>wants help</i>"
)


def keyboard(labels: list[list[str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in row] for row in labels])


@dataclass
class SmallBot:
    """Asks one question, ticks what is tapped, opens a topic for what is typed, and relays what a worker answers."""

    bot: Bot
    team: Group

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=20):
                offset = update.update_id + 1
                if update.callback_query:
                    await self.tapped(update.callback_query)
                elif update.message and update.message.from_user.id != self.bot.id:
                    await self.wrote(update.message)

    async def wrote(self, message: Message) -> None:
        words, language = message.text or "", message.from_user.language_code
        if message.chat.id == self.team.id:
            replies = message.reply_to_message and message.reply_to_message.message_id != message.message_thread_id
            if words.startswith("/r ") or replies:
                said = f"<b>{message.from_user.first_name}:</b> {words.removeprefix('/r ')}"
                await self.bot.send_message(self.person, said, parse_mode="HTML")
        elif words.startswith("/start"):
            await self.bot.send_message(
                message.chat.id, QUESTION[language], parse_mode="HTML", reply_markup=keyboard(LABELS[language])
            )
        elif words:
            await self.open_topic(message)

    async def open_topic(self, message: Message) -> None:
        self.person = message.chat.id
        topic = await self.bot.create_forum_topic(self.team.id, f"H-12 · {message.from_user.first_name}")
        place = {"chat_id": self.team.id, "message_thread_id": topic.message_thread_id}
        brief = await self.bot.send_message(
            **place, text=BRIEF, parse_mode="HTML", reply_markup=keyboard([["I take this", "Close"]])
        )
        await self.bot.pin_chat_message(self.team.id, brief.message_id)
        await self.bot.send_message(**place, text=message.text)

    async def tapped(self, query: CallbackQuery) -> None:
        if query.message.chat.id == self.team.id:
            enrolled = query.from_user.first_name == "Sam"
            await query.answer("Done" if enrolled else "Only enrolled link workers can do this.", show_alert=not enrolled)
            return
        language = query.from_user.language_code
        ticked = [[f"✓ {label}" if label == query.data else label for label in row] for row in LABELS[language]]
        shown = [[InlineKeyboardButton(text, callback_data=text.removeprefix("✓ ")) for text in row] for row in ticked]
        await query.edit_message_reply_markup(InlineKeyboardMarkup(shown))
        await query.answer(NOTED[language])


@dataclass
class Demo:
    """Everything the page stands on."""

    telegram: Telegram
    bot: Bot
    amina: Person
    tom: Person
    team: Group
    url: str
    content: dict[str, str]


@pytest_asyncio.fixture(loop_scope="module")
async def demo(clock: Clock) -> AsyncIterator[Demo]:
    telegram = Telegram(now=clock)
    amina, tom = telegram.person("Amina", language_code="ar"), telegram.person("Tom")
    team = telegram.group("Kittersea link workers", members=[telegram.person("Sam"), telegram.person("Stranger")])
    team.add_bot()
    content = {"release": "one", "wrong": ""}
    app = create_app(telegram, [*page_routes(), *rest_of_the_demo(telegram, clock, content)])
    async with serve(app) as url, Bot(telegram.token, f"{url}/bot") as bot:
        for language, words in (("", "Ask for help"), ("ar", "طلب المساعدة")):
            await bot.set_my_commands([("help", words), ("stop", words)], language_code=language)
        running = asyncio.create_task(SmallBot(bot, team).run())
        yield Demo(telegram, bot, amina, tom, team, url, content)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def rest_of_the_demo(telegram: Telegram, clock: Clock, content: dict[str, str]) -> list[BaseRoute]:
    async def config(_: Request) -> JSONResponse:
        return JSONResponse({"clinic_url": "/clinic", "time_zone": "Europe/London", "content_url": "/content"})

    async def pages(_: Request) -> JSONResponse:
        return JSONResponse(content)

    async def clinic(_: Request) -> HTMLResponse:
        return HTMLResponse(f'<h1>Refer</h1><a href="https://t.me/{telegram.bot.username}?start=abc123">The invitation</a>')

    async def time(request: Request) -> JSONResponse:
        if request.method == "POST":
            clock.time += timedelta(seconds=(await request.json())["seconds"])
            telegram.changed()
        return JSONResponse({"now": clock().isoformat()})

    return [
        Route("/sandbox/config", config),
        Route("/sandbox/clock", time, methods=["GET", "POST"]),
        Route("/clinic", clinic),
        Route("/content", pages),
    ]


Visit = Callable[[dict[str, int]], Awaitable[Page]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(demo: Demo, browser: Browser) -> AsyncIterator[Visit]:
    """Open the page in a window of this size; in the end the browser must have had nothing to complain of."""
    complaints: list[str] = []
    pages: list[Page] = []

    async def opened(size: dict[str, int]) -> Page:
        page = await browser.new_page(viewport=size)
        pages.append(page)
        page.set_default_timeout(5000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(demo.url)
        await page.locator("body[data-revision]").wait_for()
        return page

    yield opened
    for page in pages:
        await page.close()
    assert complaints == []


def phone(page: Page, name: str) -> Locator:
    return page.locator(f'[data-person="{name}"]')


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


async def width_of(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth"))


async def distance_to_the_end(log: Locator) -> float:
    return float(await log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight"))


async def test_an_invitation_of_the_clinic_is_opened_on_a_phone_that_runs_from_right_to_left(visit: Visit) -> None:
    page = await visit(WIDE)
    await page.frame_locator("[data-clinic]").get_by_role("link", name="The invitation").click()
    await button(page.locator("[data-ask=phone]"), "Amina").click()
    hers = phone(page, "Amina")
    await expect(hers.locator("[data-from=Amina] [data-text]")).to_have_text("/start abc123")
    await expect(hers).to_have_attribute("lang", "ar")
    await expect(hers).to_have_css("direction", "rtl")
    await expect(hers.locator("[data-from=bot] [data-text]")).to_have_css("direction", "rtl")
    skip, more = [await button(hers, label).bounding_box() for label in ("تخطي", "المزيد")]
    assert skip is not None
    assert more is not None
    assert skip["x"] < more["x"], "a row stands as it was sent, in whatever language"
    assert abs(skip["width"] - more["width"]) < 1, "buttons of a row are equally wide"
    await button(hers, "الأمور بخير").click()
    await expect(button(hers, "✓ الأمور بخير")).to_be_visible()
    await expect(page.locator('[data-toast="Amina"]')).to_contain_text("تم الحفظ")


async def test_what_is_typed_is_sent_with_enter_and_never_becomes_html(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    page = await visit(WIDE)
    await page.locator('[data-show-person="Tom"]').click()
    his, field = phone(page, "Tom"), phone(page, "Tom").get_by_label("Message", exact=True)
    await field.press_sequentially("<img src=x>")
    await field.press("Shift+Enter")
    await field.press_sequentially("second line")
    await field.press("Enter")
    await expect(his.locator("[data-from=Tom] [data-text]").last).to_have_text("<img src=x>\nsecond line", use_inner_text=True)
    await expect(field).to_have_value("")
    assert demo.tom.screen[-1].text == "<img src=x>\nsecond line"


async def test_a_half_typed_answer_survives_news_and_other_phones(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    demo.amina.opens_link()
    page = await visit(WIDE)
    field = phone(page, "Amina").get_by_label("Message", exact=True)
    await field.fill("لم أنته")
    await demo.bot.send_message(demo.amina.id, "Are you there?")
    await expect(phone(page, "Amina")).to_contain_text("Are you there?")
    await expect(field).to_be_focused()
    await page.locator('[data-show-person="Tom"]').click()
    await demo.bot.send_message(demo.amina.id, "Still there?")
    await expect(page.locator('[data-show-person="Amina"] .unread')).to_contain_text("1")
    await page.locator('[data-show-person="Amina"]').click()
    await expect(field).to_have_value("لم أنته")
    await expect(page.locator('[data-show-person="Amina"] .unread')).to_be_hidden()


async def test_a_link_worker_answers_in_a_topic_and_a_stranger_may_not(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    page = await visit(WIDE)
    demo.tom.types("I am behind on my rent")
    newest = page.locator("[data-show-topic]").first
    await expect(newest).to_contain_text("H-12 · Tom")
    await expect(newest.locator(".unread")).to_contain_text("4")
    await newest.click()
    await expect(newest.locator(".unread")).to_be_hidden()
    topic = page.locator(f'[data-thread="{demo.team.topics[0].id}"]')
    await expect(topic).to_contain_text("Topic opened: \u2068H-12 · Tom\u2069")
    await page.locator("[data-pinned] summary").click()
    await expect(page.locator("[data-pinned]")).to_contain_text("Why now: asked for a person")

    await topic.get_by_role("button", name="Reply to rxbot: I am behind").click()
    field = topic.get_by_label("Message", exact=True)
    await expect(field).to_be_focused()
    await expect(topic.locator("[data-aim]")).to_contain_text("I am behind on my rent")
    await field.press("Escape")
    await expect(topic.locator("[data-aim]")).to_be_hidden()
    await topic.get_by_role("button", name="Reply to rxbot: I am behind").click()
    await field.fill("I can ring you at three.")
    await button(topic, "Send").click()
    await expect(topic.locator("[data-from=Sam] .replied")).to_contain_text("I am behind on my rent")
    await page.locator('[data-show-person="Tom"]').click()
    await expect(phone(page, "Tom")).to_contain_text("Sam: I can ring you at three.")

    await topic.locator("[data-slash-r]").click()
    await page.keyboard.type("or at four")
    await page.keyboard.press("Enter")
    await expect(phone(page, "Tom")).to_contain_text("Sam: or at four")

    await page.get_by_label("Write as").select_option("Stranger")
    await button(topic, "I take this").click()
    alert = page.locator('[data-toast="Stranger"]')
    await expect(alert).to_contain_text("Only enrolled link workers")
    await button(alert, "OK").click()
    await expect(alert).to_have_count(0)


async def test_a_closed_topic_is_marked_and_a_deleted_one_goes(visit: Visit, demo: Demo) -> None:
    topics = [(await demo.bot.create_forum_topic(demo.team.id, name)).message_thread_id for name in ("One", "Two")]
    page = await visit(WIDE)
    await page.locator(f'[data-show-topic="{topics[0]}"]').click()
    await demo.bot.close_forum_topic(demo.team.id, topics[0])
    await expect(page.locator("[data-hint=closed]")).to_be_visible()
    await expect(page.locator("[data-show-topic]").first).to_contain_text("closed")
    demo.team.delete_topic(topics[0])
    await expect(page.locator(f'[data-show-topic="{topics[0]}"]')).to_have_count(0)
    await expect(page.locator('[data-thread="0"]')).to_be_visible()


async def test_a_link_is_pasted_into_a_phone(visit: Visit, demo: Demo) -> None:
    page = await visit(WIDE)
    await page.locator('[data-show-person="Tom"]').click()
    await button(phone(page, "Tom"), "Open a link").click()
    asks = page.locator("[data-ask=link]")
    await asks.get_by_label("Link").fill("https://example.org/?start=abc")
    await page.keyboard.press("Enter")
    await expect(asks.get_by_role("alert")).to_contain_text("not a link to the bot")
    await asks.get_by_label("Link").fill(f"t.me/{demo.telegram.bot.username}?start=xyz")
    await button(asks, "Open").click()
    await expect(phone(page, "Tom").locator("[data-from=Tom]")).to_contain_text("/start xyz")
    await button(phone(page, "Tom"), "Open a link").click()
    await page.keyboard.press("Escape")
    await expect(asks).to_be_hidden()


async def test_everything_can_be_done_from_the_keyboard(visit: Visit, demo: Demo) -> None:
    """From the field backwards, the newest buttons come first; a tapped one keeps the focus though it was drawn anew."""
    page = await visit(WIDE)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the phones")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#person")).to_be_focused()
    await press(page, "Tab", "Tab", "Enter")
    await expect(phone(page, "Tom")).to_be_visible()
    await press(page, "Tab", "Tab")
    await expect(button(phone(page, "Tom"), "Start")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(button(phone(page, "Tom"), "More")).to_be_visible()
    await expect(phone(page, "Tom").get_by_label("Message", exact=True)).to_be_focused()
    await press(page, "Shift+Tab", "Shift+Tab")
    await expect(button(phone(page, "Tom"), "More")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(button(phone(page, "Tom"), "✓ More")).to_be_focused()
    await press(page, "Tab", "Enter")
    await expect(phone(page, "Tom").locator("[data-commands]")).to_have_attribute("aria-expanded", "true")
    await press(page, "Escape", "Tab")
    await page.keyboard.type("/help me")
    await page.keyboard.press("Enter")
    await expect(phone(page, "Tom").locator("[data-from=Tom]").last).to_contain_text("/help me")


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def test_commands_voice_and_blocking(visit: Visit, demo: Demo) -> None:
    demo.amina.opens_link()
    page = await visit(WIDE)
    hers = phone(page, "Amina")
    await button(hers, "Commands").click()
    await hers.get_by_role("button", name="/help طلب المساعدة").click()
    await expect(hers.locator("[data-from=Amina]").last).to_contain_text("/help")
    await button(hers, "Voice note").click()
    await expect(hers.locator("[data-from=Amina]").last).to_contain_text("Voice note")
    await button(hers, "Block").click()
    await expect(hers.get_by_label("Message", exact=True)).to_be_hidden()
    await button(hers, "Unblock").click()
    await expect(hers.get_by_label("Message", exact=True)).to_be_visible()


async def test_a_person_answers_and_corrects_a_message(visit: Visit, demo: Demo) -> None:
    demo.amina.opens_link()
    asked = await demo.bot.send_message(demo.amina.id, "Are you well?")
    page = await visit(WIDE)
    hers, field = phone(page, "Amina"), phone(page, "Amina").get_by_label("Message", exact=True)
    await field.fill("half a thought")
    await button(hers, "Reply to rxbot: Are you well?").click()
    await field.fill("Yes, thnaks")
    await page.keyboard.press("Enter")
    mine = hers.locator("[data-from=Amina]").last
    await expect(mine.locator(".replied")).to_have_text("rxbot: Are you well?")
    assert [seen.reply_to for seen in demo.amina.screen if seen.text == "Yes, thnaks"] == [asked.message_id]
    await field.fill("half a thought")
    await button(hers, "Edit Amina: Yes, thnaks").click()
    await expect(field).to_have_value("Yes, thnaks")
    await expect(hers.locator("[data-aim]")).to_contain_text("Edit")
    await field.fill("Yes, thanks")
    await page.keyboard.press("Enter")
    await expect(mine.locator("[data-text]")).to_have_text("Yes, thanks")
    await expect(mine.locator(".edited")).to_be_visible()
    await expect(field).to_have_value("half a thought")
    await expect(hers.locator("[data-aim]")).to_be_hidden()
    await button(hers, "Edit Amina: Yes, thanks").click()
    await page.keyboard.press("Escape")
    await expect(field).to_have_value("half a thought")
    await expect(button(hers, "Edit rxbot: Are you well?")).to_have_count(0)


async def test_a_worker_corrects_only_what_they_wrote(visit: Visit, demo: Demo) -> None:
    words = demo.telegram.person("Sam").in_group(demo.team).types("helo")
    page = await visit(WIDE)
    general = page.locator('[data-thread="0"]')
    await button(general, "Edit Sam: helo").click()
    await general.get_by_label("Message", exact=True).fill("hello")
    await button(general, "Send").click()
    await expect(general.locator(f'[data-message="{words.id}"]')).to_contain_text("hello")
    await page.get_by_label("Write as").select_option("Stranger")
    await expect(button(general, "Edit Sam: hello")).to_have_count(0)


async def test_a_page_opens_beside_this_one_without_power_and_an_appointment_is_kept(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    plan = b"<style>h1 {color: rgb(0, 0, 255)}</style><h1>Plan</h1><script>document.body.textContent = 'taken over'</script>"
    await demo.bot.send_document(demo.tom.id, plan, filename="plan.html", caption="Your plan")
    appointment = await demo.bot.send_document(demo.tom.id, b"BEGIN:VCALENDAR", filename="visit.ics")
    page = await visit(WIDE)
    await page.locator('[data-show-person="Tom"]').click()
    his = phone(page, "Tom")
    await expect(his.locator(f'[data-message="{appointment.message_id}"] [data-text]')).to_be_hidden()
    async with page.context.expect_page() as opening:
        await his.get_by_role("link", name="plan.html").click()
    opened = await opening.value
    await expect(opened.get_by_role("heading")).to_have_text("Plan")
    await expect(opened.get_by_role("heading")).to_have_css("color", "rgb(0, 0, 255)")
    await opened.close()
    async with page.expect_download() as keeping:
        await his.get_by_role("link", name="visit.ics").click()
    kept = await keeping.value
    assert kept.suggested_filename == "visit.ics"
    assert Path(await kept.path()).read_bytes() == b"BEGIN:VCALENDAR"


async def test_more_than_words_is_sent_from_a_phone_and_from_a_topic(visit: Visit, demo: Demo, tmp_path: Path) -> None:
    demo.tom.opens_link()
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Dear Tom")
    page = await visit(WIDE)
    await page.locator('[data-show-person="Tom"]').click()
    his = phone(page, "Tom")
    await his.get_by_label("Message", exact=True).fill("This came")
    await button(his, "Attach").click()
    async with page.expect_file_chooser() as choosing:
        await button(his, "Document").click()
    await (await choosing.value).set_files(letter)
    await expect(his.get_by_role("link", name="letter.txt")).to_be_visible()
    await expect(his.locator("[data-from=Tom]").last).to_contain_text("This came")
    await expect(his.get_by_label("Message", exact=True)).to_have_value("")
    [sent] = [message for message in demo.telegram.chats[demo.tom.id].messages.values() if message.file]
    assert sent.file == b"Dear Tom"

    general = page.locator('[data-thread="0"]')
    await button(general, "Attach").click()
    await button(general, "Herring Quay, Harbourside").click()
    await expect(general.locator("[data-from=Sam]").last).to_contain_text("Herring Quay, Harbourside")
    await button(general, "Attach").click()
    await button(general, "Photo").click()
    await expect(general.locator("[data-from=Sam]").last).to_contain_text("Photo")
    await button(general, "Attach").click()
    await page.keyboard.press("Escape")
    await expect(button(general, "Photo")).to_be_hidden()


async def test_the_keys_below_a_chat_type_and_ask_where_somebody_is(visit: Visit, demo: Demo) -> None:
    demo.amina.opens_link()
    where = KeyboardButton("شارك مكاني", request_location=True)
    keys = ReplyKeyboardMarkup([[where], ["تخطي"]], one_time_keyboard=True)
    page = await visit(NARROW)
    hers = phone(page, "Amina")
    for press, brought in ((["تخطي"], "تخطي"), (["شارك مكاني", "Beacon Square, Old Town"], "Beacon Square, Old Town")):
        await demo.bot.send_message(demo.amina.id, "أين أنت؟", reply_markup=keys)
        await expect(hers.locator("[data-keys]")).to_be_visible()
        assert await width_of(page) == NARROW["width"]
        for label in press:
            await button(hers.locator("[data-keys]"), label).click()
        await expect(hers.locator("[data-from=Amina]").last).to_contain_text(brought)
        await expect(hers.locator("[data-keys]")).to_be_hidden()
    assert demo.amina.screen[-1].place == (53.0705, 0.421)


async def test_hidden_words_are_read_when_pressed_and_nowhere_else(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    said = "Somebody wrote: <tg-spoiler>I am <a href='https://example.org/'>afraid</a></tg-spoiler>"
    sent = await demo.bot.send_message(demo.tom.id, said, parse_mode="HTML")
    answer = await demo.bot.send_message(demo.tom.id, "Well?", reply_parameters=ReplyParameters(sent.message_id))
    page = await visit(WIDE)
    await page.locator('[data-show-person="Tom"]').click()
    message = phone(page, "Tom").locator(f'[data-message="{sent.message_id}"]')
    await expect(message.locator(".spoiler")).to_have_css("color", "rgba(0, 0, 0, 0)")
    await expect(message.get_by_role("link")).to_have_count(0)
    quote = phone(page, "Tom").locator(f'[data-message="{answer.message_id}"] .replied')
    await expect(quote).to_have_text(f"rxbot: Somebody wrote: {'▒' * 11}")
    await message.get_by_role("button", name="Hidden words").focus()
    await page.keyboard.press("Enter")
    await expect(message.get_by_role("link", name="afraid")).to_be_visible()
    await expect(message.locator(".spoiler")).not_to_have_css("color", "rgba(0, 0, 0, 0)")


async def test_the_reaction_of_the_bot_shows(visit: Visit, demo: Demo) -> None:
    words = demo.telegram.person("Sam").in_group(demo.team).types("hello")
    page = await visit(WIDE)
    shown = page.locator(f'[data-thread="0"] [data-message="{words.id}"] [data-reaction]')
    await expect(shown).to_be_hidden()
    await demo.bot.set_message_reaction(demo.team.id, words.id, "👍")
    await expect(shown).to_contain_text("👍")


async def test_what_the_bot_writes_to_a_worker_alone_is_read_on_their_phone(visit: Visit, demo: Demo) -> None:
    page = await visit(WIDE)
    await expect(page.locator('[data-show-person="Sam"]')).to_have_count(0)
    demo.telegram.person("Sam").opens_link("enrol-abc")
    await demo.bot.send_message(demo.telegram.person("Sam").id, "Your week: two people wait.")
    await expect(page.locator('[data-show-person="Sam"] .unread')).to_contain_text("3")
    await page.locator('[data-show-person="Sam"]').click()
    await expect(phone(page, "Sam")).to_contain_text("Your week: two people wait.")
    await page.frame_locator("[data-clinic]").get_by_role("link").click()
    await expect(page.locator("[data-ask=phone] [data-answers] button")).to_have_text(["Amina", "Tom"])
    await button(page.locator("[data-ask=phone]"), "Cancel").click()


async def test_the_latest_toasts_show_and_fade(demo: Demo, visit: Visit) -> None:
    page = await visit(WIDE)
    await page.clock.install()
    await page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))  # from here on time passes only as it is let pass
    for number in range(1, 6):
        demo.telegram.toasts.append(Toast(demo.tom.id, demo.tom.id, f"Noted {number}", alert=number == 5))
    demo.telegram.changed()
    toasts = page.locator("[data-toast]")
    while not await toasts.count():
        await page.clock.run_for(400)  # the page looks for news
    await expect(toasts).to_have_text([re.compile(f"Noted {number}") for number in (3, 4, 5)])
    await page.clock.fast_forward(6000)
    await expect(toasts.filter(has_text="Noted 3")).to_have_class(re.compile("going"))
    await page.clock.fast_forward(500)
    await expect(toasts).to_have_text([re.compile("Noted 5")])


async def test_on_a_small_phone_one_pane_shows_and_nothing_sticks_out(visit: Visit, demo: Demo) -> None:
    demo.amina.opens_link()
    demo.tom.opens_link()
    demo.tom.types("Averylongwordwithoutanyplacetobreakit" * 4)
    page = await visit(NARROW)
    tabs = page.get_by_role("navigation", name="Panes")
    for name in ("Amina", "Tom"):
        await page.locator(f'[data-show-person="{name}"]').click()
        await expect(phone(page, name)).to_be_visible()
        assert await width_of(page) == NARROW["width"]
    await expect(page.locator("#team")).to_be_hidden()
    await tabs.get_by_role("button", name="Team").click()
    await page.locator("[data-show-topic]").first.click()
    await expect(page.locator("#person")).to_be_hidden()
    await expect(page.locator(".topics")).to_be_hidden()
    assert await width_of(page) == NARROW["width"]
    await button(page, "Topics").click()
    await expect(page.locator("[data-show-topic]").first).to_be_focused()
    await demo.bot.send_message(demo.tom.id, "One more thing")
    await expect(tabs.get_by_role("button", name="Phones")).to_contain_text("1")
    await tabs.get_by_role("button", name="Clinic").click()
    await page.frame_locator("[data-clinic]").get_by_role("link").click()
    await button(page.locator("[data-ask=phone]"), "Amina").click()
    await expect(phone(page, "Amina")).to_be_visible()
    assert await width_of(page) == NARROW["width"]


@pytest.mark.parametrize("width", [320, 360, 1200])
async def test_a_heading_is_never_cut_however_many_phones_stand_beside_it(visit: Visit, demo: Demo, width: int) -> None:
    for name in ("Rosa", "Bartholomew"):
        demo.telegram.person(name)
    page = await visit({"width": width, "height": 740})
    await expect(page.locator("[data-show-person]")).to_have_count(4)
    heading = page.locator("#person-heading")
    assert await heading.evaluate("at => at.scrollWidth <= at.clientWidth")
    assert await width_of(page) == width


async def test_three_hundred_messages_stay_smooth_and_a_reader_is_not_disturbed(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    chat = demo.telegram.chats[demo.tom.id]
    for number in range(300):
        demo.telegram.post(chat, demo.telegram.bot, text=f"message {number}")
    page = await visit(WIDE)
    await page.locator('[data-show-person="Tom"]').click()
    log = phone(page, "Tom").get_by_role("region", name="Messages")
    await expect(log.get_by_text("message 299", exact=True)).to_be_in_viewport()
    await demo.bot.send_message(demo.tom.id, "newest")
    await expect(log.get_by_text("newest", exact=True)).to_be_in_viewport()
    await log.evaluate("log => log.scrollTop = 1000")
    await demo.bot.send_message(demo.tom.id, "newer still")
    await expect(button(phone(page, "Tom"), "New messages")).to_be_visible()
    assert await log.evaluate("log => log.scrollTop") == 1000
    await page.locator('[data-show-person="Amina"]').click()
    await page.locator('[data-show-person="Tom"]').click()
    assert await log.evaluate("log => log.scrollTop") == 1000
    await button(phone(page, "Tom"), "New messages").click()
    assert await distance_to_the_end(log) < 1


async def test_a_day_passes_when_told_to(visit: Visit) -> None:
    page = await visit(WIDE)
    await expect(page.locator("[data-now]")).to_have_text("Mon, 2 Mar 2026, 09:00")
    await button(page, "Let a day pass").click()
    await expect(page.locator("[data-now]")).to_have_text("Tue, 3 Mar 2026, 09:00")
    await button(page, "+10 min").click()
    await expect(page.locator("[data-now]")).to_have_text("Tue, 3 Mar 2026, 09:10")


async def test_what_the_bot_writes_is_announced(visit: Visit, demo: Demo) -> None:
    demo.tom.opens_link()
    page = await visit(WIDE)
    await demo.bot.send_message(demo.tom.id, "Good morning")
    await expect(page.locator("[aria-live=polite]", has_text="rxbot, Tom: Good morning")).to_have_count(1)


async def test_the_page_says_what_this_run_cannot_do_and_reaches_nothing_else(telegram: Telegram, browser: Browser) -> None:
    """A sandbox of its own, without a clock and a clinic."""
    async with serve(create_app(telegram, page_routes())) as url, httpx.AsyncClient(base_url=url, verify=False) as http:
        home = await http.get("/")
        assert "default-src 'self'" in home.headers["content-security-policy"]
        assert (home.headers["x-content-type-options"], home.headers["referrer-policy"]) == ("nosniff", "no-referrer")
        assert (await http.get("/page/main.js")).headers["content-type"].startswith("text/javascript")
        assert (await http.get("/page/none.js")).status_code == (await http.get("/page/..%2fapi.py")).status_code == 404
        page = await browser.new_page(viewport=WIDE)
        await page.goto(url)
        await expect(button(page, "Let a day pass")).to_be_disabled()
        await expect(page.get_by_text("Time cannot be moved in this run.")).to_be_visible()
        await expect(page.get_by_text("The clinic's page is not part of this run.")).to_be_visible()
        await expect(page.get_by_text("There is no team's group yet.")).to_be_visible()
        await page.close()


async def test_what_is_wrong_with_the_pages_stands_above_all_until_it_is_mended(demo: Demo, visit: Visit) -> None:
    page = await visit(NARROW)
    banner = page.locator("[data-content-wrong]")
    await expect(banner).to_be_hidden()
    demo.content["wrong"] = "dialogs/intake.yaml:14 'rent' has no need. Add need: money.\ndialogs/scheme.yaml:1 is not a page."
    await expect(banner).to_be_visible()
    await expect(banner).to_contain_text("dialogs/intake.yaml:14")
    demo.content["wrong"] = ""
    await expect(banner).to_be_hidden()
