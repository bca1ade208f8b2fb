"""A referral as a value, in the states of Gravity's Task (SDOH Clinical Care); and a signpost, which is not a referral."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Consent: TypeAlias = Literal["", "yes", "no"]
Met: TypeAlias = Literal["", "yes", "part", "no"]


@dataclass(frozen=True)
class Referral:
    """A place asked for on the person's behalf. `service` is its key in the directory, if it has one.

    `by` is the worker's name, `at` when the state was reached, `wait` the message that asked for consent. `attended` and
    `need_met` are what came of it, as far as anybody has told; `reminders` counts how often the team was asked since `at`.
    """

    number: int
    service: str
    name: str
    domain: str
    by: str
    at: datetime
    state: str = "draft"
    reason: str = ""
    consent: Consent = ""
    wait: int = 0
    attended: bool | None = None
    need_met: Met = ""
    reminders: int = 0


@dataclass(frozen=True)
class Signpost:
    """A place whose name and contact were given; the person gets in touch themselves.

    They are asked once how it went, if that was not asked otherwise: `outcome` is the answer by its id.
    `changed` says that its number is another than they were last given.
    """

    service: str
    name: str
    by: str
    at: datetime
    phone: str = ""
    asked: bool = False
    outcome: str = ""
    changed: bool = False
