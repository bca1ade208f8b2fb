"""What the clinic reads, in PRSB's order: requested actions, summary, plan, scores, what worked and what did not, risks."""

from rxbot.dialog.model import Words
from rxbot.dialog.needs import help_wanted
from rxbot.episode import brief, phrases, plan_pages, referral_pages, screens
from rxbot.episode.content import Content
from rxbot.episode.measures import score_lines
from rxbot.episode.model import Episode
from rxbot.message import Listed, Text
from rxbot.plan.model import Goal
from rxbot.report.message import ClinicMessage, Part

ASKS_THE_CLINIC = ("moved_to_clinic",)


def at_plan(episode: Episode, content: Content) -> ClinicMessage:
    """Write the message when a plan is agreed."""
    return ClinicMessage(
        "plan",
        (
            Part("actions", (phrases.ACTIONS_NONE(),)),
            Part("summary", _summary(episode, content)),
            Part("plan", _plan(episode)),
            Part("scores", score_lines(episode, content)),
            Part("risks", (brief.risk(episode, content),)),
        ),
    )


def at_closing(episode: Episode, content: Content) -> ClinicMessage:
    """Write the message when the support ends."""
    asks = episode.ending in ASKS_THE_CLINIC
    return ClinicMessage(
        "closing",
        (
            Part("actions", (phrases.ACTIONS_TAKE_OVER() if asks else phrases.ACTIONS_NONE(),)),
            Part("summary", (*_summary(episode, content), *_ending(episode, content))),
            Part("plan", _plan(episode)),
            Part("scores", score_lines(episode, content)),
            Part("worked", _worked(episode)),
            Part("not_worked", _not_worked(episode)),
            Part("risks", (brief.risk(episode, content),)),
        ),
    )


def _summary(episode: Episode, content: Content) -> tuple[Text, ...]:
    domains = help_wanted(content.dialogs["intake"], episode.answers_of("intake"))
    tried = tuple(offer.name for offer in episode.offers if offer.wanted)
    return (
        phrases.SUMMARY_NEEDS(domains=Listed(tuple(Text(f"intake/matters.{d}") for d in domains)))
        if domains
        else phrases.SUMMARY_NO_NEEDS(),
        *((phrases.SUMMARY_TRIED(services=Listed(tried)),) if tried else ()),
        *referral_pages.told(episode),
        phrases.SUMMARY_CONTACT(n=episode.talks),
    )


def _ending(episode: Episode, content: Content) -> tuple[Text, ...]:
    return (phrases.SUMMARY_ENDED(reason=phrases.ENDED[episode.ending]()), *last_answers(episode, content))


def last_answers(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Say how the person found it, and what helped or should be different, in their own words."""
    dialog, answers = content.dialogs["closing"], episode.answers_of("closing")
    question, answer = dialog.question("closing.satisfied"), answers.get("closing.satisfied")
    best = answers.get("closing.best")
    return (
        *((phrases.SUMMARY_SATISFIED(answer=screens.said(question, answer)),) if question and answer else ()),
        *((phrases.SUMMARY_BEST(words=best.value.words),) if best and isinstance(best.value, Words) else ()),
    )


def _plan(episode: Episode) -> tuple[Text, ...]:
    return plan_pages.message_about(episode.plan) if episode.plan else (phrases.NONE_NOTED(),)


def _worked(episode: Episode) -> tuple[Text, ...]:
    done = (goal for goal in _goals(episode) if goal.status == "met" or goal.action.status in ("done", "in_progress"))
    return tuple(phrases.WORKED_LINE(goal=goal.what, step=goal.action.what) for goal in done) or (phrases.NONE_NOTED(),)


def _not_worked(episode: Episode) -> tuple[Text, ...]:
    left = (goal for goal in _goals(episode) if goal.action.status in ("on_hold", "cancelled"))
    return tuple(map(_left, left)) or (phrases.NONE_NOTED(),)


def _left(goal: Goal) -> Text:
    if goal.action.barrier is None:
        return phrases.NOT_WORKED_LINE_UNSAID(goal=goal.what, step=goal.action.what)
    return phrases.NOT_WORKED_LINE(goal=goal.what, step=goal.action.what, barrier=goal.action.barrier)


def _goals(episode: Episode) -> tuple[Goal, ...]:
    return episode.plan.goals if episode.plan else ()
