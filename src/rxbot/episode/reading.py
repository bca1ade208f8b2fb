"""What a tap or typed words mean where the person is now: the name of an event of the lifecycle, with the answer kept.

Order for words: danger first, then a worker who is talking with the person, then a way out that is the whole message,
then the question on screen. Words answer only what could be read when they were written: those that were on their way before
the question came belong to what was said before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rxbot.dialog.days import day_named
from rxbot.dialog.model import Answer, AnswerValue, Chosen, Declined, OnDay, Question, Somewhere, Understood, Words
from rxbot.dialog.plain import number, plain, plain_label
from rxbot.dialog.understand import escape, guess, language_named, line_named, numbers, understand
from rxbot.directory.model import Place
from rxbot.episode import screens, taps
from rxbot.episode.effects import NamePlace, Record, ShowChosen
from rxbot.episode.events import (
    CheckInDue,
    ClinicDue,
    CloseDue,
    Edited,
    LinkOpened,
    Located,
    NudgeDue,
    OutageOver,
    PlacesFound,
    SentMedia,
    ServicesFound,
    Tapped,
    Typed,
    Unreadable,
)
from rxbot.episode.model import ButtonShown, Guess, Turn, dialog_of
from rxbot.episode.on_screen import Screen, shown, shows, typed, yes_or_no
from rxbot.episode.screens import answered_buttons, lines_to_change, reviewed
from rxbot.episode.taps import Tap, carried, read_tap, tag_of
from rxbot.report.message import ALWAYS, held_with
from rxbot.safety.model import is_red_flag

OFFERED = ("choosing_services", "following_up")
BEFORE_AGREED = ("asking_consent", "answering", "reviewing")
AFTER_AGREED = ("choosing_services", "following_up", "planning", "checking_in", "closing", "changing")
LISTS_ANSWERS = ("reviewing", *AFTER_AGREED)
ASKING = ("asking_consent", "answering", "planning", "checking_in", "closing", "changing")
WAYS_OUT = {
    taps.BACK: "went_back",
    taps.PERSON: "asked_for_person",
    taps.MORE: "asked_for_more",
    taps.HELP_NOW: "asked_for_help_now",
    taps.STOP: "stopped",
    taps.FORGET: "asked_to_erase",
    taps.FORGET_YES: "erase_agreed",
    taps.FORGET_NO: "kept",
    taps.LANGUAGE: "asked_for_language",
    taps.GO_ON: "went_on",
    taps.SAFE: "said_safe",
    taps.NOT_NOW: "put_off",
    taps.PLAN: "asked_for_plan",
    taps.MY_DATA: "asked_for_data",
    taps.FINISH: "asked_to_finish",
    taps.FINISH_YES: "finish_agreed",
}
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
}


DECLINES: Mapping[str, Literal["skipped", "unsure", "refused"]] = {"skip": "skipped", "unsure": "unsure", "refuse": "refused"}


def meaning(turn: Turn) -> str:
    """Name what happened, as the lifecycle knows it."""
    match turn.event:
        case LinkOpened(guess=guess):
            turn.change(guess=turn.episode.guess or guess or "")
            return "link_opened"
        case Tapped():
            return _of_tap(turn, turn.event)
        case Typed():
            return _of_words(turn, turn.event)
        case SentMedia(words=words):
            return "red_flag_seen" if is_red_flag(words, turn.content.lexicons.values()) else "sent_media"
        case Located():
            return _of_location(turn, turn.event)
        case Edited(words=words):
            return "red_flag_seen" if is_red_flag(words, turn.content.lexicons.values()) else "message_edited"
        case CheckInDue():
            return "check_in_due"
        case NudgeDue():
            return "nudge_due"
        case OutageOver():
            return "outage_over"
        case Unreadable():
            return "unreadable"
        case ClinicDue():
            return "clinic_due"
        case CloseDue():
            return "close_due"
        case PlacesFound():
            return _of_places(turn, turn.event)
        case ServicesFound():
            return "services_found"
        case _:
            raise TypeError(f"{type(turn.event).__name__} is an event of the handoff, not of the episode.")


# Taps


def _of_tap(turn: Turn, event: Tapped) -> str:
    tap = read_tap(event.tap)
    return _of_button(turn, tap) if tap and tap.tag == tag_of(turn.episode.id) else "tapped_old_button"


def _of_button(turn: Turn, tap: Tap) -> str:
    """Read a button, tapped or typed."""
    if tap.code in WAYS_OUT:
        return WAYS_OUT[tap.code]
    read = TAPS.get(tap.code)
    return read(turn, tap) if read else "tapped_old_button"


@dataclass(frozen=True)
class About:
    """What a tap is about: the sheet that its message shows, the question with its answer there, the rest of what it says.

    The sheet may be open or not; only a question of the open one can be answered. `is_asked` holds for the question on screen.
    """

    sheet: str
    asked: str
    question: Question | None
    answer: Answer | None
    is_open: bool
    is_asked: bool
    rest: str = ""


def _about(turn: Turn, tap: Tap) -> About:
    asked, rest = (*tap.parts, "", "")[:2]
    return replace(_about_question(turn, turn.episode.shown_by(tap.wait), asked), rest=rest)


def _about_question(turn: Turn, sheet: str, asked: str) -> About:
    episode = turn.episode
    is_open = turn.state in (*ASKING, "reviewing") and sheet == episode.sheet
    question, answer = turn.find_on(sheet, asked), episode.answers_of(sheet).get(asked)
    return About(sheet, asked, question, answer, is_open, is_asked=is_open and asked == episode.asked)


def _answer(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    found = about.question.option(about.rest) if about.question else None
    if about.question is None or found is None or (about.question.most > 1 and not found.alone):
        return "tapped_old_button"
    return _given(turn, about, about.question, Chosen((about.rest,)), about.rest, tap.wait)


def _given(turn: Turn, about: About, question: Question, value: AnswerValue, raw: str, wait: int) -> str:
    """A tap that is a whole answer. On a sheet that is not open any more it comes too late, unless it says nothing new."""
    if about.is_open:
        return _answer_or_revise(turn, question, value, "tap", raw, wait)
    if about.answer and about.answer.value == value:
        return "tapped_twice"
    return _opened(turn, question.id) if about.sheet in ("consent", "intake") else "tapped_old_button"


def _reopened(turn: Turn, about: About, picking: tuple[str, ...] | None = None) -> str:
    """Ask an earlier question of the open sheet again: one tap of a list, or a Skip, is no whole answer to correct it with."""
    if about.answer is None:
        return "tapped_old_button"
    if not about.is_open:
        return _opened(turn, about.asked) if about.sheet == "intake" else "tapped_old_button"
    turn.change(asked=about.asked, picking=picking)
    return "line_opened" if turn.state == "reviewing" else "question_reopened"


def _tick(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, option, on = about.question, about.rest, tap.parts[-1:] == (taps.ON,)
    if question is None or question.option(option) is None:
        return "tapped_old_button"
    before = about.answer.chosen if about.answer else ()
    ticked = _ticked(turn, question) if about.is_asked else before
    after = tuple(o for o in ticked if o != option) + ((option,) if on else ())
    if not about.is_asked:
        return "tapped_twice" if (option in before) == on and about.answer else _reopened(turn, about, after[: question.most])
    if len(after) > question.most:
        return "ticked_too_many"
    turn.change(picking=after, asked_wait=tap.wait)
    return "ticked"


def _done(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question = about.question
    if question is None or not about.is_asked:
        return "tapped_twice" if about.answer and about.answer.chosen else _reopened(turn, about)
    ticked = _ticked(turn, question)
    if not ticked:
        return "ticked_none"
    said = about.answer.words if about.answer else ""
    return _keep(turn, question, Chosen(ticked, said), "tap", ",".join(ticked), tap.wait)


def _all_of(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question = about.question
    if question is None or not question.all_of:
        return "tapped_old_button"
    everything = tuple(o.id for o in question.options if not o.alone)
    return _given(turn, about, question, Chosen(everything), ",".join(everything), tap.wait)


def _yes_that(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, guess_shown = about.question, turn.episode.guess_shown
    if question is None or not about.is_asked or guess_shown is None:
        return "tapped_twice" if about.answer and about.answer.how == "fuzzy" else "tapped_old_button"
    return _with_ticks(turn, question, guess_shown.options, "fuzzy", ",".join(guess_shown.options))


def _decline(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, how = about.question, about.rest
    if question is None or how not in DECLINES.values():
        return "tapped_old_button"
    if about.is_asked:
        return _declined(turn, question, Declined(how), "tap", how)  # type: ignore[arg-type]
    return "tapped_twice" if about.answer and about.answer.value == Declined(how) else _reopened(turn, about)  # type: ignore[arg-type]


def _leave_as_it_is(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    if about.is_asked and about.answer:
        return _left_as_it_is(turn)
    return "tapped_twice" if about.answer else "tapped_old_button"


def _choose_language(turn: Turn, tap: Tap) -> str:
    return _language(turn, tap.parts[0] if tap.parts else "")


def _choose_place(turn: Turn, tap: Tap) -> str:
    sheet, chosen = turn.episode.shown_by(tap.wait), number(tap.parts[0]) if tap.parts else None
    dialog = turn.content.dialogs.get(dialog_of(sheet))
    question = next((q for q in dialog.questions if q.place), None) if dialog else None
    if question is None or chosen is None or chosen > len(turn.episode.places):
        return "tapped_old_button"
    clinic = turn.content.scheme.clinics[turn.episode.clinic]
    place = (
        turn.episode.places[chosen - 1]
        if chosen
        else Place(clinic.place.lat, clinic.place.lon, clinic.place.label or clinic.name)
    )
    return _given(turn, _about_question(turn, sheet, question.id), question, Somewhere(place), place.label, tap.wait)


def _open_line(turn: Turn, tap: Tap) -> str:
    return _opened(turn, "".join(tap.parts[:1]))


def _opened(turn: Turn, asked: str) -> str:
    """A line of the review is to be asked again: from the list, from another line, or by its old button."""
    if turn.state in AFTER_AGREED:
        return _opened_later(turn, asked)
    if turn.state not in BEFORE_AGREED:
        return "tapped_old_button"
    if asked not in turn.episode.answers_of("intake"):
        return _opened_consent(turn, asked)
    turn.change(sheet="intake", asked=asked, picking=None)
    return "line_opened"


def _opened_later(turn: Turn, asked: str) -> str:
    """After the review an answer is changed beside what goes on; consents are changed under what we know about them."""
    line = next((q for q in lines_to_change(turn.episode, turn.content) if q.id == asked), None)
    if line is None:
        return "tapped_old_button"
    turn.change(sheet="consent" if turn.content.dialogs["consent"].question(asked) else "intake", asked=asked, picking=None)
    return "line_opened"


def _opened_consent(turn: Turn, asked: str) -> str:
    """A question from before the intake is asked again: a slip on an old button must not change what hangs on it."""
    if turn.content.dialogs["consent"].question(asked) is None:
        return "tapped_old_button"
    turn.change(sheet="consent", asked=asked, picking=None)
    return "consent_opened"


def _agree(turn: Turn, _tap: Tap) -> str:
    if turn.state == "reviewing":
        return "review_agreed"
    return "tapped_twice" if turn.state in ("choosing_services", "following_up") else "tapped_old_button"


def _show_lines(turn: Turn, tap: Tap) -> str:
    turn.part = "".join(tap.parts[:1])
    return "lines_wanted" if turn.state in LISTS_ANSWERS else "tapped_old_button"


def _begin_plan(turn: Turn, _tap: Tap) -> str:
    return "plan_begun" if turn.state in OFFERED else _past_plan(turn)


def _put_plan_off(turn: Turn, _tap: Tap) -> str:
    return "plan_put_off" if turn.state in OFFERED else _past_plan(turn)


def _agree_plan(turn: Turn, _tap: Tap) -> str:
    return "plan_agreed" if _waits_for_agreement(turn) else _past_plan(turn)


def _waits_for_agreement(turn: Turn) -> bool:
    """All questions about a goal are answered, and the person sees what came of it."""
    return turn.state == "planning" and bool(turn.episode.sheet) and not turn.episode.asked


def _past_plan(turn: Turn) -> str:
    return "tapped_twice" if turn.state in ("planning", "following_up") else "tapped_old_button"


def _open_goal(turn: Turn, tap: Tap) -> str:
    """A goal of the plan is opened again: from the plan shown, or before it is agreed."""
    goal = number(tap.parts[0]) if tap.parts else None
    known = goal and turn.episode.plan and any(one.number == goal for one in turn.episode.plan.active)
    if turn.state not in ("following_up", "planning", "choosing_services") or not known:
        return "tapped_old_button"
    turn.change(replan=(goal,))
    return "goal_opened"


def _write_again(turn: Turn, _tap: Tap) -> str:
    return "step_reopened" if _waits_for_agreement(turn) else "tapped_old_button"


def _more_goals(turn: Turn, _tap: Tap) -> str:
    return "plan_begun" if _between_goals(turn) else _past_plan(turn)


def _enough_goals(turn: Turn, _tap: Tap) -> str:
    return "plan_finished" if _between_goals(turn) else _past_plan(turn)


def _between_goals(turn: Turn) -> bool:
    """One goal is agreed, and we have asked for another."""
    return turn.state == "planning" and not turn.episode.sheet


def _proposal(turn: Turn, tap: Tap) -> str:
    if turn.episode.proposal is None:
        return "tapped_twice"
    if tap.wait != turn.episode.proposal.wait:
        return "tapped_old_button"
    return "proposal_taken" if tap.code == taps.PROPOSAL_YES else "proposal_left"


def _hold_back(turn: Turn, tap: Tap) -> str:
    draft = turn.episode.draft
    if draft and tap.wait != turn.episode.draft_wait:
        return "tapped_old_button"
    part = next((one.id for one in draft.parts if [one.id] == list(tap.parts[:1])), None) if draft else None
    if draft is None or part is None or part in ALWAYS:
        return "draft_gone"
    kept = tuple(one for one in turn.episode.held_back if one not in held_with(part))
    turn.change(held_back=(*kept, *held_with(part)) if tap.parts[-1] == taps.ON else kept)
    return "part_held_back"


def _decide_on_draft(turn: Turn, tap: Tap) -> str:
    """Only what stands above the button is sent or dropped: an older message is not the newer one."""
    if turn.episode.draft and tap.wait != turn.episode.draft_wait:
        return "tapped_old_button"
    if turn.episode.draft is None:
        return "draft_gone"
    return "clinic_agreed" if tap.code == taps.CLINIC_SEND else "clinic_refused"


def _consent(turn: Turn, tap: Tap) -> str:
    """One consent is given or withdrawn, outside of the questions."""
    purpose = f"consent.{tap.parts[0]}" if tap.parts else ""
    question = turn.content.dialogs["consent"].question(purpose)
    if question is None or purpose == "consent.keep" or turn.state in ("choosing_language", "asking_consent"):
        return "tapped_old_button"
    option = "yes" if tap.parts[-1] == taps.ON else "no"
    sheets = turn.episode.sheets
    answer = _answer_of(turn, question, Chosen((option,)), "tap", option)
    turn.change(sheets={**sheets, "consent": {**turn.episode.answers_of("consent"), purpose: answer}})
    turn.do(Record("consent_changed", {"purpose": purpose, "given": option}))
    return "consent_changed"


def _mark_service(turn: Turn, tap: Tap) -> str:
    place = number(tap.parts[0]) if tap.parts else None
    if turn.state not in ("choosing_services", "following_up") or place is None:
        return "tapped_old_button"
    return _mark(turn, place, on=tap.parts[-1] == taps.ON)


def _look_again(turn: Turn, _tap: Tap) -> str:
    return "services_wanted" if turn.state in OFFERED else "tapped_old_button"


def _services_done(turn: Turn, _tap: Tap) -> str:
    if turn.state == "choosing_services":
        return "services_chosen"
    return "tapped_twice" if turn.state == "following_up" else "tapped_old_button"


def _answer_phrase(turn: Turn, tap: Tap) -> str:
    """An answer to what a worker said by the phrasebook; the last one tapped counts."""
    code, reply = (*tap.parts, "", "")[:2]
    sent, saying = turn.episode.phrases_sent, turn.content.phrasebook.get(code)
    one = next((sent for sent in sent if (sent.wait, sent.code) == (tap.wait, code)), None)
    if one is None or saying is None or saying.reply(reply) is None:
        return "tapped_old_button"
    if one.answer == reply:
        return "tapped_twice"
    turn.change(phrases_sent=tuple(replace(s, answer=reply) if s is one else s for s in sent))
    return "phrase_answered"


def _answer_referral(turn: Turn, tap: Tap) -> str:
    """Whether a place may hear of the person can be said until it has."""
    asked, answer = number(tap.parts[0]) if tap.parts else None, "".join(tap.parts[1:2])
    referral = next((one for one in turn.episode.referrals if one.number == asked), None)
    if referral is None or answer not in ("yes", "no"):
        return "tapped_old_button"
    if referral.consent == answer:
        return "tapped_twice"
    if referral.state != "draft":
        return "tapped_old_button"
    turn.referral = referral.number
    return "referral_agreed" if answer == "yes" else "referral_refused"


def _answer_request(turn: Turn, tap: Tap) -> str:
    """Whether the clinic is asked what a worker would like to ask it; said once, and not when it is told nothing any more."""
    asked, answer = number(tap.parts[0]) if tap.parts else None, "".join(tap.parts[1:2])
    requests = turn.episode.requests
    if not asked or asked > len(requests) or answer not in ("yes", "no"):
        return "tapped_old_button"
    request = requests[asked - 1]
    if request.answer:
        return "tapped_twice"
    replied = replace(request, answer=answer)  # type: ignore[arg-type]
    turn.change(requests=(*requests[: asked - 1], replied, *requests[asked:]))
    return "clinic_request_agreed" if answer == "yes" else "clinic_request_refused"


TAPS = {
    "rc": _answer_referral,
    "q": _answer_request,
    "b": _answer_phrase,
    "a": _answer,
    "t": _tick,
    "d": _done,
    "n": _decline,
    "k": _leave_as_it_is,
    "l": _choose_language,
    "p": _choose_place,
    "c": _open_line,
    "s": _mark_service,
    "e": _all_of,
    "y": _yes_that,
    "g": _open_goal,
    "h": _hold_back,
    "w": _consent,
    taps.REVIEW_OK: _agree,
    taps.CHANGE: _show_lines,
    taps.SERVICES_DONE: _services_done,
    taps.LOOK_AGAIN: _look_again,
    taps.PLAN_BEGIN: _begin_plan,
    taps.PLAN_LATER: _put_plan_off,
    taps.PLAN_AGREE: _agree_plan,
    taps.PLAN_AGAIN: _write_again,
    taps.PLAN_MORE: _more_goals,
    taps.PLAN_ENOUGH: _enough_goals,
    taps.PROPOSAL_YES: _proposal,
    taps.PROPOSAL_NO: _proposal,
    taps.CLINIC_SEND: _decide_on_draft,
    taps.CLINIC_DROP: _decide_on_draft,
}


# Words


def _of_words(turn: Turn, event: Typed) -> str:
    content, language = turn.content, turn.episode.language
    if is_red_flag(event.words, content.lexicons.values()):
        return "red_flag_seen"
    early = 0 < event.unseen <= turn.episode.open_since
    question = None if early else _open_question(turn)
    screen = tuple(one for one in turn.episode.screen if not event.unseen or one.wait < event.unseen)
    plainly = yes_or_no(event.words, content, language)
    in_reach = (*screen, *_lines_in_sight(turn, screen))
    button = typed(in_reach, event.words, content, language) or typed(in_reach, plainly, content, language)
    in_sight = question is not None and shows(screen, question)
    if button and not in_sight:
        return _of_button(turn, _tap_of(turn, button))
    if question and question.options and not in_sight and plainly:
        return "not_understood"
    options = _understood(turn, question, event.words) or _understood(turn, question, plainly)
    if question and options:
        return _with_ticks(turn, question, options[0], options[1], event.words)
    button = button or typed(_a_tap_away(turn, question), event.words, content, language)
    if button:
        return _of_button(turn, _tap_of(turn, button))
    way_out = escape(event.words, content.lexicons_for(language))
    if question and way_out and way_out in DECLINES:
        return _declined(turn, question, Declined(DECLINES[way_out]), "lexicon", event.words)
    if way_out == "change":  # before there is a list, Back leads to what was answered
        return "lines_wanted" if turn.state in LISTS_ANSWERS else "went_back"
    if way_out and way_out in ESCAPES:
        return ESCAPES[way_out]
    if early and turn.state in (*ASKING, "reviewing", "choosing_services"):
        return "said_early"
    if question and question.wants_day and (day := _day_named(turn, event.words)):
        return _keep(turn, question, OnDay(day), "typed", event.words, 0)
    if question and question.place:
        return "place_typed"
    if question and question.takes_words:
        ticks = _ticked(turn, question) if question.most > 1 else ()
        value = Chosen(ticks, event.words) if ticks else Words(event.words)
        return _keep(turn, question, value, "typed", event.words, 0)
    if (
        question
        and turn.episode.guess_shown is None
        and (guessed := guess(question, event.words, content.labels_for(language), content.lexicons_for(language)))
    ):
        turn.change(guess_shown=Guess(guessed[0]))
        return "guessed"
    return _of_words_alone(turn, event.words)


def _understood(turn: Turn, question: Question | None, words: str) -> tuple[tuple[str, ...], Understood] | None:
    content, language = turn.content, turn.episode.language
    return (
        understand(question, words, content.labels_for(language), content.lexicons_for(language)) if question and words else None
    )


def _day_named(turn: Turn, words: str) -> date | None:
    days = (lexicon.days for lexicon in turn.content.lexicons_for(turn.episode.language))
    return day_named(words, turn.content.scheme.day(turn.event.at), days)


def _tap_of(turn: Turn, button: ButtonShown) -> Tap:
    tap = read_tap(carried(turn.episode.id, button.wait, button.tap))
    assert tap is not None
    return tap


def _lines_in_sight(turn: Turn, screen: Screen) -> Screen:
    """Where answers are offered to be changed, each can be typed by its number or name, also one that stands in a part."""
    listed = (one.wait for one in screen if one.tap.startswith(("c:", f"{taps.CHANGE}:")))
    wait = next(listed, 0)
    rows = (tuple(one for _, one in screens.change_buttons(turn.episode, turn.content)),)
    return shown(rows, wait) if wait else ()


def _a_tap_away(turn: Turn, question: Question | None) -> Screen:
    """Give the buttons that are never further than More: they can be typed at any time."""
    rows = (screens.ways_out(question), *screens.more(question).buttons)
    return tuple(one for one in shown(rows, turn.episode.asked_wait) if one.tap != taps.GO_ON)


def _of_words_alone(turn: Turn, words: str) -> str:
    """Read words that name no button, where no question is open or none that takes them."""
    lexicons = turn.content.lexicons_for(turn.episode.language)
    match turn.state:
        case "choosing_language":
            return _language(turn, _language_named(turn, words))
        case "reviewing" if (line := line_named(words, lexicons)) and line <= len(lines := reviewed(turn.episode, turn.content)):
            return _opened(turn, lines[line - 1][0].id)
        case "choosing_services" if found := numbers(words, lexicons):
            return _mark_typed(turn, found)
        case "following_up" | "closed":
            return "said_something"
        case _:
            return "not_understood"


def _of_location(turn: Turn, event: Located) -> str:
    """A place that was asked for is looked up in the directory; any other is passed on as a picture is."""
    question = _open_question(turn)
    if question is None or not question.place:
        return "sent_media"
    turn.do(NamePlace(event.place))
    return "located"


def _of_places(turn: Turn, event: PlacesFound) -> str:
    question = _open_question(turn)
    if question is None or not event.places:
        return "place_unknown"
    if len(event.places) > 1:
        return "places_found"
    return _keep(turn, question, Somewhere(event.places[0]), "typed", event.words, 0)


# Keeping


def _answer_or_revise(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str, wait: int) -> str:
    """An answer to the open question goes on; one to an earlier question corrects it, and to the same thing changes nothing."""
    before = turn.episode.answers.get(question.id)
    if question.id == turn.episode.asked:
        return _keep(turn, question, value, how, raw, wait)
    if before is None:
        return "tapped_old_button"
    if before.value == value:
        return "tapped_twice"
    _keep(turn, question, value, how, raw, wait)
    return "revised"


def _with_ticks(turn: Turn, question: Question, options: tuple[str, ...], how: Understood, raw: str) -> str:
    """What is typed into a list joins what is ticked there; what stands alone does not."""
    alone = any(o.alone for o in question.options if o.id in options)
    ticked = _ticked(turn, question) if question.most > 1 and not alone else ()
    joined = _in_order(question, (*ticked, *options))
    if len(joined) > question.most:
        return "ticked_too_many"
    said = turn.episode.answers[question.id].words if ticked and question.id in turn.episode.answers else ""
    return _keep(turn, question, Chosen(joined, said), how, raw, turn.episode.asked_wait)


def _declined(turn: Turn, question: Question, value: Declined, how: Understood, raw: str) -> str:
    """No answer is one too; but to skip a question that was answered leaves the answer as it is.

    The button may stand under More: what is redrawn is the question, not the message of the tap.
    """
    if value.how == "skipped" and question.id in turn.episode.answers:
        return _left_as_it_is(turn)
    return "would_not_answer" if question.required else _keep(turn, question, value, how, raw, 0)


def _left_as_it_is(turn: Turn) -> str:
    turn.change(picking=None, guess_shown=None, misses=0)
    return "answered"


def _keep(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str, wait: int) -> str:
    episode, content = turn.episode, turn.content
    turn.episode = episode.with_answer(question.id, _answer_of(turn, question, value, how, raw))
    if question.options or isinstance(value, Declined):
        last = (episode.asked_wait,) if question.id == episode.asked else ()
        for stands_at in dict.fromkeys((wait or episode.asked_wait, *last)):
            turn.do(ShowChosen(stands_at, answered_buttons(question, turn.episode, content)))
    turn.do(Record("answered", {"question": question.id, "kind": value.kind, "how": how}))
    return "answered"


def _answer_of(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str) -> Answer:
    """Give an answer with where it came from."""
    language = turn.episode.language
    text = turn.content.labels_for(language)[0].get(question.text, "")
    if how == "tap" and isinstance(turn.event, Typed):
        how, raw = "label", turn.event.words
    return Answer(value, turn.event.at, text, language, turn.content.release, raw, how)


def _language(turn: Turn, code: str) -> str:
    if code not in turn.content.scheme.languages:
        return "not_understood" if isinstance(turn.event, Typed) else "tapped_old_button"
    turn.change(language=code, misses=0)
    turn.do(Record("language_chosen", {"language": code}))
    return "language_chosen"


def _language_named(turn: Turn, words: str) -> str:
    said = plain(words)
    own_names = {code: turn.content.wording[code]["own_name"] for code in turn.content.scheme.languages}
    named = next((code for code, name in own_names.items() if said in (plain_label(name), code)), "")
    return named or language_named(words, turn.content.lexicons.values())


def _mark(turn: Turn, place: int, *, on: bool) -> str:
    """Mark a service or take the mark off: a tap says which, so that a double tap does it once."""
    offers = turn.episode.offers
    if not 1 <= place <= len(offers):
        return "tapped_old_button"
    turn.change(offers=tuple(replace(o, wanted=on) if o is offers[place - 1] else o for o in offers))
    return "service_marked"


def _mark_typed(turn: Turn, places: tuple[int, ...]) -> str:
    """One number turns a mark over; several are all wanted."""
    offers = turn.episode.offers
    if not all(1 <= place <= len(offers) for place in places):
        return "not_understood"
    for place in places:
        _mark(turn, place, on=len(places) > 1 or not offers[place - 1].wanted)
    return "service_marked"


def _open_question(turn: Turn) -> Question | None:
    if turn.state not in ASKING or not turn.episode.asked:
        return None
    return turn.question


def _ticked(turn: Turn, question: Question) -> tuple[str, ...]:
    """Give what is ticked on screen, in the order shown: at first what was answered before."""
    answer = turn.episode.answers.get(question.id)
    before = answer.chosen if answer else ()
    ticked = before if turn.episode.picking is None else turn.episode.picking
    return _in_order(question, (one for one in ticked if any(o.id == one and not o.alone for o in question.options)))


def _in_order(question: Question, options: Iterable[str]) -> tuple[str, ...]:
    picked = set(options)
    return tuple(o.id for o in question.options if o.id in picked)
