"""All we keep about a person, on a page to read and as data."""

from itertools import groupby
from operator import itemgetter

from pydantic import TypeAdapter

from rxbot.dialog.model import Answer
from rxbot.dialog.path import answered
from rxbot.episode import phrases, plan_pages, referral_pages, screens
from rxbot.episode.check_ins import about
from rxbot.episode.content import Content
from rxbot.episode.model import Episode, dialog_for, dialog_of
from rxbot.message import BLANK, Day, Text, Tongue, verbatim
from rxbot.paper import Data, Page, Section

_EPISODE = TypeAdapter(Episode)


def readers(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Say who reads it."""
    clinic = content.scheme.clinics[episode.clinic].name
    return (
        phrases.DATA_READ_TEAM(share=_yes_no(episode.shares)),
        phrases.DATA_READ_CLINIC(clinic=clinic, share=_yes_no(episode.tells_clinic)),
    )


def page_of(episode: Episode, content: Content) -> Page:
    """Give all of it on one page."""
    clinic = content.scheme.clinics[episode.clinic].name
    services = tuple(
        phrases.DATA_WANTED(service=offer.name) if offer.wanted else verbatim(offer.name) for offer in episode.offers
    )
    sections = (
        Section(
            phrases.DATA_ABOUT(),
            (
                phrases.DATA_SINCE(clinic=clinic),
                *((phrases.DATA_REASON(reason=Text(f"scheme/reasons.{episode.reason}")),) if episode.reason else ()),
                phrases.DATA_LANGUAGE(language=Tongue(episode.language or "und")),
            ),
        ),
        Section(phrases.DATA_ANSWERS(), _answers(episode, content)),
        Section(phrases.DATA_SERVICES(), services),
        Section(phrases.PLAN_TITLE(), plan_pages.message_of(episode.plan) if episode.plan else ()),
        Section(phrases.DATA_REFERRALS(), referral_pages.told(episode)),
        Section(phrases.DATA_CLINIC_TOLD(clinic=clinic), _clinic_told(episode, content)),
        Section(phrases.DATA_HANDOFFS(), (phrases.SUMMARY_CONTACT(n=episode.talks),)),
        Section(phrases.DATA_READ_BY(), readers(episode, content)),
    )
    title = phrases.DATA_TITLE(scheme=content.scheme.name)
    return Page("my-data", title, tuple(one for one in sections if one.lines), (phrases.DATA_NOT_HERE(),))


def data_of(episode: Episode) -> Data:
    """Give the episode as JSON, as it is kept. The workers' own notes are left out: others may read this phone."""
    return Data("my-data", _EPISODE.dump_json(episode, exclude={"notes"}).decode())


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
    return phrases.DATA_ON_ABOUT(day=day, about=about(episode, sheet, answer.at))


def _clinic_told(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give all that was sent, as the clinic reads it."""
    return tuple(
        line
        for told in episode.clinic_told
        for line in (
            BLANK,
            phrases.DATA_ON(day=Day(content.scheme.day(told.at))),
            BLANK,
            *(text for part in told.message.parts for text in (phrases.CLINIC_HEAD[part.id](), *part.lines) if text.id),
        )
    )


def _yes_no(yes: bool) -> Text:
    return phrases.YES() if yes else phrases.NO()
