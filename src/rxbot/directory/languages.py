"""Language names and codes as directories write them, read as ISO 639.

"Interpreter", "Language Line" or "Accommodations possible" tell of interpretation, not of a language spoken.
"""

import re
from collections.abc import Iterator

from rxbot.directory.model import Language
from rxbot.directory.stems import fold

CODES = {
    "albanian": "sq", "american sign language": "ase", "amharic": "am", "arabic": "ar", "aramaic": "arc",
    "armenian": "hy", "asl": "ase", "assyrian": "aii", "bangla": "bn", "bengali": "bn", "bosnian": "bs",
    "british sign language": "bfi", "bsl": "bfi", "bulgarian": "bg", "burmese": "my", "cambodian": "km",
    "cantonese": "yue", "catalan": "ca", "cebuano": "ceb", "chinese": "zh", "creole": "ht", "croatian": "hr",
    "czech": "cs", "danish": "da", "dari": "prs", "dutch": "nl", "english": "en", "estonian": "et", "farsi": "fa",
    "fijian": "fj", "filipino": "tl", "finnish": "fi", "french": "fr", "fulani": "ff", "gaelic": "gd", "georgian": "ka",
    "german": "de", "greek": "el", "gujarati": "gu", "haitian creole": "ht", "hausa": "ha", "hebrew": "he",
    "hiligaynon": "hil", "hindi": "hi", "hmong": "hmn", "hungarian": "hu", "igbo": "ig", "ilocano": "ilo",
    "indonesian": "id", "irish": "ga", "italian": "it", "japanese": "ja", "khmer": "km", "kinyarwanda": "rw",
    "korean": "ko", "krio": "kri", "kurdish": "ku", "kurmanji": "kmr", "lao": "lo", "laotian": "lo", "latvian": "lv",
    "lithuanian": "lt", "maltese": "mt", "mandarin": "zh", "marathi": "mr", "mende": "men", "mongolian": "mn",
    "nepali": "ne", "norwegian": "no", "oromo": "om", "pangasinan": "pag", "panjabi": "pa", "pashto": "ps",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru",
    "samoan": "sm", "serbian": "sr", "serbo-croatian": "sh", "shanghainese": "wuu", "sign language": "sgn",
    "sign languages": "sgn", "sindhi": "sd", "sinhala": "si", "sinhalese": "si", "slovak": "sk", "slovenian": "sl",
    "somali": "so", "sorani": "ckb", "spanish": "es", "swahili": "sw", "swedish": "sv", "sylheti": "syl",
    "tagalog": "tl", "taiwanese": "nan", "tamil": "ta", "telugu": "te", "temne": "tem", "thai": "th", "tibetan": "bo",
    "tigrinya": "ti", "tongan": "to", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
    "welsh": "cy", "yiddish": "yi", "yoruba": "yo",
}  # fmt: skip
THREE_LETTERS = {
    "alb": "sq", "sqi": "sq", "ara": "ar", "ben": "bn", "bul": "bg", "ces": "cs", "chi": "zh", "zho": "zh", "cmn": "zh",
    "deu": "de", "ger": "de", "ell": "el", "eng": "en", "fas": "fa", "pes": "fa", "per": "fa", "fra": "fr", "fre": "fr",
    "guj": "gu", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "lit": "lt", "nep": "ne", "nld": "nl",
    "pan": "pa", "pol": "pl", "por": "pt", "pus": "ps", "ron": "ro", "rum": "ro", "rus": "ru", "som": "so", "spa": "es",
    "swe": "sv", "tam": "ta", "tgl": "tl", "tir": "ti", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "wel": "cy",
    "cym": "cy",
}  # fmt: skip
"""ISO 639-2 and 639-3 codes that have a two-letter one; Mandarin is what `zh` means where nothing more is said."""
NOT_A_LANGUAGE = re.compile(r"interpret|translat|language line|accommodation|(any|all|other|\d+\+?) languages?")
CODE = re.compile(r"[a-z]{2,3}(?:[-_]\w+)*")
BETWEEN = re.compile(r"\s*(?:,|;|/|&|\band\b)\s*")
BRACKETS = re.compile(r"(.*?)\s*\(([^)]*)\)")


def is_interpretation(name: str) -> bool:
    """Say whether this tells of interpreters rather than of a language."""
    return bool(NOT_A_LANGUAGE.search(fold(name)))


def read_languages(name: str, code: str = "", note: str = "") -> Iterator[Language]:
    """Give the languages of one row, such as "English and Spanish (limited)"."""
    if CODE.fullmatch(fold(code)):
        yield Language(name or code, shortest(code), note)
        return
    for part in filter(None, BETWEEN.split(name.strip(" ."))):
        yield Language(part, code_of(part), note)


def code_of(name: str) -> str:
    """Find the code of a language by its English name: as it stands, then what is in brackets, then what is before."""
    whole = " ".join(fold(name).split()).strip(" .")
    brackets = BRACKETS.fullmatch(whole)
    outer, inner = brackets.groups() if brackets else ("", "")
    return next((CODES[part] for part in (whole, inner, outer) if part in CODES), "")


def shortest(code: str) -> str:
    """Give the two-letter code without a region, where there is one."""
    bare = re.split(r"[-_]", fold(code))[0]
    return THREE_LETTERS.get(bare, bare)
