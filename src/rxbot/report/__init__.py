"""What is told about an episode to those who asked for it."""
