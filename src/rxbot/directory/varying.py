"""Words that tell no more than that something is not always the same: nobody learns a price, a time or a condition from them."""

import re

WHAT = r"(?:(?:fees?|costs?|prices?|times|days|eligibility|requirements?|(?:\w+ )?hours) )?"
BY_WHAT = r"(?:,? (?:according to|depending (?:up)?on|based on|by|per|with) [\w ,/&'-]{1,60})?"
VARIES = re.compile(rf"{WHAT}var(?:y|ies){BY_WHAT}\W*", re.IGNORECASE)


def only_varies(words: str) -> bool:
    """Say whether words tell no more than that it varies."""
    return bool(VARIES.fullmatch(words))
