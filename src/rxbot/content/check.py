"""Look a whole folder of content through, as its author asks for it: what is wrong, and what is worth knowing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rxbot.content.complaints import Complaints
from rxbot.content.crisis_lines import PAGE as CRISIS_LINES
from rxbot.content.instruments import FOLDER as MEASURES
from rxbot.content.lexicons import page_of as lexicon_of
from rxbot.content.load import DIALOGS, read_pages, read_release
from rxbot.content.needs import PAGE as NEEDS
from rxbot.content.phrasebook import PAGE as PHRASEBOOK
from rxbot.content.reading_level import MOST_GRADE, MOST_WORDS, grade, sentences, words
from rxbot.content.scheme import FOLLOW_UP, SCHEME
from rxbot.content.sources import Source
from rxbot.errors import ContentWrong


def check(folder: Path, today: date) -> Complaints:
    """Give everything there is to say about the pages and translations below this folder. Raises ContentWrong without any."""
    if not (folder / "dialogs").is_dir():
        raise ContentWrong(f"{folder} holds no dialogs/.", "Name a folder that `rxbot content init` has made.")
    complaints = Complaints()
    read_release(folder, today, complaints)
    pages = read_pages(folder, Complaints())
    _look_at_names(folder, pages.outline.languages, complaints)
    for page in pages.dialogs:
        own = [source for source in page.sources if not source.path.startswith("instruments/")]  # a measure is never reworded
        _look_at_level(f"dialogs/{page.dialog.id}.yaml", own, complaints)
    return complaints


def _look_at_names(folder: Path, languages: Sequence[str], complaints: Complaints) -> None:
    """A page with a slip in its name would be passed over in silence."""
    read = {f"dialogs/{name}.yaml" for name in DIALOGS} | {SCHEME, FOLLOW_UP, NEEDS, PHRASEBOOK, CRISIS_LINES}
    read |= {lexicon_of(code) for code in languages}
    for path in sorted((folder / "dialogs").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in read and not (name.startswith(f"{MEASURES}/") and path.suffix == ".yaml"):
            complaints.add("N06", name, 1, "The bot does not read this.", "Mend its name, or move it elsewhere.")


def _look_at_level(page: str, sources: Sequence[Source], complaints: Complaints) -> None:
    for source in sources:
        for sentence in sentences(source.english):
            if (count := len(words(sentence))) > MOST_WORDS:
                says = f"{source.id} has a sentence of {count} words."
                complaints.add("N04", page, source.line, says, f"Make two of it: {MOST_WORDS} words are enough.")
    if sources and (level := grade([source.english for source in sources])) > MOST_GRADE:
        says = f"The dialog reads at school grade {level:.1f}."
        complaints.add("N05", page, 1, says, f"Use shorter words and sentences, for grade {MOST_GRADE:.0f}.")
