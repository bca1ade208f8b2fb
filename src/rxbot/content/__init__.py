"""Files to values: the pages that content people own, read into what a turn needs."""
