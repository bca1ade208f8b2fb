"""One turn: something happened, the episode moves on, and there are things to do. No clock is read and nothing is written.

Safety is asked first, then who speaks, then the table of the lifecycle. When no row fits, nothing is remembered.
"""

from rxbot.dialog.path import next_question
from rxbot.episode import phrases
from rxbot.episode.content import Content
from rxbot.episode.effects import Effect
from rxbot.episode.events import Event, LinkOpened, Located, SentMedia, Tapped, Typed
from rxbot.episode.keeping import ASKING
from rxbot.episode.model import Episode, Turn
from rxbot.episode.moves import asking, briefing, referring, relaying, reminding, talking
from rxbot.episode.moves.serving import SERVES
from rxbot.episode.on_screen import open_since, screen_after
from rxbot.episode.reading import meaning
from rxbot.episode.survey import count_little, lifecycle_of

BY_THE_PERSON = (LinkOpened, Typed, Tapped, SentMedia, Located)
EVEN_WHILE_A_WORKER_TALKS = (
    "message_edited",
    "phrase_answered",
    "referral_agreed",
    "referral_refused",
    "red_flag_seen",
    "asked_for_help_now",
    "said_safe",
    "stopped",
    "asked_to_erase",
    "erase_agreed",
    "kept",
    "asked_for_language",
    "language_chosen",
    "link_opened",
    "slip_mended",
    "check_in_due",
    "nudge_due",
    "outage_over",
    "unreadable",
    "close_due",
    "clinic_due",
    "asked_for_data",
    "consent_changed",
    "part_held_back",
    "clinic_agreed",
    "clinic_refused",
    "clinic_request_agreed",
    "clinic_request_refused",
    "draft_gone",
    "proposal_taken",
    "proposal_left",
)


def take_turn(episode: Episode, event: Event, content: Content) -> tuple[Episode, tuple[Effect, ...]]:
    """Give the episode after this event, and what is to be done about it."""
    turn = Turn(episode, event, content)
    serve = SERVES.get(type(event))
    if serve:
        serve(turn)
    else:
        turn = _turn_of_the_person(turn)
        asking.put_location_button_away(turn)
        asking.leave_one_copy_live(turn)
        relaying.pass_on_what_was_not_meant(turn)
    if isinstance(event, BY_THE_PERSON) or (turn.before.with_a_worker and not turn.episode.with_a_worker):
        reminding.watch_for_silence(turn)
    if isinstance(event, BY_THE_PERSON) and not (isinstance(event, Typed) and event.at == turn.episode.wrote_at):
        turn.change(wrote_at=None)
    talking.watch_for_answer(turn)
    talking.watch_for_promise(turn)
    referring.watch_for_news(turn)
    briefing.keep_brief_true(turn)
    count_little(turn)
    turn.change(screen=screen_after(turn.episode.screen, turn.effects), open_since=open_since(turn.before, turn.episode))
    return turn.episode, tuple(turn.effects)


def _turn_of_the_person(turn: Turn) -> Turn:
    if _nothing_is_left_to_ask(turn):  # the pages have changed: go on as after an answer, then see what they said
        lifecycle_of(turn.episode).fire("answered", turn)
    happened = meaning(turn)
    if turn.episode.with_a_worker and happened not in EVEN_WHILE_A_WORKER_TALKS:
        return _leave_it_to_the_worker(_untouched(turn))
    if lifecycle_of(turn.episode).fire(happened, turn):
        return turn
    again = _untouched(turn)
    if isinstance(turn.event, BY_THE_PERSON):  # a timer that comes too late says nothing
        asking.ask_again(again)
    return again


def _nothing_is_left_to_ask(turn: Turn) -> bool:
    """Say whether the open question was taken out of the pages, and no other waits for an answer.

    A line opened after the review stays open, also where it would not have been asked by itself.
    """
    if not turn.episode.asked or turn.state not in ASKING:
        return False
    gone = turn.question is None if turn.state == "changing" else turn.question not in turn.route
    return gone and next_question(turn.dialog, turn.episode.answers) is None


def _leave_it_to_the_worker(turn: Turn) -> Turn:
    """The bot keeps quiet: words go to the worker, a button waits until they are done."""
    if isinstance(turn.event, Tapped):
        assert turn.episode.handoff is not None
        turn.notice(phrases.SOMEBODY_IS_HERE(worker=turn.episode.handoff.claimed_by))
    else:
        talking.follow(turn, "person_said")
    return turn


def _untouched(turn: Turn) -> Turn:
    return Turn(turn.before, turn.event, turn.content)
