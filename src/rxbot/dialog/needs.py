"""What the answers say: which needs were found, and which of them the person wants help with. The two are never the same fact."""

from dataclasses import replace

from rxbot.dialog.model import Answer, Answers, Dialog, Option, Question
from rxbot.dialog.path import answered


def needs_found(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name the needs the answers show, in the order asked, each once."""
    found = [need for question, answer in answered(dialog, answers) for need in _needs_in(dialog, question, answer)]
    return tuple(dict.fromkeys(found))


def help_wanted(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name the domains the person would like help with now, in the order asked."""
    wanted = [
        domain
        for q, answer in answered(dialog, answers)
        if q.wants
        for domain in (_picked(q, answer) if q.domains else (q.domain,) if "yes" in answer.chosen else ())
    ]
    return tuple(dict.fromkeys(wanted))


def needs_of(dialog: Dialog, domain: str) -> tuple[str, ...]:
    """Name the needs that stand behind a domain."""
    return tuple(need for q in dialog.questions if q.domain == domain for need in q.needs)


def needs_sought(dialog: Dialog, answers: Answers, domain: str) -> tuple[str, ...]:
    """Name the needs to look for in a domain: those its answers show; where it was only picked, all that stand behind it."""
    own = ((q, answer) for q, answer in answered(dialog, answers) if q.domain == domain and not q.domains)
    shown = tuple(dict.fromkeys(need for q, answer in own for need in _needs_in(dialog, q, answer)))
    return shown or needs_of(dialog, domain)


def about_needs(dialog: Dialog) -> Dialog:
    """Keep the questions that show a need, danger, whether help is wanted, or a place; and those that these hang on."""
    kept: set[str] = set()
    for question in reversed(dialog.questions):
        if _tells_of_needs(question) or question.id in kept:
            kept |= {question.id, *question.when, *question.when_any, question.among, question.without}
    return replace(dialog, questions=tuple(question for question in dialog.questions if question.id in kept))


def _tells_of_needs(question: Question) -> bool:
    by_option = any(option.need or option.flag for option in question.options)
    return bool(question.needs or question.wants or question.domains or question.place or by_option)


def wishes_of(dialog: Dialog, answers: Answers, domain: str) -> tuple[Option, ...]:
    """Give what the person said would help most in this domain, where directories have words for it."""
    return tuple(
        option
        for question, answer in answered(dialog, answers)
        if question.domain == domain
        for option in question.options
        if option.id in answer.chosen and option.words
    )


def told_by(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name what the options chosen tell of the person: who has no place to sleep tonight is homeless."""
    return tuple(
        told
        for question, answer in answered(dialog, answers)
        for option in question.options
        if option.id in answer.chosen
        for told in option.has
    )


def flags_raised(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name the flags of the options chosen."""
    return tuple(
        o.flag for question, answer in answered(dialog, answers) for o in question.options if o.flag and o.id in answer.chosen
    )


def _needs_in(dialog: Dialog, question: Question, answer: Answer) -> tuple[str, ...]:
    if question.domains:
        return () if question.wants else tuple(need for d in _picked(question, answer) for need in needs_of(dialog, d))
    return (
        *(question.needs if set(answer.chosen) & set(question.need_if) else ()),
        *(o.need for o in question.options if o.id in answer.chosen and o.need),
    )


def _picked(question: Question, answer: Answer) -> tuple[str, ...]:
    return tuple(o.id for o in question.options if o.id in answer.chosen and not o.alone)
