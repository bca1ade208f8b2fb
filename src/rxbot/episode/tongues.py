"""In which language somebody's own words are, said to whoever reads another one."""

from dataclasses import replace

from rxbot.episode import phrases
from rxbot.message import Listed, Text, Tongue, Value

NAMED = {phrases.WRITTEN_WORDS.id: phrases.WRITTEN_WORDS_IN, phrases.WORKERS_STEP.id: phrases.WORKERS_STEP_IN}


def as_read(lines: tuple[Text, ...], reads: str | None, written: str) -> tuple[Text, ...]:
    """Who reads another language is told which one the words of providers and link workers are in."""
    return lines if reads in ("", None, written) else tuple(_named(line, written) for line in lines)


def _named(said: Text, language: str) -> Text:
    if said.id in NAMED:
        return NAMED[said.id](**said.values, language=Tongue(language))
    return replace(said, values={place: _within(value, language) for place, value in said.values.items()})


def _within(value: Value, language: str) -> Value:
    match value:
        case Text():
            return _named(value, language)
        case Listed(items):
            return replace(value, items=tuple(_named(one, language) if isinstance(one, Text) else one for one in items))
        case _:
            return value
