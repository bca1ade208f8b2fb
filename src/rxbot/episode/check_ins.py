"""What the person told at their check-ins, each with what it was about then: a step may have been written anew since."""

from dataclasses import dataclass
from datetime import datetime

from rxbot.dialog.model import Answer, Question
from rxbot.dialog.path import answered
from rxbot.episode import screens
from rxbot.episode.content import Content
from rxbot.episode.model import Episode, dialog_for, dialog_of
from rxbot.message import Text
from rxbot.plan.model import Goal


@dataclass(frozen=True)
class CheckIn:
    """What was told, when, and about which goal, if it was about one."""

    at: datetime
    about: Text
    goal: Goal | None
    answers: tuple[tuple[Question, Answer], ...]

    def said(self, question: str) -> str:
        """Name what was picked at a question."""
        return "".join(chosen for asked, answer in self.answers if asked.id == question for chosen in answer.chosen)


def check_ins(episode: Episode, content: Content) -> tuple[CheckIn, ...]:
    """Give every check-in that was answered, the oldest first."""
    sheets = (sheet for sheet in episode.sheets if dialog_of(sheet) == "check_in")
    return tuple(one for sheet in sheets if (one := _check_in(episode, content, sheet)))


def about(episode: Episode, sheet: str, at: datetime) -> Text:
    """Say what a check-in was about when it was asked."""
    goal = _goal(episode, sheet, at)
    return goal.action.what if goal else screens.subject(episode, sheet)


def _check_in(episode: Episode, content: Content, sheet: str) -> CheckIn | None:
    answers = tuple(answered(dialog_for(sheet, episode, content), episode.answers_of(sheet)))
    if not answers:
        return None
    at = answers[0][1].at
    return CheckIn(at, about(episode, sheet, at), _goal(episode, sheet, at), answers)


def _goal(episode: Episode, sheet: str, at: datetime) -> Goal | None:
    """Find the goal as it stood then: the check-in itself makes a new version of the plan."""
    number = sheet.rpartition("-")[2].removeprefix("g")
    plan = next((plan for plan in reversed(episode.plans) if plan.agreed_at < at), None)
    return next((goal for goal in plan.goals if str(goal.number) == number), None) if plan else None
