"""Every text of a language on one page, as people see it, for authors, reviewers and clinicians.

The screens come from the functions that make them in earnest; what is invented for them is in `sample.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rxbot.dialog.measure import Instrument
from rxbot.dialog.model import OWN_WORDS, Dialog, Option, Question
from rxbot.dialog.understand import Lexicon
from rxbot.episode import clinic_phrases, phrases, provider_phrases, screens
from rxbot.episode.content import Content
from rxbot.episode.effects import Give, Say
from rxbot.errors import ContentWrong
from rxbot.message import Listed, Message, Rows, Text, Tongue
from rxbot.paper import Calendar, Page
from rxbot.papers.page import TEMPLATES, WordedPage, worded_page
from rxbot.papers.sample import FACTS, Scene, begun, said_with_answers, scenes, values_for
from rxbot.words import Words

REFERENCE = "en"  # stands beside the language where the scheme has it; else the team's language does
TAG = re.compile(r"</?([\w-]*)[^<>]*>")
KEPT = ("b", "i", "u", "s", "code", "tg-spoiler")  # of Telegram's tags
GROUPS = re.compile(r"^((?:# .*\n)+)|(?:phrase|agreeing|refusing)\(\s*\"([^\"]+)\"", re.MULTILINE)
DIALOGS = {
    "consent": ("What this is, and consent", "Asked first of all."),
    "intake": ("What matters", "Asked after consent."),
    "eligibility": ("What services depend on", "Asked before services are shown, only where it decides."),
    "plan": ("The plan", "Asked once for each goal."),
    "check_in": ("Check-ins", "Asked about each step of the plan, on the days of follow_up.yaml."),
    "measure": ("The measure again", "Asked on some days of the check-ins, and at the end."),
    "closing": ("The end", "Asked when the support ends."),
    "survey": ("The survey", "Asked first in an anonymous survey; then what shows needs, of what matters."),
}
FLAGS = {
    "danger": "raises the alarm",
    "person": "brings a person",
    "low_confidence": "brings a person",
    "cannot_consent": "brings a person, keeps nothing",
    "too_young": "brings a person, ends the questions",
    "declines": "keeps nothing, ends",
}
ESCAPES = "What asks for a way out"


@dataclass(frozen=True)
class Bubble:
    """A message in a language: its words, its rows of labels, and the paper that comes with it."""

    html: str
    rows: tuple[tuple[str, ...], ...] = ()
    place: str = ""
    name: str = ""
    page: WordedPage | None = None
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One text: what it is for, its id, and its words in each language of the page."""

    kind: str
    id: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class AnswerMeaning:
    """What an answer means for us: its id, its label and what is said back to it, in each language."""

    id: str
    labels: tuple[str, ...]
    means: tuple[str, ...]
    danger: bool
    replies: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """A question is asked when an earlier one was answered so."""

    asked: str
    anchor: str
    label: str
    answers: str


@dataclass(frozen=True)
class Asked:
    """A question with all there is to say about it."""

    id: str
    anchor: str
    labels: tuple[str, ...]
    when: tuple[Condition, ...]
    when_any: tuple[Condition, ...]
    marks: tuple[str, ...]
    bubbles: tuple[Bubble, ...]
    told: tuple[AnswerMeaning, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """A dialog, with its questions in the order asked."""

    id: str
    head: str
    about: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Group:
    """Texts under a head."""

    head: str
    rows: tuple[Row, ...]
    about: str = ""


@dataclass(frozen=True)
class Heard:
    """Words that are understood when typed, under a head."""

    head: str
    words: tuple[str, ...]


def preview_html(content: Content, words: Words, language: str, reviewer: str) -> str:
    """Make the page. `reviewer` names who reviewed the language, or nobody. Raises ContentWrong for a language there is not."""
    if language not in words.languages:
        raise ContentWrong(f"There are no texts in {language!r}.", "Name one of `languages:` in scheme.yaml.")
    reference = REFERENCE if REFERENCE in words.languages else content.scheme.team_language
    return _Preview(content, words, tuple(dict.fromkeys((language, reference)))).html(reviewer)


class _Side:
    """One language of the page."""

    def __init__(self, content: Content, words: Words, code: str, tongue: str) -> None:
        self.content, self.words, self.code, self.tongue = content, words, code, tongue
        self.direction = "rtl" if words.runs_right_to_left(code) else "ltr"
        self.own_name = words.label(Text("own_name", language=code), code)
        self.episode = begun(content, code)

    def text(self, text_id: str) -> str:
        """Word a text by its id, with something invented in its places."""
        return _safe(self.words.text(Text(text_id, values_for(text_id, self.content, self.tongue)), self.code, FACTS))

    def label(self, text: Text) -> str:
        return self.words.label(text, self.code, FACTS)

    def bubble(self, message: Message) -> Bubble:
        return Bubble(
            _safe(self.words.html(message, self.code, FACTS)),
            self._rows(message.buttons),
            place=self.label(message.where) if message.where else "",
        )

    def shown(self, effect: Say | Give) -> Bubble:
        """Word a message, or the file that is handed over."""
        if isinstance(effect, Say):
            return self.bubble(effect.message)
        caption = _safe(self.words.text(effect.caption, self.code, FACTS))
        match effect.paper:
            case Page() as page:
                return Bubble(caption, name=f"{page.name}.html", page=worded_page(page, self.words, self.code, FACTS))
            case Calendar() as calendar:
                days = tuple(
                    f"{entry.day:%Y-%m-%d} {self.label(entry.title)}: {self.label(entry.note)}"
                    for entry in calendar.entries
                    if not entry.cancelled
                )
                return Bubble(caption, name=f"{calendar.name}.ics", days=days)
            case data:
                return Bubble(caption, name=f"{data.name}.json")

    def _rows(self, rows: Rows) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(("✓ " if one.chosen else "") + self.label(one.label) for one in row) for row in rows)


class _Preview:
    def __init__(self, content: Content, words: Words, codes: tuple[str, ...]) -> None:
        self.content, self.words = content, words
        self.sides = tuple(_Side(content, words, code, codes[0]) for code in codes)
        self.reads = self.sides[-1]  # what stands in our own sentences
        self.shown: set[str] = set()
        dialogs = tuple(content.dialogs.values())
        self.anchors = {q.id: _anchor(dialog, q) for dialog in reversed(dialogs) for q in dialog.questions}

    def html(self, reviewer: str) -> str:
        side = self.sides[0]
        lexicon = self.content.lexicons.get(side.code, Lexicon())
        parts = tuple(map(self.part, self.content.dialogs.values()))
        measures = tuple(map(self.measure, self.content.instruments.values()))
        groups = tuple(self.standing())
        phrasebook = tuple(
            (code, self.row("", saying.text), self.said(code), tuple(self.row(r.flag, r.label) for r in saying.replies))
            for code, saying in self.content.phrasebook.items()
        )
        scheme = self.rows("", (one for one in self.words.wording(side.code) if one.startswith("scheme")))
        kinds = self.rows("", (one for one in self.words.wording(side.code) if one.startswith("needs/")))
        return TEMPLATES.get_template("preview.html").render(
            sides=self.sides,
            name=self.reads.label(Text("listed", {"items": Listed((Tongue(side.code),))})),
            reviewer=reviewer,
            reference=REFERENCE,
            count=len(self.words.wording(side.code)) - 1,  # a language's own name is no text of ours
            content=self.content,
            parts=parts,
            scenes=tuple(self.scenes()),
            groups=groups,
            phrasebook=phrasebook,
            measures=measures,
            scheme=scheme,
            kinds=kinds,
            others=self.rows("", (one for one in self.words.wording(side.code) if one not in self.shown and one != "own_name")),
            heard=tuple(self.heard(lexicon)),
            red_flags=lexicon.red_flags,
            red_flag_lines=lexicon.red_flag_lines,
        )

    # Texts

    def row(self, kind: str, text_id: str) -> Row:
        self.shown.add(text_id)
        return Row(kind, text_id, tuple(side.text(text_id) for side in self.sides))

    def rows(self, kind: str, text_ids: Iterable[str]) -> tuple[Row, ...]:
        return tuple(self.row(kind, text_id) for text_id in text_ids)

    def labels(self, text: Text) -> tuple[str, ...]:
        return tuple(side.label(text) for side in self.sides)

    # Questions

    def part(self, dialog: Dialog) -> Part:
        head, about = DIALOGS.get(dialog.id, (dialog.id, ""))
        return Part(dialog.id, head, about, tuple(self.asked(dialog, question) for question in dialog.questions))

    def asked(self, dialog: Dialog, question: Question) -> Asked:
        return Asked(
            id=question.id,
            anchor=_anchor(dialog, question),
            labels=self.labels(Text(question.label)),
            when=tuple(self.condition(asked, answers) for asked, answers in question.when.items()),
            when_any=tuple(self.condition(asked, answers) for asked, answers in question.when_any.items()),
            marks=tuple(self.marks(question)),
            bubbles=tuple(side.bubble(screens.question(question, side.episode, self.content)) for side in self.sides),
            told=() if question.scale else tuple(filter(None, (self.told(option) for option in question.options))),
            rows=tuple(self.rows_of(question)),
        )

    def condition(self, asked: str, answers: Sequence[str]) -> Condition:
        found = next((q for dialog in self.content.dialogs.values() for q in dialog.questions if q.id == asked), None)
        labels = [self.reads.label(o.text) for o in found.options if o.id in answers] if found else list(answers)
        labels += ["own words"] if found and OWN_WORDS in answers else []
        numbers = bool(found and found.scale and len(labels) > 2)
        said = f"{labels[0]} to {labels[-1]}" if numbers else " or ".join(f"“{label}”" for label in labels)
        label = self.reads.label(Text(found.label)) if found else ""
        return Condition(asked, self.anchors.get(asked, ""), label, said)

    def marks(self, question: Question) -> Iterator[str]:
        """Say in a few words each what is special about a question."""
        if question.instrument:
            official = self.sides[0].code in self.content.instruments[question.instrument].official
            yield f"{question.instrument}: {'official text' if official else 'our own translation, not official'}"
        if question.required:
            yield "cannot be skipped"
        if question.most > 1:
            yield f"up to {question.most} answers"
        if question.takes_words:
            yield "own words are kept"
        if question.place:
            yield "a place is looked up; its location can be shared"
        if question.services:
            yield "services they want to try come first"
        if question.among:
            yield f"offers only what was picked at {question.among}"
        if question.without:
            yield f"offers what was not picked at {question.without}"
        if question.wants:
            yield "asks whether help is wanted"
        if question.domain:
            yield f"part of life: {question.domain}"
        if question.needs:
            yield f"finds {', '.join(question.needs)} when the answer is {' or '.join(question.need_if)}"

    def told(self, option: Option) -> AnswerMeaning | None:
        """Say what an answer means, where it means anything."""
        replies = tuple(side.text(option.reply) for side in self.sides) if option.reply else ()
        means = tuple(_meanings(option))
        danger = option.flag == "danger"
        return AnswerMeaning(option.id, self.labels(option.text), means, danger, replies) if means or replies else None

    def rows_of(self, question: Question) -> Iterator[Row]:
        yield from self.rows("said before it", question.preface)
        yield self.row("question", question.text)
        if question.if_one:
            yield self.row("asked of one thing", question.if_one.text)
        yield self.row("short name", question.label)
        yield from self.rows("end of the scale", question.ends)
        if not question.scale:
            for option in question.options:
                yield self.row("button", option.label)
                yield from self.rows("button where a worker does it", filter(None, (option.by_worker,)))
                yield from self.rows("said back", filter(None, (option.reply,)))
                yield from self.rows("said back where a worker does it", filter(None, (option.reply_by_worker,)))

    # The rest

    def scenes(self) -> Iterator[tuple[str, tuple[tuple[Bubble, ...], ...]]]:
        """Give each scene's head, and its messages in each language."""
        played: list[tuple[Scene, ...]] = [scenes(self.content, side.code, side.tongue) for side in self.sides]
        for same in zip(*played, strict=True):
            told = [[side.shown(one) for one in scene.shown] for side, scene in zip(self.sides, same, strict=True)]
            yield same[0].head, tuple(zip(*told, strict=True))

    def said(self, code: str) -> tuple[Bubble, ...]:
        return tuple(side.shown(said_with_answers(self.content, side.code, code)) for side in self.sides)

    def standing(self) -> Iterator[Group]:
        """Give the standing phrases under the heads they have where they are written."""
        for head, text_ids in _groups(Path(phrases.__file__).read_text("utf-8")):
            if text_ids:
                title, _, about = head.partition(". ")
                yield Group(title.rstrip("."), self.rows("", text_ids), about)
        for head, text_ids in _groups(Path(provider_phrases.__file__).read_text("utf-8")):
            if text_ids:
                yield Group(head, self.rows("", (f"provider.{text_id}" for text_id in text_ids)), provider_phrases.NOTE)
        yield Group("Clinics: their pages", self.rows("", clinic_phrases.ALL), clinic_phrases.NOTE)

    def measure(self, instrument: Instrument) -> Group:
        official = self.sides[0].code in instrument.official
        ours = [one for one in self.words.wording(self.sides[0].code) if one.startswith(f"instrument/{instrument.id}")]
        about = "The publisher's own text." if official else "Our own translation. People are told that it is not official."
        return Group(
            instrument.id, self.rows("", (*ours, *(item.label for item in instrument.items))), f"{about} {instrument.attribution}"
        )

    def heard(self, lexicon: Lexicon) -> Iterator[Heard]:
        for way, spellings in lexicon.escapes.items():
            yield Heard(f"{ESCAPES}: {way}", spellings)
        for label, spellings in lexicon.options.items():
            yield Heard(
                f"{label} “{self.reads.label(Text(label, values_for(label, self.content, self.reads.tongue)))}”", spellings
            )


def _anchor(dialog: Dialog, question: Question) -> str:
    return f"{dialog.id}-{question.id}"


def _meanings(option: Option) -> Iterator[str]:
    if option.flag:
        yield FLAGS.get(option.flag, option.flag)
    if option.need:
        yield f"finds {option.need}"
    if option.years:
        yield f"{option.years[0]} to {option.years[1]} years"
    if option.days is not None:
        yield f"in {option.days} days"
    if option.alone:
        yield "stands alone"
    if option.words:
        yield f"directories call it {', '.join(option.words)}"


def _groups(source: str) -> Iterator[tuple[str, list[str]]]:
    """Read the heads, which are comments, and the ids of the phrases below each."""
    head, found = "", list[str]()
    for comment, text_id in GROUPS.findall(source):
        if comment:
            yield head, found
            head, found = " ".join(line.removeprefix("# ") for line in comment.splitlines()), []
        else:
            found.append(text_id)
    yield head, found


def _safe(html: str) -> str:
    """Keep the tags that a page knows. Where they do not close in order, all are shown as they are written, to be mended."""
    open_tags: list[str] = []
    for found in TAG.finditer(html):
        if not found[0].startswith("</"):
            open_tags.append(found[1])
        elif not open_tags or open_tags.pop() != found[1]:
            return escape(html, quote=False)
    if open_tags or html.count("<") != len(TAG.findall(html)):
        return escape(html, quote=False)
    return TAG.sub(_kept, html).replace("<tg-spoiler>", '<span class="veil">').replace("</tg-spoiler>", "</span>")


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[1] in KEPT else ""
