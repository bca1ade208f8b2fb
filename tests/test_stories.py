"""Stories: conversations told in YAML, played on the whole of rxbot in every language they name.

Updates reach it by one of two doors, fetched or brought, and it keeps what it knows in one of two databases. A run of the tests
plays each story in one of these four ways; `make stories` plays every story in all of them.

A step is a mapping with one thing that happens, and what is expected `then`. People are named; `tom` is meant where
nobody is. Expectations name ids, never wording.

    open: TOKEN          open a link; `invite` names it            worker: {claim: sam}, {reply: ..}, {r: ..}, {close: sam},
                                                                           {command: /bot}, {tap: keep_talking},
                                                                           {general: ..}; by: robin
    speak: true          choose the language of this run           pass: 3d, 10m, 2h    away: 5h (stopped so long)
    tap: money.need=yes  press a button; several in a list         restart: true
    twice: money.need=yes  press it twice, quickly                 type: money.need=yes   type a word the lexicon has for it
    share: [lat, lon]    show where they are                       team: {delete: topic}, {enrol: robin}, {leave: sam}
                                                                    {join: max} (whom Robin adds)
    say: {en: .., ar: ..}  type these words; a list in one go      send: voice, photo     do: block, unblock
    pieces: [{en: ..}]   the same, one right after the bot's word on the one before; all else is written after time to read
    directory: {drops: NAME}, {renumbers: NAME}  the publisher's next export lacks a service, or has it elsewhere
    provider: {declines: NAME}, {fills: NAME}   it takes no referrals, or is full

    then: person / topic / team: texts that were sent, in this order; never: texts that were not; once: texts sent just once
          hears_nothing: the person, and nothing waits for them; sees_nothing: nothing came, though it may have been sent
          silence: nobody is sent anything at all; topics: how many there are; counted: facts of the ledger, in this order
          surveyed: what was counted of surveys, all of it; nobody: nothing is kept of the person
          clinic: texts the clinic can read, in this order, or [] for none; clinic_never: texts it cannot
          offered_once: no service was shown twice
          keys (how many keys of Telegram's own keyboard), place (where they are, rounded), files (received so far),
          steps (the versions of the plan); file_reads: words (patterns) of the last page received, file_hides: words not on it
          state, asked, answers, closed, handoff, urgent, language, wanted, shown (services), screen (the last message's id)
          referrals: their states; answered: phrases of the phrasebook; screen_says: a whole text the last message holds
          reads, topic_reads, brief_reads: words on the screen, in the topic, in its pinned brief; title: the topic's
          team_reads: words of the last message in the group itself
          brief_hides: words that are not in the brief; brief_taps: what its buttons mean, in this order
          lock_screen_hides: words that the last message veils, or does not hold; never_reads: words no message of the step holds
          shows: words that one message of the step holds
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from stage import Sent, Stage, stage

from rxbot.content.complaints import Complaints
from rxbot.content.pages import Block, read_page
from rxbot.sandbox.screen import Seen
from rxbot.sandbox.script import Group, Person

FOLDER = Path(__file__).parent / "stories"


def read_story(path: Path) -> Block:
    complaints = Complaints()
    story = read_page(FOLDER, path.name, complaints)
    assert story is not None, list(complaints)
    return story


STORIES = [(path, language) for path in sorted(FOLDER.glob("*.yaml")) for language in read_story(path)["languages"]]
DOORS, KINDS = ("fetched", "brought"), ("sqlite", "postgresql")
WAYS = [(door, kind) for kind in KINDS for door in DOORS]
IN_TURN = [WAYS[n] for n in (*(0, 1) * 6, 2, *(1, 0) * 6, 3)]  # one in thirteen on PostgreSQL, where it takes twice as long
ALL = "RXBOT_ALL_WAYS" in os.environ
PLAYED = [
    (path, language, *way)
    for number, (path, language) in enumerate(STORIES)
    for way in (WAYS if ALL else (IN_TURN[number % len(IN_TURN)],))
]
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@pytest.mark.parametrize(("path", "language", "door", "kind"), PLAYED, ids=["-".join((one[0].stem, *one[1:])) for one in PLAYED])
async def test_story(path: Path, language: str, door: str, kind: Literal["sqlite", "postgresql"], tmp_path: Path) -> None:
    story = read_story(path)
    async with stage(tmp_path, webhook=door == "brought", kind=kind) as one:
        assert bool(one.telegram.hook.url) == (door == "brought")
        teller = Teller(one, language)
        for number, step in enumerate(story["do"], 1):
            try:
                await teller.play(step)
            except (AssertionError, LookupError, TimeoutError) as wrong:
                raise AssertionError(f"{path.name}, step {number} (line {step.line}): {wrong}\n{teller.screens()}") from wrong


@dataclass
class Teller:
    """Plays the steps of a story."""

    stage: Stage
    language: str
    tokens: dict[str, str] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)

    async def play(self, step: dict[str, Any]) -> None:
        last = await self.stage.last_letter()
        person = self.person(step.get("who", "tom"))
        self.before = {one.id: self.seen_by(one) for one in (person, self.stage.team)}
        for deed, what in step.items():
            if deed not in ("then", "who"):
                await getattr(self, f"do_{deed}")(person, what)
                await self.stage.settles()
        await self.expect(person, step.get("then", {}), await self.stage.sent_since(last))

    def person(self, name: str) -> Person:
        return self.stage.telegram.person(name.title(), language_code=self.language)

    def seen_by(self, one: Person | Group) -> int:
        """Number the last message of ours on a screen."""
        screen = one.screen() if isinstance(one, Group) else one.screen
        return max((message.id for message in screen if message.from_bot), default=0)

    # What happens

    async def do_invite(self, _person: Person, what: dict[str, Any]) -> None:
        self.tokens[what.get("as", "link")] = await self.stage.invites(
            clinic=what.get("clinic", "harbour"),
            language=what.get("language", ""),
            reason=what.get("reason", ""),
            ref=what.get("ref", ""),
            survey=bool(what.get("survey")),
        )

    async def do_open(self, person: Person, name: str) -> None:
        person.opens_link(self.tokens.get(name, name if isinstance(name, str) else ""))

    async def do_speak(self, person: Person, _what: object) -> None:
        self.tap(person, f"l:{self.language}")

    async def do_tap(self, person: Person, what: str | list[str]) -> None:
        for name in [what] if isinstance(what, str) else what:
            self.tap(person, code_of(name))
            await self.stage.settles()

    async def do_twice(self, person: Person, what: str) -> None:
        self.tap(person, code_of(what))
        self.tap(person, code_of(what))

    async def do_type(self, person: Person, what: str) -> None:
        self.stage.takes_time()
        person.types(self.words_for(what))

    async def do_say(self, person: Person, what: str | dict[str, str] | list[str | dict[str, str]]) -> None:
        self.stage.takes_time()
        for words in what if isinstance(what, list) else [what]:
            person.types(words if isinstance(words, str) else words[self.language])

    async def do_pieces(self, person: Person, what: list[dict[str, str]]) -> None:
        self.stage.takes_time()
        for words in what:
            person.types(words[self.language])
            await self.stage.settles()

    async def do_send(self, person: Person, what: str) -> None:
        person.sends_voice() if what == "voice" else person.sends_photo()

    async def do_share(self, person: Person, where: list[float]) -> None:
        person.shares_location(*where)

    async def do_do(self, person: Person, what: str) -> None:
        person.blocks() if what == "block" else person.unblocks()

    async def do_pass(self, _person: Person, what: str) -> None:
        await self.stage.passes(**{UNITS[what[-1]]: float(what[:-1])})

    async def do_directory(self, _person: Person, what: dict[str, str]) -> None:
        deeds = {"drops": self.stage.directory_drops, "renumbers": self.stage.directory_renumbers}
        for deed, name in what.items():
            await deeds[deed](name)

    async def do_provider(self, _person: Person, what: dict[str, str]) -> None:
        for deed, name in what.items():
            await self.stage.provider_says(deed, name)

    async def do_away(self, _person: Person, what: str) -> None:
        await self.stage.is_away(**{UNITS[what[-1]]: float(what[:-1])})

    async def do_restart(self, _person: Person, _what: object) -> None:
        await self.stage.restart()

    async def do_team(self, _person: Person, what: dict[str, str]) -> None:
        for deed, whom in what.items():
            match deed:
                case "delete":
                    self.stage.team.delete_topic(self.stage.team.topics[-1].id)
                case "enrol":
                    self.person(whom).opens_link(f"enrol-{await self.stage.enrols(whom.title())}")
                case "join":
                    self.stage.team.add(self.person(whom), by=self.person("robin"))
                case "leave":
                    self.stage.team.remove(self.person(whom))
                case _:
                    raise LookupError(f"a team cannot {deed}")

    async def do_worker(self, _person: Person, what: dict[str, Any]) -> None:
        by = self.person(what.get("by", "sam"))
        for deed, value in what.items():
            if deed == "by":
                continue
            seat = self.stage.seat(self.person(value) if deed in ("claim", "close") else by)
            topic = self.stage.team.topics[-1].id
            brief = next(m for m in reversed(self.stage.team.screen(topic)) if m.from_bot and m.text)
            match deed:
                case "claim" | "close":
                    seat.taps(next(d for d in self.data(seat.screen) if d.endswith(f"~{deed}")))
                case "reply":
                    seat.types(value, topic=topic, reply_to=brief)
                case "r":
                    seat.types(f"/r {value}", topic=topic)
                case "command":
                    seat.types(value, topic=topic)
                case "tap":
                    means = {d: d.partition("~")[2] for d in self.data(seat.screen)}
                    exact = [d for d, meant in means.items() if meant == value]
                    seat.taps((exact or [d for d, meant in means.items() if meant.startswith(f"{value}:")])[-1])
                case "write":
                    seat.types(value, topic=topic)
                case "general":
                    seat.types(value)
                case _:
                    raise LookupError(f"nobody can {deed}")

    def brief(self) -> Seen:
        """Give the pinned message of the newest topic."""
        return next(m for m in reversed(self.stage.team.screen(self.stage.team.topics[-1].id)) if m.pinned)

    def tap(self, person: Person, code: str) -> None:
        """Press the newest button that means this."""
        found = [data for data in self.data(person.screen) if f"{data.partition('~')[2]}:".startswith(f"{code}:")]
        if not found:
            raise LookupError(f"there is no button {code}")
        person.taps(found[-1])

    def data(self, screen: list[Any]) -> list[str]:
        return [key["data"] for message in screen for row in message.keyboard for key in row]

    def words_for(self, name: str) -> str:
        """Give a word people type for this option in the language of this run."""
        question, _, option = name.partition("=")
        content = self.stage.app.release.content
        labels = [
            o.label
            for d in content.dialogs.values()
            for q in d.questions
            if q.id == question
            for o in q.options
            if o.id == option
        ]
        return content.lexicons[self.language].options[labels[0]][0]

    # What is expected

    async def expect(self, person: Person, then: dict[str, Any], sent: list[Sent]) -> None:
        held = await self.stage.held(person)
        episode = held.episode if held else None
        mine = f"person:{held.person_id}" if held else "nobody"
        told = {
            "person": [text for one in sent if one.lane == mine for text in one.texts],
            "topic": [text for one in sent if one.lane.startswith("handoff:") for text in one.texts],
            "team": [text for one in sent if one.lane.startswith("team:") for text in one.texts],
        }
        for name, wanted in then.items():
            match name:
                case "person" | "topic" | "team":
                    assert in_order(wanted, told[name]), f"{name} was told {told[name]}"
                case "never":
                    heard = {text for texts in told.values() for text in texts}
                    assert not heard & set(wanted), f"was told {heard & set(wanted)}"
                case "screen":
                    last = person.screen[-1].text
                    assert self.stage.says(wanted, self.language).search(last), f"the screen says {last!r}"
                case "reads":
                    assert re.search(wanted if isinstance(wanted, str) else wanted[self.language], person.screen[-1].text)
                case "team_reads":
                    words = wanted if isinstance(wanted, str) else wanted[self.language]
                    assert words in self.stage.team.screen(0)[-1].text, f"the group reads {self.stage.team.screen(0)[-1].text!r}"
                case "topic_reads":
                    topic = self.stage.team.topics[-1].id
                    words = wanted if isinstance(wanted, str) else wanted[self.language]
                    assert any(words in m.text for m in self.stage.team.screen(topic)), f"the topic does not read {words!r}"
                case "once":
                    heard_of = [text for texts in told.values() for text in texts]
                    assert all(heard_of.count(text) == 1 for text in wanted), f"was told {heard_of}"
                case "hears_nothing" | "sees_nothing":
                    assert name == "sees_nothing" or told["person"] == [], f"person was told {told['person']}"
                    assert self.seen_by(person) <= self.before[person.id], f"the screen says {person.screen[-1].text!r}"
                case "lock_screen_hides":
                    assert wanted not in on_lock_screen(person.screen[-1]), f"a lock screen shows {person.screen[-1].text!r}"
                case "shows":
                    words = wanted if isinstance(wanted, str) else wanted[self.language]
                    since = [m.text for m in person.screen if m.id > self.before[person.id]]
                    assert any(words in text for text in since), f"was not told of {words}"
                case "never_reads":
                    since = [m.text for m in person.screen if m.id > self.before[person.id]]
                    assert not any(wanted in text for text in since), f"was told of {wanted}"
                case "silence":
                    assert sent == []
                    news = [one for one in (person, self.stage.team) if self.seen_by(one) > self.before[one.id]]
                    assert not news, "something new is on a screen"
                case "topics":
                    assert len(self.stage.team.topics) == wanted, f"the topics are {self.stage.team.topics}"
                case "surveyed":
                    counted = [codes for *_, codes in await self.stage.surveyed()]
                    this = [{**one, "language": self.language} if one.get("language") == "this" else one for one in wanted]
                    assert counted == this, f"of surveys was counted {counted}"
                case "counted":
                    facts = await self.stage.counted()
                    assert in_order(wanted, facts), f"the facts are {facts}"
                case "clinic":
                    read = await self.stage.clinic_reads()
                    assert in_order(wanted, read) if wanted else not read, f"the clinic reads {read}"
                case "clinic_never":
                    read = await self.stage.clinic_reads()
                    assert not set(wanted) & set(read), f"the clinic reads {read}"
                case "offered_once":
                    assert episode
                    shown = [offer.service for offer in episode.offers]
                    assert len(shown) == len(set(shown)), f"shown were {shown}"
                case "screen_says":
                    words = self.stage.app.release.words.wording(self.language)[wanted]
                    assert words in person.screen[-1].text, f"the screen says {person.screen[-1].text!r}"
                case "referrals":
                    assert episode
                    states = [one.state for one in episode.referrals]
                    assert states == wanted, f"the referrals are {states}"
                case "answered":
                    assert episode
                    given = {one.code: one.answer for one in episode.phrases_sent}
                    assert wanted.items() <= given.items(), f"the answers are {given}"
                case "brief_reads":
                    words = wanted if isinstance(wanted, str) else wanted[self.language]
                    assert words in self.brief().text, f"the brief reads {self.brief().text!r}"
                case "brief_hides":
                    assert wanted not in self.brief().text, f"the brief reads {self.brief().text!r}"
                case "brief_taps":
                    means = [data.partition("~")[2] for data in self.data([self.brief()])]
                    assert means == wanted, f"the brief's buttons mean {means}"
                case "title":
                    assert self.stage.team.topics[-1].name == wanted, f"the title is {self.stage.team.topics[-1].name}"
                case "toast":
                    last = [one.text for one in person.toasts[-2:]]  # two quick taps are answered in any order
                    assert any(map(self.stage.says(wanted, self.language).search, last)), f"the toasts say {last}"
                case "steps":
                    assert episode
                    assert [plan.version for plan in episode.plans] == wanted
                case "keys":
                    assert len(person.keys) == wanted, f"the keys are {person.keys}"
                case "place":
                    assert episode
                    place = episode.answers_of("intake")["place"].value.place  # type: ignore[union-attr]
                    assert [place.lat, place.lon] == wanted, place
                case "files":
                    names = [document.name for document in person.documents]
                    assert names == wanted, f"the files are {names}"
                case "file_reads":
                    page = next(one for one in reversed(person.documents) if one.name.endswith(".html")).data.decode()
                    assert all(re.search(words, page) for words in wanted), f"the page reads {page}"
                case "file_hides":
                    page = next(one for one in reversed(person.documents) if one.name.endswith(".html")).data.decode()
                    assert wanted not in page, f"the page reads {page}"
                case "nobody":
                    assert episode is None, "somebody is still known"
                case "answers":
                    assert episode
                    for question, option in wanted.items():
                        given = [a[question] for a in episode.sheets.values() if question in a]
                        assert given, f"{question} has no answer"
                        assert (given[-1].chosen or (getattr(given[-1].value, "how", "words"),)) == tuple(option.split("+")), (
                            given[-1]
                        )
                case "handoff" | "urgent":
                    assert episode
                    handoff = episode.handoff
                    value = (handoff.state if name == "handoff" else handoff.urgent) if handoff else None
                    assert value == wanted, f"{name} is {value}"
                case "wanted":
                    assert episode
                    assert sum(o.wanted for o in episode.offers) == wanted
                case "shown":
                    assert episode
                    assert len(episode.offers) >= wanted, f"{len(episode.offers)} services were shown"
                case "state" | "asked" | "closed" | "language":
                    assert episode
                    value = getattr(episode, name)
                    assert value == (self.language if wanted == "this" else wanted), f"{name} is {value}"
                case _:
                    raise LookupError(f"nothing can be expected of {name}")

    def screens(self) -> str:
        """Show what everybody sees, for a story that went wrong."""
        tom = "\n".join(f"  {m.who}: {m.text} {m.buttons}" for m in self.person("tom").screen[-4:])
        return f"--- Tom\n{tom}\n--- team\n" + "\n".join(f"  {m.who}: {m.text}" for m in self.stage.team.screen()[-4:])


def code_of(name: str) -> str:
    """Turn the name of a button into what it carries."""
    if "+" in name:
        return "t:" + name.replace("+", ":")
    question, equals, option = name.partition("=")
    if not equals:
        return name
    if option in ("skipped", "refused", "unsure"):
        return f"n:{question}:{option}"
    if question == "wrong":
        return f"x:{option.replace('=', ':')}"
    if question in ("service", "place", "change", "language"):
        return f"{question[0]}:{option.replace('=', ':')}"
    return f"d:{question}" if option == "done" else f"a:{question}:{option}"


def on_lock_screen(message: Seen) -> str:
    """Give what a notification shows: Telegram blots out what stands behind a spoiler. Offsets count UTF-16 units."""
    units = message.text.encode("utf-16-le")
    for entity in message.entities:
        if entity["type"] == "spoiler":
            begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            units = units[:begin] + "█".encode("utf-16-le") * entity["length"] + units[end:]
    return units.decode("utf-16-le")


def in_order(wanted: list[str], told: list[str]) -> bool:
    """Say whether these texts were told in this order, with others between them."""
    rest = iter(told)
    return all(text in rest for text in wanted)
