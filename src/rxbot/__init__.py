"""rxbot: a Telegram assistant for social prescribing."""
