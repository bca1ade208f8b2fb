"""The door out: worded in the reader's language, sorted when it fails, one slow chat never keeping another."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from rxbot import patience
from rxbot.carry_out import move_group, post_brief_again, tell_unreachable
from rxbot.content.load import Release
from rxbot.episode import phrases
from rxbot.episode.effects import CloseTopic, Copy, DeleteTopic, Give, RewriteBrief, Say, ShowChosen, TitleTopic
from rxbot.episode.model import Episode
from rxbot.episode.taps import read_tap
from rxbot.errors import StoreAway
from rxbot.handoff.model import Handoff
from rxbot.message import Button, Message, Text
from rxbot.outbox import sender
from rxbot.outbox.channel import Impossible, Keyboard, NotSent, OutcomeUnknown, TopicGone
from rxbot.outbox.sender import Sender
from rxbot.pace import Budget, Gate, Limits, Pace
from rxbot.paper import Calendar, CalendarEntry, Data, Page, Paper, Section
from rxbot.store import episodes, handoffs, outbox_rows, staff
from rxbot.store.episodes import Held
from rxbot.store.outbox_rows import Destination, Parcel, handoff_lane, person_lane, team_lane
from rxbot.store.tables import handoff as handoff_table
from rxbot.store.tables import outbox as outbox_table
from rxbot.store.unit import Store, Unit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
P1, P2, TOPIC = person_lane("p1"), person_lane("p2"), handoff_lane("e1-1")


@dataclass
class Post:
    """A channel that keeps what it was given, and fails as it is told to, once for each thing it was told."""

    given: list[tuple[object, ...]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    holds: dict[str, asyncio.Event] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        await self.take("say", to.address, to.thread, html, keyboard, pin, reply_to)
        return str(len(self.given))

    async def give(self, to: Destination, name: str, mime: str, content: bytes, caption_html: str) -> str:
        await self.take("give", to.address, to.thread, name, mime, content.decode(), caption_html)
        return str(len(self.given))

    async def redraw(self, to: Destination, message: str, keyboard: Keyboard) -> None:
        await self.take("redraw", to.address, message, keyboard)

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        await self.take("rewrite", to.address, message, html, keyboard)
        return message not in self.removed

    async def rewrite_caption(self, to: Destination, message: str, html: str) -> bool:
        await self.take("rewrite_caption", to.address, message, html)
        return True

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        await self.take("copy", to.address, to.thread, source, reply_to)
        return "9"

    async def open_topic(self, address: str, title: str) -> int:
        await self.take("open", address, title)
        return 40 + len(self.given)

    async def rename_topic(self, to: Destination, title: str) -> None:
        await self.take("rename", to.address, to.thread, title)

    async def reopen_topic(self, to: Destination) -> None:
        await self.take("reopen", to.address, to.thread)

    async def close_topic(self, to: Destination) -> None:
        await self.take("close", to.address, to.thread)

    async def delete_topic(self, address: str, thread: int) -> None:
        await self.take("delete", address, thread)

    async def take(self, *what: object) -> None:
        if held := self.holds.get(str(what[1])):
            await held.wait()
        if self.fails:
            raise self.fails.pop(0)
        self.given.append(what)

    def words(self) -> list[object]:
        return [what[3] for what in self.given if what[0] == "say"]


@dataclass
class Office:
    """An outbox at work, with a clock that stands."""

    store: Store
    post: Post
    box: Sender
    now: datetime = NOW

    def put(self, lane: str, parcel: Parcel, language: str = "en", handoff_id: str | None = None) -> None:
        person_id = lane.partition(":")[2] if lane.startswith("person") else None
        with self.store.begin() as unit:
            episode_id = "e1" if person_id == "p1" else None
            outbox_rows.put(unit, lane, parcel, self.now, language, "r", person_id, episode_id, handoff_id)
        self.box.wake()

    def rewrite(self, parcel: RewriteBrief) -> None:
        with self.store.begin() as unit:
            outbox_rows.put_brief(unit, parcel, self.now, "en", "r", "e1")
        self.box.wake()

    async def settles(self, lane: str = "") -> list[tuple[str, str]]:
        """Wait until nothing of the lane, or nothing at all, may leave any more; give what became of each letter."""
        for _ in range(300):
            await asyncio.sleep(0.01)
            with self.store.begin() as unit:
                rows = unit.execute(select(outbox_table).order_by(outbox_table.c.id)).all()
            ours = [row for row in rows if lane in row.lane]
            if not any(row.done_at is None and row.not_before <= self.now for row in ours):
                return [(row.status, row.error) for row in ours]
        raise TimeoutError(str([(row.lane, row.status) for row in rows]))


@asynccontextmanager
async def office(store: Store, release: Release, post: Post, pace: Pace = Pace(None)) -> AsyncIterator[Office]:
    def unreachable(unit: Unit, letter: outbox_rows.Letter, reason: str, now: datetime) -> None:
        tell_unreachable(unit, release.content, letter, reason, now)

    def gone(unit: Unit, letter: outbox_rows.Letter, now: datetime) -> None:
        post_brief_again(unit, release.content, letter.handoff_id, now)

    def moved(unit: Unit, old: str, new: str, now: datetime) -> None:
        move_group(unit, release.content, old, new, now)

    box = Sender(store, post, lambda _: release.words, lambda: one.now, pace, unreachable, gone, moved)
    one = Office(store, post, box)
    running = asyncio.create_task(one.box.run())
    try:
        yield one
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await one.box.finish()


@pytest.fixture
def known(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two people, a team, and a handoff of the first."""
    monkeypatch.setattr(sender, "LOOK_AGAIN", 0.02)
    with store.begin() as unit:
        for n in (1, 2):
            episodes.meet(unit, f"p{n}", "telegram", f"700000000{n}", NOW)
            unit.keys.make(f"e{n}")
            episodes.start(unit, Held(f"p{n}", "", Episode(f"e{n}", "harbour")), NOW)
        staff.acknowledge(unit, staff.bind(unit, "-100", NOW), NOW)
        handoffs.open_row(unit, Handoff("e1-1", "asked_for", True, NOW), "p1", "e1", NOW)
    return store


def say(words: str, **how: object) -> Say:
    return Say("person", Message((Text("verbatim", {"words": words}),)), **how)  # type: ignore[arg-type]


async def test_a_letter_is_worded_for_its_reader_and_its_buttons_turned(known: Store, release: Release) -> None:
    row = (Button(phrases.BACK(), "back"), Button(phrases.DONE(), "d:x", chosen=True))
    async with office(known, release, Post()) as one:
        for lane, language in ((P1, "en"), (P2, "ar")):
            one.put(lane, Say("person", Message((phrases.WELCOME_BACK(),), (row,)), wait=3), language)
        await one.settles()
        english, arabic = sorted(one.post.given, key=lambda what: str(what[1]))
        assert english[3] == "Welcome back. We go on where we stopped."
        assert [key.label for key in english[4][0]] == ["Back", "✓ Done"]  # type: ignore[index]
        assert [read_tap(key.data) for key in english[4][0]] == [read_tap("e1.3~back"), read_tap("e1.3~d:x")]  # type: ignore[index]
        assert [read_tap(key.data).code for key in arabic[4][0]] == ["d", "back"]  # type: ignore[index, union-attr]


async def test_the_first_letter_of_a_handoff_opens_its_topic_which_the_others_use(known: Store, release: Release) -> None:
    async with office(known, release, Post()) as one:
        for parcel in (say("brief", pin=True), say("more"), CloseTopic("e1-1")):
            one.put(TOPIC, parcel, handoff_id="e1-1")
        await one.settles()
        assert [what[:3] for what in one.post.given] == [
            ("open", "-100", "#1 · 🔴"),
            ("say", "-100", 41),
            ("say", "-100", 41),
            ("close", "-100", 41),
        ]
        assert one.post.given[1][-2:] == (True, "")


async def test_a_topic_that_is_gone_is_opened_again(known: Store, release: Release) -> None:
    async with office(known, release, Post()) as one:
        one.put(TOPIC, say("brief"), handoff_id="e1-1")
        await one.settles()
        one.post.fails.append(TopicGone())
        one.put(TOPIC, say("more"), handoff_id="e1-1")
        assert (await one.settles())[-1][0] == "sent"
        assert [what[0] for what in one.post.given] == ["open", "say", "open", "say"]  # and no brief: this episode has none
        with known.begin() as unit:
            assert unit.execute(select(handoff_table.c.thread)).scalar() == 43


async def test_a_new_process_writes_to_a_group_no_faster_than_the_one_before(known: Store, release: Release) -> None:
    small = Limits(Budget(9, 60), Budget(9, 60), Budget(4, 60))
    async with office(known, release, Post(), Pace(small)) as one:
        one.put(TOPIC, say("one"), handoff_id="e1-1")
        await one.settles()
        one.put(TOPIC, say("two"), handoff_id="e1-1")
        await one.settles()
        one.put(TOPIC, say("three"), handoff_id="e1-1")
        await one.settles()
    async with office(known, release, Post(), Pace(small)) as one:
        for words in ("four", "five"):
            one.put(TOPIC, say(words), handoff_id="e1-1")
        one.put("person:p1", say("to somebody"))
        await one.settles("person")
        assert sorted(map(str, one.post.words())) == ["four", "to somebody"]


def brief(words: str, at_once: bool = False) -> RewriteBrief:
    return RewriteBrief("e1-1", Message((Text("verbatim", {"words": words}),)), at_once)


async def test_a_brief_is_changed_in_place_once_for_all_that_changed_meanwhile(known: Store, release: Release) -> None:
    async with office(known, release, Post()) as one:
        one.put(TOPIC, say("brief", pin=True), handoff_id="e1-1")
        for words in ("first", "second"):
            one.rewrite(brief(words))
        await one.settles()
        assert one.post.words() == ["brief"]
        one.now += outbox_rows.BRIEF_RESTS
        await one.settles()
        assert one.post.given[-1] == ("rewrite", "-100", "2", "second", ())
        one.rewrite(brief("urgent", at_once=True))
        await one.settles()
        assert one.post.given[-1] == ("rewrite", "-100", "2", "urgent", ())


async def test_a_brief_is_not_changed_before_it_is_posted_and_posted_anew_when_it_was_removed(
    known: Store, release: Release
) -> None:
    async with office(known, release, Post(fails=[NotSent("flood", 60)], removed={"3"})) as one:
        one.put(TOPIC, say("brief", pin=True), handoff_id="e1-1")
        one.rewrite(brief("changed", at_once=True))
        await one.settles(TOPIC)
        assert one.post.words() == []
        one.now += timedelta(seconds=60)
        await one.settles()
        assert [what[0] for what in one.post.given] == ["open", "say", "rewrite"]
        one.post.removed = {"2"}
        one.rewrite(brief("anew", at_once=True))
        await one.settles()
        assert one.post.given[-1][:7] == ("say", "-100", 41, "anew", (), True, "")
        one.post.removed = set()
        one.rewrite(brief("and again", at_once=True))
        await one.settles()
        assert one.post.given[-1] == ("rewrite", "-100", "5", "and again", ())


async def test_briefs_of_a_group_change_one_after_the_other(known: Store, release: Release) -> None:
    """A group takes 20 messages and edits a minute, and most are for talking."""
    with known.begin() as unit:
        for n in range(2, 30):
            handoffs.open_row(unit, Handoff(f"e1-{n}", "asked_for", False, NOW), "p1", "e1", NOW)
            outbox_rows.put_brief(unit, replace(brief("x"), handoff=f"e1-{n}"), NOW, "en", "r", "e1")
        due = sorted(unit.execute(select(outbox_table.c.not_before)).scalars())
    assert max(sum(one <= at < one + timedelta(minutes=1) for at in due) for one in due) <= 10


async def test_what_was_surely_not_sent_waits_as_long_as_asked(known: Store, release: Release) -> None:
    async with office(known, release, Post(fails=[NotSent("flood", 30)])) as one:
        one.put(P1, say("a1"))
        await one.settles(P1)
        one.put(P1, say("a2"))
        one.put(P2, say("b1"))
        await one.settles(P2)
        assert one.post.words() == ["b1"]
        one.now += timedelta(seconds=31)
        assert {status for status, _ in await one.settles()} == {"sent"}
        assert one.post.words() == ["b1", "a1", "a2"]


SHEET = Page("page", phrases.WELCOME_BACK(), (Section(phrases.DONE(), (phrases.BACK(),)),))
DAY = Calendar("days", (CalendarEntry("e1.1", date(2026, 3, 9), phrases.DONE(), phrases.BACK()),))


@pytest.mark.parametrize(
    ("paper", "name", "mime", "holds"),
    [
        (SHEET, "page.html", "text/html", '<html lang="ar" dir="rtl">'),
        (DAY, "days.ics", "text/calendar", "DTSTAMP:20260302T090000Z"),
        (Data("kept", '{"a":"ب"}'), "kept.json", "application/json", '{\n  "a": "ب"\n}'),
    ],
)
async def test_a_paper_leaves_as_a_file_in_the_language_of_its_reader(
    known: Store, release: Release, paper: Paper, name: str, mime: str, holds: str
) -> None:
    async with office(known, release, Post()) as one:
        one.put(P1, Give("person", paper, phrases.WELCOME_BACK()), language="ar")
        await one.settles()
        ((kind, address, thread, *named, content, caption),) = one.post.given
        assert (kind, address, thread, named) == ("give", "7000000001", None, [name, mime])
        assert holds in str(content)
        assert caption == release.words.html(Message((phrases.WELCOME_BACK(),)), "ar")
        with known.begin() as unit:
            row = unit.execute(select(outbox_table)).one()
        assert (row.texts, row.sealed, row.status) == (["welcome_back"], None, "sent")


async def test_a_paper_for_the_team_goes_into_the_topic(known: Store, release: Release) -> None:
    async with office(known, release, Post()) as one:
        one.put(TOPIC, Give("topic", SHEET, phrases.DONE()), handoff_id="e1-1")
        await one.settles()
        assert [what[:4] for what in one.post.given] == [("open", "-100", "#1 · 🔴"), ("give", "-100", 41, "page.html")]


@pytest.mark.parametrize(
    ("parcel", "copies"),
    [
        (say("a1", urgency="reply"), 1),
        (say("a1", urgency="crisis"), 1),
        (say("a1", urgency="relay"), 1),
        (say("a1", urgency="reminder"), 0),
        (Give("person", SHEET, phrases.DONE()), 1),
        (Give("person", DAY, phrases.DONE(), "reminder"), 0),
    ],
)
async def test_when_nobody_knows_it_goes_once_more_unless_it_is_a_reminder(
    known: Store, release: Release, parcel: Parcel, copies: int
) -> None:
    async with office(known, release, Post(fails=[OutcomeUnknown()])) as one:
        one.put(P1, parcel)
        await one.settles()
        one.now += timedelta(seconds=3)
        await one.settles()
        assert len(one.post.given) == copies


async def test_when_nobody_knows_twice_it_is_left(known: Store, release: Release) -> None:
    async with office(known, release, Post(fails=[OutcomeUnknown(), OutcomeUnknown()])) as one:
        one.put(P1, say("a1"))
        await one.settles()
        one.now += timedelta(seconds=3)
        assert await one.settles() == [("unknown", "")]
        assert one.post.given == []


async def test_a_letter_that_can_never_arrive_is_told_to_the_topic_and_the_lane_goes_on(known: Store, release: Release) -> None:
    async with office(known, release, Post(fails=[Impossible("forbidden")])) as one:
        one.put(P1, say("a1"), handoff_id="e1-1")
        await one.settles()
        one.put(P1, say("a2"), handoff_id="e1-1")
        assert (await one.settles(P1)) == [("given_up", "forbidden"), ("sent", "")]
        assert any("did not reach" in str(words) for words in one.post.words())


async def test_buttons_that_cannot_be_redrawn_are_nothing_to_tell(known: Store, release: Release) -> None:
    async with office(known, release, Post()) as one:
        one.put(P1, say("a1", wait=4), handoff_id="e1-1")
        await one.settles()
        one.post.fails.append(Impossible("bad_request"))
        one.put(P1, ShowChosen(4, ()), handoff_id="e1-1")
        one.put(P1, ShowChosen(99, ()), handoff_id="e1-1")  # of a message that never left: nothing to redraw
        assert [status for status, _ in await one.settles()] == ["sent", "given_up", "sent"]
        assert len(one.post.given) == 1


async def test_a_letter_that_cannot_be_worded_is_given_up_and_keeps_nobody(known: Store, release: Release) -> None:
    """Its language was taken out of the scheme, or its text out of the pages, while it waited."""
    async with office(known, release, Post()) as one:
        one.put(P1, say("a1"), language="xx")
        one.put(P1, Say("person", Message((Text("no.such.text"),))))
        one.put(P1, say("a3"))
        assert [status for status, _ in await one.settles()] == ["given_up", "given_up", "sent"]
        assert one.post.words() == ["a3"]


async def test_a_slow_chat_keeps_no_other_waiting(known: Store, release: Release) -> None:
    held = asyncio.Event()
    async with office(known, release, Post(holds={"7000000001": held})) as one:
        one.put(P1, say("slow"))
        one.put(P2, say("b1"))
        one.put(P2, say("b2"))
        for _ in range(200):
            await asyncio.sleep(0.01)
            if len(one.post.given) == 2:
                break
        assert one.post.words() == ["b1", "b2"]
        held.set()
        await one.settles()
        assert one.post.words()[-1] == "slow"


@pytest.mark.parametrize(
    ("lane", "parcel", "given"),
    [
        (TOPIC, Copy("topic", "7:1"), ("copy", "-100", 41, "7:1", "")),
        (P1, Copy("person", "-100:5"), ("copy", "7000000001", None, "-100:5", "")),
        (team_lane(1), DeleteTopic(44), ("delete", "-100", 44)),
        (TOPIC, TitleTopic("e1-1", alarming=True), ("rename", "-100", 41, "#1 · 🔴")),
    ],
)
async def test_every_parcel_finds_its_way(
    known: Store, release: Release, lane: str, parcel: Parcel, given: tuple[object, ...]
) -> None:
    async with office(known, release, Post()) as one:
        if isinstance(parcel, TitleTopic):
            one.put(TOPIC, say("brief", pin=True), handoff_id="e1-1")
        one.put(lane, parcel, handoff_id="e1-1" if lane == TOPIC else None)
        await one.settles()
        assert one.post.given[-1] == given


async def test_closing_a_topic_that_never_was_does_nothing(known: Store, release: Release) -> None:
    async with office(known, release, Post()) as one:
        one.put(TOPIC, CloseTopic("e1-1"), handoff_id="e1-1")
        assert await one.settles() == [("sent", "")]
        assert one.post.given == []


async def test_what_a_crash_left_half_sent_is_settled_first(known: Store, release: Release) -> None:
    with known.begin() as unit:
        outbox_rows.put(unit, P1, say("question", wait=2), NOW, "en", "r", "p1", "e1")
        outbox_rows.put(unit, P2, say("reminder", urgency="reminder"), NOW, "en", "r", "p2", "e2")
        assert len(outbox_rows.claim(unit, NOW, 9)) == 2
    async with office(known, release, Post()) as one:
        assert [status for status, _ in await one.settles()] == ["sent", "unknown"]
        assert one.post.words() == ["question"]


async def test_a_brief_waits_while_no_topic_may_be_opened(known: Store, release: Release) -> None:
    async with office(known, release, Post(fails=[Impossible("bad_request")])) as one:
        one.put(TOPIC, say("the brief"), handoff_id="e1-1")
        await one.settles()
        assert one.post.words() == []
        one.now += timedelta(seconds=61)
        one.box.wake()
        assert [status for status, _ in await one.settles()] == ["sent"]
        assert one.post.words() == ["the brief"]


async def test_to_stop_never_takes_for_ever_though_the_store_is_away(
    known: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LEAVE_WITHIN", 0.05)

    def away(*_: object) -> list[outbox_rows.Letter]:
        raise StoreAway

    async with office(known, release, Post()) as one:
        monkeypatch.setattr(outbox_rows, "claim", away)
        one.put(P1, say("Hello"))
        await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        while one.box._rounds:
            await asyncio.sleep(0.01)
    assert one.post.words() == []
    with known.begin() as unit:
        assert unit.execute(select(outbox_table.c.status)).scalars().all() == ["waiting"]


async def test_to_stop_never_takes_for_ever(known: Store, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not end is left leased, as after a crash, and the next start settles it."""
    monkeypatch.setattr(sender, "LEAVE_WITHIN", 0.05)
    post = Post(holds={"7000000001": asyncio.Event()})
    async with office(known, release, post) as one:
        one.put(P1, say("Hello"))
        for _ in range(200):
            await asyncio.sleep(0.01)
            if post.given or one.box._on_their_way:
                break
    with known.begin() as unit:
        assert unit.execute(select(outbox_table.c.status)).scalars().all() == ["leased"]
        assert outbox_rows.recover(unit, NOW) == []
        assert outbox_rows.claim(unit, NOW, 9)


async def test_what_could_not_be_claimed_takes_no_place_in_the_budget(
    known: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk may keep us for an hour: what was let go meanwhile has not left, however often it was tried."""
    monkeypatch.setattr(patience, "LOOK_AGAIN", 0.01)
    really, tries = outbox_rows.claim, iter(range(5))

    def claim(unit: Unit, now: datetime, limit: int, gate: Gate) -> list[outbox_rows.Letter]:
        claimed = really(unit, now, limit, gate)
        if claimed and next(tries, None) is not None:
            raise StoreAway
        return claimed

    monkeypatch.setattr(outbox_rows, "claim", claim)
    two_a_minute = Pace(Limits(Budget(2, 60), Budget(2, 60), Budget(2, 60)))
    async with office(known, release, Post(), two_a_minute) as one:
        one.put(P1, say("Hello"))
        assert await one.settles() == [("sent", "")]


async def test_who_is_stopped_while_claiming_sends_what_was_claimed(
    known: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that is being committed cannot be stopped: what it gives is sent, and marked once."""
    really, claiming = outbox_rows.claim, asyncio.Event()
    loop = asyncio.get_running_loop()

    def claim(unit: Unit, now: datetime, limit: int, gate: Gate) -> list[outbox_rows.Letter]:
        claimed = really(unit, now, limit, gate)
        if claimed:
            loop.call_soon_threadsafe(claiming.set)
            time.sleep(0.1)  # the store's own thread
        return claimed

    monkeypatch.setattr(outbox_rows, "claim", claim)
    async with office(known, release, Post()) as one:
        one.put(P1, say("Hello"))
        await claiming.wait()
    assert one.post.words() == ["Hello"]
    with known.begin() as unit:
        assert unit.execute(select(outbox_table.c.status, outbox_table.c.attempts)).all() == [("sent", 1)]


async def test_what_a_turn_writes_is_claimed_with_the_commit_of_the_turn(
    known: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LOOK_AGAIN", 60)
    commits: list[object] = []
    count = commits.append
    post = Post(holds={"7000000001": asyncio.Event()})
    async with office(known, release, post) as one:
        one.put(P2, say("first"))
        await one.settles()
        event.listen(known.engine, "commit", count)
        await one.box.go_along(lambda unit: outbox_rows.put(unit, P1, say("Hello"), NOW, "en", "r", "p1", "e1"))
        assert (len(commits), len(one.box._on_their_way)) == (1, 1)
        event.remove(known.engine, "commit", count)
        post.holds["7000000001"].set()
        assert await one.settles() == [("sent", ""), ("sent", "")]


async def test_what_the_round_of_a_turn_wrote_down_is_no_round_of_its_own(
    known: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LOOK_AGAIN", 60)
    monkeypatch.setattr(sender, "GATHERING", 2)
    commits: list[object] = []
    count = commits.append
    post = Post(holds={"7000000001": asyncio.Event(), "7000000002": asyncio.Event()})
    async with office(known, release, post) as one:
        one.put(P2, say("first"))
        while not one.box._on_their_way:
            await asyncio.sleep(0.01)
        await asyncio.sleep(3)  # the round that took it has waited for more, and none has come
        event.listen(known.engine, "commit", count)
        post.holds["7000000002"].set()
        while not one.box._ended:
            await asyncio.sleep(0.01)
        await one.box.go_along(lambda unit: outbox_rows.put(unit, P1, say("Hello"), NOW, "en", "r", "p1", "e1"))
        await asyncio.sleep(3)  # longer than a round of its own would have waited
        event.remove(known.engine, "commit", count)
        assert (len(commits), len(one.box._ended), len(one.box._on_their_way)) == (1, 0, 1)
        post.holds["7000000001"].set()
        assert await one.settles() == [("sent", ""), ("sent", "")]


async def test_words_are_read_only_when_what_a_crash_left_half_sent_is_settled(known: Store, release: Release) -> None:
    def read(unit: Unit) -> int:
        return outbox_rows.first_unseen(unit, "p1", "e1", 1, NOW)  # written in the second in which the question was

    with known.begin() as unit:
        outbox_rows.put(unit, P1, say("Is it right?", wait=7), NOW, "en", "r", "p1", "e1")
        assert len(outbox_rows.claim(unit, NOW, 1)) == 1  # and then it is killed
    async with office(known, release, Post()) as one:
        assert await one.box.go_along(read) == 0


async def test_a_turn_that_fails_claims_nothing_and_is_told_so(known: Store, release: Release) -> None:
    def fails(unit: Unit) -> None:
        outbox_rows.put(unit, P1, say("never"), NOW, "en", "r", "p1", "e1")
        raise ValueError("ours")

    async with office(known, release, Post()) as one:
        one.put(P2, say("first"))
        await one.settles()
        with pytest.raises(ValueError, match="ours"):
            await one.box.go_along(fails)
        one.put(P1, say("Hello"))
        await one.settles()
        assert one.post.words() == ["first", "Hello"]


async def test_what_a_turn_is_just_claiming_is_not_taken_for_left_behind(
    known: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, claiming, loop = outbox_rows.claim, asyncio.Event(), asyncio.get_running_loop()

    def claim(unit: Unit, now: datetime, limit: int, gate: Gate) -> list[outbox_rows.Letter]:
        claimed = really(unit, now, limit, gate)
        if any(letter.lane == P1 for letter in claimed):
            loop.call_soon_threadsafe(claiming.set)
            time.sleep(0.1)  # the store's own thread
        return claimed

    monkeypatch.setattr(outbox_rows, "claim", claim)
    post = Post(holds={"7000000001": asyncio.Event()})
    async with office(known, release, post) as one:
        one.put(P2, say("first"))
        await one.settles()
        turn = asyncio.create_task(
            one.box.go_along(lambda unit: outbox_rows.put(unit, P1, say("Hello"), NOW, "en", "r", "p1", "e1"))
        )
        await claiming.wait()
        await one.box._recover()
        await turn
        await asyncio.sleep(0.2)
        post.holds["7000000001"].set()
        await one.settles()
        assert one.post.words() == ["first", "Hello"]
