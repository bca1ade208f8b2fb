"""What a record says about whom it is for, where, when and for how much, read as rules: each answers yes, no or unknown."""
