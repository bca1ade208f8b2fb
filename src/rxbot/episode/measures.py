"""What the measure said at first and what it says now, in words and plain bars. Never a sum, never a verdict."""

from rxbot.dialog.measure import Item, Score, comparable, score
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
    """Show the first and the last answers side by side, and what was answered once; nothing when they cannot be compared."""
    now, scores = measured(episode, content, sheet), occasions(episode, content)
    if not now.complete or not comparable((scores[0], now)) or len(scores) == 1:
        return ()
    pictures = (
        line
        for item in content.instruments[MEASURE].items
        for given in (_given(scores, item),)
        if given
        for line in (phrases.CHANGE_ITEM(item=Text(item.label)), *_picture(*given[:1], *given[1:][-1:]))
    )
    return (phrases.CHANGE_HEAD(), *pictures, phrases.CHANGE_NOT_ALONE())


def _picture(first: int, *last: int) -> tuple[Text, ...]:
    if not last:
        return (phrases.CHANGE_ONCE(bar=bar(first), n=first),)
    return (phrases.CHANGE_FIRST(bar=bar(first), n=first), *(phrases.CHANGE_NOW(bar=bar(n), n=n) for n in last))


def _given(scores: tuple[Score, ...], item: Item) -> tuple[int, ...]:
    """Give every answer to an item that may stand beside the first ones, the oldest first."""
    return tuple(one.values[item.id] for one in scores if item.id in one.values and comparable((scores[0], one)))


def score_lines(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give the first and the last scores for somebody who works with them, and whether the text was official."""
    scores = occasions(episode, content)
    if not scores:
        return (phrases.SCORE_NONE(),)
    first = scores[0]
    lines = tuple(
        phrases.SCORE_LINE(item=Text(item.label), first=given[0], last=given[-1])
        if len(given) > 1
        else phrases.SCORE_FIRST_LINE(item=Text(item.label), first=given[0])
        for item in content.instruments[MEASURE].items
        if (given := _given(scores, item))
    )
    note = phrases.SCORE_RANGE() if first.official else phrases.SCORE_NOT_OFFICIAL(language=Tongue(first.language))
    return (*lines, note)


def bar(value: int) -> str:
    """Draw a score from 0 to 10."""
    return FULL * value + EMPTY * (TOP - value)
