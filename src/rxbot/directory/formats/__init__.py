"""Turn the formats of directories into the nested HSDS 3.x records that `directory/hsds.py` reads."""
