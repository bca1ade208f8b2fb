"""Why a service was offered and what to ask before going: every code there is. The wording is found elsewhere."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """A reason for a service. The values each one brings are named in its description."""

    HELPS_WITH = "helps_with"
    """It has to do with what the person said would help most. Value: the id of their wish."""

    TERM_FITS = "term_fits"
    """A category the provider chose is one of the need's. Value: the category's name."""
    WORDS_FIT = "words_fit"
    """The name, categories or description speak of the need. Value: the word or two."""
    NEAR = "near"
    """It is given near the place asked for. Value: the distance in kilometres, one decimal."""
    BY_PHONE = "by_phone"
    """It is given by phone, so that nobody has to travel. Said only where the directory says it."""
    ONLINE = "online"
    """It is given on the web, so that nobody has to travel. Said only where the directory says it."""
    COVERS_AREA = "covers_area"
    """It serves the area the place is in. Value: the area as the provider names it."""
    SPEAKS = "speaks"
    """The person's language is spoken there. Value: the language's ISO code."""
    AGE_FITS = "age_fits"
    """What it says about age takes in the whole of the person's age band."""
    FREE = "free"
    """It costs nothing."""
    DONATION = "donation"
    """People give what they like."""
    SLIDING = "sliding"
    """The price follows the person's means."""
    WALK_IN = "walk_in"
    """One may come without an appointment."""
    SELF_REFERRAL = "self_referral"
    """One may ask for it oneself, by phone, by e-mail or on the web."""
    CHECKED_RECENTLY = "checked_recently"
    """Somebody vouched for the record lately: `freshness.py` says it is fresh. Value: the day, as YYYY-MM-DD."""


class Ask(StrEnum):
    """What the record leaves open, to be asked before going. A code brings no values."""

    AGE = "age"
    """Whether the person's age is taken: it depends."""
    WHOM = "whom"
    """Whether the person is one of those it is for: it is for some people only, or nothing is said."""
    LANGUAGE = "language"
    """Whether the person's language can be spoken or interpreted."""
    AREA = "area"
    """Whether people from the person's area are served."""
    COST = "cost"
    """What it costs."""
    ENTRY = "entry"
    """How one gets in."""
    REFERRAL = "referral"
    """Who can refer the person: a professional has to."""
    ALERT = "alert"
    """Whether there is room now: the provider put up a notice, such as "full until May"."""
    CHECKED = "checked"
    """Whether it is still there: `freshness.py` says that the record is stale, or nobody says when it was checked."""


@dataclass(frozen=True)
class Reason:
    """One reason for a service, as a code and its values."""

    code: Why
    values: tuple[str, ...] = ()
