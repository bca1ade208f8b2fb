"""A million odd updates: what Telegram's Bot API allows, and what it does not, into the real inbox, turn, timers and outbox."""
