"""All that a page or a sheet of paper says to one patient, in their language."""

from dataclasses import dataclass
from typing import Literal

from rxbot.clinic.invitations import language_of, patient_words
from rxbot.content.load import Release
from rxbot.episode.phrases import LINK_SAY, LINK_SCAN, LINK_UNTIL
from rxbot.message import Day
from rxbot.store.invitations import Invitation


@dataclass(frozen=True)
class Leaflet:
    """The words of one invitation, their language and which way it runs."""

    language: str
    direction: Literal["ltr", "rtl"]
    scan: str
    say: str
    until: str


def leaflet_of(release: Release, one: Invitation) -> Leaflet:
    """Word the leaflet of an invitation."""
    language = language_of(release.content, one)
    day = Day(one.expires_at.astimezone(release.content.scheme.time_zone).date())
    return Leaflet(
        language,
        "rtl" if release.words.runs_right_to_left(language) else "ltr",
        patient_words(release, one, LINK_SCAN()),
        patient_words(release, one, LINK_SAY()),
        patient_words(release, one, LINK_UNTIL(day=day)),
    )
