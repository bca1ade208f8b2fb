"""Look a whole folder of content through, as its author asks for it: what is wrong, and what is worth knowing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rxbot.content.complaints import Complaints
from rxbot.content.load import read_pages, read_release
from rxbot.content.reading_level import MOST_GRADE, MOST_WORDS, grade, sentences, words
from rxbot.content.sources import Source
from rxbot.errors import ContentWrong


def check(folder: Path, today: date) -> Complaints:
    """Give everything there is to say about the pages and translations below this folder. Raises ContentWrong without any."""
    if not (folder / "dialogs").is_dir():
        raise ContentWrong(f"{folder} holds no dialogs/.", "Name a folder that `rxbot content init` has made.")
    complaints = Complaints()
    read_release(folder, today, complaints)
    for page in read_pages(folder, Complaints()).dialogs:
        own = [source for source in page.sources if not source.path.startswith("instruments/")]  # a measure is never reworded
        _look_at_level(f"dialogs/{page.dialog.id}.yaml", own, complaints)
    return complaints


def _look_at_level(page: str, sources: Sequence[Source], complaints: Complaints) -> None:
    for source in sources:
        for sentence in sentences(source.english):
            if (count := len(words(sentence))) > MOST_WORDS:
                says = f"{source.id} has a sentence of {count} words."
                complaints.add("N04", page, source.line, says, f"Make two of it: {MOST_WORDS} words are enough.")
    if sources and (level := grade([source.english for source in sources])) > MOST_GRADE:
        says = f"The dialog reads at school grade {level:.1f}."
        complaints.add("N05", page, 1, says, f"Use shorter words and sentences, for grade {MOST_GRADE:.0f}.")
