"""Our own words for translators: the template of all English texts, and each language's PO file brought up to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import denormalize, normalize, write_po

from rxbot.content.complaints import Complaints
from rxbot.content.load import Pages, read_pages
from rxbot.content.sources import Source
from rxbot.content.translations import not_po, page_of
from rxbot.words import NotPO, open_po, read_translated, reviewer_of

COPYRIGHT = "Translations template for rxbot. Apache-2.0."
TEMPLATE = "locales/rxbot.pot"
WIDTH = 110
OLDER = "|"  # how a comment begins that holds the English a guess is of


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
    """Write the template and bring every language up to it; give how many texts each language still lacks.

    Nothing a translator wrote is lost: the words for an older English stay as a fuzzy guess beside that English, and
    those of a question that is gone stay at the end of the file.
    """
    pages = readable(folder)
    pot = template(pages.sources)
    _write(folder / TEMPLATE, pot)
    return {code: _update_one(folder / page_of(code), code, pot) for code in translated(pages)}


def status(folder: Path) -> list[Status]:
    """Say how far each language is. Changes nothing."""
    pages = readable(folder)
    return [_status(folder, code, pages) for code in translated(pages)]


def readable(folder: Path) -> Pages:
    """Read the pages with English texts; raises ContentWrong with all that is wrong in them, and in what translators wrote."""
    complaints = Complaints()
    pages = read_pages(folder, complaints)
    for page in (page for page in map(page_of, translated(pages)) if (folder / page).exists()):
        try:
            open_po(folder / page)
        except NotPO as wrong:
            not_po(page, wrong, complaints)
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
        catalog, reviewer = open_po(path, code), reviewer_of(path)
    else:
        catalog, reviewer = Catalog(locale=code, project="rxbot", header_comment=f"# {COPYRIGHT}", fuzzy=False), ""
    before = _words_by_text(catalog, pot)
    catalog.update(pot, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    for entry in (one for one in catalog if one.context in before):
        _keep_words(entry, before.pop(str(entry.context)))
    catalog.obsolete = {(str(one.id), context): one for context, one in before.items()}
    for entry in (*catalog, *catalog.obsolete.values()):
        entry.user_comments = [comment for comment in entry.user_comments if not comment.startswith(OLDER)]
    _write(path, catalog, reviewer)
    return sum(1 for entry in catalog if entry.id and (entry.fuzzy or not _worded(entry)))


def _words_by_text(catalog: Catalog, pot: Catalog) -> dict[str, Message]:
    """Give what was translated by text id, also of texts that are gone; of two under one id, that of the present English."""
    present = {(one.context, one.id) for one in pot}
    worded = [one for one in (*catalog.obsolete.values(), *catalog) if one.context and isinstance(one.id, str) and _worded(one)]
    return {str(one.context): one for one in sorted(worded, key=lambda one: (one.context, one.id) in present)}


def _worded(entry: Message) -> bool:
    return bool(str(entry.string or "").strip())


def _keep_words(entry: Message, before: Message) -> None:
    """Give a text the words it had before: those for another English as a guess, with that English above it."""
    older = _older_english(before) if before.fuzzy else ""
    entry.string, entry.user_comments = before.string, before.user_comments
    entry.flags |= before.flags & {"fuzzy"}
    if entry.id == older:
        entry.flags.discard("fuzzy")
    elif older or entry.id != before.id:
        entry.flags.add("fuzzy")
        entry.previous_id = [older or str(before.id)]


def _older_english(entry: Message) -> str:
    """Read which English fuzzy words are of: to Babel, a translator's comment."""
    lines = [comment.removeprefix(OLDER).strip() for comment in entry.user_comments if comment.startswith(OLDER)]
    return str(denormalize("\n".join(lines).removeprefix("msgid "))) if lines else ""


def _with_older_english(text: str, catalog: Catalog) -> str:
    """Write above each guess which English it is of, as PO does; Babel would break the lines inside the quotes."""
    for entry in (one for one in catalog if one.previous_id):
        older = f"msgid {normalize(entry.previous_id[0], width=WIDTH)}".split("\n")
        start = f'msgctxt "{entry.context}"\n'
        text = text.replace(f"\n{start}", "".join(f"\n#{OLDER} {line}" for line in older) + f"\n{start}")
    return text


def _write(path: Path, catalog: Catalog, reviewer: str = "") -> None:
    file = BytesIO()
    write_po(file, catalog, width=WIDTH, include_lineno=False, omit_header=True)
    header = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=utf-8\\n"', '"Content-Transfer-Encoding: 8bit\\n"']
    if catalog.locale:
        header += [f'"Language: {catalog.locale_identifier}\\n"', f'"X-Reviewed-By: {reviewer}\\n"']
    note = "# Every text by its id. A draft until a native speaker has reviewed it and is named in X-Reviewed-By.\n"
    entries = _with_older_english(file.getvalue().decode(), catalog)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(note + "\n".join(header) + "\n\n" + entries, "utf-8")
