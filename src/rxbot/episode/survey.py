"""How an anonymous survey moves: link, language, whether they take part, needs, thanks. Then it is forgotten.

It shares states and moves with an episode of support, and has no consent to share, no review, no services, no plan and no
check-ins. Danger is met as anywhere: with the numbers to ring and a human at once.
"""

from rxbot.episode.effects import Record
from rxbot.episode.lifecycle import EPISODE
from rxbot.episode.model import Episode, Turn
from rxbot.episode.moves.asking import (
    ask_again,
    ask_language,
    ask_line,
    ask_next,
    ask_previous,
    ask_which_place,
    back_to_the_question,
    look_for_place,
    say_here,
    show_more,
    show_ticks,
    welcome_back,
)
from rxbot.episode.moves.changing import say_changed
from rxbot.episode.moves.guards import (
    can_go_back,
    closes_as_declined,
    closes_as_too_young,
    contact_was_stopped,
    goes_on_writing,
    had_a_human,
    has_more,
    in_quiet_hours,
    is_in_touch,
    is_more_of_a_miss,
    is_teamless,
    is_urgent,
    is_with_a_worker,
)
from rxbot.episode.moves.handing_over import (
    hand_over_asked,
    hand_over_wrote_again,
    note_safe,
    raise_alarm_at_answer,
    raise_alarm_at_call,
    raise_alarm_at_words,
    say_unreadable,
    take_media,
)
from rxbot.episode.moves.leaving import confirm_erase, erase, say_kept, stop_contact, stop_talk
from rxbot.episode.moves.relaying import carry_edit_over, pass_on
from rxbot.episode.moves.reminding import ask_once_more, ask_once_more_in_the_morning
from rxbot.episode.moves.replying import (
    add_to_answer,
    say_first,
    say_needed,
    say_not_understood,
    say_noted,
    say_old_button,
    say_pick_one,
    say_too_many,
    show_guess,
    take_early_words,
    take_more_of_a_miss,
)
from rxbot.episode.moves.saying import note_phrase_answer, tells_of_danger
from rxbot.episode.moves.surveying import (
    ask_about_needs,
    ask_for_the_place_again,
    back_to_survey,
    count_answers,
    decline_survey,
    decline_too_young,
    forget_answers_quietly,
    forget_quietly,
    give_thanks,
    give_thanks_in_touch,
    open_survey,
    say_about_survey,
    say_nobody_answers,
    say_stopped_in_touch,
    stop_survey,
)
from rxbot.episode.moves.talking import take_language
from rxbot.lifecycle import Lifecycle, row

STATES = ("new", "choosing_language", "asking_consent", "answering", "closed")
ASKING = ("asking_consent", "answering")
OPEN = STATES[1:-1]
KNOWN = STATES[1:]
ANSWERS = ("answered", "revised")

ROWS = (
    # on              in                    go to      if                  then
    row("link_opened", "new", "choosing_language", then=ask_language),
    row("link_opened", OPEN, "=", then=welcome_back),
    row("link_opened", "closed", "=", then=say_here),
    row("language_chosen", "choosing_language", "asking_consent", then=(take_language, open_survey)),
    row("language_chosen", KNOWN[1:], "=", then=(take_language, back_to_the_question)),
    *(
        line
        for on in ANSWERS
        for line in (
            row(on, "asking_consent", "closed", when=(closes_as_declined, had_a_human), then=give_thanks_in_touch),
            row(on, "asking_consent", "closed", when=closes_as_declined, then=decline_survey),
            row(on, "asking_consent", "closed", when=(closes_as_too_young, had_a_human), then=give_thanks_in_touch),
            row(on, "asking_consent", "closed", when=closes_as_too_young, then=decline_too_young),
        )
    ),
    row("answered", "asking_consent", "=", when=has_more, then=ask_next),
    row("answered", "asking_consent", "answering", then=ask_about_needs),
    row("revised", "asking_consent", "=", when=has_more, then=(say_changed, ask_next)),
    row("revised", "asking_consent", "=", then=(say_changed, ask_again)),
    row("answered", "answering", "=", when=(is_urgent, has_more), then=(raise_alarm_at_answer, ask_next)),
    row("answered", "answering", "=", when=has_more, then=ask_next),
    row("revised", "answering", "=", when=(is_urgent, has_more), then=(raise_alarm_at_answer, say_changed, ask_next)),
    row("revised", "answering", "=", when=has_more, then=(say_changed, ask_next)),
    *(
        line
        for on in ANSWERS
        for line in (
            row(
                on, "answering", "closed", when=(is_urgent, is_teamless), then=(count_answers, raise_alarm_at_answer, give_thanks)
            ),
            row(on, "answering", "closed", when=is_urgent, then=(count_answers, raise_alarm_at_answer, give_thanks_in_touch)),
            row(on, "answering", "closed", when=had_a_human, then=(count_answers, give_thanks_in_touch)),
            row(on, "answering", "closed", then=(count_answers, give_thanks)),
        )
    ),
    row("guessed", ASKING, "=", then=show_guess),
    row("ticked", ASKING, "=", then=show_ticks),
    row("ticked_too_many", ASKING, "=", then=say_too_many),
    row("ticked_none", ASKING, "=", then=say_pick_one),
    row("would_not_answer", ASKING, "=", then=say_needed),
    row("went_back", ASKING, "=", when=can_go_back, then=ask_previous),
    row("went_back", "asking_consent", "=", then=say_first),
    row("went_back", "answering", "asking_consent", then=back_to_survey),
    row("went_back", ("choosing_language", "closed"), "=", then=ask_again),
    row("place_typed", "answering", "=", then=look_for_place),
    row("located", "answering", "="),
    row("place_unknown", "answering", "=", then=ask_for_the_place_again),
    row("places_found", "answering", "=", then=ask_which_place),
    row("line_opened", ASKING, "answering", then=ask_line),
    row("question_reopened", ASKING, "=", then=ask_line),
    row("nudge_due", OPEN, "=", when=is_with_a_worker),
    row("nudge_due", OPEN, "closed", when=had_a_human, then=forget_answers_quietly),
    row("nudge_due", OPEN, "closed", then=forget_quietly),
    row("outage_over", OPEN, "=", when=is_with_a_worker),
    row("outage_over", OPEN, "=", when=in_quiet_hours, then=ask_once_more_in_the_morning),
    row("outage_over", OPEN, "=", then=ask_once_more),
    row("unreadable", KNOWN, "=", then=say_unreadable),
    row("not_understood", OPEN, "=", when=is_more_of_a_miss, then=take_more_of_a_miss),
    row("not_understood", OPEN, "=", then=say_not_understood),
    row("said_early", ASKING, "=", when=goes_on_writing, then=add_to_answer),
    row("said_early", ASKING, "=", then=take_early_words),
    row("asked_what_this_is", OPEN, "=", then=say_about_survey),
    row("asked_for_data", KNOWN, "=", then=say_about_survey),
    row("asked_for_plan", KNOWN, "=", then=say_about_survey),
    row("asked_for_person", KNOWN, "=", when=is_in_touch, then=hand_over_asked),
    row("asked_for_person", KNOWN, "=", then=say_nobody_answers),
    row("asked_what_this_is", "closed", "=", then=pass_on),
    row("said_something", "closed", "=", when=contact_was_stopped, then=hand_over_wrote_again),
    row("said_something", "closed", "=", then=pass_on),
    row("sent_media", KNOWN, "=", then=take_media),
    row("phrase_answered", KNOWN, "=", when=tells_of_danger, then=(note_phrase_answer, raise_alarm_at_answer)),
    row("phrase_answered", KNOWN, "=", then=note_phrase_answer),
    row("message_edited", KNOWN, "=", then=carry_edit_over),
    row("red_flag_seen", KNOWN, "=", then=raise_alarm_at_words),
    row("asked_for_help_now", KNOWN, "=", then=raise_alarm_at_call),
    row("asked_for_more", KNOWN, "=", then=show_more),
    row("asked_for_language", KNOWN, "=", then=ask_language),
    row("went_on", KNOWN, "=", then=ask_again),
    row("said_safe", KNOWN, "=", then=(note_safe, ask_again)),
    row("tapped_old_button", KNOWN, "=", then=say_old_button),
    row("tapped_twice", KNOWN, "=", then=say_noted),
    row("contact_stopped", KNOWN, "closed", then=stop_contact),
    row("stopped", KNOWN, "closed", when=had_a_human, then=(forget_answers_quietly, stop_talk, say_stopped_in_touch)),
    row("stopped", KNOWN, "closed", then=stop_survey),
    row("asked_to_erase", KNOWN, "=", then=confirm_erase),
    row("kept", KNOWN, "=", then=say_kept),
    row("erase_agreed", KNOWN, "closed", then=erase),
)
NOT_OPENED = "Nobody can say anything before the link is opened."
NOT_ON_SCREEN = "Nothing of the kind is on the screen then."


def but(*states: str) -> tuple[str, ...]:
    """Name every state but these."""
    return tuple(state for state in STATES if state not in states)


PLACE = ("place_typed", "located", "place_unknown", "places_found")
AT_QUESTIONS = (
    *(*ANSWERS, "guessed", "ticked", "ticked_too_many", "ticked_none", "would_not_answer", "line_opened", "question_reopened"),
    "said_early",
)
WHILE_OPEN = ("nudge_due", "outage_over", "not_understood")
_SILENT = {
    **dict.fromkeys(AT_QUESTIONS, (but(*ASKING), NOT_ON_SCREEN)),
    **dict.fromkeys(PLACE, (but("answering"), NOT_ON_SCREEN)),
    **dict.fromkeys(WHILE_OPEN, (("new", "closed"), "Nothing is asked then.")),
    "said_something": (but("closed"), "A question is open; words are an answer to it."),
}
SILENCES = {
    **dict.fromkeys(dict.fromkeys(line.on for line in ROWS if line.on != "link_opened"), (("new",), NOT_OPENED)),
    **_SILENT,
}

SURVEY = Lifecycle("survey", STATES, ROWS, SILENCES)
COUNTED_APART = ("answered", "language_chosen")


def lifecycle_of(episode: Episode) -> Lifecycle:
    """Give the table by which this one moves."""
    return SURVEY if episode.survey else EPISODE


def count_little(turn: Turn) -> None:
    """Of a survey no fact is kept but what is counted at its end, and what a human does who was called."""
    if turn.episode.survey:
        turn.effects = [one for one in turn.effects if not isinstance(one, Record) or _is_of_a_human(turn, one)]


def _is_of_a_human(turn: Turn, fact: Record) -> bool:
    return turn.episode.handoffs > 0 and fact.fact not in COUNTED_APART
