"""Who is at the clinic's pages: let in by a code that works once, into a role; known by a cookie whose session we keep ourselves.

The cookie is signed, and holds a token and the stamp of this browser's forms. What the token is worth stands in our store, so
that signing out, or a clock, ends it whatever the browser keeps.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from limits import RateLimitItemPerMinute
from starlette.exceptions import HTTPException
from starlette.requests import Request

from rxbot.access import CLINIC_ROLES, ClinicRole, may
from rxbot.clinic.invitations import clinic_named
from rxbot.episode.content import Clinic, Content
from rxbot.store import ledger, sessions, staff
from rxbot.store.unit import Unit

PURPOSE = "sign_in"
CODE_LASTS = timedelta(hours=24)
LONGEST_FIELD = 4096  # bytes; our forms are a few words
MOST_WRONG = RateLimitItemPerMinute(10, 10)  # codes from one address; nobody types one


class NotSignedIn(Exception):
    """Nobody is signed in here."""


@dataclass(frozen=True)
class Visit:
    """Somebody of a clinic's staff at one of its pages."""

    clinic: Clinic
    role: str

    def may(self, act: str) -> bool:
        """Say whether they may do this."""
        return may(self.role, act)

    @property
    def actor(self) -> str:
        """Name them as the audit does."""
        return f"clinic {self.clinic.id} {self.role}"


def issue_sign_in(
    unit: Unit, content: Content, clinic: str, now: datetime, public_url: str, role: ClinicRole = "clinician"
) -> str:
    """Make an address that signs a clinic's staff in once, within a day."""
    code = secrets.token_urlsafe(24)
    staff.issue(unit, code, PURPOSE, _subject(role, clinic_named(content, clinic).id), now + CODE_LASTS)
    return f"{public_url.rstrip('/')}/clinic/sign-in?code={code}"


def redeem_sign_in(unit: Unit, content: Content, code: str, old: str, now: datetime) -> str | None:
    """Use a code up and begin a session; give its token. What this browser was signed in as before ends."""
    role, _, id = (staff.redeem(unit, code, PURPOSE, now) or "").partition(" ")
    clinic = content.scheme.clinics.get(id)
    if clinic is None:
        return None
    token = secrets.token_urlsafe(32)
    sessions.end(unit, old)
    sessions.begin(unit, token, clinic.id, role, now)
    ledger.note_act(unit, Visit(clinic, role).actor, "sign_in", "", True, now)
    return token


def sign_all_out(unit: Unit, content: Content, clinic: str) -> int:
    """End a clinic's sessions, and the sign-in codes that nobody has used yet; say how many sessions there were."""
    id = clinic_named(content, clinic).id
    for role in CLINIC_ROLES:
        staff.withdraw(unit, PURPOSE, _subject(role, id))
    return sessions.end_all(unit, id)


def visit_of(unit: Unit, content: Content, token: str, now: datetime) -> Visit | None:
    """Say who this token stands for; nobody when its session is over, or its clinic is no longer of the scheme."""
    session = sessions.find(unit, token, now) if token else None
    clinic = content.scheme.clinics.get(session.clinic) if session else None
    return Visit(clinic, session.role) if session and clinic else None


def token_of(request: Request) -> str:
    """Give the token in this browser's cookie."""
    return str(request.session.get("token", ""))


def begin_session(request: Request, token: str) -> None:
    """Sign this browser in, with nothing left of what it held before."""
    forget_session(request)
    request.session["token"] = token


def forget_session(request: Request) -> None:
    """Keep nothing of what this browser held but the language that is read in it."""
    language = request.session.get("language")
    request.session.clear()
    if language:
        request.session["language"] = language


def cookie(public_url: str) -> dict[str, Any]:
    """Say how the cookie is set. With https its name binds it to this very host: no neighbour can plant one."""
    https = is_https(public_url)
    return {
        "session_cookie": "__Host-clinic" if https else "clinic",
        "max_age": int(sessions.LASTS.total_seconds()),
        "path": "/",
        "same_site": "strict",
        "https_only": https,
    }


def is_https(public_url: str) -> bool:
    """Say whether the pages are reached by https."""
    return public_url.startswith("https:")


def stamp_of(request: Request) -> str:
    """Give the stamp that every form of this session carries, so that no other site can send one."""
    return str(request.session.setdefault("stamp", secrets.token_urlsafe(16)))


async def fields_of(request: Request) -> dict[str, str]:
    """Read a form. One without the stamp of this session is turned away."""
    async with request.form(max_files=0, max_fields=10, max_part_size=LONGEST_FIELD) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    stamp = request.session.get("stamp")
    if stamp is None or not compare_digest(fields.get("stamp", "").encode(), stamp.encode()):
        raise HTTPException(403)
    return fields


def _subject(role: str, clinic: str) -> str:
    return f"{role} {clinic}"
