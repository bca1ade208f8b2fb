"""After the review an answer is changed beside whatever goes on; then the person is where they were."""

from rxbot.dialog.model import Answer, Question
from rxbot.dialog.needs import help_wanted
from rxbot.episode import phrases, screens, taps
from rxbot.episode.effects import DropTimers, Record
from rxbot.episode.model import ELIGIBILITY, Aside, Turn
from rxbot.episode.moves.following_up import move_check_ins
from rxbot.message import Text


def set_aside(turn: Turn) -> None:
    """Keep in mind where the person was."""
    was = turn.before
    if was.state != "changing":
        turn.change(aside=Aside(was.state, was.sheet, was.asked))


def say_changed(turn: Turn) -> None:
    """Say which answer is changed, and to what."""
    turn.say(*(phrases.CHANGED(question=Text(q.label), answer=screens.said(q, _answer(turn, q))) for q in _changed(turn)))


def take_change(turn: Turn) -> None:
    """Say that the answer is changed, or left as it is; what hangs on it follows, and the topic is told."""
    changed = _changed(turn)
    if changed:
        say_changed(turn)
    else:
        turn.say(phrases.LEFT_AS_IT_IS())
    for question in changed:
        turn.do(Record("answer_changed", {"question": question.id}))
        if turn.episode.in_touch and turn.episode.shares:
            answer = screens.told(question, _answer(turn, question))
            told = phrases.ANSWER_CHANGED_IN_TOPIC(question=Text(question.label), answer=answer)
            turn.say(told, to="topic", urgency="relay")
    move_check_ins(turn)


def offer_to_look_again(turn: Turn) -> None:
    """Where the person lives, or wants help with, has changed: other services may fit."""
    wanted = help_wanted(turn.content.dialogs["intake"], turn.episode.answers_of("intake"))
    steers = turn.before.sheet == ELIGIBILITY or any(q.place or q.domain or q.domains or q.id == "age" for q in _changed(turn))
    if wanted and steers and _changed(turn):
        yes = screens.button(phrases.LOOK_AGAIN, taps.LOOK_AGAIN)
        turn.say(phrases.LOOK_AGAIN_ASK(), buttons=((yes,), (screens.button(phrases.NUDGE_LATER, taps.NOT_NOW),)))


def stop_asking(turn: Turn) -> None:
    """Nothing more is asked of them; whoever waits for a worker still does."""
    asked = (f"check_in-{days}" for days in turn.content.scheme.check_in_days)
    turn.do(*map(DropTimers, (*asked, "nudge", "close")))


def _answer(turn: Turn, question: Question) -> Answer:
    return turn.episode.answers_of(turn.before.sheet)[question.id]


def _changed(turn: Turn) -> tuple[Question, ...]:
    """Give the questions whose answer has changed in this turn, on the sheet that was open when it began."""
    sheet = turn.before.sheet
    before, after = turn.before.answers_of(sheet), turn.episode.answers_of(sheet)
    fresh = (asked for asked, answer in after.items() if asked not in before or before[asked].value != answer.value)
    return tuple(question for asked in fresh if (question := turn.find_on(sheet, asked)))
