"""The clinic's own phrases stand with all others, so that one person can read everything we say."""

from rxbot.episode.phrases import LINK_SAY, LINK_SCAN, LINK_TEXT, LINK_UNTIL

__all__ = ["LINK_SAY", "LINK_SCAN", "LINK_TEXT", "LINK_UNTIL"]
