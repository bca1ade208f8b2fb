"""What the measure said at first and what it says now, in words and plain bars. Never a sum, never a verdict."""

from rxbot.dialog.measure import Score, comparable, score
from rxbot.dialog.path import answered
from rxbot.episode import phrases
from rxbot.episode.content import Content
from rxbot.episode.model import Episode, dialog_for, dialog_of
from rxbot.message import Text, Tongue

MEASURE = "ons4"
FULL, EMPTY = "▰", "▱"
TOP = 10


def measured(episode: Episode, content: Content, sheet: str) -> Score:
    """Read the scores off a sheet; answers to what is no longer asked do not count."""
    given = answered(dialog_for(sheet, episode, content), episode.answers_of(sheet))
    return score(content.instruments[MEASURE], {question.id: answer for question, answer in given})


def occasions(episode: Episode, content: Content) -> tuple[Score, ...]:
    """Give every score there is, the first one first."""
    sheets = ("intake", *(sheet for sheet in episode.sheets if dialog_of(sheet) == "measure"))
    return tuple(one for sheet in sheets if (one := measured(episode, content, sheet)).complete)


def change_lines(episode: Episode, content: Content, sheet: str) -> tuple[Text, ...]:
    """Show the first and the present answers side by side; nothing when they cannot be compared."""
    first, now = measured(episode, content, "intake"), measured(episode, content, sheet)
    both = [item for item in content.instruments[MEASURE].items if item.id in first.values and item.id in now.values]
    if not both or not comparable((first, now)):
        return ()
    pictures = (
        line
        for item in both
        for line in (
            phrases.CHANGE_ITEM(item=Text(item.label)),
            phrases.CHANGE_FIRST(bar=bar(first.values[item.id]), n=first.values[item.id]),
            phrases.CHANGE_NOW(bar=bar(now.values[item.id]), n=now.values[item.id]),
        )
    )
    return (phrases.CHANGE_HEAD(), *pictures, phrases.CHANGE_NOT_ALONE())


def score_lines(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give the first and the last scores for somebody who works with them, and whether the text was official."""
    scores = occasions(episode, content)
    if not scores:
        return (phrases.SCORE_NONE(),)
    first, last = scores[0], scores[-1]
    lines = tuple(
        phrases.SCORE_LINE(item=Text(item.label), first=first.values[item.id], last=last.values[item.id])
        if len(scores) > 1 and item.id in last.values and comparable((first, last))
        else phrases.SCORE_FIRST_LINE(item=Text(item.label), first=first.values[item.id])
        for item in content.instruments[MEASURE].items
        if item.id in first.values
    )
    return lines if first.official else (*lines, phrases.SCORE_NOT_OFFICIAL(language=Tongue(first.language)))


def bar(value: int) -> str:
    """Draw a score from 0 to 10."""
    return FULL * value + EMPTY * (TOP - value)
