"""What the person sees: each screen built from the episode as it is, so that it can be drawn again at any time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from rxbot.dialog.model import Answer, Chosen, Declined, OnDay, Option, Question, Somewhere, Words
from rxbot.dialog.path import answered
from rxbot.dialog.plain import plain
from rxbot.directory.capacity import Capacity, CapacityCode
from rxbot.directory.eligibility import are_conditions, words_on_eligibility
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.index import categories_of
from rxbot.directory.match import Match
from rxbot.directory.model import Schedule, Service
from rxbot.directory.prices import Price, in_numbers, names_what_is_free, price_of, tells_price
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.rules.answers import Answer as Says
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.documents import documents_of
from rxbot.directory.rules.entry import appointment_rule
from rxbot.directory.rules.given import Given, given_rule
from rxbot.directory.rules.hours import OpenNow, OpensAt, hours_of, is_shut, opening, shut_notice
from rxbot.directory.varying import only_varies
from rxbot.directory.week import WeekHours, is_weekly, week_of
from rxbot.episode import phrases, taps
from rxbot.episode.content import Content, Scheme
from rxbot.episode.fitting import short
from rxbot.episode.model import ELIGIBILITY, Episode, Guess, Offer, dialog_for, dialog_of
from rxbot.episode.on_screen import worded
from rxbot.episode.tongues import as_read
from rxbot.message import (
    BLANK,
    Amount,
    Button,
    Day,
    Km,
    Listed,
    Message,
    Month,
    NearDay,
    Phrase,
    Rows,
    Text,
    TimeOfDay,
    Tongue,
    Value,
    Weekdays,
    message,
    verbatim,
)

OWN_WORDS = 300  # letters of somebody's own words in a message that holds more
NAME, WORD = 80, 30  # letters of what a publisher calls something: three services have to fit one message
WHOM, WHEN, PRICE = 120, 100, 100  # letters of a publisher's own words
TIMES = 4  # lines of opening hours
REASONS, QUESTIONS, DOCUMENTS = 6, 8, 5  # more than that of one service nobody reads
KINDS = 2  # categories of a service: its publisher names the ones that fit best first
SCALE_ROW = 6  # buttons: 0 to 10 in two rows, each wide enough for a thumb
SHORT = 18  # letters: two buttons of this length still share a row on a small phone
DECLINED = {"skipped": phrases.SKIPPED, "refused": phrases.REFUSED, "unsure": phrases.NOT_SURE}
COSTS = {
    Cost.FREE: phrases.COST_FREE,
    Cost.DONATION: phrases.COST_DONATION,
    Cost.SLIDING: phrases.COST_SLIDING,
    Cost.FIXED: phrases.COST_FEE,
    Cost.MEMBERSHIP: phrases.COST_FEE,
    Cost.INSURANCE: phrases.COST_UNKNOWN,
    Cost.UNKNOWN: phrases.COST_UNKNOWN,
}
IN_THEIR_WORDS = {
    Cost.DONATION: phrases.COST_DONATION_SAID,
    Cost.SLIDING: phrases.COST_BY_INCOME,
    Cost.FIXED: phrases.COST_FIXED,
    Cost.MEMBERSHIP: phrases.COST_FIXED,
    Cost.INSURANCE: phrases.COST_INSURANCE,
}
GIVEN = {
    Given.BY_PHONE: phrases.SERVICE_FROM_AFAR,
    Given.ONLINE: phrases.SERVICE_FROM_AFAR,
    Given.AT_HOME: phrases.SERVICE_AT_HOME,
}
ON_A_LINE_OF_ITS_OWN = (
    Why.HELPS_WITH,
    Why.NEAR,
    Why.BY_PHONE,
    Why.ONLINE,
    Why.FREE,
    Why.DONATION,
    Why.SLIDING,
    Why.CHECKED_RECENTLY,
)
LIGHTS = {
    Freshness.FRESH: phrases.SERVICE_FRESH,
    Freshness.AGEING: phrases.SERVICE_AGEING,
    Freshness.STALE: phrases.SERVICE_STALE,
}
LIGHTS_IN_BRIEF = {
    Freshness.FRESH: phrases.BRIEF_FRESH,
    Freshness.AGEING: phrases.BRIEF_AGEING,
    Freshness.STALE: phrases.BRIEF_STALE,
}
SAID_ONCE = (phrases.SERVICE_HELPS.id, phrases.SERVICE_LANGUAGES.id)  # where all on a screen share it
EVIDENCE = (Why.TERM_FITS, Why.WORDS_FIT)  # search words of directories: they mean something to link workers only


def button(phrase: Phrase, tap: str, **values: Value) -> Button:
    """Make a button of a standing phrase."""
    return Button(phrase(**values), tap)


def languages(scheme: Scheme, first: Iterable[str]) -> Message:
    """Ask for the language, in every language offered and by its own name, likely ones first."""
    order = _likely_first(scheme, first)
    lines = tuple(Text(phrases.WHICH_LANGUAGE.id, language=code) for code in order)
    return Message(lines, tuple((_language(code),) for code in order))


def languages_or_person(scheme: Scheme, first: Iterable[str]) -> Message:
    """Say once more how to choose a language, in each of them, and offer a person beside it, in each of them too."""
    order = _likely_first(scheme, first)
    lines = tuple(Text(phrases.LANGUAGE_OR_PERSON.id, language=code) for code in order)
    return Message(lines, tuple((_language(code), Button(Text(phrases.PERSON.id, language=code), taps.PERSON)) for code in order))


def _likely_first(scheme: Scheme, first: Iterable[str]) -> tuple[str, ...]:
    wished = (code for code in first if code in scheme.languages)
    return tuple(dict.fromkeys((*wished, *scheme.languages)))


def _language(code: str) -> Button:
    return Button(Text("own_name", language=code), taps.language(code))


def question(
    asked: Question,
    episode: Episode,
    content: Content,
    preface: bool = True,
    follows: bool = True,
    first: tuple[Text, ...] = (),
) -> Message:
    """Ask one question, with its ways out in one row. What stands before it is said once, not with every repetition.

    "Help with this" names the part of life, where it does not follow on what was just said of it. `first` is what has to be known
    before the question is read.
    """
    facts = facts_of(episode, content)
    if asked.if_one and asked.text == asked.if_one.text:
        facts["choice"] = next(o.text for o in asked.options if not o.alone)
    lines = [line for said in asked.preface if preface for line in (Text(said, facts), BLANK)]
    if asked.preface and preface and not is_official(asked, episode, content):
        lines += [phrases.NOT_OFFICIAL(), BLANK]
    lines += first
    if asked.wants and asked.domain and not follows:
        lines.append(phrases.ABOUT_PART(part=Text(f"intake/matters.{asked.domain}")))
    lines.append(Text(asked.text, facts))
    before = episode.answers.get(asked.id)
    if before and (before.words or isinstance(before.value, Somewhere | OnDay)):  # no button shows it
        lines.append(phrases.SAID_BEFORE(answer=said(asked, before)))
    labels = content.labels_for(episode.language)[0]
    return Message((*lines, *_how_to_answer(asked, labels)), question_buttons(asked, episode, content))


def is_official(asked: Question, episode: Episode, content: Content) -> bool:
    """Say whether this question's text in the person's language is the publisher's own; our own questions always are."""
    return not asked.instrument or episode.language in content.instruments[asked.instrument].official


def _how_to_answer(asked: Question, labels: Mapping[str, str]) -> tuple[Text, ...]:
    if asked.scale and asked.ends:
        said = all(labels[end] in labels[asked.text] for end in asked.ends)  # a measure's own text may say it already
        return () if said else (phrases.SCALE_ENDS(first=Text(asked.ends[0]), last=Text(asked.ends[1])),)
    if asked.place:
        return (phrases.TYPE_PLACE(),)
    if not asked.options:
        return (phrases.TYPE_WORDS(),)
    return (
        *((phrases.PICK_UP_TO(most=asked.most),) if 1 < asked.most < len(asked.options) else ()),
        *((phrases.PICK_ANY(),) if 1 < asked.most >= len(asked.options) else ()),
        *((phrases.OR_TYPE(),) if asked.own_words else ()),
        *((phrases.OR_TYPE_DAY(),) if asked.wants_day else ()),
    )


def question_buttons(asked: Question, episode: Episode, content: Content) -> Rows:
    """Draw the buttons of a question as it stands: what is ticked, what was answered before."""
    chosen = _chosen(episode, asked) if episode.picking is None else episode.picking
    options = [Button(o.shown, _tap(asked, o, o.id in chosen), chosen=o.id in chosen) for o in asked.options]
    rows = _in_rows(options, SCALE_ROW) if asked.scale else _two_a_row(options, content.labels_for(episode.language)[0])
    if asked.all_of and sum(not o.alone for o in asked.options) > 1:
        rows += ((button(phrases.ALL_OF_THEM, taps.all_of(asked.id)),),)
    if asked.most > 1:
        rows += ((button(phrases.DONE, taps.done(asked.id)),),)
    if asked.place:
        clinic = content.scheme.clinics[episode.clinic]
        rows += ((button(phrases.NEAR_CLINIC, taps.place(0), clinic=clinic.name),),)
    rather_not = ((button(phrases.REFUSE, taps.decline(asked.id, "refused")),),) if asked.private else ()
    return (*rows, *rather_not, ways_out(asked, episode))


def answered_buttons(asked: Question, episode: Episode, content: Content) -> Rows:
    """Draw the buttons of a question that was answered: the ways out are gone, and one that was not answered says so."""
    answer, rows = episode.answers.get(asked.id), question_buttons(replace(asked, private=False), episode, content)[:-1]
    if answer is None or not isinstance(answer.value, Declined):
        return rows
    how = answer.value.how
    return (*rows, (Button(DECLINED[how](), taps.decline(asked.id, how), chosen=True),))


def _tap(asked: Question, option: Option, chosen: bool) -> str:
    ticked = asked.most > 1 and not option.alone
    return taps.tick(asked.id, option.id, on=not chosen) if ticked else taps.answer(asked.id, option.id)


def ways_out(asked: Question | None = None, episode: Episode | None = None) -> tuple[Button, ...]:
    """Give the row that stands under every question. What was answered before is kept, not skipped."""
    return (
        *_past_it(asked, episode),
        button(phrases.BACK, taps.BACK),
        *(() if episode and episode.survey else (button(phrases.PERSON, taps.PERSON),)),
        button(phrases.MORE, taps.MORE),
    )


def _past_it(asked: Question | None, episode: Episode | None) -> tuple[Button, ...]:
    if asked and episode and asked.id in episode.answers:
        return (button(phrases.KEEP, taps.keep(asked.id)),)
    return (button(phrases.SKIP, taps.decline(asked.id, "skipped")),) if asked and not asked.required else ()


def more(asked: Question | None, *, has_plan: bool, may_finish: bool) -> Message:
    """Show every other way out: a survey has no plan to show, and before the review there is no support to end."""
    declines = (
        ()
        if asked is None or asked.required
        else (
            (button(phrases.REFUSE, taps.decline(asked.id, "refused")),),
            (button(phrases.UNSURE, taps.decline(asked.id, "unsure")),),
        )
    )
    return message(
        phrases.MORE_HEAD(),
        buttons=(
            (button(phrases.HELP_NOW, taps.HELP_NOW),),
            *declines,
            (*((button(phrases.MY_PLAN, taps.PLAN),) if has_plan else ()), button(phrases.LANGUAGE, taps.LANGUAGE)),
            (button(phrases.MY_DATA, taps.MY_DATA),),
            *(((button(phrases.FINISH, taps.FINISH),),) if may_finish else ()),
            (button(phrases.STOP, taps.STOP), button(phrases.FORGET_ME, taps.FORGET)),
            (button(phrases.GO_ON, taps.GO_ON),),
        ),
    )


def guess(asked: Question, meant: Guess, episode: Episode) -> Message:
    """Ask whether this was meant."""
    labels = tuple(o.text for o in asked.options if o.id in meant.options)
    return message(
        phrases.DID_YOU_MEAN(guess=Listed(labels)),
        buttons=(
            (button(phrases.YES_THAT, taps.yes_that(asked.id)),),
            (button(phrases.NO_SHOW_AGAIN, taps.GO_ON),),
            ways_out(asked, episode),
        ),
    )


def review(episode: Episode, content: Content) -> Message:
    """Show every answer with its number."""
    return Message(
        (
            phrases.REVIEW_HEAD(),
            *_review_lines(reviewed(episode, content)),
        ),
        (
            (button(phrases.REVIEW_OK, taps.REVIEW_OK),),
            (button(phrases.CHANGE_SOMETHING, taps.CHANGE),),
            ways_out(),
        ),
    )


def change(episode: Episode, content: Content, part: str = "") -> Message:
    """Offer every line of the review to be changed, or those of one part. After the review its answers stand above.

    Several lines about one part of life are one button here: all of them would fill two small screens.
    """
    lines = change_buttons(episode, content)
    of_part = tuple(one for q, one in lines if part and _part_of(q) == part)
    if of_part:
        return Message((phrases.CHANGE_WHICH(),), (*((one,) for one in of_part), ways_out()))
    answers = {**episode.answers_of("intake"), **{q.id: answer for q, answer in reviewed(episode, content)}}
    told = _review_lines((q, answers.get(q.id)) for q, _ in lines) if episode.reviewed_at else ()
    rows = _two_a_row(_parts(lines), content.labels_for(episode.language)[0])
    return Message((*told, phrases.CHANGE_WHICH()), (*rows, ways_out()))


def change_buttons(episode: Episode, content: Content) -> tuple[tuple[Question, Button], ...]:
    """Give every line of the review with its button, whether it is drawn or stands in a part."""
    return tuple(
        (q, button(phrases.CHANGE, taps.change(q.id), number=number, question=Text(q.label)))
        for number, q in enumerate(lines_to_change(episode, content), 1)
    )


def _part_of(question: Question) -> str:
    return question.instrument or question.domain


def _parts(lines: tuple[tuple[Question, Button], ...]) -> list[Button]:
    """Put neighbours about one part into one button."""
    drawn: list[Button] = []
    for part, run in groupby(lines, key=lambda line: _part_of(line[0])):
        of_part = tuple(run)
        if part and len(of_part) > 1:
            name = phrases.CHANGE_MEASURE() if of_part[0][0].instrument else Text(f"intake/matters.{part}")
            drawn.append(button(phrases.CHANGE_PART, taps.change_part(part), part=name))
        else:
            drawn += [one for _, one in of_part]
    return drawn


def lines_to_change(episode: Episode, content: Content) -> tuple[Question, ...]:
    """Give the questions of the review. After it a first measure stays what it was, and all may say whether writing is safe."""
    asked = tuple(q for q, _ in reviewed(episode, content))
    if not episode.reviewed_at:
        return asked
    safe = content.dialogs["intake"].question("contact.safe")
    return (*(q for q in asked if not q.instrument), *((safe,) if safe and safe not in asked else ()))


def _review_lines(answers: Iterable[tuple[Question, Answer | None]]) -> tuple[Text, ...]:
    return tuple(
        phrases.REVIEW_LINE(number=number, question=Text(q.label), answer=said(q, answer) if answer else phrases.NOT_ASKED())
        for number, (q, answer) in enumerate(answers, 1)
    )


def reviewed(episode: Episode, content: Content) -> tuple[tuple[Question, Answer], ...]:
    """Give the answers a review shows: the age, by which services are chosen, what the intake asked, what else decides."""
    consent, age = content.dialogs["consent"], episode.answers_of("consent").get("age")
    first = tuple((q, age) for q in consent.questions if q.id == "age" and age)
    facts = answered(dialog_for(ELIGIBILITY, episode, content), episode.answers_of(ELIGIBILITY))
    return (*first, *answered(content.dialogs["intake"], episode.answers_of("intake")), *facts)


def said(asked: Question, answer: Answer, own: Callable[[str], Text] = verbatim) -> Text:
    """Give an answer back as it was meant, long words by their beginning; `own` puts the person's words into a text."""
    match answer.value:
        case Chosen(options, words):
            own_words = (own(short(words, OWN_WORDS)),) if words else ()
            labels = (*(o.text for o in asked.options if o.id in options), *own_words)
            return labels[0] if len(labels) == 1 else Text("listed", {"items": Listed(labels)})
        case Words(words):
            return own(short(words, OWN_WORDS))
        case Somewhere(place):
            return verbatim(place.label)
        case OnDay(day):
            return Text("listed", {"items": Listed((NearDay(day),))})
        case Declined(how):
            return DECLINED[how]()


def told(asked: Question, answer: Answer) -> Text:
    """Give an answer to somebody who works with the person: what they said in their own words stands in quotes."""
    return said(asked, answer, own=in_quotes)


def in_quotes(words: str) -> Text:
    """Give somebody's own words so that nobody takes them for ours."""
    return phrases.OWN_WORDS(words=words)


def services(head: Text, matches: tuple[Match, ...], first_number: int, content: Content, at: datetime) -> Message:
    """Show the services for one domain under this head, each with what it is, why it fits and what to ask.

    What all share is said once, above. What fits the domain and nothing that they chose more closely says no more of it than
    the head.
    """
    reasons = shared_reasons(matches, content)
    cards = [service(match, number, None, content, at, reasons) for number, match in enumerate(matches, first_number)]
    shared = _shared_lines(cards)
    why_these = (phrases.SERVICE_WHY_THESE(reasons=Listed(tuple(map(reason, reasons)))),) if reasons else ()
    lines = [head, *shared, *why_these]
    for card in cards:
        lines += [BLANK, *(line for line in card if line not in shared)]
    return Message(tuple(lines))


def shared_reasons(matches: tuple[Match, ...], content: Content) -> tuple[Reason, ...]:
    """Give the reasons that stand on every one of several cards, in the order of the first."""
    each = [reasons_on_card(match, content) for match in matches]
    return tuple(one for one in each[0] if all(one in others for others in each)) if len(each) > 1 else ()


def _shared_lines(cards: list[tuple[Text, ...]]) -> tuple[Text, ...]:
    """Give the lines that every one of several cards has. What nobody knows stays where it is to be asked."""
    once = (line for line in cards[0] if line.id in SAID_ONCE) if len(cards) > 1 else ()
    return tuple(line for line in once if all(line in card for card in cards))


def offer_buttons(offers: tuple[Offer, ...], wait: int) -> Rows:
    """Draw the buttons under services that were shown. What is wrong can be said of those they want to try."""
    return tuple(row for number, offer in enumerate(offers, 1) if offer.wait == wait for row in _buttons_of(number, offer))


def _buttons_of(number: int, offer: Offer) -> Rows:
    want = button(phrases.WANT_THIS, taps.service(number, on=not offer.wanted), number=number)
    wrong = button(phrases.REPORT_THIS, taps.report(number), number=number)
    return ((replace(want, chosen=offer.wanted),), *(((wrong,),) if offer.wanted else ()))


def service(
    match: Match, number: int | None, domain: Text | None, content: Content, at: datetime, told: tuple[Reason, ...] = ()
) -> tuple[Text, ...]:
    """Show one service in a few lines, one fact a line, by the number and for the part of life it was shown for.

    `told` are reasons that were said of all that is shown with it.
    """
    record, name = match.service, short(match.service.name, NAME)
    phone, notice = phone_of(match), record.alert or shut_notice(_schedules(match))
    return tuple(
        filter(
            None,
            (
                phrases.SERVICE_NAME(number=number, name=name) if number else phrases.SERVICE_NAME_ALONE(name=name),
                run_by(record),
                kind(record, content),
                phrases.SERVICE_ALERT(words=own(notice, 120)) if notice else None,
                helps_with(match, domain),
                whom(match),
                why(match, content, told),
                *when(match),
                open_now(match, at.astimezone(content.scheme.time_zone)),
                where(match),
                phrases.SERVICE_COST(cost=cost(record)),
                spoken(record),
                phrases.SERVICE_PHONE(phone=phone) if phone else None,
                *before_going(record),
                room(match.capacity),
                freshness(record, content.scheme.day(at)),
                ask(match),
            ),
        )
    )


def run_by(record: Service) -> Text | None:
    """Say who gives it, where that is not its own name."""
    name = record.organization.name
    return phrases.SERVICE_BY(organization=short(name, NAME)) if name and plain(name) != plain(record.name) else None


def freshness(record: Service, today: date) -> Text:
    """Say when somebody last checked the record, and what to make of it: in words beside the colour, which not everybody sees."""
    light = LIGHTS.get(freshness_of(record.checked, today))
    return light(month=Month(record.checked)) if light and record.checked else phrases.SERVICE_NOT_CHECKED()


def freshness_in_brief(record: Service, today: date) -> Text:
    """Say the same to a link worker, among the reasons for a service."""
    light = LIGHTS_IN_BRIEF.get(freshness_of(record.checked, today))
    return light(month=Month(record.checked)) if light and record.checked else phrases.BRIEF_NOT_CHECKED()


def room(told: Capacity | None) -> Text | None:
    """Say what was told of a service's room, and when."""
    if told is None:
        return None
    if told.code == "waitlist" and told.weeks and told.weeks > 1:
        return phrases.SERVICE_WAITLIST_WEEKS(weeks=told.weeks, day=Day(told.told))
    return ROOM[told.code](day=Day(told.told))


ROOM: Mapping[CapacityCode, Phrase] = {
    "capacity": phrases.SERVICE_ROOM,
    "waitlist": phrases.SERVICE_WAITLIST,
    "no-capacity": phrases.SERVICE_FULL,
    "additional-assessment-required": phrases.SERVICE_ASSESSMENT,
}


def kind(record: Service, content: Content) -> Text | None:
    """Say what kind of service it is: a name alone tells little to who does not know the place, or the language."""
    kinds = tuple(Text(one.label) for one in categories_of(record, content.needs.values()) if one.label)[:KINDS]
    return phrases.SERVICE_KIND(kinds=Listed(kinds)) if kinds else None


def own(words: str, most: int) -> Text:
    """Give a publisher's own words, long ones by their beginning."""
    return phrases.WRITTEN_WORDS(words=short(words, most))


def reads_another(episode: Episode, content: Content) -> bool:
    """Say whether the person reads another language than providers and link workers write."""
    return episode.language not in ("", content.scheme.team_language)


def as_they_read(lines: tuple[Text, ...], episode: Episode, content: Content) -> tuple[Text, ...]:
    """Who reads another language is told which one somebody's own words are in."""
    return as_read(lines, episode.language, content.scheme.team_language)


def helps_with(match: Match, domain: Text | None) -> Text | None:
    """Say what it helps with as the person chose it: what would help most, or else the part of life."""
    wishes = tuple(Text(one.values[0]) for one in match.reasons if one.code is Why.HELPS_WITH)
    if wishes:
        return phrases.SERVICE_HELPS(choice=Listed(wishes))
    return phrases.SERVICE_HELPS(choice=domain) if domain else None


def whom(match: Match) -> Text | None:
    """Say whom it is for, in the provider's words, where they may leave this person out."""
    said = words_on_eligibility(match.service)
    if not said or {Ask.WHOM, Ask.AGE}.isdisjoint(match.unknowns):
        return None
    line = phrases.SERVICE_CONDITIONS if are_conditions(said) else phrases.SERVICE_WHOM
    return line(words=own(said, WHOM))


def when(match: Match) -> tuple[Text, ...]:
    """Say when it is open, as far as that is known: every week by its days, and what is more in the provider's words."""
    schedules = _schedules(match)
    others = dict.fromkeys(" ".join(one.description.split()) for one in schedules if not (is_weekly(one) or is_shut(one)))
    lines = (*(line for one in week_of(schedules) for line in _in_the_week(one)), *map(_when_said, filter(None, others)))
    return lines if len(lines) <= TIMES else (*lines[: TIMES - 1], phrases.SERVICE_WHEN_MORE())


def _schedules(match: Match) -> tuple[Schedule, ...]:
    return (match.location.schedules if match.location else ()) or match.service.schedules


def _in_the_week(hours: WeekHours) -> tuple[Text, ...]:
    """Say what is the same on some days, on one line: where it closes more than once, on one for each time."""
    days = Weekdays(hours.days)
    if hours.always:
        return (phrases.SERVICE_WHEN_ALWAYS(),)
    if hours.all_day:
        return (phrases.SERVICE_WHEN_ALL_DAY(weekdays=days),)
    times = [(_time_at(opens), _time_at(closes)) for opens, closes in hours.spans]
    if len(times) == 2:
        (opens, closes), (reopens, closes_again) = times
        twice = phrases.SERVICE_WHEN_TWICE
        return (twice(weekdays=days, opens=opens, closes=closes, reopens=reopens, closes_again=closes_again),)
    return tuple(phrases.SERVICE_WHEN(weekdays=days, opens=opens, closes=closes) for opens, closes in times)


def _time_at(minute: int) -> TimeOfDay:
    return TimeOfDay(time(minute // 60 % 24, minute % 60))


def _when_said(words: str) -> Text:
    return phrases.SERVICE_WHEN_VARIES() if only_varies(words) else phrases.SERVICE_WHEN_SAID(words=own(words, WHEN))


def open_now(match: Match, at: datetime) -> Text | None:
    """Say until when it is open, or when it opens, where that is certain; not where a note of theirs may say otherwise.

    What never closes says so among its times.
    """
    match None if match.service.alert else opening(hours_of(_schedules(match)), at):
        case OpenNow(until) if until and until - at < timedelta(days=1):
            return phrases.OPEN_UNTIL(time=TimeOfDay(until.time()))
        case OpensAt(when):
            return _opens(when, (when.date() - at.date()).days)
        case _:
            return None


def _opens(when: datetime, days: int) -> Text:
    time = TimeOfDay(when.time())
    if days > 1:
        return phrases.OPENS_ON(day=NearDay(when.date()), time=time)
    return phrases.OPENS_TOMORROW(time=time) if days else phrases.OPENS_TODAY(time=time)


def phone_of(match: Match) -> str:
    """Give the number to ring: that of the place, else the service's own."""
    phones = (*(match.location.phones if match.location else ()), *match.service.phones)
    return next((short(phone.number, WORD) for phone in phones), "")


def why(match: Match, content: Content, told: tuple[Reason, ...] = ()) -> Text | None:
    """Say what else speaks for it, but for what was told of all."""
    said = tuple(reason(one) for one in reasons_on_card(match, content) if one not in told)
    return phrases.SERVICE_WHY(reasons=Listed(said)) if said else None


def reasons_on_card(match: Match, content: Content) -> tuple[Reason, ...]:
    """Give the reasons that have no line of their own. That the language of the place is spoken speaks for nothing."""
    told = (*EVIDENCE, *ON_A_LINE_OF_ITS_OWN, *((Why.COVERS_AREA,) if match.distance_km is not None else ()))
    everywhere = Reason(Why.SPEAKS, (content.scheme.team_language,))
    return tuple(one for one in match.reasons if one.code not in told and one != everywhere)[:REASONS]


def reason(found: Reason) -> Text:
    """Word one reason of the match."""
    if found.code is Why.HELPS_WITH:
        return Text("why.helps_with", {"choice": Text(found.values[0])})
    if found.code is Why.SPEAKS:
        return Text("why.speaks", {"language": Tongue(found.values[0])})
    return Text(f"why.{found.code}", {"value": short(found.values[0], NAME)} if found.values else {})


def ask(match: Match) -> Text | None:
    """Say what to ask before going, because the directory does not know."""
    plainer = {*map(str, match.turns_on)} & {*map(str, match.unknowns)}
    told = (Ask.CHECKED, *((Ask.WHOM,) if plainer else ()))  # by the light, and in plainer words
    questions = tuple(Text(f"ask.{code}") for code in match.unknowns if code not in told)
    return phrases.SERVICE_ASK(questions=Listed(questions[:QUESTIONS])) if questions else None


def where(match: Match) -> Text | None:
    """Say how far it is, or that nobody has to travel; nothing where the directory does not say."""
    address = short(", ".join(_address(match)), 100)
    is_rough = match.location is not None and match.location.is_rough
    if match.distance_km is not None and not is_rough:
        km = Km(match.distance_km)
        return phrases.SERVICE_DISTANCE(km=km, address=address) if address else phrases.SERVICE_NEAR(km=km)
    if address:
        return phrases.SERVICE_ADDRESS(address=address)
    given = GIVEN.get(given_rule(match.service).value)
    return given() if given else None


def visit(match: Match, today: date) -> tuple[Text, ...]:
    """Say where to go, when and with what, and how far to trust it, for a paper to take along: an address, no distance."""
    address = short(", ".join(_address(match)), 100)
    place = (phrases.SERVICE_ADDRESS(address=address),) if address else ()
    return (*place, *when(match), *before_going(match.service), freshness(match.service, today))


def before_going(record: Service) -> tuple[Text, ...]:
    """Say what to do and to take along, where the directory is plain about it."""
    documents = tuple(phrases.DOCUMENTS[found.value]() for found in documents_of(record))[:DOCUMENTS]
    needs_appointment = appointment_rule(record).value is Says.YES
    return (
        *((phrases.SERVICE_APPOINTMENT(),) if needs_appointment else ()),
        *((phrases.SERVICE_DOCUMENTS(documents=Listed(documents)),) if documents else ()),
    )


def cost(record: Service) -> Text:
    """Say what it costs, in the provider's words where they say more; never "there is a fee" where they say it is free."""
    price = price_of(record)
    said = short(price.words, PRICE)
    if price.amount and not said:
        return phrases.COST_FIXED(words=Amount(*price.amount))
    if price.varies:
        return phrases.COST_VARIES()
    if not _says_more(price, said):
        return COSTS[price.kind]()
    words = own(said, PRICE)
    if price.is_free_to_some:
        return phrases.COST_FREE_TO_SOME(words=words)
    return IN_THEIR_WORDS[price.kind](words=words) if price.kind in IN_THEIR_WORDS else words


def _says_more(price: Price, said: str) -> bool:
    """Say whether a provider's words, as far as they are shown, tell more than what kind of price it is."""
    match price.kind:
        case Cost.FREE:
            return False
        case Cost.DONATION:
            return in_numbers(said)
        case Cost.SLIDING:
            return in_numbers(said) or names_what_is_free(said)
        case Cost.FIXED | Cost.MEMBERSHIP:
            return said == price.words != "" or tells_price(said)
        case _:
            return bool(said)


def spoken(record: Service) -> Text:
    """Say which languages are spoken there."""
    tongues = tongues_of(record)
    return phrases.SERVICE_LANGUAGES(languages=Listed(tongues[:6])) if tongues else phrases.SERVICE_LANGUAGES_UNKNOWN()


def tongues_of(record: Service) -> tuple[Tongue | str, ...]:
    """Name the languages of a record, each once; those without a code as they stand there."""
    named = {one.code or one.name: (one.code, short(one.name, WORD)) for one in record.languages}
    return tuple(Tongue(code, name) if code else name for code, name in named.values())


def emergency(content: Content) -> tuple[Text, ...]:
    """Say whom to ring: the emergency number first, then a confirmed line, then where to find more."""
    who = content.emergency
    lines = tuple(phrases.CRISIS_LINE(name=line.name, tel=line.tel, hours=line.hours) for line in who.lines[:1])
    return (phrases.RING_NOW(number=who.number), *lines, phrases.CRISIS_DIRECTORY(url=who.directory))


def pieces(words: str, most: int = 2000) -> tuple[str, ...]:
    """Cut words into parts that each fit a message, losing none. Telegram counts some letters twice."""
    return tuple(words[i : i + most] for i in range(0, len(words), most))


def _chosen(episode: Episode, asked: Question) -> tuple[str, ...]:
    answer = episode.answers.get(asked.id)
    return answer.chosen if answer else ()


def _two_a_row(options: list[Button], labels: Mapping[str, str]) -> Rows:
    """Put short neighbours side by side, so that a list of sixteen fits a small screen. Three or fewer get a row each."""
    rows: list[tuple[Button, ...]] = []
    for option in options:
        short_one = len(options) > 3 and len(worded(option.label, labels)) <= SHORT
        alone = rows and len(rows[-1]) == 1 and len(worded(rows[-1][0].label, labels)) <= SHORT
        if short_one and alone:
            rows[-1] = (*rows[-1], option)
        else:
            rows.append((option,))
    return tuple(rows)


def _in_rows(options: list[Button], most: int) -> Rows:
    return tuple(tuple(options[i : i + most]) for i in range(0, len(options), most))


def facts_of(episode: Episode, content: Content) -> dict[str, Value]:
    """Give what a question or its preface may name."""
    return {
        "step": subject(episode, episode.sheet),
        "clinic": content.scheme.clinics[episode.clinic].name,
        "age": content.scheme.adult_age,
        "number": content.emergency.number,
        "duty": Text("scheme.duty"),
        "read_by": phrases.READ_BY_TEAM() if episode.shares else phrases.READ_BY_NOBODY(),
    }


def subject(episode: Episode, sheet: str) -> Text:
    """Say what a check-in is about: a step towards a goal, a service they wanted to try, a place named to them, or how it is."""
    about = sheet.rpartition("-")[2] if dialog_of(sheet) == "check_in" else ""
    kind, number = about[:1], about[1:]
    if kind == "g" and episode.plan:
        return next((goal.action.what for goal in episode.plan.goals if goal.number == int(number)), phrases.CHECK_GENERAL())
    if kind == "s" and int(number) <= len(episode.offers):
        return phrases.GET_IN_TOUCH(service=episode.offers[int(number) - 1].name)
    if kind == "p":
        return verbatim(episode.signposts[int(number) - 1].name)
    return phrases.CHECK_GENERAL()


def _address(match: Match) -> list[str]:
    for address in match.location.addresses if match.location else ():
        return [part for part in (address.address_1, address.city, address.postal_code) if part]
    return []
