"""Read which languages a record speaks."""

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Answer, Finding


def language_rule(service: Service, wanted: str, home: str) -> Finding[Answer]:
    """Say whether a language is spoken; the home language always is. Interpreters leave it open, and so does silence."""
    rows = (*service.languages, *(language for location in service.locations for language in location.languages))
    spoken = {language.code for language in rows}
    if wanted in spoken or wanted == home:
        return Finding(Answer.YES, "; ".join(language.name for language in rows if language.code == wanted))
    if spoken and not service.interpretation and "" not in spoken:
        return Finding(Answer.NO, "; ".join(language.name for language in rows))
    return Finding(Answer.UNKNOWN, service.interpretation)
