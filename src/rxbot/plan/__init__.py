"""What the person and the worker agreed: goals, the next step towards each, and when it is looked at again."""
