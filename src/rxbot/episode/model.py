"""An episode as a value: one person's journey from a link to closing; and the turn in which it becomes another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from rxbot.dialog.model import Answer, Answers, Chosen, Dialog, Option, Question
from rxbot.dialog.needs import about_needs
from rxbot.dialog.path import narrowed, route
from rxbot.directory.model import Place
from rxbot.directory.reports import ReportKind
from rxbot.episode.content import Content
from rxbot.episode.effects import Effect, Notice, Reader, Say, Urgency
from rxbot.episode.events import Event, Typed
from rxbot.episode.fitting import fitted
from rxbot.episode.phrases import GET_IN_TOUCH, SURVEY_NOBODY_TOLD, SURVEY_PLACE, SURVEY_WORKERS_TOLD
from rxbot.episode.tongues import as_read
from rxbot.handoff.model import Handoff
from rxbot.message import Message, Rows, Text
from rxbot.plan.model import Goal, Plan
from rxbot.referral.model import Referral, Signpost
from rxbot.report.message import ClinicMessage, PartId

NOTHING: Answers = MappingProxyType({})
IN_GENERAL = "check_in.general"
SIGNPOSTED = "check_in.signpost"
ELIGIBILITY = "eligibility"
BARRIER = "check_in.barrier"


@dataclass(frozen=True)
class Offer:
    """A service that was shown: for which domain, under which message, why, whether the person wants to try it, and
    whether it has helped, so that it is not asked about again. `visit` says where it is and when it is open, `checked` how fresh
    the record was when it was shown, `reported` what the person says is wrong with it, `changed` that its number or place is
    another than they were last given."""

    domain: str
    service: str
    name: str
    wait: int
    wanted: bool = False
    helped: bool = False
    why: tuple[Text, ...] = ()
    phone: str = ""
    visit: tuple[Text, ...] = ()
    checked: Text | None = None
    reported: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Showing:
    """From the message with this wait number on, questions of this sheet were shown."""

    sheet: str
    wait: int


@dataclass(frozen=True)
class ButtonShown:
    """A button on the person's screen: its label, what tapping it means, and the wait number of its message."""

    label: Text
    tap: str
    wait: int


@dataclass(frozen=True)
class Guess:
    """The options that typed words may have meant, and the wait number of the message that asks whether they did.

    `source` is the message of these words, while no link worker is to see it: only when it meant something else.
    """

    options: tuple[str, ...]
    wait: int = 0
    source: str = ""


@dataclass(frozen=True)
class Aside:
    """Where the person was when they opened a line of the review after it: there they come back to."""

    state: str
    sheet: str
    asked: str


@dataclass(frozen=True)
class Note:
    """A worker's words that stay with the team."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class ClinicRequest:
    """What a worker would like to ask the clinic: shown to the person under `wait`, sent when the answer is yes."""

    by: str
    urgency: str
    message: ClinicMessage
    wait: int
    answer: Literal["", "yes", "no"] = ""


@dataclass(frozen=True)
class ClinicTold:
    """What the clinic was told, and when."""

    at: datetime
    message: ClinicMessage


@dataclass(frozen=True)
class PhraseSent:
    """A phrase of the phrasebook that can be answered: under which message it stands, and what was tapped last."""

    code: str
    wait: int
    answer: str = ""


@dataclass(frozen=True)
class Proposal:
    """A step that a worker suggests for a goal, under which message: in the plan only when the person agrees."""

    goal: int
    step: str
    wait: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Episode:
    """Where the person is and all they told us, for the twelve weeks from a link to closing."""

    id: str
    clinic: str
    reason: str = ""
    state: str = "new"
    language: str = ""
    guess: str = ""  # of the language, until one is chosen
    survey: bool = False  # nobody's support: an anonymous survey, forgotten when it ends
    teamless: bool = False  # a survey that began while no team of link workers was ready: nobody is told of danger

    # What is asked
    sheets: Mapping[str, Answers] = field(default_factory=dict)  # the filled-in dialogs by name
    sheet: str = ""  # the one open now
    asked: str = ""  # its question on screen
    wait: int = 0  # numbers the messages with buttons
    asked_wait: int = 0
    showings: tuple[Showing, ...] = ()  # which sheet's questions stand under them
    screen: tuple[ButtonShown, ...] = ()
    open_since: int = 0  # the wait number of the message that first showed what is open now
    picking: tuple[str, ...] | None = None  # the options ticked so far; None: no tick since the question was asked
    guess_shown: Guess | None = None
    aside: Aside | None = None
    asks_location: bool = False
    places: tuple[Place, ...] = ()

    # What was no answer
    misses: int = 0  # replies in a row that we did not understand
    wrote_at: datetime | None = None  # when the last words came that more may follow, while nothing else is done
    unread: tuple[str, ...] = ()  # messages, for the worker who comes next
    asked_then: Mapping[str, str] = field(default_factory=dict)  # the labels of questions that the last words were no answer to
    danger_at: datetime | None = None  # when the last alarm was
    danger_seen_at: datetime | None = None  # when a link worker said last that they saw one

    # Services
    facts: tuple[str, ...] = ()  # about themselves, that were asked because what was found depends on them
    looking: tuple[str, ...] = ()  # the only domains that services were looked for in last; none: all that help is wanted with
    facts_before: int = 0  # how many facts had been asked when that began
    reviewed_at: datetime | None = None
    offers: tuple[Offer, ...] = ()
    nothing_for: tuple[str, ...] = ()  # domains for which no service fitted
    not_shown: tuple[str, ...] = ()  # domains that fitted services, but found no room on the first screens

    # The plan, and how it goes
    plans: tuple[Plan, ...] = ()  # all versions
    plan_offered: bool = False  # while the offer of a first one waits for an answer
    proposal: Proposal | None = None
    checks: tuple[str, ...] = ()  # the sheets still to be filled in at this check-in or closing
    replan: tuple[int, ...] = ()  # the goals whose step is to be written anew after it
    look_again: tuple[str, ...] = ()  # the goals and services (`g1`, `s2`) in place of which another service is looked for
    suspended: tuple[str, ...] = ()  # services of theirs that others said were wrong, as of the last check-in
    gone: tuple[str, ...] = ()  # those that were offered no more by then
    full: tuple[str, ...] = ()  # those that had no room then
    unanswered: int = 0  # check-ins in a row that were left open
    ending: str = ""  # why the support ends, while the last questions are asked
    closed: str = ""  # why it did
    closed_at: datetime | None = None

    # The clinic
    draft: ClinicMessage | None = None  # what the person is looking over
    held_back: tuple[PartId, ...] = ()  # its parts that are left out; these stay held back in the next message
    draft_wait: int = 0
    requests: tuple[ClinicRequest, ...] = ()
    clinic_told: tuple[ClinicTold, ...] = ()

    # Link workers
    handoff: Handoff | None = None
    handoffs: int = 0  # counts them
    talks: int = 0  # those in which a worker has said a word
    phrases_sent: tuple[PhraseSent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def answers(self) -> Answers:
        """The answers of the open sheet."""
        return self.sheets.get(self.sheet, NOTHING)

    def answers_of(self, sheet: str) -> Answers:
        """The answers of a sheet by its name."""
        return self.sheets.get(sheet, NOTHING)

    def shown_by(self, wait: int) -> str:
        """Name the sheet whose questions the message with this wait number shows."""
        return next((one.sheet for one in reversed(self.showings) if one.wait <= wait), "" if self.showings else self.sheet)

    def with_answer(self, question: str, answer: Answer) -> "Episode":
        """Write this answer on the open sheet."""
        sheets = {**self.sheets, self.sheet: {**self.answers, question: answer}}
        return replace(self, sheets=sheets, picking=None, guess_shown=None, misses=0)

    def without_answers(self) -> "Episode":
        """Forget every answer but that it is not safe to write first: that one protects the person from us."""
        asked = self.answers_of("intake").get("contact.safe")
        sheets = {"intake": {"contact.safe": asked}} if asked and not self.safe_to_write_to else {}
        return replace(self, sheets=sheets, sheet="consent", asked="", picking=None)

    def chose(self, sheet: str, question: str, option: str) -> bool:
        """Say whether this option was picked."""
        answer = self.answers_of(sheet).get(question)
        return answer is not None and isinstance(answer.value, Chosen) and option in answer.value.options

    @property
    def saw_services(self) -> bool:
        """Say whether services were looked for and shown, or none were found."""
        return bool(self.offers or self.nothing_for)

    @property
    def shares(self) -> bool:
        """Say whether the link workers may read the answers."""
        return self.chose("consent", "consent.share", "yes")

    @property
    def tells_clinic(self) -> bool:
        """Say whether the clinic may hear what comes of it."""
        return self.chose("consent", "consent.clinic", "yes")

    @property
    def danger_seen(self) -> datetime | None:
        """Give when a link worker saw the last alarm, where that is known."""
        seen = self.danger_seen_at
        return seen if seen and self.danger_at and seen >= self.danger_at else None

    @property
    def plan(self) -> Plan | None:
        """The plan as it stands now."""
        return self.plans[-1] if self.plans else None

    @property
    def in_touch(self) -> bool:
        """Say whether a handoff is open."""
        return self.handoff is not None and self.handoff.open

    @property
    def at(self) -> str:
        """The state the person is in, or comes back to when a line of the review is changed."""
        return self.aside.state if self.aside and self.state == "changing" else self.state

    @property
    def may_be_written_to(self) -> bool:
        """Say whether somebody may still begin to write to the person: neither they nor a worker has stopped it."""
        return self.closed not in ("stopped", "contact_stopped")

    @property
    def safe_to_write_to(self) -> bool:
        """Say whether the bot may write unasked: others may see the phone of somebody who told us that it may not."""
        return not self.chose("intake", "contact.safe", "no")

    @property
    def may_be_written_to_first(self) -> bool:
        """Say whether the bot may write to the person who has not just written to it."""
        return self.may_be_written_to and self.safe_to_write_to

    @property
    def with_a_worker(self) -> bool:
        """Say whether a worker is talking with the person now, so that the bot keeps quiet."""
        return self.handoff is not None and self.handoff.state == "talking"


def dialog_of(sheet: str) -> str:
    """Name the dialog a sheet is filled from: `check_in-3-g1` is what was asked on day 3 about the first goal."""
    return sheet.partition("-")[0]


def dialog_for(sheet: str, episode: Episode, content: Content) -> Dialog:
    """Give the dialog of a sheet; where it asks about services, those the person wants to try come first."""
    if sheet == ELIGIBILITY:
        return _of_facts(episode, content)
    dialog = _about(sheet, content.dialogs[dialog_of(sheet)], last=str(content.scheme.check_in_days[-1]))
    if episode.survey and dialog.id == "intake":
        asked = (replace(q, text=SURVEY_PLACE.id) if q.place else q for q in about_needs(dialog).questions)
        return replace(dialog, questions=tuple(asked))
    if dialog.id == "survey":
        told = SURVEY_NOBODY_TOLD if episode.teamless else SURVEY_WORKERS_TOLD
        first, *more = dialog.questions
        return replace(dialog, questions=(replace(first, preface=(*first.preface, told.id)), *more))
    goal = goal_asked_about(sheet, episode)
    if goal and not goal.action.service:
        dialog = replace(dialog, questions=tuple(map(_without_reports, dialog.questions)))
    if goal and goal.action.is_workers:
        theirs = (q for q in dialog.questions if q.id != BARRIER)  # what kept a worker from it is no obstacle of the person
        dialog = replace(dialog, questions=tuple(replace(q, options=tuple(map(_by_worker, q.options))) for q in theirs))
    wanted = tuple(
        Option(f"s{number}", GET_IN_TOUCH.id, values={"service": offer.name})
        for number, offer in enumerate(episode.offers, 1)
        if offer.wanted
    )
    questions = tuple(replace(q, options=wanted + q.options) if q.services and wanted else q for q in dialog.questions)
    return replace(dialog, questions=questions)


def _of_facts(episode: Episode, content: Content) -> Dialog:
    """Only what is needed is asked, in the order in which it was."""
    written = content.dialogs.get(ELIGIBILITY, Dialog(ELIGIBILITY, ()))
    return replace(written, questions=tuple(q for fact in episode.facts if (q := written.question(fact))))


def goal_asked_about(sheet: str, episode: Episode) -> Goal | None:
    """Give the goal a check-in is about, as it stood when it was answered: the answers make a new version of the plan."""
    if dialog_of(sheet) != "check_in":
        return None
    about, answers = sheet.rpartition("-")[2], episode.answers_of(sheet)
    at = min((answer.at for answer in answers.values()), default=None)
    plan = next((plan for plan in reversed(episode.plans) if at is None or plan.agreed_at < at), None)
    return next((goal for goal in plan.goals if about == f"g{goal.number}"), None) if plan else None


def _without_reports(question: Question) -> Question:
    """Where a step leads to no service, nothing can be wrong with its record."""
    if question.id != BARRIER:
        return question
    return replace(question, options=tuple(o for o in question.options if o.id not in tuple(ReportKind)))


def _by_worker(option: Option) -> Option:
    """Word an answer about what a worker does; the usual wording is still understood."""
    reply = option.reply_by_worker or option.reply
    return replace(option, label=option.by_worker, by_worker=option.label, reply=reply) if option.by_worker else option


GOES_ON = ("check_in.next", "check_in.instead", "check_in.onward")
ALONE = {"0": IN_GENERAL, "p": SIGNPOSTED}  # what is asked about such a thing, and nothing else
STEPS = ("smaller", "new")  # what only a goal of the plan can be answered with


def _about(sheet: str, dialog: Dialog, last: str) -> Dialog:
    """Leave what a check-in can ask: without a step or a service, only how things are, or went at a place that was named; a
    service has no other step.

    On the `last` day nothing is planned that nobody would ask about again.
    """
    if dialog.id != "check_in":
        return dialog
    _, day, about = sheet.split("-")
    kind = about[:1]
    fits = {ALONE[kind]} if kind in ALONE else {q.id for q in dialog.questions} - {*ALONE.values()}
    asked = (q for q in dialog.questions if q.id in fits and not (day == last and q.id in GOES_ON))
    if kind == "g":
        return replace(dialog, questions=tuple(asked))
    return replace(dialog, questions=tuple(replace(q, options=tuple(o for o in q.options if o.id not in STEPS)) for q in asked))


@dataclass
class Turn:
    """The one mutable thing: the episode as it becomes, and what is to be done about it.

    `part` is what of the answers the person wants to see, to change one of them; `referral` is the one they answer about,
    `offer` the service they say something is wrong with, by its number; tapped or typed.
    """

    episode: Episode
    event: Event
    content: Content
    effects: list[Effect] = field(default_factory=list)
    part: str = ""
    referral: int = 0
    offer: int = 0
    before: Episode = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.episode

    @property
    def state(self) -> str:
        """Where the episode is; the machine reads and sets it."""
        return self.episode.state

    @state.setter
    def state(self, state: str) -> None:
        aside = self.episode.aside
        if self.state == "changing" != state and aside:  # whoever leaves it comes back to the sheet that was open
            self.change(sheet=aside.sheet, asked=aside.asked, aside=None, picking=None)
        if state != self.state:
            self.change(closed_at=self.event.at if state == "closed" else None)
        self.change(state=state)

    @property
    def dialog(self) -> Dialog:
        """The dialog the open sheet is filled from."""
        return dialog_for(self.episode.sheet, self.episode, self.content)

    @property
    def route(self) -> tuple[Question, ...]:
        """The questions of the open sheet that apply."""
        return route(self.dialog, self.episode.answers)

    @property
    def question(self) -> Question | None:
        """The question on screen."""
        return self.find(self.episode.asked) if self.episode.asked else None

    @property
    def newest_answer(self) -> tuple[Question, Answer] | None:
        """What was answered last on the open sheet, and how."""
        answers = sorted(self.episode.answers.items(), key=lambda one: one[1].at)
        question = self.find(answers[-1][0]) if answers else None
        return (question, answers[-1][1]) if question else None

    def find(self, question_id: str) -> Question | None:
        """Find a question of the open sheet, with the options it has after the answers given."""
        return self.find_on(self.episode.sheet, question_id)

    def find_on(self, sheet: str, question_id: str) -> Question | None:
        """Find a question of any sheet."""
        question = dialog_for(sheet, self.episode, self.content).question(question_id) if sheet else None
        return narrowed(question, self.episode.answers_of(sheet)) if question else None

    def change(self, **parts: object) -> None:
        """Put a new value of the episode in place of the old, where it is another one."""
        if any(getattr(self.episode, name) != value for name, value in parts.items()):
            self.episode = replace(self.episode, **parts)  # type: ignore[arg-type]

    def do(self, *effects: Effect) -> None:
        """Note things to do."""
        self.effects.extend(effects)

    def say(
        self,
        *lines: Text,
        buttons: Rows = (),
        to: Reader = "person",
        urgency: Urgency = "reply",
        pin: bool = False,
        source: str = "",
        reply_to: str = "",
    ) -> int:
        """Say something; give back the wait number its buttons carry (the last one used when there are none)."""
        if buttons:
            self.change(wait=self.episode.wait + 1)
        wait = self.episode.wait if buttons else 0
        language = self.episode.language if to == "person" else self.content.scheme.team_language
        lines = as_read(lines, language, self.content.scheme.team_language)
        lines = fitted(lines, self.content.labels_for(language)[0])
        self.do(Say(to, Message(lines, buttons), urgency, wait, pin, source, reply_to))
        return wait

    def notice(self, text: Text) -> None:
        """Show a short word on top of the chat, which only a tap can; who typed is told it."""
        if isinstance(self.event, Typed):
            self.say(text)
        else:
            self.do(Notice(text))
