"""Who is at the clinic's pages: let in by a code that works once, kept by a signed cookie, and every form from our own page."""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rxbot.clinic.invitations import clinic_named
from rxbot.episode.content import Content
from rxbot.store import staff
from rxbot.store.unit import Unit

PURPOSE = "sign_in"
CODE_LASTS = timedelta(hours=24)
SESSION_LASTS = timedelta(hours=12)
LONGEST_FIELD = 4096  # bytes; our forms are a few words


class NotSignedIn(Exception):
    """Nobody is signed in here."""


def issue_sign_in(unit: Unit, content: Content, clinic: str, now: datetime, public_url: str) -> str:
    """Make an address that signs a clinic's staff in once, within a day."""
    code = secrets.token_urlsafe(24)
    staff.issue(unit, code, PURPOSE, clinic_named(content, clinic).id, now + CODE_LASTS)
    return f"{public_url.rstrip('/')}/clinic/sign-in?code={code}"


def redeem_sign_in(unit: Unit, code: str, now: datetime) -> str | None:
    """Use a code up and name its clinic."""
    return staff.redeem(unit, code, PURPOSE, now)


def begin_session(request: Request, clinic: str) -> None:
    """Sign this browser in, with nothing left of what it held before."""
    request.session.clear()
    request.session["clinic"] = clinic


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
