"""What the clinic reads, in PRSB's order: requested actions, summary, plan, scores, what worked and what did not, risks."""

from collections.abc import Iterator
from datetime import datetime

from rxbot.dialog.model import Words
from rxbot.dialog.needs import help_wanted
from rxbot.episode import brief, phrases, plan_pages, referral_pages, screens
from rxbot.episode.check_ins import CheckIn, check_ins
from rxbot.episode.content import Content
from rxbot.episode.measures import score_lines
from rxbot.episode.model import IN_GENERAL, SIGNPOSTED, Episode
from rxbot.message import Day, Listed, Text, Tongue
from rxbot.report.message import ClinicMessage, Part

ASKS_THE_CLINIC = ("moved_to_clinic",)
WORKED, NOT_WORKED = ("better", "went", "part"), ("harder", "could_not", "not_for_me", "not_needed", "help")
ASKED_OF_IT = ("check_in.barrier", "check_in.helped")  # what explains how it went
RISK = {"told": phrases.CLINIC_RISK_TOLD, "none_told": phrases.CLINIC_RISK_NONE_TOLD, "not_asked": phrases.CLINIC_RISK_NOT_ASKED}


def at_plan(episode: Episode, content: Content, at: datetime) -> ClinicMessage:
    """Write the message when a plan is agreed."""
    return ClinicMessage(
        "plan",
        (
            Part("actions", _actions(episode, content)),
            Part("summary", _summary(episode, content, at)),
            Part("plan", _plan(episode)),
            Part("scores", score_lines(episode, content)),
            Part("risks", risks(episode, content)),
        ),
    )


def at_closing(episode: Episode, content: Content, at: datetime) -> ClinicMessage:
    """Write the message when the support ends."""
    return ClinicMessage(
        "closing",
        (
            Part("actions", _actions(episode, content)),
            Part("summary", (*_summary(episode, content, at), *_ending(episode, content))),
            Part("plan", _plan(episode)),
            Part("scores", score_lines(episode, content)),
            Part("worked", tuple(_worked(episode, content)) or (phrases.NONE_NOTED(),)),
            Part("not_worked", tuple(_not_worked(episode, content)) or (phrases.NONE_NOTED(),)),
            Part("risks", risks(episode, content)),
        ),
    )


def risks(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Say which of the three values the risk has, when danger was told last, and when a link worker saw it."""
    if episode.danger_at and episode.danger_seen:
        told, seen = content.scheme.day(episode.danger_at), content.scheme.day(episode.danger_seen)
        return (phrases.CLINIC_RISK_SEEN(day=Day(told), seen=Day(seen)),)
    if episode.danger_at:
        return (phrases.CLINIC_RISK_TOLD_ON(day=Day(content.scheme.day(episode.danger_at))),)
    return (RISK[brief.risk(episode, content)](),)


def _actions(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Ask to take over where the support ends for that; repeat what was asked before, which may be open still."""
    now = (phrases.ACTIONS_TAKE_OVER(),) if episode.ending in ASKS_THE_CLINIC else ()
    before = tuple(
        line
        for told in episode.clinic_told
        if told.message.occasion == "referral_back"
        for line in (phrases.ACTIONS_ASKED(day=Day(content.scheme.day(told.at))), *told.message.parts[0].lines)
    )
    return (*now, *before) or (phrases.ACTIONS_NONE(),)


def _summary(episode: Episode, content: Content, at: datetime) -> tuple[Text, ...]:
    domains = help_wanted(content.dialogs["intake"], episode.answers_of("intake"))
    tried = _tried(episode)
    return (
        phrases.SUMMARY_AS_OF(day=Day(content.scheme.day(at))),
        *language(episode),
        phrases.SUMMARY_NEEDS(domains=Listed(tuple(Text(f"intake/matters.{d}") for d in domains)))
        if domains
        else phrases.SUMMARY_NO_NEEDS(),
        *((phrases.SUMMARY_TRIED(services=Listed(tried)),) if tried else ()),
        *referral_pages.told(episode),
        phrases.SUMMARY_CONTACT(n=episode.talks),
    )


def language(episode: Episode) -> tuple[Text, ...]:
    """Say which language the person reads, once they have chosen one."""
    return (phrases.SUMMARY_LANGUAGE(language=Tongue(episode.language)),) if episode.language else ()


def _tried(episode: Episode) -> tuple[str, ...]:
    """Name the services they wanted to try, also those they found not to be for them since."""
    planned = {goal.action.service for plan in episode.plans for goal in plan.goals}
    asked = {sheet.rpartition("-")[2] for sheet in episode.sheets if sheet.startswith("check_in-")}
    offers = enumerate(episode.offers, 1)
    return tuple(one.name for number, one in offers if one.wanted or one.service in planned or f"s{number}" in asked)


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


def _worked(episode: Episode, content: Content) -> Iterator[Text]:
    for one in check_ins(episode, content):
        if _how(one) in WORKED and one.said("check_in.helped") != "no":
            yield from _came_of(one, content)
    for referral in episode.referrals:
        if referral.need_met in ("yes", "part") or (referral.attended and not referral.need_met):
            yield referral_pages.made(referral)


def _not_worked(episode: Episode, content: Content) -> Iterator[Text]:
    for one in check_ins(episode, content):
        if _how(one) in NOT_WORKED or one.said("check_in.helped") == "no":
            yield from _came_of(one, content)
    for referral in episode.referrals:
        if referral.need_met == "no" or referral.attended is False or referral.state in ("rejected", "failed"):
            yield referral_pages.made(referral)


def _how(one: CheckIn) -> str:
    return one.said("check_in.how") or one.said(SIGNPOSTED) or one.said(IN_GENERAL)


def _came_of(one: CheckIn, content: Content) -> Iterator[Text]:
    """Say what was told about it, on which day, and what they said in explanation."""
    own = one.goal is not None and one.goal.action.by == "person"
    line = phrases.TRIED_OWN if own else phrases.TRIED
    yield line(day=Day(content.scheme.day(one.at)), step=one.about, answer=screens.said(*one.answers[0]))
    for question, answer in one.answers:
        if question.id in ASKED_OF_IT:
            yield phrases.BRIEF_ANSWER(question=Text(question.label), answer=screens.told(question, answer))
