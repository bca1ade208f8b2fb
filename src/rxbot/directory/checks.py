"""What a provider answers when it is asked whether a service's details are still right, and what then holds of them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from rxbot.directory.model import Phone, Schedule, Service

Outcome: TypeAlias = Literal["right", "changed", "closed"]
HiddenBy: TypeAlias = Literal["", "publisher", "provider", "reports"]
"""Whose word keeps a service hidden: nobody's, the directory's, its provider's, or that of people who tried it."""
OUTCOMES: tuple[Outcome, ...] = ("right", "changed", "closed")


@dataclass(frozen=True)
class Amendment:
    """What a provider says stands in place of what its directory says. What is empty stays as it is published."""

    phone: str = ""
    opening: str = ""
    entry: str = ""

    def followed_by(self, later: "Amendment") -> "Amendment":
        """Add what was said later; where it says nothing, the earlier word holds."""
        return Amendment(later.phone or self.phone, later.opening or self.opening, later.entry or self.entry)


@dataclass(frozen=True)
class Statement:
    """One answer about one service. `words` say what has changed where the fields of the amendment do not."""

    outcome: Outcome
    words: str = ""
    amendment: Amendment = Amendment()

    def says_all_of(self, earlier: "Statement") -> bool:
        """Say whether a change leaves nothing of an earlier one unsaid, so that it takes its place."""
        said, before = self.amendment, earlier.amendment
        fields = ((said.phone, before.phone), (said.opening, before.opening), (said.entry, before.entry))
        return self.outcome == "changed" and earlier.words in ("", self.words) and all(now or not was for now, was in fields)


def as_answered(service: Service, assured_on: date | None, amendment: Amendment | None) -> Service:
    """Give a service as its provider's answers have it: vouched for on the later day, and with what was amended."""
    if assured_on:
        service = replace(service, assured_date=max(service.assured_date or assured_on, assured_on))
    return _amended(service, amendment) if amendment else service


def _amended(service: Service, new: Amendment) -> Service:
    """The places of a service have phones and times too, which are shown first: the provider's word takes their place."""
    if new.phone:
        places = tuple(replace(place, phones=()) for place in service.locations)
        service = replace(service, phones=(Phone(new.phone),), locations=places)
    if new.opening:
        places = tuple(replace(place, schedules=()) for place in service.locations)
        service = replace(service, schedules=(Schedule(new.opening),), locations=places)
    return replace(service, application_process=new.entry) if new.entry else service
