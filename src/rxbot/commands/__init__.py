"""The commands. Each says what it did, or what is wrong and who can mend it how."""
