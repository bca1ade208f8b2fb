"""What the clinic reads, in PRSB's order: requested actions, summary, plan, scores, what worked and what did not, risks."""

from collections.abc import Iterator
from datetime import datetime

from rxbot.dialog.model import Answer, Declined, Question, Words
from rxbot.dialog.needs import help_wanted
from rxbot.episode import brief, phrases, plan_pages, referral_pages, screens
from rxbot.episode.check_ins import CheckIn, check_ins
from rxbot.episode.content import Content
from rxbot.episode.measures import score_lines
from rxbot.episode.model import BARRIER, IN_GENERAL, SIGNPOSTED, Episode
from rxbot.message import Day, Listed, Text, Tongue
from rxbot.referral.model import Referral
from rxbot.report.message import ClinicMessage, Part

ASKS_THE_CLINIC = ("moved_to_clinic",)
WORKED, NOT_WORKED = ("better", "went", "part"), ("harder", "could_not", "not_for_me", "not_needed")
ASKED_OF_IT = (BARRIER, "check_in.helped")  # what explains how it went
RISK = {"told": phrases.CLINIC_RISK_TOLD, "none_told": phrases.CLINIC_RISK_NONE_TOLD, "not_asked": phrases.CLINIC_RISK_NOT_ASKED}


def at_plan(episode: Episode, content: Content, at: datetime) -> ClinicMessage:
    """Write the message when a plan is agreed."""
    return ClinicMessage(
        "plan",
        (
            Part("actions", _actions(episode, content)),
            Part("summary", _summary(episode, content, at, referral_pages.told(episode.referrals, episode.signposts))),
            Part("plan", _plan(episode)),
            Part("scores", score_lines(episode, content)),
            Part("risks", risks(episode, content)),
        ),
        language=episode.language or "",
    )


def at_closing(episode: Episode, content: Content, at: datetime) -> ClinicMessage:
    """Write the message when the support ends."""
    return ClinicMessage(
        "closing",
        (
            Part("actions", _actions(episode, content)),
            Part("summary", _summary_at_end(episode, content, at)),
            Part("plan", tuple(_plan_at_end(episode, content)) or (phrases.NONE_NOTED(),)),
            Part("scores", score_lines(episode, content)),
            Part("worked", tuple(_worked(episode, content)) or (phrases.NONE_NOTED(),)),
            Part("not_worked", tuple(_not_worked(episode, content)) or (phrases.NONE_NOTED(),)),
            Part("risks", risks(episode, content)),
        ),
        language=episode.language or "",
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
        phrases.ACTIONS_ASKED(day=Day(content.scheme.day(told.at)), words=told.message.parts[0].lines[-1])
        for told in episode.clinic_told
        if told.message.occasion == "referral_back"
    )
    return (*now, *before) or (phrases.ACTIONS_NONE(),)


def _told_nowhere_else(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Leave out what stands under what worked or did not: what was asked for, was named, or was to be tried."""
    below = tuple(one for one in _newest(episode, content) if _stands_below(one))
    services = {one.service for one in below} - {""}
    went = {one.name for one in episode.referrals if _did_work(one) or _did_not_work(one)}
    referrals = tuple(one for one in episode.referrals if one.name not in went and one.service not in services)
    signposts = tuple(
        one for one in episode.signposts if one.outcome not in (*WORKED, *NOT_WORKED) and one.service not in services
    )
    named = went | {one.name for one in referrals} | {post.name for post in signposts}
    named |= {offer.name for offer in episode.offers if offer.service in services}
    wanted = tuple(name for name in _wanted(episode) if name not in named)
    return (
        *((phrases.SUMMARY_TRIED(services=Listed(wanted)),) if wanted else ()),
        *referral_pages.told(referrals, signposts),
    )


def _summary_at_end(episode: Episode, content: Content, at: datetime) -> tuple[Text, ...]:
    """Say each thing once: how they came this far, the clinic has read when the plan was agreed."""
    ended = phrases.SUMMARY_ENDED(day=Day(content.scheme.day(at)), reason=phrases.ENDED[episode.ending]())
    talks = phrases.SUMMARY_CONTACT(n=episode.talks)
    if episode.language:
        talks = phrases.SUMMARY_CONTACT_IN(n=episode.talks, language=Tongue(episode.language))
    return (
        ended,
        _needs(episode, content),
        *_told_nowhere_else(episode, content),
        talks,
        *last_answers(episode, content),
    )


def _needs(episode: Episode, content: Content) -> Text:
    domains = help_wanted(content.dialogs["intake"], episode.answers_of("intake"))
    named = Listed(tuple(Text(f"intake/matters.{domain}") for domain in domains))
    return phrases.SUMMARY_NEEDS(domains=named) if domains else phrases.SUMMARY_NO_NEEDS()


def _summary(episode: Episode, content: Content, at: datetime, referred: tuple[Text, ...]) -> tuple[Text, ...]:
    wanted = _wanted(episode)
    return (
        phrases.SUMMARY_AS_OF(day=Day(content.scheme.day(at))),
        *language(episode),
        _needs(episode, content),
        *((phrases.SUMMARY_TRIED(services=Listed(wanted)),) if wanted else ()),
        *referred,
        phrases.SUMMARY_CONTACT(n=episode.talks),
    )


def language(episode: Episode) -> tuple[Text, ...]:
    """Say which language the person reads, once they have chosen one."""
    return (phrases.SUMMARY_LANGUAGE(language=Tongue(episode.language)),) if episode.language else ()


def _wanted(episode: Episode) -> tuple[str, ...]:
    """Name the services they wanted to try, also those they found not to be for them since."""
    planned = {goal.action.service for plan in episode.plans for goal in plan.goals}
    asked = {sheet.rpartition("-")[2] for sheet in episode.sheets if sheet.startswith("check_in-")}
    offers = enumerate(episode.offers, 1)
    return tuple(one.name for number, one in offers if one.wanted or one.service in planned or f"s{number}" in asked)


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


def _plan_at_end(episode: Episode, content: Content) -> Iterator[Text]:
    """Name the hopes, and the steps of which nothing stands under what worked or did not."""
    told = {str(one.goal.action.what) for one in _newest(episode, content) if one.goal and _stands_below(one)}
    for goal in episode.plan.goals if episode.plan else ():
        yield from plan_pages.lines_at_end(goal, with_step=str(goal.action.what) not in told)


def _worked(episode: Episode, content: Content) -> Iterator[Text]:
    for one in _newest(episode, content):
        if _has_worked(one):
            yield from _came_of(one, content)
    yield from map(referral_pages.line, filter(_did_work, episode.referrals))


def _not_worked(episode: Episode, content: Content) -> Iterator[Text]:
    for one in _newest(episode, content):
        if not _has_worked(one) and _stands_below(one):
            yield from _came_of(one, content)
            yield from _what_was_in_the_way_before(one, episode, content)
    yield from map(referral_pages.line, filter(_did_not_work, episode.referrals))


def _what_was_in_the_way_before(now: CheckIn, episode: Episode, content: Content) -> Iterator[Text]:
    """Who gives up a thing is not asked why: give the reason of the last try that failed."""
    tries = (one for one in check_ins(episode, content) if one.subject == now.subject and _was_hindered(one))
    last = None if _was_hindered(now) else max(tries, key=lambda one: one.at, default=None)
    yield from (_explained(*one) for one in (last.answers if last else ()) if one[0].id == BARRIER)


def _explained(question: Question, answer: Answer) -> Text:
    return phrases.BRIEF_ANSWER(question=Text(question.label), answer=screens.told(question, answer))


def _did_work(referral: Referral) -> bool:
    return referral.need_met in ("yes", "part") or bool(referral.attended and not referral.need_met)


def _did_not_work(referral: Referral) -> bool:
    return referral.need_met == "no" or referral.attended is False or referral.state in ("rejected", "failed")


def _newest(episode: Episode, content: Content) -> tuple[CheckIn, ...]:
    """Give what was told last of each service and step, and of how things are: an earlier answer is no longer so."""
    told = check_ins(episode, content)
    return tuple({IN_GENERAL if one.said(IN_GENERAL) else one.subject: one for one in told}.values())


def _stands_below(one: CheckIn) -> bool:
    return _how(one) in (*WORKED, *NOT_WORKED)


def _has_worked(one: CheckIn) -> bool:
    """Where something was in the way it did not, though a part of it was done."""
    return _how(one) in WORKED and one.said("check_in.helped") != "no" and not _was_hindered(one)


def _was_hindered(one: CheckIn) -> bool:
    return any(asked.id == BARRIER and not isinstance(answer.value, Declined) for asked, answer in one.answers)


def _how(one: CheckIn) -> str:
    return one.said("check_in.how") or one.said(SIGNPOSTED) or one.said(IN_GENERAL)


def _came_of(one: CheckIn, content: Content) -> Iterator[Text]:
    """Say what was told about it, on which day, and what they said in explanation."""
    own = one.goal is not None and one.goal.action.by == "person"
    line = phrases.TRIED_OWN if own else phrases.TRIED
    yield line(day=Day(content.scheme.day(one.at)), step=one.about, answer=screens.said(*one.answers[0]))
    for question, answer in one.answers:
        if question.id in ASKED_OF_IT and one.said(question.id) != "yes":  # that it helped, the head above it says
            yield _explained(question, answer)
