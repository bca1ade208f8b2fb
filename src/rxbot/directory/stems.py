"""Words as we compare them: without case, accents and endings, so that "art", "arts" and "grieving", "grief's" meet.

The endings are those of English, which is what most directories are written in. On other languages they are crude, but
both sides of a comparison are treated alike.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

from Stemmer import Stemmer

from rxbot.directory.rules.telling import Telling

WORD = re.compile(r"[^\W_]+")
SILENT = frozenset({
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "for", "from",
    "has", "have", "if", "in", "into", "is", "it", "its", "may", "more", "not", "of", "on", "or", "our", "over", "per",
    "so", "some", "such", "that", "the", "their", "them", "there", "these", "they", "this", "through", "to", "up", "us",
    "very", "was", "we", "what", "when", "where", "who", "will", "with", "within", "you", "your",
})  # fmt: skip


ENGLISH = Stemmer("english", 0)
"""Without its own cache, which costs more than it saves: `stem` keeps what was asked for."""
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
COUNSEL_ON = (
    r"\b(credit|debt|housing|home ?buyer|financial|budget|tax|career|employment|job|nutrition|genetic)"
    r" counsell?(?:ing|ors?)\b"
)
BROUGHT_HOT = (
    r"(?<=deliver)((?:s|ed|ing|y)?(?: of)?(?: [\w'’-]+){0,4}) hot(?= (?:[\w'’-]+ )?(?:meal|lunch|dinner))"
    r"|\bhot ((?:[\w'’-]+,? ){0,2}(?:meals?|lunch(?:es)?|dinners?) (?:[\w'’-]+ ){0,3}deliver)"
)
SAID_OTHERWISE = (
    (Telling(r"['’](s\b)?", needs="'|’"), ""),
    (Telling(COUNSEL_ON, needs="counsel"), r"\1 \1counseling"),  # it is advice, and no help with how one feels
    (Telling(r"\b(golf|ropes?|obstacle)[ -]courses?\b", needs="course"), r"\1 \1course"),  # nobody learns there
    (Telling(r"\b(martial|medical|language|liberal|culinary) arts?\b", needs=" art"), r"\1 \1art"),  # it is no art
    (Telling(BROUGHT_HOT, needs="deliver"), r"\1\2"),  # people come to hot meals, to eat with others
    (Telling(r"\bwalk-ins?\b", needs="walk-in"), "walkin"),  # it is no walk
)
"""What words mean something else beside others, and what is put in their place, in this order."""
BRITISH = tuple(
    (letters, re.compile(pattern), american)
    for letters, pattern, american in (
        ("is", r"(?<=\w{4})is(?=(?:e[drs]?|ers|ing|ations?)$)", "iz"),
        ("our", r"(?<=lab|col|hon|fav|rum|tum)our|(?<=harb)our|(?<=neighb)our|(?<=behavi)our", "or"),
        ("re", r"(?<=cent)re(?=s?$)|(?<=theat)re(?=s?$)|(?<=^met|^lit|^fib)re(?=s?$)", "er"),
        ("programme", r"^programme", "program"),
        ("ae", r"(?<=[chknprt])ae(?=[cdms])", "e"),
        ("oe", r"^oe(?=[ds])|(?<=^f)oe(?=t)|(?<=diarrh)oe", "e"),
        ("enc", r"(?<=lic|def|off)enc(?=es?$)", "ens"),
        ("mou", r"^mou(?=ld)", "mo"),
        ("mum", r"^mum(?=s$|my$|$)", "mom"),
        ("grey", r"^grey$", "gray"),
        ("jeweller", r"^jeweller", "jewelr"),
        ("counsell", r"^counsell(?=or)", "counsel"),
        ("advisor", r"^advisor", "adviser"),
    )
)
"""Where a British spelling differs: both are written in one country, and in the questions for every country.

The letters are looked for first: that takes a tenth of the time of a pattern.
"""
SAME = {
    "detoxif": "detox", "rehabilit": "rehab", "maths": "math", "autist": "autism", "pregnanc": "pregnant", "grief": "griev",
    "dentist": "dental", "apprentic": "apprenticeship",
}  # fmt: skip
"""Stems of words that say the same."""
WHOLE = {
    "fitness": "fitness", "mindful": "mindfulness", "mindfulness": "mindfulness", "crafted": "crafted",
    **dict.fromkeys(("naturalization", "naturalisation"), "naturalization"),
    **dict.fromkeys(("naturalize", "naturalized", "naturalise", "naturalised"), "naturalize"),
}  # fmt: skip
"""Words that mean something else without their ending: what fits is no fitness, a plan is crafted without crafts, and whoever
becomes a citizen is not in nature."""
APART = {
    "afterschool": ("after", "school"), "childcare": ("child", "care"), "daycare": ("day", "care"), "foodbank": ("food", "bank"),
    "foodbanks": ("food", "banks"), "jobcenter": ("job", "center"), "jobcentre": ("job", "centre"),
    "playgroup": ("play", "group"),
    "playgroups": ("play", "groups"), "workclub": ("work", "club"),
}  # fmt: skip
"""Words that others write as two."""
UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Give the text without case and accents."""
    if text.isascii():
        return text.lower()
    return _folded(text)


@lru_cache(maxsize=4096)  # one rule after another reads the same sentences
def _folded(text: str) -> str:
    apart = normalize("NFKD", text.casefold())
    return NOT_ASCII.sub(lambda sign: "" if combining(sign[0]) else sign[0], apart).translate(UNDECOMPOSED)


def stems(text: str) -> list[str]:
    """Give the telling words of a text, in order."""
    words = words_of(text)
    if not APART.keys().isdisjoint(words):
        words = [part for word in words for part in APART.get(word, (word,))]
    return [STEMS[word] for word in words if word not in SILENT]


def words_of(text: str) -> list[str]:
    """Give every word of a text, in order, without case and accents."""
    words = fold(text)
    for written, meant in SAID_OTHERWISE:
        words = written.sub(meant, words)
    return cut(words)


def cut(text: str) -> list[str]:
    """Give every word of a text as it stands there. To look for words takes twice as long as to blank out all else."""
    return text.encode().translate(BLANKS).decode().split() if text.isascii() else WORD.findall(text)


BLANKS = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))


def stem(word: str) -> str:
    """Take off the endings of an English word, as Snowball (Porter 2) does, whichever way it is spelled.

    However many letters follow LGBT, it is one word.
    """
    return STEMS[word]


class Stems(dict[str, str]):
    """The stems that were asked for. An import asks millions of times: this answers sooner than a cache of `functools`."""

    def __missing__(self, word: str) -> str:
        """Work one out; when there are very many, forget them all."""
        if len(self) >= MOST_STEMS:
            self.clear()
        self[word] = found = "lgbt" if word.startswith("lgbt") else _stem(word)
        return found


def _stem(word: str) -> str:
    if word in WHOLE:
        return WHOLE[word]
    for letters, british, american in BRITISH:
        if letters in word:
            word = british.sub(american, word)
    found = str(ENGLISH.stemWord(word))
    return SAME.get(found, found)


MOST_STEMS = 50_000
STEMS = Stems()
SILENT_STEMS = SILENT | frozenset(map(stem, SILENT))
