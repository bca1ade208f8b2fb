"""A message back to the clinic, worded for whoever reads it, in the order of PRSB's standard."""

from dataclasses import dataclass

from rxbot.content.load import Release
from rxbot.episode import phrases
from rxbot.episode.tongues import holds_own_words
from rxbot.message import Text, Tongue
from rxbot.report.message import ORDER, ClinicMessage


@dataclass(frozen=True)
class Section:
    """A head and what stands below it. A part the person held back shows that and nothing else."""

    head: str
    lines: tuple[str, ...]
    held_back: bool = False


@dataclass(frozen=True)
class Reading:
    """A message as it is read. `own_words` says in which language the person wrote theirs, where that is another."""

    title: str
    urgent: str
    soon: str
    own_words: str
    sections: tuple[Section, ...]


def reading_of(release: Release, message: ClinicMessage, language: str = "") -> Reading:
    """Word a message in this language, or in the team's."""
    language = language or release.content.scheme.team_language

    def worded(text: Text) -> str:
        return _worded(release, text, language)

    told = {part.id: part.lines for part in message.parts}
    sections = []
    for part in ORDER:
        head = worded(phrases.CLINIC_HEAD[part]())
        if part in told:
            sections.append(Section(head, tuple(map(worded, told[part]))))
        elif part in message.held_back:
            sections.append(Section(head, (worded(phrases.CLINIC_HELD_BACK()),), held_back=True))
    return Reading(
        title=worded(phrases.CLINIC_TITLE[message.occasion]()),
        urgent=worded(phrases.CLINIC_URGENT()) if message.urgent else "",
        soon=worded(phrases.CLINIC_SOON_MARK()) if is_soon(message) else "",
        own_words=_own_words(release, message, language),
        sections=tuple(sections),
    )


def is_soon(message: ClinicMessage) -> bool:
    """Say whether the clinic is asked to look into it within days, by the line that asks so."""
    return any(line.id == phrases.CLINIC_SOON.id for part in message.parts for line in part.lines)


def _own_words(release: Release, message: ClinicMessage, language: str) -> str:
    same = message.language in ("", language)
    if same or not any(holds_own_words(line) for part in message.parts for line in part.lines):
        return ""
    return _worded(release, phrases.CLINIC_OWN_WORDS(language=Tongue(message.language)), language)


def _worded(release: Release, text: Text, language: str) -> str:
    """Word a line. One whose text the content has lost since must not hide the others."""
    try:
        return release.words.label(text, language)
    except KeyError:
        return release.words.label(phrases.CLINIC_LINE_LOST(), language)
