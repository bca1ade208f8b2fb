"""Put something on the screen: the next question, the one before, the review. A screen can be shown again at any time."""

from rxbot.dialog.model import Question, Somewhere
from rxbot.dialog.path import next_question, previous_question
from rxbot.dialog.understand import place_said
from rxbot.episode import phrases, plan_pages, screens, taps
from rxbot.episode.check_ins import service_asked_about
from rxbot.episode.effects import FindPlaces, Say, ShowChosen
from rxbot.episode.events import PlacesFound, Typed
from rxbot.episode.keeping import ASKING, BEFORE_AGREED, REVIEWED
from rxbot.episode.model import Episode, Showing, Turn, dialog_of
from rxbot.message import BLANK, Message, Text, verbatim


def ask_language(turn: Turn) -> None:
    """Show the languages, the likely one first."""
    screen = screens.languages(turn.content.scheme, (turn.episode.language, turn.episode.guess))
    turn.say(*screen.lines, buttons=screen.buttons)


def welcome_back(turn: Turn) -> None:
    """Greet, and show where we are. The languages are shown also while a worker is talking: it is they who want to be read."""
    turn.change(closed="")
    if turn.state == "choosing_language":
        ask_language(turn)
    else:
        turn.say(phrases.WELCOME_BACK())
        ask_again(turn)


def welcome_back_to_consent(turn: Turn) -> None:
    """Greet, and begin with scope, consent and age: whoever stopped before had not seen them, or gave no consent."""
    turn.change(sheet="consent")
    welcome_back(turn)


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
    question = next_question(turn.dialog, turn.episode.answers)
    if question:
        ask(turn, question)


def ask_previous(turn: Turn) -> None:
    """Ask the question before this one again."""
    question = previous_question(turn.dialog, turn.episode.answers, turn.episode.asked)
    if question:
        ask(turn, question)


def back_to_consent(turn: Turn) -> None:
    """Before the first question of the intake stands the last one of the consent."""
    turn.change(sheet="consent", asked="")
    ask_previous(turn)


def ask_line(turn: Turn) -> None:
    """Ask this question again; reading the tap has set it."""
    question = turn.question
    if question:
        ask(turn, question)


def ask_again(turn: Turn) -> None:
    """Show the open screen once more, whatever it is; while a worker is talking the bot shows none."""
    if not turn.episode.with_a_worker:
        SCREENS[turn.state](turn)


def back_to_the_question(turn: Turn) -> None:
    if turn.state not in ("following_up", "closed"):
        ask_again(turn)


def ask_open_question(turn: Turn) -> None:
    """Ask the question on screen once more, or the next one when it no longer applies."""
    question = turn.question
    if question and question in turn.route:
        ask(turn, question)
    else:
        ask_next(turn)


def ask_which_place(turn: Turn) -> None:
    """Let the person pick among places of that name, or confirm one of a name that is like it."""
    assert isinstance(turn.event, PlacesFound)
    turn.change(places=turn.event.places)
    rows = tuple(
        (screens.button(phrases.PLACE_LINE, taps.place(n), number=n, place=verbatim(p.label)),)
        for n, p in enumerate(turn.event.places, 1)
    )
    if turn.event.guessed:
        rows = (*rows, (screens.button(phrases.NO_SHOW_AGAIN, taps.GO_ON),))
    ask = phrases.DID_YOU_MEAN_PLACE if turn.event.guessed else phrases.WHICH_PLACE
    turn.say(ask(), buttons=(*rows, screens.ways_out(turn.question, turn.episode)))


def look_for_place(turn: Turn) -> None:
    """Ask the directory for a place of that name."""
    assert isinstance(turn.event, Typed)
    turn.do(FindPlaces(place_said(turn.event.words, turn.content.lexicons_for(turn.episode.language))))


def say_no_such_place(turn: Turn) -> None:
    """Say that we know no such place, and ask again."""
    turn.change(misses=turn.episode.misses + 1)
    turn.say(phrases.NO_SUCH_PLACE())
    ask_again(turn)


def offer_a_person_for_the_place(turn: Turn) -> None:
    """Say so once more, and offer the buttons and a person."""
    turn.change(misses=turn.episode.misses + 1)
    turn.say(phrases.STILL_NO_SUCH_PLACE())
    ask_again(turn)


def show_ticks(turn: Turn) -> None:
    """Redraw the question's buttons with what is ticked now."""
    question = turn.question
    if question:
        turn.do(ShowChosen(turn.episode.asked_wait, screens.question_buttons(question, turn.episode, turn.content)))


def show_more(turn: Turn) -> None:
    """Open every other way out."""
    asked = turn.question if turn.state in ASKING else None
    has_plan = not turn.episode.survey and turn.state not in ("choosing_language", *BEFORE_AGREED)
    screen = screens.more(asked, has_plan=has_plan, may_finish=turn.state in REVIEWED)
    turn.say(*screen.lines, buttons=screen.buttons)


def show_review(turn: Turn) -> None:
    """Show all answers to be checked."""
    turn.change(asked="", picking=None)
    screen = screens.review(turn.episode, turn.content)
    turn.say(*screen.lines, buttons=screen.buttons)


def show_lines(turn: Turn) -> None:
    """Show every line of the review, or of one part of it, to be changed."""
    screen = screens.change(turn.episode, turn.content, turn.part)
    turn.say(*screen.lines, buttons=screen.buttons)


def leave_one_copy_live(turn: Turn) -> None:
    """A guess that is settled, and a question that was left for another, can be tapped no more: it is asked again in its turn.

    Nor can a plan that was agreed to, or shown once more.
    """
    before, now = turn.before, turn.episode
    if before.guess_shown and now.guess_shown != before.guess_shown:
        turn.do(ShowChosen(before.guess_shown.wait, ()))
    left = before.asked and now.asked and (before.sheet, before.asked) != (now.sheet, now.asked)
    if left and before.asked not in now.answers_of(before.sheet):
        turn.do(ShowChosen(before.asked_wait, ()))
    if _agrees_on_plan(before) and (now.asked_wait != before.asked_wait or not _agrees_on_plan(now) or now.sheet != before.sheet):
        turn.do(ShowChosen(before.asked_wait, ()))


def _agrees_on_plan(episode: Episode) -> bool:
    """A plan stands on the screen to be agreed to, or whether to plan one more thing."""
    return episode.state == "planning" and not episode.asked


def put_location_button_away(turn: Turn) -> None:
    """The button that shares a place stays on the person's screen until a message takes it away."""
    question = turn.question
    if turn.before.asks_location and turn.episode.asks_location and not (question and question.place):
        turn.change(asks_location=False)
        answer = turn.episode.answers_of("intake").get("place")
        found = answer.value if answer else None
        noted = (
            phrases.PLACE_NOTED(place=found.place.label)
            if isinstance(found, Somewhere) and not turn.episode.survey
            else phrases.PLACE_CLOSED()
        )
        turn.effects.insert(0, Say("person", Message((noted,), where_done=True)))


def show_plan_to_agree(turn: Turn) -> None:
    """Show what came of the answers; it is in the plan only when they agree."""
    turn.change(asked="", picking=None)
    goal = plan_pages.goal_of(turn.episode, turn.content, turn.episode.sheet)
    yes, again = screens.button(phrases.PLAN_AGREE, taps.PLAN_AGREE), screens.button(phrases.PLAN_AGAIN, taps.PLAN_AGAIN)
    lines = (phrases.PLAN_AGREE_ASK(), *plan_pages.lines_of(goal))
    turn.change(asked_wait=turn.say(*lines, buttons=((yes,), (again,), screens.ways_out())))


def ask_for_more(turn: Turn) -> None:
    """Ask whether to plan another thing."""
    more, enough = screens.button(phrases.PLAN_MORE, taps.PLAN_MORE), screens.button(phrases.PLAN_ENOUGH, taps.PLAN_ENOUGH)
    turn.change(asked_wait=turn.say(phrases.PLAN_MORE_ASK(), buttons=((more,), (enough,), screens.ways_out()[1:])))


def show_planning(turn: Turn) -> None:
    """Show where the plan stands: a question, what to agree to, or whether to go on."""
    if turn.episode.asked:
        ask_open_question(turn)
    elif turn.episode.sheet:
        show_plan_to_agree(turn)
    else:
        ask_for_more(turn)


def show_services_foot(turn: Turn) -> None:
    """Show how to go on from the services."""
    go_on = (screens.button(phrases.GO_ON, taps.SERVICES_DONE),)
    foot = phrases.SERVICES_FOOT if turn.episode.offers else phrases.NO_SERVICES_FOOT
    turn.say(foot(), buttons=(go_on, screens.ways_out()[1:]))


def say_here(turn: Turn) -> None:
    """Nothing is asked now: say who reads what they write, or how to reach somebody."""
    handoff = turn.episode.handoff
    if handoff is None or not handoff.open:
        here = phrases.HERE_FOR_YOU()
    elif handoff.claimed_by:
        here = phrases.HERE_WITH_WORKER(worker=handoff.claimed_by)
    else:
        here = phrases.HERE_IN_TOUCH(duty=Text("scheme.duty"))
    hours = when_it_is_read(turn) if handoff and handoff.open and handoff.claimed_by else ()
    turn.say(here, *hours, buttons=(screens.ways_out()[1:],))


def when_it_is_read(turn: Turn) -> tuple[Text, ...]:
    """Out of duty hours nobody reads it now, whoever has it."""
    on_duty = turn.content.scheme.on_duty(turn.event.at) == turn.event.at
    return () if on_duty else (phrases.READ_IN_DUTY_HOURS(duty=Text("scheme.duty")),)


def ask(turn: Turn, question: Question, check_in: bool = False) -> None:
    ticked = turn.episode.picking if question.id == turn.episode.asked else None
    turn.change(asked=question.id, picking=ticked)
    again = question.id == turn.before.asked and turn.episode.sheet == turn.before.sheet
    before = turn.find(turn.before.asked)
    follows = not again and before is not None and before.domain == question.domain
    preface = not again and not _greeted(turn)
    screen = screens.question(question, turn.episode, turn.content, preface=preface, follows=follows, first=_in_doubt(turn))
    wait = turn.say(*screen.lines, buttons=screen.buttons, urgency="check_in" if check_in else "reply")
    if again:
        turn.do(ShowChosen(turn.before.asked_wait, ()))  # one copy of a question can be tapped: the last
    turn.change(asked_wait=wait, guess_shown=None)
    if turn.episode.shown_by(wait) != turn.episode.sheet or not turn.episode.showings:
        turn.change(showings=(*turn.episode.showings, Showing(turn.episode.sheet, wait)))
    if question.place and not turn.episode.asks_location:
        turn.change(asks_location=True)
        turn.do(Say("person", Message((phrases.OR_SHARE_PLACE(),), where=phrases.SHARE_PLACE())))


def _in_doubt(turn: Turn) -> tuple[Text, ...]:
    """Before they are asked how it went: what has become of that service since, so that nobody thinks it was their fault."""
    sheet = turn.episode.sheet
    if turn.before.sheet == sheet or dialog_of(sheet) != "check_in":
        return ()
    service = service_asked_about(sheet, turn.episode)
    names = {
        **{signpost.service: signpost.name for signpost in turn.episode.signposts},
        **{offer.service: offer.name for offer in turn.episode.offers},
    }
    became = (
        (turn.episode.gone, phrases.CHECK_IN_GONE),
        (turn.episode.suspended, phrases.CHECK_IN_SUSPENDED),
        (turn.episode.full, phrases.CHECK_IN_FULL),
    )
    said = next((phrase for services, phrase in became if service in services), None)
    return (said(service=names[service]), BLANK) if said and service in names else ()


def _greeted(turn: Turn) -> bool:
    """This is the next sheet of one check-in, which has said hello."""
    before, now = turn.before.sheet, turn.episode.sheet
    return before != now and dialog_of(now) == "check_in" and before.split("-")[:2] == now.split("-")[:2]


SCREENS = {
    "choosing_language": ask_language,
    "asking_consent": ask_open_question,
    "answering": ask_open_question,
    "reviewing": show_review,
    "asking_eligibility": ask_open_question,
    "choosing_services": show_services_foot,
    "planning": show_planning,
    "following_up": say_here,
    "checking_in": ask_open_question,
    "closing": ask_open_question,
    "changing": ask_line,
    "closed": say_here,
}
