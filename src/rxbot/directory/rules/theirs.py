"""Read whether a record is for those alone whom its provider has already: its tenants, its students, the members of a church."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from rxbot.directory.model import Service
from rxbot.directory.rules.sentences import first_sentence_of, sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

OWN = (
    r"(?:clients|members|patients|tenants|leaseholders|students|pupils|alumni|employees|account[- ]holders|policy[- ]?holders"
    r"|congregants|parishioners|(?:regular )?attendees)"
)
OWN_NEEDED = "clients|members|patients|tenants|holders|students|pupils|alumni|employees|congregants|parishioners|attendees"
ARE_FOR = (
    r"(?:(?:the |this |these |our |all )?(?:services?|programs?|programmes?|groups?|classes|sessions) (?:is|are) )?"
    r"(?:only )?(?:(?:available|open|offered|limited) )?(?:(?:to|for) )?"
)
ONLY_THEIRS = Telling(
    rf"^{ARE_FOR}(?:(?!famil|communit|some\b|adult\b|non-|is\b|are\b|for\b|to\b)[\w'’-]+ ){{0,4}}{OWN} only\b"
    rf"|^{ARE_FOR}(?:students|pupils|tenants|members|patients|employees) (?:of|at) (?:[\w'’-]+ ){{1,6}}only\b",
    needs=OWN_NEEDED,
)
"""How a sentence names them and nobody else."""
ONES_THERE = r"(?:[\w'’-]+ ){0,3}?(?:students?|members?|patients?)\b(?! or )"
HOLDERS = r"(?:(?:personal|current|our|existing) )*account[- ]holders?\b(?! or )"
ENROLLED = Telling(
    rf"\b(?:for|to) (?:all )?(?:currently (?:enrolled|registered)|enrolled|matriculated) {ONES_THERE}"
    rf"|^(?:must be )?(?:an? )?(?:currently |current )?(?:enrolled|matriculated) {ONES_THERE}"
    rf"|(?:^|\b(?:for|to) ){HOLDERS}",
    needs="enrolled|registered|matriculated|holder",
)
OF_A_CHURCH = Telling(
    r"\b(?:to|for) (?:(?:our|its|the|all) )?(?:church|parish|congregation|temple|synagogue|mosque) members"
    r"(?!,? (?:and|or|&|as well as) (?:(?:the|all|other|our|their|local|surrounding|whole|wider) )*"
    r"(?:communit|public|any|every|non|people|persons|individuals|neighbo|resident|friend|famil))",
    needs=" members",
)
HELPED_BY_THEM = Telling(
    r"\b(?:who|that) (?:are|is) (?:(?:already|also|currently) )+(?:receiving|getting|served|enrolled|registered)\b"
    r"(?! (?:[\w-]+ ){0,5}?(?:ssi|ssdi|snap|tanf|wic|medi\S+|benefits?|welfare|stamps|income|pension|security|credit|school"
    r"|college|assistance program)\b)"
    r"|\bonly for (?:[\w-]+ ){1,2}whose child(?:ren)? (?:is|are) already (?:enrolled|registered)\b"
    r"|\bfor (?:our |its |the )?(?:clients|patients|members) already (?:receiving|enrolled|registered)\b",
    needs="already|also|currently",
)
OF_THE_NAMED = Telling(
    rf"^(?:(?:current|currently|enrolled|registered|existing) )*((?:(?!for\b|with\b|who\b|and\b|or\b)[\w'’&.-]+ ){{1,5}}){OWN}\b",
    needs=OWN_NEEDED,
)
ONE_OF_THEIRS = r"(?:clients?|members?|patients?|tenants?|graduates?|alumni|employees?|staff|congregants?|parishioners?)"
MUST_BE_THEIRS = Telling(
    rf"^(?:must be )?(?:an? |our |its |current |existing |enrolled |registered )*(?:[\w'’-]+ ){{0,2}}{ONE_OF_THEIRS} only\b"
    rf"|^must be (?:an? )?(?:[\w'’-]+ ){{0,2}}{ONE_OF_THEIRS}\b"
    r"(?! of (?:the )?(?:community|public|armed|military|famil|household))",
    needs="client|member|patient|tenant|graduate|alumni|employee|staff|congregant|parishioner",
)
"""How a field on who may come names them, which speaks of nobody else."""
ALL_OF_THEIRS = Telling(
    r"^all (?:of )?(?:the |our )?(?:[\w'’-]+ ){0,2}(?:consumers|clients|patients|members)(?: (?:that|who) (?:are|have)\b|\W*$)",
    needs="all ",
)
"""How the question who may come is answered where it is said how to apply."""
BEGINS_WITH_THEIRS = Telling(
    r"^(?:after|upon|following) (?:the )?(?:successful )?completion of (?:[\w'’/-]+ ){0,6}?(?:programs?|programmes?"
    r"|courses?|training|treatment)"
    rf"|^(?:all )?services (?:are )?only (?:available|open|provided) (?:to|for) (?:enrolled|current|existing|registered"
    rf"|our) {ONE_OF_THEIRS}",
    needs="completion|services",
)
"""How a description begins where one has to be with its provider already."""
PROPER = re.compile(r"[A-Z][\w'’&.-]+")
NAMES_NO_ONE = frozenset({
    "community", "public", "county", "city", "state", "health", "family", "church", "school", "college", "university", "center",
    "centre", "association", "services", "service", "club", "society", "housing", "library", "the", "senior", "seniors",
    "national", "local",
})  # fmt: skip
"""Words of a provider's name that many others have too."""


SHORT = 3
"""A description of so few sentences is about one thing."""


def own_people_in(service: Service) -> str:
    """Give the sentence by which a service is for those alone whom its provider has already; none where it says nothing of it."""
    fields = tuple(sentences_of(service.eligibility_description))
    told = tuple(sentences_of(service.description))
    begins = told[:2]
    short = told if len(told) <= SHORT else ()
    found = chain(
        _any_of((MUST_BE_THEIRS,), fields),
        _any_of((ONLY_THEIRS, ENROLLED, OF_A_CHURCH), (*fields, *begins[:1], *short)),
        _any_of((HELPED_BY_THEM,), (*fields, *begins)),
        (one for one in fields if _are_of_the_named(one, service.organization.name)),
        _any_of((ALL_OF_THEIRS,), sentences_of(service.application_process)),
    )
    return next(found, "")


def own_people_told(description: str) -> str:
    """Give the first sentence of a description where it begins with them; what the fields let in goes before that."""
    first = first_sentence_of(description)
    return first if BEGINS_WITH_THEIRS.search(fold(first)) else ""


def _any_of(written: Iterable[Telling], sentences: Iterable[str]) -> Iterator[str]:
    """Give each of these sentences that is written in one of these ways."""
    return (one for one in sentences if any(each.search(fold(one)) for each in written))


def _are_of_the_named(sentence: str, provider: str) -> bool:
    """Say whether a sentence begins with the tenants, students or members of the provider, by its name or its first letters."""
    found = OF_THE_NAMED.match(fold(sentence))
    if not found:
        return False
    words = set(found[1].split())
    names = {fold(one) for one in PROPER.findall(provider)}
    letters = "".join(one[0] for one in PROPER.findall(provider)).casefold()
    return bool(words & (names - NAMES_NO_ONE)) or (len(letters) > 1 and letters in words)
