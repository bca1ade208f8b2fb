"""What typed words, or a place, mean where the person is now.

Order for words: danger first, then a worker who is talking with the person, then a way out that is the whole message,
then the question on screen. Words answer only what could be read when they were written: those that were on their way before
the question came belong to what was said before it.
"""

from datetime import date, timedelta

from rxbot.dialog.days import day_named
from rxbot.dialog.model import Chosen, Declined, OnDay, Question, Somewhere, Understood, Words
from rxbot.dialog.path import previous_question
from rxbot.dialog.plain import Said, plain, plain_label
from rxbot.dialog.understand import (
    asks_for,
    begins_with_and,
    escape,
    guess,
    is_question,
    language_named,
    line_named,
    numbers,
    understand,
)
from rxbot.directory.stems import SILENT, stem, stems
from rxbot.episode import screens, taps
from rxbot.episode.effects import NamePlace
from rxbot.episode.events import Located, PlacesFound, Typed
from rxbot.episode.keeping import (
    ASKING,
    DECLINES,
    LISTS_ANSWERS,
    REVIEWED,
    keep_answer,
    keep_beside,
    keep_decline,
    keep_with_ticks,
    leave_as_it_is,
    mark_offer,
    open_question,
    take_language,
    ticked_on_screen,
)
from rxbot.episode.model import ELIGIBILITY, ButtonShown, Guess, Turn, dialog_for
from rxbot.episode.on_screen import Screen, is_yes, lists_lines, shown, shows, typed, yes_or_no
from rxbot.episode.reading_taps import of_button, open_again
from rxbot.episode.screens import reviewed
from rxbot.episode.taps import Tap, carried, read_tap
from rxbot.safety.model import is_red_flag

ON_THE_WAY = timedelta(seconds=3)  # nobody reads a new question and answers it in their own words so fast
MORE_OF_IT = timedelta(seconds=10)  # nor words that are no answer to it
ESCAPES = {
    "back": "went_back",
    "person": "asked_for_person",
    "more": "asked_for_more",
    "help": "asked_for_help_now",
    "stop": "stopped",
    "erase": "asked_to_erase",
    "language": "asked_for_language",
    "plan": "asked_for_plan",
    "data": "asked_for_data",
    "finish": "asked_to_finish",
    "about": "asked_what_this_is",
}


def of_words(turn: Turn, event: Typed) -> str:
    """Name what typed words mean."""
    content, language, words = turn.content, turn.episode.language, Said(event.words)
    if is_red_flag(words, content.lexicons.values()):
        return "red_flag_seen"
    early = 0 < event.unseen <= turn.episode.open_since
    question = None if early else open_question(turn)
    screen = tuple(one for one in turn.episode.screen if not event.unseen or one.wait < event.unseen)
    plainly = yes_or_no(words, content, language)
    in_reach = (*screen, *_lines_in_sight(turn, screen, words))
    button = typed(in_reach, words, content, language) or typed(in_reach, plainly, content, language)
    in_sight = question is not None and shows(screen, question)
    if button and not in_sight:
        return of_button(turn, _tap_of(turn, button))
    if question and question.options and not in_sight and plainly:
        return "not_understood"
    options = _understood(turn, question, words) or _understood(turn, question, plainly)
    if question and options:
        return keep_with_ticks(turn, question, options[0], options[1], event.words)
    button = button or typed(_a_tap_away(turn, question), words, content, language)
    if button:
        return of_button(turn, _tap_of(turn, button))
    way_out = _way_out(turn, words)
    if question and way_out and way_out in DECLINES:
        return keep_decline(turn, question, Declined(DECLINES[way_out]), "lexicon", event.words)
    if way_out == "change":  # before there is a list, Back leads to what was answered
        return "lines_wanted" if turn.state in LISTS_ANSWERS else "went_back"
    if way_out == "finish" and turn.state not in REVIEWED:  # whether they mean to stop is for them to say
        return "asked_for_more"
    if way_out and way_out in ESCAPES:
        return ESCAPES[way_out]
    if early and turn.state in (*ASKING, "reviewing", "choosing_services"):
        return "said_early"
    if question and (question.wants_day or question.place or question.takes_words) and _goes_on(turn, question, ON_THE_WAY):
        return "said_early"
    if question and question.place and begins_with_and(words) and _goes_on(turn, question, MORE_OF_IT):
        return "said_early"
    if question and question.wants_day and (day := _day_named(turn, words)):
        return keep_answer(turn, question, OnDay(day), "typed", event.words, 0)
    if question and question.own_words and (day := _day_named(turn, words)) and (before := _day_asked(turn, question)):
        return keep_beside(turn, before, OnDay(day), event.words)
    if question and question.place:
        return "place_typed"
    if question and question.takes_words and is_yes(plainly, content) and _has_words(turn, question):
        return leave_as_it_is(turn)
    if question and question.takes_words and not question.required and plainly and not is_yes(plainly, content):
        return keep_decline(turn, question, Declined("skipped"), "lexicon", event.words)
    if question and question.takes_words:
        ticks = ticked_on_screen(turn, question) if question.most > 1 else ()
        value = Chosen(ticks, event.words) if ticks else Words(event.words)
        return keep_answer(turn, question, value, "typed", event.words, 0)
    if (
        question
        and turn.episode.guess_shown is None
        and (guessed := guess(question, words, content.labels_for(language), content.lexicons_for(language)))
    ):
        turn.change(guess_shown=Guess(guessed[0]))
        return "guessed"
    meant = _of_words_alone(turn, words)
    return "said_early" if meant == "not_understood" and _goes_on(turn, question, MORE_OF_IT) else meant


def _way_out(turn: Turn, words: str) -> str | None:
    lexicons = turn.content.lexicons_for(turn.episode.language)
    worker = turn.episode.handoff.claimed_by if turn.episode.handoff else ""
    return escape(words, lexicons) or ("person" if asks_for(worker, words, lexicons) else None)


def _understood(turn: Turn, question: Question | None, words: str) -> tuple[tuple[str, ...], Understood] | None:
    content, language = turn.content, turn.episode.language
    return (
        understand(question, words, content.labels_for(language), content.lexicons_for(language)) if question and words else None
    )


def _goes_on(turn: Turn, question: Question | None, within: timedelta) -> bool:
    """Say whether these words came so soon after an answer in own words that they belong to it, not to what was asked next."""
    wrote_at, newest = turn.episode.wrote_at, turn.newest_answer
    if wrote_at is None or newest is None or turn.episode.misses or turn.episode.guess_shown:
        return False
    return newest[0] != question and bool(newest[1].words) and turn.event.at - wrote_at <= within


def _has_words(turn: Turn, question: Question) -> bool:
    """Say whether it was answered in own words before, which are shown with it: a yes to them is no new answer."""
    answer = turn.episode.answers.get(question.id)
    return answer is not None and bool(answer.words)


def _day_asked(turn: Turn, question: Question) -> Question | None:
    """Give the question just before this one, where that asked for a day."""
    before = previous_question(turn.dialog, turn.episode.answers, question.id)
    return before if before and before.wants_day else None


def _day_named(turn: Turn, words: str) -> date | None:
    days = (lexicon.days for lexicon in turn.content.lexicons_for(turn.episode.language))
    return day_named(words, turn.content.scheme.day(turn.event.at), days)


def _tap_of(turn: Turn, button: ButtonShown) -> Tap:
    tap = read_tap(carried(turn.episode.id, button.wait, button.tap))
    assert tap is not None
    return tap


def _lines_in_sight(turn: Turn, screen: Screen, words: str) -> Screen:
    """Where answers are offered to be changed, each can be typed by its number or name, also one that stands in a part."""
    wait = lists_lines(screen)
    if not wait or not _may_name_a_line(turn, words):
        return ()
    return shown((tuple(one for _, one in screens.change_buttons(turn.episode, turn.content)),), wait)


def _may_name_a_line(turn: Turn, words: str) -> bool:
    """Say whether there is a number in these words, or what is asked about: to lay out the lines takes far longer."""
    content, said = turn.content, plain(words)
    if any(letter.isdecimal() for letter in said) or line_named(words, content.lexicons_for(turn.episode.language)) is not None:
        return True
    asked_later = dialog_for(ELIGIBILITY, turn.episode, content)
    written = (content.dialogs["consent"], content.dialogs["intake"], asked_later)
    questions = (question for dialog in written for question in dialog.questions)
    return any(name in said for question in questions for name in content.spellings(question.label) if name)


def _a_tap_away(turn: Turn, question: Question | None) -> Screen:
    """Give the buttons that are never further than More: they can be typed at any time."""
    rows = (screens.ways_out(question), *screens.more(question, has_plan=True, may_finish=turn.state in REVIEWED).buttons)
    return tuple(one for one in shown(rows, turn.episode.asked_wait) if one.tap != taps.GO_ON)


def _of_words_alone(turn: Turn, words: str) -> str:
    """Read words that name no button, where no question is open or none that takes them."""
    lexicons = turn.content.lexicons_for(turn.episode.language)
    match turn.state:
        case "choosing_language":
            return take_language(turn, _language_named(turn, words))
        case "reviewing" if (line := line_named(words, lexicons)) and line <= len(lines := reviewed(turn.episode, turn.content)):
            return open_again(turn, lines[line - 1][0].id)
        case "choosing_services" if found := numbers(words, lexicons):
            return _mark_typed(turn, found)
        case "choosing_services" if named := _service_named(turn, words):
            return mark_offer(turn, named, on=True)
        case "asking_consent" if is_question(words, lexicons):
            return "asked_what_this_is"
        case "following_up" | "closed":
            return "said_something"
        case _:
            return "not_understood"


def of_location(turn: Turn, event: Located) -> str:
    """A place that was asked for is looked up in the directory; any other is passed on as a picture is."""
    question = open_question(turn)
    if question is None or not question.place:
        return "sent_media"
    turn.do(NamePlace(event.place))
    return "located"


def _is_as_typed(turn: Turn, event: PlacesFound) -> bool:
    """In a survey a place that no directory knows is taken as it was typed, once we have asked back: there may be none yet."""
    asked_back = turn.episode.misses > 0 or bool(turn.episode.places)
    return bool(event.words) and asked_back and (event.guessed or not event.places)


def of_places(turn: Turn, event: PlacesFound) -> str:
    """Name what it means that these places were found for what was typed."""
    question = open_question(turn)
    if question and turn.episode.survey and _is_as_typed(turn, event):
        return keep_answer(turn, question, Words(event.words), "typed", event.words, 0)
    if question is None or not event.places:
        return "place_unknown"
    if event.guessed or len(event.places) > 1:
        return "places_found"
    return keep_answer(turn, question, Somewhere(event.places[0]), "typed", event.words, 0)


def _language_named(turn: Turn, words: str) -> str:
    said = plain(words)
    own_names = {code: turn.content.wording[code]["own_name"] for code in turn.content.scheme.languages}
    named = next((code for code, name in own_names.items() if said in (plain_label(name), code)), "")
    return named or language_named(words, turn.content.lexicons.values())


def _service_named(turn: Turn, words: str) -> int:
    """Find the one service whose name holds every telling word of these: "the lunch club please"; 0 when they say more."""
    lexicons = turn.content.lexicons_for(turn.episode.language)
    beside = SILENT - {"not"} | {one for lexicon in lexicons for one in (*lexicon.beside_numbers, *lexicon.courtesies)}
    telling = {stem(one) for one in plain(words).split() if one not in beside}
    named = [n for n, offer in enumerate(turn.episode.offers, 1) if telling <= set(stems(offer.name))]
    return named[0] if telling and len(named) == 1 else 0


def _mark_typed(turn: Turn, places: tuple[int, ...]) -> str:
    """One number turns a mark over; several are all wanted."""
    offers = turn.episode.offers
    if not all(1 <= place <= len(offers) for place in places):
        return "not_understood"
    for place in places:
        mark_offer(turn, place, on=len(places) > 1 or not offers[place - 1].wanted)
    return "service_marked"
