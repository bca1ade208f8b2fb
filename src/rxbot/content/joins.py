"""Look for names that point nowhere, ids that are gone, and texts a message cannot hold: they would fail before a person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rxbot.content.complaints import Complaints
from rxbot.content.dialogs import DialogPage
from rxbot.content.marks import places, wrong_marks
from rxbot.content.sources import Source
from rxbot.dialog.model import OWN_WORDS, Question
from rxbot.directory.model import Need
from rxbot.episode import taps

MOST_TEXT = 1000  # signs: a message holds 4096, and a question has a preface and its options below it
FILLED = ("clinic", "number", "age", "duty", "step")  # what episode.screens.facts_of gives
COUNTED_ON: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "consent": {"consent.keep": (), "consent.share": ("yes",), "consent.clinic": ("yes",), "age": ()},
    "intake": {"self": ("other",), "place": (), "contact.when": (), "contact.safe": ("no",)},
    "plan": {"plan.goal": (), "plan.importance": (), "plan.step": (), "plan.confidence": ()},
    "check_in": {
        "check_in.general": (),
        "check_in.how": (),
        "check_in.helped": ("yes",),
        "check_in.next": ("smaller", "other", "again"),
        "check_in.instead": ("other", "enough"),
    },
    "closing": {"closing.satisfied": ()},
}


def look_at_joins(dialogs: Iterable[DialogPage], needs: Mapping[str, Need], complaints: Complaints) -> None:
    """Complain of every name in the dialogs that points nowhere. Without needs, theirs are passed over."""
    for page in dialogs:
        _Dialog(page, needs, complaints).look()


def look_at_texts(sources: Iterable[Source], complaints: Complaints) -> None:
    """Complain of places nothing fills, marks Telegram refuses, and texts too long for a message."""
    for source in (one for one in sources if one.line):  # standing phrases have no line: our own tests look at them
        page = f"dialogs/{source.path}"
        for place in places(source.english):
            if place not in FILLED:
                complaints.add(
                    "D12", page, source.line, f"Nothing fills {{{place}}} in {source.id}.", f"Known are {', '.join(FILLED)}."
                )
        for odd in wrong_marks(source.english):
            complaints.add(
                "D13", page, source.line, f"Telegram refuses {odd} in {source.id}.", "Use pairs of <b>, <i>, <u>, <tg-spoiler>."
            )
        if len(source.english) > MOST_TEXT:
            words = f"{source.id} has {len(source.english)} signs."
            complaints.add("D14", page, source.line, words, f"Keep it below {MOST_TEXT}: it is read on a small phone.")


@dataclass
class _Dialog:
    page: DialogPage
    needs: Mapping[str, Need]
    complaints: Complaints
    answers: dict[str, set[str]] = field(default_factory=dict)

    def look(self) -> None:
        for question in self.page.dialog.questions:
            for found in (self._needs, self._conditions, self._choices, self._buttons):
                for code, words, remedy in found(question):
                    self._complain(code, self.page.lines[question.id], f"{question.id} {words}", remedy)
            self.answers[question.id] = _answers_to(question)
        for asked, options in COUNTED_ON.get(self.page.dialog.id, {}).items():
            for lacking in self._lacking(asked, options):
                self._complain("D11", 1, f"{lacking} is gone, which the bot counts on.", "Ids are for ever: bring it back.")

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
            for option in sorted(set(options) - answers[asked]):
                yield "D09", f"waits for {option}, which is no answer to {asked}.", "Mend `when:`."

    def _choices(self, question: Question) -> Iterator[tuple[str, str, str]]:
        for named in filter(None, (question.among, question.without)):
            if named not in {*self.answers, *self.page.unread, *self.page.dialog.given}:
                yield "D08", f"chooses from {named}, which is not asked before it.", "Mend `among:` or `without:`."
        for odd in sorted(set(question.need_if) - {option.id for option in question.options}):
            yield "D09", f"finds a need by {odd}, which is no answer to it.", "Mend `need_if:`."

    def _buttons(self, question: Question) -> Iterator[tuple[str, str, str]]:
        carried = (taps.decline(question.id, "skipped"), *(taps.tick(question.id, o.id, on=True) for o in question.options))
        for tap in carried:
            if not taps.fits(tap):
                yield "D10", f"does not fit into a button: {tap}.", "Shorten the ids."

    def _lacking(self, asked: str, options: tuple[str, ...]) -> Iterator[str]:
        if asked in self.page.unread:
            return
        if asked not in self.answers:
            yield f"The question {asked}"
        else:
            yield from (f"The answer {option} to {asked}" for option in options if option not in self.answers[asked])


def _answers_to(question: Question) -> set[str]:
    return {*(option.id for option in question.options), *((OWN_WORDS,) if question.takes_words else ())}
