"""Providers of services: the page on which they keep their records right, and the letters that ask them to."""
