"""The route through a dialog, computed from the answers: asking on, going back, correcting and resuming are one operation."""

from dataclasses import replace

from rxbot.dialog.model import OWN_WORDS, Answer, Answers, Dialog, Question


def applies(question: Question, answers: Answers) -> bool:
    """Say whether this question's conditions hold, and there is something left to choose from."""
    for asked, awaited in question.when.items():
        if not _holds(answers, asked, awaited):
            return False
    if question.when_any and not any(_holds(answers, *condition) for condition in question.when_any.items()):
        return False
    return not (question.among or question.without) or any(not o.alone for o in narrowed(question, answers).options)


def narrowed(question: Question, answers: Answers) -> Question:
    """Give the question with only those options that are offered after these answers."""
    if not (question.among or question.without):
        return question
    picked, left = _chosen(answers, question.among), _chosen(answers, question.without)
    offered = tuple(o for o in question.options if o.alone or (o.id in picked if question.among else o.id not in left))
    narrow = replace(question, options=offered)
    return _of_one(narrow) if question.if_one and sum(not o.alone for o in offered) == 1 else narrow


def route(dialog: Dialog, answers: Answers) -> tuple[Question, ...]:
    """Give the questions that apply, in order. A question whose condition fails takes those that hang on it along.

    A condition may name its own question: once that is answered, it stays.
    """
    on_route: list[Question] = []
    live: dict[str, Answer] = {known: answers[known] for known in dialog.given if known in answers}
    for question in dialog.questions:
        names_itself = question.id in answers and (question.id in question.when or question.id in question.when_any)
        if applies(question, {**live, question.id: answers[question.id]} if names_itself else live):
            on_route.append(narrowed(question, live))
            if question.id in answers:
                live[question.id] = answers[question.id]
    return tuple(on_route)


def next_question(dialog: Dialog, answers: Answers) -> Question | None:
    """Give the first question that applies and has no answer yet."""
    return next((q for q in route(dialog, answers) if q.id not in answers), None)


def previous_question(dialog: Dialog, answers: Answers, current: str | None) -> Question | None:
    """Give the question before this one on the route, or the last one when none is open."""
    on_route = route(dialog, answers)
    ids = [q.id for q in on_route]
    place = ids.index(current) if current in ids else len(ids)
    return on_route[place - 1] if place > 0 else None


def answered(dialog: Dialog, answers: Answers) -> tuple[tuple[Question, Answer], ...]:
    """Pair every answered question on the route with its answer; answers off the route are set aside, not lost."""
    return tuple((q, answers[q.id]) for q in route(dialog, answers) if q.id in answers)


def _of_one(question: Question) -> Question:
    """Ask for the only thing there is to choose: a yes takes it, a no takes what stands alone."""
    one = question.if_one
    assert one is not None
    options = tuple(replace(o, button=one.no if o.alone else one.yes) for o in question.options)
    return replace(question, text=one.text, most=1, all_of=False, options=options)


def _holds(answers: Answers, asked: str, awaited: tuple[str, ...]) -> bool:
    answer = answers.get(asked)
    return answer is not None and (any(one in awaited for one in answer.chosen) or (OWN_WORDS in awaited and bool(answer.words)))


def _chosen(answers: Answers, question_id: str) -> tuple[str, ...]:
    answer = answers.get(question_id)
    return answer.chosen if answer else ()
