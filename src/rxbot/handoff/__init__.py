"""The talk with a link worker: who has it, whether it waits, when to ask again."""
