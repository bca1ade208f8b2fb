"""Read which languages a record speaks."""

from collections.abc import Iterable

from rxbot.directory.languages import are_kin, is_limited
from rxbot.directory.model import Language, Service
from rxbot.directory.rules.answers import Answer, Finding


def language_rule(service: Service, wanted: str, home: str) -> Finding[Answer]:
    """Say whether a language is spoken; the home language always is, where there is one.

    Interpreters leave it open, and so do limits ("Spanish (limited)"), a language close to it, and silence.
    """
    rows = languages_of(service)
    full = [row for row in rows if row.code == wanted and not is_limited(row)]
    if full or wanted == home:
        return Finding(Answer.YES, _names(full))
    near = [row for row in rows if row.code in ("", wanted) or are_kin(row.code, wanted)]
    if rows and not service.interpretation and not near:
        return Finding(Answer.NO, _names(rows))
    return Finding(Answer.UNKNOWN, _names([row for row in near if row.code]) or service.interpretation)


def unspoken_of(service: Service, expected: Iterable[str]) -> tuple[str, ...]:
    """Give those languages that nearly all records of its publisher name, which one that names others does not name."""
    codes = {row.code for row in languages_of(service)}
    return tuple(code for code in expected if code not in codes) if codes and "" not in codes else ()


def languages_of(service: Service) -> tuple[Language, ...]:
    """Give every language of a service, at whichever of its places."""
    return (*service.languages, *(language for location in service.locations for language in location.languages))


def _names(rows: list[Language] | tuple[Language, ...]) -> str:
    return "; ".join(row.name for row in rows)
