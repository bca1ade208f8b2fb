"""A person's journey with us, from opening a link to closing: pure values and functions."""
