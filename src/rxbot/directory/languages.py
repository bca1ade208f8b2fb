"""Language names and codes as directories write them, read as ISO 639.

"Interpreter", "Language Line" or "Accommodations possible" tell of interpretation, not of a language spoken.
A limit ("Spanish (limited)", "French on request") stays with the language as its note.
"""

import re
from collections.abc import Iterator

from rxbot.directory.model import Language
from rxbot.directory.stems import fold

CODES = {
    "acholi": "ach", "afrikaans": "af", "akan": "ak", "albanian": "sq", "american sign language": "ase",
    "amharic": "am", "arabic": "ar", "aramaic": "arc", "armenian": "hy", "asl": "ase", "assamese": "as",
    "assyrian": "aii", "azerbaijani": "az", "bahasa indonesia": "id", "balochi": "bal", "bambara": "bm",
    "bangla": "bn", "basque": "eu", "belarusian": "be", "bengali": "bn", "bicol": "bik", "bikol": "bik",
    "bisaya": "ceb", "bosnian": "bs", "british sign language": "bfi", "bsl": "bfi", "bulgarian": "bg", "burmese": "my",
    "cambodian": "km", "cantonese": "yue", "capangpangan": "pam", "cape verdean": "kea", "cape verdean creole": "kea",
    "castilian": "es", "catalan": "ca", "cebuano": "ceb", "chaldean": "cld", "chamorro": "ch", "chichewa": "ny",
    "chinese": "zh", "chuukese": "chk", "cornish": "kw", "creole": "ht", "croatian": "hr", "czech": "cs",
    "danish": "da", "dari": "prs", "dinka": "din", "dutch": "nl", "dzongkha": "dz", "edo": "bin", "english": "en",
    "espanol": "es", "esperanto": "eo", "estonian": "et", "ewe": "ee", "faroese": "fo", "farsi": "fa", "fijian": "fj",
    "fil": "tl", "filipino": "tl", "finnish": "fi", "flemish": "nl", "francais": "fr", "french": "fr",
    "french sign language": "fsl", "frisian": "fy", "fulani": "ff", "fuzhou": "cdo", "fuzhounese": "cdo",
    "gaelic": "gd", "galician": "gl", "garifuna": "cab", "georgian": "ka", "german": "de", "greek": "el",
    "guarani": "gn", "gujarati": "gu", "haitian": "ht", "haitian creole": "ht", "haitian-creole": "ht", "hakka": "hak",
    "hausa": "ha", "hawaiian": "haw", "hazaragi": "haz", "hebrew": "he", "hiligaynon": "hil", "hindi": "hi",
    "hindu": "hi", "hmong": "hmn", "hokkien": "nan", "hungarian": "hu", "icelandic": "is", "igala": "igl",
    "igbo": "ig", "iiocano": "ilo", "iiongo": "hil", "ilocano": "ilo", "ilonggo": "hil", "ilongo": "hil",
    "indonesian": "id", "ingles": "en", "irish": "ga", "irish sign language": "isg", "italian": "it", "iu mien": "ium",
    "jamaican patois": "jam", "japanese": "ja", "kannada": "kn", "kapampangan": "pam", "karen": "kar",
    "kashmiri": "ks", "kazakh": "kk", "khmer": "km", "kiche": "quc", "kikuyu": "ki", "kinyarwanda": "rw",
    "kirundi": "rn", "kiswahili": "sw", "konkani": "kok", "korean": "ko", "kreyol": "ht", "krio": "kri",
    "kurdish": "ku", "kurmanji": "kmr", "kyrgyz": "ky", "lao": "lo", "laotian": "lo", "latvian": "lv",
    "lingala": "ln", "lithuanian": "lt", "luganda": "lg", "luo": "luo", "luxembourgish": "lb", "macedonian": "mk",
    "malagasy": "mg", "malay": "ms", "malayalam": "ml", "maltese": "mt", "mandarin": "zh", "mandingo": "man",
    "mandinka": "mnk", "maori": "mi", "marathi": "mr", "marshallese": "mh", "mende": "men", "mien": "ium",
    "mirpuri": "phr", "mixtec": "mix", "mixteco": "mix", "moldavian": "ro", "moldovan": "ro", "mongolian": "mn",
    "montenegrin": "cnr", "nahuatl": "nah", "navajo": "nv", "ndebele": "nd", "nepali": "ne", "norwegian": "no",
    "nuer": "nus", "odia": "or", "oromo": "om", "pahari": "phr", "palauan": "pau", "pangasinan": "pag",
    "panjabi": "pa", "papiamento": "pap", "pashto": "ps", "patois": "jam", "persian": "fa", "polish": "pl", "portugese": "pt",
    "portugues": "pt", "portuguese": "pt", "punjabi": "pa", "quechua": "qu", "rohingya": "rhg", "romani": "rom",
    "romanian": "ro", "russian": "ru", "samoan": "sm", "sango": "sg", "saraiki": "skr", "scots": "sco",
    "serbian": "sr", "serbo-croatian": "sh", "sesotho": "st", "setswana": "tn", "shanghainese": "wuu", "shona": "sn",
    "sign language": "sgn", "sign languages": "sgn", "simplified chinese": "zh", "sindhi": "sd", "sinhala": "si",
    "sinhalese": "si", "slovak": "sk", "slovenian": "sl", "somali": "so", "sorani": "ckb", "sotho": "st",
    "spanish": "es", "spoken arabic": "ar", "sri lankan tamil": "ta", "swahili": "sw", "swedish": "sv",
    "sylheti": "syl", "tagalog": "tl", "taisanese": "yue", "taishanese": "yue", "taiwanese": "nan", "tajik": "tg",
    "tamil": "ta", "tatar": "tt", "telugu": "te", "temne": "tem", "teochew": "nan", "tetum": "tet", "thai": "th",
    "tibetan": "bo", "tigre": "tig", "tigrinya": "ti", "tiv": "tiv", "toisan": "yue", "toisanese": "yue",
    "tok pisin": "tpi", "tongan": "to", "tswana": "tn", "turkish": "tr", "turkmen": "tk", "twi": "tw",
    "ukrainian": "uk", "urdu": "ur", "uyghur": "ug", "uzbek": "uz", "vietnamese": "vi", "visayan": "ceb",
    "waray": "war", "welsh": "cy", "wolof": "wo", "xhosa": "xh", "yiddish": "yi", "yoruba": "yo", "zulu": "zu",
}  # fmt: skip
THREE_LETTERS = {
    "alb": "sq", "sqi": "sq", "ara": "ar", "ben": "bn", "bul": "bg", "ces": "cs", "chi": "zh", "zho": "zh", "cmn": "zh",
    "deu": "de", "ger": "de", "ell": "el", "eng": "en", "fas": "fa", "pes": "fa", "per": "fa", "fra": "fr", "fre": "fr",
    "guj": "gu", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "lit": "lt", "nep": "ne", "nld": "nl",
    "pan": "pa", "pol": "pl", "por": "pt", "pus": "ps", "ron": "ro", "rum": "ro", "rus": "ru", "som": "so", "spa": "es",
    "swe": "sv", "tam": "ta", "tgl": "tl", "tir": "ti", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "wel": "cy",
    "cym": "cy", "fil": "tl", "hat": "ht", "hrv": "hr", "srp": "sr", "bos": "bs", "hye": "hy", "amh": "am", "heb": "he",
    "mya": "my", "khm": "km", "tha": "th", "swa": "sw", "yor": "yo", "ibo": "ig", "kur": "ku",
}  # fmt: skip
"""ISO 639-2 and 639-3 codes that have a two-letter one; Mandarin is what `zh` means where nothing more is said."""
CODES_ALONE = frozenset({*THREE_LETTERS, *(code for code in CODES.values() if len(code) == 2)} - {"no"})
"""What HSDS 1 and 2 want in place of a name. "No" is an answer rather than Norwegian."""
OWN_NAMES = {
    "azerbaycanca": "az", "bahasa melayu": "ms", "bosanski": "bs", "castellano": "es", "catala": "ca", "cestina": "cs",
    "cymraeg": "cy", "dansk": "da", "deutsch": "de", "eesti": "et", "euskara": "eu", "gaeilge": "ga", "galego": "gl",
    "hrvatski": "hr", "italiano": "it", "kreyol ayisyen": "ht", "kurdi": "ku", "latviesu": "lv", "lietuviu": "lt", "magyar": "hu",
    "malti": "mt", "nederlands": "nl", "norsk": "no", "polski": "pl", "romana": "ro", "shqip": "sq", "slovencina": "sk",
    "slovenscina": "sl", "soomaali": "so", "srpski": "sr", "suomi": "fi", "svenska": "sv", "tieng viet": "vi", "turkce": "tr",
}  # fmt: skip
"""What those who speak it call it, in Latin letters and without accents."""
KIN = (
    frozenset({"zh", "yue", "wuu", "nan", "hak", "cdo"}),
    frozenset({"fa", "prs", "tg", "haz"}),
    frozenset({"sh", "sr", "hr", "bs", "cnr"}),
    frozenset({"ku", "kmr", "ckb"}),
    frozenset({"sgn", "ase", "bfi", "isg", "fsl"}),
    frozenset({"tl", "ceb", "ilo", "hil", "pam", "pag", "war", "bik"}),
)
"""Languages that directories name one for the other: who speaks one may be understood in another, or not."""
UMBRELLA = frozenset({"zh", "tl", "ht", "sgn"})
"""Names of whole families: with something unknown in brackets they do not say which language is meant."""
SCRIPTS = frozenset({"simplified", "traditional"})
"""How it is written does not make it another language."""
INTERPRETING = re.compile(
    r"interpret|intepret|trans?la(?:t|bl)|\btranl|language (?:line|services?)|accommodation|bi-?lingual services"
    r"|\b(?:any|all|other|additional|more|various|multiple|many|most|\d+\+?)(?: \w+){0,2} languages?\b|\b(?:all )?others?\b"
    r"|\bany languages?\b|languages? (?:vary|varies|available|upon|on request|as needed)"
)
LIMITED = re.compile(
    r"limited|\bsome\b|\blittle\b|\bbasic\b|intermediate|beginner|(?:up)?on request|by request|by appointment|\bmay be\b"
    r"|sometimes|not always|occasion|[ia][fs] needed|when (?:needed|available|required|requested)|availab\w+ (?:up)?on"
    r"|^availab\w+$|\bon (?:\w+ )?availab|\bvar(?:y|ies)\b|depend|website|publications?|materials?\b"
    r"|applications?\b|forms\b|written|access to|volunteers?|contact|interpret|translat|only"
)
NOT_SPOKEN = re.compile(rf"(?:no|not) (?:{'|'.join(sorted(map(re.escape, CODES), key=len, reverse=True))})(?: [a-z -]+)?")
"""What is said of a language that nobody speaks there."""
SENTENCE = re.compile(r"\b(?:is|are|be|for|as|at|with|in|by|of|to|can|may|please|upon|available|on|through|via|needed)\b")
CODE = re.compile(r"[a-z]{2,3}(?:[-_]\w+)*")
CLAUSES = re.compile(r"(?:\\n|\n|;|\.(?=\s|$|\\n)|,(?![^()]*\)))+")
BETWEEN = re.compile(r"(?:\s+(?:and|&)\s+|\s*/\s*|^and\s+)(?![^()]*\))")
BRACKETS = re.compile(r"([^(]+?)\s*\(([^)]*)\)?")
NAMES = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, CODES), key=len, reverse=True))})(?![\w-])")


def interpretation_in(name: str) -> str:
    """Give what a row says of interpreters, or of languages without naming one. Languages may be named beside it."""
    return "; ".join(part for part in _parts(name) if INTERPRETING.search(fold(part)) or _is_remark(part))


def read_languages(name: str, code: str = "", note: str = "") -> Iterator[Language]:
    """Give the languages of one row, such as "English and Spanish (limited)"."""
    if CODE.fullmatch(fold(code)):
        yield Language(name or code, shortest(code), note)
        return
    for part in _parts(name):
        whole = code_of(part)
        if whole:
            yield Language(part, whole, _joined(note, _remark(part)))
        elif named := tuple(dict.fromkeys(CODES[found] for found in NAMES.findall(fold(part)) if not BRACKETS.fullmatch(part))):
            yield from (Language(part, one, _joined(note, part)) for one in named)
        elif not INTERPRETING.search(fold(part)) and not _is_remark(part):
            yield Language(part, "", note)


def code_of(name: str) -> str:
    """Find the code of a language by its name: as it stands, then what is in brackets, then what is before.

    The name may be its own, or a code already.
    """
    whole = " ".join(fold(name).split()).strip(" .*")
    brackets = BRACKETS.fullmatch(whole)
    outer, inner = brackets.groups() if brackets else ("", "")
    if CODE.fullmatch(whole) and re.split("[-_]", whole)[0] in CODES_ALONE:
        return shortest(whole)
    found = next((_named(part) for part in (whole, inner, outer) if _named(part)), "")
    return "" if found in UMBRELLA and inner and inner not in CODES and inner not in SCRIPTS and not _says_more(inner) else found


def _named(part: str) -> str:
    return CODES.get(part) or OWN_NAMES.get(part, "")


def is_limited(language: Language) -> bool:
    """Say whether a language is had only sometimes, a little, on paper, or through somebody else."""
    return bool(language.note) and bool(LIMITED.search(fold(language.note)))


def are_kin(one: str, other: str) -> bool:
    """Say whether directories may mean one language by the name of the other."""
    return any(one in family and other in family for family in KIN)


def kin_of(code: str) -> frozenset[str]:
    """Give every language that may be meant by the name of this one, and its own code."""
    return frozenset({code}).union(*(family for family in KIN if code in family))


def shortest(code: str) -> str:
    """Give the two-letter code without a region, where there is one."""
    bare = re.split(r"[-_]", fold(code))[0]
    return THREE_LETTERS.get(bare, bare)


OUTSIDE = ' .*"'
"""What stands around the name of a language and is no part of it."""


def _parts(name: str) -> Iterator[str]:
    """Give what stands between commas, full stops and "and", outside brackets, but for what nobody speaks there."""
    for clause in CLAUSES.split(name):
        parts = [part.strip(OUTSIDE) for part in BETWEEN.split(clause.strip(OUTSIDE))]
        yield from (part for part in parts if part and not NOT_SPOKEN.fullmatch(fold(part)))


def _remark(part: str) -> str:
    """Give what is said in brackets after a language, unless it names the language more closely."""
    brackets = BRACKETS.fullmatch(part)
    return brackets[2].strip(OUTSIDE) if brackets and fold(brackets[2]).strip() not in CODES else ""


def _is_remark(part: str) -> bool:
    """Say whether this is part of a sentence that names no language."""
    words = fold(part)
    return bool(SENTENCE.search(words) or LIMITED.search(words) or words.endswith(":")) and not NAMES.search(words)


def _says_more(inner: str) -> bool:
    return bool(LIMITED.search(inner) or SENTENCE.search(inner) or INTERPRETING.search(inner))


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))
