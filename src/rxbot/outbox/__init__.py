"""One door out. Letters are claimed, committed, worded, sent and marked; whoever sends them fulfils the Channel protocol.

One sends at a time, whoever has the seat for it. Within a lane letters leave in order; lanes do not wait for each other. No
letter is claimed before the pace lets it leave, and where Telegram says that we are too fast all the same, its chat rests for as
long as it says.
"""
