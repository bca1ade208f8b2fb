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
    people, kills, others, seed, minutes = (int(os.environ.get(f"FAULTS_{name}", usual)) for name, usual in USUAL.items())
    kind = os.environ.get("FAULTS_DATABASE", "sqlite")
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        strikes = mixed(kills, others, random.Random(seed))
        done = asyncio.run(
            happens(
                *(Path(folder), people, strikes, seed, WORK, UPTIME),
                is_whole=True,
                thinking=THINKING,
                minutes=minutes,
                kind=kind,
                tell=tell,
            )
        )
    sys.stdout.write(table(done, monotonic() - began))
    return 0 if done.counted.is_good else 1


def tell(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()


USUAL = {"PEOPLE": 50, "KILLS": 200, "OTHERS": 5, "SEED": 1, "MINUTES": 60}  # FAULTS_PEOPLE and so on change them
WORK = 1.0  # seconds that a strike lasts
UPTIME = 6.0  # seconds within which a kill comes: now and then it has to get round to everybody
THINKING = 3.0  # seconds that people take on average: who answers quicker is answered ever later, and nothing else is seen

if __name__ == "__main__":
    sys.exit(main())
