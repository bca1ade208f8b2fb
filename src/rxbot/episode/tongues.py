"""In which language somebody's own words are, said to whoever reads another one."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rxbot.episode import phrases
from rxbot.message import Listed, Phrase, Text, Tongue, Value, verbatim

Named = Mapping[str, Phrase]
OF_OTHERS: Named = MappingProxyType(
    {phrases.WRITTEN_WORDS.id: phrases.WRITTEN_WORDS_IN, phrases.WORKERS_STEP.id: phrases.WORKERS_STEP_IN}
)
OF_THE_PERSON: Named = MappingProxyType(
    {
        verbatim("").id: phrases.WORDS_IN,
        phrases.OWN_WORDS.id: phrases.WRITTEN_WORDS_IN,
        phrases.SUMMARY_BEST.id: phrases.SUMMARY_BEST_IN,
    }
)
OF_A_PLACE = phrases.TRIED.id  # what stands in it as it is written is a name


def as_read(lines: tuple[Text, ...], reads: str | None, written: str) -> tuple[Text, ...]:
    """Who reads another language is told which one the words of providers and link workers are in."""
    return lines if reads in ("", None, written) else tuple(_named(line, written, OF_OTHERS) for line in lines)


def as_the_clinic_reads(line: Text, reads: str, written: str) -> Text:
    """Who works with the person is told which language the person's own words are in, where it is another."""
    return line if written in ("", reads) or line.id == OF_A_PLACE else _named(line, written, OF_THE_PERSON)


def _named(said: Text, language: str, named: Named) -> Text:
    if said.id in named:
        return named[said.id](**said.values, language=Tongue(language))
    return replace(said, values={place: _within(value, language, named) for place, value in said.values.items()})


def _within(value: Value, language: str, named: Named) -> Value:
    match value:
        case Text():
            return _named(value, language, named)
        case Listed(items):
            return replace(value, items=tuple(_named(one, language, named) if isinstance(one, Text) else one for one in items))
        case _:
            return value
