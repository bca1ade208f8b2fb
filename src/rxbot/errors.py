"""The error tree: every complaint that has an answer names who can mend it and how.

RxbotError
|- SettingsWrong    the operator: an environment variable or a file is missing or wrong
|- ContentWrong     the content author: a page does not say what it should
|- FeedWrong        the coordinator: a directory file cannot be read at all
|- StoreWrong       the operator: the database or the keys are not what we expect
|  '- StoreMoved    the operator: everything is in another database now
|- StoreAway        the operator: the database does not answer now; what was asked may be asked again
|  '- StoreBusy     nobody: another transaction holds what was wanted, and is done in a moment
|- MailAway         the operator: the mail server cannot be reached, or takes nothing from us
|- SeatLost         nobody: another process may do now what only one may
'- Refused          whoever asked: this may not be done now, and why
"""


class RxbotError(Exception):
    """A complaint with a remedy, shown to a person as it stands."""

    def __init__(self, complaint: str, remedy: str = "") -> None:
        super().__init__(f"{complaint} {remedy}".strip())
        self.complaint = complaint
        self.remedy = remedy


class SettingsWrong(RxbotError):
    """The environment or a file the operator owns is missing or wrong."""


class ContentWrong(RxbotError):
    """A page under dialogs/ or locales/ does not say what it should."""


class FeedWrong(RxbotError):
    """A directory file cannot be read at all."""


class StoreWrong(RxbotError):
    """The database or the key store is not what we expect."""


class StoreMoved(StoreWrong):
    """Everything that was in this database is in another one."""

    def __init__(self) -> None:
        super().__init__("This database was moved.", "Set RXBOT_DATABASE_URL to where it is now, and RXBOT_KEYS_URL to the keys.")


class StoreAway(RxbotError):
    """The database does not answer now: it is locked, its disk is full, or it cannot be reached. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("The database does not answer.", "Look whether its disk is full, and who holds it.")


class StoreBusy(StoreAway):
    """Another transaction holds what was wanted. Nothing was changed."""


class MailAway(RxbotError):
    """The mail server cannot be reached, or takes nothing from us."""


class SeatLost(RxbotError):
    """The connection that gave us the right to do what only one process may do is gone. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Another process may do it now.")


class Refused(RxbotError):
    """What was asked may not be done now."""
