"""Hold off Python's search for reference cycles, where very many values are made at once that have none.

The search goes through all there is again and again as it grows: an import would spend a third of its time on it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Hold the search off inside. What is not used any more is let go of at once, as always."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
