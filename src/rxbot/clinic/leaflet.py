"""All that a page or a sheet of paper shows to one patient, in their language."""

from dataclasses import dataclass
from typing import Literal

from rxbot.clinic import qr
from rxbot.clinic.invitations import code_of, language_of, link_of, patient_words
from rxbot.content.load import Release
from rxbot.episode import phrases
from rxbot.message import Day, Text
from rxbot.store.invitations import Invitation


@dataclass(frozen=True)
class Way:
    """One way into the chat, step by step."""

    head: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Leaflet:
    """One invitation: its link, the same as a square and as a code, and the words around them, with which way they run."""

    language: str
    direction: Literal["ltr", "rtl"]
    link: str
    square: str
    code: str
    head: str
    about: str
    free: str
    by_camera: Way
    by_code: Way
    by_address: str
    scan: str
    say: str
    until: str
    no_emergency: str


def leaflet_of(release: Release, one: Invitation, bot_name: str) -> Leaflet:
    """Word the leaflet of an invitation."""

    def words(text: Text) -> str:
        return patient_words(release, one, text)

    language, link = language_of(release.content, one), link_of(one, bot_name)
    day = Day(one.expires_at.astimezone(release.content.scheme.time_zone).date())
    camera = (phrases.LEAFLET_CAMERA_1(), phrases.LEAFLET_CAMERA_2(), phrases.LEAFLET_CAMERA_3())
    code = (phrases.LEAFLET_CODE_1(bot=f"@{bot_name}"), phrases.LEAFLET_CODE_2(), phrases.LEAFLET_CODE_3())
    return Leaflet(
        language=language,
        direction="rtl" if release.words.runs_right_to_left(language) else "ltr",
        link=link,
        square=qr.svg(link),
        code=code_of(one),
        head=words(phrases.LEAFLET_HEAD()),
        about=words(phrases.LEAFLET_ABOUT()),
        free=words(phrases.LEAFLET_FREE()),
        by_camera=Way(words(phrases.LEAFLET_CAMERA()), tuple(map(words, camera))),
        by_code=Way(words(phrases.LEAFLET_CODE()), tuple(map(words, code))),
        by_address=words(phrases.LEAFLET_ADDRESS()),
        scan=words(phrases.LINK_SCAN()),
        say=words(phrases.LINK_SAY()),
        until=words(phrases.LINK_UNTIL(day=day)),
        no_emergency=words(phrases.LEAFLET_NO_EMERGENCY(number=release.content.emergency.number)),
    )
