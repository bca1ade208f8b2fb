"""The directory as others may read it: HSDS 3.1 over HTTP, read only, for whoever comes."""
