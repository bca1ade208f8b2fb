"""A message back to the clinic, worded in the team's language, in the order of PRSB's standard."""

from dataclasses import dataclass

from rxbot.content.load import Release
from rxbot.episode import phrases
from rxbot.episode.tongues import as_the_clinic_reads
from rxbot.message import Text
from rxbot.report.message import ORDER, ClinicMessage


@dataclass(frozen=True)
class Section:
    """A head and what stands below it. A part the person held back shows that and nothing else."""

    head: str
    lines: tuple[str, ...]
    held_back: bool = False


@dataclass(frozen=True)
class Reading:
    """A message as it is read."""

    title: str
    urgent: str
    sections: tuple[Section, ...]


def reading_of(release: Release, message: ClinicMessage) -> Reading:
    """Word a message."""
    told = {part.id: part.lines for part in message.parts}
    sections = []
    for part in ORDER:
        head = _worded(release, phrases.CLINIC_HEAD[part]())
        if part in told:
            sections.append(Section(head, tuple(_worded(release, line, message.language) for line in told[part])))
        elif part in message.held_back:
            sections.append(Section(head, (_worded(release, phrases.CLINIC_HELD_BACK()),), held_back=True))
    return Reading(
        title=_worded(release, phrases.CLINIC_TITLE[message.occasion]()),
        urgent=_worded(release, phrases.CLINIC_URGENT()) if message.urgent else "",
        sections=tuple(sections),
    )


def _worded(release: Release, text: Text, written: str = "") -> str:
    """Word a line. One whose text the content has lost since must not hide the others."""
    try:
        reads = release.content.scheme.team_language
        return release.words.label(as_the_clinic_reads(text, reads, written), reads)
    except KeyError:
        return release.words.label(phrases.CLINIC_LINE_LOST(), release.content.scheme.team_language)
