"""Danger: phrases that mean a person may be at risk, and the numbers to ring."""
