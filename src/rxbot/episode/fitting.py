"""A message holds 4096 letters. Own words that would make it longer are cut, with a sign that there was more.

They stand whole in what is kept, in the person's papers, and in the parts of them that the topic gets.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rxbot.message import Listed, Text, Value, letters

MESSAGE, CAPTION = 4096, 1024  # letters as Telegram counts them
APART = 3  # signs around a value, and before its line, that keep their direction
AT_MOST = (1000, 500, 300, 150, 80, 40)  # letters of each value, tried in this order


def fitted(lines: tuple[Text, ...], wording: Mapping[str, str]) -> tuple[Text, ...]:
    """Give these lines so that they fit one message in the language of this wording."""
    tried = lines
    for most in AT_MOST:
        if fits(tried, wording):
            break
        tried = tuple(cut(line, most) for line in lines)
    return tried


def fits(lines: Iterable[Text], wording: Mapping[str, str]) -> bool:
    """Say whether these lines surely fit one message in the language of this wording."""
    return _size(lines, wording) <= MESSAGE


def parted(lines: Iterable[Text], wording: Mapping[str, str]) -> Iterator[tuple[Text, ...]]:
    """Give these lines in as many messages as they need in the language of this wording, in their order."""
    part: tuple[Text, ...] = ()
    for line in lines:
        if part and not fits((*part, line), wording):
            yield fitted(part, wording)
            part = ()
        part = (*part, line)
    if part:
        yield fitted(part, wording)


def cut(text: Text, most: int) -> Text:
    """Give a text with every value in it cut to so many letters."""
    return replace(text, values={place: _cut(value, most) for place, value in text.values.items()})


def short(words: str, most: int) -> str:
    """Cut long words, at a word, with a sign that there was more."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def _cut(value: Value, most: int) -> Value:
    match value:
        case Text():
            return cut(value, most)
        case Listed(items):
            return Listed(tuple(_cut(item, most) for item in items))
        case str() if len(value) > most:
            return short(value, most)
        case _:
            return value


def _size(lines: Iterable[Text], wording: Mapping[str, str]) -> int:
    return sum(_letters(line, wording) + 1 for line in lines)


def _letters(value: Value, wording: Mapping[str, str]) -> int:
    match value:
        case Text(id=text_id, values=values):
            return letters(wording.get(text_id, "")) + APART + sum(_letters(one, wording) for one in values.values())
        case Listed(items):
            return sum(_letters(item, wording) + APART for item in items)
        case str():
            return letters(value) + APART
        case _:
            return len("00 September 0000")
