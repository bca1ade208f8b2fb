"""What a typed reply means for the question on screen: a label, a number, a word an author listed.

What comes close to one of them, and to no other, is a guess, which the person has to confirm.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from rapidfuzz import fuzz

from rxbot.dialog.days import DayWords
from rxbot.dialog.model import Option, Question, Understood
from rxbot.dialog.plain import number, plain, plain_label, plain_parts

Labels = Mapping[str, str]
Read = tuple[str, Understood]
_COMMAS = re.compile(r"[,;،؛\n+&/]")
CLOSE, CLEARLY = 80.0, 10.0  # of 100: how alike a guess must be, and how much more than the next best
MOST_NUMBERS = 10  # of a list that somebody types
MOST_WORDS = 8  # "I think that I am 71 years old": whatever is longer says more than a number
MOST_LETTERS = 200  # of those words: the longest of them are shorter, and what is longer is no short answer
MOST_DIGITS = 4  # of a point of a scale
_DIGITS = re.compile(r"\d+")
_MINUS = re.compile(r"(?:^|[^\d\s])\s*[-\u2010-\u2015\u2212]\s*\d")
_SIGN = re.compile(r"[^\w\s'’]")
_ASKS = re.compile(r"[?؟¿]")
_BEFORE, _AFTER = " \"'“«¿¡(", " \"'”»?!.,;:…؟،؛)"  # marks around a number that say nothing of it
MOST_SAID = 40  # of a sentence in which something is named: whatever is longer tells a story, for a person to read
SHORTEST_NAMED = 3  # letters of what is found within a sentence
SHORTEST, LONGEST = 4, 60  # letters of what we guess at: two or three letters are like too many words
STEM = 4  # letters by which a word is known, whatever its ending
_AND = re.compile(r"(?:^|\s)(?:and\s|y\s|و)", re.IGNORECASE)


@dataclass(frozen=True)
class Lexicon:
    """What people type in one language: by option, the words that ask for a way out, and phrases that mean danger.

    `red_flags` are these phrases, spelled out and in their plain form already; `red_flag_lines` are as their author wrote them.
    `numbers` are the words for 0, 1, 2 ..., `ordinals` those for the first, the second ... in a list, `beside_numbers` those
    that may stand around a number and say no more than it does, `beside_yes` and `beside_no` the same for a yes and for a no,
    `openers` are answers with which many other sentences begin, so that they are one only before a sign, as "no" in "no, I ...",
    `questions` words with which one begins where its mark is left out, `courtesies` those that may stand around a way out,
    `somebody` those in whose place a worker's name may stand, `before_places` what may stand before the name of a place,
    `languages` what languages are called, `days` what days are.
    The others are kept in their plain form, so that each is folded once and not with every message.
    """

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    escapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    red_flags: frozenset[str] = frozenset()
    red_flag_lines: tuple[str, ...] = ()
    numbers: tuple[tuple[str, ...], ...] = ()
    ordinals: tuple[tuple[str, ...], ...] = ()
    beside_numbers: Collection[str] = ()
    beside_yes: Collection[str] = ()
    beside_no: Collection[str] = ()
    openers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    courtesies: Collection[str] = ()
    somebody: tuple[str, ...] = ()
    before_places: tuple[str, ...] = ()
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: DayWords = field(default_factory=DayWords)

    def __post_init__(self) -> None:
        for name in ("options", "escapes", "languages"):
            folded = {key: tuple(map(plain_label, spellings)) for key, spellings in getattr(self, name).items()}
            object.__setattr__(self, name, folded)
        for name in ("numbers", "ordinals"):
            object.__setattr__(self, name, tuple(tuple(map(plain_label, spellings)) for spellings in getattr(self, name)))
        for name in ("openers", "questions", "somebody", "before_places"):
            object.__setattr__(self, name, tuple(map(plain_label, getattr(self, name))))
        for name in ("beside_numbers", "beside_yes", "beside_no", "courtesies"):
            object.__setattr__(self, name, frozenset(map(plain_label, getattr(self, name))))

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """Give what each word for a number counts."""
        return _places(self.numbers)

    @cached_property
    def ordinal_of(self) -> Mapping[str, int]:
        """Give which one of a list each word says."""
        return {said: place + 1 for said, place in _places(self.ordinals).items()}

    @cached_property
    def longest_red_flag(self) -> int:
        """Count the words of the longest phrase that means danger."""
        return max((phrase.count(" ") + 1 for phrase in self.red_flags), default=0)

    @cached_property
    def red_flag_beginnings(self) -> frozenset[str]:
        """Give the words with which a phrase that means danger begins."""
        return frozenset(phrase.split()[0] for phrase in self.red_flags)


def understand(
    question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]
) -> tuple[tuple[str, ...], Understood] | None:
    """Read typed words as options of this question. `labels` and `lexicons` come with the person's own language first."""
    known = _spellings(question, labels, lexicons)
    whole = _number_said(question, words, known, lexicons) if question.wants_number else _one(question, words, known, lexicons)
    if whole:
        return (whole[0],), whole[1]
    parts = [part for part in _COMMAS.split(words) if part.strip()]
    if question.most == 1 or len(parts) > len(question.options):
        return None
    read = [_list_item(question, part, known, lexicons) for part in parts]
    found = [pair for pairs in read for pair in pairs]
    if not all(read):
        return None
    picked = tuple(dict.fromkeys(option for option, _ in found))
    return (picked, found[-1][1]) if 0 < len(picked) <= question.most else None


def guess(
    question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]
) -> tuple[tuple[str, ...], Understood] | None:
    """Guess at typed words that come close to one option and clearly less to every other; for a list, at each of its items.

    On a scale it is the one number among a few words; where one option is asked, what a few words begin with; where several
    may be picked, those that a sentence names: "I want to be less lonely and to pay the gas".
    """
    if question.scale:
        return _point_among(question, words)
    guessed = _several_guessed if question.most > 1 else _one_guessed
    read = guessed(question, words, labels, lexicons)
    picked = tuple(dict.fromkeys(option for option, _ in read))
    return (picked, "fuzzy") if 0 < len(picked) <= question.most else None


def _one_guessed(question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> Sequence[Read]:
    """Guess at the one option that is close to these words, or that they begin with."""
    known = _spellings(question, labels, lexicons)
    near = _one(question, words, known, lexicons) or _closest(words, known)
    read = near or (None if question.wants_number else _begun(question, words, labels[:1], lexicons[:1]))
    return [read] if read else []


def _several_guessed(question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> Sequence[Read]:
    """Guess at each item of a list; where one of them is close to nothing, at all that the sentence names."""
    parts = [part for part in _COMMAS.split(words) if part.strip()]
    if len(parts) > question.most:
        return []
    known = _spellings(question, labels, lexicons)
    read = [one for part in parts if (one := _one(question, part, known, lexicons) or _closest(part, known))]
    return read if len(read) == len(parts) else list(_all_named(question, words, labels[:1], lexicons[:1]))


def says_more(
    question: Question, options: Sequence[str], words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]
) -> bool:
    """Say whether words at which was guessed hold more than this answer: more than its label, what was asked, and small words."""
    known = {
        one for spelling, read in _spellings(question, labels, lexicons).items() if read[0] in options for one in spelling.split()
    }
    known |= {one for text in (question.text, question.label) for one in plain_label(labels[0].get(text, "")).split()}
    for lexicon in lexicons:
        known |= {*lexicon.beside_numbers, *lexicon.beside_yes, *lexicon.beside_no, *lexicon.courtesies}
    said = (one for one in plain(words).split() if not one.isdecimal() and one not in known)
    return any(not any(_is_kin(one, other) for other in known) for one in said)


def _is_kin(one: str, other: str) -> bool:
    """Say whether a word is another with a slip or another ending."""
    return one[:STEM] == other[:STEM] if min(len(one), len(other)) > STEM else fuzz.ratio(one, other) >= CLOSE


def numbers(words: str, lexicons: Sequence[Lexicon]) -> tuple[int, ...] | None:
    """Read a number, or several with an "and" or commas between them; None when any of them says more."""
    parts = [piece for part in _COMMAS.split(words) for piece in _AND.split(part) if piece.strip()]
    if len(parts) > MOST_NUMBERS:
        return None
    read = tuple(line_named(part, lexicons) for part in parts)
    return tuple(dict.fromkeys(one for one in read if one is not None)) if read and None not in read else None


def line_named(words: str, lexicons: Sequence[Lexicon]) -> int | None:
    """Read the one number, or which one of a list, that short words name; None when they say anything else beside it."""
    if _MINUS.search(words):
        return None
    read = (_count(words, lexicons), *(_number(said, lexicons) for said in _bare_numbers(words, lexicons)))
    return next((one for one in read if one is not None), None)


def escape(words: str, lexicons: Iterable[Lexicon]) -> str | None:
    """Name the way out these words ask for (stop, help, person ...), only when they are the whole message.

    A greeting, a please and a thank you may stand around them.
    """
    return _named(words, ((lexicon.escapes, lexicon.courtesies) for lexicon in lexicons)) or None


def asks_for(name: str, words: str, lexicons: Sequence[Lexicon]) -> bool:
    """Say whether these words ask for the worker of this name, as they would ask for somebody. A name alone only greets."""
    said = plain(words).split()
    names = tuple(dict.fromkeys((plain(name), *plain(name).split()[:1])))
    beside = {*names, *(one for lexicon in lexicons for one in lexicon.courtesies)}
    if not name or not set(said) - beside:
        return False
    text = f" {' '.join(said)} "
    meant = (
        text.replace(f" {one} ", f" {somebody} ")
        for one in names
        if f" {one} " in text
        for lexicon in lexicons
        for somebody in lexicon.somebody
    )
    return any(escape(one, lexicons) == "person" for one in meant)


def is_question(words: str, lexicons: Iterable[Lexicon]) -> bool:
    """Say whether these words ask something, by their mark or by what they begin with."""
    said = f"{plain(words)} "
    return bool(_ASKS.search(words)) or any(said.startswith(f"{one} ") for lexicon in lexicons for one in lexicon.questions)


def begins_with_and(words: str) -> bool:
    """Say whether these words go on with what was said before: "and listening to people"."""
    joint = _AND.match(words.strip())
    return joint is not None and joint.end() < len(words.strip())


def place_said(words: str, lexicons: Iterable[Lexicon]) -> str:
    """Give the name of a place without what stands before it: "I live in Harbourside". The longest beginning goes."""
    parts = words.split()
    said = [plain(part) for part in parts]
    before = (one.split() for lexicon in lexicons for one in lexicon.before_places)
    longest = max((len(one) for one in before if said[: len(one)] == one and len(one) < len(said)), default=0)
    return " ".join(parts[longest:]) if longest else words


def language_named(words: str, lexicons: Iterable[Lexicon]) -> str:
    """Give the code of the language these words name, in whichever language they do; nothing when they name none."""
    return _named(words, ((lexicon.languages, lexicon.courtesies) for lexicon in lexicons))


def _named(words: str, listed: Iterable[tuple[Mapping[str, tuple[str, ...]], Collection[str]]]) -> str:
    """Give the name under which these words are listed, with or without the courtesies around them; nothing if under none."""
    said = plain(words)
    for names, courtesies in listed:
        parts = said.split()
        bare = " ".join(parts[_between(parts, courtesies)])
        for name, spellings in names.items():
            if said in spellings or bare in spellings:
                return name
    return ""


def _list_item(question: Question, part: str, known: Mapping[str, Read], lexicons: Sequence[Lexicon]) -> list[Read]:
    """Read one item of a list, the longest piece first: an "and" may stand in a label, and in Arabic may begin a word.

    Nothing when any part of it is not understood.
    """
    whole = _one(question, part, known, lexicons)
    if whole:
        return [whole]
    joints = list(_AND.finditer(part))
    if len(joints) > 2 * len(question.options):
        return []
    for joint in reversed(joints):
        before, after = part[: joint.start()], part[joint.end() :]
        first = _one(question, before, known, lexicons)
        if first or not before.strip():
            rest = _list_item(question, after, known, lexicons)
            return [*filter(None, [first]), *rest] if rest else []
    return []


def _one(question: Question, words: str, known: Mapping[str, Read], lexicons: Sequence[Lexicon]) -> Read | None:
    return known.get(plain(words)) or _by_number(question, words, lexicons)


def _number_said(question: Question, words: str, known: Mapping[str, Read], lexicons: Sequence[Lexicon]) -> Read | None:
    """Read an answer to a question that wants a number, with words around it that say no more."""
    if _MINUS.search(words):
        return None
    read = (_one(question, said, known, lexicons) for said in (words, *_bare_numbers(words, lexicons)))
    return next(filter(None, read), None)


def _bare_numbers(words: str, lexicons: Iterable[Lexicon]) -> Iterator[str]:
    """Take off what may stand beside a number. A "not", an "or", a "between" or whose age it is stays, and makes it none."""
    return bare(words, (lexicon.beside_numbers for lexicon in lexicons))


def bare(words: str, beside: Iterable[Collection[str]]) -> Iterator[str]:
    """Take off, at both ends, what may stand beside; the words of one language only, since "son" is none in English.

    Words that nobody listed stay.
    """
    parts = words.split()
    if len(parts) > MOST_WORDS or len(words) > MOST_LETTERS:
        return
    said = plain_parts(words)
    for listed in beside:
        if kept := parts[_between(said, listed)]:
            yield " ".join(kept).lstrip(_BEFORE).rstrip(_AFTER)


def _between(said: Sequence[str], beside: Collection[str]) -> slice:
    """Say where words begin and end, without those at both ends that may stand beside them."""
    kept = [place for place, one in enumerate(said) if one not in beside]
    return slice(kept[0], kept[-1] + 1) if kept else slice(0)


def names_several_points(question: Question, words: str) -> bool:
    """Say whether a few words name more than one point of a scale: "8 or 9"."""
    found = _numbers_among(words)
    return question.scale and len(found) > 1 and len(words.split()) <= MOST_WORDS and all(question.option(str(n)) for n in found)


def _numbers_among(words: str) -> list[int]:
    return [int(digits) for digits in _DIGITS.findall(plain(words)) if len(digits) < MOST_DIGITS]


def _point_among(question: Question, words: str) -> tuple[tuple[str, ...], Understood] | None:
    """Find the one point of a scale among a few words: "a 3 or so", "2 of 10"."""
    found = _numbers_among(words)
    if len(found) == 2 and str(found[1]) == question.options[-1].id:
        found.pop()
    if len(found) != 1 or len(words.split()) > MOST_WORDS or _MINUS.search(words) or not question.option(str(found[0])):
        return None
    return (str(found[0]),), "fuzzy"


def _closest(words: str, known: Mapping[str, Read]) -> Read | None:
    """Give the option whose spelling is most like these words, when no other option comes near."""
    said = plain(words)
    if not SHORTEST <= len(said) <= LONGEST:
        return None
    alike: dict[str, float] = {}
    for spelling, (option, _) in known.items():
        if len(spelling) >= SHORTEST:
            alike[option] = max(alike.get(option, 0.0), _likeness(said, spelling))
    best, *others = sorted(alike.items(), key=lambda pair: -pair[1]) or [("", 0.0)]
    clear = best[1] >= CLOSE and (not others or best[1] - others[0][1] >= CLEARLY)
    return (best[0], "fuzzy") if clear else None


def _likeness(said: str, spelling: str) -> float:
    """Say how alike these are, of 100: a slip of the finger, or some words of a longer label and no others."""
    return 100.0 if set(said.split()) <= set(spelling.split()) else fuzz.ratio(said, spelling)


def _begun(question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> Read | None:
    """Give the option that a few words begin with: "yes very lonely". Of one language, since "la" is a no in another.

    The longest beginning counts. Where that asks for a way out, as "I do not know what ...", they answer nothing.
    """
    said, first = plain(words), plain(_SIGN.split(words.strip(), maxsplit=1)[0])
    if _ASKS.search(words) or len(said.split()) > MOST_WORDS:
        return None
    known = _spellings(question, labels, lexicons)
    ways_out = {one for lexicon in lexicons for spellings in lexicon.escapes.values() for one in spellings}
    openers = {one for lexicon in lexicons for one in lexicon.openers if one != first}
    begins = [one for one in {*known, *ways_out} - openers if len(one) > 1 and f"{said} ".startswith(f"{one} ")]
    longest = max(begins, key=len, default="")
    return (known[longest][0], "fuzzy") if longest in known else None


def _all_named(question: Question, words: str, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> Iterator[Read]:
    """Find the options that a sentence names, in the order in which it does. Of one language; the longest spelling counts.

    "None of these" is not among them: "nothing" is part of many a sentence.
    """
    if len(words.split()) > MOST_SAID:
        return
    alone = {option.id for option in question.options if option.alone}
    known = {
        spelling: read for spelling, read in _spellings(question, labels, lexicons).items() if len(spelling) >= SHORTEST_NAMED
    }
    found: dict[Read, int] = {}
    for said in (words, _AND.sub(" ", words)):  # "and" may be written together with the next word
        text = f" {plain(said)} "
        for spelling in sorted(known, key=len, reverse=True):
            if (place := text.find(f" {spelling} ")) >= 0:
                text = text.replace(f" {spelling} ", f" {'_' * len(spelling)} ")
                found.setdefault(known[spelling], place)
    yield from (read for read in sorted(found, key=lambda read: found[read]) if read[0] not in alone)


def _spellings(question: Question, labels: Sequence[Labels], lexicons: Sequence[Lexicon]) -> Mapping[str, Read]:
    """Give every way to say an option: the labels of all languages, then the words authors listed."""
    known: dict[str, Read] = {}
    for words, option in product(labels, question.options):
        known.setdefault(plain_label(_label(words, option)), (option.id, "label"))
        for other in (option.button, option.by_worker):
            known.setdefault(plain_label(words.get(other, "")), (option.id, "label"))
    for lexicon, option in product(lexicons, question.options):
        for label in (option.label, option.button, option.by_worker):
            for spelling in lexicon.options.get(label, ()):
                known.setdefault(spelling, (option.id, "lexicon"))
    known.pop("", None)
    return known


def _label(words: Labels, option: Option) -> str:
    """Give an option's label as it is shown, with the names that stand in it."""
    label = words.get(option.label, "")
    for place, value in option.values.items():
        label = label.replace(f"{{{place}}}", str(value))
    return label


def _by_number(question: Question, words: str, lexicons: Sequence[Lexicon]) -> Read | None:
    """Read a number: on a scale it is the answer, for ages the years, otherwise the place in the list."""
    count = _number(words, lexicons)
    if question.scale:
        return (str(count), "number") if count is not None and question.option(str(count)) else None
    if any(o.years for o in question.options):
        aged = (o for o in question.options if count is not None and o.years and o.years[0] <= count <= o.years[1])
        option = next(aged, None)
        return (option.id, "number") if option else None
    place = _count(words, lexicons)
    return (question.options[place - 1].id, "number") if place and 1 <= place <= len(question.options) else None


def _count(words: str, lexicons: Sequence[Lexicon]) -> int | None:
    """Read which one of a list is meant: a number, or the first, the second ..."""
    count = _number(words, lexicons)
    return count if count is not None else _spelled(words, (lexicon.ordinal_of for lexicon in lexicons))


def _number(words: str, lexicons: Sequence[Lexicon]) -> int | None:
    count = number(words)
    return count if count is not None else _spelled(words, (lexicon.number_of for lexicon in lexicons))


def _spelled(words: str, lists: Iterable[Mapping[str, int]]) -> int | None:
    said = plain(words)
    return next((spellings[said] for spellings in lists if said in spellings), None)


def _places(lists: Sequence[Iterable[str]]) -> Mapping[str, int]:
    """Give where each spelling stands in lists that count up; the first place counts."""
    return {said: place for place, spellings in reversed(list(enumerate(lists))) for said in spellings}
