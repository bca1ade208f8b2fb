"""How an episode moves: link, language, consent, questions, review, services, follow-up, check-in, closed.

Questions are data, not states: "answered" stays where it is while there is a next question. An answer is already kept
when its row is looked for, so that the guards can ask what it changed.
"""

from rxbot.episode import moves as do
from rxbot.episode.moves import (
    can_go_back,
    closes_as_declined,
    closes_as_too_young,
    has_more,
    in_quiet_hours,
    is_in_touch,
    is_urgent,
    is_with_a_worker,
    knows_no_language,
    may_come_back,
    missed_often,
    no_consent_yet,
    not_reviewed_yet,
    questions_left,
    wants_no_services,
)
from rxbot.lifecycle import Lifecycle, row

STATES = (
    "new",
    "choosing_language",
    "asking_consent",
    "answering",
    "reviewing",
    "choosing_services",
    "following_up",
    "checking_in",
    "closed",
)
ASKING = ("asking_consent", "answering", "checking_in")
OFFERED = ("choosing_services", "following_up")
REVIEWED = (*OFFERED, "checking_in")
OPEN = STATES[1:-1]
KNOWN = STATES[1:]

ROWS = (
    # on              in                    go to                if                        then
    row("link_opened", "new", "choosing_language", then=do.ask_language),
    row("link_opened", OPEN, "=", then=do.welcome_back),
    row("link_opened", "closed", "choosing_language", when=(may_come_back, knows_no_language), then=do.welcome_back),
    row("link_opened", "closed", "asking_consent", when=(may_come_back, no_consent_yet), then=do.welcome_back),
    row("link_opened", "closed", "answering", when=(may_come_back, questions_left), then=do.welcome_back),
    row("link_opened", "closed", "reviewing", when=(may_come_back, not_reviewed_yet), then=do.welcome_back),
    row("link_opened", "closed", "following_up", when=may_come_back, then=(do.set_check_ins, do.welcome_back)),
    row("link_opened", "closed", "=", then=do.ask_again),
    row("language_chosen", "choosing_language", "asking_consent", then=do.open_consent),
    row("language_chosen", (*OPEN[1:], "closed"), "=", then=do.ask_again),
    row("answered", "asking_consent", "closed", when=(closes_as_declined, is_in_touch), then=do.decline_but_stay_in_touch),
    row("answered", "asking_consent", "closed", when=closes_as_declined, then=do.decline),
    row("answered", "asking_consent", "closed", when=closes_as_too_young, then=do.hand_over_too_young),
    row("answered", "asking_consent", "=", when=has_more, then=do.ask_next),
    row("answered", "asking_consent", "answering", when=questions_left, then=do.open_intake),
    row("answered", "asking_consent", "reviewing", then=(do.open_intake, do.show_review)),
    row("answered", "answering", "=", when=(is_urgent, has_more), then=(do.raise_alarm_at_answer, do.ask_next)),
    row("answered", "answering", "=", when=has_more, then=do.ask_next),
    row("answered", "answering", "reviewing", when=is_urgent, then=(do.raise_alarm_at_answer, do.show_review)),
    row("answered", "answering", "reviewing", then=do.show_review),
    row("answered", "checking_in", "=", when=has_more, then=do.ask_next),
    row("answered", "checking_in", "following_up", when=is_urgent, then=(do.tell_check_in, do.hand_over_check_in)),
    row("answered", "checking_in", "following_up", then=(do.answer_check_in, do.tell_check_in)),
    row("revised", "asking_consent", "closed", when=(closes_as_declined, is_in_touch), then=do.decline_but_stay_in_touch),
    row("revised", "asking_consent", "closed", when=closes_as_declined, then=do.decline),
    row("revised", "asking_consent", "closed", when=closes_as_too_young, then=do.hand_over_too_young),
    row("revised", "asking_consent", "=", when=has_more, then=(do.say_changed, do.ask_next)),
    row("revised", "asking_consent", "=", then=(do.say_changed, do.ask_again)),
    row("revised", "answering", "=", when=(is_urgent, has_more), then=(do.raise_alarm_at_answer, do.say_changed, do.ask_next)),
    row("revised", "answering", "=", when=has_more, then=(do.say_changed, do.ask_next)),
    row("revised", "answering", "reviewing", when=is_urgent, then=(do.raise_alarm_at_answer, do.say_changed, do.show_review)),
    row("revised", "answering", "reviewing", then=(do.say_changed, do.show_review)),
    row(
        "revised",
        "reviewing",
        "answering",
        when=(is_urgent, has_more),
        then=(do.raise_alarm_at_answer, do.say_changed, do.ask_next),
    ),
    row("revised", "reviewing", "=", when=is_urgent, then=(do.raise_alarm_at_answer, do.say_changed, do.show_review)),
    row("revised", "reviewing", "answering", when=has_more, then=(do.say_changed, do.ask_next)),
    row("revised", "reviewing", "=", then=(do.say_changed, do.show_review)),
    row("ticked", ASKING, "=", then=do.show_ticks),
    row("ticked_too_many", ASKING, "=", then=do.say_too_many),
    row("ticked_none", ASKING, "=", then=do.say_pick_one),
    row("would_not_answer", ASKING, "=", then=do.say_needed),
    row("went_back", ("asking_consent", "answering"), "=", when=can_go_back, then=do.ask_previous),
    row("went_back", "asking_consent", "=", then=do.say_first),
    row("went_back", "answering", "asking_consent", then=do.back_to_consent),
    row("went_back", "reviewing", "answering", then=do.ask_previous),
    row(
        "went_back",
        ("choosing_language", "choosing_services", "following_up", "checking_in", "closed"),
        "=",
        then=do.ask_again,
    ),
    row("place_typed", "answering", "=", then=do.look_for_place),
    row("place_unknown", "answering", "=", then=do.say_no_such_place),
    row("places_found", "answering", "=", then=do.ask_which_place),
    row("line_opened", "reviewing", "answering", then=do.ask_line),
    row("review_agreed", "reviewing", "following_up", when=wants_no_services, then=(do.set_check_ins, do.finish_review)),
    row("review_agreed", "reviewing", "choosing_services", then=(do.set_check_ins, do.look_for_services)),
    row("services_found", "choosing_services", "=", then=do.show_services),
    row("service_marked", OFFERED, "=", then=do.mark_service),
    row("services_chosen", OFFERED, "following_up", then=do.tell_wanted),
    row("check_in_due", REVIEWED, "=", when=in_quiet_hours, then=do.wait_for_morning),
    row("check_in_due", REVIEWED, "=", when=is_with_a_worker, then=do.wait_a_day),
    row("check_in_due", REVIEWED, "checking_in", then=do.open_check_in),
    row("not_understood", ASKING, "=", when=missed_often, then=do.offer_a_person),
    row(
        "not_understood",
        (*ASKING, "choosing_language", "reviewing", "choosing_services"),
        "=",
        then=do.say_not_understood,
    ),
    row("said_something", ("following_up", "closed"), "=", then=do.pass_on),
    row("sent_media", KNOWN, "=", then=do.take_media),
    row("red_flag_seen", KNOWN, "=", then=do.raise_alarm_at_words),
    row("asked_for_help_now", KNOWN, "=", then=do.raise_alarm_at_call),
    row("asked_for_person", KNOWN, "=", then=do.hand_over_asked),
    row("asked_for_more", KNOWN, "=", then=do.show_more),
    row("asked_for_language", KNOWN, "=", then=do.ask_language),
    row("went_on", KNOWN, "=", then=do.ask_again),
    row("tapped_old_button", KNOWN, "=", then=do.say_old_button),
    row("tapped_twice", KNOWN, "=", then=do.say_noted),
    row("stopped", KNOWN, "closed", then=do.stop),
    row("asked_to_erase", KNOWN, "=", then=do.confirm_erase),
    row("kept", KNOWN, "=", then=do.say_kept),
    row("erase_agreed", KNOWN, "closed", then=do.erase),
)


def but(*states: str) -> tuple[str, ...]:
    """Name every state but these."""
    return tuple(s for s in STATES if s not in states)


AT_ANY_TIME = (
    "sent_media",
    "red_flag_seen",
    "asked_for_help_now",
    "asked_for_person",
    "asked_for_more",
    "asked_for_language",
    "went_on",
    "tapped_old_button",
    "tapped_twice",
    "stopped",
    "asked_to_erase",
    "kept",
    "erase_agreed",
)
NOT_OPENED = "Nobody can say anything before the link is opened."
NOT_ON_SCREEN = "Nothing of the kind is on the screen then; an old button is read as tapped_old_button."
NOT_SET = "No timer is set before the review, and closing drops them all."
SILENCES = {
    "language_chosen": (("new",), NOT_OPENED),
    "answered": (but(*ASKING), NOT_ON_SCREEN),
    "revised": (but("asking_consent", "answering", "reviewing"), NOT_ON_SCREEN),
    "ticked": (but(*ASKING), NOT_ON_SCREEN),
    "ticked_too_many": (but(*ASKING), NOT_ON_SCREEN),
    "ticked_none": (but(*ASKING), NOT_ON_SCREEN),
    "would_not_answer": (but(*ASKING), NOT_ON_SCREEN),
    "went_back": (("new",), NOT_OPENED),
    "place_typed": (but("answering"), NOT_ON_SCREEN),
    "place_unknown": (but("answering"), NOT_ON_SCREEN),
    "places_found": (but("answering"), NOT_ON_SCREEN),
    "line_opened": (but("reviewing"), NOT_ON_SCREEN),
    "review_agreed": (but("reviewing"), NOT_ON_SCREEN),
    "services_found": (but("choosing_services"), "They are asked for in the same turn."),
    "service_marked": (but(*OFFERED), NOT_ON_SCREEN),
    "services_chosen": (but(*OFFERED), NOT_ON_SCREEN),
    "check_in_due": (but(*REVIEWED), NOT_SET),
    "not_understood": (("new", "following_up", "closed"), "With no question open, words are read as said_something."),
    "said_something": (but("following_up", "closed"), "A question is open; words are an answer to it."),
    **dict.fromkeys(AT_ANY_TIME, (("new",), NOT_OPENED)),
}

EPISODE = Lifecycle("episode", STATES, ROWS, SILENCES)
