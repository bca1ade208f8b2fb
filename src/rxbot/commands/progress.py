"""Show how far a long command is: on a terminal, beside what it says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from rxbot.feeds.api import Tell


@contextmanager
def progress() -> Iterator[Tell]:
    """Show a bar on the terminal's standard error. Anywhere else, nothing."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with typer.progressbar(length=1, label="Reading", file=sys.stderr, width=30) as bar:

        def tell(what: str, done: int, total: int) -> None:
            bar.label = what
            bar.length = total or None
            bar.update(done - bar.pos)

        yield tell
