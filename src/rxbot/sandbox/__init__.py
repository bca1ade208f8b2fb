"""A Telegram Bot API on loopback for the demo and the tests, as strict as Telegram with an ordinary client.

telegram.py  what Telegram knows and does        methods.py  the Bot API, one function a method
script.py    people, tapping and typing          api.py      the doors over HTTP
"""
