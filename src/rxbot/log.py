"""How we log: one line an event, with ids and names of events, never with words of people. Other libraries stay quiet."""

import logging
import sys

import structlog


def set_up_logging(trouble_only: bool = False) -> None:
    """Log to standard error: for eyes on a terminal, as JSON for a collector.

    What is logged during a turn says of which `episode` it tells, and `on` what event.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold the bot's token
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if trouble_only else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
