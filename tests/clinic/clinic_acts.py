"""What happens around the clinic's pages: time passes, somebody signs in, fills in a form, makes links."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from rxbot.access import ClinicRole
from rxbot.clinic.invitations import invite
from rxbot.clinic.pages import House
from rxbot.clinic.sign_in import issue_sign_in
from rxbot.episode.model import Episode
from rxbot.message import Text, verbatim
from rxbot.report.message import ORDER, ClinicMessage, Occasion, Part, PartId
from rxbot.store import clinic_messages, episodes, invitations
from rxbot.store.episodes import Held
from rxbot.store.invitations import Invitation
from rxbot.web import create_web


@dataclass
class Clock:
    time: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **span: float) -> None:
        self.time += timedelta(**span)


def browser_of(house: House, address: str = "192.0.2.1") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_web(house), client=(address, 1)), base_url=house.public_url)


def sign_in_address(house: House, clinic: str, role: ClinicRole = "clinician") -> str:
    with house.store.begin() as unit:
        return issue_sign_in(unit, house.release.content, clinic, house.now(), house.public_url, role)


async def signs_in(
    browser: httpx.AsyncClient, house: House, clinic: str = "harbour", role: ClinicRole = "clinician"
) -> httpx.Response:
    return await sends(browser, await browser.get(sign_in_address(house, clinic, role)))


async def sends(browser: httpx.AsyncClient, page: httpx.Response, action: str = "", **typed: str) -> httpx.Response:
    """Fill in the page's last form, or the one with this action, and send it."""
    forms = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.DOTALL)
    target, form = next(found for found in reversed(forms) if action in found[0])
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return await browser.post(target, data=hidden | typed)


def made(house: House, clinic: str = "harbour", **asked: object) -> tuple[Invitation, ...]:
    with house.store.begin() as unit:
        return invite(unit, house.release.content, house.now(), clinic=clinic, made_by="test", **asked)


def opened(house: House, clinic: str = "harbour", state: str = "following_up", **asked: object) -> Invitation:
    """Let somebody come by a link."""
    [one] = made(house, clinic, **asked)
    person_id = f"person of {one.id}"
    with house.store.begin() as unit:
        episodes.meet(unit, person_id, "telegram", one.id, house.now())
        invitations.opened(unit, one, person_id, house.now())
        episodes.start(unit, Held(person_id, one.id, Episode(one.episode_id, clinic, state=state)), house.now())
    return one


def hears(
    house: House,
    one: Invitation,
    occasion: Occasion = "plan",
    urgent: bool = False,
    held_back: tuple[PartId, ...] = (),
    left_out: tuple[PartId, ...] = (),
    **said: Text,
) -> str:
    """Let the clinic hear back about somebody, in every other part; give the message's id."""
    parts = tuple(
        Part(part, (said.get(part, verbatim(f"words on {part}")),)) for part in ORDER if part not in held_back + left_out
    )
    with house.store.begin() as unit:
        message = ClinicMessage(occasion, parts, urgent, held_back)
        clinic_messages.put(unit, one.episode_id, one.clinic, message, house.now(), f"person of {one.id}")
        return next(f.id for f in clinic_messages.of_episode(unit, one.clinic, one.episode_id) if f.message == message)
