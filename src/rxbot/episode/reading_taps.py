"""What a tap means where the person is now: the name of an event of the lifecycle, with the answer kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rxbot.dialog.model import Answer, AnswerValue, Chosen, Declined, Question, Somewhere
from rxbot.dialog.plain import number
from rxbot.directory.model import Place
from rxbot.directory.reports import ReportKind
from rxbot.episode import taps
from rxbot.episode.effects import Record
from rxbot.episode.events import Tapped
from rxbot.episode.keeping import (
    AFTER_AGREED,
    ASKING,
    BEFORE_AGREED,
    DECLINES,
    LISTS_ANSWERS,
    OFFERED,
    REVIEWED,
    answer_of,
    keep_answer,
    keep_decline,
    keep_or_revise,
    keep_with_ticks,
    leave_as_it_is,
    mark_offer,
    take_language,
    ticked_on_screen,
)
from rxbot.episode.model import ELIGIBILITY, Turn, dialog_of
from rxbot.episode.screens import lines_to_change
from rxbot.episode.taps import Tap, read_tap, tag_of
from rxbot.report.message import ALWAYS, held_with

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

ENDED_BY: Mapping[str, str] = {"too_young": "too_young", "cannot_consent": "cannot_consent", "nothing_kept": "declines"}
"""By which answer to a first question it ended: the flag on its option."""


def of_tap(turn: Turn, event: Tapped) -> str:
    """Name what a button means; one of another episode, or of a screen that is past, is an old one."""
    tap = read_tap(event.tap)
    return of_button(turn, tap) if tap and tap.tag == tag_of(turn.episode.id) else "tapped_old_button"


def of_button(turn: Turn, tap: Tap) -> str:
    """Read a button, tapped or typed."""
    if tap.code in (taps.FINISH, taps.FINISH_YES) and turn.state not in REVIEWED:
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
        return keep_or_revise(turn, question, value, "tap", raw, wait)
    if _mends_a_slip(turn, question, value):
        return "slip_mended"
    if about.answer and about.answer.value == value:
        return "tapped_twice"
    return open_again(turn, question.id) if about.sheet in ("consent", "intake", ELIGIBILITY) else "tapped_old_button"


def _mends_a_slip(turn: Turn, question: Question, value: AnswerValue) -> bool:
    """Another answer to the question at which all ended, in the same message: they had tapped what they did not mean."""
    ending = "" if turn.episode.survey else ENDED_BY.get(turn.episode.closed, "")
    flags = {option.id: option.flag for option in question.options}
    chosen = value.options if isinstance(value, Chosen) else ()
    return ending in flags.values() and not any(flags[one] in ENDED_BY.values() for one in chosen)


def _reopened(turn: Turn, about: About, picking: tuple[str, ...] | None = None) -> str:
    """Ask an earlier question of the open sheet again: one tap of a list, or a Skip, is no whole answer to correct it with."""
    if about.answer is None:
        return "tapped_old_button"
    if not about.is_open:
        return open_again(turn, about.asked) if about.sheet in ("intake", ELIGIBILITY) else "tapped_old_button"
    turn.change(asked=about.asked, picking=picking)
    return "line_opened" if turn.state == "reviewing" else "question_reopened"


def _tick(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, option, on = about.question, about.rest, tap.parts[-1:] == (taps.ON,)
    if question is None or question.option(option) is None:
        return "tapped_old_button"
    before = about.answer.chosen if about.answer else ()
    ticked = ticked_on_screen(turn, question) if about.is_asked else before
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
    ticked = ticked_on_screen(turn, question)
    if not ticked:
        return "ticked_none"
    said = about.answer.words if about.answer else ""
    return keep_answer(turn, question, Chosen(ticked, said), "tap", ",".join(ticked), tap.wait)


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
    return keep_with_ticks(turn, question, guess_shown.options, "fuzzy", ",".join(guess_shown.options))


def _decline(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    question, how = about.question, about.rest
    if question is None or how not in DECLINES.values():
        return "tapped_old_button"
    if about.is_asked:
        return keep_decline(turn, question, Declined(how), "tap", how)  # type: ignore[arg-type]
    return "tapped_twice" if about.answer and about.answer.value == Declined(how) else _reopened(turn, about)  # type: ignore[arg-type]


def _leave_as_it_is(turn: Turn, tap: Tap) -> str:
    about = _about(turn, tap)
    if about.is_asked and about.answer:
        return leave_as_it_is(turn)
    return "tapped_twice" if about.answer else "tapped_old_button"


def _choose_language(turn: Turn, tap: Tap) -> str:
    return take_language(turn, tap.parts[0] if tap.parts else "")


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
    return open_again(turn, "".join(tap.parts[:1]))


def open_again(turn: Turn, asked: str) -> str:
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
    sheet = next((one for one in ("consent", ELIGIBILITY) if turn.find_on(one, asked)), "intake")
    turn.change(sheet=sheet, asked=asked, picking=None)
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
    return "tapped_twice" if turn.state in ("asking_eligibility", *OFFERED) else "tapped_old_button"


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
    answer = answer_of(turn, question, Chosen((option,)), "tap", option)
    turn.change(sheets={**sheets, "consent": {**turn.episode.answers_of("consent"), purpose: answer}})
    turn.do(Record("consent_changed", {"purpose": purpose, "given": option}))
    return "consent_changed"


def _mark_service(turn: Turn, tap: Tap) -> str:
    place = number(tap.parts[0]) if tap.parts else None
    if turn.state not in ("choosing_services", "following_up") or place is None:
        return "tapped_old_button"
    return mark_offer(turn, place, on=tap.parts[-1] == taps.ON)


def _report_service(turn: Turn, tap: Tap) -> str:
    """Something is wrong with a service that was shown: which one first, then what."""
    place, kind = number(tap.parts[0]) if tap.parts else None, "".join(tap.parts[1:2])
    offers = turn.episode.offers
    if not place or place > len(offers) or kind not in ("", *ReportKind):
        return "tapped_old_button"
    offer = offers[place - 1]
    if offer.reported and kind in ("", offer.reported):
        return "tapped_twice"
    turn.offer = place
    if not kind:
        return "report_begun"
    turn.change(offers=tuple(replace(one, reported=kind, wanted=False) if one is offer else one for one in offers))
    return "service_reported"


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
    "x": _report_service,
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
