"""Invite patients: one link each, random, running out, and carrying nothing about anybody."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from rxbot.content.load import Release
from rxbot.episode.content import Clinic, Content
from rxbot.episode.phrases import LINK_TEXT, SURVEY_LINK_TEXT
from rxbot.errors import Refused
from rxbot.message import Text
from rxbot.store import invitations, short_codes, staff
from rxbot.store.invitations import Invitation, Private
from rxbot.store.unit import Unit

MOST_AT_ONCE = 200
LONGEST_REFERENCE = 80


class Invited(TypedDict):
    """An invitation as `rxbot invite --json` prints it."""

    id: str
    clinic: str
    language: str
    reason: str
    reference: str
    link: str
    code: str
    text: str
    expires_at: str


def invite(
    unit: Unit,
    content: Content,
    now: datetime,
    *,
    clinic: str,
    language: str = "",
    reason: str = "",
    reference: str = "",
    count: int = 1,
    survey: bool = False,
    made_by: str,
) -> tuple[Invitation, ...]:
    """Make so many links. An empty language is asked in the chat. Refused while no team would receive anybody.

    A survey has no patient: who tells of danger in it is shown whom to ring where no team is ready.
    """
    _check(content, clinic, language, reason, reference, count)
    if survey:
        _check_survey(content, reason, reference)
    elif not teams_ready(unit):
        raise Refused(
            "No team of link workers is ready, so a patient would find nobody.",
            "Bind a team's group with `rxbot team bind` and tap the button of its test alert.",
        )
    made = tuple(
        Invitation(
            id=secrets.token_urlsafe(9),
            episode_id=secrets.token_urlsafe(12),
            clinic=clinic,
            language=language,
            reason=reason,
            made_at=now,
            expires_at=now + timedelta(days=content.scheme.invitation_days),
            person_id=None,
            standing="not opened",
            private=Private(secrets.token_urlsafe(16), reference, short_codes.new_code()),
            survey=survey,
        )
        for _ in range(count)
    )
    for one in made:
        invitations.make(unit, one, made_by)
    return made


def teams_ready(unit: Unit) -> bool:
    """Say whether anybody would receive a patient."""
    return staff.teams_ready(unit) > 0


def link_of(one: Invitation, bot_name: str) -> str:
    """Give the link that opens the chat. Raises Refused for an erased invitation, which has none any more."""
    if one.private is None:
        raise Refused("This link was erased at the patient's wish.", "Make another one.")
    return f"https://t.me/{bot_name}?start={one.private.token}"


def code_of(one: Invitation) -> str:
    """Give the short code as people copy it; nothing for a link that was made before there were codes."""
    return short_codes.shown(one.private.code) if one.private and one.private.code else ""


def language_of(content: Content, one: Invitation) -> str:
    """Give the language to address the patient in before the chat has asked."""
    offered = content.scheme.languages
    return one.language if one.language in offered else offered[0]


def patient_words(release: Release, one: Invitation, text: Text) -> str:
    """Word this for the patient, without markup."""
    return release.words.label(text, language_of(release.content, one))


def text_message(release: Release, one: Invitation, bot_name: str) -> str:
    """Word the text message for the patient, with the link on its last line."""
    clinic = release.content.scheme.clinics[one.clinic].name
    text = (SURVEY_LINK_TEXT if one.survey else LINK_TEXT)(clinic=clinic)
    return f"{patient_words(release, one, text)}\n{link_of(one, bot_name)}"


def as_json(release: Release, made: Iterable[Invitation], bot_name: str) -> list[Invited]:
    """Give the invitations as another program reads them."""
    return [
        Invited(
            id=one.id,
            clinic=one.clinic,
            language=one.language,
            reason=one.reason,
            reference=one.private.reference if one.private else "",
            link=link_of(one, bot_name),
            code=code_of(one),
            text=text_message(release, one, bot_name),
            expires_at=one.expires_at.isoformat(),
        )
        for one in made
    ]


def clinic_named(content: Content, clinic: str) -> Clinic:
    """Find a clinic of the scheme. Raises Refused when there is none of this name."""
    _known("clinic", clinic, content.scheme.clinics)
    return content.scheme.clinics[clinic]


def _check(content: Content, clinic: str, language: str, reason: str, reference: str, count: int) -> None:
    clinic_named(content, clinic)
    if language:
        _known("language", language, content.scheme.languages)
    if reason:
        _known("reason", reason, content.scheme.reasons)
    if len(reference) > LONGEST_REFERENCE:
        raise Refused("The reference is too long.", f"Use {LONGEST_REFERENCE} letters or fewer.")
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(f"{count} links cannot be made at once.", f"Make 1 to {MOST_AT_ONCE}.")


def _check_survey(content: Content, reason: str, reference: str) -> None:
    if "survey" not in content.dialogs:
        raise Refused("There is no page dialogs/survey.yaml.", "Copy the one that ships with rxbot.")
    if reason or reference:
        raise Refused("A survey is anonymous: its links have no reason and no reference.", "Leave them out.")


def _known(what: str, name: str, choices: Iterable[str]) -> None:
    names = tuple(choices)
    if name not in names:
        raise Refused(f"There is no {what} {name!r}.", f"Choose from: {', '.join(names)}.")
