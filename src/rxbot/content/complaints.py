"""What is wrong with the pages: all of it at once, each with a code, where it stands, and what its author can do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rxbot.errors import ContentWrong

CODES = {
    "P01": "A page is missing.",
    "P02": "A page is not YAML, not text, or says a thing twice.",
    "P03": "A line is missing.",
    "P04": "A line is not known here.",
    "P05": "A value cannot be read.",
    "D01": "A dialog asks nothing.",
    "D02": "A question is asked twice.",
    "D03": "Choices are named that do not exist.",
    "D04": "A measure is named that does not exist.",
    "D05": "Two answers of a question have the same id.",
    "D06": "Two answers of a question have the same label.",
    "D07": "A need is named that does not exist.",
    "D08": "A question waits for one that is not asked before it.",
    "D09": "A question names an answer that cannot be given.",
    "D10": "An id is too long for a button.",
    "D11": "A question, an answer, a flag or a line is gone that the bot counts on.",
    "D12": "A text has a place that nothing fills.",
    "D13": "A text has marks that Telegram refuses.",
    "D14": "A text, or a question with all that is said above it, is longer than a message may be.",
    "D15": "A button has more words than fit on it.",
    "D16": "The ages of a question's answers leave an age out, or overlap.",
    "D17": "A part of life is named that does not exist.",
    "D18": "A lock screen would show what the person wants to do.",
    "D19": "An answer tells, or a question asks, what no service can depend on.",
    "S01": "Two entries of the scheme have the same id.",
    "S02": "The measure is asked on a day without a check-in.",
    "S03": "A check-in is due in the quiet hours.",
    "S04": "Something would be kept for longer than the support it belongs to.",
    "S05": "Providers would be written to in a language that is not offered.",
    "L01": "The lexicon names an answer that does not exist.",
    "L02": "A word means two answers of one question, or two ways out.",
    "L03": "A way out has no word.",
    "L04": "A phrase that means danger cannot be spelled out.",
    "M01": "A measure has no text in a language that is offered.",
    "M02": "The bands of a measure leave a score out, or overlap.",
    "M03": "A measure's texts and items do not match.",
    "M04": "A measure has another id than its page.",
    "F01": "A phrase of the phrasebook stands there twice.",
    "C01": "A country has no emergency number.",
    "W01": "A language has no file.",
    "W02": "A language lacks texts.",
    "W03": "A language was not reviewed by a native speaker, and drafts are not allowed.",
    "W04": "A translation has other places than the English.",
    "W05": "A translation has other marks than the English.",
    "W06": "A language's file is not PO.",
}
NOTES = {
    "N01": "A language is a draft.",
    "N02": "No crisis line is confirmed.",
    "N03": "A translation is the same as the English.",
    "N04": "A sentence is long.",
    "N05": "A dialog is hard to read.",
    "N06": "A page is not read by the bot.",
    "N07": "A language lacks texts, which stand in English while it is being written.",
    "N08": "A button is too long for a small phone.",
}


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing to mend: the page within the content folder, its line, a code of CODES or NOTES, and words."""

    path: str
    line: int
    code: str
    words: str
    remedy: str

    @property
    def is_note(self) -> bool:
        """Say whether it is only worth knowing."""
        return self.code in NOTES

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.code} {self.words} {self.remedy}"


@dataclass
class Complaints:
    """Collects what is wrong while pages are read, so that an author sees all of it at once."""

    _all: set[Complaint] = field(default_factory=set)

    def add(self, code: str, path: str, line: int, words: str, remedy: str) -> None:
        """Remember one; the same said twice counts once."""
        assert code in CODES or code in NOTES, code
        self._all.add(Complaint(path, line, code, words, remedy))

    def __iter__(self) -> Iterator[Complaint]:
        return iter(sorted(self._all))

    @property
    def grave(self) -> tuple[Complaint, ...]:
        """Give those that keep the pages from being used."""
        return tuple(one for one in self if not one.is_note)

    def refuse(self) -> None:
        """Raise ContentWrong when there is any that keeps the pages from being used."""
        if self.grave:
            raise ContentWrong("\n".join(map(str, self.grave)))
