"""Look for names that point nowhere, and for what is gone that the bot counts on: they would fail before a person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rxbot.content.complaints import Complaints
from rxbot.content.dialogs import DialogPage
from rxbot.content.pages import OLDEST
from rxbot.dialog.model import OWN_WORDS, Question
from rxbot.directory.model import Need
from rxbot.directory.rules.circumstances import CIRCUMSTANCES
from rxbot.directory.rules.turning import Fact
from rxbot.episode import taps
from rxbot.episode.model import ELIGIBILITY
from rxbot.words import Catalog

NAMED = 3  # of the answers that cannot be given
MOST_MESSAGE = 3000  # signs of a question with all above it: a message holds 4096, names are filled in, and a hint follows


@dataclass(frozen=True)
class Counted:
    """What the bot counts on in a question: answers, flags that one of its answers raises, and lines that are `true`.

    What `may_go` is not asked when its question is taken out.
    """

    answers: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    may_go: bool = False


IS_THERE, MUST = Counted(), ("required",)
COUNTED_ON: Mapping[str, Mapping[str, Counted]] = {
    "consent": {
        "consent.keep": Counted(flags=("declines", "cannot_consent"), lines=MUST),
        "consent.share": Counted(("yes",), lines=MUST),
        "consent.clinic": Counted(("yes",), lines=MUST),
        "age": Counted(flags=("too_young",), lines=MUST),
    },
    "intake": {
        "self": Counted(("other",)),
        "safety.need": Counted(flags=("danger",)),
        "rest": Counted(flags=("danger",)),
        "place": Counted(lines=("place",)),
        "contact.when": IS_THERE,
        "contact.safe": Counted(("no",)),
    },
    ELIGIBILITY: {
        Fact.GENDER: Counted(("female", "male"), may_go=True),
        Fact.STEP_FREE: Counted(("yes",), may_go=True),
        Fact.TRAVEL: Counted(("walking", "bus", "car", "home"), may_go=True),
    },
    "plan": {"plan.goal": IS_THERE, "plan.importance": IS_THERE, "plan.step": IS_THERE, "plan.confidence": IS_THERE},
    "check_in": {
        "check_in.general": IS_THERE,
        "check_in.how": IS_THERE,
        "check_in.signpost": IS_THERE,
        "check_in.helped": Counted(("yes",)),
        "check_in.next": Counted(("smaller", "other", "again")),
        "check_in.instead": Counted(("other", "enough")),
    },
    "closing": {"closing.satisfied": IS_THERE},
    "survey": {"survey.agree": Counted(flags=("declines",), lines=MUST), "age": Counted(flags=("too_young",), lines=MUST)},
}


def look_at_joins(dialogs: Iterable[DialogPage], needs: Mapping[str, Need], complaints: Complaints) -> None:
    """Complain of every name in the dialogs that points nowhere. Without needs, theirs are passed over."""
    for page in dialogs:
        _Dialog(page, needs, complaints).look()


def look_at_messages(dialogs: Iterable[DialogPage], catalogs: Mapping[str, Catalog], complaints: Complaints) -> None:
    """Complain of questions that do not fit into one message with what is said above them."""
    for page in dialogs:
        for question in page.dialog.questions:
            for code, catalog in catalogs.items():
                signs = sum(len(catalog.texts.get(id, "")) for id in (*question.preface, question.text))
                if signs > MOST_MESSAGE:
                    words = f"{question.id} and what is said above it have {signs} signs in {code}."
                    where = f"dialogs/{page.dialog.id}.yaml"
                    complaints.add("D14", where, page.lines[question.id], words, f"Keep it below {MOST_MESSAGE}: say less.")


@dataclass
class _Dialog:
    page: DialogPage
    needs: Mapping[str, Need]
    complaints: Complaints
    answers: dict[str, set[str]] = field(default_factory=dict)

    def look(self) -> None:
        for question in self.page.dialog.questions:
            for found in (self._needs, self._conditions, self._choices, self._domains, self._ages, self._told, self._buttons):
                for code, words, remedy in found(question):
                    self._complain(code, self.page.lines[question.id], f"{question.id} {words}", remedy)
            self.answers[question.id] = _answers_to(question)
        for asked, counted in COUNTED_ON.get(self.page.dialog.id, {}).items():
            for lacking in self._lacking(asked, counted) if asked not in self.page.unread else ():
                line = self.page.lines.get(asked, 1)
                self._complain("D11", line, f"{lacking} is gone, which the bot counts on.", "Bring it back.")

    def _complain(self, code: str, line: int, words: str, remedy: str) -> None:
        self.complaints.add(code, f"dialogs/{self.page.dialog.id}.yaml", line, words, remedy)

    def _needs(self, question: Question) -> Iterator[tuple[str, str, str]]:
        named = (*question.needs, *(o.need for o in question.options if o.need))
        for need in named if self.needs else ():
            if need not in self.needs:
                yield "D07", f"names the need {need}, which does not exist.", "Add it to needs.yaml, or mend the name."

    def _conditions(self, question: Question) -> Iterator[tuple[str, str, str]]:
        answers = {**self.answers, question.id: _answers_to(question)}  # a condition may name its own question
        for asked, options in (*question.when.items(), *question.when_any.items()):
            if asked in self.page.unread:
                continue
            if asked not in answers:
                yield "D08", f"waits for {asked}, which is not asked before it.", "Mend `when:`, or the order."
                continue
            if odd := [option for option in options if option not in answers[asked]]:
                more = ", ..." if odd[NAMED:] else ""
                yield "D09", f"waits for {', '.join(odd[:NAMED])}{more}, which is no answer to {asked}.", "Mend `when:`."

    def _choices(self, question: Question) -> Iterator[tuple[str, str, str]]:
        for named in filter(None, (question.among, question.without)):
            if named not in {*self.answers, *self.page.unread, *self.page.dialog.given}:
                yield "D08", f"chooses from {named}, which is not asked before it.", "Mend `among:` or `without:`."
        for odd in sorted(set(question.need_if) - {option.id for option in question.options}):
            yield "D09", f"finds a need by {odd}, which is no answer to it.", "Mend `need_if:`."

    def _domains(self, question: Question) -> Iterator[tuple[str, str, str]]:
        known = {option.id for one in self.page.dialog.questions if one.domains for option in one.options}
        if question.domain and question.domain not in known and not self.page.unread:
            yield "D17", f"is about {question.domain}, which is no part of life.", f"Use one of: {', '.join(sorted(known))}."

    def _ages(self, question: Question) -> Iterator[tuple[str, str, str]]:
        ages = sorted(age for o in question.options if o.years for age in range(o.years[0], o.years[1] + 1))
        if ages and ages != list(range(OLDEST + 1)):
            yield "D16", f"does not hold every age from 0 to {OLDEST} once.", "Mend `years:`; both ends count."

    def _told(self, question: Question) -> Iterator[tuple[str, str, str]]:
        told = (one for option in question.options for one in (*option.has, *option.has_not))
        for odd in sorted({*told} - CIRCUMSTANCES):
            yield "D19", f"tells that somebody is {odd}, which no service asks for.", "Mend `has:` or `has_not:`."
        if self.page.dialog.id == ELIGIBILITY and question.id not in tuple(Fact):
            yield "D19", "is asked by nothing.", f"Use one of: {', '.join(Fact)}; or ask it in intake.yaml."

    def _buttons(self, question: Question) -> Iterator[tuple[str, str, str]]:
        carried = (taps.decline(question.id, "skipped"), *(taps.tick(question.id, o.id, on=True) for o in question.options))
        for tap in carried:
            if not taps.fits(tap):
                yield "D10", f"does not fit into a button: {tap}.", "Shorten the ids."

    def _lacking(self, asked: str, counted: Counted) -> Iterator[str]:
        question = self.page.dialog.question(asked)
        if question is None:
            yield from () if counted.may_go else (f"The question {asked}",)
            return
        flags = {option.flag for option in question.options}
        yield from (f"The answer {answer} to {asked}" for answer in counted.answers if question.option(answer) is None)
        yield from (f"The `flag: {flag}` of {asked}" for flag in counted.flags if flag not in flags)
        yield from (f"The line `{line}: true` of {asked}" for line in counted.lines if not getattr(question, line))


def _answers_to(question: Question) -> set[str]:
    return {*(option.id for option in question.options), *((OWN_WORDS,) if question.takes_words else ())}
