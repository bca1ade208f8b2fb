"""An invented person's way from the first screen to the last, so that every screen can be looked at without walking there.

The screens are made by the moves that make them in earnest. Everything invented is here: names, days, numbers, services.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from rxbot.dialog.model import Answer, AnswerValue, Chosen, Declined, Question, Somewhere
from rxbot.dialog.model import Words as OwnWords
from rxbot.dialog.needs import help_wanted
from rxbot.dialog.path import next_question
from rxbot.directory.asking import Gain
from rxbot.directory.match import Match
from rxbot.directory.model import Address, Language, Location, Organization, Phone, Place, Schedule, Service, Term
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.reports import ReportKind
from rxbot.directory.rules.documents import Document
from rxbot.directory.rules.turning import Fact
from rxbot.episode import phrases, provider_phrases
from rxbot.episode.content import Content
from rxbot.episode.effects import Effect, Give, Say
from rxbot.episode.events import (
    CheckInDue,
    Event,
    KeptFound,
    NudgeDue,
    PhraseSaid,
    PlacesFound,
    ServicesFound,
    StepProposed,
    Tapped,
)
from rxbot.episode.measures import bar
from rxbot.episode.model import ELIGIBILITY, Episode, Guess, Turn, dialog_for
from rxbot.episode.moves import (
    asking,
    closing,
    eligibility,
    following_up,
    handing_over,
    knowing,
    leaving,
    offering,
    planning,
    reminding,
    replying,
    saying,
)
from rxbot.handoff.model import Handoff
from rxbot.message import Day, Km, Listed, Month, NearDay, Text, TimeOfDay, Tongue, Value, Weekdays, verbatim

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
WORKER = "Sam"
NAMES = ("Quay Kitchen", "Harbour Choir", "Lantern Advice Desk")
PHONE = "01632 960001"
PLACES = (Place(0.0, 0.0, "Northfields, Kittersea"), Place(0.0, 0.0, "Northfields, Marrow Bay"))
FACTS = {"handoff.number": "7"}
DANGER = (
    "survey_adults",
    "no_link_danger",
    "if_in_danger",
    "ring_now",
    "leaflet.no_emergency",
)  # whose {number} is the one to ring
Act = Callable[[Turn], None]
OF_ANOTHER = frozenset(
    one.id for one in (phrases.WORKER_WRITES_IN, phrases.WRITTEN_IN, phrases.WRITTEN_WORDS_IN, phrases.WORKERS_STEP_IN)
)
"""Texts that name a language which is not the reader's own."""
AT_A_CHECK_IN = frozenset(
    one.id for one in (phrases.TRIED, phrases.TRIED_OWN, phrases.SIGNPOST_OUTCOME, phrases.BRIEF_SIGNPOST_SAID)
)
"""Texts in which an answer tells how a step went."""


@dataclass(frozen=True)
class Scene:
    """What somebody sees at one point of the way, by its heading."""

    head: str
    shown: tuple[Say | Give, ...]


def scenes(content: Content, language: str, tongue: str) -> tuple[Scene, ...]:
    """Play the way once in a language, and give what the person sees of it. `tongue` is spoken at the services."""
    return tuple(scene for scene in _Way(content, language, tongue).play() if scene.shown)


def begun(content: Content, language: str) -> Episode:
    """Give an episode that has just begun."""
    return Episode("sample", next(iter(content.scheme.clinics)), language=language)


def said_with_answers(content: Content, language: str, code: str) -> Say:
    """Give a phrase of the phrasebook as the person sees it."""
    handoff = Handoff("sample-1", "asked_for", urgent=False, opened_at=AT, state="talking", claimed_by=WORKER)
    turn = Turn(replace(begun(content, language), handoff=handoff), PhraseSaid(AT, WORKER, code), content)
    saying.say_phrase(turn)
    return next(effect for effect in turn.effects if isinstance(effect, Say) and effect.to == "person")


class _Way:
    """The episode on its way. Each step is a move of the real thing, with an event that suits it."""

    def __init__(self, content: Content, language: str, tongue: str) -> None:
        self.content = content
        self.episode = begun(content, language)
        self.at = AT
        self.matches = _matches(content, tongue)

    def play(self) -> Iterable[Scene]:
        """Go from the choice of a language to the end."""
        yield self.see("The choice of a language", asking.ask_language)
        self.fill("consent")
        self.open("intake")
        yield self.see("More, below a question", asking.show_more, state="answering")
        yield self.guess()
        yield self.see("Several places of one name", asking.ask_which_place, PlacesFound(AT, "", PLACES))
        yield self.see("A person is asked for", handing_over.hand_over_asked, state="following_up", keep=False)
        yield self.see("A reminder of an open question", reminding.nudge, NudgeDue(AT, self.content.scheme.nudge_days[0]))
        yield self.see("The last reminder", reminding.nudge, NudgeDue(AT, self.content.scheme.nudge_days[-1]))
        self.fill("intake")
        yield self.see("The review", asking.show_review, state="reviewing")
        yield self.see("What to change in it", asking.show_lines, state="reviewing")
        yield self.fact()
        yield self.see("Services, and where nothing fits", offering.show_services, self.found(), state="choosing_services")
        self.want_first()
        yield self.see("What was chosen", offering.tell_wanted, state="following_up")
        yield from self.plan()
        yield from self.check_in()
        yield self.see("Possible danger", handing_over.raise_alarm_at_call, state="following_up")
        yield self.see("What we keep about them", knowing.give_data, KeptFound(AT, "123456789"), state="following_up")
        yield self.see("Stop", leaving.stop, keep=False)
        yield self.see("Erase everything?", leaving.confirm_erase)
        yield self.see("Everything is erased", leaving.erase, keep=False)
        yield self.see("Shall the support end?", closing.confirm_finish)
        yield self.see("The last questions begin", closing.begin_to_finish, state="closing")
        self.fill_checks()
        yield self.see("The end", closing.say_farewell, state="closed")

    def plan(self) -> Iterable[Scene]:
        """Make a plan, change it, and look at it."""
        yield self.see("A plan is offered", planning.offer_plan)
        yield self.see("The plan begins", planning.begin_plan, state="planning")
        self.fill(self.episode.sheet, scale=8)
        yield self.see("What is to be agreed", asking.show_plan_to_agree)
        self.see("", planning.take_goal_in)
        yield self.see("One more?", asking.ask_for_more)
        yield self.see("The plan is agreed", planning.hand_plan_over, state="following_up")
        yield self.see("The plan, whenever it is asked for", planning.show_plan, keep=False)
        number = self.episode.plan.goals[0].number if self.episode.plan else 1
        step = StepProposed(AT, WORKER, number, NAMES[2])
        yield self.see("A worker suggests a step", planning.propose_step, step, keep=False)

    def check_in(self) -> Iterable[Scene]:
        """Ask how it went, on a day on which the measure is asked too."""
        days = next(iter(self.content.scheme.measure_days), self.content.scheme.check_in_days[0])
        self.at += timedelta(days=days)
        yield self.see("A check-in", following_up.open_check_in, CheckInDue(self.at, days), state="checking_in")
        self.fill(self.episode.sheet)
        yield self.see("What is said back", following_up.take_check)
        if self.episode.checks:
            yield self.see("The measure once more", following_up.ask_next_check)
            self.fill(self.episode.sheet, scale=8)
            yield self.see("What has changed", following_up.take_check)
        yield self.see("When we ask again", following_up.say_when_next, state="following_up")

    def guess(self) -> Scene:
        """Guess at words that came close to an option of the open question."""
        question = next((q for q in self.content.dialogs["intake"].questions if len(q.options) > 2 and not q.scale), None)
        if question is None:
            return Scene("", ())
        self.episode = replace(self.episode, asked=question.id, guess_shown=Guess((question.options[0].id,)))
        return self.see("A guess at what was typed", replying.show_guess)

    def see(self, head: str, act: Act, event: Event | None = None, state: str = "", keep: bool = True) -> Scene:
        """Make a move, and give what the person sees of it."""
        turn = Turn(self.episode, event or Tapped(self.at, "", ""), self.content)
        if state:
            turn.change(state=state)
        act(turn)
        if keep:
            self.episode = turn.episode
        return Scene(head, tuple(_to_person(turn.effects)))

    def open(self, sheet: str) -> None:
        """Open a sheet at the first question that can be skipped."""
        self.episode = replace(self.episode, sheet=sheet)
        asked = next((q.id for q in self.content.dialogs[sheet].questions if not q.required), "")
        self.episode = replace(self.episode, asked=asked)

    def fill(self, sheet: str, scale: int = 5) -> None:
        """Answer every question of a sheet."""
        self.episode = replace(self.episode, sheet=sheet, asked="", picking=None, guess_shown=None)
        while question := next_question(dialog_for(sheet, self.episode, self.content), self.episode.answers):
            value = _answer_to(question, self.content, scale)
            shown, release = self.content.wording[self.episode.language].get(question.text, ""), self.content.release
            self.episode = self.episode.with_answer(
                question.id, Answer(value, self.at, shown, self.episode.language, release, "", "tap")
            )

    def fill_checks(self) -> None:
        """Answer every sheet that is still to be filled in."""
        for sheet in self.episode.checks:
            self.fill(sheet, scale=8)

    def fact(self) -> Scene:
        """Ask what services depend on, where the author asks anything of it; it is answered."""
        page = self.content.dialogs.get(ELIGIBILITY)
        asked = next((Fact(question.id) for question in page.questions), None) if page else None
        if asked is None:
            return Scene("", ())
        found = replace(self.found(), deciding=({asked: Gain(1.0, 1.0)},))
        scene = self.see("What services depend on, asked before them", eligibility.ask_fact, found, "asking_eligibility")
        self.fill(ELIGIBILITY)
        return scene

    def found(self) -> ServicesFound:
        """Find services for the first part of life, and none for the others."""
        wanted = help_wanted(self.content.dialogs["intake"], self.episode.answers_of("intake"))
        return ServicesFound(AT, tuple((domain, self.matches if n == 0 else ()) for n, domain in enumerate(wanted[:2])))

    def want_first(self) -> None:
        """Mark the first service."""
        first, *others = self.episode.offers or (None,)
        if first:
            self.episode = replace(self.episode, offers=(replace(first, wanted=True), *others))


def _to_person(effects: Iterable[Effect]) -> Iterable[Say | Give]:
    return (effect for effect in effects if isinstance(effect, Say | Give) and effect.to == "person")


def _answer_to(question: Question, content: Content, scale: int) -> AnswerValue:
    """Answer with what comes first and is no cause for alarm. What only own words would answer is skipped."""
    if question.place:
        return Somewhere(next(iter(content.scheme.clinics.values())).place)
    options = [o.id for o in question.options if not o.flag and not o.alone] or [o.id for o in question.options]
    if question.scale:
        return Chosen((str(scale) if str(scale) in options else options[0],))
    if options:
        return Chosen(tuple(options[: min(question.most, 2)]))
    return OwnWords(NAMES[0]) if question.required else Declined("skipped")


def _matches(content: Content, tongue: str) -> tuple[Match, ...]:
    """Invent three services: one with everything known, one by phone, one of which little is known."""
    label = next(iter(content.scheme.clinics.values())).place.label
    near = Location("l", addresses=(Address("4 Quay Street", city=label),), phones=(Phone(PHONE),))
    known = Service(
        "1",
        NAMES[0],
        Organization("o", "Kitchen Trust"),
        key="1",
        assured_date=TODAY,
        fees_description="Free",
        languages=(Language("English", "en"), *((Language("", tongue),) if tongue != "en" else ())),
        schedules=(Schedule(freq="WEEKLY", byday="TU,SA", opens_at="10:00", closes_at="14:00"),),
    )
    wish = next((o.label for q in content.dialogs["intake"].questions for o in q.options if o.words), "why.near")
    by_phone = Service(
        "2",
        NAMES[1],
        Organization("o", "Choir & Friends"),
        key="2",
        locations=(Location("v", "virtual"),),
        phones=(Phone(PHONE),),
        last_modified=TODAY - timedelta(days=400),
    )
    unsure = Service(
        "3",
        NAMES[2],
        Organization("o", "Advice for All"),
        key="3",
        alert="Full until May",
        eligibility_description="Women aged 16 and over.",
        application_process="By appointment only.",
        documents=("Photo ID", "Proof of address"),
        schedules=(Schedule("Thursday mornings, in term time"),),
    )
    terms = tuple(Term("", "", term.name) for need in content.needs.values() for term in need.terms)
    return (
        Match(replace(known, terms=terms[:1]), near, 1.2, (Reason(Why.HELPS_WITH, (wish,)), Reason(Why.SPEAKS, (tongue,))), ()),
        Match(by_phone, None, None, (Reason(Why.BY_PHONE), Reason(Why.SELF_REFERRAL), Reason(Why.AGE_FITS)), (Ask.COST,)),
        Match(unsure, near, 3.4, (Reason(Why.COVERS_AREA, (label,)),), (Ask.WHOM, Ask.ENTRY, Ask.ALERT)),
    )


class _Invented(dict[str, Value]):
    """Values by the names of places. A name nobody thought of shows an ellipsis."""

    def __missing__(self, name: str) -> Value:
        return verbatim("…")


def values_for(text_id: str, content: Content, tongue: str) -> Mapping[str, Value]:
    """Invent something for every place of a text. `tongue` is the language that is spoken of."""
    values = _Invented(_values(content, tongue))
    if text_id in DANGER:
        values["number"] = content.emergency.number
    if text_id == phrases.SCALE_ENDS.id:
        ends = next(q.ends for dialog in content.dialogs.values() for q in dialog.questions if q.ends)
        values |= {"first": Text(ends[0]), "last": Text(ends[1])}
    if text_id in OF_ANOTHER:
        spoken = (content.scheme.team_language, *content.scheme.languages)
        values["language"] = Tongue(next((code for code in spoken if code != tongue), tongue))
    if text_id in AT_A_CHECK_IN:
        how = content.dialogs["check_in"].question("check_in.how")
        values["answer"] = how.options[0].text if how and how.options else values["answer"]
    if text_id == phrases.CRISIS_LINE.id:
        values |= {"name": verbatim("Listening Line"), "hours": verbatim("24/7")}
    return values


def _values(content: Content, tongue: str) -> Mapping[str, Value]:
    clinic = next(iter(content.scheme.clinics.values()))
    intake, plan = content.dialogs["intake"].questions, content.dialogs["plan"].questions
    choice = next(q for q in intake if len(q.options) > 1 and not q.scale)
    options = {q.id: q.options[0].text for q in (*plan, *content.dialogs["check_in"].questions) if q.options}
    domain = next((q for q in intake if q.most > 1 and q.options), choice).options
    words = Text(next(iter(content.phrasebook.values())).text) if content.phrasebook else verbatim(NAMES[0])
    item = next((Text(i.label) for one in content.instruments.values() for i in one.items), Text(choice.label))
    step = phrases.GET_IN_TOUCH(service=NAMES[0])
    kinds = tuple(islice((Text(term.label) for need in content.needs.values() for term in need.terms), 2))
    return {
        "about": step,
        "account": "123456789",
        "address": "4 Quay Street",
        "age": content.scheme.adult_age,
        "answer": choice.options[0].text,
        "answers": Listed((phrases.YES(), phrases.NO())),
        "areas": Listed(("Kittersea", "Marrow Bay")),
        "asked": Day(TODAY),
        "bar": bar(7),
        "bot": "@kittersea_bot",
        "button": provider_phrases.STOP(),
        "choice": choice.options[0].text,
        "clinic": clinic.name,
        "closes": TimeOfDay(time(12)),
        "reopens": TimeOfDay(time(14)),
        "closes_again": TimeOfDay(time(17)),
        "code": next(iter(content.phrasebook), "thanks"),
        "cost": phrases.COST_FREE(),
        "count": 3,
        "cue": options.get("plan.cue", words),
        "day": NearDay(TODAY),
        "dates": Listed((Day(TODAY), Day(TODAY + timedelta(days=4)))),
        "days": 9,
        "domain": domain[0].text,
        "domains": Listed(tuple(option.text for option in domain[:2])),
        "duty": Text("scheme.duty"),
        "read_by": phrases.READ_BY_TEAM(),
        "first": 4,
        "goal": options.get("plan.goal", words),
        "guess": choice.options[0].text,
        "head": phrases.CLINIC_HEAD["plan"](),
        "heads": Listed((phrases.CLINIC_HEAD["plan"](), phrases.CLINIC_HEAD["scores"]())),
        "high": 24,
        "hours": 4,
        "item": item,
        "kinds": Listed(kinds),
        "km": Km(1.2),
        "group": verbatim("Kittersea Link Team"),
        "language": Tongue(tongue),
        "languages": Listed((Tongue("en"), *((Tongue(tongue),) if tongue != "en" else ()))),
        "last": 7,
        "line": phrases.ACTIONS_NONE(),
        "low": 16,
        "make": phrases.PLAN_MAKE(),
        "most": 3,
        "moves": Listed((phrases.REFER_ACCEPTED(), phrases.REFER_REJECTED())),
        "help": phrases.HELP_NOW(),
        "month": Month(TODAY),
        "more": phrases.MORE(),
        "my_data": phrases.MY_DATA(),
        "n": 7,
        "name": NAMES[0],
        "names": Listed(NAMES[:2]),
        "number": 2,
        "numbers": Listed((PHONE,)),
        "obstacle": options.get("plan.obstacle", words),
        "opens": TimeOfDay(time(10)),
        "organization": "Kitchen Trust",
        "part": domain[0].text,
        "places": Listed(NAMES[:2]),
        "person": phrases.PERSON(),
        "phone": PHONE,
        "place": clinic.place.label,
        "publisher": "Kittersea Council",
        "question": Text(choice.label),
        "documents": Listed((phrases.DOCUMENTS[Document.PHOTO_ID](), phrases.DOCUMENTS[Document.PROOF_OF_ADDRESS]())),
        "questions": Listed((Text(f"ask.{Ask.COST}"), Text(f"ask.{Ask.ENTRY}"))),
        "raw": choice.options[0].text,
        "room": phrases.SERVICE_FULL(day=Day(TODAY)),
        "reason": phrases.WHY_REVIEW(),
        "reasons": Listed((Text(f"why.{Why.NEAR}"), Text(f"why.{Why.AGE_FITS}"))),
        "reference": "A17",
        "risk": phrases.RISK_NONE_TOLD(),
        "said": Listed((phrases.SUSPENDED_TIMES(what=phrases.REPORTS[ReportKind.WRONG_NUMBER](), n=2),)),
        "scheme": content.scheme.name,
        "seen": Day(TODAY),
        "service": NAMES[0],
        "scores": Listed((phrases.BRIEF_SCORE(question=item, answer=verbatim("7")),)),
        "services": Listed(NAMES[:2]),
        "share": phrases.SHARE_YES(),
        "standards": Listed((phrases.STANDARD["contact"](), phrases.STANDARD["safeguarding"]())),
        "state": phrases.REFERRAL_REQUESTED(),
        "status": phrases.STATUS_IN_PROGRESS(),
        "step": step,
        "tel": PHONE,
        "text": words,
        "time": TimeOfDay(time(10, 30)),
        "url": content.emergency.directory,
        "value": "Community meals",
        "version": 2,
        "weeks": 6,
        "weekdays": Weekdays((1, 5)),
        "way_round": options.get("plan.way_round", words),
        "what": phrases.REPORTS[ReportKind.WRONG_NUMBER](),
        "why": Text(f"why.{Why.NEAR}"),
        "words": words,
        "worker": WORKER,
    }
