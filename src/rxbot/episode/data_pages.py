"""All we keep about a person, on a page to read and as data."""

import json
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from pydantic import TypeAdapter

from rxbot.dialog.model import Answer
from rxbot.dialog.path import answered
from rxbot.directory.reports import ReportKind
from rxbot.episode import phrases, plan_pages, referral_pages, screens
from rxbot.episode.check_ins import about, tried
from rxbot.episode.content import Content
from rxbot.episode.events import Coming, KeptFound
from rxbot.episode.model import ClinicTold, Episode, dialog_for, dialog_of
from rxbot.message import BLANK, Day, Listed, Text, Tongue, verbatim
from rxbot.paper import Data, Page, Section

_EPISODE = TypeAdapter(Episode)
_TOLD = TypeAdapter(tuple[ClinicTold, ...])
_COMING = TypeAdapter(tuple[Coming, ...])


def readers(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Say who reads it."""
    clinic = content.scheme.clinics[episode.clinic].name
    return (
        phrases.DATA_READ_TEAM(share=_yes_no(episode.shares)),
        phrases.DATA_READ_CLINIC(clinic=clinic, share=_yes_no(episode.tells_clinic)),
    )


def page_of(episode: Episode, content: Content, kept: KeptFound) -> Page:
    """Give all of it on one page."""
    clinic = content.scheme.clinics[episode.clinic].name
    been_to = tried(episode)
    services = tuple(
        phrases.DATA_REPORTED(service=offer.name, what=phrases.REPORTS[ReportKind(offer.reported)]())
        if offer.reported
        else phrases.DATA_TRIED(service=offer.name)
        if offer.service in been_to
        else phrases.DATA_WANTED(service=offer.name)
        if offer.wanted
        else verbatim(offer.name)
        for offer in episode.offers
    )
    sections = (
        Section(
            phrases.DATA_ABOUT(),
            (
                phrases.DATA_SINCE(clinic=clinic),
                *((phrases.DATA_REASON(reason=Text(f"scheme/reasons.{episode.reason}")),) if episode.reason else ()),
                *((phrases.DATA_REFERENCE(reference=kept.reference),) if kept.reference else ()),
                phrases.DATA_ACCOUNT(account=kept.account),
                phrases.DATA_LANGUAGE(language=Tongue(episode.language or "und")),
            ),
        ),
        Section(phrases.DATA_ANSWERS(), _answers(episode, content)),
        Section(phrases.DATA_SERVICES(), services),
        Section(
            phrases.PLAN_TITLE(),
            screens.as_they_read(plan_pages.message_of(episode.plan), episode, content) if episode.plan else (),
        ),
        Section(phrases.DATA_REFERRALS(), referral_pages.told(episode.referrals, episode.signposts)),
        Section(phrases.DATA_CLINIC_TOLD(clinic=clinic), _clinic_told(episode, content, kept)),
        Section(phrases.DATA_COMING(), _coming(episode, content, kept)),
        Section(phrases.DATA_HANDOFFS(), (phrases.SUMMARY_CONTACT(n=episode.talks),)),
        Section(phrases.DATA_READ_BY(), readers(episode, content)),
    )
    title = phrases.DATA_TITLE(scheme=content.scheme.name)
    foot = phrases.DATA_KEPT(n=content.scheme.retention.ended), phrases.DATA_NOT_HERE()
    return Page("my-data", title, tuple(one for one in sections if one.lines), foot)


def data_of(episode: Episode, kept: KeptFound) -> Data:
    """Give it as JSON, as it is kept. The workers' own notes are left out: others may read this phone."""
    taken_back = tuple(told for told in episode.clinic_told if told.at not in kept.at_clinic)
    told = tuple(told for told in episode.clinic_told if told not in taken_back)
    beside = {
        "telegram_account": kept.account,
        "clinic_reference": kept.reference,
        "clinic_taken_back": _TOLD.dump_python(taken_back, mode="json"),
        "coming": _COMING.dump_python(kept.coming, mode="json"),
    }
    held = _EPISODE.dump_python(replace(episode, clinic_told=told), mode="json", exclude={"notes"})
    return Data("my-data", json.dumps({**held, **beside}, ensure_ascii=False))


def _answers(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give every answer, under the day it was given and, at a check-in, what it was about."""
    given = (
        (_heading(episode, content, sheet, answer), phrases.DATA_ANSWERED(question=Text(asked.label), answer=said))
        for sheet, answers in episode.sheets.items()
        for asked, answer in answered(dialog_for(sheet, episode, content), answers)
        for said in (screens.said(asked, answer),)
    )
    return tuple(
        line for head, run in groupby(given, key=itemgetter(0)) for line in (BLANK, head, BLANK, *(said for _, said in run))
    )


def _heading(episode: Episode, content: Content, sheet: str, answer: Answer) -> Text:
    day = Day(content.scheme.day(answer.at))
    if dialog_of(sheet) != "check_in":
        return phrases.DATA_ON(day=day)
    return phrases.DATA_ON_ABOUT(day=day, about=about(episode, sheet))


def _coming(episode: Episode, content: Content, kept: KeptFound) -> tuple[Text, ...]:
    """Say what happens by itself from now on. Where it is not safe to write first, nothing is asked."""
    clinic, day = content.scheme.clinics[episode.clinic].name, content.scheme.day
    asked = tuple(Day(day(one.at)) for one in kept.coming if one.kind.startswith("check_in-") and episode.safe_to_write_to)
    return (
        *((phrases.PLAN_ASK_DAYS(dates=Listed(asked)),) if asked else ()),
        *(phrases.DATA_SUMMARY_GOES(clinic=clinic, day=Day(day(one.at))) for one in kept.coming if one.kind == "clinic"),
    )


def _clinic_told(episode: Episode, content: Content, kept: KeptFound) -> tuple[Text, ...]:
    """Give all that was sent, as the clinic reads it; what was taken back is kept here, but the clinic was not told it."""
    taken_back = phrases.DATA_TAKEN_BACK(clinic=content.scheme.clinics[episode.clinic].name)
    return tuple(
        line
        for told in episode.clinic_told
        for line in (
            BLANK,
            phrases.DATA_ON(day=Day(content.scheme.day(told.at))),
            BLANK,
            *(() if told.at in kept.at_clinic else (taken_back,)),
            *(text for part in told.message.parts for text in (phrases.CLINIC_HEAD[part.id](), *part.lines) if text.id),
        )
    )


def _yes_no(yes: bool) -> Text:
    return phrases.YES() if yes else phrases.NO()
