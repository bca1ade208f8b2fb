"""What a link worker reads first: why and since when, risk, language, needs in the person's own words, what was shown to them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from rxbot.dialog.model import Answer, Declined, Dialog, Question
from rxbot.dialog.needs import help_wanted
from rxbot.dialog.path import answered
from rxbot.directory.reports import ReportKind
from rxbot.episode import phrases, plan_pages, referral_pages, screens, taps
from rxbot.episode.check_ins import tried
from rxbot.episode.content import Content
from rxbot.episode.effects import OpenTopic
from rxbot.episode.fitting import fits, fitted
from rxbot.episode.model import ELIGIBILITY, Episode, Offer, dialog_for, dialog_of
from rxbot.handoff.model import Handoff
from rxbot.message import Day, Listed, Message, Rows, Text, Tongue, Value
from rxbot.referral.lifecycle import OVER
from rxbot.referral.model import Referral

Risk: TypeAlias = Literal["told", "none_told", "not_asked"]
WhyShown: TypeAlias = Literal["all", "taken_up", "none"]

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
    "wrote": phrases.WHY_WROTE,
    "wrote_again": phrases.WHY_WROTE_AGAIN,
    "unwritten": phrases.WHY_UNWRITTEN,
}
RISK = {"told": phrases.RISK_TOLD, "none_told": phrases.RISK_NONE_TOLD, "not_asked": phrases.RISK_NOT_ASKED}
NOW = {
    "waiting": phrases.NOW_WAITING,
    "claimed": phrases.NOW_CLAIMED,
    "talking": phrases.NOW_TALKING,
    "snoozed": phrases.NOW_SNOOZED,
    "closed": phrases.NOW_CLOSED,
}
CLAIM = screens.button(phrases.CLAIM, taps.CLAIM)
CLOSE = screens.button(phrases.CLOSE, taps.CLOSE)
END = (screens.button(phrases.END_SUPPORT, taps.END),)
HAND_BACK = screens.button(phrases.HAND_BACK, taps.HAND_BACK)
BUTTONS: Mapping[str, Rows] = MappingProxyType(
    {
        "waiting": ((CLAIM, CLOSE), END),
        "claimed": ((CLOSE,), END),
        "talking": ((HAND_BACK, CLOSE), END),
        "snoozed": ((CLOSE,), END),
        "closed": (),
    }
)
"""What can be done with a handoff where it stands."""
SKIPPED = Declined("skipped")
SHEETS = ("consent", "intake", ELIGIBILITY)
MOST_LINES = 3  # referrals, and as many signposts
WHY_SHOWN: tuple[WhyShown, ...] = get_args(WhyShown)
"""Where a brief is too long for a message, it is said of fewer services why they were shown, before own words are cut."""


def topic(handoff: Handoff) -> OpenTopic:
    """Ask for a topic of the handoff's own."""
    return OpenTopic(handoff.id, handoff.urgent)


def message(episode: Episode, content: Content) -> Message:
    """Give the brief as the episode is now."""
    assert episode.handoff is not None
    wording = content.wording[content.scheme.team_language]
    tried = (lines(episode, content, told) for told in WHY_SHOWN)
    words = next((one for one in tried if fits(one, wording)), None) or fitted(lines(episode, content, "none"), wording)
    return Message(words, BUTTONS[episode.handoff.state])


def lines(episode: Episode, content: Content, why_shown: WhyShown = "all") -> tuple[Text, ...]:
    """Say why and since when, who has it, the risk, the language, the needs, what was shown and for which of that why, how
    things stand, and what the person agreed to."""
    handoff = episode.handoff
    assert handoff is not None
    return (
        *((phrases.BRIEF_URGENT(),) if handoff.alarming else ()),
        phrases.BRIEF_HEAD(number=Text("handoff.number"), clinic=content.scheme.clinics[episode.clinic].name),
        phrases.BRIEF_WHY(reason=Listed(tuple(WHY[reason]() for reason in handoff.reasons))),
        phrases.BRIEF_SINCE(**_moment(handoff.opened_at, content)),
        phrases.BRIEF_NOW(state=NOW[handoff.state]()),
        *_who_has_it(handoff, content),
        *((phrases.BRIEF_LAST_WITH(worker=handoff.last_with),) if handoff.last_with else ()),
        *_ended(episode, content),
        phrases.BRIEF_RISK(risk=_risk(episode, content)),
        phrases.BRIEF_LANGUAGE(language=Tongue(episode.language or episode.guess or "und")),
        *((phrases.BRIEF_SURVEY(),) if episode.survey else ()),
        *((phrases.BRIEF_REFERRED_FOR(reason=Text(f"scheme/reasons.{episode.reason}")),) if episode.reason else ()),
        *_answers(episode, content),
        *_newest_scores(episode, content),
        *_shown(episode, why_shown),
        *_under_way(episode),
        Text(""),
        phrases.BRIEF_CONSENT(share=_share(episode), clinic=_clinic(episode)),
        phrases.BRIEF_HOW(),
    )


def own_words(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give whole what was too long for the brief, in parts that each fit a message."""
    if not episode.shares:
        return ()
    return tuple(
        phrases.BRIEF_ANSWER(question=Text(question.label), answer=screens.in_quotes(piece))
        for question, answer in answered(content.dialogs["intake"], episode.answers_of("intake"))
        if len(answer.words) > screens.OWN_WORDS
        for piece in screens.pieces(answer.words)
    )


def needs(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Name what the person wants help with, where they let it be read."""
    if not episode.shares:
        return ()
    wanted = help_wanted(content.dialogs["intake"], episode.answers_of("intake"))
    return (phrases.NEEDS_HELP(domains=Listed(tuple(map(_label, wanted)))),) if wanted else ()


def risk(episode: Episode, content: Content) -> Risk:
    """Give the risk in three values, never left out. Only who was asked about danger outright, and answered, was asked.

    Danger that was told once stays told, also when somebody else takes a later handoff.
    """
    dialogs = ((_dialog(sheet, episode, content), episode.answers_of(sheet)) for sheet in SHEETS)
    answers = [pair for dialog, given in dialogs for pair in answered(dialog, given)]
    replies = [(content.phrasebook[sent.code], sent.answer) for sent in episode.phrases_sent if sent.code in content.phrasebook]
    told = any(o.flag == "danger" for question, answer in answers for o in question.options if o.id in answer.chosen)
    replied = any(reply.flag == "danger" for saying, given in replies for reply in saying.replies if reply.id == given)
    if told or replied or episode.danger_at or (episode.handoff and episode.handoff.urgent):
        return "told"
    asked = any(answer.chosen and _asks_about_danger(question) for question, answer in answers)
    asked_by_worker = any(given and any(reply.flag == "danger" for reply in saying.replies) for saying, given in replies)
    return "none_told" if asked or asked_by_worker else "not_asked"


def _risk(episode: Episode, content: Content) -> Text:
    if episode.danger_at and episode.danger_seen:
        told, seen = content.scheme.day(episode.danger_at), content.scheme.day(episode.danger_seen)
        return phrases.RISK_SEEN(day=Day(told), seen=Day(seen))
    if episode.danger_at:
        return phrases.RISK_TOLD_ON(day=Day(content.scheme.day(episode.danger_at)))
    return RISK[risk(episode, content)]()


def _asks_about_danger(question: Question) -> bool:
    """A list to tick in which danger is one of many things does not ask about it."""
    return question.most == 1 and any(o.flag == "danger" for o in question.options)


def _who_has_it(handoff: Handoff, content: Content) -> tuple[Text, ...]:
    if not handoff.open or handoff.claimed_at is None:
        return ()
    return (phrases.BRIEF_WITH(worker=handoff.claimed_by, **_moment(handoff.claimed_at, content)),)


def _moment(at: datetime, content: Content) -> dict[str, Value]:
    local = at.astimezone(content.scheme.time_zone)
    return {"day": Day(local.date()), "time": f"{local:%H:%M}"}


def _share(episode: Episode) -> Text:
    if "consent.share" not in episode.answers_of("consent"):
        return phrases.SHARE_NOT_ASKED()
    return phrases.SHARE_YES() if episode.shares else phrases.SHARE_NO()


def _clinic(episode: Episode) -> Text:
    if "consent.clinic" not in episode.answers_of("consent"):
        return phrases.SHARE_NOT_ASKED()
    return phrases.SHARE_YES() if episode.tells_clinic else phrases.NO()


def _ended(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Who comes after the end has to know that nothing goes on by itself."""
    if episode.closed_at is None:
        return ()
    day = Day(content.scheme.day(episode.closed_at))
    if episode.closed == "stopped":
        return (phrases.BRIEF_STOPPED(day=day),)
    return (phrases.BRIEF_ENDED(day=day, reason=phrases.ENDED[episode.closed]()),) if episode.closed in phrases.ENDED else ()


def _newest_scores(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Give the last measure, where it was answered again after the first questions."""
    if not episode.shares:
        return ()
    sheets = (sheet for sheet in reversed(tuple(episode.sheets)) if dialog_of(sheet) == "measure")
    given = (tuple(answered(dialog_for(sheet, episode, content), episode.answers_of(sheet))) for sheet in sheets)
    newest = next((pairs for pairs in given if pairs), ())
    if not newest:
        return ()
    day = Day(content.scheme.day(newest[-1][1].at))
    return (phrases.BRIEF_MEASURE_ON(day=day, scores=_scores(newest)),)


def _scores(pairs: Iterable[tuple[Question, Answer]]) -> Listed:
    return Listed(tuple(phrases.BRIEF_SCORE(question=Text(q.label), answer=screens.said(q, answer)) for q, answer in pairs))


def _under_way(episode: Episode) -> tuple[Text, ...]:
    """Say how the plan, the referrals and the signposts stand, so that whoever takes over need not read the whole topic."""
    plan = _steps(episode) if episode.shares else ()
    referrals = _newest(tuple(map(referral_pages.note, _last_what_is_open(episode.referrals))))
    places = _newest(tuple(map(referral_pages.signposted, episode.signposts)))
    signposts = (phrases.BRIEF_SIGNPOSTED(places=Listed(places)),) if places else ()
    notes = (phrases.BRIEF_NOTES(n=len(episode.notes)),) if episode.notes else ()
    lines = (*plan, *referrals, *signposts, *notes)
    return (Text(""), *lines) if lines else ()


def _last_what_is_open(referrals: Iterable[Referral]) -> tuple[Referral, ...]:
    """Name what is over too: whoever comes next has to know that somewhere a place was asked for, and with which end."""
    return tuple(sorted(referrals, key=lambda one: one.state not in OVER))


def _newest(lines: tuple[Text, ...]) -> tuple[Text, ...]:
    """A brief is one message: of many lines the newest stand in it, and how many there are besides."""
    older = len(lines) - MOST_LINES
    return (*lines[older:], phrases.BRIEF_OLDER(n=older)) if older > 0 else lines


def _steps(episode: Episode) -> tuple[Text, ...]:
    return (phrases.BRIEF_PLAN(), *map(plan_pages.step_in_brief, episode.plan.goals)) if episode.plan else ()


def _answers(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Show the answers only where the person lets the team read them."""
    if not episode.shares:
        return ()
    pairs = [
        (question, answer)
        for sheet in SHEETS
        for question, answer in answered(_dialog(sheet, episode, content), episode.answers_of(sheet))
        if not question.id.startswith("consent.")
    ]
    if not pairs:
        return (phrases.BRIEF_NO_ANSWERS(),)
    return (Text(""), phrases.BRIEF_NEEDS(), *_in_few_lines(pairs))


def _dialog(sheet: str, episode: Episode, content: Content) -> Dialog:
    """Give the whole page, but of what services depend on only what was asked."""
    return dialog_for(sheet, episode, content) if sheet == ELIGIBILITY else content.dialogs[sheet]


def _in_few_lines(pairs: Iterable[tuple[Question, Answer]]) -> Iterator[Text]:
    """A part of life, and a measure, stand on one line each: a worker reads this between two visits."""
    for about, run in groupby(pairs, key=lambda pair: pair[0].instrument or pair[0].domain or pair[0].id):
        asked = list(run)
        first = asked[0][0]
        if first.instrument:
            yield phrases.BRIEF_MEASURE(scores=_scores(asked))
        elif about == first.domain:
            answers = Text("listed", {"items": Listed(tuple(_said(asked)))})
            yield phrases.BRIEF_ANSWER(question=_label(first.domain), answer=answers)
        else:
            yield phrases.BRIEF_ANSWER(question=Text(first.label), answer=screens.told(*asked[0]))


def _said(asked: Iterable[tuple[Question, Answer]]) -> Iterator[Text]:
    """Give what was said about a part of life; a question that was skipped says nothing beside the others."""
    pairs = list(asked)
    for question, answer in [pair for pair in pairs if pair[1].value != SKIPPED] or pairs:
        wants = question.wants and "yes" in answer.chosen
        yield phrases.BRIEF_WANTS_HELP() if wants else screens.told(question, answer)


def _shown(episode: Episode, why_shown: WhyShown) -> tuple[Text, ...]:
    """List the services by the numbers that the person saw, and the domains for which there was none."""
    if not episode.shares:
        return ()
    domains = tuple(dict.fromkeys(offer.domain for offer in episode.offers))
    been_to = tried(episode)
    numbered = tuple(enumerate(episode.offers, 1))
    return (
        *(
            line
            for domain in domains
            for line in (
                phrases.BRIEF_SHOWN(domain=_label(domain)),
                *(_offer(number, offer, been_to, why_shown) for number, offer in numbered if offer.domain == domain),
            )
        ),
        *(phrases.BRIEF_NONE_SHOWN(domain=_label(domain)) for domain in dict.fromkeys(episode.nothing_for)),
        *((phrases.BRIEF_NOT_SHOWN(domains=Listed(tuple(map(_label, episode.not_shown)))),) if episode.not_shown else ()),
    )


def _offer(number: int, offer: Offer, been_to: frozenset[str], why_shown: WhyShown) -> Text:
    taken_up = offer.wanted or offer.reported or offer.service in been_to
    if why_shown != "all" and not taken_up:
        return phrases.REFER_LINE(number=number, name=offer.name)
    said = phrases.BRIEF_WANTED if offer.wanted else phrases.BRIEF_OFFER
    said = phrases.BRIEF_TRIED if offer.service in been_to else said
    why = offer.why[:1] if why_shown == "none" else offer.why
    reasons = Listed((*why, *((offer.checked,) if offer.checked else ())))
    if offer.reported:
        what = phrases.REPORTS[ReportKind(offer.reported)]()
        return phrases.BRIEF_REPORTED(number=number, name=offer.name, why=reasons, what=what)
    return said(number=number, name=offer.name, why=reasons)


def _label(domain: str) -> Text:
    return Text(f"intake/matters.{domain}")
