"""What the person told at their check-ins, each with what it was about then: a step may have been written anew since."""

from dataclasses import dataclass
from datetime import datetime

from rxbot.dialog.model import Answer, Question
from rxbot.dialog.path import answered
from rxbot.episode import screens
from rxbot.episode.content import Content
from rxbot.episode.model import SIGNPOSTED, Episode, dialog_for, dialog_of, goal_asked_about
from rxbot.message import Text
from rxbot.plan.model import Goal


@dataclass(frozen=True)
class CheckIn:
    """What was told, on which sheet and when, and about which goal and which service, if it was about one."""

    sheet: str
    at: datetime
    about: Text
    goal: Goal | None
    service: str
    answers: tuple[tuple[Question, Answer], ...]

    def said(self, question: str) -> str:
        """Name what was picked at a question."""
        return "".join(chosen for asked, answer in self.answers if asked.id == question for chosen in answer.chosen)

    @property
    def subject(self) -> object:
        """What it was about: a service however it came to be asked about, a step, or how things were on that day."""
        return self.service or ((self.goal.number, str(self.goal.action.what)) if self.goal else self.sheet)


def check_ins(episode: Episode, content: Content) -> tuple[CheckIn, ...]:
    """Give every check-in that was answered, the oldest first."""
    sheets = (sheet for sheet in episode.sheets if dialog_of(sheet) == "check_in")
    return tuple(one for sheet in sheets if (one := _check_in(episode, content, sheet)))


def about(episode: Episode, sheet: str) -> Text:
    """Say what a check-in was about when it was asked."""
    goal = goal_asked_about(sheet, episode)
    return goal.action.what if goal else screens.subject(episode, sheet)


def _check_in(episode: Episode, content: Content, sheet: str) -> CheckIn | None:
    answers = tuple(answered(dialog_for(sheet, episode, content), episode.answers_of(sheet)))
    if not answers:
        return None
    goal = goal_asked_about(sheet, episode)
    return CheckIn(sheet, answers[0][1].at, about(episode, sheet), goal, service_asked_about(sheet, episode), answers)


def service_asked_about(sheet: str, episode: Episode) -> str:
    """Name the service a check-in is about: that of the step, one they wanted to try, or one a worker told them of."""
    about = sheet.rpartition("-")[2]
    kind, number = about[:1], int(about[1:] or 0)
    if kind == "s":
        return episode.offers[number - 1].service
    if kind == "p":
        return episode.signposts[number - 1].service
    goal = goal_asked_about(sheet, episode)
    return goal.action.service if goal else ""


def services_of(episode: Episode) -> tuple[str, ...]:
    """Name the services that a check-in may be about."""
    named = (*(offer.service for offer in episode.offers), *(signpost.service for signpost in episode.signposts))
    return tuple(dict.fromkeys(service for service in named if service))


def tried(episode: Episode) -> frozenset[str]:
    """Name the services they have been to, as they told at a check-in, or as somebody told of a referral."""
    sheets = (sheet for sheet in episode.sheets if dialog_of(sheet) == "check_in")
    told = {service_asked_about(sheet, episode) for sheet in sheets if _was_there(episode, sheet)}
    helped = {offer.service for offer in episode.offers if offer.helped}
    attended = {referral.service for referral in episode.referrals if referral.attended}
    return frozenset((told | helped | attended) - {""})


def to_try(episode: Episode) -> tuple[str, ...]:
    """Name what they picked and have not been to yet."""
    been_to = tried(episode)
    return tuple(offer.name for offer in episode.offers if offer.wanted and offer.service not in been_to)


def _was_there(episode: Episode, sheet: str) -> bool:
    return any(episode.chose(sheet, asked, how) for asked in ("check_in.how", SIGNPOSTED) for how in ("went", "part"))
