"""Telegram: how updates come in, what they mean, how letters go out, and the desk of the link workers."""

import os

# The client gives waits as whole numbers, with a warning each time, unless it is asked for the newer form.
os.environ.setdefault("PTB_TIMEDELTA", "true")
