"""The support is over: the team reads what its workers kept for the closing, and the person's last words."""

from collections.abc import Sequence

from rxbot.dialog.path import answered
from rxbot.episode import phrases, screens
from rxbot.episode.content import Scheme
from rxbot.episode.fitting import parted
from rxbot.episode.model import Note, Turn
from rxbot.message import Day, Text


def sum_up(turn: Turn) -> None:
    """Post it in the topic where they talked; it may be closed to people, but we can still write there."""
    lines = (*notes_kept(turn.episode.notes, turn.content.scheme), *_last_words(turn))
    if turn.episode.handoff:
        for part in parted(lines, turn.content.wording[turn.content.scheme.team_language]):
            turn.say(*part, to="topic", urgency="relay")


def notes_kept(notes: Sequence[Note], scheme: Scheme) -> tuple[Text, ...]:
    """Show what was kept, with who wrote it and when; nothing where nothing was. A long note has several lines."""
    lines = (
        phrases.NOTE_LINE(worker=one.by, day=Day(scheme.day(one.at)), words=piece)
        for one in notes
        for piece in screens.pieces(one.words)
    )
    return (phrases.NOTES_HEAD(), *lines) if notes else ()


def _last_words(turn: Turn) -> tuple[Text, ...]:
    """Give the answers to the last questions, where the person shares their answers."""
    given = answered(turn.content.dialogs["closing"], turn.episode.answers_of("closing")) if turn.episode.shares else ()
    lines = (phrases.BRIEF_ANSWER(question=Text(question.label), answer=screens.told(question, one)) for question, one in given)
    return (phrases.LAST_WORDS_HEAD(), *lines) if given else ()
