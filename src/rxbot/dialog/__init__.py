"""Questionnaires as values: what can be asked, which question is next, what a reply means."""
