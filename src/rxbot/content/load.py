"""Read a whole folder of content into one release: dialogs, scheme, needs, lexicons, crisis lines and every text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from rxbot.content.complaints import Complaints
from rxbot.content.crisis_lines import read_emergency
from rxbot.content.dialogs import DialogPage, read_dialog
from rxbot.content.instruments import InstrumentPage, read_instruments
from rxbot.content.joins import look_at_joins, look_at_messages
from rxbot.content.lexicons import read_lexicon
from rxbot.content.needs import Needs, read_needs
from rxbot.content.phrasebook import Phrasebook, read_phrasebook
from rxbot.content.scheme import Outline, SchemeShape, look_at_hours, outline_of, read_follow_up, read_scheme_page, scheme_of
from rxbot.content.sources import Source
from rxbot.content.texts import look_at_sources
from rxbot.content.translations import english_catalog, look_at_measures, read_translations, with_measures
from rxbot.episode import clinic_phrases, phrases, provider_phrases
from rxbot.episode.content import Content
from rxbot.words import Catalog, Words

DIALOGS = ("consent", "intake", "eligibility", "plan", "check_in", "measure", "closing", "survey")
OPTIONAL = ("eligibility", "survey")  # without them nothing is asked before services are shown, and there are no surveys
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Release:
    """What a turn needs, and what words a message needs when it leaves."""

    content: Content
    words: Words


@dataclass(frozen=True)
class Pages:
    """The pages of a content folder that hold English texts, as far as they could be read."""

    instruments: Mapping[str, InstrumentPage]
    dialogs: tuple[DialogPage, ...]
    scheme: SchemeShape | None
    outline: Outline
    phrasebook: Phrasebook
    needs: Needs

    @property
    def all_read(self) -> bool:
        """Say whether no dialog and no question had to be left out."""
        return {*DIALOGS} - {*OPTIONAL} <= {page.dialog.id for page in self.dialogs} and not any(
            page.unread for page in self.dialogs
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Give every English text: of the pages, and the standing phrases."""
        return (
            *(source for page in self.dialogs for source in page.sources),
            *(self.scheme.sources if self.scheme else ()),
            *(Source(text_id, english, "", "phrases.py", 0) for text_id, english in phrases.ALL.items()),
            *(
                Source(text_id, english, provider_phrases.NOTE, "provider_phrases.py", 0)
                for text_id, english in provider_phrases.ALL.items()
            ),
            *(
                Source(text_id, english, clinic_phrases.NOTE, "clinic_phrases.py", 0)
                for text_id, english in clinic_phrases.ALL.items()
            ),
            *self.phrasebook.sources,
            *self.needs.sources,
        )


def shipped() -> Path:
    """Find the content that came with the package, or that stands beside it in a checkout."""
    packed = PACKAGE / "shipped"
    return packed if packed.is_dir() else PACKAGE.parents[1]


def load(folder: Path, today: date, being_written: bool = False) -> Release:
    """Read dialogs/ and locales/ below this folder. Raises ContentWrong with all that keeps them from being used.

    While they are `being_written`, in a demo or a preview, a text without a translation stands in English.
    """
    complaints = Complaints()
    release = read_release(folder, today, complaints, being_written)
    complaints.refuse()
    assert release is not None, "what could not be read was complained of"
    return release


def read_release(folder: Path, today: date, complaints: Complaints, being_written: bool = False) -> Release | None:
    """Read everything and complain of everything; None when it cannot be put together."""
    pages = read_pages(folder, complaints)
    follow_up = read_follow_up(folder, complaints)
    look_at_joins(pages.dialogs, pages.needs.known, complaints)
    look_at_sources(pages.sources, complaints)
    if pages.scheme and follow_up:
        look_at_hours(pages.scheme, follow_up, complaints)
    emergency = read_emergency(folder, pages.outline.country, today, complaints)
    catalogs = read_catalogs(folder, pages, complaints, being_written)
    look_at_messages(pages.dialogs, catalogs, complaints)
    answers = _answers(pages.dialogs) if pages.all_read else {}
    lexicons = {code: read_lexicon(folder, code, answers, complaints) for code in pages.outline.languages}
    if complaints.grave or pages.scheme is None or follow_up is None or emergency is None:
        return None
    words = Words(catalogs, pages.scheme.country)
    content = Content(
        release=_name_of(folder),
        scheme=scheme_of(pages.scheme, follow_up),
        dialogs={page.dialog.id: page.dialog for page in pages.dialogs},
        instruments={name: page.instrument for name, page in pages.instruments.items()},
        needs=pages.needs.known,
        lexicons={code: lexicon for code, lexicon in lexicons.items() if lexicon},
        wording={code: words.wording(code) for code in pages.scheme.languages},
        phrasebook=pages.phrasebook.sayings,
        emergency=emergency,
    )
    return Release(content, words)


def read_pages(folder: Path, complaints: Complaints) -> Pages:
    """Read the pages that hold English texts."""
    instruments = read_instruments(folder, complaints)
    scheme = read_scheme_page(folder, complaints)
    there = (name for name in DIALOGS if name not in OPTIONAL or (folder / f"dialogs/{name}.yaml").exists())
    read = (read_dialog(folder, name, instruments, complaints) for name in there)
    return Pages(
        {name: page for name, page in instruments.items() if page},
        tuple(page for page in read if page),
        scheme,
        outline_of(scheme, folder),
        read_phrasebook(folder, complaints),
        read_needs(folder, complaints),
    )


def read_catalogs(folder: Path, pages: Pages, complaints: Complaints, being_written: bool) -> dict[str, Catalog]:
    """Read the words of every language, with those of the measures."""
    outline, measures = pages.outline, {name: page.texts for name, page in pages.instruments.items()}
    look_at_measures(outline.all_languages, measures, complaints)
    found = {
        code: english_catalog(pages.sources)
        if code == "en"
        else read_translations(folder, code, pages.sources, outline.drafts_allowed, complaints, being_written)
        for code in outline.all_languages
    }
    return {code: with_measures(catalog, code, measures) for code, catalog in found.items() if catalog}


def _answers(dialogs: Iterable[DialogPage]) -> dict[str, frozenset[str]]:
    """Give the label of every answer that can be given, with the questions it is given to."""
    asked: dict[str, set[str]] = defaultdict(set)
    for page in dialogs:
        for question in page.dialog.questions:
            for option in question.options:
                asked[option.label].add(question.id)
    for phrase in (phrases.REVIEW_OK, phrases.GO_ON, phrases.YES, phrases.NO):
        asked[phrase.id].add(phrase.id)
    return {label: frozenset(questions) for label, questions in asked.items()}


def _name_of(folder: Path) -> str:
    """Name a release by what is in it."""
    digest = sha256()
    for path in sorted([*folder.glob("dialogs/**/*.yaml"), *folder.glob("locales/*/LC_MESSAGES/*.po")]):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
