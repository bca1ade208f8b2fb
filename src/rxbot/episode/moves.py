"""What is done on a row of the lifecycle, and the questions its guards ask. Each is named as it reads in the table."""

from dataclasses import replace
from datetime import timedelta

from rxbot.dialog.model import Dialog, Question
from rxbot.dialog.needs import flags_raised, help_wanted, needs_of
from rxbot.dialog.path import next_question, previous_question, route
from rxbot.directory.rank import Match, Search
from rxbot.episode import brief, phrases, screens, taps
from rxbot.episode.effects import (
    CloseTopic,
    Copy,
    DropTimers,
    Erase,
    FindPlaces,
    FindServices,
    Record,
    SetTimer,
    ShowChosen,
)
from rxbot.episode.events import CheckInDue, PlacesFound, SentMedia, ServicesFound, Tapped, Typed
from rxbot.episode.model import Offer, Turn, dialog_of
from rxbot.handoff.lifecycle import Outcome, take
from rxbot.handoff.model import Handoff, Reason
from rxbot.message import Button, Day, Listed, Rows, Text, verbatim

MISSES = 2  # replies in a row that we did not understand before a person is offered
IN_ALL = 6  # services shown in one go: more than that nobody reads
A_NEED = 3


# Guards


def has_more(turn: Turn) -> bool:
    """A question of the open sheet applies and has no answer yet."""
    return next_question(_dialog(turn), turn.episode.answers) is not None


def can_go_back(turn: Turn) -> bool:
    """There is a question before the one on screen."""
    return previous_question(_dialog(turn), turn.episode.answers, turn.episode.asked) is not None


def closes_as_declined(turn: Turn) -> bool:
    """The person does not want their answers kept."""
    return "declines" in _flags(turn)


def closes_as_too_young(turn: Turn) -> bool:
    """The person is younger than the scheme serves."""
    return "too_young" in _flags(turn)


def is_urgent(turn: Turn) -> bool:
    """The answer just given or corrected raises a flag that a human must see at once."""
    before = turn.before.answers
    fresh = {id: answer.chosen for id, answer in turn.episode.answers.items() if answer is not before.get(id)}
    flags = {o.flag for q in _dialog(turn).questions for o in q.options if o.id in fresh.get(q.id, ())}
    return bool(flags & {"danger", "person"})


def wants_no_services(turn: Turn) -> bool:
    """No help is wanted with anything, so that there is nothing to look for."""
    return not help_wanted(turn.content.dialogs["intake"], turn.episode.answers_of("intake"))


def in_quiet_hours(turn: Turn) -> bool:
    """It is too late or too early to write."""
    return turn.content.scheme.waking(turn.event.at) != turn.event.at


def is_with_a_worker(turn: Turn) -> bool:
    """A worker is talking with the person."""
    return turn.episode.with_a_worker


def missed_often(turn: Turn) -> bool:
    """We did not understand several replies in a row."""
    return turn.episode.misses + 1 >= MISSES


def is_in_touch(turn: Turn) -> bool:
    """A link worker is expected, or is talking."""
    return turn.episode.in_touch


def may_come_back(turn: Turn) -> bool:
    """The person had stopped, or wanted nothing kept, and may think again."""
    return turn.episode.closed in ("stopped", "declined")


def knows_no_language(turn: Turn) -> bool:
    """No language was chosen before stopping."""
    return not turn.episode.language


def no_consent_yet(turn: Turn) -> bool:
    """The consent questions were not finished before stopping."""
    return turn.episode.sheet in ("", "consent")


def questions_left(turn: Turn) -> bool:
    """Questions of the intake are open."""
    return next_question(turn.content.dialogs["intake"], turn.episode.answers_of("intake")) is not None


def not_reviewed_yet(turn: Turn) -> bool:
    """The answers were not agreed before stopping."""
    return turn.episode.reviewed_at is None


# Coming in and asking


def ask_language(turn: Turn) -> None:
    """Show the languages, the likely one first."""
    screen = screens.languages(turn.content.scheme, (turn.episode.language, turn.episode.guess))
    turn.say(*screen.lines, buttons=screen.buttons)


def welcome_back(turn: Turn) -> None:
    """Greet, and show where we are."""
    if turn.episode.state != "choosing_language":
        turn.say(phrases.WELCOME_BACK())
    turn.change(closed="")
    ask_again(turn)


def open_consent(turn: Turn) -> None:
    """Start with scope, consent and age."""
    turn.change(sheet="consent")
    ask_again(turn)


def open_intake(turn: Turn) -> None:
    """Start the questions about what matters."""
    turn.change(sheet="intake")
    ask_next(turn)


def ask_next(turn: Turn) -> None:
    """Ask the first question that has no answer; the one on screen stays when it is still open."""
    question = next_question(_dialog(turn), turn.episode.answers)
    if question:
        _ask(turn, question)


def ask_previous(turn: Turn) -> None:
    """Ask the question before this one again."""
    question = previous_question(_dialog(turn), turn.episode.answers, turn.episode.asked)
    if question:
        _ask(turn, question)


def back_to_consent(turn: Turn) -> None:
    """Before the first question of the intake stands the last one of the consent."""
    turn.change(sheet="consent", asked="")
    ask_previous(turn)


def ask_line(turn: Turn) -> None:
    """Ask the question of this line of the review again; reading the tap has set it."""
    question = _asked(turn)
    if question:
        _ask(turn, question)


def ask_again(turn: Turn) -> None:
    """Show the open screen once more, whatever it is; while a worker is talking the bot shows none."""
    if not turn.episode.with_a_worker:
        SCREENS[turn.state](turn)


def ask_open_question(turn: Turn) -> None:
    """Ask the question on screen once more, or the next one when it no longer applies."""
    question = _asked(turn)
    if question and question in _route(turn):
        _ask(turn, question)
    else:
        ask_next(turn)


def show_services_foot(turn: Turn) -> None:
    """Show how to go on from the services."""
    go_on = (screens.button(phrases.GO_ON, taps.SERVICES_DONE),)
    turn.say(phrases.SERVICES_FOOT(), buttons=(go_on, screens.ways_out()[1:]))


def say_here(turn: Turn) -> None:
    """Nothing is asked now: say how to reach somebody."""
    turn.say(phrases.HERE_FOR_YOU(), buttons=(screens.ways_out()[1:],))


def ask_which_place(turn: Turn) -> None:
    """Let the person pick among places of that name."""
    assert isinstance(turn.event, PlacesFound)
    turn.change(places=turn.event.places)
    rows = tuple((Button(verbatim(p.label), taps.place(n)),) for n, p in enumerate(turn.event.places, 1))
    turn.say(phrases.WHICH_PLACE(), buttons=(*rows, screens.ways_out(_asked(turn))))


def look_for_place(turn: Turn) -> None:
    """Ask the directory for a place of that name."""
    assert isinstance(turn.event, Typed)
    turn.do(FindPlaces(turn.event.words))


def say_no_such_place(turn: Turn) -> None:
    """Say that we know no such place, and ask again."""
    turn.say(phrases.NO_SUCH_PLACE())
    ask_again(turn)


# Small words


def say_changed(turn: Turn) -> None:
    """Say that the answer is changed."""
    turn.say(phrases.CHANGED())


def say_first(turn: Turn) -> None:
    """There is nothing before this question."""
    turn.say(phrases.FIRST_QUESTION())
    ask_again(turn)


def say_needed(turn: Turn) -> None:
    """This question cannot be left out."""
    turn.say(phrases.CANNOT_SKIP())
    ask_again(turn)


def say_too_many(turn: Turn) -> None:
    """No more can be ticked."""
    question = _asked(turn)
    turn.notice(phrases.TOO_MANY(most=question.most if question else 1))


def say_pick_one(turn: Turn) -> None:
    """Done was tapped with nothing ticked."""
    turn.notice(phrases.PICK_ONE_FIRST())


def say_old_button(turn: Turn) -> None:
    """The button belongs to a screen that is past."""
    turn.say(phrases.OLD_BUTTON())
    ask_again(turn)


def say_noted(turn: Turn) -> None:
    """The same button was tapped twice."""
    turn.notice(phrases.NOTED_ALREADY())


def say_not_understood(turn: Turn) -> None:
    """Say so kindly, show the question again, and let the link worker see the words."""
    turn.change(misses=turn.episode.misses + 1)
    pass_on_quietly(turn)
    turn.say(phrases.NOT_AN_ANSWER() if turn.episode.in_touch else phrases.NOT_UNDERSTOOD())
    ask_again(turn)


def offer_a_person(turn: Turn) -> None:
    """Say so, and offer the buttons and a person."""
    turn.change(misses=turn.episode.misses + 1)
    pass_on_quietly(turn)
    turn.say(phrases.NOT_AN_ANSWER() if turn.episode.in_touch else phrases.STILL_NOT_UNDERSTOOD())
    ask_again(turn)


def say_kept(turn: Turn) -> None:
    """Nothing was erased."""
    turn.say(phrases.ERASE_KEPT())
    ask_again(turn)


def show_ticks(turn: Turn) -> None:
    """Redraw the question's buttons with what is ticked now."""
    question = _asked(turn)
    if question:
        turn.do(ShowChosen(turn.episode.asked_wait, screens.question_buttons(question, turn.episode, turn.content)))


def show_more(turn: Turn) -> None:
    """Open every other way out."""
    screen = screens.more(_asked(turn) if turn.state in ("asking_consent", "answering", "checking_in") else None)
    turn.say(*screen.lines, buttons=screen.buttons)


# Review and services


def show_review(turn: Turn) -> None:
    """Show all answers to be checked."""
    turn.change(asked="", picking=None)
    screen = screens.review(turn.episode, turn.content)
    turn.say(*screen.lines, buttons=screen.buttons)


def set_check_ins(turn: Turn) -> None:
    """From the review on, ask again on the scheme's days, whatever comes of it."""
    scheme = turn.content.scheme
    start = turn.episode.reviewed_at or turn.event.at
    turn.change(reviewed_at=start)
    for days in scheme.check_in_days:
        due = scheme.in_days(days, start)
        if due > turn.event.at:
            turn.do(SetTimer(f"check_in-{days}", due, days))


def finish_review(turn: Turn) -> None:
    """With no services to look for: send the brief, say when we ask again."""
    _bring_a_human(turn, ())
    _say_when_next(turn)


def look_for_services(turn: Turn) -> None:
    """Ask the directory for each domain the person wants help with."""
    turn.do(FindServices(tuple((domain, _search(turn, domain)) for domain in _wanted_domains(turn))))


def show_services(turn: Turn) -> None:
    """Bring a human in, then show what was found for each domain, never more than six in all and none twice."""
    assert isinstance(turn.event, ServicesFound)
    shown = _few_of(turn.event.found)
    _bring_a_human(turn, shown)
    for domain, matches in shown:
        label = Text(f"intake/matters.{domain}")
        if matches:
            _offer(turn, domain, label, matches)
        else:
            none = phrases.NO_SERVICE if turn.episode.shares else phrases.NO_SERVICE_ALONE
            turn.say(none(domain=label))
            turn.do(Record("no_service", {"domain": domain}))
    show_services_foot(turn)


def _few_of(found: brief.Found) -> brief.Found:
    """Take at most three for a domain and six in all; a service that meets two needs stands under the first only.

    A domain for which nothing was found stays, so that this is said; one whose services all stand above goes.
    """
    few: list[tuple[str, tuple[Match, ...]]] = []
    taken: set[str] = set()
    for domain, matches in found:
        fresh = tuple(m for m in matches if m.service.key not in taken)[: min(A_NEED, IN_ALL // len(found))]
        taken |= {m.service.key for m in fresh}
        if fresh or not matches:
            few.append((domain, fresh))
    return tuple(few)


def _offer(turn: Turn, domain: str, label: Text, matches: tuple[Match, ...]) -> None:
    wait, first = turn.episode.wait + 1, len(turn.episode.offers) + 1
    offers = tuple(Offer(domain, m.service.key, screens.short(m.service.name, screens.NAME), wait) for m in matches)
    turn.change(offers=turn.episode.offers + offers)
    screen = screens.services(label, matches, first)
    turn.say(*screen.lines, buttons=_offer_buttons(turn.episode.offers, wait))
    turn.do(Record("services_shown", {"domain": domain, "count": str(len(offers))}))


def mark_service(turn: Turn) -> None:
    """Redraw the buttons under the service just marked; reading the tap has marked it."""
    marked = next((o for o in turn.episode.offers if o.wait == turn.episode.asked_wait), None)
    if marked:
        turn.do(ShowChosen(marked.wait, _offer_buttons(turn.episode.offers, marked.wait)))
        answer = turn.notice if isinstance(turn.event, Tapped) else turn.say  # a notice shows only after a tap
        answer(phrases.WANT_NOTED() if any(o.wanted for o in _just_marked(turn)) else phrases.WANT_TAKEN_OFF())
    if turn.state == "following_up":
        _tell_team_what_is_wanted(turn)


def _just_marked(turn: Turn) -> tuple[Offer, ...]:
    before = {offer.service: offer.wanted for offer in turn.before.offers}
    return tuple(offer for offer in turn.episode.offers if offer.wanted != before.get(offer.service, False))


def tell_wanted(turn: Turn) -> None:
    """Say back what was picked and when we ask again; tell the topic."""
    names = _wanted_names(turn)
    turn.do(Record("services_chosen", {"count": str(len(names))}))
    turn.say(phrases.WANTED(services=Listed(names)) if names else phrases.NONE_WANTED())
    _say_when_next(turn)
    _tell_team_what_is_wanted(turn)


def _wanted_names(turn: Turn) -> tuple[str, ...]:
    return tuple(o.name for o in turn.episode.offers if o.wanted)


def _tell_team_what_is_wanted(turn: Turn) -> None:
    names = _wanted_names(turn)
    if turn.episode.in_touch and turn.episode.shares:
        turn.say(phrases.CHOSE_TO_TRY(services=Listed(names)) if names else phrases.CHOSE_NONE(), to="topic", urgency="relay")


# Check-ins


def open_check_in(turn: Turn) -> None:
    """Ask how it went."""
    assert isinstance(turn.event, CheckInDue)
    turn.change(sheet=f"check_in-{turn.event.days}", asked="")
    question = next_question(_dialog(turn), turn.episode.answers)
    if question:
        _ask(turn, question, reminder=True)


def wait_for_morning(turn: Turn) -> None:
    """Ask when the quiet hours are over."""
    assert isinstance(turn.event, CheckInDue)
    turn.do(SetTimer(f"check_in-{turn.event.days}", turn.content.scheme.waking(turn.event.at), turn.event.days))


def wait_a_day(turn: Turn) -> None:
    """Do not talk over a worker; try tomorrow."""
    assert isinstance(turn.event, CheckInDue)
    turn.do(SetTimer(f"check_in-{turn.event.days}", turn.content.scheme.in_days(1, turn.event.at), turn.event.days))


def answer_check_in(turn: Turn) -> None:
    """Say back what fits the answer."""
    question = _asked(turn)
    answer = turn.episode.answers.get(turn.episode.asked)
    replies = [Text(o.reply) for o in question.options if o.reply and answer and o.id in answer.chosen] if question else []
    turn.say(*(replies or [phrases.CHECKED_IN()]), buttons=(screens.ways_out()[1:],))


def tell_check_in(turn: Turn) -> None:
    """Tell the topic what came of it."""
    question = _asked(turn)
    answer = turn.episode.answers.get(turn.episode.asked)
    days = turn.episode.sheet.partition("-")[2]
    turn.change(asked="")
    if question and answer and turn.episode.in_touch and turn.episode.shares:
        turn.say(phrases.CHECK_IN_TOLD(days=days, answer=screens.said(question, answer)), to="topic", urgency="relay")


# A human


def hand_over_asked(turn: Turn) -> None:
    """The person asked for a human."""
    waiting = turn.episode.in_touch
    _hand_over(turn, "asked_for", urgent=False)
    if waiting:
        turn.say(phrases.ASKED_AGAIN_IN_TOPIC(), to="topic", urgency="relay")
    turn.say((phrases.PERSON_ASKED_ALREADY if waiting else phrases.PERSON_ASKED)(duty=DUTY))
    _back_to_the_question(turn)


def hand_over_too_young(turn: Turn) -> None:
    """The person is too young for the questions: a human finds the right help."""
    turn.change(closed="too_young")
    _hand_over(turn, "too_young", urgent=False)
    turn.say(phrases.TOO_YOUNG(age=turn.content.scheme.adult_age, duty=DUTY))


def hand_over_check_in(turn: Turn) -> None:
    """The person asked for help at a check-in."""
    _hand_over(turn, "check_in", urgent=False)
    turn.say(phrases.PERSON_ASKED(duty=DUTY))


def raise_alarm_at_answer(turn: Turn) -> None:
    """An answer may mean danger."""
    _raise_alarm(turn, "unsafe_answer")


def raise_alarm_at_words(turn: Turn) -> None:
    """Words may mean danger: the link worker reads them below the alarm."""
    _raise_alarm(turn, "red_flag")
    pass_on_quietly(turn)


def raise_alarm_at_call(turn: Turn) -> None:
    """The person asked for help now."""
    _raise_alarm(turn, "help_now")


def _raise_alarm(turn: Turn, reason: Reason) -> None:
    """Say whom to ring, and bring a human at once. This is never held back by consent or by quiet hours."""
    turn.do(Record("alarm", {"by": type(turn.event).__name__}))
    safe = ((screens.button(phrases.SAFE_GO_ON, taps.GO_ON),),)
    turn.say(
        phrases.TAKEN_SERIOUSLY(),
        *screens.emergency(turn.content),
        phrases.TEAM_TOLD(duty=DUTY),
        buttons=safe,
        urgency="crisis",
    )
    _hand_over(turn, reason, urgent=True)


def pass_on(turn: Turn) -> None:
    """With no question open: words go to the link worker when there is one."""
    if turn.episode.in_touch:
        pass_on_quietly(turn)
        turn.say(phrases.PASSED_ON())
    else:
        ask_again(turn)


def pass_on_quietly(turn: Turn) -> None:
    """Let the link worker see these words, if there is a handoff."""
    if turn.episode.in_touch and isinstance(turn.event, Typed | SentMedia):
        turn.do(Copy("topic", turn.event.source))


def take_media(turn: Turn) -> None:
    """It may be the disclosure: name the number to ring, let a human see it, then show the question again."""
    if turn.episode.shares or turn.episode.in_touch:
        if not turn.episode.in_touch:
            _hand_over(turn, "media", urgent=False)
        pass_on_quietly(turn)
        turn.say(phrases.GOT_MEDIA(), phrases.GOT_MEDIA_PASSED_ON(), phrases.IF_IN_DANGER(number=_number(turn)))
    else:
        turn.say(phrases.GOT_MEDIA(), phrases.IF_IN_DANGER(number=_number(turn)))
    _back_to_the_question(turn)


def follow(turn: Turn, event: str, worker: str = "") -> None:
    """Take a step in the handoff's own lifecycle, and find the words for what follows."""
    handoff = turn.episode.handoff
    if handoff is None:
        return
    moved, outcomes = take(handoff, event, turn.content.scheme.most_alerts)
    if outcomes:
        turn.change(handoff=replace(moved, claimed_by=worker or moved.claimed_by))
    for outcome in outcomes:
        FOLLOWS[outcome](turn)


# Leaving


def stop(turn: Turn) -> None:
    """Write no more until the person comes back."""
    turn.change(closed="stopped")
    turn.do(DropTimers())
    if turn.episode.in_touch:
        turn.say(phrases.PERSON_STOPPED(), to="topic", urgency="relay")
        follow(turn, "ended")
    turn.say(phrases.STOPPED(), buttons=((screens.button(phrases.FORGET_ME, taps.FORGET),),))


def confirm_erase(turn: Turn) -> None:
    """Ask once whether everything shall go."""
    yes, no = screens.button(phrases.ERASE_YES, taps.FORGET_YES), screens.button(phrases.ERASE_NO, taps.FORGET_NO)
    turn.say(phrases.ERASE_ASK(), buttons=((yes,), (no,)))


def erase(turn: Turn) -> None:
    """Erase everything, and say what could not be reached."""
    turn.say(phrases.ERASED())
    turn.change(closed="erased")
    turn.do(Record("erased"), Erase())


def decline(turn: Turn) -> None:
    """Nothing may be kept, so nothing is."""
    turn.say(phrases.DECLINED())
    turn.change(closed="declined")
    turn.do(Record("declined"), Erase())


def decline_but_stay_in_touch(turn: Turn) -> None:
    """Keep no answers, but do not take away the human who was called, perhaps in danger."""
    turn.change(closed="declined", sheets={}, sheet="consent", asked="")
    turn.do(Record("declined"))
    turn.say(phrases.DECLINED_IN_TOUCH(), buttons=((screens.button(phrases.FORGET_ME, taps.FORGET),),))
    turn.say(phrases.PERSON_DECLINED(), to="topic", urgency="relay")


DUTY = Text("scheme.duty")


def _dialog(turn: Turn) -> Dialog:
    return turn.content.dialogs[dialog_of(turn.episode.sheet)]


def _route(turn: Turn) -> tuple[Question, ...]:
    return route(_dialog(turn), turn.episode.answers)


def _asked(turn: Turn) -> Question | None:
    return _dialog(turn).question(turn.episode.asked) if turn.episode.asked else None


def _flags(turn: Turn) -> tuple[str, ...]:
    return flags_raised(_dialog(turn), turn.episode.answers)


def _number(turn: Turn) -> str:
    return turn.content.emergency.number


def _ask(turn: Turn, question: Question, reminder: bool = False) -> None:
    ticked = turn.episode.picking if question.id == turn.episode.asked else None
    turn.change(asked=question.id, picking=ticked)
    again = question.id == turn.before.asked and turn.episode.sheet == turn.before.sheet
    screen = screens.question(question, turn.episode, turn.content, preface=not again)
    wait = turn.say(*screen.lines, buttons=screen.buttons, urgency="reminder" if reminder else "reply")
    turn.change(asked_wait=wait)


def _back_to_the_question(turn: Turn) -> None:
    if turn.state not in ("following_up", "closed"):
        ask_again(turn)


def _wanted_domains(turn: Turn) -> tuple[str, ...]:
    return help_wanted(turn.content.dialogs["intake"], turn.episode.answers_of("intake"))


def _search(turn: Turn, domain: str) -> Search:
    """Say what to look for: the domain's needs, near where the person lives or else near their clinic."""
    answers = turn.episode.answers_of("intake")
    here = answers.get("place")
    clinic = turn.content.scheme.clinics[turn.episode.clinic].place
    return Search(
        needs=tuple(turn.content.needs[need] for need in needs_of(turn.content.dialogs["intake"], domain)),
        place=here.value.place if here and here.value.kind == "somewhere" else clinic,
        reach_km=turn.content.scheme.reach_km,
        language=turn.episode.language,
        age=_age(turn),
        limit=IN_ALL,
        now=turn.event.at.astimezone(turn.content.scheme.time_zone).date(),
    )


def _age(turn: Turn) -> tuple[int, int] | None:
    question = turn.content.dialogs["consent"].question("age")
    answer = turn.episode.answers_of("consent").get("age")
    option = question.option(answer.chosen[0]) if question and answer and answer.chosen else None
    return option.years if option else None


def _offer_buttons(offers: tuple[Offer, ...], wait: int) -> Rows:
    return tuple(
        (
            replace(
                screens.button(phrases.WANT_THIS, taps.service(number, on=not offer.wanted), number=number), chosen=offer.wanted
            ),
        )
        for number, offer in enumerate(offers, 1)
        if offer.wait == wait
    )


def _say_when_next(turn: Turn) -> None:
    scheme = turn.content.scheme
    start = turn.episode.reviewed_at or turn.event.at
    dates = (scheme.in_days(days, start) for days in scheme.check_in_days)
    due = next((date for date in dates if date > turn.event.at), None)
    if due:
        turn.say(phrases.ASKING_AGAIN_ON(day=Day(due.astimezone(scheme.time_zone).date())), buttons=(screens.ways_out()[1:],))


def _bring_a_human(turn: Turn, found: brief.Found) -> None:
    """The end of the review always brings a human, unless the person does not want their answers read."""
    if not turn.episode.shares:
        turn.say(phrases.NOT_SHARED_IN_TOUCH() if turn.episode.in_touch else phrases.NOT_SHARED())
        return
    if turn.episode.in_touch:
        turn.say(phrases.BRIEF_NEW_IN_TOPIC(), to="topic", urgency="relay")
        _post_brief(turn, found)
    else:
        _hand_over(turn, "review", urgent=False, found=found)
    turn.say(phrases.BRIEF_SENT(duty=DUTY))


def _hand_over(turn: Turn, reason: Reason, *, urgent: bool, found: brief.Found = ()) -> None:
    """Open a handoff with its brief; one that is open already is told, and made urgent where it must be."""
    if turn.episode.in_touch and turn.episode.handoff:
        if urgent:
            turn.change(handoff=turn.episode.handoff.raised(reason))
            follow(turn, "alarmed")
        return
    number = turn.episode.handoffs + 1
    handoff = Handoff(f"{turn.episode.id}-{number}", reason, urgent, turn.event.at)
    turn.change(handoff=handoff, handoffs=number)
    turn.do(brief.topic(handoff), Record("handoff_opened", {"reason": reason, "urgent": str(urgent).lower()}))
    _post_brief(turn, found)
    if urgent:
        turn.say(phrases.URGENT_IN_TEAM(number=Text("handoff.number")), to="team", urgency="crisis")
    _chase(turn)


def _post_brief(turn: Turn, found: brief.Found) -> None:
    handoff = turn.episode.handoff
    assert handoff is not None
    lines = brief.lines(turn.episode, turn.content, found)
    turn.say(*lines, to="topic", buttons=brief.BUTTONS, urgency="crisis" if handoff.urgent else "relay", pin=True)
    for words in brief.own_words(turn.episode, turn.content):
        turn.say(words, to="topic", urgency="relay")


def _chase(turn: Turn) -> None:
    handoff, scheme = turn.episode.handoff, turn.content.scheme
    assert handoff is not None
    minutes = scheme.urgent_minutes if handoff.urgent else scheme.usual_minutes
    turn.do(SetTimer("handoff", turn.event.at + timedelta(minutes=minutes)))


def _tell_who_has_it(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_claimed"))
    turn.say(phrases.HANDOFF_CLAIMED(worker=_worker(turn)), to="topic", urgency="relay")
    turn.say(phrases.SOMEBODY_HAS_IT(worker=_worker(turn)))


def _tell_they_are_here(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("talk_started"))
    turn.say(phrases.SOMEBODY_IS_HERE(worker=_worker(turn)), urgency="relay")


def _pass_to_person(turn: Turn) -> None:
    source, words = getattr(turn.event, "source", ""), getattr(turn.event, "words", "")
    if source:
        turn.say(phrases.WORKER_SENDS(worker=_worker(turn)), urgency="relay")
        turn.do(Copy("person", source))
    for piece in screens.pieces(words):
        turn.say(phrases.WORKER_SAYS(worker=_worker(turn), words=piece), urgency="relay")


def _raise_the_alarm(turn: Turn) -> None:
    handoff = turn.episode.handoff
    assert handoff is not None
    turn.say(phrases.ALARM_IN_TOPIC(reason=brief.WHY[handoff.reason]()), to="topic", urgency="crisis")
    _post_brief(turn, ())
    turn.say(phrases.URGENT_IN_TEAM(number=Text("handoff.number")), to="team", urgency="crisis")
    if turn.episode.handoff and turn.episode.handoff.state == "waiting":
        _chase(turn)


def _alert_again(turn: Turn) -> None:
    assert turn.episode.handoff is not None
    turn.change(handoff=replace(turn.episode.handoff, alerts=turn.episode.handoff.alerts + 1))
    again = phrases.URGENT_IN_TEAM if turn.episode.handoff and turn.episode.handoff.urgent else phrases.ALERT_AGAIN
    turn.do(Record("handoff_unclaimed"))
    turn.say(again(number=Text("handoff.number")), to="team", urgency="crisis")
    turn.say(phrases.ALERT_AGAIN(number=Text("handoff.number")), to="topic", urgency="crisis")
    _chase(turn)


def _tell_honestly(turn: Turn) -> None:
    assert turn.episode.handoff is not None
    if in_quiet_hours(turn) and not turn.episode.handoff.urgent:
        turn.change(handoff=replace(turn.episode.handoff, alerts=turn.episode.handoff.alerts - 1))  # so that it comes again
        turn.do(SetTimer("handoff", turn.content.scheme.waking(turn.event.at)))
        return
    turn.say(phrases.NOBODY_YET(duty=DUTY), phrases.IF_IN_DANGER(number=_number(turn)))
    turn.say(phrases.ALERT_AGAIN(number=Text("handoff.number")), to="team", urgency="crisis")


def _say_goodbye(turn: Turn) -> None:
    turn.do(DropTimers("handoff"), Record("handoff_closed"))
    if turn.episode.closed != "stopped":
        turn.say(phrases.WORKER_LEFT(worker=_worker(turn)), urgency="relay")
        _back_to_the_question(turn)
    if turn.episode.handoff:
        if turn.episode.closed != "stopped":
            turn.say(phrases.HANDOFF_CLOSED(worker=_worker(turn)), to="topic", urgency="relay")
        turn.do(CloseTopic(turn.episode.handoff.id))


def _worker(turn: Turn) -> str:
    return turn.episode.handoff.claimed_by if turn.episode.handoff else ""


SCREENS = {
    "choosing_language": ask_language,
    "asking_consent": ask_open_question,
    "answering": ask_open_question,
    "reviewing": show_review,
    "choosing_services": show_services_foot,
    "following_up": say_here,
    "checking_in": ask_open_question,
    "closed": say_here,
}
FOLLOWS = {
    Outcome.TELL_WHO_HAS_IT: _tell_who_has_it,
    Outcome.TELL_THEY_ARE_HERE: _tell_they_are_here,
    Outcome.PASS_TO_PERSON: _pass_to_person,
    Outcome.PASS_TO_WORKER: pass_on_quietly,
    Outcome.RAISE_THE_ALARM: _raise_the_alarm,
    Outcome.ALERT_AGAIN: _alert_again,
    Outcome.TELL_HONESTLY: _tell_honestly,
    Outcome.SAY_GOODBYE: _say_goodbye,
}
