"""What a tap or typed words mean where the person is now: the name of an event of the lifecycle, with the answer kept.

Order for words: danger first, then a worker who is talking with the person, then a way out that is the whole message,
then the question on screen.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from rxbot.dialog.model import Answer, AnswerValue, Chosen, Declined, Question, Somewhere, Understood, Words
from rxbot.dialog.plain import number, plain
from rxbot.dialog.understand import escape, understand
from rxbot.directory.model import Place
from rxbot.episode import phrases, taps
from rxbot.episode.effects import Record, ShowChosen
from rxbot.episode.events import (
    CheckInDue,
    Edited,
    LinkOpened,
    PlacesFound,
    SentMedia,
    ServicesFound,
    Tapped,
    Typed,
)
from rxbot.episode.model import Turn, dialog_of
from rxbot.episode.screens import question_buttons
from rxbot.episode.taps import Tap, read_tap, tag_of
from rxbot.safety.model import is_red_flag

ASKING = ("asking_consent", "answering", "checking_in")
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
}
ESCAPES = {
    "back": "went_back",
    "person": "asked_for_person",
    "more": "asked_for_more",
    "help": "asked_for_help_now",
    "stop": "stopped",
    "erase": "asked_to_erase",
    "language": "asked_for_language",
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
        case Edited(words=words):
            return "red_flag_seen" if is_red_flag(words, turn.content.lexicons.values()) else "message_edited"
        case CheckInDue():
            return "check_in_due"
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


def _answer(turn: Turn, tap: Tap) -> str:
    question, option = _pair(turn, tap)
    if question is None or question.option(option) is None:
        return "tapped_old_button"
    return _answer_or_revise(turn, question, Chosen((option,)), "tap", option, tap.wait)


def _tick(turn: Turn, tap: Tap) -> str:
    question, option = _pair(turn, tap)
    if question is None or question.option(option) is None:
        return "tapped_old_button"
    if question.id != turn.episode.asked:
        return "tapped_old_button"
    ticked = _ticked(turn, question)
    if tap.parts[-1] == taps.ON and option not in ticked and len(ticked) >= question.most:
        return "ticked_too_many"
    on = tap.parts[-1] == taps.ON
    after = tuple(o for o in ticked if o != option) + ((option,) if on else ())
    turn.change(picking=after, asked_wait=tap.wait)
    return "ticked"


def _done(turn: Turn, tap: Tap) -> str:
    question, _ = _pair(turn, tap)
    if question is None or question.id != turn.episode.asked:
        return _past(turn, question)
    ticked = _ticked(turn, question)
    if not ticked:
        return "ticked_none"
    in_order = tuple(o.id for o in question.options if o.id in ticked)
    return _keep(turn, question, Chosen(in_order), "tap", ",".join(in_order), tap.wait)


def _decline(turn: Turn, tap: Tap) -> str:
    question, how = _pair(turn, tap)
    if question is None or question.id != turn.episode.asked or how not in ("skipped", "refused", "unsure"):
        return _past(turn, question)
    if question.required:
        return "would_not_answer"
    return _keep(turn, question, Declined(how), "tap", how, tap.wait)  # type: ignore[arg-type]


def _past(turn: Turn, question: Question | None) -> str:
    """A button of the question just answered was tapped twice; any other is from earlier."""
    return "tapped_twice" if question and question.id in turn.episode.answers else "tapped_old_button"


def _choose_language(turn: Turn, tap: Tap) -> str:
    return _language(turn, tap.parts[0] if tap.parts else "")


def _choose_place(turn: Turn, tap: Tap) -> str:
    question = _open_question(turn)
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
    question, _ = _pair(turn, tap)
    if turn.state != "reviewing" or question is None:
        return "tapped_old_button"
    turn.change(asked=question.id)
    return "line_opened"


def _agree(turn: Turn, _tap: Tap) -> str:
    if turn.state == "reviewing":
        return "review_agreed"
    return "tapped_twice" if turn.state in ("choosing_services", "following_up") else "tapped_old_button"


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
    taps.REVIEW_OK: _agree,
    taps.SERVICES_DONE: _services_done,
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
    if question and not question.options:
        return _keep(turn, question, Words(event.words), "typed", event.words, 0)
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
        case "choosing_services" if len(found := A_NUMBER.findall(words)) == 1:
            marked = _mark(turn, int(found[0]), on=None)
            return "not_understood" if marked == "tapped_old_button" else marked
        case "choosing_services" if _says(turn, words, phrases.GO_ON.id):
            return "services_chosen"
        case "following_up" | "closed":
            return "said_something"
        case _:
            return "not_understood"


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
    answer = Answer(
        value,
        turn.event.at,
        shown=content.labels_for(episode.language)[0].get(question.text, ""),
        language=episode.language,
        release=content.release,
        raw=raw,
        how=how,
    )
    turn.episode = episode.with_answer(question.id, answer)
    if question.options:
        shown = wait or episode.asked_wait
        turn.do(ShowChosen(shown, question_buttons(question, turn.episode, content)[:-1]))
    turn.do(Record("answered", {"question": question.id, "kind": value.kind, "how": how}))
    return "answered"


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
    return turn.content.dialogs[dialog_of(turn.episode.sheet)].question(turn.episode.asked)


def _pair(turn: Turn, tap: Tap) -> tuple[Question | None, str]:
    """Find the question a tap is about on the open sheet, and the rest of what it says."""
    if turn.state not in (*ASKING, "reviewing") or not tap.parts:
        return None, ""
    return turn.content.dialogs[dialog_of(turn.episode.sheet)].question(tap.parts[0]), "".join(tap.parts[1:2])


def _ticked(turn: Turn, question: Question) -> tuple[str, ...]:
    """Give what is ticked on screen: at first what was answered before."""
    if turn.episode.picking is not None:
        return turn.episode.picking
    answer = turn.episode.answers.get(question.id)
    return answer.chosen if answer else ()
