"""Small words back: noted, changed, not understood."""

from dataclasses import replace

from rxbot.dialog.model import Chosen, Question, Words
from rxbot.dialog.plain import plain
from rxbot.dialog.understand import names_several_points, says_more
from rxbot.episode import phrases, screens
from rxbot.episode.events import Typed
from rxbot.episode.model import Guess, Turn
from rxbot.episode.moves.asking import ask_again
from rxbot.episode.moves.relaying import pass_on_quietly, pass_on_with_question, worker_of
from rxbot.message import Phrase, Text

A_TRY = 2  # words; what is no longer was meant as an answer, as "una cosa"
A_LABEL = 3  # words; most answers typed with a slip are no longer


def say_first(turn: Turn) -> None:
    """There is nothing before this question."""
    turn.say(phrases.FIRST_QUESTION())
    ask_again(turn)


def say_needed(turn: Turn) -> None:
    """This question cannot be left out."""
    turn.say(phrases.CANNOT_SKIP())
    ask_again(turn)


def say_too_many(turn: Turn) -> None:
    """No more can be ticked."""
    question = turn.question
    turn.notice(phrases.TOO_MANY(most=question.most if question else 1))


def say_pick_one(turn: Turn) -> None:
    """Done was tapped with nothing ticked."""
    turn.notice(phrases.PICK_ONE_FIRST())


def say_old_button(turn: Turn) -> None:
    """The button belongs to a screen that is past."""
    turn.say(phrases.OLD_BUTTON())
    ask_again(turn)


def say_noted(turn: Turn) -> None:
    """The same button was tapped twice."""
    turn.notice(phrases.NOTED_ALREADY())


def show_guess(turn: Turn) -> None:
    """Ask whether we have guessed right what they typed; where it holds more than that answer, the worker sees it at once."""
    question, guess = turn.question, turn.episode.guess_shown
    if question and guess:
        screen = screens.guess(question, guess, turn.episode)
        wait, more = turn.say(*screen.lines, buttons=screen.buttons), _says_more(turn, question, guess)
        source = turn.event.source if isinstance(turn.event, Typed) and not more else ""
        turn.change(guess_shown=replace(guess, wait=wait, source=source), wrote_at=turn.event.at)
        if more:
            pass_on_with_question(turn)


def _says_more(turn: Turn, question: Question, guess: Guess) -> bool:
    content, language = turn.content, turn.episode.language
    words = turn.event.words if isinstance(turn.event, Typed) else ""
    return len(words.split()) > A_LABEL and says_more(
        question, guess.options, words, content.labels_for(language), content.lexicons_for(language)
    )


def say_what_this_is(turn: Turn) -> None:
    """They ask before they agree: say in short what the first text told."""
    clinic = turn.content.scheme.clinics[turn.episode.clinic].name
    turn.say(phrases.WHAT_THIS_IS(clinic=clinic), phrases.A_PROGRAM(person=phrases.PERSON()))


def say_a_program(turn: Turn) -> None:
    """They ask with whom they talk, or greet somebody: say plainly with what, and how a person is had."""
    turn.say(phrases.A_PROGRAM(person=phrases.PERSON()))


def show_to_worker(turn: Turn) -> None:
    """A worker who is there already may know a better answer."""
    if turn.episode.in_touch:
        pass_on_quietly(turn)


def say_not_understood(turn: Turn) -> None:
    """Say so kindly, show the question again, and let the link worker see the words."""
    _count_a_miss(turn, phrases.NOT_UNDERSTOOD)


def offer_a_person(turn: Turn) -> None:
    """Say so, and offer the buttons and a person."""
    _count_a_miss(turn, phrases.STILL_NOT_UNDERSTOOD)


def take_more_of_a_miss(turn: Turn) -> None:
    """Who writes in several messages is told once that it is no answer; all of it is passed on."""
    turn.change(wrote_at=turn.event.at)
    pass_on_with_question(turn)


def _count_a_miss(turn: Turn, not_understood: Phrase) -> None:
    turn.change(misses=turn.episode.misses + 1, wrote_at=turn.event.at)
    pass_on_with_question(turn)
    turn.say(*_met_kindly(turn, not_understood))
    ask_again(turn)


def _met_kindly(turn: Turn, not_understood: Phrase) -> tuple[Text, ...]:
    """Many words are no try at an answer: thank for them, and say truly who reads them. A few were not understood."""
    if isinstance(turn.event, Typed) and turn.question and names_several_points(turn.question, turn.event.words):
        return (phrases.ONE_NUMBER(),)
    if isinstance(turn.event, Typed) and len(turn.event.words.split()) > A_TRY:
        again = (phrases.QUESTION_WAS(),) if turn.question else ()
        offer = (not_understood(),) if not_understood is phrases.STILL_NOT_UNDERSTOOD and not turn.episode.in_touch else again
        return (_who_reads_it(turn), *offer)
    return (phrases.NOT_AN_ANSWER() if turn.episode.in_touch else not_understood(),)


def _who_reads_it(turn: Turn) -> Text:
    if worker := worker_of(turn):
        return phrases.TOLD_WORKER(worker=worker)
    if turn.episode.in_touch:
        return phrases.TOLD_TEAM()
    return phrases.TOLD_FOR_LATER() if turn.episode.shares else phrases.TOLD_NOBODY()


def take_early_words(turn: Turn) -> None:
    """They could not have read what is asked now. The link worker sees the words, unless they say again what was answered."""
    assert isinstance(turn.event, Typed)
    newest = turn.newest_answer
    if newest is None or plain(newest[1].raw) != plain(turn.event.words):
        pass_on_quietly(turn)
    told = (_who_reads_it(turn),) if len(turn.event.words.split()) > A_LABEL else ()
    turn.say(*told, phrases.TOO_EARLY())


def add_to_answer(turn: Turn) -> None:
    """Who writes in several messages goes on with the answer, and does not answer what they cannot see yet."""
    assert isinstance(turn.event, Typed)
    assert turn.newest_answer
    question, answer = turn.newest_answer
    words, value = f"{answer.words}\n{turn.event.words}", answer.value
    more = replace(value, words=words) if isinstance(value, Chosen) else Words(words)
    added = replace(answer, value=more, raw=f"{answer.raw}\n{turn.event.words}")
    sheets = turn.episode.sheets
    turn.change(sheets={**sheets, turn.episode.sheet: {**turn.episode.answers, question.id: added}}, wrote_at=turn.event.at)
    turn.say(phrases.ADDED())
    if turn.state == "planning" and not turn.episode.asked:  # what is shown to be agreed to is short, and holds it now
        ask_again(turn)


def offer_a_person_in_every_language(turn: Turn) -> None:
    """No language is known yet in which to say it. Before they agree to anything a person comes only when they ask."""
    turn.change(misses=turn.episode.misses + 1, wrote_at=turn.event.at)
    pass_on_quietly(turn)
    screen = screens.languages_or_person(turn.content.scheme, (turn.episode.guess,))
    turn.say(*screen.lines, buttons=screen.buttons)
