"""What was read lately, kept in memory: for what is read in search after search, and can never be something else."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """So many values at most: what was asked for the longest ago is forgotten first."""

    def __init__(self, most: int) -> None:
        self._most, self._known, self._lock = most, OrderedDict[K, V](), Lock()

    def get(self, keys: Iterable[K], read: Callable[[Sequence[K]], Mapping[K, V]]) -> Mapping[K, V]:
        """Give the values of these keys; those that are not known are read together."""
        asked = dict.fromkeys(keys)
        with self._lock:
            found = {key: self._known[key] for key in asked if key in self._known}
        if unknown := [key for key in asked if key not in found]:
            found |= read(unknown)
        with self._lock:
            self._known |= found
            for key in found:
                self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found
