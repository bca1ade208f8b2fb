"""All we keep about a person, on a page to read and as data."""

from pydantic import TypeAdapter

from rxbot.dialog.path import answered
from rxbot.episode import phrases, plan_pages, referral_pages, screens
from rxbot.episode.content import Content
from rxbot.episode.model import Episode, dialog_for
from rxbot.message import Day, Text, Tongue, verbatim
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
            (phrases.DATA_SINCE(clinic=clinic), phrases.DATA_LANGUAGE(language=Tongue(episode.language or "und"))),
        ),
        Section(phrases.DATA_ANSWERS(), _answers(episode, content)),
        Section(phrases.DATA_SERVICES(), services),
        Section(phrases.PLAN_TITLE(), plan_pages.message_of(episode.plan) if episode.plan else ()),
        Section(phrases.DATA_REFERRALS(), referral_pages.told(episode)),
        Section(phrases.DATA_HANDOFFS(), (phrases.SUMMARY_CONTACT(n=episode.talks),)),
        Section(phrases.DATA_READ_BY(), readers(episode, content)),
    )
    title = phrases.DATA_TITLE(scheme=content.scheme.name)
    return Page("my-data", title, tuple(one for one in sections if one.lines), (phrases.DATA_NOT_HERE(),))


def data_of(episode: Episode) -> Data:
    """Give the episode as JSON, as it is kept. The workers' own notes are left out: others may read this phone."""
    return Data("my-data", _EPISODE.dump_json(episode, exclude={"notes"}).decode())


def _answers(episode: Episode, content: Content) -> tuple[Text, ...]:
    return tuple(
        phrases.DATA_ANSWERED(
            question=Text(question.label), answer=screens.said(question, answer), day=Day(content.scheme.day(answer.at))
        )
        for sheet, answers in episode.sheets.items()
        for question, answer in answered(dialog_for(sheet, episode, content), answers)
    )


def _yes_no(yes: bool) -> Text:
    return phrases.YES() if yes else phrases.NO()
