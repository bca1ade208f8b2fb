"""How an episode moves: link, language, consent, questions, review, services, follow-up, check-in, closed.

Questions are data, not states: "answered" stays where it is while there is a next question. An answer is already kept
when its row is looked for, so that the guards can ask what it changed.
"""

from rxbot.episode.moves.asking import (
    ask_again,
    ask_language,
    ask_line,
    ask_next,
    ask_previous,
    ask_which_place,
    back_to_consent,
    look_for_place,
    open_consent,
    open_intake,
    say_no_such_place,
    show_more,
    show_review,
    show_ticks,
    welcome_back,
)
from rxbot.episode.moves.following_up import (
    answer_check_in,
    open_check_in,
    set_check_ins,
    tell_check_in,
    wait_a_day,
    wait_for_morning,
)
from rxbot.episode.moves.guards import (
    can_go_back,
    closes_as_declined,
    closes_as_too_young,
    contact_was_stopped,
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
from rxbot.episode.moves.handing_over import (
    hand_over_asked,
    hand_over_check_in,
    hand_over_too_young,
    hand_over_wrote_again,
    raise_alarm_at_answer,
    raise_alarm_at_call,
    raise_alarm_at_words,
    take_media,
)
from rxbot.episode.moves.leaving import (
    confirm_erase,
    decline,
    decline_but_stay_in_touch,
    end_support,
    erase,
    say_kept,
    stop,
    stop_contact,
)
from rxbot.episode.moves.offering import finish_review, look_for_services, mark_service, note_needs, show_services, tell_wanted
from rxbot.episode.moves.referring import note_referral_agreed, note_referral_refused
from rxbot.episode.moves.relaying import carry_edit_over, pass_on
from rxbot.episode.moves.replying import (
    offer_a_person,
    say_changed,
    say_first,
    say_needed,
    say_not_understood,
    say_noted,
    say_old_button,
    say_pick_one,
    say_too_many,
)
from rxbot.episode.moves.saying import note_phrase_answer, tells_of_danger
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
    row("link_opened", "new", "choosing_language", then=ask_language),
    row("link_opened", OPEN, "=", then=welcome_back),
    row("link_opened", "closed", "choosing_language", when=(may_come_back, knows_no_language), then=welcome_back),
    row("link_opened", "closed", "asking_consent", when=(may_come_back, no_consent_yet), then=welcome_back),
    row("link_opened", "closed", "answering", when=(may_come_back, questions_left), then=welcome_back),
    row("link_opened", "closed", "reviewing", when=(may_come_back, not_reviewed_yet), then=welcome_back),
    row("link_opened", "closed", "following_up", when=may_come_back, then=(set_check_ins, welcome_back)),
    row("link_opened", "closed", "=", then=ask_again),
    row("language_chosen", "choosing_language", "asking_consent", then=open_consent),
    row("language_chosen", (*OPEN[1:], "closed"), "=", then=ask_again),
    row("answered", "asking_consent", "closed", when=(closes_as_declined, is_in_touch), then=decline_but_stay_in_touch),
    row("answered", "asking_consent", "closed", when=closes_as_declined, then=decline),
    row("answered", "asking_consent", "closed", when=closes_as_too_young, then=hand_over_too_young),
    row("answered", "asking_consent", "=", when=has_more, then=ask_next),
    row("answered", "asking_consent", "answering", when=questions_left, then=open_intake),
    row("answered", "asking_consent", "reviewing", then=(open_intake, show_review)),
    row("answered", "answering", "=", when=(is_urgent, has_more), then=(raise_alarm_at_answer, ask_next)),
    row("answered", "answering", "=", when=has_more, then=ask_next),
    row("answered", "answering", "reviewing", when=is_urgent, then=(raise_alarm_at_answer, show_review)),
    row("answered", "answering", "reviewing", then=show_review),
    row("answered", "checking_in", "=", when=has_more, then=ask_next),
    row("answered", "checking_in", "following_up", when=is_urgent, then=(tell_check_in, hand_over_check_in)),
    row("answered", "checking_in", "following_up", then=(answer_check_in, tell_check_in)),
    row("revised", "asking_consent", "closed", when=(closes_as_declined, is_in_touch), then=decline_but_stay_in_touch),
    row("revised", "asking_consent", "closed", when=closes_as_declined, then=decline),
    row("revised", "asking_consent", "closed", when=closes_as_too_young, then=hand_over_too_young),
    row("revised", "asking_consent", "=", when=has_more, then=(say_changed, ask_next)),
    row("revised", "asking_consent", "=", then=(say_changed, ask_again)),
    row("revised", "answering", "=", when=(is_urgent, has_more), then=(raise_alarm_at_answer, say_changed, ask_next)),
    row("revised", "answering", "=", when=has_more, then=(say_changed, ask_next)),
    row("revised", "answering", "reviewing", when=is_urgent, then=(raise_alarm_at_answer, say_changed, show_review)),
    row("revised", "answering", "reviewing", then=(say_changed, show_review)),
    row("revised", "reviewing", "answering", when=(is_urgent, has_more), then=(raise_alarm_at_answer, say_changed, ask_next)),
    row("revised", "reviewing", "=", when=is_urgent, then=(raise_alarm_at_answer, say_changed, show_review)),
    row("revised", "reviewing", "answering", when=has_more, then=(say_changed, ask_next)),
    row("revised", "reviewing", "=", then=(say_changed, show_review)),
    row("ticked", ASKING, "=", then=show_ticks),
    row("ticked_too_many", ASKING, "=", then=say_too_many),
    row("ticked_none", ASKING, "=", then=say_pick_one),
    row("would_not_answer", ASKING, "=", then=say_needed),
    row("went_back", ("asking_consent", "answering"), "=", when=can_go_back, then=ask_previous),
    row("went_back", "asking_consent", "=", then=say_first),
    row("went_back", "answering", "asking_consent", then=back_to_consent),
    row("went_back", "reviewing", "answering", then=ask_previous),
    row("went_back", ("choosing_language", "choosing_services", "following_up", "checking_in", "closed"), "=", then=ask_again),
    row("place_typed", "answering", "=", then=look_for_place),
    row("place_unknown", "answering", "=", then=say_no_such_place),
    row("places_found", "answering", "=", then=ask_which_place),
    row("line_opened", "reviewing", "answering", then=ask_line),
    row("review_agreed", "reviewing", "following_up", when=wants_no_services, then=(note_needs, set_check_ins, finish_review)),
    row("review_agreed", "reviewing", "choosing_services", then=(note_needs, set_check_ins, look_for_services)),
    row("services_found", "choosing_services", "=", then=show_services),
    row("service_marked", OFFERED, "=", then=mark_service),
    row("services_chosen", OFFERED, "following_up", then=tell_wanted),
    row("check_in_due", REVIEWED, "=", when=in_quiet_hours, then=wait_for_morning),
    row("check_in_due", REVIEWED, "=", when=is_with_a_worker, then=wait_a_day),
    row("check_in_due", REVIEWED, "checking_in", then=open_check_in),
    row("not_understood", ASKING, "=", when=missed_often, then=offer_a_person),
    row("not_understood", (*ASKING, "choosing_language", "reviewing", "choosing_services"), "=", then=say_not_understood),
    row("said_something", "closed", "=", when=contact_was_stopped, then=hand_over_wrote_again),
    row("said_something", ("following_up", "closed"), "=", then=pass_on),
    row("sent_media", KNOWN, "=", then=take_media),
    row("phrase_answered", KNOWN, "=", when=tells_of_danger, then=(note_phrase_answer, raise_alarm_at_answer)),
    row("phrase_answered", KNOWN, "=", then=note_phrase_answer),
    row("referral_agreed", KNOWN, "=", then=note_referral_agreed),
    row("referral_refused", KNOWN, "=", then=note_referral_refused),
    row("message_edited", KNOWN, "=", then=carry_edit_over),
    row("red_flag_seen", KNOWN, "=", then=raise_alarm_at_words),
    row("asked_for_help_now", KNOWN, "=", then=raise_alarm_at_call),
    row("asked_for_person", KNOWN, "=", then=hand_over_asked),
    row("asked_for_more", KNOWN, "=", then=show_more),
    row("asked_for_language", KNOWN, "=", then=ask_language),
    row("went_on", KNOWN, "=", then=ask_again),
    row("tapped_old_button", KNOWN, "=", then=say_old_button),
    row("tapped_twice", KNOWN, "=", then=say_noted),
    row("support_ended", KNOWN, "closed", then=end_support),
    row("contact_stopped", KNOWN, "closed", then=stop_contact),
    row("stopped", KNOWN, "closed", then=stop),
    row("asked_to_erase", KNOWN, "=", then=confirm_erase),
    row("kept", KNOWN, "=", then=say_kept),
    row("erase_agreed", KNOWN, "closed", then=erase),
)


def but(*states: str) -> tuple[str, ...]:
    """Name every state but these."""
    return tuple(s for s in STATES if s not in states)


AT_ANY_TIME = (
    "sent_media",
    "message_edited",
    "phrase_answered",
    "referral_agreed",
    "referral_refused",
    "red_flag_seen",
    "asked_for_help_now",
    "asked_for_person",
    "asked_for_more",
    "asked_for_language",
    "went_on",
    "tapped_old_button",
    "tapped_twice",
    "stopped",
    "support_ended",
    "contact_stopped",
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
