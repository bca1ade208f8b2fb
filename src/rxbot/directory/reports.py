"""What people say is wrong with a service they tried, and when so many have said it that nobody else is sent there."""

from enum import StrEnum

TO_SUSPEND = 2
"""People. One may have misdialled; what a second has met too, a third should not."""


class ReportKind(StrEnum):
    """What is wrong, as it is kept; a check-in and a card offer the same."""

    WRONG_NUMBER = "wrong_number"
    CLOSED = "closed"
    NOT_AS_DESCRIBED = "not_as_described"
