"""What people type, and what nobody would: slips, digits of all scripts, signs that turn lines round, walls of text.

Whatever is not just a label or a number carries the canary, by which a word is found where it must not be.
"""

from random import Random

CANARY = "qanary"
UNSEEN = "\u2063\u2064\u2062\u2063"  # the canary of words that are to be understood: no reader and no reading of ours sees it
PHONE = "+447700900847"
LONGEST = 4096  # UTF-16 units that an app sends in one message
CAPTION = 1024

DIGITS = (
    "1", "7", "0", "11", "25", "99", "-1", "3.", "2)", "1e9", "0x10", "½", "²", "Ⅷ", "③", "٣", "٢٥", "۷", "३", "１２", "৪",
    "๕", "𝟛", "9" * 9, "9" * 10, "9" * LONGEST, "٩" * 400,
)  # fmt: skip
SIGNS = (
    "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "1️⃣", "🇬🇧", "😀" * 300, "👨‍👩‍👧" * 90, "\u202eabc", "\u202d\u202e\u202c\u202c",
    "\u2066\u2067\u2068", "\u2069\u2069\u2069x", "\u200fمرحبا", "שלום abc", "مرحبا 123 abc", "\u200b", "\u200d",
    "\u2060\u200b\u200c", "\u2800", "\u3164", "\u00a0.", "\ufeffx", "\ufffe", "\uffff", "\U0010ffff",
    "\U0001f600\U0001f600", "\x01\x02\x1b[31m", "\x7f", "\x85", "\u2028\u2029", "a\u0301" * 50, "Z̷̢̛͉͔͙a̶l̸g̵o̷", "ﷺ",
    "İi̇ıI", "ßẞſ", "ŉǰ", "\r\nx", "a\tb", "\x00"[1:] + "…",
)  # fmt: skip
MARKUP = (
    "<b>x", "</b>", "<a href='", "&lt;b&gt;", "&#0;", "&amp;amp;", "<tg-spoiler>x</tg-spoiler>", "{step}",
    "{words} {worker}", "{0}", "%s %(x)s", "\\", "%", "_", "a:consent.keep:yes", "abcd.1~forget_yes",
    "'; drop table person; --", "http://x.example/?a=<b>", "@rxbot", "#1", "*_`[",
)  # fmt: skip
COMMANDS = (
    "/start", "/start ", "/start@rxbot", "/START", "/start nonsense", "/start\nx", "/start enrol-x", "/start a b c",
    "/help", "/help@rxbot", "/help@other_bot", "/stop@rxbot now", "/plan", "/data", "/language", "/person", "/back",
    "/more", "/forget", "/", "//", "/@", "/@rxbot", "/" + "a" * 64, "/bind x", "/r hello",
)  # fmt: skip
DANGER = ("I want to die", "me quiero morir", "أريد أن أموت", "i  WANT to d\u00adie")
PLACES = ("Northfields", "KT1", "kt", "Harbourside", "Kittersea", "London", "%%", "__", "N", "northfields kittersea", "KT1 1AA")


def odd(rng: Random) -> str:
    """Give something odd to type."""
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(DIGITS)
    if kind == 1:
        return with_canary(rng, rng.choice(SIGNS))
    if kind == 2:
        return with_canary(rng, rng.choice(MARKUP))
    if kind == 3:
        return wall(rng, LONGEST)
    if kind == 4:
        return with_canary(
            rng, "".join(rng.choice((*SIGNS, *MARKUP, *DIGITS[:20], " ", "\n", ", ")) for _ in range(rng.randrange(2, 8)))
        )
    if kind == 5:
        return rng.choice(PLACES)
    if kind == 6:
        return "".join(chr(any_character(rng)) for _ in range(rng.randrange(1, 40))) + CANARY
    return with_canary(
        rng, " ".join(rng.choice(("tired", "alone", "rent", "food", "no", "yes", "maybe", "Tuesday")) for _ in range(5))
    )


def with_canary(rng: Random, words: str) -> str:
    """Let these words carry the canary, before or behind."""
    return f"{CANARY} {words}" if rng.random() < 0.5 else f"{words} {CANARY}"


def any_character(rng: Random) -> int:
    """Give any character that may stand in a message: no half of a pair, and not the one that ends a string."""
    while True:
        code = rng.choice(
            (rng.randrange(1, 0x250), rng.randrange(0x250, 0x3000), rng.randrange(1, 0x10000), rng.randrange(1, 0x110000))
        )
        if not 0xD800 <= code <= 0xDFFF:
            return code


def wall(rng: Random, most: int) -> str:
    """Fill a whole message, to the last UTF-16 unit, with something that may grow when it is read or worded."""
    brick = rng.choice(
        (
            "a",
            "a ",
            "😀",
            "ﷺ",
            "İ",
            "\u0301",
            "&",
            "<",
            "<b>",
            "ا",
            "اa ",
            "\u2068",
            "and ",
            "و ",
            ",",
            "1 ",
            "x\n",
            "ß",
            "%",
            "_",
            "i want ",
            "👨‍👩‍👧",
            "\U0010ffff",
        )
    )
    units = len(brick.encode("utf-16-le")) // 2
    room = most - len(CANARY)
    return CANARY + brick * (room // units)


def slip(rng: Random, label: str) -> str:
    """Type a label as thumbs do."""
    at = rng.randrange(len(label)) if label else 0
    kind = rng.randrange(9)
    if kind == 0:
        return label.upper()
    if kind == 1:
        return f"  {label}. "
    if kind == 2:
        return label[:at] + label[at + 1 :]
    if kind == 3:
        return label[:at] + label[at : at + 1] * 2 + label[at + 1 :]
    if kind == 4:
        return label[:at] + label[at + 1 : at + 2] + label[at : at + 1] + label[at + 2 :]
    if kind == 5:
        return f"{label}, {label} and {label}"
    if kind == 6:
        return f"{label} {CANARY}"
    if kind == 7:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in label)
    return label


def understood(label: str) -> str:
    """Type a label so that it is understood, with the canary that nobody sees."""
    return label + UNSEEN
