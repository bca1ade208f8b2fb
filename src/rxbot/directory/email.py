"""The e-mail address at which a service can be asked."""

import re

from rxbot.directory.model import Service

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def email_of(service: Service) -> str:
    """Give the service's own address, else its organization's; nothing where neither is one."""
    written = map(tidy_email, (service.email, service.organization.email))
    return next((one for one in written if ADDRESS.fullmatch(one)), "")


def tidy_email(address: str) -> str:
    """Write an address as we keep it."""
    return address.strip().casefold().removeprefix("mailto:")
