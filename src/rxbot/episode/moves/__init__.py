"""What is done on a row of the lifecycle, and the guards that are asked before. Each is named as it reads in the table."""
