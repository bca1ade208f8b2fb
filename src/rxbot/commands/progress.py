"""Show how far a long command is: on a terminal, beside what it says."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import typer

from rxbot.feeds.api import Tell


@contextmanager
def progress() -> Iterator[Tell]:
    """Show a bar for each stage on the terminal's standard error. Anywhere else, nothing."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    shown: dict[str, Any] = {}
    with ExitStack() as bars:

        def tell(stage: str, done: int, total: int) -> None:
            """Move the bar of a stage; where nobody knows the total, it is always a little away."""
            if stage not in shown:
                bars.close()
                shown[stage] = bars.enter_context(typer.progressbar(length=total, label=stage, file=sys.stderr, width=30))
            shown[stage].length = total or done + 1
            shown[stage].update(done - shown[stage].pos)

        yield tell
