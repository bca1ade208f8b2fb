"""What stands on the person's screen now: the buttons under what was said last. Whatever can be tapped there can be typed.

The buttons are kept as they were drawn, so that there is no second list of what they are called.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from rxbot.dialog.model import Question
from rxbot.dialog.plain import plain
from rxbot.dialog.understand import Labels, bare, line_named
from rxbot.episode import phrases, taps
from rxbot.episode.content import Content
from rxbot.episode.effects import Copy, Effect, Say, ShowChosen
from rxbot.episode.model import ButtonShown, Episode
from rxbot.message import Rows, Text

ASKS = re.compile(r"[?؟¿]")
Screen = tuple[ButtonShown, ...]


def screen_after(screen: Screen, effects: Iterable[Effect]) -> Screen:
    """Give the buttons on the screen after these effects. A worker's words push them away: a "yes" then is for the worker."""
    fresh = False
    for effect in effects:
        match effect:
            case Say("person", said) if said.buttons:
                screen, fresh = (*(screen if fresh else ()), *shown(said.buttons, effect.wait)), True
            case Say("person", urgency="relay") | Copy("person") if not fresh:
                screen = ()
            case ShowChosen(wait, rows) if any(one.wait == wait for one in screen):
                screen = (*(one for one in screen if one.wait != wait), *shown(rows, wait))
    return screen


def open_since(before: Episode, now: Episode) -> int:
    """Give the wait number of the message that first showed what the person is asked now.

    A question that is asked once more is still the same, but not after a talk with a worker: words meant for them answer nothing.
    """
    if _open_thing(before) == _open_thing(now) and before.open_since:
        return before.open_since
    return now.wait if now.wait > before.wait else 0


def _open_thing(episode: Episode) -> tuple[str, str, str, bool]:
    return episode.state, episode.sheet, episode.asked, episode.with_a_worker


def shown(rows: Rows, wait: int) -> Screen:
    """Give the buttons of one message."""
    return tuple(ButtonShown(one.label, one.tap, wait) for row in rows for one in row if one.tap)


def shows(screen: Screen, question: Question) -> bool:
    """Say whether the question's own options stand on the screen."""
    return any(one.tap.split(":")[:2] in (["a", question.id], ["t", question.id]) for one in screen)


def lists_lines(screen: Screen) -> int:
    """Give the wait number of the message that offers answers to be changed; 0 when none stands on the screen."""
    return next((one.wait for one in screen if one.tap.startswith((taps.change(""), taps.change_part("")))), 0)


def typed(screen: Screen, words: str, content: Content, language: str) -> ButtonShown | None:
    """Find the newest button that these words name: by its label, its number, or a bare yes or no where it says so."""
    said = plain(words)
    if not (said and screen):
        return None
    count = line_named(words, content.lexicons_for(language))
    agrees, refuses = (_means(said, one.id, content) for one in (phrases.YES, phrases.NO))

    def is_meant(one: ButtonShown) -> bool:
        return (
            (count is not None and one.label.values.get("number") == count)
            or (agrees and (one.label.id in phrases.AGREES or one.tap.endswith(":yes")))
            or (refuses and (one.label.id in phrases.REFUSES or one.tap.endswith(":no")))
            or said in _spellings(one.label, content)
        )

    newest = sorted(screen, key=lambda one: -one.wait)
    return next((one for one in newest if is_meant(one)), None)


def yes_or_no(words: str, content: Content, language: str) -> str:
    """Give the bare yes or no that these words are, without what may stand beside it ("yes, that is fine"); or nothing.

    It answers what was asked last, and nothing further up. One letter is too little to stand for it among other words, since
    "y" is no yes in Spanish; and a question is none either.
    """
    lexicons = content.lexicons_for(language)
    for phrase, listed in (
        (phrases.YES, [one.beside_yes for one in lexicons]),
        (phrases.NO, [one.beside_no for one in lexicons]),
    ):
        among = () if ASKS.search(words) else (said for said in bare(words, listed) if len(plain(said)) > 1)
        if found := next((said for said in (words, *among) if _means(plain(said), phrase.id, content)), ""):
            return found
    return ""


def is_yes(words: str, content: Content) -> bool:
    """Say whether these words are a bare yes."""
    return bool(words) and _means(plain(words), phrases.YES.id, content)


def _means(said: str, text_id: str, content: Content) -> bool:
    return said in content.spellings(text_id)


def _spellings(label: Text, content: Content) -> Collection[str]:
    """Give every way to type a label: as it is shown, without the number it bears, and as authors listed."""
    if not (label.values or label.language):
        return content.spellings(label.id)
    wording = (content.wording[label.language],) if label.language else content.labels_for(None)
    ways = (label, replace(label, values={**label.values, "number": ""})) if "number" in label.values else (label,)
    return {*(plain(worded(way, labels)) for labels in wording for way in ways), *content.listed(label.id)}


def worded(label: Text, labels: Labels) -> str:
    """Give a label as it reads on a button."""
    words = "{words}" if label.id == "verbatim" else labels.get(label.id, "")
    for place, value in label.values.items():
        words = words.replace(f"{{{place}}}", worded(value, labels) if isinstance(value, Text) else str(value))
    return words
