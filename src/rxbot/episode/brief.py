"""What a link worker reads first: why and since when, risk, language, needs in the person's own words, what was shown to them."""

from typing import TypeAlias

from rxbot.dialog.model import Question, Words
from rxbot.dialog.path import answered
from rxbot.directory.rank import Match
from rxbot.episode import phrases, screens, taps
from rxbot.episode.content import Content
from rxbot.episode.effects import OpenTopic
from rxbot.episode.model import Episode
from rxbot.handoff.model import Handoff
from rxbot.message import Day, Listed, Text, Tongue, verbatim

Found: TypeAlias = tuple[tuple[str, tuple[Match, ...]], ...]

WHY = {
    "review": phrases.WHY_REVIEW,
    "asked_for": phrases.WHY_ASKED_FOR,
    "red_flag": phrases.WHY_RED_FLAG,
    "help_now": phrases.WHY_HELP_NOW,
    "unsafe_answer": phrases.WHY_UNSAFE_ANSWER,
    "too_young": phrases.WHY_TOO_YOUNG,
    "cannot_consent": phrases.WHY_CANNOT_CONSENT,
    "low_confidence": phrases.WHY_LOW_CONFIDENCE,
    "misses": phrases.WHY_MISSES,
    "silence": phrases.WHY_SILENCE,
    "check_in": phrases.WHY_CHECK_IN,
    "media": phrases.WHY_MEDIA,
}
BUTTONS = ((screens.button(phrases.CLAIM, taps.CLAIM), screens.button(phrases.CLOSE, taps.CLOSE)),)
SHEETS = ("consent", "intake")


def topic(handoff: Handoff) -> OpenTopic:
    """Ask for a topic of the handoff's own."""
    return OpenTopic(handoff.id, handoff.urgent)


def lines(episode: Episode, content: Content, found: Found) -> tuple[Text, ...]:
    """Give the brief, flags first."""
    handoff = episode.handoff
    assert handoff is not None
    local = handoff.opened_at.astimezone(content.scheme.time_zone)
    return (
        *((phrases.BRIEF_URGENT(),) if handoff.urgent else ()),
        phrases.BRIEF_HEAD(number=Text("handoff.number"), clinic=content.scheme.clinics[episode.clinic].name),
        phrases.BRIEF_WHY(reason=WHY[handoff.reason]()),
        phrases.BRIEF_SINCE(day=Day(local.date()), time=f"{local:%H:%M}"),
        phrases.BRIEF_RISK(risk=risk(episode, content)),
        phrases.BRIEF_LANGUAGE(language=Tongue(episode.language or episode.guess or "und")),
        *((phrases.BRIEF_REFERRED_FOR(reason=Text(f"scheme/reasons.{episode.reason}")),) if episode.reason else ()),
        phrases.BRIEF_CONSENT(share=_share(episode)),
        *_answers(episode, content),
        *(_shown(domain, matches) for domain, matches in found),
        Text(""),
        phrases.BRIEF_HOW(),
    )


def own_words(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give whole what was too long for the brief, in parts that each fit a message."""
    if not episode.shares:
        return ()
    return tuple(
        phrases.BRIEF_ANSWER(question=Text(question.label), answer=verbatim(piece))
        for question, answer in answered(content.dialogs["intake"], episode.answers_of("intake"))
        if isinstance(answer.value, Words) and len(answer.value.words) > screens.OWN_WORDS
        for piece in screens.pieces(answer.value.words)
    )


def risk(episode: Episode, content: Content) -> Text:
    """Give the risk in three values, never left out: told; asked and none told; not asked."""
    if episode.handoff and episode.handoff.urgent:
        return phrases.RISK_TOLD()
    asked = [
        (question, answer)
        for sheet in SHEETS
        for question, answer in answered(content.dialogs[sheet], episode.answers_of(sheet))
        if _asks_about_danger(question) and answer.chosen
    ]
    if any(o.flag == "danger" for question, answer in asked for o in question.options if o.id in answer.chosen):
        return phrases.RISK_TOLD()
    return phrases.RISK_NONE_TOLD() if asked else phrases.RISK_NOT_ASKED()


def _asks_about_danger(question: Question) -> bool:
    return any(o.flag == "danger" for o in question.options)


def _share(episode: Episode) -> Text:
    if "consent.share" not in episode.answers_of("consent"):
        return phrases.SHARE_NOT_ASKED()
    return phrases.SHARE_YES() if episode.shares else phrases.SHARE_NO()


def _answers(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Show the answers only where the person lets the team read them."""
    if not episode.shares:
        return ()
    pairs = [
        (question, answer)
        for sheet in SHEETS
        for question, answer in answered(content.dialogs[sheet], episode.answers_of(sheet))
        if not question.id.startswith("consent.")
    ]
    if not pairs:
        return (phrases.BRIEF_NO_ANSWERS(),)
    rows = tuple(
        phrases.BRIEF_ANSWER(
            question=Text(question.label),
            answer=screens.said(question, answer),
        )
        for question, answer in pairs
    )
    return (Text(""), phrases.BRIEF_NEEDS(), *rows)


def _shown(domain: str, matches: tuple[Match, ...]) -> Text:
    label = Text(f"intake/matters.{domain}")
    if not matches:
        return phrases.BRIEF_NONE_SHOWN(domain=label)
    return phrases.BRIEF_SHOWN(domain=label, services=Listed(tuple(screens.short(m.service.name, screens.NAME) for m in matches)))
