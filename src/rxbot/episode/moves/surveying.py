"""An anonymous survey: who answers is asked little, offered nothing, and forgotten when it ends."""

import re
from string import capwords

from rxbot.dialog.needs import help_wanted, needs_found, needs_sought
from rxbot.episode import phrases
from rxbot.episode.effects import Count, DropTimers, Erase
from rxbot.episode.model import Turn, dialog_for
from rxbot.episode.moves.asking import ask_again, ask_next, ask_previous
from rxbot.episode.moves.searching import lives
from rxbot.episode.moves.talking import DUTY
from rxbot.message import Text

AREA = re.compile(r"[^\W\d_]+(?:[ ,.'’-]+[^\W\d_]+)*")
"""Letters alone: no postcode, no number of a house or a phone."""
WORDS, LETTERS = 4, 40


def open_survey(turn: Turn) -> None:
    """Say what this is, and ask whether they take part."""
    turn.change(sheet="survey")
    ask_again(turn)


def back_to_survey(turn: Turn) -> None:
    """Before the first question about needs stands the last one of the survey's own."""
    turn.change(sheet="survey", asked="")
    ask_previous(turn)


def ask_about_needs(turn: Turn) -> None:
    """Start the questions about what matters."""
    turn.change(sheet="intake")
    ask_next(turn)


def count_answers(turn: Turn) -> None:
    """Count needs and the wish for help, by area, language and age band; of what was said in words, an unknown area alone."""
    dialog, answers = dialog_for("intake", turn.episode, turn.content), turn.episode.answers_of("intake")
    wanted = [need for domain in help_wanted(dialog, answers) for need in needs_sought(dialog, answers, domain)]
    age = turn.episode.answers_of("survey").get("age")
    area = area_in_words(answers["place"].words) if "place" in answers else ""
    codes = {
        "needs": ",".join(needs_found(dialog, answers)),
        "wanted": ",".join(dict.fromkeys(wanted)),
        "language": turn.episode.language,
        "age": "".join(age.chosen) if age else "",
        **({"area_in_words": area} if area else {}),
    }
    turn.do(Count(codes, near=lives(turn)))


def area_in_words(words: str) -> str:
    """Give the town or district in these words, written as others would; nothing where they are more than one, or finer."""
    name = capwords(" ".join(words.split()).strip(" .,;!?").casefold())
    return name if AREA.fullmatch(name) and len(name.split()) <= WORDS and 1 < len(name) <= LETTERS else ""


def ask_for_the_place_again(turn: Turn) -> None:
    """Say that we do not know it, and that it is taken as it is written then."""
    turn.change(misses=turn.episode.misses + 1)
    turn.say(phrases.SURVEY_NO_SUCH_PLACE())
    ask_again(turn)


def give_thanks(turn: Turn) -> None:
    """The survey is over, and forgotten."""
    _forget(turn, phrases.SURVEY_THANKS(clinic=_clinic(turn)))


def give_thanks_in_touch(turn: Turn) -> None:
    """A link worker was called: the answers are forgotten, the talk is not."""
    _forget_answers(turn)
    turn.say(phrases.SURVEY_IN_TOUCH(duty=DUTY))


def decline_survey(turn: Turn) -> None:
    """They take no part."""
    _forget(turn, phrases.SURVEY_DECLINED())


def decline_too_young(turn: Turn) -> None:
    """They are younger than those who are asked: say who can help."""
    number = turn.content.emergency.number
    _forget(turn, phrases.SURVEY_ADULTS(age=turn.content.scheme.adult_age, clinic=_clinic(turn), number=number))


def stop_survey(turn: Turn) -> None:
    """They stop in the middle: nothing is counted."""
    _forget(turn, phrases.SURVEY_STOPPED())


def say_stopped_in_touch(turn: Turn) -> None:
    """They stop, and a link worker was called: say what stays."""
    turn.say(phrases.SURVEY_STOPPED_IN_TOUCH())


def forget_quietly(turn: Turn) -> None:
    """They have left it open, and nobody reminds them: nothing is counted."""
    turn.do(Erase(only_this=True))


def forget_answers_quietly(turn: Turn) -> None:
    """They have left it open, and a link worker was called: the talk stays."""
    _forget_answers(turn)


def say_about_survey(turn: Turn) -> None:
    """Say what this is and what is kept."""
    turn.say(phrases.SURVEY_ABOUT())
    ask_again(turn)


def say_nobody_answers(turn: Turn) -> None:
    """They would like a person: say who has one, and what to do in danger."""
    turn.say(phrases.SURVEY_NO_PERSON(clinic=_clinic(turn), more=phrases.MORE(), help=phrases.HELP_NOW()))
    ask_again(turn)


def _forget(turn: Turn, told: Text) -> None:
    turn.say(told)
    turn.do(Erase(only_this=True))


def _forget_answers(turn: Turn) -> None:
    turn.change(sheets={}, sheet="", asked="", picking=None, guess_shown=None, places=(), closed="surveyed")
    turn.do(DropTimers("nudge"))


def _clinic(turn: Turn) -> str:
    return turn.content.scheme.clinics[turn.episode.clinic].name
