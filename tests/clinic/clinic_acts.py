"""What happens around the clinic's pages: time passes, somebody signs in, fills in a form, makes links."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from rxbot.clinic.invitations import invite
from rxbot.clinic.pages import House
from rxbot.clinic.sign_in import issue_sign_in
from rxbot.store.invitations import Invitation
from rxbot.web import create_web


@dataclass
class Clock:
    time: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **span: float) -> None:
        self.time += timedelta(**span)


def browser_of(house: House) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_web(house)), base_url=house.public_url)


def sign_in_address(house: House, clinic: str) -> str:
    with house.store.begin() as unit:
        return issue_sign_in(unit, house.release.content, clinic, house.now(), house.public_url)


async def signs_in(browser: httpx.AsyncClient, house: House, clinic: str) -> httpx.Response:
    return await sends(browser, await browser.get(sign_in_address(house, clinic)))


async def sends(browser: httpx.AsyncClient, page: httpx.Response, action: str = "", **typed: str) -> httpx.Response:
    """Fill in the page's last form, or the one with this action, and send it."""
    forms = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.DOTALL)
    target, form = next(found for found in reversed(forms) if action in found[0])
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return await browser.post(target, data=hidden | typed)


def made(house: House, clinic: str = "harbour", **asked: object) -> tuple[Invitation, ...]:
    with house.store.begin() as unit:
        return invite(unit, house.release.content, house.now(), clinic=clinic, made_by="test", **asked)
