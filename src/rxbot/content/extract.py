"""Our own words for translators: the template of all English texts, and each language's PO file brought up to it."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from rxbot.content.load import all_sources, read_dialogs
from rxbot.content.pages import read_page
from rxbot.content.phrasebook import read_phrasebook
from rxbot.content.sources import Source
from rxbot.words import reviewer_of

COPYRIGHT = "Translations template for rxbot. Apache-2.0."


def sources_of(folder: Path) -> tuple[Source, ...]:
    """Give every English text of this content folder."""
    phrasebook = read_phrasebook(folder / "dialogs" / "phrasebook.yaml")
    scheme = read_page(folder / "dialogs" / "scheme.yaml")
    return (*all_sources(read_dialogs(folder), scheme), *phrasebook.sources)


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


def update(folder: Path, languages: Iterable[str]) -> dict[str, int]:
    """Write the template and bring every language up to it; give how many texts each language still lacks."""
    pot = template(sources_of(folder))
    _write(folder / "locales" / "rxbot.pot", pot)
    return {
        code: _update_one(folder / "locales" / code / "LC_MESSAGES" / "rxbot.po", code, pot) for code in languages if code != "en"
    }


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
