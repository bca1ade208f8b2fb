"""How we log: one line an event, with ids and names of events, never with words of people. Other libraries stay quiet."""

import logging
import sys

import structlog


def set_up_logging() -> None:
    """Log to standard error: for eyes on a terminal, as JSON for a collector."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold the bot's token
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
