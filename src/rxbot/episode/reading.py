"""What a tap or typed words mean where the person is now: the name of an event of the lifecycle, with the answer kept.

Order for words: danger first, then a worker who is talking with the person, then a way out that is the whole message,
then the question on screen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rxbot.dialog.model import Answer, AnswerValue, Chosen, Declined, Question, Somewhere, Understood, Words
from rxbot.dialog.plain import number, plain
from rxbot.dialog.understand import escape, guess, understand
from rxbot.directory.model import Place
from rxbot.episode import phrases, taps
from rxbot.episode.effects import NamePlace, Record, ShowChosen
from rxbot.episode.events import (
    CheckInDue,
    ClinicDue,
    CloseDue,
    Edited,
    LinkOpened,
    Located,
    NudgeDue,
    PlacesFound,
    SentMedia,
    ServicesFound,
    Tapped,
    Typed,
)
from rxbot.episode.model import Turn
from rxbot.episode.screens import question_buttons, reviewed
from rxbot.episode.taps import Tap, read_tap, tag_of
from rxbot.report.message import ALWAYS
from rxbot.safety.model import is_red_flag

OFFERED = ("choosing_services", "following_up")
ASKING = ("asking_consent", "answering", "planning", "checking_in", "closing")
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
LABELS_OF_WAYS_OUT = {
    phrases.BACK.id: "back",
    phrases.SKIP.id: "skip",
    phrases.UNSURE.id: "unsure",
    phrases.REFUSE.id: "refuse",
    phrases.PERSON.id: "person",
    phrases.MORE.id: "more",
    phrases.HELP_NOW.id: "help",
    phrases.STOP.id: "stop",
    phrases.FORGET_ME.id: "erase",
    phrases.LANGUAGE.id: "language",
    phrases.MY_PLAN.id: "plan",
    phrases.MY_DATA.id: "data",
    phrases.FINISH.id: "finish",
}
A_NUMBER = re.compile(r"\d+")


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
    if tap is None or tap.tag != tag_of(turn.episode.id):
        return "tapped_old_button"
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
    question: Question | None
    answer: Answer | None
    rest: str
    is_open: bool
    is_asked: bool


def _about(turn: Turn, tap: Tap) -> About:
    episode, sheet = turn.episode, turn.episode.shown_by(tap.wait)
    asked, rest = (*tap.parts, "", "")[:2]
    is_open = turn.state in (*ASKING, "reviewing") and sheet == episode.sheet
    question, answer = turn.find_on(sheet, asked), episode.answers_of(sheet).get(asked)
    return About(sheet, question, answer, rest, is_open, is_asked=is_open and asked == episode.asked)


def _answer(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    found = about.question.option(about.rest) if about.question else None
    if about.question is None or found is None or (about.question.most > 1 and not found.alone):
        return "tapped_old_button"
    value = Chosen((about.rest,))
    if about.is_open:
        return _answer_or_revise(turn, about.question, value, "tap", about.rest, tap.wait)
    if about.answer and about.answer.value == value:
        return "tapped_twice"
    return _opened_consent(turn, about.question.id) if about.sheet == "consent" else "tapped_old_button"


def _tick(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, option = about.question, about.rest
    if question is None or not about.is_asked or question.option(option) is None:
        return "tapped_old_button"
    ticked = _ticked(turn, question)
    if tap.parts[-1] == taps.ON and option not in ticked and len(ticked) >= question.most:
        return "ticked_too_many"
    on = tap.parts[-1] == taps.ON
    after = tuple(o for o in ticked if o != option) + ((option,) if on else ())
    turn.change(picking=after, asked_wait=tap.wait)
    return "ticked"


def _done(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question = about.question
    if question is None or not about.is_asked:
        return _past(about)
    ticked = _ticked(turn, question)
    if not ticked:
        return "ticked_none"
    in_order = tuple(o.id for o in question.options if o.id in ticked)
    return _keep(turn, question, Chosen(in_order), "tap", ",".join(in_order), tap.wait)


def _all_of(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question = about.question
    if question is None or not about.is_asked or not question.all_of:
        return _past(about)
    everything = tuple(o.id for o in question.options if not o.alone)
    return _keep(turn, question, Chosen(everything), "tap", ",".join(everything), tap.wait)


def _yes_that(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, guessed = about.question, turn.episode.guessed
    if question is None or not about.is_asked or not guessed:
        return _past(about)
    return _keep(turn, question, Chosen(guessed), "fuzzy", ",".join(guessed), turn.episode.asked_wait)


def _decline(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, how = about.question, about.rest
    if question is None or not about.is_asked or how not in ("skipped", "refused", "unsure"):
        return _past(about)
    if question.required:
        return "would_not_answer"
    return _keep(turn, question, Declined(how), "tap", how, tap.wait)  # type: ignore[arg-type]


def _past(about: About) -> str:
    """A button of a question that was answered was tapped twice; any other is from earlier."""
    return "tapped_twice" if about.answer else "tapped_old_button"


def _choose_language(turn: Turn, tap: Tap) -> str:
    return _language(turn, tap.parts[0] if tap.parts else "")


def _choose_place(turn: Turn, tap: Tap) -> str:
    question = _open_question(turn) if turn.episode.shown_by(tap.wait) == turn.episode.sheet else None
    chosen = number(tap.parts[0]) if tap.parts else None
    if question is None or not question.place or chosen is None or chosen > len(turn.episode.places):
        return "tapped_old_button"
    clinic = turn.content.scheme.clinics[turn.episode.clinic]
    place = (
        turn.episode.places[chosen - 1]
        if chosen
        else Place(clinic.place.lat, clinic.place.lon, clinic.place.label or clinic.name)
    )
    return _keep(turn, question, Somewhere(place), "tap", place.label, tap.wait)


def _open_line(turn: Turn, tap: Tap) -> str:
    return _opened(turn, tap.parts[0]) if turn.state == "reviewing" and tap.parts else "tapped_old_button"


def _opened(turn: Turn, asked: str) -> str:
    """A line of the review is to be asked again."""
    if turn.find(asked) is None:
        return _opened_consent(turn, asked)
    turn.change(asked=asked)
    return "line_opened"


def _opened_consent(turn: Turn, asked: str) -> str:
    """A question from before the intake is asked again: a slip on an old button must not change what hangs on it."""
    if turn.state not in ("answering", "reviewing") or turn.content.dialogs["consent"].question(asked) is None:
        return "tapped_old_button"
    turn.change(sheet="consent", asked=asked, picking=None)
    return "consent_opened"


def _agree(turn: Turn, _tap: Tap) -> str:
    if turn.state == "reviewing":
        return "review_agreed"
    return "tapped_twice" if turn.state in ("choosing_services", "following_up") else "tapped_old_button"


def _show_lines(turn: Turn, _tap: Tap) -> str:
    return "lines_wanted" if turn.state == "reviewing" else "tapped_old_button"


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
    part = next((one.id for one in draft.parts if [one.id] == list(tap.parts[:1])), None) if draft else None
    if draft is None or part is None or part in ALWAYS:
        return "draft_gone"
    kept = tuple(one for one in turn.episode.held_back if one != part)
    turn.change(held_back=(*kept, part) if tap.parts[-1] == taps.ON else kept)
    return "part_held_back"


def _send_to_clinic(turn: Turn, _tap: Tap) -> str:
    return "clinic_agreed" if turn.episode.draft else "draft_gone"


def _drop_for_clinic(turn: Turn, _tap: Tap) -> str:
    return "clinic_refused" if turn.episode.draft else "draft_gone"


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
    """Whether name and number may be passed on can be said until they were."""
    asked, answer = number(tap.parts[0]) if tap.parts else None, "".join(tap.parts[1:2])
    referral = next((one for one in turn.episode.referrals if one.number == asked), None)
    if referral is None or answer not in ("yes", "no"):
        return "tapped_old_button"
    if referral.consent == answer:
        return "tapped_twice"
    if referral.state != "draft":
        return "tapped_old_button"
    return "referral_agreed" if answer == "yes" else "referral_refused"


TAPS = {
    "rc": _answer_referral,
    "b": _answer_phrase,
    "a": _answer,
    "t": _tick,
    "d": _done,
    "n": _decline,
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
    taps.PLAN_BEGIN: _begin_plan,
    taps.PLAN_LATER: _put_plan_off,
    taps.PLAN_AGREE: _agree_plan,
    taps.PLAN_AGAIN: _write_again,
    taps.PLAN_MORE: _more_goals,
    taps.PLAN_ENOUGH: _enough_goals,
    taps.PROPOSAL_YES: _proposal,
    taps.PROPOSAL_NO: _proposal,
    taps.CLINIC_SEND: _send_to_clinic,
    taps.CLINIC_DROP: _drop_for_clinic,
}


# Words


def _of_words(turn: Turn, event: Typed) -> str:
    content, language = turn.content, turn.episode.language
    if is_red_flag(event.words, content.lexicons.values()):
        return "red_flag_seen"
    question = _open_question(turn)
    options = (
        understand(question, event.words, content.labels_for(language), content.lexicons_for(language)) if question else None
    )
    if question and options:
        return _answer_or_revise(turn, question, Chosen(options[0]), options[1], event.words, turn.episode.asked_wait)
    way_out = _way_out(turn, event.words)
    if question and way_out and way_out in DECLINES:
        declined = Declined(DECLINES[way_out])
        return "would_not_answer" if question.required else _keep(turn, question, declined, "lexicon", event.words, 0)
    if way_out and way_out in ESCAPES:
        return ESCAPES[way_out]
    if question and question.place:
        return "place_typed"
    if question and question.takes_words:
        return _keep(turn, question, Words(event.words), "typed", event.words, 0)
    if question and (guessed := guess(question, event.words, content.labels_for(language), content.lexicons_for(language))):
        turn.change(guessed=guessed[0])
        return "guessed"
    return _of_words_on_screen(turn, event.words)


def _way_out(turn: Turn, words: str) -> str | None:
    """Name the way out these words ask for: a word authors listed, or the label of its button."""
    listed = escape(words, turn.content.lexicons_for(turn.episode.language))
    return listed or next((way for text_id, way in LABELS_OF_WAYS_OUT.items() if _says(turn, words, text_id)), None)


def _of_words_on_screen(turn: Turn, words: str) -> str:
    """Read words where no question is open, or none that takes them: the buttons on screen may be typed too."""
    match turn.state:
        case "choosing_language":
            return _language(turn, _language_named(turn, words))
        case "reviewing" if _says(turn, words, phrases.REVIEW_OK.id):
            return "review_agreed"
        case "reviewing" if _says(turn, words, phrases.CHANGE_SOMETHING.id):
            return "lines_wanted"
        case "reviewing" if (line := number(words)) and line <= len(lines := reviewed(turn.episode, turn.content)):
            return _opened(turn, lines[line - 1][0].id)
        case "planning" if _waits_for_agreement(turn) and _says(turn, words, phrases.PLAN_AGREE.id):
            return "plan_agreed"
        case "choosing_services" if len(found := A_NUMBER.findall(words)) == 1:
            marked = _mark(turn, int(found[0]), on=None)
            return "not_understood" if marked == "tapped_old_button" else marked
        case "choosing_services" if _says(turn, words, phrases.GO_ON.id):
            return "services_chosen"
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


def _answer_or_revise(turn: Turn, question: Question, value: Chosen, how: Understood, raw: str, wait: int) -> str:
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


def _keep(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str, wait: int) -> str:
    episode, content = turn.episode, turn.content
    turn.episode = episode.with_answer(question.id, _answer_of(turn, question, value, how, raw))
    if question.options:
        shown = wait or episode.asked_wait
        turn.do(ShowChosen(shown, question_buttons(question, turn.episode, content)[:-1]))
    turn.do(Record("answered", {"question": question.id, "kind": value.kind, "how": how}))
    return "answered"


def _answer_of(turn: Turn, question: Question, value: AnswerValue, how: Understood, raw: str) -> Answer:
    """Give an answer with where it came from."""
    language = turn.episode.language
    shown = turn.content.labels_for(language)[0].get(question.text, "")
    return Answer(value, turn.event.at, shown, language, turn.content.release, raw, how)


def _language(turn: Turn, code: str) -> str:
    if code not in turn.content.scheme.languages:
        return "not_understood" if isinstance(turn.event, Typed) else "tapped_old_button"
    turn.change(language=code, misses=0)
    turn.do(Record("language_chosen", {"language": code}))
    return "language_chosen"


def _language_named(turn: Turn, words: str) -> str:
    said = plain(words)
    own_names = {code: turn.content.wording[code]["own_name"] for code in turn.content.scheme.languages}
    return next((code for code, name in own_names.items() if said in (plain(name), code)), "")


def _mark(turn: Turn, place: int, on: bool | None) -> str:
    """Mark a service or take the mark off; a tap says which, so that a double tap does it once; typing turns it over."""
    offers = turn.episode.offers
    if not 1 <= place <= len(offers):
        return "tapped_old_button"
    offer = offers[place - 1]
    wanted = not offer.wanted if on is None else on
    marked = tuple(replace(o, wanted=wanted) if o is offer else o for o in offers)
    turn.change(offers=marked, asked_wait=offer.wait)
    return "service_marked"


def _says(turn: Turn, words: str, text_id: str) -> bool:
    content, language, said = turn.content, turn.episode.language, plain(words)
    typed = (spelling for lexicon in content.lexicons_for(language) for spelling in lexicon.options.get(text_id, ()))
    shown = (labels[text_id] for labels in content.labels_for(language))
    return said in (*map(plain, shown), *typed)


def _open_question(turn: Turn) -> Question | None:
    if turn.state not in ASKING or not turn.episode.asked:
        return None
    return turn.question


def _ticked(turn: Turn, question: Question) -> tuple[str, ...]:
    """Give what is ticked on screen: at first what was answered before."""
    if turn.episode.picking is not None:
        return turn.episode.picking
    answer = turn.episode.answers.get(question.id)
    return answer.chosen if answer else ()
