"""Read which papers a person has to bring, from a closed list."""

import re
from collections.abc import Iterator
from enum import StrEnum

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
from rxbot.directory.rules.sentences import is_item, sentences_of
from rxbot.directory.stems import fold


class Document(StrEnum):
    """A paper that services ask for."""

    PHOTO_ID = "photo_id"
    PROOF_OF_ADDRESS = "proof_of_address"
    PROOF_OF_INCOME = "proof_of_income"
    PROOF_OF_AGE = "proof_of_age"
    SOCIAL_SECURITY = "social_security"
    BIRTH_CERTIFICATE = "birth_certificate"
    IMMIGRATION_PAPERS = "immigration_papers"
    INSURANCE_CARD = "insurance_card"
    REFERRAL_LETTER = "referral_letter"
    MEDICAL_PAPERS = "medical_papers"
    SCHOOL_PAPERS = "school_papers"
    MILITARY_PAPERS = "military_papers"
    BILL_OR_NOTICE = "bill_or_notice"
    CONSENT = "consent"


PROVE = r"(?:proofs?|evidence|verification|documentation|documents?|statements?) (?:of |showing |proving |that |verifying )?"
DOCUMENTS: tuple[tuple[Document, re.Pattern[str]], ...] = (
    (
        Document.PHOTO_ID,
        re.compile(
            r"\b(?:photo|picture|government|state|valid|legal|national|florida|current|proper|parent|personal|school|form of"
            r"|forms of)\b"
            r"[\w' -]{0,40}?\b(?:i\.?d\.?'?s?\b|identifications?|identity)|\bi\.?d\.?(?: card)?s?\b(?!\.? (?:number|theft))"
            r"|\bidentification\b(?! of\b| and)|proof of (?:\w+ and )?(?:identi|name)|driver'?s? licen[cs]e|\bpassports?\b"
            r"|identity (?:card|document)"
        ),
    ),
    (
        Document.PROOF_OF_ADDRESS,
        re.compile(
            rf"{PROVE}(?:[\w,' ]{{0,40}})?(?:address|residen|where you live)|\b(?:lease|rental|tenancy) agreement|\blease\b"
            rf"|utility bills?"
            r"|(?:proof of [\w ]+ and|id with) address|council tax bill"
        ),
    ),
    (
        Document.PROOF_OF_INCOME,
        re.compile(
            rf"{PROVE}(?:[\w,' ]{{0,40}})?(?:income|earnings|benefits?\b|employment|means)|pay ?(?:check )?(?:stubs?|slips?)"
            rf"|paystubs?|\bw-?2s?\b"
            r"|income (?:verification|documentation|statement)|award letter|benefit letter"
            r"|bank statements?"
            r"|(?<!file )(?<!own )(?<!filing )(?<!preparing )(?:last year\W+\w* |recent |copy of |federal "
            r"|income )*tax (?:returns?|information)(?!s? prep)"
        ),
    ),
    (Document.PROOF_OF_AGE, re.compile(rf"{PROVE}(?:[\w,' ]{{0,20}})?\b(?:age|date of birth)\b")),
    (
        Document.SOCIAL_SECURITY,
        re.compile(r"social security (?:cards?|numbers?|documents?)|\bss(?:n| cards?)\b|national insurance number"),
    ),
    (Document.BIRTH_CERTIFICATE, re.compile(r"birth certificates?")),
    (
        Document.IMMIGRATION_PAPERS,
        re.compile(
            rf"{PROVE}(?:[\w,' ]{{0,40}})?(?:citizenship|immigration|legal (?:status|residen)|asylum|refugee)"
            rf"|immigration (?:papers|documents?|status)"
            r"|green card|resident alien|\bi-94\b|naturali[sz]ation (?:papers|certificate)|(?:alien"
            r"|permanent resident) (?:registration )?card|\bbiometric"
        ),
    ),
    (
        Document.INSURANCE_CARD,
        re.compile(
            rf"(?:insurance|medicaid|medicare|medi-?cal) (?:\w+ )?(?:cards?|information|verification)"
            rf"|{PROVE}(?:[\w,' ]{{0,20}})?(?:insurance|medicaid)"
        ),
    ),
    (
        Document.REFERRAL_LETTER,
        re.compile(
            r"referral (?:letter|form|slip|paper)|(?:written|in-hand|letter of) referral|letter from (?:an? |the "
            r"|your )?(?:\w+ )?(?:doctor|physician|gp\b|agency|case ?worker|social worker|provider|shelter)"
        ),
    ),
    (
        Document.MEDICAL_PAPERS,
        re.compile(
            r"immuni[sz]ation|vaccination|shot records?|medical (?:records?|reports?|forms?|clearance|documentation"
            r"|history form|certificate)"
            r"|physical (?:exam|form)|\bprescriptions?\b|(?:doctor|physician)'?s? (?:note|statement|order|letter|prescription"
            r"|certification)"
            rf"|{PROVE}(?:[\w,' ]{{0,20}})?(?:disabilit|diagnosis|pregnancy|tb\b|tuberculosis)|pregnancy verification|tb test"
        ),
    ),
    (
        Document.SCHOOL_PAPERS,
        re.compile(r"report cards?|transcripts?|school records?|copy of (?:the |an? |their )?iep\b|diploma|proof of enrol"),
    ),
    (Document.MILITARY_PAPERS, re.compile(r"dd[ -]?(?:form )?214|discharge papers?|military id|veterans? id")),
    (
        Document.BILL_OR_NOTICE,
        re.compile(
            r"(?:energy|electric\w*|gas|water|power|light|past due|final) (?:bill|notice)|(?:eviction|shut-?off"
            r"|disconnect\w*|3-day) notice"
        ),
    ),
    (
        Document.CONSENT,
        re.compile(r"consent forms?|(?:parent\w*(?:'s)?|guardian\w*(?:'s)?) (?:consent|permission)|permission (?:slip|form)"),
    ),
)
DEMANDS = re.compile(
    r"\b(?:must|required?|requires|needs?|necessary|needed|bring|present|submit|provide|provided|show|include|includes|prove"
    r"|proofs?|with|along"
    r"|documents?|documentation|verification|following|copy|copies|need to have|valid|in-hand)\b"
)
NOT_NEEDED = re.compile(
    r"^\W*no\b|\bno need\b|not mandat|encouraged|\bno (?:\w+ ){1,3}(?:is |are )?(?:needed|required)|prepar\w+ .*tax"
    r"|\bfile .*tax|\bno (?:\w+ )?(?:id|i\.d\.|identification|documents?|documentation|proof|papers?"
    r"|referral)\b|not (?:\w+ )?(?:required"
    r"|necessary|needed)"
    r"|(?:help|assist\w*|assistance|apply|applying)(?: you)? (?:\w+ )?(?:obtain|get|with|for|in)\w* .*(?:id|certificate|card"
    r"|passport|documents)"
    r"|\breplac\w+|\bto (?:obtain|request|order) (?:an? |your )?(?:\w+ )?(?:birth|death|marriage|passport|copies|copy|id\b)"
    r"|without"
    r"|will (?:be )?(?:provide[ds]?|given?)\b|(?:forms?|applications?) (?:are|is) available"
)
PERHAPS = re.compile(
    r"\bif (?:available|applicable|any|you have)|\bmay (?:be|need|have|ask)\b|\bor (?:other|any)\b|optional|preferred|helpful"
)
HEADING = re.compile(r"[:\-]\s*$")


def documents_of(service: Service) -> tuple[Finding[Document], ...]:
    """Give each paper that has to be brought, with the sentence that asks for it: the list of papers first, then prose."""
    found: dict[Document, str] = {}
    for sentence in (*service.documents, *_demands(service.application_process), *_demands(service.eligibility_description)):
        for document in read_documents(sentence):
            found.setdefault(document, sentence)
    return tuple(Finding(document, sentence) for document, sentence in found.items())


def read_documents(sentence: str) -> Iterator[Document]:
    """Name every paper that a sentence tells of."""
    words = fold(sentence)
    yield from (document for document, pattern in DOCUMENTS if pattern.search(words))


def _demands(text: str) -> Iterator[str]:
    """Give the sentences that ask for something, and the items of a list whose heading does."""
    listing = False
    for sentence in sentences_of(text):
        words = fold(sentence)
        asks = bool(DEMANDS.search(words)) and not NOT_NEEDED.search(words)
        if (asks or (listing and is_item(sentence))) and not PERHAPS.search(words):
            yield sentence
        listing = (asks and bool(HEADING.search(sentence))) or (listing and is_item(sentence))
