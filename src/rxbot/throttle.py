"""How often an address may be wrong, or may ask, before it has to wait.

Counted in memory: each of several replicas counts for itself, and a restart begins anew. That is enough, since what is
guarded so is far too long to be guessed; it keeps those who try from taking our time, and from filling the log.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

MOST_ASKED = RateLimitItemPerMinute(300)  # of the published directory; the whole of a large one takes fifty pages


class Throttle:
    """Counts what an address did wrong within a while."""

    def __init__(self, most: RateLimitItem) -> None:
        self.most = most
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def must_wait(self, address: str) -> bool:
        """Say whether this address was wrong too often."""
        return not self._counted.test(self.most, _whose(address))

    def note(self, address: str) -> None:
        """Count that this address has asked."""
        self.note_wrong(address)

    def note_wrong(self, address: str) -> None:
        """Count a wrong try."""
        self._counted.hit(self.most, _whose(address))

    @property
    def seconds(self) -> int:
        """How long to wait at most."""
        return int(self.most.get_expiry())


def _whose(address: str) -> str:
    """Name whoever has this address: of IPv6 everybody has at least a /64."""
    try:
        found = ip_address(address)
    except ValueError:  # a socket of this computer has none
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else address
