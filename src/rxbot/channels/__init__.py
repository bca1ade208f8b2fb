"""Where people meet us."""
