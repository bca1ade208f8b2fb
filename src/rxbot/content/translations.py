"""Read a language's translations, and hold each against its English."""

import re
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

from rxbot.content.complaints import Complaints
from rxbot.content.marks import MARK, PLACE, marks, places
from rxbot.content.scheme import SCHEME
from rxbot.content.sources import Kind, Source
from rxbot.content.texts import look_at_words
from rxbot.words import Catalog, NotPO, Translated, read_translated, reviewer_of

Measures = Mapping[str, Mapping[str, Mapping[str, str]]]  # texts by id, by language, by measure
NAMED = 3  # of the missing texts
A_WORD = re.compile(r"[^\W\d_]{3,}")


def page_of(code: str) -> str:
    """Name the file of a language."""
    return f"locales/{code}/LC_MESSAGES/rxbot.po"


def read_translations(
    folder: Path, code: str, sources: Iterable[Source], drafts_allowed: bool, complaints: Complaints, being_written: bool
) -> Catalog | None:
    """Read one language of a content folder; complain of what is missing, broken, or not reviewed.

    While it is `being_written`, what is missing is only noted, and stands in English.
    """
    page = page_of(code)
    if not (folder / page).exists():
        remedy = f"Run `rxbot words update` and translate it, or take {code} out of scheme.yaml."
        complaints.add("W01", page, 1, f"The language {code} has no file.", remedy)
        return None
    try:
        entries = {one.id: one for one in read_translated(folder / page)}
    except NotPO as wrong:
        not_po(page, wrong, complaints)
        return None
    english = {source.id: source for source in sources}
    catalog = {id: one.words for id, one in entries.items() if id in english and one.translates(english[id].english)}
    missing = [source for id, source in english.items() if id not in catalog]
    _look_at_missing(page, code, missing, "N07" if being_written else "W02", complaints)
    for id in catalog:
        _look_at(page, entries[id], english[id].kind, complaints)
    catalog.update({source.id: source.english for source in missing})
    reviewer = reviewer_of(folder / page)
    if not reviewer:
        remedy = "Have a native speaker review it and name them in the header X-Reviewed-By."
        if drafts_allowed:
            complaints.add("N01", page, 1, f"The language {code} is a draft.", remedy)
        else:
            complaints.add("W03", page, 1, f"The language {code} was not reviewed.", f"{remedy} Or allow drafts in {SCHEME}.")
    return Catalog(catalog, reviewed=bool(reviewer))


def _look_at_missing(page: str, code: str, missing: list[Source], kind: str, complaints: Complaints) -> None:
    if missing:
        where = ", ".join(f"{one.id} ({one.path}:{one.line})" for one in missing[:NAMED])
        more = ", ..." if missing[NAMED:] else ""
        words = f"The language {code} lacks {len(missing)} texts: {where}{more}."
        complaints.add(kind, page, 1, words, f"Run `rxbot words update`, translate them, or take {code} out of {SCHEME}.")


def not_po(page: str, wrong: NotPO, complaints: Complaints) -> None:
    """Complain of a language's file that cannot be read; nothing is ever written over it then."""
    complaints.add(
        "W06", page, wrong.line, f"This cannot be read as PO: {wrong.why}.", "Mend the file here, or save it as UTF-8."
    )


def _look_at(page: str, entry: Translated, kind: Kind, complaints: Complaints) -> None:
    look_at_words(entry.id, entry.words, kind, page, entry.line, complaints)
    if places(entry.words) != places(entry.english):
        wanted = _listed(f"{{{place}}}" for place in places(entry.english))
        complaints.add("W04", page, entry.line, f"{entry.id} has other places than the English.", f"It needs {wanted}.")
    if marks(entry.words) != marks(entry.english):
        complaints.add(
            "W05", page, entry.line, f"{entry.id} has other marks than the English.", f"It needs {_listed(marks(entry.english))}."
        )
    if entry.words == entry.english and A_WORD.search(MARK.sub("", PLACE.sub("", entry.words))):
        complaints.add("N03", page, entry.line, f"{entry.id} is the same as the English.", "Is it translated?")


def _listed(names: Iterable[str]) -> str:
    return " ".join(names) or "none"


def english_catalog(sources: Iterable[Source]) -> Catalog:
    """English needs no translation."""
    return Catalog({source.id: source.english for source in sources}, reviewed=True)


def look_at_measures(languages: Iterable[str], measures: Measures, complaints: Complaints) -> None:
    """Complain of measures that have no text in one of these languages."""
    for name, code in product(measures, languages):
        if code not in measures[name]:
            remedy = f"Add one under `languages:` (`official: false` when it is your own), or take {code} out of {SCHEME}."
            complaints.add("M01", f"dialogs/instruments/{name}.yaml", 1, f"It has no text in {code}.", remedy)


def with_measures(catalog: Catalog, code: str, measures: Measures) -> Catalog:
    """Add the texts of the measures, which no translator of ours touches."""
    own = {id: words for texts in measures.values() for id, words in texts.get(code, {}).items()}
    return Catalog({**catalog.texts, **own}, catalog.reviewed)
