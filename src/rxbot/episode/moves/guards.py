"""What the rows of the lifecycle ask before they are taken. Each reads as a yes or a no."""

from rxbot.dialog.needs import flags_raised, help_wanted
from rxbot.dialog.path import next_question, previous_question
from rxbot.episode.model import Turn

MISSES = 2  # replies in a row that we did not understand before a person is offered


def has_more(turn: Turn) -> bool:
    """A question of the open sheet applies and has no answer yet."""
    return next_question(turn.dialog, turn.episode.answers) is not None


def can_go_back(turn: Turn) -> bool:
    """There is a question before the one on screen."""
    return previous_question(turn.dialog, turn.episode.answers, turn.episode.asked) is not None


def closes_as_declined(turn: Turn) -> bool:
    """The person does not want their answers kept."""
    return "declines" in _flags(turn)


def closes_as_too_young(turn: Turn) -> bool:
    """The person is younger than the scheme serves."""
    return "too_young" in _flags(turn)


def is_urgent(turn: Turn) -> bool:
    """The answer just given or corrected raises a flag that a human must see at once."""
    before = turn.before.answers
    fresh = {id: answer.chosen for id, answer in turn.episode.answers.items() if answer is not before.get(id)}
    flags = {o.flag for q in turn.dialog.questions for o in q.options if o.id in fresh.get(q.id, ())}
    return bool(flags & {"danger", "person"})


def wants_no_services(turn: Turn) -> bool:
    """No help is wanted with anything, so that there is nothing to look for."""
    return not help_wanted(turn.content.dialogs["intake"], turn.episode.answers_of("intake"))


def in_quiet_hours(turn: Turn) -> bool:
    """It is too late or too early to write."""
    return turn.content.scheme.waking(turn.event.at) != turn.event.at


def is_with_a_worker(turn: Turn) -> bool:
    """A worker is talking with the person."""
    return turn.episode.with_a_worker


def is_in_touch(turn: Turn) -> bool:
    """A link worker is expected, or is talking."""
    return turn.episode.in_touch


def missed_often(turn: Turn) -> bool:
    """We did not understand several replies in a row."""
    return turn.episode.misses + 1 >= MISSES


def may_come_back(turn: Turn) -> bool:
    """The person had stopped, or wanted nothing kept, and may think again."""
    return turn.episode.closed in ("stopped", "declined")


def contact_was_stopped(turn: Turn) -> bool:
    """A worker had stopped all contact."""
    return turn.episode.closed == "contact_stopped"


def knows_no_language(turn: Turn) -> bool:
    """No language was chosen before stopping."""
    return not turn.episode.language


def no_consent_yet(turn: Turn) -> bool:
    """The consent questions were not finished before stopping."""
    return turn.episode.sheet in ("", "consent")


def questions_left(turn: Turn) -> bool:
    """Questions of the intake are open."""
    return next_question(turn.content.dialogs["intake"], turn.episode.answers_of("intake")) is not None


def not_reviewed_yet(turn: Turn) -> bool:
    """The answers were not agreed before stopping."""
    return turn.episode.reviewed_at is None


def _flags(turn: Turn) -> tuple[str, ...]:
    return flags_raised(turn.dialog, turn.episode.answers)
