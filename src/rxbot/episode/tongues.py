"""In which language somebody's own words are, said to whoever reads another one."""

from dataclasses import replace

from rxbot.episode import phrases
from rxbot.message import Listed, Text, Tongue, Value, verbatim

NAMED = {phrases.WRITTEN_WORDS.id: phrases.WRITTEN_WORDS_IN, phrases.WORKERS_STEP.id: phrases.WORKERS_STEP_IN}
AS_WRITTEN = {verbatim("").id, phrases.OWN_WORDS.id, phrases.SUMMARY_BEST.id}
OF_A_PLACE = phrases.TRIED.id  # what stands in it as it is written is a name


def as_read(lines: tuple[Text, ...], reads: str | None, written: str) -> tuple[Text, ...]:
    """Who reads another language is told which one the words of providers and link workers are in."""
    return lines if reads in ("", None, written) else tuple(_named(line, written) for line in lines)


def holds_own_words(said: Value) -> bool:
    """Say whether words of the person's own stand in this, which are in their language wherever they are read."""
    match said:
        case Text(id=text_id, values=values):
            return text_id != OF_A_PLACE and (text_id in AS_WRITTEN or any(map(holds_own_words, values.values())))
        case Listed(items):
            return any(map(holds_own_words, items))
        case _:
            return False


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
