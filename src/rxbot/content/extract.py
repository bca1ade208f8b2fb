"""Our own words for translators: the template of all English texts, and each language's PO file brought up to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from rxbot.content.complaints import Complaints
from rxbot.content.load import Pages, read_pages
from rxbot.content.sources import Source
from rxbot.content.translations import page_of
from rxbot.words import read_translated, reviewer_of

COPYRIGHT = "Translations template for rxbot. Apache-2.0."
TEMPLATE = "locales/rxbot.pot"


@dataclass(frozen=True)
class Status:
    """How far a language is: texts in all, untranslated, fuzzy, of an older English, either of the two; its reviewer."""

    code: str
    texts: int
    missing: int
    fuzzy: int
    outdated: int
    unsure: int
    reviewer: str

    @property
    def done(self) -> int:
        """Count the texts people can be shown."""
        return self.texts - self.missing - self.unsure


def template(sources: Iterable[Source]) -> Catalog:
    """Build the template: the text id is the context, so that a text keeps its translation when the page moves."""
    catalog = Catalog(project="rxbot", header_comment=f"# {COPYRIGHT}", fuzzy=False)
    for source in sources:
        catalog.add(
            source.english,
            context=source.id,
            auto_comments=[source.note] if source.note else [],
            locations=[(source.path, source.line)],
        )
    return catalog


def extract(folder: Path) -> int:
    """Write the template alone; give how many texts it holds."""
    sources = readable(folder).sources
    _write(folder / TEMPLATE, template(sources))
    return len({source.id for source in sources})


def update(folder: Path) -> dict[str, int]:
    """Write the template and bring every language up to it; give how many texts each language still lacks."""
    pages = readable(folder)
    pot = template(pages.sources)
    _write(folder / TEMPLATE, pot)
    return {code: _update_one(folder / page_of(code), code, pot) for code in translated(pages)}


def status(folder: Path) -> list[Status]:
    """Say how far each language is. Changes nothing."""
    pages = readable(folder)
    return [_status(folder, code, pages) for code in translated(pages)]


def readable(folder: Path) -> Pages:
    """Read the pages with English texts; raises ContentWrong with everything that is wrong in them."""
    complaints = Complaints()
    pages = read_pages(folder, complaints)
    complaints.refuse()
    return pages


def translated(pages: Pages) -> list[str]:
    """Name the languages that need translations."""
    return [code for code in pages.outline.all_languages if code != "en"]


def _status(folder: Path, code: str, pages: Pages) -> Status:
    path, english = folder / page_of(code), {source.id: source.english for source in pages.sources}
    entries = {one.id: one for one in read_translated(path)} if path.exists() else {}
    worded = {id: entries[id] for id in english if id in entries and entries[id].words}
    return Status(
        code,
        texts=len(english),
        missing=len(english) - len(worded),
        fuzzy=sum(one.fuzzy for one in worded.values()),
        outdated=sum(one.english != english[id] for id, one in worded.items()),
        unsure=sum(not one.translates(english[id]) for id, one in worded.items()),
        reviewer=reviewer_of(path) if path.exists() else "",
    )


def _update_one(path: Path, code: str, pot: Catalog) -> int:
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=code)
    else:
        catalog = Catalog(locale=code, project="rxbot", header_comment=f"# {COPYRIGHT}", fuzzy=False)
    reviewer = reviewer_of(path) if path.exists() else ""
    catalog.update(pot, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    _write(path, catalog, reviewer)
    return sum(1 for entry in catalog if entry.id and (entry.fuzzy or not entry.string))


def _write(path: Path, catalog: Catalog, reviewer: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, include_lineno=False, ignore_obsolete=True, omit_header=True)
    header = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=utf-8\\n"', '"Content-Transfer-Encoding: 8bit\\n"']
    if catalog.locale:
        header += [f'"Language: {catalog.locale_identifier}\\n"', f'"X-Reviewed-By: {reviewer}\\n"']
    note = "# Every text by its id. A draft until a native speaker has reviewed it and is named in X-Reviewed-By.\n"
    path.write_text(note + "\n".join(header) + "\n\n" + path.read_text("utf-8"), "utf-8")
