"""What the answers say: which needs were found, and which of them the person wants help with. The two are never the same fact."""

from rxbot.dialog.model import Answers, Dialog
from rxbot.dialog.path import answered


def needs_found(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name the needs the answers show, in the order asked, each once."""
    found = [
        need
        for question, answer in answered(dialog, answers)
        for need in (
            *(question.needs if set(answer.chosen) & set(question.need_if) else ()),
            *(o.need for o in question.options if o.id in answer.chosen and o.need),
        )
    ]
    return tuple(dict.fromkeys(found))


def help_wanted(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name the domains the person would like help with now, in the order asked."""
    return tuple(q.domain for q, answer in answered(dialog, answers) if q.wants and "yes" in answer.chosen)


def needs_of(dialog: Dialog, domain: str) -> tuple[str, ...]:
    """Name the needs that stand behind a domain."""
    return tuple(need for q in dialog.questions if q.domain == domain for need in q.needs)


def flags_raised(dialog: Dialog, answers: Answers) -> tuple[str, ...]:
    """Name the flags of the options chosen."""
    return tuple(
        o.flag for question, answer in answered(dialog, answers) for o in question.options if o.flag and o.id in answer.chosen
    )
