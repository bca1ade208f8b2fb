"""`make faults`: 50 people, 200 kills, and every other fault, on the real process. Prints the table that README quotes."""

import asyncio
import os
import random
import sys
import tempfile
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from run import happens
from strikes import mixed
from table import table


def main() -> int:
    people, kills, others, seed = (int(os.environ.get(f"FAULTS_{name}", usual)) for name, usual in USUAL.items())
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        done = asyncio.run(
            happens(Path(folder), people, mixed(kills, others, random.Random(seed)), seed, work=2.0, is_whole=True)
        )
    sys.stdout.write(table(done, monotonic() - began))
    return 0 if done.counted.is_good else 1


USUAL = {"PEOPLE": 50, "KILLS": 200, "OTHERS": 2, "SEED": 1}

if __name__ == "__main__":
    sys.exit(main())
