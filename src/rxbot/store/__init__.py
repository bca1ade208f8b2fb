"""Tables and the questions asked of them; plain functions, one file per question."""
