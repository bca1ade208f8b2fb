"""What is counted: what was given and is not kept, who is stuck, what left in another order, what was asked twice."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from people import Given, Walker, question_in
from sqlalchemy import or_, select

from rxbot.content.load import Release
from rxbot.dialog.model import Answer, Declined, Somewhere
from rxbot.dialog.path import route
from rxbot.episode.content import Content
from rxbot.episode.model import Episode, dialog_for
from rxbot.episode.taps import tag_of
from rxbot.sandbox.world import Message
from rxbot.store import episodes, inbox_rows
from rxbot.store.outbox_rows import person_lane
from rxbot.store.tables import episode, inbox, outbox, person, timer
from rxbot.store.unit import Store, Unit

AT_REST = ("following_up", "closed")


@dataclass
class Counted:
    """Figures of a run. What stands in `lost`, `stuck`, `out_of_order` and `twice_without_cause` says what is wrong."""

    given: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    lost_during: Counter[str] = field(default_factory=Counter)
    expired: Counter[str] = field(default_factory=Counter)
    stuck: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)  # have nothing to answer before the next reminder
    out_of_order: list[str] = field(default_factory=list)
    leased: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # by lane: kills that found a letter on its way
    leased_rows: set[int] = field(default_factory=set)
    taken_away: int = 0
    said_late: set[tuple[str, int]] = field(default_factory=set)
    told_late: list[str] = field(default_factory=list)  # the question was past, and they were told so
    twice: int = 0
    twice_without_cause: list[str] = field(default_factory=list)
    unknown: int = 0
    poisoned: int = 0
    set_aside: list[str] = field(default_factory=list)  # by what error
    alerts: int = 0
    finished: int = 0

    @property
    def is_good(self) -> bool:
        """Say whether everything is as it has to be."""
        wrong = (self.lost, self.stuck, self.out_of_order, self.twice_without_cause)
        return not any(wrong) and len(self.set_aside) == self.alerts == self.poisoned

    def found_at_kill(self, store: Store) -> None:
        """Note what was on its way when the process was killed."""
        with store.begin() as unit:
            leased = unit.execute(select(outbox.c.id, outbox.c.lane).where(outbox.c.status == "leased")).all()
            for lane in {row.lane for row in leased}:
                self.leased[lane] += 1
            self.leased_rows |= {row.id for row in leased}

    def look(self, store: Store, walkers: Iterable[Walker], content: Content, is_last: bool = False) -> list[Walker]:
        """Look whether what was given is kept: often, because what was worked off is forgotten after some days.

        Give those whose support is over.
        """
        with store.begin() as unit:
            worked_off = select(inbox.c.update_id, inbox.c.attempts).where(inbox.c.done_at.is_not(None))
            done = {row.update_id: row.attempts for row in unit.execute(worked_off)}
            kept = set(unit.execute(select(inbox.c.update_id)).scalars())
            return [walker for walker in walkers if self._look_at(unit, walker, content, done, kept, is_last)]

    def _look_at(self, unit: Unit, walker: Walker, content: Content, done: dict[int, int], kept: set[int], is_last: bool) -> bool:
        open_ones = [one for one in walker.given if not one.is_settled]
        theirs: dict[str, Episode] | None = None
        for one in open_ones:
            one.failures = done.get(one.update, one.failures)
            if one.failures is None:
                if is_last:
                    self._settle(one, "" if one.expired and one.update not in kept else "its update was never worked off")
                continue
            theirs = theirs if theirs is not None else episodes_of(unit, one.address)
            given_up, taken_away = one.failures >= inbox_rows.ATTEMPTS, was_taken_away(one, theirs, content)
            complaint = "" if given_up or taken_away else wrong_with(one, walker.given, theirs)
            if complaint and self._was_told(walker, one, content.wording["en"]["old_button"]):
                self.told_late.append(f"{one.during}: {one.question} of {one.address}")
                complaint = ""
            if not complaint or is_last:  # what the bot says of it may still be on its way
                self.taken_away += taken_away and not given_up
                self._settle(one, complaint)
        if walker.looks() is not None:
            return False
        state = state_of(unit, str(walker.person.id))
        if is_last and state not in AT_REST and is_reminded(unit, str(walker.person.id)):
            self.reminded.append(f"{walker.person.name}: {state}")
        elif is_last and state not in AT_REST:
            self.stuck.append(f"{walker.person.name}: {state}, and nothing to answer")
        return state == "closed"

    def _was_told(self, walker: Walker, one: Given, that_it_is_past: str) -> bool:
        """Say whether a tap met a question that was past, and the bot said so. Each such message counts for one tap."""
        later = [message for message in walker.person.chat.messages.values() if message.id > one.message]
        said = [(one.address, message.id) for message in later if message.text.startswith(that_it_is_past)]
        not_counted = [message for message in said if message not in self.said_late]
        self.said_late |= {*not_counted[:1]}
        return bool(one.data and not_counted)

    def _settle(self, one: Given, complaint: str) -> None:
        one.is_settled = True
        self.given[one.during] += 1
        if one.expired:
            self.expired[one.during] += 1
        if complaint:
            self.lost_during[one.during] += 1
            self.lost.append(f"{one.during}: {one.question} = {sorted(one.value)} of {one.address}: {complaint}")

    def sum_up(self, store: Store, walkers: Iterable[Walker], release: Release, log: Path) -> None:
        """Compare what left with what people have on their screens, and count what was set aside."""
        unknown = unknown_outcomes(log)
        self.unknown = unknown.total()
        could_not = release.words.wording("en")["unreadable"]
        with store.begin() as unit:
            self.set_aside = set_aside(log)
            for walker in walkers:
                messages, bot = walker.person.chat.messages.values(), walker.person.bot.id
                shown = [one for one in messages if one.sender == bot and not one.service]
                self.alerts += sum(could_not in one.text for one in shown)
                self._compare(unit, walker, shown, unknown)

    def _compare(self, unit: Unit, walker: Walker, shown: list[Message], unknown: Counter[int]) -> None:
        id = episodes.person_at(unit, "telegram", str(walker.person.id))
        lane, name = person_lane(id or ""), walker.person.name
        c = outbox.c
        rows = unit.execute(select(c.id, c.message, c.status, c.what, c.wait).where(c.lane == lane).order_by(c.id)).all()
        brought = [(int(row.message), row.id) for row in rows if row.message and row.what in ("Say", "Give", "Copy")]
        for (before, _), (after, row) in pairwise(brought):
            if after <= before:
                self.out_of_order.append(f"{name}: letter {row} arrived as {after}, the one before it as {before}")
        known = {number for number, _ in brought}
        extra = [one for one in shown if one.id not in known]
        causes = self.leased[lane] + sum(unknown[row.id] for row in rows)
        self.twice += len(extra)
        if len(extra) > causes:
            told = [one.text[:40] for one in extra]
            self.twice_without_cause.append(f"{name}: {len(extra)} more messages than letters, {causes} with a cause: {told}")
        for one in extra:
            if not any(is_same(one, other) for other in shown if other.id != one.id):
                if any(row.status == "unknown" for row in rows):
                    continue  # it was left at one copy, and that arrived
                self.twice_without_cause.append(f"{name}: a copy that differs: {one.text[:60]!r}")


def letters_due(store: Store, now: datetime) -> bool:
    """Say whether anything waits that could have left by now. A day that passes then would be shorter than any day is."""
    c = outbox.c
    with store.begin() as unit:
        return unit.execute(select(c.id).where(c.done_at.is_(None), c.not_before <= now).limit(1)).first() is not None


def letters_leased(store: Store) -> bool:
    """Say whether a letter is on its way, as far as the database knows."""
    with store.begin() as unit:
        return unit.execute(select(outbox.c.id).where(outbox.c.status == "leased").limit(1)).first() is not None


def episodes_of(unit: Unit, address: str) -> dict[str, Episode]:
    """Give somebody's episodes by their tags, the latest last."""
    found = select(episode.c.id).join(person).where(person.c.address == address).order_by(episode.c.opened_at)
    held = [episodes.load(unit, id) for id in unit.execute(found).scalars()]
    return {tag_of(one.episode.id): one.episode for one in held if one}


def state_of(unit: Unit, address: str) -> str:
    """Give the state of somebody's latest episode."""
    found = select(episode.c.state).join(person).where(person.c.address == address).order_by(episode.c.opened_at.desc())
    return unit.execute(found).scalars().first() or "not begun"


def is_reminded(unit: Unit, address: str) -> bool:
    """Say whether somebody is asked again by itself, some day."""
    theirs = select(timer.c.id).join(person, person.c.id == timer.c.person_id).where(person.c.address == address)
    asking = or_(timer.c.kind.in_(("nudge", "outage")), timer.c.kind.startswith("check_in-"))
    return unit.execute(theirs.where(asking)).first() is not None


def wrong_with(one: Given, given: list[Given], theirs: dict[str, Episode]) -> str:
    """Say what is wrong with an answer that was worked off; nothing when it is kept, or another to the same is."""
    held = theirs.get(one.tag)
    if held is None:
        return "there is no such episode"
    sheet = held.shown_by(one.wait)
    answer = held.answers_of(sheet).get(one.question)
    if answer and is_kept(answer, one):
        return ""
    others = [other for other in given if (other.tag, other.question) == (one.tag, one.question) and other is not one]
    if answer and any(is_kept(answer, other) for other in others):
        return ""  # who was asked once more and answered otherwise has one of the two kept
    return f"on sheet {sheet} is {answer.value if answer else None}"


def was_taken_away(one: Given, theirs: dict[str, Episode], content: Content) -> bool:
    """Say whether the question does not apply any more, since they answered the one before it otherwise meanwhile."""
    held = theirs.get(one.tag)
    sheet = held.shown_by(one.wait) if held else ""
    if held is None or not sheet or one.question in held.answers_of(sheet):
        return False
    return all(question.id != one.question for question in route(dialog_for(sheet, held, content), held.answers_of(sheet)))


def is_kept(answer: Answer, one: Given) -> bool:
    match answer.value:
        case Declined(how=how):
            return one.value == {how}
        case Somewhere():
            return True
    return not one.value or one.value <= {*answer.chosen} or answer.words in one.value


def is_same(one: Message, other: Message) -> bool:
    """Say whether two messages are copies: the same question under the same number, or the same words."""
    asked, again = question_in(one), question_in(other)
    if asked and again:
        return (asked.tag, asked.wait) == (again.tag, again.wait) and one.text == other.text
    return one.text == other.text and one.media == other.media


def set_aside(log: Path) -> list[str]:
    """Read why updates were given up."""
    lines = (line for line in log.read_text().splitlines() if '"update_given_up"' in line)
    return [json.loads(line)["error"] for line in lines]


def unknown_outcomes(log: Path) -> Counter[int]:
    """Count the tries of each letter of which nobody could say whether they had arrived; each may have left a copy."""
    lines = (line for line in log.read_text().splitlines() if '"letter_outcome_unknown"' in line)
    return Counter(json.loads(line)["id"] for line in lines)
