"""Keep what was answered: on the open sheet, with where it came from, and ticked on the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from rxbot.dialog.model import Answer, AnswerValue, Chosen, Declined, OnDay, Question, Understood
from rxbot.episode.effects import Record, ShowChosen
from rxbot.episode.events import (
    Typed,
)
from rxbot.episode.model import Turn
from rxbot.episode.screens import answered_buttons

OFFERED = ("choosing_services", "following_up")
BEFORE_AGREED = ("asking_consent", "answering", "reviewing")
REVIEWED = ("asking_eligibility", *OFFERED, "planning", "checking_in", "changing")
AFTER_AGREED = (*REVIEWED, "closing")
LISTS_ANSWERS = ("reviewing", *AFTER_AGREED)
ASKING_IN_ORDER = ("asking_consent", "answering", "asking_eligibility", "planning", "checking_in", "closing")
ASKING = (*ASKING_IN_ORDER, "changing")


DECLINES: Mapping[str, Literal["skipped", "unsure", "refused"]] = {"skip": "skipped", "unsure": "unsure", "refuse": "refused"}


def keep_or_revise(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str, wait: int) -> str:
    """An answer to the open question goes on; one to an earlier question corrects it, and to the same thing changes nothing."""
    before = turn.episode.answers.get(question.id)
    if question.id == turn.episode.asked:
        return keep_answer(turn, question, value, how, raw, wait)
    if before is None:
        return "tapped_old_button"
    if before.value == value:
        return "tapped_twice"
    keep_answer(turn, question, value, how, raw, wait)
    return "revised"


def keep_with_ticks(turn: Turn, question: Question, options: tuple[str, ...], how: Understood, raw: str) -> str:
    """What is typed into a list joins what is ticked there; what stands alone does not."""
    alone = any(o.alone for o in question.options if o.id in options)
    ticked = ticked_on_screen(turn, question) if question.most > 1 and not alone else ()
    joined = _in_order(question, (*ticked, *options))
    if len(joined) > question.most:
        return "ticked_too_many"
    said = turn.episode.answers[question.id].words if ticked and question.id in turn.episode.answers else ""
    return keep_answer(turn, question, Chosen(joined, said), how, raw, turn.episode.asked_wait)


def keep_decline(turn: Turn, question: Question, value: Declined, how: Understood, raw: str) -> str:
    """No answer is one too; but to skip a question that was answered leaves the answer as it is.

    The button may stand under More: what is redrawn is the question, not the message of the tap.
    """
    if value.how == "skipped" and question.id in turn.episode.answers:
        return leave_as_it_is(turn)
    return "would_not_answer" if question.required else keep_answer(turn, question, value, how, raw, 0)


def leave_as_it_is(turn: Turn) -> str:
    """What was answered before stays, and what is asked next follows."""
    turn.change(picking=None, guess_shown=None, misses=0)
    return "answered"


def keep_answer(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str, wait: int) -> str:
    """Write the answer on the open sheet, and tick it wherever it stands on the screen."""
    episode, content = turn.episode, turn.content
    turn.episode = episode.with_answer(question.id, answer_of(turn, question, value, how, raw))
    if question.options or isinstance(value, Declined):
        last = (episode.asked_wait,) if question.id == episode.asked else ()
        for stands_at in dict.fromkeys((wait or episode.asked_wait, *last)):
            turn.do(ShowChosen(stands_at, answered_buttons(question, turn.episode, content)))
    if how == "typed":
        turn.change(wrote_at=turn.event.at)
    turn.do(Record("answered", {"question": question.id, "kind": value.kind, "how": how}))
    return "answered"


def keep_beside(turn: Turn, question: Question, value: OnDay, raw: str) -> str:
    """Write down a day that was named at the question after the one for it; what is asked now is still open."""
    turn.episode = turn.episode.with_answer(question.id, answer_of(turn, question, value, "typed", raw))
    turn.do(Record("answered", {"question": question.id, "kind": value.kind, "how": "typed"}))
    return "day_named_late"


def answer_of(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str) -> Answer:
    """Give an answer with where it came from."""
    language = turn.episode.language
    text = turn.content.labels_for(language)[0].get(question.text, "")
    if how == "tap" and isinstance(turn.event, Typed):
        how, raw = "label", turn.event.words
    return Answer(value, turn.event.at, text, language, turn.content.release, raw, how)


def take_language(turn: Turn, code: str) -> str:
    """Read this language from now on."""
    if code not in turn.content.scheme.languages:
        return "not_understood" if isinstance(turn.event, Typed) else "tapped_old_button"
    turn.change(language=code, misses=0)
    turn.do(Record("language_chosen", {"language": code}))
    return "language_chosen"


def mark_offer(turn: Turn, place: int, *, on: bool) -> str:
    """Mark a service or take the mark off: a tap says which, so that a double tap does it once.

    Who wants to try it after all says no longer that something is wrong with it.
    """
    offers = turn.episode.offers
    if not 1 <= place <= len(offers):
        return "tapped_old_button"
    offer = offers[place - 1]
    marked = replace(offer, wanted=on, reported="" if on else offer.reported)
    turn.change(offers=tuple(marked if o is offer else o for o in offers))
    return "service_marked"


def open_question(turn: Turn) -> Question | None:
    """Give the question on screen that waits for an answer."""
    if turn.state not in ASKING or not turn.episode.asked:
        return None
    return turn.question


def ticked_on_screen(turn: Turn, question: Question) -> tuple[str, ...]:
    """Give what is ticked on screen, in the order shown: at first what was answered before."""
    answer = turn.episode.answers.get(question.id)
    before = answer.chosen if answer else ()
    ticked = before if turn.episode.picking is None else turn.episode.picking
    return _in_order(question, (one for one in ticked if any(o.id == one and not o.alone for o in question.options)))


def _in_order(question: Question, options: Iterable[str]) -> tuple[str, ...]:
    picked = set(options)
    return tuple(o.id for o in question.options if o.id in picked)
